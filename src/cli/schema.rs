//! `sala schema`: JSON Schemas and editor set-up; with `--docs` the documentation of kinds.

use super::exit::Exit;
use super::init::failed;
use super::terminal::Terminal;
use crate::authoring::generated::{foreign, refresh};
use crate::authoring::{editor, kind_docs};
use crate::cache::read_text;
use crate::content;
use crate::model::Portal;
use crate::output::{PublishError, named, place, real_place};
use crate::pipeline;
use crate::theme;
use std::path::{Path, PathBuf};

/// `sala schema`.
#[derive(clap::Args, Debug)]
pub(super) struct SchemaArgs {
    /// โฟลเดอร์ที่จะมี .vscode · folder that gets .vscode [default: the portal's folder]
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// เขียนเอกสารของชนิดหน้าแทน: โฟลเดอร์ หรือไฟล์ .md · write the documentation of kinds instead: a folder, or an .md file
    #[arg(long, value_name = "PATH", conflicts_with = "out")]
    pub docs: Option<PathBuf>,
    /// เขียนคำของหน้าเว็บที่ยังไม่แปลลงใน i18n/ ให้แปล · write the interface words that are not translated yet into i18n/
    #[arg(long, conflicts_with_all = ["out", "docs"])]
    pub words: bool,
    /// เขียนทับไฟล์ที่ Sala ไม่ได้สร้าง · replace files that Sala did not make
    #[arg(long)]
    pub force: bool,
}

pub(super) fn run(root: &Path, options: &SchemaArgs, terminal: &Terminal) -> Exit {
    let (portal, found) = content::load(root);
    let broken = content::unknown(found);
    if !broken.is_empty() {
        terminal.diagnostics(&broken);
        return Exit::Content;
    }
    if options.words {
        return words(root, &portal, terminal);
    }
    // Of a folder the files in it, of a file itself.
    let docs = options.docs.as_ref().map(|docs| if is_page(docs) { docs.clone() } else { docs.join("README.md") });
    let folder = docs.as_deref().and_then(Path::parent).map(|folder| match folder.as_os_str().is_empty() {
        true => elsewhere(root, Path::new("."), terminal),
        false => elsewhere(root, folder, terminal),
    });
    if let Some(Err(exit)) = folder {
        return exit;
    }
    let (base, files, mark) = match &options.docs {
        Some(file) if is_page(file) => {
            let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
            let base = folder.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
            (base, vec![(name.clone(), kind_docs::single(&portal.schema))], (name, kind_docs::MARK))
        }
        Some(folder) => (folder.clone(), kind_docs::pages(&portal.schema), ("README.md".to_owned(), kind_docs::MARK)),
        None => {
            let base = match options.out.as_deref().map(|out| elsewhere(root, out, terminal)) {
                None => root.to_path_buf(),
                Some(Ok(base)) => base,
                Some(Err(exit)) => return exit,
            };
            match editor::files(&portal, &|name| read_text(&base.join(name)).ok()) {
                Ok(files) => (base, files, (editor::MARK.0.to_owned(), editor::MARK.1)),
                Err((name, error)) => {
                    let place = base.join(name);
                    let place = place.display();
                    terminal.error(
                        &format!("{place} ไม่ใช่ JSON ธรรมดา ({error}) จึงไม่แก้ เอาคำอธิบาย (//) ออกหรือใช้ -o โฟลเดอร์อื่น"),
                        &format!(
                            "{place} is not plain JSON ({error}) and is left as it is; remove its comments or use -o"
                        ),
                    );
                    return Exit::Usage;
                }
            }
        }
    };
    // What is put over the old texts loses nothing of them, where they are texts.
    let is_plain = |name: &str| base.join(name).symlink_metadata().is_ok_and(|there| there.is_file());
    let own: Vec<_> = files.iter().filter(|(name, _)| !(editor::keeps(name) && is_plain(name))).cloned().collect();
    if let Some(exit) = refused(&base, &own, (&mark.0, mark.1), options.force, terminal) {
        return exit;
    }
    write(root, &base, &files, "schema", terminal)
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "md")
}

/// Refuses a file that somebody names, where a link in the portal leads out to its folder.
pub(super) fn leads_out(root: &Path, file: &Path, terminal: &Terminal) -> Option<Exit> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty())?;
    let error = real_place(folder, root).err()?;
    terminal.diagnostics(crate::html::failure(error).as_slice());
    Some(Exit::Usage)
}

/// A folder that somebody names for generated files: none of those that the portal is made from.
pub(super) fn elsewhere(root: &Path, out: &Path, terminal: &Terminal) -> Result<PathBuf, Exit> {
    let place = place(out, &pipeline::protected(root)).map_err(|error| {
        terminal.diagnostics(crate::html::failure(error).as_slice());
        Exit::Usage
    })?;
    Ok(named(out, place))
}

/// Refuses to write over what Sala did not make.
pub(super) fn refused(
    base: &Path,
    files: &[(String, String)],
    mark: (&str, &str),
    force: bool,
    terminal: &Terminal,
) -> Option<Exit> {
    let place = foreign(base, files, mark).filter(|_| !force)?;
    terminal.diagnostics(crate::html::failure(PublishError::NotMadeHere(place)).as_slice());
    Some(Exit::Usage)
}

/// `i18n/TAG.toml` for every language of the portal that lacks words.
fn words(root: &Path, portal: &Portal, terminal: &Terminal) -> Exit {
    let (theme, _) = theme::load(root, portal.config.theme_name(), &portal.config.limits);
    let files = portal.config.languages().into_iter().filter_map(|lang| {
        let path = format!("i18n/{}.toml", lang.code());
        let old = read_text(&root.join(&path)).unwrap_or_default();
        Some((path, theme.words.draft(lang, &old)?))
    });
    let files: Vec<(String, String)> = files.collect();
    if files.is_empty() {
        terminal.message(terminal.say("ไม่มีคำที่ต้องเพิ่ม", "no word is to be added"));
    }
    write(root, root, &files, "schema --words", terminal)
}

/// Writes generated files that differ, all of them or none, and prints their paths; `sala undo` takes back those in the
/// portal.
pub(super) fn write(root: &Path, base: &Path, files: &[(String, String)], command: &str, terminal: &Terminal) -> Exit {
    match refresh(root, base, files, command) {
        Ok(written) => written.iter().for_each(|path| terminal.data(&path.display().to_string())),
        Err(error) => return failed(terminal, base, &error),
    }
    Exit::Done
}
