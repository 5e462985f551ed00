//! Nothing internal is published: a table of ways to hide × places × outputs.
//!
//! Every portal is built twice with two secrets of the same length, and all bytes of both are compared; then the secrets
//! are looked for in the files, in the parts of archives and in what PDFs hold. Whatever differs has leaked.

mod entries;
mod fields;
mod fronts;
mod others;
mod portal;
mod sections;
mod siblings;
mod traces;

use crate::fixture::run;
use portal::{Finder, Plant, Portal, published};

/// Secrets of the two builds: of one length, and nowhere in the program.
const SECRETS: [&str; 2] = ["QZVAAXKJ", "QZWBBYKJ"];

/// Builds a portal with every plant twice; each output is the same and holds no secret.
fn stays_inside(plants: &[Plant], title: &str) {
    let mut outputs = Vec::new();
    for secret in SECRETS {
        let portal = Portal::with(plants, secret);
        let out = run(portal.path(), "build --lang en -o out");
        assert!(out.ends_with("exit 0\n"), "{title}: {out}");
        let cms = run(portal.path(), "cms --lang en -o cms");
        assert!(cms.ends_with("exit 0\n"), "{title}: {cms}");
        let bundle = run(portal.path(), "bundle --lang en -o bundle.zip");
        assert!(bundle.ends_with("exit 0\n"), "{title}: {bundle}");
        let files = published(portal.path(), &["out", "cms", "bundle.zip"]);
        assert!(files.len() > 40, "{title}: only {} files", files.len());
        let finder = Finder::new(plants, secret);
        for (path, bytes) in &files {
            let told: Vec<&str> = finder.told(path, bytes).into_iter().map(|p| plants[p].name.as_str()).collect();
            assert!(told.is_empty(), "{title}: {path} tells {told:?}");
        }
        outputs.push(files);
    }
    let (first, second) = (&outputs[0], &outputs[1]);
    assert!(first.keys().eq(second.keys()), "{title}: other files");
    for (path, bytes) in first {
        assert!(*bytes == second[path], "{title}: {path} differs with the secret");
    }
}

/// Plants of all tables, and how many of them leak: tables of whole outputs are built, those of errors are refused.
pub fn measure() -> (usize, usize) {
    let (mut tried, mut leaked) = (0, 0);
    let stay = [
        entries::plants(),
        fields::plants(),
        sections::plants(),
        siblings::plants(),
        others::plain_comments(),
        others::drawings(),
    ];
    for plants in &stay {
        tried += plants.len();
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| stays_inside(plants, "all")));
        leaked += if ended.is_err() { plants.len() } else { 0 };
    }
    for (plants, code) in [
        (sections::doubtful(), "S510"),
        (fronts::unmarked(), "S209"),
        (fronts::keys(), "S314"),
        (siblings::titles(), "S510"),
        (siblings::lines(), "S209"),
        (siblings::near(), "S314"),
        (others::comments(), "S509"),
        (others::places(), "S314"),
        (others::files(), "S511"),
    ] {
        tried += plants.len();
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| refused(&plants, code, "all")));
        leaked += if ended.is_err() { plants.len() } else { 0 };
    }
    (tried, leaked)
}

/// Every plant is refused with this code, and even what is shown of such a portal holds none of it.
fn refused(plants: &[Plant], code: &str, title: &str) {
    let portal = Portal::with(plants, SECRETS[0]);
    let found = run(portal.path(), "check --lang en --format json");
    for plant in plants {
        let error = found.lines().any(|line| {
            line.contains(&format!("\"{code}\"")) && line.contains("\"error\"") && line.contains(&plant.files[0].0)
        });
        assert!(error, "{title}: {} passes: {found}", plant.name);
    }
    let finder = Finder::new(plants, SECRETS[0]);
    for (path, bytes) in portal::shown(portal.path()) {
        let told: Vec<&str> = finder.told(&path, &bytes).into_iter().map(|p| plants[p].name.as_str()).collect();
        assert!(told.is_empty(), "{title}: {path} tells {told:?}");
    }
}

/// The table is as large as it says: a way or a place that falls out is seen.
#[test]
fn the_table_is_large() {
    let plants = [
        entries::plants(),
        fields::plants(),
        sections::plants(),
        sections::doubtful(),
        fronts::unmarked(),
        siblings::plants(),
        others::comments(),
        others::places(),
        others::files(),
    ];
    let named = plants.iter().enumerate().flat_map(|(table, plants)| plants.iter().map(move |p| (table, &p.name)));
    let mut names: Vec<(usize, &String)> = named.collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "two plants of one table have one name");
    assert!(all >= 300, "{all} plants");
}
