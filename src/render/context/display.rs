//! How single values read: text, HTML and address in a language.

use super::super::filters::group;
use super::{Context, Place};
use crate::derive::Site;
use crate::markdown::{self, Labels, Options, clean_href, escape_attr, escape_text};
use crate::model::{Entry, FieldDef, Lang, Value};

/// A value as shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Plain text.
    pub text: String,
    /// Address, where there is one.
    pub href: String,
    /// Language of the target, where it is not the page's own; else empty.
    pub hreflang: &'static str,
}

/// Text of one value in a language.
#[must_use]
pub fn text(site: &Site, field: &FieldDef, value: &Value, lang: Lang) -> String {
    let number = |n: f64| group(&format!("{n}"));
    match value {
        Value::Text(text) | Value::Url(text) => text.clone(),
        Value::Markdown(source) => markdown::plain_text(source),
        Value::Integer(n) => group(&n.to_string()),
        Value::Decimal(n) | Value::Money(n) => number(*n),
        Value::Percent(n) => format!("{}%", number(*n)),
        Value::Bool(yes) => match (yes, lang) {
            (true, Lang::Th) => "ใช่".to_owned(),
            (false, Lang::Th) => "ไม่ใช่".to_owned(),
            (true, Lang::En) => "Yes".to_owned(),
            (false, Lang::En) => "No".to_owned(),
        },
        Value::Year(year) => match lang {
            Lang::Th => year.thai(),
            Lang::En => year.english(),
        },
        Value::Date(date) => date_text(date, lang),
        Value::Period(from, to) => match (to, lang) {
            (Some(to), _) => format!("{} – {}", date_text(from, lang), date_text(to, lang)),
            (None, Lang::Th) => format!("ตั้งแต่ {}", date_text(from, lang)),
            (None, Lang::En) => format!("since {}", date_text(from, lang)),
        },
        Value::Term(id) => site
            .public
            .schema
            .vocabulary_of(field)
            .and_then(|v| v.term(id))
            .map_or_else(|| id.clone(), |t| t.label.get(lang).to_owned()),
        Value::Ref(id) => match site.find(id, lang) {
            Some(i) => site.entry(i).title_in(lang).to_owned(),
            None => id.clone(),
        },
        Value::Image { alt, .. } => alt.clone(),
        Value::File { src, label } => {
            if label.is_empty() {
                src.rsplit('/').next().unwrap_or(src).to_owned()
            } else {
                label.clone()
            }
        }
        Value::List(items) => {
            let parts: Vec<String> = items
                .iter()
                .map(|i| text(site, field, &i.value, lang))
                .collect();
            parts.join(", ")
        }
        Value::Table(_) => String::new(),
    }
}

/// A date in words.
pub(super) fn date_text(date: &crate::thai::era::Date, lang: Lang) -> String {
    match lang {
        Lang::Th => date.thai(),
        Lang::En => date.english(),
    }
}

/// Text and address of one value on a page.
pub(super) fn on_page(
    context: &Context<'_>,
    place: &Place,
    entry: &Entry,
    field: &FieldDef,
    value: &Value,
) -> Shown {
    let text = text(context.site, field, value, place.lang);
    let mut hreflang = "";
    let href = match value {
        Value::Url(url) => clean_href(url).into_owned(),
        Value::Ref(id) => context
            .site
            .find(id, place.lang)
            .map_or(String::new(), |i| {
                let path = context.site.entry(i).path();
                hreflang = place.other(&path).unwrap_or("");
                place.href(&path)
            }),
        Value::Image { src, .. } | Value::File { src, .. } => {
            context.media_href(place, entry, src).unwrap_or_default()
        }
        _ => String::new(),
    };
    Shown {
        text,
        href,
        hreflang,
    }
}

/// Text and address of a value for outputs without pages (relative to the site's root).
#[must_use]
pub fn show(site: &Site, field: &FieldDef, value: &Value, lang: Lang) -> Shown {
    let href = match value {
        Value::Url(url) => url.clone(),
        Value::Ref(id) => site
            .find(id, lang)
            .map_or(String::new(), |i| site.entry(i).path()),
        _ => String::new(),
    };
    Shown {
        text: text(site, field, value, lang),
        href,
        hreflang: "",
    }
}

impl Context<'_> {
    /// Address of a media file named on an entry's page.
    pub fn media_href(&self, place: &Place, entry: &Entry, written: &str) -> Option<String> {
        let path = self
            .site
            .index
            .media_path(&self.site.public, entry, written)?;
        Some(place.href(&clean_href(&format!("media/{path}"))))
    }

    /// Safe HTML of one value.
    pub fn value_html(
        &self,
        place: &Place,
        i: usize,
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
                let links = super::body::PageLinks {
                    context: self,
                    place,
                    entry: i,
                };
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
        if shown.href.is_empty() {
            for (at, line) in shown.text.trim().lines().enumerate() {
                if at > 0 {
                    out.push_str("<br>");
                }
                self.protected.write(line, &mut out);
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
        out.push_str("\">");
        self.protected.write(&shown.text, &mut out);
        out.push_str("</a>");
        out
    }
}
