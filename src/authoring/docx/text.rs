//! Stretches of text of one form as Markdown.

use crate::authoring::listing::Listing;
use crate::text::pattern::constant;
use crate::text::small::small;
use regex::Regex;
use std::sync::LazyLock;

/// What Markdown takes for a statement of a program (MDX), or of a document that is made of others (AsciiDoc).
static PROGRAM: LazyLock<Regex> = LazyLock::new(|| {
    constant(r#"^(?:import\s.*['"{*]|export\s+(?:const|let|var|default|function|async)\b|(?:ifdef|ifndef|ifeval)::)"#)
});

/// A stretch of text of one form.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Run {
    /// The text.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Above (true) or below the line.
    pub raised: Option<bool>,
    /// Target of a link.
    pub link: Option<String>,
    /// Markdown already, such as the mark of a note.
    pub raw: bool,
}

impl Run {
    /// Whether another run has the same form.
    pub(super) fn is_like(&self, other: &Run) -> bool {
        Run { text: String::new(), ..self.clone() } == Run { text: String::new(), ..other.clone() }
    }
}

/// Runs as Markdown on one line per line break; in a cell, line breaks are `<br>` and bars are escaped.
pub(super) fn markdown(runs: &[Run], cell: bool) -> String {
    let mut out = String::new();
    for run in runs {
        let text = match run.raised {
            _ if run.raw => run.text.clone(),
            Some(above) if !run.text.trim().is_empty() => raised(&run.text, above),
            _ => escape(&run.text, cell),
        };
        let inner = text.trim();
        if inner.is_empty() {
            out.push_str(&text);
            continue;
        }
        let (lead, tail) = (&text[..text.len() - text.trim_start().len()], &text[text.trim_end().len()..]);
        let mark = match (run.bold, run.italic) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        let back: String = mark.chars().rev().collect();
        let whole = format!("{mark}{inner}{back}");
        out.push_str(lead);
        match &run.link {
            Some(link) => out.push_str(&format!("[{whole}](<{}>)", link.replace(['<', '>', '\n'], ""))),
            None => out.push_str(&whole),
        }
        out.push_str(tail);
    }
    let line = if cell { "<br>" } else { "\\\n" };
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    lines.join(line)
}

/// What Markdown would read as markup is escaped.
pub(in crate::authoring) fn escape(text: &str, cell: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ':' if is_icon(chars.clone()) => out.push_str("\\:"),
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '~' | '{' | '^' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '&' if chars.peek().is_some_and(|c| c.is_ascii_alphanumeric() || *c == '#') => out.push_str("\\&"),
            '%' if chars.peek() == Some(&'%') || out.ends_with('%') => out.push_str("\\%"),
            '|' if cell => out.push_str("\\|"),
            // What opens a block of other programs: `ifdef::`, `:::`.
            ':' if chars.peek() == Some(&':') && !out.ends_with(':') => out.push_str("\\:"),
            '\u{a0}' => out.push(' '),
            '\n' => out.push(c),
            c if c.is_control() => out.extend(c.is_whitespace().then_some(' ')),
            c => out.push(c),
        }
    }
    out
}

/// Whether what follows a colon would make it an icon of MkDocs: `:material-check:`.
fn is_icon(mut chars: impl Iterator<Item = char>) -> bool {
    let first = chars.next();
    first.is_some_and(|c| c.is_ascii_lowercase()) && chars.find(|c| !c.is_ascii_lowercase()) == Some('-')
}

/// Lines whose beginning would make them a list, heading, quotation, remark or statement of a program.
pub(super) fn guarded(text: &str) -> String {
    text.split('\n').map(guarded_line).collect::<Vec<_>>().join("\n")
}

fn guarded_line(text: &str) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let first = text.chars().next().unwrap_or(' ');
    let remark =
        ["//", "..", "/\\*", "!!!", "???", "@c ", "@comment ", ".\\"].iter().any(|mark| text.starts_with(mark));
    if remark || matches!(first, '#' | '>' | '+' | '-' | '=' | ':' | '|' | '%') {
        return format!("\\{text}");
    }
    // Letters cannot be escaped: the first one by its number.
    if PROGRAM.is_match(text) {
        return format!("&#{};{}", u32::from(first), &text[first.len_utf8()..]);
    }
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    text.to_string()
}

/// A plain text of several lines as Markdown that shows it so; items of lists stay items, with their numbers.
pub(in crate::authoring) fn from_plain(text: &str) -> String {
    let (mut out, mut before, mut listing) = (String::new(), None, Listing::default());
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            before = None;
            continue;
        }
        let item = item(line);
        out.push_str(match (before, item.is_some()) {
            _ if out.is_empty() => "",
            (Some(true), true) => "\n",
            (Some(false), false) => "\\\n",
            _ => "\n\n",
        });
        before = Some(item.is_some());
        match item {
            Some((number, rest)) => {
                out.push_str(&listing.item(0, number).0);
                out.push_str(&guarded(&escape(rest.trim(), false)));
            }
            None => {
                listing = Listing::default();
                out.push_str(&guarded(&escape(line, false)));
            }
        }
    }
    out
}

/// The number, if any, and the text of a line that is an item of a list. Markdown shows no noughts before a number.
fn item(line: &str) -> Option<(Option<u32>, &str)> {
    if let Some(rest) = ["- ", "• ", "▪ "].iter().find_map(|mark| line.strip_prefix(mark)) {
        return Some((None, rest));
    }
    let (digits, rest) = line.split_once(". ").filter(|(digits, _)| digits.len() <= 3)?;
    let number: u32 = digits.parse().ok()?;
    (number.to_string() == digits).then_some((Some(number), rest))
}

/// A text above (`2` as in m²) or below the line, in letters that exist small; else as HTML.
fn raised(text: &str, above: bool) -> String {
    small(text, above).unwrap_or_else(|| {
        let tag = if above { "sup" } else { "sub" };
        format!("<{tag}>{}</{tag}>", escape(text, true))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::plain_text;
    use crate::markdown::seems_hidden;

    #[test]
    fn texts_arrive_as_they_are_read() {
        for (text, read) in [
            ("% ของนักเรียน", "% ของนักเรียน"),
            ("// ทางเลือก", "// ทางเลือก"),
            ("//- x", "//- x"),
            ("/// note", "/// note"),
            (".. ต่อ", ".. ต่อ"),
            (".. raw:: x", ".. raw:: x"),
            ("... จบ", "... จบ"),
            ("!!! private", "!!! private"),
            ("??? draft", "??? draft"),
            (":::: internal", ":::: internal"),
            ("::hidden", "::hidden"),
            ("ifdef::a[ข]", "ifdef::a[ข]"),
            ("{# ก #}", "{# ก #}"),
            ("{>>ก<<}", "{>>ก<<}"),
            ("{% if a %}ก{% endif %}", "{% if a %}ก{% endif %}"),
            ("@c ก", "@c ก"),
            ("/* ก */", "/* ก */"),
            ("export default x;", "export default x;"),
            ("export const a = 1", "export const a = 1"),
            ("import a from 'b'", "import a from 'b'"),
            ("export default คือค่าหลัก", "export default คือค่าหลัก"),
            ("12\t15", "12 15"),
            ("ก\u{85}ข\u{c}ค", "ก ข ค"),
            ("std::fs และ a:b", "std::fs และ a:b"),
        ] {
            for made in [from_plain(text), guarded(&escape(text, false))] {
                assert_eq!(plain_text(&made).trim(), read, "{made}");
                assert_eq!(seems_hidden(&made, true), None, "{made}");
            }
        }
        for (cell, shown) in [
            ("1. ก\n2. ข\n\n3. ค", "1. ก\n2. ข\n\n3. ค"),
            ("2. ก\nต่อ\n3. ข", "2. ก\n\nต่อ\n\n3. ข"),
            // Answers to some of the questions keep their numbers: each begins a list.
            ("1. ก\n3. ข\n4. ค", "1. ก\n3) ข\n4) ค"),
            ("10. ก\n9. ข", "10. ก\n9) ข"),
            ("1. ก\n\n3. ข", "1. ก\n\n3) ข"),
            ("1. ก\n1. ข\n1. ค", "1. ก\n1) ข\n1. ค"),
            ("01. ก\n02. ข", "01\\. ก\\\n02\\. ข"),
        ] {
            assert_eq!(from_plain(cell), shown);
        }
        for text in ["50% ของ", "ก / ข", "เวลา 10.30 น.", "ดี! มาก", "เวลา 8:30", "export ผลงาน", "import จากจีน"]
        {
            assert_eq!(from_plain(text), text);
        }
    }
}
