//! Keys of pages: what is taken over from an earlier index is told by them.

use super::SearchDoc;
use super::bytes::{Hash, cut};

/// Hashes texts with their lengths, so that no two lists of texts look alike.
#[derive(Default)]
struct Texts(blake3::Hasher);

impl Texts {
    fn put(&mut self, text: &str) {
        self.0.update(&(text.len() as u32).to_le_bytes());
        self.0.update(text.as_bytes());
    }

    fn all<'a>(&mut self, texts: impl ExactSizeIterator<Item = &'a String>) {
        self.put(&texts.len().to_string());
        texts.for_each(|text| self.put(text));
    }
}

/// The hash of a page's sections.
pub fn text(doc: &SearchDoc) -> Hash {
    let mut texts = Texts::default();
    for section in &doc.sections {
        texts.put(&section.anchor);
        texts.put(&section.heading);
        texts.put(&section.text);
    }
    cut(texts.0.finalize())
}

/// The hash of all that search is given of a page, of which `text` is the hash of the sections.
pub fn page(doc: &SearchDoc, text: &Hash) -> Hash {
    let mut texts = Texts::default();
    texts.0.update(text);
    for text in [&doc.id, &doc.kind, &doc.lang, &doc.url, &doc.title, &doc.summary, &doc.breadcrumb] {
        texts.put(text);
    }
    texts.put(&format!("{:?} {:?}", doc.years, doc.year));
    texts.all(doc.names.iter());
    texts.all(doc.dates.iter());
    for (weight, text) in &doc.fields {
        texts.put(&weight.to_string());
        texts.put(text);
    }
    texts.put("");
    for (field, term) in &doc.facets {
        texts.put(field);
        texts.put(term);
    }
    cut(texts.0.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_pages_apart() {
        let key = |doc: &SearchDoc| page(doc, &text(doc));
        let doc = SearchDoc { names: vec!["ab".into()], ..SearchDoc::default() };
        let mut other = doc.clone();
        other.names = vec!["a".into(), "b".into()];
        let mut dated = doc.clone();
        dated.dates = std::mem::take(&mut dated.names);
        assert_ne!(key(&doc), key(&other));
        assert_ne!(key(&doc), key(&dated));
        assert_eq!(key(&doc), key(&doc.clone()));
    }
}
