//! Keys that decide what is published, however they are written: a slip of the pen must not publish a page.

use super::raw::{Data, Key, Node};
use super::stamps::{PAPERS, shuts_out, words_of};
pub(super) use super::stamps::{plain, plain_line};

use crate::markdown::hiding_among;
use crate::text::stamp::{is_paired, is_plain_stamp, is_stamp, is_stamp_of_paper, tells_of_showing};

/// What authors of other programs write for these keys where it hides, and how the two are called in Thai.
const HIDING: [&str; 9] =
    ["drafts", "isdraft", "internal", "private", "hidden", "unlisted", "unpublished", "ร่าง", "ฉบับร่าง"];
/// The same where it says who sees the page.
const SEEING: [&str; 6] = ["visible", "publish", "access", "การมองเห็น", "การเผยแพร่", "การเข้าถึง"];

/// Keys that hold a page back unless they are denied, besides stamps and what leaves out: `headless: false`.
const MORE: &str = "sensitive protected encrypted password headless ignore ignored skip requireslogin loginrequired \
    nopublish deleted trashed archived noindex nosearch hidefromsearch ความลับ ซ่อน";

/// Whether a key or column, by its letters, holds back unless it is denied.
pub(super) fn hides(key: &str) -> bool {
    MORE.split(' ').any(|word| word == key) || key.contains("exclude") && !is_of_list(key) || is_stamp(key)
}

/// Whether a key tells what stands in menus, searches and site maps: what is left out of these is published all the same.
fn is_of_list(key: &str) -> bool {
    ["nav", "menu", "toc", "search", "sitemap"].iter().any(|list| key.contains(list))
}

/// Whether a key or column, by its letters, says whether something is shown.
pub(super) fn shows(key: &str) -> bool {
    SHOWN.split(' ').any(|word| word == key) || tells_of_showing(key)
}

/// Keys under which `false` holds a page back.
const SHOWN: &str = "share export output public ispublic published ispublished listed show shown enabled live approved ready \
    final list render permalink dgpublish display เผยแพร่ เผยแพร่แล้ว สาธารณะ";

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
const PENDING: &str = "กำลังเขียน ยังเขียนไม่เสร็จ รอลง pending inreview underreview forreview rejected scheduled trash hold \
    onhold notready withdrawn retracted suppressed removed staff team notapproved ไม่อนุมัติ ระงับ";

/// Whether a value, by its letters, says of the state of a page or row that it is not ready to be shown, or not any more.
pub(super) fn is_pending(value: &str) -> bool {
    PENDING.split(' ').any(|word| word == value) || is_stamp_of_paper(value)
}

/// Keys under which people give labels to a page.
const LABELS: [&str; 7] = ["tags", "tag", "labels", "label", "flags", "แท็ก", "ป้าย"];
/// The same, of what a page is about.
const TOPICS: [&str; 7] = ["keywords", "keyword", "categories", "category", "หมวด", "หมวดหมู่", "คำสำคัญ"];
/// Labels that say it beside others without commas, where they may be words of one: `tags: draft plan`.
const ALONE: [&str; 7] = ["draft", "drafts", "unpublished", "wip", "ร่าง", "ฉบับร่าง", "ไม่เผยแพร่"];

/// Labels of the steps of writing.
const STEPS: &str = "writing write prewriting brainstorm brainstorming outline outlining revise revising revision edit editing \
    proofread proofreading";

/// Whether a key gives labels to a page.
pub(super) fn is_label(key: &str) -> bool {
    let key = plain(key);
    LABELS.contains(&key.as_str()) || TOPICS.contains(&key.as_str())
}

/// Whether one of the labels in a text, which commas part, holds back what bears it: `draft, plan`, `status/draft`. Under a
/// key of what a page is about (`keywords: private schools, private`) a word is none that tells as well of that.
pub(super) fn is_held_label(key: &str, text: &str) -> bool {
    is_held_among(key, text.split([',', ';', '[', ']', '#', '"', '\'']))
}

/// The same of a list of labels. Beside its opposite a word is what the page is about: `[ภายใน, ภายนอก]`.
fn is_held_among<'t>(key: &str, labels: impl Iterator<Item = &'t str> + Clone) -> bool {
    let is_topic = TOPICS.contains(&plain(key).as_str());
    let has = |other: &str| labels.clone().any(|label| plain(label) == other);
    let paired = |word: &str| is_paired(word, has);
    // A draft beside other steps of writing is one of them.
    let steps = labels.clone().filter(|label| STEPS.split(' ').any(|step| step == plain(label))).count() > 1;
    // Beside others a noun is a subject: secrets, confidential talks.
    let several = labels.clone().count() > 1;
    let is_subject = |word: &str| several && matches!(word, "secret" | "hidden" | "restricted" | "confidential");
    let held = |word: &str, is_whole: bool| {
        let word = plain(word);
        if steps && matches!(word.as_str(), "draft" | "drafts") || is_whole && is_subject(&word) || paired(&word) {
            return false;
        }
        is_plain_stamp(&word) || ALONE.contains(&word.as_str()) || !is_topic && is_stamp(&word)
    };
    // Behind a sign it is a state: `visibility/hidden`.
    let is_part = |label: &str| label.contains('/') && label.split('/').any(|part| held(part, false));
    labels.clone().any(|label| held(label, true) || is_part(label))
}

/// Characters that nobody sees.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
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
    let parted = key.is_ascii() && is_of_page(name, &key);
    let Data::Scalar(text, _) = &node.data else {
        let inside = match &node.data {
            Data::List(items) if is_label(&key) => is_held_among(&key, items.iter().filter_map(Node::text)),
            Data::List(items) => {
                // Staff among several readers are shut out of nothing, and shut out nobody.
                let held = |item: &&Node| holds_back_by_value(&key, item);
                let among = key == "audience" && !items.iter().all(|item| held(&item));
                let staff = |item: &Node| item.text().is_some_and(|text| matches!(&*plain(text), "staff" | "team"));
                items.iter().filter(held).any(|item| !(among && staff(item)))
            }
            // Menus have keys of their own; what is written below the head of a table belongs to it by mistake.
            Data::Map(pairs) if is_of_list(&key) => holds_own(pairs),
            Data::Map(pairs) => pairs.iter().any(|(key, node)| holds_back(&key.name, node)),
            Data::Scalar(..) => false,
        };
        return inside || parted || is_guarded(name) || hides(&key);
    };
    let said = super::words::boolean(text);
    let value = plain(text);
    let open = is_open(&value);
    let is_never = matches!(value.as_str(), "none" | "never");
    let denied = said == Some(false) || is_never || value == "null";
    // What never ends is shown; what is never published is not.
    let ends = "embargo expir unpublish".split(' ').any(|start| key.starts_with(start));
    // A password is whatever it says, and nothing is secret to all but what all are shut out of.
    let whom = matches!(value.as_str(), "all" | "everyone" | "anyone" | "ทุกคน");
    let tells_level = key != "password" && !key.contains("exclude") && !whom;
    let shown = open && tells_level;
    let empty = value.is_empty();
    if is_near(&key) {
        // A slip of the pen; what it says may be read all the same.
        return !(open || key.starts_with('d') && denied);
    }
    is_hiding(&key) && !denied
        || matches!(key.as_str(), "visible" | "publish" | "การมองเห็น") && said != Some(true) && !open
        || SEEING.contains(&key.as_str()) && (denied || is_held_value(text))
        || key == "ชั้นความลับ" && !denied && is_held_value(text)
        || TIMES.iter().any(|start| key.starts_with(start)) && !empty && !(denied && (ends || !is_never))
        || hides(&key) && !denied && !shown && !empty
        || parted && (said == Some(true) || is_stamp(&value) || key == "visibleto" && !open && !empty)
        || holds_back_by_value(&key, node)
}

/// Whether a value, by its letters, says that everybody may see what bears it.
fn is_open(value: &str) -> bool {
    const OPEN: [&str; 12] =
        ["public", "open", "free", "everyone", "anyone", "all", "สาธารณะ", "เปิดเผย", "ทุกคน", "ฟรี", "ทั่วไป", "ปกติ"];
    OPEN.contains(&value)
}

/// Whether a value says of who may see a page that some may not.
fn is_held_value(text: &str) -> bool {
    let whole = plain(text);
    is_pending(&whole) || is_held_in_thai(&whole) || shuts_out(text)
}

/// What stands in a key behind a word that holds back, where it is the page, its state, who sees it or where: `private_page`,
/// `draft_flag`, `hidden_from_public`, `hidden_on_web`.
const OF_PAGE: &str = "page post article entry doc content lesson file section version status state stage phase flag mode access \
    sharing visibility view viewer audience info information data site web everywhere since still by on only from for to in";

/// Whether a key says with one of the [`PARTS`] that the page is held back. Behind such a word stands what is private, draft or
/// hidden: the page, or a thing of its own (`private_key`, `hidden_gem`). A draft may be the page, whatever of: `draft_policy`.
fn is_of_page(name: &str, key: &str) -> bool {
    let words = words_of(name);
    let is_page = |word: &str| {
        let mut pages = OF_PAGE.split_whitespace().chain(PAPERS.split(' '));
        pages.any(|page| page == word.strip_suffix('s').unwrap_or(word) || page == word)
    };
    let behind = |rest: &str| {
        rest.is_empty() || is_page(rest) || words.get(1).is_some_and(|next| rest.starts_with(next) && is_page(next))
    };
    PARTS.iter().filter_map(|word| key.strip_prefix(word)).any(behind)
        || words.len() > 1 && words[0] == "draft" && !is_of_thing(key)
        || PARTS.iter().filter_map(|word| key.strip_suffix(word)).any(|rest| !is_of_thing(rest))
}

/// Whether a key, by its letters, is about a thing that is private, internal or hidden without regard to the page:
/// `evaluation: internal`, `ownership: private`. What another key says so it says of the page.
fn is_of_thing(key: &str) -> bool {
    const THINGS: &str = "school college universit sector network link ownership evaluat assess audit control source funding \
        curricul validity combustion medicine cost market compan figure animal horse hospital institut training motivation \
        energy factor location position overflow comments image toc nav menu sidebar header footer \
        ประเมิน ตรวจสอบ ควบคุม นิเทศ ประกันคุณภาพ เครือข่าย โรงเรียน สถานศึกษา สังกัด ปัจจัย สภาพแวดล้อม พื้นที่";
    let has = |part: &str| key.contains(part);
    THINGS.split_whitespace().any(has) && !["docum", "access", "page", "เผยแพร่"].into_iter().any(has)
}

/// What schools, audits and parts of a page are as well.
pub(super) const OF_THINGS: [&str; 4] = ["private", "internal", "hidden", "ภายใน"];

/// Whether a key that hides a page stands below another, as where it was written behind the head of a table.
pub(super) fn holds_within(node: &Node) -> bool {
    match &node.data {
        Data::Map(pairs) => holds_own(pairs),
        Data::List(items) => items.iter().any(holds_within),
        Data::Scalar(..) => false,
    }
}

fn holds_own(pairs: &[(Key, Node)]) -> bool {
    pairs.iter().any(|(key, node)| {
        let name = plain(&key.name);
        let own = (is_near(&name) || name == "internalsections") && holds_back(&key.name, node);
        own || holds_within(node)
    })
}

/// Whether the value of a key, given by its letters, holds the page back. Words that tell as well what a page is about do so
/// only where the key is not about that: `school_type: private`.
fn holds_back_by_value(key: &str, node: &Node) -> bool {
    /// Parts of keys that tell what the page is about, what kind of thing that is, or how the page is called.
    const OF_TOPIC: &str = "sector section genre theme format subject area หมวด เรื่อง สาระ title name slug url parent";
    const CLASSES: &str = "classname bodyclass cssclass cssclasses classes";
    let is_topic = OF_TOPIC.split(' ').any(|part| key.contains(part))
        || TOPICS.contains(&key)
        || key.ends_with("type")
        || key.ends_with("label")
        || key == "ประเภท";
    let Data::Scalar(text, _) = &node.data else { return holds_back(key, node) };
    let is_topic = is_topic || text.starts_with('/') && text.len() > 1 || text.contains("://");
    let value = plain(text);
    let off = super::words::boolean(text) == Some(false) || matches!(value.as_str(), "never" | "none" | "off");
    // Readers may be called by such words: private schools.
    let state = STATES.contains(&key) && key != "audience";
    let of_thing = OF_THINGS.contains(&&*value) && is_of_thing(key);
    is_plain_stamp(&value)
        || ALONE.contains(&value.as_str())
        || is_stamp(&value) && !is_topic && !is_label(key) && !of_thing
        || CLASSES.split(' ').any(|end| key.ends_with(end)) && hiding_among(text.split_whitespace()).is_some()
        || off && shows(key)
        || state && says_held_back(text)
        || key == "audience"
            && !value.is_empty()
            && text.split_whitespace().map(plain).all(|word| is_stamp(&word) || is_pending(&word))
        || (STATES[1..].contains(&key) || key.ends_with("status") && key != "status") && is_pending(&value)
        || key == "status" && matches!(value.as_str(), "trash" | "trashed")
        || key == "robots" && (value.contains("noindex") || value == "none")
        || key == "hide" && super::words::boolean(text) == Some(true)
        || is_label(key)
            && (is_held_label(key, text)
                || matches!(key, "tags" | "tag" | "แท็ก")
                    && !text.contains(',')
                    && text.split_whitespace().any(|word| ALONE.contains(&plain(word).as_str())))
}

/// Whether keys for many pages hold them back. Lists of other things than keys for pages (`features` of a map) do not.
pub(super) fn hold_back_all(keys: &Node) -> bool {
    const OF_PAGES: [&str; 3] = ["cascade", "defaults", "values"];
    let Data::Map(pairs) = &keys.data else {
        return matches!(&keys.data, Data::List(items) if items.iter().any(hold_back_all));
    };
    pairs.iter().any(|(key, node)| match &node.data {
        // The label of a folder is its name in a menu.
        Data::Scalar(..) => key.name != "label" && holds_back(&key.name, node),
        Data::List(items) if OF_PAGES.contains(&plain(&key.name).as_str()) => items.iter().any(hold_back_all),
        Data::List(_) => {
            let name = plain(&key.name);
            let of_page = is_label(&name) || is_guarded(&name) || STATES.contains(&name.as_str());
            of_page && holds_back(&key.name, node)
        }
        Data::Map(_) => hold_back_all(node),
    })
}

/// Whether a key gives the state of a page.
pub(super) fn is_state(name: &str) -> bool {
    let name = plain(name);
    STATES.contains(&name.as_str()) || name.ends_with("status")
}

/// Whether the state of a page, in words, holds it back: "Draft 2", "for internal use", "ฉบับร่างที่ 3".
pub(super) fn says_held_back(text: &str) -> bool {
    let whole = plain(text);
    let mut english = text.split(|c: char| !c.is_ascii_alphabetic());
    is_stamp(&whole) || is_held_in_thai(&whole) || english.any(is_held_back)
}

/// The same of its letters, where the words are Thai.
fn is_held_in_thai(state: &str) -> bool {
    const HELD: [&str; 5] = ["ฉบับร่าง", "กำลังร่าง", "ระหว่างร่าง", "ไม่เผยแพร่", "ห้ามเผยแพร่"];
    let numbered = state.strip_prefix("ร่าง").is_some_and(|rest| {
        let number = rest.trim_start_matches("ที่");
        !number.is_empty() && number.chars().all(char::is_numeric)
    });
    HELD.iter().any(|words| state.contains(words)) || is_for_inside(state) || numbered
}

/// Whether a state ends with `ภายใน`, or says of a paper that it is used or made known there (`เอกสารภายในหน่วยงาน`). What is done
/// within a school or five days is within them as well.
fn is_for_inside(state: &str) -> bool {
    const PAPER: [&str; 3] = ["เอกสาร", "เผยแพร่", "ใช้"];
    const TIME: [&str; 8] = ["วัน", "เดือน", "ปี", "สิ้น", "กำหนด", "ต้น", "กลาง", "เวลา"];
    state.match_indices("ภายใน").any(|(at, word)| {
        let (before, after) = (&state[..at], &state[at + word.len()..]);
        let time = after.starts_with(char::is_numeric) || TIME.iter().any(|word| after.starts_with(word));
        after.is_empty() || PAPER.iter().any(|paper| before.ends_with(paper)) && !time
    })
}

/// Whether a word holds back what bears it.
pub(super) fn is_held_back(word: &str) -> bool {
    is_stamp(&plain(word))
}

/// Whether a key is a slip of the pen for one that decides what is published.
pub(super) fn is_slip(name: &str) -> bool {
    is_near(&plain(name))
}

/// Whether a key and its value say in so many words that the page is hidden or a draft: beside `visibility = "public"` they
/// contradict it.
pub(super) fn contradicts(name: &str, node: &Node) -> bool {
    let (name, text) = (plain(name), node.text().unwrap_or(""));
    let value = plain(text);
    is_hiding(&name) && super::words::boolean(text) == Some(true)
        || SEEING.contains(&name.as_str()) && is_stamp(&value)
        || is_state(&name) && ALONE.contains(&value.as_str())
}

/// Whether a key, by its letters, hides where it is affirmed.
pub(super) fn is_hiding(key: &str) -> bool {
    HIDING.contains(&key)
}

/// Whether a name says of something else that it decides what is published.
pub(super) fn is_guarded(name: &str) -> bool {
    let name = plain(name);
    is_near(&name) || is_hiding(&name) || SEEING.contains(&name.as_str())
}

/// Whether a key of this name holds a page back in other programs, and here where no field has it.
pub(super) fn decides(name: &str) -> bool {
    let name = plain(name);
    is_guarded(&name)
        || hides(&name)
        || name.starts_with("embargo")
        || matches!(name.as_str(), "public" | "ispublic" | "listed" | "เผยแพร่" | "สาธารณะ" | "ชั้นความลับ")
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
            ("className", "menu d-none"),
            ("slug", "draft"),
            ("สถานะ", "ใช้งานภายใน"),
            ("embargo", "2 ปี"),
            ("access", "members only"),
            ("publish", "later"),
            ("visible", "team"),
            ("audience", "internal staff"),
            ("draft_plan", "true"),
            ("private_memo", "true"),
            ("access", "restricted"),
            ("การเข้าถึง", "เฉพาะครู"),
            ("ชั้นความลับ", "ลับที่สุด"),
            ("audience", "staff only"),
            ("level", "internal"),
            ("permission", "private"),
            ("ระดับ", "ภายใน"),
            ("sharing", "internal"),
            ("internal_doc", "true"),
            ("draft_page", "true"),
            ("exclude", "true"),
            ("ลงเว็บไซต์", "ไม่"),
            ("onWebsite", "false"),
            ("handling", "internal"),
            ("document", "internal"),
            ("usage", "internal"),
            ("who_can_see", "private"),
            ("owner", "private"),
            ("access_control", "private"),
            ("พื้นที่เผยแพร่", "ภายใน"),
            ("การใช้งาน", "ภายใน"),
            ("กลุ่มเป้าหมาย", "ภายใน"),
            ("สถานะ", "เอกสารภายในหน่วยงาน"),
            ("สถานะ", "เผยแพร่ภายใน สพป."),
            ("สถานะ", "เอกสารใช้ภายใน ห้ามแจก"),
            ("review_status", "not approved"),
            ("is_a_draft", "true"),
            ("draft_lesson", "true"),
            ("private_report", "yes"),
            ("make_private", "true"),
            ("private_notes", "true"),
            ("hidden_in_search", "yes"),
            ("draft_status", "true"),
            ("internal_documents", "yes"),
            ("private_access", "true"),
            ("draft_version", "draft"),
            ("hidden_from_public", "true"),
            ("password", "open"),
            ("exclude", "all"),
            ("publish_at", "never"),
            ("publish_at", "none"),
            ("confidential", "all"),
            ("secret", "all"),
            ("class", "hidden"),
            ("bodyClass", "menu d-none"),
            ("css_class", "private"),
            ("tags", "writing, draft"),
            ("tags", "confidential"),
            ("tags", "visibility/hidden, x"),
            ("tags", "access/confidential, class/restricted"),
            ("ยินยอมให้แชร์", "ไม่"),
            ("แชร์ได้", "ไม่"),
            ("ส่งต่อ", "no"),
            ("การมองเห็น", "ซ่อน"),
            ("การมองเห็น", "ภายในโรงเรียน"),
            ("การมองเห็น", "interal"),
            ("visible", "students"),
            ("access", "closed"),
            ("access", "Closed access"),
            ("access", "only me"),
            ("access", "not open"),
            ("access", "not yet"),
            ("access", "limited access"),
            ("access", "login required"),
            ("access", "nobody"),
            ("access", "no one"),
            ("access", "students only"),
            ("access", "interal"),
            ("access", "privat"),
            ("access", "restricted to staff"),
            ("access", "open, but not for the public"),
            ("การเข้าถึง", "ซ่อน"),
            ("การเข้าถึง", "ไม่แสดง"),
            ("การเข้าถึง", "จำกัดสิทธิ์"),
            ("การเผยแพร่", "ปิด"),
            ("การเผยแพร่", "ยังไม่เปิด"),
            ("ชั้นความลับ", "ปิดไว้"),
            ("ชั้นความลับ", "ส่วนตัว"),
            ("ชั้นความลับ", "ไม่เปิดเผย"),
            ("ชั้นความลับ", "privat"),
            ("draft_flag", "true"),
            ("draft_policy", "yes"),
            ("hidden_on_web", "true"),
            ("hiddenOnSite", "ใช่"),
            ("hidden_everywhere", "true"),
            ("private_flag", "true"),
            ("private_since", "internal"),
            ("internal_view", "true"),
            ("internal_information", "Private"),
            ("confidential_data", "true"),
            ("page_image_hidden", "true"),
            ("tags", "ลับ, แผน"),
            ("tags", "แผน, ใช้ภายในเท่านั้น"),
        ] {
            assert!(holds_back(key, &node(value)), "{key}: {value}");
        }
        for (key, value) in [
            ("unlisted", "false"),
            ("private", "no"),
            ("visible", "true"),
            ("Visibility", "Public"),
            ("access", "open"),
            ("access", "not applicable"),
            ("ชั้นความลับ", "ไม่กำหนด"),
            ("การเข้าถึง", "ไม่ไกลจากตัวเมือง"),
            ("การเข้าถึง", "สาธารณะ"),
            ("password", ""),
            ("school_type", "private"),
            ("หมวด", "ภายใน"),
            ("private_school", "ใช่ค่ะ"),
            ("internal_id", "A12"),
            ("draft_date", "2024-01-01"),
            ("keywords", "internal, external"),
            ("tags", "ภายใน, ภายนอก"),
            ("embargo", "none"),
            ("nav_exclude", "true"),
            ("private_school", "true"),
            ("internal_audit", "yes"),
            ("network", "private"),
            ("ownership", "private"),
            ("evaluation", "internal"),
            ("การประเมิน", "ภายใน"),
            ("toc", "hidden"),
            ("expires", "never"),
            ("password", "none"),
            ("restricted", "ไม่มี"),
            ("access", "free"),
            ("การเข้าถึง", "ทุกคน"),
            ("ชั้นความลับ", "ปกติ"),
            ("slug", "internal"),
            ("permalink", "/internal/"),
            ("sidebar_label", "Internal"),
            ("parent", "Private"),
            ("website", "ไม่มี"),
            ("เว็บไซต์", "ไม่มี"),
            ("สถานะ", "แล้วเสร็จภายใน 3 วัน"),
            ("สถานะ", "ดำเนินการภายในโรงเรียน"),
            ("className", "hidden-figures menu"),
            ("wrapperClassName", "d-none md:block"),
            ("tags", "writing, draft, revise"),
            ("internal_links", "true"),
            ("access", "open access"),
            ("access", "students"),
            ("access", "unrestricted"),
            ("access", "not restricted"),
            ("access", "no restrictions"),
            ("access", "No login required"),
            ("access", "for everyone"),
            ("access", "CC BY-NC"),
            ("access", "interns"),
            ("การเข้าถึง", "ไม่จำกัด"),
            ("การเข้าถึง", "ไม่ต้องลงทะเบียน"),
            ("การเข้าถึง", "เปิด"),
            ("ชั้นความลับ", "ไม่ใช่ความลับ"),
            ("ชั้นความลับ", "none"),
            ("ชั้นความลับ", "ไม่ระบุ"),
            ("การมองเห็น", "ปกติ"),
            ("tags", "topic/secrets, mystery"),
            ("medicine_internal", "true"),
            ("energy_internal", "true"),
            ("horse_draft", "true"),
            ("cost_hidden", "true"),
            ("figure_hidden", "yes"),
            ("แชร์", "ใช่"),
            ("access", "https://example.org/"),
            ("การเผยแพร่", "เว็บไซต์โรงเรียน"),
            ("ชั้นความลับ", "ไม่ลับ"),
            ("ชั้นความลับ", "เปิดเผยได้"),
            ("audience", "private schools"),
            ("audience", "internal and external stakeholders"),
            ("tags", "PDPA, ความลับ"),
            ("tags", "secret, mystery"),
            ("tags", "confidential, counselling"),
            ("tags", "ใช้ภายนอก, ใช้ภายใน"),
            ("private_network", "true"),
            ("private_key", "true"),
            ("hidden_gem", "true"),
            ("secret_recipe", "yes"),
            ("draft_horses", "true"),
            ("internal_medicine", "true"),
            ("private_tuition", "yes"),
            ("private_insurance", "yes"),
            ("hidden_forest", "yes"),
            ("privateer", "true"),
            ("internalization", "true"),
            ("hidden_curriculum", "true"),
            ("hidden_costs", "true"),
            ("internal_combustion", "true"),
            ("links", "internal"),
            ("position", "hidden"),
            ("ปัจจัย", "ภายใน"),
            ("unpublish", "never"),
            ("สถานะ", "เผยแพร่ภายใน 3 วัน"),
            ("สถานะ", "เผยแพร่ภายในวันที่ 5"),
        ] {
            assert!(!holds_back(key, &node(value)), "{key}: {value}");
        }
        let list = |words: &[&str]| {
            let items = words.iter().map(|word| node(word)).collect();
            Node { data: Data::List(items), ..node("") }
        };
        assert!(holds_back("audience", &list(&["staff", "team"])) && holds_back("cssclasses", &list(&["internal"])));
        assert!(!holds_back("hidden_gems", &list(&["a"])) && holds_back("private_notes", &list(&["a"])));
        assert!(holds_back("audience", &list(&["teachers", "internal"])) && holds_back("tags", &list(&["a", "draft"])));
        assert!(!holds_back("audience", &list(&["teachers", "staff"])) && !holds_back("tags", &list(&["final-draft"])));
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
