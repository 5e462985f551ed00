//! Every word of a report, as LibreOffice's text has it, is in the draft or named in a message.
//!
//! `SALA_REPORTS=FOLDER` reads every report below a folder as well; the files of tests/data/author/reports always are.

use super::shown::{converted, files_of};
use super::*;
use crate::tools::{has, skip};
use sala::internals::authoring::docx::{draft as report, parts, reader};
use std::collections::HashMap;
use std::process::Command;

/// Reports that are also compared as .odt.
const RESAVED: usize = 30;

/// The text of a draft and of what was said about the report; none where it was refused.
fn draft_of(portal: &Portal, path: &Path) -> Result<String, String> {
    let file = path.file_name().unwrap().to_string_lossy().into_owned();
    let bytes = fs::read(path).unwrap();
    let parts = parts::read(&file, &bytes, &Limits::default()).map_err(|d| d.message.en)?;
    let (blocks, left) = reader::blocks(&parts);
    let document = report::Document { file: &file, parts: &parts, blocks, left };
    let made = report::draft(portal, lessons(portal), document, &ImportMap::default(), Some("r"));
    let said: Vec<String> = made.diagnostics.iter().map(|d| d.message.en.clone()).collect();
    Ok(format!("{}\n{}", made.draft.guided(&portal.schema), said.join("\n")))
}

/// Text without the marks of Markdown, small figures as figures, sara am as one letter.
fn bare(text: &str) -> String {
    let tags = regex::Regex::new(r"<(/?su[bp]|br)>").unwrap();
    let text = tags.replace_all(text, |found: &regex::Captures<'_>| if &found[1] == "br" { " " } else { "" });
    // The word before a link and the one behind it may be one.
    let links = regex::Regex::new(r"\]\(<[^>]*>\)|\[\^\w+\]").unwrap();
    let text = links.replace_all(&text, "");
    let small = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉";
    let figure = |c: char| small.chars().position(|s| s == c).and_then(|n| char::from_digit(n as u32 % 10, 10));
    let text: String = text.chars().filter(|c| !matches!(c, '\\' | '*' | '~' | '[' | ']' | '\u{ad}')).collect();
    // LibreOffice writes the wide figures of East Asia as narrow ones.
    let wide = |c: char| char::from_u32(u32::from(c).wrapping_sub(0xFEE0)).filter(char::is_ascii_digit);
    text.chars()
        .map(|c| figure(c).or_else(|| wide(c)).unwrap_or(c))
        .collect::<String>()
        .replace("\u{e4d}\u{e32}", "\u{e33}")
}

/// Words with how often they stand there: letters, figures and marks between anything else.
fn words(text: &str) -> HashMap<String, usize> {
    let mark = |c: char| ('\u{e31}'..='\u{e4e}').contains(&c) || ('\u{300}'..='\u{36f}').contains(&c);
    let mut out = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && !mark(c)).filter(|w| !w.is_empty()) {
        *out.entry(word.to_string()).or_default() += 1;
    }
    out
}

/// The text without the numbers and marks that LibreOffice writes before items and headings.
fn unnumbered(text: &str) -> String {
    let label = regex::Regex::new(r"(?m)^\s*(\(?([0-9๐-๙]+|[a-zA-Zก-ฮ]{1,5})[.)]\s*)+").unwrap();
    label.replace_all(text.trim_start_matches('\u{feff}'), "").into_owned()
}

/// Words of a text that a draft lacks.
fn lost(text: &str, draft: &str) -> Vec<String> {
    let noted = draft.contains("[^");
    let deleted = draft.contains("under tracking is left out");
    let draft = bare(draft);
    let have = words(&draft);
    let squashed: String = draft.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut out = Vec::new();
    for (word, times) in words(&bare(&unnumbered(text))) {
        // A word that is half bold, or at a line's end, may be parted or joined to the next. LibreOffice writes the number
        // of a note, and deleted text, directly beside a word.
        let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        let sign = |c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x');
        let count = |word: &str| have.get(word).copied().unwrap_or(0);
        let found = [word.as_str(), &plain, plain.trim_end_matches(sign), plain.trim_start_matches(sign)];
        let found = found.into_iter().any(|word| {
            let note = word.is_empty() && plain.len() < 4 && noted;
            let long = word.chars().count() > 3 || (word.chars().count() > 1 && !word.is_ascii());
            let whole = noted && !word.is_empty() && count(word) >= times;
            note || whole || (long && squashed.matches(word).count() >= times)
        });
        let halves = || word.char_indices().any(|(at, _)| count(&word[..at]) > 0 && count(&word[at..]) > 0);
        // A symbol that a message names by its font stands there as some letter.
        let symbol = plain.chars().count() == 1 && !plain.is_ascii() && draft.contains('\u{fffd}');
        let beside = symbol || deleted && (count(&word) > 0 || halves());
        if count(&word) < times && !found && !beside {
            out.push(word);
        }
    }
    out.sort();
    out
}

/// Compares reports; gives how many were, the words that were, and what is lost.
fn compare(portal: &Portal, files: &[PathBuf]) -> (usize, usize, Vec<String>) {
    let dir = tempfile::tempdir().unwrap();
    // Files of one name in several folders.
    let copies: Vec<PathBuf> = files
        .iter()
        .enumerate()
        .map(|(n, file)| {
            let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            let copy = dir.path().join(format!("r{n}.{ending}"));
            fs::copy(file, &copy).unwrap();
            copy
        })
        .collect();
    let out = dir.path().join("text");
    fs::create_dir(&out).unwrap();
    converted("txt:Text (encoded):UTF8", &copies, &out);
    let (mut compared, mut count, mut wrong) = (0, 0, Vec::new());
    for (file, copy) in files.iter().zip(&copies) {
        let text = out.join(copy.file_stem().unwrap()).with_extension("txt");
        let Ok(text) = fs::read_to_string(text) else { continue };
        compared += 1;
        count += words(&text).values().sum::<usize>();
        match draft_of(portal, copy) {
            Ok(draft) => match lost(&text, &draft) {
                none if none.is_empty() => {}
                lost => wrong.push(format!("{}: {}", file.display(), lost.join(" "))),
            },
            // The message says why the whole is not taken.
            Err(message) if message.contains("password") || message.contains("damaged") => {
                eprintln!("{}: {message}", file.display());
            }
            Err(message) => wrong.push(format!("{}: {message}", file.display())),
        }
    }
    eprintln!("{compared} reports, {count} words, {} with losses", wrong.len());
    (compared, count, wrong)
}

#[test]
fn no_word_of_a_report_is_lost_that_libreoffice_has() {
    let test = "reports against LibreOffice";
    if !has("soffice") {
        return skip(test, "soffice (libreoffice-writer-nogui) is not installed");
    }
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let made = tempfile::tempdir().unwrap();
    let script = repository().join("tests/suite/author/reports.py");
    let done = Command::new("python3").arg(script).arg(made.path()).arg("60").output();
    if !done.is_ok_and(|d| d.status.success()) {
        return skip(test, "python3 with python-docx is not installed");
    }
    let mut files = files_of(&repository().join("tests/data/author/reports"), &["docx", "odt"]);
    files.extend(files_of(made.path(), &["docx"]));
    // Some of them again as LibreOffice saves them.
    let again = tempfile::tempdir().unwrap();
    converted("odt", &files[files.len() - RESAVED..], again.path());
    files.extend(files_of(again.path(), &["odt"]));
    let (compared, _, wrong) = compare(&portal, &files);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared >= 90, "{compared} reports");
}

#[test]
fn no_word_of_the_reports_of_a_folder_is_lost() {
    let Some(folder) = std::env::var_os("SALA_REPORTS") else { return };
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let (_, _, wrong) = compare(&portal, &files_of(Path::new(&folder), &["docx", "odt"]));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
