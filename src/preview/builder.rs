//! The loop that turns changes into generations.

use super::event::{Event, Options};
use super::findings;
use super::generation::{Answer, Generation};
use super::live::Live;
use super::media::Media;
use super::watch::{Change, State, Watch, WatchEvent};
use crate::content::last_load::LastLoad;
use crate::diagnostics::Diagnostic;
use crate::html::on_demand::ThemeAssets;
use crate::model::config::Broken;
use crate::pipeline;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// Findings, those that browsers show, and the state to show with whether it is without errors.
type Attempt = (Vec<Diagnostic>, Vec<Diagnostic>, Option<(Arc<Generation>, bool)>);

/// Builds and builds again.
pub(crate) struct Builder {
    root: PathBuf,
    options: pipeline::Options,
    live: Arc<Live>,
    media: Arc<Media>,
    last: pipeline::Last,
    theme: Option<Arc<ThemeAssets>>,
    /// Whether what is shown has no errors that stop it.
    valid: bool,
    /// The last state that held no page back.
    whole: Option<Arc<Generation>>,
    address: SocketAddr,
    report: Box<dyn Fn(Event<'_>) + Send>,
}

impl Builder {
    /// For a portal that is served at `address`.
    pub(crate) fn new(
        root: &Path,
        options: &Options,
        address: SocketAddr,
        live: Arc<Live>,
        report: Box<dyn Fn(Event<'_>) + Send>,
    ) -> Builder {
        let options = pipeline::Options {
            drafts: options.drafts || options.edit.is_some(),
            base_url: Some(format!("http://{address}/")),
            epoch: options.epoch,
            portable: true,
            broken: Some(Broken::Hold),
            ..pipeline::Options::default()
        };
        Builder {
            root: root.to_path_buf(),
            options,
            live,
            media: Arc::new(Media::new(root)),
            last: pipeline::Last { load: LastLoad::remembering(), theme: None },
            theme: None,
            valid: false,
            whole: None,
            address,
            report,
        }
    }

    /// Runs until the server stops.
    pub(crate) fn run(mut self) {
        let (mut watch, failed) = Watch::new(&self.root);
        if let Some(reason) = failed {
            (self.report)(Event::Polling(reason));
        }
        let mut state = State::read(&self.root);
        self.build(Change { anything: true, ..Change::default() });
        (self.report)(Event::Ready(self.address));
        while !self.live.is_stopped() {
            let change = match watch.wait() {
                WatchEvent::Files(paths) => state.update(&self.root, &paths),
                WatchEvent::Anything => None,
            };
            let change = change.unwrap_or_else(|| state.read_again(&self.root));
            if !change.is_empty() && !self.live.is_stopped() {
                self.build(change);
            }
        }
    }

    fn build(&mut self, change: Change) {
        let started = Instant::now();
        if change.theme {
            self.theme = None;
            self.last.theme = None;
        }
        if !change.anything {
            self.last.load.changed(change.files);
        }
        let (found, for_browsers, shown) = self.attempt();
        if let Some((_, valid)) = &shown {
            self.valid = *valid;
        }
        let shown = shown.map(|(generation, _)| generation);
        let errors = !self.valid || shown.is_none();
        self.live.show(shown, for_browsers);
        let took = started.elapsed();
        (self.report)(if errors { Event::Kept(took, &found) } else { Event::Shown(took, &found) });
    }

    fn attempt(&mut self) -> Attempt {
        let prepared = pipeline::prepare_with(&self.root, &self.options, &mut self.last, &pipeline::silent);
        let prepared = Arc::new(prepared);
        let mut found = prepared.diagnostics.clone();
        let mut shown = None;
        if !prepared.has_errors() || !self.valid {
            match self.generation(&prepared) {
                Ok(generation) => {
                    let broken = self.try_pages(&generation);
                    let valid = broken.is_empty() && !prepared.has_errors();
                    found.extend(broken);
                    if valid || !self.valid {
                        let generation = Arc::new(generation);
                        if valid && prepared.held.pages.is_empty() {
                            self.whole = Some(generation.clone());
                        }
                        shown = Some((generation, valid));
                    }
                }
                Err(diagnostic) => found.push(*diagnostic),
            }
        }
        let for_browsers = findings::for_browsers(&found, &prepared.site.public, &prepared.held.pages);
        (found, for_browsers, shown)
    }

    fn generation(&mut self, prepared: &Arc<pipeline::Prepared>) -> Result<Generation, Box<Diagnostic>> {
        let theme = match &self.theme {
            Some(theme) => theme.clone(),
            None => {
                self.theme.insert(Arc::new(ThemeAssets::of(&prepared.theme, &prepared.site.public.config)?)).clone()
            }
        };
        let before = self.whole.clone().map(|whole| (whole, self.options.drafts));
        Generation::start(prepared.clone(), theme, self.media.clone(), before).map_err(|error| {
            let text = error.to_string();
            Box::new(Diagnostic::new(crate::diagnostics::Code::WriteFailed, "", text.clone(), text))
        })
    }

    /// The pages that browsers show are rendered before the new state is; errors of templates turn up here.
    fn try_pages(&self, generation: &Generation) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for path in self.live.recent() {
            if let Answer::Broken(diagnostic) = generation.file_now(&path) {
                found.push(*diagnostic);
                break;
            }
        }
        found
    }
}
