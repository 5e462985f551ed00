//! The files of the search follow from the documents and their order alone.

use std::collections::BTreeMap;

use sala::internals::search::{Index, Query, SearchDoc, Settings, build, export, query};

use crate::search_pages::pages;

type Files = BTreeMap<String, Vec<u8>>;

fn index(docs: &[SearchDoc], settings: &Settings, threads: usize) -> Index {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("pool");
    pool.install(|| build(docs.len(), |i| docs[i].clone(), settings)).expect("index")
}

fn files(docs: &[SearchDoc], settings: &Settings, threads: usize) -> Files {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("pool");
    pool.install(|| export(docs.len(), |i| docs[i].clone(), settings)).files.into_iter().collect()
}

#[test]
fn threads_and_keeping_change_no_byte() {
    let (docs, settings) = pages(600, 450);
    let one = index(&docs, &settings, 1);
    assert!(files(&docs, &settings, 1) == files(&docs, &settings, 8));
    let kept: Vec<u8> = one.to_parts().expect("parts").concat();
    let again = Index::from_bytes(&kept).expect("index");
    let ask = Query { text: "โรงเรียน".into(), limit: 20, ..Query::default() };
    let answers = [&one, &again].map(|index| query(index, &ask).expect("answer"));
    assert!(answers[0].total > 0 && answers[0] == answers[1]);
    // What is cut off is no index.
    for length in [0, 7, 8, 100, kept.len() / 2, kept.len() - 1] {
        assert!(Index::from_bytes(&kept[..length]).is_err(), "{length}");
    }
}

#[test]
fn hits_of_one_score_stand_in_the_order_of_the_documents() {
    let page =
        |i: usize| SearchDoc { id: i.to_string(), title: "นวัตกรรม".into(), ..SearchDoc::default() };
    let docs: Vec<SearchDoc> = (0..700).map(page).collect();
    let index = index(&docs, &Settings::default(), 8);
    let ask = Query { text: "นวัตกรรม".into(), limit: 700, ..Query::default() };
    let hits = query(&index, &ask).expect("answer").hits;
    assert!(hits.iter().map(|hit| hit.doc).eq(0..700));
    assert!(hits.iter().all(|hit| hit.id == hit.doc.to_string()));
}

#[test]
fn a_language_without_pages_has_an_index() {
    let index = index(&[], &Settings::default(), 2);
    assert!(index.is_empty() && files(&[], &Settings::default(), 2).len() > 1);
    let ask = Query { text: "ครู".into(), limit: 10, ..Query::default() };
    assert_eq!(query(&index, &ask).expect("answer").total, 0);
}

#[test]
fn an_edit_gives_few_files_another_address() {
    let (mut docs, settings) = pages(300, 600);
    let before = files(&docs, &settings, 2);
    docs[211].sections[0].text.push_str(" คำเพิ่มเติมท้ายหน้า");
    let after = files(&docs, &settings, 2);
    let new = after.keys().filter(|path| !before.contains_key(*path)).count();
    assert!(new > 1 && new * 4 < after.len() * 3, "{new} of {}", after.len());
    // One address never names two contents.
    assert!(after.iter().all(|(path, bytes)| before.get(path).is_none_or(|old| old == bytes)));
}
