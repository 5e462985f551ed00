//! Splits a Markdown file into front matter and body.

use super::raw::{Node, SyntaxError};
use super::{toml_node, yaml_node};
use crate::model::Span;

/// A file in two parts.
#[derive(Debug)]
pub struct Split<'a> {
    /// The format, the text between the marks and its offset; `None` on plain pages.
    pub front: Option<(Format, &'a str, usize)>,
    /// Offset of the body.
    pub body: usize,
}

/// Format of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Between `+++` lines.
    Toml,
    /// Between `---` lines.
    Yaml,
}

impl Format {
    /// The line that opens and closes it.
    pub fn mark(self) -> &'static str {
        match self {
            Format::Toml => "+++",
            Format::Yaml => "---",
        }
    }
}

/// Splits `text`; an opening mark without a closing one is an error with the span of the opening mark.
///
/// `---` opens front matter only where the next line looks like a key, so that a page may start with a rule.
pub fn split(text: &str) -> Result<Split<'_>, Span> {
    let Some(format) = [Format::Toml, Format::Yaml].into_iter().find(|f| is_mark(first_line(text), *f)) else {
        return Ok(Split { front: None, body: 0 });
    };
    let start = next_line(text, 0);
    if format == Format::Yaml
        && !first_line(&text[start..]).contains(':')
        && !is_mark(first_line(&text[start..]), format)
    {
        return Ok(Split { front: None, body: 0 });
    }
    let mut at = start;
    while at < text.len() {
        if is_mark(first_line(&text[at..]), format) {
            return Ok(Split { front: Some((format, &text[start..at], start)), body: next_line(text, at) });
        }
        at = next_line(text, at);
    }
    Err(Span::new(0, format.mark().len()))
}

/// Reads the front matter in its format.
pub fn parse(format: Format, text: &str, base: usize) -> Result<Node, SyntaxError> {
    match format {
        Format::Toml => toml_node::parse(text, base),
        Format::Yaml => yaml_node::parse(text, base),
    }
}

fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or("")
}

fn next_line(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |i| from + i + 1)
}

fn is_mark(line: &str, format: Format) -> bool {
    line.trim_end() == format.mark()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_both_formats_and_windows_line_ends() {
        let split_toml = split("+++\r\na = 1\r\n+++\r\nตัว").unwrap();
        assert_eq!(split_toml.front, Some((Format::Toml, "a = 1\r\n", 5)));
        assert_eq!(split_toml.body, 17);
        assert_eq!(split("---\na: 1\n---\nx").unwrap().front.unwrap().0, Format::Yaml);
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        assert!(split("---\n\n# หัวเรื่อง\n").unwrap().front.is_none());
        assert!(split("# หัวเรื่อง\n").unwrap().front.is_none());
    }

    #[test]
    fn a_missing_end_is_told() {
        assert_eq!(split("+++\na = 1\n").unwrap_err(), Span::new(0, 3));
    }
}
