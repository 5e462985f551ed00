//! LibreOffice is asked what workbooks and reports say: every cell arrives as it is shown, every word of a report is in
//! the draft, or a message names it.
//!
//! `SALA_WORKBOOKS=5000` makes more workbooks; `SALA_REPORTS=FOLDER` reads every .docx and .odt below a folder.

use super::*;
use crate::tools::{has, skip};
use sala::internals::authoring::convert::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Workbooks of one run.
const WORKBOOKS: usize = 500;
/// Those of them that LibreOffice also saves as .ods and as .xls, to be compared again.
const RESAVED: usize = 100;
/// Every cell as it is shown, in UTF-8, all sheets.
const SHOWN: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1";

/// Has LibreOffice save files in another form; whatever other LibreOffice is open.
pub(super) fn converted(form: &str, files: &[PathBuf], out: &Path) {
    let profile = format!("-env:UserInstallation=file://{}/profile", out.display());
    let run = |some: &[PathBuf]| {
        let mut command = Command::new("soffice");
        command.args([&profile, "--headless", "--norestore", "--convert-to", form, "--outdir"]).arg(out).args(some);
        command.output().expect("soffice starts")
    };
    for some in files.chunks(50) {
        run(some);
        // A file on which LibreOffice breaks off takes those behind it along.
        let made = files_of(out, &[form.split(':').next().unwrap_or(form)]);
        let done: BTreeSet<String> = made.iter().map(|p| stem(p)).collect();
        some.iter().filter(|file| !done.contains(&stem(file))).for_each(|file| drop(run(std::slice::from_ref(file))));
    }
}

/// The name of a file without its ending and without the name of a sheet.
fn stem(path: &Path) -> String {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    name.split('-').next().unwrap_or_default().to_string()
}

/// Files below a folder, in order.
pub(super) fn files_of(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let ends = |p: &Path| p.extension().is_some_and(|e| endings.iter().any(|known| e.eq_ignore_ascii_case(known)));
    all.map(|f| f.into_path()).filter(|p| p.is_file() && ends(p)).collect()
}

/// What LibreOffice wrote of one sheet, by row from 1 and column from 0.
fn shown(csv: &Path) -> BTreeMap<(usize, usize), String> {
    let (mut row, mut column, mut cell) = (1, 0, String::new());
    let (mut quoted, mut closed) = (false, false);
    let mut out = BTreeMap::new();
    for c in fs::read_to_string(csv).unwrap().chars() {
        match c {
            // Two marks within a quotation are one: the first ends it, the second opens it again.
            '"' if !quoted && closed => {
                cell.push('"');
                (quoted, closed) = (true, false);
            }
            '"' => (quoted, closed) = (!quoted, quoted),
            ',' | '\n' if !quoted => {
                out.insert((row, column), cell.trim().to_string());
                cell.clear();
                closed = false;
                (row, column) = if c == ',' { (row, column + 1) } else { (row + 1, 0) };
            }
            '\r' => {}
            c => cell.push(c),
        }
    }
    out.retain(|_, text: &mut String| !text.is_empty());
    out
}

/// Rows (from 1) and columns (from 0) that the notes of a sheet name as left out.
fn told(sheet: &Sheet) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let (mut rows, mut columns) = (BTreeSet::new(), BTreeSet::new());
    for note in &sheet.notes {
        let Some((what, _)) = note.message.en.split_once(" of the sheet") else { continue };
        for part in what.trim_start_matches("hidden rows ").trim_start_matches("hidden columns ").split(", ") {
            match part.split_once('–').map_or((part.parse(), part.parse()), |(a, b)| (a.parse(), b.parse())) {
                (Ok(from), Ok(to)) => rows.extend::<std::ops::RangeInclusive<usize>>(from..=to),
                _ => columns.extend(part.bytes().next().map(|letter| usize::from(letter - b'A'))),
            }
        }
    }
    (rows, columns)
}

/// Cells that the notes of a sheet name as left out, because nobody sees what they hold.
fn unseen(sheet: &Sheet) -> BTreeSet<(usize, usize)> {
    let told = sheet.notes.iter().filter(|note| note.message.en.starts_with("values that nobody sees"));
    let names = told.filter_map(|note| note.message.en.rsplit_once("): ")).flat_map(|(_, cells)| cells.split(", "));
    names.filter_map(|name| Some((name[1..].parse().ok()?, usize::from(name.as_bytes()[0] - b'A')))).collect()
}

/// The one number in a text, if there is one.
fn number_in(text: &str) -> Option<f64> {
    let arabic = sala::internals::text::digits::to_arabic(text);
    let pattern = regex::Regex::new(r"\d[\d,]*(\.\d+)?|\.\d+").unwrap();
    let mut found = pattern.find_iter(&arabic);
    let one = found.next()?.as_str().replace(',', "");
    if found.next().is_some() { None } else { one.parse().ok() }
}

/// A text without the blanks that formats leave for marks.
fn tight(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether a cell is as it is shown.
fn agrees(cell: &Cell, shown: &str) -> bool {
    let text = cell.text();
    match cell {
        // A message says that there is no result.
        Cell::Uncomputed => true,
        Cell::Number(n, _) => {
            // Spreadsheets shorten what a column is too narrow for.
            let short = shown.contains('E') || shown.contains('#');
            let same = |other: f64| (other.abs() - n.abs()).abs() <= n.abs() * 1e-12;
            // Of sixteen digits the last is the arithmetic's.
            let near = || text.len() > 15 && shown.parse().is_ok_and(same);
            short || near() || (tight(&text) == tight(shown) && number_in(shown).is_none_or(same))
        }
        _ => text == shown,
    }
}

/// What differs between a sheet and what is shown of it.
fn differences(sheet: &Sheet, shown: &BTreeMap<(usize, usize), String>) -> Vec<String> {
    let ((rows, columns), unseen) = (told(sheet), unseen(sheet));
    let mut out = Vec::new();
    let cells: BTreeMap<(usize, usize), &Cell> = sheet
        .rows
        .iter()
        .flat_map(|(row, cells)| cells.iter().enumerate().map(move |(c, cell)| ((*row, c), cell)))
        .filter(|(_, cell)| !cell.text().is_empty() || **cell == Cell::Uncomputed)
        .collect();
    for (place, text) in shown {
        // A dash says that there is nothing.
        if rows.contains(&place.0) || columns.contains(&place.1) || unseen.contains(place) || text == "-" {
            continue;
        }
        match cells.get(place) {
            Some(cell) if agrees(cell, text) => {}
            Some(cell) => out.push(format!("{place:?}: {text:?} arrived as {cell:?}")),
            None => out.push(format!("{place:?}: {text:?} is lost")),
        }
    }
    for (place, cell) in cells.iter().filter(|(place, _)| !shown.contains_key(place)) {
        // What is merged is shown once, and true of every cell under it.
        let merge = sheet
            .merges
            .iter()
            .find(|m| (m.rows.0..=m.rows.1).contains(&place.0) && (m.columns.0..=m.columns.1).contains(&place.1));
        let above = merge.and_then(|m| shown.get(&(m.rows.0, m.columns.0)));
        if !above.is_some_and(|text| agrees(cell, text)) {
            out.push(format!("{place:?}: {cell:?} is not shown"));
        }
    }
    out
}

/// Compares every sheet of workbooks of an ending with what LibreOffice showed.
fn compare(folder: &Path, ending: &str, csv: &Path, least: usize) {
    let (mut compared, mut cells, mut wrong) = (BTreeSet::new(), 0, Vec::new());
    for sheet_csv in files_of(csv, &["csv"]) {
        let stem = sheet_csv.file_stem().unwrap().to_string_lossy().into_owned();
        let (book, name) = stem.split_once('-').unwrap();
        let file = format!("{book}.{ending}");
        let Ok(bytes) = fs::read(folder.join(&file)) else { continue };
        compared.insert(book.to_string());
        let shown = shown(&sheet_csv);
        cells += shown.len();
        match sheet::read(&file, &bytes, Some(name), &Limits::default()) {
            Ok(read) => wrong.extend(differences(&read, &shown).into_iter().map(|d| format!("{file} {name} {d}"))),
            Err(error) => wrong.push(format!("{file} {name}: {}", error.message.en)),
        }
    }
    eprintln!("{} workbooks (.{ending}), {cells} cells compared, {} differ", compared.len(), wrong.len());
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(200)].join("\n"));
    assert!(compared.len() >= least, "{} workbooks", compared.len());
}

#[test]
fn workbooks_of_two_libraries_arrive_as_libreoffice_shows_them() {
    let test = "workbooks against LibreOffice";
    if !has("soffice") {
        return skip(test, "soffice (libreoffice-calc-nogui) is not installed");
    }
    let dir = tempfile::tempdir().unwrap();
    let (books, csv, again) = (dir.path().join("books"), dir.path().join("csv"), dir.path().join("again"));
    for folder in [&books, &csv, &again] {
        fs::create_dir(folder).unwrap();
    }
    let count = std::env::var("SALA_WORKBOOKS").ok().and_then(|n| n.parse().ok()).unwrap_or(WORKBOOKS);
    let script = repository().join("tests/suite/author/workbooks.py");
    let made = Command::new("python3").arg(script).arg(&books).arg(count.to_string()).output();
    if !made.as_ref().is_ok_and(|m| m.status.success()) {
        let why = made.map(|m| String::from_utf8_lossy(&m.stderr).into_owned()).unwrap_or_default();
        return skip(test, &format!("python3 with openpyxl and XlsxWriter is not installed {why}"));
    }
    let files = files_of(&books, &["xlsx"]);
    converted(SHOWN, &files, &csv);
    compare(&books, "xlsx", &csv, count);
    // The same workbooks in the other forms that spreadsheets save.
    let some = &files[..RESAVED.min(count)];
    converted("ods", some, &again);
    converted("xls:MS Excel 97", some, &again);
    compare(&again, "ods", &csv, some.len());
    compare(&again, "xls", &csv, some.len());
}
