//! Every text of an entry that readers may see: the one place that lists them.

use super::config::NavItem;
use super::{Entry, FieldDef, Label, Lang, Located, Portal, SourceId, Span, Value, Visibility};
use std::borrow::Cow;

/// A text and where it is.
#[derive(Debug, Clone)]
pub(crate) struct PublicText<'a> {
    /// What the text is for, as its field is named; empty where the text stands alone.
    pub label: Cow<'a, str>,
    /// The text.
    pub text: Cow<'a, str>,
    /// Whether it is Markdown; other texts are shown as they are.
    pub markdown: bool,
    /// The file.
    pub source: SourceId,
    /// Where the value is in it; the text may be written with escapes there.
    pub span: Span,
}

/// Gives every published text of an entry but its body: titles, names, tags, addresses, and all public fields with
/// their numbers, captions and file names. What the schema keeps internal is left out; whether the entry itself is
/// published is for the caller to know.
pub(crate) fn public_texts<'a>(portal: &'a Portal, entry: &'a Entry, take: &mut dyn FnMut(PublicText<'a>)) {
    let mut own = |key: &str, text: Cow<'a, str>| {
        let span = entry.key_span(key);
        take(PublicText { label: Cow::Borrowed(""), text, markdown: false, source: entry.source, span });
    };
    for (key, text) in
        [("title", &entry.title), ("title_en", &entry.title_en), ("menu", &entry.menu), ("summary", &entry.summary)]
    {
        own(key, Cow::Borrowed(text));
    }
    for (key, texts) in [("names", &entry.names), ("tags", &entry.tags)] {
        texts.iter().for_each(|text| own(key, Cow::Borrowed(text)));
    }
    // The address ends with the id, or with the name of the file; the names of folders stand in the menu.
    own("id", Cow::Borrowed(&entry.address));
    if !entry.typed {
        let path = &portal.sources[entry.source.0 as usize].path;
        own("id", Cow::Borrowed(path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem)));
    }
    let main = portal.config.main();
    for alias in &entry.aliases {
        value(&[], alias, main, None, take);
    }
    let kind = &portal.schema.kinds[entry.kind];
    for (field, slot) in kind.fields.iter().zip(&entry.fields) {
        if let Some(located) = slot
            && field.visibility == Visibility::Public
        {
            value(&field.columns, located, main, Some(&field.label), take);
        }
    }
}

/// Gives the public fields of an entry as people see them together: tables with the heads of their columns, lists below their
/// label, and the texts of single fields beside each other, `|` between cells. What is personal may be parted by these.
pub(crate) fn public_tables<'a>(portal: &'a Portal, entry: &'a Entry, take: &mut dyn FnMut(PublicText<'a>)) {
    let main = portal.config.main();
    let shown = |columns: &'a [FieldDef], located: &'a Located| {
        let mut parts: Vec<Cow<'a, str>> = Vec::new();
        value(columns, located, main, None, &mut |part| parts.push(part.text));
        parts
    };
    let cell = |parts: Vec<Cow<'a, str>>| parts.join(" ").replace(['\n', '|'], " ");
    let mut give = |text: String, at: &Located| {
        let (source, span) = (at.source, at.span);
        take(PublicText { label: Cow::Borrowed(""), text: Cow::Owned(text), markdown: false, source, span });
    };
    let mut beside: Vec<(&str, String, &Located)> = Vec::new();
    for (field, slot) in portal.schema.kinds[entry.kind].fields.iter().zip(&entry.fields) {
        let Some(located) = slot.as_ref().filter(|_| field.visibility == Visibility::Public) else { continue };
        let label = field.label.get(main);
        let Value::Table(rows) = &located.value else {
            let parts = shown(&field.columns, located);
            give(format!("{label}\n{}", parts.join("\n")), located);
            if matches!(located.value, Value::Text(_)) {
                beside.push((label, cell(parts), located));
            }
            continue;
        };
        let public = |at: &usize| field.columns[*at].visibility == Visibility::Public;
        let columns: Vec<usize> = (0..field.columns.len()).filter(public).collect();
        let mut lines =
            vec![columns.iter().map(|at| field.columns[*at].label.get(main)).collect::<Vec<_>>().join(" | ")];
        for row in rows {
            let of = |at: &usize| {
                let located = row.cells.get(*at).and_then(Option::as_ref);
                located.map_or_else(String::new, |located| cell(shown(&field.columns[*at].columns, located)))
            };
            lines.push(columns.iter().map(of).collect::<Vec<_>>().join(" | "));
        }
        give(format!("{label}\n{}", lines.join("\n")), located);
    }
    if let [(.., first), _, ..] = beside.as_slice() {
        let heads: Vec<&str> = beside.iter().map(|(label, ..)| *label).collect();
        let texts: Vec<&str> = beside.iter().map(|(_, text, _)| text.as_str()).collect();
        give(format!("{}\n{}", heads.join(" | "), texts.join(" | ")), first);
    }
}

fn value<'a>(
    columns: &'a [FieldDef],
    located: &'a Located,
    main: Lang,
    label: Option<&'a Label>,
    take: &mut dyn FnMut(PublicText<'a>),
) {
    let mut add = |text: Cow<'a, str>| {
        if !text.is_empty() {
            let markdown = matches!(located.value, Value::Markdown(_));
            take(PublicText {
                label: Cow::Borrowed(label.map_or("", |l| l.get(main))),
                text,
                markdown,
                source: located.source,
                span: located.span,
            });
        }
    };
    match &located.value {
        Value::Text(t) | Value::Markdown(t) | Value::Url(t) | Value::Term(t) | Value::Ref(t) => add(Cow::Borrowed(t)),
        Value::Integer(n) => add(Cow::Owned(n.to_string())),
        Value::Decimal(n) | Value::Money(n) | Value::Percent(n) => add(Cow::Owned(n.to_string())),
        Value::Image { src, alt, caption } => [src, alt, caption].into_iter().for_each(|t| add(Cow::Borrowed(t))),
        Value::File { src, label } => [src, label].into_iter().for_each(|t| add(Cow::Borrowed(t))),
        Value::List(items) => items.iter().for_each(|item| value(columns, item, main, label, take)),
        Value::Table(rows) => {
            for row in rows {
                for (column, cell) in columns.iter().zip(&row.cells) {
                    if let Some(cell) = cell
                        && column.visibility == Visibility::Public
                    {
                        value(&column.columns, cell, main, Some(&column.label), take);
                    }
                }
            }
        }
        Value::Bool(_) | Value::Year(_) | Value::Date(_) | Value::Period(..) => {}
    }
}

/// Gives every text of the settings and the schema that pages show, with the file that it belongs to.
pub(crate) fn shared_texts<'a>(portal: &'a Portal, take: &mut dyn FnMut(Cow<'static, str>, &'a str)) {
    let labels = |file: Cow<'static, str>, labels: &[&'a Label], take: &mut dyn FnMut(Cow<'static, str>, &'a str)| {
        for text in labels.iter().flat_map(|l| l.texts()) {
            take(file.clone(), text);
        }
    };
    let config = &portal.config;
    let catalog = &config.catalog;
    let own = [&config.title, &config.subtitle, &config.description, &config.publisher];
    labels("portal.toml".into(), &own, take);
    labels("portal.toml".into(), &[&catalog.maintainer, &catalog.objective, &catalog.source], take);
    let words =
        [&catalog.frequency, &catalog.coverage, &catalog.data_type, &catalog.category, &catalog.mail, &config.licence];
    let answer = [&config.answer.feedback, &config.answer.tried, &config.answer.mail];
    for text in words.into_iter().chain(answer).chain(&catalog.keywords) {
        take("portal.toml".into(), text);
    }
    for (file, items) in &portal.lists {
        items.iter().for_each(|item| take(Cow::Owned(file.clone()), &item.title));
    }
    let mut nav: Vec<&NavItem> = config.nav.iter().collect();
    while let Some(item) = nav.pop() {
        if let NavItem::Named { title, pages, .. } = item {
            take("portal.toml".into(), title);
            nav.extend(pages);
        }
    }
    for kind in portal.schema.kinds.iter().filter(|k| !k.plain) {
        let file: Cow<'static, str> = format!("content/_schema/kinds/{}.toml", kind.id).into();
        labels(file.clone(), &[&kind.label, &kind.plural, &kind.description], take);
        for word in [&kind.id, &kind.folder].into_iter().chain(&kind.search.words).chain(&kind.search.answers) {
            take(file.clone(), word);
        }
        let groups = kind.groups.iter().flat_map(|group| &group.items);
        let layout = [&kind.layout.act, &kind.layout.side, &kind.layout.body, &kind.layout.foot];
        let layout = layout.into_iter().chain(&kind.layout.facts).flatten();
        for item in groups.chain(layout) {
            labels(file.clone(), &[&item.label], take);
            take(file.clone(), &item.note);
        }
        for group in &kind.groups {
            labels(file.clone(), &[&group.label, &group.help], take);
        }
        for section in kind.sections.iter().filter(|s| s.visibility == Visibility::Public) {
            labels(file.clone(), &[&section.label, &section.help], take);
        }
        for field in kind.fields.iter().filter(|f| f.visibility == Visibility::Public) {
            labels(file.clone(), &[&field.label, &field.help, &field.unit, &field.inverse], take);
            for column in field.columns.iter().filter(|c| c.visibility == Visibility::Public) {
                labels(file.clone(), &[&column.label, &column.help, &column.unit, &column.inverse], take);
            }
        }
    }
    for vocabulary in portal.schema.vocabularies.values() {
        let file: Cow<'static, str> = format!("content/_schema/vocabularies/{}.toml", vocabulary.id).into();
        labels(file.clone(), &[&vocabulary.label, &vocabulary.description], take);
        take(file.clone(), &vocabulary.source);
        for term in &vocabulary.terms {
            labels(file.clone(), &[&term.label, &term.short, &term.description], take);
            term.tile.iter().for_each(|tile| labels(file.clone(), &[&tile.mark], take));
            [&term.id].into_iter().chain(&term.synonyms).for_each(|word| take(file.clone(), word));
        }
    }
    for word in portal.schema.synonyms.iter().flatten() {
        take("content/_schema/synonyms.toml".into(), word);
    }
    for word in &portal.schema.protected {
        take("content/_schema/protected.toml".into(), word);
    }
    for product in &portal.schema.print {
        labels(format!("content/_schema/print/{}.toml", product.id).into(), &[&product.label], take);
    }
    for (name, figure) in &portal.schema.figures {
        let file: Cow<'static, str> = format!("content/_schema/figures/{name}.toml").into();
        let mut values: Vec<&toml::Value> = figure.values().collect();
        while let Some(value) = values.pop() {
            match value {
                toml::Value::String(text) => take(file.clone(), text),
                toml::Value::Array(items) => values.extend(items),
                toml::Value::Table(table) => values.extend(table.values()),
                _ => {}
            }
        }
    }
}
