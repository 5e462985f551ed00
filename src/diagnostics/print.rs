//! Prints diagnostics: as text for people, as JSON lines, and as annotations for GitHub.

use super::{Diagnostic, Severity};
use crate::model::Lang;
use crate::text::width::display_width;
use std::fmt::Write;

/// A format of `sala check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people, with the source line.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
    /// GitHub workflow commands.
    Github,
}

/// The printed form of all diagnostics; `colour` adds ANSI styles to the text format.
pub fn print(diagnostics: &[Diagnostic], format: Format, lang: Lang, colour: bool) -> String {
    let mut out = String::new();
    for d in diagnostics {
        match format {
            Format::Text => text(&mut out, d, lang, colour),
            Format::Json => {
                out.push_str(&serde_json::to_string(d).unwrap_or_default());
                out.push('\n');
            }
            Format::Github => github(&mut out, d, lang),
        }
    }
    out
}

fn text(out: &mut String, d: &Diagnostic, lang: Lang, colour: bool) {
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
        paint("1", d.message.get(lang))
    );
    if !d.file.is_empty() {
        let place = match (d.line, d.column) {
            (0, _) => d.file.clone(),
            (line, 0) => format!("{}:{line}", d.file),
            (line, column) => format!("{}:{line}:{column}", d.file),
        };
        let _ = writeln!(out, "  {} {place}", paint("1;34", "-->"));
    }
    if let Some(excerpt) = &d.excerpt {
        let number = d.line.to_string();
        let gutter = " ".repeat(number.len());
        let before = display_width(&excerpt.text[..excerpt.start].replace('\t', " "));
        let width = display_width(&excerpt.text[excerpt.start..excerpt.end]).max(1);
        let _ = writeln!(out, "{gutter} {}", paint("1;34", "|"));
        let _ = writeln!(out, "{} {} {}", paint("1;34", &number), paint("1;34", "|"), excerpt.text.replace('\t', " "));
        let marks = format!("{}{}", " ".repeat(before), paint(style, &"^".repeat(width)));
        let _ = writeln!(out, "{gutter} {} {marks}", paint("1;34", "|"));
    }
    if let Some(hint) = &d.hint {
        let name = match lang {
            Lang::Th => "คำแนะนำ",
            Lang::En => "hint",
        };
        let _ = writeln!(out, "\n  {}: {}", paint("1;36", name), hint.get(lang));
    }
    out.push('\n');
}

/// The word for a severity.
pub fn severity_name(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Th) => "ข้อผิดพลาด",
        (Severity::Warning, Lang::Th) => "คำเตือน",
        (Severity::Note, Lang::Th) => "หมายเหตุ",
        (severity, Lang::En) => severity.name(),
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
        let _ = write!(out, ",file={}", property(&d.file));
    }
    if d.line > 0 {
        let _ = write!(out, ",line={},col={}", d.line, d.column.max(1));
    }
    let _ = writeln!(out, "::{}", escape(&message));
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// One closing line that counts errors and warnings, empty where there are none.
pub fn summary(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let count = |s: Severity| diagnostics.iter().filter(|d| d.severity == s).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let notes = count(Severity::Note);
    match (errors + warnings, notes, lang) {
        (0, 0, _) => String::new(),
        (0, _, Lang::Th) => format!("ไม่มีข้อผิดพลาด หมายเหตุ {notes} รายการ"),
        (0, _, Lang::En) => format!("no errors, {notes} note(s)"),
        (_, _, Lang::Th) => format!("พบข้อผิดพลาด {errors} รายการ คำเตือน {warnings} รายการ"),
        (_, _, Lang::En) => format!("{errors} error(s), {warnings} warning(s)"),
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
            print(&[sample()], Format::Text, Lang::En, false),
            "error[S301]: unknown\n  --> content/a.md:2:1\n  |\n2 | ที่ = 5%\n  | ^\n\n  hint: try\n\n"
        );
    }

    #[test]
    fn github_escapes_what_would_end_a_command() {
        let mut d = sample();
        d.file = "a,b:c.md".into();
        assert_eq!(
            print(&[d], Format::Github, Lang::En, false),
            "::error title=S301,file=a%2Cb%3Ac.md,line=2,col=1::unknown%0Atry\n"
        );
    }
}
