//! Titles that bear a stamp (`[ร่าง] แผน`, `Plan (internal)`): their authors rely on it, and it hides nothing.

use super::guarded::is_stamped;
use crate::diagnostics::{Code, Diagnostic};
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
