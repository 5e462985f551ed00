//! What files there are in the folders of a portal. Links are followed to where files may be taken from, no further.

use super::files::{OUTSIDE, Reader, describe, ending, unreadable};
use crate::cache::NO_FILE;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::{Label, MediaFile};
use std::io;
use std::path::{Path, PathBuf};

/// Links that are followed in one listing: a few that name each other could else be listed without end.
const MOST_LINKS: usize = 1000;
/// Most folders in each other.
const DEEPEST: usize = 50;

/// What lies in the content folder, each list in order of the paths.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// Markdown files, relative to the portal's folder.
    pub markdown: Vec<String>,
    /// All other files, relative to `content/`.
    pub media: Vec<MediaFile>,
}

/// Whether a file holds a page, by its ending.
fn is_markdown(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["md", "markdown", "mdx"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Names that a listing passes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassOver {
    /// Names that begin with a dot.
    Dots,
    /// These, and names that begin with `_`: what serves the portal and is no content.
    DotsAndUnderscores,
}

impl PassOver {
    pub(super) fn fits(self, name: &str) -> bool {
        name.starts_with('.') || (self == PassOver::DotsAndUnderscores && name.starts_with('_') && !is_index(name))
    }
}

/// Whether a page is a copy that an editor or a synchronised folder left beside it: an earlier text, which
/// nobody meant to publish.
pub(crate) fn is_copy(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let ends = [".bak", ".orig", " - copy", " - สำเนา"];
    let holds = [".sync-conflict-", "conflicted copy"];
    name.starts_with("~$") || ends.iter().any(|end| stem.ends_with(end)) || holds.iter().any(|mark| stem.contains(mark))
}

/// Whether a file is what programs leave beside others: copies, drafts of editors, lists of thumbnails, sources of scripts.
pub(crate) fn is_left_over(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let ends = ["~", "#", ".bak", ".orig", ".old", ".swp", ".swo", ".tmp", ".save", ".rej", ".map"];
    let names = ["thumbs.db", "ehthumbs.db", "desktop.ini"];
    is_copy(&name) || ends.iter().any(|end| name.ends_with(end)) || names.contains(&&*name)
}

pub(crate) fn copy(path: &str) -> Diagnostic {
    let (th, en) =
        ("ไฟล์นี้เป็นสำเนาที่โปรแกรมทิ้งไว้ จึงไม่เผยแพร่", "this file is a copy that a program left: it is not published");
    Diagnostic::new(Code::PassedOver, path, th, en)
        .severity(Severity::Warning)
        .hint("ลบไฟล์ หรือเปลี่ยนชื่อถ้าต้องการเผยแพร่", "delete the file, or rename it to publish it")
}

/// `_index.md` is the page of its folder, as Hugo and Zola have it.
fn is_index(name: &str) -> bool {
    name.starts_with("_index.") && is_markdown(name)
}

/// A file of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Path relative to the listed folder, with `/`.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
}

impl Reader<'_> {
    /// Files under a folder with an ending, sorted; relative to the portal's folder.
    pub fn list(&self, folder: &str, ending: &str, found: &mut Vec<Diagnostic>) -> Vec<String> {
        let suffix = format!(".{ending}");
        let files = self.files(folder, PassOver::Dots, found).into_iter();
        files.filter(|f| f.path.ends_with(&suffix)).map(|f| format!("{folder}/{}", f.path)).collect()
    }

    /// Lists the content folder. Names that start with `_` or `.` are left out, and so are copies that programs leave.
    pub fn content(&self, found: &mut Vec<Diagnostic>) -> Listing {
        let mut listing = Listing::default();
        for Listed { path, size } in self.files("content", PassOver::DotsAndUnderscores, found) {
            match is_markdown(&path) {
                true if is_copy(&path) => found.push(copy(&format!("content/{path}"))),
                true => listing.markdown.push(format!("content/{path}")),
                false => listing.media.push(MediaFile { path, size }),
            }
        }
        listing
    }

    /// All files under a folder in order of their paths. A folder that does not exist has none.
    pub fn files(&self, folder: &str, pass_over: PassOver, found: &mut Vec<Diagnostic>) -> Vec<Listed> {
        let shown = self.root.join(folder);
        if shown.symlink_metadata().is_err() {
            return Vec::new();
        }
        let mut walk = Walk { reader: self, pass_over, links: 0, passed: Vec::new(), listed: Vec::new(), found };
        if let Some(base) = walk.real(&shown, folder, Some(self.home.join(folder))) {
            walk.folder(&base, folder, "", &mut vec![base.clone()]);
        }
        if let Some(first) = walk.passed.first() {
            walk.found.push(passed(first, walk.passed.len()));
        }
        walk.listed
    }
}

/// One finding for all folders that were passed over.
fn passed(first: &str, count: usize) -> Diagnostic {
    Diagnostic::new(
        Code::PassedOver,
        first,
        format!("โฟลเดอร์ที่ชื่อขึ้นต้นด้วย _ ไม่เผยแพร่ มี {count} โฟลเดอร์"),
        format!("folders whose names begin with _ are no content: {count} left out"),
    )
    .hint("ถ้าต้องการเผยแพร่ เปลี่ยนชื่อโฟลเดอร์", "rename the folder to publish it")
}

/// A listing while it is made.
struct Walk<'r, 'a> {
    reader: &'r Reader<'a>,
    pass_over: PassOver,
    links: usize,
    /// Folders that were passed over for their underscore.
    passed: Vec<String>,
    listed: Vec<Listed>,
    found: &'r mut Vec<Diagnostic>,
}

impl Walk<'_, '_> {
    /// Lists a folder by its true path; `shown` is its path in the portal, `below` that below the listed folder.
    fn folder(&mut self, real: &Path, shown: &str, below: &str, above: &mut Vec<PathBuf>) {
        let list = std::fs::read_dir(real).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut list = match list {
            Ok(list) => list,
            Err(error) => return self.found.push(unreadable(shown, &describe(&error))),
        };
        list.sort_by_key(std::fs::DirEntry::file_name);
        for entry in list {
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                let name = name.to_string_lossy();
                self.found.push(unreadable(
                    &format!("{shown}/{name}"),
                    &Label::new("ชื่อไฟล์ไม่ใช่ UTF-8", "the name is not UTF-8"),
                ));
                continue;
            };
            if self.pass_over.fits(name) {
                let own = matches!(name, "_schema" | "_data" | "_files" | "_import");
                if name.starts_with('_') && !own && entry.path().is_dir() {
                    self.passed.push(format!("{shown}/{name}"));
                }
                continue;
            }
            let place = format!("{shown}/{name}");
            let path = if below.is_empty() { name.to_string() } else { format!("{below}/{name}") };
            let linked = entry.file_type().is_ok_and(|t| t.is_symlink());
            let target = match linked {
                true => self.real(&entry.path(), &place, None),
                false => Some(entry.path()),
            };
            let Some(target) = target else { continue };
            match std::fs::symlink_metadata(&target) {
                Err(error) => self.found.push(unreadable(&place, &describe(&error))),
                // A page under another ending would be published as it is written, with all that it keeps internal.
                Ok(meta) if meta.is_file() && linked && ending(&target) != ending(Path::new(name)) => {
                    self.found.push(leads_out(&place));
                }
                Ok(meta) if meta.is_file() => self.listed.push(Listed { path, size: meta.len() }),
                Ok(meta) if meta.is_dir() && above.contains(&target) => {
                    let (th, en) =
                        ("ลิงก์นี้วนกลับมาที่เดิม จึงข้ามไป", "this link leads back to where it is; it was passed over");
                    self.found.push(Diagnostic::new(Code::LinkLoop, &place, th, en).severity(Severity::Warning));
                }
                Ok(meta) if meta.is_dir() && above.len() >= DEEPEST => {
                    let th = format!("โฟลเดอร์ซ้อนกันเกิน {DEEPEST} ชั้น");
                    self.found.push(unreadable(
                        &place,
                        &Label::new(th, format!("more than {DEEPEST} folders in each other")),
                    ));
                }
                Ok(meta) if meta.is_dir() => {
                    above.push(target.clone());
                    self.folder(&target, &place, &path, above);
                    above.pop();
                }
                Ok(_) => self.found.push(unreadable(&place, &Label::new(NO_FILE.0, NO_FILE.1))),
            }
        }
    }

    /// The true path of a link, if it may be followed. `own` is the path that it has where it is none.
    fn real(&mut self, link: &Path, shown: &str, own: Option<PathBuf>) -> Option<PathBuf> {
        let real = match link.canonicalize() {
            Ok(real) => real,
            Err(error) => {
                self.found.push(unreadable(shown, &describe(&error)));
                return None;
            }
        };
        if own.as_ref() == Some(&real) {
            return Some(real);
        }
        self.links += 1;
        let from = self.reader.home.join(shown);
        if self.links <= MOST_LINKS && self.reader.admits(&real, &from) {
            return Some(real);
        }
        self.found.push(leads_out(shown));
        None
    }
}

/// The finding about a link that is not followed.
pub(super) fn leads_out(link: &str) -> Diagnostic {
    let found = Diagnostic::new(Code::LinkLoop, link, OUTSIDE.0, OUTSIDE.1);
    found.hint("คัดลอกไฟล์จริงมาไว้แทนลิงก์", "put a real copy in the place of the link")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::model::config::Limits;

    /// A portal with places that no link may lead to, and the links that the test makes.
    fn linked(links: &[(&str, &str)]) -> (tempfile::TempDir, Vec<String>, Vec<Diagnostic>) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("portal");
        for path in [
            "content/_data/t.csv",
            "content/d/a.txt",
            "content/x.internal.txt",
            "static/s.txt",
            ".git/config",
            "docs/d.md",
        ] {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        std::fs::write(dir.path().join("outside.txt"), "x").unwrap();
        for (link, target) in links {
            std::os::unix::fs::symlink(target, root.join("content").join(link)).unwrap();
        }
        let mut found = Vec::new();
        let reader = Reader::new(&root, Limits::default());
        let listing = reader.content(&mut found);
        let mut paths = listing.markdown;
        paths.extend(listing.media.into_iter().map(|m| m.path));
        for (link, _) in links {
            // What is not listed is not opened by its name either.
            if !paths.iter().any(|p| p == link || p.starts_with(&format!("{link}/"))) {
                assert!(reader.bytes(&format!("content/{link}")).is_err(), "{link}");
            }
        }
        paths.retain(|p| p != "d/a.txt" && p != "x.internal.txt");
        (dir, paths, found)
    }

    #[test]
    fn copies_that_programs_leave_are_no_pages() {
        let dir = tempfile::tempdir().unwrap();
        let copies = [
            "a.bak.md",
            "~$a.md",
            "a - Copy.md",
            "a - สำเนา.md",
            "a.sync-conflict-20260101.md",
            "a (conflicted copy).md",
        ];
        let pages = ["a.md", "backup.md", "copy.md"];
        std::fs::create_dir(dir.path().join("content")).unwrap();
        for name in copies.iter().chain(&pages) {
            std::fs::write(dir.path().join("content").join(name), "x").unwrap();
        }
        let mut found = Vec::new();
        let listed = Reader::new(dir.path(), Limits::default()).content(&mut found).markdown;
        assert_eq!(listed, pages.map(|name| format!("content/{name}")));
        assert_eq!(found.len(), copies.len());
        assert!(found.iter().all(|told| told.code == Code::PassedOver && told.severity == Severity::Warning));
    }

    #[test]
    fn links_are_followed_to_what_is_public_in_the_portal() {
        let (_dir, paths, found) =
            linked(&[("e", "d"), ("f.txt", "../static/s.txt"), ("y.internal.txt", "x.internal.txt")]);
        assert_eq!(paths, ["e/a.txt", "f.txt", "y.internal.txt"]);
        assert_eq!(found, []);
    }

    #[test]
    fn links_out_of_the_portal_and_to_what_is_internal_are_errors() {
        for target in [
            "../../outside.txt",
            "../..",
            "/",
            "/etc/passwd",
            "/dev/zero",
            "..",
            "../.git",
            "../.git/config",
            "../docs",
            "../portal.toml",
            "_data",
            "_data/t.csv",
            "x.internal.txt",
            "nowhere",
            "link",
            "d/a.txt",
        ] {
            let (_dir, paths, found) = linked(&[("link", target)]);
            assert!(paths.is_empty(), "{target}: {paths:?}");
            assert!(found.len() == 1 && found[0].is_error() && found[0].file == "content/link", "{target}: {found:?}");
        }
        let (_dir, paths, found) = linked(&[("d/loop", "../d")]);
        assert!(paths.is_empty() && found.len() == 1 && !found[0].is_error(), "{found:?}");
    }

    #[test]
    fn pipes_and_sockets_are_not_opened() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("content")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("content/s.txt")).unwrap();
        let pipe = dir.path().join("content/p.md");
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR, 0).unwrap();
        let reader = Reader::new(dir.path(), Limits::default());
        let mut found = Vec::new();
        let listing = reader.content(&mut found);
        assert!(listing.markdown.is_empty() && listing.media.is_empty());
        assert_eq!(found.len(), 2);
        assert!(reader.text("content/p.md", &mut found).is_none() && reader.bytes("content/s.txt").is_err());
    }
}
