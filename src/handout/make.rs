//! Making planned PDFs: all cores, and only those whose inputs changed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::job::{Pdf, Problem};
use super::plan::Planned;
use super::press::Press;

/// Name of the file of a PDF in the store: its key and its number of pages.
fn stored(store: &Path, key: &str) -> Option<Pdf> {
    let pages = fs::read_to_string(store.join(format!("{key}.pages")))
        .ok()?
        .trim()
        .parse()
        .ok()?;
    let bytes = fs::read(store.join(format!("{key}.pdf"))).ok()?;
    (bytes.starts_with(b"%PDF") && bytes.ends_with(b"%%EOF")).then_some(Pdf {
        bytes,
        pages,
        problems: Vec::new(),
    })
}

/// Makes every PDF. Those without problems are kept in `store` and taken from there as long as nothing that shapes them
/// changes. With `tidy` the store is emptied of all others: right after a whole build.
pub fn all(
    press: &Press,
    planned: &[Planned],
    store: &Path,
    tidy: bool,
) -> Vec<Result<Pdf, Vec<Problem>>> {
    // A store that cannot be written is no reason to fail: the PDFs are made anew next time.
    let _ = fs::create_dir_all(store);
    let made: Vec<(String, Result<Pdf, Vec<Problem>>)> = planned
        .par_iter()
        .map(|planned| {
            let key = press.key(&planned.job);
            if let Some(pdf) = stored(store, &key) {
                return (key, Ok(pdf));
            }
            let made = press.render(&planned.job);
            if let Ok(pdf) = &made
                && pdf.problems.is_empty()
                && fs::write(store.join(format!("{key}.pdf")), &pdf.bytes).is_ok()
            {
                let _ = fs::write(store.join(format!("{key}.pages")), pdf.pages.to_string());
            }
            (key, made)
        })
        .collect();
    if tidy {
        let keep: BTreeSet<&str> = made.iter().map(|(key, _)| key.as_str()).collect();
        for item in fs::read_dir(store).into_iter().flatten().flatten() {
            let path = item.path();
            let ours = path.extension().is_some_and(|e| e == "pdf" || e == "pages");
            if ours
                && path
                    .file_stem()
                    .and_then(|stem| stem.to_str())
                    .is_some_and(|stem| !keep.contains(stem))
            {
                let _ = fs::remove_file(path);
            }
        }
    }
    made.into_iter().map(|(_, made)| made).collect()
}
