//! Titles that bear a stamp (`[ร่าง] แผน`, `Plan (internal)`, `ลับ`) and summaries that are one (`INTERNAL USE ONLY`): their
//! authors rely on it, and it hides nothing.

use super::guarded::{is_state, says_held_back};
use super::stamps::{bears_stamp, is_stamp_title, is_stamped};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::{Entry, EntryId, Portal, SourceId, Visibility, ids};

/// Holds such entries back, and tells each; one with `visibility` of its own is not concerned. Plain pages may be called as
/// their programs like: of these only what is nothing but a stamp is held back, and that stops nothing. Rows of tables
/// within entries are judged alone, for they are made of entries that were.
pub(super) fn hold_back(portal: &mut Portal, rows: bool, found: &mut Vec<Diagnostic>) {
    let open = portal.entries.iter_ids().filter(|(_, e)| e.visibility == Visibility::Public && !e.draft);
    let open = open.filter(|(_, e)| e.row_of.is_some() == rows);
    let unsaid = open.filter(|(_, e)| e.keys.iter().all(|(key, _)| key != "visibility"));
    let unsaid: Vec<(EntryId, &Entry)> = unsaid.collect();
    found.extend(unsaid.iter().flat_map(|(_, entry)| states(portal, entry)));
    // In the folder of a kind pages without front matter are no plain pages of other programs.
    let in_kind = |entry: &Entry| {
        let path = &portal.sources[entry.source.0 as usize].path;
        let home = portal.schema.kind_at(path.strip_prefix("content/").unwrap_or(path));
        entry.typed || home.is_some_and(|kind| !portal.schema.kinds[kind].plain)
    };
    let held = unsaid.into_iter().filter_map(|(i, e)| Some((i, stamped_key(e, in_kind(e))?)));
    let held: Vec<(EntryId, &str)> = held.collect();
    for (i, key) in held {
        let entry = &mut portal.entries[i];
        entry.visibility = Visibility::Internal;
        let (th, en) = if key == "summary" { ("สรุป", "summary") } else { ("ชื่อ", "title") };
        let (th, en) = (
            format!("{th}บอกว่าไม่ใช่สำหรับทุกคนหรือยังไม่เสร็จ แต่ไม่ซ่อนอะไร จึงไม่เผยแพร่"),
            format!(
                "the {en} says that this is not for everybody or not finished and hides nothing: it is not published"
            ),
        );
        let span = entry.key_span(key);
        let source = &portal.sources[entry.source.0 as usize];
        let told = Diagnostic::at(Code::BadVisibility, source, span, th, en).hint(
            "เขียน visibility = \"internal\" หรือ draft = true ถ้าเผยแพร่ได้ เขียน visibility = \"public\" หรือเปลี่ยนข้อความ",
            "write visibility = \"internal\" or draft = true; if it may be published, write visibility = \"public\" or other words",
        );
        found.push(if entry.typed { told } else { told.severity(Severity::Warning) });
    }
}

/// The ids, in small letters, whose rows a page hides by its name: `ID.internal.md`.
pub(crate) fn hides(page: &Entry) -> Vec<String> {
    let plain = ids::plain_name(&page.id);
    let named = [plain.strip_suffix(".internal"), plain.split(".internal.").next()].into_iter().flatten();
    let named = named.filter(|id| page.visibility == Visibility::Internal && *id != plain);
    // Without front matter it is a plain page, whose id has its folder.
    named.map(|id| if page.typed { id } else { id.rsplit('/').next().unwrap_or(id) }.to_owned()).collect()
}

/// A page `ID.internal.md` hides the row of the id; one that stands in the table of an entry is shown there, so that is an
/// error of the row.
pub(super) fn hide_rows(portal: &mut Portal, found: &mut Vec<Diagnostic>) {
    let is_row = |e: &Entry, page: &Entry, id: &str| {
        e.row_of.is_some() && (e.kind == page.kind || !page.typed) && e.id.eq_ignore_ascii_case(id)
    };
    let entries = &portal.entries;
    let hiding = entries.iter().flat_map(|page| hides(page).into_iter().map(move |id| (page, id)));
    let hidden = hiding.flat_map(|(page, id)| {
        let rows = entries.iter_ids().filter(move |(_, e)| is_row(e, page, &id));
        rows.map(|(row, _)| (row, page.source))
    });
    let hidden: Vec<(EntryId, SourceId)> = hidden.collect();
    for (row, page) in hidden {
        let entry = &mut portal.entries[row];
        entry.visibility = Visibility::Internal;
        let file = &portal.sources[page.0 as usize].path;
        let (th, en) = (
            format!("{file} ซ่อนแถวนี้ไม่ได้ เพราะแถวอยู่ในตารางของหน้านี้"),
            format!("{file} does not hide this row, which stands in a table of this page"),
        );
        let source = &portal.sources[entry.source.0 as usize];
        found.push(Diagnostic::at(Code::BadVisibility, source, entry.span, th, en).hint(
            "ลบแถว หรือให้ทั้งหน้าเป็นข้อมูลภายใน แล้วลบไฟล์นั้น",
            "take the row out, or make the whole page internal; then remove that file",
        ));
    }
}

/// Fields of the schema that tell the state of an entry and say that it is not finished, of which the vocabulary gives readers
/// no notice: the entry is published.
fn states(portal: &Portal, entry: &Entry) -> Vec<Diagnostic> {
    let kind = &portal.schema.kinds[entry.kind];
    let fields = kind.fields.iter().zip(&entry.fields).filter(|(field, _)| field.visibility == Visibility::Public);
    let stated = fields.filter_map(|(field, slot)| {
        let slot = slot.as_ref().filter(|_| is_state(&field.id))?;
        let value = slot.value.key()?;
        let term = portal.schema.vocabulary_of(field).and_then(|words| words.term(&value));
        let held = match term {
            Some(term) => !term.notice && (says_held_back(&term.id) || term.label.texts().any(says_held_back)),
            None => says_held_back(&value),
        };
        held.then_some((field, slot))
    });
    let told = stated.map(|(field, slot)| {
        let (th, en) = (
            format!("ช่อง “{}” บอกว่ายังไม่เสร็จหรือไม่ใช่สำหรับทุกคน แต่ไม่ซ่อนอะไร หน้านี้เผยแพร่แล้ว", field.id),
            format!(
                "field `{}` says that this is not finished or not for everybody and hides nothing: the page is published",
                field.id
            ),
        );
        let source = &portal.sources[slot.source.0 as usize];
        Diagnostic::at(Code::BadVisibility, source, slot.span, th, en).severity(Severity::Warning).hint(
            "เขียน draft = true หรือ visibility ในหน้านี้ หรือ notice = true ที่คำนี้ในคลังคำ เพื่อแจ้งผู้อ่าน",
            "write draft = true or visibility in the page, or notice = true at the term of the vocabulary, which tells readers",
        )
    });
    told.collect()
}

/// The key of an entry that says that it is not for everybody.
fn stamped_key(entry: &Entry, in_kind: bool) -> Option<&'static str> {
    let title = |title: &str| in_kind && is_stamped(title) || is_stamp_title(title);
    let summary = bears_stamp(&entry.summary) || in_kind && is_stamped(&entry.summary);
    (title(&entry.title) || title(&entry.title_en)).then_some("title").or_else(|| summary.then_some("summary"))
}
