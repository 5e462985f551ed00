//! Kinds, fields, sections and vocabularies: the domain as data.

use super::drawing::ChartDef;
use super::entry::Visibility;
pub(crate) use super::field_type::FieldType;
use super::index_vec::{ByKind, KindId};
use super::lang::{Label, Lang};

use super::layout::{Item, Layout};
use super::pattern::Pattern;
use super::product::ProductDef;
pub(crate) use super::section::SectionDef;
use super::since::Since;
pub(crate) use super::vocabulary::Term;
pub use super::vocabulary::Vocabulary;
use indexmap::IndexMap;
use serde::Deserialize;

/// All kinds and vocabularies of a portal.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// Kinds, in order of their file names.
    pub kinds: ByKind<KindDef>,
    /// Vocabularies by id.
    pub vocabularies: IndexMap<String, Vocabulary>,
    /// Groups of words that search treats as one.
    pub synonyms: Vec<Vec<String>>,
    /// Words that no line end may split.
    pub protected: Vec<String>,
    /// Named figures of `content/_schema/figures`, by file name.
    pub figures: IndexMap<String, toml::Table>,
    /// What is printed, in order.
    pub print: Vec<ProductDef>,
}

/// A kind of entry.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindDef {
    /// ASCII id.
    pub id: String,
    /// Folder of sources under `content/` and of pages in the site.
    pub folder: String,
    /// Name of one.
    pub label: Label,
    /// Name of many.
    #[serde(default)]
    pub plural: Label,
    /// What it is, for lists and help.
    #[serde(default)]
    pub description: Label,
    /// Template under `templates/kinds/`.
    #[serde(default)]
    pub template: String,
    /// Default visibility of entries.
    #[serde(default)]
    pub visibility: Visibility,
    /// Field sets placed before the kind's own fields.
    #[serde(default)]
    pub fields_from: Vec<String>,
    /// Sort keys: field ids, `title` or `id`, `-` before one sorts descending.
    #[serde(default)]
    pub sort: Vec<String>,
    /// Fields that decide, shown on cards.
    #[serde(default)]
    pub card: Vec<String>,
    /// What its pages show, in which order.
    #[serde(default)]
    pub layout: Layout,
    /// Facets that a reader chooses by first, in order; the others are folded behind them.
    #[serde(default)]
    pub facets: Vec<String>,
    /// Ladders that readers can sort the list by; `-` before one begins at its top.
    #[serde(default)]
    pub orders: Vec<String>,
    /// Place in the main navigation.
    #[serde(default)]
    pub nav: Option<u32>,
    /// Its place in search.
    #[serde(default)]
    pub search: KindSearch,
    /// Template of its printed sheet, in `handout/`.
    #[serde(default)]
    pub handout: Option<String>,
    /// schema.org types.
    #[serde(default)]
    pub schema_org: Vec<String>,
    /// Rows of the compare view: field or section ids.
    #[serde(default)]
    pub compare: Vec<String>,
    /// Figures made on every page of the kind, after the prose.
    #[serde(default)]
    pub figures: Vec<String>,
    /// Figures made on the first page of the kind's list, before the entries.
    #[serde(default)]
    pub overview: Vec<String>,
    /// Fields by which internal entries are counted for the public; groups under three are left out.
    #[serde(default)]
    pub aggregates: Vec<String>,
    /// Shares of entries, internal ones too, that the public may see; groups under three are left out.
    #[serde(default, rename = "share")]
    pub shares: Vec<ShareDef>,
    /// Fields that make a record complete; empty: every field.
    #[serde(default)]
    pub record: Vec<String>,
    /// Former ids: `kind = "…"` of an entry is read as this kind.
    #[serde(default)]
    pub was: Vec<String>,
    /// Former folders: pages at the old addresses lead to the new ones.
    #[serde(default)]
    pub former_folders: Vec<String>,
    /// Whether the kind has a feed of its own.
    #[serde(default)]
    pub feed: bool,
    /// Whether each entry has a feed of what refers to it.
    #[serde(default)]
    pub feed_each: bool,
    /// Whether titles of entries of this kind are names that no line end splits.
    #[serde(default)]
    pub protect_titles: bool,
    /// Body sections.
    #[serde(default, rename = "section")]
    pub sections: Vec<SectionDef>,
    /// Heading groups of fields.
    #[serde(default, rename = "group")]
    pub groups: Vec<GroupDef>,
    /// Fields, those of field sets first.
    #[serde(default, rename = "field")]
    pub fields: Vec<FieldDef>,
    /// Set by the engine for the built-in kind of plain pages.
    #[serde(skip)]
    pub plain: bool,
}

/// How entries of a kind are found.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindSearch {
    /// Which of equally good matches come first, 0–9; 5 where nothing is said. Entries of lighter kinds fold under the
    /// entry that they refer to.
    #[serde(default)]
    pub weight: Option<u8>,
    /// Words besides the names of the kind by which people ask for it ("ฟอร์ม", "แบบ").
    #[serde(default)]
    pub words: Vec<String>,
    /// Questions that entries of it answer: `meaning`, `how`, `example`.
    #[serde(default)]
    pub answers: Vec<String>,
}

/// "So many of so many": entries whose field has one of some values, out of all, by one or more fields.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareDef {
    /// Name for figures.
    pub id: String,
    /// Field that is counted.
    pub field: String,
    /// Values that count.
    pub is: Vec<String>,
    /// Values of entries that are left out of both numbers.
    #[serde(default)]
    pub without: Vec<String>,
    /// Fields that make the groups.
    pub by: Vec<String>,
}

/// A heading over several fields.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupDef {
    /// Id used by fields.
    pub id: String,
    /// Heading.
    pub label: Label,
    /// A line under the heading.
    #[serde(default)]
    pub help: Label,
    /// Its fields and sections in order; its other fields follow.
    #[serde(default)]
    pub items: Vec<Item>,
    /// Whether fields without a value are shown too, as not recorded.
    #[serde(default)]
    pub missing: bool,
}

/// A field of a kind, or a column of a table field.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldDef {
    /// Key in front matter.
    pub id: String,
    /// Type.
    #[serde(rename = "type")]
    pub ty: FieldType,
    /// What the field is to the outputs: the name of a role, or empty.
    #[serde(default)]
    pub role: String,
    /// Property of schema.org by which pages tell machines the value, e.g. `educationalLevel`.
    #[serde(default)]
    pub schema_org: String,
    /// A list of values.
    #[serde(default)]
    pub many: bool,
    /// Vocabulary of term fields.
    #[serde(default)]
    pub vocabulary: Option<String>,
    /// Accept terms that the vocabulary does not hold.
    #[serde(default)]
    pub open: bool,
    /// Kinds that a reference may point to; empty: any.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Must be present.
    #[serde(default)]
    pub required: bool,
    /// Must be present from this year (of the portal's calendar) or day on; entries of before get a notice.
    #[serde(default)]
    pub required_from: Option<Since>,
    /// Former ids: entries that use one are read as before, with a notice.
    #[serde(default)]
    pub was: Vec<String>,
    /// Offered as a filter.
    #[serde(default)]
    pub facet: bool,
    /// Weight in search; 0: not indexed.
    #[serde(default)]
    pub search: Option<u8>,
    /// Internal fields are cut at the public gate.
    #[serde(default)]
    pub visibility: Visibility,
    /// Name.
    pub label: Label,
    /// What to write.
    #[serde(default)]
    pub help: Label,
    /// Unit shown after numbers.
    #[serde(default)]
    pub unit: Label,
    /// Least number or year.
    #[serde(default)]
    pub min: Option<f64>,
    /// Greatest number or year.
    #[serde(default)]
    pub max: Option<f64>,
    /// Least number of characters.
    #[serde(default)]
    pub min_length: Option<usize>,
    /// Greatest number of characters.
    #[serde(default)]
    pub max_length: Option<usize>,
    /// Least number of items or rows.
    #[serde(default)]
    pub min_items: Option<usize>,
    /// Greatest number of items or rows.
    #[serde(default)]
    pub max_items: Option<usize>,
    /// Regular expression that the text must match.
    #[serde(default)]
    pub pattern: Option<Pattern>,
    /// Heading of the backlinks on the page that a reference points to.
    #[serde(default)]
    pub inverse: Label,
    /// Value where the author gives none.
    #[serde(default)]
    pub default: Option<toml::Value>,
    /// Heading group.
    #[serde(default)]
    pub group: Option<String>,
    /// The value comes from a referenced entry: `"network.office"`; a reference to a kind in `kinds` stands for itself.
    #[serde(default)]
    pub via: Option<String>,
    /// References of this field may not form a circle.
    #[serde(default)]
    pub acyclic: bool,
    /// The values come from what refers to this entry: `"kind.field"`, or `"kind.table.column"` for the rows that do.
    /// A field of one value has that of the latest, by its day or year.
    #[serde(default)]
    pub told_by: Option<String>,
    /// The portal computes the value; one that is written by hand is a finding.
    #[serde(default)]
    pub computed: bool,
    /// Kind of the entries that the rows of a table become.
    #[serde(default)]
    pub entries: Option<String>,
    /// How a table is drawn beside its rows.
    #[serde(default)]
    pub chart: Option<ChartDef>,
    /// Columns of a table.
    #[serde(default, rename = "column")]
    pub columns: Vec<FieldDef>,
}

impl KindDef {
    /// Position of a field.
    pub fn field_index(&self, id: &str) -> Option<usize> {
        self.fields.iter().position(|f| f.id == id)
    }

    /// Position of the field that a key means, by its id or a former one.
    pub fn field_named(&self, key: &str) -> Option<usize> {
        self.field_index(key).or_else(|| self.fields.iter().position(|f| f.was.iter().any(|w| w == key)))
    }

    /// A section by id.
    pub fn section(&self, id: &str) -> Option<&SectionDef> {
        self.sections.iter().find(|s| s.id == id)
    }

    /// Site path of an entry of the kind.
    pub fn address(&self, id: &str) -> String {
        if self.folder.is_empty() { format!("{id}.html") } else { format!("{}/{id}.html", self.folder) }
    }

    /// Plural label, or the label where none is given.
    pub fn plural(&self) -> &Label {
        if self.plural.is_empty() { &self.label } else { &self.plural }
    }
}

impl FieldDef {
    /// Whether entries can be counted by the field: its values are of a closed list, none is free text.
    pub fn is_countable(&self) -> bool {
        match self.ty {
            FieldType::Term => self.vocabulary.is_some(),
            FieldType::Ref | FieldType::Bool | FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => {
                true
            }
            _ => false,
        }
    }

    /// The unit of the field's numbers: its own, or that of money. Per cent stands with each number.
    pub fn unit_in(&self, lang: Lang) -> &str {
        match (self.ty, lang) {
            _ if !self.unit.is_empty() => self.unit.get(lang),
            (FieldType::Money, Lang::TH) => "บาท",
            (FieldType::Money, _) => "baht",
            _ => "",
        }
    }

    /// Position of the column that a key means, by its id or a former one.
    pub fn column_named(&self, key: &str) -> Option<usize> {
        let own = self.columns.iter().position(|c| c.id == key);
        own.or_else(|| self.columns.iter().position(|c| c.was.iter().any(|w| w == key)))
    }

    /// Weight in search: what the schema says, else 1 for text-like types and 0 for the rest.
    pub fn search_weight(&self) -> u8 {
        self.search.unwrap_or(match self.ty {
            FieldType::Text | FieldType::Markdown | FieldType::Term | FieldType::Table => 1,
            _ => 0,
        })
    }
}

impl Schema {
    /// A kind with its id, by its id or a former one.
    pub fn kind_named(&self, id: &str) -> Option<(KindId, &KindDef)> {
        self.kind(id).or_else(|| self.kinds.iter_ids().find(|(_, k)| k.was.iter().any(|w| w == id)))
    }

    /// A kind with its number, by its id.
    pub fn kind(&self, id: &str) -> Option<(KindId, &KindDef)> {
        self.kinds.iter_ids().find(|(_, k)| k.id == id)
    }

    /// The kind whose folder holds a file of `content/` (its path from there); the deepest folder wins. Where none does, the
    /// kind that was renamed and had that folder: pages that still come there are as internal as its own.
    pub fn kind_at(&self, path: &str) -> Option<KindId> {
        // A folder that differs in case or in what nobody sees is the same on some machines: it is no way out of a kind.
        let plain = |part: &str| super::ids::plain_name(part).trim_end_matches('.').to_string();
        let parts: Vec<String> = path.rsplit_once('/')?.0.split('/').map(plain).collect();
        let inside = |folder: &str| {
            let mut own = parts.iter();
            !folder.is_empty() && folder.split('/').all(|part| own.next().is_some_and(|own| own == part))
        };
        let kinds = self.kinds.iter_ids().filter(|(_, kind)| inside(&kind.folder));
        let former = || self.kinds.iter_ids().find(|(_, kind)| kind.former_folders.iter().any(|f| inside(f)));
        kinds.max_by_key(|(_, kind)| kind.folder.len()).or_else(former).map(|(i, _)| i)
    }

    /// The built-in kind of plain pages; the loader makes sure that it exists.
    pub fn plain_kind(&self) -> KindId {
        self.kinds.position(|k| k.plain).unwrap_or_default()
    }

    /// The vocabulary of a field.
    pub fn vocabulary_of(&self, field: &FieldDef) -> Option<&Vocabulary> {
        self.vocabularies.get(field.vocabulary.as_deref()?)
    }
}
