//! The start page and the text file of a bundle: what this is, of which day, and how it is opened.

use crate::markdown::{escape_attr, escape_text};
use crate::model::{Config, Lang};
use crate::text::era::Date;
use std::collections::BTreeMap;

/// Folder of the site in the archive.
pub const SITE: &str = "site";

/// What the start page says.
pub struct About<'a> {
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
pub fn version(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut hash = blake3::Hasher::new();
    for (path, bytes) in files {
        hash.update(path.as_bytes());
        hash.update(blake3::hash(bytes).as_bytes());
    }
    hash.finalize().to_hex()[..10].to_owned()
}

fn dates(about: &About<'_>) -> (String, String) {
    about.date.map_or_else(|| ("ไม่ระบุ".to_owned(), "not given".to_owned()), |d| (d.thai(), d.english()))
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1e6)
}

/// `index.html` of the bundle.
pub fn page(about: &About<'_>) -> String {
    let text = |t: &str| {
        let mut out = String::new();
        escape_text(t, &mut out);
        out
    };
    let (th, en) = dates(about);
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"th\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n",
    );
    out.push_str(&format!("<title>{}</title>\n", text(about.config.title.get(Lang::Th))));
    if let Some(style) = &about.style {
        out.push_str("<link rel=\"stylesheet\" href=\"");
        escape_attr(&format!("{SITE}/{style}"), &mut out);
        out.push_str("\">\n");
    }
    out.push_str("</head>\n<body>\n<main class=\"wrap\">\n");
    out.push_str(&format!("<h1>{}</h1>\n", text(about.config.title.get(Lang::Th))));
    if let Some(part) = about.part {
        out.push_str(&format!(
            "<p>ฉบับเฉพาะส่วน: {0}<br><span lang=\"en\">Part of the portal: {0}</span></p>\n",
            text(part)
        ));
    }
    out.push_str(&format!(
        "<p class=\"actions\"><a class=\"button primary\" href=\"{SITE}/index.html\">เปิดคลัง · Open</a>"
    ));
    if about.search {
        out.push_str(&format!(" <a class=\"button\" href=\"{SITE}/search.html\">ค้นหา · Search</a>"));
    }
    out.push_str("</p>\n");
    out.push_str(&format!(
        "<dl>\n<dt>ข้อมูล ณ วันที่ · Content of</dt><dd>{} · <span lang=\"en\">{}</span></dd>\n\
         <dt>รุ่น · Version</dt><dd>{}</dd>\n<dt>จำนวนหน้า · Pages</dt><dd>{}</dd>\n<dt>ขนาด · Size</dt><dd>{} MB</dd>\n</dl>\n",
        text(&th),
        text(&en),
        about.version,
        about.pages,
        megabytes(about.bytes),
    ));
    out.push_str(
        "<p>เปิดอ่านและค้นหาได้โดยไม่ต้องต่ออินเทอร์เน็ต ถ้าคัดลอกไปเครื่องอื่น ให้คัดลอกทั้งโฟลเดอร์<br>\n\
         <span lang=\"en\">Read and search without the internet. When you copy it, copy the whole folder.</span></p>\n\
         </main>\n</body>\n</html>\n",
    );
    out
}

/// `README.txt` of the bundle; with the mark that old editors need to read Thai, and their line ends.
pub fn readme(about: &About<'_>) -> String {
    let (th, en) = dates(about);
    let part = about.part.map_or(String::new(), |p| format!("ฉบับเฉพาะส่วน / part: {p}\n"));
    let text = format!(
        "{}\n{}\n{part}\nข้อมูล ณ วันที่ {th}   รุ่น {}\nContent of {en}   version {}\n{} หน้า / pages, {} MB\n\n\
         วิธีเปิด\n1. แตกไฟล์ zip ออกทั้งโฟลเดอร์ก่อน (คลิกขวา > แยกทั้งหมด)\n2. ดับเบิลคลิก index.html\n\n\
         How to open\n1. Unpack the whole zip first (right click > Extract all).\n2. Double-click index.html.\n",
        about.config.title.get(Lang::Th),
        about.config.title.get(Lang::En),
        about.version,
        about.version,
        about.pages,
        megabytes(about.bytes),
    );
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}
