//! How single values read: text, HTML and address in a language.

use super::builder::Context;
use super::place::Place;
use crate::markdown::{self, Labels, Options, clean_href, escape_attr, escape_text, file_href};
use crate::model::ids::media_address;
use crate::model::{EntryId, FieldDef, Lang, Role, Value};
use crate::site::display::{label, text};

/// A value as shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Plain text.
    pub text: String,
    /// Address, where there is one.
    pub href: String,
    /// Language of the target, where it is not the page's own; else empty.
    pub hreflang: &'static str,
}

/// Text and address of one value on a page.
pub(super) fn on_page(context: &Context<'_>, place: &Place, i: EntryId, field: &FieldDef, value: &Value) -> Shown {
    let mut text = text(context.site, field, value, place.lang);
    if field.has(Role::Schema) {
        text = label(context.site, i, &text, place.lang);
    }
    let mut hreflang = "";
    let href = match value {
        Value::Url(url) => clean_href(url).into_owned(),
        Value::Ref(id) => context.site.find(id, place.lang).map_or(String::new(), |i| {
            let path = context.site.entry(i).path();
            hreflang = place.other(&path).unwrap_or("");
            place.href(&path)
        }),
        Value::Image { src, .. } | Value::File { src, .. } => context.media_href(place, i, src).unwrap_or_default(),
        _ => String::new(),
    };
    Shown { text, href, hreflang }
}

impl Context<'_> {
    /// Address of a media file named on an entry's page.
    pub(crate) fn media_href(&self, place: &Place, i: EntryId, written: &str) -> Option<String> {
        let path = self.site.field_file(i, written)?;
        Some(place.href(&file_href(&media_address(&path))))
    }

    /// Safe HTML of one value.
    pub(crate) fn value_html(
        &self,
        place: &Place,
        i: EntryId,
        field: &FieldDef,
        value: &Value,
        shown: &Shown,
    ) -> String {
        let mut out = String::with_capacity(shown.text.len() + shown.href.len() + 32);
        match value {
            Value::Markdown(source) => {
                let prefix = format!("f-{}-", field.id);
                let options = Options {
                    labels: Labels::of(place.lang.code()),
                    id_prefix: &prefix,
                    protected: Some(&self.protected),
                    ..Options::plain()
                };
                let links = super::body::PageLinks { context: self, place, entry: i };
                return markdown::render(source, &options, &links).into_html();
            }
            Value::Image { caption, alt, .. } if !shown.href.is_empty() => {
                out.push_str("<img src=\"");
                escape_attr(&shown.href, &mut out);
                out.push_str("\" alt=\"");
                escape_attr(alt, &mut out);
                out.push_str("\" loading=\"lazy\">");
                if !caption.is_empty() {
                    out.push_str("<span class=\"caption\">");
                    escape_text(caption, &mut out);
                    out.push_str("</span>");
                }
                return out;
            }
            _ => {}
        }
        // Thai words on a page of another language say what they are, so that they are read aloud as Thai.
        let foreign = place.lang != Lang::TH && shown.text.contains(crate::text::chars::is_thai);
        if shown.href.is_empty() {
            if foreign {
                out.push_str("<span lang=\"th\">");
            }
            for (at, line) in shown.text.trim().lines().enumerate() {
                if at > 0 {
                    out.push_str("<br>");
                }
                self.protected.write(line, &mut out);
            }
            if foreign {
                out.push_str("</span>");
            }
            return out;
        }
        out.push_str(if matches!(value, Value::Url(_)) {
            "<a class=\"external\" rel=\"noopener noreferrer external\" href=\""
        } else {
            "<a href=\""
        });
        escape_attr(&shown.href, &mut out);
        if !shown.hreflang.is_empty() {
            out.push_str("\" hreflang=\"");
            out.push_str(shown.hreflang);
        }
        if foreign {
            out.push_str("\" lang=\"th");
        }
        out.push_str("\">");
        self.protected.write(&shown.text, &mut out);
        out.push_str("</a>");
        out
    }
}
