//! What takes bytes of anybody, each as a function that takes any bytes and must come back: for `cargo test` (the
//! driver is `fuzz.rs`) and for cargo-fuzz (`fuzz/` in the repository's folder). Beside that nothing panics, each looks
//! at what must hold of its result.

use sala::internals::authoring::docx;
use sala::internals::authoring::import::guard::Limits;
use sala::internals::authoring::import::sheet;
use sala::internals::cache::{Fingerprint, Store};
use sala::internals::content::{front_matter, markdown_file, schema};
use sala::internals::diagnostics::Diagnostic;
use sala::internals::html::media;
use sala::internals::model::{KindDef, Lang, Schema, SourceFile, SourceId, Vocabulary};
use sala::internals::pipeline::{self, Options};
use sala::internals::preview::guard::site_path;
use sala::internals::search::{Index, Query, query};
use sala::internals::site::Site;
use sala::internals::text::repair::file::{Format, repair_file};
use sala::internals::text::repair::{apply, only_certain, repair};
use sala::internals::text::{chars, collate, fold, lint, personal, slug};
use sala::internals::{check, content, markdown, visibility};
use std::borrow::Cow;
use std::sync::OnceLock;

/// A function that takes any bytes.
pub type Body = fn(&[u8]);

/// Every target with its name.
pub const TARGETS: [(&str, Body); 12] = [
    ("front_matter", front_matter),
    ("schema", schema),
    ("portal", portal),
    ("markdown_html", markdown_html),
    ("markdown_print", markdown_print),
    ("tables", tables),
    ("docx", docx),
    ("queries", queries),
    ("thai", thai),
    ("addresses", addresses),
    ("cache", cache),
    ("pictures", pictures),
];

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

const KIND: &str = r#"id = "note"
folder = "notes"
label = { th = "บันทึก", en = "Note" }
[[section]]
id = "secret"
label = { th = "บันทึกภายใน", en = "Internal notes" }
visibility = "internal"
[[field]]
id = "year"
type = "year"
label = { th = "ปี" }
[[field]]
id = "day"
type = "period"
label = { th = "วัน" }
[[field]]
id = "money"
type = "money"
label = { th = "เงิน" }
[[field]]
id = "other"
type = "ref"
many = true
label = { th = "อื่น" }
[[field]]
id = "picture"
type = "image"
label = { th = "รูป" }
[[field]]
id = "rows"
type = "table"
label = { th = "ตาราง" }
[[field.column]]
id = "a"
type = "markdown"
label = { th = "ก" }
"#;

/// A portal of one kind, in a folder that stays as long as the program.
fn folder() -> &'static std::path::Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    FOLDER.get_or_init(new_folder).path()
}

fn new_folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (path, text) in [
        ("portal.toml", "title = { th = \"ก\", en = \"A\" }\nlanguages = [\"th\", \"en\"]\n"),
        ("content/_schema/kinds/note.toml", KIND),
        (
            "content/_data/rows.toml",
            "file = \"rows.csv\"\n[[entries]]\nkind = \"note\"\nid = \"{id}\"\ntitle = \"{title}\"\n",
        ),
        ("content/_data/rows.csv", "id,title\nr1,แถวหนึ่ง\n"),
        (
            "content/notes/a.md",
            "+++\ntitle = \"เครือข่ายพัฒนาคุณภาพการศึกษา\"\nyear = 2566\nother = [\"b\"]\n+++\nครูน้ำใจ O-NET\n",
        ),
        ("content/notes/b.md", "+++\ntitle = \"การอ่านคู่\"\n+++\n```query\nview = \"list\"\nkind = \"note\"\n```\n"),
    ] {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }
    dir
}

fn site() -> &'static (Site, Index) {
    static SITE: OnceLock<(Site, Index)> = OnceLock::new();
    SITE.get_or_init(|| {
        let options = Options::default();
        let index = pipeline::index(folder(), Lang::TH, &options).expect("an index");
        (pipeline::prepare(folder(), &options).site, index)
    })
}

fn kinds() -> &'static Schema {
    &site().0.public.schema
}

/// Places of findings lie in their file.
fn placed(found: &[Diagnostic], source: &SourceFile) {
    let lines = source.text.matches('\n').count() + 1;
    for d in found.iter().filter(|d| d.file == source.path) {
        assert!(d.line <= lines, "{d:?}");
    }
}

/// The top of a page.
pub fn front_matter(bytes: &[u8]) {
    let text = text(bytes);
    if let Ok(split) = front_matter::split(&text) {
        assert!(text.is_char_boundary(split.body));
        if let Some((format, front, base)) = split.front {
            assert_eq!(&text[base..base + front.len()], front);
            let _ = front_matter::parse(format, front, base);
        }
    }
    let source = SourceFile::new("content/notes/x.md", text.as_ref());
    let (_, found) = markdown_file::load(kinds(), &[], &source, SourceId(0));
    placed(&found, &source);
}

/// A file of the schema.
pub fn schema(bytes: &[u8]) {
    let source = SourceFile::new("content/_schema/kinds/x.toml", text(bytes).as_ref());
    let mut found = Vec::new();
    let _ = schema::read::<KindDef>(&source, &mut found);
    let _ = schema::read::<Vocabulary>(&source, &mut found);
    placed(&found, &source);
}

/// A whole portal of which one file is anything: its settings, a kind, a table, the map of a table, a page, a document
/// that a page names. The first byte says which.
pub fn portal(bytes: &[u8]) {
    const PLACES: [&str; 7] = [
        "portal.toml",
        "content/_schema/kinds/note.toml",
        "content/_data/rows.csv",
        "content/_data/rows.toml",
        "content/notes/a.md",
        "content/notes/a.pdf",
        "content/notes/a.docx",
    ];
    let Some((which, bytes)) = bytes.split_first() else { return };
    let place = PLACES[usize::from(*which) % PLACES.len()];
    let dir = new_folder();
    std::fs::write(dir.path().join(place), bytes).expect("written");
    if let Some(name) = place.strip_prefix("content/notes/").filter(|name| !name.ends_with(".md")) {
        std::fs::write(dir.path().join("content/notes/b.md"), format!("+++\ntitle = \"ก\"\n+++\n[ข]({name})\n"))
            .expect("written");
    }
    let (portal, found) = content::load(dir.path());
    let mut all = check::check(&portal);
    all.extend(check::check_files(&portal, dir.path()));
    assert!(found.iter().chain(&all).all(|d| !d.message.th.is_empty()));
    let public = visibility::open(portal, visibility::Options::default());
    assert!(public.entries.iter().all(|e| visibility::is_public(e, visibility::Options::default())));
}

/// Markdown to HTML: whatever is written, nothing runs and nothing is loaded from elsewhere.
pub fn markdown_html(bytes: &[u8]) {
    let text = text(bytes);
    let html = markdown::render(&text, &markdown::Options::plain(), &markdown::PlainLinks).into_html();
    let lower = html.to_ascii_lowercase();
    for bad in ["<script", "<style", "<iframe", "<object", "<!--"] {
        assert!(!lower.contains(bad), "{bad}: {html}");
    }
    // Shown text may hold anything; a `<` or a `>` of it is escaped.
    for tag in lower.split('<').skip(1).filter_map(|part| part.split('>').next()) {
        for bad in ["href=\"javascript:", "src=\"http", "src=\"//"] {
            assert!(!tag.contains(bad), "{bad} in <{tag}>: {html}");
        }
    }
    let outline = markdown::scan(&text);
    assert!(outline.headings.iter().all(|h| text.is_char_boundary(h.offset)));
    assert!(outline.links.iter().all(|l| text.is_char_boundary(l.offset)));
    if let Some(visible) = markdown::without_hidden(&text) {
        assert_eq!(markdown::without_hidden(&visible), None, "{visible:?}");
    }
    let _ = (markdown::plain_text(&text), markdown::code_ranges(&text), markdown::sanitise(&text));
}

/// Markdown to the blocks that are printed.
pub fn markdown_print(bytes: &[u8]) {
    let text = text(bytes);
    let half = (0..=text.len() / 2).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    for heads in [&[][..], &[(half, half)]] {
        let body = sala::internals::pdf::body::read(&text, 0, heads);
        let _ = serde_json::to_string(&(&body.lead, &body.sections)).expect("JSON");
    }
    let _ = sala::internals::pdf::sentences::split(&text);
}

/// Tables: CSV in its encodings, workbooks of three formats. The first byte says which.
pub fn tables(bytes: &[u8]) {
    let limits = Limits { file: 1 << 20, expanded: 8 << 20, rows: 2_000, columns: 100, ..Limits::default() };
    let Some((which, bytes)) = bytes.split_first() else { return };
    let name = ["t.csv", "t.xlsx", "t.ods", "t.tsv", "t.xls"][usize::from(*which) % 5];
    match sheet::read(name, bytes, None, &limits) {
        Ok(sheet) => assert!(sheet.rows.len() <= limits.rows),
        Err(found) => assert!(!found.message.en.is_empty()),
    }
}

/// A report of a word processor.
pub fn docx(bytes: &[u8]) {
    let limits = Limits { file: 1 << 20, expanded: 8 << 20, ..Limits::default() };
    if let Ok(parts) = docx::parts::read("t.docx", bytes, &limits) {
        let _ = docx::reader::blocks(&parts);
    }
}

/// What somebody types into the search, and queries in pages.
pub fn queries(bytes: &[u8]) {
    let text = text(bytes);
    let (site, index) = site();
    let ask = Query { text: text.to_string(), limit: 5, ..Query::default() };
    let answer = query(index, &ask).expect("an answer");
    assert!(answer.hits.len() <= 5);
    let _ = sala::internals::views::reads(site, &text);
}

/// Thai text: repair, folding, sorting, personal data.
pub fn thai(bytes: &[u8]) {
    let text = text(bytes);
    let edits = repair(&text, Default::default());
    let mended = apply(&text, &only_certain(&edits));
    let again = only_certain(&repair(&mended, Default::default()));
    assert!(again.is_empty(), "{text:?} → {mended:?} → {again:?}");
    for format in [Format::Markdown, Format::Toml] {
        let edits = repair_file(&text, format, Default::default());
        assert!(edits.iter().all(|e| text.is_char_boundary(e.range.start) && text.is_char_boundary(e.range.end)));
    }
    let folded = fold::Folded::new(&text);
    let _ = (folded, collate::sort_key("th", &text), slug::slug(&text), slug::suggest_id(&text), lint::lint(&text));
    assert!(!chars::visible(&text).chars().any(chars::steers));
    for find in personal::search(&text) {
        assert!(text.is_char_boundary(find.range.start) && text.is_char_boundary(find.range.end));
    }
    let _ = personal::mask(&text);
}

/// Addresses that a browser asks the preview for: what is taken stays in the site.
pub fn addresses(bytes: &[u8]) {
    if let Some(path) = site_path(&text(bytes)) {
        let bad = |part: &str| part.is_empty() || part == "." || part == ".." || part.contains(['\\', '\0', ':']);
        assert!(!path.split('/').any(bad), "{path:?}");
        assert!(!path.starts_with(".sala") && !path.starts_with('/'), "{path:?}");
    }
}

/// A kept file that anybody wrote into is a miss or the value that was kept.
pub fn cache(bytes: &[u8]) {
    static DIR: OnceLock<tempfile::TempDir> = OnceLock::new();
    let dir = DIR.get_or_init(|| tempfile::tempdir().expect("a folder"));
    let (store, key, value) = (Store::new(dir.path(), "fuzz"), Fingerprint([7; 16]), b"the value that was kept");
    store.put(key, &[value]);
    let file = dir.path().join(".sala/cache/fuzz").join(key.hex());
    let mut kept = std::fs::read(&file).expect("a kept file");
    // The first byte says how the bytes get into the file.
    let Some((how, bytes)) = bytes.split_first() else { return };
    let at = usize::from(*how) % kept.len();
    match how % 3 {
        0 => kept = bytes.to_vec(),
        1 => drop(kept.splice(at.., bytes.iter().copied())),
        _ => bytes.iter().zip(&mut kept[at..]).for_each(|(new, old)| *old ^= new),
    }
    std::fs::write(&file, kept).expect("written");
    assert!(store.get(key).is_none_or(|found| found == value));
}

/// Pictures: what is cleaned once is clean.
pub fn pictures(bytes: &[u8]) {
    for name in ["a.png", "a.jpg", "a.gif", "a.webp", "a.svg"] {
        if let Some(cleaned) = media::clean(name, bytes.to_vec()) {
            let again = media::clean(name, cleaned.bytes.clone());
            assert_eq!(again.as_ref().map(|c| &c.bytes), Some(&cleaned.bytes), "{name}");
            assert_eq!(again.and_then(|c| c.size), cleaned.size, "{name}");
        }
    }
}
