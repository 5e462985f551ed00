//! How values read as plain text in a language.

use super::Site;
use crate::markdown;
use crate::model::{EntryId, FieldDef, FieldType, Lang, Role, Value, Visibility};
use crate::text::era::Date;
use crate::text::locale;

/// What a sample is called where no theme shows it: in search and on the command line.
pub(crate) fn sample(lang: Lang) -> &'static str {
    if lang == Lang::TH { "ตัวอย่างสมมติ" } else { "Illustrative example" }
}

/// Text of a value in a language, with numbers as written; lists are joined as the language joins them, tables have none.
pub(crate) fn text(site: &Site, field: &FieldDef, value: &Value, lang: Lang) -> String {
    match value {
        Value::Text(text) | Value::Url(text) => text.clone(),
        Value::Markdown(source) => markdown::plain_text(source),
        Value::Integer(n) => locale::number(lang.code(), &n.to_string()),
        Value::Decimal(n) | Value::Money(n) => locale::number(lang.code(), &n.to_string()),
        Value::Percent(n) => format!("{}%", locale::number(lang.code(), &n.to_string())),
        Value::Bool(yes) => match (yes, lang) {
            (true, Lang::TH) => "ใช่".to_owned(),
            (false, Lang::TH) => "ไม่ใช่".to_owned(),
            (true, _) => "Yes".to_owned(),
            (false, _) => "No".to_owned(),
        },
        Value::Year(year) => locale::year(lang.code(), site.public.config.calendar(lang), year),
        Value::Date(day) => date(site, day, lang),
        Value::Period(from, to) => match (to, lang) {
            (Some(to), _) => format!("{} – {}", date(site, from, lang), date(site, to, lang)),
            (None, Lang::TH) => format!("ตั้งแต่ {}", date(site, from, lang)),
            (None, _) => format!("since {}", date(site, from, lang)),
        },
        Value::Term(id) => site
            .public
            .schema
            .vocabulary_of(field)
            .and_then(|v| v.term(id))
            .map_or_else(|| id.clone(), |t| t.label.get(lang).to_owned()),
        Value::Ref(id) => match site.find(id, lang) {
            Some(i) => site.title(i, lang).to_owned(),
            None => id.clone(),
        },
        Value::Image { alt, .. } => alt.clone(),
        Value::File { src, label } if label.is_empty() => src.rsplit('/').next().unwrap_or(src).to_owned(),
        Value::File { label, .. } => label.clone(),
        Value::List(items) => {
            if let Some(years) = value.years() {
                return locale::years(lang.code(), site.public.config.calendar(lang), &years);
            }
            let parts: Vec<String> = items.iter().map(|i| text(site, field, &i.value, lang)).collect();
            locale::list(lang.code(), &parts)
        }
        Value::Table(_) => String::new(),
    }
}

/// The texts of the field that has a role, one an item; none where the kind or the entry has none.
pub(crate) fn of_role(site: &Site, i: EntryId, role: Role, lang: Lang) -> Vec<String> {
    let entry = site.entry(i);
    let kind = &site.public.schema.kinds[entry.kind];
    let Some((f, value)) = kind.role_index(role).and_then(|f| Some((f, entry.value(f)?))) else {
        return Vec::new();
    };
    let texts = value.items().into_iter().map(|item| text(site, &kind.fields[f], item, lang));
    texts.filter(|text| !text.is_empty()).collect()
}

/// A year or a term under the label of its field, which it need not say again: the number of a year under “academic year”.
/// What else begins like its label are an author's words, and stay.
pub(crate) fn under(field: &FieldDef, text: String, lang: Lang) -> String {
    let label = field.label.get(lang);
    let named = field.ty == FieldType::Term || field.ty.year_kind().is_some();
    let says = |text: &str| !label.is_empty() && text.to_lowercase().starts_with(&label.to_lowercase());
    let rest = text.get(label.len()..).filter(|_| named && says(&text));
    match rest.and_then(|rest| rest.strip_prefix(' ')).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// The label of what an id of the schema names: a kind, a field or a field and its value (`field=value`) of the kind that
/// the entry names beside it. An id that names nothing stays as it is.
pub(crate) fn label(site: &Site, i: EntryId, id: &str, lang: Lang) -> String {
    let schema = &site.public.schema;
    let is_public = |visibility| visibility == Visibility::Public;
    if let Some((_, kind)) = schema.kind(id).filter(|(_, kind)| is_public(kind.visibility)) {
        return kind.label.get(lang).to_owned();
    }
    let entry = site.entry(i);
    let own = schema.kinds[entry.kind].fields.iter().enumerate().filter(|(_, field)| field.has(Role::Schema));
    let kind = own.filter_map(|(f, _)| entry.value(f)?.key()).find_map(|id| Some(schema.kind(&id)?.1));
    let (name, term) = id.split_once('=').unwrap_or((id, ""));
    let field = kind.and_then(|kind| Some(&kind.fields[kind.field_index(name)?]));
    let Some(field) = field.filter(|field| is_public(field.visibility)) else {
        return id.to_owned();
    };
    let name = field.label.get(lang);
    if term.is_empty() {
        name.to_owned()
    } else {
        format!("{name}: {}", text(site, field, &Value::Term(term.to_owned()), lang))
    }
}

/// A date in words.
pub(crate) fn date(site: &Site, date: &Date, lang: Lang) -> String {
    locale::date(lang.code(), site.public.config.calendar(lang), date)
}

/// A number as the language writes it: as it was entered, where it can have been; one that a division made without end
/// with two decimals, and below one with two digits that tell something.
pub(crate) fn number(n: f64, lang: Lang) -> String {
    let exact = tidy(n);
    let text = format!("{exact}");
    let digits = text.replace(['-', '.'], "");
    if digits.trim_matches('0').len() <= 12 {
        return locale::number(lang.code(), &text);
    }
    let decimals = if exact.abs() < 1.0 { 1 - exact.abs().log10().floor() as i32 } else { 2 };
    locale::number(lang.code(), &format!("{exact:.*}", decimals as usize))
}

/// A number without what binary fractions leave behind its fifteen certain digits (0.1 + 0.2), and without the sign of a
/// nought.
pub(crate) fn tidy(n: f64) -> f64 {
    let written = if n.fract() == 0.0 { Ok(n) } else { format!("{n:.14e}").parse::<f64>() };
    written.map_or(n, |n| n + 0.0)
}

/// What is left of `a` without `b`, with no more decimals than these have.
pub(crate) fn difference(a: f64, b: f64) -> f64 {
    let decimals = |n: f64| format!("{}", tidy(n)).split_once('.').map_or(0, |(_, part)| part.len());
    format!("{:.*}", decimals(a).max(decimals(b)), a - b).parse::<f64>().map_or(a - b, |n| n + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_records_stay_and_endless_ones_are_short() {
        let exact = [
            (0.004, "0.004"),
            (99.996, "99.996"),
            (99_999.995, "99,999.995"),
            (0.1 + 0.2, "0.3"),
            (1_234_567_890_123.45, "1,234,567,890,123.45"),
            (1_234_567_890_123_456.0, "1,234,567,890,123,456"),
            (-0.0, "0"),
        ];
        for (n, shown) in exact {
            assert_eq!(number(n, Lang::TH), shown);
        }
        assert_eq!(
            [100.0 / 3.0, -2.0 / 3.0, 1.0 / 300.0, 200_000.0 / 3.0].map(|n| number(n, Lang::EN)),
            ["33.33", "-0.67", "0.0033", "66,666.67"]
        );
        assert_eq!(
            [difference(99.996, 100.0), difference(0.004, 0.001), difference(5.0, 5.0)].map(|n| n.to_string()),
            ["-0.004", "0.003", "0"]
        );
    }
}
