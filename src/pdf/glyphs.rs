//! Which characters the fonts hold, and what is printed for the others.
//!
//! A PDF for archives refuses a missing glyph, so every text is checked before it is set: invisible controls are dropped,
//! near relatives are exchanged, and what is left without a glyph prints as a visible `[?]` with a problem naming it.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexSet;

use crate::text::chars::is_mark;

/// Printed in place of a character without a glyph: the same for the first sign of a document and for all letters, with a
/// number for each other sign.
pub(crate) fn substitute(place: usize) -> String {
    if place == 0 { "[?]".to_owned() } else { format!("[?{}]", place + 1) }
}

/// Most marks on one letter that are printed; no writing has as many. To set a letter takes time by the square of its marks.
const MOST_MARKS: usize = 64;

/// The characters of a document that no font holds.
#[derive(Debug, Default)]
pub(crate) struct Missing {
    /// All of them, by the place of what is printed for them.
    pub all: BTreeMap<usize, BTreeSet<char>>,
    /// Those that stand alone, unlike letters, in the order in which they come.
    signs: IndexSet<char>,
}

impl Missing {
    /// The place of what is printed for a character: for each other sign another, so that what a table tells by signs is told.
    fn place(&mut self, c: char) -> usize {
        if is_letter(c) { 0 } else { self.signs.insert_full(c).0 }
    }

    fn add(&mut self, c: char, place: usize) {
        self.all.entry(place).or_default().insert(c);
    }
}

/// A text made printable.
pub(crate) fn printable(text: &str, covered: &dyn Fn(char) -> bool, missing: &mut Missing) -> String {
    let mut out = String::with_capacity(text.len());
    // The last character, where none holds it, and whether the next is joined to it.
    let (mut last_missing, mut joined, mut marks) = (None, false, 0);
    for character in text.chars() {
        if invisible(character) && !matches!(character, '\n' | '\t' | '\r') {
            joined |= character == '\u{200d}';
            continue;
        }
        let joined = std::mem::take(&mut joined);
        marks = if is_mark(character) { marks + 1 } else { 0 };
        match character {
            _ if marks > MOST_MARKS => continue,
            '\n' => out.push('\n'),
            '\t' | '\r' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if covered(c) => out.push(c),
            c => match relatives(c).into_iter().find(|other| other.chars().all(covered)) {
                Some(other) => out.push_str(&other),
                None => {
                    // A sequence such as a word, a flag or a family is one sign to the reader.
                    let goes_on = |last| joined || last == c || is_letter(c) && is_letter(last);
                    let place = match last_missing {
                        Some((last, place)) if goes_on(last) => place,
                        _ => {
                            let place = missing.place(c);
                            out.push_str(&substitute(place));
                            place
                        }
                    };
                    missing.add(c, place);
                    last_missing = Some((c, place));
                    continue;
                }
            },
        }
        last_missing = None;
    }
    out
}

/// Whether a character is a letter, a mark on one, or half of a flag.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || matches!(c, '\u{20d0}'..='\u{20ff}' | '\u{1f1e6}'..='\u{1f1ff}')
}

/// Controls, joiners, variation selectors, byte order marks, noncharacters and private-use characters.
fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}' | '\u{1f3fb}'..='\u{1f3ff}'
            | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Stand-ins with the same meaning, the best first. Signs that tell different things have different ones: full and empty
/// circles, a tick and a cross.
fn relatives(c: char) -> Vec<String> {
    let known: &[&str] = match c {
        '\u{2010}' | '\u{2011}' => &["-"],
        '\u{2012}' | '\u{2015}' => &["–"],
        '\u{2000}'..='\u{200a}' | '\u{3000}' => &[" "],
        '\u{202f}' => &["\u{a0}"],
        '●' | '⚫' | '▪' | '❖' | '⁃' | '∙' => &["•"],
        '○' | '◦' | '◯' | '⚪' => &["o"],
        '►' | '➢' | '➤' => &["▶", ">"],
        '■' | '◆' => &["•"],
        '▶' => &[">"],
        '➡' | '⇒' | '⟶' | '➔' => &["→"],
        '☐' | '□' | '▢' => &["[ ]"],
        '☑' | '✅' => &["[/]"],
        '✓' | '✔' => &["✔", "[/]"],
        '✗' | '✘' | '✖' | '❌' => &["✖", "×", "x"],
        '☒' => &["[x]"],
        '★' => &["[*]"],
        '☆' => &["[-]"],
        '◔' => &["[¼]"],
        '◐' | '◑' => &["[½]"],
        '◕' => &["[¾]"],
        '′' | '＇' => &["'"],
        '″' | '„' | '‟' => &["\""],
        'µ' => &["u"],
        '\u{e4d}' => &[""],
        '№' => &["No."],
        '℃' => &["°C"],
        '①'..='⑳' => return vec![format!("({})", u32::from(c) - u32::from('①') + 1)],
        'Ⅰ'..='Ⅻ' => {
            let all = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
            return vec![all[c as usize - 'Ⅰ' as usize].to_owned()];
        }
        _ => &[],
    };
    known.iter().map(|text| (*text).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_has_no_end_of_marks() {
        let covered = |_: char| true;
        let text = format!("ก{}ข{}", "\u{e48}".repeat(300_000), "\u{e48}\u{200b}".repeat(100));
        let out = printable(&text, &covered, &mut Missing::default());
        assert_eq!(out.chars().count(), 2 + 2 * MOST_MARKS);
        assert_eq!(printable("น้ำ ที่นี่ ฏิกฺขุ", &covered, &mut Missing::default()), "น้ำ ที่นี่ ฏิกฺขุ");
    }

    #[test]
    fn signs_that_tell_different_things_stay_different() {
        let print = |text: &str, fonts: &str| {
            let covered = |c: char| c.is_ascii() || fonts.contains(c) || ('\u{e00}'..='\u{e5b}').contains(&c);
            printable(text, &covered, &mut Missing::default())
        };
        assert_eq!(print("( ● ) ใช่ ( ○ ) ไม่ใช่ ►◦", "•▶"), "( • ) ใช่ ( o ) ไม่ใช่ ▶o");
        assert_eq!(print("✓ ✗ ☐ ☑ ☒", "✔✖"), "✔ ✖ [ ] [/] [x]");
        assert_eq!(print("✓ ✗", "×"), "[/] ×");
        assert_eq!(print("① ⑳ Ⅱ Ⅻ 37 ℃ №", "°"), "(1) (20) II XII 37 °C No.");
        assert_eq!(print("★★☆ ◔ ◑ ◕", "¼½¾"), "[*][*][-] [¼] [½] [¾]");
        assert_eq!(print("🔴 🔵🔵 🟣 🔴 ก🔵🔴", ""), "[?] [?2] [?3] [?] ก[?2][?]");
        let mut missing = Missing::default();
        printable("🔴 漢字 🔵", &|c| c.is_ascii(), &mut missing);
        let told = missing.all.into_iter().map(|(place, of)| (substitute(place), of.into_iter().collect::<String>()));
        assert_eq!(told.collect::<Vec<_>>(), [("[?]".into(), "字漢🔴".into()), ("[?2]".into(), "🔵".to_owned())]);
        assert_eq!(print("漢字 🔴 漢", ""), "[?] [?] [?]");
        // Raised figures and fractions are no figures of the line.
        assert_eq!(print("10⁻ 2⅐", ""), "10[?] 2[?]");
    }

    #[test]
    fn an_emoji_is_one_visible_substitute() {
        let mut missing = Missing::default();
        let covered = |c: char| c.is_ascii() || ('\u{e00}'..='\u{e5b}').contains(&c);
        assert_eq!(printable("เก่ง👨‍👩‍👧มาก ✓\u{fe0f}", &covered, &mut missing), "เก่ง[?]มาก [/]");
        assert_eq!(missing.all.values().map(BTreeSet::len).collect::<Vec<_>>(), [3]);
    }
}
