//! What a template sees. Every name in every template comes from this folder and nowhere else.
//!
//! Parts that many pages share (words, kinds, assets, cards) are built once per language and depth
//! of folder and then only pointed to: cloning a template value copies a pointer.

mod answer;
mod block;
mod body;
mod browse;
mod builder;
mod card;
mod chart;
mod display;
mod entry;
mod fields;
mod front;
mod layout;
mod list;
mod matrix;
mod meta;
mod once;
mod page;
pub(super) mod paging;
mod place;
mod referrers;
mod shared;
mod tree;
mod value;
mod vocabulary;

pub(crate) use browse::{BrowseField, browse};
pub(super) use builder::Context;
pub(super) use meta::absolute;
pub(super) use page::{PageInfo, Version};
pub(super) use place::{Place, has_list};
