//! Names for addresses: readable Thai slugs for headings, and ASCII ids.

use super::chars::{self, Class};
use super::pattern::constant;
use super::{clean, digits};
use regex::Regex;
use std::sync::LazyLock;

/// Longest slug, in characters.
const SLUG_LENGTH: usize = 60;

/// The slug of a heading, its anchor in a page: letters, marks and digits of its
/// display form stay (Latin in lower case), everything between them becomes one
/// `-`; an apostrophe goes. Ends at a whole letter after 60 characters. May be empty.
///
/// ```
/// # use sala::internals::text::slug::slug;
/// assert_eq!(slug("๑. หลักการ และเหตุผล (ย่อ)"), "๑-หลักการ-และเหตุผล-ย่อ");
/// ```
pub fn slug(heading: &str) -> String {
    let plain: String = heading.chars().filter(|c| !matches!(c, '\'' | '’')).collect();
    let cleaned = clean::clean(&plain);
    let mut out = String::with_capacity(cleaned.text.len());
    let mut gap = false;
    let mut count = 0;
    for c in cleaned.text.chars().flat_map(lower) {
        let mark = is_mark(c);
        if !mark && !is_letter_or_digit(c) {
            gap = !out.is_empty();
            continue;
        }
        // Never cut between a letter and its marks; a mark without a letter goes.
        if mark && (gap || out.is_empty()) {
            continue;
        }
        if count >= SLUG_LENGTH && !mark {
            break;
        }
        if std::mem::take(&mut gap) {
            out.push('-');
        }
        out.push(c);
        count += 1;
    }
    out
}

/// Lower case; Thai has none, and asking the tables of Unicode for every letter would take long.
fn lower(c: char) -> impl Iterator<Item = char> {
    let (same, lower) = match is_thai(c) {
        true => (Some(c), None),
        false => (None, Some(c.to_lowercase())),
    };
    same.into_iter().chain(lower.into_iter().flatten())
}

/// Thai letters, marks and digits.
const fn is_thai(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{e50}'..='\u{e59}')
}

/// Letters and digits of any script, with Thai marks; Thai is asked first, since the tables of Unicode are slow.
pub fn is_letter_or_digit(c: char) -> bool {
    is_thai(c) || c.is_alphanumeric()
}

/// Marks of letters in any script: vowel signs, tones, accents, signs that silence or join.
pub fn is_mark(c: char) -> bool {
    static MARK: LazyLock<Regex> = LazyLock::new(|| constant(r"\p{M}"));
    if c.is_ascii() || is_thai(c) {
        return chars::is_mark(c) || matches!(c, '\u{0e4d}' | '\u{0e4e}');
    }
    MARK.is_match(c.encode_utf8(&mut [0; 4]))
}

/// The anchor of a heading as GitHub writes it: lower case, without punctuation, one `-` for each space, never cut.
/// Links that were made there land here too.
///
/// ```
/// # use sala::internals::text::slug::github_slug;
/// assert_eq!(github_slug("People & Body: v1.2_x"), "people--body-v12_x");
/// ```
pub fn github_slug(heading: &str) -> String {
    let mut out = String::with_capacity(heading.len());
    for c in heading.trim().chars().flat_map(lower) {
        match c {
            ' ' => out.push('-'),
            '-' | '_' => out.push(c),
            c if is_letter_or_digit(c) || is_mark(c) => out.push(c),
            _ => {}
        }
    }
    out
}

/// Begins a destination that names a page or file by its name alone (`[[Name#Heading]]`). No scheme begins so, and paths
/// are never written so: it passes as relative.
pub const WIKI: &str = "[[";

/// The name in a wiki link's destination.
pub fn wiki_name(dest: &str) -> Option<&str> {
    dest.strip_prefix(WIKI)
}

/// Longest id that is suggested, in characters.
const ID_LENGTH: usize = 48;

/// An ASCII id for a title, after the sounds of its letters (in the manner of
/// the Royal Thai General System, simplified: no tone, no vowel length).
/// Empty when the title has nothing to spell.
///
/// ```
/// # use sala::internals::text::slug::suggest_id;
/// assert_eq!(suggest_id("เครือข่าย ๑ ช่วย 3"), "khrueakhai-1-chuai-3");
/// ```
pub fn suggest_id(title: &str) -> String {
    let cleaned = clean::clean(title);
    let text = digits::to_arabic(&cleaned.text);
    let mut out = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\0']) {
        if chars::is_thai_letter(c) {
            run.push(c);
            continue;
        }
        out.push_str(&spell(&run));
        run.clear();
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c != '\0' && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    if out.len() > ID_LENGTH {
        let cut = out[..ID_LENGTH].rfind('-').filter(|&at| at > ID_LENGTH / 2);
        out.truncate(cut.unwrap_or(ID_LENGTH));
    }
    out.trim_matches('-').to_string()
}

/// Sound of a consonant at the beginning and at the end of a syllable.
fn sound(c: char) -> (&'static str, &'static str) {
    match c {
        'ก' => ("k", "k"),
        'ข' | 'ฃ' | 'ค' | 'ฅ' | 'ฆ' => ("kh", "k"),
        'ง' => ("ng", "ng"),
        'จ' => ("ch", "t"),
        'ฉ' | 'ช' | 'ฌ' => ("ch", "t"),
        'ซ' | 'ศ' | 'ษ' | 'ส' => ("s", "t"),
        'ญ' => ("y", "n"),
        'ฎ' | 'ด' => ("d", "t"),
        'ฏ' | 'ต' => ("t", "t"),
        'ฐ' | 'ฑ' | 'ฒ' | 'ถ' | 'ท' | 'ธ' => ("th", "t"),
        'ณ' | 'น' => ("n", "n"),
        'บ' => ("b", "p"),
        'ป' => ("p", "p"),
        'ผ' | 'พ' | 'ภ' => ("ph", "p"),
        'ฝ' | 'ฟ' => ("f", "p"),
        'ม' => ("m", "m"),
        'ย' => ("y", "i"),
        'ร' => ("r", "n"),
        'ฤ' | 'ฦ' => ("rue", "rue"),
        'ล' | 'ฬ' => ("l", "n"),
        'ว' => ("w", "o"),
        'ห' | 'ฮ' => ("h", ""),
        _ => ("", ""),
    }
}

/// Spells a run of Thai letters.
fn spell(run: &str) -> String {
    // Tones go; a silenced letter goes with its sign.
    let mut letters: Vec<char> = vec![];
    for c in run.chars() {
        match c {
            '\u{0e4c}' => {
                while letters.last().is_some_and(|&l| chars::is_mark(l)) {
                    letters.pop();
                }
                letters.pop();
            }
            _ if chars::class(c) == Class::Tone => {}
            _ => letters.push(c),
        }
    }
    let mut out = String::new();
    let mut at = 0;
    while at < letters.len() {
        at = syllable(&letters, at, &mut out);
    }
    out
}

/// Spells one syllable and returns where the next begins.
fn syllable(letters: &[char], start: usize, out: &mut String) -> usize {
    let get = |i: usize| letters.get(i).copied().unwrap_or('\0');
    let mut at = start;
    let lead = get(at);
    let has_lead = chars::is_leading_vowel(lead);
    if has_lead {
        at += 1;
    }
    if !chars::is_consonant(get(at)) {
        return at.max(start + 1);
    }
    let first = get(at);
    at += 1;
    let cluster = matches!(first, 'ก' | 'ข' | 'ค' | 'ต' | 'ป' | 'ผ' | 'พ') && matches!(get(at), 'ร' | 'ล' | 'ว');
    let silent_h = first == 'ห' && matches!(get(at), 'ง' | 'ญ' | 'น' | 'ม' | 'ย' | 'ร' | 'ล' | 'ว');
    let vowel_after = |i: usize| !chars::is_consonant(get(i)) && get(i) != '\0' && !chars::is_leading_vowel(get(i));
    let onset = if (cluster || silent_h) && (vowel_after(at + 1) || (has_lead && chars::is_consonant(get(at + 1)))) {
        let second = get(at);
        at += 1;
        if silent_h { sound(second).0.to_string() } else { format!("{}{}", sound(first).0, sound(second).0) }
    } else {
        sound(first).0.to_string()
    };
    let (vowel, used) = vowel(has_lead.then_some(lead), letters, at);
    at += used;
    out.push_str(&onset);
    out.push_str(vowel);
    // A consonant closes the syllable when no vowel needs it.
    let open_vowel = matches!(vowel, "am" | "ai" | "ao") || first == 'ฤ' || get(at.wrapping_sub(1)) == 'ะ';
    if !open_vowel && chars::is_consonant(get(at)) && !vowel_after(at + 1) {
        let last = sound(get(at)).1;
        let doubled = get(at) == 'ร' && get(at + 1) == 'ร' && vowel == "o";
        if doubled {
            out.pop();
            out.push_str("an");
            return at + 2;
        }
        out.push_str(last);
        at += 1;
    }
    at
}

/// The vowel of a syllable and how many letters write it after the onset.
fn vowel(lead: Option<char>, letters: &[char], at: usize) -> (&'static str, usize) {
    let get = |i: usize| letters.get(at + i).copied().unwrap_or('\0');
    match lead {
        Some('เ') => match (get(0), get(1)) {
            ('\u{0e35}', 'ย') => ("ia", 2),
            ('\u{0e37}', 'อ') => ("uea", 2),
            ('า', 'ะ') => ("o", 2),
            ('า', _) => ("ao", 1),
            ('\u{0e34}', _) => ("oe", 1),
            ('อ', _) => ("oe", 1),
            ('ย', _) => ("oei", 1),
            ('\u{0e47}' | 'ะ', _) => ("e", 1),
            _ => ("e", 0),
        },
        Some('แ') => ("ae", usize::from(matches!(get(0), '\u{0e47}' | 'ะ'))),
        Some('โ') => ("o", usize::from(get(0) == 'ะ')),
        Some(_) => ("ai", usize::from(get(0) == 'ย')),
        None => match (get(0), get(1)) {
            ('\u{0e31}', 'ว') => ("ua", 2 + usize::from(get(2) == 'ะ')),
            ('\u{0e31}', 'ย') => ("ai", 2),
            ('\u{0e31}' | 'ะ' | 'า', _) => ("a", 1),
            ('ำ', _) => ("am", 1),
            ('\u{0e34}' | '\u{0e35}', _) => ("i", 1),
            ('\u{0e37}', 'อ') => ("ue", 2),
            ('\u{0e36}' | '\u{0e37}', _) => ("ue", 1),
            ('\u{0e38}' | '\u{0e39}', _) => ("u", 1),
            ('\u{0e47}', 'อ') => ("o", 2),
            ('\u{0e47}', _) => ("o", 1),
            ('อ', _) => ("o", 1),
            ('ว', next) if chars::is_consonant(next) => ("ua", 1),
            ('\0', _) => ("o", 0),
            (c, _) if chars::is_consonant(c) => ("o", 0),
            _ => ("a", 0),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        for (heading, expected) in [
            ("บทนำ", "บทนำ"),
            ("  What's new?  ", "whats-new"),
            ("สพฐ. (ส่วนกลาง)", "สพฐ-ส่วนกลาง"),
            ("ต่าง ๆ ฯลฯ", "ต่าง-ๆ-ฯลฯ"),
            ("A_b C-d / e", "a-b-c-d-e"),
            ("ขั้นตอน/วิธีการ", "ขั้นตอน-วิธีการ"),
            ("…!?", ""),
            ("น\u{0e4d}้าท่ี", "น้ำที่"),
            ("Ünï", "ünï"),
            ("ພາສາລາວ ຄຳສັ່ງ", "ພາສາລາວ-ຄຳສັ່ງ"),
            ("ភាសាខ្មែរ", "ភាសាខ្មែរ"),
            ("हिन्दी भाषा", "हिन्दी-भाषा"),
            ("தமிழ்", "தமிழ்"),
            ("⚙️ ตั้งค่า", "ตั้งค่า"),
        ] {
            assert_eq!(slug(heading), expected, "{heading}");
        }
        let long = slug(&"ที่".repeat(50));
        assert!(long.ends_with("ที่") && long.chars().count() <= SLUG_LENGTH + 2);
    }

    #[test]
    fn ids() {
        for (title, expected) in [
            ("โรงเรียน", "rongrian"),
            ("คุณภาพ", "khunphap"),
            ("น้ำใจ", "namchai"),
            ("Plan ๒๕๖๔", "plan-2564"),
            ("", ""),
            ("การประชุม", "kanprachum"),
        ] {
            assert_eq!(suggest_id(title), expected, "{title}");
        }
        assert!(suggest_id(&"โรงเรียนคุณภาพ".repeat(20)).len() <= ID_LENGTH);
        assert!(suggest_id("เแโใไ่้๊๋ะาำ").is_ascii());
    }
}
