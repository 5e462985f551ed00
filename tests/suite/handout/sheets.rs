//! Sheets and single pages: sides, sizes, standards, codes.

use sala::pdf::{Job, Paper};
use serde_json::json;

use super::*;

#[test]
fn four_kinds_fill_two_sides_of_a4() {
    for kind in ["innovation", "aar", "model", "network"] {
        let pdf = made(&job(kind, sample(kind)));
        assert_eq!(pdf.pages, 2, "{kind}");
        assert_eq!(pdf.problems, [], "{kind}");
        assert!(pdf.bytes.len() <= 60 * 1024, "{kind} is {} bytes", pdf.bytes.len());
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
        ("poster", Paper::A3, 1..=1),
        ("slides", Paper::Slides, 9..=9),
        ("booklet", Paper::A4, 18..=24),
        ("booklet", Paper::A5, 24..=40),
        ("innovation", Paper::A5, 3..=5),
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
        ("aar", Paper::A4, 2),
        ("model", Paper::A4, 2),
        ("network", Paper::A4, 2),
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
    // Bars, lines, planned beside achieved: each is a figure with its meaning; the code is the fourth.
    assert_eq!(report.matches("/S /Figure").count(), 4);
    assert_eq!(report.matches("/Alt ").count(), 4);
    let text = poppler("pdftotext", &[], &made(&job("synthesis", sample("synthesis"))).bytes);
    // A line chart stands beside its table: the name of a row is on its axis and in the table.
    let years = text.unwrap_or_default().matches("2565").count();
    assert!(years >= 2, "{years}");
    let Some(model) = objects(&made(&job("model", sample("model"))).bytes) else {
        return;
    };
    assert_eq!(model.matches("/S /Figure").count(), 2);
    assert_eq!(model.matches("/Alt ").count(), 2);
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
        let pdf = press().render(&job(kind, data)).expect("a PDF");
        assert_eq!((pdf.pages, pdf.problems.len()), (2, 0), "{kind}");
        if let Some(text) = poppler("pdftotext", &[], &pdf.bytes) {
            assert!(text.contains("ไม่ได้บันทึกไว้"), "{kind}: {text}");
        }
    }
}

#[test]
fn a_long_field_and_a_long_table_still_fill_two_sides() {
    let mut data = sample("innovation");
    let sentence = "ครูพบว่านักเรียนที่อ่านไม่คล่องแทบไม่มีหนังสือที่บ้านและไม่เคยอ่านกับผู้ปกครอง ";
    let text = sentence.repeat(10_000 / sentence.chars().count() + 1);
    data["entry"]["sections"]["problem"]["blocks"] = json!([{"type": "p", "runs": [{"t": text}]}]);
    let row = data["entry"]["fields"]["building_blocks"]["records"][0].clone();
    data["entry"]["fields"]["building_blocks"]["records"] = json!(vec![row; 200]);
    let mut job = job("innovation", data);
    job.output = "handouts/long.pdf".into();
    let pdf = press().render(&job).expect("a PDF");
    assert_eq!(pdf.pages, 2);
    let Some(text) = poppler("pdftotext", &[], &pdf.bytes) else {
        return;
    };
    assert!(text.contains("อ่านต่อที่"), "{text}");
    // Sentences stay whole: each that begins also ends.
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let begun = flat.matches("ครูพบว่านักเรียนที่อ่าน").count();
    let ended = flat.matches("ไม่เคยอ่านกับผู้ปกครอง").count();
    assert!(begun > 2 && begun == ended, "{begun} begun, {ended} ended");
}
