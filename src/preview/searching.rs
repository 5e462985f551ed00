//! Search in the preview: its files are made when a reader first searches, and again in the background after
//! changes; until then the former files answer.

use super::generation::Generation;
use super::index_folder;
use crate::html::{self, Input};
use crate::model::Lang;
use crate::output::{MemorySink, PublishError, Sink};
use crate::pipeline::{docs, static_search};
use crate::preview::media::Media;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

type Files = BTreeMap<String, Vec<u8>>;

/// The search files of the preview.
#[derive(Debug)]
pub struct Searching {
    root: PathBuf,
    media: Arc<Media>,
    made: Mutex<Option<(Arc<Generation>, Arc<Files>)>>,
    busy: AtomicBool,
}

/// Takes pages and forgets them.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: &str, _: Vec<u8>) -> Result<(), PublishError> {
        Ok(())
    }
}

impl Searching {
    /// Nothing is made yet.
    pub fn new(root: &Path) -> Searching {
        Searching {
            root: root.to_path_buf(),
            media: Arc::new(Media::new(root)),
            made: Mutex::default(),
            busy: AtomicBool::new(false),
        }
    }

    /// A search file by its address. Blocks while the first files are made.
    pub fn file(self: &Arc<Self>, generation: &Arc<Generation>, path: &str) -> Option<Vec<u8>> {
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
        let prepared = &generation.prepared;
        let site = &prepared.site;
        let folder = |lang: Lang| index_folder(&self.root).join(lang.code());
        let Ok(texts) = docs::Texts::new(site, folder) else {
            return Files::new();
        };
        let handouts = BTreeMap::new();
        let input = Input {
            site,
            theme: &prepared.theme,
            files: &*self.media,
            handouts: &handouts,
            search: true,
            texts: Some(&texts),
            former: None,
        };
        html::render(&input, &Nowhere);
        let made = MemorySink::default();
        for (lang, stock) in texts.finish().unwrap_or_default() {
            let files = static_search::Files::new(lang, &made);
            if let Ok(router) = crate::search::export_to(&stock, &files) {
                files.put(html::router_path(lang), router);
            }
        }
        made.into_files()
    }
}
