//! `sala cms`: the set-up of a form-based editor in a folder of its own.

use super::exit::Exit;
use super::schema::{elsewhere, refused, write};
use super::terminal::Terminal;
use crate::authoring::cms::{self, vendor};
use crate::cache::read_text;
use crate::content;
use crate::model::Lang;
use std::path::{Path, PathBuf};

/// `sala cms`.
#[derive(clap::Args, Debug)]
pub(super) struct CmsArgs {
    /// โฟลเดอร์ปลายทาง · folder [default: cms in the portal's folder]
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// คลังบน GitHub หรือ GitLab · hosted repository [default: as before, else owner/repository]
    #[arg(long, value_name = "OWNER/NAME")]
    pub repo: Option<String>,
    /// สาขา · branch [default: as before, else main]
    #[arg(long)]
    pub branch: Option<String>,
    /// นำสคริปต์ของแบบฟอร์มมาวางให้ด้วย npm ตรวจด้วยแฮช · put the editor's script in place with npm, checked by its hash
    #[arg(long)]
    pub vendor: bool,
    /// เขียนทับไฟล์ที่ Sala ไม่ได้สร้าง · replace files that Sala did not make
    #[arg(long)]
    pub force: bool,
}

pub(super) fn run(root: &Path, options: &CmsArgs, terminal: &Terminal) -> Exit {
    let out = match elsewhere(root, &options.out.clone().unwrap_or_else(|| root.join("cms")), terminal) {
        Ok(out) => out,
        Err(exit) => return exit,
    };
    let (portal, found) = content::load(root);
    let broken = content::unknown(found);
    if !broken.is_empty() {
        terminal.diagnostics(&broken);
        return Exit::Content;
    }
    if out.join(content::PORTAL_FILE).is_file() {
        terminal.error(
            "แบบฟอร์มต้องอยู่ในโฟลเดอร์ของตัวเอง ไม่ใช่โฟลเดอร์พอร์ทัลหรือเนื้อหา",
            "the editor goes into a folder of its own, not the portal's or its content",
        );
        return Exit::Usage;
    }
    let repository = options.repo.as_deref().unwrap_or("owner/repository");
    let mut files = cms::files(&portal, repository, options.branch.as_deref().unwrap_or("main"));
    if options.repo.is_none() && options.branch.is_none() {
        let old = read_text(&out.join(cms::MARK.0)).unwrap_or_default();
        cms::keep_backend(&mut files, &old);
    }
    let taken = vendor::names().filter(|_| options.vendor).map(|name| (name.to_owned(), String::new()));
    let all: Vec<_> = files.iter().cloned().chain(taken).collect();
    if let Some(exit) = refused(&out, &all, cms::MARK, options.force, terminal) {
        return exit;
    }
    let exit = write(root, &out, &files, "cms", terminal);
    if exit != Exit::Done {
        return exit;
    }
    if options.vendor
        && let Err(error) = vendor::take(&out)
    {
        terminal.error(error.message(Lang::TH).as_str(), error.message(Lang::EN).as_str());
        return Exit::Machine;
    }
    let is_whole = out.join(vendor::SCRIPT).is_file();
    let (folder, port) = (out.display(), 8123);
    terminal.message(&match (terminal.lang, is_whole) {
        (Lang::TH, false) => format!("ขั้นต่อไป: sala cms --vendor นำสคริปต์มาวางให้ หรือทำเองตาม README.md ใน {folder}"),
        (_, false) => {
            format!("next: `sala cms --vendor` puts the script in place, or do as README.md in {folder} says")
        }
        (Lang::TH, true) => {
            format!("พร้อมใช้ ลองด้วย: python3 -m http.server {port} --bind 127.0.0.1 --directory {folder}")
        }
        (_, true) => format!("ready; try it: python3 -m http.server {port} --bind 127.0.0.1 --directory {folder}"),
    });
    Exit::Done
}
