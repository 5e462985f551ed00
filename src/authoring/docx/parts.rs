//! The parts of a .docx that the reader looks things up in.

pub use super::document::Parts;

use super::document::{cut_off, locked};
use super::notes::NoteStyles;
use super::numbering::Numbering;
use crate::authoring::import::guard::{Limits, archive};
use crate::authoring::import::refused;
use crate::authoring::xml::{Archive, attribute, each, is_on, is_whole, text};
use crate::diagnostics::Diagnostic;
use quick_xml::events::Event;

/// Reads the parts; refuses what is no .docx or expands too far.
pub fn read(file: &str, bytes: &[u8], limits: &Limits) -> Result<Parts, Diagnostic> {
    if !bytes.starts_with(b"PK") {
        return Err(locked(file));
    }
    archive(file, bytes, limits)?;
    let mut zip = Archive::open(bytes)
        .map_err(|e| refused(file, format!("เปิดไฟล์ไม่ได้ ({e})"), format!("cannot open the file ({e})")))?;
    if let Some(parts) = super::odt::read(file, &mut zip)? {
        return Ok(parts);
    }
    let main = zip.main_part("word/document.xml");
    let Some(document) = zip.text(&main).filter(|xml| xml.contains("document")) else {
        return Err(refused(file, "ไฟล์นี้ไม่มีเนื้อหาของเอกสาร Word", "the file holds no Word document"));
    };
    if !is_whole(&document) {
        return Err(cut_off(file));
    }
    let relations = zip.relations(&main);
    let of_kind = |kind: &str| -> Vec<String> {
        relations.iter().filter(|(_, k, _)| k == kind).map(|(_, _, target)| target.clone()).collect()
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut part = |kind: &str| {
        let usual = format!("{folder}/{kind}.xml");
        zip.text(&of_kind(kind).pop().unwrap_or(usual))
    };
    let mut parts = Parts { document, ..Parts::default() };
    if let Some(xml) = part("numbering") {
        parts.numbering = Numbering::new(&xml);
    }
    if let Some(xml) = part("styles") {
        styles(&xml, &mut parts);
    }
    parts.note_styles = NoteStyles::new(&part("settings").unwrap_or_default(), &parts.document);
    parts.notes = [part("footnotes"), part("endnotes")];
    if let Some(xml) = part("comments") {
        parts.comments = texts(&xml, "comment");
    }
    for target in [of_kind("header"), of_kind("footer")].concat() {
        if let Some(xml) = zip.text(&target) {
            parts.margins.extend(texts(&xml, "p").into_iter().filter(|t| t.chars().any(char::is_alphabetic)));
        }
    }
    for (_, kind, target) in &relations {
        match kind.as_str() {
            kind if kind == "image" || target.contains("media/") => {
                if let Some(data) = zip.bytes(target) {
                    parts.pictures.insert(target.clone(), data);
                }
            }
            "diagramData" | "chart" | "chartEx" => {
                if let Some(xml) = zip.text(target) {
                    parts.drawings.insert(target.clone(), texts(&xml, if kind == "diagramData" { "pt" } else { "" }));
                }
            }
            _ => {}
        }
    }
    parts.margins.dedup();
    parts.relations = relations.into_iter().map(|(id, _, target)| (id, target)).collect();
    Ok(parts)
}

/// The texts of a part, one for each element of a name; without a name, one for each stretch of text.
fn texts(xml: &str, each: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut out, mut open, mut inside) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e)) => inside = matches!(e.local_name().as_ref(), "t" | "v"),
            Ok(Event::End(e)) => {
                inside = false;
                let name = e.local_name();
                if name.as_ref() == "p" && !open.is_empty() {
                    open.push(' ');
                }
                if name.as_ref() == each || (each.is_empty() && matches!(name.as_ref(), "t" | "v")) {
                    out.push(std::mem::take(&mut open).split_whitespace().collect::<Vec<_>>().join(" "));
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(event) => {
                if let (true, Some(text)) = (inside, text(&event)) {
                    open.push_str(&text);
                }
            }
        }
    }
    out.retain(|text| !text.is_empty());
    out
}

fn styles(xml: &str, parts: &mut Parts) {
    let mut style = String::new();
    let mut parents: Vec<(String, String)> = Vec::new();
    // `List Number 2` is the second level, whatever list it uses.
    let mut level = 0u8;
    each(xml, |e| match e.local_name().as_ref() {
        // The empty name is that of what holds everywhere.
        "style" => style = attribute(e, "styleId").unwrap_or_else(|| "-".into()),
        "name" => {
            let name = attribute(e, "val").unwrap_or_default().to_lowercase();
            level = match name.rsplit_once(' ') {
                Some((list, n)) if list.starts_with("list ") => n.parse().unwrap_or(1u8).clamp(1, 9) - 1,
                _ => 0,
            };
            if name == "title" {
                parts.headings.insert(style.clone(), 0);
            } else if let Some(level) = name.strip_prefix("heading ").and_then(|n| n.trim().parse().ok()) {
                parts.headings.insert(style.clone(), level);
            }
        }
        "vanish" | "strike" | "dstrike" | "color" | "shd" | "sz" | "szCs" => {
            parts.looks.entry(style.clone()).or_default().take_word(e);
        }
        "b" | "bCs" if attribute(e, "val").is_none() || is_on(e, "val") => {
            parts.bold.insert(style.clone());
        }
        "numId" => {
            if let Some(id) = attribute(e, "val").filter(|v| v != "0") {
                parts.numbering.styles.insert(style.clone(), (id, level));
            }
        }
        "ilvl" => level = attribute(e, "val").and_then(|v| v.parse().ok()).unwrap_or(level).min(8),
        "basedOn" => parents.push((style.clone(), attribute(e, "val").unwrap_or_default())),
        "outlineLvl" => {
            if let Some(level) = attribute(e, "val").and_then(|v| v.parse::<u8>().ok()).filter(|l| *l < 9) {
                parts.headings.entry(style.clone()).or_insert(level + 1);
            }
        }
        _ => {}
    });
    for _ in 0..4 {
        for (child, parent) in &parents {
            if let Some(level) = parts.headings.get(parent).copied() {
                parts.headings.entry(child.clone()).or_insert(level);
            }
            if let Some(list) = parts.numbering.styles.get(parent).cloned() {
                parts.numbering.styles.entry(child.clone()).or_insert(list);
            }
            if let Some(look) = parts.looks.get(parent).cloned() {
                let own = parts.looks.entry(child.clone()).or_default();
                *own = own.over(&look);
            }
            if parts.bold.contains(parent) {
                parts.bold.insert(child.clone());
            }
        }
    }
}
