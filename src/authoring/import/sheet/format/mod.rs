//! Number formats of spreadsheets: what a person sees of a stored number.
//!
//! [`mod@code`] reads the code of a format, [`mod@number`] and [`mod@date`] lay a value out by it.

mod code;
mod date;
mod number;

use crate::authoring::value::number as plain;
use crate::text::digits::to_thai;
use crate::text::era::Date;
use code::{Section, Token, split};

/// What a number with its format means.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// A number as it is shown: per cent times 100, rounded to the decimals of the format; and its text.
    Number(f64, String),
    /// A day, with its text.
    Date(Date, String),
    /// A time of day, a duration, or a text.
    Text(String),
}

/// A format code, ready for use.
#[derive(Debug, Clone, Default)]
pub struct Format {
    sections: Vec<Section>,
}

/// Codes that workbooks name by number alone (ECMA-376 part 1, 18.8.30, with those of the Thai edition); days in the order
/// of the reader's own country (14, 22) are written year first.
pub fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy-mm-dd",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy-mm-dd h:mm",
        5 | 6 => "\"฿\"#,##0;-\"฿\"#,##0",
        7 | 8 => "\"฿\"#,##0.00;-\"฿\"#,##0.00",
        37 | 38 => "#,##0_);(#,##0)",
        39 | 40 => "#,##0.00_);(#,##0.00)",
        41 | 42 => "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)",
        43 | 44 => "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        // Those of the Thai edition: Thai digits, days of the Buddhist era.
        59 => "t0",
        60 => "t0.00",
        61 => "t#,##0",
        62 => "t#,##0.00",
        67 => "t0%",
        68 => "t0.00%",
        69 => "t# ?/?",
        70 => "t# ??/??",
        71 => "[$-41E]d/m/bbbb",
        72 => "[$-41E]d-mmm-bb",
        73 => "[$-41E]d-mmm",
        74 => "[$-41E]mmm-bb",
        75 => "h:mm",
        76 => "h:mm:ss",
        77 => "[$-41E]d/m/bbbb h:mm",
        78 => "mm:ss",
        79 => "[h]:mm:ss",
        80 => "mm:ss.0",
        81 => "d/m/bb",
        _ => return None,
    })
}

impl Format {
    /// Reads a format code; what it does not know is a literal.
    pub fn new(code: &str) -> Format {
        Format { sections: split(code).iter().map(|part| Section::new(part)).collect() }
    }

    /// Whether nothing of a cell is shown: `;;;`.
    pub fn hides(&self) -> bool {
        self.sections.len() > 2 && self.sections.iter().all(|s| s.tokens.is_empty())
    }

    /// What a person sees of a number. `days` are added for workbooks that count from 1904.
    pub fn number(&self, value: f64, from_1904: bool) -> Shown {
        let Some((section, signed)) = self.section(value) else {
            return Shown::Number(value, plain(value));
        };
        // `;;;` hides what is in the cell.
        if section.tokens.is_empty() {
            return Shown::Text(String::new());
        }
        if section.is_date() {
            return section.date(value, from_1904).unwrap_or_else(|| Shown::Number(value, plain(value)));
        }
        let (number, shown) = section.number(value, signed);
        Shown::Number(number, if section.thai_digits { to_thai(&shown).into_owned() } else { shown })
    }

    /// What a person sees of a text.
    pub fn text(&self, text: &str) -> String {
        // Without a place for texts, a fourth section stands for them.
        let own = self.sections.iter().rev().find(|s| s.tokens.contains(&Token::Text)).or(self.sections.get(3));
        let Some(section) = own else {
            return text.to_string();
        };
        let pieces = section.tokens.iter().map(|t| if *t == Token::Text { text } else { t.literal().unwrap_or("") });
        pieces.collect()
    }

    /// The section for a value, and whether a minus sign is to be written.
    fn section(&self, value: f64) -> Option<(&Section, bool)> {
        let numeric: Vec<&Section> =
            self.sections.iter().filter(|s| !s.tokens.contains(&Token::Text)).take(3).collect();
        if numeric.iter().any(|s| s.condition.is_some()) {
            let fits = |s: &&&Section| match &s.condition {
                Some((sign, limit)) => match sign.as_str() {
                    "<" => value < *limit,
                    "<=" => value <= *limit,
                    ">" => value > *limit,
                    ">=" => value >= *limit,
                    "<>" => value != *limit,
                    _ => value == *limit,
                },
                None => true,
            };
            return numeric.iter().find(fits).map(|s| (*s, true));
        }
        match numeric[..] {
            [] => None,
            [only] => Some((only, true)),
            [_, negative, ..] if value < 0.0 => Some((negative, false)),
            [_, _, zero] if value == 0.0 => Some((zero, true)),
            [positive, ..] => Some((positive, true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(code: &str, value: f64) -> String {
        match Format::new(code).number(value, false) {
            Shown::Number(_, text) | Shown::Date(_, text) | Shown::Text(text) => text,
        }
    }

    #[test]
    fn numbers_are_shown_as_spreadsheets_show_them() {
        for (code, value, shown) in [
            ("General", 1.5, "1.5"),
            ("General\" คน\"", 30.0, "30 คน"),
            ("\"พ.ศ. \"General_)", 2566.0, "พ.ศ. 2566"),
            ("[Blue]General;-General", -1.5, "-1.5"),
            ("0000", 7.0, "0007"),
            ("00000000", 1_020_305.0, "01020305"),
            ("0.00%", 0.785, "78.50%"),
            ("0%", 1.0, "100%"),
            ("#,##0.00", 1_234_567.005, "1,234,567.01"),
            ("#,##0", 999_999.5, "1,000,000"),
            ("0.00", 1.005, "1.01"),
            ("0.0#", 2.5, "2.5"),
            ("#.##", 0.25, ".25"),
            ("#,##0.00;(#,##0.00)", -1_200.0, "(1,200.00)"),
            ("[$฿-41E]#,##0.00", 1_200.5, "฿1,200.50"),
            ("#,##0\" บาท\"", 1_500.0, "1,500 บาท"),
            ("0-0000-00000-00-0", 1_234_567_890_123.0, "1-2345-67890-12-3"),
            ("000-000-0000", 812_345_678.0, "081-234-5678"),
            ("0,", 12_400.0, "12"),
            ("# ?/?", 1.5, "1 1/2"),
            ("# ?/10", 0.3, "3/10"),
            ("# ??/100", 12.75, "12 75/100"),
            ("# ??/16", 0.25, "4/16"),
            ("0;-0;\"ไม่มี\"", 0.0, "ไม่มี"),
            ("[>=100]\"มาก\";0", 120.0, "มาก"),
            ("[>=100]\"มาก\";0", 12.0, "12"),
            ("[$-D000000]0.0", 12.5, "๑๒.๕"),
            ("t#,##0.00", 1_250.5, "๑,๒๕๐.๕๐"),
            ("_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)", -1_200.0, "(1,200)"),
            ("_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)", 0.0, "-"),
            ("0", 1e15, "1000000000000000"),
        ] {
            assert_eq!(seen(code, value), shown, "{code} {value}");
        }
    }

    #[test]
    fn the_number_is_the_one_that_is_shown() {
        assert_eq!(Format::new("0.00%").number(0.785, false), Shown::Number(78.5, "78.50%".into()));
        assert_eq!(Format::new("0.0").number(-3.46, false), Shown::Number(-3.5, "-3.5".into()));
        assert_eq!(Format::new("0.00E+00").number(12_345.678, false), Shown::Number(12_345.678, "12345.678".into()));
        assert_eq!(Format::new("# ?/?").number(0.97, false), Shown::Number(1.0, "1".into()));
        assert_eq!(Format::new("# ?/?").number(-2.5, false), Shown::Number(-2.5, "-2 1/2".into()));
    }

    #[test]
    fn days_and_times() {
        for (code, value, shown) in [
            ("yyyy-mm-dd", 45_153.0, "2023-08-15"),
            ("[$-D07041E]d mmmm yyyy", 45_153.0, "๑๕ สิงหาคม ๒๕๖๖"),
            ("[$-107041E]d mmm yyyy;@", 45_153.0, "15 ส.ค. 2566"),
            ("d/m/bbbb", 45_153.0, "15/8/2566"),
            ("dd/mm/yyyy hh:mm", 45_153.604_166_666_664, "15/08/2023 14:30"),
            ("h:mm", 0.5, "12:00"),
            ("h:mm AM/PM", 0.75, "6:00 PM"),
            ("[h]:mm", 1.5, "36:00"),
            ("[mm]:ss", 120.0 / 86_400.0, "02:00"),
            ("mm:ss", 0.000_868_055_555_555_555_6, "01:15"),
            ("dddd d mmmm", 45_153.0, "Tuesday 15 August"),
        ] {
            assert_eq!(seen(code, value), shown, "{code} {value}");
        }
        assert!(matches!(Format::new("h:mm").number(0.5, false), Shown::Text(_)));
        let date = Date::new(2023, 8, 15).unwrap();
        assert_eq!(Format::new("yyyy-mm-dd").number(43_691.0, true), Shown::Date(date, "2023-08-15".into()));
    }
}
