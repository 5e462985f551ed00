//! The portal as data: languages, configuration, schema, values and entries.
//!
//! No type in here reads or writes files, and none knows a kind or a field of any particular portal:
//! those come from `content/_schema` as [`schema::Schema`].

pub mod arrangement;
pub mod body_analysis;
pub mod config;
pub mod drawing;
pub mod entry;
mod field_type;
pub mod ids;
pub mod index;
pub mod lang;
pub mod layout;
pub mod listed;
pub mod pattern;
pub mod places;
mod portal;
mod role;
pub mod rows;
pub mod schema;
pub mod since;
pub mod source;
pub mod text;
pub mod texts;
pub mod time;
pub mod value;
mod vocabulary;

pub use body_analysis::BodyAnalysis;
pub use config::Config;
pub use entry::{Entry, Visibility};
pub use lang::{ByLang, Label, Lang};
pub use portal::{MediaFile, Portal};
pub use role::Role;
pub use schema::{FieldDef, FieldType, KindDef, Schema, SectionDef, ShareDef};
pub use source::{SourceFile, SourceId, Span};
pub use text::Text;
pub use texts::{PublicText, public_texts, shared_texts};
pub use value::{Located, Value};
