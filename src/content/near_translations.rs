//! Pages that are nearly translations of a hidden page: `plan-en.md`, `plan.english.md` or `en/plan.md` beside `plan.md`.
//! Their authors take them for its translation, which would be as hidden as it is; so they are held back until it is clear.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Entry, EntryId, Portal, Visibility};
use crate::text::chars;
use std::collections::{HashMap, HashSet};

/// Words with which people mark a translation, besides the tags of the portal's languages.
const WORDS: [&str; 8] = ["en", "th", "tha", "translation", "translated", "แปล", "แปลแล้ว", "คำแปล"];
/// The same, where they may as well be subjects that are taught.
const SUBJECTS: [&str; 7] = ["eng", "english", "อังกฤษ", "ภาษาอังกฤษ", "thai", "ไทย", "ภาษาไทย"];

/// Holds such pages back, and tells each; a page with `visibility` of its own is not concerned.
pub(super) fn hold_back(portal: &mut Portal, found: &mut Vec<Diagnostic>) {
    let path = |e: &Entry| portal.sources[e.source.0 as usize].path.clone();
    let is_hidden = |e: &&Entry| e.visibility == Visibility::Internal || e.draft;
    let pages = || portal.entries.iter().filter(|e| e.body.is_some());
    // `x.internal.md` beside a public `x.md` is no original of `x.en.md`.
    let open: HashSet<String> = pages().filter(|e| !is_hidden(e)).map(path).collect();
    let is_original = |e: &&Entry| is_hidden(e) && !open.contains(&path(e).replace(".internal.md", ".md"));
    let titles: HashMap<String, (&str, bool)> = pages()
        .filter(is_original)
        .map(|e| (plain(&path(e)), (e.title.as_str(), is_thai(&portal.sources[e.source.0 as usize].text))))
        .collect();
    let mut hidden: HashSet<String> = titles.keys().cloned().collect();
    if hidden.is_empty() {
        return;
    }
    let tags: HashSet<String> = portal.config.languages().iter().map(|lang| lang.code().to_lowercase()).collect();
    let is_mark = |word: &str| WORDS.contains(&word) || tags.contains(word);
    let is_word = |word: &str| is_mark(word) || SUBJECTS.contains(&word);
    // `en/x` beside `th/x`: the page without the folder of the main language.
    let main = portal.config.languages().first().map(|lang| lang.code().to_lowercase()).unwrap_or_default();
    let of_main = |part: &&str| names_language(part, &main);
    let bare: Vec<String> = hidden
        .iter()
        .filter(|path| path.split('/').any(|part| of_main(&part)))
        .map(|path| path.split('/').filter(|part| !of_main(part)).collect::<Vec<_>>().join("/"))
        .collect();
    hidden.extend(bare);
    let is_original = |path: &str| {
        let folder = ["/index", "/readme", "/_index"].iter().find_map(|index| path.strip_suffix(index));
        hidden.contains(path) || folder.is_some_and(|folder| hidden.contains(folder))
    };
    let open = portal.entries.iter_ids().filter(|(_, e)| e.body.is_some() && !is_hidden(e));
    let unsaid = open.filter(|(_, e)| e.keys.iter().all(|(key, _)| key != "visibility"));
    let near: Vec<(EntryId, String)> = unsaid
        .filter_map(|(i, e)| {
            let find = |is_word: &dyn Fn(&str) -> bool| {
                let near = originals(&plain(&path(e)), is_word);
                // `en/x.en`, `x.v2.en`: what marks a translation twice, or a version of it.
                let further = near.iter().flat_map(|near| {
                    let version = without_version(near).to_owned();
                    originals(near, is_word).into_iter().chain([version])
                });
                let further: Vec<String> = further.collect();
                near.into_iter().chain(further).find(|path| is_original(path))
            };
            // The plan of the department of English is in Thai and has another title: it is no translation.
            let own = |original: &String| {
                let (title, thai) = titles.get(original).copied().unwrap_or(("", false));
                thai && title != e.title && is_thai(&portal.sources[e.source.0 as usize].text)
            };
            Some((i, find(&is_mark).or_else(|| find(&is_word).filter(|original| !own(original)))?))
        })
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

/// Whether a text has more Thai letters than Latin ones.
fn is_thai(text: &str) -> bool {
    let thai = text.chars().filter(|c| chars::is_thai(*c)).count();
    thai > text.chars().filter(char::is_ascii_alphabetic).count()
}

/// Whether the name of a folder is that of a language: `th`, `thai`.
fn names_language(part: &str, code: &str) -> bool {
    let names: &[&str] = match code {
        "th" => &["tha", "thai", "ไทย", "ภาษาไทย"],
        "en" => &["eng", "english", "อังกฤษ", "ภาษาอังกฤษ"],
        _ => &[],
    };
    part == code || names.contains(&part)
}

/// Whether a folder is called as a language is, with its region too: `en`, `en-us`.
fn is_language(part: &str, is_word: &dyn Fn(&str) -> bool) -> bool {
    is_word(part)
        || part.split_once(['-', '_']).is_some_and(|(word, region)| is_word(word) && region.chars().count() == 2)
}

/// A path without its ending, `.internal` and case.
fn plain(path: &str) -> String {
    let path = path.to_lowercase();
    path.strip_suffix(".md").unwrap_or(&path).replace(".internal", "")
}

/// A word without what says before a language that a text is in it: `ฉบับภาษาอังกฤษ`, `แปลไทย`.
fn bare(word: &str) -> &str {
    let mut rest = word;
    for start in ["ฉบับ", "แปลเป็น", "แปล"] {
        rest = rest.strip_prefix(start).filter(|rest| !rest.is_empty()).unwrap_or(rest);
    }
    rest
}

/// Whether a sign may part a name from the mark of its language. What closes a bracket belongs to the name.
fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !chars::is_mark(c) && !matches!(c, ')' | ']' | '}')
}

/// The paths that a page would be a translation of.
fn originals(path: &str, is_word: &dyn Fn(&str) -> bool) -> Vec<String> {
    let is_word: &dyn Fn(&str) -> bool = &|word| is_word(word) || is_word(bare(word));
    let mut found = Vec::new();
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (&path[..=folder.len()], name));
    let closed = name.trim_end_matches(|c| is_sign(c) || matches!(c, ')' | ']' | '}'));
    let start = closed.char_indices().rev().take_while(|(_, c)| c.is_alphabetic() || chars::is_mark(*c)).last();
    if let Some((at, _)) = start
        && is_word(&closed[at..])
        && let stem = closed[..at].trim_end_matches(is_sign)
        && !stem.is_empty()
        && stem.len() < at
    {
        found.push(format!("{folder}{stem}"));
    }
    // `x.en.v2`, `x-en (2)`: a version or a copy of it.
    let unversioned = without_version(closed);
    if unversioned.len() < closed.len() {
        found.extend(originals(&format!("{folder}{unversioned}"), is_word));
    }
    // `x.en_gb`: the region goes with the language.
    if let Some((rest, region)) = closed.rsplit_once(['_', '-', ' '])
        && region.chars().count() == 2
        && let Some((stem, tag)) = rest.rsplit_once(['.', '_', '-', ' '])
        && is_word(tag)
    {
        found.push(format!("{folder}{stem}"));
    }
    // `en-x`, `(en) x`; and `x/en` beside `x` or the index of `x/`.
    let opened = name.trim_start_matches(['(', '[']);
    let first: String = opened.chars().take_while(|c| c.is_alphabetic() || chars::is_mark(*c)).collect();
    if is_word(&first) {
        match opened[first.len()..].trim_start_matches([' ', '.', '_', '-', ')', ']']) {
            "" if !folder.is_empty() => {
                found.extend(["index", "readme", "_index"].map(|index| format!("{folder}{index}")));
                found.push(folder.trim_end_matches('/').to_owned());
            }
            rest if rest.len() < opened.len() - first.len() => found.push(format!("{folder}{rest}")),
            _ => {}
        }
    }
    let parts: Vec<&str> = path.split('/').collect();
    let folders = parts[..parts.len() - 1].iter().enumerate();
    for (at, stem) in folders
        .filter_map(|(at, part)| Some((at, part.rsplit_once(['.', '-', '_', ' ']).filter(|(_, tag)| is_word(tag))?.0)))
    {
        let renamed: Vec<&str> = parts.iter().enumerate().map(|(n, part)| if n == at { stem } else { part }).collect();
        found.push(renamed.join("/"));
    }
    // `i18n/en/x/y` beside `x/y`, in the same content.
    for (at, _) in parts.iter().enumerate().take(parts.len() - 1).skip(2).filter(|(_, part)| is_language(part, is_word))
    {
        found.push([&parts[..1], &parts[at + 1..]].concat().join("/"));
    }
    for (at, _) in parts[..parts.len() - 1].iter().enumerate().filter(|(_, part)| is_language(part, is_word)) {
        let rest: Vec<&str> = parts.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, part)| *part).collect();
        found.push(rest.join("/"));
    }
    found
}

/// A name without what tells it from an earlier or later one of the same: `.v2`, ` (2)`, `-final`, ` copy`.
fn without_version(name: &str) -> &str {
    const WORDS: [&str; 9] = ["final", "copy", "new", "old", "rev", "ver", "version", "in", "สำเนา"];
    let mut rest = name.trim_end_matches([')', ']', '}']);
    while let Some((before, last)) = rest.rsplit_once([' ', '.', '_', '-', '(', '[']) {
        let number = last.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let word = &last[..last.len() - number.len()];
        let is_version = WORDS.contains(&word) || matches!(word, "" | "v" | "r");
        let is_whole = number.chars().all(char::is_numeric) || WORDS.contains(&last);
        if !(WORDS.contains(&last) || is_version && is_whole) {
            break;
        }
        rest = before;
    }
    rest.trim_end_matches([' ', '.', '_', '-', '(', '['])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mark_a_translation_lead_to_the_original() {
        let is_word = |word: &str| WORDS.contains(&word) || SUBJECTS.contains(&word);
        for near in [
            "a/x-en",
            "a/x_en",
            "a/x (en)",
            "a/x.english",
            "a/x [eng]",
            "a/en/x",
            "en/a/x",
            "a/x ภาษาอังกฤษ",
            "a/x-แปล",
            "a/x.en.v2",
            "a/x-en (2)",
            "a/x.en-final",
            "a/x_en_สำเนา 2",
            "a/x—en",
            "a/x + en",
            "a/x{en}",
            "a/x-ฉบับภาษาอังกฤษ",
            "a/x (ฉบับแปล)",
            "a/x_แปลไทย",
        ] {
            let found = originals(&plain(&format!("{near}.md")), &is_word);
            assert!(!found.is_empty() && found.iter().all(|path| path == "a/x"), "{near}: {found:?}");
        }
        for near in [
            "a/x.en_GB",
            "a/x-en-US",
            "a/x en GB",
            "a/en-x",
            "a/(en) x",
            "a.en/x",
            "a-english/x",
            "a/x/en",
            "a/i18n/en/x",
        ] {
            let found = originals(&plain(&format!("{near}.md")), &is_word);
            assert!(found.iter().any(|path| path == "a/x"), "{near}: {found:?}");
        }
        let found = originals(&plain("a/x/en.md"), &is_word);
        assert!(found.iter().any(|path| path == "a/x/index"), "{found:?}");
        for other in ["a/open", "a/xen", "a/garden", "a/x-eng2", "a/enx", "a/x-no-go", "a/x-in", "a/x-ฉบับครู"]
        {
            assert!(originals(other, &is_word).is_empty(), "{other}");
        }
    }
}
