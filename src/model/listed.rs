//! The order of plain pages as people write it: `nav` in portal.toml, and files `SUMMARY.md` as mdBook and GitBook read them.

use super::config::NavItem;
use crate::markdown::without_hidden;

/// A line of such a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// How deep it lies in the list, from 0.
    pub depth: usize,
    /// Its name; empty: that of the page.
    pub title: String,
    /// The page by its file, relative to the list; none for a heading.
    pub target: Option<String>,
}

/// Every list with the file that its paths start from: those of files, then the one of the settings.
pub(crate) fn lists(read: &[(String, Vec<Item>)], nav: &[NavItem]) -> Vec<(String, Vec<Item>)> {
    let mut lists = read.to_vec();
    let mut items = Vec::new();
    settings(nav, 0, &mut items);
    if !items.is_empty() {
        lists.push(("content/nav".to_owned(), items));
    }
    lists
}

fn settings(nav: &[NavItem], depth: usize, out: &mut Vec<Item>) {
    for item in nav {
        match item {
            NavItem::Page(page) => out.push(Item { depth, title: String::new(), target: Some(page.clone()) }),
            NavItem::Named { title, page, pages } => {
                out.push(Item { depth, title: title.clone(), target: page.clone() });
                settings(pages, depth + 1, out);
            }
        }
    }
}

/// Links in the lines of a list, and before and after it.
pub(crate) fn summary(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    // Columns of the list marks that are open.
    let mut columns: Vec<usize> = Vec::new();
    // What is in a comment is no line of the list.
    let shown = without_hidden(text);
    for line in shown.as_deref().unwrap_or(text).lines() {
        let line = line.replace('\t', "    ");
        let inner = line.trim_start();
        let column = line.len() - inner.len();
        let bullet = inner.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with(' '));
        let Some((title, target)) = link(bullet.unwrap_or(inner).trim_start()) else {
            continue;
        };
        let depth = match bullet {
            None => 0,
            Some(_) => {
                while columns.last().is_some_and(|open| *open >= column) {
                    columns.pop();
                }
                columns.push(column);
                columns.len() - 1
            }
        };
        let target = Some(target.split('#').next().unwrap_or("").to_owned()).filter(|t| !t.is_empty());
        items.push(Item { depth, title, target });
    }
    items
}

/// `[title](target)` at the start of a text.
fn link(text: &str) -> Option<(String, &str)> {
    let (title, rest) = text.strip_prefix('[')?.split_once("](")?;
    let target = match rest.strip_prefix('<') {
        Some(rest) => rest.split_once('>')?.0,
        None => rest.rsplit_once(')')?.0.split(" \"").next()?,
    };
    Some((title.replace('`', "").replace("\\", ""), target.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_gives_depth_title_and_file() {
        let text = "# Summary\n\n[Preface](preface.md)\n\n# Part\n\n- [A `x`](a/README.md)\n  - [B](a/b.md#top)\n    * [C](<a/c d.md>)\n- [Draft]()\n\n[End](end.md)\n";
        let found: Vec<_> =
            summary(text).into_iter().map(|i| (i.depth, i.title, i.target.unwrap_or_default())).collect();
        let wanted = [
            (0, "Preface", "preface.md"),
            (0, "A x", "a/README.md"),
            (1, "B", "a/b.md"),
            (2, "C", "a/c d.md"),
            (0, "Draft", ""),
            (0, "End", "end.md"),
        ];
        assert_eq!(found, wanted.map(|(d, t, p)| (d, t.to_owned(), p.to_owned())));
    }

    #[test]
    fn what_is_in_a_comment_is_no_line() {
        let text = "- [A](a.md)\n<!-- - [B](b.md) -->\n<!--\n- [C](c.md)\n-->\n- [D](d.md) <!-- [E](e.md) -->\n";
        let found: Vec<_> = summary(text).into_iter().map(|item| item.title).collect();
        assert_eq!(found, ["A", "D"]);
    }
}
