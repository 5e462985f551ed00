//! One page in a form: opening it, reading the answers, and writing the file.

use super::answers::{Answers, Finding, needed_answer, read};
use super::body;
use super::current::{self, Current, Unusable};
use super::inputs::LEAD;
use super::page::{Change, changed};
use super::whole;
use crate::authoring::draft::{Draft, Naming, new_id};
use crate::authoring::files::{Changes, hash};
use crate::authoring::names::NameIndex;
use crate::authoring::target::{Target, parse, written};
use crate::authoring::value::Out;
use crate::content::front_matter::split;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{KindDef, KindId, Label, Portal, ids};
use std::io;
use std::path::Path;

/// A page that is edited, or a new one.
pub(crate) struct Page {
    /// Position of its kind.
    pub kind: KindId,
    /// Its file, relative to the portal; none where it is new.
    pub path: Option<String>,
    /// The file's text.
    old: String,
    /// What the inputs show.
    pub current: Current,
}

/// A page with its answers.
pub(crate) struct Filled {
    /// Its file.
    pub path: String,
    /// What is wrong.
    pub findings: Vec<Finding>,
    text: String,
}

impl Filled {
    /// Whether it may be published.
    pub(crate) fn is_sound(&self) -> bool {
        !self.findings.iter().any(|f| f.is_error)
    }
}

/// What the note of a wished id begins with.
const ID_NOTE: &str = "รหัสของหน้า";

impl Page {
    /// A page that does not exist yet.
    pub(crate) fn blank(kind: KindId) -> Page {
        Page { kind, path: None, old: String::new(), current: Current::default() }
    }

    /// The page of a file. Only files of entries are opened: the path is looked up, never followed.
    ///
    /// # Errors
    /// Why it has no form.
    pub(crate) fn open(names: &NameIndex<'_>, path: &str) -> Result<Page, Unusable> {
        let portal = names.portal();
        let of_file = |s: u32| portal.sources.get(s as usize).is_some_and(|source| source.path == path);
        let entry = portal
            .entries
            .iter()
            .find(|e| e.main && e.row_of.is_none() && e.body.is_some_and(|b| of_file(b.source.0)))
            .ok_or(Unusable::Unknown)?;
        let body = entry.body.ok_or(Unusable::Unknown)?;
        let old = portal.sources[body.source.0 as usize].text.to_string();
        let current = current::of(names, &portal.schema.kinds[entry.kind], &old)?;
        Ok(Page { kind: entry.kind, path: Some(path.to_string()), old, current })
    }

    /// Tells this state of the file from others.
    pub(crate) fn state(&self) -> String {
        hash(&self.old)
    }

    /// Reads the answers. The portal gets the page as it would be; it is of no other use afterwards.
    pub(crate) fn fill(&self, portal: &mut Portal, answers: &Answers, as_draft: bool) -> Filled {
        let (mut change, mut findings, path) = {
            let names = NameIndex::new(portal);
            let read = read(&names, self.kind, &self.current, answers);
            let mut findings = read.findings;
            let path = match &self.path {
                Some(path) => path.clone(),
                None => self.place(portal, answers, read.id.clone(), &mut findings),
            };
            let mut change = read.change;
            // A draft takes another id, and says which one was wished for.
            if let Some((wished, told)) = read.id.zip(findings.iter().rfind(|f| f.name == "id" && f.is_error)) {
                change.notes.push(format!("{ID_NOTE}: {} (ที่เขียนไว้: “{wished}”)", told.message.th));
            }
            (change, findings, path)
        };
        change.keys.push(("draft".into(), as_draft.then(|| Out::Bare("true".into()))));
        if !as_draft {
            change.notes.clear();
            change.noted.push(ID_NOTE.into());
        }
        let text = self.text(portal, &path, change);
        let told = whole::findings(portal, &path, &text);
        let kind = &portal.schema.kinds[self.kind];
        for d in &told {
            let finding = attributed(kind, &text, d);
            let known = |f: &Finding| f.name == finding.name && (!f.name.is_empty() || f.message == finding.message);
            if !findings.iter().any(known) {
                findings.push(finding);
            }
        }
        Filled { path, findings, text }
    }

    /// The file of a new page.
    fn place(&self, portal: &Portal, answers: &Answers, id: Option<String>, findings: &mut Vec<Finding>) -> String {
        let title = answers.text("title").unwrap_or_default();
        let mut wrong = |th: String, en: String| {
            let message = Label::new(th, en);
            findings.push(Finding { name: "id".into(), message, hint: None, is_error: true });
        };
        let own = id.filter(|id| {
            let is_free = !Naming::new(portal, self.kind).is_taken(id);
            // A dot is what tells a translation and an internal page by the name of their file.
            let is_id = ids::is_id(id) && !id.contains('.');
            if !is_id {
                let near = ids::suggested(id);
                wrong(format!("ใช้ได้เฉพาะ a-z 0-9 และ - เช่น {near}"), format!("a-z, 0-9 and - only, such as {near}"));
            } else if !is_free {
                wrong(format!("รหัส {id} ใช้แล้ว"), format!("the id {id} is taken"));
            }
            is_id && is_free
        });
        let id = own.unwrap_or_else(|| new_id(portal, self.kind, if title.is_empty() { "page" } else { title }));
        Draft { kind: self.kind, id, ..Draft::default() }.path(&portal.schema)
    }

    fn text(&self, portal: &Portal, path: &str, change: Change) -> String {
        let kind = &portal.schema.kinds[self.kind];
        if self.path.is_some() {
            return changed(&self.old, kind, &change).unwrap_or_else(|| self.old.clone());
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let draft = Draft {
            kind: self.kind,
            id: name.trim_end_matches(".md").to_string(),
            keys: change.keys.into_iter().filter_map(|(key, value)| Some((key, value?))).collect(),
            sections: change.sections.into_iter().map(|(s, text)| (kind.sections[s].id.clone(), text)).collect(),
            lead: change.lead.unwrap_or_default(),
            notes: change.notes,
            ..Draft::default()
        };
        draft.plain(&portal.schema)
    }

    /// Writes the file, so that `sala undo` can take it back.
    ///
    /// # Errors
    /// What the system says, or that somebody has changed the file since; it is then as it was.
    pub(crate) fn save(&self, root: &Path, filled: &Filled) -> io::Result<()> {
        let mut changes = Changes::new(root);
        match &self.path {
            None => changes.create(&filled.path, filled.text.as_bytes()),
            Some(_) if filled.text == self.old => return Ok(()),
            Some(path) => changes.replace(path, &self.old, filled.text.as_bytes()),
        }
        changes.apply(&format!("edit {}", filled.path))
    }
}

/// A finding at the input that it is about.
fn attributed(kind: &KindDef, text: &str, d: &Diagnostic) -> Finding {
    let quotes = |name: &str| !name.is_empty() && d.message.th.contains(&format!("“{name}”"));
    match d.code {
        Code::MissingField => {
            let field = kind.fields.iter().find(|f| quotes(&f.id));
            let is_title = d.message.th.contains("(title)");
            let Some(name) = field.map(|f| f.id.as_str()).or(is_title.then_some("title")) else {
                return Finding::of("", d);
            };
            let hint = field.filter(|f| !f.help.is_empty()).map(|f| f.help.clone());
            Finding { message: needed_answer().message, hint, ..Finding::of(name, d) }
        }
        Code::MissingSection => {
            let section = kind.sections.iter().position(|s| quotes(&s.label.th));
            let Some(s) = section else {
                return Finding::of("", d);
            };
            let is_error = kind.sections[s].required && d.severity >= crate::diagnostics::Severity::Warning;
            let hint = Some(kind.sections[s].help.clone()).filter(|h| !h.is_empty());
            let message = Label::new("ต้องเขียน", "a text is needed");
            Finding { name: written(kind, &Target::Section(s)), message, hint, is_error }
        }
        _ => Finding::of(place(kind, text, d.line).unwrap_or_default(), d),
    }
}

/// The input that a line of the file belongs to.
fn place(kind: &KindDef, text: &str, line: usize) -> Option<String> {
    let body = split(text).ok()?.body;
    let offset: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    if offset >= body {
        let (_, parts) = body::parts(kind, &text[body..]);
        let part = parts.iter().rfind(|p| p.whole.contains(&(offset - body)));
        return Some(part.map_or_else(|| LEAD.into(), |p| written(kind, &Target::Section(p.section))));
    }
    // The last key, or row of a table and column in it, that begins at the line or before.
    let (mut table, mut row, mut found) = (None::<&str>, 0, None);
    for line in text.lines().take(line) {
        if let Some(name) = line.trim().strip_prefix("[[").and_then(|l| l.split("]]").next()) {
            row = if table == Some(name) { row + 1 } else { 1 };
            table = Some(name);
            found = Some(name.to_string());
        } else if let Some((key, _)) = line.split_once('=').filter(|(k, _)| ids::is_id(&k.trim().replace('_', "-"))) {
            let key = key.trim();
            found = Some(table.map_or_else(|| key.to_string(), |table| format!("{table}.{row}.{key}")));
        }
    }
    found.filter(|name| parse(kind, name).is_some() || kind.field_index(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::files::undo;
    use crate::authoring::form::inputs;
    use crate::authoring::starter::{Template, write};
    use crate::content::load;
    use std::fs;

    fn portal() -> (tempfile::TempDir, Portal) {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), Template::Small, "2026-11-28", None).unwrap();
        let (portal, _) = load(dir.path());
        (dir, portal)
    }

    fn answers(pairs: &[(&str, &str)]) -> Answers {
        Answers::new(pairs.iter().map(|(name, text)| ((*name).to_string(), (*text).to_string())))
    }

    fn open(root: &Path, path: &str) -> (Page, Portal) {
        let (portal, _) = load(root);
        let page = Page::open(&NameIndex::new(&portal), path).unwrap();
        (page, portal)
    }

    const SOUND: [(&str, &str); 8] = [
        ("title", "คำเช้า"),
        ("group", "กลุ่มริมน้ำ"),
        ("year", "๒๕๖๖"),
        ("topic", "การอ่าน"),
        ("evidence", "described"),
        ("steps.1.action", "ติดคำ"),
        ("section:problem", "อ่านได้น้อย"),
        ("section:how", "อ่านทุกเช้า"),
    ];

    #[test]
    fn every_page_of_a_portal_opens_and_stays_as_it_is() {
        let (dir, first) = portal();
        let mut seen = 0;
        for source in first.sources.iter().filter(|s| s.path.ends_with(".md")) {
            let (page, mut portal) = open(dir.path(), &source.path);
            // Every text that the form shows comes back.
            let texts = page.current.texts.clone();
            let filled = page.fill(&mut portal, &Answers::new(texts), false);
            page.save(dir.path(), &filled).unwrap();
            assert_eq!(fs::read_to_string(dir.path().join(&source.path)).unwrap(), *source.text, "{}", source.path);
            seen += 1;
        }
        assert!(seen >= 4, "{seen}");
    }

    /// A browser gives line ends of its own and terms in the order of their vocabulary.
    #[test]
    fn a_form_that_is_saved_as_it_came_changes_no_byte() {
        let (dir, _) = portal();
        let path = "content/innovations/inn-reading-corner.md";
        let full = dir.path().join(path);
        let sample = fs::read_to_string(&full).unwrap();
        let (head, _) = sample.split_once("\n+++\n").unwrap();
        let head = head.replace("topic = [\"reading\"]", "topic = [\"numeracy\",\"reading\"]  # สอง");
        let head = head.replacen("action = \"", "action = \"  ", 1)
            + "\n\n[[steps]]\nminutes = 5\naction = \"\"\"\n  a\n    b\n\"\"\"";
        let body = "\n    code\n\tmore\n\n## ปัญหาและที่มา\n  - หนึ่ง\n      - สอง  \n\n~~~\n   x\n~~~\n\n\n## วิธีทำ\n   \n    code\n\n1. ก\n   ข\n\n";
        let text = format!("{head}\n+++\n{body}");
        let sent = |page: &Page| {
            let ticked = |text: &str| {
                if text.starts_with("numeracy") { "reading\nnumeracy".into() } else { text.replace('\n', "\r\n") }
            };
            page.current.texts.iter().map(|(name, text)| (name.clone(), ticked(text))).collect::<Vec<_>>()
        };
        for text in
            [text.clone(), text.replace('\n', "\r\n"), text.replace("\n\n", "\r\n\r\n"), format!("\u{feff}{text}")]
        {
            fs::write(&full, &text).unwrap();
            let (page, mut portal) = open(dir.path(), path);
            assert_eq!(page.current.texts["topic"], "numeracy\nreading");
            let filled = page.fill(&mut portal, &Answers::new(sent(&page)), false);
            page.save(dir.path(), &filled).unwrap();
            assert_eq!(fs::read_to_string(&full).unwrap(), text);
        }
        // What is changed is; what stands beside it is as it was.
        fs::write(&full, &text).unwrap();
        let (page, mut portal) = open(dir.path(), path);
        let mut changed = sent(&page);
        for (name, text) in &mut changed {
            match name.as_str() {
                "section:problem" => *text = text.replace("หนึ่ง", "ใหม่"),
                "steps.4.minutes" => *text = "6".into(),
                _ => {}
            }
        }
        let filled = page.fill(&mut portal, &Answers::new(changed), false);
        page.save(dir.path(), &filled).unwrap();
        let expected =
            text.replace("หนึ่ง", "ใหม่").replace("minutes = 5\naction = \"\"\"", "minutes = 6\naction = \"\"\"");
        let expected = expected.replace("ที่มา\n  -", "ที่มา\n\n  -").replace("~~~\n\n\n##", "~~~\n\n##");
        assert_eq!(fs::read_to_string(&full).unwrap().trim_end(), expected.trim_end());
        // A text that begins straight below its heading is there from its first line on.
        assert!(page.current.texts["section:problem"].starts_with("  - หนึ่ง\n"), "{:?}", page.current.texts);
    }

    #[test]
    fn a_new_page_is_made_of_what_people_write() {
        let (dir, mut portal) = portal();
        let kind = portal.schema.kind("innovation").unwrap().0;
        let page = Page::blank(kind);
        let filled = page.fill(&mut portal, &answers(&SOUND), false);
        assert!(filled.is_sound(), "{:?}", filled.findings);
        page.save(dir.path(), &filled).unwrap();
        let text = fs::read_to_string(dir.path().join(&filled.path)).unwrap();
        assert!(text.contains("year = 2566") && text.contains("group = \"gr-river\""), "{text}");
        let (page, mut again) = open(dir.path(), &filled.path);
        assert_eq!(page.current.texts["group"], "กลุ่มริมน้ำ");
        // A part of a table changes; the rest of the file stays.
        let filled = page.fill(&mut again, &answers(&[("steps.2.action", "อ่าน"), ("steps.2.minutes", "๕")]), false);
        page.save(dir.path(), &filled).unwrap();
        let changed = fs::read_to_string(dir.path().join(&filled.path)).unwrap();
        assert_eq!(changed, text.replace("+++\n\n##", "\n[[steps]]\naction = \"อ่าน\"\nminutes = 5\n+++\n\n##"));
        undo(dir.path()).unwrap();
        assert_eq!(fs::read_to_string(dir.path().join(&filled.path)).unwrap(), text);
    }

    #[test]
    fn what_is_wrong_is_said_at_its_input() {
        let (dir, mut portal) = portal();
        let kind = portal.schema.kind("innovation").unwrap().0;
        let wrong = answers(&[
            ("title", "ก"),
            ("group", "ไม่มีกลุ่มนี้"),
            ("year", "66"),
            ("cost_per_learner", "-5"),
            ("steps.1.minutes", "ห้า"),
            ("section:how", "ทำนํ้า [ลิงก์](ไม่มี.md)"),
        ]);
        let filled = Page::blank(kind).fill(&mut portal, &wrong, false);
        let at =
            |name: &str| filled.findings.iter().find(|f| f.name == name && f.is_error).map(|f| f.message.th.as_str());
        for name in ["group", "year", "cost_per_learner", "steps.1.minutes", "topic", "evidence", "section:how"] {
            assert!(at(name).is_some(), "{name}: {:#?}", filled.findings);
        }
        assert_eq!(at("steps.1.action"), Some("ต้องกรอก"));
        assert_eq!(at("section:problem"), Some("ต้องเขียน"));
        assert_eq!(filled.findings.iter().filter(|f| f.name == "year").count(), 1, "one finding for one fault");
        // What does not go with other pages would stop the whole site.
        for alias in ["ที่อยู่ของครู", "innovations/inn-reading-corner.html"] {
            let told = answers(&[&SOUND[..], &[("aliases", alias)]].concat());
            let filled = Page::blank(kind).fill(&mut load(dir.path()).0, &told, false);
            let wrong = filled.findings.iter().any(|f| f.name == "aliases" && f.is_error);
            assert!(wrong && !filled.is_sound(), "{alias}: {:#?}", filled.findings);
        }
    }

    #[test]
    fn a_draft_keeps_what_cannot_be_taken() {
        let (dir, mut portal) = portal();
        let kind = portal.schema.kind("innovation").unwrap().0;
        let page = Page::blank(kind);
        let sent = answers(&[("title", "ร่าง"), ("year", "ปีก่อน"), ("id", "BAD ID")]);
        let filled = page.fill(&mut portal, &sent, true);
        page.save(dir.path(), &filled).unwrap();
        let (page, mut again) = open(dir.path(), &filled.path);
        assert!(page.current.notes[0].contains("ปีก่อน"), "{:?}", page.current.notes);
        assert!(page.current.notes[1].contains("“BAD ID”"), "{:?}", page.current.notes);
        let filled = page.fill(&mut again, &answers(&SOUND), false);
        assert!(filled.is_sound(), "{:?}", filled.findings);
        page.save(dir.path(), &filled).unwrap();
        let text = fs::read_to_string(dir.path().join(&filled.path)).unwrap();
        assert!(!text.contains("ต้องเติม") && !text.contains("draft"), "{text}");
    }

    #[test]
    fn what_a_form_cannot_hold_is_not_opened_or_not_touched() {
        let (dir, _) = portal();
        let path = "content/innovations/inn-reading-corner.md";
        let full = dir.path().join(path);
        let old = fs::read_to_string(&full).unwrap();
        // A cell that is a table itself: the field is locked, the rest is edited.
        let odd =
            old.replacen("+++\n", "+++\nsteps = [{ action = { a = 1 } }]\n", 1).replace("[[steps]]", "[[x_steps]]");
        fs::write(&full, &odd).unwrap();
        let (page, mut portal) = open(dir.path(), path);
        assert!(page.current.locked.contains("steps"));
        let filled = page.fill(&mut portal, &answers(&[("title", "ใหม่"), ("steps.1.action", "")]), true);
        page.save(dir.path(), &filled).unwrap();
        assert!(fs::read_to_string(&full).unwrap().contains("action = { a = 1 }"));
        for (text, why) in [("---\ntitle: ก\n---\n", Unusable::Yaml), ("+++\ntitle = ก\n+++\n", Unusable::Unreadable)]
        {
            fs::write(&full, text).unwrap();
            let (portal, _) = load(dir.path());
            assert_eq!(Page::open(&NameIndex::new(&portal), path).err(), Some(why));
        }
        let (portal, _) = load(dir.path());
        assert_eq!(Page::open(&NameIndex::new(&portal), "portal.toml").err(), Some(Unusable::Unknown));
    }

    #[test]
    fn every_field_that_people_write_is_asked_for_once() {
        let (_dir, portal) = portal();
        for (k, kind) in portal.schema.kinds.iter_ids() {
            let groups = inputs::groups(&portal.schema, k, false);
            let mut names: Vec<&str> = groups.iter().flat_map(|g| &g.inputs).map(|i| i.name.as_str()).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{}", kind.id);
            let asked = kind.fields.iter().filter(|f| f.via.is_none() && !f.computed && f.told_by.is_none());
            assert!(asked.clone().all(|f| names.contains(&f.id.as_str())), "{}", kind.id);
            assert_eq!(groups[0].inputs[0].name, "title");
        }
    }
}
