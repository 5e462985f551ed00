//! `sala check`: every finding in one run, on standard output in the format asked for.

use super::Exit;
use super::args::CheckArgs;
use super::terminal::{Terminal, source_date_epoch};
use crate::check;
use crate::derive;
use crate::diag::print::{Format, print, summary};
use crate::diag::{Diagnostic, sort};
use crate::{gate, load};
use std::io::Write;
use std::path::Path;

pub fn run(root: &Path, options: &CheckArgs, terminal: &Terminal) -> Exit {
    let mut diagnostics = all(root);
    if options.strict {
        check::promote(&mut diagnostics);
    }
    let colour = terminal.colour && options.format == Format::Text;
    let text = print(&diagnostics, options.format, terminal.lang, colour);
    let _ = write!(std::io::stdout().lock(), "{text}");
    let closing = summary(&diagnostics, terminal.lang);
    if closing.is_empty() {
        terminal.message(terminal.say("ไม่พบข้อผิดพลาด", "no findings"));
    } else {
        terminal.message(&closing);
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        Exit::Content
    } else {
        Exit::Done
    }
}

/// Findings of loading, of the rules, and of the figures that bodies ask for.
pub fn all(root: &Path) -> Vec<Diagnostic> {
    let (portal, mut diagnostics) = load::load(root);
    diagnostics.extend(check::check(&portal));
    let site = derive::derive(
        gate::open(portal, gate::Options::default()),
        source_date_epoch(),
    );
    diagnostics.extend(site.figures());
    sort(&mut diagnostics);
    diagnostics
}
