//! Values as TOML text, in the form that people edit afterwards.

/// A value to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Out {
    /// A text, written in quotes.
    Text(String),
    /// A number, date or boolean, written as it is.
    Bare(String),
    /// A list.
    List(Vec<Out>),
    /// Keys and values on one line, `{ from = …, to = … }`.
    Map(Vec<(String, Out)>),
    /// Rows of a table, one `[[key]]` block each.
    Rows(Vec<Vec<(String, Out)>>),
}

impl Out {
    /// The value as a person would write it into a cell.
    pub fn shown(&self) -> String {
        match self {
            Out::Text(text) | Out::Bare(text) => text.clone(),
            Out::List(items) => items.iter().map(Out::shown).collect::<Vec<_>>().join("; "),
            other => other.inline(),
        }
    }

    /// The value on one line (rows as a list of inline tables).
    pub fn inline(&self) -> String {
        match self {
            Out::Text(text) => quote(text),
            Out::Bare(text) => text.clone(),
            Out::List(items) => {
                let items: Vec<String> = items.iter().map(Out::inline).collect();
                format!("[{}]", items.join(", "))
            }
            Out::Map(pairs) => inline_map(pairs),
            Out::Rows(rows) => {
                let rows: Vec<String> = rows.iter().map(|r| inline_map(r)).collect();
                format!("[{}]", rows.join(", "))
            }
        }
    }
}

fn inline_map(pairs: &[(String, Out)]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key} = {}", value.inline())).collect();
    format!("{{ {} }}", pairs.join(", "))
}

/// A TOML string: basic on one line, with triple quotes where the text has several lines.
pub fn quote(text: &str) -> String {
    // A line that would end the front matter is written as part of one.
    let ends = text.lines().any(|line| matches!(line.trim(), "+++" | "---"));
    let several = text.trim_end().contains('\n') && !ends;
    let mut out = String::from(if several { "\"\"\"\n" } else { "\"" });
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' if several => out.push('\n'),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => {}
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push_str(if several { "\"\"\"" } else { "\"" });
    out
}

/// Lines of front matter: single values first, then the rows of tables, because a `[[key]]` block takes every
/// key that follows it.
pub fn front_matter(keys: &[(String, Out)]) -> String {
    let mut out = String::new();
    for (key, value) in keys {
        if !matches!(value, Out::Rows(_)) {
            out.push_str(&format!("{key} = {}\n", value.inline()));
        }
    }
    for (key, value) in keys {
        if let Out::Rows(rows) = value {
            for row in rows {
                out.push_str(&format!("\n[[{key}]]\n"));
                for (column, value) in row {
                    out.push_str(&format!("{column} = {}\n", value.inline()));
                }
            }
        }
    }
    out
}

/// A number without a needless fraction.
pub fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{}", value as i64)
    } else {
        // Fifteen digits are what spreadsheets count with; what lies behind them is noise of the arithmetic.
        let places = (14 - value.abs().log10().floor() as i32).clamp(0, 30) as usize;
        let text = format!("{value:.places$}");
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_string() } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let text = "เขา \"พูด\" ว่า \\ ไป\tแล้ว\u{7}";
        let lines = "บรรทัดหนึ่ง\nบรรทัด \"\"\"สอง\"\"\"";
        let keys = vec![
            ("rows".to_string(), Out::Rows(vec![vec![("a".to_string(), Out::Text("x".into()))]])),
            ("one".to_string(), Out::Text(text.into())),
            ("two".to_string(), Out::Text(lines.into())),
            ("list".to_string(), Out::List(vec![Out::Bare("1".into()), Out::Bare("2.5".into())])),
        ];
        let table: toml::Table = toml::from_str(&front_matter(&keys)).unwrap();
        assert_eq!(table["one"].as_str(), Some(text));
        assert_eq!(table["two"].as_str(), Some(lines));
        assert_eq!(table["rows"][0]["a"].as_str(), Some("x"));
        assert_eq!(table["list"][1].as_float(), Some(2.5));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(2565.0), "2565");
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(1.5e-12), "0.0000000000015");
        assert_eq!(number(1e21), "1000000000000000000000");
    }
}
