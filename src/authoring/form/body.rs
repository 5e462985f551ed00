//! Which text of a page belongs to which input. Every byte belongs to one: a heading that the schema does not know is
//! part of what stands before it.

use crate::markdown;
use crate::model::KindDef;
use crate::visibility::sections;
use std::ops::Range;

/// A section in a body.
pub(super) struct Part {
    /// Place in the kind.
    pub section: usize,
    /// From its heading to its end.
    pub whole: Range<usize>,
    /// From the line behind the heading.
    pub text: Range<usize>,
}

/// A text without the blank lines before it and the white space behind it. The white space with which its first line begins
/// stays: there it makes code, or is that of the whole list.
pub(super) fn without_blank(text: &str) -> &str {
    let text = text.trim_end();
    let first = text.len() - text.trim_start().len();
    &text[text[..first].rfind('\n').map_or(0, |end| end + 1)..]
}

/// The text before the first section, and the sections as they stand.
pub(super) fn parts(kind: &KindDef, body: &str) -> (Range<usize>, Vec<Part>) {
    let outline = markdown::scan(body);
    let mut out: Vec<Part> = Vec::new();
    for heading in &outline.headings {
        let Some(def) = sections::of_heading(kind, heading) else {
            continue;
        };
        let section = kind.sections.iter().position(|s| s.id == def.id).unwrap_or(0);
        // A heading that stands twice is text of the part before.
        if out.iter().any(|p| p.section == section) {
            continue;
        }
        let start = body[..heading.offset].rfind('\n').map_or(0, |i| i + 1);
        let line = heading.end.max(heading.offset);
        // The line behind the heading may have begun already.
        let begun = body[..line].ends_with('\n');
        let text = if begun { line } else { body[line..].find('\n').map_or(body.len(), |i| line + i + 1) };
        if let Some(before) = out.last_mut() {
            before.whole.end = start;
            before.text.end = start.max(before.text.start);
        }
        out.push(Part { section, whole: start..body.len(), text: text..body.len() });
    }
    let lead = 0..out.first().map_or(body.len(), |p| p.whole.start);
    (lead, out)
}

/// The body with other texts: of the lead, and of sections by their place in the kind. A section that is emptied goes
/// with its heading, unless the kind needs it.
pub(super) fn replaced(kind: &KindDef, body: &str, lead: Option<&str>, changed: &[(usize, String)]) -> String {
    let (lead_range, parts) = parts(kind, body);
    let mut pieces: Vec<(usize, String)> =
        parts.iter().map(|p| (p.section, body[p.whole.clone()].to_string())).collect();
    for (section, text) in changed {
        let def = &kind.sections[*section];
        let text = without_blank(text);
        let there = parts.iter().position(|p| p.section == *section);
        let heading = there.map(|i| body[parts[i].whole.start..parts[i].text.start].trim_end().to_string());
        let heading = heading.unwrap_or_else(|| format!("## {}", def.label.th));
        let piece = match (text.is_empty(), def.required) {
            (true, false) => String::new(),
            (true, true) => format!("{heading}\n\n"),
            _ => format!("{heading}\n\n{text}\n\n"),
        };
        match there {
            Some(i) => pieces[i].1 = piece,
            None => {
                // Behind the last of those that stand before it in the kind.
                let at = pieces.iter().rposition(|(s, _)| s < section).map_or(0, |i| i + 1);
                pieces.insert(at, (*section, piece));
            }
        }
    }
    let mut out = match lead.map(without_blank) {
        None => body[lead_range].to_string(),
        Some("") => "\n".into(),
        Some(text) => format!("\n{text}\n\n"),
    };
    for (_, piece) in pieces {
        if !out.is_empty() && !out.ends_with("\n\n") && out != "\n" && !piece.is_empty() {
            out.push_str(if out.ends_with('\n') { "\n" } else { "\n\n" });
        }
        out.push_str(&piece);
    }
    format!("{}\n", out.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Label, SectionDef};

    fn kind() -> KindDef {
        let section = |id: &str, th: &str, required| SectionDef {
            id: id.into(),
            label: Label::new(th, ""),
            required,
            ..SectionDef::default()
        };
        let sections = vec![section("a", "ปัญหา", true), section("b", "วิธีทำ", true), section("c", "ข้อจำกัด", false)];
        KindDef { sections, ..KindDef::default() }
    }

    #[test]
    fn every_byte_belongs_to_one_input() {
        let body =
            "\nนำ\n\n## วิธีทำ\n\nทำ\n\n## นอกแบบ\n\nก\n\n```\n## ปัญหา\n```\n\n## ปัญหา {#a}\n\nข\n\n## วิธีทำ\n\nซ้ำ\n";
        let (lead, parts) = parts(&kind(), body);
        assert_eq!(&body[lead], "\nนำ\n\n");
        let texts: Vec<(usize, &str)> = parts.iter().map(|p| (p.section, body[p.text.clone()].trim())).collect();
        assert_eq!(texts, [(1, "ทำ\n\n## นอกแบบ\n\nก\n\n```\n## ปัญหา\n```"), (0, "ข\n\n## วิธีทำ\n\nซ้ำ")]);
        assert_eq!(replaced(&kind(), body, None, &[]), body, "nothing changed, nothing moved");
    }

    #[test]
    fn sections_come_in_order_and_keep_what_stands_around_them() {
        let body = "\n## วิธีทำ\n\nทำ\n";
        let new = replaced(&kind(), body, None, &[(0, "ป".into()), (2, "จ".into())]);
        assert_eq!(new, "\n## ปัญหา\n\nป\n\n## วิธีทำ\n\nทำ\n\n## ข้อจำกัด\n\nจ\n");
        let new = replaced(&kind(), &new, Some("นำ"), &[(0, String::new()), (2, String::new())]);
        assert_eq!(new, "\nนำ\n\n## ปัญหา\n\n## วิธีทำ\n\nทำ\n");
        assert_eq!(replaced(&KindDef::default(), "\nเดิม\n", Some("ใหม่"), &[]), "\nใหม่\n");
    }
}
