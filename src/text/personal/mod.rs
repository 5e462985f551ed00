//! Personal data in running text: national ids, phone numbers, LINE ids, private mail addresses, learners' names.
//!
//! A text is read in a [`normal`] form (one kind of dash and digit, no invisible characters, entities and emphasis
//! taken away), so that a number copied from Word is the number that somebody typed. [`numbers`] judges by digits and
//! the words around them, [`mail`] and [`line_ids`] by labels and providers, [`names`] by titles of children and what follows.
//!
//! National ids are 13 digits whose last is `(11 − Σ dᵢ·(14 − i) mod 11) mod 10` over the first twelve (Department of
//! Provincial Administration). How well all this works is measured in `tests/suite/personal.rs`.

mod digits;
mod find;
mod judge;
mod labels;
mod line_ids;
mod mail;
mod names;
mod national;
mod normal;
mod numbers;
mod phones;
mod places;
mod rosters;
mod tables;

pub use find::{Class, Match};

use std::borrow::Cow;

/// All matches in a text, in order. Linear in the length of the text.
#[must_use]
pub fn search(text: &str) -> Vec<Match> {
    let mut finds: Vec<Match> = Vec::new();
    for place in places::places(text) {
        let paragraph = &text[place.clone()];
        let mut add = |normal: &normal::Normal, here: Vec<Match>| {
            finds.extend(here.into_iter().map(|found| {
                let range = normal.original(found.range);
                Match { range: place.start + range.start..place.start + range.end, ..found }
            }));
        };
        // One reading at a time: each is many times as large as its text.
        {
            let written = normal::Normal::of(paragraph);
            let mut here = numbers::find(&written);
            mail::find(&written, &mut here);
            line_ids::find(&written, &mut here);
            names::find(&written, &mut here);
            rosters::find(&written, &mut here);
            add(&written, here);
        }
        if let Some(small) = normal::Normal::of_small(paragraph) {
            let mut here = numbers::find(&small);
            here.retain(|found| {
                let written = &paragraph[small.original(found.range.clone())];
                written.chars().filter(|c| normal::small_digit(*c).is_some()).count() >= normal::FEWEST
            });
            add(&small, here);
        }
        // Names and ids that marks part, and LINE ids in the cell beside their label. Phone numbers in a row of cells are
        // numbers of something else.
        if let Some(read) = normal::Normal::as_read(paragraph) {
            let mut here = numbers::find(&read);
            mail::find(&read, &mut here);
            line_ids::find(&read, &mut here);
            here.retain(|found| matches!(found.class, Class::NationalId | Class::Line));
            names::find(&read, &mut here);
            rosters::find(&read, &mut here);
            add(&read, here);
        }
    }
    finds.sort_by_key(|f| (f.range.start, f.range.end, f.class));
    finds.dedup_by(|next, kept| {
        let same = next.class == kept.class && next.range.start < kept.range.end;
        kept.certain |= same && next.certain;
        same
    });
    finds
}

/// The text with every find covered: what a message may show of a source line.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    let finds = search(text);
    if finds.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for find in finds.iter().filter(|f| f.range.start < f.range.end) {
        if find.range.end <= from {
            continue;
        }
        let start = find.range.start.max(from);
        out.push_str(&text[from..start]);
        cover(&text[start..find.range.end], &mut out);
        from = find.range.end;
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// Letters and digits become dots, marks go; what is between them stays, so that the form can be recognised.
pub fn cover(text: &str, out: &mut String) {
    out.extend(text.chars().filter_map(covered));
}

/// What stands for a character of personal data; nothing for marks.
#[must_use]
pub fn covered(c: char) -> Option<char> {
    match c {
        c if super::chars::is_mark(c) || super::chars::is_unseen(c) => None,
        c if c.is_alphanumeric() => Some('•'),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(text: &str) -> Vec<Class> {
        search(text).iter().map(|f| f.class).collect()
    }

    #[test]
    fn finds_stand_where_they_were_written() {
        let text = "ติดต่อ **๐๘๑–๒๓๔–๕๖๗๘** หรือ kru&#46;a@gmail.com หรือ a%20081%20234%205678.png";
        let finds = search(text);
        let shown: Vec<&str> = finds.iter().map(|f| &text[f.range.clone()]).collect();
        assert_eq!(shown, ["๐๘๑–๒๓๔–๕๖๗๘", "kru&#46;a@gmail.com", "081%20234%205678"]);
    }

    #[test]
    fn what_nobody_sees_inside_a_number_parts_nothing() {
        for unseen in [
            "\u{200b}",
            "\u{2061}",
            "\u{2064}",
            "\u{34f}",
            "\u{180e}",
            "\u{3164}",
            "\u{206a}",
            "\u{fe0f}\u{20e3}",
            "\u{e0020}",
            "\u{336}",
            "\u{fff9}",
            "&ZeroWidthSpace;",
            "&NoBreak;",
            "&zwnj;",
            "&InvisibleComma;",
            "&#x2063;",
            "<wbr>",
        ] {
            let split = |text: &str| text.chars().map(|c| format!("{c}{unseen}")).collect::<String>();
            for (text, class) in [("1101700230708", Class::NationalId), ("0812345678", Class::Phone)] {
                assert_eq!(classes(&split(text)), [class], "{text} {unseen:?}");
            }
            let name = format!("เด็ก{unseen}ชาย{unseen}สมชาย{unseen} ใจดี");
            assert_eq!(classes(&name), [Class::Learner], "{name:?}");
        }
        assert_eq!(classes("⓪⑧① ②③④ ⑤⑥⑦⑧"), [Class::Phone]);
        assert_eq!(classes("০৮১২৩৪৫৬৭৮ ᪀᪈᪁᪂᪃᪄᪅᪆᪇᪈"), [Class::Phone, Class::Phone]);
        assert_eq!(classes("¹⁻¹⁰¹⁷⁻⁰⁰²³⁰⁻⁷⁰⁻⁸ ₁₁₀₁₇₀₀₂₃₀₇₀₈"), [Class::NationalId, Class::NationalId]);
        assert_eq!(classes("0812345678<sup>1</sup>"), [Class::Phone], "the mark of a note");
        assert_eq!(classes("0812345678¹ ¹ ² ³ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹"), [Class::Phone], "marks of notes");
        for text in
            ["| LINE | somchai_22 |", "kru_nok99 (LINE)", "LINE_ID: kru_nok99", "https://line.me/ti/g2/AbCdEf12"]
        {
            assert_eq!(classes(text), [Class::Line], "{text}");
        }
        assert_eq!(classes("notes/tel-0812345678.html"), [Class::Phone]);
        assert!(classes("notes/inv-0812345678.html").is_empty());
    }

    #[test]
    fn marks_between_the_parts_of_a_name_or_an_id_part_nothing() {
        for text in [
            "เด็กชาย[สมชาย ใจดี](people/x.md) เรียน ป.3",
            "เด็กชาย [สมชาย][1] ใจดี",
            "เด็กชาย _สมชาย_ ใจดี",
            "เด็กชาย<a href=\"x\">สมชาย</a> ใจดี",
            "เด็กชาย<span class=\"n\">สมชาย ใจดี</span>",
            "เด็กชาย<abbr\ntitle=\"a>b\">สมชาย</abbr> ใจดี",
            "เด็ก<sub>ชาย</sub><time datetime=\"2566\">สมชาย</time> ใจดี",
            "> เด็กชาย\n> สมชาย ใจดี",
        ] {
            assert_eq!(classes(text), [Class::Learner], "{text}");
        }
        for text in [
            "[1-1017-00230](x)[-70-8](y)",
            "[110170](x)0230708",
            "<span class=\"a\">1101700</span>230708",
            "110170<sup>0230708</sup>",
            "110170<time>0230708</time>",
            "110170<x-y title=\"1>2\">0230708</x-y>",
            "110170<!-- x -->0230708",
            "<font color=red>110170</font><u>0230708</u>",
            "| 1-1017-00230 | 70-8 |",
            "| เลขประจำตัวประชาชน | 1 | 1 | 0 | 1 | 7 | 0 | 0 | 2 | 3 | 0 | 7 | 0 | 8 |",
            "| เลขประชาชน | 110170 | 0230708 |",
            "1-1017-00230\\\n-70-8",
            "> 1-1017-\n> 00230-70-8",
            "1-1017-<br>00230-70-8",
        ] {
            assert_eq!(classes(text), [Class::NationalId], "{text}");
        }
        // A row of a form, where nothing says what its digits are: it is not certain.
        let row = search("| 1 | 1 | 0 | 1 | 7 | 0 | 0 | 2 | 3 | 0 | 7 | 0 | 8 |");
        assert!(row.len() == 1 && row[0].class == Class::NationalId && !row[0].certain, "{row:?}");
        for text in [
            "| ก | 1 | 1 | 0 | 1 | 7 | 0 | 0 | 2 | 3 | 0 | 7 | 0 | 9 |",
            "| 1 | 1 | 0 | 1 | 7 | 0 | 0 | 2 | 3 | 0 | 7 | 0 | 8 | 4 |",
        ] {
            assert!(classes(text).is_empty(), "{text}");
        }
        for text in [
            "110170<br>0230708",
            "<p>110170</p><p>0230708</p>",
            "<td x=\"y\">110170</td><td>0230708</td>",
            "| 110170 | 0230708 |",
            "| ร.ร. 1050 | 120 | 135 | 128 |",
            "| 081 | 234 | 5678 |",
            "a_b [1](x) | 2 |",
        ] {
            assert!(classes(text).is_empty(), "{text}: {:?}", classes(text));
        }
    }

    #[test]
    fn numbers_of_things_stop_no_build() {
        let stops = |text: &str| search(text).iter().any(|f| f.class == Class::NationalId && f.certain);
        // Thirteen digits whose last one fits, as phones, foods and offices write them.
        for text in [
            "![ครู](messageImage_1701123456781.jpg)",
            "FB_IMG_1688312345674.jpg",
            "คอมพิวเตอร์ 7440-001-3900-78",
            "เครื่องหมาย อย. 50-2-32163-2-0023",
            "เลขสารบบอาหาร 50-1-21153-5-0074",
            "เลขที่เกียรติบัตร 2566175809124",
            "ตัวอย่างเลขบัตร 1-2345-67890-12-1",
            "GTIN 6938220213044",
        ] {
            assert!(!stops(text), "{text}");
        }
        for text in
            ["สำเนาบัตร 1701123456781.jpg", "1-1017-0023070-8", "เลขบัตรประชาชน 1101700230708", "1101700230708.pdf"]
        {
            assert!(stops(text), "{text}");
        }
    }

    #[test]
    fn numbers_of_goods_and_times_are_no_ids() {
        for text in [
            "{\"created_at\": 1719483920177, \"ok\": true}",
            "updatedAt=1712483920171",
            "\"expires\": 1801483920179",
            "เวลา (Unix ms) 1735483920173",
            "IMG_1655483920174.jpg",
            "หมายเลขคำสั่งซื้อ 2406148392014",
            "Order no. 2404839201750",
            "เลขที่ใบเสร็จ 6648392017564",
            "parcel 8348392017563 arrived late",
            "เลขไปรษณีย์ติดตาม 3548392017561",
            "Receipt no. 3348392017562",
            "สัญญาเลขที่ 6414839201752",
        ] {
            assert!(classes(text).is_empty(), "{text}");
        }
        for text in ["1719483920177", "id: 1719483920177", "ของน้อง 1719483920177", "at 1719483920177"] {
            assert_eq!(classes(text), [Class::NationalId], "{text}");
        }
    }

    #[test]
    fn mail_is_found_however_its_signs_are_written() {
        for text in [
            "thida at gmail.com นะคะ",
            "write to thida at gmail.com today",
            "thida.s at gmail dot com",
            "thida_at_gmail.com",
            "thida(at)live.com",
            "thida [at] school-name [dot] net",
            "อีเมล: nuch.s ที่ gmail.com",
            "ใช้ `nuch.s@gmail.com` ส่ง",
            "apichat.w\n@gmail.com",
            "kru@gmail．com",
            "thida (at) kruthida (dot) com",
            "ติดต่อ thida at icloud.com ครับ",
        ] {
            assert_eq!(classes(text), [Class::Mail], "{text}");
        }
        for text in [
            "look at gmail.com for details",
            "We met at yahoo.com headquarters",
            "noreply@gmail.example",
            "info (at) school.ac.th",
            "ติดตามที่ @kru@mastodon.social",
            "logo@2x.png",
            "สมัครใช้งาน google ที่ gmail.com",
        ] {
            assert!(classes(text).is_empty(), "{text}");
        }
        for text in ["LINE ครูประจำชั้น id tukta_p4", "ทักไลน์ครูได้ที่ bowling_t"]
        {
            assert_eq!(classes(text), [Class::Line], "{text}");
        }
    }

    #[test]
    fn learners_in_english_are_found_by_lists_and_classes() {
        for text in [
            "| Student | Class | Score |\n|---|---|---|\n| Kongpop Wongthong | P.4/1 | 88 |",
            "| Name of student | Grade |\n|---|---|\n| Kongpop Wongthong | 4 |",
            "| student_name | grade |\n| Kongpop Wongthong | 4 |",
            "List of students of class P.4/1\n\n1. Kongpop Wongthong\n2. Mali Srisuk",
            "Kongpop Wongthong (P.4/1) won the spelling prize.",
            "Congratulations to Kongpop Wongthong, a Grade 4 student, and others.",
            "Student: Kongpop Wongthong, Prathom 4/1, reads 40 words",
            "Kongpop, a Prathom 4 pupil with dyslexia, reads.",
        ] {
            assert!(classes(text).contains(&Class::Learner), "{text}");
        }
        for text in [
            "Teacher Somchai Jaidee (P.4/1) wrote it.",
            "The number of students | 120 |",
            "| Student | Class |\n|---|---|\n| all of them | P.4 |",
            "List of students' books\n\nThe Little Prince is read in Grade 4.",
            "Student: see the guide, class 4",
            "Read page 3 (p. 4) first.",
        ] {
            assert!(classes(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn sums_and_columns_of_orders_stop_no_build() {
        for text in [
            "เด็กชายสมชาย มีส้ม 5 ผล เด็กหญิงสมหญิง มีส้ม 3 ผล รวมกี่ผล",
            "ถ้า ด.ช.สมชาย เดิน 3 กม. เขาจะเดิน 12 กม. ในกี่ชั่วโมง",
            "{\"views\": 5534341533645}",
        ] {
            assert!(search(text).iter().all(|f| !f.certain), "{text}");
        }
        // The question word of a sum stands in the most common words too.
        for text in ["เด็กชายสมชาย ใจดี ชั้น ป.4 ร่วมกิจกรรมที่เกี่ยวข้องกับการอ่าน", "ด.ญ.มาลี ศรีสุข เล่าเกี่ยวกับครอบครัว"]
        {
            assert!(search(text).iter().any(|f| f.class == Class::Learner && f.certain), "{text}");
        }
        assert!(classes("| order_id | amount |\n|---|---|\n| 5441521840901 | 300 |").is_empty());
        assert_eq!(classes("เลขประจำตัวประชาชน\n2-5621\n-53457-86-8"), [Class::NationalId]);
    }

    #[test]
    fn titles_stand_behind_anything_and_names_begin_with_words() {
        let certain = |text: &str| search(text).iter().find(|f| f.class == Class::Learner).map(|f| f.certain);
        for text in [
            "1.ด.ช.ภูริณัฐ บุญมา",
            "และด.ช.ธนวัฒน์ มีสุข",
            "นร.ด.ช.ภูริณัฐ บุญมา",
            "ด.ช.กันตภณ แสงทอง",
            "เด็กหญิงวันวิสาข์ มีสุข",
            "1. เด็กชายเอกภพ มีสุข ชั้น ป.4/1",
            "เด็กชายชื่อภูริณัฐ บุญมา",
            "ด.ช. (ภูริณัฐ บุญมา)",
            "ด.ช. \"ภูริณัฐ\" บุญมา",
            "ด ช ธนกร พูลผล",
            "ด.ญ. มาลี แซ่ลิ้ม",
            "กับดช.ภูริณัฐ บุญมา",
            "ด.ซ. ภูริณัฐ บุญมา",
        ] {
            assert_eq!(certain(text), Some(true), "{text}");
        }
        assert_eq!(certain("เด็กชายรักษวินท์ แสงทอง"), Some(false), "a word and letters that are none");
        for text in ["ด.ญ.เก่ง แซ่ลี้", "ด.ญ.หนึ่ง ดือราแม ได้รางวัล", "ด.ญ. สอง เจ๊ะแว"]
        {
            assert_eq!(certain(text), Some(false), "{text}");
        }
        for text in ["ด.ญ. ทุกคน ร่วมกิจกรรม", "ด.ช. และ ด.ญ. เก่ง", "ด.ช. ที่ได้ เหรียญทอง", "ด.ญ. จาก บ้านหนองแวง"]
        {
            assert_eq!(certain(text), None, "{text}");
        }
        assert_eq!(certain("เด็กหญิง Math Camp"), Some(false));
        for text in ["เด็กหญิงมานี รักเผ่าไทย จากหนังสือเรียนมานี", "เด็กหญิงมาลาลา ยูซาฟไซ ได้รางวัลโนเบล", "เช่น เด็กชายสมชาย ใจดี"]
        {
            assert_ne!(certain(text), Some(true), "{text}");
        }
        for text in
            ["เด็กหญิงเมี่ยน โรงเรียนบ้านหนองบัว", "เด็กชายพิน็อกคิโอ", "เด็กหญิงหมวกแดง", "เด็กชายและเด็กหญิง ทุกคน", "สมาชิกดช. ทั้งหมด"]
        {
            assert_eq!(certain(text), None, "{text}");
        }
    }

    #[test]
    fn lists_of_learners_are_known_by_their_head() {
        for text in [
            "## รายชื่อนักเรียนชั้น ม.6/1\n\n1. นายอนุชา ศรีสุข\n2. นางสาวสุพัตรา แก้วมณี\n",
            "## รายชื่อนักเรียน\n\n| เลขที่ | ชื่อ-สกุล | คะแนน |\n|---|---|---|\n| 1 | อนุชา ศรีสุข | 18 |\n| 2 | สุพัตรา แก้วมณี | 9 |\n",
            "| เลขที่ | ชั้น | ชื่อ-สกุล |\n|---|---|---|\n| 1 | ม.6/1 | นายอนุชา ศรีสุข |\n| 2 | ม.6/1 | นางสาวสุพัตรา แก้วมณี |\n",
            "นักเรียนที่ได้รับทุน ได้แก่ นายอนุชา ศรีสุข, นางสาวสุพัตรา แก้วมณี",
            "รายชื่อนักเรียน\nอนุชา ศรีสุข\nสุพัตรา แก้วมณี",
            "| ชื่อ-สกุลนักเรียน | คะแนน |\n|---|---|\n| นายอนุชา ศรีสุข | 18 |\n| สุพัตรา | แก้วมณี |\n",
        ] {
            assert_eq!(classes(text), [Class::Learner, Class::Learner], "{text}");
        }
        for text in [
            "## รายชื่อครู\n\n1. นายอนุชา ศรีสุข\n",
            "## รายชื่อนักเรียนชั้น ม.6/1\n\nครูประจำชั้น\n\n1. นายอนุชา ศรีสุข\n",
            "นักเรียนที่ครูดูแล คือ นายอนุชา ศรีสุข",
            "| ชื่อ-สกุล | ตำแหน่ง | ชั้น |\n|---|---|---|\n| นายอนุชา ศรีสุข | ครู | ป.3 |\n",
            "## รายชื่อนักเรียน\n\nส่งภายในวันศุกร์ ที่ห้องธุรการ\n",
        ] {
            assert!(classes(text).is_empty(), "{text}: {:?}", search(text));
        }
    }

    #[test]
    fn masked_text_shows_the_form_alone() {
        assert_eq!(mask("โทร 081-234-5678 นะ"), "โทร •••-•••-•••• นะ");
        assert_eq!(mask("ไม่มีอะไร"), "ไม่มีอะไร");
        let twice = mask("ด.ช.สมชาย ใจดี โทร 0812345678").into_owned();
        assert!(!twice.contains("สมชาย") && !twice.contains("5678"), "{twice}");
        assert_eq!(mask(&twice), twice);
    }

    #[test]
    fn an_empty_or_plain_text_has_none() {
        for text in ["", "ด", "เด็ก", "@", "&", "&#;", "line", "<", "\\", "&#x110000;", "๐"] {
            assert!(classes(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn long_lines_take_linear_time() {
        let started = std::time::Instant::now();
        for piece in [
            "[",
            "](",
            "_",
            "| ",
            "<a ",
            "> ",
            "0|",
            "เด็กชาย",
            "0",
            "08",
            "a@",
            "ไลน์ ",
            "line:",
            "1 ",
            "&#4",
            "<b",
            "ด.ช.",
            "นาย ",
            "0812345678 ",
        ] {
            let _ = search(&piece.repeat(20_000));
        }
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }
}
