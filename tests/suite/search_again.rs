//! An index that is brought up to date gives the bytes of one made anew, whatever was changed and in whatever order
//! and number of threads its pages arrive; and it does so without making again what stays.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use sala::search::{Collector, Index, SearchDoc, Settings, Stock, Target, export_to};

use crate::search_pages::{Dice, pages};

type Files = BTreeMap<String, Vec<u8>>;

/// Takes files; keeps those of an earlier export.
#[derive(Default)]
struct Site {
    old: Files,
    new: Mutex<Files>,
    made: Mutex<usize>,
}

impl Target for Site {
    fn keep(&self, path: &str) -> bool {
        let Some(bytes) = self.old.get(path) else {
            return false;
        };
        let mut new = self.new.lock().expect("lock");
        new.insert(path.to_owned(), bytes.clone());
        true
    }
    fn put(&self, path: String, bytes: Vec<u8>) {
        *self.made.lock().expect("lock") += 1;
        let mut new = self.new.lock().expect("lock");
        assert_eq!(new.insert(path, bytes), None, "put once");
    }
}

/// Builds the index in `dir`, pages arriving in an order of dice; gives the files and how many were made.
fn build(docs: &[SearchDoc], settings: &Settings, dir: &Path, old: Files, dice: &mut Dice) -> (Files, usize) {
    let ids = docs.iter().map(|doc| doc.id.as_str());
    let collector = Collector::new(dir, settings, ids).expect("collector");
    let mut order: Vec<usize> = (0..docs.len()).collect();
    for i in (1..order.len()).rev() {
        order.swap(i, dice.below(i + 1));
    }
    // Some do not arrive and are asked for at the end.
    let left = dice.below(3);
    for &i in order.iter().skip(left) {
        collector.put(i, docs[i].clone());
    }
    let stock: Stock = collector.finish(|i| docs[i].clone()).expect("stock");
    let site = Site { old, ..Site::default() };
    let router = export_to(&stock, &site).expect("export");
    let mut files = site.new.into_inner().expect("lock");
    files.insert("router.js".into(), router);
    (files, site.made.into_inner().expect("lock"))
}

/// Some edits, additions, removals and moves.
fn change(docs: &mut Vec<SearchDoc>, more: &mut Vec<SearchDoc>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let at = dice.below(docs.len());
        match dice.below(6) {
            0 => docs[at].sections[0].text.push_str(" เพิ่มคำใหม่ 2569"),
            1 => docs[at].title.push_str(" ใหม่"),
            2 => docs[at].facets.clear(),
            3 if docs.len() > 2 => more.push(docs.remove(at)),
            4 => {
                if let Some(doc) = more.pop() {
                    docs.insert(at, doc);
                }
            }
            _ => {
                let other = dice.below(docs.len());
                docs.swap(at, other);
            }
        }
    }
}

#[test]
fn changed_and_made_anew_are_the_same_bytes() {
    let (mut docs, mut settings) = pages(330, 450);
    let mut more = docs.split_off(300);
    let kept = tempfile::tempdir().expect("temporary folder");
    let mut dice = Dice(5);
    let (mut files, _) = build(&docs, &settings, &kept.path().join("i"), Files::new(), &mut dice);
    for round in 0..8 {
        if round == 5 {
            settings.vocabulary.push("เครือข่ายนวัตกรรมคุณภาพ".into());
        }
        change(&mut docs, &mut more, &mut dice);
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("pool");
        let dir = kept.path().join("i");
        // What an earlier export left may be elsewhere.
        let old = if round == 3 { Files::new() } else { files };
        let (again, _) = if round % 2 == 0 {
            one.install(|| build(&docs, &settings, &dir, old, &mut dice))
        } else {
            build(&docs, &settings, &dir, old, &mut dice)
        };
        let clean = tempfile::tempdir().expect("temporary folder");
        let (anew, made) = build(&docs, &settings, &clean.path().join("i"), Files::new(), &mut dice);
        assert_eq!(made, anew.len() - 1);
        assert!(again.keys().eq(anew.keys()), "round {round}");
        for (path, bytes) in &anew {
            assert!(again[path] == *bytes, "round {round}: {path}");
        }
        files = again;
    }
}

#[test]
fn an_edit_makes_few_files() {
    let (mut docs, settings) = pages(300, 600);
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut dice = Dice(7);
    let (files, made) = build(&docs, &settings, dir.path(), Files::new(), &mut dice);
    docs[211].sections[0].text.push_str(" คำเพิ่มเติมท้ายหน้า");
    let (again, few) = build(&docs, &settings, dir.path(), files.clone(), &mut dice);
    assert!(few * 4 < made * 3, "{few} of {made}");
    assert_ne!(files["router.js"], again["router.js"]);
    let (same, none) = build(&docs, &settings, dir.path(), again.clone(), &mut dice);
    assert!(none == 0 && same == again);
}

#[test]
fn a_damaged_index_is_made_anew() {
    let (docs, settings) = pages(120, 200);
    let dir = tempfile::tempdir().expect("temporary folder");
    let mut dice = Dice(9);
    let (files, _) = build(&docs, &settings, dir.path(), Files::new(), &mut dice);
    for (cut, byte) in [(true, 0), (false, 3), (false, usize::MAX)] {
        for file in std::fs::read_dir(dir.path().join("runs")).expect("runs").flatten() {
            let mut bytes = std::fs::read(file.path()).expect("run");
            let at = byte.min(bytes.len() - 1);
            bytes[at] ^= 1;
            bytes.truncate(if cut { bytes.len() / 2 } else { bytes.len() });
            std::fs::write(file.path(), bytes).expect("run");
        }
        // Found while opening or while reading; then the next build is clean.
        let ids = || docs.iter().map(|doc| doc.id.as_str());
        let collector = Collector::new(dir.path(), &settings, ids()).expect("collector");
        (0..docs.len()).for_each(|i| collector.put(i, docs[i].clone()));
        let exported = collector.finish(|i| docs[i].clone()).and_then(|stock| {
            let site = Site::default();
            export_to(&stock, &site).map(|_| site.new.into_inner().expect("lock").len())
        });
        assert!(exported.is_err() || exported.is_ok_and(|n| n == files.len() - 1));
        let (again, _) = build(&docs, &settings, dir.path(), Files::new(), &mut dice);
        assert!(again == files);
    }
    assert!(Index::open(dir.path()).is_ok());
}
