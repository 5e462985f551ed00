//! Navigation over plain pages: the tree beside a page, and the pages before and after it.

use tera::{Map, Value};

use super::builder::Context;
use super::place::Place;
use super::value::{list, map, set};
use crate::site::Tree;

/// More pages than this at the top are no menu.
const MENU: usize = 24;
/// Pages of a folder that stand beside a page.
const LONG: usize = 80;

impl Context<'_> {
    fn tree(&self, place: &Place) -> &Tree {
        &self.site.trees[place.lang]
    }

    /// The folders that a page lies in, as steps from home.
    pub(crate) fn folders_above(&self, place: &Place) -> Vec<(String, String)> {
        let tree = self.tree(place);
        let above = tree.find(&place.path).map(|node| tree.above(node)).unwrap_or_default();
        above.into_iter().map(|n| (tree.nodes[n].title.clone(), tree.nodes[n].path.clone())).collect()
    }

    /// `tree`, `previous` and `next` of a page: empty where it is no plain page, or the only one.
    pub(super) fn set_beside(&self, page: &mut Map, place: &Place) {
        let tree = self.tree(place);
        let node = tree.find(&place.path).filter(|_| !tree.is_empty());
        let Some(node) = node else {
            set(page, "tree", list(Vec::new()));
            set(page, "previous", ());
            set(page, "next", ());
            return;
        };
        let mut open = tree.above(node);
        open.push(node);
        let mut lines = Vec::new();
        self.lines(place, 0, 1, &open, &mut lines);
        let (before, after) = tree.around(node);
        set(page, "tree", list(lines));
        set(page, "previous", before.map(|n| self.node(place, n)));
        set(page, "next", after.map(|n| self.node(place, n)));
    }

    /// The children of a node, and below those that are open theirs.
    fn lines(&self, place: &Place, node: usize, level: usize, open: &[usize], out: &mut Vec<Value>) {
        let tree = self.tree(place);
        let children = &tree.nodes[node].children;
        // Of a very long folder the neighbours are shown; its page lists all.
        let at = children.iter().position(|child| open.contains(child)).unwrap_or(0);
        let from = if children.len() > LONG { at.saturating_sub(LONG / 2) } else { 0 };
        for child in children.iter().skip(from).take(LONG) {
            let found = &tree.nodes[*child];
            // A heading has no page of its own: what stands under it is shown.
            let is_open = open.contains(child) || found.path.is_empty();
            let mut line = self.node_map(place, *child);
            set(&mut line, "level", level.min(6));
            set(&mut line, "current", found.path == place.path);
            set(&mut line, "folder", !found.children.is_empty());
            out.push(Value::from(line));
            if is_open {
                self.lines(place, *child, level + 1, open, out);
            }
        }
    }

    fn node_map(&self, place: &Place, node: usize) -> Map {
        let found = &self.tree(place).nodes[node];
        let href = if found.path.is_empty() { String::new() } else { place.href(&found.path) };
        let summary = found.entry.map_or("", |i| self.site.entry(i).summary.as_str());
        map! { "title": found.title.as_str(), "href": href, "summary": summary }
    }

    fn node(&self, place: &Place, node: usize) -> Value {
        Value::from(self.node_map(place, node))
    }

    /// `folder`: what a folder without an index page holds.
    pub(crate) fn folder(&self, place: &Place, node: usize) -> Value {
        let pages = self.pages_in(place, node).into_iter().map(|child| self.node(place, child));
        Value::from(map! { "pages": list(pages.collect()) })
    }

    /// What stands at the top of the tree, where it is short enough for a menu.
    pub(super) fn top_pages(&self, place: &Place) -> Value {
        let top = self.pages_in(place, 0);
        let shown = top.iter().filter(|_| top.len() <= MENU).map(|child| self.node(place, *child));
        list(shown.collect())
    }

    /// What a folder holds; in place of a heading what stands under it.
    fn pages_in(&self, place: &Place, node: usize) -> Vec<usize> {
        let nodes = &self.tree(place).nodes;
        let mut found = Vec::new();
        for child in &nodes[node].children {
            match nodes[*child].path.is_empty() {
                true => found.extend(self.pages_in(place, *child)),
                false => found.push(*child),
            }
        }
        found
    }
}
