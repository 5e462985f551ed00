//! The start page and the text file of a bundle: what this is, of which day, and how it is opened.

use crate::markdown::{escape_attr, escape_text};
use crate::model::{Config, Lang};
use crate::text::era::Date;
use crate::text::locale;
use std::collections::BTreeMap;

/// Folder of the site in the archive.
pub(crate) const SITE: &str = "site";

/// What the start page says.
pub(crate) struct About<'a> {
    /// Name and publisher.
    pub config: &'a Config,
    /// Day of the content.
    pub date: Option<Date>,
    /// Title of the page that a part belongs to.
    pub part: Option<&'a str>,
    /// Number of pages.
    pub pages: usize,
    /// Size of the site unpacked.
    pub bytes: u64,
    /// Short hash of the site.
    pub version: String,
    /// Style sheet of the site.
    pub style: Option<String>,
    /// Whether the site has search.
    pub search: bool,
}

/// Tells one content from another: a short hash over all files.
pub(crate) fn version(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut hash = blake3::Hasher::new();
    for (path, bytes) in files {
        hash.update(path.as_bytes());
        hash.update(blake3::hash(bytes).as_bytes());
    }
    hash.finalize().to_hex()[..10].to_owned()
}

impl About<'_> {
    /// Thai, with English beside it, where the portal has Thai; else English alone.
    fn say(&self, th: &str, en: &str, between: &str) -> String {
        match self.config.languages().contains(&Lang::TH) {
            true => format!("{th}{between}<span lang=\"en\">{en}</span>"),
            false => en.to_owned(),
        }
    }

    fn day(&self, lang: Lang, none: &str) -> String {
        let shown = |d| locale::date(lang.code(), self.config.calendar(lang), &d);
        self.date.map_or_else(|| none.to_owned(), shown)
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1e6)
}

/// `index.html` of the bundle.
pub(crate) fn page(about: &About<'_>) -> String {
    let text = |t: &str| {
        let mut out = String::new();
        escape_text(t, &mut out);
        out
    };
    let main = about.config.main();
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n",
        main.code(),
        main.direction(),
    );
    out.push_str(&format!("<title>{}</title>\n", text(about.config.title.get(main))));
    if let Some(style) = &about.style {
        out.push_str("<link rel=\"stylesheet\" href=\"");
        escape_attr(&format!("{SITE}/{style}"), &mut out);
        out.push_str("\">\n");
    }
    out.push_str("</head>\n<body>\n<main class=\"wrap\">\n");
    out.push_str(&format!("<h1>{}</h1>\n", text(about.config.title.get(main))));
    let dot = |th: &str, en: &str| about.say(th, en, " · ");
    if let Some(part) = about.part {
        out.push_str(&format!("<p>{}: {}</p>\n", dot("ฉบับเฉพาะส่วน", "Part of the portal"), text(part)));
    }
    let open = dot("เปิดคลัง", "Open");
    out.push_str(&format!("<p class=\"actions\"><a class=\"button primary\" href=\"{SITE}/index.html\">{open}</a>"));
    if about.search {
        let search = dot("ค้นหา", "Search");
        out.push_str(&format!(" <a class=\"button\" href=\"{SITE}/search.html\">{search}</a>"));
    }
    out.push_str("</p>\n<dl>\n");
    let day = dot(&about.day(Lang::TH, "ไม่ระบุ"), &about.day(Lang::EN, "not given"));
    for (name, value) in [
        (dot("ข้อมูล ณ วันที่", "Content of"), day),
        (dot("รุ่น", "Version"), about.version.clone()),
        (dot("จำนวนหน้า", "Pages"), about.pages.to_string()),
        (dot("ขนาด", "Size"), format!("{} MB", megabytes(about.bytes))),
    ] {
        out.push_str(&format!("<dt>{name}</dt><dd>{value}</dd>\n"));
    }
    let how = about.say(
        "เปิดอ่านและค้นหาได้โดยไม่ต้องต่ออินเทอร์เน็ต ถ้าคัดลอกไปเครื่องอื่น ให้คัดลอกทั้งโฟลเดอร์",
        "Read and search without the internet. When you copy it, copy the whole folder.",
        "<br>\n",
    );
    out.push_str(&format!("</dl>\n<p>{how}</p>\n</main>\n</body>\n</html>\n"));
    out
}

/// `README.txt` of the bundle; with the mark that old editors need to read Thai, and their line ends.
pub(crate) fn readme(about: &About<'_>) -> String {
    let config = about.config;
    let size = format!("{} pages, {} MB", about.pages, megabytes(about.bytes));
    let thai = format!(
        "{}\n{}ข้อมูล ณ วันที่ {}   รุ่น {}\n\n\
         วิธีเปิด\n1. แตกไฟล์ zip ออกทั้งโฟลเดอร์ก่อน (คลิกขวา > แยกทั้งหมด)\n2. ดับเบิลคลิก index.html\n\n",
        config.title.get(Lang::TH),
        about.part.map_or(String::new(), |p| format!("ฉบับเฉพาะส่วน: {p}\n")),
        about.day(Lang::TH, "ไม่ระบุ"),
        about.version,
    );
    let english = format!(
        "{}\n{}Content of {}   version {}\n{size}\n\n\
         How to open\n1. Unpack the whole zip first (right click > Extract all).\n2. Double-click index.html.\n",
        config.title.get(Lang::EN),
        about.part.map_or(String::new(), |p| format!("Part: {p}\n")),
        about.day(Lang::EN, "not given"),
        about.version,
    );
    let text = if config.languages().contains(&Lang::TH) { thai + &english } else { english };
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}
