//! Where in a text personal data could be: one cheap look, so that the costly ones see few paragraphs.

use super::normal;
use crate::text::chars::{is_thai_letter, is_unseen};
use std::ops::Range;

/// The stretches of a text that the classes look at: paragraphs that hold a sign of any class, each with the paragraph
/// behind it, since a label may stand above what it names.
pub(super) fn places(text: &str) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut next_belongs = false;
    while start < text.len() {
        let end = paragraph_end(text, start);
        let holds = may_hold(&text[start..end]);
        if holds || next_belongs {
            match places.last_mut() {
                Some(last) if last.end == start && end - last.start <= 2 * LONGEST => last.end = end,
                _ => places.push(start..end),
            }
        }
        next_belongs = holds;
        start = end;
    }
    places
}

/// Most bytes of a stretch: what a stretch is read into takes many times as much.
const LONGEST: usize = 1 << 16;

/// Where the paragraph that begins at `start` ends, the empty line behind it included. One that no person writes is cut
/// between two lines or words.
fn paragraph_end(text: &str, start: usize) -> usize {
    let most = text.floor_char_boundary(start.saturating_add(LONGEST));
    let mut at = start;
    // A search for one letter is many times as fast as one for two.
    while let Some(line) = text[at..most].find('\n') {
        at += line + 1;
        if text[at..].starts_with('\n') {
            return at + 1;
        }
    }
    let cut = || text[start..most].rfind(['\n', ' ']).map_or(most, |gap| start + gap + 1);
    if most < text.len() { cut() } else { text.len() }
}

/// Whether a paragraph holds a sign of any class.
fn may_hold(text: &str) -> bool {
    let (mut digits, mut named) = (0, false);
    for (at, c) in text.char_indices() {
        let next = || text[at + c.len_utf8()..].chars().next().unwrap_or('\0');
        let rest = || &text[at..];
        let starts = |words: &[&str]| words.iter().any(|word| rest().starts_with(word));
        let latin = |words: &[&str]| {
            let here = &text.as_bytes()[at..];
            words.iter().any(|word| here.get(..word.len()).is_some_and(|h| h.eq_ignore_ascii_case(word.as_bytes())))
        };
        let found = match c {
            // Letters of an address, of full width, references and invisible characters: only the normal form tells.
            '%' if latin(&["%e0"]) => true,
            '@' | '&' | '\u{fe6b}' | '\u{ff01}'..='\u{ff5e}' => true,
            // The next letter first: most words are told apart by it.
            'ไ' if next() == 'ล' => starts(&["ไลน"]),
            'เ' if next() == 'ม' => starts(&["เมล"]),
            'เ' if next() == 'ด' => starts(&["เด็ก"]) && near(rest(), 20, &["ชาย", "หญิง"]),
            'ด' if matches!(next(), 'ช' | 'ญ' | '.' | ' ') => is_short_title(rest()),
            'น' if matches!(next(), 'า' | '.' | ' ' | 'ส' | '้') => {
                starts(&["นาย", "นางสาว", "น.ส", "น .", "น. ส", "นส.", "น้อง"])
            }
            'ส' if next() == 'า' => starts(&["สามเณร"]),
            'ช' if next() == 'ื' => {
                named |= starts(&["ชื่อ"]);
                false
            }
            'ม' | 'ป' if next() == '.' => class_number(rest()),
            'ก'..='ฺ' | 'เ'..='๎' => false,
            'l' | 'L' => latin(&["line", "lin.", "live."]) || latin(&["learn"]),
            'm' | 'M' | 'p' | 'P' if next() == '.' => text[at + 2..].starts_with(|c: char| c.is_ascii_digit()),
            'm' | 'M' => latin(&["mail", "mast", "miss", "mr", "ms"]),
            's' | 'S' => latin(&["stud"]),
            'p' | 'P' => latin(&["pupi"]),
            'i' | 'I' => latin(&["icloud"]),
            '(' => latin(&["(at", "( at", "(a)"]),
            '[' => latin(&["[at", "[ at"]),
            '{' => latin(&["{at"]),
            'y' | 'Y' => latin(&["yahoo"]),
            'o' | 'O' => latin(&["outlook"]),
            c if c != '\r' && is_unseen(c) => true,
            c => {
                digits += usize::from(normal::digit(c).is_some() || normal::small_digit(c).is_some());
                digits >= normal::FEWEST
            }
        };
        if found {
            return true;
        }
    }
    // A name that is announced, of somebody who learns.
    named && ["นักเรียน", "ผู้เรียน", "เด็ก"].iter().any(|learner| text.contains(learner))
}

/// Whether one of the words begins within so many characters.
fn near(text: &str, most: usize, words: &[&str]) -> bool {
    text.char_indices().take(most).any(|(at, _)| words.iter().any(|word| text[at..].starts_with(word)))
}

/// ด.ช., ด.ญ. and how they are typed.
fn is_short_title(text: &str) -> bool {
    let rest = &text['ด'.len_utf8()..];
    let spaced = rest.strip_prefix(' ').unwrap_or(rest);
    if spaced.starts_with(['ช', 'ญ']) {
        return !spaced.chars().nth(1).is_some_and(is_thai_letter);
    }
    rest.trim_start_matches(' ').starts_with('.') && near(rest, 8, &["ช", "ญ", "ซ"])
}

/// ม.3 and ป.6, where the number may be marked.
fn class_number(text: &str) -> bool {
    let rest = &text['ม'.len_utf8()..];
    rest.starts_with('.') && rest.chars().take(6).any(|c| normal::digit(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, places};

    #[test]
    fn long_paragraphs_are_cut_between_words() {
        let text = "0812345678 ".repeat(20_000);
        let found = places(&text);
        assert!(found.len() > 1 && found.iter().all(|place| place.len() <= 2 * LONGEST));
        assert!(found.iter().all(|place| text[place.clone()].ends_with(' ') && place.start % 11 == 0));
        assert_eq!(found.iter().map(|place| place.len()).sum::<usize>(), text.len());
        // Without a space the cut is between letters.
        assert_eq!(places(&"0".repeat(300_000)).iter().map(|place| place.len()).sum::<usize>(), 300_000);
    }

    #[test]
    fn a_paragraph_with_a_sign_is_looked_at_with_the_next() {
        let text = "ครูสอนอ่าน\n\nไอดีไลน์:\n\nsomchai22\n\nจบ";
        let found = places(text);
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].clone()], "ไอดีไลน์:\n\nsomchai22\n\n");
    }

    #[test]
    fn running_text_about_children_has_none() {
        for text in ["เด็กอ่านคล่องขึ้น", "ชื่อโครงการ", "สุดช่วง เปิดชั้นเรียน", "ปี 2566 มี 723 โรงเรียน", "ระดับ ม. ต้น"]
        {
            assert!(places(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn each_class_has_its_sign() {
        for text in [
            "0812345678",
            "๐๘๑-๒๓๔-๕๖๗๘",
            "a@b",
            "ＬＩＮＥ",
            "เด็ก**ชาย**สม",
            "ด . ช . สม",
            "ดช. สม",
            "ด.ญ.",
            "น้องแก้ว",
            "สมชาย ใจดี ป.**6**",
            "นักเรียนชื่อ สม ใจ",
            "Miss Anna Smith grade 5",
            "ก\u{200b}ข",
        ] {
            assert_eq!(places(text).len(), 1, "{text}");
        }
    }
}
