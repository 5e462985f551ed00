//! Templates of the program itself, which no theme replaces.

use serde::Serialize;
use tera::{Context, Tera};

/// Compiled templates.
#[derive(Debug)]
pub(crate) struct OwnTemplates(Tera);

impl OwnTemplates {
    /// Compiles templates: names and texts.
    ///
    /// # Errors
    /// What is wrong with the first that is wrong.
    pub(crate) fn new(texts: &[(&'static str, &'static str)]) -> Result<OwnTemplates, String> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        tera.add_raw_templates(texts.to_vec()).map_err(|error| format!("{error:?}"))?;
        Ok(OwnTemplates(tera))
    }

    /// A template with what it shows.
    ///
    /// # Errors
    /// What the template says.
    pub(crate) fn render(&self, name: &str, shape: &impl Serialize) -> Result<String, String> {
        let context = Context::from_serialize(shape);
        context.and_then(|context| self.0.render(name, &context)).map_err(|error| format!("{error:?}"))
    }
}
