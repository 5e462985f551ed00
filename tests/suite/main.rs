//! One test binary: every file of this folder is a module.

mod markdown;
mod publish;

mod handout;
mod theme;
