//! Order of the entries of a kind: its `sort` keys, then the alphabet of the language, then ids.

use crate::model::{ByKind, ByLang, Entry, EntryId, FieldDef, KindDef, Value};
use crate::text::collate::sort_key;
use crate::visibility::Public;
use rayon::prelude::*;
use std::cmp::Ordering;

/// A key by which a value sorts: absent values come last.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Key {
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

/// The key of `name`, or of `-name` for the greatest first.
fn key(public: &Public, kind: &KindDef, entry: &Entry, name: &str) -> Key {
    let (latest, name) = name.strip_prefix('-').map_or((false, name), |name| (true, name));
    if is_own(name) {
        return own_key(entry, name);
    }
    let Some(field) = kind.field_index(name) else {
        return Key::None;
    };
    let values = entry.value(field).map(Value::items).unwrap_or_default();
    value_key(public, &kind.fields[field], entry, &values, latest)
}

/// Whether every entry has what is named, whatever its kind.
pub(crate) fn is_own(name: &str) -> bool {
    ["title", "id", "updated", "published"].contains(&name)
}

/// The key of what every entry has.
pub(crate) fn own_key(entry: &Entry, name: &str) -> Key {
    let date = |d: Option<crate::text::era::Date>| d.map_or(Key::None, |d| Key::Number(d.days() as f64));
    match name {
        "title" => Key::Bytes(entry.title_key()),
        "id" => Key::Bytes(entry.id.as_bytes().to_vec()),
        "updated" => date(entry.updated),
        _ => date(entry.published),
    }
}

/// The key of the first of some values; of several years that of the first, or of the last where the latest stands first.
pub(crate) fn value_key(public: &Public, def: &FieldDef, entry: &Entry, values: &[&Value], latest: bool) -> Key {
    let years = values.iter().map(|value| if let Value::Year(year) = value { Some(year.be) } else { None });
    if let Some(years) = years.collect::<Option<Vec<i32>>>() {
        let year = if latest { years.into_iter().max() } else { years.into_iter().min() };
        return year.map_or(Key::None, |be| Key::Number(f64::from(be)));
    }
    match values[0] {
        Value::Date(d) | Value::Period(d, _) => Key::Number(d.days() as f64),
        Value::Term(term) => match public.schema.vocabulary_of(def) {
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
    let one = |(i, (a, b)): (usize, (&Key, &Key))| compare_by(kind.sort.get(i).map_or("", String::as_str), a, b);
    a.iter().zip(b).enumerate().map(one).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// The order of two keys of `name`, or of `-name`: what is absent comes last either way.
pub(crate) fn compare_by(name: &str, a: &Key, b: &Key) -> Ordering {
    let order = match (a, b) {
        (Key::None, Key::None) => Ordering::Equal,
        (Key::None, _) => return Ordering::Greater,
        (_, Key::None) => return Ordering::Less,
        (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
        (Key::Bytes(a), Key::Bytes(b)) => a.cmp(b),
        (Key::Number(_), Key::Bytes(_)) => Ordering::Less,
        (Key::Bytes(_), Key::Number(_)) => Ordering::Greater,
    };
    if name.starts_with('-') { order.reverse() } else { order }
}
