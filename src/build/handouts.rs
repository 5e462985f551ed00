//! Handouts as part of a build: made before the pages, because the pages link to them.

use crate::derive::Site;
use crate::diag::{Code, Diagnostic, Severity};
use crate::handout::{Press, Problem, make, plan};
use crate::render::{Files, Handout, theme::Theme};
use std::collections::BTreeMap;
use std::path::Path;

/// The PDFs of a site and what was found while making them.
#[derive(Debug, Default)]
pub struct Made {
    /// Handouts by entry id, for the links on pages.
    pub links: BTreeMap<String, Handout>,
    /// Address and bytes of each file.
    pub files: Vec<(String, Vec<u8>)>,
    /// Findings; an error means that a PDF is missing.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes what `[handout]` of the portal asks for.
pub fn make(root: &Path, site: &Site, theme: &Theme, files: &dyn Files) -> Made {
    let wants = plan::of_settings(site);
    let mut made = Made::default();
    if wants.is_empty() {
        return made;
    }
    let press = match plan::kit(root, site).and_then(Press::new) {
        Ok(press) => press,
        Err(problem) => {
            made.diagnostics.push(finding(&problem));
            return made;
        }
    };
    let planned = match plan::jobs(site, theme, files, &wants) {
        Ok(planned) => planned,
        Err(problem) => {
            made.diagnostics.push(finding(&problem));
            return made;
        }
    };
    let results = make::all(&press, &planned, &store(root), true);
    for (planned, result) in planned.into_iter().zip(results) {
        match result {
            Ok(pdf) => {
                made.diagnostics.extend(pdf.problems.iter().map(finding));
                if let Some(id) = planned.entry {
                    let size = pdf.bytes.len() as u64;
                    made.links.insert(
                        id,
                        Handout {
                            path: planned.job.output.clone(),
                            pages: pdf.pages,
                            size,
                        },
                    );
                }
                made.files.push((planned.job.output, pdf.bytes));
            }
            Err(problems) => made.diagnostics.extend(problems.iter().map(finding)),
        }
    }
    made
}

/// Where finished PDFs are kept between builds.
pub fn store(root: &Path) -> std::path::PathBuf {
    root.join(".sala").join("handouts")
}

/// A problem of the press as a diagnostic. A build of Sala without PDFs only warns.
pub fn finding(problem: &Problem) -> Diagnostic {
    let (th, en) = (problem.th.clone(), problem.en.clone());
    let mut found = Diagnostic::new(Code::HandoutFailed, problem.place.clone(), th, en);
    if !problem.fatal || problem.code == "handout-no-pdf" {
        found.severity = Severity::Warning;
    }
    found
}
