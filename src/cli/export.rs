//! `sala export search`: the public documents and their field mapping, for a search server.

use super::args::{ExportArgs, Exported};
use super::exit::Exit;
use super::terminal::{Terminal, source_date_epoch};
use crate::output::{PublishError, Target};
use crate::pipeline::{self, Options, Prepared};
use crate::search;
use std::path::Path;

pub(super) fn run(root: &Path, args: &ExportArgs, terminal: &Terminal) -> Exit {
    let Exported::Search = args.what;
    let options = Options { base_url: args.base_url.clone(), epoch: source_date_epoch(), ..Options::default() };
    let prepared = pipeline::prepare(root, &options);
    if prepared.has_errors() {
        terminal.problems(&prepared.diagnostics);
        return Exit::Content;
    }
    terminal.problems(&prepared.told());
    match write(root, args, &prepared) {
        Ok(written) => {
            for (path, count) in written {
                terminal.message(&format!("{count} {}", terminal.say("เอกสาร", "documents")));
                terminal.data(&path);
            }
            if prepared.has_guarded() { Exit::Content } else { Exit::Done }
        }
        Err(error) => terminal.not_built(pipeline::stopped(error)),
    }
}

/// Writes documents and mapping of each language; gives the files of documents and how many each holds.
fn write(root: &Path, args: &ExportArgs, prepared: &Prepared) -> Result<Vec<(String, usize)>, PublishError> {
    let mut target = Target::open(&args.out, &pipeline::protected(root), args.force)?;
    let config = &prepared.site.public.config;
    for lang in config.languages() {
        for ending in ["yaml", "ndjson"] {
            target.check(&format!("sala-{}.{ending}", lang.code()))?;
        }
    }
    let mut written = Vec::new();
    for lang in config.languages() {
        let documents = search::documents(&prepared.site, lang);
        let mut text = String::new();
        for line in search::server::lines(&documents, &config.base_url) {
            text.push_str(&line);
            text.push('\n');
        }
        let code = lang.code();
        target.write(&format!("sala-{code}.yaml"), search::server::configuration(lang).as_bytes())?;
        let path = target.write(&format!("sala-{code}.ndjson"), text.as_bytes())?;
        written.push((path.display().to_string(), documents.len()));
    }
    Ok(written)
}
