//! The small world that a Typst template sees: the kit's templates and fonts, the job's data, pictures of the portal.
//! Nothing else exists: no system font, no package, no clock, no network.

use std::path::PathBuf;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::press::Press;

/// The world of one job.
pub(super) struct Sheet<'a> {
    pub press: &'a Press,
    pub main: FileId,
    /// Data of the job, `/data.json`.
    pub data: Bytes,
    /// Further files by path, for example the PDF to be imposed.
    pub extra: Vec<(FileId, Bytes)>,
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.press.sources.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.data_id {
            return Ok(self.data.clone());
        }
        if let Some((_, bytes)) = self.extra.iter().find(|(other, _)| *other == id) {
            return Ok(bytes.clone());
        }
        if let Some(bytes) = self.press.files.get(&id) {
            return Ok(bytes.clone());
        }
        if let Some(path) = id.get().vpath().get_without_slash().strip_prefix("media/") {
            return self.press.picture(path).ok_or_else(|| missing(id));
        }
        Err(missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash()))
}
