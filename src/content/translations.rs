//! Originals and their translations: what a translation takes from its original, and files in languages that the portal
//! does not have.

use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::lang::Lang;
use crate::model::{
    Entry, EntryId, FieldDef, FieldType, KindId, Label, Located, Portal, SourceFile, SourceId, Span, Value, Visibility,
};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A translation inherits the values of its original and is as public as the stricter of the two. One without an
/// original of its kind is internal (the checks report it); a plain page is published all the same, where no file says
/// otherwise.
///
/// The original is the page of that name: two pages of one folder may be its index, and have one id. Returns those of plain
/// pages.
pub(super) fn join(portal: &mut Portal, found: &mut Vec<Diagnostic>) -> HashMap<EntryId, EntryId> {
    let mut joined = HashMap::new();
    if portal.entries.iter().all(|e| e.main) {
        return joined;
    }
    let path = |e: &Entry| portal.sources[e.source.0 as usize].path.as_str();
    let mains = || portal.entries.iter_ids().filter(|(_, e)| e.main);
    let by_id: HashMap<(KindId, Arc<str>), EntryId> = mains().map(|(i, e)| ((e.kind, e.id.clone()), i)).collect();
    let by_path: HashMap<&str, EntryId> =
        mains().filter(|(_, e)| e.body.is_some()).map(|(i, e)| (path(e), i)).collect();
    let files: HashSet<&str> = portal.sources.iter().map(|s| s.path.as_str()).collect();
    let languages = portal.config.languages();
    let mut alone = Vec::new();
    for (i, entry) in portal.entries.iter_ids().filter(|(_, e)| !e.main) {
        let paths = || original_paths(path(entry), entry.lang, languages[0]);
        let unread = paths().any(|path| files.contains(path.as_str()));
        let beside = paths().find_map(|path| by_path.get(path.as_str()).copied());
        let named = by_id.get(&(entry.kind, entry.id.clone())).copied();
        let same_kind = |o: &EntryId| !entry.typed && portal.entries[*o].kind == entry.kind;
        let original = beside.filter(same_kind).or(named);
        alone.push((i, original, beside, unread));
    }
    let mut foreign: Vec<(Lang, EntryId)> = Vec::new();
    for (i, original, beside, unread) in alone {
        let base = original.map(|o| portal.entries[o].clone());
        // Whatever id it gives itself: it lies there as the translation of a page that is held back.
        let held = beside.map(|o| (portal.entries[o].visibility, portal.entries[o].draft));
        let entry = &mut portal.entries[i];
        let known = languages.contains(&entry.lang);
        if let Some((visibility, draft)) = held {
            entry.visibility = entry.visibility.max(visibility);
            entry.draft |= draft;
        }
        joined.extend(original.filter(|_| known && !entry.typed).map(|o| (i, o)));
        match base {
            Some(base) if known => {
                if entry.title.is_empty() {
                    entry.title.clone_from(&base.title_en);
                }
                let summary = std::mem::take(&mut entry.summary);
                fill(entry, &base);
                entry.summary = summary;
                let fields = &portal.schema.kinds[entry.kind].fields;
                found.extend(facts(entry, &base, fields).into_iter().map(|other| other.finding(&portal.sources)));
            }
            Some(base) => {
                entry.visibility = entry.visibility.max(base.visibility);
                entry.draft |= base.draft;
                entry.internal_sections.extend(base.internal_sections);
            }
            None if entry.typed || unread => entry.visibility = Visibility::Internal,
            None => {}
        }
        if !known {
            foreign.push((entry.lang, i));
            if entry.typed {
                entry.visibility = Visibility::Internal;
            } else {
                stand_alone(entry, languages[0]);
            }
        }
    }
    foreign.sort_unstable();
    for files in foreign.chunk_by(|a, b| a.0 == b.0) {
        found.push(unknown_language(portal, files));
    }
    joined
}

/// Values that `entry` lacks come from `base`. The whole is as public as the stricter of the two. An allowance for
/// personal data stays that of `entry`: its reason was given for another text.
pub(super) fn fill(entry: &mut Entry, base: &Entry) {
    entry.visibility = entry.visibility.max(base.visibility);
    entry.draft |= base.draft;
    let missing: Vec<_> =
        base.internal_sections.iter().filter(|id| !entry.internal_sections.contains(id)).cloned().collect();
    entry.internal_sections.extend(missing);
    for (slot, value) in entry.fields.iter_mut().zip(&base.fields) {
        if slot.is_none() {
            slot.clone_from(value);
        }
    }
    if entry.title.is_empty() {
        entry.title.clone_from(&base.title);
    }
    if entry.title_en.is_empty() {
        entry.title_en.clone_from(&base.title_en);
    }
    if entry.summary.is_empty() {
        entry.summary.clone_from(&base.summary);
    }
    let missing: Vec<_> = base.names.iter().filter(|n| !entry.names.contains(n)).cloned().collect();
    entry.names.extend(missing);
    let missing: Vec<_> = base.tags.iter().filter(|n| !entry.tags.contains(n)).cloned().collect();
    entry.tags.extend(missing);
    entry.updated = entry.updated.or(base.updated);
    entry.published = entry.published.or(base.published);
    entry.illustrative |= base.illustrative;
}

/// A translation has words of its own; numbers, days, terms and references are those of its original, so that no output
/// says another one. Returns where it had others. What is not published keeps what it says.
fn facts(entry: &mut Entry, base: &Entry, fields: &[FieldDef]) -> Vec<Other> {
    let mut others = Vec::new();
    if entry.visibility == Visibility::Public && !entry.draft {
        for ((told, own), field) in entry.fields.iter_mut().zip(&base.fields).zip(fields) {
            agree(told, own, field, &mut others);
        }
    }
    others
}

/// Whether a field holds words, which a translation has in its own language.
fn has_words(field: &FieldDef) -> bool {
    match field.ty {
        FieldType::Text | FieldType::Markdown | FieldType::Url | FieldType::Image | FieldType::File => true,
        FieldType::Term => field.open,
        _ => false,
    }
}

fn agree(told: &mut Option<Located>, own: &Option<Located>, field: &FieldDef, others: &mut Vec<Other>) {
    if field.visibility != Visibility::Public {
        return;
    }
    if let (Some(Value::Table(rows)), Some(Value::Table(own))) =
        (told.as_mut().map(|told| &mut told.value), own.as_ref().map(|own| &own.value))
        && rows.len() == own.len()
    {
        let before = others.len();
        for (row, own) in rows.iter_mut().zip(own) {
            let cells = row.cells.iter_mut().zip(&own.cells).zip(&field.columns);
            for ((told, own), column) in cells {
                agree(told, own, column, others);
            }
        }
        // Its rows may stand in another order: nobody wrote the words of one beside the numbers of another.
        if others.len() > before {
            rows.clone_from(own);
        }
    } else if told.is_none() || !has_words(field) {
        let same = |told: &Located, own: &Located| {
            let (told, own) = (told.value.items(), own.value.items());
            told.len() == own.len() && !told.is_empty() && told.iter().all(|value| own.contains(value))
        };
        if let Some(told) = told.as_ref().filter(|told| own.as_ref().is_none_or(|own| !same(told, own))) {
            let (source, span) = (told.source, told.span);
            let own = own.as_ref().map(|own| (own.source, own.span));
            others.push(Other { source, span, own, label: field.label.clone() });
        }
        told.clone_from(own);
    }
}

/// A value of a translation that its original has not.
struct Other {
    source: SourceId,
    span: Span,
    own: Option<(SourceId, Span)>,
    label: Label,
}

impl Other {
    fn finding(self, sources: &[SourceFile]) -> Diagnostic {
        let Other { source, span, own, label } = self;
        let place = own.map(|(source, span)| {
            let file = &sources[source.0 as usize];
            format!(" ({}:{})", file.path, file.line_col(span.start as usize).0)
        });
        let place = place.unwrap_or_default();
        Diagnostic::at(
            Code::TranslationDiffers,
            &sources[source.0 as usize],
            span,
            format!("“{}” ของคำแปลต่างจากของต้นฉบับ{place} จึงแสดงของต้นฉบับ", label.th),
            format!("“{}” of the translation is not that of its original{place}, which is shown", label.get(Lang::EN)),
        )
        .hint("ลบออกจากคำแปล หรือแก้ให้ตรงกัน", "remove it from the translation, or make them alike")
    }
}

/// Where the original of a translation may lie: `guide.en.md` belongs to `guide.md` or `guide.th.md`.
fn original_paths(path: &str, lang: Lang, main: Lang) -> impl Iterator<Item = String> + '_ {
    let name = path.rsplit_once('.').map_or(path, |(name, _)| name);
    let stem = name.get(..name.len().saturating_sub(lang.code().len() + 1)).unwrap_or(name);
    let ending = &path[name.len()..];
    [format!("{stem}{ending}"), format!("{stem}.{}{ending}", main.code())].into_iter()
}

/// A plain page in a language that the portal does not have is a page of its own, named as its file is.
fn stand_alone(entry: &mut Entry, main: Lang) {
    let tag = entry.lang.code().to_lowercase();
    entry.id = format!("{}.{tag}", entry.id).into();
    let stem = entry.address.strip_suffix(".html").unwrap_or(&entry.address);
    entry.address = format!("{stem}.{tag}.html");
    (entry.lang, entry.main) = (main, true);
}

/// One finding for all files of a language that `portal.toml` does not name.
fn unknown_language(portal: &Portal, files: &[(Lang, EntryId)]) -> Diagnostic {
    let (lang, first) = files[0];
    let (tag, count) = (lang.code(), files.len());
    let entry = &portal.entries[first];
    let source = &portal.sources[entry.source.0 as usize];
    let all: Vec<String> =
        portal.config.languages().iter().chain([&lang]).map(|l| format!("\"{}\"", l.code())).collect();
    let list = all.join(", ");
    Diagnostic::at(
        Code::TranslationAlone,
        source,
        entry.span,
        format!("มีไฟล์ภาษา {tag} {count} ไฟล์ แต่ portal.toml ไม่มีภาษานี้ จึงไม่ใช่คำแปลของหน้าใด"),
        format!("{count} file(s) in `{tag}`, which portal.toml does not name: they are translations of no page"),
    )
    .severity(Severity::Warning)
    .hint(format!("ถ้าเป็นคำแปล เขียน languages = [{list}]"), format!("if they are, write languages = [{list}]"))
}
