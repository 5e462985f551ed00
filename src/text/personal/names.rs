//! Learners' names: a child's title with a name behind it, or a name next to a school class.

use super::find::{Class, Match};
use super::judge::{Judge, Title};
use super::normal::Normal;
use crate::text::chars::is_thai_letter;
use crate::text::pattern::constant;
use regex::Regex;
use std::sync::LazyLock;

/// Most characters of [`BARE`].
const BARE_LENGTH: usize = 80;
/// Most characters of [`LEARNER`].
const LEARNER_LENGTH: usize = 110;

/// A child's title. Short ones need an end or a gap; เด็กชาย may be glued to what it names.
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?P<short>ด[ ]?\.[ ]?[ชญ][ ]?\.?|ด[ ]?\.[ ]?ซ[ ]?\.|ด[ชญ][ ]?\.|ด[ ]?[ชญ][ ])|(?P<long>เด็ก[ ]?(?:ชาย|หญิง))|(?P<novice>สามเณร)|(?P<pet>น้อง)",
    )
});
/// A grown title, or none, with two names and a class.
static CLASS: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?P<title>นาย|นางสาว|น[ ]?\.[ ]?ส[ ]?\.|นส\.)[ \n]{0,2}(?P<first>[ก-ฮเ-ไ][ก-๎]{1,30})[ \n]{1,2}(?P<last>[ก-ฮเ-ไ][ก-๎]{1,30})",
        r"[ \n]{0,2}[,(]?[ \n]{0,2}(?P<learns>(?:เป็น)?(?:นักเรียน|นักศึกษา)[ ]?)?(?:(?:กำลัง)?(?:เรียน|ศึกษา)(?:อยู่)?[ ]?)?(?:ระดับ)?(?:ชั้น)?[ ]?",
        r"(?P<class>[มป][ ]?\.?[ ]?\d|มัธยมศึกษาปีที่|ประถมศึกษาปีที่|ปวช|ปวส|มัธยมปีที่|ประถมปีที่)",
    ))
});
/// Two names and a class in a bracket or behind a space.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r"(?P<first>[ก-ฮเ-ไ][ก-๎]{1,30})[ ](?P<last>[ก-ฮเ-ไ][ก-๎]{1,30})[ ]?[,(]?[ ]?(?:ชั้น[ ]?)?(?P<class>[มป]\.[ ]?\d)",
    )
});
/// What ends [`BARE`]: the slow search is for what stands before it alone.
static CLASS_NUMBER: LazyLock<Regex> = LazyLock::new(|| constant(r"[มป]\.[ ]?\d"));
/// Words for those who learn, and how [`LEARNER`] goes on from one: the slow search is for these places alone.
static LEARNERS: LazyLock<Regex> = LazyLock::new(|| constant("นักเรียน|ผู้เรียน|เด็ก"));
static LEARNER: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"^(?:นักเรียน|ผู้เรียน|เด็ก)(?:ชื่อ|ที่ชื่อ|คือ|ได้แก่|เจ้าของผลงาน(?:คือ)?|ตัวแทน(?:คือ)?)?[ ]?[:]?[ ]?(?P<title>นาย|นางสาว|น[ ]?\.[ ]?ส[ ]?\.|นส\.)?",
        r"[ ]?(?P<first>[ก-ฮเ-ไ][ก-๎]{1,30})[ \n]{1,2}(?P<last>[ก-ฮเ-ไ][ก-๎]{1,30})",
    ))
});
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?-u:\b)(?:master|miss|student|pupil|mr\.?|ms\.?)[ ](?P<first>[a-z]{3,20})[ ](?P<last>[a-z]{3,24}),?[ ]\(?(?:of[ ]|in[ ]|a[ ])?",
        r"(?:grade|class|mathayom|prathom|primary|secondary|m\.|p\.)[ ]?\d"
    ))
});
/// A name in English beside a class, or said to be that of somebody who learns.
static LEARNING: LazyLock<Regex> = LazyLock::new(|| {
    let class = r"(?:grade|prathom|mathayom|primary|secondary|year|class|p\.|m\.)[ ]?\d(?:/\d{1,2})?";
    let name = |at: usize| format!(r"(?P<f{at}>[a-z]{{3,20}})[ ](?P<l{at}>[a-z]{{3,24}})");
    constant(&format!(
        r"(?-u:\b)(?:{}[ ]?\([ ]?{class}|{},[ ]an?[ ](?:{class}[ ])?(?:student|pupil|learner)|(?P<f2>[a-z]{{3,20}}),[ ]an?[ ]{class}[ ](?:student|pupil|learner)|(?:student|pupil|learner)(?:[ _]?name)?[ ]?:[ ]?{})",
        name(0),
        name(1),
        name(3)
    ))
});
/// What นายก goes on with where it is an office.
const OFFICES: [&str; 6] = ["กรัฐมนตรี", "กเทศมนตรี", "กสมาคม", "กองค์การ", "กสภา", "กเหล่า"];
/// A class and a number in it, in either order, and two names.
static SEATED: LazyLock<Regex> = LazyLock::new(|| {
    let (class, seat) = (r"(?:ชั้น)?[ ]?[มป]\.[ ]?\d(?:/\d{1,2})?", r"เลขที่[ ]?\d{1,2}");
    constant(&format!(
        r"(?:{class}[ ,]{{0,2}}{seat}|{seat}[ ,]{{0,2}}{class})[ ,:|)]{{0,3}}(?P<title>นาย|นางสาว|น[ ]?\.[ ]?ส[ ]?\.|นส\.)?[ ]?(?P<first>[ก-ฮเ-ไ][ก-๎]{{1,30}})[ ]{{1,2}}(?P<last>[ก-ฮเ-ไ][ก-๎]{{1,30}})"
    ))
});

/// Whether words before an English name say that it is that of a grown-up.
fn is_grown(before: &str) -> bool {
    let last = before.trim_end_matches([' ', '.', ':']).rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    ["teacher", "mr", "mrs", "ms", "dr", "director", "principal", "professor", "coach"].contains(&last)
}

/// A name as forms part it: `ชื่อ … นามสกุล …`.
static PARTED: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"ชื่อ[ ]?:?[ ]?(?P<first>[ก-ฮเ-ไ][ก-๎]{1,30})[ ,]{1,3}(?:นามสกุล|สกุล)[ ]?:?[ ]?(?P<last>[ก-ฮเ-ไ][ก-๎]{1,30})",
        r"[ ,(]{0,3}(?:นักเรียน)?(?:ชั้น)?[ ]?(?:[มป]\.[ ]?\d|ประถมศึกษา|มัธยมศึกษา)",
    ))
});

/// A vowel that is written before its letter.
fn is_leading(c: char) -> bool {
    matches!(c, 'เ'..='ไ')
}

/// Adds the matches; ranges are bytes of the normal form.
pub(super) fn find(normal: &Normal, finds: &mut Vec<Match>) {
    let text = normal.text.as_str();
    let mut judge = Judge::new(normal);
    if text.contains('ด') || text.contains("น้อง") || text.contains("สามเณร") {
        for found in TITLE.captures_iter(text) {
            let Some(title) = found.get(0) else { continue };
            let before = text[..title.start()].chars().next_back();
            let short = found.name("short").is_some();
            // Thai writes no space before it; one dot alone ends other words too, but none with these two letters: กับดช.
            let glued = title.as_str().starts_with('ด')
                && title.as_str().ends_with('.')
                && before.is_none_or(|c| !is_leading(c));
            let whole = title.as_str().matches('.').count() > 1 || glued;
            if short && !whole && before.is_some_and(|c| is_thai_letter(c) || c == '.') {
                continue;
            }
            let kind = match (found.name("pet"), found.name("novice")) {
                _ if short => Title::Short,
                (Some(_), _) => Title::Pet,
                (_, Some(_)) => Title::Novice,
                _ => Title::Long,
            };
            if let Some((end, certain)) = judge.after_title(title.range(), kind) {
                let certain = certain && !judge.is_story(title.start());
                finds.push(Match { class: Class::Learner, range: title.start()..end, certain });
            }
        }
    }
    let adult = text.contains("นาย")
        || text.contains("นางสาว")
        || text.contains("น.")
        || text.contains("นส")
        || text.contains("น .");
    if adult {
        for found in CLASS.captures_iter(text) {
            let (Some(title), Some(first), Some(last)) = (found.name("title"), found.name("first"), found.name("last"))
            else {
                continue;
            };
            let office = title.as_str() == "นาย"
                && first.as_str().starts_with('ก')
                && OFFICES.iter().any(|o| first.as_str().starts_with(o));
            let other = office || judge.is_other(first.as_str()) || !judge.is_surname(last.as_str());
            // A grown title beside a class may be the teacher's: only who is said to learn there is a learner for certain.
            let certain = found.name("learns").is_some();
            let class = found.name("class").filter(|class| certain || judge.is_class_of_grown(class.range()));
            if class.is_some() && !other && !judge.is_staff(title.start(), last.end()) {
                finds.push(Match { class: Class::Learner, range: title.start()..last.end(), certain });
            }
        }
    }
    for number in CLASS_NUMBER.find_iter(text) {
        let window = normal.before(number.end(), BARE_LENGTH);
        let at = number.end() - window.len();
        let Some(found) = BARE.captures_iter(window).last() else { continue };
        let (Some(first), Some(last)) = (found.name("first"), found.name("last")) else { continue };
        // Places have classes, and only people are in the first room of one: ป.3/1.
        let room = || {
            text[number.end()..].strip_prefix('/').is_some_and(|room| room.starts_with(|c: char| c.is_ascii_digit()))
        };
        let named = judge.is_surname(last.as_str())
            && (judge.is_given(first.as_str())
                || room() && judge.is_name(first.as_str()) && !judge.is_other(last.as_str()));
        let class = found.name("class").map(|class| at + class.start()..at + class.end());
        let elsewhere = class.is_some_and(|class| judge.is_address(class)) || judge.is_titled(at + first.start());
        if named && !elsewhere && !judge.is_staff(at + first.start(), at + last.end()) {
            finds.push(Match { class: Class::Learner, range: at + first.start()..at + last.end(), certain: false });
        }
    }
    for found in text.contains("เลขที่").then(|| SEATED.captures_iter(text)).into_iter().flatten() {
        let (Some(first), Some(last)) = (found.name("first"), found.name("last")) else { continue };
        let titled = found.name("title").is_some() && !judge.is_other(first.as_str());
        let named = titled || !judge.is_other(first.as_str()) && !judge.is_running(first.as_str());
        if named && judge.is_surname(last.as_str()) && !judge.is_staff(first.start(), last.end()) {
            finds.push(Match { class: Class::Learner, range: first.start()..last.end(), certain: false });
        }
    }
    for found in text.contains("สกุล").then(|| PARTED.captures_iter(text)).into_iter().flatten() {
        let (Some(first), Some(last)) = (found.name("first"), found.name("last")) else { continue };
        if !judge.is_other(first.as_str()) && !judge.is_staff(first.start(), last.end()) {
            finds.push(Match { class: Class::Learner, range: first.start()..last.end(), certain: false });
        }
    }
    let announced = adult || text.contains("ชื่อ");
    for learner in announced.then(|| LEARNERS.find_iter(text)).into_iter().flatten() {
        let at = learner.start();
        let window = normal.after(at, LEARNER_LENGTH);
        if !["ชื่อ", "นาย", "นางสาว", "น.", "น .", "นส"].iter().any(|word| window.contains(word))
        {
            continue;
        }
        let Some(found) = LEARNER.captures(window) else { continue };
        let (Some(whole), Some(first), Some(last)) = (found.get(0), found.name("first"), found.name("last")) else {
            continue;
        };
        let titled = found.name("title").is_some();
        let named = whole.as_str().contains("ชื่อ") || titled;
        if named
            && (judge.is_name(first.as_str()) || (titled && !judge.is_other(first.as_str())))
            && judge.is_surname(last.as_str())
            && !judge.is_staff(at, at + last.end())
        {
            let start = found.name("title").map_or(first.start(), |t| t.start());
            finds.push(Match { class: Class::Learner, range: at + start..at + last.end(), certain: false });
        }
    }
    for found in LEARNING.captures_iter(text) {
        let group = |letter: char| (0..4).find_map(|at| found.name(&format!("{letter}{at}")));
        let (Some(first), last) = (group('f'), group('l')) else { continue };
        let end = last.map_or(first.end(), |last| last.end());
        let name = |at: usize| normal.is_capital(at) && !normal.is_capital(at + 1);
        if name(first.start())
            && last.is_none_or(|last| name(last.start()))
            && !is_grown(normal.before(first.start(), 24))
        {
            finds.push(Match { class: Class::Learner, range: first.start()..end, certain: false });
        }
    }
    for found in ENGLISH.captures_iter(text) {
        let (Some(whole), Some(first), Some(last)) = (found.get(0), found.name("first"), found.name("last")) else {
            continue;
        };
        if normal.is_capital(first.start()) && normal.is_capital(last.start()) {
            finds.push(Match { class: Class::Learner, range: whole.start()..last.end(), certain: false });
        }
    }
}
