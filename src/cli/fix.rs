//! `sala fix`: mends damaged Thai in the content and writing that Markdown reads otherwise than it was meant, or shows
//! what it would mend.
//!
//! Only certain repairs are written; the others are listed with their reason.
//! The files are replaced together or not at all, and their line ends and byte order marks stay.

use super::exit::Exit;
use super::terminal::Terminal;
use crate::authoring::files::Changes;
use crate::authoring::mend::mend;
use crate::cache::{NO_FILE, read_plain};
use crate::content::files::describe;
use crate::model::Lang;
use crate::text::chars::visible;
use crate::text::personal;
use crate::text::repair::file::{Format, repair_file};
use crate::text::repair::{Confidence, Edit, Options, apply, only_certain};
use similar::{ChangeTag, TextDiff};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What went wrong with a file.
#[derive(Debug, thiserror::Error)]
#[error("{}: {message_th} / {message_en} ({source})", .path.display())]
pub struct FixError {
    /// The file.
    pub path: PathBuf,
    /// In Thai.
    pub message_th: String,
    /// In English.
    pub message_en: String,
    /// The system's reason.
    pub source: io::Error,
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were read.
    pub files: usize,
    /// Files that were (or would be) changed.
    pub changed: usize,
    /// Certain repairs, made (or to be made).
    pub certain: usize,
    /// Repairs that were only suggested.
    pub suggested: usize,
    /// Files passed over because they are not UTF-8 text.
    pub skipped: usize,
}

/// Largest file that is read, in bytes.
const LARGEST: u64 = 50 * 1024 * 1024;

/// Mends the given files and folders, or all of the portal's `content` when
/// none are given. The changes go to standard output as a unified diff
/// (coloured on a terminal), suggestions and the summary to standard error.
pub fn run(portal_dir: &Path, paths: &[PathBuf], dry_run: bool, lang: Lang) -> Result<Report, FixError> {
    let mut out = anstream::stdout().lock();
    let mut err = anstream::stderr().lock();
    run_to(portal_dir, paths, dry_run, lang, &mut out, &mut err)
}

/// The command: [`run`], its failure reported.
pub(super) fn command(portal_dir: &Path, paths: &[PathBuf], dry_run: bool, terminal: &Terminal) -> Exit {
    match run(portal_dir, paths, dry_run, terminal.lang) {
        Ok(_) => Exit::Done,
        Err(error) => {
            let (path, source, why) = (error.path.display(), &error.source, describe(&error.source));
            terminal.error(
                &format!("{path}: {} ({})", error.message_th, why.th),
                &format!("{path}: {} ({})", error.message_en, why.get(Lang::EN)),
            );
            if source.kind() == io::ErrorKind::NotFound { Exit::Usage } else { Exit::Machine }
        }
    }
}

/// [`run`] with the two streams given.
pub fn run_to(
    portal_dir: &Path,
    paths: &[PathBuf],
    dry_run: bool,
    lang: Lang,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Report, FixError> {
    let mut report = Report::default();
    let mut changes = Changes::new(portal_dir);
    for path in files(portal_dir, paths)? {
        let Some(format) = path.extension().and_then(|e| e.to_str()).and_then(Format::of_extension) else {
            continue;
        };
        report.files += 1;
        let bytes = read_plain(&path).map_err(|e| failed(&path, "อ่านไฟล์ไม่ได้", "cannot read the file", e))?;
        let Ok(text) = String::from_utf8(bytes) else {
            report.skipped += 1;
            let note = if lang == Lang::EN {
                "not UTF-8, passed over"
            } else {
                "ไม่ใช่ UTF-8 จึงข้ามไป"
            };
            say(&path, writeln!(err, "{}: {note}", visible(&path.display().to_string())))?;
            continue;
        };
        let edits = repair_file(&text, format, Options::default());
        let sure = only_certain(&edits);
        report.certain += sure.len();
        report.suggested += edits.len() - sure.len();
        let name = visible(&path.strip_prefix(portal_dir).unwrap_or(&path).display().to_string()).into_owned();
        let (fixed, mended) = match format {
            Format::Markdown => mend(&apply(&text, &sure)),
            _ => (apply(&text, &sure), 0),
        };
        report.certain += mended;
        if fixed != text {
            report.changed += 1;
            say(&path, diff(out, &name, &text, &fixed))?;
            if !dry_run {
                // The file that a link names is replaced, not the link.
                let real = std::fs::canonicalize(&path);
                changes.replace(real.map_err(|e| failed(&path, "เปิดไม่ได้", "cannot open", e))?, &text, fixed);
            }
        }
        let open = edits.iter().filter(|e| e.confidence == Confidence::Suggested);
        for edit in open {
            say(&path, suggest(err, &name, &text, edit, lang))?;
        }
    }
    changes
        .apply("fix")
        .map_err(|e| failed(portal_dir, "เขียนไฟล์ไม่ได้ จึงไม่แก้ไฟล์ใดเลย", "cannot write; no file was changed", e))?;
    let line = summary(report, dry_run, lang);
    say(portal_dir, writeln!(err, "{line}"))?;
    Ok(report)
}

fn failed(path: &Path, th: &str, en: &str, source: io::Error) -> FixError {
    FixError { path: path.to_path_buf(), message_th: th.to_string(), message_en: en.to_string(), source }
}

/// A closed pipe ends the showing, not the work.
fn say(path: &Path, result: io::Result<()>) -> Result<(), FixError> {
    match result {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(failed(path, "แสดงผลไม่ได้", "cannot show the result", e)),
        _ => Ok(()),
    }
}

/// The files to look at, sorted, each once.
fn files(portal_dir: &Path, paths: &[PathBuf]) -> Result<Vec<PathBuf>, FixError> {
    let content = [portal_dir.join("content")];
    let roots = if paths.is_empty() { &content[..] } else { paths };
    let mut found = vec![];
    for root in roots {
        if root.exists() && !root.is_file() && !root.is_dir() {
            let cause = std::io::Error::new(std::io::ErrorKind::InvalidInput, NO_FILE.1);
            return Err(failed(root, "เปิดไม่ได้", "cannot open", cause));
        }
        for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
            let entry = entry.map_err(|e| {
                let path = e.path().unwrap_or(root).to_path_buf();
                let cause = e.into_io_error();
                let cause = cause.unwrap_or_else(|| std::io::Error::other("loop of links"));
                failed(&path, "เปิดไม่ได้", "cannot open", cause)
            })?;
            let small = entry.metadata().is_ok_and(|m| m.len() <= LARGEST);
            if entry.file_type().is_file() && small {
                found.push(entry.into_path());
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Writes a unified diff with colour codes.
pub(super) fn diff(out: &mut dyn Write, name: &str, old: &str, new: &str) -> io::Result<()> {
    writeln!(out, "\x1b[1m--- {name}\n+++ {name}\x1b[0m")?;
    let lines = TextDiff::from_lines(old, new);
    for hunk in lines.unified_diff().context_radius(1).iter_hunks() {
        writeln!(out, "\x1b[36m{}\x1b[0m", hunk.header())?;
        for change in hunk.iter_changes() {
            let (colour, sign) = match change.tag() {
                ChangeTag::Delete => ("\x1b[31m", '-'),
                ChangeTag::Insert => ("\x1b[32m", '+'),
                ChangeTag::Equal => ("", ' '),
            };
            let text = shown(change.value().trim_end_matches(['\n', '\r']));
            let reset = if colour.is_empty() { "" } else { "\x1b[0m" };
            writeln!(out, "{colour}{sign}{text}{reset}")?;
        }
    }
    Ok(())
}

/// A piece of content as messages show it: nothing in it steers the terminal, personal data is covered.
fn shown(text: &str) -> String {
    visible(&personal::mask(text)).into_owned()
}

/// Letters shown on either side of a suggestion.
const AROUND: usize = 12;

/// One line for a suggestion: place, what to write, and why.
fn suggest(err: &mut dyn Write, name: &str, text: &str, edit: &Edit, lang: Lang) -> io::Result<()> {
    let before = &text[..edit.range.start];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    let column = before[start..].chars().count() + 1;
    let lead = before[start..].char_indices().rev().nth(AROUND).map_or(start, |(n, _)| start + n);
    let rest = text[edit.range.end..].lines().next().unwrap_or("");
    let tail: String = rest.chars().take(AROUND).collect();
    // A number or a name that the piece would cut in two: only the form of what is mended is shown.
    let is_personal = !personal::search(&text[start..edit.range.end + rest.len()]).is_empty();
    let piece = |text: &str| {
        let mut covered = String::new();
        personal::cover(text, &mut covered);
        visible(if is_personal { &covered } else { text }).into_owned()
    };
    let reason = if lang == Lang::EN { edit.rule.english() } else { edit.rule.thai() };
    let word = if lang == Lang::EN { "perhaps" } else { "อาจเป็น" };
    writeln!(
        err,
        "{name}:{line}:{column}: \x1b[33m{}\x1b[0m …{}\x1b[31m{}\x1b[0m{}… {word} \x1b[32m{}\x1b[0m ({reason})",
        edit.rule.code(),
        piece(&text[lead..edit.range.start]),
        piece(&text[edit.range.clone()]),
        piece(&tail),
        piece(&edit.replacement),
    )
}

fn summary(report: Report, dry_run: bool, lang: Lang) -> String {
    let Report { files, changed, certain, suggested, skipped } = report;
    let rest = match (lang, skipped) {
        (_, 0) => String::new(),
        (Lang::EN, n) => format!(", {n} not UTF-8"),
        (_, n) => format!(" ไม่ใช่ UTF-8 {n} ไฟล์"),
    };
    match (lang, dry_run) {
        (Lang::EN, true) => {
            format!("{files} files: would mend {certain} places in {changed} files; {suggested} suggestions{rest}")
        }
        (Lang::EN, false) => {
            format!("{files} files: mended {certain} places in {changed} files; {suggested} suggestions{rest}")
        }
        (_, true) => format!("{files} ไฟล์: จะแก้ {certain} แห่งใน {changed} ไฟล์ มีข้อเสนอแนะ {suggested} แห่ง{rest}"),
        (_, false) => format!("{files} ไฟล์: แก้แล้ว {certain} แห่งใน {changed} ไฟล์ มีข้อเสนอแนะ {suggested} แห่ง{rest}"),
    }
}
