//! The same content gives the same bytes: over an old site, with whatever is kept, with any number of threads.

mod portal;

use portal::{DAMAGES, Portal, damage, files, kept_files};
use sala::internals::diagnostics::Diagnostic;
use sala::internals::model::Lang;
use sala::internals::pipeline::{self, Options};
use sala::internals::search::{Query, pack, query};
use std::fs;
use std::path::Path;

/// A copy of the sources of a portal: nothing is published there and nothing is kept.
fn sources(root: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for (path, bytes) in files(root) {
        if !path.starts_with("public") && !path.starts_with(".sala") {
            let path = copy.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    copy
}

/// Builds into the folder `public` of a portal; gives the findings, and whether they stopped it.
fn build(root: &Path, options: &Options) -> (Vec<String>, bool) {
    let prepared = pipeline::prepare(root, options);
    let errors = prepared.has_errors();
    if !errors {
        pipeline::publish(root, &root.join("public"), &prepared, options, &pipeline::silent).unwrap();
    }
    (messages(&prepared.diagnostics), errors)
}

fn messages(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(|d| format!("{d:?}")).collect()
}

/// Builds over the old site with what is kept, and a copy of the sources afresh; compares findings and every file.
fn compare(portal: &mut Portal, told: &str) -> bool {
    let options = Options { no_search: portal.random.below(4) != 0, ..Options::default() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1 + portal.random.below(2)).build().unwrap();
    let (found, errors) = pool.install(|| build(portal.root(), &options));
    let copy = sources(portal.root());
    let (wanted, _) = build(copy.path(), &options);
    assert_eq!(found, wanted, "{told}");
    if errors {
        return false;
    }
    let (again, fresh) = (files(&portal.path("public")), files(&copy.path().join("public")));
    assert_eq!(again.keys().collect::<Vec<_>>(), fresh.keys().collect::<Vec<_>>(), "{told}");
    for (path, bytes) in &again {
        assert!(*bytes == fresh[path], "{told}: {path} differs");
        let secret = bytes.windows(7).any(|w| w == b"PLANTED");
        assert!(!secret, "{told}: {path} tells a secret");
    }
    true
}

/// Random edits of every sort, each step compared with a fresh build. `SALA_WALK=500` walks further. Gives the steps
/// and those that differ.
pub fn measure_walk() -> (usize, usize) {
    let steps: usize = std::env::var("SALA_WALK").ok().and_then(|steps| steps.parse().ok()).unwrap_or(25);
    let seeds = [0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03];
    let failed = seeds.iter().filter(|seed| std::panic::catch_unwind(|| walk(**seed, steps)).is_err()).count();
    (steps * seeds.len(), failed)
}

fn walk(seed: u64, steps: usize) {
    let mut portal = Portal::new(seed);
    assert!(compare(&mut portal, "first"));
    let mut built = 0;
    for _ in 0..steps {
        let told = format!("seed {seed:x}, {}", portal.change());
        match compare(&mut portal, &told) {
            true => built += 1,
            false => portal.repair(),
        }
    }
    assert!(built * 2 > steps, "too many states with errors: {built} of {steps} were built");
}

#[test]
fn builds_over_an_old_site_are_those_of_a_fresh_folder() {
    assert_eq!(measure_walk().1, 0);
}

/// Nothing is rendered from what an earlier build left: the second build of the same content is the first.
#[test]
fn the_second_build_is_the_first() {
    let portal = Portal::new(3);
    let options = Options::default();
    assert!(!build(portal.root(), &options).1);
    let first = files(&portal.path("public"));
    assert!(!build(portal.root(), &options).1);
    let second = files(&portal.path("public"));
    assert!(first == second);
    // The words of the home page and of a list are found, not only those of entries.
    let holds = |word: &str| {
        let word = pack(word, 0xe01);
        let word = word.trim_start_matches('`');
        second
            .iter()
            .any(|(path, bytes)| path.starts_with("search/") && bytes.windows(word.len()).any(|w| w == word.as_bytes()))
    };
    assert!(holds("ข้อความหน้าแรก") && holds("ข้อความนำของรายการ") && holds("Text of the home page"));
}

/// Whatever happens to a kept file, the site is that of a fresh build, and a query is answered as before.
#[test]
fn damaged_files_are_never_an_answer() {
    assert_eq!(measure_damages().1, 0);
}

/// Damages every kept file in every way; gives the damages, and the builds that were not the fresh one.
pub fn measure_damages() -> (usize, usize) {
    let (mut damages, mut wrong) = (0, 0);
    let portal = Portal::new(5);
    let options = Options::default();
    assert!(!build(portal.root(), &options).1);
    let wanted = files(&portal.path("public"));
    for how in 0..DAMAGES {
        for file in 0..kept_files(portal.root()).len() {
            let kept = kept_files(portal.root());
            damage(&kept, file.min(kept.len() - 1), how);
            assert!(!build(portal.root(), &options).1);
            damages += 1;
            if files(&portal.path("public")) != wanted {
                eprintln!("damage {how} of {}", kept[file].display());
                wrong += 1;
            }
        }
    }
    // The published site itself: rotten files are written again, whatever their times say.
    for path in ["index.html", "ideas/index.html", "search/th/router.js"] {
        let path = portal.path("public").join(path);
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        let mut bytes = fs::read(&path).unwrap();
        bytes[50] ^= 1;
        fs::write(&path, bytes).unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    }
    assert!(!build(portal.root(), &options).1);
    damages += 3;
    wrong += usize::from(files(&portal.path("public")) != wanted);
    (damages, wrong)
}

/// `sala search` keeps its index and nothing else: it renders no page and makes no PDF. Whatever happens to the kept
/// file, the answer is the right one.
#[test]
fn a_damaged_search_index_is_made_again() {
    let portal = Portal::new(11);
    let options = Options::default();
    // Until files have been left alone for a while, their times do not tell a change.
    std::thread::sleep(std::time::Duration::from_millis(3500));
    let answer = || {
        let index = pipeline::index(portal.root(), Lang::TH, &options).unwrap();
        let ask = Query { text: "เรื่อง".into(), limit: 20, ..Query::default() };
        query(&index, &ask).unwrap()
    };
    let wanted = answer();
    assert!(wanted.total > 5);
    let kept = kept_files(portal.root());
    assert!(kept.len() == 1 && kept[0].starts_with(portal.path(".sala/cache/search")), "{kept:?}");
    assert!(!portal.path("public").exists());
    let written = fs::read(&kept[0]).unwrap();
    for how in 0..DAMAGES {
        damage(&kept, 0, how);
        assert_eq!(answer(), wanted);
        assert!(fs::read(&kept[0]).unwrap().len() == written.len(), "damage {how}: kept anew");
    }
    // A change of a page is a change of the answer.
    portal.write("content/ideas/i1.md", "+++\ntitle = \"ไม่มีคำนั้น\"\n+++\nว่าง\n");
    assert_ne!(answer(), wanted);
}

/// An entry that turns internal leaves every page, list, data file and feed of the next build, though nearly all of
/// the site is kept; nothing under the published folder comes from the caches.
#[test]
fn what_turned_internal_is_gone() {
    let mut portal = Portal::new(7);
    let secret = "LEAKED-LATER";
    let text = format!(
        "+++\ntitle = \"{secret}\"\ntopic = [\"lead\"]\nyear = 2565\ngroup = \"g1\"\n+++\n{secret}\n\n## ปัญหา\n\nดู [](id:i1)\n"
    );
    portal.write("content/ideas/late.md", &text);
    portal.write(
        "content/ideas/part.md",
        "+++\ntitle = \"มีส่วนภายใน\"\n+++\n## ปัญหา\n\nเล่า\n\n## บันทึก\n\nLEAKED-SECTION\n",
    );
    compare(&mut portal, "public");
    let told = |portal: &Portal, word: &str| {
        let files = files(&portal.path("public"));
        let holds = |bytes: &Vec<u8>| bytes.windows(word.len()).any(|w| w == word.as_bytes());
        files.values().filter(|bytes| holds(bytes)).count()
    };
    assert!(told(&portal, secret) > 4 && told(&portal, "LEAKED-SECTION") > 0);
    let hidden = text.replacen("+++\n", "+++\nvisibility = \"internal\"\n", 1);
    portal.write("content/ideas/late.md", &hidden);
    let part = fs::read_to_string(portal.path("content/ideas/part.md")).unwrap();
    let part = part.replacen("+++\n", "+++\ninternal_sections = [\"บันทึก\"]\n", 1);
    portal.write("content/ideas/part.md", &part);
    assert!(compare(&mut portal, "internal"));
    assert_eq!(told(&portal, "LEAKED"), 0);
    assert!(!portal.path("public/.sala").exists());
}
