//! Numbers in prose: `[12](count:aar?fiscal_year=2565)` must be what the data counts, and query blocks must be valid.

use super::problem::Problem;
use super::select;
use super::spec::{AnyOf, Scalar, Spec};
use super::wanted::{self, Wanted};
use super::{make, spec};
use crate::diagnostics::{Code, Diagnostic};
use crate::markdown::{self, Dest, LinkRef};
use crate::model::{Entry, EntryId, Lang, SourceFile, Span};
use crate::site::Site;
use crate::text::digits::to_arabic;
use rayon::prelude::*;

/// The number that a specification counts: `kind?field=value&field=a,b`, or `kind/table?…` for rows of a table.
///
/// # Errors
/// A [`Problem`] where it names a kind or field that does not exist.
pub(crate) fn count(site: &Site, written: &str, page: Option<EntryId>) -> Result<usize, Problem> {
    let (query_spec, table) = read(written);
    let chosen = select::entries(site, &query_spec, page)?;
    let Some(table) = table else {
        return Ok(chosen.entries.len());
    };
    let (_, kind) = select::kind(site, &query_spec.kind)?;
    let path = select::path(kind, table)?;
    Ok(chosen.entries.iter().flat_map(|i| chosen.conditions.rows(site.entry(*i), path.field)).count())
}

/// The conditions of a specification as keys of facets, by which a list can be filtered; nothing where one is no facet: the
/// list would show more than was counted.
pub(crate) fn filters(site: &Site, written: &str, page: Option<EntryId>) -> Option<String> {
    let (spec, _) = read(written);
    let (_, kind) = select::kind(site, &spec.kind).ok()?;
    let mut filters = Vec::new();
    for (name, values) in &spec.conditions {
        let def = kind.fields.iter().find(|f| f.id == *name && f.facet)?;
        let wanted = wanted::wanted(site, def, page, values).ok()?;
        let keys: Option<Vec<&str>> = wanted.iter().map(Wanted::key).collect();
        filters.push(format!("{name}={}", keys?.join(",")));
    }
    spec.year.is_none().then(|| filters.join("&"))
}

/// What `kind/table?field=value&field=a,b` asks for, and the table of which rows are counted.
fn read(written: &str) -> (Spec, Option<&str>) {
    let (what, query) = written.split_once('?').unwrap_or((written, ""));
    let (kind, table) = what.split_once('/').map_or((what, None), |(k, t)| (k, Some(t)));
    let mut query_spec = Spec { kind: kind.to_string(), ..Spec::default() };
    for pair in query.split('&').filter(|p| !p.is_empty()) {
        let (field, values) = pair.split_once('=').unwrap_or((pair, ""));
        // A comma inside a value is written `%2C`.
        let text = |value: &str| percent_encoding::percent_decode_str(value).decode_utf8_lossy().trim().to_string();
        let mut values = values.split(',').map(|value| Scalar::Text(text(value)));
        if field == "year" {
            query_spec.year = values.next();
        } else {
            query_spec.conditions.insert(field.to_string(), AnyOf::Many(values.collect()));
        }
    }
    (query_spec, table)
}

/// Findings about counts and query blocks of every public body.
pub(crate) fn check(site: &Site) -> Vec<Diagnostic> {
    let found: Vec<Vec<Diagnostic>> = site
        .public
        .entries
        .par_iter_ids()
        .map(|(i, entry)| {
            let analysis = site.public.analysis(entry);
            let outline = &analysis.outline;
            let counts = outline.links.iter().any(|l| matches!(markdown::classify(&l.dest), Dest::Count(_)));
            if !counts && outline.queries.is_empty() {
                return Vec::new();
            }
            let body = site.public.body(entry);
            let mut found: Vec<Diagnostic> =
                outline.links.iter().filter_map(|link| number(site, i, link, body)).collect();
            for (text, offset) in &outline.queries {
                if let Err((problem, at)) = query(site, i, text) {
                    let at = offset + at;
                    let end = body[at..].find('\n').map_or(body.len(), |n| at + n);
                    found.push(report(site, entry, Code::BadQuery, at, end, problem));
                }
            }
            found
        })
        .collect();
    found.into_iter().flatten().chain(figures(site)).collect()
}

/// Findings about the files of `content/_schema/figures`. A query that uses one may add what it lacks; every name that it
/// says must be there.
fn figures(site: &Site) -> impl Iterator<Item = Diagnostic> {
    let schema = &site.public.schema;
    schema.figures.keys().filter_map(|name| {
        let problem = match spec::parse(&spec::named(name), &schema.figures) {
            Ok(parsed) => make(site, &parsed, None, Lang::TH).err().filter(|problem| !problem.unfinished)?,
            Err((message, _)) => {
                Problem::new(format!("อ่านไฟล์นี้ไม่ได้: {message}"), format!("cannot read this file: {message}"))
            }
        };
        let file = format!("content/_schema/figures/{name}.toml");
        Some(Diagnostic::new(Code::BadQuery, file, problem.message.th, problem.message.en).maybe_hint(problem.hint))
    })
}

fn query(site: &Site, page: EntryId, text: &str) -> Result<(), (Problem, usize)> {
    let parsed = spec::parse(text, &site.public.schema.figures).map_err(|(message, range)| {
        (
            Problem::new(format!("อ่านบล็อก query ไม่ได้: {message}"), format!("cannot read the query block: {message}")),
            range.start,
        )
    })?;
    make(site, &parsed, Some(page), Lang::TH).map(|_| ()).map_err(|problem| (problem, 0))
}

fn number(site: &Site, page: EntryId, link: &LinkRef, body: &str) -> Option<Diagnostic> {
    let Dest::Count(written) = markdown::classify(&link.dest) else {
        return None;
    };
    let end = body[link.offset..].find(')').map_or(body.len(), |n| link.offset + n + 1);
    let entry = site.entry(page);
    let counted = match count(site, &written, Some(page)) {
        Ok(counted) => counted,
        Err(problem) => {
            return Some(report(site, entry, Code::BadQuery, link.offset, end, problem));
        }
    };
    let shown = to_arabic(link.text.trim()).replace(',', "");
    if shown.parse() == Ok(counted) {
        return None;
    }
    let problem = Problem::new(
        format!("ข้อความเขียนว่า “{}” แต่ข้อมูลนับได้ {counted}", link.text),
        format!("the text says “{}”, the data counts {counted}", link.text),
    );
    Some(report(site, entry, Code::WrongCount, link.offset, end, problem))
}

fn report(site: &Site, entry: &Entry, code: Code, start: usize, end: usize, problem: Problem) -> Diagnostic {
    let Some(body) = entry.body else {
        return Diagnostic::new(code, "", problem.message.th, problem.message.en);
    };
    let source: &SourceFile = &site.public.sources[body.source.0 as usize];
    let base = body.span.start as usize;
    Diagnostic::at(code, source, Span::new(base + start, base + end), problem.message.th, problem.message.en)
        .maybe_hint(problem.hint)
}
