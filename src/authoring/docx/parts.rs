//! The parts of a .docx that the reader looks things up in.

use crate::authoring::import::guard::{Limits, archive};
use crate::authoring::import::refused;
use crate::diagnostics::Diagnostic;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{Cursor, Read};

/// Look-up tables of one document.
#[derive(Debug, Default)]
pub struct Parts {
    /// `word/document.xml`.
    pub document: String,
    /// Heading level by style id; 0 is the title.
    pub headings: HashMap<String, u8>,
    /// Whether a list level is numbered, by list id and level.
    pub numbered: HashMap<(String, u8), bool>,
    /// List id and level of paragraph styles that number or mark their paragraphs.
    pub listed: HashMap<String, (String, u8)>,
    /// Target by relation id.
    pub relations: HashMap<String, String>,
    /// Bytes of pictures by their target.
    pub pictures: HashMap<String, Vec<u8>>,
}

/// An attribute's value, without looking at the prefix of its name.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)
        .and_then(|a| a.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|v| v.into_owned()))
}

/// Reads the parts; refuses what is no .docx or expands too far.
pub fn read(file: &str, bytes: &[u8], limits: &Limits) -> Result<Parts, Diagnostic> {
    if !bytes.starts_with(b"PK") {
        return Err(refused(file, "ไฟล์นี้ไม่ใช่ .docx", "the file is no .docx")
            .hint("เปิดใน Word แล้วบันทึกเป็น .docx", "open it in Word and save it as .docx"));
    }
    archive(file, bytes, limits)?;
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|e| refused(file, format!("เปิดไฟล์ไม่ได้ ({e})"), format!("cannot open the file ({e})")))?;
    let mut text = |name: &str| -> Option<String> {
        let mut out = String::new();
        zip.by_name(name).ok()?.read_to_string(&mut out).ok()?;
        Some(out)
    };
    let Some(document) = text("word/document.xml") else {
        return Err(refused(file, "ไฟล์นี้ไม่มีเนื้อหาของเอกสาร Word", "the file holds no Word document"));
    };
    let mut parts = Parts { document, ..Parts::default() };
    if let Some(xml) = text("word/styles.xml") {
        styles(&xml, &mut parts);
    }
    if let Some(xml) = text("word/numbering.xml") {
        numbering(&xml, &mut parts);
    }
    if let Some(xml) = text("word/_rels/document.xml.rels") {
        each(&xml, |e| {
            if e.local_name().as_ref() == "Relationship"
                && let (Some(id), Some(target)) = (attribute(e, "Id"), attribute(e, "Target"))
            {
                parts.relations.insert(id, target);
            }
        });
    }
    let targets: Vec<String> = parts.relations.values().filter(|t| t.contains("media/")).cloned().collect();
    for target in targets {
        let name = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_string(),
            None => format!("word/{}", target.trim_start_matches("./")),
        };
        let mut data = Vec::new();
        if let Ok(mut part) = zip.by_name(&name)
            && part.read_to_end(&mut data).is_ok()
        {
            parts.pictures.insert(target, data);
        }
    }
    Ok(parts)
}

/// Calls `f` for every start tag.
fn each(xml: &str, mut f: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) => f(&e),
            Ok(Event::Eof) | Err(_) => return,
            _ => {}
        }
    }
}

fn styles(xml: &str, parts: &mut Parts) {
    let mut style = String::new();
    let mut parents: Vec<(String, String)> = Vec::new();
    // `List Number 2` is the second level, whatever list it uses.
    let mut level = 0u8;
    each(xml, |e| match e.local_name().as_ref() {
        "style" => style = attribute(e, "styleId").unwrap_or_default(),
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
        "numId" => {
            if let Some(id) = attribute(e, "val").filter(|v| v != "0") {
                parts.listed.insert(style.clone(), (id, level));
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
            if let Some(list) = parts.listed.get(parent).cloned() {
                parts.listed.entry(child.clone()).or_insert(list);
            }
        }
    }
}

fn numbering(xml: &str, parts: &mut Parts) {
    let (mut list, mut level, mut concrete) = (String::new(), 0u8, String::new());
    let mut formats: HashMap<(String, u8), bool> = HashMap::new();
    let mut lists: Vec<(String, String)> = Vec::new();
    each(xml, |e| match e.local_name().as_ref() {
        "abstractNum" => list = attribute(e, "abstractNumId").unwrap_or_default(),
        "lvl" => level = attribute(e, "ilvl").and_then(|v| v.parse().ok()).unwrap_or(0),
        "numFmt" => {
            let bullet = matches!(attribute(e, "val").as_deref(), Some("bullet" | "none"));
            formats.insert((list.clone(), level), !bullet);
        }
        "num" => concrete = attribute(e, "numId").unwrap_or_default(),
        "abstractNumId" => lists.push((concrete.clone(), attribute(e, "val").unwrap_or_default())),
        _ => {}
    });
    for (id, base) in lists {
        for level in 0..9 {
            if let Some(numbered) = formats.get(&(base.clone(), level)) {
                parts.numbered.insert((id.clone(), level), *numbered);
            }
        }
    }
}
