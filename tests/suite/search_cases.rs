//! Queries on which engines fail for Thai, and what totals count.

use sala::internals::search::{Answer, Index, Query, SearchDoc, Section, Settings, build, query};

/// Title and text of each page; its number is its place.
const PAGES: [(&str, &str); 11] = [
    ("โครงการอาหารกลางวัน", "โครงการนี้เป็นโครงการของชุมชน โครงการเริ่มแล้ว"),
    ("ห้องเรียน", "ครูกับผู้เรียนช่วยกันตั้งเป้าหมาย"),
    ("รายงาน", "สรุปงานของปีการศึกษา๒๕๖๔ทั้งหมด"),
    ("แบบสรุป", "รายงานผลการประเมินตนเองของโรงเรียนเล็ก"),
    ("สถานศึกษาร่วมพัฒนา", "ทำงานกับโรงเรียนใกล้เคียง"),
    ("จิตอาสา", "ช่วยเหลือกันด้วยนํ้าใจ"),
    ("บทบาท", "เป็นเเกนนำของกลุ่ม"),
    ("กำหนดการ", "พบกันวันที่ ๑๒ ที่ห้องประชุม"),
    ("บันทึก", "ไม่มีวันที่ในข้อความ"),
    ("ประกาศ", "ลงนามใน พ.ศ. ๒๕๖๖ ที่กรุงเทพมหานคร"),
    ("คณะทำงาน", "มีผู้อำนวยการสถานศึกษาเป็นประธาน"),
];

fn portal(extra: &[(&str, &str)]) -> Index {
    let mut docs: Vec<SearchDoc> = PAGES
        .iter()
        .chain(extra)
        .enumerate()
        .map(|(i, (title, text))| SearchDoc {
            id: i.to_string(),
            url: format!("{i}.html"),
            title: (*title).into(),
            sections: vec![Section { text: (*text).into(), ..Section::default() }],
            ..SearchDoc::default()
        })
        .collect();
    docs[8].years = vec![2564];
    let group = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
    let settings = Settings {
        lang: "th".into(),
        synonyms: vec![group(&["ผอ.", "ผู้อำนวยการ"]), group(&["ร.ร.", "โรงเรียน", "สถานศึกษา"])],
        ..Settings::default()
    };
    build(docs.len(), |i| docs[i].clone(), &settings).expect("index")
}

fn ask(index: &Index, text: &str) -> Answer {
    let ask = Query { text: text.into(), limit: 50, ..Query::default() };
    query(index, &ask).expect("answer")
}

fn found(index: &Index, text: &str) -> Vec<u32> {
    ask(index, text).hits.iter().map(|h| h.doc).collect()
}

#[test]
fn words_are_found_wherever_they_stand() {
    let index = portal(&[]);
    for (text, page) in [
        ("ปีการศึกษา", 2),
        ("ผลการประเมิน", 3),
        ("ครู", 1),
        ("พัฒนา", 4),
        ("ร่วมพัฒนา", 4),
        ("น้ำใจ", 5),
        ("นํ้าใจ", 5),
        ("แกนนำ", 6),
        ("เเกนนำ", 6),
        ("12", 7),
        ("๑๒", 7),
    ] {
        let answer = ask(&index, text);
        assert_eq!(answer.hits.first().map(|h| h.doc), Some(page), "{text}");
        assert!(!answer.near, "{text}");
    }
    // A page that has no such word is no match, however alike its letters.
    assert_eq!(found(&index, "ครู"), [1]);
    assert!(!found(&index, "พัฒนา").contains(&0));
}

#[test]
fn years_are_found_by_both_eras() {
    let index = portal(&[]);
    // In a year field, and beside an era sign in the text.
    assert_eq!(found(&index, "2021"), [8, 2]);
    assert_eq!(found(&index, "๒๐๒๑"), [8, 2]);
    assert!(found(&index, "2564").contains(&8));
    assert_eq!(found(&index, "2023"), [9]);
    // A number that is no year has no second era.
    assert!(found(&index, "555").is_empty());
}

#[test]
fn totals_count_what_was_typed() {
    let many: Vec<(String, String)> = (0..12).map(|i| (format!("โรงเรียนที่ {i}"), "ข้อมูลเบื้องต้น".to_owned())).collect();
    let extra: Vec<(&str, &str)> = many.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let index = portal(&extra);
    // A common word is not widened by its synonyms.
    let common = ask(&index, "โรงเรียน");
    assert_eq!((common.total, common.synonyms.len()), (14, 0));
    // A rare one is, and says so.
    let rare = ask(&index, "ผอ.");
    assert_eq!((rare.total, rare.hits[0].doc), (1, 10));
    assert_eq!(rare.synonyms, ["ผู้อำนวยการ"]);
    // What no page holds whole is called near.
    let near = ask(&index, "โรงเรียมน");
    assert!(near.near && near.suggestion.as_deref() == Some("โรงเรียน"), "{near:?}");
    assert_eq!(ask(&index, "ฆฌญฎฏฐ").total, 0);
}

#[test]
fn queries_of_many_words_are_found_by_their_words() {
    let filler: Vec<(String, String)> = (0..20)
        .map(|i| {
            let text = "การพัฒนาคุณภาพของผู้เรียนเป็นเป้าหมาย ครูวางแผนการสอน และชุมชนมีส่วนร่วม";
            (format!("หน้า {i}"), text.to_owned())
        })
        .collect();
    let mut extra: Vec<(&str, &str)> = filler.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    extra.push(("หน้าที่หา", "ผู้เรียนพัฒนาขึ้น เมื่อชุมชนมีส่วนร่วมกับการนิเทศ ครูจึงวางแผนใหม่"));
    let index = portal(&extra);
    let answer = ask(&index, "แผนการนิเทศของครูและชุมชน");
    assert_eq!(answer.hits[0].doc as usize, PAGES.len() + 20);
    let marked: String = answer.hits[0].excerpt.iter().filter(|p| p.marked).map(|p| p.text.as_str()).collect();
    assert!(marked.contains("ชุมชน"), "{marked}");
}
