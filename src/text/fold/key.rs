//! The key of a word that is blind to small differences of spelling.

/// The spelling-blind key of a folded Thai word: without tones, short and
/// silent signs, with long and short i and u, and letters of one sound, alike.
/// Never shown; two different words may share it.
pub fn key(word: &[char]) -> String {
    key_map(word).into_iter().map(|(c, _)| c).collect()
}

/// [`key`], each character with its place in the word.
pub fn key_map(word: &[char]) -> Vec<(char, usize)> {
    let mut out = Vec::with_capacity(word.len());
    key_into(word, &mut out);
    out
}

/// [`key_map`] into a buffer that is emptied first.
pub fn key_into(word: &[char], out: &mut Vec<(char, usize)>) {
    out.clear();
    for (i, &c) in word.iter().enumerate() {
        let folded = match c {
            '\u{0e47}'..='\u{0e4b}' | '\u{0e4d}' | '\u{0e4e}' => continue,
            '\u{0e4c}' => {
                // A silenced consonant goes, with the short vowel on it.
                if out.last().is_some_and(|&(c, _)| matches!(c, '\u{0e34}' | '\u{0e38}')) {
                    out.pop();
                }
                if out.last().is_some_and(|&(c, _)| matches!(c, '\u{0e01}'..='\u{0e2e}')) {
                    out.pop();
                }
                continue;
            }
            '\u{0e35}' => '\u{0e34}',
            '\u{0e37}' => '\u{0e36}',
            '\u{0e39}' => '\u{0e38}',
            'ณ' => 'น',
            'ศ' | 'ษ' => 'ส',
            'ฬ' => 'ล',
            'ไ' => 'ใ',
            c => c,
        };
        out.push((folded, i));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folded;

    #[test]
    fn keys_are_blind_to_spelling() {
        let k = |w: &str| key(&Folded::new(w).chars);
        assert_eq!(k("เกา"), k("เก่า"));
        assert_eq!(k("ศึกษา"), k("สืกสา"));
        assert_eq!(k("สัมฤทธิ์"), "สัมฤท");
    }
}
