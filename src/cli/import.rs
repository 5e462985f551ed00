//! `sala import`: workbooks, tables and reports become entries; `--template` writes a blank workbook.

use super::exit::Exit;
use super::import_docx;
use super::import_input::{ImportArgs, MAPS, bytes, maps, named_map, read_map};
use super::init::failed;
use super::new::kind_of;
use super::schema::leads_out;
use super::terminal::Terminal;
use crate::authoring::import::guard::Limits;
use crate::authoring::import::manifest::Manifest;
use crate::authoring::import::map::ImportMap;
use crate::authoring::import::plan::{Import, Plan, plan};
use crate::authoring::import::write::{Mode, Outcome, write};
use crate::authoring::import::{sheet, suggest, template};
use crate::cache::{create_new, write_atomic};
use crate::content;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::{KindId, Lang, Portal};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

pub(super) fn run(root: &Path, options: &ImportArgs, terminal: &Terminal) -> Exit {
    let (portal, _) = content::load(root);
    let result = match &options.template {
        Some(name) => blank(root, &portal, name, options, terminal),
        None => files(root, portal, options, terminal),
    };
    result.unwrap_or_else(|exit| exit)
}

/// All files as one step that can be undone. What one of several would be refused for is said before any is written.
fn files(root: &Path, mut portal: Portal, options: &ImportArgs, terminal: &Terminal) -> Result<Exit, Exit> {
    let several = options.files.len() > 1;
    if several && options.write_map.is_some() {
        terminal.error("ร่างแผนที่คอลัมน์ได้ครั้งละหนึ่งไฟล์", "a map is drafted from one file");
        return Err(Exit::Usage);
    }
    for file in options.files.iter().filter(|_| several) {
        if is_report(file) {
            import_docx::open(&portal, file, options, terminal)?;
        } else {
            let source = Source::open(root, &portal, file, options, terminal)?;
            source.planned(&portal, options, &|| ()).map_err(|d| refuse(&d, terminal))?;
        }
    }
    let mut exit = Exit::Done;
    for (number, file) in options.files.iter().enumerate() {
        if several {
            terminal.message(&format!("{}:", file.display()));
        }
        if number > 0 {
            portal = content::load(root).0;
        }
        let ended = if is_report(file) {
            import_docx::run(root, &portal, file, options, number > 0, terminal)?
        } else {
            table(root, &portal, file, options, number > 0, terminal)?
        };
        exit = if exit == Exit::Done { ended } else { exit };
    }
    Ok(exit)
}

fn is_report(path: &Path) -> bool {
    // Of a document with macros the text is read; nothing is ever run.
    path.extension().is_some_and(|e| ["docx", "docm", "odt"].iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// A table that has been read, and what it is read as.
struct Source {
    name: String,
    kind: KindId,
    map: ImportMap,
    sheet: sheet::Sheet,
    manifest: Manifest,
}

impl Source {
    fn open(
        root: &Path,
        portal: &Portal,
        file: &Path,
        options: &ImportArgs,
        terminal: &Terminal,
    ) -> Result<Source, Exit> {
        let limits = Limits::default();
        let mut map = match &options.map {
            Some(name) => find_map(root, name, terminal)?,
            None => match &options.kind {
                Some(kind) => named_map(root, kind).unwrap_or_default(),
                None => ImportMap::default(),
            },
        };
        let kind = options.kind.clone().or_else(|| Some(map.kind.clone()).filter(|k| !k.is_empty()));
        let Some(kind) = kind else {
            terminal.error("บอกชนิดของหน้าด้วย --kind", "name the kind with --kind");
            return Err(Exit::Usage);
        };
        let (kind, def) = kind_of(portal, &kind, terminal)?;
        if options.map.is_none() && map.kind.is_empty() {
            map = named_map(root, &def.id).unwrap_or_default();
        }
        if !map.kind.is_empty() && map.kind != def.id {
            map = ImportMap::default();
        }
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let data = bytes(file, limits.file, terminal)?;
        let wanted = options.sheet.as_deref().or(map.sheet.as_deref());
        let sheet = sheet::read(&name, &data, wanted, &limits).map_err(|d| refuse(&d, terminal))?;
        let manifest = Manifest::read(root, &def.id).map_err(|error| failed(terminal, root, &error))?;
        Ok(Source { name, kind, map, sheet, manifest })
    }

    fn import<'a>(&'a self, portal: &'a Portal) -> Import<'a> {
        Import { portal, file: &self.name, kind: self.kind }
    }

    fn planned(&self, portal: &Portal, options: &ImportArgs, tick: &(dyn Fn() + Sync)) -> Result<Plan, Diagnostic> {
        plan(self.import(portal), &self.sheet, &self.map, &self.manifest, options.drafts, tick)
    }
}

fn table(
    root: &Path,
    portal: &Portal,
    file: &Path,
    options: &ImportArgs,
    more: bool,
    terminal: &Terminal,
) -> Result<Exit, Exit> {
    let source = Source::open(root, portal, file, options, terminal)?;
    if let Some(out) = &options.write_map {
        if let Some(exit) = leads_out(root, out, terminal) {
            return Err(exit);
        }
        return write_map(portal, &source.name, &source.sheet, source.kind, &source.map, out, terminal);
    }
    let bar = terminal.progress(source.sheet.rows.len() as u64 * 2, "นำเข้า", "importing");
    let planned = source.planned(portal, options, &|| bar.inc(1)).map_err(|d| refuse(&d, terminal))?;
    let mode = Mode { update: options.update, dry_run: options.dry_run, more };
    let done = write(root, source.import(portal), &planned.entries, &source.manifest, mode, &|| bar.inc(1))
        .map_err(|error| failed(terminal, root, &error))?;
    bar.finish_and_clear();
    let mut found = planned.diagnostics;
    found.extend(done.diagnostics.iter().cloned());
    list(&done, terminal);
    terminal.diagnostics(&found);
    let refused = planned.refused + done.withdrawn.len() + done.unfit;
    summary(&done, [planned.rows, planned.drafts, refused, planned.dropped], options.dry_run, terminal);
    Ok(if planned.refused + done.unfit > 0 { Exit::Content } else { Exit::Done })
}

fn refuse(diagnostic: &Diagnostic, terminal: &Terminal) -> Exit {
    terminal.diagnostics(std::slice::from_ref(diagnostic));
    Exit::Content
}

/// A map drafted from the table, in a file that does not exist yet.
fn write_map(
    portal: &Portal,
    name: &str,
    read: &sheet::Sheet,
    kind: KindId,
    map: &ImportMap,
    out: &Path,
    terminal: &Terminal,
) -> Result<Exit, Exit> {
    let text = suggest::draft(portal, name, read, kind, map).map_err(|d| refuse(&d, terminal))?;
    match create_new(out, text.as_bytes()) {
        Ok(()) => {
            terminal.data(&out.display().to_string());
            let (file, out) = (name, out.display());
            terminal.message(&match terminal.lang {
                Lang::TH => format!("ตรวจแผนที่แล้วนำเข้า: sala import {file} --map {out} --dry-run"),
                _ => {
                    format!("check the map, then: sala import {file} --map {out} --dry-run")
                }
            });
            Ok(Exit::Done)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(exists(out, terminal)),
        Err(error) => Err(failed(terminal, out, &error)),
    }
}

/// Paths that a person at a terminal is shown; a program that reads them gets all.
const SHOWN: usize = 20;

fn list(done: &Outcome, terminal: &Terminal) {
    let all = done.created.len() + done.updated.len();
    let most = if std::io::stdout().is_terminal() && all > SHOWN + 5 { SHOWN } else { all };
    for path in done.created.iter().chain(&done.updated).take(most) {
        terminal.data(path);
    }
    if all > most {
        let rest = all - most;
        terminal.message(&match terminal.lang {
            Lang::TH => format!("… และอีก {rest} ไฟล์"),
            _ => format!("… and {rest} more files"),
        });
    }
}

fn exists(place: &Path, terminal: &Terminal) -> Exit {
    let place = place.display();
    terminal.error(
        &format!("มีไฟล์ {place} อยู่แล้ว จึงไม่เขียนทับ ใช้ชื่ออื่น"),
        &format!("{place} exists already and is left as it is; use another name"),
    );
    Exit::Usage
}

fn summary(done: &Outcome, counts: [usize; 4], dry_run: bool, terminal: &Terminal) {
    let [rows, drafts, refused, dropped] = counts;
    let (new, changed, kept, same) = (done.created.len(), done.updated.len(), done.kept.len(), done.unchanged);
    let drafts_th = if drafts > 0 {
        format!(" (ฉบับร่างที่ต้องเติม {drafts})")
    } else {
        String::new()
    };
    let drafts_en = if drafts > 0 { format!(" ({drafts} unfinished drafts)") } else { String::new() };
    let also = |th: &str, en: &str, n: usize| match (n, terminal.lang) {
        (0, _) => String::new(),
        (n, Lang::TH) => format!(" {th} {n}"),
        (n, _) => format!(", {n} {en}"),
    };
    let rest = format!(
        "{}{}",
        also("ค่าที่ไม่ได้นำเข้า", "values left out", dropped),
        also("หน้าที่ไม่มีแถวแล้ว", "pages without a row", done.vanished.len())
    );
    terminal.message(&match terminal.lang {
        Lang::TH => format!(
            "{}{rows} แถว: หน้าใหม่ {new} ปรับปรุง {changed} ไม่เปลี่ยน {same} คงไว้เพราะมีผู้แก้ {kept}{drafts_th} ไม่ได้นำเข้า {refused}{rest}",
            if dry_run { "(ยังไม่เขียนไฟล์) " } else { "" }
        ),
        _ => format!(
            "{}{rows} rows: {new} new, {changed} updated, {same} unchanged, {kept} kept because changed by hand{drafts_en}, {refused} not taken{rest}",
            if dry_run { "(nothing written) " } else { "" }
        ),
    });
}

fn find_map(root: &Path, name: &str, terminal: &Terminal) -> Result<ImportMap, Exit> {
    let (base, path) = if Path::new(name).is_file() {
        let path = Path::new(name);
        let base = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        (base.to_path_buf(), path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default())
    } else {
        (root.to_path_buf(), format!("{MAPS}/{}.toml", name.trim_end_matches(".toml")))
    };
    if !base.join(&path).is_file() {
        let known = maps(root);
        let hint = nearest(name, known.iter().map(String::as_str)).map_or_else(|| known.join(", "), str::to_string);
        let (th, en) = if hint.is_empty() {
            (format!("ร่างจากตารางด้วย --write-map {name}"), format!("draft it from the table with --write-map {name}"))
        } else {
            (format!("ที่มี: {hint}"), format!("known: {hint}"))
        };
        terminal.error(&format!("ไม่พบแผนที่คอลัมน์ “{name}” {th}"), &format!("there is no map `{name}`; {en}"));
        return Err(Exit::Usage);
    }
    read_map(&base, &path).map_err(|found| {
        terminal.diagnostics(&found);
        Exit::Content
    })
}

fn blank(root: &Path, portal: &Portal, name: &str, options: &ImportArgs, terminal: &Terminal) -> Result<Exit, Exit> {
    let map = named_map(root, name);
    let kind = map.as_ref().filter(|m| !m.kind.is_empty()).map_or(name, |m| &m.kind);
    let (_, def) = kind_of(portal, kind, terminal)?;
    let out = options.out.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.xlsx")));
    if !out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        terminal.error("แบบกรอกเป็นไฟล์ .xlsx ตั้งชื่อให้ลงท้ายด้วย .xlsx", "the form is a workbook; end its name in .xlsx");
        return Err(Exit::Usage);
    }
    if out.exists() {
        return Err(exists(&out, terminal));
    }
    if let Some(exit) = leads_out(root, &out, terminal) {
        return Err(exit);
    }
    let bytes = template::workbook(&portal.schema, def, map.as_ref()).map_err(|error| {
        let text = error.to_string();
        refuse(&Diagnostic::new(Code::ImportFile, "", text.clone(), text), terminal)
    })?;
    write_atomic(&out, &bytes).map_err(|error| failed(terminal, &out, &error))?;
    terminal.data(&out.display().to_string());
    Ok(Exit::Done)
}
