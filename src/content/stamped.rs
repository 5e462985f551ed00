//! Titles that bear a stamp (`[ร่าง] แผน`, `Plan (internal)`): their authors rely on it, and it hides nothing.

use super::guarded::{STAMPS, plain};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::held::WORDS as HELD_BACK;
use crate::model::{EntryId, Portal, Visibility};

/// Holds such entries back, and tells each; one with `visibility` of its own is not concerned, and plain pages may be called
/// as their programs like.
pub(super) fn hold_back(portal: &mut Portal, found: &mut Vec<Diagnostic>) {
    let open = portal.entries.iter_ids().filter(|(_, e)| e.typed && e.visibility == Visibility::Public && !e.draft);
    let stamped = open.filter(|(_, e)| is_stamped(&e.title) || is_stamped(&e.title_en));
    let unsaid = stamped.filter(|(_, e)| e.keys.iter().all(|(key, _)| key != "visibility"));
    let held: Vec<EntryId> = unsaid.map(|(i, _)| i).collect();
    for i in held {
        let entry = &mut portal.entries[i];
        entry.visibility = Visibility::Internal;
        let (th, en) = (
            "ชื่อบอกว่าไม่ใช่สำหรับทุกคนหรือยังไม่เสร็จ แต่ไม่ซ่อนอะไร จึงไม่เผยแพร่",
            "the title says that this is not for everybody or not finished and hides nothing: it is not published",
        );
        let span = entry.key_span("title");
        let source = &portal.sources[entry.source.0 as usize];
        found.push(Diagnostic::at(Code::BadVisibility, source, span, th, en).hint(
            "เขียน visibility = \"internal\" หรือ draft = true ถ้าเผยแพร่ได้ เขียน visibility = \"public\" หรือเปลี่ยนชื่อ",
            "write visibility = \"internal\" or draft = true; if it may be published, write visibility = \"public\" or another title",
        ));
    }
}

/// Whether a title bears a stamp: `[ร่าง] …`, `… (internal)`, `DRAFT: …`.
fn is_stamped(title: &str) -> bool {
    const NAMES: [&str; 4] = ["ภายใน", "ลับ", "secret", "hidden"];
    let title = title.trim();
    let held = |word: &str| HELD_BACK.contains(&plain(word).as_str()) || STAMPS.contains(&plain(word).as_str());
    let pairs = [('[', ']'), ('(', ')'), ('【', '】'), ('<', '>'), ('{', '}')];
    pairs.iter().any(|(open, close)| {
        let first = title.strip_prefix(*open).and_then(|rest| rest.split_once(*close)).map(|(word, _)| word);
        let last = title.strip_suffix(*close).and_then(|rest| rest.rsplit_once(*open)).map(|(_, word)| word);
        first.is_some_and(held) || last.is_some_and(held)
    }) || title
        .split_once([':', '：', '–', '—', '|'])
        .is_some_and(|(word, _)| held(word) && !NAMES.contains(&&*plain(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_titles_are_seen() {
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
