//! The portal as data: languages, configuration, schema, values and entries.
//!
//! No type in here reads or writes files, and none knows a kind or a field of any particular portal:
//! those come from `content/_schema` as [`schema::Schema`].

pub(crate) mod arrangement;
pub(crate) mod body_analysis;
pub(crate) mod config;
pub(crate) mod drawing;
pub(crate) mod endings;
pub(crate) mod entry;
mod field_type;
pub(crate) mod held;
pub(crate) mod ids;
pub(crate) mod index;
mod index_vec;
pub(crate) mod lang;
pub(crate) mod layout;
pub(crate) mod listed;
pub(crate) mod pattern;
pub(crate) mod places;
mod portal;
pub(crate) mod product;
mod role;
pub(crate) mod rows;
pub(crate) mod schema;
mod section;
pub(crate) mod since;
pub(crate) mod source;
pub(crate) mod text;
pub(crate) mod texts;
pub(crate) mod time;
pub(crate) mod value;
mod vocabulary;

pub(crate) use body_analysis::BodyAnalysis;
pub(crate) use config::Config;
pub(crate) use entry::{Entry, Visibility};
pub use index_vec::KindId;
pub(crate) use index_vec::{ByEntry, ByKind, EntryId, Id};
pub(crate) use lang::ByLang;
pub use lang::{Label, Lang};
pub(crate) use portal::MediaFile;
pub use portal::Portal;
pub(crate) use role::Role;
pub use schema::Schema;
pub(crate) use schema::{FieldDef, FieldType, GroupDef, KindDef, SectionDef, ShareDef};
pub(crate) use source::Span;
pub use source::{SourceFile, SourceId};
pub(crate) use text::Text;
pub(crate) use texts::{PublicText, public_tables, public_texts, shared_texts};
pub(crate) use value::{Located, Value};
