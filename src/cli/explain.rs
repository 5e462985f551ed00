//! `sala explain CODE`: what a code means and how to mend it.

use super::exit::Exit;
use super::terminal::Terminal;
use crate::diagnostics::codes::Code;
use crate::diagnostics::nearest;
use crate::diagnostics::print::severity_name;

pub(super) fn run(code: &str, terminal: &Terminal) -> Exit {
    if code.eq_ignore_ascii_case("all") {
        for code in Code::ALL {
            terminal.data(&format!("{}  {}", code.id(), code.title().get(terminal.lang)));
        }
        return Exit::Done;
    }
    let Some(code) = Code::parse(code) else {
        let near = nearest(&code.to_uppercase(), Code::ALL.iter().map(|c| c.id()));
        let (th, en) = match near {
            Some(near) => (format!(" หมายถึง {near} ใช่หรือไม่"), format!("; did you mean {near}?")),
            None => (" ดูทั้งหมดด้วย sala explain all".to_string(), "; see `sala explain all`".to_string()),
        };
        terminal.error(&format!("ไม่มีรหัส {code}{th}"), &format!("there is no code {code}{en}"));
        return Exit::Usage;
    };
    terminal.data(&format!("{} ({})", code.id(), severity_name(code.severity(), terminal.lang)));
    terminal.data(code.title().get(terminal.lang));
    terminal.data("");
    terminal.data(code.explanation().get(terminal.lang));
    Exit::Done
}
