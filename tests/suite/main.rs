//! One test binary: every file of this folder is a module.

mod handout;
mod markdown;
mod publish;
mod render;
mod search_eval;
mod theme;
