//! Publishing: a finished site replaces the old one in one step, or not at all.
//!
//! 1. [`Staging::begin`] refuses folders that are not Sala's ([`mod@guard`]), takes the lock
//!    ([`mod@lock`]), repairs what a killed build left ([`mod@swap`]) and makes a new folder next to
//!    the output.
//! 2. Render puts files into the [`Sink`], from many threads. A file that equals the published one,
//!    byte by byte, is linked, so that it keeps its time; a damaged one is written again.
//! 3. [`Staging::commit`] carries over files that Sala did not write, writes the manifest
//!    ([`mod@manifest`]) and swaps the folders.
//!
//! Invariants: before the swap the published folder is never touched; dropping a [`Staging`]
//! removes it; Sala deletes what stands at the addresses of its manifest, changed since or not, and nothing else.

mod durable;
mod error;
mod guard;
mod lock;
mod manifest;
mod path;
mod sink;
mod staging;
mod swap;
mod target;

pub use error::{PublishError, UnsafeFolder};
pub use guard::ProtectedPaths;
pub(crate) use guard::real_place;
pub use manifest::MANIFEST;
pub(crate) use path::check_path;
pub use sink::{MemorySink, Sink};
pub use staging::{Report, Staging};
pub use target::Target;
pub(crate) use target::{named, place};
