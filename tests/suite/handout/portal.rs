//! The PDFs of the shipped portal: nothing overprints, nothing leaves the page, every value is printed or named.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use sala::internals::pdf::{Job, Paper};
use serde_json::{Value, json};

use crate::tools;

/// A word of a page with its box, in points.
pub(super) struct Word {
    pub(super) page: usize,
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
    pub(super) text: String,
}

/// The words of a PDF as poppler sees them, and the width of each page.
pub(super) fn words(pdf: &Path) -> Option<(Vec<Word>, Vec<f64>)> {
    let run = Command::new("pdftotext").args(["-bbox", "-q"]).arg(pdf).arg("-").output().ok()?;
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    let number = |line: &str, name: &str| -> Option<f64> {
        line.split(&format!("{name}=\"")).nth(1)?.split('"').next()?.parse().ok()
    };
    let (mut found, mut widths) = (Vec::new(), Vec::new());
    for line in text.lines() {
        if line.contains("<page ") {
            widths.push(number(line, "width")?);
        } else if line.contains("<word ") {
            let inner = line.split('>').nth(1)?.split('<').next()?.to_owned();
            let (left, top) = (number(line, "xMin")?, number(line, "yMin")?);
            let (right, bottom) = (number(line, "xMax")?, number(line, "yMax")?);
            found.push(Word { page: widths.len(), left, top, right, bottom, text: inner });
        }
    }
    Some((found, widths))
}

/// Words whose boxes lie over each other by more than marks do: more than a third of the line's height and two points.
fn overprinted(words: &[Word]) -> Vec<String> {
    let mut found = Vec::new();
    for (k, a) in words.iter().enumerate() {
        for b in words[k + 1..].iter().take_while(|b| b.page == a.page) {
            let wide = a.right.min(b.right) - a.left.max(b.left);
            let high = a.bottom.min(b.bottom) - a.top.max(b.top);
            let line = (a.bottom - a.top).min(b.bottom - b.top);
            if wide > 2.0 && high > line * 0.6 {
                found.push(format!("page {}: “{}” and “{}”", a.page, a.text, b.text));
            }
        }
    }
    found
}

/// Words in the margins: no printed page is narrower than 14 mm at its sides.
fn in_margins(words: &[Word], widths: &[f64]) -> Vec<String> {
    let out = words.iter().filter(|w| w.left < 36.0 || w.right > widths[w.page - 1] - 36.0);
    out.map(|w| format!("page {}: “{}” stands in the margin", w.page, w.text)).collect()
}

/// What overprints or stands in the margins of a PDF.
pub(super) fn flaws(pdf: &Path) -> Vec<String> {
    let (words, widths) = words(pdf).expect("poppler reads it");
    let mut found = overprinted(&words);
    found.extend(in_margins(&words, &widths));
    found
}

/// Every PDF that the portal can print, made once.
pub(super) fn printed() -> &'static Path {
    static OUT: std::sync::OnceLock<std::path::PathBuf> = std::sync::OnceLock::new();
    OUT.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("handouts-all");
        let run = tools::sala()
            .args(["handout", "--all", "--lang", "en", "--portal"])
            .arg(tools::repository())
            .arg("-o")
            .arg(&out)
            .output()
            .expect("the program starts");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        out
    })
}

pub(super) fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut list: Vec<_> = walkdir::WalkDir::new(folder).into_iter().flatten().map(|item| item.into_path()).collect();
    list.retain(|path| path.extension().is_some_and(|e| e == "pdf"));
    list.sort();
    list
}

#[test]
fn nothing_of_the_real_portal_overprints_or_leaves_the_page() {
    if !tools::has("pdftotext") {
        return tools::skip("nothing_overprints", "pdftotext is not installed");
    }
    let mut bad: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let list = files(printed());
    assert!(list.len() > 300, "{} files", list.len());
    for path in &list {
        let found = flaws(path);
        if !found.is_empty() {
            bad.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), found);
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}

#[test]
fn a_page_in_full_draws_its_diagram_and_shows_each_picture_once() {
    if !tools::has("pdftotext") {
        return tools::skip("a_page_in_full_draws_its_diagram", "pdftotext is not installed");
    }
    for path in ["fw-cooperation-overview.pdf", "en/fw-cooperation-overview.pdf"] {
        let (words, _) = words(&printed().join(path)).expect("poppler reads it");
        let names: Vec<_> = words.iter().filter(|w| ["m1", "s1"].contains(&w.text.as_str())).collect();
        assert!(names.is_empty(), "{path}: names of boxes: {}", names.len());
    }
    assert!(flat(&printed().join("fw-cooperation-overview.pdf")).contains("2ประสานความร่วมมือ"));
    // A title of several lines on a cover ends one after “: ”.
    let (words, _) = words(&printed().join("forum-2566-obec.pdf")).expect("poppler reads it");
    let end = words.iter().find(|w| w.page == 1 && w.text == "2566:").expect("the cover bears the title");
    assert!(words.iter().all(|w| w.page > 1 || (w.bottom - end.bottom).abs() > 3.0 || w.left <= end.left));
    let sheet = flat(&printed().join("tr-paired-reading-sheet.pdf"));
    assert_eq!(sheet.matches("บัตรสามใบ:รอชี้ชม").count(), 1, "{sheet}");
}

#[test]
fn what_is_planted_is_found() {
    if !tools::has("pdftotext") {
        return tools::skip("what_is_planted_is_found", "pdftotext is not installed");
    }
    let check = |body: &str| {
        let (words, widths) = super::layout::planted(&format!("#show: sheet.with(footer: none)\n{body}"));
        (overprinted(&words).len(), in_margins(&words, &widths).len())
    };
    let line = |dx: &str| format!("#place(dx: {dx}, t(\"ข้อความหนึ่งบรรทัด\"))");
    assert_eq!(check(&line("0mm")), (0, 0));
    assert!(check(&format!("{}\n{}", line("0mm"), line("3mm"))).0 > 0);
    assert!(check(&line("-16mm")).1 > 0);
    assert!(check(&line("160mm")).1 > 0);
}

#[test]
fn a_model_shows_its_place_on_the_ladder() {
    if !tools::has("pdftotext") {
        return tools::skip("a_model_shows_its_place_on_the_ladder", "pdftotext is not installed");
    }
    for model in ["model-semi-formal", "model-independent"] {
        let text = flat(&printed().join(format!("{model}.pdf")));
        assert!(text.contains("เป็นทางการกึ่งทางการไม่เป็นทางการอิสระ"), "{model}: {text}");
    }
}

#[test]
fn hard_input_prints_readably() {
    if !tools::has("pdftotext") {
        return tools::skip("hard_input_prints_readably", "pdftotext is not installed");
    }
    let cell = |text: &str| json!([{ "t": text }]);
    let row = |text: &str| json!(vec![cell(text); 9]);
    let empty: Vec<Value> = vec![json!([]); 9];
    let blocks = json!([
        { "type": "table", "align": vec![""; 9], "head": row("หัวข้อยาวของตาราง"), "rows": [row("มัธยมศึกษาตอนต้นและตอนปลาย"), empty] },
        { "type": "list", "start": null, "items": [{ "done": true, "blocks": [{ "type": "p", "runs": [{ "t": "งานที่ทำแล้ว" }] }] }] },
        { "type": "p", "runs": [{ "t": "อ้างอิง" }, { "t": "1", "sup": true }, { "t": format!(" https://example.org/{}", "path/".repeat(60)) }] },
        { "type": "h", "level": 3, "runs": [{ "t": "หัวข้อย่อย" }] },
        { "type": "quote", "kind": "warning", "blocks": [{ "type": "p", "runs": [{ "t": "ข้อความเตือน" }] }] },
        { "type": "note", "label": "1", "blocks": [{ "type": "p", "runs": [{ "t": "ข้อความเชิงอรรถ" }] }] },
        { "type": "cut" },
    ]);
    for (kind, section) in [("innovation", "problem"), ("aar", "happened"), ("network", "story"), ("page", "any")] {
        let mut data = super::sample(kind);
        data["entry"]["title"] = json!("ชื่อเรื่องที่ยาวมากจนต้องขึ้นหลายบรรทัด ".repeat(8));
        data["entry"]["sections"][section] =
            json!({ "id": section, "title": "หัวข้อ", "present": true, "blocks": blocks });
        data["entry"]["section_list"] = json!([data["entry"]["sections"][section]]);
        for field in ["reach", "time_needed", "place", "lead"] {
            data["entry"]["fields"][field] = json!({ "id": field, "label": field, "type": "text", "present": true, "many": false,
                "text": "ข้อความยาวในช่องเดียว".repeat(150), "items": [] });
        }
        let pdf = super::typesetter().render(&super::job(kind, data)).expect("a PDF");
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), &pdf.bytes).expect("written");
        let (words, _) = words(file.path()).expect("poppler reads it");
        let found = overprinted(&words);
        assert!(found.is_empty(), "{kind}: {found:#?}");
        let text = flat(file.path());
        for part in ["หัวข้อยาวของตาราง", "งานที่ทำแล้ว", "ข้อความเชิงอรรถ", "คำเตือน", "เนื้อหามีต่อ"]
        {
            assert!(text.contains(part), "{kind}: {part}");
        }
        assert_eq!(text.matches("มัธยมศึกษาตอนต้นและตอนปลาย").count(), 9, "{kind}");
    }
}

#[test]
fn a_booklet_of_many_prints_readably() {
    if !tools::has("pdftotext") {
        return tools::skip("a_booklet_of_many_prints_readably", "pdftotext is not installed");
    }
    let mut data = super::sample("booklet");
    let entries = data["entries"].as_array().cloned().expect("innovations");
    let (mut many, mut ids) = (Vec::new(), Vec::new());
    for (k, entry) in entries.iter().cycle().take(20).enumerate() {
        let mut entry = entry.clone();
        let id = format!("many-{k}");
        entry["id"] = json!(id);
        ids.push(id);
        many.push(entry);
    }
    data["entries"] = json!(many);
    let term = "การนำการเปลี่ยนแปลงสู่สถานศึกษาและการสร้างคุณค่าแก่ผู้เรียนและชุมชนทุกแห่ง";
    data["index"] = json!([{ "title": term, "ids": ids }, { "title": term, "ids": [ids[0], ids[7], ids[19]] }]);
    for paper in [Paper::A4, Paper::A5] {
        let pdf = super::typesetter().render(&Job { paper, ..super::job("booklet", data.clone()) }).expect("a PDF");
        assert_eq!(pdf.problems, []);
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), &pdf.bytes).expect("written");
        let (words, _) = words(file.path()).expect("poppler reads it");
        let found = overprinted(&words);
        assert!(found.is_empty(), "{paper:?}: {found:#?}");
        assert_eq!(flat(file.path()).matches(&squeezed(term)).count(), 2, "{paper:?}");
    }
}

/// The text of a PDF in the order of its content, without white space.
pub(super) fn flat(pdf: &Path) -> String {
    let run = Command::new("pdftotext").args(["-raw", "-q"]).arg(pdf).arg("-").output().expect("pdftotext");
    squeezed(&String::from_utf8_lossy(&run.stdout))
}

pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Calls back with every text and number of a value.
fn each(name: &str, value: &toml::Value, found: &mut dyn FnMut(&str, String)) {
    match value {
        toml::Value::String(text) => found(name, text.clone()),
        toml::Value::Integer(n) => found(name, n.to_string()),
        toml::Value::Float(n) => found(name, n.to_string()),
        toml::Value::Array(list) => list.iter().for_each(|item| each(name, item, found)),
        toml::Value::Table(map) => map.iter().for_each(|(key, item)| each(&format!("{name}.{key}"), item, found)),
        _ => {}
    }
}

#[test]
fn an_innovation_of_the_real_portal_prints_what_its_record_says() {
    if !tools::has("pdftotext") {
        return tools::skip("an_innovation_prints_what_its_record_says", "pdftotext is not installed");
    }
    // What decides and what is done is always printed, whatever the length of the record.
    let always = [
        "summary",
        "results.indicator",
        "results.before",
        "results.after",
        "results.method",
        "results.period",
        "building_blocks.action",
        "building_blocks.who",
        "building_blocks.lesson",
        "building_blocks.enabler",
        "first_30_days.do",
        "not_worked",
        "conditions",
        "reach",
        "time_needed",
        "evidence_reason",
        "equipment",
    ];
    // Values that are shown by another name: terms, titles of other entries, names of files.
    let named_else = [
        "network",
        "schools",
        "component",
        "side",
        "level",
        "subject",
        "problem_group",
        "area",
        "activity_type",
        "suits_size",
        "suits_constraint",
        "suits_type",
        "cost_band",
        "evidence",
        "model",
        "lifecycle",
        "aars",
        "related",
        "adapted_from",
        "status",
        "title",
        "title_en",
        "names",
        "tags",
        "aliases",
        "files.src",
        "images.src",
        "images.alt",
        "adopted_by.network",
        "adopted_by.school",
        "adopted_by.status",
        "evidence_history.step",
        "participation_step",
        "published",
        "updated",
    ];
    let folder = tools::repository().join("content/innovations");
    let (mut all, mut left) = (0, 0);
    for item in std::fs::read_dir(folder).expect("the innovations").flatten() {
        let path = item.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_none_or(|e| e != "md") || name.contains('.') {
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("a page");
        let front = source.split("+++").nth(1).expect("front matter");
        let table: toml::Table = toml::from_str(front).expect("TOML");
        let text = flat(&printed().join(format!("{name}.pdf")));
        let mut missing = Vec::new();
        for (key, value) in &table {
            each(key, value, &mut |name, said| {
                if named_else.contains(&name) {
                    return;
                }
                all += 1;
                if !text.contains(&squeezed(&said)) {
                    missing.push((name.to_owned(), said));
                }
            });
        }
        let bad: Vec<_> = missing.iter().filter(|(field, _)| always.contains(&field.as_str())).collect();
        assert!(bad.is_empty(), "{name}: {bad:#?}");
        assert!(
            missing.is_empty() || text.contains("อ่านต่อในหน้าเว็บ") || text.contains("ดูในหน้าเว็บ"),
            "{name}: {missing:#?}"
        );
        left += missing.len();
    }
    assert!(all > 900 && left * 10 <= all, "{left} of {all} values are only named");
}

#[test]
fn a_network_of_the_real_portal_prints_every_entry_that_belongs_to_it() {
    if !tools::has("pdftotext") {
        return tools::skip("a_network_prints_every_entry_that_belongs_to_it", "pdftotext is not installed");
    }
    let mut count = 0;
    for kind in ["innovations", "aars"] {
        for item in std::fs::read_dir(tools::repository().join("content").join(kind)).expect("entries").flatten() {
            let path = item.path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if path.extension().is_none_or(|e| e != "md") || name.contains('.') {
                continue;
            }
            let source = std::fs::read_to_string(&path).expect("a page");
            let table: toml::Table = toml::from_str(source.split("+++").nth(1).expect("front matter")).expect("TOML");
            let value = |key: &str| table.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
            let owner = [value("network"), value("subject")].into_iter().find(|id| !id.is_empty()).unwrap_or_default();
            let sheet = printed().join(format!("{owner}.pdf"));
            if !sheet.exists() {
                continue;
            }
            let text = flat(&sheet);
            assert!(text.contains(&squeezed(&value("title"))), "{name} is not on the sheet of {owner}");
            assert!(!text.contains("ยังไม่มีนวัตกรรมและAAR"), "{owner}");
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}
