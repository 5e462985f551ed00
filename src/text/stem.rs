//! Stems of English words, by Porter's rules (M. F. Porter, "An algorithm for suffix stripping", 1980).
//!
//! `src/search/client/stem.js` does the same; `tests/data/search/stem.json` holds the two together.

/// Endings of step 2: what goes and what takes its place, where the rest has a syllable.
const DERIVED: [(&str, &str); 20] = [
    ("ational", "ate"),
    ("ization", "ize"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("tional", "tion"),
    ("biliti", "ble"),
    ("entli", "ent"),
    ("ousli", "ous"),
    ("ation", "ate"),
    ("alism", "al"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("abli", "able"),
    ("alli", "al"),
    ("ator", "ate"),
    ("eli", "e"),
];
/// Endings of step 3.
const FORMED: [(&str, &str); 7] =
    [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", "")];
/// Endings of step 4, which go where the rest has two syllables; `ion` only after s or t.
const LAST: [&str; 19] = [
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize",
    "al", "er", "ic", "ou",
];

fn is_consonant(word: &[u8], at: usize) -> bool {
    match word[at] {
        b'a' | b'e' | b'i' | b'o' | b'u' => false,
        b'y' => at == 0 || !is_consonant(word, at - 1),
        _ => true,
    }
}

fn has_vowel(word: &[u8]) -> bool {
    (0..word.len()).any(|at| !is_consonant(word, at))
}

/// Sequences of vowels with consonants after them: syllables, about.
fn measure(word: &[u8]) -> usize {
    (1..word.len()).filter(|&at| is_consonant(word, at) && !is_consonant(word, at - 1)).count()
}

fn is_double(word: &[u8]) -> bool {
    let n = word.len();
    n > 1 && word[n - 1] == word[n - 2] && is_consonant(word, n - 1)
}

/// Whether a word ends as "hop" does: an e was there.
fn is_short(word: &[u8]) -> bool {
    let n = word.len();
    n > 2
        && is_consonant(word, n - 1)
        && !is_consonant(word, n - 2)
        && is_consonant(word, n - 3)
        && !matches!(word[n - 1], b'w' | b'x' | b'y')
}

/// Replaces the first of some endings that the word has, if the rest measures more than `least`.
fn replace(word: &mut Vec<u8>, endings: &[(&str, &str)], least: usize) {
    if let Some((ending, other)) = endings.iter().find(|(ending, _)| word.ends_with(ending.as_bytes())) {
        let rest = word.len() - ending.len();
        if measure(&word[..rest]) > least {
            word.truncate(rest);
            word.extend_from_slice(other.as_bytes());
        }
    }
}

fn plural_and_past(word: &mut Vec<u8>) {
    for (ending, other) in [("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")] {
        if word.ends_with(ending.as_bytes()) {
            word.truncate(word.len() - ending.len());
            word.extend_from_slice(other.as_bytes());
            break;
        }
    }
    if word.ends_with(b"eed") {
        return replace(word, &[("eed", "ee")], 0);
    }
    let Some(ending) = [&b"ed"[..], b"ing"].into_iter().find(|ending| word.ends_with(ending)) else { return };
    let rest = word.len() - ending.len();
    if !has_vowel(&word[..rest]) {
        return;
    }
    word.truncate(rest);
    if [&b"at"[..], b"bl", b"iz"].iter().any(|ending| word.ends_with(ending)) {
        word.push(b'e');
    } else if is_double(word) && !matches!(word[word.len() - 1], b'l' | b's' | b'z') {
        word.pop();
    } else if measure(word) == 1 && is_short(word) {
        word.push(b'e');
    }
}

/// The stem of a word of the letters a–z; other words are their own stems.
pub(crate) fn stem(text: &str) -> String {
    let mut word = text.as_bytes().to_vec();
    if word.len() < 3 || !word.iter().all(u8::is_ascii_lowercase) {
        return text.to_owned();
    }
    plural_and_past(&mut word);
    let n = word.len();
    if n > 0 && word[n - 1] == b'y' && has_vowel(&word[..n - 1]) {
        word[n - 1] = b'i';
    }
    replace(&mut word, &DERIVED, 0);
    replace(&mut word, &FORMED, 0);
    if let Some(ending) = LAST.iter().find(|ending| word.ends_with(ending.as_bytes())) {
        let rest = word.len() - ending.len();
        if measure(&word[..rest]) > 1 && (*ending != "ion" || matches!(word[rest - 1], b's' | b't')) {
            word.truncate(rest);
        }
    }
    if word.ends_with(b"e") {
        let rest = &word[..word.len() - 1];
        if measure(rest) > 1 || (measure(rest) == 1 && !is_short(rest)) {
            word.pop();
        }
    }
    if measure(&word) > 1 && is_double(&word) && word.ends_with(b"l") {
        word.pop();
    }
    String::from_utf8(word).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn vectors() {
        let text = include_str!("../../tests/data/search/stem.json");
        let pairs: Vec<(String, String)> = serde_json::from_str(text).expect("vectors");
        assert!(pairs.len() > 40);
        for (word, wanted) in pairs {
            assert_eq!(stem(&word), wanted, "{word}");
        }
    }
}
