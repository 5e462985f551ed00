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

/// Adds the matches; ranges are bytes of the normal form.
pub(super) fn find(normal: &Normal, finds: &mut Vec<Match>) {
    let text = normal.text.as_str();
    let mut judge = Judge::new(normal);
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

/// Whether a line heads a list of learners: it speaks of names, and of learners or a class.
fn is_head(line: &str) -> bool {
    let names = line.contains("รายชื่อ") || line.contains("ชื่อ") && line.contains("สกุล");
    let learn = || LEARNERS.iter().any(|word| line.contains(word)) || CLASS.is_match(line);
    names && learn() && !STAFF.iter().any(|word| line.contains(word))
}
