//! Blocks as the draft of an entry: sections recognised, pictures put beside the page, Thai repaired.

use super::parts::Parts;
use super::reader::Block;
use crate::authoring::draft::{Draft, new_id};
use crate::authoring::names::fold;
use crate::authoring::value::Out;
use crate::diagnostics::{Code, Diagnostic, Severity, nearest};
use crate::model::{KindDef, Portal};
use crate::text::repair::{Confidence, Options, apply, only_certain, repair};

/// A draft with its pictures and findings.
#[derive(Debug, Default)]
pub struct Report {
    /// The draft; its `lead` holds the whole text.
    pub draft: Draft,
    /// Pictures: path relative to the page's folder, and bytes.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// Repairs that were made.
    pub repaired: usize,
    /// Findings: repairs to decide, pictures left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes the draft of a kind; `title` and `id` win over what the document says.
pub fn draft(
    portal: &Portal,
    kind: usize,
    file: &str,
    parts: &Parts,
    blocks: &[Block],
    title: Option<&str>,
    id: Option<&str>,
) -> Report {
    let def = &portal.schema.kinds[kind];
    let mut report = Report::default();
    let own = blocks.iter().position(|b| matches!(b, Block::Heading(0 | 1, _)));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let found = own.and_then(|i| match &blocks[i] {
        Block::Heading(_, text) => Some(text.clone()),
        _ => None,
    });
    let title = title.map(str::to_string).or(found.clone()).unwrap_or_else(|| stem.to_string());
    let title = report.thai(file, &title);
    let id = id.map_or_else(|| new_id(portal, kind, &title), str::to_string);
    // The heading that became the title does not stand in the text again.
    let rest: Vec<&Block> = blocks.iter().enumerate().filter(|(i, _)| Some(*i) != own).map(|(_, b)| b).collect();
    let mut text = String::new();
    let mut present = Vec::new();
    let mut number = 0;
    for (i, block) in rest.iter().enumerate() {
        let tight = matches!((block, i.checked_sub(1).map(|j| rest[j])), (Block::Item(..), Some(Block::Item(..))));
        text.push_str(if text.is_empty() || tight { "" } else { "\n" });
        match block {
            Block::Heading(level, heading) => match section(def, heading) {
                Some(s) if !present.contains(&def.sections[s].id) => {
                    present.push(def.sections[s].id.clone());
                    text.push_str(&format!("## {}\n", def.sections[s].label.th));
                }
                _ => {
                    let marks = "#".repeat(usize::from((*level).clamp(2, 6)));
                    text.push_str(&format!("{marks} {}\n", heading.replace('#', "\\#")));
                }
            },
            Block::Paragraph(paragraph) => text.push_str(&format!("{}\n", guarded(paragraph))),
            Block::Item(level, numbered, item) => {
                let mark = if *numbered { "1." } else { "-" };
                text.push_str(&format!("{}{mark} {item}\n", "   ".repeat(usize::from(*level))));
            }
            Block::Table(rows) => text.push_str(&table(rows)),
            Block::Picture(target, alt) => {
                number += 1;
                match report.picture(file, parts, target, &id, number) {
                    Some(path) => {
                        let alt = if alt.trim().is_empty() {
                            format!("ภาพที่ {number} จากรายงาน (เขียนคำบรรยายแทนภาพ)")
                        } else {
                            alt.trim().replace(['[', ']', '\n'], " ")
                        };
                        text.push_str(&format!("![{alt}]({path})\n"));
                    }
                    None => continue,
                }
            }
        }
    }
    let text = report.thai(file, &text);
    report.draft = Draft {
        kind,
        id,
        keys: vec![("title".into(), Out::Text(title)), ("draft".into(), Out::Bare("true".into()))],
        sections: Vec::new(),
        lead: text,
        present,
        ..Draft::default()
    };
    report
}

/// The section that a heading names, exactly or nearly.
fn section(kind: &KindDef, heading: &str) -> Option<usize> {
    let bare = heading
        .trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ')' | '๐'..='๙'));
    let key = fold(bare);
    let exact = kind.sections.iter().position(|s| fold(&s.label.th) == key || fold(&s.label.en) == key || s.id == bare);
    exact.or_else(|| {
        let near = nearest(bare, kind.sections.iter().map(|s| s.label.th.as_str()))?;
        kind.sections.iter().position(|s| s.label.th == near)
    })
}

/// A paragraph whose first character would make it a list, heading or quotation.
fn guarded(text: &str) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let first = text.chars().next().unwrap_or(' ');
    if matches!(first, '#' | '>' | '+' | '-' | '=') {
        return format!("\\{text}");
    }
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    text.to_string()
}

fn table(rows: &[Vec<String>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for (r, row) in rows.iter().enumerate() {
        let cells: Vec<&str> = (0..width).map(|c| row.get(c).map_or("", String::as_str)).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if r == 0 {
            out.push_str(&format!("|{}\n", " --- |".repeat(width)));
        }
    }
    out
}

impl Report {
    /// Applies the certain repairs of damaged Thai; the others become findings.
    fn thai(&mut self, file: &str, text: &str) -> String {
        let edits = repair(text, Options::default());
        for edit in edits.iter().filter(|e| e.confidence == Confidence::Suggested).take(50) {
            let (old, new) = (text.get(edit.range.clone()).unwrap_or(""), &edit.replacement);
            let line = text[..edit.range.start].lines().count().max(1);
            self.diagnostics.push(
                Diagnostic::new(
                    Code::DamagedText,
                    file,
                    format!("ข้อความใกล้บรรทัด {line} ของร่างอาจเสียหาย: “{old}”"),
                    format!("the text near line {line} of the draft may be damaged: “{old}”"),
                )
                .hint(format!("น่าจะเป็น “{new}”"), format!("probably “{new}”"))
                .severity(Severity::Note),
            );
        }
        let certain = only_certain(&edits);
        self.repaired += certain.len();
        apply(text, &certain)
    }

    fn picture(&mut self, file: &str, parts: &Parts, target: &str, id: &str, number: usize) -> Option<String> {
        let ending = target.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
        let known = matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg");
        match parts.pictures.get(target).filter(|_| known) {
            Some(bytes) => {
                let path = format!("{id}/image-{number}.{ending}");
                self.pictures.push((path.clone(), bytes.clone()));
                Some(path)
            }
            None => {
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::ImportRow,
                        file,
                        format!("ภาพที่ {number} ({target}) แสดงในเว็บไม่ได้ จึงไม่นำเข้า"),
                        format!("picture {number} ({target}) cannot be shown on the web and is left out"),
                    )
                    .hint("บันทึกภาพเป็น PNG หรือ JPEG แล้วใส่เอง", "save it as PNG or JPEG and put it in by hand"),
                );
                None
            }
        }
    }
}
