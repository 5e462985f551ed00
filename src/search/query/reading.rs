//! What people mean who type a kind, a place or a question together with what they look for: other readings of a query.

use crate::search::document::SearchKind;
use crate::search::words::QueryWords;
use crate::text::fold::{Script, script};
use crate::text::segment::open;

/// A reading of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Reading {
    /// What is looked for.
    pub text: String,
    /// The kind that it is looked for in.
    pub kind: Option<String>,
    /// The question that is asked of it.
    pub question: Option<String>,
    /// Whether it is taken only where an entry is named so.
    #[serde(skip)]
    pub named: bool,
}

fn is_thai(c: Option<char>) -> bool {
    c.and_then(script) == Some(Script::Thai)
}

/// Whether what is left tells something.
fn tells(rest: &str) -> bool {
    rest.chars().count() > 1 || rest.starts_with(|c: char| c.is_ascii_digit())
}

/// A text without a word at its beginning: Thai words stand together, others end at a gap.
fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(word)?;
    let parted = rest.starts_with(' ') || is_thai(word.chars().next_back());
    let chars: Vec<char> = text.chars().collect();
    let rest = (parted && open(&chars, word.chars().count())).then_some(rest.trim_start())?;
    tells(rest).then_some(rest)
}

/// A text without a word at its end.
fn before<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_suffix(word)?;
    let parted = rest.ends_with(' ') || is_thai(word.chars().next());
    let rest = parted.then_some(rest.trim_end())?;
    tells(rest).then_some(rest)
}

/// What a question is about, and the question.
fn question<'a>(text: &'a str, words: &'a QueryWords) -> Option<(&'a str, &'a str)> {
    let mut found: Option<(&str, &str)> = None;
    for question in &words.questions {
        let first = |rest: &'a str| {
            let ends = question.after.iter().find_map(|word| before(rest, word));
            ends.or_else(|| question.before.iter().find_map(|word| after(rest, word)))
        };
        if let Some(rest) = first(text) {
            let rest = first(rest).unwrap_or(rest);
            if found.is_none_or(|(other, _)| rest.len() < other.len()) {
                found = Some((rest, &question.id));
            }
        }
    }
    found
}

/// What is looked for in a kind, and the kind.
fn kind<'a>(text: &'a str, kinds: &'a [SearchKind], words: &QueryWords, whole: bool) -> Option<(&'a str, &'a str)> {
    let mut found: Option<(usize, &str, &str)> = None;
    for kind in kinds {
        for word in &kind.words {
            // The name of a kind alone is no kind and a name.
            if text == word {
                return whole.then_some((text, kind.id.as_str()));
            }
            let rest =
                after(text, word).or_else(|| if is_thai(word.chars().next()) { None } else { before(text, word) });
            if let Some(rest) = rest
                && found.is_none_or(|(length, ..)| word.len() > length)
            {
                found = Some((word.len(), rest, &kind.id));
            }
        }
    }
    let (_, mut rest, kind) = found?;
    for _ in 0..2 {
        rest = words.between.iter().find_map(|word| after(rest, word)).unwrap_or(rest);
    }
    Some((rest, kind))
}

/// Readings of a folded text, the one that explains most first.
pub(super) fn readings(text: &str, kinds: &[SearchKind], words: &QueryWords) -> Vec<Reading> {
    let reading = |text: &str, kind: Option<&str>, question: Option<&str>, named: bool| Reading {
        text: text.to_owned(),
        kind: kind.map(str::to_owned),
        question: question.map(str::to_owned),
        named,
    };
    let mut out = Vec::new();
    if let Some((about, question)) = question(text, words) {
        // Of examples the kind is asked for, of other questions what is named.
        let of_kind =
            kind(about, kinds, words, true).map(|(rest, kind)| reading(rest, Some(kind), Some(question), false));
        let named = reading(about, None, Some(question), true);
        match question {
            "example" => out.extend(of_kind.into_iter().chain([named])),
            _ => out.extend([named].into_iter().chain(of_kind)),
        }
        out.push(reading(about, None, Some(question), false));
    }
    if let Some((rest, kind)) = kind(text, kinds, words, false) {
        out.push(reading(rest, Some(kind), None, false));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::words::query_words;

    #[test]
    fn kinds_and_questions_are_read() {
        let kind = |id: &str, words: &[&str]| SearchKind {
            id: id.into(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            ..SearchKind::default()
        };
        let kinds = [
            kind("school", &["โรงเรียน", "schools"]),
            kind("form", &["แบบฟอร์ม", "ฟอร์ม", "แบบ"]),
            kind("plan", &["แผน"]),
        ];
        let words = query_words("th");
        let first = |text: &str| {
            let found = readings(text, &kinds, &words);
            found.into_iter().next().map(|r| (r.text, r.kind.unwrap_or_default(), r.question.unwrap_or_default()))
        };
        let read = |text: &str, kind: &str, question: &str| Some((text.into(), kind.into(), question.into()));
        assert_eq!(first("โรงเรียนในเชียงใหม่"), read("เชียงใหม่", "school", ""));
        assert_eq!(first("โรงเรียน จังหวัดขอนแก่น"), read("ขอนแก่น", "school", ""));
        assert_eq!(first("ฟอร์ม 8"), read("8", "form", ""));
        assert_eq!(first("แบบฟอร์มนิเทศ"), read("นิเทศ", "form", ""));
        assert_eq!(first("chiang mai schools"), read("chiang mai", "school", ""));
        assert_eq!(first("aar คืออะไร"), read("aar", "", "meaning"));
        assert_eq!(first("วิธีทำ aar"), read("aar", "", "how"));
        assert_eq!(first("ตัวอย่างแผนนิเทศ"), read("นิเทศ", "plan", "example"));
        assert_eq!(first("ตัวอย่างแผน"), read("แผน", "plan", "example"));
        // A kind alone, or a word that goes on, is no reading.
        assert_eq!(first("โรงเรียน"), None);
        assert_eq!(first("แบบฟอร์ม"), None);
        assert_eq!(first("แบบ์ฟ"), None);
        assert_eq!(first("schoolsoft"), None);
    }
}
