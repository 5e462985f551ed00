//! Cells of a table and answers at a terminal to values of a field.

use super::Reason;
use super::names::Names;
use super::value::{Out, number as plain};
use crate::content::words::{expected, number};
use crate::model::{FieldDef, FieldType, Label};
use crate::text::era::{Date, EraError, parse_year};

/// A cell as a workbook or a person gives it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(Date),
    /// What a spreadsheet shows for a failed formula.
    Error(String),
}

impl Cell {
    /// The text of the cell, trimmed; numbers without a needless fraction, days as year-month-day.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.trim().to_string(),
            Cell::Number(n) => plain(*n),
            Cell::Bool(b) => b.to_string(),
            Cell::Date(date) => date.iso(),
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
    /// Names of terms and entries.
    pub names: &'a Names<'a>,
    /// Characters that separate the items of a list.
    pub separators: Vec<char>,
}

/// Most pieces between commas that are tried as one name.
const LONGEST_NAME: usize = 4;

/// Separators where none are given: semicolon and line break.
pub const SEPARATORS: [char; 2] = [';', '\n'];

impl Converter<'_> {
    /// The value of a cell; none where it is empty.
    pub fn value(&self, field: &FieldDef, cell: &Cell) -> Result<Option<Out>, Reason> {
        if cell.is_empty() {
            return Ok(None);
        }
        if let Cell::Error(text) = cell {
            return Err(Reason::new(
                format!("สูตรในช่องนี้ผิดพลาด ({text})"),
                format!("the formula of this cell failed ({text})"),
            ));
        }
        if !field.many {
            return self.single(field, cell).map(Some);
        }
        let items = self.items(field, cell)?;
        Ok((!items.is_empty()).then_some(Out::List(items)))
    }

    fn items(&self, field: &FieldDef, cell: &Cell) -> Result<Vec<Out>, Reason> {
        let Cell::Text(text) = cell else {
            return Ok(vec![self.single(field, cell)?]);
        };
        let mut items = Vec::new();
        for part in text.split(|c| self.separators.contains(&c)) {
            let part = part.trim().trim_start_matches(['•', '▪']).trim();
            if part.is_empty() {
                continue;
            }
            match self.single(field, &Cell::Text(part.to_string())) {
                Ok(value) => items.push(value),
                Err(_) if part.contains(',') && named(field) => {
                    items.extend(self.joined(field, part)?);
                }
                Err(reason) => return Err(reason),
            }
        }
        let mut unique: Vec<Out> = Vec::with_capacity(items.len());
        for item in items {
            if !named(field) || !unique.contains(&item) {
                unique.push(item);
            }
        }
        Ok(unique)
    }

    /// Online forms join checked answers with commas, which the answers may hold as well: the longest run of pieces
    /// that is a name counts as one.
    fn joined(&self, field: &FieldDef, text: &str) -> Result<Vec<Out>, Reason> {
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
                let name = Cell::Text(pieces[at..end].join(","));
                Some((end, self.single(field, &name).ok()?))
            });
            match known {
                Some((end, value)) => {
                    out.push(value);
                    at = end;
                }
                None => {
                    let piece = Cell::Text(pieces[at].trim().to_string());
                    out.push(self.single(field, &piece)?);
                    at += 1;
                }
            }
        }
        Ok(out)
    }

    fn single(&self, field: &FieldDef, cell: &Cell) -> Result<Out, Reason> {
        let text = cell.text();
        let wrong = || {
            let (th, en) = expected(&FieldDef { many: false, ..field.clone() });
            Reason::new(format!("“{text}” ไม่ใช่{th}"), format!("`{text}` is not {en}"))
        };
        Ok(match field.ty {
            FieldType::Text | FieldType::Markdown => Out::Text(readable(&text)),
            FieldType::Integer | FieldType::Decimal | FieldType::Money | FieldType::Percent => {
                let bare = text.trim_end_matches(['%', ' ']).trim_end_matches("บาท").trim_end_matches("คน").trim();
                let n = match cell {
                    Cell::Number(n) => Some(*n),
                    Cell::Text(_) => number(bare),
                    _ => None,
                };
                let whole = field.ty == FieldType::Integer;
                let n = n.filter(|n| !whole || n.fract() == 0.0).ok_or_else(wrong)?;
                Out::Bare(plain(n))
            }
            FieldType::Bool => Out::Bare(boolean(cell).ok_or_else(wrong)?.to_string()),
            FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => {
                let year = match cell {
                    Cell::Date(_) => return Err(wrong()),
                    _ => parse_year(&text).map_err(era)?,
                };
                Out::Bare(year.to_string())
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
                let (src, alt) = text.split_once('|').unwrap_or((&text, ""));
                Out::Map(vec![
                    ("src".into(), Out::Text(src.trim().into())),
                    ("alt".into(), Out::Text(alt.trim().into())),
                ])
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
        if let Cell::Date(date) = cell {
            return Ok(*date);
        }
        // A time of day after the date (online forms write one) says nothing that a date field keeps.
        let day = match text.split_once([',', ' ', 'T']) {
            Some((day, time)) if is_time(time) => day,
            _ => text,
        };
        Date::parse(day).map_err(era)
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
    Reason {
        message: Label::new(error.message_th, error.message_en),
        hint: error.hint.map(|h| Label::new(h.clone(), h)),
    }
}

fn boolean(cell: &Cell) -> Option<bool> {
    match cell {
        Cell::Bool(b) => Some(*b),
        Cell::Number(n) if *n == 1.0 => Some(true),
        Cell::Number(n) if *n == 0.0 => Some(false),
        Cell::Text(text) => match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "y" | "1" | "ใช่" | "มี" | "x" | "✓" | "✔" | "/" => Some(true),
            "false" | "no" | "n" | "0" | "ไม่ใช่" | "ไม่" | "ไม่มี" | "✗" => Some(false),
            _ => None,
        },
        _ => None,
    }
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
