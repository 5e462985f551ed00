//! Turns raw nodes into typed values by the schema, with a diagnostic for everything that does not fit.

use super::limits;
use super::raw::{Data, Node, Scalar};
pub(crate) use super::typing::Typing;
use super::words::{bare, boolean, expected, number, number_hint};
use crate::diagnostics::{Code, Diagnostic, Severity, nearest_hint};
use crate::model::value::Row;
use crate::model::{FieldDef, FieldType, Label, Lang, Located, Value};
use crate::text::era::{BE_OFFSET, Date, EraError, Year, is_of_either_era, parse_year};

impl Typing<'_> {
    /// The value of a field, or none where it is absent or does not fit (then a diagnostic says so).
    pub(crate) fn field(&mut self, field: &FieldDef, node: &Node) -> Option<Located> {
        if node.is_null() {
            return None;
        }
        let value = if field.ty == FieldType::Table {
            self.table(field, node)?
        } else if field.many {
            let items = match &node.data {
                Data::List(items) => items.iter().filter_map(|item| self.single(field, item)).collect(),
                _ => vec![self.single(field, node)?],
            };
            Value::List(items)
        } else if let Data::List(_) = &node.data {
            self.wrong_type(field, node);
            return None;
        } else {
            self.single(field, node)?.value
        };
        let located = Located { value, span: node.span, source: self.source_id };
        limits::items(self, field, &located);
        Some(located)
    }

    fn table(&mut self, field: &FieldDef, node: &Node) -> Option<Value> {
        let rows = match &node.data {
            Data::List(rows) => rows.iter().collect::<Vec<_>>(),
            Data::Map(_) => vec![node],
            Data::Scalar(..) => {
                self.wrong_type(field, node);
                return None;
            }
        };
        Some(Value::Table(rows.into_iter().filter_map(|row| self.row(field, row)).collect()))
    }

    fn row(&mut self, field: &FieldDef, node: &Node) -> Option<Row> {
        let Data::Map(pairs) = &node.data else {
            self.wrong_type(field, node);
            return None;
        };
        let mut row = Row { cells: vec![None; field.columns.len()], span: node.span };
        for (key, value) in pairs {
            match field.column_named(&key.name) {
                Some(column) => {
                    let def = &field.columns[column];
                    if def.id != key.name {
                        self.former(key.span, &key.name, &def.id);
                    }
                    row.cells[column] = self.field(def, value);
                }
                None => {
                    let hint = nearest_hint(&key.name, field.columns.iter().map(|c| c.id.as_str()));
                    self.report(
                        Code::UnknownField,
                        key.span,
                        format!("ตาราง “{}” ไม่มีคอลัมน์ “{}”", field.id, key.name),
                        format!("table `{}` has no column `{}`", field.id, key.name),
                        hint,
                    );
                }
            }
        }
        for (column, cell) in field.columns.iter().zip(&row.cells) {
            if column.required && cell.as_ref().is_none_or(|c| c.value.is_empty()) {
                self.report(
                    Code::MissingField,
                    node.span,
                    format!("แถวของตาราง “{}” ขาดคอลัมน์ “{}” ({})", field.id, column.id, column.label.th),
                    format!("a row of table `{}` lacks column `{}` ({})", field.id, column.id, column.label.en),
                    None,
                );
            }
        }
        Some(row)
    }

    /// A single value of a field, or none where it does not fit (then a diagnostic says so).
    pub(crate) fn single(&mut self, field: &FieldDef, node: &Node) -> Option<Located> {
        let value = match field.ty {
            FieldType::Image | FieldType::File => self.media(field, node)?,
            FieldType::Period => self.period(field, node)?,
            _ => {
                let Data::Scalar(text, kind) = &node.data else {
                    self.wrong_type(field, node);
                    return None;
                };
                self.scalar(field, node, text.trim(), *kind)?
            }
        };
        let located = Located { value, span: node.span, source: self.source_id };
        limits::single(self, field, &located);
        Some(located)
    }

    fn scalar(&mut self, field: &FieldDef, node: &Node, text: &str, kind: Scalar) -> Option<Value> {
        let open = matches!(kind, Scalar::Plain | Scalar::Text);
        let value = match field.ty {
            FieldType::Text if kind != Scalar::Bool => Some(Value::Text(text.to_string())),
            FieldType::Markdown if kind != Scalar::Bool => Some(Value::Markdown(text.to_string())),
            FieldType::Integer => number(bare(text)).filter(|n| n.fract() == 0.0).map(|n| Value::Integer(n as i64)),
            FieldType::Decimal => number(bare(text)).map(Value::Decimal),
            FieldType::Money => number(bare(text)).map(Value::Money),
            FieldType::Percent => number(bare(text)).map(Value::Percent),
            FieldType::Bool => boolean(text).map(Value::Bool),
            FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => {
                return match parse_year(text) {
                    Ok(be) => {
                        let year = Year::new(be, field.ty.year_kind()?);
                        self.either_era(node, text, year.ce());
                        Some(Value::Year(year))
                    }
                    Err(error) => self.era(node, error),
                };
            }
            FieldType::Date => {
                return self.day(node, text).map(Value::Date);
            }
            FieldType::Url => return self.url(node, text),
            FieldType::Term if kind != Scalar::Bool => return self.term(field, node, text),
            FieldType::Ref if open || kind == Scalar::Number => Some(Value::Ref(text.to_string())),
            _ => None,
        };
        if value.is_none() {
            self.wrong_type(field, node);
        }
        value
    }

    fn day(&mut self, node: &Node, text: &str) -> Option<Date> {
        match Date::parse(text) {
            Ok(date) => {
                self.either_era(node, text, date.year);
                Some(date)
            }
            Err(error) => self.era(node, error).and(None),
        }
    }

    /// Tells how a year of history was read, where a reader would read it otherwise.
    fn either_era(&mut self, node: &Node, text: &str, ce: i32) {
        if self.buddhist && is_of_either_era(text, ce) {
            let be = ce + BE_OFFSET;
            let (th, en) = (
                format!("ปี {ce} ที่ไม่บอกศักราช อ่านเป็น ค.ศ. {ce} (พ.ศ. {be})"),
                format!("the year {ce} names no era and is read as C.E. {ce} (B.E. {be})"),
            );
            let hint = (format!("เขียน พ.ศ. {ce} หรือ ค.ศ. {ce}"), format!("write พ.ศ. {ce} or ค.ศ. {ce}"));
            let found = Diagnostic::at(Code::BadDate, self.source, node.span, th, en).hint(hint.0, hint.1);
            self.diagnostics.push(found.severity(Severity::Warning));
        }
    }

    fn era(&mut self, node: &Node, error: EraError) -> Option<Value> {
        let hint = error.way_out().map(|(th, en)| Label::new(th, en));
        self.report(Code::BadDate, node.span, error.message_th, error.message_en, hint);
        None
    }

    fn url(&mut self, node: &Node, text: &str) -> Option<Value> {
        let lower = text.to_ascii_lowercase();
        if (lower.starts_with("https://") || lower.starts_with("http://"))
            && !text.contains(char::is_whitespace)
            && !text.contains(['"', '<', '>'])
            // A name or a password in an address is nobody's to read.
            && !text.split(['/', '?', '#']).nth(2).is_some_and(|host| host.contains('@'))
        {
            return Some(Value::Url(text.to_string()));
        }
        let hint =
            text.starts_with("www.").then(|| Label::new(format!("ลอง https://{text}"), format!("try https://{text}")));
        self.report(
            Code::BadUrl,
            node.span,
            format!("“{text}” ไม่ใช่ที่อยู่เว็บ"),
            format!("`{text}` is not a web address"),
            hint,
        );
        None
    }

    fn term(&mut self, field: &FieldDef, node: &Node, text: &str) -> Option<Value> {
        let Some(vocabulary) = self.schema.vocabulary_of(field) else {
            return Some(Value::Term(text.to_string()));
        };
        if let Some(term) = vocabulary.find(text) {
            if term.id != text {
                self.former(node.span, text, &term.id);
            } else if term.retired {
                self.retired(node.span, term);
            }
            return Some(Value::Term(term.id.clone()));
        }
        if field.open {
            return Some(Value::Term(text.to_string()));
        }
        let named = vocabulary.terms.iter().find(|t| {
            t.label.th == text || t.label.en.eq_ignore_ascii_case(text) || t.synonyms.iter().any(|s| s == text)
        });
        let hint = match named {
            Some(term) => Some(Label::new(format!("ใช้รหัส “{}”", term.id), format!("use the id `{}`", term.id))),
            None => nearest_hint(text, vocabulary.offered().map(|t| t.id.as_str())).or_else(|| {
                let list = |lang: Lang| {
                    let terms = vocabulary.offered().take(12).map(|t| format!("{} ({})", t.id, t.label.get(lang)));
                    let terms: Vec<_> = terms.collect();
                    let more = if vocabulary.offered().count() > 12 { " …" } else { "" };
                    format!("{}{more}", terms.join(", "))
                };
                let (th, en) = (list(Lang::TH), list(Lang::EN));
                Some(Label::new(format!("คำที่ใช้ได้: {th}"), format!("known terms: {en}")))
            }),
        };
        self.report(
            Code::UnknownTerm,
            node.span,
            format!("คลังคำ “{}” ไม่มีคำ “{text}”", vocabulary.id),
            format!("vocabulary `{}` has no term `{text}`", vocabulary.id),
            hint,
        );
        None
    }

    fn media(&mut self, field: &FieldDef, node: &Node) -> Option<Value> {
        let image = field.ty == FieldType::Image;
        if let Some(src) = node.text() {
            return Some(if image {
                Value::Image { src: src.into(), alt: String::new(), caption: String::new() }
            } else {
                Value::File { src: src.into(), label: src.rsplit('/').next().unwrap_or(src).into() }
            });
        }
        self.only_keys(field, node, if image { &["src", "alt", "caption"] } else { &["src", "label"] });
        let text = |key: &str| node.get(key).and_then(Node::text).unwrap_or("").trim().to_string();
        let src = text("src");
        if src.is_empty() {
            self.wrong_type(field, node);
            return None;
        }
        Some(if image {
            Value::Image { src, alt: text("alt"), caption: text("caption") }
        } else {
            let label = text("label");
            let label = if label.is_empty() { src.rsplit('/').next().unwrap_or(&src).into() } else { label };
            Value::File { src, label }
        })
    }

    fn period(&mut self, field: &FieldDef, node: &Node) -> Option<Value> {
        let (from, to) = match &node.data {
            Data::Map(_) => {
                self.only_keys(field, node, &["from", "to"]);
                let Some(from) = node.get("from").and_then(Node::text) else {
                    self.wrong_type(field, node);
                    return None;
                };
                (from.to_string(), node.get("to").and_then(Node::text).map(str::to_string))
            }
            Data::Scalar(text, _) => match text.split_once('/') {
                Some((from, to)) => (from.trim().to_string(), Some(to.trim().to_string()).filter(|t| !t.is_empty())),
                None => (text.trim().to_string(), None),
            },
            Data::List(_) => {
                self.wrong_type(field, node);
                return None;
            }
        };
        let mut read = |text: &str| self.day(node, text);
        let start = read(&from)?;
        let end = match to {
            Some(text) => Some(read(&text)?),
            None => None,
        };
        if end.is_some_and(|end| end < start) {
            self.report(Code::BadDate, node.span, "วันสิ้นสุดอยู่ก่อนวันเริ่มต้น", "the period ends before it starts", None);
            return None;
        }
        Some(Value::Period(start, end))
    }

    /// Reports keys that a picture, a file or a period does not have: nothing is dropped without a word.
    fn only_keys(&mut self, field: &FieldDef, node: &Node, known: &[&'static str]) {
        let Data::Map(pairs) = &node.data else { return };
        for (key, _) in pairs.iter().filter(|(key, _)| !known.contains(&key.name.as_str())) {
            let name = &key.name;
            let (th, en) = (
                format!("ช่อง “{}” ไม่มีคีย์ “{name}” ใช้ได้: {}", field.id, known.join(", ")),
                format!("field `{}` has no key `{name}`; it takes {}", field.id, known.join(", ")),
            );
            self.report(Code::UnknownField, key.span, th, en, nearest_hint(name, known.iter().copied()));
        }
    }

    /// Reports that the value is of another type than the field.
    pub(crate) fn wrong_type(&mut self, field: &FieldDef, node: &Node) {
        let (found_th, found_en) = node.describe();
        let (th, en) = expected(field);
        self.report(
            Code::WrongType,
            node.span,
            format!("ช่อง “{}” ต้องเป็น{th} แต่พบ{found_th}", field.id),
            format!("field `{}` takes {en}, found {found_en}", field.id),
            node.text().filter(|_| field.ty.is_number()).and_then(number_hint),
        );
    }
}
