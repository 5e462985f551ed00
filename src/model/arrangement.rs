//! The layout of a kind with every section, group and field in its place.
//!
//! Nothing public is left out: what the layout does not name follows what it names, so a field that is added or renamed is
//! shown without a change of any template.

use super::entry::Visibility;
use super::layout::Item;
use super::role::Role;
use super::schema::{FieldDef, FieldType, KindDef};

/// What an item stands for: positions in the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// A section of the schema.
    Section(usize),
    /// A group of fields.
    Group(usize),
    /// A field.
    Field(usize),
    /// The fields without a group.
    Loose,
    /// Headings of the body that the schema does not know.
    Others,
}

/// A part with its look, and for a group what it holds.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    /// What is drawn.
    pub part: Part,
    /// How it looks.
    pub item: Item,
    /// Parts of a group.
    pub parts: Vec<Placed>,
}

/// The layout of a kind with everything in its place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arrangement {
    /// The strip of facts: fields.
    pub facts: Vec<Placed>,
    /// Aims of the first button.
    pub act: Vec<Placed>,
    /// Beside the text.
    pub side: Vec<Placed>,
    /// The text, and everything that the layout does not name.
    pub body: Vec<Placed>,
    /// After the text.
    pub foot: Vec<Placed>,
}

/// What an id means in a kind.
pub(crate) fn find(kind: &KindDef, id: &str) -> Option<Part> {
    let section = |id: &str| kind.sections.iter().position(|s| s.id == id).map(Part::Section);
    let group = |id: &str| kind.groups.iter().position(|g| g.id == id).map(Part::Group);
    let field = |id: &str| kind.field_index(id).map(Part::Field);
    match id.split_once(':') {
        Some(("section", id)) => section(id),
        Some(("group", id)) => group(id),
        Some(("field", id)) => field(id),
        _ => section(id).or_else(|| group(id)).or_else(|| field(id)),
    }
}

/// Whether readers see a field on its entry's page.
pub(crate) fn is_shown(field: &FieldDef) -> bool {
    field.visibility != Visibility::Internal && !field.has(Role::Order)
}

/// Whether a field fits in the strip of facts: one short value.
fn is_fact(field: &FieldDef) -> bool {
    !matches!(field.ty, FieldType::Table | FieldType::Markdown | FieldType::Image | FieldType::File)
}

impl Arrangement {
    /// Puts every section and field of a kind into its place.
    pub(crate) fn of(kind: &KindDef) -> Arrangement {
        let layout = &kind.layout;
        let place =
            |item: &Item| find(kind, &item.id).map(|part| Placed { part, item: item.clone(), parts: Vec::new() });
        let all = |items: &[Item]| items.iter().filter_map(place).collect::<Vec<_>>();
        let card: Vec<Item> =
            kind.card.iter().map(|id| Item { id: format!("field:{id}"), ..Item::default() }).collect();
        let mut facts = all(layout.facts.as_deref().unwrap_or(&card));
        facts.retain(|p| matches!(p.part, Part::Field(f) if is_fact(&kind.fields[f]) && is_shown(&kind.fields[f])));
        let (mut side, mut body, mut foot) = (all(&layout.side), all(&layout.body), all(&layout.foot));
        // What is named somewhere is not repeated; a number of items in the strip is no value.
        let mut named: Vec<Part> = facts.iter().filter(|p| p.item.shape != COUNT).map(|p| p.part).collect();
        named.extend(facts.iter().filter_map(|p| find(kind, &p.item.note)));
        let placed: Vec<Part> = side.iter().chain(&body).chain(&foot).map(|p| p.part).collect();
        named.extend(&placed);
        named.extend(kind.groups.iter().flat_map(|g| &g.items).filter_map(|item| find(kind, &item.id)));
        let lists = [&mut side, &mut body, &mut foot];
        for list in lists.into_iter().flatten() {
            if let Part::Group(g) = list.part {
                list.parts = members(kind, g, &named, &placed);
            }
        }
        for (s, _) in kind.sections.iter().enumerate() {
            if !named.contains(&Part::Section(s)) {
                body.push(plain(Part::Section(s)));
            }
        }
        body.push(plain(Part::Others));
        for (g, _) in kind.groups.iter().enumerate().filter(|(g, _)| !named.contains(&Part::Group(*g))) {
            body.push(Placed { parts: members(kind, g, &named, &placed), ..plain(Part::Group(g)) });
        }
        let loose = kind.fields.iter().enumerate().filter(|(f, field)| {
            let grouped = |id: &String| kind.groups.iter().any(|g| g.id == *id);
            !named.contains(&Part::Field(*f)) && is_shown(field) && !field.group.as_ref().is_some_and(grouped)
        });
        let loose: Vec<Placed> = loose.map(|(f, _)| plain(Part::Field(f))).collect();
        body.push(Placed { parts: loose, ..plain(Part::Loose) });
        Arrangement { facts, act: all(&layout.act), side, body, foot }
    }
}

/// The look of a fact that shows how many items a field has.
pub(crate) const COUNT: &str = "count";

fn plain(part: Part) -> Placed {
    Placed { part, item: Item::default(), parts: Vec::new() }
}

/// What a group holds: what it names and the layout has not `placed` by itself, then its fields that nothing else names.
fn members(kind: &KindDef, g: usize, named: &[Part], placed: &[Part]) -> Vec<Placed> {
    let group = &kind.groups[g];
    let items = group.items.iter().filter_map(|item| {
        let part = find(kind, &item.id).filter(|part| !matches!(part, Part::Group(_)) && !placed.contains(part))?;
        Some(Placed { part, item: item.clone(), parts: Vec::new() })
    });
    let own = kind
        .fields
        .iter()
        .enumerate()
        .filter(|(f, field)| field.group.as_deref() == Some(&*group.id) && !named.contains(&Part::Field(*f)));
    let mut parts: Vec<Placed> = items.chain(own.map(|(f, _)| plain(Part::Field(f)))).collect();
    parts.retain(|p| !matches!(p.part, Part::Field(f) if !is_shown(&kind.fields[f])));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> KindDef {
        toml::from_str(text).expect("a kind")
    }

    const KIND: &str = r#"
id = "idea"
folder = "ideas"
label = "ก"
card = ["topic"]
[layout]
body = ["how", { id = "proof", level = 3 }, "steps"]
[[section]]
id = "why"
label = "ทำไม"
[[section]]
id = "how"
label = "อย่างไร"
[[group]]
id = "proof"
label = "หลักฐาน"
items = ["results", "why"]
[[field]]
id = "topic"
type = "text"
label = "เรื่อง"
[[field]]
id = "results"
type = "text"
label = "ผล"
[[field]]
id = "added"
type = "text"
group = "proof"
label = "เพิ่ม"
[[field]]
id = "steps"
type = "text"
label = "ขั้น"
[[field]]
id = "rest"
type = "text"
label = "อื่น"
[[field]]
id = "place"
type = "integer"
role = "order"
label = "ลำดับ"
"#;

    #[test]
    fn what_is_not_placed_follows() {
        let kind = kind(KIND);
        let arranged = Arrangement::of(&kind);
        let parts = |list: &[Placed]| list.iter().map(|p| p.part).collect::<Vec<_>>();
        assert_eq!(parts(&arranged.facts), [Part::Field(0)]);
        let (how, proof, steps) = (Part::Section(1), Part::Group(0), Part::Field(3));
        assert_eq!(parts(&arranged.body), [how, proof, steps, Part::Others, Part::Loose]);
        // A field of the group that nobody named stands at its end.
        assert_eq!(parts(&arranged.body[1].parts), [Part::Field(1), Part::Section(0), Part::Field(2)]);
        assert_eq!(parts(&arranged.body[4].parts), [Part::Field(4)]);
    }

    #[test]
    fn what_the_layout_places_by_itself_is_not_repeated_in_its_group() {
        let arranged = Arrangement::of(&kind(&KIND.replace("\"steps\"]", "\"steps\", \"results\"]")));
        let proof: Vec<_> = arranged.body[1].parts.iter().map(|p| p.part).collect();
        assert_eq!(proof, [Part::Section(0), Part::Field(2)]);
    }
}
