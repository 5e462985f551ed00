//! `sala search "…"`: what the portal holds on some words.

use std::fmt::Write as _;

use serde_json::json;

use super::args::SearchArgs;
use super::exit::Exit;
use super::new::kind_of;
use super::terminal::{Terminal, source_date_epoch};
use crate::content;
use crate::diagnostics::nearest;
use crate::model::Lang;
use crate::pipeline;
use crate::site::display;
use std::path::Path;

use crate::search::{self, Answer, Hit, Index, Piece, Query, query};

/// `sala search`: brings the index up to date where it is missing or stale, then asks it.
pub(super) fn find(root: &Path, args: SearchArgs, terminal: &Terminal) -> Exit {
    let lang = if args.english { Lang::EN } else { content::main_language(root) };
    if let Err(exit) = known(root, &args, terminal) {
        return exit;
    }
    let options = pipeline::Options { epoch: source_date_epoch(), ..Default::default() };
    let index = match pipeline::index(root, lang, &options) {
        Ok(index) => index,
        Err(error) => return terminal.not_built(error),
    };
    let kinds = args.kind.into_iter().map(|kind| ("kind".to_owned(), kind));
    let known = &index.meta().settings.facets;
    let facets = args.facet.into_iter().map(|(field, term)| (search::facets::of_term(known, &field, &term), term));
    let facets = facets.chain(kinds).collect();
    let ask = Query { text: args.query, facets, limit: args.limit, ..Query::default() };
    run(&index, &ask, args.json, terminal)
}

/// Whether the kinds, facets and terms exist that the search is limited to.
fn known(root: &Path, args: &SearchArgs, terminal: &Terminal) -> Result<(), Exit> {
    if args.kind.is_empty() && args.facet.is_empty() {
        return Ok(());
    }
    let (portal, _) = content::load(root);
    for kind in &args.kind {
        kind_of(&portal, kind, terminal)?;
    }
    let fields = || portal.schema.kinds.iter().flat_map(|k| &k.fields);
    for (name, term) in &args.facet {
        let of_name: Vec<_> = fields().filter(|f| f.facet && f.id == *name).collect();
        let Some(field) = of_name.first() else {
            let mut names: Vec<&str> = fields().filter(|f| f.facet).map(|f| f.id.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            return Err(no_such(("ตัวกรอง", "facet"), name, &names, terminal));
        };
        let vocabulary = portal.schema.vocabulary_of(field).filter(|_| !field.open);
        if let Some(v) = vocabulary.filter(|v| v.term(term).is_none()) {
            let terms: Vec<&str> = v.terms.iter().map(|t| t.id.as_str()).collect();
            return Err(no_such(("คำ", "term"), term, &terms, terminal));
        }
    }
    Ok(())
}

fn no_such(what: (&str, &str), name: &str, known: &[&str], terminal: &Terminal) -> Exit {
    let list = nearest(name, known.iter().copied()).map_or_else(|| known.join(", "), str::to_string);
    terminal.error(
        &format!("ไม่มี{}ชื่อ “{name}” ที่มี: {list}", what.0),
        &format!("there is no {} `{name}`; known: {list}", what.1),
    );
    Exit::Usage
}

/// Runs the query and prints the hits: with `as_json` one object per line.
pub(crate) fn run(index: &Index, ask: &Query, as_json: bool, terminal: &Terminal) -> Exit {
    let answer = match query(index, ask) {
        Ok(answer) => answer,
        Err(error) => {
            let text = error.to_string();
            terminal.error(&text, &text);
            return Exit::Machine;
        }
    };
    for hit in &answer.hits {
        // The language of the index is that in which a hit says where it stands.
        let lang = Lang::parse(&index.meta().settings.lang).unwrap_or(Lang::TH);
        let sample = Some(display::sample(lang)).filter(|word| hit.breadcrumb.ends_with(word));
        if as_json {
            terminal.data(&line(hit, sample.is_some()));
        } else {
            terminal.data(&shown(hit, sample, terminal.colour));
        }
    }
    if !as_json {
        notes(&answer, terminal);
    }
    Exit::Done
}

fn notes(answer: &Answer, terminal: &Terminal) {
    if let Some(reading) = &answer.reading {
        let kind = reading.kind.as_ref().map_or_else(String::new, |kind| format!(" · kind={kind}"));
        terminal.message(&format!("{} “{}”{kind}", terminal.say("ค้นหา", "searched for"), reading.text));
    }
    if let Some(other) = &answer.switched {
        terminal.message(&format!("{} “{other}”", terminal.say("แสดงผลของ", "showing results for")));
    }
    if let Some(near) = &answer.suggestion {
        terminal.message(&format!("{} “{near}”", terminal.say("คุณหมายถึง", "did you mean")));
    }
    if !answer.synonyms.is_empty() {
        terminal.message(&format!(
            "{} “{}”",
            terminal.say("รวมคำพ้อง", "synonyms included:"),
            answer.synonyms.join("” “")
        ));
    }
    let count = if answer.near && answer.total > 0 {
        terminal.say("รายการที่ใกล้เคียง ไม่มีหน้าใดตรงทั้งหมด", "close results, none matches all of it")
    } else {
        terminal.say("รายการ", "results")
    };
    terminal.message(&format!("{} {count}", answer.total));
}

/// A hit as one JSON object; matches in the excerpt stand in `<mark>`, the
/// rest is escaped for HTML.
fn line(hit: &Hit, sample: bool) -> String {
    let sections: Vec<_> = hit
        .sections
        .iter()
        .map(|s| json!({ "url": s.url, "heading": s.heading, "excerpt": marked(&s.excerpt) }))
        .collect();
    json!({
        "rank": hit.rank,
        "score": hit.score,
        "id": hit.id,
        "kind": hit.kind,
        "illustrative": sample,
        "url": hit.url,
        "title": plain(&hit.title),
        "heading": hit.heading,
        "excerpt": marked(&hit.excerpt),
        "sections": sections,
        "folded": hit.folded.len(),
    })
    .to_string()
}

fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|p| p.text.as_str()).collect()
}

fn marked(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let text = piece.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        if piece.marked {
            let _ = write!(out, "<mark>{text}</mark>");
        } else {
            out.push_str(&text);
        }
    }
    out
}

/// A hit for people: place, title, address, excerpt.
fn shown(hit: &Hit, sample: Option<&str>, colour: bool) -> String {
    let clean = |text: &str| -> String { text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect() };
    let paint = |pieces: &[Piece]| -> String {
        pieces
            .iter()
            .map(|p| match (p.marked, colour) {
                (true, true) => format!("\u{1b}[1m{}\u{1b}[0m", clean(&p.text)),
                _ => clean(&p.text),
            })
            .collect()
    };
    let sample = sample.map_or_else(String::new, |word| format!(" [{word}]"));
    format!("{}. {}{sample}\n   {}\n   {}", hit.rank, paint(&hit.title), hit.url, paint(&hit.excerpt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_text_is_escaped() {
        let pieces = [Piece { text: "<b>&".into(), marked: true }];
        assert_eq!(marked(&pieces), "<mark>&lt;b&gt;&amp;</mark>");
    }
}
