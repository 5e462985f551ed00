//! Where a value goes: a reserved key, a field, a column of a table's row, or a section of the body.

use super::names::fold;
use crate::model::{FieldDef, FieldType, KindDef, Label, Visibility};
use std::collections::HashMap;

/// A place in an entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// The entry's id.
    Id,
    /// A reserved key, by its place in [`RESERVED`].
    Reserved(usize),
    /// A field, by position.
    Field(usize),
    /// A part of a field: `from`, `to`, `src`, `alt`, `caption`, `label`.
    Part(usize, &'static str),
    /// A column of a table's row: field, row from 0, column.
    Cell(usize, usize, usize),
    /// A section of the body, by position.
    Section(usize),
}

/// A reserved key that can be given in a table or on the command line.
pub struct Reserved {
    /// Key.
    pub key: &'static str,
    /// Type.
    pub ty: FieldType,
    /// List.
    pub many: bool,
    /// NameIndex in both languages.
    pub th: &'static str,
    /// English name.
    pub en: &'static str,
}

const fn reserved(key: &'static str, ty: FieldType, many: bool, th: &'static str, en: &'static str) -> Reserved {
    Reserved { key, ty, many, th, en }
}

/// The reserved keys in the order in which they are written.
pub const RESERVED: [Reserved; 11] = [
    reserved("title", FieldType::Text, false, "ชื่อเรื่อง", "Title"),
    reserved("title_en", FieldType::Text, false, "ชื่อเรื่องภาษาอังกฤษ", "English title"),
    reserved("summary", FieldType::Text, false, "สรุป", "Summary"),
    reserved("names", FieldType::Text, true, "ชื่ออื่น", "Other names"),
    reserved("tags", FieldType::Text, true, "แท็ก", "Tags"),
    reserved("aliases", FieldType::Text, true, "ที่อยู่เดิม", "Old addresses"),
    reserved("visibility", FieldType::Text, false, "การเผยแพร่", "Visibility"),
    reserved("draft", FieldType::Bool, false, "ฉบับร่าง", "Draft"),
    reserved("illustrative", FieldType::Bool, false, "ตัวอย่างสมมติ", "Illustrative"),
    reserved("published", FieldType::Date, false, "วันที่เผยแพร่", "Published"),
    reserved("updated", FieldType::Date, false, "วันที่ปรับปรุง", "Updated"),
];

impl Reserved {
    /// As a field, for conversion.
    pub fn field(&self) -> FieldDef {
        FieldDef {
            id: self.key.into(),
            ty: self.ty,
            many: self.many,
            label: Label::new(self.th, self.en),
            ..FieldDef::default()
        }
    }
}

/// Greatest number of a table's rows that columns of one sheet row can give.
pub const MAX_ROWS: usize = 50;

/// What the written form of a section begins with.
pub const SECTION: &str = "section:";

/// Reads the written form: `title`, `component`, `lessons.1.recommendation`, `period.from`, `section:problem`.
pub fn parse(kind: &KindDef, text: &str) -> Option<Target> {
    let text = text.trim();
    if text == "id" {
        return Some(Target::Id);
    }
    if let Some(id) = text.strip_prefix(SECTION) {
        return kind.sections.iter().position(|s| s.id == id || s.was.iter().any(|w| w == id)).map(Target::Section);
    }
    if let Some(i) = RESERVED.iter().position(|r| r.key == text) {
        return Some(Target::Reserved(i));
    }
    let mut parts = text.split('.');
    let field = kind.field_named(parts.next()?)?;
    let def = &kind.fields[field];
    match (def.ty, parts.next(), parts.next(), parts.next()) {
        (FieldType::Table, Some(row), Some(column), None) => {
            let row: usize = row.parse().ok().filter(|r| (1..=MAX_ROWS).contains(r))?;
            let column = def.column_named(column)?;
            Some(Target::Cell(field, row - 1, column))
        }
        (FieldType::Table, ..) => None,
        (_, None, None, None) => Some(Target::Field(field)),
        (ty, Some(part), None, None) if !def.many => {
            parts_of(ty).iter().find(|p| **p == part).map(|p| Target::Part(field, p))
        }
        _ => None,
    }
}

/// The parts of a value of such a type.
pub(crate) fn parts_of(ty: FieldType) -> &'static [&'static str] {
    match ty {
        FieldType::Period => &["from", "to"],
        FieldType::Image => &["src", "alt", "caption"],
        FieldType::File => &["src", "label"],
        _ => &[],
    }
}

/// The field whose value a target is.
pub(crate) fn field_of<'k>(kind: &'k KindDef, target: &Target) -> Option<&'k FieldDef> {
    match target {
        Target::Field(f) => Some(&kind.fields[*f]),
        Target::Cell(f, _, c) => Some(&kind.fields[*f].columns[*c]),
        _ => None,
    }
}

/// Whether readers see what a target takes; `visibility` and `draft` decide about it.
pub(crate) fn is_public(kind: &KindDef, target: &Target) -> bool {
    let visibility = match target {
        Target::Field(f) | Target::Part(f, _) => kind.fields[*f].visibility,
        Target::Cell(f, _, c) => kind.fields[*f].visibility.max(kind.fields[*f].columns[*c].visibility),
        Target::Section(s) => kind.sections[*s].visibility,
        Target::Reserved(i) if matches!(RESERVED[*i].key, "visibility" | "draft") => Visibility::Internal,
        Target::Id | Target::Reserved(_) => Visibility::Public,
    };
    kind.visibility == Visibility::Public && visibility == Visibility::Public
}

/// The written form of a target.
pub fn written(kind: &KindDef, target: &Target) -> String {
    let field = |i: &usize| kind.fields[*i].id.clone();
    match target {
        Target::Id => "id".into(),
        Target::Reserved(i) => RESERVED[*i].key.into(),
        Target::Field(f) => field(f),
        Target::Part(f, part) => format!("{}.{part}", field(f)),
        Target::Cell(f, row, column) => {
            format!("{}.{}.{}", field(f), row + 1, kind.fields[*f].columns[*column].id)
        }
        Target::Section(s) => format!("{SECTION}{}", kind.sections[*s].id),
    }
}

/// What a target is called in a heading.
pub fn label(kind: &KindDef, target: &Target) -> Label {
    let join = |a: &Label, middle: &str, b: &Label| {
        Label::new(
            format!("{}{middle}: {}", a.th, b.th),
            format!("{}{middle}: {}", a.get(crate::model::Lang::EN), b.get(crate::model::Lang::EN)),
        )
    };
    match target {
        Target::Id => Label::new("รหัส", "Id"),
        Target::Reserved(i) => Label::new(RESERVED[*i].th, RESERVED[*i].en),
        Target::Field(f) => kind.fields[*f].label.clone(),
        Target::Part(f, part) => join(&kind.fields[*f].label, "", &part_label(part)),
        Target::Cell(f, row, column) => {
            let def = &kind.fields[*f];
            join(&def.label, &format!(" {}", row + 1), &def.columns[*column].label)
        }
        Target::Section(s) => kind.sections[*s].label.clone(),
    }
}

pub(crate) fn part_label(part: &str) -> Label {
    match part {
        "from" => Label::new("ตั้งแต่", "from"),
        "to" => Label::new("ถึง", "to"),
        "src" => Label::new("ไฟล์", "file"),
        "alt" => Label::new("คำบรรยายแทนภาพ", "alternative text"),
        "caption" => Label::new("คำบรรยาย", "caption"),
        _ => Label::new("ชื่อที่แสดง", "label"),
    }
}

/// Finds targets by column headings: written form or label in either language, ignoring spaces, punctuation and
/// digit set. A field wins over a reserved key and a section of the same name.
pub struct Headings<'a> {
    kind: &'a KindDef,
    by_name: HashMap<String, Target>,
}

impl<'a> Headings<'a> {
    /// The headings of a kind.
    pub fn new(kind: &'a KindDef) -> Headings<'a> {
        let mut headings = Headings { kind, by_name: HashMap::new() };
        // A field that comes from a referenced entry is no place for a column, unless a map names it.
        for (f, field) in kind.fields.iter().enumerate().filter(|(_, f)| f.via.is_none()) {
            match field.ty {
                FieldType::Table => {
                    for row in 0..MAX_ROWS {
                        for column in 0..field.columns.len() {
                            headings.add(Target::Cell(f, row, column));
                        }
                    }
                }
                FieldType::Period => ["from", "to"].iter().for_each(|p| headings.add(Target::Part(f, p))),
                _ => {}
            }
            if field.ty != FieldType::Table {
                headings.add(Target::Field(f));
            }
        }
        // `รหัส` is the kind's own field where it has one of that name.
        headings.add(Target::Id);
        (0..RESERVED.len()).for_each(|i| headings.add(Target::Reserved(i)));
        (0..kind.sections.len()).for_each(|s| headings.add(Target::Section(s)));
        // Where there is one day, tables head it with its parts.
        let mut days = kind.fields.iter().enumerate().filter(|(_, f)| f.ty == FieldType::Date && f.via.is_none());
        if let (Some((day, _)), None) = (days.next(), days.next()) {
            for name in ["วันเดือนปี", "วดป"] {
                headings.by_name.entry(name.into()).or_insert(Target::Field(day));
            }
        }
        // Tables and forms ask for the name of what they list.
        let title = RESERVED.iter().position(|def| def.key == "title").map(Target::Reserved);
        for name in [format!("ชื่อ{}", kind.label.th), format!("{} name", kind.label.en)] {
            headings.by_name.entry(fold(&name)).or_insert_with(|| title.clone().unwrap_or(Target::Id));
        }
        headings
    }

    fn add(&mut self, target: Target) {
        let label = label(self.kind, &target);
        let former = match &target {
            Target::Field(f) => self.kind.fields[*f].was.as_slice(),
            Target::Section(s) => self.kind.sections[*s].was.as_slice(),
            _ => &[],
        };
        let bare = match &target {
            Target::Section(s) => std::slice::from_ref(&self.kind.sections[*s].id),
            _ => &[],
        };
        for name in [&written(self.kind, &target), &label.th, &label.en].into_iter().chain(former).chain(bare) {
            let key = fold(name);
            if !key.is_empty() {
                self.by_name.entry(key).or_insert_with(|| target.clone());
            }
        }
    }

    /// The target of a heading; `(…)` at its end and a `*` for required columns are ignored where needed.
    pub fn find(&self, heading: &str) -> Option<Target> {
        let heading = heading.trim().trim_end_matches('*').trim();
        let brackets = || heading.strip_suffix(')')?.rsplit_once('(');
        let named = || {
            let (outer, inner) = brackets()?;
            parse(self.kind, inner).filter(|t| fold(&label(self.kind, t).th) == fold(outer))
        };
        let whole = || self.by_name.get(&fold(heading)).cloned();
        let outer = || self.by_name.get(&fold(brackets()?.0)).cloned();
        parse(self.kind, heading).or_else(named).or_else(whole).or_else(outer)
    }

    /// The target that a map names, in its written form or as the page calls it.
    pub fn place(&self, name: &str) -> Option<Target> {
        parse(self.kind, name).or_else(|| self.by_name.get(&fold(name)).cloned())
    }

    /// Written forms and Thai labels, for hints.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .by_name
            .values()
            .filter(|t| !matches!(t, Target::Cell(_, row, _) if *row > 0))
            .flat_map(|t| [written(self.kind, t), label(self.kind, t).th])
            .collect();
        names.sort();
        names.dedup();
        names
    }
}
