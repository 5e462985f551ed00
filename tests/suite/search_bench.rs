//! Measurements of the search index: time, memory, bytes. Run by hand:
//! `SALA_PAGES=1000 SALA_SEARCH_OUT=/tmp/s cargo test --release --test suite
//! search_bench -- --ignored --nocapture`, then `node benches/search/bytes.js /tmp/s`.

use std::path::PathBuf;
use std::time::Instant;

use sala::internals::search::{Query, build, export, query};

use crate::search_pages::pages;

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    line.replace('\t', " ")
}

#[test]
#[ignore = "a measurement"]
fn measures_building() {
    let (count, chars) = (number("SALA_PAGES", 1000), number("SALA_CHARS", 2500));
    let (docs, settings) = pages(count, chars);
    let _ = sala::internals::text::words::Words::get();
    println!("{count} pages of {chars} characters; before: {}", peak_memory());
    let start = Instant::now();
    let index = build(docs.len(), |i| docs[i].clone(), &settings).expect("index");
    println!("index: {:?}", start.elapsed());
    let start = Instant::now();
    let exported = export(docs.len(), |i| docs[i].clone(), &settings);
    println!("export: {:?}; {}", start.elapsed(), peak_memory());
    let bytes: usize = exported.files.iter().map(|f| f.1.len()).sum();
    println!("{} files, {bytes} bytes, {} bytes per page", exported.files.len(), bytes / count);
    let start = Instant::now();
    for text in ["การประเมินผล", "โรงเรียน", "นวัตกรรมการอ่าน"]
    {
        let ask = Query { text: text.into(), limit: 10, ..Query::default() };
        println!("{text}: {}", query(&index, &ask).expect("answer").total);
    }
    println!("three queries: {:?}", start.elapsed());
    if let Some(out) = std::env::var_os("SALA_SEARCH_OUT").map(PathBuf::from) {
        for (path, bytes) in &exported.files {
            let path = out.join("search").join(path);
            std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
            std::fs::write(path, bytes).expect("write");
        }
        let texts: Vec<_> = docs
            .iter()
            .map(|d| {
                let sections = d.sections.iter().map(|s| (&s.heading, &s.text));
                (&d.url, &d.title, &d.summary, sections.collect::<Vec<_>>(), &d.facets)
            })
            .collect();
        std::fs::write(out.join("pages.json"), serde_json::to_vec(&texts).expect("JSON")).expect("write");
    }
}
