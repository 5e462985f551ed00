//! Tera with the theme's templates; its errors as diagnostics with file and line.

use std::collections::HashMap;

use tera::{Context, ErrorKind, Tera};

use super::filters;
use super::names::{self, Names};
use crate::diagnostics::{Code, Diagnostic, Excerpt};
use crate::model::{Config, Schema};
use crate::theme::{Theme, minify};

/// The compiled templates of a theme.
#[derive(Debug)]
pub(crate) struct Templates {
    tera: Tera,
    files: std::collections::BTreeMap<String, (String, String)>,
    /// Per template, the names that it and what it is made of can ask for.
    asked: HashMap<String, Names>,
}

/// Kinds that name a template that the theme does not have: their pages would look as any other, and nobody would know why.
pub(crate) fn missing(theme: &Theme, schema: &Schema) -> Vec<Diagnostic> {
    let names: Vec<&str> =
        theme.templates.keys().filter_map(|name| name.strip_prefix("kinds/")?.strip_suffix(".html")).collect();
    // A kind may name itself before it has a template of its own.
    let lacking = schema.kinds.iter().filter(|kind| {
        let name = kind.template.as_str();
        !kind.plain && !name.is_empty() && name != kind.id && !names.contains(&name)
    });
    lacking
        .map(|kind| {
            let (name, id) = (&kind.template, &kind.id);
            let (th, en) = (
                format!("template: ไม่มีเทมเพลต templates/kinds/{name}.html หน้าของชนิด “{id}” จึงใช้ entry.html"),
                format!("template: there is no templates/kinds/{name}.html, so pages of kind `{id}` use entry.html"),
            );
            let (th_hint, en_hint) = (
                format!("เขียนชื่อไฟล์ใน templates/kinds/ โดยไม่มี .html ที่มี: {}", names.join(", ")),
                format!(
                    "write the name of a file in templates/kinds/ without `.html`; there are: {}",
                    names.join(", ")
                ),
            );
            Diagnostic::new(Code::BadSchema, format!("content/_schema/kinds/{id}.toml"), th, en).hint(th_hint, en_hint)
        })
        .collect()
}

/// What Tera gets of a template: a page needs no indentation. Templates of the portal's own stay as they are: what they put
/// into a `<pre>` may be another's block.
fn compiled(name: &str, file: &str, text: &str) -> String {
    let short = name.ends_with(".html") && file.starts_with("themes/");
    if short { minify::template(text) } else { text.to_owned() }
}

impl Templates {
    /// Compiles all templates.
    ///
    /// # Errors
    /// The first error that Tera finds, as a diagnostic.
    pub(crate) fn compile(theme: &Theme, config: &Config) -> Result<Self, Box<Diagnostic>> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html", ".xml"]);
        filters::register(&mut tera, theme, config);
        let files = theme.templates.iter().map(|(name, t)| (name.clone(), (t.file.clone(), t.text.clone()))).collect();
        let sources: Vec<(&str, String)> =
            theme.templates.iter().map(|(name, t)| (name.as_str(), compiled(name, &t.file, &t.text))).collect();
        let asked = names::of_all(theme.templates.iter().map(|(name, t)| (name.as_str(), t.text.as_str())).collect());
        let mut templates = Templates { tera: Tera::new(), files, asked };
        tera.add_raw_templates(sources).map_err(|error| Box::new(templates.diagnostic(&error, "")))?;
        templates.tera = tera;
        Ok(templates)
    }

    /// Whether a template exists.
    #[must_use]
    pub(crate) fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// Whether a template can show a value of this name: what it does not name need not be made for it.
    #[must_use]
    pub(crate) fn asks_for(&self, template: &str, name: &str) -> bool {
        self.asked.get(template).is_none_or(|names| names.may_hold(name))
    }

    /// The first of these templates that exists.
    #[must_use]
    pub(crate) fn first<'a>(&self, names: &[&'a str]) -> Option<&'a str> {
        names.iter().copied().find(|name| self.has(name))
    }

    /// Renders a template into bytes; `page` is named in the error.
    ///
    /// # Errors
    /// A diagnostic that names template, line and page.
    pub(crate) fn render(&self, name: &str, context: &Context, page: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut out = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(name, context, &mut out) {
            Ok(()) => Ok(out),
            Err(error) => Err(Box::new(self.diagnostic(&error, page))),
        }
    }

    fn diagnostic(&self, error: &tera::Error, page: &str) -> Diagnostic {
        let mut place = None;
        let text = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                place = Some((report.filename().to_owned(), report.span().start_line, report.span().start_col));
                report.message().to_owned()
            }
            other => other.to_string(),
        };
        let mut text = text.lines().next().unwrap_or("").to_owned();
        if let Some(source) = std::error::Error::source(error) {
            text = format!("{text}: {}", source.to_string().lines().next().unwrap_or(""));
        }
        let at = if page.is_empty() { String::new() } else { format!(" ({page})") };
        let (name, line, column) = place.unwrap_or_default();
        let (file, source) = self.files.get(&name).cloned().unwrap_or((name.clone(), String::new()));
        let th = format!("แม่แบบผิดพลาด: {text}{at}");
        let en = format!("template error: {text}{at}");
        let mut found = Diagnostic::new(Code::TemplateError, &*file, th, en);
        if line > 0 {
            let length = |text: &str| text.lines().nth(line - 1).map_or(0, |line| line.chars().count());
            let column = column + length(&source) - length(&compiled(&name, &file, &source));
            found.line = line;
            found.column = column + 1;
            found.excerpt = source.lines().nth(line - 1).map(|shown| {
                let start = shown.char_indices().nth(column).map_or(shown.len(), |(at, _)| at);
                Excerpt { text: shown.to_owned(), start, end: shown.len() }
            });
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::built_in;

    #[test]
    fn an_error_names_the_place_in_the_file_as_it_was_written() {
        let mut theme = built_in();
        let page = theme.templates.get_mut("page.html").unwrap();
        page.text = "<p>\n    <b>{{ nothing.here }}</b>\n</p>".to_owned();
        let templates = Templates::compile(&theme, &Config::default()).unwrap();
        let found = templates.render("page.html", &Context::new(), "a.html").unwrap_err();
        let shown = found.excerpt.unwrap();
        assert_eq!((found.line, found.column, &shown.text[shown.start..]), (2, 11, "nothing.here }}</b>"));
    }
}
