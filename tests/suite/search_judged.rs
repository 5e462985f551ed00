//! Retrieval quality over the portal's own content: judged queries, and the title of every public entry.
//!
//! `cargo test --release --test suite search_judged -- --nocapture` prints the figures of `docs/search-figures.md`;
//! `SALA_SHOW=1` prints what was found for queries below the best.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use sala::internals::model::Lang;
use sala::internals::pipeline;
use sala::internals::search::{Index, Query, SearchDoc, Section, Settings, build, documents, export, query};
use sala::internals::text::fold::Folded;

use crate::search_pages::Dice;
use crate::tools::repository;

/// Indexes of the portal, Thai and English, and the name of each page.
struct Portal {
    indexes: [Index; 2],
    titles: [Vec<(String, String)>; 2],
}

fn portal() -> &'static Portal {
    static PORTAL: OnceLock<Portal> = OnceLock::new();
    PORTAL.get_or_init(|| {
        let prepared = pipeline::prepare(repository(), &pipeline::Options::default());
        let languages = [Lang::TH, Lang::EN];
        let indexes = languages.map(|lang| documents(&prepared.site, lang).index().expect("index"));
        let titles = languages.map(|lang| {
            let documents = documents(&prepared.site, lang);
            let all = (0..documents.len()).map(|number| documents.get(number));
            all.filter(|doc| doc.kind != "list" && doc.kind != "term").map(|doc| (doc.id, doc.title)).collect()
        });
        Portal { indexes, titles }
    })
}

fn found(index: &Index, text: &str) -> Vec<String> {
    let ask = Query { text: text.into(), limit: 10, ..Query::default() };
    query(index, &ask).expect("answer").hits.into_iter().map(|hit| hit.id).collect()
}

/// A judged query.
struct Judged {
    class: String,
    lang: usize,
    text: String,
    pages: HashMap<String, u32>,
}

fn judged() -> Vec<Judged> {
    let path = repository().join("tests/data/search/judged.tsv");
    let text = std::fs::read_to_string(path).expect("judged queries");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or_default();
            let (class, lang, text) = (next().to_owned(), usize::from(next() == "en"), next().to_owned());
            let page =
                |page: &str| page.split_once('=').map(|(id, grade)| (id.to_owned(), grade.parse().expect("grade")));
            let pages = next().split_whitespace().filter_map(page).collect();
            Judged { class, lang, text, pages }
        })
        .collect()
}

#[derive(Debug, Default, Clone, Copy)]
struct Sums {
    rank: f64,
    gain: f64,
    recall: f64,
    third: u32,
    count: u32,
}

impl Sums {
    fn add(&mut self, judged: &Judged, hits: &[String]) -> f64 {
        let grade = |id: &String| judged.pages.get(id).copied().unwrap_or(0);
        let gain = |grades: &mut dyn Iterator<Item = u32>| -> f64 {
            grades.take(5).enumerate().map(|(i, g)| f64::from((1u32 << g) - 1) / ((i + 2) as f64).log2()).sum()
        };
        let mut best: Vec<u32> = judged.pages.values().copied().collect();
        best.sort_unstable_by(|a, b| b.cmp(a));
        let ideal = gain(&mut best.iter().copied());
        let (rank, ndcg, recall) = if judged.pages.is_empty() {
            let empty = f64::from(u8::from(hits.is_empty()));
            (empty, empty, empty)
        } else {
            let first = hits.iter().position(|id| grade(id) == 2);
            let good = hits.iter().filter(|id| grade(id) == 2).count();
            let all = judged.pages.values().filter(|&&g| g == 2).count().clamp(1, 10);
            (
                first.map_or(0.0, |i| 1.0 / (i + 1) as f64),
                gain(&mut hits.iter().map(grade)) / ideal,
                good as f64 / all as f64,
            )
        };
        self.rank += rank;
        self.gain += ndcg;
        self.recall += recall;
        self.third += u32::from(rank < 0.3);
        self.count += 1;
        ndcg
    }

    fn line(&self, name: &str) {
        let n = f64::from(self.count.max(1));
        let [rank, gain, recall] = [self.rank, self.gain, self.recall].map(|sum| sum / n);
        println!("  {name:16} {:4} {rank:.3} {gain:.3} {recall:.3} {:3}", self.count, self.third);
    }
}

/// Half of the queries are for tuning; which, a hash of the text tells.
fn is_held(text: &str) -> bool {
    text.bytes().fold(7u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) >> 16 & 1 == 1
}

#[test]
fn judged_queries_find_their_pages() {
    let portal = portal();
    let queries = judged();
    assert!(queries.len() >= 150);
    let known = |lang: usize, id: &str| portal.titles[lang].iter().any(|(known, _)| known == id) || id.contains('/');
    let mut classes: BTreeMap<String, Sums> = BTreeMap::new();
    for judged in &queries {
        for id in judged.pages.keys().filter(|id| !known(judged.lang, id)) {
            println!("  not a page of its own: {id} ({})", judged.text);
        }
        let hits = found(&portal.indexes[judged.lang], &judged.text);
        let half = if is_held(&judged.text) { "held" } else { "tune" };
        let mut gain = 0.0;
        for class in [judged.class.as_str(), half, "all"] {
            gain = classes.entry(class.to_owned()).or_default().add(judged, &hits);
        }
        if std::env::var_os("SALA_SHOW").is_some() && gain < 0.75 {
            println!("  {gain:.2} {} {} {half}: {}", judged.class, judged.text, hits[..hits.len().min(7)].join(" "));
        }
    }
    println!("judged: class, queries, MRR@10, nDCG@5, recall@10, outside the first three");
    classes.iter().for_each(|(class, sums)| sums.line(class));
    let all = classes["all"];
    assert!(all.gain / f64::from(all.count) >= 0.86);
    assert_eq!(classes["names"].third, 0, "what is named is among the first three");
}

/// Letters of a name as they are compared.
fn letters(name: &str) -> String {
    Folded::new(name).chars.into_iter().filter(|&c| c != ' ').collect()
}

fn titles(step: usize) -> f64 {
    let portal = portal();
    let mut kinds: BTreeMap<String, Sums> = BTreeMap::new();
    for (lang, titles) in portal.titles.iter().enumerate() {
        let mut names: HashMap<String, HashMap<String, u32>> = HashMap::new();
        for (id, title) in titles {
            names.entry(letters(title)).or_default().insert(id.clone(), 2);
        }
        for (id, title) in titles.iter().step_by(step) {
            let pages = names[&letters(title)].clone();
            let judged = Judged { class: String::new(), lang, text: title.clone(), pages };
            let hits = found(&portal.indexes[lang], title);
            let kind = id.split('-').next().unwrap_or_default().to_owned();
            for class in [kind.as_str(), "all"] {
                kinds.entry(class.to_owned()).or_default().add(&judged, &hits);
            }
            if std::env::var_os("SALA_SHOW").is_some()
                && hits.first().is_none_or(|first| !judged.pages.contains_key(first))
            {
                println!("  {id} {title}: {}", hits[..hits.len().min(4)].join(" "));
            }
        }
    }
    println!("titles: beginning of the id, entries, MRR@10, nDCG@5, recall@10, outside the first three");
    kinds
        .iter()
        .filter(|(kind, sums)| *kind == "all" || sums.rank < f64::from(sums.count))
        .for_each(|(kind, sums)| sums.line(kind));
    kinds["all"].rank / f64::from(kinds["all"].count)
}

#[test]
fn titles_find_their_own_pages() {
    assert!(titles(7) >= 0.98);
}

/// Strings of 6–20 letters out of the portal's long texts, the same with a letter missing, and titles that do not stand
/// in their text, over pages that have no titles, names or headings.
#[test]
#[ignore = "a measurement"]
fn measures_strings_and_titles() {
    let prepared = pipeline::prepare(repository(), &pipeline::Options::default());
    let all = documents(&prepared.site, Lang::TH);
    let long = (0..all.len()).map(|number| all.get(number)).filter_map(|doc| {
        let text: Vec<String> = doc.sections.into_iter().map(|section| section.text).collect();
        let text = text.join("\n");
        (letters(&text).chars().count() >= 400).then_some((doc.title, text))
    });
    let pages: Vec<(String, String)> = long.collect();
    let index = build(
        pages.len(),
        |i| SearchDoc {
            id: format!("{i:05}"),
            sections: vec![Section { text: pages[i].1.clone(), ..Section::default() }],
            ..SearchDoc::default()
        },
        &Settings { lang: "th".into(), ..Settings::default() },
    )
    .expect("index");
    let mut dice = Dice(11);
    let compact: Vec<String> = pages.iter().map(|(_, text)| letters(text)).collect();
    let mut sums: BTreeMap<&str, Sums> = BTreeMap::new();
    let mut ask = |class: &'static str, text: &str, pages: HashMap<String, u32>| {
        let judged = Judged { class: String::new(), lang: 0, text: text.into(), pages };
        let hits = found(&index, text);
        let half = if is_held(text) { "all, held" } else { "all, tune" };
        sums.entry(class).or_default().add(&judged, &hits);
        sums.entry(half).or_default().add(&judged, &hits);
    };
    for (i, (title, _)) in pages.iter().enumerate() {
        let own = HashMap::from([(format!("{i:05}"), 2)]);
        let chars: Vec<char> = compact[i].chars().collect();
        for _ in 0..3 {
            let length = 6 + dice.below(15);
            let mut from = dice.below(chars.len() - 24);
            while !sala::internals::text::segment::open(&chars, from) {
                from += 1;
            }
            let mut to = from + length;
            while !sala::internals::text::segment::open(&chars, to) {
                to += 1;
            }
            let string: String = chars[from..to].iter().collect();
            let holding = compact.iter().enumerate().filter(|(_, text)| text.contains(&string));
            let holding: HashMap<String, u32> = holding.map(|(j, _)| (format!("{j:05}"), 2)).collect();
            if holding.len() > 5 || !string.chars().all(|c| ('\u{e01}'..='\u{e4e}').contains(&c)) {
                continue;
            }
            let mut damaged: Vec<char> = chars[from..to].to_vec();
            damaged.remove(1 + dice.below(damaged.len() - 2));
            ask("string", &string, holding.clone());
            ask("letter missing", &damaged.iter().collect::<String>(), holding);
        }
        if !compact[i].contains(&letters(title)) {
            ask("title", title, own);
        }
    }
    println!("{} texts: class, queries, MRR@10, nDCG@5, recall@10, outside the first three", pages.len());
    sums.iter().for_each(|(class, sums)| sums.line(class));
}

#[test]
#[ignore = "a measurement of every title"]
fn measures_all_titles() {
    titles(1);
}

/// Writes the search files of the portal's Thai pages to `SALA_SEARCH_OUT`, for `bytes.js`, `keystroke.js` and
/// `tests/browser/search.mjs`.
#[test]
#[ignore = "writes files for measurements"]
fn writes_the_files_of_the_portal() {
    let out = std::path::PathBuf::from(std::env::var_os("SALA_SEARCH_OUT").expect("SALA_SEARCH_OUT names a folder"));
    let prepared = pipeline::prepare(repository(), &pipeline::Options::default());
    let documents = documents(&prepared.site, Lang::TH);
    for (path, bytes) in export(documents.len(), |i| documents.get(i), &documents.settings()).files {
        let path = out.join("search").join(path);
        std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
        std::fs::write(path, bytes).expect("write");
    }
}
