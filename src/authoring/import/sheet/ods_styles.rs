//! How letters of a sheet of OpenDocument are seen, by the styles of cells and of stretches of text.

use crate::authoring::symbols::Font;
use crate::authoring::unseen::{Colour, Look};
use crate::authoring::xml::{attribute, each};
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// Looks by the name of their style.
pub(super) struct Looks(HashMap<String, (String, Look)>);

impl Looks {
    /// Reads the styles of the parts of a workbook.
    pub(super) fn new(parts: [&str; 2]) -> Looks {
        let mut looks: HashMap<String, (String, Look)> = HashMap::new();
        for xml in parts {
            let mut name = String::new();
            each(xml, |e| match e.name().as_ref() {
                "style:style" => {
                    name = attribute(e, "name").unwrap_or_default();
                    let parent = attribute(e, "parent-style-name").unwrap_or_default();
                    looks.insert(name.clone(), (parent, Look::default()));
                }
                "style:text-properties" | "style:table-cell-properties" => {
                    looks.get_mut(&name).into_iter().for_each(|(_, look)| take(look, e));
                }
                // A condition may choose another style.
                "style:map" => looks.get_mut(&name).into_iter().for_each(|(_, look)| look.colour = Some(Colour::Open)),
                "style:default-style" => name.clear(),
                _ => {}
            });
        }
        Looks(looks)
    }

    /// The look of a style with those that it is made after.
    pub(super) fn of(&self, name: &str) -> Look {
        let line = std::iter::successors(self.0.get(name), |(parent, _)| self.0.get(parent)).take(8);
        line.fold(Look::default(), |look, (_, below)| look.over(below))
    }
}

fn take(look: &mut Look, e: &BytesStart<'_>) {
    let points = |name: &str| attribute(e, name).and_then(|size| size.strip_suffix("pt")?.parse().ok());
    let is_text = e.name().as_ref() == "style:text-properties";
    look.colour = attribute(e, "color").map(|c| Colour::hex(&c)).or(look.colour);
    if attribute(e, "use-window-font-color").is_some_and(|own| own == "true") {
        look.colour = Some(Colour::Open);
    }
    if is_text {
        let through = ["text-line-through-style", "text-line-through-type"].map(|name| attribute(e, name));
        look.struck = through.into_iter().flatten().map(|line| line != "none").reduce(|one, other| one && other);
        look.sizes = [points("font-size"), points("font-size-complex")];
        look.font = attribute(e, "font-name").map(|name| Font::named(&name));
        look.raised = attribute(e, "text-position").and_then(|place| raised(&place));
    }
    look.fill = attribute(e, "background-color").filter(|c| c != "transparent").map(|c| Colour::hex(&c)).or(look.fill);
}

/// Whether `super 58%` or `33% 58%` stands above the line.
fn raised(place: &str) -> Option<bool> {
    match place.split(' ').next()? {
        "super" => Some(true),
        "sub" => Some(false),
        part => part.strip_suffix('%')?.parse().ok().filter(|part: &f32| *part != 0.0).map(|part| part > 0.0),
    }
}
