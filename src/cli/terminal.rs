//! Printing: language, colour, progress, diagnostics.

use super::exit::Exit;
use crate::content;
use crate::diagnostics::print::{Format, print, severity_name, summary};
use crate::diagnostics::{Diagnostic, Severity};
use crate::model::Lang;
use crate::pipeline::BuildError;
use crate::text::chars::visible;
use crate::text::era::Date;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where and how messages are printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    /// Language of messages.
    pub lang: Lang,
    /// Whether messages have colour.
    pub colour: bool,
    /// Whether a person watches.
    pub interactive: bool,
}

impl Terminal {
    /// By the option, else `SALA_LANG`, else the system's language; Thai where that is not English.
    pub(crate) fn new(lang: Option<Lang>) -> Terminal {
        let from = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
        let system = || from("LC_ALL").or_else(|| from("LC_MESSAGES")).or_else(|| from("LANG")).unwrap_or_default();
        let lang = lang
            .or_else(|| Lang::parse(&from("SALA_LANG")?).filter(|lang| [Lang::TH, Lang::EN].contains(lang)))
            .unwrap_or_else(|| if system().starts_with("en") { Lang::EN } else { Lang::TH });
        let interactive = std::io::stderr().is_terminal();
        let plain = from("NO_COLOR").is_some() || from("TERM").is_some_and(|t| t == "dumb");
        Terminal { lang, colour: interactive && !plain, interactive }
    }

    /// The text in the language of messages.
    pub(crate) fn say<'a>(&self, th: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::TH => th,
            _ => en,
        }
    }

    /// A message line on standard error.
    pub(crate) fn message(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{}", visible(text));
    }

    /// An error line on standard error.
    pub(crate) fn error(&self, th: &str, en: &str) {
        let name = severity_name(Severity::Error, self.lang);
        let text = visible(self.say(th, en));
        let name = if self.colour { format!("\x1b[1;31m{name}\x1b[0m") } else { name.to_string() };
        let _ = writeln!(std::io::stderr().lock(), "{name}: {text}");
    }

    /// A line of data on standard output; a closed pipe is no error.
    pub(crate) fn data(&self, text: &str) {
        let _ = writeln!(std::io::stdout().lock(), "{}", visible(text));
    }

    /// Diagnostics on standard error, with their count.
    pub(crate) fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        let text = print(diagnostics, Format::Text, self.lang, self.colour);
        let _ = write!(std::io::stderr().lock(), "{text}");
        let closing = summary(diagnostics, self.lang);
        if !closing.is_empty() {
            self.message(&closing);
        }
    }

    /// Errors and warnings; what drafts lack is shown by `sala check`.
    pub(crate) fn problems(&self, diagnostics: &[Diagnostic]) {
        let shown = |d: &&Diagnostic| d.severity != Severity::Note;
        let list: Vec<Diagnostic> = diagnostics.iter().filter(shown).cloned().collect();
        self.diagnostics(&list);
    }

    /// Says why nothing was built.
    pub(crate) fn not_built(&self, error: BuildError) -> Exit {
        let (found, exit) = match error {
            BuildError::Content(found) => (found, Exit::Content),
            BuildError::Refused(finding) => (vec![*finding], Exit::Usage),
            BuildError::Machine(finding) => (vec![*finding], Exit::Machine),
        };
        self.diagnostics(&found);
        exit
    }

    /// The folder of the portal, or a message and the exit code.
    pub(crate) fn portal(&self, given: Option<&Path>) -> Result<PathBuf, Exit> {
        let found = match given {
            Some(dir) if dir.join(content::PORTAL_FILE).is_file() => dir.canonicalize().ok(),
            Some(_) => None,
            None => content::find_root(Path::new(".")),
        };
        found.ok_or_else(|| {
            let here = || std::env::current_dir().unwrap_or_default();
            let place = format!(" {}", given.map_or_else(here, Path::to_path_buf).display());
            self.error(
                &format!("ไม่พบ portal.toml ในโฟลเดอร์{place} หรือโฟลเดอร์ที่อยู่เหนือขึ้นไป เริ่มพอร์ทัลใหม่ด้วย sala init"),
                &format!("there is no portal.toml in the folder{place} or above it; start a portal with `sala init`"),
            );
            Exit::Usage
        })
    }

    /// A progress bar for long work; silent where nobody watches.
    pub(crate) fn progress(&self, length: u64, th: &'static str, en: &'static str) -> ProgressBar {
        if !self.interactive {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(length);
        bar.set_message(self.say(th, en));
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}") {
            bar.set_style(style);
        }
        bar
    }

    /// A moving sign for work whose length nobody knows; silent where nobody watches.
    pub(crate) fn spinner(&self, th: &'static str, en: &'static str) -> ProgressBar {
        if !self.interactive {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        bar.set_message(self.say(th, en));
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }
}

/// `SOURCE_DATE_EPOCH` in seconds, if it is set. [`check_epoch`] has looked at it before any command runs.
pub(crate) fn source_date_epoch() -> Option<i64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()
}

/// Whether `SOURCE_DATE_EPOCH` is missing, empty, or a second between 1970 and 9999.
pub(crate) fn check_epoch() -> bool {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) if text.trim().is_empty() => true,
        Ok(text) => text.trim().parse().is_ok_and(|seconds: i64| (0..=253_402_300_799).contains(&seconds)),
        Err(error) => error == std::env::VarError::NotPresent,
    }
}

/// The day of `SOURCE_DATE_EPOCH`, else today in Thailand.
pub(crate) fn this_day() -> Date {
    let now = || {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64 + 7 * 3600)
    };
    let seconds = source_date_epoch().unwrap_or_else(now);
    Date::from_days(seconds.div_euclid(86_400)).unwrap_or(Date { year: 1970, month: 1, day: 1 })
}
