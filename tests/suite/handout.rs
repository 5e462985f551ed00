//! Handouts on real output: pages, standards, text, codes, order, bad input.

#![cfg(feature = "pdf")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use sala::handout::{Date, Job, Kit, Paper, Pdf, Press};
use serde_json::{Value, json};

/// One press for all tests, as in a build.
pub fn press() -> &'static Press {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| {
        let mut kit = Kit::load(&[]).expect("the built-in kit");
        kit.words = WORDS.iter().map(|word| (*word).to_owned()).collect();
        Press::new(kit).expect("a press")
    })
}

/// Words that no line end may split.
pub const WORDS: &[&str] = &[
    "เครือข่ายนวัตกรรมคุณภาพสถานศึกษา",
    "โรงเรียนบ้านหนองแวง",
    "นวัตกรรม",
    "สำนักงานเขตพื้นที่การศึกษา",
    "ผลสัมฤทธิ์",
    "ศึกษานิเทศก์",
];

/// A sample's page context.
pub fn sample(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/handout")
        .join(format!("{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("the sample")).expect("JSON")
}

/// A job of a sample.
pub fn job(template: &str, data: Value) -> Job {
    let title = data["entry"]["title"]
        .as_str()
        .unwrap_or("ทดสอบ")
        .to_owned();
    Job {
        template: template.into(),
        data,
        output: format!("handouts/{template}.pdf"),
        paper: Paper::A4,
        title,
        lang: "th".into(),
        date: Date {
            year: 2023,
            month: 8,
            day: 15,
        },
        id: format!("test/{template}"),
        address: format!("https://sala.example/pages/{template}-001.html"),
    }
}

/// Renders and keeps a copy where people can look at it.
pub fn made(job: &Job) -> Pdf {
    let pdf = press()
        .render(job)
        .unwrap_or_else(|problems| panic!("{}: {problems:#?}", job.template));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("handout");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(
        folder.join(format!("{}-{}.pdf", job.template, job.paper.name())),
        &pdf.bytes,
    )
    .expect("a copy");
    pdf
}

/// Runs a poppler tool on the PDF; `None` (and a word on stderr) where it is not installed.
pub fn poppler(tool: &str, options: &[&str], bytes: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), bytes).expect("written");
    let mut command = Command::new(tool);
    command.args(options).arg(file.path());
    if tool == "pdftotext" {
        command.arg("-");
    }
    match command.output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(why) => {
            eprintln!("skipped: {tool} is not installed ({why})");
            None
        }
    }
}

#[test]
fn four_kinds_fill_two_sides_of_a4() {
    for kind in ["innovation", "aar", "model", "network"] {
        let pdf = made(&job(kind, sample(kind)));
        assert_eq!(pdf.pages, 2, "{kind}");
        assert_eq!(pdf.problems, [], "{kind}");
        assert!(
            pdf.bytes.len() <= 60 * 1024,
            "{kind} is {} bytes",
            pdf.bytes.len()
        );
        let Some(info) = poppler("pdfinfo", &[], &pdf.bytes) else {
            return;
        };
        assert!(
            info.contains("(A4)") && info.contains("Tagged:          yes"),
            "{info}"
        );
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
fn two_runs_are_identical() {
    let job = job("innovation", sample("innovation"));
    let first = made(&job).bytes;
    let other = Press::new(Kit {
        words: WORDS.iter().map(|w| (*w).to_owned()).collect(),
        ..Kit::load(&[]).expect("a kit")
    })
    .expect("a press");
    assert!(
        first == other.render(&job).expect("a PDF").bytes,
        "the bytes differ"
    );
    assert_eq!(press().key(&job), other.key(&job));
    let mut changed = job.clone();
    changed.data["entry"]["title"] = json!("ชื่ออื่น");
    assert_ne!(press().key(&job), press().key(&changed));
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

#[test]
fn markup_of_authors_is_plain_text() {
    let nasty =
        "#let x = 1 $a^2$ *หนา* _เอียง_ `#panic()` <b>ตัวหนา</b> @ref \\ #{ sys.version } // ทดสอบ";
    let mut data = sample("innovation");
    data["entry"]["title"] = json!(nasty);
    data["entry"]["sections"]["what"]["blocks"] = json!([{"type": "p", "runs": [{"t": nasty}]}]);
    let pdf = press().render(&job("innovation", data)).expect("a PDF");
    let Some(text) = poppler("pdftotext", &[], &pdf.bytes) else {
        return;
    };
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for part in [
        "#letx=1",
        "*หนา*",
        "`#panic()`",
        "<b>ตัวหนา</b>",
        "#{sys.version}",
    ] {
        assert!(flat.contains(part), "{part} in {text}");
    }
}

#[test]
fn uncovered_characters_print_as_a_substitute() {
    let mut data = sample("innovation");
    data["entry"]["title"] = json!("อ่านสนุก 😀 ทุกวัน");
    let pdf = press().render(&job("innovation", data)).expect("a PDF");
    assert_eq!(pdf.problems.len(), 1);
    assert_eq!(pdf.problems[0].code, "handout-glyph");
    assert!(
        pdf.problems[0].en.contains("U+1F600"),
        "{}",
        pdf.problems[0]
    );
    if let Some(text) = poppler("pdftotext", &[], &pdf.bytes) {
        assert!(text.contains("[?]"), "{text}");
    }
}

#[test]
fn bad_jobs_are_refused_in_words() {
    let mut unknown = job("innovation", sample("innovation"));
    unknown.template = "brochure".into();
    let problems = press().render(&unknown).expect_err("no such template");
    assert_eq!(problems[0].code, "handout-template");

    let empty = job("innovation", json!({}));
    let problems = press().render(&empty).expect_err("no entry");
    assert!(problems[0].fatal, "{problems:?}");

    let mut kit = Kit::load(&[]).expect("a kit");
    kit.fonts.retain(|name, _| !name.starts_with("Sarabun"));
    assert_eq!(
        Press::new(kit).expect_err("no Sarabun").code,
        "handout-font"
    );
    let mut kit = Kit::load(&[]).expect("a kit");
    kit.fonts
        .insert("Broken.ttf".into(), b"not a font".to_vec());
    assert_eq!(Press::new(kit).expect_err("no font").code, "handout-font");
}

#[test]
fn a_picture_that_is_none_prints_its_description() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("bad.png"), "hello").expect("written");
    let kit = Kit {
        media: vec![folder.path().to_owned()],
        ..Kit::load(&[]).expect("a kit")
    };
    let press = Press::new(kit).expect("a press");
    let mut data = sample("innovation");
    data["entry"]["sections"]["what"]["blocks"] = json!([{"type": "figure", "src": "bad.png", "alt": "นักเรียนอ่านหนังสือ", "caption": []}, {"type": "figure", "src": "../../etc/passwd", "alt": "นอกโฟลเดอร์", "caption": []}]);
    let pdf = press.render(&job("innovation", data)).expect("a PDF");
    let codes: Vec<_> = pdf.problems.iter().map(|p| p.code).collect();
    assert_eq!(codes, ["handout-image", "handout-image"]);
    if let Some(text) = poppler("pdftotext", &[], &pdf.bytes) {
        assert!(text.contains("นักเรียนอ่านหนังสือ"), "{text}");
    }
}
