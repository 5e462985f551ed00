//! Sheets and single pages: sides, sizes, standards, codes.

use sala::internals::pdf::{Job, Paper};
use serde_json::json;

use super::*;

#[test]
fn each_kind_has_its_sides_of_a4() {
    for (kind, sides) in [("innovation", 2), ("aar", 2), ("model", 2), ("network", 2)] {
        let pdf = made(&job(kind, sample(kind)));
        assert!(pdf.pages <= sides, "{kind}: {} sides", pdf.pages);
        assert_eq!(pdf.problems, [], "{kind}");
        assert!(pdf.bytes.len() <= 80 * 1024, "{kind} is {} bytes", pdf.bytes.len());
        let Some(info) = poppler("pdfinfo", &[], &pdf.bytes) else {
            return;
        };
        assert!(info.contains("(A4)") && info.contains("Tagged:          yes"), "{info}");
        let fonts = poppler("pdffonts", &[], &pdf.bytes).unwrap_or_default();
        for line in fonts.lines().skip(2) {
            assert!(line.contains("yes yes yes"), "not embedded: {line}");
        }
    }
}

#[test]
fn titles_languages_and_standards_are_declared() {
    let job = job("innovation", sample("innovation"));
    let pdf = made(&job);
    let Some(info) = poppler("pdfinfo", &[], &pdf.bytes) else {
        return;
    };
    assert!(info.contains(&job.title), "{info}");
    let meta = poppler("pdfinfo", &["-meta"], &pdf.bytes).unwrap_or_default();
    for part in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "th-TH",
    ] {
        assert!(meta.contains(part), "{part} in {meta}");
    }
}

#[test]
fn every_other_kind_prints_cleanly() {
    for (kind, paper, pages) in [
        ("form", Paper::A4, 1..=2),
        ("page", Paper::A4, 1..=4),
        ("synthesis", Paper::A4, 3..=4),
        ("poster", Paper::A3, 2..=3),
        ("slides", Paper::Slides, 9..=24),
        ("booklet", Paper::A4, 14..=30),
        ("booklet", Paper::A5, 20..=60),
        ("innovation", Paper::A5, 3..=9),
    ] {
        let pdf = made(&Job { paper, ..job(kind, sample(kind)) });
        assert!(pages.contains(&pdf.pages), "{kind}: {} pages", pdf.pages);
        assert_eq!(pdf.problems, [], "{kind}");
        let Some(info) = poppler("pdfinfo", &[], &pdf.bytes) else {
            continue;
        };
        let size = match paper {
            Paper::A4 => "595.276 x 841.89",
            Paper::A5 => "419.528 x 595.276",
            Paper::A3 => "1190.55 x 841.89",
            _ => "907.087 x 510.236",
        };
        assert!(info.contains(size), "{kind}: {info}");
    }
}

#[test]
fn the_code_holds_the_address() {
    for (kind, paper, page) in [
        ("innovation", Paper::A4, 2),
        ("aar", Paper::A4, 1),
        ("model", Paper::A4, 2),
        ("network", Paper::A4, 1),
        ("form", Paper::A4, 1),
        ("synthesis", Paper::A4, 1),
        ("booklet", Paper::A4, 1),
        ("slides", Paper::Slides, 1),
        ("poster", Paper::A3, 1),
    ] {
        let job = Job { paper, ..job(kind, sample(kind)) };
        let pdf = made(&job);
        let Some(found) = codes(&pdf.bytes, page) else {
            return;
        };
        assert_eq!(found, [job.address.as_str()], "{kind}");
        // The same address in words, as people type it.
        let page = page.to_string();
        let text = poppler("pdftotext", &["-f", &page, "-l", &page], &pdf.bytes);
        let short = job.address.trim_start_matches("https://");
        assert!(text.is_some_and(|t| t.contains(short)), "{kind}");
    }
}

#[test]
fn a_title_that_no_line_may_split_ends_before_its_code() {
    let (mut data, title) = (sample("network"), "n".repeat(36));
    data["entry"]["title"] = json!(title);
    let pdf = made(&job("network", data));
    let Some(words) = poppler("pdftotext", &["-bbox", "-l", "1"], &pdf.bytes) else {
        return;
    };
    let line =
        words.lines().find(|line| line.contains("<word") && line.contains(&title)).unwrap_or_else(|| panic!("{words}"));
    let end: f64 = line.split("xMax=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok()).expect("a place");
    // 18 mm of margin, 18 mm of code, 8 mm between.
    assert!(end <= (210.0 - 44.0) / 25.4 * 72.0 + 1.0, "{line}");
}

#[test]
fn no_type_of_a_handout_is_smaller_than_11_pt() {
    for kind in ["innovation", "aar", "model", "network"] {
        let pdf = made(&job(kind, sample(kind)));
        let options = ["-xml", "-i", "-stdout", "-zoom", "1"];
        let Some(xml) = poppler("pdftohtml", &options, &pdf.bytes) else {
            return;
        };
        let sizes: Vec<u32> = xml
            .split("<fontspec ")
            .skip(1)
            .filter_map(|part| part.split("size=\"").nth(1)?.split('"').next()?.parse().ok())
            .collect();
        assert!(!sizes.is_empty(), "{kind}: {xml}");
        assert!(sizes.iter().all(|size| *size >= 11), "{kind}: {sizes:?}");
    }
}

#[test]
fn charts_and_diagrams_are_drawn_and_said_in_words() {
    let Some(report) = objects(&made(&job("synthesis", sample("synthesis"))).bytes) else {
        return;
    };
    // Bars, lines, planned beside achieved: each is a figure with its meaning; the codes of cover and summary are the others.
    assert_eq!(report.matches("/S /Figure").count(), 5);
    assert_eq!(report.matches("/Alt ").count(), 5);
    let text = poppler("pdftotext", &[], &made(&job("synthesis", sample("synthesis"))).bytes);
    // A line chart stands beside its table: the name of a row is on its axis and in the table.
    let years = text.unwrap_or_default().matches("2565").count();
    assert!(years >= 2, "{years}");
    let Some(model) = objects(&made(&job("model", sample("model"))).bytes) else {
        return;
    };
    // The diagram, and the code on each side.
    assert_eq!(model.matches("/S /Figure").count(), 3);
    assert_eq!(model.matches("/Alt ").count(), 3);
}

#[test]
fn tables_have_heads_and_the_file_names_what_it_is() {
    for kind in ["innovation", "aar", "model", "network", "synthesis", "form"] {
        let Some(text) = objects(&made(&job(kind, sample(kind))).bytes) else {
            return;
        };
        for part in ["/MarkInfo", "/StructTreeRoot", "/OutputIntents", "/Lang (th-TH)", "/DisplayDocTitle true"] {
            assert!(text.contains(part), "{kind} has no {part}");
        }
        let (tables, heads) = (text.matches("/S /Table").count(), text.matches("/S /TH\n").count());
        assert!(heads >= tables, "{kind}: {tables} tables, {heads} heads");
    }
}

#[test]
fn a_record_with_nothing_but_a_title_prints_and_says_so() {
    for kind in ["innovation", "aar", "model", "network"] {
        let data = json!({"entry": {"id": "x", "title": "ยังไม่มีข้อมูล"}});
        let pdf = typesetter().render(&job(kind, data)).expect("a PDF");
        assert_eq!((pdf.pages, pdf.problems.len()), (if kind == "aar" { 1 } else { 2 }, 0), "{kind}");
        if let Some(text) = poppler("pdftotext", &[], &pdf.bytes) {
            assert!(text.contains("ไม่ได้บันทึกไว้"), "{kind}: {text}");
        }
    }
}

#[test]
fn a_long_field_and_a_long_table_run_on() {
    let mut data = sample("innovation");
    let sentence = "ครูพบว่านักเรียนที่อ่านไม่คล่องแทบไม่มีหนังสือที่บ้านและไม่เคยอ่านกับผู้ปกครอง ";
    let text = sentence.repeat(60);
    data["entry"]["sections"]["problem"]["blocks"] = json!([
        {"type": "p", "runs": [{"t": text}]},
        {"type": "table", "align": ["", ""], "head": [[{"t": "เรื่อง"}], []], "rows": vec![json!([[{"t": "แถวยาว"}], []]); 150]},
    ]);
    let row = data["entry"]["fields"]["building_blocks"]["records"][0].clone();
    let action = row["action"]["text"].as_str().or(row["action"].as_str()).expect("an action").to_owned();
    data["entry"]["fields"]["building_blocks"]["records"] = json!(vec![row; 40]);
    let mut job = job("innovation", data);
    job.output = "handouts/long.pdf".into();
    let pdf = typesetter().render(&job).expect("a PDF");
    assert!(pdf.pages > 4, "{} pages", pdf.pages);
    let Some(text) = poppler("pdftotext", &["-raw"], &pdf.bytes) else {
        return;
    };
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let count = |words: &str| flat.matches(&words.chars().filter(|c| !c.is_whitespace()).collect::<String>()).count();
    // One that stands across two pages has the foot of the first in it.
    assert!(count("ครูพบว่านักเรียนที่อ่าน") >= 58);
    assert_eq!(count("แถวยาว"), 150);
    assert_eq!(count(&action), 40);
}

#[test]
fn a_card_says_how_many_steps_it_leaves_off() {
    let mut data = sample("innovation");
    let row = data["entry"]["fields"]["building_blocks"]["records"][0].clone();
    data["entry"]["fields"]["building_blocks"]["records"] = json!(vec![row; 12]);
    let card = typesetter().render(&Job { paper: Paper::Card, ..job("innovation-card", data) }).expect("a PDF");
    if let Some(text) = poppler("pdftotext", &["-raw"], &card.bytes) {
        assert!(text.contains("+ "), "{text}");
    }
}

#[test]
fn a_network_prints_its_own_work_and_what_it_took_over() {
    let mut data = sample("network");
    let card = |id: &str, title: &str| json!({ "id": id, "title": title, "deciding": [] });
    data["entry"]["rollup"] = json!([
        { "kind": { "id": "innovation" }, "label": "นวัตกรรม", "count": 1, "entries": [card("a", "ของเครือข่ายเอง")] },
        { "kind": { "id": "aar" }, "label": "AAR", "count": 1, "entries": [card("b", "ทบทวนของเครือข่าย")] },
        { "kind": { "id": "report" }, "label": "รายงาน", "count": 1, "entries": [card("c", "รายงานของเครือข่าย")] },
    ]);
    data["entry"]["rows_about"] = json!([
        { "field": "adopted_by", "kind": "innovation", "id": "d", "title": "ของคนอื่น", "cells": { "status": "กำลังทดลองใช้" } },
        { "field": "adopted_by", "kind": "innovation", "id": "a", "title": "ของเครือข่ายเอง", "cells": {} },
    ]);
    let pdf = typesetter().render(&job("network", data)).expect("a PDF");
    let Some(text) = poppler("pdftotext", &["-raw"], &pdf.bytes) else {
        return;
    };
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for part in ["ของเครือข่ายเอง", "ทบทวนของเครือข่าย", "รายงานของเครือข่าย", "นวัตกรรมจากเครือข่ายอื่นของคนอื่นกำลังทดลองใช้"]
    {
        assert!(flat.contains(part), "{part}: {text}");
    }
    assert_eq!(flat.matches("ของเครือข่ายเอง").count(), 1, "its own is not what it took over");
    assert!(!flat.contains("ยังไม่มีนวัตกรรมและAAR"), "{text}");
}

#[test]
fn a_network_with_much_on_record_keeps_its_questions_and_says_nothing_twice() {
    let mut data = sample("network");
    data["entry"]["rollup"] = json!(
        (0..11)
            .map(|k| {
                let title = |n: usize| json!({ "title": format!("รายการ{k}ก{n}ก") });
                json!({ "kind": { "id": format!("kind-{k}") }, "label": format!("ชนิดที่ {k}"), "count": 4,
                    "entries": [title(0), title(1), title(1), title(2)] })
            })
            .collect::<Vec<_>>()
    );
    let pdf = typesetter().render(&job("network", data)).expect("a PDF");
    assert_eq!(pdf.pages, 2);
    let Some(text) = poppler("pdftotext", &["-raw"], &pdf.bytes) else { return };
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(flat.contains("ถามเมื่อไปเยี่ยม") && flat.contains("6.เราช่วย"), "{text}");
    assert!((0..11).all(|k| flat.matches(&format!("รายการ{k}ก1ก")).count() == 1), "{text}");
}

/// A panel of a result that is longer than a page goes on on the next one.
#[test]
fn a_result_of_many_words_is_printed_to_its_end() {
    let method: String = (0..400).map(|k| format!("ข้อ\u{200b}ความ{k}ก ")).collect();
    let mut data = sample("innovation");
    data["entry"]["fields"]["results"]["records"][0]["method"] = json!({ "text": method, "present": true });
    let pdf = typesetter().render(&job("innovation", data)).expect("a PDF");
    let Some(text) = poppler("pdftotext", &["-raw"], &pdf.bytes) else { return };
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let lacks: Vec<_> = (0..400).filter(|k| !flat.contains(&format!("ความ{k}ก"))).collect();
    assert_eq!(lacks, Vec::<i32>::new());
}

#[test]
fn paper_says_of_the_state_of_a_page_what_is_not_as_it_should_be() {
    for (term, label, printed) in
        [("reviewed", "ตรวจทานแล้วทั้งหน้า", false), ("draft", "ยังเป็นฉบับร่าง", true), ("superseded", "มีฉบับใหม่แทนแล้ว", true)]
    {
        let mut data = sample("innovation");
        let state = json!({ "id": "status", "label": "สถานะของหน้า", "type": "term", "present": true, "many": false,
            "text": label, "items": [{ "text": label, "term": term }] });
        data["entry"]["fields"]["status"] = state.clone();
        let list = data["entry"]["field_list"].as_array().cloned().unwrap_or_default();
        data["entry"]["field_list"] = json!(list.into_iter().chain([state]).collect::<Vec<_>>());
        let pdf = typesetter().render(&job("innovation", data)).expect("a PDF");
        let Some(text) = poppler("pdftotext", &["-raw"], &pdf.bytes) else { return };
        let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(flat.contains(label), printed, "{term}: {text}");
    }
}

#[test]
fn actions_show_their_state() {
    let mut data = sample("aar");
    let action =
        |term: &str| json!({ "action": { "text": format!("งาน {term}") }, "status": { "text": term, "term": term } });
    let drawn = |data: &Value| objects(&typesetter().render(&job("aar", data.clone())).expect("a PDF").bytes);
    data["entry"]["fields"]["actions"]["records"] = json!([action("open")]);
    let Some(open) = drawn(&data) else { return };
    data["entry"]["fields"]["actions"]["records"] = json!([action("dropped")]);
    let dropped = drawn(&data).expect("as before");
    // A cross of two lines and a line through the words, in place of a box.
    let lines = |text: &str| text.matches(" l\n").count();
    assert!(lines(&dropped) > lines(&open), "{} and {}", lines(&dropped), lines(&open));
}

/// Columns that the sheet does not know follow with their labels.
#[test]
fn what_a_row_holds_besides_is_printed() {
    let mut data = sample("aar");
    for (field, column) in [("actions", "told_to"), ("gap", "seen_by")] {
        let table = &mut data["entry"]["fields"][field];
        table["columns"] = json!([{ "id": column, "label": format!("ช่อง {column}") }]);
        table["records"][0][column] = json!({ "text": format!("ค่า {column}") });
    }
    let pdf = typesetter().render(&job("aar", data)).expect("a PDF");
    let Some(text) = poppler("pdftotext", &["-raw"], &pdf.bytes) else { return };
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for told in ["ช่องtold_to:ค่าtold_to", "ช่องseen_by", "ค่าseen_by"] {
        assert!(flat.contains(told), "{told}: {text}");
    }
}

#[test]
fn what_readers_must_know_first_stands_under_the_title() {
    for kind in ["innovation", "aar", "model", "network", "page", "form"] {
        let mut data = sample(kind);
        data["entry"]["notices"] = json!([{ "id": "state", "label": "สถานะของหน้า", "text": "มีฉบับใหม่แทน" }]);
        let pdf = made(&job(kind, data.clone()));
        let Some(words) = poppler("pdftotext", &["-bbox", "-l", "1"], &pdf.bytes) else {
            return;
        };
        let line = words.lines().find(|line| line.contains("มีฉบับใหม่แทน"));
        let top: f64 = line
            .and_then(|line| line.split("yMin=\"").nth(1)?.split('"').next()?.parse().ok())
            .unwrap_or_else(|| panic!("{kind}: {words}"));
        // In the first quarter of the page.
        assert!(top < 210.0, "{kind}: {line:?}");
    }
    // The same in a file for a word processor.
    let mut data = sample("form");
    data["entry"]["notices"] = json!([{ "id": "state", "label": "สถานะของหน้า", "text": "มีฉบับใหม่แทน" }]);
    let job = Job { file: FileKind::Docx, ..job("form-office", data) };
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), &typesetter().render(&job).expect("a file").bytes).expect("written");
    assert!(office::part(file.path(), "word/document.xml").contains("สถานะของหน้า: มีฉบับใหม่แทน"));
}

#[test]
fn those_who_tried_it_speak_on_the_front() {
    let mut data = sample("innovation");
    let about = |kind: &str, outcome: &str, school: &str| {
        json!({ "kind": kind, "id": school, "field": "innovation", "title": school, "illustrative": false,
            "cells": { "school": school, "state": "ใช้ต่อ", "outcome_30": outcome } })
    };
    data["entry"]["entries_about"] = json!([
        about("adoption", "", "โรงเรียนสี่"),
        about("adoption", "ทำได้สี่สัปดาห์ต่อเนื่อง", "โรงเรียนหนึ่ง"),
        about("news", "ข่าวของเวที", "โรงเรียนสอง"),
    ]);
    let pdf = made(&job("innovation", data));
    let Some(text) = poppler("pdftotext", &["-l", "1"], &pdf.bytes) else {
        return;
    };
    let text: String = text.split_whitespace().collect();
    for said in ["คนที่ลองแล้วบอกว่า", "ทำได้สี่สัปดาห์ต่อเนื่อง", "โรงเรียนหนึ่ง", "อีก1แห่ง"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("ข่าวของเวที") && !text.contains("โรงเรียนสี่"), "{text}");
}
