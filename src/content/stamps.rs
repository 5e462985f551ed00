//! Words by which people say that a text is not for everybody: stamps on papers, and names of fields and columns.

use crate::model::held::is_slip;
use crate::text::plain::without_tags;
use crate::text::stamp::{self, is_plain_stamp, letters};

/// Greatest length of a stamp in bytes.
const LONGEST: usize = 200;

/// Letters of a key without case, quotes, spaces and what joins words; wide letters are narrow.
pub(super) fn plain(name: &str) -> String {
    letters(name).collect()
}

/// The same of a line or its value, as much of it as may be one of the words here: they are far shorter.
pub(super) fn plain_line(line: &str) -> String {
    const LONGEST: usize = 80;
    letters(line).take(LONGEST).collect()
}

/// Whether a line is nothing but a stamp: "DRAFT", "(ฉบับร่าง)", "**ใช้ภายในเท่านั้น**", "> INTERNAL USE ONLY – do not publish".
pub(super) fn is_stamp(line: &str) -> bool {
    if line.starts_with('<') && !line.starts_with("<!") {
        return bears_stamp(&without_tags(line));
    }
    // The title of a box, behind its name; a picture in front of words; a line between signs.
    let boxed = line.trim_start_matches(['>', ' ']).strip_prefix("[!").and_then(|rest| rest.split_once(']'));
    if let Some((_, title)) = boxed {
        return bears_stamp(title);
    }
    let named = line.strip_prefix(':').and_then(|rest| rest.split_once(':'));
    if let Some((_, words)) = named.filter(|(name, _)| !name.is_empty() && !name.contains(' ')) {
        return bears_stamp(words);
    }
    let braced = line.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    if line.starts_with("--") || braced.is_some_and(|words| words.chars().all(char::is_alphanumeric)) {
        return bears_stamp(line);
    }
    // Headings, items, tables, directives and comments are judged elsewhere, or are about something.
    let other = line.starts_with(['-', '+', ':', '|', '{', '!', '?', '<']);
    let other = other || ["* ", ".. ", "=== \""].iter().any(|mark| line.starts_with(mark));
    let count = line.trim_start_matches(|c: char| c.is_numeric() || c == '(');
    let other = other || count.len() < line.len() && count.starts_with(['.', ')']);
    let other = other || line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
    !other && bears_stamp(line)
}

/// Whether a text is nothing but stamps and what stands before them: "Confidential / do not publish", "เอกสารนี้ใช้ภายในเท่านั้น".
pub(super) fn says_stamp(text: &str) -> bool {
    text.len() <= LONGEST && stamp::is_stamp(&plain(text))
}

/// The same of what stands on a paper: it may wait to be approved as well (`รออนุมัติ`).
pub(super) fn bears_stamp(text: &str) -> bool {
    text.len() <= LONGEST && stamp::is_stamp_of_paper(&plain(text))
}

/// Whether a value, which says who may see a page, shuts some out, by any of its words (`closed`, "login required", `จำกัดสิทธิ์`) or
/// by a denial of showing ("not open", `ไม่แสดง`). What is denied so is open ("not restricted", `ไม่จำกัด`), and so is what there is none of ("no fee").
pub(super) fn shuts_out(value: &str) -> bool {
    const WORDS: &str = "closed only nobody noone noaccess hide hides invisible unlisted protected limited limits limit restriction \
        restrictions login password registered registration";
    const STARTS: [&str; 7] = ["ปิด", "ซ่อน", "จำกัด", "เฉพาะ", "ส่วนตัว", "ความลับ", "ปกปิด"];
    const DENIES: [&str; 5] = ["ยังไม่", "ไม่ใช่", "ไม่", "งด", "ห้าม"];
    let opens = |word: &str| {
        let named = ["open", "visible", "available", "accessible"].contains(&word) || word.starts_with("เปิด");
        named || stamp::tells_of_showing(word)
    };
    /// Denials of what nobody knows, or has to do or pay.
    const OTHERS: [&str; 8] = ["ไม่ระบุ", "ไม่ปรากฏ", "ไม่มี", "ไม่ทราบ", "ไม่พบ", "ไม่ต้อง", "ไม่เสีย", "ไม่คิด"];
    let shuts = |word: &str| {
        let thai = STARTS.iter().any(|start| word.starts_with(start)) || word.ends_with("เท่านั้น");
        thai || WORDS.split_whitespace().any(|known| known == word) || stamp::is_stamp(word) || is_slip(word)
    };
    if value.contains("://") {
        return false;
    }
    let mut denied = false;
    let mut before_none = false;
    for word in words_of(value) {
        let other = OTHERS.iter().any(|start| word.starts_with(start));
        if std::mem::replace(&mut before_none, matches!(&*word, "no" | "non" | "without")) || before_none || other {
            continue;
        }
        let rest = if word == "not" { Some("") } else { DENIES.iter().find_map(|start| word.strip_prefix(start)) };
        let denies = denied || rest.is_some();
        let rest = rest.unwrap_or(&word);
        let small = matches!(rest, "for" | "the" | "to" | "be" | "yet" | "generally");
        denied = rest.is_empty() || denied && small;
        if !denied && if denies { opens(rest) } else { shuts(rest) } {
            return true;
        }
    }
    let whole = plain(value);
    denied || matches!(&*whole, "off" | "me") || shuts(&whole)
}

/// Whether a heading or a title is nothing but a stamp. Words that pages are about (`hidden`, `drafts`, `ข้อมูลภายใน`) are none there.
pub(super) fn is_stamp_title(text: &str) -> bool {
    const NAMES: [&str; 9] =
        ["drafts", "internal", "private", "hidden", "unpublished", "secret", "restricted", "embargo", "ภายใน"];
    let name = plain_line(text);
    let name = name.strip_prefix("ข้อมูล").unwrap_or(&name);
    !NAMES.contains(&name) && bears_stamp(text)
}

/// Whether the first heading of a page is one: behind several `#` it is that of a section.
pub(super) fn is_stamp_heading(line: &str) -> bool {
    let title = line.trim_matches(['#', ' ']);
    let is_of_section = line.starts_with("##") && says_stamp(title) && !is_stamp_of_section(title);
    line.starts_with('#') && is_stamp_title(title) && !is_of_section
}

/// Whether a heading within a page says that what is below it is not for everybody: it is a stamp or bears one, or is a note
/// that is called internal. Whom a section is for (`Teachers only`) and what nobody should share is what it is about.
pub(crate) fn says_internal(title: &str) -> bool {
    // Behind a name a single word says it too: `หมายเหตุ (ภายใน)`.
    let in_brackets = title.trim().strip_suffix([')', ']']).and_then(|rest| rest.rsplit_once(['(', '[']));
    let is_marked = in_brackets.is_some_and(|(_, word)| says_stamp(word) && !is_plain_stamp(&plain(word)));
    is_marked || is_internal_note(title) || is_stamp_of_section(title) || is_stamped_by(title, is_stamp_of_section)
}

/// Whether the name of a column says so: it is or bears a stamp, or is called internal.
pub(super) fn is_internal_column(name: &str) -> bool {
    says_stamp(name) || is_internal_name(name) || is_stamped_by(name, says_stamp)
}

/// Whether a text is nothing but stamps that a section may bear.
fn is_stamp_of_section(text: &str) -> bool {
    text.len() <= LONGEST && stamp::is_stamp_of_section(&plain(text))
}

/// Whether a title bears a stamp: `[ร่าง] …`, `… (internal)`, `DRAFT: …`.
pub(super) fn is_stamped(title: &str) -> bool {
    is_stamped_by(title, bears_stamp)
}

/// The same; `held` tells what is a stamp.
fn is_stamped_by(title: &str, held: fn(&str) -> bool) -> bool {
    // What pages are about as well.
    const NAMES: [&str; 9] =
        ["ภายใน", "ลับ", "secret", "hidden", "private", "internal", "restricted", "embargo", "drafts"];
    let title = title.trim();
    let is_name = |word: &str| NAMES.contains(&&*plain(word));
    let pairs = [
        ('[', ']'),
        ('(', ')'),
        ('【', '】'),
        ('<', '>'),
        ('{', '}'),
        ('（', '）'),
        ('〔', '〕'),
        ('［', '］'),
        ('«', '»'),
    ];
    pairs.iter().any(|(open, close)| {
        let first = title.strip_prefix(*open).and_then(|rest| rest.split_once(*close)).map(|(word, _)| word);
        let last = title.strip_suffix(*close).and_then(|rest| rest.rsplit_once(*open)).map(|(_, word)| word);
        let inside = title.split(*open).skip(1).filter_map(|rest| rest.split_once(*close)).map(|(word, _)| word);
        first.is_some_and(held) || last.is_some_and(held) || inside.into_iter().any(|word| held(word) && !is_name(word))
    }) || {
        let parts: Vec<&str> = title
            .split([':', '：', '–', '—', '|'])
            .flat_map(|part| part.split(" - "))
            .flat_map(|part| part.split(" / "))
            .map(str::trim)
            .collect();
        let first = parts[0];
        let of_case = first.contains(char::is_uppercase) && matches!(&*plain(first), "private" | "internal");
        let of_case = of_case || first == "ลับ";
        let last = parts[parts.len() - 1];
        // A place or a school may be private behind a comma, but nothing else ends so in capitals.
        let shouted = title.rsplit_once(',').is_some_and(|(_, word)| held(word) && !word.contains(char::is_lowercase));
        // A word of its own at either end: `แผน ฉบับร่าง`, `Plan DRAFT`, `เอกสารลับ แผน`. Sentences end with such words of
        // English too, and confidential is said of what follows.
        let words: Vec<&str> = title.split([' ', '_']).filter(|word| !word.is_empty()).collect();
        let capitals = |word: &str| word.len() > 4 && word.bytes().all(|b| b.is_ascii_uppercase()) && held(word);
        let quoted = |word: &str| word.contains(['“', '”', '"', '\'', '‘', '’']);
        let thai = |word: &str| !word.is_ascii() && held(word) && is_plain_stamp(&plain(word));
        // Within some days something is used, and not inside.
        let within = words.get(1).is_some_and(|next| words[0].ends_with("ภายใน") && next.starts_with(char::is_numeric));
        let begins = |word: &str| !quoted(word) && (capitals(word) || thai(word));
        let label = |word: &str| words.len() == 2 || word.starts_with(|c: char| c.is_ascii_uppercase());
        let ends =
            |word: &str| begins(word) || label(word) && held(word) && is_plain_stamp(&plain(word)) && !quoted(word);
        let ends = words.len() > 1
            && (begins(words[0]) && !within
                || words.last().is_some_and(|word| ends(word) || matches!(*word, "ร่าง" | "ฉบับร่าง")));
        shouted
            || ends
            || is_stamped_paper(&words)
            || parts.len() > 1 && (held(first) && (!is_name(first) || of_case) || held(last) && !is_name(last))
    }
}

/// What papers are called.
pub(super) const PAPERS: &str = "minutes budget report list plan memo note notes document documents";

/// Whether an English title is the name of a paper with its stamp before or behind it: `Confidential minutes of the board`, `These
/// minutes are confidential`. Other things are confidential by nature (`Confidential computing`), and lessons tell how to keep them so.
fn is_stamped_paper(words: &[&str]) -> bool {
    const BETWEEN: &str = "is are of";
    const TELLING: &str = "how why when keep keeping";
    let is_paper = |word: &str| PAPERS.split(' ').any(|paper| paper == plain(word));
    let is_held = |word: &str| word.is_ascii() && is_plain_stamp(&plain(word));
    let is_between =
        |word: &str| BETWEEN.split(' ').any(|between| between == word) || word.chars().all(char::is_numeric);
    match words {
        [first, second, ..] if is_held(first) => is_paper(second),
        [first, .., last] if is_held(last) && !TELLING.split(' ').any(|word| word == plain(first)) => {
            words[..words.len() - 1].iter().rev().find(|word| !is_between(word)).is_some_and(|word| is_paper(word))
        }
        _ => false,
    }
}

/// Words that say of a note that it is not for everybody, and what notes are called.
const MARKS: [&str; 5] = ["internal", "private", "confidential", "secret", "staff"];
const NOTES: [&str; 14] = [
    "note", "notes", "remark", "remarks", "comment", "comments", "memo", "memos", "use", "only", "data", "info",
    "text", "draft",
];

/// Whether the name of a field or column says that it is not for everybody: `internal_note`, `note_internal`, `หมายเหตุภายใน`,
/// `หมายเหตุ (ภายใน)`. Names that are about something internal (`internal_audit`, `ประกันคุณภาพภายใน`) do not.
pub(super) fn is_internal_name(name: &str) -> bool {
    let words = words_of(name);
    let whole = plain(name);
    let in_brackets = name.trim().strip_suffix([')', ']']).and_then(|rest| rest.rsplit_once(['(', '[']));
    let glued = || {
        let mut rest = MARKS.iter().filter_map(|mark| whole.strip_prefix(mark));
        words.len() == 1 && rest.any(|rest| NOTES.contains(&rest))
    };
    is_internal_note(name)
        || stamp::is_plain_stamp(&whole)
        || glued()
        || words.len() > 1 && words.last().is_some_and(|last| MARKS.contains(&last.as_str()))
        || matches!(words.as_slice(), [mark, note] if mark == "staff" && NOTES.contains(&note.as_str()))
        || in_brackets.is_some_and(|(_, word)| says_stamp(word))
}

/// Whether a name is that of notes that are called internal: `Internal notes`, `หมายเหตุภายใน`. Those of the staff may be for all.
pub(crate) fn is_internal_note(name: &str) -> bool {
    const THAI: [&str; 8] = ["หมายเหตุ", "บันทึก", "ข้อมูล", "ความเห็น", "ข้อสังเกต", "ข้อความ", "รายละเอียด", "เอกสาร"];
    let whole = plain(name);
    let thai = THAI.iter().filter_map(|word| whole.strip_prefix(word));
    let is_pair = |mark: &str, note: &str| mark != "staff" && MARKS.contains(&mark) && NOTES.contains(&note);
    matches!(words_of(name).as_slice(), [one, other] if is_pair(one, other) || is_pair(other, one))
        || thai.into_iter().any(|rest| matches!(rest, "ภายใน" | "ลับ" | "ปกปิด" | "ใช้ภายใน" | "เฉพาะภายใน"))
}

/// The words of a name, each by its letters.
pub(super) fn words_of(name: &str) -> Vec<String> {
    let words = parted(name);
    let words = words.split(|c: char| !c.is_alphanumeric() && !crate::text::chars::is_mark(c));
    words.map(plain).filter(|word| !word.is_empty()).collect()
}

/// A name with its words apart where capitals part them: `internalNote`.
fn parted(name: &str) -> String {
    let mut small = false;
    let mut parted = String::new();
    for c in name.chars() {
        if small && c.is_uppercase() {
            parted.push(' ');
        }
        small = c.is_lowercase();
        parted.push(c);
    }
    parted
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
            "InternalNote",
            "noteInternal",
            "internalnote",
            "staff_note",
            "เฉพาะผู้บริหาร",
            "งบ (สำหรับเจ้าหน้าที่เท่านั้น)",
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
    fn headings_that_say_that_a_section_is_not_for_everybody_are_seen() {
        for title in [
            "Internal use only",
            "Internal notes",
            "Notes: internal",
            "Notes (confidential)",
            "Remarks internal",
            "หมายเหตุภายใน",
            "ข้อสังเกต (ใช้ภายใน)",
            "ห้ามเผยแพร่",
            "Confidential",
            "Not for publication",
            "Confidential – staff only",
            "Summary: do not publish or share",
            "ผลสอบ ห้ามเผยแพร่",
        ] {
            assert!(says_internal(title), "{title}");
        }
        for title in [
            "เฉพาะครู",
            "เฉพาะนักเรียน",
            "For teachers only",
            "Users only",
            "Members only",
            "กิจกรรม (เฉพาะครู)",
            "กิจกรรม เฉพาะครู",
            "Do not share online",
            "Internet safety: never share online",
            "Photography: do not post",
            "ห้ามแชร์",
            "Draft",
            "Internal",
            "ลับ",
            "ร่างที่ 1",
            "Step 2: Draft",
            "ใช้ภายใน 24 ชั่วโมง",
            "Our staff",
            "Staff notes",
            "Public and private",
            "Keeping it secret",
        ] {
            assert!(!says_internal(title), "{title}");
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
            "รออนุมัติ",
            "Awaiting approval",
            "For review only",
            "Please do not share outside the school.",
            "> [!warning] Draft",
            "--- DRAFT ---",
            ":lock: Internal",
            "{DRAFT}",
            "This page is a draft.",
            "Draft. Do not cite.",
            "Draft for comment",
            "Embargoed until 1 June 2030",
            "EMBARGO: 1 June 2030",
            "=== DRAFT ===",
        ] {
            assert!(is_stamp(line), "{line}");
        }
        for line in [
            "- draft",
            "1. ร่าง",
            "(๒) Draft",
            "# Draft",
            "=== \"Private\"",
            "ร่างแผน",
            "Internal use of water",
            "ลับมีด",
            "Do not publish the key.",
            "ภายในห้องเรียน",
            "ร่างกาย 5 ส่วน",
            "ครั้งที่ 2",
            "<b>ร่างกาย</b>",
            "Pending questions",
            "> [!note] Drafting",
            "> [!draft]",
            ": draft",
            "---",
            "{.draft}",
            "{% draft %}",
            ":draft: of a horse",
            "ห้ามสูบบุหรี่",
            "Do not run in the corridor.",
        ] {
            assert!(!is_stamp(line), "{line}");
        }
        for title in ["ลับ", "ร่าง", "Draft", "DRAFT", "INTERNAL USE ONLY", "ฉบับร่าง"] {
            assert!(is_stamp_title(title), "{title}");
        }
        for title in ["Hidden", "ภายใน", "ข้อมูลภายใน", "Drafts", "Secret", "Draft horses", "ร่างกาย"]
        {
            assert!(!is_stamp_title(title), "{title}");
        }
        assert!(is_stamp_title("ข้อมูลลับ") && is_stamp_title("Staff only") && is_stamp_title("ห้ามแชร์"));
        assert!(is_stamp_heading("# เฉพาะครู") && is_stamp_heading("## ห้ามเผยแพร่") && is_stamp_heading("## รออนุมัติ"));
        assert!(!is_stamp_heading("## Draft") && is_stamp_heading("# Draft"));
        assert!(!is_stamp_heading("## เฉพาะครู") && !is_stamp_heading("## Do not share online"));
    }

    #[test]
    fn stamps_of_titles_are_seen() {
        for title in [
            "DRAFT - Plan",
            "แผน - ร่าง",
            "แผน: ใช้ภายในเท่านั้น",
            "แผน (ร่าง 2)",
            "แผน (ฉบับร่าง ครั้งที่ 2)",
            "Plan (DRAFT v2)",
            "Plan (DRAFT) v2",
            "แผน (ร่าง) ปี 2566",
            "แผน（ร่าง）",
            "แผน 〔ร่าง〕",
            "แผน / ร่าง",
            "แผน «ร่าง»",
            "Plan, DRAFT",
            "แผน ฉบับร่าง",
            "แผน_ร่าง",
            "DRAFT แผน",
            "INTERNAL Plan",
            "เอกสารลับ แผน",
            "Plan confidential",
            "Annual plan Confidential",
            "CONFIDENTIAL plan",
            "แผนปี 2567 (รออนุมัติ)",
            "แผน - รอตรวจสอบ",
            "Plan: awaiting approval",
            "Plan (for review only)",
            "แผน [ห้ามแชร์]",
            "ลับ: แผน",
            "Plan – embargoed until June",
            "Plan (not yet public)",
            "Confidential minutes of the board",
            "Classified budget",
            "Meeting minutes confidential",
            "These minutes are confidential",
        ] {
            assert!(is_stamped(title), "{title}");
        }
        for title in [
            "โรงเรียน - private",
            "นิเทศ (ภายใน) ปี 2566",
            "แผน - ฉบับที่ 2",
            "แผน (2566) - ก",
            "Schools, private",
            "Classified ads",
            "Confidential computing",
            "How counselling stays confidential",
            "How to keep a list confidential",
            "Keeping reports confidential",
            "โครงการที่รออนุมัติ",
            "ใช้ภายใน 7 วัน",
            "Peer review",
            "Plan (approved)",
        ] {
            assert!(!is_stamped(title), "{title}");
        }
        for title in ["[ร่าง] แผน", "แผน (internal)", "DRAFT: แผน", "(ฉบับร่าง) แผน", "แผน【ลับ】", "Confidential – plan"]
        {
            assert!(is_stamped(title), "{title}");
        }
        for title in
            ["แผน", "นิเทศภายใน", "ภายใน: ห้องเรียน", "Draft horses", "แผน (2566)", "[ก] แผน", "ลับ", "Secret: garden"]
        {
            assert!(!is_stamped(title), "{title}");
        }
    }
}
