//! The columns of the tables. What a label hides stands beside it: the id, the Christian year, the address of the file.

use crate::model::{FieldDef, FieldType, Lang, Role, Visibility};
use crate::site::Site;

/// A column of a table.
#[derive(Debug, Clone)]
pub(super) struct Column<'a> {
    /// Name in the first line.
    pub name: String,
    /// Type of the cells, as a Table Schema names it.
    pub ty: &'static str,
    /// Key of the interface word that says what it holds.
    pub word: &'static str,
    /// The field that it comes from.
    pub field: Option<&'a FieldDef>,
    pub cell: Cell,
}

/// What a column takes from an entry or a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    Id,
    /// Number of the row in its entry.
    Row,
    Title,
    TitleIn(Lang),
    Summary,
    SummaryIn(Lang),
    Address,
    Url,
    Languages,
    Names,
    Tags,
    Sample,
    Licence,
    Published,
    Updated,
    /// A field of the kind, or a column of the table field.
    Value(usize, Form),
    /// What only one table has, by position.
    Own(usize),
}

/// How a value stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As text, number or day.
    Plain,
    /// The id of the term or entry whose name is in the column before.
    Id,
    /// The year of the Christian era.
    Ce,
    From,
    To,
    /// The address of the file or picture.
    File,
}

pub(super) fn public_fields(fields: &[FieldDef]) -> impl Iterator<Item = (usize, &FieldDef)> {
    fields.iter().enumerate().filter(|(_, f)| f.visibility == Visibility::Public)
}

/// The languages of a site besides the main one; English too where originals have an English title.
pub(super) fn others(site: &Site) -> Vec<Lang> {
    let mut all = site.public.config.languages();
    if site.public.entries.iter().any(|e| e.main && !e.title_en.is_empty()) && !all.contains(&Lang::EN) {
        all.push(Lang::EN);
    }
    all.retain(|lang| *lang != site.main());
    all
}

/// Columns whose names differ.
#[derive(Default)]
pub(super) struct Columns<'a>(pub Vec<Column<'a>>);

impl<'a> Columns<'a> {
    pub(super) fn add(&mut self, name: &str, ty: &'static str, word: &'static str, cell: Cell) {
        self.0.push(Column { name: name.to_owned(), ty, word, field: None, cell });
    }

    pub(super) fn in_languages(&mut self, site: &Site, names: &[(&str, &'static str)], from: usize) {
        for (at, (name, word)) in names.iter().enumerate() {
            for (l, lang) in site.public.config.languages().iter().enumerate() {
                let position = from + at * site.public.config.languages().len() + l;
                self.add(&format!("{name}_{}", suffix(*lang)), "string", word, Cell::Own(position));
            }
        }
    }

    pub(super) fn of_entry(&mut self, site: &Site) {
        self.add("id", "string", "data.column.id", Cell::Id);
        self.add("title", "string", "data.column.title", Cell::Title);
        let others = others(site);
        for lang in &others {
            self.add(&format!("title_{}", suffix(*lang)), "string", "data.column.title", Cell::TitleIn(*lang));
        }
        self.add("summary", "string", "data.column.summary", Cell::Summary);
        for lang in &others {
            self.add(&format!("summary_{}", suffix(*lang)), "string", "data.column.summary", Cell::SummaryIn(*lang));
        }
        self.add("address", "string", "data.column.address", Cell::Address);
        if !site.public.config.base_url.is_empty() {
            self.add("url", "string", "data.column.url", Cell::Url);
        }
        self.add("illustrative", "boolean", "data.column.illustrative", Cell::Sample);
        self.add("languages", "string", "data.column.languages", Cell::Languages);
        self.add("names", "string", "data.column.names", Cell::Names);
        self.add("tags", "string", "data.column.tags", Cell::Tags);
        self.add("licence", "string", "data.column.licence", Cell::Licence);
        self.add("published", "date", "data.column.published", Cell::Published);
        self.add("updated", "date", "data.column.updated", Cell::Updated);
    }

    pub(super) fn of_fields(&mut self, fields: &'a [FieldDef]) {
        for (f, field) in public_fields(fields) {
            for form in forms(field) {
                // The licence of an entry has a column of its own already.
                if !field.has(Role::Licence) {
                    self.of_field(f, field, *form);
                }
            }
        }
    }

    fn of_field(&mut self, f: usize, field: &'a FieldDef, form: Form) {
        let (ending, word) = match form {
            Form::Plain => ("", ""),
            Form::Id => ("_id", "data.form.id"),
            Form::Ce => ("_ce", "data.form.ce"),
            Form::From => ("_from", "data.form.from"),
            Form::To => ("_to", "data.form.to"),
            Form::File => ("_file", "data.form.file"),
        };
        let mut name = format!("{}{ending}", field.id);
        while self.0.iter().any(|column| column.name == name) {
            name.insert_str(0, "field_");
        }
        let ty = match (form, field.ty) {
            _ if field.many => "string",
            (Form::Ce, _) => "integer",
            (Form::From | Form::To, _) => "date",
            (Form::Plain, FieldType::Integer) => "integer",
            (Form::Plain, FieldType::Decimal | FieldType::Money | FieldType::Percent) => "number",
            (Form::Plain, FieldType::Bool) => "boolean",
            (Form::Plain, FieldType::Date) => "date",
            (Form::Plain, ty) if ty.year_kind().is_some() => "integer",
            _ => "string",
        };
        let word = match (word, field.ty.year_kind().is_some(), field.many) {
            ("", true, _) => "data.form.be",
            ("", _, true) => "data.form.many",
            (word, ..) => word,
        };
        self.0.push(Column { name, ty, word, field: Some(field), cell: Cell::Value(f, form) });
    }
}

/// A language as a part of the name of a column.
fn suffix(lang: Lang) -> String {
    lang.code().to_lowercase().replace('-', "_")
}

/// The columns that a field becomes; table fields are tables of their own.
fn forms(field: &FieldDef) -> &'static [Form] {
    match field.ty {
        FieldType::Table => &[],
        FieldType::Term | FieldType::Ref => &[Form::Plain, Form::Id],
        FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => &[Form::Plain, Form::Ce],
        FieldType::Period => &[Form::Plain, Form::From, Form::To],
        FieldType::Image | FieldType::File => &[Form::Plain, Form::File],
        _ => &[Form::Plain],
    }
}
