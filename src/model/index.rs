//! Finds entries by id, by source file and by address, and says where a relative link leads.

use super::index_vec::EntryId;
use super::{Entry, Lang, Portal};
use crate::model::ids::join;
use crate::text::slug::{WIKI, slug, wiki_name};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

type Map<K, V> = HashMap<K, V, ahash::RandomState>;

/// Look-up tables over the entries of a portal.
#[derive(Debug, Default)]
pub(crate) struct Index {
    by_id: Map<Arc<str>, Vec<EntryId>>,
    by_file: Map<String, EntryId>,
    by_path: Map<String, EntryId>,
    lists: HashSet<String>,
    media: HashSet<String>,
    /// Made when the first wiki link asks for it.
    names: OnceLock<Map<String, Vec<EntryId>>>,
    /// What files and addresses lead to, in lower case; made when the first link that leads nowhere asks for it.
    folded: OnceLock<Map<String, Target>>,
}

/// Where a relative link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An entry, with the anchor (empty: its top).
    Entry(EntryId, String),
    /// A page that Sala makes and no entry stands for: site path without language folder, and anchor.
    Page(String, String),
    /// A file of the content folder, relative to `content/`.
    Media(String),
    /// Nothing.
    Missing,
}

impl Index {
    /// Builds the tables.
    pub(crate) fn new(portal: &Portal) -> Index {
        let mut index = Index::default();
        index.by_id.reserve(portal.entries.len());
        index.by_file.reserve(portal.entries.len());
        index.by_path.reserve(portal.entries.len());
        for (i, entry) in portal.entries.iter_ids() {
            let id = match is_lower(&entry.id) {
                true => entry.id.clone(),
                false => entry.id.to_lowercase().into(),
            };
            index.by_id.entry(id).or_default().push(i);
            if let Some(body) = &entry.body {
                index.by_file.entry(portal.sources[body.source.0 as usize].path.clone()).or_insert(i);
            }
            index.by_path.entry(entry.path()).or_insert(i);
        }
        for kind in portal.schema.kinds.iter().filter(|k| !k.folder.is_empty()) {
            index.lists.insert(format!("{}/index.html", kind.folder));
        }
        for page in ["index.html", "search.html", "compare.html", "browse/index.html", "404.html", "feed.xml"] {
            index.lists.insert(page.to_string());
        }
        index.media = portal.media.iter().map(|m| m.path.clone()).collect();
        index
    }

    /// The entry of an id in a language, else its original, else any.
    pub(crate) fn entry(&self, portal: &Portal, id: &str, lang: Lang) -> Option<EntryId> {
        let found = Some(self.entries(id)).filter(|found| !found.is_empty())?;
        let of = |lang: Lang| found.iter().copied().find(|i| portal.entries[*i].lang == lang);
        let original = || found.iter().copied().find(|i| portal.entries[*i].main);
        of(lang).or_else(original).or_else(|| found.first().copied())
    }

    /// All entries of an id (its translations).
    pub(crate) fn entries(&self, id: &str) -> &[EntryId] {
        let found = match is_lower(id) {
            true => self.by_id.get(id),
            false => self.by_id.get(id.to_lowercase().as_str()),
        };
        found.map_or(&[], Vec::as_slice)
    }

    /// The entry whose page has this address in the site.
    pub(crate) fn at_path(&self, path: &str) -> Option<EntryId> {
        self.by_path.get(path).copied()
    }

    /// Whether a file of the content folder exists.
    pub(crate) fn has_media(&self, path: &str) -> bool {
        self.media.contains(path)
    }

    /// The content path of a media file whose address is on an entry's page; a leading `/` counts from
    /// `content/`. `[[name` is found by its name in any folder.
    pub(crate) fn media_path(&self, portal: &Portal, entry: &Entry, written: &str) -> Option<String> {
        if let Some(name) = wiki_name(written) {
            let name = name.split('#').next().unwrap_or(name).trim();
            let same = |path: &&String| *path == name || path.ends_with(&format!("/{name}"));
            return self.media.iter().filter(same).min_by_key(|path| (path.len(), *path)).cloned();
        }
        let path = written.split(['?', '#']).next().unwrap_or(written);
        let exact = self.file(portal, entry, &decode(path)).or_else(|| self.file(portal, entry, written));
        exact.or_else(|| match self.elsewhere(portal, entry, written)? {
            Target::Media(path) => Some(path),
            _ => None,
        })
    }

    /// The content path of a file named in a field: its name as it is, else its address.
    pub(crate) fn field_file(&self, portal: &Portal, entry: &Entry, name: &str) -> Option<String> {
        self.file(portal, entry, name).or_else(|| self.media_path(portal, entry, name))
    }

    fn file(&self, portal: &Portal, entry: &Entry, name: &str) -> Option<String> {
        let source = &portal.sources[entry.source.0 as usize].path;
        let base = source.strip_prefix("content/").unwrap_or(source);
        join(base, name).filter(|path| self.has_media(path))
    }

    /// The page that a wiki link names: by file name, with folders or without, then by title or another name.
    fn page(&self, portal: &Portal, entry: &Entry, name: &str) -> Option<EntryId> {
        let wanted = name.strip_suffix(".md").unwrap_or(name).trim_matches('/').to_lowercase();
        let names = self.names.get_or_init(|| names(portal));
        let last = wanted.rsplit('/').next().unwrap_or(&wanted);
        let in_folder = |i: &EntryId| !wanted.contains('/') || stem(portal, *i).ends_with(&wanted);
        let found = names.get(last)?.iter().copied().filter(in_folder);
        // Of several the one whose file name it is, then the nearest to the root.
        let found = found.min_by_key(|i| {
            let stem = stem(portal, *i);
            (stem.rsplit('/').next() != Some(last), stem.matches('/').count(), *i)
        })?;
        Some(self.in_language(portal, found, entry.lang))
    }

    /// Where a relative link on an entry's page leads: to a Markdown file, a folder, a page of the site or a file.
    pub(crate) fn resolve(&self, portal: &Portal, entry: &Entry, written: &str) -> Target {
        match self.as_written(portal, entry, written) {
            Target::Missing => self.elsewhere(portal, entry, written).unwrap_or(Target::Missing),
            found => found,
        }
    }

    /// Whether a link or picture is found only because the letter case of names is passed over.
    pub(crate) fn differs_in_case(&self, portal: &Portal, entry: &Entry, written: &str) -> bool {
        let scheme = written.split(['/', '#']).next().is_some_and(|first| first.contains(':'));
        !scheme
            && self.as_written(portal, entry, written) == Target::Missing
            && self.other_places(portal, entry, written).is_none()
            && self.in_other_case(portal, entry, written).is_some()
    }

    /// Where a link leads that leads nowhere as it is written: other tools count from another place, and their machines may
    /// not tell letter case apart.
    fn elsewhere(&self, portal: &Portal, entry: &Entry, written: &str) -> Option<Target> {
        let found = self.other_places(portal, entry, written);
        found.or_else(|| self.in_other_case(portal, entry, written))
    }

    fn other_places(&self, portal: &Portal, entry: &Entry, written: &str) -> Option<Target> {
        let (path, rest) = written.split_at(written.find(['#', '?']).unwrap_or(written.len()));
        let found = variants(portal, entry, path).into_iter().map(|path| format!("{path}{rest}"));
        found.map(|path| self.as_written(portal, entry, &path)).find(|target| *target != Target::Missing)
    }

    fn in_other_case(&self, portal: &Portal, entry: &Entry, written: &str) -> Option<Target> {
        if wiki_name(written).is_some() {
            return None;
        }
        let (path, anchor) = written.split_once('#').unwrap_or((written, ""));
        let path = path.split('?').next().unwrap_or(path);
        let source = &portal.sources[entry.source.0 as usize].path;
        let base = source.strip_prefix("content/").unwrap_or(source);
        let all = std::iter::once(path.to_owned()).chain(variants(portal, entry, path)).filter(|path| !path.is_empty());
        let folded = self.folded.get_or_init(|| self.fold(portal));
        let found = all.filter_map(|path| join(base, &decode(&path))).find_map(|path| {
            let path = path.trim_end_matches('/').to_lowercase();
            let names =
                ["", ".md", ".mdx", ".markdown", ".html", "/index.html", "/_index.md", "/index.md", "/readme.md"];
            names.iter().find_map(|ending| folded.get(&format!("{path}{ending}")))
        })?;
        Some(match found {
            Target::Entry(i, _) => Target::Entry(self.in_language(portal, *i, entry.lang), decode(anchor)),
            found => found.clone(),
        })
    }

    fn fold(&self, portal: &Portal) -> Map<String, Target> {
        let mut folded = Map::default();
        let files = self.by_file.iter().map(|(file, i)| (file.strip_prefix("content/").unwrap_or(file), *i));
        let mut pages: Vec<(&str, EntryId)> = files.chain(self.by_path.iter().map(|(path, i)| (&**path, *i))).collect();
        pages.sort_unstable();
        for (path, i) in pages {
            folded.entry(path.to_lowercase()).or_insert(Target::Entry(i, String::new()));
        }
        for media in &portal.media {
            folded.entry(media.path.to_lowercase()).or_insert_with(|| Target::Media(media.path.clone()));
        }
        folded
    }

    /// What [`Index::resolve`] finds without looking elsewhere.
    fn as_written(&self, portal: &Portal, entry: &Entry, written: &str) -> Target {
        if let Some(name) = wiki_name(written) {
            return self.wiki(portal, entry, name);
        }
        let (path, anchor) = written.split_once('#').unwrap_or((written, ""));
        let path = decode(path.split('?').next().unwrap_or(path));
        let anchor = decode(anchor);
        if path.is_empty() {
            return match self.by_path.get(&entry.path()) {
                Some(i) => Target::Entry(*i, anchor),
                None => Target::Missing,
            };
        }
        let source = &portal.sources[entry.source.0 as usize].path;
        let base = source.strip_prefix("content/").unwrap_or(source);
        if let Some(found) = join(base, &path) {
            let trimmed = found.trim_end_matches('/');
            if let Some(i) = self.page_file(trimmed) {
                return Target::Entry(self.in_language(portal, i, entry.lang), anchor);
            }
            if self.has_media(trimmed) {
                return Target::Media(trimmed.to_string());
            }
            if let Some(path) = self.file(portal, entry, written) {
                return Target::Media(path);
            }
            let list = slash(trimmed, "index.html");
            if self.lists.contains(&list) {
                return Target::Page(list, anchor);
            }
        }
        if let Some(found) = join(&entry.address, &path) {
            let folder = portal.config.folder(entry.lang);
            let page = |path: &str| self.by_path.get(&format!("{folder}{path}")).or_else(|| self.by_path.get(path));
            // Addresses without ending are those of other tools.
            let bare = || (!found.is_empty()).then(|| page(&format!("{found}.html"))).flatten();
            if let Some(i) = page(&found).or_else(bare) {
                return Target::Entry(*i, anchor);
            }
            if self.lists.contains(&found) {
                return Target::Page(found, anchor);
            }
        }
        Target::Missing
    }

    /// The page of a file in the content folder: by its name, by its name without ending, or the index of a folder.
    fn page_file(&self, path: &str) -> Option<EntryId> {
        let names = ["_index.md", "index.md", "README.md", "readme.md", "index.mdx", "index.markdown"];
        let files = std::iter::once(path.to_string())
            .chain(["md", "mdx", "markdown"].map(|ending| format!("{path}.{ending}")))
            .chain(names.map(|name| slash(path, name)));
        files.into_iter().find_map(|file| self.by_file.get(&format!("content/{file}")).copied())
    }

    /// The page that a path names which is written in the file `from` (both below `content/`).
    pub(crate) fn in_file(&self, from: &str, written: &str) -> Option<EntryId> {
        let path = join(from.strip_prefix("content/").unwrap_or(from), &decode(written))?;
        self.page_file(path.trim_end_matches('/'))
    }

    /// Where `[[name#heading]]` leads: to a page, else to a file.
    fn wiki(&self, portal: &Portal, entry: &Entry, written: &str) -> Target {
        let (name, heading) = written.split_once('#').unwrap_or((written, ""));
        // Of nested headings the last counts; a mark of a block (`^id`) is no heading.
        let heading = heading.rsplit('#').next().unwrap_or(heading);
        let anchor = if heading.starts_with('^') { String::new() } else { slug(heading) };
        let page = match name.trim() {
            "" => self.by_path.get(&entry.path()).copied(),
            name => self.page(portal, entry, name),
        };
        let file = || self.media_path(portal, entry, &format!("{WIKI}{name}"));
        page.map(|i| Target::Entry(i, anchor)).or_else(|| file().map(Target::Media)).unwrap_or(Target::Missing)
    }

    /// The page as readers of a language get it.
    pub(crate) fn in_language(&self, portal: &Portal, i: EntryId, lang: Lang) -> EntryId {
        self.entry(portal, &portal.entries[i].id, lang).unwrap_or(i)
    }
}

/// Where other tools look for the path of a link on a plain page, the likeliest first.
///
/// A path from the root: the root of their site may be a folder of this one (`docs`), and this one may be a folder of theirs
/// (`/en/…`). Another path: their pages are folders, so `../b/` stands beside the page.
fn variants(portal: &Portal, entry: &Entry, path: &str) -> Vec<String> {
    if entry.typed || path.is_empty() || wiki_name(path).is_some() {
        return Vec::new();
    }
    let source = &portal.sources[entry.source.0 as usize].path;
    let source = source.strip_prefix("content/").unwrap_or(source);
    let Some(rest) = path.strip_prefix('/') else {
        let folder = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
        return join(&format!("{folder}/page"), path).map(|path| format!("/{path}")).into_iter().collect();
    };
    let above = source.match_indices('/').map(|(end, _)| format!("/{}{path}", &source[..end]));
    let inside = rest.match_indices('/').take(2).map(|(end, _)| rest[end..].to_owned());
    above.chain(inside.filter(|path| path.len() > 1)).collect()
}

/// Entries by the names under which wiki links look for them, in lower case.
fn names(portal: &Portal) -> Map<String, Vec<EntryId>> {
    let mut names: Map<String, Vec<EntryId>> = Map::default();
    for (i, entry) in portal.entries.iter_ids() {
        let path = stem(portal, i);
        let file = path.rsplit('/').next().unwrap_or(&path);
        let others = entry.names.iter().chain([&entry.title]).map(|name| name.to_lowercase());
        for name in others.chain([file.to_string(), entry.id.to_lowercase()]) {
            let all = names.entry(name).or_default();
            if all.last() != Some(&i) {
                all.push(i);
            }
        }
    }
    names
}

/// Path of an entry's file in `content/`, without ending, in lower case.
fn stem(portal: &Portal, i: EntryId) -> String {
    let path = &portal.sources[portal.entries[i].source.0 as usize].path;
    let path = path.strip_prefix("content/").unwrap_or(path);
    path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_lowercase()
}

/// Whether lower-casing would change nothing.
fn is_lower(id: &str) -> bool {
    id.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase())
}

fn slash(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") }
}

fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
