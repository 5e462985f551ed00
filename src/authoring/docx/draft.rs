//! Blocks as the draft of an entry: sections and fields recognised, pictures put next to the page, Thai repaired.

use super::parts::Parts;
use super::picture::{Cut, is_place};
use super::reader::{Block, Omissions};
use super::shape::shaped;
use super::text::{escape, guarded};
use crate::authoring::draft::{Draft, new_id};
use crate::authoring::import::map::ImportMap;
use crate::authoring::listing::Listing;
use crate::authoring::names::fold;
use crate::authoring::value::Out;
use crate::diagnostics::{Code, Diagnostic, Severity, nearest};
use crate::html::{media, smaller};
use crate::model::{KindDef, KindId, Portal, SectionDef, Visibility};
use crate::text::repair::{Confidence, Options, apply, only_certain, repair};
use crate::text::stamp;

/// A draft with its pictures and findings.
#[derive(Debug, Default)]
pub struct Report {
    /// The draft; its `lead` holds the whole text.
    pub draft: Draft,
    /// Pictures: path relative to the page's folder, and bytes.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// Repairs that were made.
    pub repaired: usize,
    /// Findings: repairs to decide, what was left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// A document that has been read.
pub struct Document<'a> {
    /// Name in messages.
    pub file: &'a str,
    /// Its parts.
    pub parts: &'a Parts,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// What is not in the blocks.
    pub left: Omissions,
}

/// Makes the draft of a kind; `map` knows further names of fields; `id` wins over what is made from the title.
pub fn draft(portal: &Portal, kind: KindId, document: Document<'_>, map: &ImportMap, id: Option<&str>) -> Report {
    let def = &portal.schema.kinds[kind];
    let Document { file, parts, blocks, left } = document;
    let mut report = Report::default();
    let blocks = shaped(blocks, &|line, nearly| section(def, line, nearly).is_some());
    // The first heading may be the title, one between the sections is none.
    let is_section = |b: &&Block| matches!(b, Block::Heading(level, text) if section(def, text, *level > 0).is_some());
    let own = blocks
        .iter()
        .take_while(|block| !is_section(block))
        .position(|block| matches!(block, Block::Heading(0 | 1, _)));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let found = own.and_then(|i| match &blocks[i] {
        Block::Heading(_, text) => Some(text.clone()),
        _ => None,
    });
    // The heading that became the title is not in the text again.
    let rest: Vec<Block> = blocks.into_iter().enumerate().filter(|(i, _)| Some(*i) != own).map(|(_, b)| b).collect();
    let (rest, mut keys) = report.fields(portal, kind, file, rest, map);
    let given = keys.iter().find(|(key, _)| key == "title").map(|(_, value)| value.shown());
    let title = found.or(given).unwrap_or_else(|| stem.to_string());
    let title = report.thai(file, &title);
    let id = id.map_or_else(|| new_id(portal, kind, &title), str::to_string);
    let (text, present) = report.text(def, file, parts, &rest, &id);
    let text = report.thai(file, &text);
    report.report_omissions(file, parts, &left);
    keys.retain(|(key, _)| key != "title" && key != "draft");
    keys.insert(0, ("title".into(), Out::Text(title)));
    keys.push(("draft".into(), Out::Bare("true".into())));
    report.draft = Draft { kind, id, keys, lead: text, present, ..Draft::default() };
    report.check(portal, file);
    report
}

/// The section that a heading names, exactly or nearly.
fn section(kind: &KindDef, heading: &str, nearly: bool) -> Option<usize> {
    let bare = heading
        .trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ')' | '๐'..='๙'))
        .trim_end_matches([':', ' ']);
    let key = fold(bare);
    let names = |s: &SectionDef| [fold(&s.label.th), fold(&s.label.en)];
    let exact = kind.sections.iter().position(|s| names(s).contains(&key) || s.id == bare);
    if exact.is_some() || !nearly || key.is_empty() {
        return exact;
    }
    // More words behind the name of an internal section make nothing public.
    let begins = |s: &SectionDef| names(s).iter().any(|name| !name.is_empty() && key.starts_with(name));
    let longer = kind.sections.iter().position(|s| s.visibility == Visibility::Internal && begins(s));
    longer.or_else(|| {
        let near = nearest(bare, kind.sections.iter().map(|s| s.label.th.as_str()))?;
        let s = kind.sections.iter().position(|s| s.label.th == near)?;
        // A stamp beside the name of a public section is no slip of the pen.
        let stamped = stamp::common().iter().any(|word| key.contains(word) && !fold(near).contains(word));
        (!stamped || kind.sections[s].visibility == Visibility::Internal).then_some(s)
    })
}

/// Where headings stand in the document: the level of the one that those below count from, and whether it is that of an
/// internal section.
#[derive(Clone, Copy)]
struct Standing {
    level: u8,
    internal: bool,
}

fn table(rows: &[Vec<String>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for (r, row) in rows.iter().enumerate() {
        let cells = (0..width).map(|c| row.get(c).map_or("", String::as_str));
        // The heads of a table are bold by themselves.
        let cells: Vec<&str> = cells.map(|cell| if r == 0 { unbold(cell) } else { cell }).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if r == 0 {
            out.push_str(&format!("|{}\n", " --- |".repeat(width)));
        }
    }
    out
}

/// A cell without the marks that make all of it bold.
fn unbold(cell: &str) -> &str {
    let inner = cell.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    inner.filter(|inner| !inner.contains('*')).unwrap_or(cell)
}

impl Report {
    /// The text of the page, and the ids of its sections.
    fn text(&mut self, def: &KindDef, file: &str, parts: &Parts, blocks: &[Block], id: &str) -> (String, Vec<String>) {
        let (mut text, mut present, mut number) = (String::new(), Vec::new(), 0);
        let mut listing = Listing::default();
        let mut above: Option<Standing> = None;
        for (i, block) in blocks.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|j| blocks.get(j));
            if !matches!((block, before), (Block::Item(..), Some(Block::Item(..)))) {
                listing = Listing::default();
                text.push_str(if text.is_empty() { "" } else { "\n" });
            }
            match block {
                Block::Heading(level, heading) => {
                    // What stands below an internal section stays in it, whatever it is called.
                    let inside = above.is_some_and(|above| above.internal && *level > above.level);
                    let own = section(def, heading, true).filter(|_| !inside).map(|s| &def.sections[s]);
                    let internal = own.is_some_and(|s| s.visibility == Visibility::Internal);
                    let own = own.filter(|s| internal || !present.contains(&s.id));
                    let below = level.saturating_sub(above.map_or(*level, |above| above.level));
                    if own.is_some() || below == 0 {
                        above = Some(Standing { level: *level, internal });
                    }
                    match own {
                        Some(own) => {
                            if section(def, heading, false).is_none() {
                                self.renamed(file, heading, &own.label.th);
                            }
                            present.push(own.id.clone());
                            text.push_str(&format!("## {}\n", own.label.th));
                        }
                        None => {
                            let marks = "#".repeat(usize::from((2 + below).min(6)));
                            text.push_str(&format!("{marks} {}\n", escape(heading, false).replace('#', "\\#")));
                        }
                    }
                }
                Block::Paragraph(paragraph, _) => text.push_str(&format!("{}\n", guarded(paragraph))),
                Block::Item(level, number, item) => {
                    let (mark, column) = listing.item(*level, *number);
                    let item = guarded(item).replace('\n', &format!("\n{}", " ".repeat(column)));
                    text.push_str(&format!("{mark}{item}\n"));
                }
                Block::Table(rows) => text.push_str(&table(rows)),
                Block::Note(name, note) => text.push_str(&format!("[^{name}]: {}\n", guarded(note))),
                Block::Picture(target, alt, cut) => {
                    number += 1;
                    if let Some(path) = self.picture(file, parts, (target.as_str(), *cut), id, number) {
                        let alt = if is_place(alt.trim()) { "" } else { alt.trim() }.replace(['[', ']', '\n'], " ");
                        if alt.is_empty() {
                            self.no_alt(file, number);
                        }
                        text.push_str(&format!("![{alt}]({path})\n"));
                    }
                }
            }
        }
        (text, present)
    }

    /// A heading that is written as that of a section.
    fn renamed(&mut self, file: &str, heading: &str, label: &str) {
        let th = format!("หัวข้อ “{heading}” เขียนในร่างเป็น “{label}”");
        let en = format!("the heading “{heading}” is written as “{label}” in the draft");
        self.diagnostics.push(Diagnostic::new(Code::ImportRow, file, th, en));
    }

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

    fn no_alt(&mut self, file: &str, number: usize) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::MissingAlt,
                file,
                format!("ภาพที่ {number} ไม่มีคำบรรยายแทนภาพ"),
                format!("picture {number} has no alternative text"),
            )
            .hint("เขียนในวงเล็บ [ ] หน้าภาพว่าภาพแสดงอะไร", "write in the brackets [ ] of the picture what it shows")
            .severity(Severity::Warning),
        );
    }

    fn picture(
        &mut self,
        file: &str,
        parts: &Parts,
        (target, cut): (&str, Cut),
        id: &str,
        number: usize,
    ) -> Option<String> {
        let ending = target.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
        let known = matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg");
        // Without the place, the device and the names that photographs carry: the folder of a portal is shared as well.
        let picture = parts.pictures.get(target).filter(|_| known);
        // Nor comes what was cut off in the document.
        let shown = picture.and_then(|bytes| smaller::without(target, bytes, cut));
        match shown.and_then(|bytes| media::clean(target, bytes)) {
            Some(cleaned) => {
                let path = format!("{id}/image-{number}.{ending}");
                self.pictures.push((path.clone(), cleaned.bytes));
                Some(path)
            }
            None => {
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::ImportRow,
                        file,
                        format!("ภาพที่ {number} ({target}) แสดงหรือครอบตัดในเว็บไม่ได้ จึงไม่นำเข้า"),
                        format!("picture {number} ({target}) cannot be shown or cropped for the web and is left out"),
                    )
                    .hint("บันทึกภาพเป็น PNG หรือ JPEG แล้วใส่เอง", "save it as PNG or JPEG and put it in by hand"),
                );
                None
            }
        }
    }
}
