//! Names of learners that only the head of their list tells: `รายชื่อนักเรียนชั้น ม.6/1`, and below it names with grown titles or none.

use super::find::{Class, Match};
use super::judge::Judge;
use super::labels::{LEARNERS, STAFF};
use super::normal::Normal;
use crate::text::pattern::constant;
use regex::Regex;
use std::sync::LazyLock;

/// Most bytes of a list below its head.
const LONGEST: usize = 16_000;

static CLASS: LazyLock<Regex> = LazyLock::new(|| constant(r"[มป]\.[ ]?[1-6]"));
/// A line of such a list: perhaps a number, a code and a class, then a name.
static ROW: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?m)^[ ]*(?:[-|][ ]*)?(?:\d{1,3}[.)]?[ |]+)?(?:\d{1,6}[ |]+)?(?:(?:ชั้น)?[ ]?[มป]\.[ ]?\d(?:/\d{1,2})?[ |]+)?",
        r"(?P<title>นาย|นางสาว|น\.[ ]?ส\.)?[ ]?(?P<first>[ก-ฮเ-ไ][ก-๎]{1,30})[ |]{1,3}(?P<last>[ก-ฮเ-ไ][ก-๎]{1,30})"
    ))
});

/// What heads a list in English: `Name of student | Grade`, `List of students of class P.4/1`.
static ENGLISH_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    let learner = "(?:student|pupil|learner)s?";
    constant(&format!(
        r"(?:lists?|names?)[ ]of[ ](?:the[ ])?{learner}[^\n']*|{learner}[ _]names?[^\n]*|{learner}[ ]?[|][^\n]*"
    ))
});
static ENGLISH_ROW: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"^[ ]*(?:[-*|][ ]*)?(?:\d{1,5}[.)]?[ |]+)?(?P<first>[a-z]{2,20})[ ](?P<last>[a-z][a-z'-]{1,24})[ ]*(?:[|,;(\n]|$)",
    )
});

/// Learners who are listed in a sentence: `นักเรียนที่ได้รับทุน ได้แก่ นาย…, นางสาว…`.
static LISTED: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?:นักเรียน|ผู้เรียน|นักศึกษา)[^\n.:]{0,60}?(?:ได้แก่|คือ|ดังนี้)[ :\n]{0,3}"));
static ONE: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"^[ \n,]{0,3}(?:และ|\d{1,2}[.)])?[ ]?(?:นาย|นางสาว|น\.[ ]?ส\.)[ ]?",
        r"(?P<first>[ก-ฮเ-ไ][ก-๎]{1,30})[ ]{1,2}(?P<last>[ก-ฮเ-ไ][ก-๎]{1,30})"
    ))
});

/// Adds the matches; ranges are bytes of the normal form.
pub(super) fn find(normal: &Normal, finds: &mut Vec<Match>) {
    let text = normal.text.as_str();
    let mut judge = Judge::new(normal);
    english(normal, finds);
    for lead in LISTED.find_iter(text).filter(|lead| !STAFF.iter().any(|word| lead.as_str().contains(word))) {
        let mut at = lead.end();
        while let Some(one) = ONE.captures(&text[at..]) {
            let (Some(whole), Some(first), Some(last)) = (one.get(0), one.name("first"), one.name("last")) else {
                break;
            };
            if !judge.is_other(first.as_str()) && judge.is_surname(last.as_str()) {
                finds.push(Match { class: Class::Learner, range: at + first.start()..at + last.end(), certain: false });
            }
            at += whole.end();
        }
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let below = start + line.len();
        start = below;
        if !is_head(line) {
            continue;
        }
        let list = &text[below..text.floor_char_boundary(below + LONGEST)];
        let end = list.find("\n#").unwrap_or(list.len());
        let end = STAFF.iter().filter_map(|word| list[..end].find(word)).min().unwrap_or(end);
        for row in ROW.captures_iter(&list[..end]) {
            let (Some(first), Some(last)) = (row.name("first"), row.name("last")) else { continue };
            let titled = row.name("title");
            let named = judge.is_given(first.as_str()) || titled.is_some() && !judge.is_other(first.as_str());
            if named && judge.is_surname(last.as_str()) {
                let from = titled.map_or(first.start(), |title| title.start());
                finds.push(Match { class: Class::Learner, range: below + from..below + last.end(), certain: false });
            }
        }
    }
}

/// Adds the names of English lists: the rows right below a head.
fn english(normal: &Normal, finds: &mut Vec<Match>) {
    let text = normal.text.as_str();
    let mut done = 0;
    for head in ENGLISH_HEAD.find_iter(text) {
        if head.start() < done {
            continue;
        }
        let mut at = head.end() + text[head.end()..].find('\n').map_or(text.len() - head.end(), |end| end + 1);
        let mut begun = false;
        for line in text[at..].split_inclusive('\n') {
            let (start, bare) = (at, line.trim_matches([' ', '|', '-', ':', '\n']));
            at += line.len();
            let Some(row) = ENGLISH_ROW.captures(line) else {
                if begun || !bare.is_empty() {
                    break;
                }
                continue;
            };
            begun = true;
            let (Some(first), Some(last)) = (row.name("first"), row.name("last")) else { break };
            let name = |at: usize| normal.is_capital(start + at) && !normal.is_capital(start + at + 1);
            if name(first.start()) && name(last.start()) {
                let range = start + first.start()..start + last.end();
                finds.push(Match { class: Class::Learner, range, certain: false });
            }
        }
        // No row is looked at twice.
        done = at;
    }
}

/// Whether a line heads a list of learners: it speaks of names, and of learners or a class.
fn is_head(line: &str) -> bool {
    let Some((_, behind)) = line.split_once("ชื่อ") else { return false };
    let learners = |text: &str| LEARNERS.iter().any(|word| text.contains(word));
    let names =
        line.contains("รายชื่อ") || behind.contains("สกุล") || LEARNERS.iter().any(|word| behind.starts_with(word));
    let class = || line.split('|').any(|cell| matches!(cell.trim(), "ชั้น" | "ระดับชั้น" | "ห้อง"));
    let learn = || learners(line) || CLASS.is_match(line) || class() && !line.contains("ตำแหน่ง");
    names && learn() && !STAFF.iter().any(|word| line.contains(word))
}
