//! The small world that a Typst template sees: the templates and fonts, the job's data, pictures of the portal.
//! Nothing else exists: no system font, no package, no clock, no network.

use std::path::PathBuf;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::template_texts;
use super::typesetter::{Typesetter, file_id};

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
        let found = |id: FileId| self.typesetter.sources.get(&id).cloned();
        found(id).or_else(|| found(without_marks(id)?)).ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.held(id).or_else(|| self.held(without_marks(id)?)).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.typesetter.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

impl TypstWorld<'_> {
    /// The bytes of a file of this world.
    fn held(&self, id: FileId) -> Option<Bytes> {
        if id == self.typesetter.data_id {
            return Some(self.data.clone());
        }
        if let Some((_, bytes)) = self.extra.iter().find(|(other, _)| *other == id) {
            return Some(bytes.clone());
        }
        if let Some(bytes) = self.typesetter.files.get(&id) {
            return Some(bytes.clone());
        }
        self.typesetter.picture(id.get().vpath().get_without_slash().strip_prefix("media/")?)
    }
}

/// The file whose name a template has with the marks of its line ends.
fn without_marks(id: FileId) -> Option<FileId> {
    let path = id.get().vpath().get_with_slash();
    let bare = template_texts::bare_path(path);
    if bare == path { None } else { file_id(&bare) }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash()))
}
