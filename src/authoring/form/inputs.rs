//! The inputs of a kind, in the order in which people are asked: the title, the fields by their groups, the text, and
//! last what only few pages need.

use crate::authoring::target::{RESERVED, Target, part_label, parts_of, written};
use crate::model::{FieldDef, FieldType, GroupDef, KindDef, KindId, Label, Schema, Visibility};

/// The name of the text before the first section; of a page without sections, of all its text.
pub(crate) const LEAD: &str = "body:lead";

/// Inputs under one heading.
pub(crate) struct Group {
    /// Heading; empty where none is needed.
    pub label: Label,
    /// A line under it.
    pub help: Label,
    /// Few pages need them.
    pub is_folded: bool,
    /// Its inputs.
    pub inputs: Vec<Input>,
}

/// One question of a form.
pub(crate) struct Input {
    /// The written form of its target, or [`LEAD`].
    pub name: String,
    /// What it is called.
    pub label: Label,
    /// What to write.
    pub help: Label,
    /// Unit behind the value.
    pub unit: Label,
    /// How it is asked.
    pub widget: Widget,
    /// Must be answered before the page is published.
    pub is_required: bool,
    /// Its answer is never published.
    pub is_internal: bool,
}

/// How a question is asked.
pub(crate) enum Widget {
    /// One line.
    Line(FieldType),
    /// Several lines.
    Area,
    /// Markdown over many lines.
    Prose,
    /// One value a line.
    Lines(FieldType),
    /// Yes or no.
    Flag,
    /// One of these: value and label.
    Choice(Vec<(String, Label)>),
    /// Some of these.
    Choices(Vec<(String, Label)>),
    /// The name of an entry of these kinds.
    Name(Vec<String>),
    /// Names of entries, one a line.
    Names(Vec<String>),
    /// Parts of one value.
    Parts(Vec<Input>),
    /// Rows of a table with these columns; the names of the columns have no row yet.
    Rows(Vec<Input>),
}

/// The fields that people fill in: those without a group, then by group in the order of the kind.
fn arranged(kind: &KindDef) -> Vec<(Option<&GroupDef>, Vec<usize>)> {
    let asked = |f: &FieldDef| f.via.is_none() && !f.computed && f.told_by.is_none();
    let of = |group: Option<&GroupDef>| -> Vec<usize> {
        let known = |f: &FieldDef| kind.groups.iter().find(|g| f.group.as_ref() == Some(&g.id)).map(|g| &g.id);
        let fields = kind.fields.iter().enumerate().filter(|(_, f)| asked(f));
        fields.filter(|(_, f)| known(f) == group.map(|g| &g.id)).map(|(i, _)| i).collect()
    };
    let mut out = vec![(None, of(None))];
    out.extend(kind.groups.iter().map(|group| (Some(group), of(Some(group)))));
    out.retain(|(_, fields)| !fields.is_empty());
    out
}

/// Reserved keys that every page asks for, and those that few need.
const FIRST: [&str; 2] = ["title", "summary"];
const LAST: [&str; 8] = ["title_en", "names", "tags", "visibility", "illustrative", "published", "updated", "aliases"];

/// The form of a kind; the id is asked of a new page only.
pub(crate) fn groups(schema: &Schema, kind: KindId, is_new: bool) -> Vec<Group> {
    let def = &schema.kinds[kind];
    let plain = |label: Label, inputs: Vec<Input>| Group { label, help: Label::default(), is_folded: false, inputs };
    let mut out = vec![plain(Label::default(), FIRST.iter().map(|key| reserved(key)).collect())];
    let arranged = arranged(def);
    // The last group of a kind whose fields nobody must fill is about the page itself.
    let count = arranged.len();
    let is_aside =
        |i: usize, fields: &[usize]| i > 0 && i + 1 == count && fields.iter().all(|f| !def.fields[*f].required);
    let mut aside = None;
    for (i, (group, fields)) in arranged.into_iter().enumerate() {
        let made = Group {
            label: group.map(|g| g.label.clone()).unwrap_or_default(),
            help: group.map(|g| g.help.clone()).unwrap_or_default(),
            is_folded: is_aside(i, &fields),
            inputs: fields.iter().map(|f| field(schema, def, *f)).collect(),
        };
        if made.is_folded { aside = Some(made) } else { out.push(made) }
    }
    out.push(plain(Label::new("เนื้อหา", "Text"), prose(def)));
    out.extend(aside);
    let mut last: Vec<Input> = LAST.iter().map(|key| reserved(key)).collect();
    if is_new {
        let mut id = line("id", Label::new("รหัสและชื่อไฟล์", "Id and file name"), FieldType::Text);
        id.help = Label::new("เว้นว่างได้ Sala ตั้งให้จากชื่อเรื่อง", "may stay empty: it is made from the title");
        last.push(id);
    }
    out.push(Group {
        is_folded: true, ..plain(Label::new("ตั้งค่าของหน้า", "Settings of the page"), last)
    });
    out
}

fn line(name: impl Into<String>, label: Label, ty: FieldType) -> Input {
    Input {
        name: name.into(),
        label,
        help: Label::default(),
        unit: Label::default(),
        widget: Widget::Line(ty),
        is_required: false,
        is_internal: false,
    }
}

fn reserved(key: &str) -> Input {
    let def = RESERVED.iter().find(|r| r.key == key).unwrap_or(&RESERVED[0]);
    let mut input = line(key, Label::new(def.th, def.en), def.ty);
    input.is_required = key == "title";
    input.widget = match key {
        "summary" => Widget::Area,
        "visibility" => Widget::Choice(vec![
            ("public".into(), Label::new("เผยแพร่", "Public")),
            ("internal".into(), Label::new("ภายใน ไม่เผยแพร่", "Internal, not published")),
        ]),
        _ if def.many => Widget::Lines(def.ty),
        _ if def.ty == FieldType::Bool => Widget::Flag,
        _ => Widget::Line(def.ty),
    };
    if key == "summary" {
        input.help = Label::new("หนึ่งประโยค ไม่เกิน 200 อักขระ", "one sentence, at most 200 characters");
    }
    input
}

fn prose(kind: &KindDef) -> Vec<Input> {
    let alone = kind.sections.is_empty();
    let label = if alone {
        Label::new("เนื้อหา", "Text")
    } else {
        Label::new("ข้อความนำ", "Opening text")
    };
    let mut lead = line(LEAD, label, FieldType::Markdown);
    lead.widget = Widget::Prose;
    let sections = kind.sections.iter().enumerate().map(|(i, section)| Input {
        widget: Widget::Prose,
        help: section.help.clone(),
        is_required: section.required,
        is_internal: section.visibility == Visibility::Internal,
        ..line(written(kind, &Target::Section(i)), section.label.clone(), FieldType::Markdown)
    });
    // What every page has comes first; an opening text is rare where a kind has sections.
    let mut out: Vec<Input> = sections.collect();
    out.push(lead);
    out
}

fn field(schema: &Schema, kind: &KindDef, f: usize) -> Input {
    let def = &kind.fields[f];
    let name = written(kind, &Target::Field(f));
    let widget = match def.ty {
        FieldType::Table => {
            Widget::Rows(def.columns.iter().map(|column| one(schema, column, column.id.clone())).collect())
        }
        FieldType::Period if !def.many => parts(&name, def.ty, FieldType::Date),
        FieldType::Image | FieldType::File if !def.many => parts(&name, def.ty, FieldType::Text),
        _ => return one(schema, def, name),
    };
    Input { widget, ..one(schema, def, name) }
}

fn parts(name: &str, of: FieldType, ty: FieldType) -> Widget {
    Widget::Parts(parts_of(of).iter().map(|part| line(format!("{name}.{part}"), part_label(part), ty)).collect())
}

fn one(schema: &Schema, def: &FieldDef, name: String) -> Input {
    let offered = || {
        let vocabulary = schema.vocabulary_of(def).filter(|_| !def.open)?;
        Some(vocabulary.offered().map(|t| (t.id.clone(), t.label.clone())).collect::<Vec<_>>())
    };
    let widget = match (def.ty, def.many) {
        (FieldType::Term, many) => match (offered(), many) {
            (Some(terms), true) => Widget::Choices(terms),
            (Some(terms), false) => Widget::Choice(terms),
            (None, true) => Widget::Lines(def.ty),
            (None, false) => Widget::Line(def.ty),
        },
        (FieldType::Ref, true) => Widget::Names(def.kinds.clone()),
        (FieldType::Ref, false) => Widget::Name(def.kinds.clone()),
        (ty, true) => Widget::Lines(ty),
        (FieldType::Bool, _) => Widget::Flag,
        (FieldType::Markdown, _) => Widget::Area,
        (FieldType::Text, _) if def.max_length.is_none_or(|n| n > 120) && def.pattern.is_none() => Widget::Area,
        (ty, _) => Widget::Line(ty),
    };
    Input {
        name,
        label: def.label.clone(),
        help: def.help.clone(),
        unit: def.unit.clone(),
        widget,
        is_required: def.required,
        is_internal: def.visibility == Visibility::Internal,
    }
}
