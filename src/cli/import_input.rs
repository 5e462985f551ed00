//! What `sala import` is called with: its arguments, the file, the map of columns.

use super::exit::Exit;
use super::terminal::Terminal;
use crate::authoring::import::map::{self, ImportMap};
use crate::cache::{Links, open_plain};
use crate::content::files::Reader;
use crate::diagnostics::Diagnostic;
use crate::model::Lang;
use std::io::Read;
use std::path::{Path, PathBuf};

/// `sala import`.
#[derive(clap::Args, Debug)]
pub(super) struct ImportArgs {
    /// ไฟล์ .xlsx .xls .ods .csv .docx หรือ .odt หลายไฟล์ก็ได้ · the file, or several
    #[arg(required_unless_present = "template", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// ชนิดของหน้า · kind of the entries [default: the map's]
    #[arg(long, add = super::completion::kinds())]
    pub kind: Option<String>,
    /// แผนที่คอลัมน์: ไฟล์ หรือชื่อใน content/_schema/import · map of columns: a file, or a name in content/_schema/import
    #[arg(long, value_name = "MAP")]
    pub map: Option<String>,
    /// แผ่นงาน · sheet of a workbook
    #[arg(long)]
    pub sheet: Option<String>,
    /// แสดงผลโดยไม่เขียนไฟล์ · decide everything, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// ใส่ค่าลงในไฟล์ที่มีผู้แก้แล้วด้วย · also put values into files that people have changed
    #[arg(long)]
    pub update: bool,
    /// รับแถวที่ยังไม่ครบเป็นฉบับร่าง · take rows that lack something as drafts
    #[arg(long)]
    pub drafts: bool,
    /// ร่างแผนที่คอลัมน์จากไฟล์นี้แทนการนำเข้า · draft a map of columns from the file instead of importing it
    #[arg(long, value_name = "MAP.toml", conflicts_with_all = ["template", "dry_run", "update", "drafts"])]
    pub write_map: Option<PathBuf>,
    /// เขียนแบบกรอกเปล่าของชนิดหรือแผนที่นี้ · write the blank workbook of a kind or map
    #[arg(long, value_name = "KIND", conflicts_with = "files")]
    pub template: Option<String>,
    /// ไฟล์ปลายทางของแบบกรอก · file of the blank workbook
    #[arg(short, long, value_name = "FILE", requires = "template")]
    pub out: Option<PathBuf>,
}

/// The bytes of the file to import, within the limit.
pub(super) fn bytes(path: &Path, limit: u64, terminal: &Terminal) -> Result<Vec<u8>, Exit> {
    let shown = path.display();
    let mut bytes = Vec::new();
    // It may grow while it is read: no more is read than may be.
    let read = open_plain(path, Links::Follow).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        let why = crate::content::files::describe(&error);
        terminal
            .error(&format!("อ่านไฟล์ {shown} ไม่ได้: {}", why.th), &format!("cannot read {shown}: {}", why.get(Lang::EN)));
        return Err(Exit::Usage);
    }
    if bytes.len() as u64 > limit {
        let most = limit >> 20;
        terminal.error(
            &format!("ไฟล์ {shown} ใหญ่เกินขีดจำกัด {most} MB"),
            &format!("{shown} is larger than the limit of {most} MB"),
        );
        return Err(Exit::Content);
    }
    Ok(bytes)
}

pub(super) const MAPS: &str = "content/_schema/import";

pub(super) fn read_map(root: &Path, path: &str) -> Result<ImportMap, Vec<Diagnostic>> {
    let reader = Reader::new(root, Default::default());
    let mut found = Vec::new();
    let map = reader.text(path, &mut found).and_then(|source| map::read(&source, &mut found));
    map.ok_or(found)
}

/// The map that a portal ships under a name, else the only one that is about the kind of that name.
pub(super) fn named_map(root: &Path, name: &str) -> Option<ImportMap> {
    let path = format!("{MAPS}/{name}.toml");
    if root.join(&path).is_file() {
        return read_map(root, &path).ok();
    }
    let all = maps(root).into_iter().filter_map(|map| read_map(root, &format!("{MAPS}/{map}.toml")).ok());
    let mut about = all.filter(|map| map.kind == name);
    about.next().filter(|_| about.next().is_none())
}

pub(super) fn maps(root: &Path) -> Vec<String> {
    let reader = Reader::new(root, Default::default());
    reader
        .list(MAPS, "toml", &mut Vec::new())
        .iter()
        .filter_map(|p| Some(p.rsplit('/').next()?.trim_end_matches(".toml").to_string()))
        .collect()
}
