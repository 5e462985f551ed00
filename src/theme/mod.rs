//! The theme: templates, words and static files, as loaded from the program and the portal.

mod files;
mod load;
pub(crate) mod minify;
mod words;

pub(crate) use files::*;
pub use load::built_in;
pub(crate) use load::{line, load};
