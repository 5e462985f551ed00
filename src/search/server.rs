//! What a search server needs of a portal that has outgrown static files: its documents, one JSON object a line, and the
//! mapping of their fields, for Quickwit (format 0.8 of its index configuration, <https://quickwit.io/docs/configuration/index-config>).
//!
//! Thai has no spaces between words and Quickwit no dictionary: texts are cut into n-grams of two and three letters, the
//! query in the same way. Shards of a portal that are built apart are put into one index by loading the documents of each.

use super::{Documents, SearchDoc};
use crate::model::Lang;
use serde_json::json;

/// The documents of a language, one JSON object a line.
pub(crate) fn lines(documents: &Documents<'_>, base_url: &str) -> impl Iterator<Item = String> {
    (0..documents.len()).map(move |number| line(&documents.get(number), base_url))
}

/// A document as Quickwit takes it: the fields of [`configuration`] and no others.
fn line(doc: &SearchDoc, base_url: &str) -> String {
    let mut facets = serde_json::Map::new();
    for (field, term) in &doc.facets {
        let terms = facets.entry(field).or_insert_with(|| json!([]));
        terms.as_array_mut().into_iter().for_each(|terms| terms.push(json!(term)));
    }
    let headings = doc.sections.iter().map(|s| s.heading.as_str()).filter(|h| !h.is_empty());
    let texts = doc.sections.iter().map(|s| s.text.as_str());
    let values = doc.fields.iter().filter(|(weight, _)| *weight > 0).map(|(_, value)| value.as_str());
    json!({
        "id": doc.id,
        "kind": doc.kind,
        "lang": doc.lang,
        "url": format!("{base_url}{}", doc.url),
        "title": doc.title,
        "names": doc.names,
        "summary": doc.summary,
        "headings": headings.collect::<Vec<_>>(),
        "body": texts.chain(values).collect::<Vec<_>>().join("\n"),
        "year": doc.year,
        "illustrative": doc.sample,
        "facets": facets,
    })
    .to_string()
}

/// The configuration of the index of a language.
pub(crate) fn configuration(lang: Lang) -> String {
    let text = |name: &str, kind: &str| {
        format!("    - {{ name: {name}, type: {kind}, tokenizer: letters, record: position }}\n")
    };
    let whole = |name: &str| format!("    - {{ name: {name}, type: text, tokenizer: raw, fast: true }}\n");
    let mut fields: String = ["id", "kind", "lang", "url"].into_iter().map(whole).collect();
    fields.extend(
        [
            ("title", "text"),
            ("names", "array<text>"),
            ("summary", "text"),
            ("headings", "array<text>"),
            ("body", "text"),
        ]
        .map(|(name, kind)| text(name, kind)),
    );
    let code = lang.code();
    format!(
        "version: 0.8\n\
         index_id: sala-{code}\n\
         doc_mapping:\n  \
           mode: strict\n  \
           field_mappings:\n{fields}    \
             - {{ name: year, type: i64, fast: true }}\n    \
             - {{ name: illustrative, type: bool, fast: true }}\n    \
             - {{ name: facets, type: json, tokenizer: raw, fast: true }}\n  \
           tokenizers:\n    \
             - {{ name: letters, type: ngram, min_gram: 2, max_gram: 3, filters: [lower_caser] }}\n\
         search_settings:\n  \
           default_search_fields: [title, names, headings, summary, body]\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Section;
    use serde_json::Value;

    /// Name and type of each mapped field.
    fn mapped() -> Vec<(String, String)> {
        let text = configuration(Lang::TH);
        let value = |line: &str, key: &str| {
            let rest = line.split_once(&format!("{key}: "))?.1;
            Some(rest.split([',', ' ']).next()?.to_owned())
        };
        text.lines().filter_map(|line| Some((value(line, "name")?, value(line, "type")?))).collect()
    }

    /// A strict mapping refuses a document with a field that is not mapped, or with a value of another type.
    #[test]
    fn every_value_of_a_document_has_the_type_of_its_field() {
        let doc = SearchDoc {
            id: "a".into(),
            title: "อ่านคู่".into(),
            names: vec!["คู่".into()],
            sections: vec![Section {
                heading: "หัวข้อ".into(), text: "ข้อความ\nต่อ".into(), ..Section::default()
            }],
            fields: vec![(1, "ค่า".into()), (0, "ไม่ค้น".into())],
            facets: vec![("level".into(), "primary".into()), ("level".into(), "secondary".into())],
            year: Some(2564),
            sample: true,
            ..SearchDoc::default()
        };
        let line = line(&doc, "https://portal.example/");
        assert!(!line.contains('\n'), "one line");
        let Value::Object(fields) = serde_json::from_str(&line).unwrap() else { panic!("{line}") };
        let mapped = mapped();
        for (name, value) in &fields {
            let kind = mapped.iter().find(|(mapped, _)| mapped == name).map(|(_, kind)| kind.as_str());
            let right = match kind {
                Some("text") => value.is_string(),
                Some("array<text>") => value.as_array().is_some_and(|all| all.iter().all(Value::is_string)),
                Some("i64") => value.is_i64() || value.is_null(),
                Some("json") => value.is_object(),
                Some("bool") => value.is_boolean(),
                _ => false,
            };
            assert!(right, "{name}: {value}");
        }
        assert_eq!(fields["body"], "ข้อความ\nต่อ\nค่า");
        assert_eq!(fields["illustrative"], true);
        assert_eq!(fields["facets"]["level"], json!(["primary", "secondary"]));
    }

    #[test]
    fn searched_fields_are_mapped() {
        let text = configuration(Lang::TH);
        let searched = text.split_once("default_search_fields: [").unwrap().1.split(']').next().unwrap();
        let mapped = mapped();
        assert!(searched.split(", ").all(|name| mapped.iter().any(|(mapped, _)| mapped == name)), "{searched}");
        assert!(text.contains("name: letters, type: ngram") && text.contains("tokenizer: letters"));
    }
}
