//! Titles that bear a stamp (`[ร่าง] แผน`, `Plan (internal)`, `ลับ`) and summaries that are one (`INTERNAL USE ONLY`): their
//! authors rely on it, and it hides nothing.

use super::guarded::{is_state, plain, says_held_back};
use super::stamps::{is_stamp_title, says_stamp};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::{Entry, EntryId, Portal, Visibility};
use crate::text::stamp::is_plain_stamp;

/// Holds such entries back, and tells each; one with `visibility` of its own is not concerned. Plain pages may be called as
/// their programs like: of these only what is nothing but a stamp is held back, and that stops nothing.
pub(super) fn hold_back(portal: &mut Portal, found: &mut Vec<Diagnostic>) {
    let open = portal.entries.iter_ids().filter(|(_, e)| e.visibility == Visibility::Public && !e.draft);
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
    let summary = says_stamp(&entry.summary) || in_kind && is_stamped(&entry.summary);
    (title(&entry.title) || title(&entry.title_en)).then_some("title").or_else(|| summary.then_some("summary"))
}

/// Whether a title bears a stamp: `[ร่าง] …`, `… (internal)`, `DRAFT: …`.
pub(super) fn is_stamped(title: &str) -> bool {
    // What pages are about as well.
    const NAMES: [&str; 8] = ["ภายใน", "ลับ", "secret", "hidden", "private", "internal", "restricted", "drafts"];
    let title = title.trim();
    let held = says_stamp;
    let is_name = |word: &str| NAMES.contains(&&*plain(word));
    let pairs = [
        ('[', ']'),
        ('(', ')'),
        ('【', '】'),
        ('<', '>'),
        ('{', '}'),
        ('（', '）'),
        ('〔', '〕'),
        ('［', '］'),
        ('«', '»'),
    ];
    pairs.iter().any(|(open, close)| {
        let first = title.strip_prefix(*open).and_then(|rest| rest.split_once(*close)).map(|(word, _)| word);
        let last = title.strip_suffix(*close).and_then(|rest| rest.rsplit_once(*open)).map(|(_, word)| word);
        let inside = title.split(*open).skip(1).filter_map(|rest| rest.split_once(*close)).map(|(word, _)| word);
        first.is_some_and(held) || last.is_some_and(held) || inside.into_iter().any(|word| held(word) && !is_name(word))
    }) || {
        let parts: Vec<&str> = title
            .split([':', '：', '–', '—', '|'])
            .flat_map(|part| part.split(" - "))
            .flat_map(|part| part.split(" / "))
            .map(str::trim)
            .collect();
        let first = parts[0];
        let of_case = first.contains(char::is_uppercase) && matches!(&*plain(first), "private" | "internal");
        let last = parts[parts.len() - 1];
        // A place or a school may be private behind a comma, but nothing else ends so in capitals.
        let shouted = title.rsplit_once(',').is_some_and(|(_, word)| held(word) && !word.contains(char::is_lowercase));
        // A word of its own at either end: `แผน ฉบับร่าง`, `Plan DRAFT`, `เอกสารลับ แผน`.
        let words: Vec<&str> = title.split([' ', '_']).filter(|word| !word.is_empty()).collect();
        let capitals = |word: &str| word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase()) && held(word);
        let sure = |word: &str| capitals(word) || is_plain_stamp(&plain(word));
        let ends = words.len() > 1
            && (sure(words[0]) || words.last().is_some_and(|word| sure(word) || matches!(*word, "ร่าง" | "ฉบับร่าง")));
        shouted
            || ends
            || parts.len() > 1 && (held(first) && (!is_name(first) || of_case) || held(last) && !is_name(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_titles_are_seen() {
        for title in [
            "DRAFT - Plan",
            "แผน - ร่าง",
            "แผน: ใช้ภายในเท่านั้น",
            "แผน (ร่าง 2)",
            "แผน (ฉบับร่าง ครั้งที่ 2)",
            "Plan (DRAFT v2)",
            "Plan (DRAFT) v2",
            "แผน (ร่าง) ปี 2566",
            "แผน（ร่าง）",
            "แผน 〔ร่าง〕",
            "แผน / ร่าง",
            "แผน «ร่าง»",
            "Plan, DRAFT",
            "แผน ฉบับร่าง",
            "แผน_ร่าง",
            "DRAFT แผน",
            "INTERNAL Plan",
            "เอกสารลับ แผน",
            "Plan confidential",
        ] {
            assert!(is_stamped(title), "{title}");
        }
        for title in ["โรงเรียน - private", "นิเทศ (ภายใน) ปี 2566", "แผน - ฉบับที่ 2", "แผน (2566) - ก", "Schools, private"]
        {
            assert!(!is_stamped(title), "{title}");
        }
        for title in ["[ร่าง] แผน", "แผน (internal)", "DRAFT: แผน", "(ฉบับร่าง) แผน", "แผน【ลับ】", "Confidential – plan"]
        {
            assert!(is_stamped(title), "{title}");
        }
        for title in
            ["แผน", "นิเทศภายใน", "ภายใน: ห้องเรียน", "Draft horses", "แผน (2566)", "[ก] แผน", "ลับ", "Secret: garden"]
        {
            assert!(!is_stamped(title), "{title}");
        }
    }
}
