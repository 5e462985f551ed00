//! Remarks of other programs that reach to the end of their line: those of MyST and LaTeX (`% …`), AsciiDoc and Typst
//! (`// …`), reStructuredText (`.. …`), Pug (`//- …`), Haml (`-# …`), Textile (`###. …`), roff, Texinfo and Org. What
//! is indented below one of reStructuredText, Pug or Haml belongs to it.

use std::sync::LazyLock;

use regex::Regex;

use super::marks::Comment;
use crate::text::pattern::constant;
use crate::text::stamp::is_stamp;

static LINE: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?m)^ {0,3}(?:>[ \t]?)*(",
        r"%+[ \t]*\p{L}|//(?:-|[ \t]+\S|[\u{e01}-\u{e5b}])|-#[ \t]*\p{L}|###\.\.?[ \t]|\.\\\x22|@c(?:omment)?[ \t]+\p{L}",
        r"|(?i:#\+comment:)",
        r"|\.\.[ \t]+(?:(?:only|ifconfig|todo|comment|index|meta|raw|private|hidden|internal|draft)::|\p{L}[^\n:]*(?::[^\n:]+)*:?$)",
        r"|\.\.[ \t]*\n[ \t]+\S)[^\n]*"
    ))
});

/// The remarks of a text, in their order; lines of one kind below each other are one.
pub(super) fn remarks(text: &str) -> Vec<Comment> {
    let mut found: Vec<Comment> = Vec::new();
    for line in LINE.captures_iter(text) {
        let (Some(whole), Some(mark)) = (line.get(0), line.get(1)) else { continue };
        let sign: String =
            mark.as_str().chars().take_while(|c| c.is_ascii_punctuation() || c.is_ascii_lowercase()).collect();
        // A line of a sentence, or a label: "80\n% of the schools".
        let said = whole.as_str().trim_start_matches([' ', '>', '%']);
        if sign.starts_with('%') && (said.starts_with("of ") || said.starts_with("ของ") || is_share(said)) {
            continue;
        }
        let before = text[..whole.start()].trim_end_matches('\n');
        if sign.starts_with('%') && before.len() + 1 == whole.start() && before.ends_with(char::is_numeric) {
            continue;
        }
        let indented = matches!(sign.get(..2), Some(".." | "//" | "-#")) && sign != "//";
        let below = if indented { indented_below(&text[whole.end()..]) } else { 0 };
        let end = whole.end() + below;
        match found.last_mut() {
            Some(last) if whole.start() < last.range.end => {}
            Some(last) if last.range.end + 1 == whole.start() && last.mark == sign => last.range.end = end,
            _ => found.push(Comment { range: mark.start()..end, mark: sign }),
        }
    }
    found
}

/// Whether a line behind a sign of percent gives a label its share: `% ผ่านเกณฑ์: 85.5`.
fn is_share(line: &str) -> bool {
    let Some((label, value)) = line.rsplit_once([':', '=']) else { return false };
    let value = value.trim().trim_end_matches('%').trim_end();
    !is_stamp(&label.trim().to_lowercase())
        && crate::text::digits::to_arabic(value).parse().is_ok_and(|share: f64| (0.0..=100.0).contains(&share))
}

/// Bytes of the indented lines at the beginning of a text, behind the end of a line.
fn indented_below(text: &str) -> usize {
    let (mut end, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.starts_with([' ', '\t']) && !line.trim().is_empty() {
            end = at - (line.len() - line.trim_end().len());
        } else if !line.trim().is_empty() {
            break;
        }
    }
    end
}
