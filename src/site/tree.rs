//! Plain pages as a tree of folders: what stands beside, before and after a page.
//!
//! In a folder, pages stand in the order of `nav` in portal.toml or of a `SUMMARY.md`; those that neither names follow by
//! their `weight`, then by the names of their files. A folder without an index page gets one.

use crate::model::index::Index;
use crate::model::listed::{self, Item};
use crate::model::{Entry, EntryId, Lang};
use crate::text::collate::sort_key;
use crate::visibility::Public;
use std::collections::{HashMap, HashSet};

/// A page or a folder.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// Name in navigation.
    pub title: String,
    /// Site path of its page; empty for a heading.
    pub path: String,
    /// The entry whose page it is; none for a folder that Sala makes a page for.
    pub entry: Option<EntryId>,
    /// The folder above; none for the root.
    pub parent: Option<usize>,
    /// What the folder holds, in order.
    pub children: Vec<usize>,
}

/// The plain pages of a language. The first node is the root: the home page.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// All nodes.
    pub nodes: Vec<Node>,
    /// Nodes that have a page, in the order in which they are read.
    reading: Vec<usize>,
    /// Per node its place in that order.
    place: HashMap<usize, usize>,
    by_path: HashMap<String, usize>,
}

/// The tree of a language.
pub(crate) fn tree(public: &Public, index: &Index, lang: Lang) -> Tree {
    let folder = public.config.folder(lang);
    let mut grown = Growing::default();
    grown.tree.nodes.push(Node { path: format!("{folder}index.html"), ..Node::default() });
    grown.folders.insert(String::new(), 0);
    for (i, entry) in public.entries.iter_ids() {
        if entry.lang == lang && public.schema.kinds[entry.kind].plain {
            grown.page(public, &folder, i, entry);
        }
    }
    grown.name_folders(public, &folder, lang);
    grown.sort(lang);
    for (base, items) in listed::lists(&public.lists, &public.config.nav) {
        grown.arrange(public, index, lang, &base, &items);
    }
    grown.tree.finish()
}

/// A tree while it is made.
#[derive(Default)]
struct Growing {
    tree: Tree,
    folders: HashMap<String, usize>,
    /// Per node what it sorts by: weight and name.
    keys: HashMap<usize, (f64, String)>,
}

impl Growing {
    fn page(&mut self, public: &Public, folder: &str, i: EntryId, entry: &Entry) {
        let address = entry.address.strip_suffix(".html").unwrap_or(&entry.address);
        let (above, name) = address.rsplit_once('/').unwrap_or(("", address));
        let above = self.folder(folder, above);
        let title = if entry.menu.is_empty() { &entry.title } else { &entry.menu };
        let node = match name {
            "index" => above,
            _ => self.child(above),
        };
        let source = &public.sources[entry.source.0 as usize].path;
        let file = source.rsplit('/').next().unwrap_or(source);
        let found = &mut self.tree.nodes[node];
        (found.title, found.path, found.entry) = (title.clone(), entry.path(), Some(i));
        // A folder sorts by its own name, a page by that of its file.
        let written =
            if name == "index" { self.keys.remove(&node).map_or(String::new(), |k| k.1) } else { file.to_owned() };
        self.keys.insert(node, (entry.weight.unwrap_or(f64::INFINITY), written));
    }

    fn child(&mut self, parent: usize) -> usize {
        let node = self.tree.nodes.len();
        self.tree.nodes.push(Node { parent: Some(parent), ..Node::default() });
        self.tree.nodes[parent].children.push(node);
        node
    }

    /// The node of a folder, made with those above it.
    fn folder(&mut self, site: &str, path: &str) -> usize {
        if let Some(known) = self.folders.get(path) {
            return *known;
        }
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let parent = self.folder(site, above);
        let node = self.child(parent);
        self.tree.nodes[node].path = format!("{site}{path}/index.html");
        self.keys.insert(node, (f64::INFINITY, name.to_owned()));
        self.folders.insert(path.to_owned(), node);
        node
    }

    /// Folders without an index are called as they are named; the folder of a kind is that kind's list.
    fn name_folders(&mut self, public: &Public, site: &str, lang: Lang) {
        for (path, node) in &self.folders {
            let found = &mut self.tree.nodes[*node];
            if found.entry.is_some() {
                continue;
            }
            let kind = public.schema.kinds.iter().find(|k| !k.plain && k.folder == *path);
            found.title = match kind {
                Some(kind) => kind.plural().get(lang).to_owned(),
                None if path.is_empty() => public.config.title.get(lang).to_owned(),
                None => written_name(public, &found.path, site).unwrap_or_else(|| readable(path)),
            };
        }
    }

    fn sort(&mut self, lang: Lang) {
        let keys = &self.keys;
        let order: HashMap<usize, (f64, Vec<u8>)> =
            keys.iter().map(|(node, (weight, name))| (*node, (*weight, sort_key(lang.code(), name)))).collect();
        for node in &mut self.tree.nodes {
            node.children.sort_by(|a, b| {
                let (a, b) = (&order[a], &order[b]);
                a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1))
            });
        }
    }

    /// Puts the pages of a written list in its order, before those that it does not name.
    fn arrange(&mut self, public: &Public, index: &Index, lang: Lang, base: &str, items: &[Item]) {
        let path = base.strip_prefix("content/").unwrap_or(base);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let address = folder.split('/').filter(|p| !p.is_empty()).map(crate::model::ids::path_part);
        let Some(&top) = self.folders.get(&address.collect::<Vec<_>>().join("/")) else {
            return;
        };
        let nodes: HashMap<EntryId, usize> =
            self.tree.nodes.iter().enumerate().filter_map(|(node, n)| Some((n.entry?, node))).collect();
        let mut placed: HashSet<usize> = HashSet::new();
        let mut above: Vec<(usize, usize)> = Vec::new();
        let mut ends: HashMap<usize, usize> = HashMap::new();
        for item in items {
            while above.last().is_some_and(|(depth, _)| *depth >= item.depth) {
                above.pop();
            }
            let parent = above.last().map_or(top, |(_, node)| *node);
            let node = match &item.target {
                None => {
                    let node = self.child(parent);
                    self.tree.nodes[parent].children.pop();
                    node
                }
                Some(target) => {
                    let entry = index.in_file(base, target).map(|i| index.in_language(public, i, lang));
                    let known = entry.and_then(|i| nodes.get(&i).copied());
                    let Some(node) = known.filter(|node| *node != top && *node != 0 && !placed.contains(node)) else {
                        continue;
                    };
                    if let Some(old) = self.tree.nodes[node].parent {
                        self.tree.nodes[old].children.retain(|child| *child != node);
                    }
                    node
                }
            };
            if !item.title.is_empty() {
                self.tree.nodes[node].title.clone_from(&item.title);
            }
            self.tree.nodes[node].parent = Some(parent);
            // Placed children come first, in the order of the list.
            let end = ends.entry(parent).or_default();
            let at = (*end).min(self.tree.nodes[parent].children.len());
            self.tree.nodes[parent].children.insert(at, node);
            *end += 1;
            placed.insert(node);
            above.push((item.depth, node));
        }
    }
}

/// The name of a folder as it is written on disk, from a page that lies in it.
fn written_name(public: &Public, path: &str, site: &str) -> Option<String> {
    let address = path.strip_prefix(site)?.strip_suffix("/index.html")?;
    let depth = address.matches('/').count();
    let inside =
        |e: &&Entry| e.address.strip_prefix(address).is_some_and(|rest| rest.starts_with('/')) && e.body.is_some();
    let entry = public.entries.iter().find(inside)?;
    let source = &public.sources[entry.source.0 as usize].path;
    let folder = source.strip_prefix("content/")?.split('/').nth(depth)?;
    Some(readable(folder))
}

/// `02-getting_started` as people read it: Getting started.
fn readable(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let plain = name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '_', '.', ' ']);
    let plain = if plain.is_empty() { name } else { plain }.replace(['-', '_'], " ");
    let mut letters = plain.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

impl Tree {
    /// Takes out headings and folders that hold nothing, and lists the rest in the order of reading.
    fn finish(mut self) -> Tree {
        self.prune(0);
        let mut reading = Vec::new();
        self.read(0, &mut reading);
        self.by_path = reading.iter().map(|node| (self.nodes[*node].path.clone(), *node)).collect();
        self.place = reading.iter().enumerate().map(|(at, node)| (*node, at)).collect();
        self.reading = reading;
        self
    }

    fn prune(&mut self, node: usize) -> bool {
        let children = std::mem::take(&mut self.nodes[node].children);
        self.nodes[node].children = children.into_iter().filter(|child| self.prune(*child)).collect();
        self.nodes[node].entry.is_some() || !self.nodes[node].children.is_empty()
    }

    fn read(&self, node: usize, out: &mut Vec<usize>) {
        if !self.nodes[node].path.is_empty() {
            out.push(node);
        }
        self.nodes[node].children.iter().for_each(|child| self.read(*child, out));
    }

    /// Whether there is anything but the home page.
    pub fn is_empty(&self) -> bool {
        self.reading.len() < 2
    }

    /// The node of a page by its site path.
    pub fn find(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// Folders that have no page of an author.
    pub fn made(&self) -> impl Iterator<Item = usize> {
        self.reading.iter().copied().filter(|node| *node != 0 && self.nodes[*node].entry.is_none())
    }

    /// The pages before and after a node, as they are read.
    pub fn around(&self, node: usize) -> (Option<usize>, Option<usize>) {
        let Some(at) = self.place.get(&node).copied() else {
            return (None, None);
        };
        (at.checked_sub(1).map(|before| self.reading[before]), self.reading.get(at + 1).copied())
    }

    /// The folders that a node lies in, the outermost first; without the root.
    pub fn above(&self, node: usize) -> Vec<usize> {
        let mut above: Vec<usize> = std::iter::successors(self.nodes[node].parent, |n| self.nodes[*n].parent).collect();
        above.pop();
        above.reverse();
        above
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn names_of_folders_are_readable() {
        for (name, shown) in [("02-getting_started", "Getting started"), ("2024", "2024"), ("a/บท", "บท")] {
            assert_eq!(readable(name), shown);
        }
    }
}
