//! Stamps: what people write on papers that are not for everybody, or not finished.
//!
//! A stamp is put together of few words in many ways ("FOR INTERNAL USE ONLY", "ห้ามคัดลอกหรือเผยแพร่"), so it is read by
//! words, not looked up: all letters of a text must be words of a kind below, and together they must hold something back.

/// Words that hold back by themselves.
const HOLDS: [&str; 10] = [
    "confidential",
    "classified",
    "workinprogress",
    "tlpred",
    "tlpamber",
    "ปกปิด",
    "ยังไม่เสร็จ",
    "notforpublic",
    "ร่างที่",
    "เป็นความลับ",
];
/// The same words where they may as well tell what something is about: a private school, a military draft.
const ABOUT: [&str; 16] = [
    "draft",
    "drafts",
    "internal",
    "private",
    "hidden",
    "unpublished",
    "unfinished",
    "secret",
    "topsecret",
    "restricted",
    "embargoed",
    "wip",
    "ร่าง",
    "ภายใน",
    "ลับ",
    "ความลับ",
];
/// Of these, those that say where, and with a word of use mean those who are there.
const INSIDE: [&str; 2] = ["internal", "ภายใน"];
/// Words that deny what follows.
const NOT: [&str; 13] =
    ["not", "donot", "dont", "never", "hide", "ไม่", "ห้าม", "มิให้", "งด", "อย่า", "อย่าเพิ่ง", "ยังไม่", "ไม่ให้"];
/// Words that tell of showing to others.
const SHOW: [&str; 25] = [
    "publish",
    "published",
    "publishing",
    "publication",
    "public",
    "publicly",
    "publicrelease",
    "release",
    "released",
    "distribute",
    "distribution",
    "circulate",
    "circulation",
    "share",
    "shared",
    "sharing",
    "disclose",
    "disclosure",
    "เผยแพร่",
    "เปิดเผย",
    "แจกจ่าย",
    "แชร์",
    "ส่งต่อ",
    "ยินยอม",
    "ลงเว็บ",
];
/// Words that shut others out.
const ONLY: [&str; 4] = ["only", "exclusively", "เท่านั้น", "เฉพาะ"];
/// Words of use.
const USE: [&str; 3] = ["use", "ใช้", "ใช้งาน"];
/// Who may see it.
const PEOPLE: [&str; 27] = [
    "staff",
    "member",
    "members",
    "teacher",
    "teachers",
    "team",
    "admin",
    "admins",
    "personnel",
    "committee",
    "employees",
    "ครู",
    "คณะครู",
    "ทีม",
    "ทีมงาน",
    "สมาชิก",
    "ผู้ดูแล",
    "เจ้าหน้าที่",
    "บุคลากร",
    "ผู้ที่เกี่ยวข้อง",
    "ผู้เกี่ยวข้อง",
    "ผู้บริหาร",
    "ผู้ใช้",
    "กรรมการ",
    "คณะกรรมการ",
    "คณะทำงาน",
    "หน่วยงาน",
];
/// Where it may be seen.
const PLACES: [&str; 27] = [
    "โรงเรียน",
    "องค์กร",
    "ราชการ",
    "สำนักงาน",
    "เขต",
    "พื้นที่",
    "กลุ่ม",
    "นิเทศ",
    "สถานศึกษา",
    "เครือข่าย",
    "ศูนย์",
    "official",
    "ฝ่าย",
    "ในราชการ",
    "สพป",
    "สพม",
    "สพฐ",
    "ศธ",
    "กระทรวง",
    "กรม",
    "สำนัก",
    "จังหวัด",
    "มหาวิทยาลัย",
    "วิทยาลัย",
    "คณะ",
    "กลุ่มงาน",
    "รร",
];
/// Words that stand beside stamps: the paper, politeness, versions.
const BESIDE: [&str; 50] = [
    "for",
    "from",
    "this",
    "document",
    "page",
    "strictly",
    "please",
    "and",
    "or",
    "version",
    "ver",
    "v",
    "rev",
    "no",
    "st",
    "nd",
    "rd",
    "th",
    "until",
    "fordiscussion",
    "status",
    "เอกสาร",
    "ข้อมูล",
    "ส่วน",
    "ไฟล์",
    "ฉบับ",
    "นี้",
    "สำหรับ",
    "เพื่อ",
    "และ",
    "หรือ",
    "ครั้งที่",
    "ฉบับที่",
    "ด่วน",
    "มาก",
    "ที่สุด",
    "โปรด",
    "กรุณา",
    "ต่อ",
    "ก่อน",
    "ได้รับ",
    "อนุญาต",
    "โดยเด็ดขาด",
    "คัดลอก",
    "สถานะ",
    "เวอร์ชัน",
    "thisis",
    "documentis",
    "pageis",
    "หน้านี้",
];
/// Words of a day.
const DAYS: [&str; 14] = ["ณ", "วันที่", "มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค"];

/// What the words up to a place say together.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Said {
    holds: bool,
    about: bool,
    inside: bool,
    dated: bool,
    beside: bool,
    denies: bool,
    denies_showing: bool,
    only: bool,
    uses: bool,
    people: bool,
    place: bool,
}

impl Said {
    fn with(self, word: &str) -> Option<Said> {
        let mut said = self;
        if HOLDS.contains(&word) {
            said.holds = true;
        } else if ABOUT.contains(&word) {
            said.about = true;
            said.inside |= INSIDE.contains(&word);
        } else if NOT.contains(&word) {
            said.denies = true;
        } else if SHOW.contains(&word) {
            // Showing that nobody denies is no stamp, but for that among those inside.
            if !said.denies && !said.inside {
                return None;
            }
            said.denies_showing |= said.denies;
            said.uses |= said.inside;
        } else if ONLY.contains(&word) {
            said.only = true;
        } else if USE.contains(&word) {
            said.uses = true;
        } else if PEOPLE.contains(&word) {
            said.people = true;
        } else if PLACES.contains(&word) {
            said.place = true;
        } else if BESIDE.contains(&word) {
            said.beside = true;
        } else if DAYS.contains(&word) || is_number(word) {
            said.dated = true;
        } else {
            return None;
        }
        Some(said)
    }

    /// Whether the words hold back. Of people, places, days and use alone they are about something (`ภายในโรงเรียน`, `ภายใน 5`),
    /// and what is "not confidential" is not.
    fn stamp(self) -> Option<Stamp> {
        let among = self.only && (self.people || self.inside || self.uses) || self.uses && self.inside;
        let other = self.denies || self.people || self.place || self.uses || self.dated && self.inside;
        match (self.denies_showing || among, self.holds || self.about) {
            (true, _) => Some(Stamp::Plain),
            (false, true) if other => None,
            (false, true) if self.holds || self.beside || self.only => Some(Stamp::Plain),
            (false, true) => Some(Stamp::About),
            (false, false) => None,
        }
    }
}

/// The stamps that people use most, in one spelling each.
pub(crate) fn common() -> Vec<&'static str> {
    const COMPOSED: [&str; 5] = ["ฉบับร่าง", "ใช้ภายใน", "ไม่เผยแพร่", "ห้ามเผยแพร่", "ยังไม่เผยแพร่"];
    [&HOLDS[..], &ABOUT, &COMPOSED].concat()
}

/// How sure a stamp is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stamp {
    /// A word that may as well tell what something is about.
    About,
    /// Nothing else.
    Plain,
}

/// Whether letters (small, without spaces and signs) are nothing but a stamp.
pub(crate) fn is_stamp(letters: &str) -> bool {
    read(letters).is_some()
}

/// Whether letters are a stamp, and may not as well tell what something is about (`ภายใน`, `draft`).
pub(crate) fn is_plain_stamp(letters: &str) -> bool {
    read(letters) == Some(Stamp::Plain)
}

/// `ใช้ภายในหน่วยงานเท่านั้น`, of whichever office; rooms and houses are where a thing is used.
fn is_inside(letters: &str) -> bool {
    const STARTS: [&str; 4] = ["ใช้ภายใน", "เพื่อใช้ภายใน", "ใช้เฉพาะภายใน", "เฉพาะภายใน"];
    let place = STARTS.iter().find_map(|start| letters.strip_suffix("เท่านั้น")?.strip_prefix(start));
    place.is_some_and(|place| !["ห้อง", "บ้าน", "อาคาร"].iter().any(|room| place.starts_with(room)))
}

fn read(letters: &str) -> Option<Stamp> {
    if is_inside(letters) {
        return Some(Stamp::Plain);
    }
    const LONGEST: usize = 400;
    if letters.is_empty() || letters.len() > LONGEST {
        return None;
    }
    // What is said up to each place where a word ends.
    let mut said: Vec<Vec<Said>> = vec![Vec::new(); letters.len() + 1];
    said[0].push(Said::default());
    for at in 0..letters.len() {
        let here = std::mem::take(&mut said[at]);
        if here.is_empty() {
            continue;
        }
        for end in ends_of_words(letters, at) {
            let word = &letters[at..end];
            for before in &here {
                let after = before.with(word);
                if let Some(after) = after.filter(|after| !said[end].contains(after)) {
                    said[end].push(after);
                }
            }
        }
    }
    said[letters.len()].iter().filter_map(|said| said.stamp()).max()
}

/// Words that say of a key or column that it tells whether something is shown, and what joins them.
const SHOWN: [&str; 21] = [
    "show",
    "shown",
    "showing",
    "display",
    "visible",
    "web",
    "website",
    "online",
    "approved",
    "consent",
    "pdpa",
    "แสดง",
    "แสดงผล",
    "เว็บ",
    "เว็บไซต์",
    "ออนไลน์",
    "สาธารณะ",
    "อนุมัติ",
    "อนุญาต",
    "ขึ้นเว็บ",
    "ลงเว็บไซต์",
];
const JOINING: [&str; 15] =
    ["is", "to", "on", "in", "the", "ready", "ได้", "แล้ว", "ให้", "การ", "บน", "ลง", "ขึ้น", "สู่", "ความ"];

/// Whether letters, the name of a key or a column, say nothing but that something is shown or may be: `ready_to_publish`,
/// `ลงเว็บ`, `อนุญาตให้เผยแพร่`.
pub(crate) fn tells_of_showing(letters: &str) -> bool {
    const LONGEST: usize = 200;
    let made_of = |lists: &[&[&str]]| {
        let mut ends = vec![false; letters.len() + 1];
        ends[0] = true;
        for at in 0..letters.len() {
            let words = lists.iter().copied().flatten().filter(|word| ends[at] && letters[at..].starts_with(**word));
            words.map(|word| at + word.len()).collect::<Vec<_>>().into_iter().for_each(|end| ends[end] = true);
        }
        ends[letters.len()]
    };
    letters.len() <= LONGEST && made_of(&[&SHOW, &SHOWN, &JOINING]) && !made_of(&[&JOINING])
}

fn is_number(word: &str) -> bool {
    word.chars().all(char::is_numeric)
}

/// Where the words end that begin at a place: of every list, and numbers.
fn ends_of_words(letters: &str, at: usize) -> impl Iterator<Item = usize> + '_ {
    let rest = &letters[at..];
    let number = rest.len() - rest.trim_start_matches(char::is_numeric).len();
    let lists = [&HOLDS[..], &ABOUT, &NOT, &SHOW, &ONLY, &USE, &PEOPLE, &PLACES, &BESIDE, &DAYS];
    let words = lists.into_iter().flatten();
    let words = words.filter(move |word| rest.starts_with(**word)).map(|word| word.len());
    words.chain((number > 0).then_some(number)).map(move |length| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_tell_whether_something_is_shown_are_known() {
        for name in
            ["readytopublish", "showonweb", "online", "ลงเว็บ", "อนุญาตให้เผยแพร่", "ความยินยอม", "pdpa", "เผยแพร่บนเว็บไซต์"]
        {
            assert!(tells_of_showing(name), "{name}");
        }
        for name in ["", "showtoc", "ready", "ได้", "publisher", "การแสดงดนตรี", "webaddress"]
        {
            assert!(!tells_of_showing(name), "{name}");
        }
    }

    #[test]
    fn stamps_are_put_together_of_words() {
        for stamp in [
            "draft",
            "ฉบับร่าง",
            "ร่างที่๑",
            "draft3",
            "draftv2",
            "internaluseonly",
            "forinternaluse",
            "forinternalcirculationonly",
            "ใช้ภายในอำเภอเท่านั้น",
            "forofficialuseonly",
            "ใช้ภายใน",
            "ใช้ภายในโรงเรียน",
            "ใช้ในราชการเท่านั้น",
            "ใช้ภายในหน่วยงานเท่านั้น",
            "ห้ามเผยแพร่",
            "ห้ามคัดลอกหรือเผยแพร่",
            "ห้ามคัดลอกห้ามเผยแพร่",
            "donotshare",
            "pleasedonotdistribute",
            "notforpublicrelease",
            "unpublished",
            "notpublished",
            "hidefrompublic",
            "staffonly",
            "forstaffonly",
            "สำหรับครูเท่านั้น",
            "เฉพาะบุคลากรภายใน",
            "เฉพาะผู้บริหาร",
            "ลับเฉพาะ",
            "ลับมาก",
            "ด่วนที่สุดลับมาก",
            "สถานะเอกสารร่าง",
            "เอกสารลับ",
            "เป็นความลับ",
            "privateandconfidential",
            "strictlyconfidential",
            "ห้ามเผยแพร่ก่อนได้รับอนุญาต",
            "อย่าเพิ่งเผยแพร่",
            "ไม่ยินยอม",
            "tlpred",
            "workinprogress",
            "ฉบับร่างณวันที่5พค2566",
        ] {
            assert!(is_stamp(stamp), "{stamp}");
        }
        for about in ["draft", "ร่าง", "ภายใน", "private", "draft2", "ลับ"] {
            assert!(is_stamp(about) && !is_plain_stamp(about), "{about}");
        }
        for other in [
            "",
            "2566",
            "ร่างกาย",
            "ลับมีด",
            "เคล็ดลับ",
            "นิเทศภายใน",
            "ภายในโรงเรียน",
            "ภายใน7วัน",
            "ภายใน2566",
            "หน้าลับ",
            "ใช้ภายในห้องเรียนเท่านั้น",
            "ภายในวันที่",
            "ภายในมิย2566",
            "ข้อมูลที่ไม่เผยแพร่",
            "เอกสาร",
            "ครู",
            "สำหรับครู",
            "เผยแพร่",
            "public",
            "release2",
            "ไม่ลับ",
            "notconfidential",
            "ห้ามคัดลอก",
            "internalaudit",
            "privateschool",
            "internaluseofwater",
            "use",
            "ใช้",
            "ใช้ในโรงเรียน",
            "version2",
            "เท่านั้น",
            "teamuse",
            "ร่างกฎหมาย",
            "ครูภายในโรงเรียน",
            "privatemembers",
            "ไม่เผยแพร่ชื่อ",
        ] {
            assert!(!is_stamp(other), "{other}");
        }
    }
}
