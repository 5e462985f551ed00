//! Entries: typed pages of the portal.

use super::index_vec::KindId;
use super::lang::Lang;
use super::source::{SourceId, Span};
use super::value::{Located, Value};
use crate::text::era::Date;
use serde::Deserialize;
use std::sync::Arc;

/// Who may see a thing. The greater is the stricter: what has several sources is as public as the greatest of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Published.
    #[default]
    Public,
    /// Never leaves the content folder.
    Internal,
}

/// One entry: an id, a kind, values per field and a Markdown body.
#[derive(Debug, Clone)]
pub struct Entry {
    /// ASCII id, unique over all kinds ignoring case; translations share it.
    pub id: Arc<str>,
    /// Its kind.
    pub kind: KindId,
    /// Language of this text.
    pub lang: Lang,
    /// Whether that is the main language of the portal: then it is the original of its translations.
    pub main: bool,
    /// Title as shown.
    pub title: String,
    /// English title, may be empty.
    pub title_en: String,
    /// Sort key of the title as it was loaded; see [`Entry::title_key`].
    pub sort_key: Vec<u8>,
    /// One sentence, at most 200 characters; may be empty.
    pub summary: String,
    /// Other names by which people look for it.
    pub names: Vec<String>,
    /// Old addresses that redirect here, relative to the site's root.
    pub aliases: Vec<Located>,
    /// Name in navigation where it is another than the title; may be empty.
    pub menu: String,
    /// Place among the plain pages of its folder: the smaller the earlier.
    pub weight: Option<f64>,
    /// Open tags.
    pub tags: Vec<String>,
    /// Whether the entry is published at all.
    pub visibility: Visibility,
    /// Ids of body sections that stay internal.
    pub internal_sections: Vec<String>,
    /// Drafts are checked, and shown in the preview only.
    pub draft: bool,
    /// Sample content, not a record of a real school.
    pub illustrative: bool,
    /// Day of the last change of content.
    pub updated: Option<Date>,
    /// Day of first publication.
    pub published: Option<Date>,
    /// Reason for personal data that is published on purpose.
    pub allow_personal: Option<Allowance>,
    /// One optional value per field of the kind, in schema order.
    pub fields: Vec<Option<Located>>,
    /// Site path without language folder, e.g. `networks/nw-001.html`.
    pub address: String,
    /// File of the front matter (or the table).
    pub source: SourceId,
    /// Where the entry starts in its file (line of the id in tables).
    pub span: Span,
    /// Where the values of the written keys stand: `(key, span)`.
    pub keys: Vec<(String, Span)>,
    /// The Markdown body; `None` for entries of tables.
    pub body: Option<Body>,
    /// Whether a file with front matter or a table made it: rules are stricter than on plain pages.
    pub typed: bool,
    /// Id of the entry in whose table it is a row.
    pub row_of: Option<String>,
}

/// A Markdown body: a byte range of its source file.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    /// The file.
    pub source: SourceId,
    /// Range of the body.
    pub span: Span,
}

/// A stated reason for publishing data that looks personal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// Why it may be published.
    pub reason: String,
    /// Role of who allowed it; may be empty.
    #[serde(default)]
    pub by: String,
    /// Day on which it was allowed.
    #[serde(default)]
    pub date: Option<Date>,
    /// Diagnostic codes it covers; without them: all.
    #[serde(default, deserialize_with = "some")]
    pub codes: Vec<String>,
}

/// A list that is written has something in it: none would allow everything.
fn some<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let list = Vec::<String>::deserialize(from)?;
    if list.is_empty() {
        Err(serde::de::Error::custom("codes is empty: name some, or leave it out for all"))
    } else {
        Ok(list)
    }
}

impl Entry {
    /// Says that an entry of a Markdown file is in another place of the list of files.
    pub fn relocate(&mut self, to: SourceId) {
        self.source = to;
        if let Some(body) = &mut self.body {
            body.source = to;
        }
        let fields = self.fields.iter_mut().flatten();
        fields.chain(&mut self.aliases).for_each(|value| value.relocate(to));
    }

    /// The sort key of the title in the order of its language, made at most once: a key ends with its text.
    pub fn title_key(&self) -> Vec<u8> {
        let made = self.sort_key.strip_suffix(self.title.as_bytes());
        match made.and_then(<[u8]>::last) {
            Some(0) => self.sort_key.clone(),
            _ => crate::text::collate::sort_key(self.lang.code(), &self.title),
        }
    }

    /// The value of a field by position, if it is there and not empty.
    pub fn value(&self, field: usize) -> Option<&Value> {
        self.fields.get(field)?.as_ref().map(|l| &l.value).filter(|v| !v.is_empty())
    }

    /// Where a reserved key or else the entry itself is.
    pub fn key_span(&self, key: &str) -> Span {
        self.keys.iter().find(|(k, _)| k == key).map_or(self.span, |(_, span)| *span)
    }

    /// Path of the page in the site: language folder and address.
    pub fn path(&self) -> String {
        if self.main { self.address.clone() } else { format!("{}/{}", self.lang.code(), self.address) }
    }

    /// Title in a language: the English title stands in where a page in English is asked for and there is none.
    pub fn title_in(&self, lang: Lang) -> &str {
        if lang == Lang::EN && !self.title_en.is_empty() { &self.title_en } else { &self.title }
    }
}
