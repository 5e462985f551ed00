//! Every word of a report, as LibreOffice's text has it, is in the draft or named in a message.
//!
//! `SALA_REPORTS=FOLDER` reads every report below a folder as well; the files of tests/data/author/reports always are.

use super::shown::{converted, files_of};
use super::*;
use crate::tools::{has, skip};
use sala::internals::authoring::docx::{draft as report, parts, reader};
use std::collections::HashMap;
use std::io::{Cursor, Read, Write};
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
    // The mark of a note shows its number, also behind a word; a mark of the writer's own is text.
    let marks = regex::Regex::new(r"\[\^(?:note-\d+|([^\]-]+)(?:-\d+)?)\]:?").unwrap();
    let text = marks.replace_all(&text, "$1");
    // The word before a link and the one behind it may be one.
    let links = regex::Regex::new(r"\]\(<[^>]*>\)").unwrap();
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
        .replace('ⁿ', "n")
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

/// The text with the letters of symbol fonts, of which LibreOffice says the codes alone: those of Symbol are Greek where
/// the draft has such words, and others are signs between words.
fn spelled(text: &str, have: &HashMap<String, usize>) -> String {
    let letters: Vec<char> = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ".chars().collect();
    let greek = |c: char| match u32::from(c) {
        code @ 0xF041..=0xF05A => letters[code as usize - 0xF041],
        code @ 0xF061..=0xF07A => letters[code as usize - 0xF061 + 26],
        0xF020..=0xF0FF => ' ',
        _ => c,
    };
    let stretch = regex::Regex::new(r"[\w\u{f020}-\u{f0ff}]*[\u{f020}-\u{f0ff}][\w\u{f020}-\u{f0ff}]*").unwrap();
    let spelled = |found: &regex::Captures<'_>| {
        let word: String = found[0].chars().map(greek).collect();
        let known = words(&word).keys().all(|word| have.contains_key(word));
        if known { word } else { found[0].replace(|c: char| ('\u{f020}'..='\u{f0ff}').contains(&c), " ") }
    };
    stretch.replace_all(text, spelled).into_owned()
}

/// Words of a text that a draft lacks.
fn lost(text: &str, draft: &str) -> Vec<String> {
    let draft = bare(draft);
    let have = words(&draft);
    let squashed: String = draft.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut out = Vec::new();
    for (word, times) in words(&spelled(&bare(&unnumbered(text)), &have)) {
        // A word that is half bold, or at a line's end, may be parted or joined to the next.
        let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        let count = |word: &str| have.get(word).copied().unwrap_or(0);
        let found = [word.as_str(), &plain].into_iter().any(|word| {
            let long = word.chars().count() > 3 || (word.chars().count() > 1 && !word.is_ascii());
            long && squashed.matches(word).count() >= times
        });
        // A symbol that a message names by its font stands there as some letter.
        let symbol = plain.chars().count() == 1 && !plain.is_ascii() && draft.contains('\u{fffd}');
        if count(&word) < times && !found && !symbol {
            out.push(word);
        }
    }
    out.sort();
    out
}

/// The text of a document as LibreOffice is to read it: it says what Word shows of it, in places where LibreOffice does not.
fn as_word_shows(xml: &str) -> String {
    let rule = |rule: &str| regex::Regex::new(&format!("(?is){rule}")).unwrap();
    // Fields of the day, the hour and the page show what they showed when the report was saved.
    let passing = rule(r#"<w:fldSimple [^>]*w:instr="\s*(?:DATE|TIME|PAGE)\b[^"]*"[^>]*>(.*?)</w:fldSimple>"#);
    let xml = passing.replace_all(xml, "$1");
    let passing = rule(r"(<w:instrText[^>]*>\s*)(?:DATE|TIME|PAGE)\b");
    let xml = passing.replace_all(&xml, "${1}SHOWN");
    // A field within the instruction of another one shows nothing.
    let field = rule(r"<w:fldSimple [^>]*>(.*?)</w:fldSimple>");
    let xml = field.replace_all(&xml, |field: &regex::Captures<'_>| {
        let inner = field[1].contains("<w:instrText") && !field[1].contains("<w:t");
        field[if inner { 1 } else { 0 }].to_string()
    });
    let run = r"</w:r><w:r\b[^>]*>(?:<w:rPr>(?:<w:[^>]*/>)*</w:rPr>)?";
    let field = rule(&format!(r#"(<w:fldChar w:fldCharType="separate"\s*/>{run}<w:instrText[^>]*>)[^<]*"#));
    let xml = field.replace_all(&xml, "$1");
    // A text has no pages on which the numbers of notes begin again.
    let xml = rule(r#"<w:numRestart w:val="eachPage"\s*/>"#).replace_all(&xml, "");
    // A choice that was made shows its own words; LibreOffice shows the first of the list as well.
    let (control, list) =
        (rule("<w:sdtPr>.*?</w:sdtPr>"), rule("<w:(?:comboBox|dropDownList)\\b.*?</w:(?:comboBox|dropDownList)>"));
    let xml = control.replace_all(&xml, |control: &regex::Captures<'_>| {
        let made = !control[0].contains("<w:showingPlcHdr");
        if made { list.replace_all(&control[0], "").into_owned() } else { control[0].to_string() }
    });
    // The codes 20 to FF and F020 to F0FF of a symbol font are the same letters (ECMA-376 part 1, 17.3.3.30).
    let low = rule(r#"(<w:sym w:font="[^"]*" w:char=")00([2-9A-F][0-9A-F]")"#);
    let xml = low.replace_all(&xml, "${1}F0$2");
    // Deleted text stands behind its paragraph, so that it parts no word; in OpenDocument, the mark where it was.
    let gone =
        rule(r"<w:(?:del|moveFrom) [^>]*[^/>]>.*?</w:(?:del|moveFrom)>|<text:change [^>]*/>|</(?:w:p|text:p|text:h)>");
    let mut behind = String::new();
    let xml = gone.replace_all(&xml, |found: &regex::Captures<'_>| {
        if found[0].starts_with("</") {
            return std::mem::take(&mut behind) + &found[0];
        }
        if found[0].starts_with("<text") {
            behind.push_str(&format!(" {}", &found[0]));
            return String::new();
        }
        let start = &found[0][..=found[0].find('>').unwrap()];
        let space = "<w:r><w:delText xml:space=\"preserve\"> </w:delText></w:r>";
        behind.push_str(&found[0].replacen(start, &format!("{start}{space}"), 1));
        String::new()
    });
    xml.into_owned()
}

/// A report as LibreOffice is to read it; none where that is as it is.
fn for_libreoffice(report: &[u8]) -> Option<Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(report)).ok()?;
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut changed = false;
    for n in 0..zip.len() {
        let mut part = zip.by_index(n).ok()?;
        let name = part.name().ok()?.into_owned();
        let known = ["word/document", "word/settings"].iter().any(|part| name.starts_with(part));
        if !(name == "content.xml" || known && name.ends_with(".xml")) {
            out.raw_copy_file(part).ok()?;
            continue;
        }
        let mut text = String::new();
        part.read_to_string(&mut text).ok()?;
        let shown = as_word_shows(&text);
        changed |= shown != text;
        out.start_file(&name, zip::write::SimpleFileOptions::default()).ok()?;
        out.write_all(shown.as_bytes()).ok()?;
    }
    out.finish().ok().filter(|_| changed).map(Cursor::into_inner)
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
    let [out, read] = ["text", "read"].map(|name| dir.path().join(name));
    [&out, &read].into_iter().for_each(|folder| fs::create_dir(folder).unwrap());
    let to_read: Vec<PathBuf> = copies.iter().map(|copy| read.join(copy.file_name().unwrap())).collect();
    for (copy, to_read) in copies.iter().zip(&to_read) {
        let bytes = fs::read(copy).unwrap();
        fs::write(to_read, for_libreoffice(&bytes).unwrap_or(bytes)).unwrap();
    }
    converted("txt:Text (encoded):UTF8", &to_read, &out);
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
