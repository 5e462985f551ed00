//! Personal data that must not be published by accident.
//!
//! What counts as personal data is for [`crate::text::personal`]; here is where it is looked for: every text that
//! readers may see ([`public_texts`], bodies without their internal sections, the settings and the schema). National
//! ids and learners' names stop a build unless the page allows them; the rest warns. What a draft holds warns only.

use super::context::Context;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::entry::Allowance;
use crate::model::{Config, Entry, Lang, PublicText, SourceFile, Span, public_tables, public_texts, shared_texts};
use crate::text::personal::{self, Class, Match};
use crate::visibility;
use std::borrow::Cow;

/// The code of a class.
pub(crate) fn code(class: Class) -> Code {
    match class {
        Class::NationalId => Code::NationalId,
        Class::Phone => Code::PhoneNumber,
        Class::Line => Code::LineId,
        Class::Mail => Code::PrivateEmail,
        Class::Learner => Code::LearnerName,
    }
}

/// Looks at an entry.
pub(crate) fn check(context: &Context<'_>, entry: &Entry) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !visibility::is_public(entry, visibility::Options { drafts: true }) {
        return found;
    }
    let mut add = |source: &SourceFile, span: Span, find: &Match| {
        if !allowed(entry, find.class) {
            found.push(report(source, span, find));
        }
    };
    let mut known: Vec<(Class, String)> = Vec::new();
    public_texts(context.portal, entry, &mut |text| {
        let source = context.source(text.source);
        for (find, range) in finds(&text) {
            known.push((find.class, text.text[range.clone()].to_owned()));
            add(source, place(source, text.span, &text.text[range]), &find);
        }
    });
    public_tables(context.portal, entry, &mut |text| {
        for (find, range) in finds(&text) {
            let what = &text.text[range];
            if !known
                .iter()
                .any(|(class, known)| *class == find.class && (what.contains(known) || known.contains(what)))
            {
                add(context.source(text.source), text.span, &find);
            }
        }
    });
    if let Some((file, base)) = context.body(entry) {
        let analysis = context.portal.analysis(entry);
        let cut = if analysis.personal.is_empty() { Vec::new() } else { visibility::cut_ranges(context.portal, entry) };
        let shown = |f: &&Match| !cut.iter().any(|(start, end)| f.range.start >= *start && f.range.start < *end);
        for find in analysis.personal.iter().filter(shown) {
            add(file, Span::new(base + find.range.start, base + find.range.end), find);
        }
    }
    if entry.draft {
        soften(&mut found);
    }
    found
}

/// Looks at the settings and the schema.
pub(crate) fn check_shared(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let config = &context.portal.config;
    shared_texts(context.portal, &mut |file, text| found.extend(shared(config, &file, text, |_| true)));
    // The number of an office under its contact is there to be called.
    let contact = config.contact.texts().flat_map(|text| shared(config, "portal.toml", text, |c| c != Class::Phone));
    found.extend(contact);
    found
}

/// Looks at the words of the interface, by language, and at the other texts of a theme, by file.
pub(crate) fn check_theme<'a>(
    config: &Config,
    words: impl Iterator<Item = (Lang, &'a str)>,
    texts: impl Iterator<Item = (&'a str, &'a str)>,
) -> Vec<Diagnostic> {
    let words = words.map(|(lang, text)| (Cow::Owned(format!("i18n/{}.toml", lang.code())), text));
    let all = words.chain(texts.map(|(file, text)| (Cow::Borrowed(file), text)));
    all.flat_map(|(file, text)| shared(config, &file, text, |_| true)).collect()
}

/// What a text outside of pages holds and `portal.toml` does not allow.
fn shared(config: &Config, file: &str, text: &str, wanted: impl Fn(Class) -> bool) -> Vec<Diagnostic> {
    let finds = personal::search(text).into_iter();
    let finds = finds.filter(|find| wanted(find.class) && !allowed_outside(config, find.class));
    finds
        .map(|find| {
            in_file(file, &find).hint(
                "ลบออก หรือถ้าเผยแพร่ได้จริง ใส่ [allow_personal] ใน portal.toml: reason = \"เหตุผล\" by = \"ตำแหน่งผู้อนุญาต\" date = \"2566-08-15\"",
                "remove it, or if it may be public, add [allow_personal] to portal.toml: reason = \"…\" by = \"role of who allowed it\" date = \"2566-08-15\"",
            )
        })
        .collect()
}

/// A finding in a file that has no page to allow it.
pub(crate) fn in_file(file: &str, find: &Match) -> Diagnostic {
    let title = code(find.class).title();
    graded(Diagnostic::new(code(find.class), file, title.th, title.en), find)
}

/// Every allowance of the portal, with the file that it is in.
pub(crate) fn allowances<'a>(
    context: &'a Context<'_>,
) -> impl Iterator<Item = (&'a SourceFile, usize, &'a Entry, &'a Allowance)> {
    context.portal.entries.iter().filter_map(|entry| {
        let allowance = entry.allow_personal.as_ref()?;
        let (source, span) = context.key(entry, "allow_personal");
        Some((source, source.line_col(span.start as usize).0, entry, allowance))
    })
}

/// What a text holds; the name of its field is read as if it was before the value.
fn finds(text: &PublicText<'_>) -> Vec<(Match, std::ops::Range<usize>)> {
    let lead = if text.label.is_empty() { String::new() } else { format!("{}: ", text.label) };
    let whole = format!("{lead}{}", text.text);
    let inside = |f: Match| {
        let end = f.range.end.checked_sub(lead.len()).filter(|end| *end > 0)?;
        let start = f.range.start.saturating_sub(lead.len());
        Some((f, start..end))
    };
    personal::search(&whole).into_iter().filter_map(inside).collect()
}

/// Where a part of a value is: itself where it is written as it reads, else the whole value.
fn place(source: &SourceFile, span: Span, what: &str) -> Span {
    let (start, end) = (span.start as usize, (span.end as usize).min(source.text.len()));
    match source.text.get(start..end).and_then(|written| written.find(what)) {
        Some(at) => Span::new(start + at, start + at + what.len()),
        None => span,
    }
}

/// Whether a page allows a class.
pub(crate) fn allowed(entry: &Entry, class: Class) -> bool {
    entry.allow_personal.as_ref().is_some_and(|a| covers(a, class))
}

/// Whether the settings allow a class outside of pages.
pub(crate) fn allowed_outside(config: &Config, class: Class) -> bool {
    config.allow_personal.as_ref().is_some_and(|a| covers(a, class))
}

fn covers(allowance: &Allowance, class: Class) -> bool {
    allowance.codes.is_empty() || allowance.codes.iter().any(|c| c == code(class).id())
}

/// A finding at its place, the data itself covered.
pub(crate) fn report(source: &SourceFile, span: Span, find: &Match) -> Diagnostic {
    let title = code(find.class).title();
    let found = Diagnostic::at(code(find.class), source, span, title.th, title.en).covered().hint(
        "ลบออก หรือถ้าเผยแพร่ได้จริง ใส่ [allow_personal] ในส่วนหัว: reason = \"เหตุผล\" by = \"ตำแหน่งผู้อนุญาต\" date = \"2566-08-15\"",
        "remove it, or if it may be public, add [allow_personal] to the front matter: reason = \"…\" by = \"role of who allowed it\" date = \"2566-08-15\"",
    );
    graded(found, find)
}

/// A find that only its surroundings give away does not stop a build.
fn graded(found: Diagnostic, find: &Match) -> Diagnostic {
    if find.certain { found } else { found.severity(Severity::Warning) }
}

/// Nothing of a draft is published.
fn soften(found: &mut [Diagnostic]) {
    for finding in found.iter_mut().filter(|d| d.is_error()) {
        finding.severity = Severity::Warning;
    }
}
