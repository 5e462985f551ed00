//! What is renamed, and which texts mean it.

use super::file::{Place, SchemaFile};
use super::request::{Request, What};
use crate::authoring::Reason;
use crate::content::entry::is_reserved;
use crate::diagnostics::nearest_hint;
use crate::model::{FieldDef, FieldType, KindDef, KindId, Portal, Schema, ids};

/// Whether a value of a query is that of the page's own field, or ends with it.
pub(super) fn is_own(text: &str) -> bool {
    text.strip_prefix("..").unwrap_or(text).starts_with('@')
}

/// A renaming that was found to be possible.
pub(super) struct Renaming<'a> {
    pub portal: &'a Portal,
    pub what: What,
    pub old: String,
    pub new: String,
    /// The table field, where a column is renamed.
    pub table: Option<String>,
    /// Names of the kinds, sets or vocabularies that define it.
    pub owners: Vec<String>,
    /// The kinds whose entries have it; of a term: unused.
    pub kinds: Vec<KindId>,
    /// Folder of a kind: from, to.
    pub folder: Option<(String, String)>,
}

impl<'a> Renaming<'a> {
    /// Finds what is meant.
    pub(super) fn new(portal: &'a Portal, files: &[SchemaFile], request: &Request) -> Result<Renaming<'a>, Reason> {
        let parts: Vec<&str> = request.old.split('.').collect();
        let (owner, table, old) = match (request.what, parts[..].as_ref()) {
            (_, [old]) => (None, None, *old),
            (What::Field | What::Section | What::Term, [owner, old]) => (Some(*owner), None, *old),
            (What::Field, [owner, table, old]) => (Some(*owner), Some(*table), *old),
            _ => {
                return Err(Reason::new(
                    format!("อ่าน “{}” ไม่ได้", request.old),
                    format!("cannot read `{}`", request.old),
                ));
            }
        };
        let new = request.new.as_str();
        if !ids::is_id(new) || new.contains('.') {
            return Err(Reason::new(
                format!("“{new}” ใช้เป็นรหัสไม่ได้ ใช้ a–z 0–9 - _"),
                format!("`{new}` cannot be an id; use a–z 0–9 - _"),
            ));
        }
        let defining: Vec<&SchemaFile> = files.iter().filter(|f| f.defines(request.what, table, old)).collect();
        let chosen: Vec<&SchemaFile> = match owner {
            None if defining.len() > 1 => {
                let list: Vec<String> = defining.iter().map(|f| format!("{}.{old}", f.name)).collect();
                let (all, every) = (list.join(", "), format!("*.{old}"));
                return Err(Reason::new(
                    format!("“{old}” มีหลายที่ บอกให้ชัด: {all} หรือทุกที่ {every}"),
                    format!("`{old}` stands in several places; name one of {all}, or all with {every}"),
                ));
            }
            None | Some("*") => defining,
            Some(owner) => defining.into_iter().filter(|f| f.name == owner).collect(),
        };
        if chosen.is_empty() {
            return Err(unknown(portal, files, request, owner, table, old));
        }
        let owners: Vec<String> = chosen.iter().map(|f| f.name.clone()).collect();
        let kinds = kinds_of(&portal.schema, files, &chosen, request.what, table.unwrap_or(old));
        let folder = request.folder.clone().filter(|_| request.what == What::Kind).and_then(|to| {
            let from = portal.schema.kind(old).map(|(_, k)| k.folder.clone())?;
            (from != to).then_some((from, to))
        });
        let renaming = Renaming {
            portal,
            what: request.what,
            old: old.into(),
            new: new.into(),
            table: table.map(str::to_string),
            owners,
            kinds,
            folder,
        };
        renaming.is_free(&chosen, files)?;
        Ok(renaming)
    }

    /// The new id is taken by nothing else.
    fn is_free(&self, chosen: &[&SchemaFile], files: &[SchemaFile]) -> Result<(), Reason> {
        let new = &self.new;
        let schema = &self.portal.schema;
        let of_kinds = || self.kinds.iter().map(|k| &schema.kinds[*k]);
        let taken = match (self.what, &self.table) {
            (What::Field, Some(_)) => chosen.iter().any(|f| f.defines(What::Field, self.table.as_deref(), new)),
            (What::Field, None) => is_reserved(new) || of_kinds().any(|k| k.field_index(new).is_some()),
            (What::Section, _) => of_kinds().any(|k| k.section(new).is_some()),
            (What::Term, _) => chosen.iter().any(|f| f.defines(What::Term, None, new)),
            (What::Kind, _) => files.iter().any(|f| f.defines(What::Kind, None, new)),
        };
        if taken || *new == self.old {
            return Err(Reason::new(format!("มี “{new}” อยู่แล้วหรือเป็นชื่อสงวน"), format!("`{new}` is taken or reserved")));
        }
        if let Some((from, to)) = &self.folder {
            let safe = ids::is_id(to) && !from.contains('/') && !from.is_empty();
            if !safe || schema.kinds.iter().any(|k| k.folder == *to) {
                return Err(Reason::new(
                    format!("ย้ายโฟลเดอร์ไป “{to}” ไม่ได้"),
                    format!("cannot move the folder to `{to}`"),
                ));
            }
        }
        Ok(())
    }

    /// The new form of `@field` or `..@field`: a field of the pages that show it.
    pub(super) fn own(&self, pages: &[KindId], written: &str) -> Option<String> {
        let (before, name) = written.split_once('@')?;
        self.name(pages, name).map(|new| format!("{before}@{new}"))
    }

    /// Whether a kind's entries are concerned.
    pub(super) fn has(&self, kind: KindId) -> bool {
        self.kinds.contains(&kind)
    }

    /// The new form of a name of a field or section, read in the context of kinds; `None` where it means another thing.
    /// Forms: `field`, `-field`, `table.column`, `table.1.column`, `reference.field`, `section:id`,
    /// `field:id`.
    pub(super) fn name(&self, context: &[KindId], written: &str) -> Option<String> {
        let (sign, text) = written.strip_prefix('-').map_or(("", written), |rest| ("-", rest));
        let here = context.iter().any(|k| self.has(*k));
        let new = match self.what {
            What::Section => match text.strip_prefix("section:") {
                Some(id) if here && id == self.old => format!("section:{}", self.new),
                None if here && text == self.old && !self.is_field(context, text) => self.new.clone(),
                _ => return None,
            },
            What::Field => match text.strip_prefix("field:") {
                Some(path) => format!("field:{}", self.field_path(context, here, path)?),
                None => self.field_path(context, here, text)?,
            },
            What::Term | What::Kind => return None,
        };
        Some(format!("{sign}{new}"))
    }

    /// The new form of a column that is named without its table, where only columns of `tables` are; `None` where none of
    /// them has a column of that name.
    pub(super) fn column(&self, context: &[KindId], tables: &[&str], written: &str) -> Option<Option<String>> {
        let fields = || context.iter().flat_map(|k| &self.portal.schema.kinds[*k].fields);
        let mut named = fields().filter(|f| tables.contains(&f.id.as_str()));
        if self.what != What::Field || !named.any(|f| f.columns.iter().any(|c| c.id == written)) {
            return None;
        }
        let own = self.table.as_deref().is_some_and(|table| tables.contains(&table));
        let here = own && context.iter().any(|k| self.has(*k));
        Some((here && written == self.old).then(|| self.new.clone()))
    }

    fn field_path(&self, context: &[KindId], here: bool, text: &str) -> Option<String> {
        let (first, rest) = text.split_once('.').map_or((text, None), |(first, rest)| (first, Some(rest)));
        if let Some(table) = &self.table {
            let rest = rest.filter(|_| here && first == table)?;
            let (row, column) = rest.split_once('.').map_or(("", rest), |(row, column)| (row, column));
            let dot = if row.is_empty() { "" } else { "." };
            return (column == self.old).then(|| format!("{table}.{row}{dot}{}", self.new));
        }
        if here && first == self.old {
            return Some(rest.map_or_else(|| self.new.clone(), |rest| format!("{}.{rest}", self.new)));
        }
        // Looked up through a reference to a kind that has the field.
        let through = rest.filter(|rest| *rest == self.old)?;
        let schema = &self.portal.schema;
        let leads = |f: &FieldDef| {
            f.id == first
                && f.ty == FieldType::Ref
                && (f.kinds.is_empty() || f.kinds.iter().any(|id| schema.kind(id).is_some_and(|(k, _)| self.has(k))))
        };
        let found = context.iter().any(|k| schema.kinds[*k].fields.iter().any(leads));
        (found && through == self.old).then(|| format!("{first}.{}", self.new))
    }

    fn is_field(&self, context: &[KindId], name: &str) -> bool {
        context.iter().any(|k| self.portal.schema.kinds[*k].field_index(name).is_some())
    }

    /// Whether a name means a field or section in the context: such a text is no term.
    pub(super) fn is_name(&self, context: &[KindId], name: &str) -> bool {
        let section = |k: &KindId| self.portal.schema.kinds[*k].section(name).is_some();
        self.is_field(context, name.trim_start_matches('-')) || context.iter().any(section)
    }

    /// Whether a field takes the terms that are renamed.
    pub(super) fn takes(&self, field: &FieldDef) -> bool {
        self.what == What::Term && field.vocabulary.as_ref().is_some_and(|v| self.owners.contains(v))
    }

    /// Whether a field or column of this path takes the terms that are renamed, in the context of kinds.
    pub(super) fn takes_at(&self, context: &[KindId], path: &str) -> bool {
        let last = path.rsplit('.').next().unwrap_or(path);
        let of = |kind: &KindDef| {
            let field = kind.fields.iter().find(|f| f.id == path.split('.').next().unwrap_or(path));
            let columns = kind.fields.iter().flat_map(|f| &f.columns).filter(|c| c.id == last);
            match field {
                Some(field) if field.columns.is_empty() => self.takes(field),
                Some(field) => field.columns.iter().any(|c| c.id == last && self.takes(c)),
                None => columns.into_iter().any(|c| self.takes(c)),
            }
        };
        context.iter().any(|k| of(&self.portal.schema.kinds[*k]))
    }

    /// Whether anything in the context takes the terms that are renamed.
    pub(super) fn takes_any(&self, context: &[KindId]) -> bool {
        let fields = |k: &KindId| self.portal.schema.kinds[*k].fields.iter();
        context.iter().flat_map(fields).any(|f| self.takes(f) || f.columns.iter().any(|c| self.takes(c)))
    }
}

/// Kinds whose entries have the renamed thing.
fn kinds_of(schema: &Schema, files: &[SchemaFile], chosen: &[&SchemaFile], what: What, old: &str) -> Vec<KindId> {
    // A kind's own field stands in the place of one of the same id in a set.
    let own = |kind: &KindDef| {
        files.iter().any(|f| f.place == Place::Kind && f.name == kind.id && f.defines(What::Field, None, old))
    };
    let concerns = |kind: &KindDef| match what {
        What::Kind => kind.id == old,
        What::Term => false,
        _ => chosen.iter().any(|f| match f.place {
            Place::Kind => f.name == kind.id,
            Place::Set => kind.fields_from.contains(&f.name) && !own(kind),
            _ => false,
        }),
    };
    schema.kinds.iter_ids().filter(|(_, kind)| concerns(kind)).map(|(k, _)| k).collect()
}

/// Why nothing is called so.
fn unknown(
    portal: &Portal,
    files: &[SchemaFile],
    request: &Request,
    owner: Option<&str>,
    table: Option<&str>,
    old: &str,
) -> Reason {
    // The field of a kind may come from a set that others use as well.
    let sets = portal.schema.kind(owner.unwrap_or("")).map(|(_, k)| k.fields_from.clone()).unwrap_or_default();
    let set =
        files.iter().find(|f| f.place == Place::Set && sets.contains(&f.name) && f.defines(request.what, table, old));
    if let Some(set) = set {
        let name = &set.name;
        return Reason::new(
            format!("“{old}” มาจากชุดช่อง {name} ที่หลายชนิดใช้ร่วมกัน เปลี่ยนด้วย {name}.{old}"),
            format!("`{old}` comes from the field set {name}, which other kinds share; rename {name}.{old}"),
        );
    }
    let known: Vec<String> = files.iter().flat_map(|f| f.ids(request.what, table)).collect();
    Reason::new(format!("ไม่พบ “{}” ในแบบแผนข้อมูล", request.old), format!("the schema has no `{}`", request.old))
        .maybe_hint(nearest_hint(old, known.iter().map(String::as_str)))
}
