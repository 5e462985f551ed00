//! Digests of the parts of a site: a part whose digest is the same reads the same.

use super::reads::{Of, Read};
use super::{FacetValue, Site, lang_index};
use crate::model::facts::hash;
use crate::model::{Entry, Hash, Label, Located, Value};
use std::collections::HashMap;

/// The key of an entry, the same in every build.
pub fn key_of_entry(kind: &str, entry: &Entry) -> u64 {
    let text = format!("{kind}\0{}\0{}", entry.id, entry.lang.code());
    short(hash(text.as_bytes()))
}

/// The key of an id.
pub fn key_of_id(id: &str) -> u64 {
    let lower = id.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    match lower {
        true => short(hash(id.as_bytes())),
        false => short(hash(id.to_lowercase().as_bytes())),
    }
}

fn short(hash: Hash) -> u64 {
    u64::from_le_bytes([hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]])
}

/// Digests of a site. What a reading names and the site does not have has the digest of nothing.
#[derive(Debug)]
pub struct Digests<'a> {
    site: &'a Site,
    by_key: HashMap<u64, usize, ahash::RandomState>,
    by_id: HashMap<u64, Vec<usize>, ahash::RandomState>,
    names: Hash,
}

impl<'a> Digests<'a> {
    /// For a site; `names` is the digest of what [`Of::Names`] says.
    pub fn new(site: &'a Site, names: Hash) -> Digests<'a> {
        let mut by_id: HashMap<u64, Vec<usize>, ahash::RandomState> = HashMap::default();
        for (i, entry) in site.public.entries.iter().enumerate() {
            by_id.entry(key_of_id(&entry.id)).or_default().push(i);
        }
        let keys = site.keys.iter().enumerate();
        Digests { site, by_key: keys.map(|(i, key)| (*key, i)).collect(), by_id, names }
    }

    /// The digest of what a reading would find now. [`Of::Never`] and [`Of::Handout`] are the caller's.
    pub fn of(&self, read: Read) -> Hash {
        let site = self.site;
        let entry = || self.by_key.get(&read.key).copied();
        let kind = read.key as usize;
        let mut out = Bytes::default();
        match read.of {
            Of::Entry => {
                if let Some(i) = entry() {
                    let entry = &site.public.entries[i];
                    out.entry(entry);
                    out.text(&site.public.sources[entry.source.0 as usize].path);
                }
            }
            Of::Body => {
                if let Some(i) = entry() {
                    let entry = &site.public.entries[i];
                    return site.public.facts(entry).hash;
                }
            }
            Of::Backlinks => {
                for link in entry().map_or(&[][..], |i| &site.backlinks.unnoted()[i]) {
                    out.number(site.keys[link.from]);
                    let (field, column) = link.field.map_or((0, None), |(f, c)| (f + 1, c));
                    out.number(field as u64);
                    out.number(column.map_or(0, |c| c as u64 + 1));
                }
            }
            Of::Related => {
                let found = entry().map_or(&[][..], |i| &site.related.unnoted()[i]);
                out.entries(site, found);
            }
            Of::Members => {
                if let Some(i) = entry() {
                    let entry = &site.public.entries[i];
                    let facets = &site.facets.unnoted()[entry.kind][lang_index(entry.lang)];
                    for (f, v) in &site.members.unnoted()[i] {
                        let facet = &facets[*f as usize];
                        out.number(facet.field as u64);
                        out.text(&facet.values[*v as usize].slug);
                    }
                }
            }
            Of::Id => {
                out.entries(site, self.by_id.get(&read.key).map_or(&[][..], |i| i));
            }
            Of::Order => {
                for list in site.order.unnoted().get(kind).into_iter().flatten() {
                    out.entries(site, list);
                }
            }
            Of::Count => {
                for list in site.order.unnoted().get(kind).into_iter().flatten() {
                    out.number(list.len() as u64);
                }
            }
            Of::Facets => {
                for facets in site.facets.unnoted().get(kind).into_iter().flatten() {
                    out.number(facets.len() as u64);
                    for facet in facets {
                        out.number(facet.field as u64);
                        out.number(facet.values.len() as u64);
                        facet.values.iter().for_each(|v| out.facet_value(site, v));
                    }
                }
            }
            Of::Names => return self.names,
            Of::Never | Of::Handout => {}
        }
        hash(&out.0)
    }
}

/// Bytes that differ where the values differ.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn label(&mut self, label: &Label) {
        self.text(&label.th);
        self.text(&label.en);
    }

    fn texts(&mut self, texts: &[String]) {
        self.number(texts.len() as u64);
        texts.iter().for_each(|t| self.text(t));
    }

    fn entries(&mut self, site: &Site, entries: &[usize]) {
        self.number(entries.len() as u64);
        entries.iter().for_each(|i| self.number(site.keys[*i]));
    }

    fn facet_value(&mut self, site: &Site, value: &FacetValue) {
        let FacetValue { key, slug, label, short, description, entries } = value;
        self.text(key);
        self.text(slug);
        self.label(label);
        self.label(short);
        self.label(description);
        self.entries(site, entries);
    }

    /// Every field that output may show; places in source files are not among them.
    fn entry(&mut self, entry: &Entry) {
        let Entry {
            id,
            kind,
            lang,
            title,
            title_en,
            sort_key: _,
            summary,
            names,
            aliases,
            tags,
            visibility,
            internal_sections: _,
            draft,
            illustrative,
            updated,
            published,
            allow_personal: _,
            fields,
            address,
            source: _,
            span: _,
            keys: _,
            body,
            typed,
        } = entry;
        self.text(id);
        self.number(*kind as u64);
        self.text(lang.code());
        for text in [title, title_en, summary, address] {
            self.text(text);
        }
        self.texts(names);
        self.texts(tags);
        self.number(aliases.len() as u64);
        aliases.iter().for_each(|a| self.value(&a.value));
        for flag in [*visibility == crate::model::Visibility::Internal, *draft, *illustrative, body.is_some(), *typed] {
            self.number(u64::from(flag));
        }
        for date in [updated, published] {
            self.text(&date.map_or(String::new(), |d| d.iso()));
        }
        fields.iter().for_each(|f| self.located(f.as_ref()));
    }

    fn located(&mut self, located: Option<&Located>) {
        match located {
            Some(located) => self.value(&located.value),
            None => self.number(u64::MAX),
        }
    }

    fn value(&mut self, value: &Value) {
        let mut tag = |number: u8| self.0.push(number);
        match value {
            Value::Text(_) => tag(0),
            Value::Markdown(_) => tag(1),
            Value::Integer(_) => tag(2),
            Value::Decimal(_) => tag(3),
            Value::Money(_) => tag(4),
            Value::Percent(_) => tag(5),
            Value::Bool(_) => tag(6),
            Value::Year(_) => tag(7),
            Value::Date(_) => tag(8),
            Value::Period(..) => tag(9),
            Value::Url(_) => tag(10),
            Value::Term(_) => tag(11),
            Value::Ref(_) => tag(12),
            Value::Image { .. } => tag(13),
            Value::File { .. } => tag(14),
            Value::List(_) => tag(15),
            Value::Table(_) => tag(16),
        }
        match value {
            Value::Text(t) | Value::Markdown(t) | Value::Url(t) | Value::Term(t) | Value::Ref(t) => self.text(t),
            Value::Integer(n) => self.number(*n as u64),
            Value::Decimal(n) | Value::Money(n) | Value::Percent(n) => self.number(n.to_bits()),
            Value::Bool(b) => self.number(u64::from(*b)),
            Value::Year(year) => self.text(&format!("{year:?}")),
            Value::Date(date) => self.text(&date.iso()),
            Value::Period(from, to) => {
                self.text(&from.iso());
                self.text(&to.map_or(String::new(), |d| d.iso()));
            }
            Value::Image { src, alt, caption } => {
                [src, alt, caption].into_iter().for_each(|t| self.text(t));
            }
            Value::File { src, label } => [src, label].into_iter().for_each(|t| self.text(t)),
            Value::List(items) => {
                self.number(items.len() as u64);
                items.iter().for_each(|i| self.value(&i.value));
            }
            Value::Table(rows) => {
                self.number(rows.len() as u64);
                for row in rows {
                    self.number(row.cells.len() as u64);
                    row.cells.iter().for_each(|c| self.located(c.as_ref()));
                }
            }
        }
    }
}
