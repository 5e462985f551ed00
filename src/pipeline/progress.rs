//! What a build is doing, for those who watch.

use crate::output::{PublishError, Sink};

/// A step of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Files are read, with schema and theme.
    Read,
    /// Rules are checked.
    Check,
    /// The public gate is passed, and what follows from the public portal is worked out.
    Site,
    /// PDFs are made.
    Handouts,
    /// Pages are rendered; about so many files will come.
    Pages(usize),
    /// A file is done.
    File,
    /// The search is made.
    Search,
    /// The finished site takes its place.
    Swap,
}

impl Step {
    /// Its name in tables.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Step::Read => "read",
            Step::Check => "check",
            Step::Site => "site",
            Step::Handouts => "handouts",
            Step::Pages(_) => "pages",
            Step::File => "file",
            Step::Search => "search",
            Step::Swap => "publish",
        }
    }
}

/// Reporting every step, from many threads.
pub(crate) type Progress<'a> = &'a (dyn Fn(Step) + Sync);

/// Tells nobody.
pub fn silent(_: Step) {}

/// Passes files on and tells of each.
pub(super) struct Reporting<'a> {
    pub inner: &'a dyn Sink,
    pub progress: Progress<'a>,
}

impl Sink for Reporting<'_> {
    fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), PublishError> {
        self.inner.put(path, bytes)?;
        (self.progress)(Step::File);
        Ok(())
    }
}
