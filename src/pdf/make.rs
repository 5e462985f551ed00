//! Making planned PDFs: all cores, and only those whose inputs changed.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::assets::PdfAssets;
use super::job::{Pdf, Problem};
use super::plan::Planned;
use super::typesetter::Typesetter;
use crate::cache::{Fingerprint, Store};

/// A finished PDF, or why there is none.
pub type Made = Result<Pdf, Vec<Problem>>;

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

/// Files planned at once: the data of one can be megabytes, where it names hundreds of others.
const AT_ONCE: usize = 64;

/// Makes the PDFs of all requests, in order, some at a time: their data goes as soon as they are made, what is planned of
/// them stays. `plan` gives the jobs of some requests. All PDFs are stored in `store`, with their warnings and numbers of
/// pages, and taken from there as long as nothing that shapes them changes; the typesetter starts only when one is missing.
/// With `tidy` the store is emptied of all others: right after a whole build. Without a store nothing is stored: files that
/// name people.
///
/// # Errors
/// A typesetter that cannot start, requests that cannot be planned.
pub fn all<R>(
    assets: &PdfAssets,
    requests: &[R],
    plan: impl Fn(&[R]) -> Result<Vec<Planned>, Problem>,
    store: Option<&Store>,
    tidy: bool,
) -> Result<Vec<(Planned, Made)>, Problem> {
    let fingerprint = assets.fingerprint();
    let mut typesetter: Option<Typesetter> = None;
    let (mut all, mut keys) = (Vec::new(), Vec::new());
    for some in requests.chunks(AT_ONCE) {
        let mut planned = plan(some)?;
        let found: Vec<(Fingerprint, Option<Pdf>)> = planned
            .par_iter()
            .map(|planned| {
                let key = Fingerprint::of(assets.key(&fingerprint, &planned.job).as_bytes());
                (key, store.and_then(|store| kept(store, key)))
            })
            .collect();
        keys.extend(found.iter().map(|(key, _)| *key));
        if typesetter.is_none() && found.iter().any(|(_, pdf)| pdf.is_none()) {
            typesetter = Some(Typesetter::new(assets.clone())?);
        }
        // Longest first, or one core would end with a booklet while the other has nothing to do.
        let mut order: Vec<(usize, (Fingerprint, Option<Pdf>))> = found.into_iter().enumerate().collect();
        order.sort_by_key(|(i, _)| std::cmp::Reverse(planned[*i].weight));
        let render = |(i, (key, kept)): (usize, (Fingerprint, Option<Pdf>))| match (kept, &typesetter) {
            (Some(pdf), _) => (i, Ok(pdf)),
            // Cannot be: a missing file has started it.
            (None, None) => (i, Err(Vec::new())),
            (None, Some(typesetter)) => {
                let made = typesetter.render(&planned[i].job);
                if let (Ok(pdf), Some(store)) = (&made, store) {
                    keep(store, key, pdf);
                }
                (i, made)
            }
        };
        let mut made: Vec<(usize, Made)> = order.into_par_iter().with_max_len(1).map(render).collect();
        made.sort_by_key(|(i, _)| *i);
        planned.iter_mut().for_each(|planned| planned.job.data = Value::Null);
        all.extend(planned.into_iter().zip(made.into_iter().map(|(_, made)| made)));
    }
    if let Some(store) = store.filter(|_| tidy) {
        store.keep_only(keys);
    }
    Ok(all)
}
