//! LINE ids: by their labels and links, and in cells below a head that says so.

use super::find::{Class, Match};
use super::normal::Normal;
use crate::text::pattern::constant;
use regex::Regex;
use std::sync::LazyLock;

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"(?:line\.me/(?:r/)?ti/(?:p|g2?)/|lin\.ee/|line://[a-z/]{1,12}/)[@~%]?[^\s)\]<>]{3,80}")
});
/// An id with a sign that no word has, before the name of the program in brackets.
static BEFORE: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?P<id>[a-z][a-z0-9]*[0-9._-][a-z0-9._-]*)[ ]?\((?:id[ ]?)?(?:line|ไลน์)(?:[ ]?id)?\)"));
/// A label with what may be between it and the id.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?P<explicit>(?:line|ไลน์|ไลน)[ ]?[-.:/@_]?[ ]?(?:id|i\.d\.|ไอดี)|(?:id|ไอดี)[ ]?[-.:/]?[ ]?(?:line|ไลน์|ไลน))",
        r"|(?P<plain>line|ไลน์|ไลน)",
    ))
});
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r#"^(?P<words>[ ]?[ก-๙][ก-๙.]{0,23}(?:[ ][ก-๙.]{1,24}){0,2})?[ ]{0,2}(?:(?P<mark>(?:id|ไอดี)[ ]?:?|:[ ]?-?|=>?|->?|คือ|ชื่อ|is|—|→|[.])[ \n]{0,2})?["'“”‘’(\[<`]{0,2}[ ]?"#,
        r"(?P<id>[@~]?[a-z0-9][a-z0-9._-]{2,29})"
    ))
});
/// A cell that holds nothing but what may be an id.
static CELL: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?m)(?:^|\|)[ ]{0,2}(?P<id>[@~]?[a-z0-9][a-z0-9._-]{2,29})"));
/// Words that follow LINE and are no ids.
const WORDS: [&str; 76] = [
    "official",
    "oa",
    "ids",
    "group",
    "groups",
    "openchat",
    "open",
    "chat",
    "notify",
    "bot",
    "app",
    "application",
    "meeting",
    "works",
    "keep",
    "pay",
    "today",
    "call",
    "video",
    "account",
    "and",
    "for",
    "the",
    "are",
    "with",
    "yes",
    "true",
    "false",
    "none",
    "null",
    "http",
    "https",
    "www",
    "com",
    "shop",
    "man",
    "api",
    "sdk",
    "liff",
    "beacon",
    "sticker",
    "stickers",
    "square",
    "album",
    "note",
    "timeline",
    "voom",
    "facebook",
    "messenger",
    "zoom",
    "google",
    "email",
    "e-mail",
    "tel",
    "graph",
    "chart",
    "height",
    "spacing",
    "number",
    "numbers",
    "break",
    "breaks",
    "style",
    "width",
    "items",
    "feed",
    "ending",
    "manager",
    "developers",
    "messaging",
    "platform",
    "xxx",
    "xxxx",
    "lineid",
    "line",
    "n/a",
];
/// What may be between a label and an id without a sign.
const LEADING: [&str; 7] = ["ส่วนตัว", "มาที่", "ที่", "ได้ที่", "ไปที่", "เบอร์", "นี้"];
/// Latin words before LINE that speak of contacts.
const LEADS: [&str; 18] = [
    "id", "add", "my", "contact", "tel", "phone", "or", "and", "via", "facebook", "fb", "ig", "mail", "e-mail",
    "email", "on", "mobile", "no",
];

/// Adds the matches; ranges are bytes of the normal form.
pub(super) fn find(normal: &Normal, finds: &mut Vec<Match>) {
    let text = normal.text.as_str();
    let mut add = |class, range| finds.push(Match { class, range, certain: true });
    if text.contains("lin") {
        for found in LINK.find_iter(text) {
            add(Class::Line, found.range());
        }
    }
    if !text.contains("line") && !text.contains("ไลน") {
        return;
    }
    for id in BEFORE.captures_iter(text).filter_map(|found| found.name("id")) {
        add(Class::Line, id.range());
    }
    if normal.tables.have(&["line", "ไลน"]) {
        for id in CELL.captures_iter(text).filter_map(|found| found.name("id")) {
            let ends = text[id.end()..].trim_start_matches(' ');
            let whole = ends.is_empty() || ends.starts_with(['|', '\n']);
            if whole && is_line_column(normal.head(id.start())) && is_id_of_cell(id.as_str()) {
                add(Class::Line, id.range());
            }
        }
    }
    let mut from = 0;
    for label in LABEL.captures_iter(text) {
        let Some(whole) = label.get(0).filter(|m| m.start() >= from) else { continue };
        if let Some(end) = line_id(normal, whole.start(), whole.end(), label.name("explicit").is_some()) {
            add(Class::Line, whole.start()..end);
            from = end;
        }
    }
}

/// Whether a column is for the LINE ids of people.
fn is_line_column(head: &str) -> bool {
    let group = ["กลุ่ม", "group", "oa", "official", "ลิงก์", "link", "online", "on-line", "ออนไลน์"];
    // A word of its own: no guideline, no timeline, no lines.
    let letter = |c: char| c.is_ascii_alphabetic();
    let is_word =
        |(at, word): (usize, &str)| !head[..at].ends_with(letter) && !head[at + word.len()..].starts_with(letter);
    let named = head.match_indices("line").any(is_word) || head.contains("ไลน");
    named && !group.iter().any(|word| head.contains(word))
}

fn is_id_of_cell(id: &str) -> bool {
    let bare = id.trim_start_matches(['@', '~']);
    let word = WORDS.contains(&bare) || bare.bytes().all(|b| b == b'x');
    bare.len() > 3 && !word && bare.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Where the id after a label ends, if one follows.
fn line_id(normal: &Normal, start: usize, end: usize, explicit: bool) -> Option<usize> {
    let text = normal.text.as_str();
    let latin = text[start..].starts_with(|c: char| c.is_ascii());
    let before = text[..start].chars().next_back();
    // A part of another word: on-line, timeline, hot_line, /line.
    let inside =
        latin && before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '#' | '$' | '{'));
    // สายไลน์ and อะไลน์ are no labels, but กลุ่มไลน์ names a group.
    if inside || normal.before(start, 7).trim_end().ends_with("กลุ่ม") {
        return None;
    }
    let slashed = before == Some('/');
    // LINE@ was the name of accounts of shops and offices.
    let end = if text[end..].starts_with("@:") || text[end..].starts_with("@ :") { end + 1 } else { end };
    let found = BETWEEN.captures(normal.after(end, 90))?;
    let (id, mark) = (found.name("id")?, found.name("mark").map(|m| m.as_str()));
    let words = found.name("words").map_or("", |m| m.as_str().trim());
    let token = id.as_str().trim_end_matches(['.', '-', '_']);
    let glued = latin && id.start() == 0;
    if glued
        || (!words.is_empty()
            && mark.is_none()
            && !LEADING.iter().any(|w| words.starts_with(w))
            && !words.ends_with("ได้ที่")
            && !explicit)
        || words.contains("กลุ่ม")
    {
        return None;
    }
    if mark == Some(".") && !(explicit && found.name("mark").is_some_and(|m| m.end() == id.start())) {
        return None;
    }
    if slashed && mark.is_none() && !explicit {
        return None;
    }
    let bare = token.trim_start_matches(['@', '~']);
    if bare.len() < 3
        || WORDS.contains(&bare)
        || bare.bytes().all(|b| b == b'x')
        || bare.len() + 1 == token.len() && words.contains("ทางการ")
    {
        return None;
    }
    let rest = &text[end + id.start() + id.as_str().len()..];
    if rest.starts_with("://") || (rest.starts_with('/') && bare.contains('.')) || rest.starts_with('@') {
        return None;
    }
    let letters = bare.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    let like_id = (letters > 0 && letters < bare.len())
        || token.len() > bare.len()
        || digits >= 9
        || (bare.len() > 4 && bare.starts_with("kru"));
    let prose = rest.strip_prefix(' ').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_alphabetic()));
    let lead = normal.before(start, 16).trim_end_matches([' ', ':', '/', '(', ',']);
    let word = lead.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next().unwrap_or("");
    let led = word.is_empty() || LEADS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let dotted_host =
        bare.rsplit('.').next().is_some_and(|l| matches!(l, "com" | "th" | "net" | "org" | "html" | "md" | "rs"));
    let spoken = mark == Some("is");
    let good = if explicit && spoken {
        like_id
    } else if explicit {
        (letters > 0 || digits >= 9 || (mark.is_some() && digits >= 4)) && (like_id || mark.is_some() || !prose)
    } else if mark.is_some() {
        (letters > 0 || digits >= 9) && led && !dotted_host && (like_id || !prose || !latin)
    } else if latin {
        like_id && (letters > 0 || digits >= 9) && led && !dotted_host && bare.len() >= 4 && !prose
    } else {
        ((like_id && letters > 0) || digits >= 9) && !dotted_host && bare.len() >= 4
            || (letters >= 4 && !prose && asks(normal, start))
    };
    good.then(|| end + id.start() + token.len())
}

/// Whether the words before a label ask to be in touch.
fn asks(normal: &Normal, start: usize) -> bool {
    let before = normal.before(start, 14);
    ["ทาง", "แอด", "add", "ติดต่อ", "ทัก", "ส่ง", "โทร", "หรือ", "ผ่าน", "("].iter().any(|w| before.contains(w))
}
