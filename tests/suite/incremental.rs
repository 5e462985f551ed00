//! A build that keeps what is still right gives the bytes of a build that makes everything anew.

use sala::content::cache::Cache;
use sala::diagnostics::Diagnostic;
use sala::pipeline::{self, Options};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

const IDEA: &str = r#"
id = "idea"
folder = "ideas"
label = { th = "แนวคิด", en = "Idea" }
plural = { th = "แนวคิด", en = "Ideas" }
nav = 1
sort = ["-year"]
card = ["topic", "year"]
compare = ["topic", "problem"]
figures = ["by-topic"]
[[section]]
id = "problem"
label = { th = "ปัญหา", en = "Problem" }
[[section]]
id = "talk"
label = { th = "คุยภายใน", en = "Inside talk" }
visibility = "internal"
[[field]]
id = "topic"
type = "term"
vocabulary = "topic"
many = true
facet = true
label = { th = "หัวเรื่อง", en = "Topic" }
[[field]]
id = "year"
type = "academic-year"
facet = true
label = { th = "ปี", en = "Year" }
[[field]]
id = "group"
type = "ref"
kinds = ["group"]
facet = true
label = { th = "กลุ่ม", en = "Group" }
inverse = { th = "แนวคิดของกลุ่ม", en = "Ideas of the group" }
[[field]]
id = "after"
type = "ref"
kinds = ["idea"]
label = { th = "ต่อจาก", en = "Builds on" }
inverse = { th = "ต่อไปเป็น", en = "Led to" }
[[field]]
id = "picture"
type = "image"
label = { th = "รูป", en = "Picture" }
[[field]]
id = "secret"
type = "text"
visibility = "internal"
label = { th = "ลับ", en = "Secret" }
"#;

const GROUP: &str = r#"
id = "group"
folder = "groups"
label = { th = "กลุ่ม", en = "Group" }
nav = 2
[[field]]
id = "note"
type = "markdown"
label = { th = "หมายเหตุ", en = "Note" }
"#;

const TOPIC: &str = r#"
id = "topic"
label = { th = "หัวเรื่อง", en = "Topic" }
[[term]]
id = "lead"
label = { th = "การนำ", en = "Leading" }
[[term]]
id = "learn"
label = { th = "การเรียนรู้", en = "Learning" }
[[term]]
id = "share"
label = { th = "การแบ่งปัน", en = "Sharing" }
parent = "learn"
"#;

fn picture(width: usize) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"30\"><rect width=\"4\" height=\"3\"/></svg>\n"
    )
}

/// A small generator with a fixed sequence (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

struct Portal {
    dir: tempfile::TempDir,
    random: Random,
    step: usize,
}

impl Portal {
    fn new(seed: u64) -> Portal {
        let portal = Portal { dir: tempfile::tempdir().unwrap(), random: Random(seed), step: 0 };
        portal.write("portal.toml", &config("คลัง", ""));
        portal.write("content/_schema/kinds/idea.toml", IDEA);
        portal.write("content/_schema/kinds/group.toml", GROUP);
        portal.write("content/_schema/vocabularies/topic.toml", TOPIC);
        portal.write(
            "content/_schema/figures/by-topic.toml",
            "view = \"bars\"\nkind = \"idea\"\nrows = \"topic\"\ntitle = { th = \"ตามหัวเรื่อง\", en = \"By topic\" }\n",
        );
        portal.write(
            "content/_data/groups.toml",
            "file = \"groups.csv\"\n[[entries]]\nkind = \"group\"\nid = \"g{no}\"\ntitle = \"{name}\"\n",
        );
        portal.write("content/_data/groups.csv", "no,name\n1,กลุ่มหนึ่ง\n2,กลุ่มสอง\n3,กลุ่มสาม\n");
        portal.write("content/docs/README.md", "# คู่มือ\n\nดู [อีกหน้า](other.md#ก) และ [รูป](../ideas/a.svg)\n");
        portal.write("content/docs/other.md", "# อื่น ๆ\n\n## ก\n\nไป [แนวคิด](id:i0)\n");
        portal.write("content/groups/g1.md", "+++\nnote = \"ดู [](id:i1)\"\n+++\nกลุ่มที่มีเรื่องเล่า\n");
        portal.write("content/ideas/a.svg", &picture(40));
        let mut portal = portal;
        for i in 0..12 {
            let text = portal.idea(i);
            portal.write(&format!("content/ideas/i{i}.md"), &text);
        }
        portal
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A page with links, references and a picture.
    fn idea(&mut self, i: usize) -> String {
        let random = &mut self.random;
        let (step, other) = (self.step, random.below(12));
        let topic = random.pick(&["lead", "learn", "share"]);
        let mut front = format!("title = \"เรื่อง {} {step}\"\ntopic = [\"{topic}\"]\n", random.below(40));
        front.push_str(&format!("year = {}\n", 2563 + random.below(4)));
        front.push_str(&format!("group = \"g{}\"\n", 1 + random.below(3)));
        if i > 0 && random.below(2) == 0 {
            front.push_str(&format!("after = \"i{}\"\n", random.below(i)));
        }
        if random.below(3) == 0 {
            front.push_str("picture = { src = \"a.svg\", alt = \"รูป\" }\n");
        }
        if random.below(3) == 0 {
            front.push_str("summary = \"สรุปสั้น\"\nsecret = \"PLANTED\"\n");
        }
        if random.below(6) == 0 {
            front.push_str(&format!("aliases = [\"old/{i}\"]\nupdated = 2566-01-0{}\n", 1 + random.below(9)));
        }
        let mut body = format!("นำ {step} ดู [](id:i{other})\n\n## ปัญหา\n\nเล่า {}\n", random.below(9));
        if random.below(3) == 0 {
            body.push_str("\n## คุยภายใน\n\nPLANTED\n\n## ผล\n\n![รูป](a.svg)\n");
        }
        if random.below(4) == 0 {
            body.push_str("\n```query\nkind = \"idea\"\nview = \"list\"\n```\n");
        }
        format!("+++\n{front}+++\n{body}")
    }

    /// Changes something; says what.
    fn change(&mut self) -> String {
        self.step += 1;
        let (step, i) = (self.step, self.random.below(12));
        let page = format!("content/ideas/i{i}.md");
        let old = fs::read_to_string(self.path(&page)).ok();
        let what = self.random.below(25);
        match (what, old) {
            (0..=1, Some(text)) => self.write(&page, &format!("{text}\nย่อหน้า {step}\n")),
            (2, Some(text)) => self.write(&page, &text.replacen("เรื่อง", "ชื่อใหม่ เรื่อง", 1)),
            (3 | 4, _) => {
                let text = self.idea(i);
                self.write(&page, &text);
            }
            (5, _) => {
                let text = self.idea(i);
                self.write(&format!("content/ideas/new-{step}.md"), &text);
            }
            (6, Some(text)) => {
                fs::remove_file(self.path(&page)).unwrap();
                self.write(&format!("content/ideas/moved-{step}.md"), &text);
            }
            (7, _) => {
                let label = format!("\"หัวเรื่อง {step}\"");
                self.write("content/_schema/kinds/idea.toml", &IDEA.replace("\"หัวเรื่อง\"", &label));
            }
            (8, _) => {
                let label = format!("\"การนำ {step}\"");
                self.write("content/_schema/vocabularies/topic.toml", &TOPIC.replace("\"การนำ\"", &label));
            }
            (9, _) => self.write(
                "templates/kinds/idea.html",
                &format!(
                    "{{% extends \"entry.html\" %}}{{% block side %}}{step} {{{{ entry.title }}}}{{% endblock side %}}"
                ),
            ),
            (10, _) => self.write("i18n/th.toml", &format!("\"nav.home\" = \"หน้าแรก {step}\"\n")),
            (11, _) => {
                let base = self.random.pick(&["", "https://a.example/", "https://b.example/x/"]);
                self.write("portal.toml", &config(&format!("คลัง {step}"), base));
            }
            (12, _) => {
                self.write("content/ideas/a.svg", &picture(10 + step % 90));
            }
            (13, _) => {
                let name = self.random.pick(&["กลุ่มสอง", "กลุ่มใหม่", "คณะ"]);
                let text = format!("no,name\n1,กลุ่มหนึ่ง {step}\n2,{name}\n3,กลุ่มสาม\n");
                self.write("content/_data/groups.csv", &text);
            }
            (14, Some(_)) => {
                let text = format!("+++\ntitle = \"Idea {step}\"\n+++\n## Problem\n\nText {step}\n");
                self.write(&format!("content/ideas/i{i}.en.md"), &text);
            }
            (15, _) => {
                let _ = fs::remove_file(self.path(&format!("content/ideas/i{i}.en.md")));
            }
            (16 | 17, Some(text)) if text.contains("visibility") => {
                let text = text.replace("visibility = \"internal\"\n", "");
                self.write(&page, &text.replace("PLANTED เล่า", "เล่า"));
            }
            (16 | 17, Some(text)) => {
                let text = text.replacen("+++\n", "+++\nvisibility = \"internal\"\n", 1);
                self.write(&page, &text.replace("เล่า", "PLANTED เล่า"));
            }
            (18, _) => self.write(&format!("static/{}.txt", step % 3), &step.to_string()),
            (19, _) => self.write("content/docs/other.md", &format!("# อื่น {step}\n\n## ก\n\nไป [แนวคิด](id:i{i})\n")),
            (20, _) => {
                // Somebody writes into the published folder.
                let index = self.path("public/index.html");
                if let Ok(mut bytes) = fs::read(&index) {
                    bytes[100] ^= 1;
                    fs::write(index, bytes).unwrap();
                }
            }
            (21, _) => {
                let _ = fs::remove_file(self.path("public/ideas/index.html"));
            }
            (22, _) => {
                let name = self.random.pick(&["files", "pages"]);
                let cache = self.path(".sala/cache").join(name);
                if let Ok(mut bytes) = fs::read(&cache) {
                    let at = self.random.below(bytes.len());
                    bytes[at] ^= 0x55;
                    fs::write(cache, bytes).unwrap();
                }
            }
            (23, _) => {
                let text = format!("+++\ntitle = \"กลุ่ม {step}\"\nnote = \"ดู [](id:i{i})\"\n+++\nเล่า {step}\n");
                self.write("content/groups/g1.md", &text);
            }
            _ => {}
        }
        format!("step {step}: change {what} of i{i}")
    }

    /// Makes the portal sound again: every page of the start is there, and no other.
    fn repair(&mut self) {
        for file in fs::read_dir(self.path("content/ideas")).unwrap().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if name.ends_with(".en.md") || name.starts_with("new") || name.starts_with("moved") {
                fs::remove_file(file.path()).unwrap();
            }
        }
        for i in 0..12 {
            let text = self.idea(i);
            self.write(&format!("content/ideas/i{i}.md"), &text);
        }
    }

    /// Builds with what was kept, and anew; compares findings and every file.
    fn compare(&mut self, told: &str) -> bool {
        let root = self.dir.path();
        let search = self.random.below(4) == 0;
        let threads = 1 + self.random.below(2);
        let options = Options { no_search: !search, keep: true, ..Options::default() };
        // Longer than a tick of the file system's clock, so that stamps are trusted.
        std::thread::sleep(Duration::from_millis(25));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let kept = pool.install(|| {
            let mut cache = Cache::open(root);
            cache.settled = Duration::from_millis(15);
            let prepared = pipeline::prepare_with(root, &options, &mut cache);
            cache.save(root).unwrap();
            let errors = prepared.has_errors();
            if !errors {
                let out = root.join("public");
                let built = pipeline::publish(root, &out, &prepared, &options, &cache, &pipeline::silent);
                assert!(built.unwrap().is_some(), "{told}");
            }
            (prepared.diagnostics, errors)
        });
        let anew = Options { keep: false, index: Some(root.join(".sala/anew")), ..options };
        let prepared = pipeline::prepare(root, &anew);
        assert_eq!(messages(&prepared.diagnostics), messages(&kept.0), "{told}");
        if kept.1 {
            return false;
        }
        let cache = Cache::default();
        pipeline::publish(root, &root.join("anew"), &prepared, &anew, &cache, &pipeline::silent).unwrap().unwrap();
        let (kept, anew) = (files(&root.join("public")), files(&root.join("anew")));
        assert_eq!(kept.keys().collect::<Vec<_>>(), anew.keys().collect::<Vec<_>>(), "{told}");
        for (path, bytes) in &kept {
            assert!(*bytes == anew[path], "{told}: {path} differs");
            let secret = bytes.windows(7).any(|w| w == b"PLANTED");
            assert!(!secret, "{told}: {path} tells a secret");
        }
        true
    }
}

fn config(title: &str, base: &str) -> String {
    format!(
        "title = {{ th = \"{title}\", en = \"Test\" }}\nlanguages = [\"th\", \"en\"]\nbase_url = \"{base}\"\ndate = \"2566-08-15\"\n"
    )
}

fn messages(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(|d| format!("{d:?}")).collect()
}

fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .flatten()
        .filter(|e| e.file_type().is_file())
        .map(|e| {
            let path = e.path().strip_prefix(root).unwrap().display().to_string();
            (path, fs::read(e.path()).unwrap())
        })
        .collect()
}

#[test]
fn what_is_kept_is_what_would_be_made() {
    for seed in [0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03] {
        let mut portal = Portal::new(seed);
        assert!(portal.compare("first"));
        let sound = (0..25)
            .filter(|_| {
                let told = format!("seed {seed:x}, {}", portal.change());
                let sound = portal.compare(&told);
                if !sound {
                    portal.repair();
                }
                sound
            })
            .count();
        assert!(sound > 15, "too many states with errors: {sound} of 40 were sound");
    }
}

/// Pages reach entries through the functions of the site, which note the reading: nothing else is sound.
#[test]
fn pages_read_the_site_through_noted_functions() {
    let root = crate::tools::repository().join("src");
    let folders = ["render/context", "render/pages", "figure"];
    for (path, bytes) in folders.iter().flat_map(|f| files(&root.join(f))) {
        let text = String::from_utf8(bytes).unwrap();
        // Counts in prose are checked before any page is made.
        for way in ["entries", "sources", "media", "body(", "facts("] {
            let direct = text.contains(&format!("public.{way}")) && path != "counts.rs";
            assert!(!direct, "{path} reads public.{way} past the notes");
        }
    }
}

/// An entry that turns internal leaves every page, list, data file and feed of the next build, though nearly all of
/// the site is kept; nothing under the published folder comes from the caches.
#[test]
fn what_turned_internal_is_gone() {
    let mut portal = Portal::new(7);
    let secret = "LEAKED-LATER";
    let text = format!(
        "+++\ntitle = \"{secret}\"\ntopic = [\"lead\"]\nyear = 2565\ngroup = \"g1\"\n+++\n{secret}\n\n## ปัญหา\n\nดู [](id:i1)\n"
    );
    portal.write("content/ideas/late.md", &text);
    portal.write(
        "content/ideas/part.md",
        "+++\ntitle = \"มีส่วนภายใน\"\n+++\n## ปัญหา\n\nเล่า\n\n## บันทึก\n\nLEAKED-SECTION\n",
    );
    portal.compare("public");
    let told = |portal: &Portal, word: &str| {
        let files = files(&portal.path("public"));
        let holds = |bytes: &Vec<u8>| bytes.windows(word.len()).any(|w| w == word.as_bytes());
        files.values().filter(|bytes| holds(bytes)).count()
    };
    assert!(told(&portal, secret) > 4 && told(&portal, "LEAKED-SECTION") > 0);
    let hidden = text.replacen("+++\n", "+++\nvisibility = \"internal\"\n", 1);
    portal.write("content/ideas/late.md", &hidden);
    let part = fs::read_to_string(portal.path("content/ideas/part.md")).unwrap();
    let part = part.replacen("+++\n", "+++\ninternal_sections = [\"บันทึก\"]\n", 1);
    portal.write("content/ideas/part.md", &part);
    assert!(portal.compare("internal"));
    assert_eq!(told(&portal, "LEAKED"), 0);
    assert!(!portal.path("public/.sala").exists());
}
