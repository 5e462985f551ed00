//! The small world that a Typst template sees: the templates and fonts, the job's data, pictures of the portal.
//! Nothing else exists: no system font, no package, no clock, no network.

use std::path::PathBuf;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::typesetter::Typesetter;

/// The world of one job.
pub(super) struct TypstWorld<'a> {
    pub typesetter: &'a Typesetter,
    pub main: FileId,
    /// Data of the job, `/data.json`.
    pub data: Bytes,
    /// Further files by path, for example the PDF to be imposed.
    pub extra: Vec<(FileId, Bytes)>,
}

impl World for TypstWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.typesetter.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.typesetter.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.typesetter.sources.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.typesetter.data_id {
            return Ok(self.data.clone());
        }
        if let Some((_, bytes)) = self.extra.iter().find(|(other, _)| *other == id) {
            return Ok(bytes.clone());
        }
        if let Some(bytes) = self.typesetter.files.get(&id) {
            return Ok(bytes.clone());
        }
        if let Some(path) = id.get().vpath().get_without_slash().strip_prefix("media/") {
            return self.typesetter.picture(path).ok_or_else(|| missing(id));
        }
        Err(missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.typesetter.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash()))
}
