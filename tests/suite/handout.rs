//! Handouts on real output: pages, standards, text, codes, order, bad input.

#![cfg(feature = "pdf")]

mod bad;
mod booklet;
mod figures;
mod files;
mod layout;
mod office;
mod pages;
mod portal;
mod results;
mod sheets;
mod stress;
mod text;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use sala::internals::pdf::{Date, FileKind, Job, Paper, Pdf, PdfAssets, Typesetter};
use serde_json::{Value, json};

use crate::tools::skip;

/// The theme whose templates are tested, over the built-in ones.
pub fn theme() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/networks")
}

/// One typesetter for all tests, as in a build.
pub fn typesetter() -> &'static Typesetter {
    static TYPESETTER: OnceLock<Typesetter> = OnceLock::new();
    TYPESETTER.get_or_init(|| {
        let mut assets = PdfAssets::load(&[theme()]).expect("the built-in kit");
        assets.words = WORDS.iter().map(|word| (*word).to_owned()).collect();
        Typesetter::new(assets).expect("a press")
    })
}

/// Words that no line end may split.
pub const WORDS: &[&str] =
    &["เครือข่ายนวัตกรรมคุณภาพสถานศึกษา", "โรงเรียนบ้านหนองแวง", "นวัตกรรม", "สำนักงานเขตพื้นที่การศึกษา", "ผลสัมฤทธิ์", "ศึกษานิเทศก์"];

/// A sample's page context.
pub fn sample(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/handout").join(format!("{name}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("the sample")).expect("JSON")
}

/// Every section and every field of the data, as a kind without a layout shows them.
fn laid_out(entry: &Value) -> Value {
    let block = |kind: &str, from: &Value, parts: Value| {
        let label = from["label"].as_str().or(from["title"].as_str()).unwrap_or_default();
        json!({ "type": kind, "id": from["id"], "label": label, "level": 2, "view": "", "note": "", "parts": parts })
    };
    let all = |list: &str| entry[list].as_array().cloned().unwrap_or_default();
    let sections = all("section_list").into_iter().map(|s| block("section", &s, json!([])));
    let fields: Vec<Value> = all("field_list").iter().map(|f| block("field", f, json!([]))).collect();
    let loose = block("group", &json!({ "id": "", "label": "รายละเอียด" }), json!(fields));
    json!({ "facts": [], "body": sections.chain([loose]).collect::<Vec<_>>(), "foot": [], "side": [] })
}

/// A job of a sample.
pub fn job(template: &str, mut data: Value) -> Job {
    if matches!(template, "booklet" | "slides") && data["refs"].is_null() {
        data["refs"] = json!({ "innovations": data["entries"], "aars": data["aars"], "networks": data["networks"] });
        data["compared"] = data["models"].clone();
        data["refs"].as_object_mut().expect("a map").retain(|_, list| !list.is_null());
        if data["compared"].is_null() {
            data["compared"] = json!([]);
        }
    }
    if data["entry"].is_object() {
        data["entry"]["layout"] = laid_out(&data["entry"]);
        for section in data["entry"]["section_list"].as_array().cloned().unwrap_or_default() {
            let id = section["id"].as_str().unwrap_or_default().to_owned();
            data["entry"]["sections"][id] = section;
        }
    }
    let title = data["entry"]["title"].as_str().unwrap_or("ทดสอบ").to_owned();
    Job {
        template: template.into(),
        data,
        output: format!("handouts/{template}.pdf"),
        source: format!("content/{template}.md"),
        problems: Vec::new(),
        paper: Paper::A4,
        file: FileKind::Pdf,
        title,
        lang: "th".into(),
        date: Date { year: 2023, month: 8, day: 15 },
        id: format!("test/{template}"),
        address: format!("https://sala.example/pages/{template}-001.html"),
    }
}

/// Renders and keeps a copy where people can look at it.
pub fn made(job: &Job) -> Pdf {
    let pdf = typesetter().render(job).unwrap_or_else(|problems| panic!("{}: {problems:#?}", job.template));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("handout");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(format!("{}-{}.pdf", job.template, job.paper.name())), &pdf.bytes).expect("a copy");
    pdf
}

/// Runs a poppler tool on the PDF; `None` where it is not installed and tools are not required.
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
            skip("what is printed", &format!("{tool} is not installed ({why})"));
            None
        }
    }
}

/// The objects of a PDF as text, by qpdf; `None` where it is not installed and tools are not required.
pub fn objects(bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, out) = (folder.path().join("in.pdf"), folder.path().join("out.pdf"));
    std::fs::write(&file, bytes).expect("written");
    let run = Command::new("qpdf").args(["--qdf", "--object-streams=disable"]).args([&file, &out]).status();
    match run {
        Ok(status) => {
            assert!(status.success(), "qpdf finds the file broken");
            let text = std::fs::read(&out).expect("qpdf wrote it");
            Some(String::from_utf8_lossy(&text).into_owned())
        }
        Err(why) => {
            skip("objects of a PDF", &format!("qpdf is not installed ({why})"));
            None
        }
    }
}

/// Reads the QR codes of a page drawn by poppler.
pub fn codes(bytes: &[u8], page: usize) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, out) = (folder.path().join("in.pdf"), folder.path().join("out"));
    std::fs::write(&file, bytes).expect("written");
    let page = page.to_string();
    let run = Command::new("pdftoppm")
        .args(["-gray", "-r", "300", "-f", &page, "-l", &page, "-singlefile"])
        .arg(&file)
        .arg(&out)
        .status();
    if !run.is_ok_and(|status| status.success()) {
        skip("codes on paper", "pdftoppm is not installed");
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
    let read = |left: usize, top: usize, wide: usize, high: usize| -> Vec<String> {
        let point = |x: usize, y: usize| image[start + (y + top) * width + x + left];
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(wide, high, point);
        let grids = picture.detect_grids();
        let texts = grids.iter().filter_map(|grid| grid.decode().ok());
        texts.map(|(_, text)| text).collect()
    };
    let mut found = read(0, 0, width, height);
    if found.is_empty() {
        // On a poster the code is small beside the page: its corner is looked at by itself.
        found = read(width / 2, 0, width - width / 2, height / 3);
    }
    Some(found)
}
