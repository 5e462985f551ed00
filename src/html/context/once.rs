//! What follows from the site and the theme alone, made once for all pages.

use tera::{Map, Value as Shape};

use super::value::{key, list, map, unsplit};
use crate::markdown::Protected;
use crate::model::{ByEntry, ByKind, ByLang, FieldDef, FieldType, KindId, Lang};
use crate::site::Site;
use crate::theme::Theme;

/// Per kind, whether others belong to it.
pub(super) fn containers(site: &Site) -> ByKind<bool> {
    let schema = &site.public.schema;
    let mut found: ByKind<bool> = vec![false; schema.kinds.len()].into();
    let mut mark = |ids: &[String]| {
        for (k, _) in ids.iter().filter_map(|id| schema.kind(id)) {
            found[k] = true;
        }
    };
    for kind in &schema.kinds {
        for field in kind.fields.iter().filter(|f| f.ty == FieldType::Ref) {
            let Some((through, _)) = field.via.as_deref().and_then(|v| v.split_once('.')) else {
                continue;
            };
            mark(&field.kinds);
            if let Some(f) = kind.field_index(through) {
                mark(&kind.fields[f].kinds);
            }
        }
    }
    found
}

/// Per entry, its place in the order of its kind and language.
pub(super) fn ranks(site: &Site) -> ByEntry<u32> {
    let mut ranks: ByEntry<u32> = vec![u32::MAX; site.len()].into();
    for list in site.order.iter().flat_map(ByLang::iter) {
        for (rank, entry) in list.iter().enumerate() {
            ranks[*entry] = rank as u32;
        }
    }
    ranks
}

/// Interface words of a language, and the name of every language of the site.
pub(super) fn words(theme: &Theme, lang: Lang, languages: &[Lang]) -> Shape {
    let mut map = Map::default();
    for of in languages {
        map.insert(key(&format!("language.{}", of.code())), Shape::from(of.own_name().unwrap_or(of.code())));
    }
    for name in theme.words.keys() {
        map.insert(key(name), Shape::from(theme.words.word(lang, name)));
    }
    Shape::from(map)
}

/// Per field of a kind, the view of a field without a value.
pub(super) fn absent(site: &Site, kind: KindId, lang: Lang, protected: &Protected, theme: &Theme) -> Vec<Shape> {
    let fields = site.public.schema.kinds[kind].fields.iter();
    fields.map(|f| Shape::from(empty(site, f, lang, protected, theme))).collect()
}

fn empty(site: &Site, field: &FieldDef, lang: Lang, protected: &Protected, theme: &Theme) -> Map {
    let unit = unit(field, lang, theme);
    let ladder = site.public.schema.vocabulary_of(field).and_then(|v| {
        v.terms.iter().filter_map(|t| t.value).fold(None, |max: Option<f64>, n| Some(max.map_or(n, |m| m.max(n))))
    });
    map! {
        "id": field.id.as_str(),
        "label": field.label.get(lang),
        "label_html": unsplit(protected, field.label.get(lang)),
        "help": field.help.get(lang),
        "type": field.ty.name(),
        "group": field.group.as_deref().unwrap_or(""),
        "role": field.role.as_str(),
        "unit": unit,
        "many": field.many,
        "max": ladder.map(number),
        "present": false,
        "text": "",
        "html": "",
        "raw": (),
        "items": list(Vec::new()),
        "columns": columns(field, lang, theme, |_| true),
        "rows": list(Vec::new()),
        "records": list(Vec::new()),
        "narrow": true,
        "charts": list(Vec::new()),
        "picture": "",
        "when": "",
        "heads": list(Vec::new()),
    }
}

/// The unit of the numbers of a field or column: its own, or that of money.
pub(super) fn unit<'a>(field: &'a FieldDef, lang: Lang, theme: &'a Theme) -> &'a str {
    let own = field.unit.get(lang);
    if field.ty == FieldType::Money && own.is_empty() { theme.words.word(lang, "unit.money") } else { own }
}

/// The columns of a table; a label says the unit of the numbers below it.
pub(super) fn columns(field: &FieldDef, lang: Lang, theme: &Theme, keep: impl Fn(usize) -> bool) -> Shape {
    let columns = field.columns.iter().enumerate().filter(|(c, _)| keep(*c)).map(|(_, column)| {
        let (label, unit) = (column.label.get(lang), unit(column, lang, theme));
        let said = unit.is_empty() || label.contains(unit);
        Shape::from(map! {
            "id": column.id.as_str(),
            "label": if said { label.to_owned() } else { format!("{label} ({unit})") },
            "type": column.ty.name(),
            "unit": unit,
        })
    });
    list(columns.collect())
}

/// Whole numbers without a decimal point.
pub(super) fn number(n: f64) -> Shape {
    if n.fract() == 0.0 && n.abs() < 9e15 { Shape::from(n as i64) } else { Shape::from(n) }
}
