//! Making planned PDFs: all cores, and only those whose inputs changed.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::assets::PdfAssets;
use super::job::{Pdf, Problem};
use super::plan::Planned;
use super::typesetter::Typesetter;
use crate::cache::{Fingerprint, Store};

/// What is stored of a PDF before its bytes.
#[derive(Serialize, Deserialize)]
struct Head {
    pages: usize,
    warnings: Vec<Warning>,
}

/// A warning that goes with a PDF.
#[derive(Serialize, Deserialize)]
struct Warning {
    code: String,
    place: String,
    th: String,
    en: String,
}

/// Codes of warnings that a PDF survives.
const WARNINGS: &[&str] = &["handout-glyph", "handout-image", "handout-typst", "handout-deep", "handout-long"];

/// The stored PDF of a key with its warnings.
fn kept(store: &Store, key: Fingerprint) -> Option<Pdf> {
    let value = store.get(key)?;
    let (size, rest) = value.split_first_chunk::<4>()?;
    let (head, bytes) = rest.split_at_checked(u32::from_le_bytes(*size) as usize)?;
    let head: Head = serde_json::from_slice(head).ok()?;
    let problems = head.warnings.into_iter().map(|warning| {
        let code = WARNINGS.iter().find(|code| **code == warning.code)?;
        Some(Problem::warning(code, warning.place, warning.th, warning.en))
    });
    Some(Pdf { bytes: bytes.to_vec(), pages: head.pages, problems: problems.collect::<Option<_>>()? })
}

/// Keeps a PDF for the next time.
fn keep(store: &Store, key: Fingerprint, pdf: &Pdf) {
    let warnings = pdf.problems.iter().map(|problem| Warning {
        code: problem.code.to_owned(),
        place: problem.place.clone(),
        th: problem.th.clone(),
        en: problem.en.clone(),
    });
    if let Ok(head) = serde_json::to_vec(&Head { pages: pdf.pages, warnings: warnings.collect() }) {
        store.put(key, &[&(head.len() as u32).to_le_bytes(), &head, &pdf.bytes]);
    }
}

/// Makes every PDF. All are stored in `store`, with their warnings and numbers of pages, and taken from there as long as
/// nothing that shapes them changes; the typesetter starts only when one is missing. With `tidy` the store is emptied of all
/// others: right after a whole build. Without a store nothing is stored: files that name people.
///
/// # Errors
/// A typesetter that cannot start.
pub fn all(
    assets: PdfAssets,
    planned: &[Planned],
    store: Option<&Store>,
    tidy: bool,
) -> Result<Vec<Result<Pdf, Vec<Problem>>>, Problem> {
    let fingerprint = assets.fingerprint();
    let found: Vec<(Fingerprint, Option<Pdf>)> = planned
        .par_iter()
        .map(|planned| {
            let key = Fingerprint::of(assets.key(&fingerprint, &planned.job).as_bytes());
            (key, store.and_then(|store| kept(store, key)))
        })
        .collect();
    if let Some(store) = store.filter(|_| tidy) {
        store.keep_only(found.iter().map(|(key, _)| *key));
    }
    if found.iter().all(|(_, pdf)| pdf.is_some()) {
        return Ok(found.into_iter().filter_map(|(_, pdf)| pdf.map(Ok)).collect());
    }
    let typesetter = Typesetter::new(assets)?;
    // Longest first, or one core would end with a booklet while the other has nothing to do.
    let mut order: Vec<usize> = (0..planned.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(planned[*i].weight));
    let mut made: Vec<(usize, Result<Pdf, Vec<Problem>>)> = order
        .into_par_iter()
        .with_max_len(1)
        .map(|i| match &found[i] {
            (_, Some(pdf)) => (i, Ok(pdf.clone())),
            (key, None) => {
                let made = typesetter.render(&planned[i].job);
                if let (Ok(pdf), Some(store)) = (&made, store) {
                    keep(store, *key, pdf);
                }
                (i, made)
            }
        })
        .collect();
    made.sort_by_key(|(i, _)| *i);
    Ok(made.into_iter().map(|(_, made)| made).collect())
}
