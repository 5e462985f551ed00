//! Prints diagnostics: as text for people, as JSON lines, and as annotations for GitHub.

use super::{Code, Diagnostic, Severity};
use crate::model::Lang;
use crate::text::chars::{steers, visible};
use crate::text::personal;
use crate::text::width::display_width;
use indexmap::IndexMap;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;

/// A format of `sala check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Format {
    /// For people, with the source line.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
    /// GitHub workflow commands.
    Github,
}

/// Places shown of a finding that occurs more often.
const EXAMPLES: usize = 3;
/// Findings of one code that are shown one by one.
const MOST: usize = 100;

/// The printed form of all diagnostics; `colour` adds ANSI styles to the text format. The text format puts what
/// matters most at the end, where people look, and tells what occurs often once, with examples.
pub(crate) fn print(diagnostics: &[Diagnostic], format: Format, lang: Lang, colour: bool) -> String {
    let mut out = String::new();
    match format {
        Format::Text => grouped(&mut out, diagnostics, lang, colour),
        Format::Json => {
            for d in diagnostics {
                out.push_str(&json(d));
                out.push('\n');
            }
        }
        Format::Github => diagnostics.iter().for_each(|d| github(&mut out, d, lang)),
    }
    out
}

/// One line; what would steer a terminal is written as an escape.
fn json(d: &Diagnostic) -> String {
    let mut out = String::new();
    // Names of files may be those of people.
    let covered = match personal::mask(&d.file) {
        Cow::Owned(file) => Cow::Owned(Diagnostic { file, ..d.clone() }),
        Cow::Borrowed(_) => Cow::Borrowed(d),
    };
    for c in serde_json::to_string(&*covered).unwrap_or_default().chars() {
        match steers(c) {
            true => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            false => out.push(c),
        }
    }
    out
}

/// One line in English: place, severity, code, message.
impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = place(self);
        let colon = if place.is_empty() { "" } else { ": " };
        let message = visible(self.message.get(Lang::EN));
        write!(f, "{place}{colon}{}[{}]: {message}", self.severity.name(), self.code.id())
    }
}

fn grouped(out: &mut String, diagnostics: &[Diagnostic], lang: Lang, colour: bool) {
    let mut groups: IndexMap<(Severity, Code, &str, &str), Vec<&Diagnostic>> = IndexMap::new();
    for d in diagnostics {
        groups.entry((d.severity, d.code, d.message.th.as_str(), d.message.en.as_str())).or_default().push(d);
    }
    let mut shown: HashMap<(Severity, Code), (usize, usize)> = HashMap::new();
    for severity in [Severity::Note, Severity::Warning, Severity::Error] {
        // Where nothing repeats, findings are in the order of their files.
        let mut blocks: Vec<(&Diagnostic, &[&Diagnostic])> = Vec::new();
        for found in groups.iter().filter(|(key, _)| key.0 == severity).map(|(_, found)| found.as_slice()) {
            match found.len() <= EXAMPLES {
                true => blocks.extend(found.iter().map(|d| (*d, &found[..0]))),
                false => blocks.push((found[0], &found[1..])),
            }
        }
        blocks.sort_by_key(|(d, _)| (&d.file, d.line, d.column));
        for (d, more) in blocks {
            let (printed, left) = shown.entry((severity, d.code)).or_default();
            if *printed == MOST {
                *left += 1 + more.len();
                continue;
            }
            *printed += 1;
            text(out, d, more, lang, colour);
        }
    }
    let mut left: Vec<_> = shown.into_iter().filter(|(_, (_, left))| *left > 0).collect();
    left.sort_by_key(|((severity, code), _)| (*severity, code.id()));
    for ((severity, code), (_, left)) in left {
        let name = severity_name(severity, lang);
        let _ = match lang {
            Lang::TH => writeln!(out, "{name}[{}]: อีก {left} รายการ ดูทั้งหมดด้วย sala check --format json\n", code.id()),
            _ => writeln!(out, "{name}[{}]: {left} more; `sala check --format json` lists all\n", code.id()),
        };
    }
}

fn place(d: &Diagnostic) -> String {
    let file = personal::mask(&d.file);
    let file = visible(&file);
    match (d.line, d.column) {
        (0, _) => file.into_owned(),
        (line, 0) => format!("{file}:{line}"),
        (line, column) => format!("{file}:{line}:{column}"),
    }
}

/// A finding, with the places where it occurs again.
fn text(out: &mut String, d: &Diagnostic, more: &[&Diagnostic], lang: Lang, colour: bool) {
    let paint = |code: &str, text: &str| {
        if colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    };
    let style = match d.severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Note => "1;36",
    };
    let _ = writeln!(
        out,
        "{}{} {}",
        paint(style, &format!("{}[{}]", severity_name(d.severity, lang), d.code.id())),
        paint("1", ":"),
        paint("1", &visible(d.message.get(lang)))
    );
    if !d.file.is_empty() {
        let _ = writeln!(out, "  {} {}", paint("1;34", "-->"), place(d));
    }
    if let Some(excerpt) = &d.excerpt {
        let shown = |text: &str| visible(&text.replace('\t', " ")).into_owned();
        let parts =
            [&excerpt.text[..excerpt.start], &excerpt.text[excerpt.start..excerpt.end], &excerpt.text[excerpt.end..]];
        let [before, marked, after] = parts.map(shown);
        let number = d.line.to_string();
        let gutter = " ".repeat(number.len());
        let _ = writeln!(out, "{gutter} {}", paint("1;34", "|"));
        let _ = writeln!(out, "{} {} {before}{marked}{after}", paint("1;34", &number), paint("1;34", "|"));
        let width = display_width(&marked).max(1);
        let marks = format!("{}{}", " ".repeat(display_width(&before)), paint(style, &"^".repeat(width)));
        let _ = writeln!(out, "{gutter} {} {marks}", paint("1;34", "|"));
    }
    for other in more.iter().take(EXAMPLES - 1).filter(|d| !d.file.is_empty()) {
        let _ = writeln!(out, "  {} {}", paint("1;34", "-->"), place(other));
    }
    if let Some(left) = more.len().checked_sub(EXAMPLES - 1).filter(|left| *left > 0) {
        let _ = match lang {
            Lang::TH => writeln!(out, "  … และอีก {left} แห่ง"),
            _ => writeln!(out, "  … and {left} more"),
        };
    }
    if let Some(hint) = &d.hint {
        let name = match lang {
            Lang::TH => "คำแนะนำ",
            _ => "hint",
        };
        let _ = writeln!(out, "\n  {}: {}", paint("1;36", name), visible(hint.get(lang)));
    }
    out.push('\n');
}

/// The word for a severity.
pub(crate) fn severity_name(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::TH) => "ข้อผิดพลาด",
        (Severity::Warning, Lang::TH) => "คำเตือน",
        (Severity::Note, Lang::TH) => "หมายเหตุ",
        (severity, _) => severity.name(),
    }
}

fn github(out: &mut String, d: &Diagnostic, lang: Lang) {
    let command = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
    let mut message = d.message.get(lang).to_string();
    if let Some(hint) = &d.hint {
        let _ = write!(message, "\n{}", hint.get(lang));
    }
    let _ = write!(out, "::{command} title={}", property(d.code.id()));
    if !d.file.is_empty() {
        let _ = write!(out, ",file={}", property(&personal::mask(&d.file)));
    }
    if d.line > 0 {
        let _ = write!(out, ",line={},col={}", d.line, d.column.max(1));
    }
    let _ = writeln!(out, "::{}", escape(&message));
}

fn escape(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D");
    visible(&text).replace('\n', "%0A")
}

/// One closing line that counts errors and warnings, by code where there are several; empty where there are none.
pub(crate) fn summary(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let count = |s: Severity| diagnostics.iter().filter(|d| d.severity == s).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let notes = count(Severity::Note);
    let mut codes: IndexMap<&str, usize> = IndexMap::new();
    for d in diagnostics.iter().filter(|d| d.severity != Severity::Note) {
        *codes.entry(d.code.id()).or_default() += 1;
    }
    codes.sort_unstable_keys();
    let codes: Vec<String> = codes.iter().map(|(code, n)| format!("{code} × {n}")).collect();
    let codes = if errors + warnings > 1 { format!(" ({})", codes.join(", ")) } else { String::new() };
    match (errors + warnings, notes, lang) {
        (0, 0, _) => String::new(),
        (0, _, Lang::TH) => format!("ไม่มีข้อผิดพลาด หมายเหตุ {notes} รายการ"),
        (0, _, _) => format!("no errors, {notes} note(s)"),
        (_, _, Lang::TH) => format!("พบข้อผิดพลาด {errors} รายการ คำเตือน {warnings} รายการ{codes}"),
        (_, _, _) => format!("{errors} error(s), {warnings} warning(s){codes}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Code;
    use crate::model::{SourceFile, Span};

    fn sample() -> Diagnostic {
        let source = SourceFile::new("content/a.md", "+++\nที่ = 5%\n");
        Diagnostic::at(Code::UnknownField, &source, Span::new(4, 13), "ไม่รู้จัก", "unknown").hint("ลองดู", "try")
    }

    #[test]
    fn text_marks_the_right_columns() {
        assert_eq!(
            print(&[sample()], Format::Text, Lang::EN, false),
            "error[S301]: unknown\n  --> content/a.md:2:1\n  |\n2 | ที่ = 5%\n  | ^\n\n  hint: try\n\n"
        );
    }

    #[test]
    fn what_repeats_is_told_once_and_errors_come_last() {
        let many: Vec<Diagnostic> = (0..7)
            .map(|i| Diagnostic { file: format!("f{i}.md"), ..sample() })
            .chain([sample().severity(Severity::Warning)])
            .collect();
        let printed = print(&many, Format::Text, Lang::EN, false);
        assert!(printed.starts_with("warning[S301]"), "{printed}");
        assert_eq!(printed.matches("error[S301]").count(), 1, "{printed}");
        assert!(printed.contains("f0.md:2:1") && printed.contains("f2.md:2:1") && printed.contains("… and 4 more"));
        assert!(!printed.contains("f3.md"), "{printed}");
        assert_eq!(summary(&many, Lang::EN), "7 error(s), 1 warning(s) (S301 × 8)");
        assert_eq!(print(&many, Format::Json, Lang::EN, false).lines().count(), 8);
    }

    #[test]
    fn a_hundred_thousand_findings_stay_readable() {
        let source = SourceFile::new("a.md", "line:\n".repeat(100_000).as_str());
        let many: Vec<Diagnostic> = (0..100_000)
            .map(|i| {
                Diagnostic::at(Code::UnknownField, &source, Span::new(i * 6, i * 6 + 4), "", format!("unknown {i}"))
            })
            .collect();
        let printed = print(&many, Format::Text, Lang::EN, false);
        assert!(printed.len() < 20_000 && printed.contains("99900 more"), "{}", printed.len());
    }

    #[test]
    fn no_format_lets_content_steer_a_terminal() {
        let source = SourceFile::new("a\u{1b}]0;x\u{7}.md", "ก\u{1b}[2Jข\u{202e}\u{9b}31m\n");
        let d = Diagnostic::at(Code::UnknownField, &source, Span::new(0, 3), "ก\u{1b}c", "b\u{1b}c")
            .hint("\u{9b}", "\u{9b}");
        for format in [Format::Text, Format::Json, Format::Github] {
            let printed = print(std::slice::from_ref(&d), format, Lang::EN, false);
            assert!(!printed.chars().any(steers), "{printed:?}");
        }
    }

    #[test]
    fn no_format_spreads_what_a_file_is_called() {
        let d = Diagnostic { file: "content/a/1999900000129.md".into(), ..sample() };
        for format in [Format::Text, Format::Json, Format::Github] {
            let printed = print(std::slice::from_ref(&d), format, Lang::EN, false);
            assert!(!printed.contains("1999900000129") && printed.contains("content/a/•"), "{printed}");
        }
        assert!(!d.to_string().contains("1999900000129"));
    }

    #[test]
    fn github_escapes_what_would_end_a_command() {
        let mut d = sample();
        d.file = "a,b:c.md".into();
        assert_eq!(
            print(&[d], Format::Github, Lang::EN, false),
            "::error title=S301,file=a%2Cb%3Ac.md,line=2,col=1::unknown%0Atry\n"
        );
    }
}
