//! `sala bundle`: packs, and says how large it became.

use super::args::BundleArgs;
use super::exit::Exit;
use super::terminal::{Terminal, source_date_epoch};
use crate::bundle;
use crate::diagnostics::Diagnostic;
use crate::model::Lang;
use std::path::Path;

pub(super) fn run(root: &Path, args: &BundleArgs, terminal: &Terminal) -> Exit {
    let part = args.part.as_deref();
    let out = args.out.clone().unwrap_or_else(|| bundle::default_name(root, part));
    match bundle::bundle(root, &out, part, source_date_epoch(), args.force) {
        Ok(done) => {
            terminal.problems(&done.diagnostics);
            let (packed, unpacked) = (done.packed as f64 / 1e6, done.unpacked as f64 / 1e6);
            let (pages, files) = (done.pages, done.files);
            terminal.message(&match terminal.lang {
                Lang::TH => format!("รวม {pages} หน้า {files} ไฟล์ zip {packed:.1} MB แตกแล้ว {unpacked:.1} MB"),
                _ => format!("{pages} pages, {files} files; zip {packed:.1} MB, unpacked {unpacked:.1} MB"),
            });
            terminal.data(&out.display().to_string());
            // As a build: what concerns people or secrets is not in it, and does not end well.
            if done.diagnostics.iter().any(Diagnostic::is_error) { Exit::Content } else { Exit::Done }
        }
        Err(error) => terminal.not_built(error),
    }
}
