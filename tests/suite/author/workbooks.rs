//! Properties of generated workbooks and reports: what a person sees arrives, or the message says where it is not.

use super::*;
use rust_xlsxwriter::Format;
use sala::internals::authoring::docx::{draft as report, parts, reader};
use std::io::Write as _;

/// Numbers in an order that is the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }
}

/// `1,234,567`.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A stored value, its format, and what a spreadsheet shows: made of whole numbers, without the code under test.
fn cell(dice: &mut Dice) -> (f64, &'static str, String) {
    let n = dice.roll(10_000_000);
    let cents = n % 100;
    match dice.roll(9) {
        0 => (n as f64, "General", n.to_string()),
        1 => (n as f64 / 100.0, "0.00", format!("{}.{cents:02}", n / 100)),
        2 => (n as f64 / 10_000.0, "0.00%", format!("{}.{cents:02}%", n / 100)),
        3 => ((n % 9_999) as f64, "00000000", format!("{:08}", n % 9_999)),
        4 => (n as f64, "#,##0", grouped(n)),
        5 => (n as f64 / 100.0, "#,##0.00\" บาท\"", format!("{}.{cents:02} บาท", grouped(n / 100))),
        6 => (-(n as f64) - 1.0, "#,##0;(#,##0)", format!("({})", grouped(n + 1))),
        7 => {
            let (hour, minute) = (n / 60 % 24, n % 60);
            ((hour * 60 + minute) as f64 / 1440.0, "hh:mm", format!("{hour:02}:{minute:02}"))
        }
        _ => {
            let day = 40_000 + n as i64 % 8_000;
            let date = sala::internals::text::era::Date::from_days(day - 25_569).unwrap();
            (day as f64, "d/m/bbbb", format!("{}/{}/{}", date.day, date.month, date.year + 543))
        }
    }
}

#[test]
fn five_hundred_workbooks_arrive_as_they_are_shown() {
    let mut dice = Dice(20_260_101);
    for number in 0..500 {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let mut shown = Vec::new();
        for row in 0..6 {
            let mut line = Vec::new();
            for column in 0..4u16 {
                let (value, code, text) = cell(&mut dice);
                sheet.write_with_format(row, column, value, &Format::new().set_num_format(code)).unwrap();
                line.push(text);
            }
            shown.push(line);
        }
        let read = sheet::read("t.xlsx", &book.save_to_buffer().unwrap(), None, &Limits::default()).unwrap();
        let found: Vec<Vec<String>> =
            read.rows.iter().map(|(_, cells)| cells.iter().map(|c| c.text()).collect()).collect();
        assert_eq!(found, shown, "workbook {number}");
    }
}

/// A block of a report whose words are `w1`, `w2`, …: paragraphs, boxes, cells, items, notes, hidden text.
fn block(dice: &mut Dice, word: &mut u32, depth: u32) -> String {
    let mut next = || {
        *word += 1;
        format!("w{word}w")
    };
    let run = |text: String| format!("<w:r><w:t xml:space=\"preserve\">{text} </w:t></w:r>");
    match dice.roll(if depth > 2 { 3 } else { 9 }) {
        0 => format!("<w:p>{}{}</w:p>", run(next()), run(next())),
        1 => format!("<w:p><w:r><w:rPr><w:b/><w:strike/></w:rPr><w:t>{}</w:t></w:r></w:p>", next()),
        2 => format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}</w:p>",
            dice.roll(4),
            run(next())
        ),
        3 => {
            let (before, after) = (run(next()), run(next()));
            let inner = block(dice, word, depth + 1);
            format!(
                "<w:p>{before}<w:r><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></w:r>{after}</w:p>"
            )
        }
        4 => {
            let cells: String = (0..2).map(|_| format!("<w:tc>{}</w:tc>", block(dice, word, depth + 1))).collect();
            format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
        }
        5 => format!("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r>{}</w:p>", next(), run(next())),
        6 => format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", block(dice, word, depth + 1)),
        7 => format!("<w:p><w:ins>{}</w:ins><w:hyperlink>{}</w:hyperlink></w:p>", run(next()), run(next())),
        _ => format!("<w:p><w:pPr><w:pStyle w:val=\"h\"/></w:pPr>{}</w:p>", run(next())),
    }
}

#[test]
fn every_word_of_a_report_is_in_the_draft_or_named() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let mut dice = Dice(7);
    for number in 0..300 {
        let mut words = 0;
        let mut body: String = (0..6).map(|_| block(&mut dice, &mut words, 0)).collect();
        body.push_str("<w:p><w:r><w:footnoteReference w:id=\"3\"/></w:r></w:p>");
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let mut part = |name: &str, text: String| {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        };
        part("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>"));
        part(
            "word/styles.xml",
            r#"<w:styles><w:style w:styleId="h"><w:name w:val="heading 2"/></w:style></w:styles>"#.into(),
        );
        part(
            "word/footnotes.xml",
            "<w:footnotes><w:footnote w:id=\"3\"><w:p><w:r><w:t>w0w</w:t></w:r></w:p></w:footnote></w:footnotes>"
                .into(),
        );
        let bytes = zip.finish().unwrap().into_inner();
        let parts = parts::read("a.docx", &bytes, &Limits::default()).unwrap();
        let (blocks, left) = reader::blocks(&parts);
        let document = report::Document { file: "a.docx", parts: &parts, blocks, left };
        let made = report::draft(&portal, lessons(&portal), document, &ImportMap::default(), Some("r"));
        let said: String = made.diagnostics.iter().map(|d| d.message.en.clone()).collect();
        let text = made.draft.plain(&portal.schema);
        for word in 0..=words {
            let word = format!("w{word}w");
            let times = text.matches(&word).count() + said.matches(&word).count();
            assert_eq!(times, 1, "report {number}, {word}: {body}\n{text}\n{said}");
        }
    }
}
