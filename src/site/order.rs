//! Order of the entries of a kind: its `sort` keys, then the alphabet of the language, then ids.

use crate::model::{ByKind, ByLang, Entry, EntryId, KindDef, Value};
use crate::text::collate::sort_key;
use crate::visibility::Public;
use rayon::prelude::*;
use std::cmp::Ordering;

/// A key by which a value sorts: absent values come last.
#[derive(Debug, Clone, PartialEq)]
enum Key {
    Number(f64),
    Bytes(Vec<u8>),
    None,
}

/// Per kind and language, its entries in order.
pub(crate) fn order(public: &Public) -> ByKind<ByLang<Vec<EntryId>>> {
    let languages = public.config.languages();
    let none = || ByLang::new(&languages, |_| Vec::new());
    let mut order: ByKind<ByLang<Vec<EntryId>>> = public.schema.kinds.iter().map(|_| none()).collect();
    for (i, entry) in public.entries.iter_ids() {
        if languages.contains(&entry.lang) {
            order[entry.kind][entry.lang].push(i);
        }
    }
    order.par_iter_mut().zip(&*public.schema.kinds).for_each(|(langs, kind)| {
        for list in langs.iter_mut() {
            let mut keyed: Vec<(Vec<Key>, EntryId)> =
                list.par_iter().map(|i| (keys(public, kind, &public.entries[*i]), *i)).collect();
            keyed.sort_by(|(a, i), (b, j)| {
                compare(kind, a, b).then_with(|| public.entries[*i].id.cmp(&public.entries[*j].id))
            });
            *list = keyed.into_iter().map(|(_, i)| i).collect();
        }
    });
    order
}

fn keys(public: &Public, kind: &KindDef, entry: &Entry) -> Vec<Key> {
    let mut keys: Vec<Key> = kind.sort.iter().map(|name| key(public, kind, entry, name)).collect();
    keys.push(Key::Bytes(entry.title_key()));
    keys
}

/// The key of `name`, or of `-name` for the greatest first: what has several years stands with the last of them there.
fn key(public: &Public, kind: &KindDef, entry: &Entry, name: &str) -> Key {
    let (latest, name) = name.strip_prefix('-').map_or((false, name), |name| (true, name));
    let date = |d: Option<crate::text::era::Date>| d.map_or(Key::None, |d| Key::Number(d.days() as f64));
    match name {
        "title" => return Key::Bytes(entry.title_key()),
        "id" => return Key::Bytes(entry.id.as_bytes().to_vec()),
        "updated" => return date(entry.updated),
        "published" => return date(entry.published),
        _ => {}
    }
    let Some(field) = kind.field_index(name) else {
        return Key::None;
    };
    let Some(value) = entry.value(field) else {
        return Key::None;
    };
    if let Some(years) = value.years() {
        let years = years.iter().map(|year| year.be);
        let year = if latest { years.max() } else { years.min() };
        return year.map_or(Key::None, |be| Key::Number(f64::from(be)));
    }
    let Some(first) = value.items().into_iter().next() else {
        return Key::None;
    };
    match first {
        Value::Date(d) | Value::Period(d, _) => Key::Number(d.days() as f64),
        Value::Term(term) => match public.schema.vocabulary_of(&kind.fields[field]) {
            Some(vocabulary) => Key::Number(vocabulary.position(term) as f64),
            None => Key::Bytes(sort_key(entry.lang.code(), term)),
        },
        Value::Text(text) => Key::Bytes(sort_key(entry.lang.code(), text)),
        other => match other.number() {
            Some(number) => Key::Number(number),
            None => other.key().map_or(Key::None, |k| Key::Bytes(k.into_bytes())),
        },
    }
}

fn compare(kind: &KindDef, a: &[Key], b: &[Key]) -> Ordering {
    for (i, (a, b)) in a.iter().zip(b).enumerate() {
        let order = match (a, b) {
            (Key::None, Key::None) => Ordering::Equal,
            (Key::None, _) => return Ordering::Greater,
            (_, Key::None) => return Ordering::Less,
            (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
            (Key::Bytes(a), Key::Bytes(b)) => a.cmp(b),
            (Key::Number(_), Key::Bytes(_)) => Ordering::Less,
            (Key::Bytes(_), Key::Number(_)) => Ordering::Greater,
        };
        let order = if kind.sort.get(i).is_some_and(|s| s.starts_with('-')) { order.reverse() } else { order };
        if order != Ordering::Equal {
            return order;
        }
    }
    Ordering::Equal
}
