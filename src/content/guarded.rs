//! Keys that decide what is published, however they are written: a slip of the pen must not publish a page.

use super::raw::{Data, Node};

use crate::text::slug::is_letter_or_digit;
use crate::text::stamps::{WORDS as HELD_BACK, is_stamp};

/// What authors of other programs write for these keys, and how the two are called in Thai.
pub(super) const OTHERS: [&str; 14] = [
    "visible",
    "drafts",
    "isdraft",
    "internal",
    "private",
    "hidden",
    "unlisted",
    "unpublished",
    "publish",
    "access",
    "ร่าง",
    "ฉบับร่าง",
    "การมองเห็น",
    "การเผยแพร่",
];

/// Keys besides stamps that hold a page back unless they are denied: `archived: false`. Columns of tables may have such names.
const MORE: [&str; 29] = [
    "sensitive",
    "classified",
    "protected",
    "encrypted",
    "password",
    "headless",
    "ignore",
    "ignored",
    "exclude",
    "excluded",
    "skip",
    "requireslogin",
    "loginrequired",
    "nopublish",
    "dontpublish",
    "deleted",
    "trashed",
    "archived",
    "noindex",
    "nosearch",
    "searchexclude",
    "excludefromsearch",
    "hidefromsearch",
    "navexclude",
    "ความลับ",
    "ชั้นความลับ",
    "ระดับความลับ",
    "การเข้าถึง",
    "ซ่อน",
];

/// Keys under which `false` holds a page back.
pub(super) const SHOWN: [&str; 23] = [
    "share",
    "export",
    "output",
    "public",
    "ispublic",
    "published",
    "ispublished",
    "listed",
    "show",
    "shown",
    "enabled",
    "live",
    "approved",
    "ready",
    "final",
    "list",
    "render",
    "permalink",
    "dgpublish",
    "display",
    "เผยแพร่",
    "เผยแพร่แล้ว",
    "สาธารณะ",
];

/// Beginnings of keys by which other programs hold a page back for some time. Sala publishes at once.
const TIMES: [&str; 10] = [
    "embargo",
    "expir",
    "unpublish",
    "releasedate",
    "publishon",
    "publishat",
    "publishfrom",
    "scheduled",
    "availablefrom",
    "visiblefrom",
];

/// Words in longer keys: `private_page`, `internalOnly`.
const PARTS: [&str; 9] = [
    "private",
    "internal",
    "hidden",
    "secret",
    "confidential",
    "draft",
    "visibleto",
    "sectionsinternal",
    "unpublished",
];

/// Keys that people give the state of a page.
pub(super) const STATES: [&str; 13] = [
    "status",
    "state",
    "stage",
    "audience",
    "classification",
    "poststatus",
    "pagestatus",
    "publishstatus",
    "reviewstatus",
    "สถานะ",
    "สถานะหน้า",
    "ชั้นความลับ",
    "การเผยแพร่",
];
/// Values of a review that is not over.
pub(super) const PENDING: [&str; 18] = [
    "pending",
    "inreview",
    "awaitingreview",
    "unapproved",
    "notapproved",
    "rejected",
    "scheduled",
    "trash",
    "staff",
    "team",
    "teamonly",
    "staffonly",
    "รอตรวจ",
    "รอตรวจสอบ",
    "รออนุมัติ",
    "รอเผยแพร่",
    "รอพิจารณา",
    "ยังไม่อนุมัติ",
];

/// Keys under which people give labels to a page.
const LABELS: [&str; 14] = [
    "tags",
    "tag",
    "labels",
    "label",
    "flags",
    "keywords",
    "keyword",
    "categories",
    "category",
    "แท็ก",
    "ป้าย",
    "หมวด",
    "หมวดหมู่",
    "คำสำคัญ",
];
/// Labels that say it beside others without commas, where they may be words of one: `tags: draft plan`.
const ALONE: [&str; 7] = ["draft", "drafts", "unpublished", "wip", "ร่าง", "ฉบับร่าง", "ไม่เผยแพร่"];

/// Whether a key gives labels to a page.
pub(super) fn is_label(key: &str) -> bool {
    LABELS.contains(&plain(key).as_str())
}

/// Whether one of the labels in a text, which commas part, holds back what bears it: `draft, plan`, `status/draft`.
pub(super) fn is_held_label(text: &str) -> bool {
    let held = |label: &str| is_held_back(label) || label.split('/').any(is_held_back);
    text.split([',', ';', '[', ']', '#', '"', '\'']).any(held)
}

/// Characters that nobody sees.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Letters of a key without case, quotes, spaces and what joins words; wide letters are narrow.
pub(super) fn plain(name: &str) -> String {
    letters(name).collect()
}

/// The same of a line or its value, as much of it as may be one of the words here: they are far shorter.
pub(super) fn plain_line(line: &str) -> String {
    const LONGEST: usize = 80;
    letters(line).take(LONGEST).collect()
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    let of_word = |c: &char| is_letter_or_digit(*c) || crate::text::chars::is_mark(*c);
    name.chars().map(crate::text::chars::narrow).filter(of_word).flat_map(char::to_lowercase)
}

/// Whether a key is nearly one that decides what is published.
pub(super) fn is_near(name: &str) -> bool {
    let near = |key: &str, most: usize| strsim::damerau_levenshtein(name, key) <= most;
    near("visibility", 2)
        || near("internalsections", 3)
        || (name.starts_with('d') && name.len() > 3 && near("draft", 1))
}

/// Whether a key that no page has was meant to hold the page back, by its name, by its value, or by a key in it.
pub(super) fn holds_back(name: &str, node: &Node) -> bool {
    let key = plain(name);
    let inside = match &node.data {
        Data::Scalar(text, _) => {
            let value = plain(text);
            let off = super::words::boolean(text) == Some(false) || matches!(value.as_str(), "never" | "none" | "off");
            HELD_BACK.contains(&value.as_str())
                || off && SHOWN.contains(&key.as_str())
                || STATES.contains(&key.as_str()) && says_held_back(text)
                || (STATES[1..].contains(&key.as_str()) || key.ends_with("status") && key != "status")
                    && PENDING.contains(&value.as_str())
                || key == "status" && matches!(value.as_str(), "trash" | "trashed")
                || key == "robots" && (value.contains("noindex") || value == "none")
                || matches!(value.as_str(), "exclude" | "excluded")
                    && matches!(key.as_str(), "search" | "sitemap" | "index")
                || key == "hide" && super::words::boolean(text) == Some(true)
                || is_label(&key)
                    && (is_held_label(text)
                        || matches!(key.as_str(), "tags" | "tag" | "แท็ก")
                            && text.split_whitespace().any(|word| ALONE.contains(&plain(word).as_str())))
        }
        Data::List(items) if is_label(&key) => items.iter().filter_map(Node::text).any(is_held_label),
        Data::List(items) => items.iter().any(|item| holds_back("", item)),
        Data::Map(pairs) => pairs.iter().any(|(key, node)| holds_back(&key.name, node)),
    };
    let denied = matches!(&node.data, Data::Scalar(text, _) if super::words::boolean(text) == Some(false));
    let part = |word: &&str| key.starts_with(word) || key.ends_with(word);
    is_guarded(name)
        || TIMES.iter().any(|start| key.starts_with(start))
        || !denied && (is_more(&key) || key.is_ascii() && PARTS.iter().any(part))
        || inside
}

/// Whether keys for many pages hold them back; what is denied (`draft: false`) or affirmed (`published: true`) does not.
pub(super) fn hold_back_all(keys: &Node) -> bool {
    const AFFIRMED: [&str; 4] = ["visible", "publish", "การมองเห็น", "การเผยแพร่"];
    match &keys.data {
        Data::List(items) => items.iter().any(hold_back_all),
        Data::Scalar(..) => holds_back("", keys),
        Data::Map(pairs) => pairs.iter().any(|(key, node)| {
            let name = plain(&key.name);
            let shows = SHOWN.contains(&name.as_str()) || AFFIRMED.contains(&name.as_str());
            match node.text().map(|text| (super::words::boolean(text), plain(text))) {
                Some((_, value)) if value == "public" => false,
                Some((Some(said), _)) if shows || is_guarded(&name) => said != shows,
                Some(_) => holds_back(&key.name, node),
                None => hold_back_all(node),
            }
        }),
    }
}

/// Whether a key gives the state of a page.
pub(super) fn is_state(name: &str) -> bool {
    let name = plain(name);
    STATES.contains(&name.as_str()) || name.ends_with("status")
}

/// Whether the state of a page, in words, holds it back: "Draft 2", "for internal use", "ฉบับร่างที่ 3".
pub(super) fn says_held_back(text: &str) -> bool {
    let whole = plain(text);
    let thai = ["ฉบับร่าง", "กำลังร่าง", "ระหว่างร่าง", "ภายใน", "ไม่เผยแพร่", "ห้ามเผยแพร่"]
        .into_iter()
        .any(|words| whole.contains(words));
    let numbered = whole.strip_prefix("ร่าง").is_some_and(|rest| {
        let number = rest.trim_start_matches("ที่");
        !number.is_empty() && number.chars().all(char::is_numeric)
    });
    let thai = thai || numbered;
    HELD_BACK.contains(&whole.as_str())
        || thai
        || text.split(|c: char| !c.is_ascii_alphabetic()).any(|word| HELD_BACK.contains(&plain(word).as_str()))
}

/// Whether a plain key holds a page back unless it is denied.
pub(super) fn is_more(key: &str) -> bool {
    MORE.contains(&key) || is_stamp(key)
}

/// Whether a word holds back what bears it.
pub(super) fn is_held_back(word: &str) -> bool {
    HELD_BACK.contains(&plain(word).as_str())
}

/// Whether a name says of something else that it decides what is published.
pub(super) fn is_guarded(name: &str) -> bool {
    let name = plain(name);
    is_near(&name) || OTHERS.contains(&name.as_str())
}

/// Whether a key of this name holds a page back in other programs, and here where no field has it.
pub(super) fn decides(name: &str) -> bool {
    let name = plain(name);
    is_guarded(&name)
        || is_more(&name)
        || name.starts_with("embargo")
        || matches!(name.as_str(), "public" | "ispublic" | "listed" | "เผยแพร่" | "สาธารณะ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::raw::Scalar;
    use crate::model::Span;

    #[test]
    fn slips_of_the_pen_are_seen() {
        let node = |text: &str| Node::scalar(Span::default(), text, Scalar::Plain);
        for key in [
            "Visibility",
            "visiblity",
            "visibilty",
            "VISIBILITY",
            "visi\u{200b}bility",
            "Draft",
            "darft",
            "draf",
            "is_draft",
        ] {
            assert!(holds_back(key, &node("x")), "{key}");
        }
        for (key, value) in [
            ("status", "Draft"),
            ("internal-section", "x"),
            ("privatePage", "true"),
            ("internal_only", "yes"),
            ("is_public", "false"),
            ("เผยแพร่", "ไม่"),
            ("expiryDate", "2001-01-01"),
            ("embargo_until", "2590-01-01"),
            ("status", "for internal use"),
            ("สถานะ", "ฉบับร่างที่ 2"),
            ("ระดับความลับ", "ลับมาก"),
            ("password", "x"),
            ("members_only", "true"),
            ("review_status", "pending"),
            ("hide", "true"),
            ("dg-publish", "false"),
            ("เฉพาะภายใน", "ใช่"),
            ("publish_at", "2590-01-01"),
            ("archived", "true"),
            ("robots", "noindex, nofollow"),
            ("ซ่อน", "ใช่"),
            ("ยังไม่เผยแพร่", "ใช่"),
            ("เผยแพร่แล้ว", "ไม่"),
            ("not_published", "true"),
            ("staff_only", "true"),
            ("audience", "staff"),
            ("status", "trash"),
            ("tags", "draft, plan"),
            ("tags", "draft plan"),
            ("categories", "ร่าง, แผน"),
            ("tag", "status/draft"),
            ("search_exclude", "true"),
            ("search", "exclude"),
        ] {
            assert!(holds_back(key, &node(value)), "{key}: {value}");
        }
        for key in ["layout", "date", "craft", "author", "ช่อง"] {
            assert!(!holds_back(key, &node("ก")), "{key}");
        }
        for (key, value) in [
            ("public", "true"),
            ("status", "กำลังดำเนินการ"),
            ("status", "in progress"),
            ("search", "false"),
            ("robots", "index"),
            ("archived", "false"),
            ("hide", "navigation"),
            ("status", "pending"),
            ("export", "x"),
            ("tags", "internal audit, plan"),
            ("keywords", "draft horses"),
        ] {
            assert!(!holds_back(key, &node(value)), "{key}: {value}");
        }
    }
}
