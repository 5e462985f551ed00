//! `tests/programme.toml`: every system, form, duty and table of the programme's documents, walked as a reader would: from
//! the home page by links, or by a command. A row proves itself by the thing itself, not by a page that tells of it.

use crate::tools::{repository, sala, site, site_without_samples};
use crate::values::{printed, squeezed};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::{Component, Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

/// A thing that the sources describe.
#[derive(Deserialize, Clone, Default)]
#[serde(deny_unknown_fields, default)]
struct Row {
    no: usize,
    /// The seed and its lines.
    source: String,
    item: String,
    /// A page that links lead to from the home page; the test finds the way.
    page: Option<String>,
    /// What the page says.
    text: Vec<String>,
    /// A file of the site that the page links to, or that has an address of its own.
    file: Option<String>,
    /// What the file holds.
    holds: Vec<String>,
    /// A command and what it prints; `{folder}` is an empty folder.
    run: Vec<String>,
    prints: Vec<String>,
    /// Shown on sample records: a portal without samples has none yet.
    sample: bool,
    /// Where a portal without samples tells that there is such a thing to do, to fill in or to record.
    told: Option<Told>,
    /// Why the row does not hold yet.
    open: Option<String>,
}

/// A page that links lead to from the home page, and what it says.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct Told {
    page: String,
    text: Vec<String>,
}

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(repository().join("tests/programme.toml")).unwrap();
    let table: Table = toml::from_str(&text).unwrap();
    table.row
}

/// Addresses of a page's links, relative to the site.
fn links(site: &Path, page: &str) -> BTreeSet<String> {
    let html = fs::read_to_string(site.join(page)).unwrap_or_default();
    let folder = Path::new(page).parent().unwrap_or(Path::new(""));
    let hrefs = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs
        .filter(|href| !["http://", "https://", "mailto:", "data:", "#"].iter().any(|start| href.starts_with(start)))
        .filter_map(|href| inside(folder, href))
        .collect()
}

fn inside(folder: &Path, href: &str) -> Option<String> {
    let href = href.split(['#', '?']).next()?;
    let mut path = PathBuf::new();
    for part in folder.join(href).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    let path = path.to_string_lossy().replace('\\', "/");
    (!path.is_empty()).then_some(path)
}

/// What readers see of a page.
fn visible(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let mut text = String::new();
    let mut tag = false;
    for c in main.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace('\u{200b}', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The shortest way by links from the home page to every page.
fn ways(site: &Path) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::from([("index.html".to_string(), Vec::new())]);
    let mut queue = VecDeque::from(["index.html".to_string()]);
    while let Some(page) = queue.pop_front() {
        let way = found[&page].clone();
        for next in links(site, &page) {
            if next.starts_with("en/") || found.contains_key(&next) || !site.join(&next).is_file() {
                continue;
            }
            found.insert(next.clone(), [way.clone(), vec![next.clone()]].concat());
            if next.ends_with(".html") {
                queue.push_back(next);
            }
        }
    }
    found
}

/// What can be read of a file: the text of a document for a word processor, the text of a PDF without its spaces, the bytes of
/// others. `None` where nothing on this machine reads a PDF.
fn within(file: &str, bytes: &[u8]) -> Option<String> {
    if file.ends_with(".docx") {
        let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut parts.by_name("word/document.xml").unwrap(), &mut text).unwrap();
        return Some(visible(&text));
    }
    if file.ends_with(".pdf") {
        assert!(bytes.starts_with(b"%PDF-") && bytes.len() > 5_000, "{file}");
        return printed(bytes);
    }
    Some(String::from_utf8_lossy(bytes).into_owned())
}

/// What is wrong with a row.
fn walk(site: &Path, ways: &BTreeMap<String, Vec<String>>, row: &Row) -> Vec<String> {
    let mut wrong = Vec::new();
    let page = row.page.clone().unwrap_or_default();
    if row.page.is_some() && !ways.contains_key(&page) {
        wrong.push(format!("no way leads from the home page to {page}"));
    }
    let mut lacks = |place: &str, whole: &str, wanted: &[String]| {
        wrong.extend(wanted.iter().filter(|t| !whole.contains(t.as_str())).map(|t| format!("“{t}” is not in {place}")));
    };
    if row.page.is_some() {
        match fs::read_to_string(site.join(&page)) {
            Ok(html) => lacks(&page, &visible(&html), &row.text),
            Err(error) => lacks(&error.to_string(), "", std::slice::from_ref(&page)),
        }
    }
    if let Some(file) = &row.file {
        match fs::read(site.join(file)) {
            Ok(bytes) => {
                let paper = file.ends_with(".pdf");
                let wanted: Vec<String> =
                    row.holds.iter().map(|t| if paper { squeezed(t) } else { t.clone() }).collect();
                within(file, &bytes).into_iter().for_each(|whole| lacks(file, &whole, &wanted));
            }
            Err(error) => lacks(&error.to_string(), "", std::slice::from_ref(file)),
        }
        if row.page.is_some() && !links(site, &page).contains(file) {
            wrong.push(format!("{page} has no link to {file}"));
        }
    }
    if !row.run.is_empty() {
        let folder = tempfile::tempdir().unwrap();
        let args = row.run.iter().map(|a| a.replace("{folder}", &folder.path().to_string_lossy()));
        let done = sala().args(args).arg("--portal").arg(repository()).output().unwrap();
        let out = String::from_utf8_lossy(&done.stdout);
        if !done.status.success() {
            wrong.push(format!("the command fails: {}", String::from_utf8_lossy(&done.stderr)));
        }
        wrong.extend(row.prints.iter().filter(|t| !out.contains(t.as_str())).map(|t| format!("does not print {t}")));
    }
    wrong
}

#[test]
#[cfg_attr(not(feature = "pdf"), ignore = "needs the PDF engine")]
fn every_row_of_the_programme_holds() {
    let rows = rows();
    assert_eq!(rows.iter().map(|r| r.no).collect::<Vec<_>>(), (1..=126).collect::<Vec<_>>());
    let mut wrong = Vec::new();
    let ways = ways(site());
    for row in rows.iter().filter(|r| r.open.is_none()) {
        assert!(row.page.is_some() || row.file.is_some() || !row.run.is_empty(), "row {} proves nothing", row.no);
        assert!(!row.source.is_empty() && !row.item.is_empty(), "row {}", row.no);
        // A word that any page might have proves nothing.
        let letters: usize = row.text.iter().chain(&row.holds).map(|t| t.chars().count()).sum();
        assert!(row.page.is_none() || letters >= 20, "row {} is proved by next to nothing", row.no);
        let found = walk(site(), &ways, row);
        if !found.is_empty() {
            wrong.push(format!("{} {}: {}", row.no, row.item, found.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{} of 126:\n{}", wrong.len(), wrong.join("\n"));
}

/// What a row asks for and the site has not is told: page, words, link and file.
#[test]
fn a_row_that_does_not_hold_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("index.html"), "<main><a href=\"a.html\">ก</a> <a href=\"f.csv\">f</a></main>")
        .unwrap();
    fs::write(folder.path().join("a.html"), "<main>แผนสามปี</main>").unwrap();
    fs::write(folder.path().join("alone.html"), "<main>แผนสามปี</main>").unwrap();
    fs::write(folder.path().join("f.csv"), "id\nsc-0723\n").unwrap();
    let ways = ways(folder.path());
    let told = |page: &str, text: &str, file: Option<&str>, holds: &str| {
        let row = Row {
            page: Some(page.into()),
            text: vec![text.into()],
            file: file.map(Into::into),
            holds: vec![holds.into()],
            ..Row::default()
        };
        walk(folder.path(), &ways, &row).len()
    };
    assert_eq!(told("a.html", "แผนสามปี", None, ""), 0);
    assert_eq!(told("index.html", "ก", Some("f.csv"), "sc-0723"), 0);
    assert_eq!(told("a.html", "แผนปีเดียว", None, ""), 1);
    assert_eq!(told("alone.html", "แผนสามปี", None, ""), 1);
    assert_eq!(told("a.html", "แผนสามปี", Some("f.csv"), "sc-0723"), 1);
    assert_eq!(told("index.html", "ก", Some("f.csv"), "sc-0724"), 1);
    assert_eq!(told("index.html", "ก", Some("none.csv"), "sc"), 2);
    assert_eq!(told("none.html", "ก", None, ""), 2);
}

/// Without samples, every row holds that does not stand on a sample record, what others record is told, no link is dead, and
/// the registry is whole.
#[test]
#[cfg_attr(not(feature = "pdf"), ignore = "needs the PDF engine")]
fn the_programme_stands_without_samples() {
    let out = site_without_samples();
    let ways = ways(out);
    let rows = rows();
    let stand = rows.iter().filter_map(|row| match (&row.told, row.sample) {
        (Some(told), _) => {
            let (no, item) = (row.no, row.item.clone());
            Some(Row { no, item, page: Some(told.page.clone()), text: told.text.clone(), ..Row::default() })
        }
        (None, true) => {
            assert!(row.source.starts_with("user"), "row {} does not say where it is told", row.no);
            None
        }
        (None, false) => (row.open.is_none() && row.run.is_empty()).then(|| row.clone()),
    });
    let wrong: Vec<String> = stand
        .map(|row| {
            let found = walk(out, &ways, &row);
            (row, found)
        })
        .filter(|(_, found)| !found.is_empty())
        .map(|(row, found)| format!("{} {}: {}", row.no, row.item, found.join("; ")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (kind, count) in [("school", 723), ("network", 175), ("office", 96)] {
        let table = fs::read_to_string(out.join(format!("data/{kind}.csv"))).unwrap();
        assert_eq!(csv::Reader::from_reader(table.as_bytes()).records().count(), count, "{kind}");
    }
    let pages =
        walkdir::WalkDir::new(out).into_iter().flatten().filter(|e| e.path().extension().is_some_and(|x| x == "html"));
    let mut bad = Vec::new();
    for page in pages {
        let address = page.path().strip_prefix(out).unwrap().to_string_lossy().into_owned();
        let html = fs::read_to_string(page.path()).unwrap();
        if address != "404.html" {
            bad.extend(
                links(out, &address).into_iter().filter(|l| !out.join(l).exists()).map(|l| format!("{address} → {l}")),
            );
        }
        if html.contains("data-sample") || html.contains("ตัวอย่างสมมติ</span>") {
            bad.push(format!("{address} shows a sample"));
        }
    }
    assert!(bad.is_empty(), "{}", bad.iter().take(20).cloned().collect::<Vec<_>>().join("\n"));
}
