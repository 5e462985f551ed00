//! Classes of Thai characters, the cells and clusters that they form, and
//! cutting text without tearing one apart.
//!
//! A *cell* is one base character with the marks written on it. A *cluster*
//! (Theeramunkong et al., "Character Cluster Based Thai Information
//! Retrieval", 2000) is a group of cells that no reader would part: a leading
//! vowel with its consonant, a vowel written around one, a silenced letter.

use std::borrow::Cow;

/// The part that a Thai character plays in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// ก–ฮ, with ฤ and ฦ.
    Consonant,
    /// เ แ โ ใ ไ, written before their consonant.
    LeadingVowel,
    /// ะ า ำ ๅ, written after their consonant.
    FollowingVowel,
    /// ั ิ ี ึ ื ็ ํ, written above.
    UpperVowel,
    /// ุ ู ฺ, written below.
    LowerVowel,
    /// ่ ้ ๊ ๋.
    Tone,
    /// ์ (silences a letter) and ๎.
    Silencer,
    /// ๐–๙.
    Digit,
    /// ๆ ฯ ฿ and the signs of old texts.
    Sign,
    /// Not in the Thai block.
    Other,
}

/// The class of a character.
pub const fn class(c: char) -> Class {
    let place = (c as usize).wrapping_sub(THAI_BLOCK);
    if place < CLASSES.len() { CLASSES[place] } else { Class::Other }
}

/// Where the Thai block begins.
const THAI_BLOCK: usize = 0x0e00;
/// The classes of its characters: asked for each letter of a portal, so a look and no comparison.
static CLASSES: [Class; 0x80] = {
    let mut classes = [Class::Other; 0x80];
    let mut place = 0;
    while place < classes.len() {
        classes[place] = match char::from_u32((THAI_BLOCK + place) as u32) {
            Some(c) => class_of(c),
            None => Class::Other,
        };
        place += 1;
    }
    classes
};

const fn class_of(c: char) -> Class {
    match c {
        '\u{0e01}'..='\u{0e2e}' => Class::Consonant,
        '\u{0e40}'..='\u{0e44}' => Class::LeadingVowel,
        '\u{0e30}' | '\u{0e32}' | '\u{0e33}' | '\u{0e45}' => Class::FollowingVowel,
        '\u{0e31}' | '\u{0e34}'..='\u{0e37}' | '\u{0e47}' | '\u{0e4d}' => Class::UpperVowel,
        '\u{0e38}'..='\u{0e3a}' => Class::LowerVowel,
        '\u{0e48}'..='\u{0e4b}' => Class::Tone,
        '\u{0e4c}' | '\u{0e4e}' => Class::Silencer,
        '\u{0e50}'..='\u{0e59}' => Class::Digit,
        '\u{0e2f}' | '\u{0e3f}' | '\u{0e46}' | '\u{0e4f}' | '\u{0e5a}' | '\u{0e5b}' => Class::Sign,
        _ => Class::Other,
    }
}

/// True for a character of the Thai block.
pub const fn is_thai(c: char) -> bool {
    matches!(c, '\u{0e01}'..='\u{0e3a}' | '\u{0e3f}'..='\u{0e5b}')
}

/// True for a Thai letter, vowel or mark (not a digit or a sign).
pub const fn is_thai_letter(c: char) -> bool {
    matches!(c, '\u{0e01}'..='\u{0e2e}' | '\u{0e30}'..='\u{0e3a}' | '\u{0e40}'..='\u{0e45}' | '\u{0e47}'..='\u{0e4e}')
}

/// True for a mark that is above or below a base: it never stands alone.
pub const fn is_mark(c: char) -> bool {
    matches!(class(c), Class::UpperVowel | Class::LowerVowel | Class::Tone | Class::Silencer)
}

/// True for ก–ฮ.
pub const fn is_consonant(c: char) -> bool {
    matches!(class(c), Class::Consonant)
}

/// True for เ แ โ ใ ไ.
pub const fn is_leading_vowel(c: char) -> bool {
    matches!(class(c), Class::LeadingVowel)
}

/// True for characters that take no room and that text should not hold:
/// zero width space and joiners, word joiner, byte order mark, soft hyphen.
pub const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// True for characters that nobody sees between two others, whatever script they come from: [`is_invisible`] ones, those
/// that Unicode calls ignorable, and marks without a letter of their own.
pub const fn is_unseen(c: char) -> bool {
    is_invisible(c)
        || matches!(c, '\0' | '\r' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}')
}

/// The ordinary letter, digit or sign of one that is written as wide as an ideograph.
pub fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

/// The text with signs in place of what would steer a terminal or turn the order of a line: control characters (but
/// line ends and tabs) and the marks of bidirectional text.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if steers(c) { sign(c) } else { c }).collect())
}

/// True for characters that a terminal obeys instead of showing them.
pub const fn steers(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The picture of a control character.
fn sign(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ => '\u{fffd}',
    }
}

/// Place of a mark on its base: vowel signs, then tones, then ์, then ํ.
pub const fn mark_rank(c: char) -> u8 {
    match c {
        '\u{0e31}' | '\u{0e34}'..='\u{0e3a}' => 0,
        '\u{0e47}' => 1,
        '\u{0e48}'..='\u{0e4b}' => 2,
        '\u{0e4c}' => 3,
        _ => 4,
    }
}

/// The standard character for a glyph of the private use area that Windows
/// and PDF fonts use for Thai marks in other positions (U+F700–U+F71A).
pub const fn private_glyph(c: char) -> Option<char> {
    Some(match c {
        '\u{f700}' => 'ฐ',
        '\u{f70f}' => 'ญ',
        '\u{f701}' => '\u{0e34}',
        '\u{f702}' => '\u{0e35}',
        '\u{f703}' => '\u{0e36}',
        '\u{f704}' => '\u{0e37}',
        '\u{f705}' | '\u{f70a}' | '\u{f713}' => '\u{0e48}',
        '\u{f706}' | '\u{f70b}' | '\u{f714}' => '\u{0e49}',
        '\u{f707}' | '\u{f70c}' | '\u{f715}' => '\u{0e4a}',
        '\u{f708}' | '\u{f70d}' | '\u{f716}' => '\u{0e4b}',
        '\u{f709}' | '\u{f70e}' | '\u{f717}' => '\u{0e4c}',
        '\u{f710}' => '\u{0e31}',
        '\u{f711}' => '\u{0e4d}',
        '\u{f712}' => '\u{0e47}',
        '\u{f718}' => '\u{0e38}',
        '\u{f719}' => '\u{0e39}',
        '\u{f71a}' => '\u{0e3a}',
        _ => return None,
    })
}

/// True for a character that adds to the cell before it.
fn extends(c: char) -> bool {
    is_mark(c)
        || is_invisible(c)
        || matches!(c, '\u{0300}'..='\u{036f}' | '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20ff}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Byte offset of the end of the cell that begins at `start`.
fn cell_end(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices();
    let Some((_, mut last)) = chars.next() else {
        return start;
    };
    for (at, c) in chars {
        // A joiner binds the next picture, CR binds LF.
        let bound = extends(c) || last == '\u{200d}' || (last == '\r' && c == '\n');
        if !bound {
            return start + at;
        }
        last = c;
    }
    text.len()
}

/// The cells of a text, in order; together they are the text.
pub fn cells(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let end = cell_end(text, at);
        let cell = text.get(at..end).filter(|c| !c.is_empty());
        at = end;
        cell
    })
}

fn base(cell: &str) -> char {
    cell.chars().next().unwrap_or('\0')
}

fn has(cell: &str, marks: &[char]) -> bool {
    cell.chars().skip(1).any(|c| marks.contains(&c))
}

/// The clusters of a text, in order; together they are the text. A cluster is
/// one cell for anything but Thai.
pub fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let next = |at: usize| {
            let end = cell_end(text, at);
            (end > at).then(|| (&text[at..end], end))
        };
        let (first, mut end) = next(start)?;
        let lead = is_leading_vowel(base(first)).then(|| base(first));
        let mut body = first;
        if lead.is_some()
            && let Some((cell, to)) = next(end)
            && is_consonant(base(cell))
        {
            body = cell;
            end = to;
            // A second consonant that carries the vowel: เปลี่ยน, เพราะ.
            if !body.chars().any(is_mark)
                && let Some((cell, to)) = next(end)
                && matches!(base(cell), 'ร' | 'ล' | 'ว')
            {
                let round = next(to).is_some_and(|(a, after)| a == "า" && next(after).is_some_and(|(b, _)| b == "ะ"));
                if round || has(cell, &['\u{0e35}', '\u{0e37}', '\u{0e34}', '\u{0e47}']) {
                    body = cell;
                    end = to;
                }
            }
        }
        if is_consonant(base(body)) {
            let follow = next(end).map(|(cell, to)| (base(cell), cell, to));
            let closes = |c: char| match lead {
                Some('เ') => {
                    matches!(c, 'ะ' | 'า')
                        || (c == 'ย' && has(body, &['\u{0e35}']))
                        || (c == 'อ' && has(body, &['\u{0e37}']))
                        || (is_consonant(c) && has(body, &['\u{0e34}', '\u{0e47}']))
                }
                Some('แ') => c == 'ะ' || (is_consonant(c) && has(body, &['\u{0e47}'])),
                Some('โ') => c == 'ะ',
                Some(_) => false,
                None => {
                    matches!(c, 'ะ' | 'า' | 'ำ' | 'ๅ')
                        || (is_consonant(c) && has(body, &['\u{0e31}', '\u{0e47}']))
                        || (c == 'อ' && has(body, &['\u{0e37}']))
                }
            };
            if let Some((c, cell, to)) = follow
                && closes(c)
                && !(is_consonant(c) && cell.chars().any(is_mark) && !has(cell, &['\u{0e4c}']))
            {
                end = to;
                let ends_in_a = matches!((lead, c), (Some('เ'), 'า' | 'ย' | 'อ')) || (lead.is_none() && c == 'ว');
                if ends_in_a
                    && let Some((cell, to)) = next(end)
                    && base(cell) == 'ะ'
                {
                    end = to;
                }
            }
        }
        // Silenced letters belong to what they close: จันทร์, สิทธิ์.
        while let Some((cell, to)) = next(end)
            && is_thai_letter(base(first))
            && is_consonant(base(cell))
            && has(cell, &['\u{0e4c}'])
        {
            end = to;
        }
        at = end;
        Some(&text[start..end])
    })
}

/// The longest beginning of a text with at most `max` cells (letters with
/// their marks) that ends between clusters, and preferably after a sentence or
/// at a space. The text itself when it is short enough.
///
/// ```
/// # use sala::internals::text::chars::truncate;
/// assert_eq!(truncate("ที่นี่", 1), "ที่");
/// assert_eq!(truncate("เครือข่าย พัฒนาคุณภาพ", 9), "เครือข่าย");
/// ```
pub fn truncate(text: &str, max: usize) -> &str {
    let mut used = 0;
    let (mut end, mut space, mut sentence) = (0usize, 0usize, 0usize);
    for cluster in clusters(text) {
        used += cells(cluster).count();
        if used > max {
            let floor = end.saturating_mul(3) / 5;
            let cut = if base(cluster).is_whitespace() {
                end
            } else if sentence > floor {
                sentence
            } else if space > floor {
                space
            } else {
                end
            };
            return text[..cut].trim_end();
        }
        let c = base(cluster);
        if c.is_whitespace() {
            space = end;
        } else if matches!(c, '.' | '!' | '?' | '。' | 'ฯ') {
            let after = end + cluster.len();
            if text[after..].chars().next().is_none_or(char::is_whitespace) {
                sentence = after;
            }
        }
        end += cluster.len();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        clusters(text).collect()
    }

    #[test]
    fn clusters_of_words() {
        assert_eq!(cut("เครือข่าย"), ["เครือ", "ข่า", "ย"]);
        assert_eq!(cut("สัมพันธ์"), ["สัม", "พันธ์"]);
        assert_eq!(cut("เปลี่ยน"), ["เปลี่ย", "น"]);
        assert_eq!(cut("เป็น"), ["เป็น"]);
        assert_eq!(cut("เพราะ"), ["เพราะ"]);
        assert_eq!(cut("น้ำ"), ["น้ำ"]);
        assert_eq!(cut("a ก"), ["a", " ", "ก"]);
        assert_eq!(cut("ั่"), ["ั่"]);
    }

    #[test]
    fn nothing_steers_a_terminal() {
        assert_eq!(visible("ก\u{1b}[31mข\r\n\t\u{9b}2J\u{202e}ค"), "ก␛[31mข␍\n\t\u{fffd}2J\u{fffd}ค");
        assert!(matches!(visible("ปกติ\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn truncates_at_boundaries() {
        assert_eq!(truncate("น้ำใจ", 1), "");
        assert_eq!(truncate("น้ำใจ", 2), "น้ำ");
        assert_eq!(truncate("", 3), "");
        assert_eq!(truncate("ประโยคหนึ่งจบ. ต่อไปอีกยาว", 18), "ประโยคหนึ่งจบ.");
        assert_eq!(truncate("👨‍👩‍👧x", 1), "👨‍👩‍👧");
    }
}
