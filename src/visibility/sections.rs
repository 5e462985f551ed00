//! Level-2 sections of a body and how they answer to the schema.

use crate::markdown::Heading;
use crate::model::{KindDef, SectionDef};

/// The schema's section that a heading opens: by explicit id, else by label in either language.
pub fn of_heading<'a>(kind: &'a KindDef, heading: &Heading) -> Option<&'a SectionDef> {
    if heading.level != 2 || heading.nested {
        return None;
    }
    let title = heading.title.trim();
    kind.sections.iter().find(|section| {
        (heading.explicit && section.id == heading.id)
            || section.label.th == title
            || section.label.en.eq_ignore_ascii_case(title)
            || section.id == title
    })
}

/// The id by which a section is known on its page: the schema's, else the anchor.
pub fn id_of<'a>(kind: &'a KindDef, heading: &'a Heading) -> &'a str {
    of_heading(kind, heading).map_or(&heading.id, |s| &s.id)
}
