//! Search in the preview: its files are made when a reader first searches, and again in the background after
//! changes; until then the earlier files answer.

use super::generation::Generation;
use crate::output::MemorySink;
use crate::pipeline;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

type Files = BTreeMap<String, Vec<u8>>;

/// The search files of the preview.
#[derive(Debug, Default)]
pub(crate) struct Searching {
    made: Mutex<Option<(Arc<Generation>, Arc<Files>)>>,
    busy: AtomicBool,
}

impl Searching {
    /// A search file by its address. Blocks while the first files are made.
    pub(crate) fn file(self: &Arc<Self>, generation: &Arc<Generation>, path: &str) -> Option<Vec<u8>> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let files = match &*made {
            Some((of, files)) => {
                if !Arc::ptr_eq(of, generation) {
                    self.renew(generation);
                }
                files.clone()
            }
            None => {
                let files = Arc::new(self.make(generation));
                *made = Some((generation.clone(), files.clone()));
                files
            }
        };
        drop(made);
        files.get(path).cloned()
    }

    fn renew(self: &Arc<Self>, generation: &Arc<Generation>) {
        if self.busy.swap(true, Ordering::SeqCst) {
            return;
        }
        let (own, generation) = (self.clone(), generation.clone());
        let started = std::thread::Builder::new().name("search".into()).spawn(move || {
            let files = Arc::new(own.make(&generation));
            *own.made.lock().unwrap_or_else(PoisonError::into_inner) = Some((generation, files));
            own.busy.store(false, Ordering::SeqCst);
        });
        if started.is_err() {
            self.busy.store(false, Ordering::SeqCst);
        }
    }

    fn make(&self, generation: &Generation) -> Files {
        let site = &generation.prepared.site;
        let made = MemorySink::default();
        for lang in site.public.config.languages() {
            // Without its files the page says that search does not work just now.
            let _ = pipeline::put_search(site, lang, &made);
        }
        made.into_files()
    }
}
