//! One test binary: every file of this folder is a module.

mod author;
mod browser;
mod bundle;
mod command_line;
mod docs;
mod fixture;
mod forms_life;
mod handout;
mod incremental;
#[path = "../leaks/mod.rs"]
mod leaks;
mod markdown;
mod markdown_dialects;
mod markdown_spec;
mod packages;
mod personal;
mod portal;
mod programme;
mod publish;
mod publishing;
mod reference;
mod render;
mod search_again;
mod search_bench;
mod search_cases;
mod search_eval;
mod search_judged;
mod search_pages;
mod search_parity;
mod serve;
mod thai;
mod theme;
mod tools;
mod tutorial;
mod values;
mod views;
