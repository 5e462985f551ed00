//! Completion at the terminal.

use crate::authoring::convert::Converter;
use crate::authoring::names::fold;
use crate::model::FieldDef;
use inquire::CustomUserError;
use inquire::autocompletion::{Autocomplete, Replacement};

/// Completion of references: what was typed after the last `;` is looked for in ids and titles.
#[derive(Clone)]
pub(super) struct ReferenceCompleter {
    names: Vec<(String, String, String)>,
}

impl ReferenceCompleter {
    pub(super) fn new(converter: &Converter<'_>, field: &FieldDef) -> ReferenceCompleter {
        let portal = converter.names.portal();
        let names = portal
            .entries
            .iter()
            .filter(|e| e.main)
            .filter(|e| field.kinds.is_empty() || field.kinds.contains(&portal.schema.kinds[e.kind].id))
            .map(|e| {
                let key = fold(&format!("{} {}", e.id, e.title));
                (e.id.to_string(), format!("{} · {}", e.id, e.title), key)
            })
            .collect();
        ReferenceCompleter { names }
    }
}

impl Autocomplete for ReferenceCompleter {
    fn get_suggestions(&mut self, input: &str) -> Result<Vec<String>, CustomUserError> {
        let (_, last) = split(input);
        let wanted = fold(last);
        let found = self.names.iter().filter(|(_, _, key)| key.contains(&wanted));
        Ok(found.take(50).map(|(_, shown, _)| shown.clone()).collect())
    }

    fn get_completion(&mut self, input: &str, highlighted: Option<String>) -> Result<Replacement, CustomUserError> {
        let (before, _) = split(input);
        // Without a choice, Tab takes the first of the list.
        let shown = match highlighted {
            Some(shown) => Some(shown),
            None => self.get_suggestions(input)?.into_iter().next(),
        };
        let chosen = self.names.iter().find(|(_, s, _)| Some(s) == shown.as_ref());
        Ok(chosen.map(|(id, _, _)| format!("{before}{id}")))
    }
}

fn split(input: &str) -> (&str, &str) {
    let at = input.rfind(';').map_or(0, |i| i + 1);
    (&input[..at], input[at..].trim())
}
