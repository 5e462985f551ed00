//! Lists of a .docx: which are numbered, where they start, and where they go on.

use crate::authoring::xml::{attribute, each};
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
    /// Whether a level is numbered and its first number, by base and level.
    levels: HashMap<(String, u8), (bool, u32)>,
    /// First numbers that a list has of its own, by list id and level.
    starts: HashMap<(String, u8), u32>,
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
            "numFmt" if list.is_empty() => {
                let bullet = matches!(attribute(e, "val").as_deref(), Some("bullet" | "none"));
                out.levels.entry((base.clone(), level)).or_insert((false, 1)).0 = !bullet;
            }
            "start" if list.is_empty() => {
                out.levels.entry((base.clone(), level)).or_insert((true, 1)).1 = number(e).unwrap_or(1)
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

    /// The number of the next paragraph of a list, none where it has a mark.
    pub fn next(&self, counters: &mut Counters, list: &str, level: u8) -> Option<u32> {
        let base = self.bases.get(list)?;
        let of = |level: u8| self.levels.get(&(base.clone(), level)).copied();
        let (numbered, start) = of(level).or(of(0)).unwrap_or((false, 1));
        // What is deeper begins again.
        counters.last.retain(|(b, l), _| b != base || *l <= level);
        let own = self.starts.get(&(list.to_string(), level)).copied();
        let first = own.filter(|_| counters.begun.insert((list.to_string(), level), ()).is_none());
        let last = counters.last.entry((base.clone(), level)).or_insert(start.saturating_sub(1));
        *last = first.unwrap_or(last.saturating_add(1));
        numbered.then_some(*last)
    }
}
