//! Remarks of other programs that reach to the end of their line: those of MyST and LaTeX (`% …`), AsciiDoc and Typst
//! (`// …`), reStructuredText (`.. …`), Pug (`//- …`), Haml (`-# …`), Textile (`###. …`), roff, Texinfo and Org. What
//! is indented below one of reStructuredText, Pug or Haml belongs to it.

use std::sync::LazyLock;

use regex::Regex;

use super::marks::Comment;
use crate::text::pattern::constant;

static FORMULA: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"(?s)\$\$[^$]*\$\$|\$[^$\n]*\$|\\\(.*?\\\)|\\\[.*?\\\]|```.*?(?:```|\z)|~~~.*?(?:~~~|\z)|`[^`\n]*`")
});
static COMMAND: LazyLock<Regex> = LazyLock::new(|| constant(r"\\[A-Za-z]{2,}\*?\{|(?m)^ {0,3}(?:>[ \t]?)*%%"));
static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| constant(r"(?m)^ {0,3}(?:>[ \t]?)*(?:```|~~~|:::)\{[a-z-]+\}"));
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
    let mut is_tex = None;
    for line in LINE.captures_iter(text) {
        let (Some(whole), Some(mark)) = (line.get(0), line.get(1)) else { continue };
        let sign: String =
            mark.as_str().chars().take_while(|c| c.is_ascii_punctuation() || c.is_ascii_lowercase()).collect();
        if sign.starts_with('%')
            && (is_sentence(text, whole.range()) || !*is_tex.get_or_insert_with(|| is_of_tex(text)))
        {
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

/// Whether a text shows that it was written for TeX or MyST: by a command outside of formulas and code, a directive in
/// braces, or two signs of percent at the start of a line. Elsewhere such a line is about a share: `% yield = …`.
fn is_of_tex(text: &str) -> bool {
    DIRECTIVE.is_match(text) || COMMAND.is_match(&FORMULA.replace_all(text, ""))
}

/// Whether a line behind a sign of percent is that of a sentence: "80\n% passed", `% of the schools`.
fn is_sentence(text: &str, line: std::ops::Range<usize>) -> bool {
    let said = text[line.clone()].trim_start_matches([' ', '>', '%']);
    let above = text[..line.start].strip_suffix('\n').unwrap_or_default();
    said.starts_with("of ") || said.starts_with("ของ") || above.ends_with(char::is_numeric)
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
