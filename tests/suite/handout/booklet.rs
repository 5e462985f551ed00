//! Booklets: page numbers, parts, sheets to be folded.

use sala::internals::pdf::{Job, Paper};

use super::*;

#[test]
fn a_booklet_in_english_says_terms_and_days_in_english() {
    let out = tempfile::tempdir().expect("a folder");
    let mut run = crate::tools::sala();
    run.args(["handout", "--lang", "en", "--portal"]).arg(crate::tools::repository());
    let run =
        run.args(["forum-2565-so01.en", "--paper", "a5", "-o"]).arg(out.path()).output().expect("the program starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let bytes = std::fs::read(out.path().join("en/forum-2565-so01-a5.pdf")).expect("a PDF");
    let Some(text) = poppler("pdftotext", &["-raw"], &bytes) else { return };
    // Days of reviews that nobody translated, and the office level that an entry without a translation names.
    assert!(!text.contains("กันยายน 2564") && text.contains("September 2021"), "{text}");
    assert!(!text.contains("ครูไม่ครบชั้น") && text.contains("Teacher shortage"), "{text}");
}

#[test]
fn models_on_small_pages_are_compared_in_wide_columns() {
    let mut data = sample("booklet");
    let models: Vec<Value> = (1..3)
        .map(|k| {
            let field =
                |id: &str, text: &str| json!({ "id": id, "label": id, "type": "text", "present": true, "text": text });
            json!({ "id": format!("m{k}"), "title": format!("รูปแบบ {k}"),
                "fields": { "a": field("a", &"ยาว ".repeat(60)), "b": field("b", if k == 1 { "สั้น" } else { "" }) } })
        })
        .collect();
    data["compared"] = json!(models);
    data["models"] = data["compared"].clone();
    data["rows"] = json!([{ "id": "a", "label": "หัวข้อที่มีชื่อยาวมากจนช่องแคบ" }, { "id": "b", "label": "ข" }]);
    let pdf = typesetter().render(&Job { paper: Paper::A5, ..job("booklet", data) }).expect("a PDF");
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), &pdf.bytes).expect("written");
    let Some((words, widths)) = super::portal::words(file.path()) else { return };
    let long: Vec<_> = words.iter().filter(|w| w.text == "ยาว").collect();
    // Half of the page for each.
    let second = long.iter().filter(|w| w.left > widths[0] / 2.0 - 6.0).map(|w| w.left).fold(f64::MAX, f64::min);
    let first = long.iter().map(|w| w.left).fold(f64::MAX, f64::min);
    assert!(!long.is_empty() && second - first > 150.0, "{first} and {second}");
}

#[test]
fn a_booklet_counts_its_pages_and_folds() {
    let flat = made(&job("booklet", sample("booklet")));
    if let Some(text) = poppler("pdftotext", &["-layout", "-f", "2", "-l", "2"], &flat.bytes) {
        let line = text.lines().find(|line| line.contains("ดัชนี")).unwrap_or_default();
        let number = line.split_whitespace().last().unwrap_or_default();
        let index = poppler("pdftotext", &["-f", number, "-l", number], &flat.bytes).unwrap_or_default();
        // A short index follows the lessons, on the page that the contents name.
        assert!(index.lines().any(|line| line.trim() == "ดัชนี"), "{text} leads to {index}");
        // Notes fill what folded sheets would leave blank, and the back is printed.
        assert_eq!(flat.pages % 4, 0);
        let last = poppler("pdftotext", &["-f", &flat.pages.to_string()], &flat.bytes).unwrap_or_default();
        assert!(last.contains(&format!("หน้า {} จาก {}", flat.pages, flat.pages)), "{last}");
    }
    for (paper, size) in [(Paper::A5Booklet, "841.89 x 595.276"), (Paper::A4Booklet, "1190.55 x 841.89")] {
        let job = Job { paper, ..job("booklet", sample("booklet")) };
        let imposed = made(&job);
        assert_eq!(imposed.pages % 2, 0);
        assert_eq!(imposed.bytes, made(&job).bytes);
        let Some(info) = poppler("pdfinfo", &[], &imposed.bytes) else {
            continue;
        };
        assert!(info.contains(size), "{info}");
        // The front of the outer sheet has the cover on its right half.
        let text = poppler("pdftotext", &["-l", "1"], &imposed.bytes).unwrap_or_default();
        assert!(text.contains("โรงเรียนเล่า"), "{text}");
    }
}
