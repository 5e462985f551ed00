//! Words by which people say that a text is not for everybody: stamps on papers, and names of fields and columns.

use super::guarded::{is_held_back, plain, plain_line};
use crate::text::plain::without_tags;
use crate::text::stamps::{self, STAMPS};

/// Whether a line is nothing but a stamp: "DRAFT", "(ฉบับร่าง)", "**ใช้ภายในเท่านั้น**", "> INTERNAL USE ONLY – do not publish".
pub(super) fn is_stamp(line: &str) -> bool {
    if line.starts_with('<') && !line.starts_with("<!") {
        return says_stamp(&without_tags(line));
    }
    // Headings, items, boxes, tables, directives and comments are judged elsewhere, or are about something.
    let other = line.starts_with(['-', '+', ':', '|', '{', '!', '?', '<']);
    let other = other || line.starts_with("* ") || line.starts_with(".. ");
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
        |c: char| matches!(c, ',' | '.' | ';' | '/' | '|' | '·' | '–' | '—' | ':' | '!' | '(' | ')' | '[' | ']' | '#');
    // A point stands within months: พ.ค.
    let words = text.split(|c: char| c.is_whitespace() || marks(c) && c != '.');
    let spaced = text.split(" - ").flat_map(|part| part.split(marks));
    stamps::is_stamp(&plain_line(text)) || are_stamps(spaced) || are_stamps(words)
}

/// Whether each is a stamp or stands beside one, and one is.
fn are_stamps<'t>(mut words: impl Iterator<Item = &'t str>) -> bool {
    let mut any = false;
    // Most lines end this at their first word.
    let all = words.all(|word| {
        let word = plain(word);
        let is_stamp = stamps::is_stamp(&word);
        any |= is_stamp;
        is_stamp || word.is_empty() || is_beside(&word)
    });
    all && any
}

/// Whether a word stands beside stamps: versions, days, urgency.
fn is_beside(word: &str) -> bool {
    const WORDS: [&str; 28] = [
        "version",
        "ver",
        "rev",
        "no",
        "ที่",
        "ครั้งที่",
        "ฉบับที่",
        "ณ",
        "วันที่",
        "ด่วน",
        "ด่วนมาก",
        "ด่วนที่สุด",
        "มค",
        "กพ",
        "มีค",
        "เมย",
        "พค",
        "มิย",
        "กค",
        "สค",
        "กย",
        "ตค",
        "พย",
        "ธค",
        "v",
        "only",
        "until",
        "เท่านั้น",
    ];
    let numeric = word.chars().filter(|c| c.is_numeric()).count();
    // Beside its number a version has a letter or two: v3, 2nd.
    numeric > 0 && word.chars().count() <= numeric + 2 || WORDS.contains(&word)
}

/// Whether a heading or a title is nothing but a stamp. Words that pages are about (`hidden`, `drafts`) are none there.
pub(super) fn is_stamp_title(text: &str) -> bool {
    const NAMES: [&str; 8] =
        ["drafts", "internal", "private", "hidden", "unpublished", "secret", "restricted", "ภายใน"];
    !NAMES.contains(&plain_line(text).as_str()) && says_stamp(text)
}

/// Whether a heading within a page says that what is below it is not for everybody: it is a stamp, or called internal.
pub(crate) fn says_internal(title: &str) -> bool {
    says_stamp(title) || is_internal_name(title) || super::stamped::is_stamped(title)
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
    // `internalNote` is of two words.
    let mut parted = String::new();
    for c in name.chars() {
        let is_new = c.is_uppercase() && parted.ends_with(char::is_lowercase);
        parted.extend(is_new.then_some(' ').into_iter().chain([c]));
    }
    let words: Vec<String> =
        parted.split(|c: char| !c.is_alphanumeric() && !crate::text::chars::is_mark(c)).map(plain).collect();
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
            "internalNote",
            "NoteInternal",
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
            "ใช้ภายในหน่วยงานเท่านั้น",
            "สำหรับเจ้าหน้าที่เท่านั้น",
            "FOR OFFICIAL USE ONLY",
            "ฉบับร่าง ณ วันที่ 5 พ.ค. 2566",
            "Draft version 3",
            "DRAFT 12/5/66",
            "ร่างที่ ๑",
            "(ร่าง ๒)",
            "ด่วนที่สุด ลับมาก",
            "#ลับ #ภายใน",
            "<p align=\"center\">ลับ</p>",
            "<h1>ฉบับร่าง</h1>",
            "ข้อมูลลับ",
            "ลับเฉพาะ",
            "เพื่อใช้ภายในเท่านั้น",
            "ห้ามเผยแพร่ก่อนได้รับอนุญาต",
            "ร่างครั้งที่ 2",
            "DRAFT - NOT FOR DISTRIBUTION",
            "Private and confidential",
            "Embargoed until 2099-01-01",
            "TLP:RED",
        ] {
            assert!(is_stamp(line), "{line}");
        }
        for line in [
            "- draft",
            "# Draft",
            "ร่างแผน",
            "Internal use of water",
            "ลับมีด",
            "Do not publish the key.",
            "ภายในห้องเรียน",
            "ร่างกาย 5 ส่วน",
            "ครั้งที่ 2",
            "<b>ร่างกาย</b>",
        ] {
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
