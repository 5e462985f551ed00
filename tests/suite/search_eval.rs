//! Retrieval quality on the development set of `tests/data/search/thai-pud`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sala::internals::search::{Query, SearchDoc, Section, Settings, build, query};
use serde::Deserialize;

use crate::tools::repository;

#[derive(Deserialize)]
struct Asked {
    cls: String,
    q: String,
    rel: Vec<u32>,
}

/// One class of queries: sums of reciprocal ranks and recall, misses, count.
#[derive(Default, Clone, Copy)]
struct Sums {
    rank: f64,
    recall: f64,
    empty: u32,
    count: u32,
}

fn read<T: for<'a> Deserialize<'a>>(path: PathBuf) -> T {
    serde_json::from_slice(&std::fs::read(path).expect("readable")).expect("JSON")
}

/// Texts as pages without titles.
pub fn pages(texts: &[String]) -> Vec<SearchDoc> {
    let page = |(i, text): (usize, &String)| SearchDoc {
        // No number: who asks for a number does not ask for an id.
        id: format!("page-{i}x"),
        kind: "page".into(),
        url: format!("{i}.html"),
        sections: vec![Section { text: text.clone(), ..Section::default() }],
        ..SearchDoc::default()
    };
    texts.iter().enumerate().map(page).collect()
}

fn measure(texts: &[String], asked: &[Asked], name: &str) -> (f64, f64) {
    let pages = pages(texts);
    let settings = Settings { lang: "th".into(), ..Settings::default() };
    let index = build(pages.len(), |i| pages[i].clone(), &settings).expect("index");
    let mut classes: BTreeMap<&str, Sums> = BTreeMap::new();
    for a in asked {
        let ask = Query { text: a.q.clone(), limit: 10, ..Query::default() };
        let answer = query(&index, &ask).expect("answer");
        let found: Vec<u32> = answer.hits.iter().map(|h| h.doc).collect();
        let first = found.iter().position(|d| a.rel.contains(d));
        let hits = found.iter().filter(|d| a.rel.contains(d)).count();
        for class in [a.cls.as_str(), "all"] {
            let sums = classes.entry(class).or_default();
            sums.rank += first.map_or(0.0, |i| 1.0 / (i + 1) as f64);
            sums.recall += hits as f64 / a.rel.len().min(10) as f64;
            sums.empty += u32::from(found.is_empty());
            sums.count += 1;
        }
    }
    println!("{name}: class, queries, MRR@10, recall@10, share without a hit");
    for (class, s) in &classes {
        let n = f64::from(s.count);
        let (rank, recall, empty) = (s.rank / n, s.recall / n, f64::from(s.empty) / n);
        println!("  {class:10} {:5} {rank:.3} {recall:.3} {empty:.3}", s.count);
    }
    let all = classes["all"];
    (all.rank / f64::from(all.count), all.recall / f64::from(all.count))
}

#[test]
fn finds_known_items_of_the_development_set() {
    let folder = repository().join("tests/data/search/thai-pud");
    let texts: Vec<String> = read(folder.join("sentences.json"));
    let asked: Vec<Asked> = read(folder.join("queries.json"));
    let (rank, recall) = measure(&texts, &asked, "development set");
    assert!(rank >= 0.965 && recall >= 0.98, "MRR@10 {rank:.4}, recall@10 {recall:.4}");
}

/// Measures a set of the same form in the folder `SALA_SET`: as
/// `benches/search/sections.mjs` and `benches/search/headings.js` write them.
#[test]
#[ignore = "needs a set"]
fn measures_another_set() {
    let folder = PathBuf::from(std::env::var_os("SALA_SET").expect("SALA_SET names the folder of the set"));
    let texts: Vec<String> = read(folder.join("sentences.json"));
    let asked: Vec<Asked> = read(folder.join("queries.json"));
    measure(&texts, &asked, &folder.display().to_string());
}
