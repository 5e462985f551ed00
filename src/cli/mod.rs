//! The command line: the only place that prints and decides exit codes.
//!
//! Data goes to standard output, messages to standard error. Each command is a file with a `run` function.

mod args;
mod build;
mod bundle;
mod check;
mod choices;
mod cms;
mod completion;
mod doctor;
mod due;
mod exit;
mod explain;
mod export;
pub mod fix;
mod handout;
mod import;
mod import_docx;
mod import_input;
mod init;
mod list;
mod new;
mod people;
mod progress;
mod rename;
mod schema;
pub(crate) mod search;
mod serve;
pub(crate) mod terminal;
mod timings;
mod undo;
mod words;

use crate::model::Lang;
use args::{Args, Command};
use clap::FromArgMatches;
use exit::Exit;
use std::process::ExitCode;
use terminal::Terminal;

/// Reads the arguments and runs the command.
pub fn main() -> ExitCode {
    let early = Terminal::new(words::asked());
    completion::answer(|| words::command(early.lang));
    let parsed = words::command(early.lang)
        .try_get_matches_from(words::arguments())
        .and_then(|matches| Args::from_arg_matches(&matches));
    let args = match parsed {
        Ok(args) => args,
        Err(error) => return wrong(&error, &early).into(),
    };
    let spoken = args.lang.filter(|lang| [Lang::TH, Lang::EN].contains(lang));
    let terminal = Terminal::new(spoken);
    if args.lang != spoken && !matches!(args.command, Command::Init { .. }) {
        terminal.error(
            "ข้อความของโปรแกรมมีสองภาษา: --lang th หรือ --lang en",
            "messages are in two languages: --lang th, --lang en",
        );
        return Exit::Usage.into();
    }
    run(args, &terminal).unwrap_or_else(|exit| exit).into()
}

/// Shows help, or what is wrong with the call.
fn wrong(error: &clap::Error, terminal: &Terminal) -> Exit {
    let thai = (terminal.lang == Lang::TH).then(|| words::thai(error)).flatten();
    match thai {
        Some(text) => terminal.error(&text, ""),
        None => {
            let _ = error.print();
        }
    }
    if error.use_stderr() { Exit::Usage } else { Exit::Done }
}

/// Runs the command; both sides tell how it ended, the wrong one before it began.
fn run(args: Args, terminal: &Terminal) -> Result<Exit, Exit> {
    if !terminal::check_epoch() {
        terminal.error(
            "SOURCE_DATE_EPOCH ต้องเป็นจำนวนวินาทีตั้งแต่ ค.ศ. 1970 หรือไม่ตั้งไว้เลย",
            "SOURCE_DATE_EPOCH must be a number of seconds since 1970, or not set at all",
        );
        return Err(Exit::Usage);
    }
    let root = || terminal.portal(args.portal.as_deref());
    Ok(match args.command {
        Command::Explain { code } => explain::run(&code, terminal),
        Command::Completions { shell } => {
            terminal.data(String::from_utf8_lossy(&completion::script(shell)).trim_end());
            Exit::Done
        }
        Command::Init { dir, template } => init::run(&dir, template, args.lang, terminal),
        Command::New(options) => new::run(&root()?, &options, terminal),
        Command::Import(options) => import::run(&root()?, &options, terminal),
        Command::Rename(options) => rename::run(&root()?, &options, terminal),
        Command::Undo => undo::run(&root()?, terminal),
        Command::Schema(options) => schema::run(&root()?, &options, terminal),
        Command::Cms(options) => cms::run(&root()?, &options, terminal),
        Command::Build(options) => build::run(&root()?, &options, terminal),
        Command::Check(options) => check::run(&root()?, &options, terminal),
        Command::Search(options) => search::find(&root()?, options, terminal),
        Command::Fix(options) => fix::command(&root()?, &options.paths, options.dry_run, terminal),
        Command::Doctor => doctor::run(args.portal.as_deref(), terminal),
        Command::Due(options) => due::run(&root()?, &options, terminal),
        Command::Bundle(options) => bundle::run(&root()?, &options, terminal),
        Command::Export(options) => export::run(&root()?, &options, terminal),
        Command::Serve(options) => serve::run(&root()?, &options, terminal),
        Command::Handout(options) => handout::run(&root()?, &options, terminal),
        Command::List(options) => list::run(&root()?, &options, terminal),
    })
}
