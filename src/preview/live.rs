//! What the server shows at the moment, shared by the builder and all requests.

use super::generation::Generation;
use crate::diagnostics::Diagnostic;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::watch;

/// Pages that are tried before a new state is shown.
const RECENT: usize = 4;

/// The state after the last build.
#[derive(Debug, Clone, Default)]
pub struct Status {
    /// Number of the build, from 1; 0 before the first.
    pub number: u64,
    /// What is served; none while nothing could be rendered yet.
    pub generation: Option<Arc<Generation>>,
    /// Findings of the last build, also where it was not shown.
    pub diagnostics: Arc<Vec<Diagnostic>>,
}

/// Shared state of a preview.
#[derive(Debug)]
pub struct Live {
    status: RwLock<Status>,
    news: watch::Sender<u64>,
    stopped: AtomicBool,
    recent: Mutex<VecDeque<String>>,
    /// Tells one run of the server from another.
    pub session: String,
}

impl Default for Live {
    fn default() -> Live {
        let started = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let session = format!("{:x}-{:x}", started.map_or(0, |d| d.as_nanos()), std::process::id());
        Live {
            status: RwLock::default(),
            news: watch::Sender::new(0),
            stopped: AtomicBool::new(false),
            recent: Mutex::default(),
            session,
        }
    }
}

impl Live {
    /// The state now.
    pub fn status(&self) -> Status {
        self.status.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Shows a new state and wakes everyone who waits.
    pub fn show(&self, generation: Option<Arc<Generation>>, diagnostics: Vec<Diagnostic>) {
        let mut status = self.status.write().unwrap_or_else(PoisonError::into_inner);
        status.number += 1;
        status.diagnostics = Arc::new(diagnostics);
        let old = match generation {
            Some(new) => status.generation.replace(new),
            None => None,
        };
        let number = status.number;
        drop(status);
        self.news.send_replace(number);
        drop(old);
    }

    /// Ends the server; everyone who waits is answered.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.news.send_modify(|_| {});
    }

    /// Whether the server ends.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    /// A receiver of build numbers.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// Waits until the server ends.
    pub async fn stopping(&self) {
        let mut news = self.subscribe();
        while !self.is_stopped() && news.changed().await.is_ok() {}
    }

    /// Remembers a page that a browser shows.
    pub fn visited(&self, path: &str) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.retain(|p| p != path);
        recent.push_front(path.to_owned());
        recent.truncate(RECENT);
    }

    /// Pages that browsers showed last.
    pub fn recent(&self) -> Vec<String> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}
