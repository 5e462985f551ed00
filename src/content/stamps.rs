//! Words by which people say that a text is not for everybody: stamps on papers, and names of fields and columns.

use super::guarded::{is_held_back, plain, plain_line};
use crate::model::held::WORDS as HELD_BACK;

/// Stamps on papers that are not for everybody, besides the words that hold back.
pub(super) const STAMPS: [&str; 22] = [
    "confidentialinternal",
    "forinternaluseonly",
    "forinternaluse",
    "donotpublish",
    "donotdistribute",
    "donotshare",
    "notforpublication",
    "notforpublicrelease",
    "notforrelease",
    "notfordistribution",
    "staffonly",
    "draftonly",
    "ใช้ภายในเท่านั้น",
    "เฉพาะภายใน",
    "เฉพาะภายในเท่านั้น",
    "ใช้เฉพาะภายใน",
    "ใช้เฉพาะภายในเท่านั้น",
    "ใช้ในราชการเท่านั้น",
    "เฉพาะเจ้าหน้าที่",
    "เฉพาะเจ้าหน้าที่เท่านั้น",
    "ห้ามแจกจ่าย",
    "ปกปิด",
];

/// Whether a line is nothing but a stamp: "DRAFT", "(ฉบับร่าง)", "**ใช้ภายในเท่านั้น**", "> INTERNAL USE ONLY – do not publish".
pub(super) fn is_stamp(line: &str) -> bool {
    // Headings, items, boxes, tables and tags are judged elsewhere, or are about something.
    let other = line.starts_with(['-', '+', ':', '|', '<', '{', '!', '?']) || line.starts_with("* ");
    let other = other || line.trim_start_matches(['>', ' ']).starts_with("[!");
    let other = other || line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
    !other && says_stamp(line)
}

/// Whether a text is nothing but stamps and what stands before them: "Confidential / do not publish", "เอกสารนี้ใช้ภายในเท่านั้น".
pub(super) fn says_stamp(text: &str) -> bool {
    const LONGEST: usize = 200;
    if text.len() > LONGEST {
        return false;
    }
    let marks =
        |c: char| matches!(c, ',' | '.' | ';' | '/' | '|' | '·' | '–' | '—' | ':' | '!' | '(' | ')' | '[' | ']');
    let mut parts = text.split(marks).map(plain).filter(|part| !part.is_empty()).peekable();
    is_stamp_word(&plain_line(text)) || parts.peek().is_some() && parts.all(|part| is_stamp_word(&part))
}

/// Whether a word, or all of it behind what names the paper, is a stamp.
fn is_stamp_word(word: &str) -> bool {
    const PAPERS: [&str; 10] = [
        "เอกสารฉบับนี้",
        "เอกสารนี้",
        "เอกสาร",
        "หน้านี้",
        "ข้อมูลนี้",
        "สำหรับ",
        "thisdocumentis",
        "thispageis",
        "thisis",
        "strictly",
    ];
    let is = |word: &str| HELD_BACK.contains(&word) || STAMPS.contains(&word);
    is(word) || PAPERS.iter().filter_map(|paper| word.strip_prefix(paper)).any(is)
}

/// Whether a heading or a title is nothing but a stamp. Words that pages are about (`hidden`, `drafts`) are none there.
pub(super) fn is_stamp_title(text: &str) -> bool {
    const NAMES: [&str; 8] =
        ["drafts", "internal", "private", "hidden", "unpublished", "secret", "restricted", "ภายใน"];
    !NAMES.contains(&plain_line(text).as_str()) && says_stamp(text)
}

/// Whether the name of a field or column says that it is not for everybody: `internal_note`, `note_internal`, `หมายเหตุภายใน`,
/// `หมายเหตุ (ภายใน)`. Names that are about something internal (`internal_audit`, `ประกันคุณภาพภายใน`) do not.
pub(super) fn is_internal_name(name: &str) -> bool {
    const MARKS: [&str; 4] = ["internal", "private", "confidential", "secret"];
    const NOTES: [&str; 14] = [
        "note", "notes", "remark", "remarks", "comment", "comments", "memo", "memos", "use", "only", "data", "info",
        "text", "draft",
    ];
    const THAI: [&str; 8] = ["หมายเหตุ", "บันทึก", "ข้อมูล", "ความเห็น", "ข้อสังเกต", "ข้อความ", "รายละเอียด", "เอกสาร"];
    let words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric() && !crate::text::chars::is_mark(c)).map(plain).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    let whole = plain(name);
    let thai = THAI.iter().filter_map(|word| whole.strip_prefix(word));
    let in_brackets = name.trim().strip_suffix([')', ']']).and_then(|rest| rest.rsplit_once(['(', '[']));
    words.len() > 1 && words.last().is_some_and(|last| MARKS.contains(last))
        || matches!(words.as_slice(), [mark, note] if MARKS.contains(mark) && NOTES.contains(note))
        || thai.into_iter().any(|rest| matches!(rest, "ภายใน" | "ลับ" | "ปกปิด" | "ใช้ภายใน" | "เฉพาะภายใน"))
        || in_brackets.is_some_and(|(_, word)| is_held_back(word) || STAMPS.contains(&plain(word).as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_that_say_internal_are_seen() {
        for name in [
            "internal_note",
            "note_internal",
            "Note (internal)",
            "Internal notes",
            "หมายเหตุภายใน",
            "ผล (ภายใน)",
            "x-private",
        ] {
            assert!(is_internal_name(name), "{name}");
        }
        for name in
            ["note", "internal", "internal_audit", "private_school", "ประกันคุณภาพภายใน", "นิเทศภายใน", "ผล (ร้อยละ)", "ลับ"]
        {
            assert!(!is_internal_name(name), "{name}");
        }
    }

    #[test]
    fn stamps_are_seen_in_lines_and_titles() {
        for line in [
            "DRAFT",
            "(ฉบับร่าง)",
            "**ใช้ภายในเท่านั้น**",
            "> INTERNAL USE ONLY",
            "Confidential – do not distribute",
            "@internal",
            "เอกสารนี้ใช้ภายในเท่านั้น",
            "เอกสารลับ",
            "Strictly confidential.",
            "ลับ / ห้ามเผยแพร่",
        ] {
            assert!(is_stamp(line), "{line}");
        }
        for line in
            ["- draft", "# Draft", "ร่างแผน", "Internal use of water", "ลับมีด", "Do not publish the key.", "ภายในห้องเรียน"]
        {
            assert!(!is_stamp(line), "{line}");
        }
        for title in ["ลับ", "ร่าง", "Draft", "DRAFT", "INTERNAL USE ONLY", "ฉบับร่าง"] {
            assert!(is_stamp_title(title), "{title}");
        }
        for title in ["Hidden", "ภายใน", "Drafts", "Secret", "Draft horses", "ร่างกาย"] {
            assert!(!is_stamp_title(title), "{title}");
        }
    }
}
