//! Files for offices: text that people change, in OOXML (ECMA-376). What stands in them is said by the template of the
//! product: it labels one value `<office>`, a list of blocks for a word processor (`docx`) or of slides (`pptx`).

mod docx;
mod package;
mod pptx;
mod pptx_master;

use serde_json::Value;

use super::job::{FileKind, Job};

/// The file of a job, from the value of its template, and its number of slides.
///
/// # Errors
/// What the system says.
pub(super) fn file(job: &Job, value: &Value) -> std::io::Result<(Vec<u8>, usize)> {
    let (parts, pages) = match job.file {
        FileKind::Pptx => pptx::parts(job, value),
        _ => (docx::parts(job, value), 0),
    };
    Ok((package::packed(&parts, job.date)?, pages))
}
