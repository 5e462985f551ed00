//! One loaded state of the portal, which renders pages when they are asked for.
//!
//! A generation has a thread of its own that holds the page contexts; it ends when the last handle is dropped.

use super::media::Media;
use crate::diagnostics::Diagnostic;
use crate::html::Input;
use crate::html::on_demand::{OnDemand, ThemeAssets};
use crate::model::ids::media_address;
use crate::pipeline::{HeldPage, Prepared, handouts};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::oneshot;

/// An answer to a request for a file.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The bytes, and a text that changes when what a reader sees changes.
    Found(Arc<Vec<u8>>, String),
    /// The site has no such file.
    Missing,
    /// A template fails on this page.
    Broken(Box<Diagnostic>),
}

struct Job {
    path: String,
    reply: oneshot::Sender<Answer>,
}

/// A loaded state of the portal.
#[derive(Debug)]
pub struct Generation {
    jobs: Sender<Job>,
    /// Site, theme and findings.
    pub prepared: Arc<Prepared>,
    /// The last state that held no page back: pages that are held back now are shown as they were.
    before: Option<Arc<Generation>>,
    /// Whether drafts are shown.
    drafts: bool,
}

impl Generation {
    /// Starts the thread. With the state of before it is said whether drafts are shown.
    ///
    /// # Errors
    /// What the system says.
    pub fn start(
        prepared: Arc<Prepared>,
        theme: Arc<ThemeAssets>,
        media: Arc<Media>,
        before: Option<(Arc<Generation>, bool)>,
    ) -> std::io::Result<Generation> {
        let (jobs, todo) = channel();
        let own = prepared.clone();
        std::thread::Builder::new()
            .name("pages".into())
            .stack_size(16 << 20)
            .spawn(move || work(&own, &theme, &media, &todo))?;
        // One state of before is enough: an older one is let go.
        let before = before.filter(|_| !prepared.held.pages.is_empty());
        let drafts = before.as_ref().is_some_and(|(_, drafts)| *drafts);
        Ok(Generation { jobs, prepared, before: before.map(|(before, _)| before), drafts })
    }

    /// Asks for a file by its address in the site.
    pub async fn file(&self, path: &str) -> Answer {
        match self.ask(path).await.unwrap_or(Answer::Missing) {
            Answer::Missing => match self.before_held(path) {
                Some(before) => before.ask(path).await.unwrap_or(Answer::Missing),
                None => Answer::Missing,
            },
            answer => answer,
        }
    }

    /// The state that still shows a page which is held back now.
    fn before_held(&self, path: &str) -> Option<&Generation> {
        // One that says by now that it is internal or a draft is shown no longer.
        let open = |page: &&HeldPage| page.public && (self.drafts || !page.draft) || page.unread;
        let held = self.prepared.held.pages.iter().filter(open).any(|page| page.path == path);
        self.before.as_deref().filter(|_| held)
    }

    /// As [`Generation::file`], outside of asynchronous code.
    pub fn file_now(&self, path: &str) -> Answer {
        self.ask(path).blocking_recv().unwrap_or(Answer::Missing)
    }

    fn ask(&self, path: &str) -> oneshot::Receiver<Answer> {
        let (reply, answer) = oneshot::channel();
        let _ = self.jobs.send(Job { path: path.to_owned(), reply });
        answer
    }
}

/// A handout, made in a thread of its own so that pages do not wait for it.
fn print(prepared: &Arc<Prepared>, media: &Arc<Media>, job: Job) {
    let (prepared, media) = (prepared.clone(), media.clone());
    std::thread::spawn(move || {
        let (site, theme) = (&prepared.site, &prepared.theme);
        let made = handouts::one(media.root(), site, theme, &*media, &job.path);
        let _ = job.reply.send(match made {
            Some(Ok(bytes)) => {
                let version = blake3::hash(&bytes).to_hex()[..16].to_owned();
                Answer::Found(Arc::new(bytes), version)
            }
            Some(Err(diagnostic)) => Answer::Broken(Box::new(diagnostic)),
            None => Answer::Missing,
        });
    });
}

fn work(prepared: &Arc<Prepared>, theme: &ThemeAssets, media: &Arc<Media>, todo: &Receiver<Job>) {
    let public = &prepared.site.public;
    let handouts = handouts::links(&prepared.site);
    let input = Input {
        site: &prepared.site,
        theme: &prepared.theme,
        files: &**media,
        handouts: &handouts,
        search: public.config.search.enabled,
    };
    let sizes = media.sizes(&public.media);
    let names: HashMap<String, &str> = public.media.iter().map(|m| (media_address(&m.path), m.path.as_str())).collect();
    let pictures = media.hash(&public.media);
    let pages = OnDemand::new(&input, theme, &sizes);
    let found = |bytes: Vec<u8>| {
        let mut hash = blake3::Hasher::new();
        hash.update(&bytes);
        hash.update(pictures.as_bytes());
        Answer::Found(Arc::new(bytes), hash.finalize().to_hex()[..16].to_owned())
    };
    for job in todo {
        if job.path.starts_with("handouts/") {
            print(prepared, media, job);
            continue;
        }
        let of_media = names.get(&job.path).and_then(|path| media.get(path));
        let answer = match of_media {
            Some(cleaned) => found(cleaned.bytes.clone()),
            None => match pages.file(&job.path) {
                Ok(Some(bytes)) => found(bytes.into_owned()),
                Ok(None) => Answer::Missing,
                Err(diagnostic) => Answer::Broken(diagnostic),
            },
        };
        let _ = job.reply.send(answer);
    }
}
