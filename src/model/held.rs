//! Names that tell people that something is not for everybody, and places whose names nearly say so.

use super::entry::Visibility;
use super::ids::plain_name;
use super::lang::Lang;
use super::schema::{KindDef, Schema};
use crate::text::chars;
use crate::text::segment::Segmenter;
use crate::text::stamp::{is_paired, is_plain_stamp, is_stamp, is_stamp_of_paper};
use crate::text::words::Words;

/// Whether a word tells one of several versions from the others.
fn is_version(word: &str) -> bool {
    const VERSIONS: [&str; 14] = [
        "copy",
        "final",
        "old",
        "new",
        "edit",
        "edited",
        "rev",
        "revised",
        "สำเนา",
        "แก้ไข",
        "แก้",
        "เก่า",
        "ใหม่",
        "ล่าสุด",
    ];
    let rest = word.trim_start_matches(['v', 'V']);
    VERSIONS.contains(&letters(word).as_str()) || rest.chars().all(char::is_numeric)
}

/// Whether a word is the tag of a language: `plan-draft-en`.
fn is_language(word: &str) -> bool {
    Lang::parse(word).is_some_and(|lang| lang.own_name().is_some())
}

/// The words of a name but for versions and languages at its end: `plan DRAFT v2`, `แผน_ร่าง_แก้ไข`.
fn words_of(name: &str) -> Vec<String> {
    let name: String = name.chars().filter(|c| !chars::is_unseen(*c)).collect();
    let words = name.split(|c: char| !c.is_alphanumeric() && !chars::is_mark(c)).filter(|word| !word.is_empty());
    let mut words: Vec<&str> = words.collect();
    while words.last().is_some_and(|word| is_version(word) || is_language(word)) {
        words.pop();
    }
    words.into_iter().map(letters).collect()
}

/// Whether the last words of a name, but for versions, say that what bears it is not for everybody: `plan-draft`, `แผน_ร่าง`,
/// `plan DRAFT v2`, `plan-staff-only`. A name that is nothing else is what the thing is about.
fn ends_held(name: &str) -> bool {
    const LAST: &str = "internal private draft drafts wip unpublished unreleased unapproved ร่าง ร่างที่ ลับ";
    const MOST: usize = 6;
    let words = words_of(name);
    let joined = words.last().is_some_and(|word| ends_joined(word));
    let ends = |count: usize| {
        let last = words[words.len() - count..].concat();
        count == 1 && (LAST.split(' ').any(|word| word == last) || is_slip(&last))
            || is_plain_stamp(&last)
            || is_stamp_of_paper(&last) && (count > 1 || !is_stamp(&last))
    };
    joined || !ends_in_topic(&words) && (1..words.len().min(MOST + 1)).any(ends)
}

/// Whether the last Thai words of several that are written together say so: `แผนลับ`, not `เคล็ดลับ` or `ความลับ`. Things are about what is
/// within them (`นิเทศภายใน`), and plans are drafts of many things (`โครงร่าง`).
fn ends_joined(word: &str) -> bool {
    const PAPERS: [&str; 9] = ["แผน", "เอกสาร", "บันทึก", "รายงาน", "ข้อมูล", "หนังสือ", "ไฟล์", "คำสั่ง", "โครงการ"];
    const LAST: [&str; 7] = ["ลับ", "ลับมาก", "ลับที่สุด", "ฉบับร่าง", "ไม่เผยแพร่", "ห้ามเผยแพร่", "ยังไม่เผยแพร่"];
    let mut before = LAST
        .iter()
        .filter_map(|held| word.strip_suffix(held))
        // A map is no plan.
        .filter(|before| !before.starts_with("แผนที่") && !before.ends_with("ไม่"))
        .filter(|before| PAPERS.iter().any(|paper| before.starts_with(paper)));
    let begins_there = |before: &str| {
        let (mut ends, chars): (Vec<usize>, Vec<char>) = (Vec::new(), word.chars().collect());
        Segmenter::default().cut(Words::get(), &chars, &mut ends);
        ends.contains(&before.chars().count())
    };
    before.any(begins_there)
}

/// Whether letters are those of a word that holds back, with a slip of the pen: in another order, or without one of them.
/// Other words are one letter apart.
pub(crate) fn is_slip(letters: &str) -> bool {
    const WORDS: [&str; 7] =
        ["internal", "private", "confidential", "restricted", "unpublished", "embargoed", "unfinished"];
    let sorted = |word: &str| {
        let mut bytes = word.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    WORDS.into_iter().filter(|word| *word != letters).any(|word| {
        let gone = word.len() == letters.len() + 1 && strsim::damerau_levenshtein(word, letters) == 1;
        gone || is_near(word, letters) && sorted(word) == sorted(letters)
    })
}

/// Whether the name of a folder is that of papers that are not for everybody, but for versions: `drafts (old)`, `internal notes`.
fn is_held_folder(name: &str) -> bool {
    const PAPERS: [&str; 8] = ["docs", "doc", "documents", "notes", "files", "papers", "memos", "data"];
    let words = words_of(name);
    let papers = match words.as_slice() {
        [first, second] => {
            ["internal", "private", "confidential"].contains(&first.as_str()) && PAPERS.contains(&second.as_str())
        }
        _ => false,
    };
    let whole = words.concat();
    papers || is_stamp_of_paper(&whole) || is_slip(&whole)
}

/// The part of a path that begins as the name of a draft does, or is nothing but a stamp: `draft-plan.md`, `ร่างแผน.md`,
/// `private.md`. Other things are called so as well (`draft horses`), so it holds nothing back.
pub(crate) fn begins_as_draft(path: &str) -> Option<&str> {
    const FIRST: [&str; 5] = ["draft", "wip", "unpublished", "embargoed", "ร่าง"];
    // Thai words are written together; some others begin as this one.
    const OTHERS: [&str; 9] = ["กาย", "ทรง", "แห", "อวตาร", "กฎ", "พรบ", "พระ", "รัฐ", "ภาพ"];
    let depth = path.matches('/').count();
    path.split('/').enumerate().find_map(|(at, part)| {
        let stem = if at == depth { part.split('.').next().unwrap_or(part) } else { part };
        let stem: String = stem.chars().map(chars::narrow).flat_map(char::to_lowercase).collect();
        let mut words = stem.split(|c: char| c.is_whitespace() || "-_()[]".contains(c)).filter(|word| !word.is_empty());
        let first = letters(words.next()?);
        let thai = first.strip_prefix("ฉบับร่าง").or_else(|| first.strip_prefix("ร่าง"));
        let goes_on = words.any(|word| !letters(word).is_empty());
        let stamped = is_plain_stamp(&first) || FIRST.contains(&first.as_str());
        let joined = thai.is_some_and(|rest| !rest.is_empty() && !OTHERS.iter().any(|word| rest.starts_with(word)));
        let whole = at == depth && is_stamp(&letters(&stem));
        (joined || goes_on && stamped || whole).then_some(part)
    })
}

/// Whether a word in brackets of any kind in a name says so: `plan [internal]`, `【ร่าง】plan`.
fn brackets_held(name: &str) -> bool {
    const PAIRS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('{', '}'), ('【', '】'), ('〔', '〕')];
    PAIRS.iter().any(|(open, close)| {
        name.split(*open).skip(1).any(|rest| {
            rest.split_once(*close).is_some_and(|(word, _)| {
                let word = letters(word);
                is_stamp_of_paper(&word) || is_slip(&word)
            })
        })
    })
}

/// Whether a file is a picture: these are named by what they show.
pub(crate) fn is_picture(path: &str) -> bool {
    const PICTURES: [&str; 6] = ["svg", "png", "jpg", "jpeg", "webp", "gif"];
    path.rsplit_once('.').is_some_and(|(_, ending)| PICTURES.contains(&ending.to_lowercase().as_str()))
}

/// The same of a file that a page names, of which the name is no address and no topic: `ลับ.pdf`, `แผน_ภายใน.xlsx`.
pub(crate) fn nearly_internal_file(path: &str) -> Option<&str> {
    nearly_internal_name(path).or_else(|| {
        if is_picture(path) {
            return None;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let words = words_of(name.split('.').next().unwrap_or(name));
        let inside = words.last().is_some_and(|word| word == "ภายใน") && !ends_in_topic(&words);
        (is_stamp(&words.concat()) || is_nth_draft(&words) || inside).then_some(name)
    })
}

/// Whether the words of a name end with what it is about: one of two opposites (`public-private`), what is done within
/// (`audit-internal`, `การตรวจสอบ_ภายใน`), a draft as people write one (`writing-a-draft`, `first-draft`).
fn ends_in_topic(words: &[String]) -> bool {
    const DONE: &str = "audit quality evaluation assessment นิเทศ ตรวจสอบ ควบคุม ประเมิน ประกันคุณภาพ";
    let [before @ .., last] = words else { return false };
    let done = before.last().is_some_and(|word| DONE.split(' ').any(|done| word.ends_with(done)));
    let one = before.last().is_some_and(|word| word == "the" || word == "a" && before.len() > 1);
    let whole = words.concat();
    done && matches!(last.as_str(), "internal" | "ภายใน")
        || one && matches!(last.as_str(), "draft" | "drafts")
        || is_stamp(&whole) && !is_plain_stamp(&whole)
        || is_nth_draft(words)
        || is_paired(last, |other| before.iter().any(|word| word == other))
}

/// Whether a name is nothing but that of a draft among several: `first-draft`. Lessons on writing are called so.
fn is_nth_draft(words: &[String]) -> bool {
    matches!(words, [nth, draft] if draft == "draft" && "first final working".split(' ').any(|word| word == nth))
}

/// The part of a path that nearly says that what lies there is internal, and does not say it as Sala reads it: a folder
/// `private/` or `plan-internal/`, a file `plan.intrenal.pdf`, `plan.draft.md` or `plan (internal).md`.
pub(crate) fn nearly_internal_name(path: &str) -> Option<&str> {
    let depth = path.matches('/').count();
    path.split('/').enumerate().find_map(|(at, part)| {
        let name = plain_name(part);
        let narrow: String = part.chars().map(chars::narrow).flat_map(char::to_lowercase).collect();
        let in_brackets = brackets_held(&narrow);
        let doubt = if at < depth {
            is_stamp(&letters(part)) || is_held_folder(&narrow) || ends_held(&narrow) || name.starts_with("internal.")
        } else {
            let parts: Vec<&str> = name.split('.').collect();
            let stem = narrow.split('.').next().unwrap_or(&narrow);
            let whole = letters(stem);
            ends_held(stem)
                || is_plain_stamp(&whole)
                || parts.len() > 2
                    && parts[1..parts.len() - 1]
                        .iter()
                        .any(|part| is_stamp(&letters(part)) || is_near("internal", part))
        };
        (doubt || in_brackets || is_copy_of_internal(part, at == depth)).then_some(part)
    })
}

/// Whether a name says `.internal` and more words in the same part: copies are named so (`plan.internal (1).pdf`,
/// `plan.internal - Copy.md`), and versions (`plan.internal-2.md`).
fn is_copy_of_internal(name: &str, is_file: bool) -> bool {
    let name: String = name.chars().map(chars::narrow).filter(|c| !chars::is_unseen(*c)).collect();
    let parts: Vec<&str> = name.split('.').skip(1).collect();
    let parts = &parts[..parts.len().saturating_sub(usize::from(is_file))];
    let letter = |c: char| c.is_alphabetic() || chars::is_mark(c);
    let first = |part: &&str| part.split(|c| !letter(c)).find(|word| !word.is_empty()).map(str::to_lowercase);
    parts.iter().filter_map(first).any(|word| word == "internal" || is_near("internal", &word))
}

/// The internal kind whose folder a path of `content/` nearly names: `memo/`, `old-memos/`, `memos 2/`, `archive/memos/`
/// or the kind's label, where the folder is `memos/`. None where it lies in that folder, and none for the folder of a kind.
pub(crate) fn nearly_internal_kind<'a>(schema: &'a Schema, path: &str) -> Option<&'a KindDef> {
    let own = schema.kind_at(path).map(|kind| &schema.kinds[kind]);
    if own.is_some_and(|kind| kind.visibility == Visibility::Internal) {
        return None;
    }
    let known = own.map_or(0, |kind| kind.folder.split('/').count());
    let folders: Vec<&str> = path.rsplit_once('/')?.0.split('/').skip(known).collect();
    let internal = || schema.kinds.iter().filter(|kind| kind.visibility == Visibility::Internal && !kind.plain);
    folders.into_iter().find_map(|folder| internal().find(|kind| means(kind, folder)))
}

/// The kinds with internal sections that the place of a page in `content/` means, besides its own: that of its folder, and
/// those that a folder or the file nearly names (`lesson/`, `lessons-old/`, `lessons.md` where the folder is `lessons/`).
pub(crate) fn kinds_meant<'a>(
    schema: &'a Schema,
    path: &'a str,
    own: &'a KindDef,
) -> impl Iterator<Item = &'a KindDef> {
    let home = schema.kind_at(path).map(|kind| &schema.kinds[kind].id);
    let names = move || path.split('/').map(|part| part.split('.').next().unwrap_or(part));
    let has_more = |kind: &KindDef| kind.sections.iter().any(|s| s.visibility == Visibility::Internal);
    let others = schema.kinds.iter().filter(move |kind| kind.id != own.id && !kind.plain && has_more(kind));
    others.filter(move |kind| home == Some(&kind.id) || own.plain && names().any(|name| means(kind, name)))
}

/// The letters of a kind's folders, ids and labels.
fn names_of(kind: &KindDef) -> Vec<String> {
    let labels = [&kind.label, &kind.plural].into_iter().flat_map(|label| label.texts());
    let folders = [&kind.folder].into_iter().chain(&kind.former_folders);
    let last = folders.map(|folder| folder.rsplit('/').next().unwrap_or(folder));
    let ids = [&kind.id].into_iter().chain(&kind.was).map(String::as_str);
    last.chain(ids).chain(labels).map(letters).collect()
}

/// Whether a text is the id, the folder or the label of an internal kind, in whatever case.
pub(crate) fn names_internal_kind(schema: &Schema, text: &str) -> bool {
    let whole = letters(text);
    let mut internal = schema.kinds.iter().filter(|kind| kind.visibility == Visibility::Internal && !kind.plain);
    internal.any(|kind| names_of(kind).contains(&whole))
}

/// Whether the name of a folder means a kind: its folder, id or label, in other words or letters too.
fn means(kind: &KindDef, folder: &str) -> bool {
    let names = names_of(kind);
    let whole = letters(folder);
    if names.iter().any(|name| whole == *name || is_near(name, &whole)) {
        return true;
    }
    let parts = folder.split(|c: char| !c.is_alphanumeric() && !chars::is_mark(c)).map(letters);
    let words: Vec<String> = parts.filter(|word| !word.is_empty()).collect();
    // What something else is stands last in Latin letters and first in Thai: `memos-guide`, `คู่มือบันทึก`; and some words make
    // another thing of what they stand before.
    const OTHERS: [&str; 15] = [
        "guide",
        "guides",
        "tool",
        "tools",
        "form",
        "forms",
        "template",
        "templates",
        "manual",
        "handbook",
        "checks",
        "คู่มือ",
        "แบบ",
        "เครื่องมือ",
        "ตัวอย่าง",
    ];
    const BEFORE: [&str; 5] = ["web", "mobile", "self", "external", "online"];
    let (first, last) = (words.first().map_or("", String::as_str), words.last().map_or("", String::as_str));
    let other = OTHERS.contains(&first) || OTHERS.contains(&last) || BEFORE.contains(&first);
    !other && words.iter().any(|word| names.contains(word))
}

/// The letters of a name: small, without digits, signs and what nobody sees.
fn letters(name: &str) -> String {
    plain_name(name).chars().filter(|c| c.is_alphabetic() || chars::is_mark(*c)).collect()
}

/// Whether a name is another with one letter wrong, or two where it is a long one.
fn is_near(name: &str, other: &str) -> bool {
    let length = name.chars().count();
    let most = if length < 4 { 0 } else { 1 + usize::from(length >= 8) };
    length.abs_diff(other.chars().count()) <= most && strsim::damerau_levenshtein(name, other) <= most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Label;

    #[test]
    fn names_that_nearly_say_internal_are_known() {
        for near in [
            "internal/a.md",
            "Private/a.md",
            "ร่าง/a.md",
            "plan-internal/a.md",
            "internal.x/a.pdf",
            "a/drafts/b.md",
            "a.intrenal.md",
            "a.internals.pdf",
            "a.draft.md",
            "a-internal.md",
            "a_draft.en.md",
            "a (internal).md",
            "a(ร่าง).pdf",
            "a.hidden.en.md",
            "a.internal (1).md",
            "a.internal - Copy.md",
            "a.internal copy.pdf",
            "a.internal-2.en.md",
            "a.internal_v2.md",
            "x.internal (1)/a.md",
            "x.Internal สำเนา/a.md",
            "แผน-ลับ.md",
            "แผน_ร่าง.md",
            "แผน ฉบับร่าง.md",
            "plan DRAFT v2.md",
            "plan_confidential.pdf",
            "plan [internal].md",
            "【ร่าง】plan.md",
            "แผน (ฉบับร่าง 2).md",
            "staff-only/a.md",
            "for internal use/a.md",
            "เอกสารลับ/a.md",
            "ใช้ภายในหน่วยงานเท่านั้น.md",
            "แผน_ใช้ภายในเท่านั้น.md",
            "แผน-ห้ามเผยแพร่.md",
            "แผน_ยังไม่เผยแพร่.md",
            "แผน_ปกปิด.md",
            "แผน_เฉพาะเจ้าหน้าที่.md",
            "แผน-ลับเฉพาะ.md",
            "plan-staff-only.md",
            "plan-internal-use-only.en.md",
            "plan DO NOT PUBLISH.md",
            "plan-not-for-publication.pdf",
            "plan-internal-final.md",
            "plan_internal_edit.md",
            "plan-internal-แก้ไข.md",
            "แผน_ร่าง_แก้ไข.md",
            "plan.draft1.md",
            "plan-unpublished.md",
            "plan-intrenal.md",
            "plan (intrenal).md",
            "drafts (old)/a.md",
            "drafts.old/a.md",
            "ข้อมูลลับ/a.md",
            "members-only/a.md",
            "เฉพาะครู/a.md",
            "intrenal/a.md",
            "internal-docs/a.md",
            "internal notes/a.md",
            "Internal Documents/a.md",
            "private docs/a.md",
            "plan-draft-en.md",
            "plan-first-draft.md",
            "x-DRAFT-for-comment.md",
            "x_v0.1_draft_for_comment.md",
            "x.embargo.md",
            "embargo/a.md",
            "pending-review/a.md",
            "รอตรวจ/a.md",
            "แผน-ร่าง-en.pdf",
            "staff-only-th/a.md",
            "แผน-รออนุมัติ.md",
            "budget-pending-approval.pdf",
            "budget (awaiting approval).xlsx",
            "แผน_ยังไม่อนุมัติ.docx",
            "plan-for-review-only.md",
            "plan-do-not-share-outside-the-school.md",
            "แผน-ห้ามแชร์.pdf",
            "แผน_เฉพาะคณะกรรมการ.pdf",
            "plan-not-for-release.pdf",
            "plan-ร่างที่-1.md",
            "แผน_ร่างที่ 2.md",
            "plan.ร่างที่1/a.md",
        ] {
            assert!(nearly_internal_name(near).is_some(), "{near}");
        }
        for open in [
            "internal.md",
            "internal.en.md",
            "internals/a.md",
            "draft.md",
            "a.v2.md",
            "a.v2 (1).md",
            "a.international.md",
            "internal-audit.md",
            "international/a.md",
            "นิเทศภายใน/a.md",
            "draft-animals.md",
            "ร่างแผน.md",
            "เคล็ดลับ.md",
            "draft-2.md",
            "ร่างที่ 1.md",
            "secret plans/a.md",
            "a (2566).md",
            "ลับมีด [2].md",
            "interval/a.md",
            "plan-external.md",
            "kubernetes-secret.md",
            "show-hidden.md",
            "internal audit/a.md",
            "final/a.md",
            "เฉพาะทาง/a.md",
            "public-private.md",
            "schools-public-and-private/a.md",
            "audit-external-internal.pdf",
            "แผนที่ลับ.md",
            "รออนุมัติ.md",
            "peer-review.md",
            "private-en.md",
            "ลับสมอง.md",
            "ห้องเรียนลับสมอง/a.md",
            "private-schools.pdf",
            "archived-news/a.md",
            "restricted-diets.md",
            "confidentiality-policy.md",
            "internal-review.md",
            "หนังสือขออนุมัติ.pdf",
            "first-draft.md",
            "oil-embargo.md",
            "writing-a-draft.md",
            "audit-internal.md",
            "คำสั่งคณะกรรมการ.pdf",
        ] {
            assert_eq!(nearly_internal_name(open), None, "{open}");
        }
    }

    #[test]
    fn files_are_held_by_names_that_pages_may_have() {
        for held in [
            "ลับ.pdf",
            "f/draft.docx",
            "แผน_ภายใน.xlsx",
            "a/private.csv",
            "งบ-ภายใน-2566.pdf",
            "draft-en.pdf",
            "final-draft.txt",
        ] {
            assert!(nearly_internal_file(held).is_some(), "{held}");
        }
        for open in [
            "hidden.svg",
            "ภายใน.png",
            "แผน.pdf",
            "แบบประเมินภายใน.docx",
            "การตรวจสอบ_ภายใน.pdf",
            "งานประกันคุณภาพ-ภายใน 2566.docx",
            "ภายนอก-ภายใน.pdf",
            "secret-garden.pdf",
            "internal-audit-2566.pdf",
        ] {
            assert_eq!(nearly_internal_file(open), None, "{open}");
        }
    }

    #[test]
    fn names_that_begin_as_drafts_are_known() {
        for name in ["draft-plan.md", "ร่างแผน.md", "a/Draft Plan.md", "wip_notes.en.md", "ฉบับร่างแผน/a.md", "ร่าง แผน.md"]
        {
            assert!(begins_as_draft(name).is_some(), "{name}");
        }
        for name in ["draft.md", "private.md", "ร่าง.md", "ลับ.en.md"] {
            assert!(begins_as_draft(name).is_some(), "{name}");
        }
        for name in ["ร่างกาย.md", "drafting.md", "plan.md", "internal-audit.md", "private/plan.md"] {
            assert_eq!(begins_as_draft(name), None, "{name}");
        }
    }

    #[test]
    fn folders_that_nearly_name_an_internal_kind_are_known() {
        let kind = |id: &str, folder: &str, th: &str, visibility| KindDef {
            id: id.into(),
            folder: folder.into(),
            label: Label::new(th, id),
            visibility,
            ..KindDef::default()
        };
        let kinds = vec![
            kind("memo", "memos", "บันทึกข้อความ", Visibility::Internal),
            kind("meme", "memes", "มีม", Visibility::Public),
        ];
        let schema = Schema { kinds: kinds.into(), ..Schema::default() };
        for near in [
            "memo/a.md",
            "MEMO/a.md",
            "mem0s/a.md",
            "memos-2566/a.md",
            "old-memos/a.md",
            "memos (1)/a.md",
            "archive/memos/a.md",
            "memes/memos/a.md",
            "บันทึก ข้อความ/a.md",
        ] {
            assert_eq!(nearly_internal_kind(&schema, near).map(|k| k.id.as_str()), Some("memo"), "{near}");
        }
        // The kind's own folder, that of another kind, and other words.
        for open in ["memos/a.md", "memes/a.md", "memory/a.md", "news/a.md", "memos.md", "memo-guide/a.md"] {
            assert!(nearly_internal_kind(&schema, open).is_none(), "{open}");
        }
    }
}
