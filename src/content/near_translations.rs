//! Pages that are nearly translations of a hidden page: `plan-en.md`, `plan.english.md` or `en/plan.md` beside `plan.md`.
//! Their authors take them for its translation, which would be as hidden as it is; so they are held back until it is clear.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Entry, EntryId, Portal, Visibility};
use crate::text::chars;
use std::collections::HashSet;

/// Words with which people mark a translation, besides the tags of the portal's languages.
const WORDS: [&str; 13] = [
    "en",
    "eng",
    "english",
    "อังกฤษ",
    "ภาษาอังกฤษ",
    "th",
    "tha",
    "thai",
    "ไทย",
    "ภาษาไทย",
    "translation",
    "แปล",
    "คำแปล",
];

/// Holds such pages back, and tells each; a page with `visibility` of its own is not concerned.
pub(super) fn hold_back(portal: &mut Portal, found: &mut Vec<Diagnostic>) {
    let path = |e: &Entry| portal.sources[e.source.0 as usize].path.clone();
    let is_hidden = |e: &&Entry| e.visibility == Visibility::Internal || e.draft;
    let pages = || portal.entries.iter().filter(|e| e.body.is_some());
    let hidden: HashSet<String> = pages().filter(is_hidden).map(|e| plain(&path(e))).collect();
    if hidden.is_empty() {
        return;
    }
    let tags: HashSet<String> = portal.config.languages().iter().map(|lang| lang.code().to_lowercase()).collect();
    let is_word = |word: &str| WORDS.contains(&word) || tags.contains(word);
    let open = portal.entries.iter_ids().filter(|(_, e)| e.body.is_some() && !is_hidden(e));
    let unsaid = open.filter(|(_, e)| e.keys.iter().all(|(key, _)| key != "visibility"));
    let near: Vec<(EntryId, String)> = unsaid
        .filter_map(|(i, e)| Some((i, originals(&plain(&path(e)), &is_word).into_iter().find(|o| hidden.contains(o))?)))
        .collect();
    for (i, original) in near {
        let entry = &mut portal.entries[i];
        entry.visibility = Visibility::Internal;
        let (th, en) = (
            format!("ชื่อไฟล์นี้เกือบเป็นคำแปลของ “{original}.md” ซึ่งไม่เผยแพร่ จึงยังไม่เผยแพร่หน้านี้"),
            format!(
                "this file is nearly a translation of `{original}.md`, which is not published: it is not published either"
            ),
        );
        let source = &portal.sources[entry.source.0 as usize];
        found.push(Diagnostic::at(Code::BadVisibility, source, entry.span, th, en).hint(
            "ถ้าเป็นคำแปล ตั้งชื่อเป็น NAME.en.md ถ้าไม่ใช่และเผยแพร่ได้ เขียน visibility = \"public\" ในส่วนหัว",
            "name a translation NAME.en.md; if it is none and may be published, write visibility = \"public\"",
        ));
    }
}

/// A path without its ending, `.internal` and case.
fn plain(path: &str) -> String {
    let path = path.to_lowercase();
    path.strip_suffix(".md").unwrap_or(&path).replace(".internal", "")
}

/// The paths that a page would be a translation of.
fn originals(path: &str, is_word: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (&path[..=folder.len()], name));
    let closed = name.trim_end_matches([')', ']', ' ']);
    let start = closed.char_indices().rev().take_while(|(_, c)| c.is_alphabetic() || chars::is_mark(*c)).last();
    if let Some((at, _)) = start
        && is_word(&closed[at..])
        && let stem = closed[..at].trim_end_matches([' ', '.', '_', '-', '(', '['])
        && !stem.is_empty()
        && stem.len() < at
    {
        found.push(format!("{folder}{stem}"));
    }
    let parts: Vec<&str> = path.split('/').collect();
    for (at, _) in parts[..parts.len() - 1].iter().enumerate().filter(|(_, part)| is_word(part)) {
        let rest: Vec<&str> = parts.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, part)| *part).collect();
        found.push(rest.join("/"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mark_a_translation_lead_to_the_original() {
        let is_word = |word: &str| WORDS.contains(&word);
        for near in
            ["a/x-en", "a/x_en", "a/x (en)", "a/x.english", "a/x [eng]", "a/en/x", "en/a/x", "a/x ภาษาอังกฤษ", "a/x-แปล"]
        {
            assert_eq!(originals(&plain(&format!("{near}.md")), &is_word), ["a/x"], "{near}");
        }
        for other in ["a/open", "a/xen", "a/en", "a/garden", "a/x-eng2"] {
            assert!(originals(other, &is_word).is_empty(), "{other}");
        }
    }
}
