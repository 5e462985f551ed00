//! `layout` of an entry's view for print: the same blocks in the same order as on its page, by the names of fields and
//! sections. What they hold stands in `fields` and `sections`; templates skip what is not present.

use serde_json::{Value, json};

use crate::model::arrangement::{Arrangement, Part, Placed, is_shown};
use crate::model::schema::KindDef;
use crate::model::{EntryId, Lang};
use crate::site::Site;

/// The layout of the page of entry `i` with labels in `lang`; `word` is the heading of fields without a group.
pub(super) fn of(site: &Site, i: EntryId, lang: Lang, view: &Value, word: &str) -> Value {
    let entry = site.entry(i);
    let kind = &site.public.schema.kinds[entry.kind];
    let arranged = Arrangement::of(kind);
    let maker = Maker { kind, lang, view, word };
    json!({
        "facts": maker.blocks(&arranged.facts),
        "body": maker.blocks(&arranged.body),
        "foot": maker.blocks(&arranged.foot),
        "side": maker.blocks(&arranged.side),
    })
}

struct Maker<'a> {
    kind: &'a KindDef,
    lang: Lang,
    view: &'a Value,
    word: &'a str,
}

impl Maker<'_> {
    fn blocks(&self, list: &[Placed]) -> Vec<Value> {
        list.iter().flat_map(|placed| self.block(placed)).collect()
    }

    fn block(&self, placed: &Placed) -> Vec<Value> {
        let item = &placed.item;
        let (kind, id, label) = match placed.part {
            Part::Section(s) => {
                let section = &self.kind.sections[s];
                ("section", section.id.as_str(), section.label.get(self.lang))
            }
            Part::Field(f) if is_shown(&self.kind.fields[f]) => {
                let field = &self.kind.fields[f];
                ("field", field.id.as_str(), field.label.get(self.lang))
            }
            Part::Field(_) => return Vec::new(),
            Part::Group(g) => ("group", self.kind.groups[g].id.as_str(), self.kind.groups[g].label.get(self.lang)),
            Part::Loose => ("group", "", self.word),
            Part::Others => return self.others(),
        };
        let own = item.label.get(self.lang);
        let label = if own.is_empty() { label } else { own };
        vec![json!({
            "type": kind, "id": id, "label": if item.bare { "" } else { label }, "level": item.level.max(2),
            "view": item.shape, "note": item.note, "parts": self.blocks(&placed.parts),
        })]
    }

    /// Sections of the body that the schema does not know.
    fn others(&self) -> Vec<Value> {
        let known = |id: &str| self.kind.sections.iter().any(|s| s.id == id);
        let all = self.view["section_list"].as_array().into_iter().flatten();
        let others = all.filter(|section| !known(section["id"].as_str().unwrap_or_default()));
        let block = |section: &Value| {
            json!({ "type": "section", "id": section["id"], "label": section["label"], "level": 2, "view": "",
                "note": "", "parts": [] })
        };
        others.map(block).collect()
    }
}
