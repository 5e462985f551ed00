//! One test binary: every file of this folder is a module.

mod markdown;
mod publish;
mod search_eval;

mod handout;
mod theme;
