//! What is kept between runs, and how files are written: whole or not at all.
//!
//! * [`mod@write`]: the one way to replace a file ([`write_atomic`]).

mod write;

pub use write::{create_new, write_atomic};
