//! The loop that turns changes into generations.

use super::event::{Event, Options};
use super::findings;
use super::generation::{Answer, Generation};
use super::live::Live;
use super::media::Media;
use super::watch::{State, Sum, Told, Watch};
use crate::content::last_load::LastLoad;
use crate::diagnostics::Diagnostic;
use crate::html::on_demand::Look;
use crate::pipeline;
use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// Findings, what browsers are told of them, and the state to show with whether it is without errors.
type Attempt = (Vec<Diagnostic>, Vec<Diagnostic>, Option<(Arc<Generation>, bool)>);

/// Builds and builds again.
pub struct Builder {
    root: PathBuf,
    options: pipeline::Options,
    live: Arc<Live>,
    media: Arc<Media>,
    last: LastLoad,
    look: Option<(Sum, Arc<Look>)>,
    /// Whether what is shown has no errors.
    sound: bool,
    address: SocketAddr,
    tell: Box<dyn Fn(Event<'_>) + Send>,
}

impl Builder {
    /// For a portal that is served at `address`.
    pub fn new(
        root: &Path,
        options: &Options,
        address: SocketAddr,
        live: Arc<Live>,
        tell: Box<dyn Fn(Event<'_>) + Send>,
    ) -> Builder {
        let options = pipeline::Options {
            drafts: options.drafts,
            base_url: Some(format!("http://{address}/")),
            epoch: options.epoch,
            portable: true,
            ..pipeline::Options::default()
        };
        Builder {
            root: root.to_path_buf(),
            options,
            live,
            media: Arc::new(Media::new(root)),
            last: LastLoad::remembering(),
            look: None,
            sound: false,
            address,
            tell,
        }
    }

    /// Runs until the server stops.
    pub fn run(mut self) {
        let (mut watch, failed) = Watch::new(&self.root);
        if let Some(reason) = failed {
            (self.tell)(Event::Polling(reason));
        }
        let mut state = State::read(&self.root);
        self.build(state.look, None);
        (self.tell)(Event::Ready(self.address));
        while !self.live.is_stopped() {
            let before = state.all;
            let touched = match watch.wait() {
                Told::Files(paths) => state.update(&self.root, &paths),
                Told::Anything => None,
            };
            if touched.is_none() {
                state = State::read(&self.root);
            }
            if state.all != before && !self.live.is_stopped() {
                self.build(state.look, touched);
            }
        }
    }

    /// Builds anew; `touched` are the only files that changed since the last time, where that is known.
    fn build(&mut self, look: Sum, touched: Option<HashSet<String>>) {
        let started = Instant::now();
        if let Some(touched) = touched {
            self.last.changed(touched);
        }
        let (found, told, shown) = self.attempt(look);
        if let Some((_, sound)) = &shown {
            self.sound = *sound;
        }
        let shown = shown.map(|(generation, _)| generation);
        let errors = found.iter().any(Diagnostic::is_error);
        self.live.show(shown, told);
        let took = started.elapsed();
        (self.tell)(if errors { Event::Kept(took, &found) } else { Event::Shown(took, &found) });
    }

    /// Findings, what browsers are told of them, and the new state with its soundness where it is to be shown.
    fn attempt(&mut self, look: Sum) -> Attempt {
        let prepared = pipeline::prepare_with(&self.root, &self.options, &mut self.last);
        let prepared = Arc::new(prepared);
        let mut found = prepared.diagnostics.clone();
        let mut shown = None;
        if !prepared.has_errors() || !self.sound {
            match self.generation(&prepared, look) {
                Ok(generation) => {
                    found.extend(self.try_pages(&generation));
                    let sound = !found.iter().any(Diagnostic::is_error);
                    if sound || !self.sound {
                        shown = Some((Arc::new(generation), sound));
                    }
                }
                Err(diagnostic) => found.push(*diagnostic),
            }
        }
        let told = findings::for_browsers(&found, &prepared.site.public);
        (found, told, shown)
    }

    fn generation(&mut self, prepared: &Arc<pipeline::Prepared>, sum: Sum) -> Result<Generation, Box<Diagnostic>> {
        let look = match &self.look {
            Some((of, look)) if *of == sum => look.clone(),
            _ => {
                let look = Arc::new(Look::of(&prepared.theme)?);
                self.look = Some((sum, look.clone()));
                look
            }
        };
        Generation::start(prepared.clone(), look, self.media.clone()).map_err(|error| {
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
