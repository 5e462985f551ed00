//! Pages that a book leaves out: mdBook and GitBook publish only what `SUMMARY.md` names. Sala publishes the others too,
//! and says so, for somebody may rely on it.

use super::files::Reader;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::ids::join;
use crate::model::listed::Item;
use std::collections::BTreeSet;

/// Files that say that a folder is such a book.
const BOOKS: [&str; 4] = ["book.toml", "book.json", "book.js", ".gitbook.yaml"];
/// Pages that a message names.
const MOST: usize = 5;

/// Tells, for every list of a book, the public pages below it that it does not name; `pages` are their files.
pub(super) fn tell(reader: &Reader<'_>, lists: &[(String, Vec<Item>)], pages: &[&str], found: &mut Vec<Diagnostic>) {
    for (list, items) in lists {
        let folders = [""].into_iter().chain(list.match_indices('/').map(|(at, _)| &list[..=at]));
        let is_book = |folder: &str| BOOKS.iter().any(|name| reader.root.join(folder).join(name).is_file());
        if !folders.into_iter().any(is_book) {
            continue;
        }
        let named: BTreeSet<String> = items.iter().filter_map(|item| file(list, item.target.as_deref()?)).collect();
        let folder = &list[..list.rfind('/').map_or(0, |at| at + 1)];
        let left: Vec<&str> =
            pages.iter().filter(|page| page.starts_with(folder) && !named.contains(**page)).copied().collect();
        if left.is_empty() {
            continue;
        }
        let some = left.iter().take(MOST).map(|page| &page[folder.len()..]).collect::<Vec<_>>().join(", ");
        let (more, count) = (if left.len() > MOST { ", …" } else { "" }, left.len());
        let (th, en) = (
            format!("รายการนี้ไม่มี {count} หน้า ซึ่งโปรแกรมอื่นไม่เผยแพร่ แต่ Sala เผยแพร่: {some}{more}"),
            format!(
                "this list leaves out {count} page(s) that another program does not publish; Sala does: {some}{more}"
            ),
        );
        found.push(Diagnostic::new(Code::BadVisibility, list.as_str(), th, en).severity(Severity::Warning).hint(
            "เพิ่มหน้าในรายการ หรือเขียน visibility = \"internal\" ในหน้าที่ไม่เผยแพร่",
            "add the pages to the list, or write visibility = \"internal\" in those that are not published",
        ));
    }
}

/// The file that a line of a list names.
fn file(list: &str, target: &str) -> Option<String> {
    let target = percent_encoding::percent_decode_str(target).decode_utf8_lossy();
    join(list, &target)
}
