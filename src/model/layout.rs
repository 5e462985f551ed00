//! `[layout]` of a kind as it is written: what a page shows, and in which order.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::lang::Label;

/// `[layout]` of a kind. Every list may be left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Layout {
    /// Key facts in the strip under the title: fields; absent: those of the card.
    pub facts: Option<Vec<Item>>,
    /// Whether the strip also counts the entries that belong to this one.
    pub counts: bool,
    /// Whether the side tells how complete the record is.
    pub completeness: bool,
    /// Where the first button leads: the first of these that the entry has.
    pub act: Vec<Item>,
    /// Beside the text.
    pub side: Vec<Item>,
    /// The text, in order.
    pub body: Vec<Item>,
    /// After the text and after everything that is placed nowhere.
    pub foot: Vec<Item>,
}

/// A section, group or field in a layout: its id, or a table with its id and how it looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// Id; `section:`, `group:` or `field:` before it says which one is meant where several have it.
    pub id: String,
    /// Heading in place of the label.
    pub label: Label,
    /// Level of the heading: 2 or 3. 0: 2, and 3 in a group.
    pub level: u8,
    /// Name of a look of the theme, for example `steps`.
    pub shape: String,
    /// Name of an icon before the heading.
    pub icon: String,
    /// Whether a section or field has no heading of its own.
    pub bare: bool,
    /// In the strip: a field whose text stands small below the value.
    pub note: String,
}

/// The table form of an [`Item`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    id: String,
    #[serde(default)]
    label: Label,
    #[serde(default)]
    level: u8,
    #[serde(default, rename = "as")]
    shape: String,
    #[serde(default)]
    icon: String,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    note: String,
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Item;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id, or a table with `id`")
            }

            fn visit_str<E>(self, id: &str) -> Result<Item, E> {
                Ok(Item { id: id.to_owned(), ..Item::default() })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Item, A::Error> {
                let Table { id, label, level, shape, icon, bare, note } =
                    Table::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Item { id, label, level, shape, icon, bare, note })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_an_id_or_a_table() {
        let layout: Layout =
            toml::from_str("body = [\"a\", { id = \"b\", as = \"steps\", level = 3 }]").expect("a layout");
        assert_eq!(
            (layout.body[0].id.as_str(), layout.body[1].shape.as_str(), layout.body[1].level),
            ("a", "steps", 3)
        );
        let wrong = toml::from_str::<Layout>("body = [{ id = \"b\", levle = 3 }]").expect_err("a slip");
        assert!(wrong.message().contains("unknown field `levle`"), "{wrong}");
    }
}
