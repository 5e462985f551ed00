//! Sound text stays as it is.

use sala::internals::text::lint::lint;
use sala::internals::text::repair::{Options, Rule, only_certain, repair};
use sala::internals::text::words::Words;

use crate::tools::repository;

/// Words of a text, by the longest match of the word list; what no word
/// covers counts by the run.
fn count_words(text: &str) -> usize {
    let words = Words::get();
    let (mut at, mut count, mut unknown) = (0, 0, false);
    while let Some(c) = text[at..].chars().next() {
        let known = words.prefixes(&text[at..]).last();
        count += usize::from(known.is_some() || (!unknown && c.is_alphanumeric()));
        unknown = known.is_none() && c.is_alphanumeric();
        at += known.unwrap_or(c.len_utf8());
    }
    count
}

/// Certain repairs of a sound text; `typed` forms of one letter (a split sara
/// am, a doubled sara e, invisible characters) are no false repairs.
fn false_repairs(name: &str, text: &str) -> (usize, usize) {
    let words = count_words(text);
    let edits = repair(text, Options::default());
    let typed = |r: Rule| matches!(r, Rule::SplitSaraAm | Rule::DoubledSaraE | Rule::Invisible);
    let wrong: Vec<_> = only_certain(&edits).into_iter().filter(|e| !typed(e.rule)).collect();
    for edit in &wrong {
        println!("  {name}: {:?} → {}", &text[edit.range.clone()], edit.replacement);
    }
    println!("{name}: {words} words, {} touched, {} suggestions", wrong.len(), edits.len() - wrong.len());
    (words, wrong.len())
}

fn assert_rate(name: &str, text: &str) {
    let (words, wrong) = false_repairs(name, text);
    assert!(wrong * 2_000 <= words, "{name}: {wrong} of {words} words touched");
}

#[test]
fn registry_names_stay() {
    let path = repository().join("content/_data/registry.csv");
    assert_rate("registry", &std::fs::read_to_string(path).expect("the registry"));
}

#[test]
fn sentences_stay() {
    let path = repository().join("tests/data/search/thai-pud/sentences.json");
    let text = std::fs::read_to_string(path).expect("the sentences");
    let sentences: Vec<String> = serde_json::from_str(&text).expect("an array of sentences");
    assert_rate("sentences", &sentences.join("\n"));
}

#[test]
fn vocabulary_and_content_stay() {
    let root = repository().join("content");
    let mut text = String::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().flatten() {
        let kept = entry.path().extension().is_some_and(|e| e == "toml" || e == "md");
        if kept && let Ok(own) = std::fs::read_to_string(entry.path()) {
            text.push_str(&own);
            text.push('\n');
        }
    }
    assert_rate("content", &text);
}

#[test]
fn sound_words_have_no_findings() {
    // Every word of the list is sound by itself.
    let text = "เครือข่ายนวัตกรรมคุณภาพสถานศึกษา ๑ ช่วย ๓ ก็ทำให้น้ำใจดีขึ้นเป็นพันธุ์สิทธิ์ฤๅ ผู้อำนวยการ\n\
                สำนักงานเขตพื้นที่การศึกษาประถมศึกษาแม่ฮ่องสอน เขต ๑ (สพป.) ฯลฯ ต่าง ๆ\n";
    assert_eq!(lint(text), vec![]);
    assert_eq!(repair(text, Options::default()), vec![]);
}
