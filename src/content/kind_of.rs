//! The kind of a page: as it says itself, or as its folder says.

use super::guarded::{is_label, plain};
use super::raw::{Data, Node};
use crate::diagnostics::{Code, Diagnostic, Severity, nearest_hint};
use crate::model::held::names_internal_kind;
use crate::model::{KindId, Schema, SourceFile};

/// The kind of a page, and what is wrong with what it says of it: its folder decides then.
pub(super) fn page(schema: &Schema, source: &SourceFile, front: Option<&Node>) -> (KindId, Option<Diagnostic>) {
    let written = front.and_then(|front| front.get("kind"));
    if let Some((kind, _)) = written.and_then(Node::text).and_then(|name| schema.kind_named(name)) {
        return (kind, None);
    }
    let home = schema.kind_at(source.path.strip_prefix("content/").unwrap_or(&source.path));
    (home.unwrap_or_else(|| schema.plain_kind()), written.map(|node| unknown(schema, source, node)))
}

/// The finding about a `kind` that names none.
fn unknown(schema: &Schema, source: &SourceFile, node: &Node) -> Diagnostic {
    let found = match node.text() {
        Some(name) => {
            let hint = nearest_hint(name, schema.kinds.iter().map(|kind| kind.id.as_str()));
            let (th, en) = (format!("ไม่มีชนิด “{name}”"), format!("there is no kind `{name}`"));
            Diagnostic::at(Code::UnknownTerm, source, node.span, th, en).maybe_hint(hint)
        }
        None => {
            let (th, en) = ("kind คือรหัสของชนิดหนึ่งชนิด", "`kind` is the id of one kind");
            Diagnostic::at(Code::UnknownTerm, source, node.span, th, en)
        }
    };
    // Other tools have a key of this name. In a portal without kinds it is theirs.
    let foreign = schema.kinds.iter().all(|kind| kind.plain);
    if foreign { found.severity(Severity::Warning) } else { found }
}

/// Whether a key that no page has says of which kind a page is, and names an internal one: `type: memo`, `Kind: [memo]`.
pub(super) fn says_internal(schema: &Schema, name: &str, node: &Node) -> bool {
    const ENDS: &str = "kind kinds type types layout ชนิด ประเภท";
    let key = plain(name);
    let of_kind = ENDS.split(' ').any(|end| key.ends_with(end)) || strsim::damerau_levenshtein(&key, "kind") == 1;
    let named = |node: &Node| node.text().is_some_and(|text| names_internal_kind(schema, text));
    of_kind
        && !is_label(&key)
        && match &node.data {
            Data::List(items) => items.iter().any(named),
            _ => named(node),
        }
}
