//! Languages of a portal, and labels in them.

use icu_locale_core::LanguageIdentifier;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeSet;
use std::ops::{Index, IndexMut};
use std::sync::Mutex;

/// A language, by its BCP 47 tag in canonical form (`th`, `en`, `pt-BR`, `zh-Hant`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang(&'static str);

impl Lang {
    /// Thai: the language of a portal that names none.
    pub const TH: Lang = Lang("th");
    /// English: the language of the built-in interface words that every other language falls back to.
    pub const EN: Lang = Lang("en");

    /// The canonical tag.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// The language of a BCP 47 tag, written in any case; extensions (`-u-…`) are no part of it.
    pub fn parse(tag: &str) -> Option<Lang> {
        let known: LanguageIdentifier = tag.parse().ok().filter(|id: &LanguageIdentifier| !id.language.is_unknown())?;
        Some(Lang(keep(&known.to_string())))
    }

    /// The tag without its last part: `pt-BR` is a form of `pt`.
    pub fn broader(self) -> Option<Lang> {
        self.0.rsplit_once('-').map(|(broader, _)| Lang(keep(broader)))
    }

    /// Its name in itself, as switches show it; none where it is not in the list.
    pub fn own_name(self) -> Option<&'static str> {
        let known = |lang: Lang| NAMES.iter().find(|(tag, _)| *tag == lang.0).map(|(_, name)| *name);
        std::iter::successors(Some(self), |l| l.broader()).find_map(known)
    }

    /// Whether it is written from right to left.
    pub fn is_rtl(self) -> bool {
        crate::text::locale::is_rtl(self.0)
    }

    /// `ltr` or `rtl`, as HTML and Typst name the direction.
    pub fn direction(self) -> &'static str {
        if self.is_rtl() { "rtl" } else { "ltr" }
    }
}

/// Names of languages in themselves.
const NAMES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("bn", "বাংলা"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fil", "Filipino"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("jv", "Basa Jawa"),
    ("km", "ខ្មែរ"),
    ("ko", "한국어"),
    ("lo", "ລາວ"),
    ("ms", "Bahasa Melayu"),
    ("my", "မြန်မာ"),
    ("ne", "नेपाली"),
    ("nl", "Nederlands"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("si", "සිංහල"),
    ("sv", "Svenska"),
    ("sw", "Kiswahili"),
    ("ta", "தமிழ்"),
    ("te", "తెలుగు"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
];

/// Keeps a tag for the rest of the run: a portal has few, and a value that is copied freely is worth it.
fn keep(tag: &str) -> &'static str {
    static TAGS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    match tag {
        "th" => return "th",
        "en" => return "en",
        _ => {}
    }
    let mut tags = TAGS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(kept) = tags.get(tag) {
        return kept;
    }
    let kept: &'static str = Box::leak(tag.into());
    tags.insert(kept);
    kept
}

impl Default for Lang {
    fn default() -> Lang {
        Lang::TH
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(deserializer)?;
        Lang::parse(&tag).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "“{tag}” ไม่ใช่รหัสภาษา เขียนอย่าง th, en, lo / `{tag}` is no language tag; write one such as th, en, pt-BR"
            ))
        })
    }
}

/// A value for each language of a portal.
#[derive(Debug, Clone, Default)]
pub struct ByLang<T>(Vec<(Lang, T)>);

impl<T> ByLang<T> {
    /// Makes the value of every language, in the order of the portal.
    pub fn new(languages: &[Lang], make: impl FnMut(Lang) -> T) -> ByLang<T> {
        ByLang(languages.iter().copied().zip(languages.iter().copied().map(make)).collect())
    }

    /// The values in the order of the portal's languages.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The values in the order of the portal's languages, to change.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    fn at(&self, lang: Lang) -> usize {
        self.0.iter().position(|(l, _)| *l == lang).unwrap_or(0)
    }
}

/// The value of a language; the main language's for one that the portal does not have.
impl<T> Index<Lang> for ByLang<T> {
    type Output = T;

    fn index(&self, lang: Lang) -> &T {
        &self.0[self.at(lang)].1
    }
}

impl<T> IndexMut<Lang> for ByLang<T> {
    fn index_mut(&mut self, lang: Lang) -> &mut T {
        let at = self.at(lang);
        &mut self.0[at].1
    }
}

/// A text in the languages in which it was given. A missing one is shown in another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label {
    /// Thai text; where a label is one text for all languages, that text.
    pub th: String,
    /// English text.
    pub en: String,
    /// Texts in other languages, by tag.
    others: Vec<(Lang, String)>,
}

impl Label {
    /// A label in Thai and English.
    pub fn new(th: impl Into<String>, en: impl Into<String>) -> Label {
        Label { th: th.into(), en: en.into(), others: Vec::new() }
    }

    /// A label from its text in each of some languages.
    pub fn in_each(languages: &[Lang], mut text: impl FnMut(Lang) -> String) -> Label {
        let mut label = Label::default();
        languages.iter().for_each(|lang| label.set(*lang, text(*lang)));
        label
    }

    fn set(&mut self, lang: Lang, text: String) {
        match lang {
            Lang::TH => self.th = text,
            Lang::EN => self.en = text,
            _ => self.others.push((lang, text)),
        }
    }

    fn own(&self, lang: Lang) -> Option<&str> {
        let text = match lang {
            Lang::TH => Some(self.th.as_str()),
            Lang::EN => Some(self.en.as_str()),
            _ => self.others.iter().find(|(l, _)| *l == lang).map(|(_, text)| text.as_str()),
        };
        text.filter(|text| !text.is_empty())
    }

    /// The text in `lang`, else in the language that it is a form of, else in English, Thai or what there is.
    pub fn get(&self, lang: Lang) -> &str {
        let forms = std::iter::successors(Some(lang), |l| l.broader());
        let mut found = forms.chain([Lang::EN, Lang::TH]).filter_map(|l| self.own(l));
        found.next().or_else(|| self.others.iter().map(|(_, t)| t.as_str()).find(|t| !t.is_empty())).unwrap_or("")
    }

    /// All texts that are not empty.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let others = self.others.iter().map(|(_, text)| text.as_str());
        [self.th.as_str(), self.en.as_str()].into_iter().chain(others).filter(|text| !text.is_empty())
    }

    /// Whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.texts().next().is_none()
    }
}

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let both = [("th", &self.th), ("en", &self.en)];
        serializer.collect_map(both.into_iter().chain(self.others.iter().map(|(lang, text)| (lang.code(), text))))
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Raw {
            One(String),
            Each(indexmap::IndexMap<String, String>),
        }
        let texts = match Raw::deserialize(deserializer)? {
            Raw::One(text) => return Ok(Label::new(text, "")),
            Raw::Each(texts) => texts,
        };
        let mut label = Label::default();
        for (tag, text) in texts {
            let lang = Lang::parse(&tag)
                .ok_or_else(|| serde::de::Error::custom(format!("“{tag}” ไม่ใช่รหัสภาษา / `{tag}` is no language tag")))?;
            label.set(lang, text);
        }
        Ok(label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_one_form() {
        for (written, tag) in [("TH", "th"), ("pt-br", "pt-BR"), ("zh-hant", "zh-Hant"), ("pt-BR", "pt-BR")] {
            assert_eq!(Lang::parse(written).map(Lang::code), Some(tag), "{written}");
        }
        for none in ["", "x", "english please", "und", "2", "th-u-nu-thai", "ไทย"] {
            assert_eq!(Lang::parse(none), None, "{none}");
        }
        assert_eq!(Lang::parse("th"), Some(Lang::TH));
        assert!(Lang::parse("ar").unwrap().is_rtl() && Lang::parse("he").unwrap().is_rtl() && !Lang::TH.is_rtl());
    }

    #[test]
    fn a_label_falls_back_to_what_there_is() {
        let label: Label = toml::from_str::<indexmap::IndexMap<String, Label>>(
            "a = { lo = \"ລາວ\", pt = \"olá\" }\nb = \"one\"\nc = { en = \"E\", ar = \"ع\" }",
        )
        .map(|all| all["a"].clone())
        .unwrap();
        let of = |tag: &str| label.get(Lang::parse(tag).unwrap());
        assert_eq!([of("lo"), of("pt-BR"), of("th"), of("en")], ["ລາວ", "olá", "ລາວ", "ລາວ"]);
        assert_eq!(Label::new("ก", "").get(Lang::EN), "ก");
        assert_eq!(Label::new("ก", "k").get(Lang::parse("ja").unwrap()), "k");
        assert!(toml::from_str::<indexmap::IndexMap<String, Label>>("a = { \"no tag\" = \"x\" }").is_err());
    }

    #[test]
    fn a_value_of_each_language_is_found_by_it() {
        let lao = Lang::parse("lo").unwrap();
        let mut by = ByLang::new(&[Lang::EN, lao], |lang| lang.code().len());
        by[lao] += 1;
        assert_eq!((by[Lang::EN], by[lao], by[Lang::TH]), (2, 3, 2));
    }
}
