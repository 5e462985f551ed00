//! A small portal with every kind of page, and random edits of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

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
handout = "leaf"
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

const LEAF: &str = "#import \"lib.typ\": sheet, job\n#show: sheet\n= #job.entry.title\n";

fn picture(width: usize) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"30\"><rect width=\"4\" height=\"3\"/></svg>\n"
    )
}

/// A small generator with a fixed sequence (xorshift).
pub struct Random(u64);

impl Random {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

pub struct Portal {
    dir: tempfile::TempDir,
    pub random: Random,
    step: usize,
}

impl Portal {
    pub fn new(seed: u64) -> Portal {
        let mut portal = Portal { dir: tempfile::tempdir().unwrap(), random: Random(seed), step: 0 };
        portal.start();
        portal
    }

    /// Writes the files of the start.
    fn start(&mut self) {
        let portal = self;
        portal.write("portal.toml", &config("คลัง", ""));
        portal.write("content/_schema/kinds/idea.toml", IDEA);
        portal.write("content/_schema/kinds/group.toml", GROUP);
        // Without the press no PDF is asked for.
        if cfg!(feature = "pdf") {
            portal.write("content/_schema/print/sheet.toml", "label = \"Sheet\"\nkinds = [\"group\"]\nbuild = true\n");
        }
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
        portal.write("content/index.md", "# หน้าแรก\n\n## ยินดีต้อนรับ\n\nข้อความหน้าแรก [](id:i1)\n");
        portal.write("content/index.en.md", "# Home\n\n## Welcome\n\nText of the home page\n");
        portal.write("content/ideas/index.md", "# แนวคิดทั้งหมด\n\nข้อความนำของรายการ\n");
        portal.write("handout/leaf.typ", LEAF);
        for i in 0..12 {
            let text = portal.idea(i);
            portal.write(&format!("content/ideas/i{i}.md"), &text);
        }
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    pub fn path(&self, path: &str) -> std::path::PathBuf {
        self.dir.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
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
    pub fn change(&mut self) -> String {
        self.step += 1;
        let (step, i) = (self.step, self.random.below(12));
        let page = format!("content/ideas/i{i}.md");
        let old = fs::read_to_string(self.path(&page)).ok();
        let what = self.random.below(32);
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
                let kept = kept_files(self.root());
                if !kept.is_empty() {
                    let (file, how) = (self.random.below(kept.len()), self.random.below(DAMAGES));
                    damage(&kept, file, how);
                }
            }
            (23, _) => {
                let text = format!("+++\ntitle = \"กลุ่ม {step}\"\nnote = \"ดู [](id:i{i})\"\n+++\nเล่า {step}\n");
                self.write("content/groups/g1.md", &text);
            }
            (24, Some(text)) => {
                let on = text.replacen("+++\n", "+++\ndraft = true\n", 1).replace("เล่า", "PLANTED เล่า");
                let off = text.replace("draft = true\n", "").replace("PLANTED เล่า", "เล่า");
                self.write(&page, if text.contains("draft = true") { &off } else { &on });
            }
            (25, _) => {
                self.write("content/index.md", &format!("# หน้าแรก {step}\n\n## ก\n\nเปลี่ยน {step} [](id:i{i})\n"))
            }
            (26, _) => {
                let list = self.path("content/ideas/index.md");
                match list.exists() {
                    true => fs::remove_file(list).unwrap(),
                    false => self.write("content/ideas/index.md", &format!("# ทั้งหมด\n\nคำนำ {step}\n")),
                }
            }
            (27, _) => self.write("content/ideas/index.en.md", &format!("# All ideas\n\nIntroduction {step}\n")),
            (28, _) => self.write("handout/leaf.typ", &format!("{LEAF}\nฉบับ {step}\n")),
            (29, _) => {
                let view = self.random.pick(&["bars", "cards", "list"]);
                let text = format!(
                    "view = \"{view}\"\nkind = \"idea\"\nrows = \"{}\"\ntitle = {{ th = \"ตาม {step}\", en = \"By {step}\" }}\n",
                    self.random.pick(&["topic", "group", "year"])
                );
                self.write("content/_schema/figures/by-topic.toml", &text);
            }
            (30, _) => {
                let _ = fs::remove_dir_all(self.path("templates"));
            }
            _ => {}
        }
        format!("step {step}: change {what} of i{i}")
    }

    /// Makes the portal sound again: every file of the start is there, and no page besides.
    pub fn repair(&mut self) {
        for file in fs::read_dir(self.path("content/ideas")).unwrap().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if name.ends_with(".en.md") || name.starts_with("new") || name.starts_with("moved") {
                fs::remove_file(file.path()).unwrap();
            }
        }
        self.start();
    }
}

fn config(title: &str, base: &str) -> String {
    format!(
        "title = {{ th = \"{title}\", en = \"Test\" }}\nlanguages = [\"th\", \"en\"]\nbase_url = \"{base}\"\ndate = \"2566-08-15\"\n"
    )
}

/// Files below a folder by their paths.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
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

/// Everything that Sala keeps of a portal.
pub fn kept_files(root: &Path) -> Vec<PathBuf> {
    let sala = root.join(".sala");
    files(&sala).into_keys().map(|path| sala.join(path)).collect()
}

/// Ways to damage a file.
pub const DAMAGES: usize = 6;

/// Damages one of some files: a bit, a cut, another file's bytes, zeros, nothing, an older format.
pub fn damage(kept: &[PathBuf], file: usize, how: usize) {
    let mut bytes = fs::read(&kept[file]).unwrap();
    let middle = bytes.len() / 2;
    match how {
        0 => bytes[middle] ^= 1,
        1 => bytes.truncate(middle),
        2 => bytes = fs::read(&kept[(file + 1) % kept.len()]).unwrap(),
        3 => bytes.fill(0),
        4 => bytes.clear(),
        _ => bytes = [b"sala-files 1\n", &bytes[..]].concat(),
    }
    fs::write(&kept[file], bytes).unwrap();
}
