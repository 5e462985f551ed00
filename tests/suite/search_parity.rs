//! One ranking on two sides: the command line's answers over Tantivy's
//! postings equal the script's answers over the exported files.

use std::path::{Path, PathBuf};
use std::process::Command;

use sala::internals::search::{Answer, Piece, Query, SearchDoc, Sort, build, export, query};
use sala::internals::text::fold::{Folded, key};
use serde_json::{Value, json};

use crate::search_pages::{Dice, pages};
use crate::tools::skip;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a script with Node.
fn node(script: &str, args: &[&Path]) {
    let Ok(out) = Command::new("node").arg(root().join(script)).args(args).output() else {
        return skip(script, "Node.js is not installed");
    };
    let text = String::from_utf8_lossy(&out.stdout);
    let errors = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{text}\n{errors}");
    println!("{text}");
}

fn pieces(list: &[Piece]) -> Value {
    list.iter().map(|p| json!([p.text, p.marked])).collect()
}

fn plain(answer: &Answer) -> Value {
    let hits: Vec<Value> = answer
        .hits
        .iter()
        .map(|h| {
            let more: Vec<Value> = h.sections.iter().map(|s| json!([s.url, s.heading, pieces(&s.excerpt)])).collect();
            json!([h.doc, h.score, h.url, pieces(&h.title), h.heading, pieces(&h.excerpt), more, h.folded])
        })
        .collect();
    let facets: Vec<Value> = answer
        .facets
        .iter()
        .map(|f| json!([f.field, f.terms.iter().map(|t| json!([t.0, t.2])).collect::<Vec<_>>()]))
        .collect();
    json!({
        "total": answer.total, "hits": hits, "facets": facets,
        "suggestion": answer.suggestion.as_deref().unwrap_or(""),
        "switched": answer.switched.as_deref().unwrap_or(""),
        "near": answer.near, "synonyms": answer.synonyms,
        "reading": answer.reading.as_ref().map_or_else(Vec::new, |reading| {
            vec![reading.text.clone(), reading.kind.clone().unwrap_or_default(), reading.question.clone().unwrap_or_default()]
        }),
    })
}

/// Queries of many kinds made from the pages.
fn queries(docs: &[SearchDoc]) -> Vec<Query> {
    let mut dice = Dice(99);
    let mut out: Vec<String> = [
        "",
        " ",
        "ครู",
        "ก",
        "เ",
        "โร",
        "12",
        "2564",
        "๒๕๖๔",
        "2021",
        "ผอ.",
        "ผู้อำนวยการ",
        "ร.ร.บ้านนา",
        "l;ylfu",
        "8i^",
        "สวัสดี",
        "<script>alert(1)</script>",
        "\u{0}\u{1}\u{7f}",
        "' OR 1=1 --",
        "ปีการศึกษา",
        "ผลการประเมิน",
        "นํ้าใจ",
        "เเกนนำ",
        "พัฒนา",
        "abc",
        "é",
        "😀",
        "ไม่มีคำนี้แน่นอนฮฮฮ",
        "่่่",
        "โรงเรียน คุณภาพ ชุมชน ครู นักเรียน ผู้ปกครอง แผน ผล งาน ปี ภาค เขต กลุ่ม",
    ]
    .map(String::from)
    .to_vec();
    out.push("ก".repeat(2000));
    out.push("การพัฒนาคุณภาพ".repeat(150));
    for i in 0..360 {
        let doc = &docs[dice.below(docs.len())];
        let section = &doc.sections[dice.below(doc.sections.len())];
        let text = match i % 5 {
            0 => &doc.title,
            1 => &section.heading,
            _ => &section.text,
        };
        let chars: Vec<char> = text.chars().collect();
        let start = dice.below(chars.len().saturating_sub(12));
        let length = 3 + dice.below(if i % 4 == 3 { 60 } else { 22 });
        let mut part: Vec<char> = chars[start..chars.len().min(start + length)].to_vec();
        if i % 3 == 1 && part.len() > 3 {
            part.remove(dice.below(part.len()));
        }
        if i % 7 == 2 && part.len() > 3 {
            let at = dice.below(part.len() - 1);
            part.swap(at, at + 1);
        }
        out.push(part.into_iter().collect());
    }
    let ask = |(i, text): (usize, String)| {
        let mut facets = Vec::new();
        if i % 4 == 3 {
            facets.push(("kind".to_owned(), "innovation".to_owned()));
        }
        if i % 8 == 3 {
            facets.push(("kind".to_owned(), "aar".to_owned()));
            facets.push(("component".to_owned(), "c1".to_owned()));
        }
        let sort = match i % 18 {
            5 => Sort::Year,
            11 => Sort::Strength,
            17 => Sort::Name,
            _ => Sort::Relevance,
        };
        Query { text, facets, limit: 10, sort, literal: i % 50 == 7 }
    };
    out.into_iter().enumerate().map(ask).collect()
}

#[test]
fn browser_and_command_line_agree() {
    let (docs, settings) = pages(240, 1200);
    let dir = tempfile::tempdir().expect("temporary folder");
    let index = build(docs.len(), |i| docs[i].clone(), &settings).expect("index");
    let exported = export(docs.len(), |i| docs[i].clone(), &settings);
    let again = export(docs.len(), |i| docs[i].clone(), &settings);
    assert_eq!(exported.files, again.files, "the same bytes in every run");
    for (path, bytes) in &exported.files {
        let path = dir.path().join("search").join(path);
        std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
        std::fs::write(path, bytes).expect("write");
    }
    let mut cases = Vec::new();
    for q in queries(&docs) {
        let answer = query(&index, &q).expect("answer");
        let facets: Vec<Value> = q.facets.iter().map(|(f, t)| json!([f, t])).collect();
        let sort = match q.sort {
            Sort::Relevance => "",
            Sort::Year => "year",
            Sort::Strength => "strength",
            Sort::Name => "name",
        };
        cases.push(
            json!({ "q": q.text, "facets": facets, "sort": sort, "literal": q.literal, "answer": plain(&answer) }),
        );
    }
    assert!(cases.len() >= 300);
    let file = dir.path().join("cases.json");
    std::fs::write(&file, serde_json::to_vec(&cases).expect("JSON")).expect("write");
    let router = dir.path().join("search").join(&exported.router);
    node("tests/suite/search_parity.js", &[&router, &file]);
}

#[test]
fn folding_follows_the_vectors() {
    let path = root().join("tests/data/search/fold.json");
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(path).expect("vectors")).expect("JSON");
    assert!(cases.len() > 60);
    for case in &cases {
        let text = case["text"].as_str().expect("text");
        let folded = Folded::new(text);
        let source: Vec<&str> = folded.spans.iter().map(|&(a, b)| &text[a as usize..b as usize]).collect();
        let tokens: Vec<String> = folded.tokens().into_iter().map(|t| folded.chars[t].iter().collect()).collect();
        let keys: Vec<String> = tokens.iter().map(|t| key(&t.chars().collect::<Vec<_>>())).collect();
        let got = json!({
            "text": text, "folded": folded.text(), "source": source, "tokens": tokens, "keys": keys,
        });
        assert_eq!(&got, case);
    }
    node("tests/suite/search_fold.js", &[]);
}
