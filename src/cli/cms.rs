//! `sala cms`: the set-up of a form-based editor in a folder of its own.

use super::exit::Exit;
use super::schema::write;
use super::terminal::Terminal;
use crate::authoring::cms;
use crate::content;
use std::path::{Path, PathBuf};

/// `sala cms`.
#[derive(clap::Args, Debug)]
pub(super) struct CmsArgs {
    /// โฟลเดอร์ปลายทาง · folder [default: cms in the portal's folder]
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// คลังบน GitHub หรือ GitLab · hosted repository
    #[arg(long, value_name = "OWNER/NAME", default_value = "owner/repository")]
    pub repo: String,
    /// สาขา · branch
    #[arg(long, default_value = "main")]
    pub branch: String,
}

pub(super) fn run(root: &Path, options: &CmsArgs, terminal: &Terminal) -> Exit {
    let out = options.out.clone().unwrap_or_else(|| root.join("cms"));
    let (portal, found) = content::load(root);
    let broken: Vec<_> = found.into_iter().filter(|d| d.is_error() && d.code.id().starts_with("S1")).collect();
    if !broken.is_empty() {
        terminal.diagnostics(&broken);
        return Exit::Content;
    }
    if out.join(content::PORTAL_FILE).is_file() || out.starts_with(root.join("content")) {
        terminal.error(
            "แบบฟอร์มต้องอยู่ในโฟลเดอร์ของตัวเอง ไม่ใช่โฟลเดอร์พอร์ทัลหรือเนื้อหา",
            "the editor goes into a folder of its own, not the portal's or its content",
        );
        return Exit::Usage;
    }
    let exit = write(&out, &cms::files(&portal, &options.repo, &options.branch), terminal);
    if exit == Exit::Done && !out.join("sveltia-cms.js").is_file() {
        terminal.message(&match terminal.lang {
            crate::model::Lang::TH => {
                format!("ขั้นต่อไป: นำสคริปต์มาไว้ใน {} ตาม README.md ในนั้น", out.display())
            }
            _ => format!("next: put the script into {} as its README.md says", out.display()),
        });
    }
    exit
}
