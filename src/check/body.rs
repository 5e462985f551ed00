//! Bodies: links, anchors, images, unsafe links and damaged text.

use super::context::Context;
use super::fields::{graded, is_name_of_file, missing_file, named_as_file, refused};
use super::references::id_hint;
use super::unshown;
use crate::diagnostics::{Code, Diagnostic, Severity, nearest_hint};
use crate::markdown::{self, Dest, FindingKind};
use crate::model::index::Target;
use crate::model::{Entry, EntryId, Label, Span};
use crate::text::slug::WIKI;
use crate::visibility;
use std::cell::{LazyCell, RefCell};
use std::collections::HashMap;

/// Characters of a formula that a message shows.
const LONGEST_SHOWN: usize = 80;

/// Damaged places of one page that are told: `sala fix` repairs all.
const MOST_DAMAGED: usize = 1000;

/// Links and pictures of one page that are told for one reason. Each is looked for among all that it may have meant.
const MOST_LINKS: usize = 200;

pub(crate) fn check(context: &Context<'_>, entry: &Entry) -> Vec<Diagnostic> {
    let mut found = findings(context, entry);
    if entry.draft {
        crate::diagnostics::tolerate_unfinished(&mut found);
    }
    found
}

fn findings(context: &Context<'_>, entry: &Entry) -> Vec<Diagnostic> {
    let analysis = context.portal.analysis(entry);
    let outline = &analysis.outline;
    let mut found = super::sections::required(context, entry, outline);
    found.extend(super::sections::internal(context, entry, outline));
    let Some((file, base)) = context.body(entry) else {
        return found;
    };
    let body = Body { context, entry, base, told: RefCell::default() };
    for link in &outline.links {
        found.extend(body.link(&link.dest, link.offset));
        found.extend(body.case(&link.dest, link.offset));
    }
    for image in &outline.images {
        if let Dest::Relative(path) = markdown::classify(&image.dest)
            && let Some(d) = missing_file(context, entry, &path, context.index.media_path(context.portal, entry, &path))
            && body.tells(d.code)
        {
            let at = body.at(d.code, image.offset, d.message.th, d.message.en).maybe_hint(d.hint);
            found.push(if d.code == Code::FileRefused { at.severity(d.severity) } else { at });
        }
        found.extend(body.case(&image.dest, image.offset));
        if is_name_of_file(&image.alt, &image.dest) {
            found.push(named_as_file(&image.alt, |th, en| body.at(Code::MissingAlt, image.offset, th, en)));
        }
    }
    for finding in analysis.damage.iter().take(MOST_DAMAGED) {
        let hint = finding.replacement.as_ref().map(|r| match r.as_str() {
            "" => Label::new("ลบออกได้ด้วย sala fix", "`sala fix` removes it"),
            r => {
                Label::new(format!("น่าจะเป็น “{r}” ซ่อมได้ด้วย sala fix"), format!("probably `{r}`; `sala fix` repairs it"))
            }
        });
        let span = Span::new(base + finding.range.start, base + finding.range.end);
        found.push(
            Diagnostic::at(Code::DamagedText, file, span, &finding.message_th, &finding.message_en).maybe_hint(hint),
        );
    }
    // What is cut is meant to be nowhere.
    let cut = LazyCell::new(|| visibility::cut_ranges(context.portal, entry));
    let is_cut = |offset: usize| cut.iter().any(|(start, end)| (*start..*end).contains(&offset));
    for finding in &outline.findings {
        let what = &finding.what;
        let mut hint = None;
        let (code, th, en) = match finding.kind {
            FindingKind::RemovedHtml => {
                hint = Some(instead_of(what));
                (
                    Code::RemovedHtml,
                    format!("HTML “{what}” ถูกตัดออกจากหน้าเว็บ"),
                    format!("HTML `{what}` is taken off the page"),
                )
            }
            FindingKind::HidesText => {
                hint = Some(Label::new(
                    "ลบข้อความออก เขียนความเห็นเป็น <!-- … --> หรือใส่ข้อความไว้ใต้หัวข้อภายใน",
                    "take the text out, write a comment as <!-- … -->, or put the text into an internal section",
                ));
                (
                    Code::RemovedHtml,
                    format!("“{what}” ไม่ซ่อนข้อความ ข้อความจะปรากฏบนหน้าเว็บ จึงไม่เผยแพร่หน้านี้"),
                    format!("`{what}` does not hide the text, which would be shown: the page is not published"),
                )
            }
            FindingKind::ForeignComment => {
                hint = Some(match what.starts_with('%') {
                    true => Label::new(
                        "ถ้าเป็นข้อความ เขียน \\% ถ้าเป็นความเห็น เขียน <!-- … -->",
                        "write \\% where it is text, and a comment as <!-- … -->",
                    ),
                    false => Label::new(
                        "เขียนความเห็นเป็น <!-- … --> หรือลบเครื่องหมายนี้ออกให้ข้อความปรากฏ",
                        "write a comment as <!-- … -->, or take the mark out to show the text",
                    ),
                });
                (
                    Code::RemovedHtml,
                    format!("“{what}” ซ่อนข้อความในโปรแกรมอื่น ข้อความถูกตัดออกจากหน้า"),
                    format!("`{what}` hides text in another program; the text is taken off the page"),
                )
            }
            FindingKind::Struck => {
                hint = Some(Label::new("ถ้าถอนข้อความนี้แล้ว ให้ลบออก", "to withdraw the text, delete it"));
                (
                    Code::RemovedHtml,
                    format!("ข้อความขีดฆ่า “{what}” ยังปรากฏบนหน้าเว็บ ในการค้นหา และใน PDF"),
                    format!("text struck through with `{what}` is still on the page, in the search and in PDFs"),
                )
            }
            FindingKind::BadFormula => {
                let what: String = what.chars().take(LONGEST_SHOWN).collect();
                (
                    Code::BadFormula,
                    format!("อ่านสูตร “{what}” ไม่ได้ จะแสดงตามที่เขียน"),
                    format!("formula `{what}` cannot be read; it is shown as written"),
                )
            }
            FindingKind::Scheme => {
                // The letter of a drive: the address is of the writer's machine.
                hint = (what.len() == 1 || what == "file").then(|| {
                    Label::new(
                        "นี่คือที่อยู่บนเครื่องของผู้เขียน วางไฟล์ไว้ข้างไฟล์ของหน้านี้ แล้วเขียนเฉพาะชื่อไฟล์",
                        "this address is of your own machine: put the file beside the page and write its name alone",
                    )
                });
                (
                    Code::UnsafeLink,
                    format!("ลิงก์แบบ “{what}” ใช้ไม่ได้"),
                    format!("links of the form `{what}` are not allowed"),
                )
            }
            FindingKind::MissingAlt => {
                hint = Some(Label::new(
                    "เขียนในวงเล็บ [ ] ว่ารูปแสดงอะไร เช่น ![นักเรียนอ่านหนังสือใต้ต้นไม้](…)",
                    "write between [ and ] what it shows, such as ![Pupils reading under a tree](…)",
                ));
                (
                    Code::MissingAlt,
                    format!("รูป {what} ไม่มีคำบรรยายแทนภาพ"),
                    format!("image {what} has no alternative text"),
                )
            }
            FindingKind::DuplicateId => {
                (Code::DeadAnchor, format!("ชื่อหัวข้อ #{what} ใช้ซ้ำ"), format!("anchor #{what} is used twice"))
            }
            FindingKind::HeadingId => {
                (Code::DeadAnchor, format!("ชื่อหัวข้อ #{what} ใช้ไม่ได้"), format!("#{what} cannot be an anchor"))
            }
            FindingKind::TooDeep => (Code::TooDeep, "เนื้อหาซ้อนลึกเกินไป".to_string(), "nested too deeply".to_string()),
            FindingKind::CellBeyond | FindingKind::UnusedDefinition | FindingKind::UncitedNote => {
                let Some((message, instead)) = unshown::told(finding).filter(|_| !is_cut(finding.offset)) else {
                    continue;
                };
                hint = Some(instead);
                (Code::Unshown, message.th, message.en)
            }
        };
        let told = body.at(code, finding.offset, th, en).maybe_hint(hint);
        let told = if finding.kind == FindingKind::Struck { told.severity(Severity::Note) } else { told };
        // Pages of other programs hold such marks everywhere: the text, or the page, is withheld and the rest goes on. In a
        // typed page it is not sure what was meant.
        let hides = matches!(finding.kind, FindingKind::HidesText | FindingKind::ForeignComment);
        found.push(if hides && entry.typed && !entry.draft { told.severity(Severity::Error) } else { told });
    }
    found
}

/// What to write instead of HTML that is taken out: an element, an attribute or the name of a component.
fn instead_of(what: &str) -> Label {
    match what {
        "iframe" | "video" | "audio" | "embed" | "object" => {
            Label::new("ใส่ลิงก์ไปยังสื่อนั้นแทน: [ชื่อ](https://…)", "write a link to it: [name](https://…)")
        }
        "script" | "style" | "link" | "meta" | "base" | "template" => Label::new(
            "สคริปต์และสไตล์อยู่ในชุดตกแต่ง (themes) ไม่อยู่ในหน้า",
            "scripts and styles belong to the theme, not to a page",
        ),
        "form" | "input" | "button" | "select" | "option" | "textarea" | "label" => {
            Label::new("หน้าเว็บไม่รับข้อมูล ใส่ลิงก์ไปยังแบบฟอร์มแทน", "pages take no input; write a link to the form")
        }
        "svg" | "math" | "canvas" => Label::new(
            "บันทึกเป็นไฟล์รูปข้างหน้านี้ แล้วเขียน ![คำบรรยาย](รูป.svg) สูตรเขียน $…$",
            "save it as a picture beside this page and write ![text](picture.svg); write formulas as $…$",
        ),
        "center" | "font" | "big" | "tt" | "strike" | "marquee" | "blink" | "nobr" => {
            Label::new("ใช้ Markdown เช่น **หนา** และ `โค้ด`", "use Markdown, such as **bold** and `code`")
        }
        "main" | "article" | "header" | "footer" | "nav" | "aside" | "address" => {
            Label::new("ใช้ <div> หรือหัวข้อ ##", "use <div> or a heading ##")
        }
        _ if what.starts_with("on") => Label::new("ลบแอตทริบิวต์นี้ออก", "remove the attribute"),
        _ => Label::new(
            format!("ถ้าต้องการแสดงเป็นข้อความ เขียน `<{what}>` ในเครื่องหมาย ` `"),
            format!("to show it as text, write `<{what}>` between backticks"),
        ),
    }
}

struct Body<'a> {
    context: &'a Context<'a>,
    entry: &'a Entry,
    base: usize,
    /// How many links and pictures were to be told, by reason.
    told: RefCell<HashMap<Code, usize>>,
}

impl Body<'_> {
    /// Whether one more link or picture is told for this reason.
    fn tells(&self, code: Code) -> bool {
        let mut told = self.told.borrow_mut();
        let count = told.entry(code).or_default();
        *count += 1;
        *count <= MOST_LINKS
    }

    /// A finding at an offset of the body; it marks up to the end of the link or line.
    fn at(&self, code: Code, offset: usize, th: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        let text = self.context.portal.body(self.entry);
        let offset = offset.min(text.len());
        let rest = &text[offset..];
        let line = rest.find('\n').unwrap_or(rest.len());
        let end = rest[..line].find(')').map_or(line, |i| i + 1);
        let span = Span::new(self.base + offset, self.base + offset + end.min(120));
        let body = self.entry.body.map_or(self.entry.source, |b| b.source);
        graded(self.entry, Diagnostic::at(code, self.context.source(body), span, th, en))
    }

    fn case(&self, written: &str, offset: usize) -> Option<Diagnostic> {
        if !self.context.index.differs_in_case(self.context.portal, self.entry, written) || !self.tells(Code::OtherCase)
        {
            return None;
        }
        let (th, en) = (
            format!("ชื่อไฟล์ใน “{written}” ต่างจากชื่อจริงที่อักษรตัวใหญ่ตัวเล็ก"),
            format!("`{written}` differs from the name of the file in upper and lower case"),
        );
        Some(self.at(Code::OtherCase, offset, th, en))
    }

    fn link(&self, dest: &str, offset: usize) -> Option<Diagnostic> {
        let (context, portal) = (self.context, self.context.portal);
        match markdown::classify(dest) {
            Dest::Anchor(anchor) => self.anchor(self.entry, &anchor, offset),
            Dest::Id(id) => {
                let (id, anchor) = id.split_once('#').unwrap_or((&id, ""));
                let Some(target) = context.index.entry(portal, id, self.entry.lang) else {
                    if !self.tells(Code::UnknownReference) {
                        return None;
                    }
                    let (th, en) = (format!("ไม่มีหน้ารหัส “{id}”"), format!("there is no entry `{id}`"));
                    return Some(
                        self.at(Code::UnknownReference, offset, th, en)
                            .severity(crate::diagnostics::Severity::Error)
                            .maybe_hint(id_hint(context, id, &[])),
                    );
                };
                self.target(target, anchor, id, offset)
            }
            Dest::Relative(path) => match context.index.resolve(portal, self.entry, &path) {
                Target::Entry(target, anchor) => self.target(target, &anchor, &path, offset),
                Target::Media(media) => {
                    let d = refused(context, self.entry, &media)?;
                    Some(self.at(d.code, offset, d.message.th, d.message.en).severity(d.severity).maybe_hint(d.hint))
                }
                Target::Page(..) => None,
                Target::Missing if !self.tells(Code::DeadLink) => None,
                Target::Missing => {
                    let end = if path.starts_with(WIKI) { "]]" } else { "" };
                    let (th, en) = (format!("ไม่มีปลายทางของลิงก์ {path}{end}"), format!("link {path}{end} leads nowhere"));
                    let name = path.rsplit('/').next().unwrap_or(&path).split('#').next().unwrap_or("");
                    let files = portal.sources.iter().map(|s| s.path.rsplit('/').next().unwrap_or(&s.path));
                    let web = path.to_ascii_lowercase().starts_with("www.").then(|| {
                        Label::new(format!("เติม https:// ข้างหน้า: https://{path}"), format!("try https://{path}"))
                    });
                    let text = || {
                        path.starts_with(WIKI).then(|| {
                            Label::new(
                                "ถ้าวงเล็บคู่เป็นข้อความ เขียน \\[\\[…]]",
                                "double brackets that are text are written \\[\\[…]]",
                            )
                        })
                    };
                    let hint = web.or_else(|| nearest_hint(name, files)).or_else(text);
                    Some(self.at(Code::DeadLink, offset, th, en).maybe_hint(hint))
                }
            },
            _ => None,
        }
    }

    /// A place on the page of an entry, this one or another, that is not there.
    fn anchor(&self, target: &Entry, anchor: &str, offset: usize) -> Option<Diagnostic> {
        let anchor = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy();
        if self.context.has_anchor(target, &anchor) || !self.tells(Code::DeadAnchor) {
            return None;
        }
        let (th, en) = (format!("ไม่มีหัวข้อ #{anchor}"), format!("there is no heading #{anchor}"));
        let analysis = self.context.portal.analysis(target);
        let hint = nearest_hint(&anchor, analysis.outline.anchors.iter().map(String::as_str));
        Some(self.at(Code::DeadAnchor, offset, th, en).maybe_hint(hint))
    }

    fn target(&self, target: EntryId, anchor: &str, written: &str, offset: usize) -> Option<Diagnostic> {
        let target = &self.context.portal.entries[target];
        let options = visibility::Options::default();
        if visibility::is_public(self.entry, options) && !self.context.has_public(&target.id) {
            if !self.tells(Code::HiddenReference) {
                return None;
            }
            let (th, en) = (
                format!("“{written}” เป็นข้อมูลภายในหรือฉบับร่าง ลิงก์จะแสดงเป็นข้อความ"),
                format!("`{written}` is internal or a draft; the link becomes plain text"),
            );
            return Some(self.at(Code::HiddenReference, offset, th, en).severity(Code::HiddenReference.severity()));
        }
        self.anchor(target, anchor, offset)
    }
}
