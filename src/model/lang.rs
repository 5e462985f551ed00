//! Languages of the interface and labels in both.

use serde::{Deserialize, Serialize};

/// A language of the portal. Thai is the main language; English pages live under `en/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Thai, the default.
    #[default]
    Th,
    /// English.
    En,
}

impl Lang {
    /// Both languages, Thai first.
    pub const ALL: [Lang; 2] = [Lang::Th, Lang::En];

    /// BCP 47 tag: `th` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Th => "th",
            Lang::En => "en",
        }
    }

    /// Folder of the language's pages: empty for Thai, `en/` for English.
    pub fn folder(self) -> &'static str {
        match self {
            Lang::Th => "",
            Lang::En => "en/",
        }
    }

    /// The language of a BCP 47 tag.
    pub fn parse(code: &str) -> Option<Lang> {
        match code {
            "th" => Some(Lang::Th),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
}

/// A text in Thai and English. A missing half is shown in the other language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Thai text.
    pub th: String,
    /// English text.
    pub en: String,
}

impl Label {
    /// A label from both texts.
    pub fn new(th: impl Into<String>, en: impl Into<String>) -> Label {
        Label { th: th.into(), en: en.into() }
    }

    /// The text in `lang`, or in the other language where this one is empty.
    pub fn get(&self, lang: Lang) -> &str {
        let (first, second) = match lang {
            Lang::Th => (&self.th, &self.en),
            Lang::En => (&self.en, &self.th),
        };
        if first.is_empty() { second } else { first }
    }

    /// Whether neither language has a text.
    pub fn is_empty(&self) -> bool {
        self.th.is_empty() && self.en.is_empty()
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Raw {
            One(String),
            Both {
                #[serde(default)]
                th: String,
                #[serde(default)]
                en: String,
            },
        }
        Ok(match Raw::deserialize(deserializer)? {
            Raw::One(text) => Label { th: text, en: String::new() },
            Raw::Both { th, en } => Label { th, en },
        })
    }
}

/// Position of a language in pairs of values by language.
pub fn lang_index(lang: Lang) -> usize {
    match lang {
        Lang::Th => 0,
        Lang::En => 1,
    }
}
