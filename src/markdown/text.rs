//! Thai in plain text: what counts as a letter, when a line break is nothing, text without markup.

use pulldown_cmark::Event;

use super::source::Prepared;

/// A Thai consonant, vowel or mark: text goes on across a line break. Digits, baht, ฯ and ๆ are
/// not: a space follows them in good Thai.
#[must_use]
pub fn is_thai_letter(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e2e}' | '\u{e30}'..='\u{e3a}' | '\u{e40}'..='\u{e45}' | '\u{e47}'..='\u{e4d}')
}

/// Whether a soft break between these two characters renders as nothing.
pub(super) fn joins(before: Option<char>, after: Option<char>) -> bool {
    matches!((before, after), (Some(a), Some(b)) if is_thai_letter(a) && is_thai_letter(b))
}

/// The text of a Markdown value without markup, blocks separated by one space.
#[must_use]
pub fn plain_text(markdown: &str) -> String {
    let prepared = Prepared::new(markdown);
    let events = prepared.events();
    let mut out = String::with_capacity(markdown.len());
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&prepared.clean(text)),
            Event::SoftBreak if !joins(out.chars().next_back(), super::lookahead::next_char(&events[at + 1..])) => {
                out.push(' ');
            }
            Event::HardBreak => out.push(' '),
            Event::End(end) if super::lookahead::is_block_end(end) && !out.is_empty() && !out.ends_with(' ') => {
                out.push(' ');
            }
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_markup() {
        assert_eq!(plain_text("**หมายเหตุ:**ข้อความ\nต่อ [ลิงก์](x)\n\nนี่ `code`"), "หมายเหตุ:ข้อความต่อ ลิงก์ นี่ code");
        assert_eq!(plain_text("ก\nb"), "ก b");
    }
}
