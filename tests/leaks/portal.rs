//! A portal that has every kind of field, and what is published of it.

use crate::fixture::write;
use aho_corasick::AhoCorasick;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::sync::Mutex;

/// A secret in a portal.
pub struct Plant {
    /// Way to hide and place.
    pub name: String,
    /// Files by path; `SECRET` stands for the secret, which is another in each plant.
    pub files: Vec<(String, String)>,
}

impl Plant {
    /// A plant; the first file is the one that holds the secret.
    pub fn new(name: impl Into<String>, files: &[(&str, &str)]) -> Plant {
        let files = files.iter().map(|(path, text)| ((*path).to_string(), (*text).to_string())).collect();
        Plant { name: name.into(), files }
    }

    /// The secret of this plant, with the letters of the build.
    pub fn secret(&self, build: &str) -> String {
        let number = self.name.bytes().fold(7u32, |n, b| n.wrapping_mul(31).wrapping_add(u32::from(b)));
        format!("{build}{number:08x}").to_lowercase()
    }
}

const SETTINGS: &str = r#"title = { th = "รั่วไหม", en = "Leaks" }
base_url = "https://example.org/"
languages = ["th", "en"]
[build]
markdown = true
"#;

const SHEET: &str = r#"label = "Sheet"
kinds = ["note"]
build = true
"#;

const NOTE: &str = r#"id = "note"
folder = "notes"
label = { th = "บันทึก", en = "Note" }
plural = { th = "บันทึก", en = "Notes" }
sort = ["-year", "title"]
card = ["word"]
compare = ["word"]

[[section]]
id = "what"
label = { th = "เกิดอะไรขึ้น", en = "What happened" }
[[section]]
id = "secret"
label = { th = "บันทึกภายใน", en = "Internal notes" }
visibility = "internal"
[[section]]
id = "next"
label = { th = "ขั้นต่อไป", en = "Next steps" }
"#;

const MEMO: &str = r#"id = "memo"
folder = "memos"
visibility = "internal"
aggregates = ["topic", "open"]
label = { th = "บันทึกข้อความ", en = "Memo" }
"#;

/// Fields of both kinds: a public one and an internal one of every type.
const TYPES: [(&str, &str); 15] = [
    ("word", "type = \"text\"\nsearch = 3"),
    ("words", "type = \"text\"\nmany = true\nsearch = 3"),
    ("prose", "type = \"markdown\"\nsearch = 2"),
    ("site", "type = \"url\""),
    ("topic", "type = \"term\"\nvocabulary = \"topic\"\nfacet = true"),
    ("open", "type = \"term\"\nvocabulary = \"topic\"\nopen = true\nfacet = true"),
    ("free", "type = \"text\""),
    ("year", "type = \"year\"\nfacet = true"),
    ("day", "type = \"date\""),
    ("number", "type = \"integer\""),
    ("other", "type = \"ref\"\nkinds = [\"note\"]\nfacet = true"),
    ("others", "type = \"ref\"\nmany = true\nfacet = true"),
    ("picture", "type = \"image\""),
    ("file", "type = \"file\""),
    ("files", "type = \"file\"\nmany = true"),
];

fn fields() -> String {
    let mut out = String::new();
    for (name, rest) in TYPES {
        for (id, more) in [(name.to_string(), ""), (format!("x_{name}"), "visibility = \"internal\"\n")] {
            out += &format!("[[field]]\nid = \"{id}\"\n{rest}\n{more}label = {{ th = \"{id}\", en = \"{id}\" }}\n");
        }
    }
    for (id, rest) in [("via_word", "word"), ("via_inner", "x_word"), ("via_prose", "prose"), ("via_topic", "topic")] {
        let ty = match rest {
            "prose" => "markdown",
            "topic" => "term\"\nvocabulary = \"topic",
            _ => "text",
        };
        out += &format!(
            "[[field]]\nid = \"{id}\"\ntype = \"{ty}\"\nsearch = 2\nvia = \"other.{rest}\"\nlabel = {{ th = \"{id}\" }}\n"
        );
    }
    out += "[[field]]\nid = \"via_hidden\"\ntype = \"text\"\nvia = \"x_other.word\"\nlabel = { th = \"via_hidden\" }\n";
    for (id, from) in [("told_memo", "memo.word"), ("told_inner", "note.x_word"), ("told_row", "note.rows.x")] {
        out += &format!(
            "[[field]]\nid = \"{id}\"\ntype = \"text\"\nmany = true\ntold_by = \"{from}\"\nlabel = {{ th = \"{id}\" }}\n"
        );
    }
    out += "[[field]]\nid = \"rows\"\ntype = \"table\"\nentries = \"line\"\nlabel = { th = \"rows\" }\n\
            [[field.column]]\nid = \"a\"\ntype = \"text\"\nlabel = { th = \"a\" }\n\
            [[field.column]]\nid = \"x\"\ntype = \"text\"\nvisibility = \"internal\"\nlabel = { th = \"x\" }\n\
            [[field.column]]\nid = \"r\"\ntype = \"ref\"\nlabel = { th = \"r\" }\n";
    out
}

/// The kind that rows become: with every column, the internal one too.
const LINE: &str = r#"id = "line"
folder = "lines"
label = { th = "บรรทัด", en = "Line" }
[[field]]
id = "x"
type = "text"
search = 3
label = { th = "x" }
[[field]]
id = "r"
type = "ref"
label = { th = "r" }
[[field]]
id = "of"
type = "ref"
kinds = ["note", "memo"]
inverse = { th = "บรรทัด" }
label = { th = "of" }
"#;

/// A portal in a folder of its own.
pub struct Portal(tempfile::TempDir);

impl Portal {
    /// The portal with what is planted.
    pub fn with(plants: &[Plant], secret: &str) -> Portal {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        write(root, "portal.toml", SETTINGS);
        write(root, "content/_schema/kinds/note.toml", format!("{NOTE}{}", fields()));
        write(root, "content/_schema/kinds/line.toml", LINE);
        write(root, "content/_schema/print/sheet.toml", SHEET);
        write(root, "content/_schema/kinds/memo.toml", format!("{MEMO}{}", fields()));
        write(
            root,
            "content/_schema/vocabularies/topic.toml",
            "id = \"topic\"\nlabel = { th = \"เรื่อง\" }\n[[term]]\nid = \"lead\"\nlabel = { th = \"นำ\" }\n[[term]]\nid = \"read\"\nlabel = { th = \"อ่าน\" }\n",
        );
        write(
            root,
            "content/_data/rows.toml",
            "file = \"rows.csv\"\n[[entries]]\nkind = \"note\"\nid = \"{id}\"\ntitle = \"{title}\"\n[entries.set]\nvisibility = \"{visibility}\"\ndraft = \"{draft}\"\nword = \"{word}\"\nsummary = \"{summary}\"\n",
        );
        let mut rows = "id,title,visibility,draft,word,summary\nrow-open,แถว,,,คำ,สรุป\n".to_string();
        write(root, "content/index.md", "# หน้าแรก\n\nดู [](notes/) และ [](id:open-note)\n");
        write(root, "content/notes/plain.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"/>");
        write(
            root,
            "content/notes/open-note.md",
            "+++\ntitle = \"เปิด\"\nyear = 2566\ntopic = \"lead\"\nword = \"คำ\"\n+++\n## เกิดอะไรขึ้น\n\n```query\nview = \"list\"\nkind = \"note\"\n```\n\n```query\nview = \"table\"\nkind = \"note\"\ncolumns = [\"title\", \"word\", \"words\", \"other\", \"via_word\"]\n```\n",
        );
        write(
            root,
            "content/notes/sum.md",
            "+++\ntitle = \"รวม\"\n+++\n## เกิดอะไรขึ้น\n\n```query\nview = \"aggregate\"\nkind = \"memo\"\nrows = \"topic\"\n```\n\n```query\nview = \"aggregate\"\nkind = \"memo\"\nrows = \"open\"\n```\n",
        );
        for plant in plants {
            let own = plant.secret(secret);
            for (path, text) in &plant.files {
                let text = text.replace("SECRET", &own);
                match path.as_str() {
                    "ROW" => rows += &format!("{text}\n"),
                    path => write(root, &path.replace("SECRET", &own), &text),
                }
            }
        }
        write(root, "content/_data/rows.csv", &rows);
        Portal(dir)
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

/// Files below some folders and in archives, by path.
pub fn published(root: &Path, places: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in places.iter().flat_map(|place| walkdir(&root.join(place))) {
        let path = entry.strip_prefix(root).unwrap().display().to_string();
        let bytes = std::fs::read(&entry).unwrap();
        if path.ends_with(".zip") {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            for i in 0..zip.len() {
                let mut file = zip.by_index(i).unwrap();
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).unwrap();
                found.insert(format!("{path}/{}", file.name().unwrap()), bytes);
            }
        } else {
            found.insert(path, bytes);
        }
    }
    found
}

fn walkdir(place: &Path) -> Vec<std::path::PathBuf> {
    let Ok(list) = std::fs::read_dir(place) else {
        return if place.is_file() { vec![place.to_path_buf()] } else { Vec::new() };
    };
    list.flatten().flat_map(|entry| walkdir(&entry.path())).collect()
}

/// What is shown of a portal with errors, as the preview does.
pub fn shown(root: &Path) -> BTreeMap<String, Vec<u8>> {
    struct Kept(Mutex<BTreeMap<String, Vec<u8>>>);
    impl sala::internals::output::Sink for Kept {
        fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), sala::internals::output::PublishError> {
            self.0.lock().unwrap().insert(path.to_string(), bytes);
            Ok(())
        }
    }
    let options = sala::internals::pipeline::Options::default();
    let prepared = sala::internals::pipeline::prepare(root, &options);
    let kept = Kept(Mutex::default());
    let built =
        sala::internals::pipeline::render_into(root, &prepared, &options, &kept, &sala::internals::pipeline::silent);
    assert!(built.is_ok(), "{built:?}");
    kept.0.into_inner().unwrap()
}

/// Which of many texts some bytes hold, as they are and in compressed streams of PDFs; capital letters are small ones.
pub struct Finder(AhoCorasick);

impl Finder {
    /// For the secrets of plants, in their order.
    pub fn new(plants: &[Plant], build: &str) -> Finder {
        let secrets = plants.iter().map(|plant| plant.secret(build));
        Finder(AhoCorasick::builder().ascii_case_insensitive(true).build(secrets).unwrap())
    }

    /// Positions of the plants whose secret is in a file or in its name.
    pub fn told(&self, path: &str, bytes: &[u8]) -> BTreeSet<usize> {
        let mut told = BTreeSet::new();
        let mut look = |bytes: &[u8]| told.extend(self.0.find_iter(bytes).map(|found| found.pattern().as_usize()));
        look(path.as_bytes());
        look(bytes);
        if bytes.starts_with(b"%PDF") {
            let streams = AhoCorasick::new(["stream\n", "stream\r"]).unwrap();
            for start in streams.find_iter(bytes).map(|found| found.end()) {
                let skip = usize::from(bytes.get(start) == Some(&b'\n'));
                let mut out = Vec::new();
                // Not every stream is a compressed one.
                let _ = flate2::read::ZlibDecoder::new(&bytes[start + skip..]).read_to_end(&mut out);
                look(&out);
            }
        }
        told
    }
}
