//! The files of the schema as trees.

use super::request::What;
use crate::content::files::Reader;
use crate::content::front_matter::{Format, parse};
use crate::content::raw::{Data, Node};

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A kind.
    Kind,
    /// A set of fields.
    Set,
    /// A vocabulary.
    Vocabulary,
    /// A map of imports.
    Import,
    /// A map of a table.
    Table,
    /// `portal.toml`.
    Settings,
    /// Views, products and the like.
    Other,
}

/// A file with its tree.
pub(super) struct SchemaFile {
    pub path: String,
    pub text: String,
    pub node: Node,
    pub place: Place,
    /// Id of the kind or vocabulary, name of the set.
    pub name: String,
}

/// Reads all of them; a file that is no TOML is left out.
pub(super) fn read(reader: &Reader<'_>) -> Vec<SchemaFile> {
    let mut found = Vec::new();
    let mut paths = reader.list("content/_schema", "toml", &mut found);
    paths.extend(reader.list("content/_data", "toml", &mut found));
    paths.push(crate::content::PORTAL_FILE.to_string());
    let file = |path: String| {
        let source = reader.text(&path, &mut Vec::new())?;
        let node = parse(Format::Toml, &source.text, 0).ok()?;
        let folder = path.strip_prefix("content/_schema/").and_then(|rest| rest.split_once('/')).map(|(f, _)| f);
        let place = match folder {
            Some("kinds") => Place::Kind,
            Some("fields") => Place::Set,
            Some("vocabularies") => Place::Vocabulary,
            Some("import") => Place::Import,
            _ if path.starts_with("content/_data/") => Place::Table,
            _ if path == crate::content::PORTAL_FILE => Place::Settings,
            _ => Place::Other,
        };
        let stem = path.rsplit('/').next().unwrap_or(&path).trim_end_matches(".toml");
        let id = node.get("id").and_then(Node::text).filter(|_| place != Place::Set);
        let name = id.unwrap_or(stem).to_string();
        Some(SchemaFile { text: source.text.to_string(), node, place, name, path })
    };
    paths.into_iter().filter_map(file).collect()
}

impl SchemaFile {
    /// The tables of a list such as `[[field]]`.
    pub(super) fn items(&self, key: &str) -> &[Node] {
        list(&self.node, key)
    }

    /// Ids of what the file defines.
    pub(super) fn ids(&self, what: What, table: Option<&str>) -> Vec<String> {
        self.definitions(what, table).iter().filter_map(|item| id(item)).map(str::to_string).collect()
    }

    /// Whether the file defines it.
    pub(super) fn defines(&self, what: What, table: Option<&str>, wanted: &str) -> bool {
        self.definitions(what, table).iter().any(|item| id(item) == Some(wanted))
    }

    /// The tables that define what may be renamed.
    pub(super) fn definitions(&self, what: What, table: Option<&str>) -> Vec<&Node> {
        match (what, self.place) {
            (What::Kind, Place::Kind) => vec![&self.node],
            (What::Section, Place::Kind) => self.items("section").iter().collect(),
            (What::Term, Place::Vocabulary) => self.items("term").iter().collect(),
            (What::Field, Place::Kind | Place::Set) => match table {
                None => self.items("field").iter().collect(),
                Some(table) => {
                    let fields = self.items("field").iter().filter(|f| id(f) == Some(table));
                    fields.flat_map(|f| list(f, "column")).collect()
                }
            },
            _ => Vec::new(),
        }
    }
}

fn list<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    match node.get(key).map(|n| &n.data) {
        Some(Data::List(items)) => items,
        _ => &[],
    }
}

/// The id that a table gives itself.
pub(super) fn id(node: &Node) -> Option<&str> {
    node.get("id").and_then(Node::text)
}
