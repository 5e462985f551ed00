//! Bad input: clear words or plain text, never a broken PDF.

use sala::internals::pdf::{PdfAssets, Typesetter};
use serde_json::json;

use super::*;

#[test]
fn markup_of_authors_is_plain_text() {
    let nasty = "#let x = 1 $a^2$ *หนา* _เอียง_ `#panic()` <b>ตัวหนา</b> @ref \\ #{ sys.version } // ทดสอบ";
    let mut data = sample("innovation");
    data["entry"]["title"] = json!(nasty);
    data["entry"]["sections"]["what"]["blocks"] = json!([{"type": "p", "runs": [{"t": nasty}]}]);
    let pdf = typesetter().render(&job("innovation", data)).expect("a PDF");
    let Some(text) = poppler("pdftotext", &[], &pdf.bytes) else {
        return;
    };
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for part in ["#letx=1", "*หนา*", "`#panic()`", "<b>ตัวหนา</b>", "#{sys.version}"] {
        assert!(flat.contains(part), "{part} in {text}");
    }
}

#[test]
fn uncovered_characters_print_as_a_substitute() {
    let mut data = sample("innovation");
    data["entry"]["title"] = json!("อ่านสนุก ய ทุกวัน");
    let pdf = typesetter().render(&job("innovation", data)).expect("a PDF");
    assert_eq!(pdf.problems.len(), 1);
    assert_eq!(pdf.problems[0].code, "handout-glyph");
    assert!(pdf.problems[0].en.contains("U+0BAF"), "{}", pdf.problems[0]);
    if let Some(text) = poppler("pdftotext", &[], &pdf.bytes) {
        assert!(text.contains("[?]"), "{text}");
    }
}

#[test]
fn a_stretch_without_spaces_may_be_longer_than_glyphs_can_say() {
    for (lang, text) in [("th", "é".repeat(32_770)), ("en", "\u{a0}".repeat(40_000))] {
        let mut data = sample("innovation");
        data["entry"]["sections"]["what"]["blocks"] = json!([{"type": "p", "runs": [{"t": text}]}]);
        let mut job = job("innovation", data);
        job.lang = lang.into();
        assert!(typesetter().render(&job).is_ok_and(|pdf| pdf.pages > 0), "{lang}");
    }
}

#[test]
fn bad_jobs_are_refused_in_words() {
    let mut unknown = job("innovation", sample("innovation"));
    unknown.template = "brochure".into();
    let problems = typesetter().render(&unknown).expect_err("no such template");
    assert_eq!(problems[0].code, "handout-template");

    let empty = job("innovation", json!({}));
    let problems = typesetter().render(&empty).expect_err("no entry");
    assert!(problems[0].fatal, "{problems:?}");

    let mut assets = PdfAssets::load(&[crate::handout::theme()]).expect("a kit");
    assets.fonts.retain(|name, _| !name.starts_with("Sarabun"));
    assert_eq!(Typesetter::new(assets).expect_err("no Sarabun").code, "handout-font");
    let mut assets = PdfAssets::load(&[crate::handout::theme()]).expect("a kit");
    assets.fonts.insert("Broken.ttf".into(), b"not a font".to_vec());
    assert_eq!(Typesetter::new(assets).expect_err("no font").code, "handout-font");
}

/// Terms and names of a portal are protected words, and may be words of Typst and of the templates too.
#[test]
fn words_of_the_templates_may_be_protected() {
    let kit = || PdfAssets::load(&[crate::handout::theme()]).expect("a kit");
    let mut protected = kit();
    let words = protected.templates.values().flat_map(|text| {
        let text = String::from_utf8_lossy(text).into_owned();
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "_-".contains(c))).map(str::to_owned);
        words.collect::<Vec<_>>()
    });
    protected.words = words.filter(|word| word.len() > 1).collect();
    assert!(protected.words.iter().any(|word| word == "quote") && protected.words.iter().any(|word| word == "http"));
    let presses = [kit(), protected].map(|assets| Typesetter::new(assets).expect("a press"));
    let mut page = sample("page");
    page["entry"]["lead_blocks"] = json!([
        {"type": "quote", "kind": "warning", "blocks": [{"type": "p", "runs": [{"t": "ระวังพื้นลื่น"}]}]},
        {"type": "p", "runs": [{"t": "อ่าน"}, {"t": "another page", "href": "https://example.org/other"}]},
        {"type": "table", "align": ["right", "left"], "head": ["title", "other"], "rows": [["1", "done"]]},
    ]);
    for (template, data) in ["innovation", "aar", "model", "network", "form"]
        .map(|name| (name, sample(name)))
        .into_iter()
        .chain([("page", page)])
    {
        let [plain, other] = presses.each_ref().map(|press| press.render(&job(template, data.clone())));
        let (plain, other) =
            (plain.expect("a PDF"), other.unwrap_or_else(|problems| panic!("{template}: {problems:?}")));
        assert_eq!((plain.pages, plain.problems.len()), (other.pages, other.problems.len()), "{template}");
        let [Some(plain), Some(other)] = [plain, other].map(|pdf| poppler("pdftotext", &[], &pdf.bytes)) else {
            return;
        };
        assert_eq!(plain, other, "{template}");
        assert!(template != "page" || other.contains("คำเตือน") && other.contains("example.org"), "{other}");
    }
}

/// A file and a key of a template may be called in Thai.
#[test]
fn templates_may_name_files_and_keys_in_thai() {
    let mut assets = PdfAssets::load(&[crate::handout::theme()]).expect("a kit");
    let parts = "#let คำ = (\"ครูพบว่า\": [นักเรียนอ่านคล่อง])";
    let main = "#import \"lib.typ\": *\n#import \"ส่วนของครูพบว่า.typ\": คำ\n#show: sheet\n#คำ.at(\"ครูพบว่า\")\n";
    assets.templates.insert("ส่วนของครูพบว่า.typ".into(), parts.into());
    assets.templates.insert("thai.typ".into(), main.into());
    let press = Typesetter::new(assets).expect("a press");
    let pdf = press.render(&job("thai", json!({ "entry": { "title": "ทดสอบ" } }))).expect("a PDF");
    if let Some(text) = poppler("pdftotext", &[], &pdf.bytes) {
        assert!(text.contains("นักเรียนอ่านคล่อง"), "{text}");
    }
}

/// A layout that follows from its own page numbers is tried once more without; one that never rests is no file, because its
/// numbers would be wrong.
#[test]
fn pages_that_never_rest_are_no_file() {
    let restless = "#import \"lib.typ\": *\n#show: sheet\n#context { if CONDITION calc.odd(counter(page).final().first()) { pagebreak() } }\nx\n";
    let made = |condition: &str| {
        let mut assets = PdfAssets::load(&[crate::handout::theme()]).expect("a kit");
        assets.templates.insert("restless.typ".into(), restless.replace("CONDITION", condition).into_bytes());
        Typesetter::new(assets).expect("a press").render(&job("restless", json!({ "entry": { "title": "ทดสอบ" } })))
    };
    let pdf = made("not press.settled and").expect("a PDF");
    assert!(pdf.problems.is_empty() && pdf.pages == 1, "{:?}", pdf.problems);
    let problems = made("").expect_err("no file");
    assert!(problems.len() == 1 && problems[0].fatal && problems[0].th.contains("เลขหน้า"), "{problems:?}");
    assert!(!problems[0].en.contains("converge"), "{problems:?}");
}

#[test]
fn a_picture_that_is_none_prints_its_description() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("bad.png"), "hello").expect("written");
    let assets = PdfAssets {
        media: vec![folder.path().to_owned()],
        ..PdfAssets::load(&[crate::handout::theme()]).expect("a kit")
    };
    let typesetter = Typesetter::new(assets).expect("a press");
    let mut data = sample("innovation");
    data["entry"]["sections"]["what"]["blocks"] = json!([{"type": "figure", "src": "bad.png", "alt": "นักเรียนอ่านหนังสือ", "caption": []}, {"type": "figure", "src": "../../etc/passwd", "alt": "นอกโฟลเดอร์", "caption": []}]);
    let pdf = typesetter.render(&job("innovation", data)).expect("a PDF");
    let codes: Vec<_> = pdf.problems.iter().map(|p| p.code).collect();
    assert_eq!(codes, ["handout-image", "handout-image"]);
    if let Some(text) = poppler("pdftotext", &[], &pdf.bytes) {
        assert!(text.contains("นักเรียนอ่านหนังสือ"), "{text}");
    }
}

#[test]
fn an_unknown_forum_or_entry_writes_nothing() {
    let out = tempfile::tempdir().expect("a folder");
    for (args, named) in [
        (["forum-1999-none"].as_slice(), "forum-1999-none"),
        (&["inn-paired-reading", "--product", "booklet"], "wall (Wall card, A3)"),
        (&["inn-paired-reading", "--paper", "slides"], "it can on a4, a5, a3, card"),
        (&["inn-none"], "inn-none"),
        (&["forum-2565-so01", "--product", "sign-in"], "--people"),
    ] {
        let run = Command::new(env!("CARGO_BIN_EXE_sala"))
            .args(["handout", "--lang", "en", "-o"])
            .arg(out.path().join("pdf"))
            .args(args)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("sala runs");
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{said}");
        assert!(said.contains(named), "{said}");
        assert!(!out.path().join("pdf").exists());
    }
}
