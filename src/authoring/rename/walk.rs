//! Names in a tree of TOML that speaks of kinds: views, queries, products, and the schema itself.

use super::edits::Edits;
use super::names::{Renaming, is_own};
use super::request::What;
use crate::content::raw::{Data, Node};
use crate::model::{KindId, Span};

/// Keys whose values are kinds.
pub(super) const KINDS: [&str; 6] = ["kind", "kinds", "subjects", "exclude_kinds", "compares", "kind_of"];

/// Keys whose values are no name of a field, section or term, whatever they look like.
const OTHER: [&str; 29] = [
    "papers",
    "file",
    "heads",
    "id",
    "folder",
    "template",
    "handout",
    "schema_org",
    "fields_from",
    "former_folders",
    "type",
    "vocabulary",
    "group",
    "label",
    "plural",
    "description",
    "help",
    "unit",
    "inverse",
    "pattern",
    "was",
    "role",
    "visibility",
    "view",
    "use",
    "title",
    "note",
    "source",
    "file",
];

/// Keys that name tables, beside which columns are named without them, and the key that names fields all the same.
const TABLES: [&str; 3] = ["table", "history", "uptake"];
const FIELDS: [&str; 1] = ["sort"];

/// A tree that is looked through.
pub(super) struct Walk<'a, 'b> {
    pub renaming: &'a Renaming<'a>,
    pub path: &'a str,
    pub text: &'a str,
    pub edits: &'b mut Edits,
    /// Kinds of the pages that show it, for `@field`.
    pub pages: Vec<KindId>,
    /// Whether `kind` and `kinds` say of what the rest speaks; in the schema they say where references lead.
    pub speaks_of_kinds: bool,
}

impl Walk<'_, '_> {
    /// A table in the context of kinds.
    pub(super) fn table(&mut self, node: &Node, context: &[KindId]) {
        let Data::Map(pairs) = &node.data else { return };
        let schema = &self.renaming.portal.schema;
        let used = ["use", "view"].iter().find_map(|key| schema.figures.get(node.get(key)?.text()?));
        let used = used.filter(|_| self.speaks_of_kinds);
        // What a query does not say, the figure that it uses does.
        let said = |key: &str| match node.get(key) {
            Some(value) => Some(texts(value)),
            None => used.and_then(|figure| figure.get(key)).map(|value| match value {
                toml::Value::Array(all) => all.iter().filter_map(toml::Value::as_str).collect(),
                one => one.as_str().into_iter().collect(),
            }),
        };
        let named = |keys: &[&str]| -> Option<Vec<KindId>> {
            let kinds = keys.iter().find_map(|key| said(key))?.into_iter().filter_map(|t| schema.kind(t));
            Some(kinds.map(|(k, _)| k).collect())
        };
        let tables: Vec<&str> = TABLES.iter().filter_map(|key| said(key)).flatten().collect();
        let own = named(&["kind", "kinds"]).filter(|_| self.speaks_of_kinds);
        let subjects = named(&["subjects"]).unwrap_or_default();
        let context = own.as_deref().unwrap_or(context);
        let takes = node.get("vocabulary").and_then(Node::text);
        let takes =
            self.renaming.what == What::Term && takes.is_some_and(|v| self.renaming.owners.iter().any(|o| o == v));
        for (key, value) in pairs {
            match key.name.as_str() {
                key if KINDS.contains(&key) => self.kinds(value),
                "layout" => self.layout(value, context),
                "told_by" => self.told_by(value),
                "chart" => {
                    let Data::Map(parts) = &value.data else { continue };
                    let own = node.get("id").and_then(Node::text).into_iter().collect::<Vec<_>>();
                    parts.iter().for_each(|(_, part)| self.value(part, context, &own));
                }
                "default" if takes => self.terms(value),
                "where" | "not" => self.conditions(value, context),
                "subject_where" => self.conditions(value, &subjects),
                key if OTHER.contains(&key) || key == "default" => {}
                key if TABLES.contains(&key) || FIELDS.contains(&key) => self.value(value, context, &[]),
                _ => self.value(value, context, &tables),
            }
        }
    }

    /// What a page shows: ids of fields and sections, alone or with their look.
    fn layout(&mut self, node: &Node, context: &[KindId]) {
        match &node.data {
            Data::Scalar(..) => self.names(node, context),
            Data::List(items) => items.iter().for_each(|item| self.layout(item, context)),
            Data::Map(pairs) => {
                let named = pairs.iter().filter(|(key, _)| !matches!(key.name.as_str(), "label" | "as" | "icon"));
                named.for_each(|(_, value)| self.layout(value, context));
            }
        }
    }

    /// `kind.field` or `kind.table.column`.
    fn told_by(&mut self, node: &Node) {
        let Some((kind, path)) = node.text().and_then(|text| text.split_once('.')) else { return };
        let renaming = self.renaming;
        let context: Vec<KindId> = renaming.portal.schema.kind(kind).map(|(k, _)| k).into_iter().collect();
        let new_kind = if renaming.what == What::Kind && kind == renaming.old { &renaming.new } else { kind };
        let new_path = renaming.name(&context, path).unwrap_or_else(|| path.to_string());
        let (old, new) = (format!("{kind}.{path}"), format!("{new_kind}.{new_path}"));
        self.put(node.span, &old, &new);
    }

    fn value(&mut self, node: &Node, context: &[KindId], tables: &[&str]) {
        match &node.data {
            Data::Map(_) if node.get("th").is_some() || node.get("en").is_some() => {}
            Data::Map(_) => self.table(node, context),
            Data::List(items) => items.iter().for_each(|item| self.value(item, context, tables)),
            Data::Scalar(text, _) => {
                let column = self.renaming.column(context, tables, text);
                if let Some(new) = column.unwrap_or_else(|| self.name(context, text)) {
                    self.put(node.span, text, &new);
                } else if self.renaming.takes_any(context) && !self.renaming.is_name(context, text) {
                    self.terms(node);
                }
            }
        }
    }

    /// A name, or `@name`: the value of the page's own field.
    fn name(&self, context: &[KindId], text: &str) -> Option<String> {
        if is_own(text) { self.renaming.own(&self.pages, text) } else { self.renaming.name(context, text) }
    }

    /// Conditions: fields with terms.
    pub(super) fn conditions(&mut self, node: &Node, context: &[KindId]) {
        let Data::Map(pairs) = &node.data else { return };
        for (key, value) in pairs {
            if let Some(new) = self.renaming.name(context, &key.name) {
                self.put(key.span, &key.name, &new);
            }
            if self.renaming.takes_at(context, &key.name) {
                self.terms(value);
            } else {
                for (span, text) in scalars(value) {
                    if let Some(new) = is_own(text).then(|| self.name(context, text)).flatten() {
                        self.put(span, text, &new);
                    }
                }
            }
        }
    }

    /// Values that are kinds.
    pub(super) fn kinds(&mut self, node: &Node) {
        if self.renaming.what == What::Kind {
            self.terms(node);
        }
    }

    /// Values that are the old id itself.
    pub(super) fn terms(&mut self, node: &Node) {
        for (span, text) in scalars(node) {
            if text == self.renaming.old {
                let new = self.renaming.new.clone();
                self.put(span, text, &new);
            }
        }
    }

    /// Values that are names of fields and sections.
    pub(super) fn names(&mut self, node: &Node, context: &[KindId]) {
        for (span, text) in scalars(node) {
            if let Some(new) = self.renaming.name(context, text) {
                self.put(span, text, &new);
            }
        }
    }

    /// Puts a new text in the place of a written one.
    pub(super) fn put(&mut self, span: Span, old: &str, new: &str) {
        if old == new {
            return;
        }
        self.edits.scalar(self.path, self.text, span, old, new);
    }
}

/// The single values of a node with their places.
pub(super) fn scalars(node: &Node) -> Vec<(Span, &str)> {
    match &node.data {
        Data::Scalar(text, _) => vec![(node.span, text.as_str())],
        Data::List(items) => items.iter().flat_map(scalars).collect(),
        Data::Map(_) => Vec::new(),
    }
}

fn texts(node: &Node) -> Vec<&str> {
    scalars(node).into_iter().map(|(_, text)| text).collect()
}
