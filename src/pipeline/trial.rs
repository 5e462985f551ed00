//! A build that writes nothing: what `sala check` passes, `sala build` publishes.
//!
//! Pages are rendered and their addresses claimed; pictures are cleaned; printed products are planned. Typesetting alone
//! is left to the build.

use super::handouts;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::html::{self, Files, Input};
use crate::model::ids::media_address;
use crate::model::{Entry, SourceFile, Span, Value};
use crate::output::{PublishError, Sink, check_path};
use crate::pdf::{plan, requests};
use crate::site::Site;
use crate::theme::Theme;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Errors of a build that the rules do not find.
pub(super) fn errors(root: &Path, site: &Site, theme: &Theme, files: &dyn Files, search: bool) -> Vec<Diagnostic> {
    let links = handouts::links(site);
    let sink = Addresses::default();
    let input = Input { site, theme, files, handouts: &links, search };
    let (_, mut found) = html::render(&input, &sink);
    for handout in links.values().flatten() {
        let _ = sink.put(&handout.path, Vec::new());
    }
    found.extend(products(root, site, theme, files));
    let mut found: Vec<Diagnostic> = found.into_iter().map(|d| placed(site, d)).collect();
    found.extend(sink.problems().iter().map(|problem| claimed(site, problem)));
    found.retain(Diagnostic::is_error);
    found
}

/// Products that cannot even be planned: a template or kind that does not exist, data that cannot be read.
fn products(root: &Path, site: &Site, theme: &Theme, files: &dyn Files) -> Vec<Diagnostic> {
    let wanted = requests::of_build(site);
    if wanted.is_empty() {
        return Vec::new();
    }
    let planned = plan::assets(root, site)
        .and_then(|assets| plan::jobs(site, theme, files, &assets, &wanted, &serde_json::Value::Null).map(drop));
    planned.err().map(|problem| handouts::finding(&problem)).into_iter().collect()
}

/// Addresses of files that are not kept.
#[derive(Default)]
struct Addresses {
    seen: Mutex<HashMap<String, String>>,
    problems: Mutex<Vec<Problem>>,
}

/// An address that cannot be used: as it is, and the one that has it already, or why not.
struct Problem {
    path: String,
    other: Option<String>,
    why: String,
}

impl Sink for Addresses {
    fn put(&self, path: &str, _: Vec<u8>) -> Result<(), PublishError> {
        let other = match check_path(path) {
            Ok(()) => {
                let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                match seen.get(&path.to_lowercase()) {
                    Some(other) => Some(other.clone()),
                    None => {
                        seen.insert(path.to_lowercase(), path.to_owned());
                        return Ok(());
                    }
                }
            }
            Err(_) => None,
        };
        let why = check_path(path).err().map_or_else(String::new, |problem| problem.to_string());
        let problem = Problem { path: path.to_owned(), other, why };
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
        Ok(())
    }
}

impl Addresses {
    /// What went wrong, in an order that no thread decides.
    fn problems(&self) -> Vec<Problem> {
        let mut all = std::mem::take(&mut *self.problems.lock().unwrap_or_else(PoisonError::into_inner));
        for problem in &mut all {
            // Which of two came first is chance.
            if let Some(other) = problem.other.as_mut().filter(|other| **other > problem.path) {
                std::mem::swap(other, &mut problem.path);
            }
        }
        all.sort_by(|a, b| (&a.path, &a.other).cmp(&(&b.path, &b.other)));
        all.dedup_by(|a, b| a.path == b.path && a.other == b.other);
        all
    }
}

/// An address that two files want, at the page that brings the later one in.
fn claimed(site: &Site, problem: &Problem) -> Diagnostic {
    let path = &problem.path;
    let (th, en) = match &problem.other {
        Some(other) => (
            format!("ที่อยู่ {path} ซ้ำกับ {other} (บางระบบไม่แยกตัวพิมพ์เล็กใหญ่)"),
            format!("the address {path} is that of {other} as well (some systems do not tell case)"),
        ),
        None => (format!("ใช้ {path} เป็นที่อยู่ไม่ได้"), format!("the address {path} {}", problem.why)),
    };
    let found = Diagnostic::new(Code::DuplicateAddress, "", th, en);
    let by_media = |address: &str| site.public.media.iter().find(|m| media_address(&m.path) == address);
    let names = [Some(path.as_str()), problem.other.as_deref()];
    for name in names.into_iter().flatten() {
        if let Some(media) = by_media(name)
            && let Some(at) = naming(site, &media.path)
        {
            return moved(found, at);
        }
        let alias = |e: &&Entry| e.aliases.iter().any(|a| html::alias_address(&a.value).as_deref() == Some(name));
        if let Some(entry) = site.public.entries.iter().find(alias) {
            let at = entry.aliases.iter().find(|a| html::alias_address(&a.value).as_deref() == Some(name));
            let source = &site.public.sources[entry.source.0 as usize];
            return moved(found, (source, at.map_or(entry.span, |a| a.span)));
        }
        if let Some(i) = site.at_path(name) {
            let entry = site.entry(i);
            return moved(found, (&site.public.sources[entry.source.0 as usize], entry.span));
        }
    }
    found
}

/// An error about a file of the content, at the first page that names it.
fn placed(site: &Site, found: Diagnostic) -> Diagnostic {
    let media = found.file.strip_prefix("content/").filter(|path| site.has_media(path));
    match media.and_then(|path| naming(site, path)) {
        Some(at) if found.severity == Severity::Error => {
            let file = found.file.clone();
            let (th, en) = (format!("{file}: {}", found.message.th), format!("{file}: {}", found.message.en));
            moved(Diagnostic { message: crate::model::Label::new(th, en), ..found }, at)
        }
        _ => found,
    }
}

fn moved(found: Diagnostic, (source, span): (&SourceFile, Span)) -> Diagnostic {
    // Only the texts of bodies are kept behind the gate: a line is told where there is one.
    match source.text.is_empty() {
        true => Diagnostic { file: source.path.clone(), ..found },
        false => Diagnostic::at(found.code, source, span, found.message.th, found.message.en).maybe_hint(found.hint),
    }
}

/// Where a page names a file first.
fn naming<'a>(site: &'a Site, path: &str) -> Option<(&'a SourceFile, Span)> {
    for (i, entry) in site.public.entries.iter_ids() {
        let facts = site.public.analysis(entry);
        let links = facts.outline.links.iter().map(|l| (&l.dest, l.offset));
        let mut all = facts.outline.images.iter().map(|i| (&i.dest, i.offset)).chain(links);
        if let Some(body) = entry.body
            && let Some((_, offset)) = all.find(|(dest, _)| site.media_path(i, dest).as_deref() == Some(path))
        {
            let start = body.span.start as usize + offset;
            return Some((&site.public.sources[body.source.0 as usize], Span::new(start, start + 1)));
        }
        let mut values: Vec<_> = entry.fields.iter().flatten().collect();
        while let Some(located) = values.pop() {
            match &located.value {
                Value::Image { src, .. } | Value::File { src, .. }
                    if site.field_file(i, src).as_deref() == Some(path) =>
                {
                    return Some((&site.public.sources[located.source.0 as usize], located.span));
                }
                Value::List(items) => values.extend(items),
                Value::Table(rows) => values.extend(rows.iter().flat_map(|r| r.cells.iter().flatten())),
                _ => {}
            }
        }
    }
    None
}
