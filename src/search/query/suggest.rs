//! "Did you mean": the nearest spelling in the best pages; and the query as
//! typed with the other keyboard layout.

use crate::search::analysis::Fragment;
use crate::search::ranking::{MAX_QUERY, SUGGEST, SUGGEST_EDITS};
use crate::text::fold::{Folded, is_mark};

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

/// The part of the pages' titles, headings and texts that differs least from
/// the query; `None` when the query occurs or nothing is near.
pub(super) fn suggest(query: &str, pages: &[Fragment]) -> Option<String> {
    let needle = Folded::new(query).chars;
    let n = needle.len();
    if !(SUGGEST.0..=SUGGEST.1).contains(&n) {
        return None;
    }
    let limit = (n / SUGGEST_EDITS).max(1) as u32;
    let mut best: Option<(u32, String)> = None;
    for page in pages {
        let texts = std::iter::once(page.1.as_str())
            .chain(page.6.iter().flat_map(|(_, heading, text)| [heading.as_str(), text.as_str()]));
        for text in texts {
            let limit = best.as_ref().map_or(limit, |(d, _)| d.saturating_sub(1));
            if let Some(found) = nearest(&needle, text, limit) {
                if found.0 == 0 {
                    return None;
                }
                // A piece of the query itself is no nearer spelling.
                let piece = Folded::new(&found.1).chars;
                if piece.is_empty() || needle.windows(piece.len()).any(|w| w == piece) {
                    continue;
                }
                best = Some(found);
            }
        }
    }
    best.map(|(_, text)| text)
}

/// The first part of a text with the fewest edits to `needle`, at most `limit`;
/// of equal ones rather one that begins and ends with the same characters.
fn nearest(needle: &[char], text: &str, limit: u32) -> Option<(u32, String)> {
    let hay = Folded::new(text);
    let n = needle.len();
    // Per prefix of the needle: edits and where the part begins.
    let mut row: Vec<(u32, usize)> = (0..=n).map(|i| (i as u32, 0)).collect();
    let mut found: Option<(u32, usize, usize)> = None;
    let cost = |distance: u32, start: usize, end: usize| {
        let ends = hay.chars.get(start) == needle.first() && hay.chars.get(end) == needle.last();
        2 * distance + u32::from(!ends)
    };
    for (j, &c) in hay.chars.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (0, j + 1);
        for i in 1..=n {
            let swap = (diagonal.0 + u32::from(needle[i - 1] != c), diagonal.1);
            let skip = (row[i].0 + 1, row[i].1);
            let gap = (row[i - 1].0 + 1, row[i - 1].1);
            diagonal = row[i];
            let mut least = swap;
            if skip.0 < least.0 {
                least = skip;
            }
            if gap.0 < least.0 {
                least = gap;
            }
            row[i] = least;
        }
        let parts = |next: &char| is_mark(*next) || matches!(next, 'ะ' | 'า' | 'ำ');
        let whole = !matches!(c, 'เ' | 'แ' | 'โ' | 'ใ' | 'ไ') && !hay.chars.get(j + 1).is_some_and(parts);
        let here = cost(row[n].0, row[n].1, j);
        if whole && row[n].0 <= limit && found.is_none_or(|(best, _, _)| here < best) {
            found = Some((here, row[n].1, j));
        }
    }
    let (cost, mut start, end) = found?;
    while start > 0 && is_mark(hay.chars[start]) {
        start -= 1;
    }
    let from = hay.spans[start..=end].iter().map(|s| s.0).min()? as usize;
    let to = hay.spans[start..=end].iter().map(|s| s.1).max()? as usize;
    Some((cost / 2, text.get(from..to)?.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts() {
        assert_eq!(LATIN.chars().count(), THAI.chars().count());
        assert_eq!(other_layout("l;ylfu").as_deref(), Some("สวัสดี"));
        assert_eq!(other_layout("สวัสดี").as_deref(), Some("l;ylfu"));
        assert_eq!(other_layout("  "), None);
    }

    #[test]
    fn suggests_the_nearest_spelling() {
        let page =
            |text: &str| Fragment(String::new(), text.into(), String::new(), String::new(), String::new(), 0, vec![]);
        let pages = [page("การประเมินผลการเรียนรู้")];
        assert_eq!(suggest("ประเมนผล", &pages).as_deref(), Some("ประเมินผล"));
        assert_eq!(suggest("การประเมน", &pages).as_deref(), Some("การประเมิน"));
        assert_eq!(suggest("ประเมินผล", &pages), None);
        assert_eq!(suggest("ฟหกดฟหกด", &pages), None);
    }
}
