//! Ids, addresses and aliases are unique; translations have an original.

use super::context::Context;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::ids::alias_path;
use crate::model::{Entry, Lang, Value};
use std::borrow::Cow;
use std::collections::HashMap;

type Map<K, V> = HashMap<K, V, ahash::RandomState>;

pub(super) fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let portal = context.portal;
    let mut ids: Map<(Cow<'_, str>, Lang), &Entry> = Map::default();
    let mut paths: Map<String, &Entry> = Map::default();
    for entry in &portal.entries {
        let id = (lower(&entry.id), entry.lang);
        if let Some(first) = ids.get(&id) {
            found.push(duplicate(context, entry, first));
            continue;
        }
        ids.insert(id, entry);
        let path = entry.path();
        if let Some(first) = paths.insert(lower(&path).into_owned(), entry) {
            let (source, span) = context.key(entry, "id");
            let other = &context.source(first.source).path;
            found.push(Diagnostic::at(
                Code::DuplicateAddress,
                source,
                span,
                format!("หน้า {path} ถูกใช้โดย {other} แล้ว"),
                format!("page {path} is already that of {other}"),
            ));
        }
    }
    for entry in &portal.entries {
        let original = ids.get(&(lower(&entry.id), portal.config.main()));
        if !entry.main && original.is_none_or(|original| original.kind != entry.kind) {
            let (source, span) = context.key(entry, "id");
            let main = portal.config.main().code();
            let alone = Diagnostic::at(
                Code::TranslationAlone,
                source,
                span,
                format!("“{}” ไม่มีต้นฉบับ คือหน้าในภาษาหลัก ({main})", entry.id),
                format!("`{}` has no original: a page in the main language ({main})", entry.id),
            );
            found.push(if entry.typed { alone } else { alone.severity(Severity::Warning) });
        }
        aliases(context, entry, &mut paths, &mut found);
    }
    found
}

fn lower(text: &str) -> Cow<'_, str> {
    match text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.to_lowercase()),
    }
}

fn duplicate(context: &Context<'_>, entry: &Entry, first: &Entry) -> Diagnostic {
    let (source, span) = context.key(entry, "id");
    let (other, other_span) = context.key(first, "id");
    let line = other.line_col(other_span.start as usize).0;
    Diagnostic::at(
        Code::DuplicateId,
        source,
        span,
        format!("รหัส “{}” ซ้ำกับ {}:{line}", entry.id, other.path),
        format!("id `{}` is already that of {}:{line}", entry.id, other.path),
    )
    .hint("ตั้งรหัสใหม่ด้วยคีย์ id หรือเปลี่ยนชื่อไฟล์", "set another id with the key `id`, or rename the file")
}

fn aliases<'a>(
    context: &Context<'_>,
    entry: &'a Entry,
    paths: &mut Map<String, &'a Entry>,
    found: &mut Vec<Diagnostic>,
) {
    for alias in &entry.aliases {
        let Value::Text(text) = &alias.value else {
            continue;
        };
        let path = alias_path(text);
        let taken = path.as_ref().and_then(|p| paths.get(&p.to_lowercase()));
        let problem = match (&path, taken) {
            (None, _) => ("ไม่ใช่พาธภายในเว็บไซต์".to_string(), "is no path inside the site".to_string()),
            (Some(_), Some(other)) => {
                let other = &context.source(other.source).path;
                (format!("เป็นที่อยู่ของ {other}"), format!("is the address of {other}"))
            }
            (Some(path), None) => {
                paths.insert(path.to_lowercase(), entry);
                continue;
            }
        };
        let bad = Diagnostic::at(
            Code::BadAlias,
            context.source(alias.source),
            alias.span,
            format!("ที่อยู่เดิม “{text}” {}", problem.0),
            format!("alias `{text}` {}", problem.1),
        );
        found.push(if entry.typed { bad } else { bad.severity(Severity::Warning) });
    }
}

/// Pages that Sala makes itself: what a plain page of the same name says is not shown.
pub(super) fn check_reserved(context: &Context<'_>, entry: &Entry) -> Option<Diagnostic> {
    let own = !entry.typed && matches!(entry.address.as_str(), "search.html" | "404.html");
    own.then(|| {
        let (source, span) = context.key(entry, "");
        let (page, name) = (&entry.address, &source.path);
        Diagnostic::at(
            Code::DuplicateAddress,
            source,
            span,
            format!("Sala สร้างหน้า {page} เอง เนื้อหาของ {name} จึงไม่แสดง เปลี่ยนชื่อไฟล์"),
            format!("Sala makes {page} itself, so {name} is not shown: rename the file"),
        )
        .severity(crate::diagnostics::Severity::Warning)
    })
}
