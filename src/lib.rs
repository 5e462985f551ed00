//! Sala.

pub mod thai;
