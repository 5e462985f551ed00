//! A form for one entry: its inputs, what a file puts into them, what is wrong with the answers, and the file with them.
//!
//! * [`inputs`]: the inputs of a kind, in the order in which people are asked;
//! * [`current`]: what a file holds, as the texts of the inputs; [`body`]: which text of a page belongs to which input;
//! * [`answers`]: texts to values, with what is wrong, by input;
//! * [`page`]: the file with the changed values in it; comments, other keys and unchanged values stay as they are;
//! * [`whole`]: the rules of the whole portal about the file as it would be;
//! * [`edit`]: the steps together.
//!
//! Nothing here knows HTTP or HTML.

mod answers;
mod body;
mod current;
mod edit;
pub(crate) mod inputs;
mod page;
mod whole;

pub(crate) use answers::{Answers, Finding};
pub(crate) use current::{Current, Unusable};
pub(crate) use edit::{Filled, Page};
