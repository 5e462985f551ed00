//! `sala check`: every finding in one run, on standard output in the format asked for.

use super::args::CheckArgs;
use super::exit::Exit;
use super::terminal::{Terminal, source_date_epoch};
use crate::cache::read_text;
use crate::check::{Context, personal};
use crate::content;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::print::{Format, print, summary};
use crate::model::Lang;
use crate::model::index::Index;
use crate::pipeline;
use std::io::Write;
use std::path::Path;

pub(super) fn run(root: &Path, options: &CheckArgs, terminal: &Terminal) -> Exit {
    let options_of_build =
        pipeline::Options { strict: options.strict, epoch: source_date_epoch(), trial: true, ..Default::default() };
    if options.allowances {
        return allowances(root, options.format, terminal);
    }
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

/// Lists which pages allow personal data: what, why, by whom and since when.
fn allowances(root: &Path, format: Format, terminal: &Terminal) -> Exit {
    let (portal, _) = content::load(root);
    let index = Index::new(&portal);
    let context = Context::new(&portal, &index);
    let mut count = 0;
    let settings = read_text(&root.join(content::PORTAL_FILE)).unwrap_or_default();
    let line = settings.lines().position(|line| line.trim_start().starts_with("[allow_personal]")).map_or(0, |n| n + 1);
    let own = portal.config.allow_personal.iter().map(|allowance| (content::PORTAL_FILE, line, "", allowance));
    let pages = personal::allowances(&context).map(|(source, line, entry, a)| (&*source.path, line, &*entry.id, a));
    for (path, line, id, allowance) in own.chain(pages) {
        count += 1;
        let date = allowance.date.map(|d| d.iso()).unwrap_or_default();
        let codes = if allowance.codes.is_empty() { "S601–S605".to_string() } else { allowance.codes.join(" ") };
        terminal.data(&match format {
            Format::Json => serde_json::json!({
                "file": path, "line": line, "id": id, "codes": allowance.codes,
                "reason": allowance.reason, "by": allowance.by, "date": date,
            })
            .to_string(),
            _ => format!("{path}:{line}  {codes}  {}  {}  {date}", allowance.reason, allowance.by),
        });
    }
    terminal.message(&match terminal.lang {
        Lang::TH => format!("มี {count} ที่ที่อนุญาตให้มีข้อมูลส่วนบุคคล"),
        _ => format!("{count} place(s) allow personal data"),
    });
    Exit::Done
}
