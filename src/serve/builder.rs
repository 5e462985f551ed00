//! The loop that turns changes into generations.

use super::generation::{Answer, Generation};
use super::live::Live;
use super::media::Media;
use super::watch::{Stamp, Watch, stamp};
use super::{Event, Options};
use crate::build;
use crate::diag::Diagnostic;
use crate::render::on_demand::Look;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// Builds and builds again.
pub struct Builder {
    root: PathBuf,
    options: build::Options,
    live: Arc<Live>,
    media: Arc<Media>,
    look: Option<(blake3::Hash, Arc<Look>)>,
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
        let options = build::Options {
            drafts: options.drafts,
            base_url: Some(format!("http://{address}/")),
            epoch: options.epoch,
            portable: true,
            ..build::Options::default()
        };
        Builder {
            root: root.to_path_buf(),
            options,
            live,
            media: Arc::new(Media::new(root)),
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
        let mut last = stamp(&self.root);
        self.build(last);
        (self.tell)(Event::Ready(self.address));
        while !self.live.is_stopped() {
            watch.wait();
            let now = stamp(&self.root);
            if now.all != last.all && !self.live.is_stopped() {
                last = now;
                self.build(now);
            }
        }
    }

    fn build(&mut self, stamp: Stamp) {
        let started = Instant::now();
        let prepared = Arc::new(build::prepare(&self.root, &self.options));
        let mut found = prepared.diagnostics.clone();
        let mut shown = None;
        if !prepared.has_errors() || !self.sound {
            match self.generation(&prepared, stamp) {
                Ok(generation) => {
                    found.extend(self.try_pages(&generation));
                    if !found.iter().any(Diagnostic::is_error) || !self.sound {
                        self.sound = !found.iter().any(Diagnostic::is_error);
                        shown = Some(Arc::new(generation));
                    }
                }
                Err(diagnostic) => found.push(*diagnostic),
            }
        }
        let errors = found.iter().any(Diagnostic::is_error);
        self.live.show(shown, found.clone());
        let took = started.elapsed();
        (self.tell)(if errors {
            Event::Kept(took, &found)
        } else {
            Event::Shown(took, &found)
        });
    }

    fn generation(
        &mut self,
        prepared: &Arc<build::Prepared>,
        stamp: Stamp,
    ) -> Result<Generation, Box<Diagnostic>> {
        let look = match &self.look {
            Some((of, look)) if *of == stamp.look => look.clone(),
            _ => {
                let look = Arc::new(Look::of(&prepared.theme)?);
                self.look = Some((stamp.look, look.clone()));
                look
            }
        };
        Generation::start(prepared.clone(), look, self.media.clone()).map_err(|error| {
            let text = error.to_string();
            Box::new(Diagnostic::new(
                crate::diag::Code::WriteFailed,
                "",
                text.clone(),
                text,
            ))
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
