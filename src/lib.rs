//! Sala.

pub mod handout;
pub mod markdown;
pub mod publish;
pub mod thai;
