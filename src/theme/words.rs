//! Interface words: `i18n/TAG.toml` of theme and portal.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::Lang;
use crate::text::locale;
use std::collections::{BTreeMap, BTreeSet};

/// Interface words by language and key.
#[derive(Debug, Clone, Default)]
pub struct Words(BTreeMap<Lang, BTreeMap<String, String>>);

impl Words {
    /// Adds the words of a file; later ones replace earlier ones.
    pub fn add(&mut self, lang: Lang, words: BTreeMap<String, String>) {
        self.0.entry(lang).or_default().extend(words);
    }

    /// The interface text of a key in a language, else in the one that it is a form of, else in English, else in Thai;
    /// the key itself when there is none.
    #[must_use]
    pub fn word<'a>(&'a self, lang: Lang, key: &'a str) -> &'a str {
        let forms = std::iter::successors(Some(lang), |l| l.broader()).chain([Lang::EN, Lang::TH]);
        forms.filter_map(|l| self.0.get(&l)?.get(key)).next().map_or(key, String::as_str)
    }

    /// The interface text of a key for a number of things, written into it as `{n}`: `key.one`, `key.few` and so on where
    /// the language has such a form and a file gives it, else `key`.
    #[must_use]
    pub fn count(&self, lang: Lang, key: &str, n: usize) -> String {
        let form = format!("{key}.{}", locale::plural(lang.code(), n));
        let found = self.word(lang, &form);
        let own = |key: &str| self.0.get(&lang).is_some_and(|words| words.contains_key(key));
        // A plural form of English stands in only where its plain form does.
        let text = if found != form && (own(&form) || !own(key)) { found } else { self.word(lang, key) };
        text.replace("{n}", &locale::number(lang.code(), &n.to_string()))
    }

    /// Every key that some language has a text for.
    pub fn keys(&self) -> BTreeSet<&str> {
        self.0.values().flat_map(|words| words.keys().map(String::as_str)).collect()
    }

    /// Every text with its language.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (Lang, &str)> {
        self.0.iter().flat_map(|(lang, words)| words.values().map(|text| (*lang, text.as_str())))
    }

    /// The keys that English has and a language lacks; plural forms are left to the language.
    fn missing(&self, lang: Lang) -> Vec<&str> {
        let own: Vec<_> = std::iter::successors(Some(lang), |l| l.broader()).filter_map(|l| self.0.get(&l)).collect();
        let wanted = self.0.get(&Lang::EN).into_iter().flat_map(|words| words.keys().map(String::as_str));
        let is_form = |key: &str| key.rsplit_once('.').is_some_and(|(_, form)| form == "one");
        wanted.filter(|key| !is_form(key) && !own.iter().any(|words| words.contains_key(*key))).collect()
    }

    /// The file of a language with the words that it lacks added as comments, each with its English text; `None` where it
    /// lacks none. `old` is the file as it stands: words that it already has as comments are not added again.
    pub(crate) fn draft(&self, lang: Lang, old: &str) -> Option<String> {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let is_there = |key: &str| old.lines().any(|line| line.starts_with(&format!("# {} =", quoted(key))));
        let missing: Vec<&str> = self.missing(lang).into_iter().filter(|key| !is_there(key)).collect();
        if missing.is_empty() {
            return None;
        }
        let mut out = old.to_owned();
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str("# แปลข้อความแล้วลบ # หน้าบรรทัด · translate the text and take the # off the line\n");
        for key in missing {
            out.push_str(&format!("# {} = {}\n", quoted(key), quoted(self.word(Lang::EN, key))));
        }
        Some(out)
    }

    /// A finding for each of the languages that lacks words; the words of English, else of Thai, stand in.
    pub fn check(&self, languages: &[Lang]) -> Vec<Diagnostic> {
        let lacking = languages.iter().map(|lang| (*lang, self.missing(*lang))).filter(|(_, keys)| !keys.is_empty());
        lacking.map(|(lang, keys)| lacks(lang, &keys)).collect()
    }
}

fn lacks(lang: Lang, keys: &[&str]) -> Diagnostic {
    let (tag, count) = (lang.code(), keys.len());
    let some: Vec<String> = keys.iter().take(3).map(|key| format!("\"{key}\"")).collect();
    let some = some.join(", ");
    Diagnostic::new(
        Code::MissingWords,
        format!("i18n/{tag}.toml"),
        format!("คำของหน้าเว็บภาษา {tag} ยังขาด {count} คำ เช่น {some} จึงแสดงเป็นภาษาอังกฤษ"),
        format!("{count} interface words have no `{tag}` text, such as {some}; they are shown in English"),
    )
    .hint(
        format!("sala schema --words เขียน i18n/{tag}.toml ให้ พร้อมข้อความอังกฤษที่ต้องแปล"),
        format!("`sala schema --words` writes i18n/{tag}.toml with the English texts to translate"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let of = |pairs: &[(&str, &str)]| pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
        let mut words = Words::default();
        words.add(Lang::EN, of(&[("n", "{n} pages"), ("n.one", "{n} page"), ("a", "A")]));
        words.add(Lang::TH, of(&[("n", "{n} หน้า"), ("a", "ก"), ("b", "ข")]));
        words.add(Lang::parse("ar").unwrap(), of(&[("n", "{n} صفحة"), ("n.few", "{n} صفحات")]));
        words
    }

    #[test]
    fn the_words_of_a_language_are_drafted_once() {
        let mut words = words();
        let lao = Lang::parse("lo").unwrap();
        let draft = words.draft(lao, "").expect("words are lacking");
        assert!(draft.contains("# \"a\" = \"A\"\n# \"n\" = \"{n} pages\"\n") && !draft.contains("n.one"), "{draft}");
        assert_eq!(words.draft(lao, &draft), None);
        let own: BTreeMap<String, String> = toml::from_str(&draft.replace("# \"", "\"")).expect("TOML");
        words.add(lao, own);
        assert_eq!(words.draft(lao, ""), None);
        assert_eq!(words.draft(Lang::TH, ""), None);
    }

    #[test]
    fn a_missing_word_is_english_and_a_finding() {
        let (words, lao) = (words(), Lang::parse("lo").unwrap());
        assert_eq!([words.word(lao, "a"), words.word(lao, "b"), words.word(lao, "c")], ["A", "ข", "c"]);
        let found = words.check(&[Lang::EN, Lang::TH, lao]);
        assert_eq!(found.len(), 1);
        assert!(found[0].message.en.contains("2 interface words") && found[0].file == "i18n/lo.toml");
    }

    #[test]
    fn a_count_has_the_form_of_its_language() {
        let (words, arabic) = (words(), Lang::parse("ar").unwrap());
        assert_eq!([words.count(Lang::EN, "n", 1), words.count(Lang::EN, "n", 2000)], ["1 page", "2,000 pages"]);
        assert_eq!(words.count(Lang::TH, "n", 1), "1 หน้า");
        assert!(words.count(arabic, "n", 3).ends_with("صفحات") && words.count(arabic, "n", 1).ends_with("صفحة"));
        assert_eq!(words.count(Lang::parse("lo").unwrap(), "n", 1), "1 pages");
    }
}
