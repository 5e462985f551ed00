//! Lists of a .docx: which are numbered, where they start, and where they go on.

use crate::authoring::xml::{attribute, each};
use crate::text::digits::{roman, to_thai};
use std::collections::HashMap;

/// Levels of a list.
const LEVELS: u8 = 9;

/// The lists of a document.
#[derive(Debug, Default)]
pub struct Numbering {
    /// List id and level of paragraph styles that number or mark their paragraphs.
    pub styles: HashMap<String, (String, u8)>,
    /// What a list is made after, by list id.
    bases: HashMap<String, String>,
    /// By base and level.
    levels: HashMap<(String, u8), Level>,
    /// Levels that a list has of its own, by list id and level.
    own: HashMap<(String, u8), Level>,
    /// First numbers that a list has of its own, by list id and level.
    starts: HashMap<(String, u8), u32>,
}

/// How a level is numbered.
#[derive(Debug, Clone)]
struct Level {
    first: u32,
    /// `decimal`, `thaiLetters`, `bullet`, …
    format: String,
    /// What is shown, with `%1` for the number of the first level.
    shown: String,
    /// The level, from 1, after which the numbers begin again; 0: they never do; none: after any level above.
    restart: Option<u32>,
}

impl Default for Level {
    fn default() -> Level {
        // A level that does not say where it begins begins with nothing (ECMA-376 part 1, 17.9.25).
        Level { first: 0, format: "decimal".into(), shown: String::new(), restart: None }
    }
}

/// What stands before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A sign.
    Bullet,
    /// A number as Markdown has it.
    Number(u32),
    /// Anything else: `ก.`, `1.2`, `บทที่ 3`.
    Label(String),
}

/// The numbers that were given so far.
#[derive(Debug, Default)]
pub struct Counters {
    last: HashMap<(String, u8), u32>,
    /// Lists that began with a number of their own.
    begun: HashMap<(String, u8), ()>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn new(xml: &str) -> Numbering {
        let mut out = Numbering::default();
        let (mut base, mut level, mut list) = (String::new(), 0u8, String::new());
        let number = |e: &quick_xml::events::BytesStart<'_>| attribute(e, "val").and_then(|v| v.parse::<u32>().ok());
        each(xml, |e| match e.local_name().as_ref() {
            "abstractNum" => {
                base = attribute(e, "abstractNumId").unwrap_or_default();
                list.clear();
            }
            "lvl" | "lvlOverride" => level = attribute(e, "ilvl").and_then(|v| v.parse().ok()).unwrap_or(0).min(LEVELS),
            "numFmt" | "start" | "lvlText" | "lvlRestart" => {
                let one = match list.is_empty() {
                    true => out.levels.entry((base.clone(), level)).or_default(),
                    false => out.own.entry((list.clone(), level)).or_default(),
                };
                match e.local_name().as_ref() {
                    "start" => one.first = number(e).unwrap_or(1),
                    "lvlRestart" => one.restart = number(e),
                    "numFmt" => one.format = attribute(e, "val").unwrap_or_default(),
                    _ => one.shown = attribute(e, "val").unwrap_or_default(),
                }
            }
            "num" => list = attribute(e, "numId").unwrap_or_default(),
            "abstractNumId" => {
                out.bases.insert(list.clone(), attribute(e, "val").unwrap_or_default());
            }
            "startOverride" => {
                out.starts.insert((list.clone(), level), number(e).unwrap_or(1));
            }
            _ => {}
        });
        out
    }

    /// What stands before the next paragraph of a list.
    pub fn next(&self, counters: &mut Counters, list: &str, level: u8) -> Mark {
        let Some(base) = self.bases.get(list) else {
            return Mark::Bullet;
        };
        let of =
            |level: u8| self.own.get(&(list.to_string(), level)).or_else(|| self.levels.get(&(base.clone(), level)));
        let Some(own) = of(level).or(of(0)) else {
            return Mark::Bullet;
        };
        // What is deeper begins again, unless it says otherwise.
        let goes_on = |l: u8| of(l).and_then(|one| one.restart).is_some_and(|after| u32::from(level) >= after);
        counters.last.retain(|(b, l), _| b != base || *l <= level || goes_on(*l));
        // Levels above that have had no item yet stand at their first number.
        for upper in 0..level {
            let one = of(upper).unwrap_or(own);
            counters.last.entry((base.clone(), upper)).or_insert(one.first);
        }
        let start = self.starts.get(&(list.to_string(), level)).copied();
        let first = start.filter(|_| counters.begun.insert((list.to_string(), level), ()).is_none());
        let before = counters.last.get(&(base.clone(), level)).copied();
        let last = first.or(before.map(|last| last.saturating_add(1))).unwrap_or(own.first);
        counters.last.insert((base.clone(), level), last);
        if matches!(own.format.as_str(), "bullet" | "none") && !own.shown.contains('%') {
            return Mark::Bullet;
        }
        let place = format!("%{}", level + 1);
        let around = own.shown.replacen(&place, "", 1);
        let plain = !around.contains('%') && !around.chars().any(char::is_alphanumeric);
        if plain && matches!(own.format.as_str(), "decimal" | "thaiNumbers") {
            return Mark::Number(last);
        }
        let mut label = own.shown.clone();
        for upper in 0..=level {
            let one = of(upper).unwrap_or(own);
            let number = counters.last.get(&(base.clone(), upper)).copied().unwrap_or(one.first);
            label = label.replace(&format!("%{}", upper + 1), &spelled(number, &one.format));
        }
        Mark::Label(label.trim().to_string())
    }
}

/// A number in the form of a list.
pub(super) fn spelled(n: u32, format: &str) -> String {
    let letter = |letters: &str| {
        let all: Vec<char> = letters.chars().collect();
        let place = n.saturating_sub(1) as usize;
        // After the last letter they are doubled.
        all.get(place % all.len()).map_or_else(String::new, |c| c.to_string().repeat((place / all.len() + 1).min(9)))
    };
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{n:02}"),
        "ordinal" => {
            let end = match (n % 100, n % 10) {
                (11..=13, _) => "th",
                (_, 1) => "st",
                (_, 2) => "nd",
                (_, 3) => "rd",
                _ => "th",
            };
            format!("{n}{end}")
        }
        "cardinalText" | "ordinalText" => in_words(n, format == "ordinalText"),
        "decimalEnclosedCircle" if (1..=20).contains(&n) => {
            char::from_u32(0x2460 + n - 1).map_or_else(String::new, |c| c.to_string())
        }
        // As wide as letters of East Asia.
        "decimalFullWidth" => n.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) + 0xFEE0)).collect(),
        "thaiNumbers" => to_thai(&n.to_string()).into_owned(),
        "thaiLetters" => letter("กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"),
        "lowerLetter" => letter("abcdefghijklmnopqrstuvwxyz"),
        "upperLetter" => letter("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerRoman" => roman(n),
        "upperRoman" => roman(n).to_uppercase(),
        _ => n.to_string(),
    }
}

/// A number below a hundred in English words.
fn in_words(n: u32, ordinal: bool) -> String {
    const ONES: [&str; 20] = [
        "Zero",
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
        "Ten",
        "Eleven",
        "Twelve",
        "Thirteen",
        "Fourteen",
        "Fifteen",
        "Sixteen",
        "Seventeen",
        "Eighteen",
        "Nineteen",
    ];
    const TENS: [&str; 10] = ["", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"];
    let words = match (n, n % 10) {
        (0..20, _) => ONES[n as usize].to_string(),
        (20..100, 0) => TENS[n as usize / 10].to_string(),
        (20..100, ones) => format!("{}-{}", TENS[n as usize / 10], ONES[ones as usize].to_lowercase()),
        _ => return n.to_string(),
    };
    if !ordinal {
        return words;
    }
    let ends = [
        ("One", "First"),
        ("one", "first"),
        ("Two", "Second"),
        ("two", "second"),
        ("Three", "Third"),
        ("three", "third"),
        ("ve", "fth"),
        ("eight", "eighth"),
        ("Eight", "Eighth"),
        ("ine", "inth"),
        ("y", "ieth"),
    ];
    let changed = ends.iter().find_map(|(end, other)| Some(format!("{}{other}", words.strip_suffix(end)?)));
    changed.unwrap_or_else(|| format!("{words}th"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_as_word_shows_them() {
        let xml = r#"<w:numbering><w:abstractNum w:abstractNumId="0">
            <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="บทที่ %1"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
            <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="thaiLetters"/><w:lvlText w:val="%3."/></w:lvl>
            <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="thaiNumbers"/><w:lvlText w:val="%4."/></w:lvl>
            <w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/>
                <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%3)"/></w:lvl></w:lvlOverride></w:num>
            </w:numbering>"#;
        let (numbering, mut counters) = (Numbering::new(xml), Counters::default());
        let label = |text: &str| Mark::Label(text.into());
        let marks = [
            (0, label("บทที่ 3")),
            (1, label("3.1")),
            (1, label("3.2")),
            (2, label("ก.")),
            (2, label("ข.")),
            (3, Mark::Number(1)),
            (4, Mark::Bullet),
            (0, label("บทที่ 4")),
            (1, label("4.1")),
        ];
        for (level, mark) in marks {
            assert_eq!(numbering.next(&mut counters, "1", level), mark);
        }
        assert_eq!(numbering.next(&mut counters, "2", 2), label("A)"), "a list may have a level of its own");
        assert_eq!((roman(1994), spelled(28, "lowerLetter")), ("mcmxciv".into(), "bb".into()));
        let words =
            [(1, "First"), (5, "Fifth"), (9, "Ninth"), (12, "Twelfth"), (20, "Twentieth"), (21, "Twenty-first")];
        words.iter().for_each(|(n, word)| assert_eq!(spelled(*n, "ordinalText"), *word));
        assert_eq!((spelled(42, "cardinalText"), spelled(8, "ordinalText")), ("Forty-two".into(), "Eighth".into()));
        let forms = ["ordinal", "decimalEnclosedCircle", "decimalFullWidth"].map(|form| spelled(2, form));
        assert_eq!(forms, ["2nd", "②", "２"]);
    }

    #[test]
    fn numbers_begin_at_nothing_go_on_and_are_implied() {
        let xml = r#"<w:numbering><w:abstractNum w:abstractNumId="0">
            <w:lvl w:ilvl="0"><w:start w:val="0"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2"/></w:lvl>
            <w:lvl w:ilvl="2"><w:start w:val="1"/><w:lvlRestart w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
            </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
        let (numbering, mut counters) = (Numbering::new(xml), Counters::default());
        let mut next = |level| match numbering.next(&mut counters, "1", level) {
            Mark::Number(n) => n.to_string(),
            Mark::Label(label) => label,
            Mark::Bullet => String::new(),
        };
        let given: Vec<String> = [0, 1, 2, 2, 1, 2, 0, 2, 1].into_iter().map(&mut next).collect();
        // The third level begins again under each number of the first, and goes on under the letters.
        assert_eq!(given, ["0", "0.a", "0.a.I", "0.a.II", "0.b", "0.b.III", "1", "1.a.I", "1.b"]);
    }
}
