//! How pages end and texts keep together: no few lines on a page of their own, no row alone, no word over its box.

use super::layout::planted;
use super::portal::{Word, words};
use super::*;
use crate::tools;

/// The words of a job's PDF and the widths of its pages.
fn words_of(job: &Job) -> (Vec<Word>, Vec<f64>) {
    let pdf = typesetter().render(job).unwrap_or_else(|problems| panic!("{}: {problems:#?}", job.template));
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), &pdf.bytes).expect("written");
    words(file.path()).expect("poppler reads it")
}

fn without_poppler(name: &str) -> bool {
    let none = !tools::has("pdftotext");
    if none {
        tools::skip(name, "pdftotext is not installed");
    }
    none
}

#[test]
fn a_text_is_set_smaller_rather_than_end_on_a_page_for_a_few_lines() {
    if without_poppler("a_text_is_set_smaller") {
        return;
    }
    let of = |n: usize| {
        let body = format!("saving-pages(for k in range({n}) {{ par[แถวที่ #k] }})");
        let (words, widths) = planted(&format!("#import \"prose.typ\": *\n#show: sheet.with(footer: none)\n#{body}"));
        (widths.len(), words.iter().filter(|w| w.page == widths.len()).map(|w| w.bottom).fold(0.0, f64::max))
    };
    for n in [30, 34, 36, 38, 40, 44] {
        let (pages, last) = of(n);
        assert!(pages == 1 || last > 150.0, "{n} lines: the last of {pages} pages ends at {last}");
    }
    assert_eq!((of(30).0, of(60).0), (1, 2));
}

#[test]
fn no_row_of_a_table_stands_alone() {
    if without_poppler("no_row_of_a_table_stands_alone") {
        return;
    }
    let of = |above: u32, rows: usize| {
        let body = format!(
            "#show: sheet.with(footer: none)\n#v({above}pt)\n#title-2[หัวเรื่อง]\n#data-table((\"หัว\", \"สอง\"), range({rows}).map(k => (\"แถว\" + str(k), \"ค่า\")))"
        );
        let (words, _) = planted(&body);
        let on = |text: &str| words.iter().find(|w| w.text == text).map_or(0, |w| w.page);
        (on("หัวเรื่อง"), (0..rows).map(|k| on(&format!("แถว{k}"))).collect::<Vec<_>>())
    };
    for above in [560, 600, 630, 650, 670, 690] {
        let (head, pages) = of(above, 5);
        assert!(pages.iter().all(|page| *page == head), "{above}: {head}, {pages:?}");
        let (head, pages) = of(above, 30);
        assert!(pages[0] == head && pages[1] == head, "{above}: {head}, {pages:?}");
    }
    // The last row is not alone either, wherever the table begins.
    for above in (100..220).step_by(8) {
        let (_, pages) = of(above, 30);
        assert_eq!(pages[28], pages[29], "{above}: {pages:?}");
    }
}

#[test]
fn a_label_stays_with_its_list_and_links_have_numbers_in_brackets() {
    if without_poppler("a_label_stays_with_its_list") {
        return;
    }
    let field = "(type: \"text\", label: \"หลักฐาน\", many: true, items: range(9).map(k => (text: \"ข้อความที่ยาวพอจะยืนคนเดียวในบรรทัดของตน \" + str(k))))";
    for above in (600..720).step_by(8) {
        let (words, _) = planted(&format!(
            "#import \"prose.typ\": *\n#show: sheet.with(footer: none)\n#v({above}pt)\n#field-row({field})"
        ));
        let on = |text: &str| words.iter().find(|w| w.text.starts_with(text)).map_or(0, |w| w.page);
        assert_eq!(on("หลักฐาน"), on("ข้อความ"), "{above}");
    }
    let (words, _) = planted(
        "#import \"prose.typ\": *\n#show: sheet.with(footer: none)\n#citing[#link(\"https://a.example/\")[หมายเลข 8]และ]\n#cited()",
    );
    let said: String = words.iter().map(|w| w.text.as_str()).collect();
    assert!(said.contains("8[1]และ") && said.contains("[1]หมายเลข"), "{said}");
}

#[test]
fn numbers_stay_with_what_they_count_across_fields_and_runs() {
    planted(
        "#import \"parts.typ\": *\n#assert.eq(with-unit((text: \"2\", unit: \"ชั่วโมง\")), \"2\\u{a0}ชั่วโมง\")\n\
         #assert.eq(items-of((many: true, unit: \"กก.\", items: ((text: \"1.5\"), (text: \"2\")))), (\"1.5\\u{a0}กก.\", \"2\\u{a0}กก.\"))\n\
         #context assert.eq(measure(inline(((t: \"เวที \"), (t: \"2\"), (t: \" ครั้ง และ\")))).width, measure([เวที 2\u{a0}ครั้ง และ]).width)",
    );
    if without_poppler("numbers_stay_with_what_they_count") {
        return;
    }
    // In a column that holds "เวที 2" but not all of it, the number goes to the next line with its word.
    let (words, _) = planted(
        "#show: sheet.with(footer: none)\n#context block(width: measure([เวที 2 คร]).width, inline(((t: \"เวที \"), (t: \"2\"), (t: \" ครั้ง\"))))",
    );
    let line = |text: &str| words.iter().find(|w| w.text.contains(text)).map_or(0.0, |w| w.bottom.round());
    assert!(line("เวที") < line("ครั้ง"), "{}", words.len());
    assert_eq!(line("2"), line("ครั้ง"));
}

#[test]
fn an_address_at_the_end_stays_on_one_line() {
    if without_poppler("an_address_at_the_end") {
        return;
    }
    let pdf = super::portal::printed().join("en/rec-sample-mentor-time.pdf");
    let (words, _) = words(&pdf).expect("poppler reads it");
    assert_eq!(words.iter().filter(|w| w.text.ends_with("/rec-sample-mentor-time.html")).count(), 3);
}

#[test]
fn a_form_takes_as_few_pages_as_lines_of_9_mm_allow() {
    if without_poppler("a_form_takes_as_few_pages") {
        return;
    }
    let item = |k: usize| json!({ "label": { "text": format!("เรื่องที่ {k}") }, "kind": { "text": "lines" }, "lines": { "text": "4" } });
    let pages = |n: usize| {
        let mut data = sample("form");
        data["entry"]["fields"]["items"]["records"] = json!((0..n).map(item).collect::<Vec<_>>());
        data["entry"]["section_list"] = json!([]);
        words_of(&job("form", data))
    };
    // Eleven items of four lines of 9 mm would be 1.9 pages high, were nothing lost where pages end.
    let (words, widths) = pages(11);
    assert_eq!(widths.len(), 2);
    // The label of an item stands on the page of its first lines: none is the last thing of a page.
    let last = words.iter().filter(|w| w.page == 1 && w.bottom < 785.0).map(|w| w.bottom).fold(0.0, f64::max);
    assert!(last < 745.0, "{last}");
    // Lines are not lower than that, even where a page would be saved.
    assert_eq!((pages(5).1.len(), pages(6).1.len()), (1, 2));
}

#[test]
fn a_table_of_three_rows_stands_on_one_page_of_a_form() {
    if without_poppler("a_table_of_three_rows") {
        return;
    }
    let table = |k: usize| {
        json!({ "label": { "text": format!("ตารางที่ {k}") }, "kind": { "text": "table" }, "lines": { "text": "2" },
            "columns": { "text": "เรื่อง|ผล|เพราะ" }, "rows": { "text": format!("แถว{k}ก|แถว{k}ข|แถว{k}ค") } })
    };
    let sign = json!({ "label": { "text": "ผู้ตรวจ" }, "kind": { "text": "signature" } });
    let line = json!({ "label": { "text": "ชื่อ" }, "kind": { "text": "line" } });
    // However far down the page the tables begin.
    for above in 0..8 {
        let mut data = sample("form");
        let items = std::iter::repeat_n(line.clone(), above).chain((0..7).map(table)).chain(vec![sign.clone(); 5]);
        data["entry"]["fields"]["items"]["records"] = items.collect();
        data["entry"]["section_list"] = json!([]);
        let (words, _) = words_of(&job("form", data));
        let page = |text: &str| words.iter().find(|w| w.text == text).map(|w| w.page);
        for k in 0..7 {
            let pages = ["ก", "ข", "ค"].map(|c| page(&format!("แถว{k}{c}")));
            assert!(pages[0].is_some() && pages.iter().all(|p| *p == pages[0]), "{above} {k}: {pages:?}");
        }
    }
}

#[test]
fn signatures_bear_the_numbers_of_a_form() {
    if without_poppler("signatures_bear_the_numbers") {
        return;
    }
    let sign = |k: usize| json!({ "no": { "text": k.to_string() }, "label": { "text": "ผู้ตรวจ" }, "kind": { "text": "signature" } });
    let mut data = sample("form");
    data["entry"]["fields"]["items"]["records"] = (1..4).map(sign).collect();
    data["entry"]["section_list"] = json!([]);
    let (words, _) = words_of(&job("form", data));
    let labels: Vec<_> = words.iter().filter(|w| w.text == "ผู้ตรวจ").collect();
    let numbered = |k: usize| {
        let near = |w: &&super::portal::Word| (w.bottom - labels[k].bottom).abs() < 3.0 && w.left < labels[k].left;
        words.iter().filter(near).any(|w| w.text == (k + 1).to_string())
    };
    assert!(labels.len() == 3 && (0..3).all(numbered), "{:?}", labels.len());
}

#[test]
fn no_line_begins_with_the_dot_between_facts() {
    if without_poppler("no_line_begins_with_the_dot") {
        return;
    }
    let facts = "โรงเรียน".repeat(2);
    for width in 40..60 {
        let (words, _) = planted(&format!(
            "#show: sheet.with(footer: none)\n#block(width: {width}mm, t(((\"{facts}\",) * 6).join(dot)))",
        ));
        let left = words.iter().map(|w| w.left).fold(f64::MAX, f64::min);
        assert!(words.iter().all(|w| w.text != "·" || w.left > left + 5.0), "{width} mm");
    }
}

#[test]
fn steps_on_slides_stay_in_their_boxes() {
    if without_poppler("steps_on_slides") {
        return;
    }
    let mut data = sample("booklet");
    let action = "ขั้นตอนที่\u{200b}ยาว\u{200b}มาก\u{200b}เกิน\u{200b}กว่า\u{200b}กล่อง\u{200b}".repeat(5);
    let rows: Vec<Value> = (0..5).map(|_| json!({ "action": { "text": action } })).collect();
    data["entries"][0]["fields"]["building_blocks"]["records"] = json!(rows);
    let (words, _) = words_of(&Job { paper: Paper::Slides, ..job("slides", data) });
    let long: Vec<&Word> = words.iter().filter(|w| w.text.contains("ขั้นตอนที่")).collect();
    assert!(long.len() > 4, "{}", long.len());
    let low = words.iter().filter(|w| long.iter().any(|l| l.page == w.page) && w.bottom < 460.0);
    // The boxes end at 400 pt; the foot stands below.
    let low: Vec<&str> = low.filter(|w| w.bottom > 402.0).map(|w| w.text.as_str()).collect();
    assert!(low.is_empty(), "{low:?}");
}

#[test]
fn a_number_stays_beside_its_label() {
    if without_poppler("a_number_stays_beside_its_label") {
        return;
    }
    let record = "(indicator: \"เวลา\", before: \"41\", after: \"18\", unit: \"working days\")";
    for width in [60, 70, 80, 90] {
        let (words, _) = planted(&format!(
            "#import \"record.typ\": result-panel\n#show: sheet.with(footer: none)\n#block(width: {width}mm, result-panel({record}, ({record},)))"
        ));
        let line = |text: &str| words.iter().find(|w| w.text == text).map(|w| w.bottom);
        let (label, number) = (line("หลัง").expect("the label"), line("18").expect("the number"));
        assert!((label - number).abs() < 14.0, "{width} mm: {label} and {number}");
    }
}

#[test]
fn a_long_address_leaves_the_foot_on_one_line() {
    if without_poppler("a_long_address_leaves_the_foot") {
        return;
    }
    let address = "https://sala.example/innovations/inn-paired-reading-two-languages.html".to_owned();
    let (words, _) = words_of(&Job { address, ..job("page", sample("page")) });
    let foot: Vec<_> = words.iter().filter(|w| w.page == 1 && w.top > 790.0).map(|w| w.bottom.round()).collect();
    assert!(foot.len() > 4 && foot.iter().all(|b| (b - foot[0]).abs() < 3.0), "{foot:?}");
}

#[test]
fn a_picture_of_a_link_says_the_whole_title() {
    let mut data = sample("innovation");
    data["entry"]["title"] = json!("Model 1: Formal relations");
    let pdf = typesetter().render(&Job { paper: Paper::Link, ..job("link", data) }).expect("a PDF");
    if let Some(text) = poppler("pdftotext", &["-raw"], &pdf.bytes) {
        assert!(text.contains("Formal relations"), "{text}");
    }
}

#[test]
fn a_poster_is_one_sheet_while_its_other_side_holds_what_is_left() {
    if without_poppler("a_poster_is_one_sheet") {
        return;
    }
    let (_, widths) = words(&super::portal::printed().join("models-poster.pdf")).expect("poppler reads it");
    assert_eq!(widths.len(), 2);
}

#[test]
fn a_name_is_set_smaller_only_where_its_words_do_not_fit() {
    if without_poppler("a_name_is_set_smaller") {
        return;
    }
    // The name of a school that no line splits, but at its space.
    let name =
        "โรงเรียน\\u{e000}อนุบาล\\u{e000}สามเสน\\u{e000}\\u{a0}(สำนักงาน\\u{e000}สลากกินแบ่ง\\u{e000}รัฐบาล\\u{e000}อุปถัมภ์)";
    let (words, _) = planted(&format!(
        "#import \"parts.typ\": headline\n#show: sheet.with(footer: none)\n#block(width: 120mm, headline(hold((title: \"{name}\"))))"
    ));
    let said: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[1].starts_with('('), "{said:?}");
}

#[test]
fn slides_for_offices_are_set_so_large_as_they_fit() {
    let mut data = sample("booklet");
    let long = "ชื่อเรื่องที่ยาวมากจนต้องขึ้นหลายบรรทัดบนสไลด์".repeat(3);
    data["entries"][0]["title"] = json!(long);
    let row = json!({ "time": { "text": "09.00" }, "item": { "text": "แถวหนึ่ง" } });
    data["entry"]["fields"]["programme"] =
        json!({ "id": "programme", "present": true, "type": "table", "records": vec![row; 9] });
    let made = typesetter().render(&Job {
        file: FileKind::Pptx,
        paper: Paper::Slides,
        ..job("slides-office", with_refs(data))
    });
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), &made.expect("a file").bytes).expect("written");
    // The size of its title stands in the slide of the long one: programs shrink a text only when somebody types in it.
    let sizes: Vec<u32> = (1..=8)
        .map(|k| super::office::part(file.path(), &format!("ppt/slides/slide{k}.xml")))
        .filter(|slide| slide.contains("ขึ้นหลายบรรทัดบนสไลด์"))
        .filter_map(|slide| slide.split("sz=\"").nth(1)?.split('"').next()?.parse().ok())
        .collect();
    // Also in a font that stands in for that of the offices, whose letters are wider: three lines of 24 pt.
    assert!(!sizes.is_empty() && sizes.iter().all(|size| *size <= 2400), "{sizes:?}");
    // A programme of nine rows is on two slides, about half on each.
    let rows =
        |k: usize| super::office::part(file.path(), &format!("ppt/slides/slide{k}.xml")).matches("แถวหนึ่ง").count();
    assert_eq!([rows(2), rows(3)], [5, 4]);
}

/// What a product with references gets.
fn with_refs(mut data: Value) -> Value {
    data["refs"] = json!({ "innovations": data["entries"], "networks": data["networks"] });
    data
}

#[test]
fn steps_of_a_wall_card_stay_in_their_boxes() {
    if without_poppler("steps_of_a_wall_card") {
        return;
    }
    let mut seen = 0;
    for path in
        super::portal::files(super::portal::printed()).iter().filter(|p| p.to_string_lossy().ends_with("-wall.pdf"))
    {
        let (words, _) = words(path).expect("poppler reads it");
        // Between the digits of the steps, which stand in a row, and the mark over the number below them.
        let tall = |w: &&Word| w.bottom - w.top > 60.0 && w.top < 400.0 && w.text.parse::<u32>().is_ok();
        // The sheet of an innovation may have such a name too.
        let Some(digits) = words.iter().filter(tall).map(|w| w.bottom).reduce(f64::max) else {
            continue;
        };
        let mark =
            |w: &&Word| w.top > digits && ["ตัวอย่างสมมติ", "สถานะของหน้า:", "Illustrative"].contains(&w.text.as_str());
        let Some(under) = words.iter().filter(mark).map(|w| w.top).reduce(f64::min) else { continue };
        let steps = words.iter().filter(|w| w.top > digits - 20.0 && w.top < under && w.bottom - w.top > 24.0);
        let end = steps.map(|w| w.bottom).fold(0.0, f64::max);
        // Below the boxes are 5 mm of nothing and the inset of the mark.
        assert!(end > digits && end < under - 20.0, "{}: {end}, {under}", path.display());
        seen += 1;
    }
    assert!(seen > 15, "{seen} cards");
}

#[test]
fn room_that_a_page_of_a_form_has_left_goes_to_its_rows() {
    if without_poppler("room_that_a_page_has_left") {
        return;
    }
    let (words, widths) = words(&super::portal::printed().join("form-08.pdf")).expect("poppler reads it");
    // Of the pages before the last, the last row begins in the lower part and leaves room to write.
    for page in 2..widths.len() {
        let row = |w: &&Word| w.page == page && w.left < 70.0 && w.text.starts_with(|c: char| c.is_ascii_digit());
        let last = words.iter().filter(row).map(|w| w.top).fold(0.0, f64::max);
        assert!(last > 500.0 && last < 740.0, "page {page}: the last row begins at {last}");
    }
    // Lines that have grown as far as they may become more, so that a last page of lines alone is not half empty.
    let form = super::portal::printed().join("form-06.pdf");
    let (words, widths) = super::portal::words(&form).expect("poppler reads it");
    let second = words.iter().filter(|w| w.page == widths.len() && w.text.starts_with("สิ่งที่ต้องการ")).map(|w| w.top);
    assert!(second.fold(0.0, f64::max) > 280.0);
}

#[test]
fn a_figure_without_rows_says_so() {
    if without_poppler("a_figure_without_rows") {
        return;
    }
    let chart = "(type: \"chart\", title: \"หัวของภาพ\", view: \"bars\", alt: \"\", head: (), rows: (), values: ())";
    let (words, _) = planted(&format!("#show: sheet.with(footer: none)\n#blocks(({chart},))"));
    let said: String = words.iter().map(|w| w.text.as_str()).collect();
    assert!(said.contains("ยังไม่มีข้อมูลสำหรับรายการนี้"), "{said}");
}
