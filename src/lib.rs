//! Sala.

pub mod markdown;
pub mod publish;
pub mod thai;
