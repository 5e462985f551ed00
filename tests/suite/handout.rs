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
        let pdf = made(&Job {
            paper,
            ..job(kind, sample(kind))
        });
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
fn a_booklet_counts_its_pages_and_folds() {
    let flat = made(&job("booklet", sample("booklet")));
    if let Some(text) = poppler("pdftotext", &["-layout", "-f", "2", "-l", "2"], &flat.bytes) {
        let line = text
            .lines()
            .find(|line| line.contains("ดัชนี"))
            .unwrap_or_default();
        assert!(line.trim_end().ends_with(&flat.pages.to_string()), "{text}");
        let last =
            poppler("pdftotext", &["-f", &flat.pages.to_string()], &flat.bytes).unwrap_or_default();
        assert!(
            last.contains(&format!("หน้า {} จาก {}", flat.pages, flat.pages)),
            "{last}"
        );
    }
    for (paper, size) in [
        (Paper::A5Booklet, "841.89 x 595.276"),
        (Paper::A4Booklet, "1190.55 x 841.89"),
    ] {
        let job = Job {
            paper,
            ..job("booklet", sample("booklet"))
        };
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

/// Reads the QR codes of a page drawn by poppler.
fn codes(bytes: &[u8], page: usize) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, out) = (folder.path().join("in.pdf"), folder.path().join("out"));
    std::fs::write(&file, bytes).expect("written");
    let page = page.to_string();
    let run = Command::new("pdftoppm")
        .args([
            "-gray",
            "-r",
            "150",
            "-f",
            &page,
            "-l",
            &page,
            "-singlefile",
        ])
        .arg(&file)
        .arg(&out)
        .status();
    if !run.is_ok_and(|status| status.success()) {
        eprintln!("skipped: pdftoppm is not installed");
        return None;
    }
    let image = std::fs::read(out.with_extension("pgm")).expect("a picture");
    let head: Vec<usize> = image
        .splitn(4, |b| b.is_ascii_whitespace())
        .skip(1)
        .take(2)
        .filter_map(|n| std::str::from_utf8(n).ok()?.parse().ok())
        .collect();
    let (width, height) = (head[0], head[1]);
    let start = image.len() - width * height;
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        image[start + y * width + x]
    });
    Some(
        picture
            .detect_grids()
            .iter()
            .filter_map(|grid| grid.decode().ok())
            .map(|(_, text)| text)
            .collect(),
    )
}

#[test]
fn the_code_holds_the_address() {
    for kind in ["innovation", "aar", "model", "network"] {
        let job = job(kind, sample(kind));
        if let Some(found) = codes(&made(&job).bytes, 2) {
            assert_eq!(found, [job.address.as_str()], "{kind}");
        }
    }
}

/// Thai prose of some length, for extraction and line ends.
const PROSE: &str = "เครือข่ายนวัตกรรมคุณภาพสถานศึกษาช่วยให้โรงเรียนบ้านหนองแวงและโรงเรียนข้างเคียงแลกเปลี่ยนวิธีสอนที่ได้ผล ศึกษานิเทศก์จากสำนักงานเขตพื้นที่การศึกษาเข้าเยี่ยมชั้นเรียนภาคเรียนละสองครั้งเพื่อดูผลสัมฤทธิ์ของผู้เรียน ครูนำนวัตกรรมไปปรับใช้ในห้องของตนเองทีละขั้น สั้น ๆ ง่าย ๆ แล้วบันทึกสิ่งที่เกิดขึ้นจริงทั้งที่สำเร็จและไม่สำเร็จ ผู้ปกครองร่วมฟังนักเรียนอ่านทุกสัปดาห์ (ครั้งละสิบนาที) ปีงบประมาณ 2566 มีโรงเรียน 12 แห่งใช้วิธีนี้ ร้อยละ 67.5 ของนักเรียนอ่านคล่องขึ้น ฯลฯ";

/// A press with one more template: the prose on a page of each width.
fn widths(widths: &[u32]) -> Pdf {
    let mut kit = Kit::load(&[]).expect("a kit");
    kit.words = WORDS.iter().map(|word| (*word).to_owned()).collect();
    kit.templates.insert(
        "widths.typ".into(),
        br#"#import "lib.typ": *
#let data = json("/data.json")
#show: sheet.with(data, footer: none)
#for w in data.widths { page(width: w * 1pt + 20pt, height: auto, margin: 10pt, t(data.body)) }
"#
        .to_vec(),
    );
    let press = Press::new(kit).expect("a press");
    press
        .render(&job(
            "widths",
            json!({"widths": widths, "body": PROSE, "entry": {"title": "ความกว้าง"}}),
        ))
        .expect("a PDF")
}

#[test]
fn protected_words_stay_on_one_line_at_fifty_widths() {
    let list: Vec<u32> = (0..50).map(|k| 215 + k * 7).collect();
    let pdf = widths(&list);
    assert_eq!(pdf.pages, 50);
    let Some(text) = poppler("pdftotext", &["-layout"], &pdf.bytes) else {
        return;
    };
    for (page, text) in text.split('\u{c}').take(50).enumerate() {
        for word in WORDS {
            let expected = PROSE.matches(word).count();
            let found: usize = text.lines().map(|line| line.matches(word).count()).sum();
            assert_eq!(found, expected, "{word} at {} pt:\n{text}", list[page]);
        }
        for line in text.lines() {
            let line = line.trim();
            assert!(
                !line.starts_with(['ๆ', 'ฯ', ')', '”']) && !line.ends_with(['(', '“']),
                "{} pt: {line}",
                list[page]
            );
        }
    }
}

#[test]
fn extracted_text_is_the_source() {
    let pdf = widths(&[400]);
    let Some(text) = poppler("pdftotext", &[], &pdf.bytes) else {
        return;
    };
    let flat = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace() && *c != '\u{c}')
            .collect::<String>()
    };
    let (found, source) = (flat(&text), flat(PROSE));
    let errors = strsim::levenshtein(&found, &source);
    let rate = errors as f64 / source.chars().count() as f64;
    eprintln!("character errors: {errors} ({:.2} %)", rate * 100.0);
    assert!(rate <= 0.02, "{rate}: {found}");
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
