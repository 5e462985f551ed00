//! Time, size and memory of printing: 175 network sheets, 200 dense innovation sheets, a booklet of about 100 pages, that of a
//! forum of 60 innovations, and what a build of this repository's portal spends on its PDFs when none has to be made.
//!
//! `cargo bench --bench handout`, or `cargo bench --bench handout -- networks` (`sheets`, `booklet`, `forum`, `portal`) for
//! one of them, whose peak memory is then its own. Seconds of CPU are those of all threads.

use std::time::Instant;

use rayon::prelude::*;
use sala::internals::pdf::{Date, FileKind, Job, Paper, PdfAssets, Typesetter};
use serde_json::{Value, json};

fn sample(name: &str) -> Value {
    let path = format!("{}/tests/data/handout/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn job(template: &str, data: Value, number: usize) -> Job {
    Job {
        template: template.into(),
        data,
        output: format!("handouts/{template}-{number}.pdf"),
        source: format!("content/{template}.md"),
        problems: Vec::new(),
        paper: Paper::A4,
        file: FileKind::Pdf,
        title: "ทดสอบ".into(),
        lang: "th".into(),
        date: Date { year: 2023, month: 8, day: 15 },
        id: format!("{template}-{number}"),
        address: format!("https://sala.example/{template}/{number:03}.html"),
    }
}

/// The sample with text of its own in every place, so that nothing can be reused from the sheet before.
fn unlike(mut data: Value, number: usize) -> Value {
    fn walk(value: &mut Value, number: usize) {
        match value {
            Value::Array(list) => list.iter_mut().for_each(|item| walk(item, number)),
            Value::Object(map) => map.iter_mut().for_each(|(key, item)| match item {
                Value::String(text)
                    if matches!(key.as_str(), "t" | "text" | "title" | "summary") && text.chars().count() > 12 =>
                {
                    *text = format!("{text} {number}");
                }
                other => walk(other, number),
            }),
            _ => {}
        }
    }
    walk(&mut data, number);
    data
}

/// The booklet of the samples with `n` innovations, no two alike.
fn booklet_of(n: usize) -> Value {
    let mut booklet = sample("booklet");
    let entry = booklet["entries"][0].clone();
    let entries = (0..n).map(|n| {
        let mut one = unlike(entry.clone(), n);
        one["id"] = json!(format!("in-{n:03}"));
        one["address"] = json!(format!("https://sala.example/innovations/in-{n:03}.html"));
        one
    });
    booklet["entries"] = entries.collect();
    booklet["refs"] =
        json!({ "innovations": booklet["entries"], "aars": booklet["aars"], "networks": booklet["networks"] });
    booklet["compared"] = booklet["models"].clone();
    booklet
}

/// CPU seconds of this process.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().map(|f| f.parse().unwrap_or(0.0)).collect();
    fields.get(11).zip(fields.get(12)).map_or(0.0, |(user, system)| (user + system) / 100.0)
}

/// Peak memory in MB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn run(typesetter: &Typesetter, name: &str, jobs: &[Job]) {
    let (clock, before) = (Instant::now(), cpu());
    let made: Vec<(usize, usize)> = jobs
        .par_iter()
        .map(|job| typesetter.render(job).expect("a file"))
        .map(|pdf| (pdf.pages, pdf.bytes.len()))
        .collect();
    let pages: usize = made.iter().map(|(pages, _)| pages).sum();
    let largest = made.iter().map(|(_, size)| *size).max().unwrap_or(0);
    println!(
        "{name}: {} files, {pages} pages, {:.2} s of CPU, {:.2} s by the clock, largest {} KB, peak memory {} MB",
        made.len(),
        cpu() - before,
        clock.elapsed().as_secs_f64(),
        largest / 1024,
        peak()
    );
}

/// What a build spends on the PDFs of this repository's portal: at first, and when all are there.
fn portal() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let prepared = sala::internals::pipeline::prepare(root, &sala::internals::pipeline::Options::default());
    let files = sala::internals::pipeline::ContentFiles::new(root, Default::default());
    for name in ["portal, PDFs not in the store", "portal, all in the store"] {
        let before = cpu();
        let made = sala::internals::pipeline::handouts::make(root, &prepared.site, &prepared.theme, &files);
        let largest = made.files.iter().map(|(_, bytes)| bytes.len()).max();
        println!(
            "{name}: {} files, {:.2} s of CPU, largest {} KB",
            made.files.len(),
            cpu() - before,
            largest.unwrap_or(0) / 1024
        );
    }
}

fn main() {
    let wanted = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let wants = |name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
    let clock = Instant::now();
    let theme = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/networks");
    let assets = match PdfAssets::load(&[theme]) {
        Ok(assets) => assets,
        Err(problem) => return eprintln!("{problem}"),
    };
    let typesetter = match Typesetter::new(assets) {
        Ok(typesetter) => typesetter,
        Err(problem) => return eprintln!("{problem}"),
    };
    println!("press ready in {:.3} s", clock.elapsed().as_secs_f64());
    let first = [job("innovation", sample("innovation"), 0)];
    run(&typesetter, "first innovation sheet", &first);
    if wants("networks") {
        let networks: Vec<Job> = (0..175).map(|n| job("network", unlike(sample("network"), n), n)).collect();
        run(&typesetter, "175 network sheets", &networks);
    }
    if wants("sheets") {
        let dense: Vec<Job> = (0..200).map(|n| job("innovation", unlike(sample("innovation"), n), n)).collect();
        run(&typesetter, "200 innovation sheets", &dense);
    }
    if wants("booklet") {
        let booklet = booklet_of(44);
        run(&typesetter, "booklet of 44", &[job("booklet", booklet.clone(), 0)]);
        let folded = Job { paper: Paper::A5Booklet, ..job("booklet", booklet, 1) };
        run(&typesetter, "the same as A5 on A4 sheets", &[folded]);
    }
    if wants("forum") {
        run(&typesetter, "booklet of a forum of 60", &[job("booklet", booklet_of(60), 0)]);
    }
    if wants("portal") {
        portal();
    }
}
