//! `sala list [KIND]`: what the portal holds.

use super::args::ListArgs;
use super::exit::Exit;
use super::new::kind_of;
use super::terminal::Terminal;
use crate::content;
use crate::model::{Lang, Portal, Visibility};
use crate::site::display::sample;
use serde_json::json;
use std::path::Path;

pub(super) fn run(root: &Path, options: &ListArgs, terminal: &Terminal) -> Exit {
    let (portal, found) = content::load(root);
    let unknown = content::unknown(found);
    terminal.diagnostics(&unknown);
    let exit = if unknown.is_empty() { Exit::Done } else { Exit::Content };
    let Some(name) = &options.kind else {
        kinds(&portal, options.json, terminal);
        return exit;
    };
    let (kind, def) = match kind_of(&portal, name, terminal) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    for entry in portal.entries.iter().filter(|e| e.kind == kind) {
        if options.json {
            let source = &portal.sources[entry.source.0 as usize];
            terminal.data(
                &json!({
                    "id": &*entry.id,
                    "kind": def.id,
                    "lang": entry.lang.code(),
                    "title": entry.title,
                    "visibility": if entry.visibility == Visibility::Public { "public" } else { "internal" },
                    "draft": entry.draft,
                    "illustrative": entry.illustrative,
                    "url": entry.path(),
                    "file": source.path,
                    "line": source.line_col(entry.span.start as usize).0,
                })
                .to_string(),
            );
        } else if entry.main {
            let sample = if entry.illustrative { format!("\t{}", sample(terminal.lang)) } else { String::new() };
            terminal.data(&format!("{}\t{}{sample}", entry.id, entry.title));
        }
    }
    exit
}

fn kinds(portal: &Portal, as_json: bool, terminal: &Terminal) {
    for (k, kind) in portal.schema.kinds.iter_ids() {
        let of = |lang: Lang| portal.entries.iter().filter(|e| e.kind == k && e.lang == lang).count();
        let (count, translated) = (of(portal.config.main()), of(Lang::EN));
        let samples = portal.entries.iter().filter(|e| e.kind == k && e.main && e.illustrative).count();
        if as_json {
            let line = json!({ "kind": kind.id, "label": kind.label, "count": count, "translated": translated, "samples": samples });
            terminal.data(&line.to_string());
        } else {
            let note = if samples > 0 { format!(" ({} {samples})", sample(terminal.lang)) } else { String::new() };
            terminal.data(&format!("{count:>6}  {:<18} {}{note}", kind.id, kind.plural().get(terminal.lang)));
        }
    }
}
