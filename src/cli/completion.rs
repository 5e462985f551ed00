//! What a shell offers behind Tab. The program is asked at each Tab, so that it can offer what the portal at hand holds:
//! kinds, ids, codes. A portal that cannot be read offers nothing.

use crate::content;
use crate::diagnostics::Code;
use crate::model::{KindDef, Portal};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::{CompleteEnv, EnvCompleter, Shells};
use std::path::Path;

/// Set by the shell where it asks for what could follow.
const ASKED: &str = "SALA_COMPLETE";

/// Answers a shell that asks, and ends the program; else does nothing.
pub(super) fn answer(command: impl Fn() -> clap::Command) {
    CompleteEnv::with_factory(command).var(ASKED).bin("sala").complete();
}

/// The script that makes a shell ask.
pub(super) fn script(shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let shell: Option<&dyn EnvCompleter> = shells.completer(&shell.to_string());
    // Writing into memory does not fail.
    let _ = shell.map(|shell| shell.write_registration(ASKED, "sala", "sala", "sala", &mut script));
    script
}

fn portal() -> Option<Portal> {
    content::find_root(Path::new(".")).map(|root| content::load(&root).0)
}

fn offered(found: impl FnOnce(&Portal) -> Vec<CompletionCandidate>) -> Vec<CompletionCandidate> {
    portal().as_ref().map(found).unwrap_or_default()
}

/// The kinds of the portal.
pub(super) fn kinds() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        offered(|portal| {
            let label = |kind: &KindDef| kind.label.get(portal.config.main()).to_owned();
            let kinds = portal.schema.kinds.iter();
            kinds.map(|kind| CompletionCandidate::new(&kind.id).help(Some(label(kind).into()))).collect()
        })
    })
}

/// The ids of the entries in the main language.
pub(super) fn ids() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        offered(|portal| {
            let main = portal.entries.iter().filter(|entry| entry.main);
            main.map(|entry| CompletionCandidate::new(&*entry.id).help(Some(entry.title.clone().into()))).collect()
        })
    })
}

/// The codes of findings.
pub(super) fn codes() -> ArgValueCandidates {
    ArgValueCandidates::new(|| Code::ALL.iter().map(|code| CompletionCandidate::new(code.id())).collect())
}

/// The languages of messages.
pub(super) fn languages() -> ArgValueCandidates {
    ArgValueCandidates::new(|| ["th", "en"].map(CompletionCandidate::new).into())
}
