//! Finds damaged Thai in one cheap pass, for checks over whole portals.
//!
//! Only sequences that no Thai text can hold are looked for; the word list is
//! asked at such places only, for what to write instead.

use super::chars::{self, Class};
use super::repair::{self, Confidence, Options, Rule};
use std::ops::Range;

/// A damaged place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Code of what is wrong: that of a repair [`Rule`], `orphan-mark` or
    /// `broken-encoding`.
    pub rule: &'static str,
    /// What is wrong, in Thai.
    pub message_th: String,
    /// What is wrong, in English.
    pub message_en: String,
    /// What to write instead, when one repair is certain.
    pub replacement: Option<String>,
}

/// The damaged places of a text, in order.
pub fn lint(text: &str) -> Vec<Finding> {
    let mut found = vec![];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if suspicious(line) {
            lint_line(line.trim_end_matches(['\n', '\r']), start, &mut found);
        }
        start += line.len();
    }
    found
}

/// True when a line holds a sequence that no valid text holds.
fn suspicious(line: &str) -> bool {
    // Thai letters are three bytes E0 B8/B9 xx, U+FFFD is EF BF BD, and the
    // zero width characters are E2 80/81 xx, EF BB BF and C2 AD.
    if line.is_ascii() {
        return false;
    }
    let mut before = '\n';
    let mut earlier = '\n';
    for c in line.chars() {
        if breaks(earlier, before, c) {
            return true;
        }
        earlier = before;
        before = c;
    }
    before == '\u{0e31}'
}

/// True when `c` cannot follow `before` (and `earlier` before that).
fn breaks(earlier: char, before: char, c: char) -> bool {
    let open_a = before == '\u{0e31}' && !matches!(chars::class(c), Class::Consonant | Class::Tone);
    match chars::class(c) {
        Class::Other => {
            open_a
                || c == '\u{fffd}'
                // Khmer, Lao and Burmese part words with a zero width space, others join and hyphenate with such characters.
                || (chars::is_invisible(c) && chars::is_thai(before) && !matches!(c, '\u{200c}' | '\u{200d}'))
                || chars::private_glyph(c).is_some()
        }
        Class::UpperVowel | Class::LowerVowel | Class::Tone | Class::Silencer => {
            let fits = match chars::class(before) {
                Class::Consonant => true,
                Class::UpperVowel | Class::LowerVowel => {
                    chars::mark_rank(c) > chars::mark_rank(before) && c != '\u{0e47}'
                }
                _ => false,
            };
            !fits || c == '\u{0e4d}'
        }
        // ฤๅ and ฦๅ are the only homes of ๅ; า never begins a word.
        Class::FollowingVowel => {
            open_a
                || (c == 'า' && before == ' ' && chars::is_thai(earlier))
                || (c == 'ๅ' && !matches!(before, 'ฤ' | 'ฦ'))
                || chars::is_leading_vowel(before)
        }
        Class::LeadingVowel => open_a || chars::is_leading_vowel(before),
        Class::Consonant => before == ' ' && chars::is_leading_vowel(earlier),
        Class::Digit | Class::Sign => open_a,
    }
}

fn lint_line(line: &str, offset: usize, found: &mut Vec<Finding>) {
    let mut covered: Vec<Range<usize>> = vec![];
    for edit in repair::repair(line, Options::default()) {
        if edit.rule == Rule::SpacedLatin {
            continue;
        }
        covered.push(edit.range.clone());
        let certain = edit.confidence == Confidence::Certain;
        found.push(Finding {
            range: edit.range.start + offset..edit.range.end + offset,
            rule: edit.rule.code(),
            message_th: edit.rule.thai().to_string(),
            message_en: edit.rule.english().to_string(),
            replacement: certain.then_some(edit.replacement),
        });
    }
    // What no repair explains is still reported. Places come in order, so that one look at the next repair is enough.
    covered.sort_by_key(|range| range.start);
    let (mut repairs, mut last) = (covered.into_iter().peekable(), 0..0);
    let mut before = '\n';
    let mut earlier = '\n';
    for (at, c) in line.char_indices() {
        let bad = breaks(earlier, before, c);
        earlier = before;
        before = c;
        let range = at..at + c.len_utf8();
        if !bad {
            continue;
        }
        while let Some(passed) = repairs.next_if(|repair| repair.start <= range.end) {
            last = last.start..passed.end.max(last.end);
        }
        if last.end > 0 && range.start <= last.end {
            continue;
        }
        let (rule, message_th, message_en) = explain(c);
        last = range.clone();
        found.push(Finding {
            range: range.start + offset..range.end + offset,
            rule,
            message_th: message_th.to_string(),
            message_en: message_en.to_string(),
            replacement: None,
        });
    }
    found.sort_by_key(|f| (f.range.start, f.range.end));
}

fn explain(c: char) -> (&'static str, &'static str, &'static str) {
    if c == '\u{fffd}' {
        return ("broken-encoding", "มีอักขระเสีย (�) ข้อความเดิมหายไป", "a replacement character stands for lost text");
    }
    if chars::is_invisible(c) || chars::private_glyph(c).is_some() {
        let rule = if chars::is_invisible(c) { Rule::Invisible } else { Rule::PrivateGlyph };
        return (rule.code(), rule.thai(), rule.english());
    }
    ("orphan-mark", "สระหรือวรรณยุกต์อยู่ผิดที่", "a vowel or mark stands where none can")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<&'static str> {
        lint(text).iter().map(|f| f.rule).collect()
    }

    #[test]
    fn finds_damage() {
        assert_eq!(rules("ท่ี"), ["tone-before-vowel"]);
        assert_eq!(rules("ก าหนด"), ["space-before-sara-am"]);
        assert_eq!(rules("สำ\u{fffd}คัญ"), ["replacement-character"]);
        assert_eq!(rules("ก\u{fffd}ข"), ["broken-encoding"]);
        assert_eq!(rules("เเก้"), ["doubled-sara-e"]);
        assert_eq!(rules("ก\u{200b}าร"), ["invisible-character"]);
        assert_eq!(rules("ทำงานกบัโรงเรียน"), ["mark-late"]);
        assert_eq!(rules("่ก"), ["orphan-mark"]);
        let found = lint("ดี\r\nท่ี\r\n");
        assert_eq!(found[0].replacement.as_deref(), Some("ที่"));
        assert_eq!(found[0].range, 8..17);
    }

    #[test]
    fn passes_sound_text() {
        for text in [
            "ก็ทำให้น้ำใจดีขึ้น เก็บ เป็น กว่า ฤๅ พันธุ์ สิทธิ์ ศูนย์ ๑๒๓ ๆ ฯลฯ",
            "👨\u{200d}👩 plain English",
            "ភាសា\u{200b}ខ្មែរ",
            "中\u{200b}文",
            "می\u{200c}خواهم",
            "hy\u{ad}phen",
            "ไม่ใช่ (ให้) “นี้” เพื่อ…",
        ] {
            assert_eq!(rules(text), Vec::<&str>::new(), "{text}");
        }
    }
}
