//! The command line: the only place that prints and decides exit codes.
//!
//! Data goes to standard output, messages to standard error. Each command is a file with a `run` function.

mod args;
mod build;
mod bundle;
mod check;
mod cms;
mod doctor;
mod exit;
mod explain;
pub mod fix;
mod handout;
mod import;
mod import_docx;
mod import_input;
mod init;
mod list;
mod new;
mod progress;
mod schema;
pub mod search;
mod serve;
pub mod terminal;
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
    let parsed = words::command(early.lang)
        .try_get_matches_from(words::arguments())
        .and_then(|matches| Args::from_arg_matches(&matches));
    let args = match parsed {
        Ok(args) => args,
        Err(error) => return wrong(&error, &early).into(),
    };
    let terminal = Terminal::new(args.lang);
    run(args, &terminal).into()
}

/// Shows help, or what is wrong with the call.
fn wrong(error: &clap::Error, terminal: &Terminal) -> Exit {
    let thai = (terminal.lang == Lang::Th).then(|| words::thai(error)).flatten();
    match thai {
        Some(text) => terminal.error(&text, ""),
        None => {
            let _ = error.print();
        }
    }
    if error.use_stderr() { Exit::Usage } else { Exit::Done }
}

fn run(args: Args, terminal: &Terminal) -> Exit {
    if !terminal::check_epoch() {
        terminal.error(
            "SOURCE_DATE_EPOCH ต้องเป็นจำนวนวินาทีตั้งแต่ ค.ศ. 1970 หรือไม่ตั้งไว้เลย",
            "SOURCE_DATE_EPOCH must be a number of seconds since 1970, or not set at all",
        );
        return Exit::Usage;
    }
    let portal = |terminal: &Terminal| terminal.portal(args.portal.as_deref());
    match args.command {
        Command::Explain { code } => explain::run(&code, terminal),
        Command::Completions { shell } => {
            let mut command = words::command(terminal.lang);
            clap_complete::generate(shell, &mut command, "sala", &mut std::io::stdout());
            Exit::Done
        }
        Command::Init { dir } => init::run(&dir, terminal),
        Command::New(options) => match portal(terminal) {
            Ok(root) => new::run(&root, &options, terminal),
            Err(exit) => exit,
        },
        Command::Import(options) => match portal(terminal) {
            Ok(root) => import::run(&root, &options, terminal),
            Err(exit) => exit,
        },
        Command::Undo => match portal(terminal) {
            Ok(root) => undo::run(&root, terminal),
            Err(exit) => exit,
        },
        Command::Schema(options) => match portal(terminal) {
            Ok(root) => schema::run(&root, &options, terminal),
            Err(exit) => exit,
        },
        Command::Cms(options) => match portal(terminal) {
            Ok(root) => cms::run(&root, &options, terminal),
            Err(exit) => exit,
        },
        Command::Build(options) => match portal(terminal) {
            Ok(root) => build::run(&root, &options, terminal),
            Err(exit) => exit,
        },
        Command::Check(options) => match portal(terminal) {
            Ok(root) => check::run(&root, &options, terminal),
            Err(exit) => exit,
        },
        Command::Search(options) => match portal(terminal) {
            Ok(root) => search::find(&root, options, terminal),
            Err(exit) => exit,
        },
        Command::Fix(options) => match portal(terminal) {
            Ok(root) => fix::command(&root, &options.paths, options.dry_run, terminal),
            Err(exit) => exit,
        },
        Command::Doctor => doctor::run(args.portal.as_deref(), terminal),
        Command::Bundle(options) => match portal(terminal) {
            Ok(root) => bundle::run(&root, &options, terminal),
            Err(exit) => exit,
        },
        Command::Serve(options) => match portal(terminal) {
            Ok(root) => serve::run(&root, &options, terminal),
            Err(exit) => exit,
        },
        Command::Handout(options) => match portal(terminal) {
            Ok(root) => handout::run(&root, &options, terminal),
            Err(exit) => exit,
        },
        Command::List(options) => match portal(terminal) {
            Ok(root) => list::run(&root, &options, terminal),
            Err(exit) => exit,
        },
    }
}
