//! Pages made from a seeded word model of the portal's own words, for tests
//! and measurements: the same number gives the same pages everywhere.

use std::collections::BTreeMap;
use std::path::Path;

use sala::internals::search::{Facet, SearchDoc, Section, Settings};
use sala::internals::text::words::Words;

/// SplitMix64: small, seeded, the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// Which word follows which, from the portal's content and a small text of
/// the tests, and single words of the word list for the long tail.
pub struct Model {
    words: Vec<String>,
    next: Vec<Vec<u32>>,
    rare: Vec<String>,
}

fn cut(text: &str, words: &Words) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = words.prefixes(rest).last().unwrap_or_else(|| {
            let other = rest.char_indices().skip(1).map(|(i, _)| i);
            other.take(1).next().unwrap_or(rest.len())
        });
        out.push(rest[..end].to_owned());
        rest = &rest[end..];
    }
    out
}

impl Model {
    pub fn new() -> Model {
        let list = Words::get();
        let mut text = include_str!("../data/search/sample.txt").to_owned();
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let mut files: Vec<_> = walkdir::WalkDir::new(content)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|f| f.path().extension().is_some_and(|e| e == "md" || e == "toml" || e == "csv"))
            .map(walkdir::DirEntry::into_path)
            .collect();
        files.sort();
        for file in files {
            text.push('\n');
            text.push_str(&std::fs::read_to_string(file).unwrap_or_default());
        }
        let mut ids: BTreeMap<String, u32> = BTreeMap::new();
        let mut model = Model { words: Vec::new(), next: Vec::new(), rare: Vec::new() };
        let thai = |c: char| ('\u{0e01}'..='\u{0e4e}').contains(&c);
        let mut before: Option<u32> = None;
        for run in text.split(|c: char| !thai(c)).filter(|r| !r.is_empty()) {
            for word in cut(run, list) {
                let id = *ids.entry(word.clone()).or_insert_with(|| {
                    model.words.push(word);
                    model.next.push(Vec::new());
                    model.words.len() as u32 - 1
                });
                if let Some(b) = before {
                    model.next[b as usize].push(id);
                }
                before = Some(id);
            }
        }
        // The long tail: two words of the text joined, as names are made.
        let mut dice = Dice(7);
        for _ in 0..4000 {
            let (a, b) = (dice.below(model.words.len()), dice.below(model.words.len()));
            model.rare.push(format!("{}{}", model.words[a], model.words[b]));
        }
        model
    }

    /// Running text of about `chars` characters.
    pub fn text(&self, dice: &mut Dice, chars: usize) -> String {
        let mut out = String::new();
        let mut length = 0;
        let mut at = dice.below(self.words.len());
        while length < chars {
            let rare = dice.below(25) == 0;
            let word = if rare { &self.rare[dice.below(self.rare.len())] } else { &self.words[at] };
            out.push_str(word);
            length += word.chars().count();
            if dice.below(8) == 0 {
                out.push(' ');
                length += 1;
            }
            let next = &self.next[at];
            at = if next.is_empty() || dice.below(12) == 0 {
                dice.below(self.words.len())
            } else {
                next[dice.below(next.len())] as usize
            };
        }
        out
    }
}

/// `count` pages of `chars` characters with two facets, and their settings.
pub fn pages(count: usize, chars: usize) -> (Vec<SearchDoc>, Settings) {
    let model = Model::new();
    let mut dice = Dice(42);
    let mut docs = Vec::with_capacity(count);
    for i in 0..count {
        let kind = ["innovation", "aar", "network", "resource"][dice.below(4)];
        let year = 2560 + dice.below(8) as i32;
        let mut doc = SearchDoc {
            id: format!("p-{i}"),
            kind: kind.into(),
            lang: "th".into(),
            url: format!("{kind}/p-{i}.html"),
            title: model.text(&mut dice, 28),
            summary: model.text(&mut dice, 120),
            breadcrumb: "หน้าแรก › รายการ".into(),
            year: Some(year),
            years: vec![year],
            facets: vec![("kind".into(), kind.into())],
            ..SearchDoc::default()
        };
        doc.facets.push(("component".into(), format!("c{}", dice.below(5))));
        for s in 0..4 {
            doc.sections.push(Section {
                anchor: format!("s{s}"),
                heading: model.text(&mut dice, 18),
                text: model.text(&mut dice, chars.saturating_sub(220) / 4),
            });
        }
        docs.push(doc);
    }
    let facet = |field: &str, label: &str, terms: &[(&str, &str)]| Facet {
        field: field.into(),
        label: label.into(),
        terms: terms.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect(),
    };
    let kinds = [("innovation", "นวัตกรรม"), ("aar", "บันทึกหลังปฏิบัติงาน"), ("network", "เครือข่าย"), ("resource", "ทรัพยากร")];
    let parts =
        [("c0", "เป้าหมาย"), ("c1", "กระบวนการ"), ("c2", "การมีส่วนร่วม"), ("c3", "ทรัพยากรร่วม"), ("c4", "การติดตาม")];
    let settings = Settings {
        lang: "th".into(),
        facets: vec![facet("kind", "ประเภท", &kinds), facet("component", "องค์ประกอบ", &parts)],
        synonyms: vec![vec!["ผอ.".into(), "ผู้อำนวยการ".into()], vec!["ร.ร.".into(), "โรงเรียน".into()]],
        ..Settings::default()
    };
    (docs, settings)
}
