//! Roles of fields: what outputs ask for instead of names. A kind says which of its fields gives the licence, the day on
//! which something begins, the evidence; the name of the field is the portal's own.

use super::schema::{FieldDef, KindDef};

/// What a field is to the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The entry is a made-up example: yes, or any value.
    Sample,
    /// Licence of the entry, where it is not the portal's.
    Licence,
    /// Who made it.
    Creator,
    /// Day or year on which it begins or takes place.
    Start,
    /// Day on which it ends.
    End,
    /// Where it takes place.
    Place,
    /// How well it is proved: a term on a ladder.
    Evidence,
    /// What it costs: an amount or a term on a ladder.
    Cost,
    /// What it is about.
    Subject,
    /// Day of the last change, where the entry has no `updated` of its own.
    Updated,
    /// Where it comes from.
    Source,
    /// Why it is so: the words behind another value.
    Reason,
    /// Names a part of the schema: a kind, a field, or a field and its value (`field=value`). Pages show their labels.
    Schema,
    /// Its place among others: lists are sorted by it, and pages do not show it.
    Order,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 14] = [
        Role::Sample,
        Role::Licence,
        Role::Creator,
        Role::Start,
        Role::End,
        Role::Place,
        Role::Evidence,
        Role::Cost,
        Role::Subject,
        Role::Updated,
        Role::Source,
        Role::Reason,
        Role::Schema,
        Role::Order,
    ];

    /// The word for it in a schema: `role = "licence"`.
    pub fn name(self) -> &'static str {
        match self {
            Role::Sample => "sample",
            Role::Licence => "licence",
            Role::Creator => "creator",
            Role::Start => "start",
            Role::End => "end",
            Role::Place => "place",
            Role::Evidence => "evidence",
            Role::Cost => "cost",
            Role::Subject => "subject",
            Role::Updated => "updated",
            Role::Source => "source",
            Role::Reason => "reason",
            Role::Schema => "schema",
            Role::Order => "order",
        }
    }

    /// The role of a word.
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

impl KindDef {
    /// Position of the field that has a role.
    pub fn role_index(&self, role: Role) -> Option<usize> {
        self.fields.iter().position(|f| f.has(role))
    }

    /// The field that has a role.
    pub fn role(&self, role: Role) -> Option<&FieldDef> {
        self.role_index(role).map(|f| &self.fields[f])
    }
}

impl FieldDef {
    /// Whether the field has a role.
    pub fn has(&self, role: Role) -> bool {
        self.role == role.name()
    }
}
