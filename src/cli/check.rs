//! `sala check`: every finding in one run, on standard output in the format asked for.

use super::args::CheckArgs;
use super::exit::Exit;
use super::terminal::{Terminal, source_date_epoch};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::print::{Format, print, summary};
use crate::pipeline;
use std::io::Write;
use std::path::Path;

pub fn run(root: &Path, options: &CheckArgs, terminal: &Terminal) -> Exit {
    let options_of_build =
        pipeline::Options { strict: options.strict, epoch: source_date_epoch(), ..Default::default() };
    let diagnostics = pipeline::prepare(root, &options_of_build).diagnostics;
    let colour = terminal.colour && options.format == Format::Text;
    let text = print(&diagnostics, options.format, terminal.lang, colour);
    let _ = write!(std::io::stdout().lock(), "{text}");
    let closing = summary(&diagnostics, terminal.lang);
    if closing.is_empty() {
        terminal.message(terminal.say("ไม่พบข้อผิดพลาด", "no findings"));
    } else {
        terminal.message(&closing);
    }
    if diagnostics.iter().any(Diagnostic::is_error) { Exit::Content } else { Exit::Done }
}
