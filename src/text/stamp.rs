//! Stamps: what people write on papers that are not for everybody, or not finished.
//!
//! A stamp is put together of few words in many ways ("FOR INTERNAL USE ONLY", "ห้ามคัดลอกหรือเผยแพร่"), so it is read by
//! words, not looked up: all letters of a text must be words of a kind below, and together they must hold something back.

use std::sync::LazyLock;

use super::chars;
use super::slug::is_letter_or_digit;

/// What a word of a stamp says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    /// It holds back by itself.
    Holds,
    /// The same, where it may as well tell what something is about: a private school, a military draft.
    About,
    /// Of these what says where, and with a word of use means those who are there.
    Inside,
    /// It denies what follows.
    Not,
    /// The same, for now: what is refused for good is a decision and waits for nothing.
    NotYet,
    /// It tells of showing to others.
    Show,
    /// The same of what people do with other things as well: they share and post pictures, and quote.
    Pass,
    /// Behind a denial: how far something may go, and who might let it.
    Far,
    /// It waits for what follows.
    Waits,
    /// Others look at it before it is valid.
    Review,
    /// It shuts others out.
    Only,
    /// It tells of use.
    Use,
    /// Who may see it.
    People,
    /// Where it may be seen.
    Place,
    /// It stands beside stamps: the paper, politeness, versions.
    Beside,
    /// It tells a day.
    Day,
}

const WORDS: [(Sense, &str); 16] = [
    (
        Sense::Holds,
        "confidential classified workinprogress tlpred tlpamber tlpamberstrict tlpgreen ปกปิด ยังไม่เสร็จ \
        notforpublic notforweb เป็นความลับ nonpublic inconfidence instrictconfidence officialsensitive underembargo \
        noconsent เผยแพร่ไม่ได้ ยังเผยแพร่ไม่ได้ กำลังร่าง ระหว่างร่าง อยู่ระหว่างร่าง",
    ),
    (
        Sense::About,
        "draft drafts private hidden unpublished unapproved unfinished secret topsecret restricted \
        embargo embargoed wip ร่าง ร่างที่ ลับ",
    ),
    (Sense::Inside, "internal ภายใน"),
    (
        Sense::Not,
        "not donot dont didnot never mustnot maynot cannot nopermission refused parentrefused parentsrefused hide ไม่ ห้าม มิให้ งด อย่า \
        อย่าเพิ่ง ไม่ให้",
    ),
    (Sense::NotYet, "notyet ยังไม่"),
    (
        Sense::Show,
        "publish published publishing publication public publicly publicrelease release released distribute \
        distribution circulate circulation disclose disclosure consent เผยแพร่ เปิดเผย แจกจ่าย ยินยอม ลงเว็บ",
    ),
    (
        Sense::Pass,
        "share shared sharing forward post posted upload cite cited quote citation quotation viewing แชร์ ส่งต่อ อ้างอิง \
        โพสต์ อัปโหลด นำออกนอก ลงเว็บไซต์ ลงเฟซบุ๊ก",
    ),
    (
        Sense::Far,
        "yet before to be tobe intended the with anyone external externally outside online wider general onward ได้ ให้ ใช่ ควร \
        สามารถ นำ นำไป นำออก ไปยัง สู่ ภายนอก นอก สาธารณะ สาธารณชน ผ่าน ผ่านการ",
    ),
    (Sense::Waits, "awaiting pending รอ รอการ"),
    (
        Sense::Review,
        "review approval approved อนุมัติ การอนุมัติ พิจารณา การพิจารณา ตรวจ ตรวจสอบ การตรวจสอบ ตรวจทาน ลงนาม \
        ประกาศใช้",
    ),
    (Sense::Only, "only exclusively เท่านั้น เฉพาะ เฉพาะใน"),
    (Sense::Use, "use purposes ใช้ ใช้งาน ใช้ใน"),
    (
        Sense::People,
        "staff member members teacher teachers team editor editors author authors admin admins personnel committee employees management board \
        executives users authorized authorised eyes ผู้อำนวยการ ผอ ศึกษานิเทศก์ ผู้มีส่วนเกี่ยวข้อง ผู้ได้รับอนุญาต \
        ผู้ที่ได้รับอนุญาต คณะอนุกรรมการ ครู คณะครู ทีม \
        ทีมงาน สมาชิก ผู้ดูแล เจ้าหน้าที่ บุคลากร ผู้ที่เกี่ยวข้อง ผู้เกี่ยวข้อง ผู้บริหาร ผู้ใช้ กรรมการ \
        คณะกรรมการ คณะทำงาน หน่วยงาน",
    ),
    (
        Sense::Place,
        "โรงเรียน องค์กร ราชการ สำนักงาน เขต พื้นที่ กลุ่ม นิเทศ สถานศึกษา เครือข่าย ศูนย์ official school schools office ฝ่าย \
        ในราชการ สพป สพม สพฐ ศธ กระทรวง กรม สำนัก จังหวัด มหาวิทยาลัย วิทยาลัย คณะ กลุ่มงาน รร",
    ),
    (
        Sense::Beside,
        "for forthe from this keep highly copy asked document page strictly please and or version ver v rev no st nd rd th until \
        fordiscussion status เอกสาร ข้อมูล ส่วน ไฟล์ ฉบับ นี้ สำหรับ เพื่อ และ หรือ ครั้งที่ ฉบับที่ ด่วน \
        มาก ที่สุด โปรด กรุณา ขอความกรุณา ขอสงวน ต่อ ก่อน ได้รับ อนุญาต เด็ดขาด โดยเด็ดขาด คัดลอก สถานะ เวอร์ชัน thisis thisisa documentis \
        documentisa pageis pageisa forcomment forcomments หน้านี้",
    ),
    (
        Sense::Day,
        "jan january feb february mar march apr april may jun june jul july aug august sep september oct october nov \
        november dec december ณ วันที่ มค กพ มีค เมย พค มิย กค สค กย ตค พย ธค",
    ),
];

/// Words that say of a key or column that it tells whether something is shown, besides those of showing, and what joins them.
const SHOWN: &str = "share shared sharing show shown showing display visible web online approved pdpa แชร์ ส่งต่อ แสดง แสดงผล เว็บ \
    ออนไลน์ สาธารณะ อนุมัติ อนุญาต ขึ้นเว็บ";
const JOINING: &str = "is ok to on in the ready website ได้ แล้ว ให้ การ บน ลง ขึ้น สู่ ความ เว็บไซต์";

/// Words of names that tell whether people consent, and what may stand beside them: `photo_consent`, "Agreed to publication".
const CONSENT: &str = "consent consents consented agree agrees agreed permission cleared signedoff ยินยอม อนุญาต";
const OF_CONSENT: &str =
    "photo photos picture pictures video media name form given parent parents parental guardian for of";

/// Words of stamps and their opposites, beside which they tell two things apart.
pub(crate) const OPPOSITES: [(&str, &str); 3] = [("internal", "external"), ("private", "public"), ("ภายใน", "ภายนอก")];

/// Every word and what it says.
static SENSES: LazyLock<Vec<(&str, Sense)>> = LazyLock::new(|| {
    WORDS.iter().flat_map(|(sense, words)| words.split_whitespace().map(|word| (word, *sense))).collect()
});

fn of_sense(sense: Sense) -> impl Iterator<Item = &'static str> {
    SENSES.iter().filter(move |(_, own)| *own == sense).map(|(word, _)| *word)
}

/// What the words up to a place say together.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Said {
    holds: bool,
    about: bool,
    inside: bool,
    dated: bool,
    beside: bool,
    denies: bool,
    yet: bool,
    denies_showing: bool,
    denies_passing: bool,
    waits: bool,
    review: bool,
    waits_for_showing: bool,
    only: bool,
    uses: bool,
    people: bool,
    place: bool,
}

impl Said {
    fn with(self, sense: Sense) -> Option<Said> {
        let mut said = self;
        match sense {
            Sense::Holds => said.holds = true,
            Sense::About => said.about = true,
            Sense::Inside => (said.about, said.inside) = (true, true),
            Sense::Not => said.denies = true,
            Sense::NotYet => (said.denies, said.yet) = (true, true),
            // Showing that nobody denies is no stamp, but for that among those inside, and what waits for it.
            Sense::Show | Sense::Pass if !said.denies && !said.inside && !said.waits => return None,
            Sense::Show | Sense::Pass => {
                said.denies_showing |= said.denies && sense == Sense::Show;
                said.denies_passing |= said.denies;
                said.waits_for_showing |= said.waits;
                said.uses |= said.inside;
            }
            Sense::Far if !said.denies => return None,
            Sense::Far => {}
            Sense::Waits => said.waits = true,
            // "Draft for review", `ร่างเพื่อพิจารณา`; an internal review is a thing.
            Sense::Review if (said.holds || said.about) && said.beside && !said.inside => {}
            Sense::Review => said.review = true,
            Sense::Only => said.only = true,
            Sense::Use => said.uses = true,
            Sense::People => said.people = true,
            Sense::Place => said.place = true,
            Sense::Beside => said.beside = true,
            Sense::Day => said.dated = true,
        }
        Some(said)
    }

    /// Whether the words hold back. Of people, places, days and use alone they are about something (`ภายในโรงเรียน`, `ภายใน 5`),
    /// and what is "not confidential" is not.
    fn stamp(self) -> Option<Stamp> {
        let use_of_all = self.uses || self.review && self.beside;
        let among = self.only && (self.inside || use_of_all && !self.people) || self.uses && self.inside;
        let of_whom = self.denies_passing || self.only && self.people;
        let pending = self.review && (self.waits || self.yet);
        let other = self.denies || self.people || self.place || self.uses || self.review || self.waits;
        let other = other || self.dated && self.inside;
        let holds = self.holds || self.about;
        match (self.denies_showing || self.waits_for_showing || among || of_whom && holds, holds) {
            (true, _) => Some(Stamp::Plain),
            (false, _) if of_whom => Some(Stamp::OfWhom),
            (false, _) if pending => Some(Stamp::Pending),
            (false, true) if other => None,
            (false, true) if self.holds || self.beside || self.only => Some(Stamp::Plain),
            (false, true) => Some(Stamp::About),
            (false, false) => None,
        }
    }
}

/// The letters of a text as stamps are read: small and narrow, without spaces, quotes, signs and what joins words.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = char> {
    let of_word = |c: &char| is_letter_or_digit(*c) || chars::is_mark(*c);
    text.chars().map(chars::narrow).filter(of_word).flat_map(char::to_lowercase)
}

/// The stamps that people use most, in one spelling each.
pub(crate) fn common() -> Vec<&'static str> {
    const COMPOSED: [&str; 5] = ["ฉบับร่าง", "ใช้ภายใน", "ไม่เผยแพร่", "ห้ามเผยแพร่", "ยังไม่เผยแพร่"];
    let single = [Sense::Holds, Sense::About, Sense::Inside].into_iter().flat_map(of_sense);
    single.chain(COMPOSED).collect()
}

/// The same as titles: `ภายใน` is there as well what is inside.
pub(crate) fn titles() -> Vec<&'static str> {
    common().into_iter().filter(|word| *word != "ภายใน").collect()
}

/// How sure a stamp is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stamp {
    /// It waits to be approved or shown, as projects and budgets do as well.
    Pending,
    /// A word that may as well tell what something is about.
    About,
    /// It says who may see something or pass it on, as lessons do of other things than papers: "teachers only", "do not share".
    OfWhom,
    /// Nothing else.
    Plain,
}

/// Whether letters (small, without spaces and signs) are nothing but a stamp.
pub(crate) fn is_stamp(letters: &str) -> bool {
    read(letters) > Some(Stamp::Pending)
}

/// The same where a paper bears them: what waits to be approved (`รออนุมัติ`, "awaiting approval") is a stamp there, and the
/// state of a project elsewhere.
pub(crate) fn is_stamp_of_paper(letters: &str) -> bool {
    read(letters).is_some()
}

/// Whether a word that may tell what something is about stands beside its opposite, and tells of that: "internal, external".
pub(crate) fn is_paired(word: &str, has: impl Fn(&str) -> bool) -> bool {
    OPPOSITES.iter().any(|(one, other)| word.contains(one) && has(&word.replace(one, other)))
}

/// Whether letters are a stamp, and may not as well tell what something is about (`ภายใน`, `draft`).
pub(crate) fn is_plain_stamp(letters: &str) -> bool {
    read(letters) >= Some(Stamp::OfWhom)
}

/// Whether letters say in so many words that a section of a page is not for everybody. Whom a section is for, what nobody should
/// share and what drafts, secrets or the inside of a thing are is what it is about.
pub(crate) fn is_stamp_of_section(letters: &str) -> bool {
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
        let rest = &letters[at..];
        let number = rest.len() - rest.trim_start_matches(char::is_numeric).len();
        let words = SENSES.iter().filter(|(word, _)| rest.starts_with(word)).map(|(word, sense)| (word.len(), *sense));
        for (length, sense) in words.chain((number > 0).then_some((number, Sense::Day))) {
            let end = at + length;
            for after in here.iter().filter_map(|before| before.with(sense)) {
                if !said[end].contains(&after) {
                    said[end].push(after);
                }
            }
        }
    }
    said[letters.len()].iter().filter_map(|said| said.stamp()).max()
}

/// Whether letters, the name of a key or a column, say nothing but that something is shown or may be: `ready_to_publish`,
/// `ลงเว็บ`, `อนุญาตให้เผยแพร่`.
pub(crate) fn tells_of_showing(letters: &str) -> bool {
    const LONGEST: usize = 200;
    let joining = || JOINING.split_whitespace();
    let showing: Vec<&str> = of_sense(Sense::Show).chain(SHOWN.split_whitespace()).chain(joining()).collect();
    let consent = || CONSENT.split_whitespace();
    let consenting =
        || showing.iter().copied().chain(consent()).chain(OF_CONSENT.split_whitespace()).collect::<Vec<_>>();
    let consents = consent().any(|word| letters.contains(word));
    let made_of = |words: &[&str]| {
        let mut ends = vec![false; letters.len() + 1];
        ends[0] = true;
        for at in (0..letters.len()).filter(|at| letters.is_char_boundary(*at)) {
            if ends[at] {
                words
                    .iter()
                    .filter(|word| letters[at..].starts_with(**word))
                    .for_each(|word| ends[at + word.len()] = true);
            }
        }
        ends[letters.len()]
    };
    // A website is an address; with a word beside it, it is where something is: `on_website`, `ลงเว็บไซต์`.
    let placed = ["website", "เว็บไซต์"].iter().any(|place| letters.contains(place) && letters != *place);
    let shows = || made_of(&showing) && (placed || !made_of(&joining().collect::<Vec<_>>()));
    letters.len() <= LONGEST && (shows() || consents && made_of(&consenting()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_tell_whether_something_is_shown_are_known() {
        for name in [
            "readytopublish",
            "photoconsent",
            "agreedtopublication",
            "permissiongiven",
            "oktoshare",
            "showonweb",
            "online",
            "ลงเว็บ",
            "อนุญาตให้เผยแพร่",
            "ความยินยอม",
            "pdpa",
            "เผยแพร่บนเว็บไซต์",
            "ลงเว็บไซต์",
            "ขึ้นเว็บไซต์",
            "บนเว็บไซต์",
            "onwebsite",
            "websiteready",
            "แชร์",
            "แชร์ได้",
            "ให้แชร์",
            "การแชร์",
            "อนุญาตให้แชร์",
            "ยินยอมให้แชร์",
            "ส่งต่อ",
            "ส่งต่อได้",
            "การส่งต่อ",
        ] {
            assert!(tells_of_showing(name), "{name}");
        }
        for name in [
            "",
            "showtoc",
            "ready",
            "ได้",
            "publisher",
            "การแสดงดนตรี",
            "webaddress",
            "showphoto",
            "photo",
            "agreement",
            "parentname",
            "website",
            "เว็บไซต์",
            "post",
            "ประกาศ",
            "ผู้แชร์",
            "โพสต์",
        ] {
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
            "notforweb",
            "editoronly",
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
            "draftmay2026",
            "embargountil5may",
            "กำลังร่าง",
            "ร่างเพื่อพิจารณา",
            "draftforreview",
            "draftforcomment",
            "thispageisadraft",
            "draftdonotcite",
            "ร่างห้ามอ้างอิง",
            "embargoeduntil1june2030",
            "embargo1june2030",
            "donotpublishbefore1june",
            "draftcopy",
            "keepconfidential",
            "inconfidence",
            "nonpublic",
            "tlpgreen",
            "forreviewonly",
            "เพื่อพิจารณาเท่านั้น",
            "forinternalreviewonly",
            "forthecommitteeonly",
            "boardmembersonly",
            "authorizedpersonnelonly",
            "schooluseonly",
            "forinternalpurposesonly",
            "donotshareoutsidetheschool",
            "donotforward",
            "donotpostonline",
            "donotciteorquote",
            "notforcitation",
            "notyetpublished",
            "nottobeshared",
            "mustnotbepublished",
            "notintendedforpublication",
            "notforthepublic",
            "notforexternaldistribution",
            "รอเผยแพร่",
            "ยังไม่ให้เผยแพร่",
            "เผยแพร่ไม่ได้",
            "donotsharewithschools",
            "didnotconsent",
            "nopermissiontopublish",
            "askednottobepublished",
            "keepprivate",
            "ห้ามแชร์",
            "ห้ามโพสต์",
            "ห้ามลงเว็บไซต์",
            "ห้ามนำออกนอกหน่วยงาน",
            "ห้ามเผยแพร่ต่อสาธารณชน",
            "ห้ามนำไปเผยแพร่",
            "ไม่อนุญาตให้เผยแพร่",
            "ไม่สามารถเผยแพร่ได้",
            "ยังไม่ได้เผยแพร่",
            "ขอความกรุณาอย่าเผยแพร่",
            "เฉพาะผู้อำนวยการ",
            "เฉพาะผู้ได้รับอนุญาต",
            "เฉพาะศึกษานิเทศก์",
            "เฉพาะในหน่วยงาน",
            "ใช้ในโรงเรียนเท่านั้น",
        ] {
            assert!(is_stamp(stamp), "{stamp}");
        }
        for paper in [
            "รออนุมัติ",
            "รอการอนุมัติ",
            "รอพิจารณา",
            "รอตรวจสอบ",
            "รอลงนาม",
            "ยังไม่อนุมัติ",
            "ยังไม่ได้รับอนุมัติ",
            "ยังไม่ผ่านการอนุมัติ",
            "ยังไม่ได้ตรวจ",
            "ยังไม่ประกาศใช้",
            "awaitingapproval",
            "pendingreview",
            "notyetapproved",
            "เอกสารรออนุมัติ",
        ] {
            assert!(is_stamp_of_paper(paper) && !is_stamp(paper), "{paper}");
        }
        for whom in [
            "staffonly",
            "usersonly",
            "forteachersonly",
            "เฉพาะครู",
            "เฉพาะคณะกรรมการ",
            "สำหรับครูเท่านั้น",
            "teacheruseonly",
            "donotshare",
            "donotshareonline",
            "nevershareonline",
            "donotpostonline",
            "ห้ามแชร์",
            "ห้ามโพสต์",
        ] {
            assert!(is_plain_stamp(whom) && !is_stamp_of_section(whom), "{whom}");
        }
        for section in [
            "confidential",
            "internaluseonly",
            "staffinternalonly",
            "confidentialstaffonly",
            "donotpublishorshare",
            "notforpublication",
            "ห้ามเผยแพร่",
            "ใช้ภายในหน่วยงานเท่านั้น",
            "เฉพาะบุคลากรภายใน",
            "forofficialuseonly",
        ] {
            assert!(is_stamp_of_section(section), "{section}");
        }
        for subject in ["draft", "ภายใน", "internal", "private", "ลับ", "ร่างที่1", "draft2"]
        {
            assert!(is_stamp(subject) && !is_stamp_of_section(subject), "{subject}");
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
            "ความลับ",
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
            "review",
            "peerreview",
            "internalreview",
            "reviewonly",
            "pending",
            "รอ",
            "อนุมัติ",
            "รอรถ",
            "ตรวจสอบภายใน",
            "การตรวจสอบภายใน",
            "สำหรับตรวจสอบภายใน",
            "เฉพาะประกาศ",
            "ประกาศ",
            "ประกาศภายใน",
            "พิจารณาร่าง",
            "กำลังภายใน",
            "ความลับสุดท้าย",
            "thesecret",
            "thehidden",
            "privateschools",
            "schoolsonly",
            "ไม่ใช่ความลับ",
            "ไม่ได้ลับ",
            "notforsale",
            "notforthefaint",
            "donotdisturb",
            "ไม่ควรใช้",
            "ห้ามนำออก",
            "ห้ามออกนอกโรงเรียน",
            "post",
            "quotation",
            "external",
            "ภายนอก",
            "may2026",
            "forplanningpurposes",
            "copy",
            "highschoolonly",
            "firstdraft",
            "finaldraft",
            "ร่างแรก",
            "ร่างสุดท้าย",
            "unreleased",
            "notapproved",
            "ไม่อนุมัติ",
            "ไม่ผ่านการพิจารณา",
        ] {
            assert!(!is_stamp_of_paper(other), "{other}");
        }
    }
}
