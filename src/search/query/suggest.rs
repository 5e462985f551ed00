//! "Did you mean": the nearest spelling in the best pages; and the query as
//! typed with the other keyboard layout.

use super::excerpt::Prepared;
use crate::search::analysis::{Fragment, Lexicon};
use crate::search::ranking::{MAX_QUERY, SUGGEST, SUGGEST_EDITS};
use crate::text::fold::Folded;

/// Keys of the US layout and what the Thai (Kedmanee) layout writes with them.
const LATIN: &str = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";
const THAI: &str = "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐\"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ";

/// Whether a text has Thai characters.
pub(super) fn has_thai(text: &str) -> bool {
    text.chars().any(|c| ('\u{0e01}'..='\u{0e5b}').contains(&c))
}

/// The text that the same keys give in the other layout: Latin letters become
/// Thai when the text has no Thai, and the reverse. `None` when nothing changes.
pub(super) fn other_layout(text: &str) -> Option<String> {
    let thai = has_thai(text);
    let (from, to) = if thai { (THAI, LATIN) } else { (LATIN, THAI) };
    let switched: String = text
        .chars()
        .take(MAX_QUERY)
        .map(|c| from.chars().position(|f| f == c).and_then(|i| to.chars().nth(i)).unwrap_or(c))
        .collect();
    (switched != text).then_some(switched)
}

/// The words of the pages' names, headings and texts that differ least from the query; `None` when the query occurs or
/// nothing is near. Words are whole: as tokens part them, and the frequent words of the index.
pub(super) fn suggest(query: &str, pages: &[Fragment], lexicon: &Lexicon) -> Option<String> {
    let needle: Vec<char> = Folded::new(query).chars.into_iter().filter(|&c| c != ' ').collect();
    let n = needle.len();
    if !(SUGGEST.0..=SUGGEST.1).contains(&n) {
        return None;
    }
    let limit = (n / SUGGEST_EDITS).max(1);
    let mut best: Option<(usize, String)> = None;
    for page in pages {
        let names = std::iter::once(&page.1).chain(&page.7);
        for text in names.chain(page.6.iter().flat_map(|(_, heading, text)| [heading, text])) {
            let limit = best.as_ref().map_or(limit, |(edits, _)| edits - 1);
            if limit == 0 {
                return best.map(|(_, text)| text);
            }
            let prepared = Prepared::new(text);
            let Some((edits, start, end)) = prepared.nearest(&needle, limit) else { continue };
            if edits == 0 {
                return None;
            }
            let (from, to) = prepared.whole_words(start, end, lexicon);
            // Words that go far beyond what is near say something else; a piece of the query is no nearer spelling.
            let piece = &prepared.chars()[from..to];
            if (to - from) - (end - start) <= limit && !needle.windows(piece.len()).any(|w| w == piece) {
                best = Some((edits, prepared.written(from, to)));
            }
        }
    }
    best.map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::key;

    #[test]
    fn layouts() {
        assert_eq!(LATIN.chars().count(), THAI.chars().count());
        assert_eq!(other_layout("l;ylfu").as_deref(), Some("สวัสดี"));
        assert_eq!(other_layout("สวัสดี").as_deref(), Some("l;ylfu"));
        assert_eq!(other_layout("  "), None);
    }

    #[test]
    fn suggests_the_nearest_spelling() {
        let page = |text: &str| Fragment { 1: text.into(), ..Fragment::default() };
        let pages = [page("การประเมินผลการเรียนรู้")];
        let known = ["การ", "ประเมิน", "ผล", "เรียนรู้"].map(|w| (9, key(&w.chars().collect::<Vec<_>>())));
        let lexicon = Lexicon::choose(known.into(), &[]);
        assert_eq!(suggest("ประเมนผล", &pages, &lexicon).as_deref(), Some("ประเมินผล"));
        assert_eq!(suggest("การประเมน", &pages, &lexicon).as_deref(), Some("การประเมิน"));
        assert_eq!(suggest("ประเมินผล", &pages, &lexicon), None);
        assert_eq!(suggest("ฟหกดฟหกด", &pages, &lexicon), None);
        // A part of a word is never offered.
        assert_eq!(suggest("ระเมนผ", &pages, &lexicon), None);
    }
}
