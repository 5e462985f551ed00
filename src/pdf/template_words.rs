//! Which words are in a template and in the files that it imports: data that none of them names need not be given.

use std::collections::{BTreeMap, BTreeSet};

use super::assets::PdfAssets;

/// The words of each template by its stem, those of imported files included.
pub(super) type Words = BTreeMap<String, BTreeSet<String>>;

/// What functions of the program read of an entry (`template_functions`).
const READ_BY: &[(&str, &str)] =
    &[("field", "fields"), ("shown", "fields"), ("records", "fields"), ("section", "sections")];

/// The words of the templates of the assets.
pub(super) fn of(assets: &PdfAssets) -> Words {
    let texts = assets.templates.iter();
    words(&texts.filter_map(|(name, bytes)| Some((name.as_str(), std::str::from_utf8(bytes).ok()?))).collect())
}

fn words(texts: &BTreeMap<&str, &str>) -> Words {
    let own: BTreeMap<&str, BTreeSet<&str>> =
        texts.iter().map(|(name, text)| (*name, tokens(text).collect())).collect();
    texts
        .keys()
        .filter_map(|name| {
            let stem = name.strip_suffix(".typ")?;
            let mut seen = BTreeSet::new();
            follow(name, texts, &mut seen);
            let mut words: BTreeSet<&str> = seen.iter().flat_map(|name| own[name].iter().copied()).collect();
            let read: Vec<&str> = READ_BY.iter().filter(|(by, _)| words.contains(by)).map(|(_, key)| *key).collect();
            words.extend(read);
            Some((stem.to_owned(), words.into_iter().map(str::to_owned).collect()))
        })
        .collect()
}

fn follow<'a>(name: &'a str, texts: &BTreeMap<&'a str, &'a str>, seen: &mut BTreeSet<&'a str>) {
    let Some((&name, text)) = texts.get_key_value(name) else {
        return;
    };
    if seen.insert(name) {
        for part in text.split("import \"").skip(1) {
            follow(part.split('"').next().unwrap_or_default(), texts, seen);
        }
    }
}

/// Remarks on lines of their own name nothing.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let words = lines.flat_map(|line| line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')));
    words.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imported_files_count() {
        let texts = BTreeMap::from([
            ("a.typ", "#import \"b.typ\": *\n#data.entry.title"),
            ("b.typ", "#import \"a.typ\": x\n#e.at(\"lead_blocks\")"),
            ("c.typ", "// a title\nnothing"),
        ]);
        let words = words(&texts);
        assert!(words["a"].contains("title") && words["a"].contains("lead_blocks"));
        assert!(!words["c"].contains("title"));
    }

    #[test]
    fn functions_of_the_program_read_what_they_are_given() {
        let words = words(&BTreeMap::from([("a.typ", "#section(e, \"how\")"), ("b.typ", "#shown(e, \"cost\")")]));
        assert!(words["a"].contains("sections") && !words["a"].contains("fields"));
        assert!(words["b"].contains("fields") && !words["b"].contains("sections"));
    }
}
