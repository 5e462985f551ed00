//! Cells of a table and answers at a terminal to values of a field.

use super::Reason;
use super::names::NameIndex;
use super::value::{Out, number as plain};
use crate::content::words::{bare, boolean, expected, number, number_hint};
use crate::model::{FieldDef, FieldType, Label};
use crate::text::era::{BE_OFFSET, Date, EraError, parse_year};

/// A cell as a workbook or a person gives it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A number as it is shown (78.50 % is 78.5), and its text.
    Number(f64, String),
    /// Yes or no.
    Bool(bool),
    /// A day, and its text.
    Date(Date, String),
    /// What a spreadsheet shows for a failed formula.
    Error(String),
    /// A formula whose result is not in the file.
    Uncomputed,
}

impl Cell {
    /// What a person sees in the cell, trimmed.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty | Cell::Uncomputed => String::new(),
            Cell::Text(text) => text.trim().to_string(),
            Cell::Number(_, shown) | Cell::Date(_, shown) => shown.clone(),
            Cell::Bool(true) => "TRUE".into(),
            Cell::Bool(false) => "FALSE".into(),
            Cell::Error(text) => text.clone(),
        }
    }

    /// Whether it holds nothing: blank, or the dash that forms use for it.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => matches!(text.trim(), "" | "-" | "–" | "—"),
            _ => false,
        }
    }
}

/// Turns cells into values.
pub struct Converter<'a> {
    /// NameIndex of terms and entries.
    pub names: &'a NameIndex<'a>,
    /// Characters that separate the items of a list.
    pub separators: Vec<char>,
    /// What years of two digits mean; none: they are refused.
    pub two_digit_years: Option<Century>,
}

/// The century of years of two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Century {
    /// 66 is 2566, of the Buddhist era.
    Be,
    /// 23 is 2023, of the Christian era.
    Ce,
}

/// A date or year whose last two digits, standing alone, are a year.
fn long_year(text: &str, century: Option<Century>) -> String {
    let plain = crate::text::digits::to_arabic(text.trim()).into_owned();
    let digits = plain.bytes().rev().take_while(u8::is_ascii_digit).count();
    match century.filter(|_| digits == 2) {
        Some(century) => {
            let (rest, year) = plain.split_at(plain.len() - 2);
            format!("{rest}{}{year}", if century == Century::Be { "25" } else { "20" })
        }
        None => text.to_string(),
    }
}

/// Most pieces between commas that are tried as one name.
const LONGEST_NAME: usize = 4;

/// Separators where none are given: semicolon and line break.
pub const SEPARATORS: [char; 2] = [';', '\n'];

impl Converter<'_> {
    /// The value of a cell; none where it is empty.
    ///
    /// # Errors
    /// Why it, or the first item of a list, cannot be taken.
    pub fn value(&self, field: &FieldDef, cell: &Cell) -> Result<Option<Out>, Reason> {
        let (value, reasons) = self.read(field, cell);
        reasons.into_iter().next().map_or(Ok(value), Err)
    }

    /// What can be taken of a cell, and why the rest cannot: of a list, the other items stay.
    pub fn read(&self, field: &FieldDef, cell: &Cell) -> (Option<Out>, Vec<Reason>) {
        if cell.is_empty() {
            return (None, Vec::new());
        }
        let failed = match cell {
            Cell::Error(text) => Some(Reason::new(
                format!("สูตรในช่องนี้ผิดพลาด ({text})"),
                format!("the formula of this cell failed ({text})"),
            )),
            Cell::Uncomputed => Some(
                Reason::new("สูตรในช่องนี้ไม่มีผลลัพธ์อยู่ในไฟล์", "the file does not hold the result of this cell's formula")
                    .maybe_hint(Some(Label::new(
                        "เปิดไฟล์ใน Excel หรือ LibreOffice แล้วบันทึกใหม่",
                        "open the file in Excel or LibreOffice and save it again",
                    ))),
            ),
            _ => None,
        };
        if let Some(reason) = failed {
            return (None, vec![reason]);
        }
        if field.many {
            let (items, reasons) = self.items(field, cell);
            return ((!items.is_empty()).then_some(Out::List(items)), reasons);
        }
        match self.single(field, cell) {
            Ok(value) => (Some(value), Vec::new()),
            Err(reason) => (None, vec![reason]),
        }
    }

    fn items(&self, field: &FieldDef, cell: &Cell) -> (Vec<Out>, Vec<Reason>) {
        let (mut items, mut reasons) = (Vec::new(), Vec::new());
        let mut take = |found: Result<Out, Reason>| match found {
            Ok(value) => items.push(value),
            Err(reason) => reasons.push(reason),
        };
        let Cell::Text(text) = cell else {
            take(self.single(field, cell));
            return (items, reasons);
        };
        for part in text.split(|c| self.separators.contains(&c)) {
            let part = part.trim().trim_start_matches(['•', '▪']).trim();
            if part.is_empty() {
                continue;
            }
            match self.single(field, &Cell::Text(part.to_string())) {
                Err(_) if part.contains(',') && named(field) => {
                    self.joined(field, part).into_iter().for_each(|(_, found)| take(found))
                }
                found => take(found),
            }
        }
        let mut unique: Vec<Out> = Vec::with_capacity(items.len());
        for item in items {
            if !named(field) || !unique.contains(&item) {
                unique.push(item);
            }
        }
        (unique, reasons)
    }

    /// Online forms join checked answers with commas, which the answers may hold as well: the longest run of pieces
    /// that is a name counts as one.
    fn joined(&self, field: &FieldDef, text: &str) -> Vec<(String, Result<Out, Reason>)> {
        let pieces: Vec<&str> = text.split(',').collect();
        let mut out = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            if pieces[at].trim().is_empty() {
                at += 1;
                continue;
            }
            let longest = pieces.len().min(at + LONGEST_NAME);
            let known = (at + 1..=longest).rev().find_map(|end| {
                let name = pieces[at..end].join(",");
                let value = self.single(field, &Cell::Text(name.clone())).ok()?;
                Some((end, name, value))
            });
            match known {
                Some((end, name, value)) => {
                    out.push((name, Ok(value)));
                    at = end;
                }
                None => {
                    let piece = pieces[at].trim().to_string();
                    let found = self.single(field, &Cell::Text(piece.clone()));
                    out.push((piece, found));
                    at += 1;
                }
            }
        }
        out
    }

    /// The items of a cell's text, each as it is written and as it is read.
    pub(crate) fn parted(&self, field: &FieldDef, text: &str) -> Vec<(String, Result<Out, Reason>)> {
        let parts = text.split(|c| field.many && self.separators.contains(&c)).map(str::trim);
        let parts = parts.filter(|part| !field.many || !part.is_empty());
        parts
            .flat_map(|part| match self.single(field, &Cell::Text(part.to_string())) {
                Err(_) if field.many && part.contains(',') => self.joined(field, part),
                found => vec![(part.to_string(), found)],
            })
            .collect()
    }

    /// A cell with the answers that its field knows, and those that somebody wrote beside them.
    pub fn sorted(&self, field: &FieldDef, cell: &Cell) -> (Cell, Vec<String>) {
        let Cell::Text(text) = cell else {
            return (cell.clone(), Vec::new());
        };
        let (mut known, mut others) = (Vec::new(), Vec::new());
        for (text, found) in self.parted(field, text) {
            if found.is_ok() { known.push(text) } else { others.push(beside(&text).to_string()) }
        }
        let mark = self.separators.first().copied().unwrap_or(SEPARATORS[0]).to_string();
        others.retain(|text| !text.is_empty());
        (if known.is_empty() { Cell::Empty } else { Cell::Text(known.join(&mark)) }, others)
    }

    fn single(&self, field: &FieldDef, cell: &Cell) -> Result<Out, Reason> {
        let text = cell.text();
        let wrong = || {
            let (th, en) = expected(&FieldDef { many: false, ..field.clone() });
            Reason::new(format!("“{text}” ไม่ใช่{th}"), format!("`{text}` is not {en}"))
                .maybe_hint(field.ty.is_number().then(|| number_hint(&text)).flatten())
        };
        Ok(match field.ty {
            FieldType::Text | FieldType::Markdown => Out::Text(readable(&text)),
            FieldType::Integer | FieldType::Decimal | FieldType::Money | FieldType::Percent => {
                let n = match cell {
                    // A format may show thousands or millions and say so: 1.2ล้าน.
                    Cell::Number(n, shown) => Some(*n).filter(|_| !says_scale(shown)),
                    Cell::Text(_) => number(bare(&text)),
                    _ => None,
                };
                let whole = field.ty == FieldType::Integer;
                let n = n.filter(|n| !whole || n.fract() == 0.0).ok_or_else(wrong)?;
                Out::Bare(plain(n))
            }
            FieldType::Bool => Out::Bare(boolean(&text).ok_or_else(wrong)?.to_string()),
            FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => {
                let year = match cell {
                    Cell::Date(..) => return Err(wrong()),
                    _ => parse_year(&long_year(&text, self.two_digit_years)).map_err(era)?,
                };
                // Without their era those of history would be read otherwise.
                if year < 2400 {
                    Out::Text(format!("ค.ศ. {}", year - BE_OFFSET))
                } else {
                    Out::Bare(year.to_string())
                }
            }
            FieldType::Date => date_out(self.date(cell, &text)?),
            FieldType::Period => self.period(&text)?,
            FieldType::Url => {
                let address = if text.starts_with("www.") { format!("https://{text}") } else { text.clone() };
                Out::Text(address)
            }
            FieldType::Term => {
                let vocabulary = self.names.portal().schema.vocabulary_of(field);
                let terms = vocabulary.and_then(|v| self.names.terms(&v.id));
                match terms.map(|t| t.find(&text)) {
                    Some(Ok(id)) => Out::Text(id),
                    Some(Err(reason)) if !field.open => return Err(reason),
                    _ => Out::Text(text),
                }
            }
            FieldType::Ref => Out::Text(self.names.reference(&field.kinds, &text)?),
            FieldType::Image => {
                let mut parts = text.splitn(3, '|').map(str::trim);
                let mut part = |name: &str| (name.to_string(), Out::Text(parts.next().unwrap_or("").into()));
                let mut pairs = vec![part("src"), part("alt"), part("caption")];
                pairs.retain(|(name, value)| name != "caption" || *value != Out::Text(String::new()));
                Out::Map(pairs)
            }
            FieldType::File => {
                let (src, label) = text.split_once('|').unwrap_or((&text, ""));
                let mut pairs = vec![("src".to_string(), Out::Text(src.trim().into()))];
                if !label.trim().is_empty() {
                    pairs.push(("label".into(), Out::Text(label.trim().into())));
                }
                Out::Map(pairs)
            }
            FieldType::Table => return Err(wrong()),
        })
    }

    fn date(&self, cell: &Cell, text: &str) -> Result<Date, Reason> {
        if let Cell::Date(date, _) = cell {
            return Ok(*date);
        }
        // A time of day after the date (online forms write one) says nothing that a date field keeps.
        let day = match text.split_once([',', ' ', 'T']) {
            Some((day, time)) if is_time(time) => day,
            _ => text,
        };
        Date::parse(&long_year(day, self.two_digit_years)).map_err(era)
    }

    fn period(&self, text: &str) -> Result<Out, Reason> {
        let (from, to) = ["/", " ถึง ", " – ", " - ", "–", " to ", "ถึง"]
            .iter()
            .filter_map(|mark| text.split_once(mark))
            .find(|(from, _)| Date::parse(from).is_ok())
            .unwrap_or((text, ""));
        let mut pairs = vec![("from".to_string(), date_out(Date::parse(from).map_err(era)?))];
        if !to.trim().is_empty() {
            pairs.push(("to".into(), date_out(Date::parse(to).map_err(era)?)));
        }
        Ok(Out::Map(pairs))
    }
}

/// `อื่น ๆ: ดนตรี` without its first word.
fn beside(text: &str) -> &str {
    let text = text.trim();
    let rest = ["อื่น ๆ", "อื่นๆ", "Others", "Other"].iter().find_map(|word| text.strip_prefix(word));
    rest.map_or(text, |rest| rest.trim_start_matches([':', '…', '.', ' ', '-']))
}

/// Fields whose values are names out of a known set, so that a comma can separate them.
fn named(field: &FieldDef) -> bool {
    matches!(
        field.ty,
        FieldType::Term | FieldType::Ref | FieldType::Year | FieldType::FiscalYear | FieldType::AcademicYear
    )
}

/// A day in the form of front matter: Buddhist era; in quotes on a leap day, which TOML does not know in every
/// Buddhist leap year.
pub fn date_out(date: Date) -> Out {
    let text = format!("{:04}-{:02}-{:02}", date.year_be(), date.month, date.day);
    if (date.month, date.day) == (2, 29) { Out::Text(text) } else { Out::Bare(text) }
}

fn is_time(text: &str) -> bool {
    let text = text.trim().trim_end_matches("น.").trim();
    text.len() >= 4
        && text.contains([':', '.'])
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ' ' | 'A' | 'P' | 'M' | 'Z' | '+'))
}

fn era(error: EraError) -> Reason {
    let hint = error.way_out().map(|(th, en)| Label::new(th, en));
    Reason { message: Label::new(error.message_th, error.message_en), hint }
}

/// Whether a number is shown in thousands, millions or the like, by a word or a letter behind it.
fn says_scale(shown: &str) -> bool {
    const WORDS: [&str; 6] = ["พัน", "หมื่น", "แสน", "ล้าน", "thousand", "million"];
    let unit = shown.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    WORDS.iter().any(|word| unit.contains(word)) || matches!(unit.trim(), "k" | "m" | "b" | "mn" | "bn")
}

/// A text without invisible and control characters; line ends as `\n`.
pub fn readable(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{b}'], "\n")
        .chars()
        .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
        .filter(|c| !matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}'))
        .map(|c| if c == '\u{a0}' { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_shown_in_thousands_or_millions_are_told() {
        for shown in ["1.2ล้าน", "25 ล้านบาท", "15 พันบาท", "1.2M", "1,235K"] {
            assert!(says_scale(shown), "{shown}");
        }
        for shown in ["78.50%", "1,234.50", "12 คน", "฿1,234", "1.5E+06", "5 โรงเรียน", "(4,169)"]
        {
            assert!(!says_scale(shown), "{shown}");
        }
    }
}
