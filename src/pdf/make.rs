//! Making planned PDFs: all cores, and only those whose inputs changed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::job::{Pdf, Problem};
use super::kit::Kit;
use super::plan::Planned;
use super::press::Press;

/// What stands in the store beside a PDF.
#[derive(Serialize, Deserialize)]
struct Beside {
    pages: usize,
    problems: Vec<Kept>,
}

/// A warning that goes with a PDF.
#[derive(Serialize, Deserialize)]
struct Kept {
    code: String,
    place: String,
    th: String,
    en: String,
}

/// Codes of warnings that a PDF survives.
const WARNINGS: &[&str] = &["handout-glyph", "handout-image", "handout-typst"];

/// The PDF of a key with its warnings, where the store holds it whole.
fn stored(store: &Path, key: &str) -> Option<Pdf> {
    let beside = fs::read(store.join(format!("{key}.json"))).ok()?;
    let beside: Beside = serde_json::from_slice(&beside).ok()?;
    let bytes = fs::read(store.join(format!("{key}.pdf"))).ok()?;
    let problems = beside.problems.into_iter().map(|kept| {
        let code = WARNINGS.iter().find(|code| **code == kept.code)?;
        Some(Problem::warning(code, kept.place, kept.th, kept.en))
    });
    (bytes.starts_with(b"%PDF") && bytes.ends_with(b"%%EOF")).then_some(Pdf {
        bytes,
        pages: beside.pages,
        problems: problems.collect::<Option<_>>()?,
    })
}

/// Makes every PDF. All are kept in `store`, with their warnings, and taken from there as long as nothing that shapes them
/// changes; the press starts only when one is missing. With `tidy` the store is emptied of all others: right after a
/// whole build.
///
/// # Errors
/// A press that cannot start.
pub fn all(kit: Kit, planned: &[Planned], store: &Path, tidy: bool) -> Result<Vec<Result<Pdf, Vec<Problem>>>, Problem> {
    // A store that cannot be written is no reason to fail: the PDFs are made anew next time.
    let _ = fs::create_dir_all(store);
    let fingerprint = kit.fingerprint();
    let found: Vec<(String, Option<Pdf>)> = planned
        .par_iter()
        .map(|planned| {
            let key = kit.key(&fingerprint, &planned.job);
            let pdf = stored(store, &key);
            (key, pdf)
        })
        .collect();
    if tidy {
        sweep(store, &found.iter().map(|(key, _)| key.as_str()).collect());
    }
    if found.iter().all(|(_, pdf)| pdf.is_some()) {
        return Ok(found.into_iter().filter_map(|(_, pdf)| pdf.map(Ok)).collect());
    }
    let press = Press::new(kit)?;
    // Longest first, or one core would end with a booklet while the other has nothing to do.
    let mut order: Vec<usize> = (0..planned.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(planned[*i].weight));
    let mut made: Vec<(usize, Result<Pdf, Vec<Problem>>)> = order
        .into_par_iter()
        .with_max_len(1)
        .map(|i| match &found[i] {
            (_, Some(pdf)) => (i, Ok(pdf.clone())),
            (key, None) => {
                let made = press.render(&planned[i].job);
                if let Ok(pdf) = &made {
                    keep(store, key, pdf);
                }
                (i, made)
            }
        })
        .collect();
    made.sort_by_key(|(i, _)| *i);
    Ok(made.into_iter().map(|(_, made)| made).collect())
}

/// Keeps a PDF for the next time; what goes beside it last, because a PDF without it does not count.
fn keep(store: &Path, key: &str, pdf: &Pdf) {
    let problems = pdf.problems.iter().map(|problem| Kept {
        code: problem.code.to_owned(),
        place: problem.place.clone(),
        th: problem.th.clone(),
        en: problem.en.clone(),
    });
    let beside = Beside { pages: pdf.pages, problems: problems.collect() };
    let Ok(beside) = serde_json::to_vec(&beside) else {
        return;
    };
    if fs::write(store.join(format!("{key}.pdf")), &pdf.bytes).is_ok() {
        let _ = fs::write(store.join(format!("{key}.json")), beside);
    }
}

/// Empties the store of everything but these keys.
fn sweep(store: &Path, keep: &BTreeSet<&str>) {
    for item in fs::read_dir(store).into_iter().flatten().flatten() {
        let path = item.path();
        let ours = path.extension().is_some_and(|e| e == "pdf" || e == "json" || e == "pages");
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        if ours && stem.is_some_and(|stem| !keep.contains(stem)) {
            let _ = fs::remove_file(path);
        }
    }
}
