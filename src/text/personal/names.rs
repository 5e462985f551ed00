//! Learners' names: a child's title with a name behind it, or a name next to a school class.

use super::find::{Class, Match};
use super::normal::Normal;
use crate::text::chars::{cells, is_thai_letter};
use crate::text::pattern::constant;
use crate::text::segment::Segmenter;
use crate::text::words::Words;
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Most characters of [`BARE`].
const BARE_LENGTH: usize = 80;
/// Most characters of [`LEARNER`].
const LEARNER_LENGTH: usize = 110;

/// Given names that are common in Thai schools.
static GIVEN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../data/given_names.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});
/// Words that follow a child's title where no name does.
static OTHER: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../data/no_names.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// A child's title. Short ones need an end or a gap; เด็กชาย may be glued to what it names.
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"(?P<short>ด[ ]?\.[ ]?[ชญ][ ]?\.?|ด[ชญ][ ]?\.|ด[ชญ][ ])|(?P<long>เด็ก[ ]?(?:ชาย|หญิง))|(?P<pet>น้อง)")
});
/// A grown title, or none, with two names and a class.
static CLASS: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?P<title>นาย|นางสาว|น[ ]?\.[ ]?ส[ ]?\.|นส\.)[ \n]{0,2}(?P<first>[ก-ฮเ-ไ][ก-๎]{1,30})[ \n]{1,2}(?P<last>[ก-ฮเ-ไ][ก-๎]{1,30})",
        r"[ \n]{0,2}[,(]?[ \n]{0,2}(?:(?:เป็น)?(?:นักเรียน|นักศึกษา)[ ]?)?(?:(?:กำลัง)?(?:เรียน|ศึกษา)(?:อยู่)?[ ]?)?(?:ระดับ)?(?:ชั้น)?[ ]?",
        r"(?:[มป][ ]?\.?[ ]?\d|มัธยมศึกษาปีที่|ประถมศึกษาปีที่|ปวช|ปวส|มัธยมปีที่|ประถมปีที่)",
    ))
});
/// Two names and a class in a bracket or behind a space.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"(?P<first>[ก-ฮเ-ไ][ก-๎]{1,30})[ ](?P<last>[ก-ฮเ-ไ][ก-๎]{1,30})[ ]?[,(]?[ ]?(?:ชั้น[ ]?)?[มป]\.[ ]?\d")
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
/// What นายก goes on with where it is an office.
const OFFICES: [&str; 6] = ["กรัฐมนตรี", "กเทศมนตรี", "กสมาคม", "กองค์การ", "กสภา", "กเหล่า"];
/// Grown-ups around a school.
const STAFF: [&str; 14] = [
    "ครู",
    "ผู้สอน",
    "ผอ.",
    "ผู้อำนวยการ",
    "อาจารย์",
    "ผู้ปกครอง",
    "ศึกษานิเทศก์",
    "วิทยากร",
    "นายก",
    "ผู้บริหาร",
    "ที่ปรึกษา",
    "บิดา",
    "มารดา",
    "พี่เลี้ยง",
];

/// Words of running text that family names begin with as well.
const FAMILY: [&str; 59] = [
    "คำ",
    "ดี",
    "เรียน",
    "รัก",
    "มี",
    "มา",
    "อยู่",
    "ไทย",
    "พร้อม",
    "เพิ่ม",
    "ชนะ",
    "บ้าน",
    "วัด",
    "ป่า",
    "ทะเล",
    "ชาวนา",
    "เมือง",
    "สร้าง",
    "สาม",
    "สี่",
    "ห้า",
    "นำ",
    "ปลูก",
    "คิด",
    "กล้า",
    "เกิด",
    "ใหญ่",
    "น้อย",
    "โต",
    "เก่ง",
    "กลาง",
    "เย็น",
    "ลาว",
    "บุญธรรม",
    "ชาย",
    "หญิง",
    "ใต้",
    "คง",
    "ร้อย",
    "สิบ",
    "แก้ว",
    "ทอง",
    "ใจ",
    "อ่าน",
    "เล่า",
    "พา",
    "บุตร",
    "คุณ",
    "นาง",
    "ชาว",
    "ข้าม",
    "ทาง",
    "ยืน",
    "แสดง",
    "ศึกษา",
    "ตั้ง",
    "ปี",
    "วัน",
    "ขาว",
];

/// Adds the matches; ranges are bytes of the normal form.
pub(super) fn find(normal: &Normal, finds: &mut Vec<Match>) {
    let text = normal.text.as_str();
    let mut judge = Judge { normal, segmenter: Segmenter::default(), words: Words::get() };
    if text.contains('ด') || text.contains("น้อง") {
        for found in TITLE.captures_iter(text) {
            let Some(title) = found.get(0) else { continue };
            let before = text[..title.start()].chars().next_back();
            let short = found.name("short").is_some();
            if short && before.is_some_and(|c| is_thai_letter(c) || c == '.') {
                continue;
            }
            let kind = if short {
                Title::Short
            } else if found.name("pet").is_some() {
                Title::Pet
            } else {
                Title::Long
            };
            if let Some((end, certain)) = judge.after_title(title.end(), kind) {
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
            if !other && !judge.is_staff(title.start(), last.end()) {
                finds.push(Match { class: Class::Learner, range: title.start()..last.end(), certain: true });
            }
        }
    }
    for number in CLASS_NUMBER.find_iter(text) {
        let window = normal.before(number.end(), BARE_LENGTH);
        let at = number.end() - window.len();
        let Some(found) = BARE.captures_iter(window).last() else { continue };
        let (Some(first), Some(last)) = (found.name("first"), found.name("last")) else { continue };
        let named = GIVEN.contains(first.as_str()) && judge.is_surname(last.as_str());
        if named && !judge.is_staff(at + first.start(), at + last.end()) {
            finds.push(Match { class: Class::Learner, range: at + first.start()..at + last.end(), certain: false });
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
    for found in ENGLISH.captures_iter(text) {
        let (Some(whole), Some(first), Some(last)) = (found.get(0), found.name("first"), found.name("last")) else {
            continue;
        };
        if normal.is_capital(first.start()) && normal.is_capital(last.start()) {
            finds.push(Match { class: Class::Learner, range: whole.start()..last.end(), certain: false });
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Title {
    Short,
    Long,
    Pet,
}

struct Judge<'a> {
    normal: &'a Normal,
    segmenter: Segmenter,
    words: &'static Words,
}

impl Judge<'_> {
    /// The run of Thai letters from an offset on, as far as a name could go.
    fn chunk(&self, from: usize) -> &str {
        let rest = &self.normal.text[from..];
        let mut end = 0;
        for c in rest.chars().take(60).take_while(|c| is_thai_letter(*c)) {
            end += c.len_utf8();
        }
        &rest[..end]
    }

    /// The words of a chunk, and whether the word list knows each.
    fn cut(&mut self, chunk: &str) -> Vec<(String, bool)> {
        let chars: Vec<char> = chunk.chars().collect();
        let mut ends = Vec::new();
        self.segmenter.cut(self.words, &chars, &mut ends);
        let mut start = 0;
        ends.iter()
            .map(|end| {
                let word: String = chars[start..*end].iter().collect();
                start = *end;
                let known = self.words.contains(&word);
                (word, known)
            })
            .collect()
    }

    /// Whether a chunk begins with a word that is no name.
    fn is_other(&mut self, chunk: &str) -> bool {
        !GIVEN.contains(chunk)
            && (OTHER.contains(chunk) || self.cut(chunk).first().is_some_and(|(w, _)| OTHER.contains(w.as_str())))
    }

    /// Whether a chunk holds letters that are no word of the list, as most names do.
    fn is_rare(&mut self, chunk: &str) -> bool {
        self.cut(chunk).iter().any(|(_, known)| !known)
    }

    fn is_name(&mut self, chunk: &str) -> bool {
        let length = cells(chunk).count();
        GIVEN.contains(chunk) || ((2..=9).contains(&length) && !self.is_other(chunk) && self.is_rare(chunk))
    }

    fn is_surname(&mut self, chunk: &str) -> bool {
        let length = cells(chunk).count();
        let first = self.cut(chunk).first().map(|(word, _)| word.clone()).unwrap_or_default();
        let family = length <= 9 && !OTHER.contains(chunk) && FAMILY.contains(&first.as_str());
        (2..=16).contains(&length) && (family || !self.is_other(chunk))
    }

    /// The longest given name that a chunk of running text begins with, where a word that is no name follows.
    fn glued(&mut self, chunk: &str) -> Option<usize> {
        let ends = chunk.char_indices().map(|(i, c)| i + c.len_utf8()).filter(|end| (9..chunk.len()).contains(end));
        let names: Vec<usize> = ends.filter(|end| GIVEN.contains(&chunk[..*end])).collect();
        names.into_iter().rev().find(|end| self.is_other(&chunk[*end..]))
    }

    /// Where a name after a child's title ends, and whether it is certain to be one.
    fn after_title(&mut self, end: usize, title: Title) -> Option<(usize, bool)> {
        let text = self.normal.text.as_str();
        let gap: usize = text[end..].bytes().take(3).take_while(|b| matches!(b, b' ' | b'\n' | b'.')).count();
        if text[end..end + gap].contains("\n\n") {
            return None;
        }
        let first_at = end + gap;
        let first = self.chunk(first_at).to_string();
        let first_end = first_at + first.len();
        if cells(&first).count() < 2 || self.is_other(&first) || self.is_false_name(first_end) {
            return None;
        }
        let space: usize = text[first_end..].bytes().take(2).take_while(|b| matches!(b, b' ' | b'\n')).count();
        let last = if space > 0 { self.chunk(first_end + space).to_string() } else { String::new() };
        let last_end = first_end + space + last.len();
        let surname = !last.is_empty() && self.is_surname(&last);
        let to = if surname { last_end } else { first_end };
        if surname && self.is_false_name(last_end) {
            return None;
        }
        let (known, length) = (GIVEN.contains(first.as_str()), cells(&first).count());
        match title {
            Title::Pet => {
                let class = self.is_class(to);
                ((known || self.is_rare(&first)) && class && length <= 8).then_some((to, false))
            }
            Title::Short if length <= 12 => Some((to, true)),
            _ if known => Some((to, true)),
            _ => {
                if let Some(end) = self.glued(&first) {
                    return Some((first_at + end, true));
                }
                if length > 10 {
                    return None;
                }
                let (rare, rare_last) = (self.is_rare(&first), surname && self.is_rare(&last));
                let indicated = self.is_class(to) || self.normal.before(end, 24).contains("ชื่อ");
                match (surname, rare, rare_last, indicated) {
                    (true, true, _, _) | (true, _, true, _) | (_, true, _, true) => Some((to, true)),
                    (true, false, false, true) => Some((to, true)),
                    (false, true, _, _) => Some((to, false)),
                    (true, false, false, false) => Some((to, false)),
                    (false, false, _, true) => Some((to, false)),
                    _ => None,
                }
            }
        }
    }

    /// Whether a class, an age or a school follows.
    fn is_class(&self, at: usize) -> bool {
        let after = self.normal.after(at, 14);
        let after = after.trim_start_matches([' ', ',', '(', '\n']);
        let number = |rest: &str| rest.trim_start_matches(['.', ' ']).starts_with(|c: char| c.is_ascii_digit());
        ["ชั้น", "นักเรียน", "โรงเรียน", "อายุ", "เลขที่", "ประถมศึกษาปีที่", "มัธยมศึกษาปีที่", "อนุบาล"]
            .iter()
            .any(|w| after.starts_with(w))
            || after.strip_prefix(['ป', 'ม', 'อ']).is_some_and(number)
    }

    /// Whether the name is said to be made up, or hidden.
    fn is_false_name(&self, at: usize) -> bool {
        let after = self.normal.after(at, 22);
        ["นามสมมติ", "นามสมมุติ", "นามแฝง", "ชื่อสมมติ", "ชื่อสมมุติ", "สมมติ)", "สมมุติ)"].iter().any(|w| after.contains(w))
    }

    fn is_staff(&self, start: usize, end: usize) -> bool {
        let (before, after) = (self.normal.before(start, 16), self.normal.after(end, 16));
        STAFF.iter().any(|w| before.contains(w) || after.contains(w))
    }
}
