//! Handouts as part of a build: made before the pages, because the pages link to them.

use crate::cache::Store;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::html::{Files, Handout};
use crate::pdf::{Paper, Problem, make, plan, requests};
use crate::site::Site;
use crate::theme::Theme;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The PDFs of a site and what was found while making them.
#[derive(Debug, Default)]
pub struct Made {
    /// Files by the address of the page that links to them; what the entry is printed as comes first.
    pub links: BTreeMap<String, Vec<Handout>>,
    /// Address and bytes of each file.
    pub files: Vec<(String, Vec<u8>)>,
    /// Findings; an error means that a PDF is missing.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes the products that the portal's schema asks for.
pub fn make(root: &Path, site: &Site, theme: &Theme, files: &dyn Files) -> Made {
    let requests = requests::of_build(site);
    let mut made = Made::default();
    if requests.is_empty() {
        return made;
    }
    let most = site.public.config.limits.printed_files;
    if requests.len() > most {
        made.diagnostics.push(too_many(requests.len(), most));
        return made;
    }
    let results = plan::assets(root, site).and_then(|assets| {
        let plan = |some: &[_]| plan::jobs(site, theme, files, &assets, some, &Value::Null);
        make::all(&assets, &requests, plan, Some(&store(root)), true)
    });
    let results = match results {
        Ok(made) => made,
        Err(problem) => {
            made.diagnostics.push(finding(&problem));
            return made;
        }
    };
    for (planned, result) in results {
        match result {
            Ok(pdf) => {
                made.diagnostics.extend(pdf.problems.iter().map(finding));
                let (size, path) = (pdf.bytes.len() as u64, planned.job.output.clone());
                let of_link = planned.job.paper == Paper::Link;
                let handout = Handout { path, pages: pdf.pages, size, label: planned.label, of_link };
                made.links.entry(planned.page).or_default().push(handout);
                made.files.push((planned.job.output, pdf.bytes));
            }
            Err(problems) => made.diagnostics.extend(problems.iter().map(finding)),
        }
    }
    made
}

fn too_many(count: usize, most: usize) -> Diagnostic {
    let (th, en) = (
        format!("ใบพิมพ์มี {count} ไฟล์ เกินขีดจำกัด {most} (printed_files ใน [limits] ของ portal.toml)"),
        format!("{count} handouts are to be made, the limit is {most} (printed_files in [limits] of portal.toml)"),
    );
    Diagnostic::new(Code::HandoutFailed, "portal.toml", th, en).hint(
        "เอา build = true ออกจาก content/_schema/print ของชนิดที่มีรายการมาก แล้วทำเฉพาะที่ต้องใช้ด้วย sala handout หรือเพิ่มขีดจำกัด",
        "take build = true out of content/_schema/print for kinds with many entries and make what is needed with `sala handout`, or raise the limit",
    )
}

/// Links to the files of a site that are made only when somebody asks for one; their pages are not known yet.
pub fn links(site: &Site) -> BTreeMap<String, Vec<Handout>> {
    let mut links: BTreeMap<String, Vec<Handout>> = BTreeMap::new();
    for request in requests::of_build(site) {
        let place = requests::place(site, request);
        let label = request.product.filter(|_| !place.own).map(|p| site.public.schema.print[p].label.clone());
        let of_link = request.paper == Paper::Link;
        let handout = Handout { path: place.path, pages: 0, size: 0, label, of_link };
        links.entry(place.page).or_default().push(handout);
    }
    links
}

/// Makes the file that is at an address of the site, or takes it from the store; nothing where the portal asks for
/// no such file.
pub fn one(
    root: &Path,
    site: &Site,
    theme: &Theme,
    files: &dyn Files,
    path: &str,
) -> Option<Result<Vec<u8>, Diagnostic>> {
    let request = requests::of_build(site).into_iter().find(|request| requests::place(site, *request).path == path)?;
    let made = plan::assets(root, site).and_then(|assets| {
        let plan = |some: &[_]| plan::jobs(site, theme, files, &assets, some, &Value::Null);
        make::all(&assets, &[request], plan, Some(&store(root)), false)
    });
    Some(match made {
        Ok(list) => match list.into_iter().next()?.1 {
            Ok(pdf) => Ok(pdf.bytes),
            Err(problems) => Err(finding(problems.first()?)),
        },
        Err(problem) => Err(finding(&problem)),
    })
}

/// Where finished PDFs are stored between builds.
pub fn store(root: &Path) -> Store {
    Store::new(root, "pdf")
}

/// A problem of the typesetter as a diagnostic. A build of Sala without PDFs only warns.
pub fn finding(problem: &Problem) -> Diagnostic {
    let (th, en) = (problem.th.clone(), problem.en.clone());
    let (file, line) = match problem.place.rsplit_once(':').map(|(file, line)| (file, line.parse())) {
        Some((file, Ok(line))) => (file, line),
        _ => (problem.place.as_str(), 0),
    };
    let mut found = Diagnostic { line, ..Diagnostic::new(Code::HandoutFailed, file, th, en) };
    if !problem.fatal || problem.code == "handout-no-pdf" {
        found.severity = Severity::Warning;
    }
    found
}
