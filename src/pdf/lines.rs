//! Where a Thai line may end.
//!
//! Thai writes no space between words, so somebody has to know them. The portal's own word list does: the cheapest
//! reading of each stretch of Thai gives its words, and a mark is set at every place where a line may end. The
//! typesetter breaks at these marks and spaces only. Kept together: protected words (names of schools, vocabulary terms,
//! the portal's list), ๆ, ฯ and closing marks with what is before them, opening marks with what follows, a number
//! with the word that leads it and with what it counts, ผู้ การ ไม่ and their like with the word after them, นี้ ละ เดียว and
//! theirs with the word before them, two words that the list holds as one (คณะทำงาน). Inside a protected word, a pair that
//! stays together or a long word the ends of
//! its parts get a second mark, for a column so narrow that the whole cannot fit.

use aho_corasick::{AhoCorasick, MatchKind};

use super::job::Problem;
use crate::text::chars::clusters;
use crate::text::ties::{NUMBERS, closes, ordinal, ranges, tied};
use crate::text::words::Words;

/// A place where a line may end (zero-width space; taken out of the finished file's text).
pub(crate) const BREAK: char = '\u{200b}';
/// A place inside a protected word where a line may end when the word does not fit its column.
pub(crate) const SOFT_BREAK: char = '\u{e000}';

/// Keeps what is on its sides together (taken out of the finished file's text).
pub(crate) const JOINER: char = '\u{2060}';

/// Words that stay together though they could be read as two.
const ALWAYS: &[&str] = &["ร้อยละ", "กล่าวคือ", "เป็นต้น", "ได้ผล"];

/// Words that stay with the word after them: they make a noun of it, point at it or deny it.
const BOUND: &[&str] = &["ผู้", "ข้อ", "การ", "ความ", "นัก", "ราย", "ชาว", "ที่", "ทุก", "แต่ละ", "ไม่"];

/// Fewest clusters of a word inside which a line may end where the word does not fit its column.
const LONG_WORD: usize = 9;

/// Bits that a cluster outside every known word costs; the first of a stretch costs more.
const UNKNOWN: u32 = 15;
const UNKNOWN_FIRST: u32 = 26;

/// Most letters of a word that surely fits a line.
const LONGEST_WORD: usize = 40;

/// Most clusters that an unknown stretch keeps on one line.
const LONGEST_UNKNOWN: usize = 16;

/// Finds the places where lines may end.
pub(crate) struct LineBreaker {
    list: &'static Words,
    protected: AhoCorasick,
}

impl std::fmt::Debug for LineBreaker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keeper").field("protected", &self.protected.patterns_len()).finish()
    }
}

impl LineBreaker {
    /// A breaker of these protected words.
    ///
    /// # Errors
    /// More words than the matcher can hold.
    pub(crate) fn new(words: &[String]) -> Result<Self, Problem> {
        let mut list: Vec<&str> =
            words.iter().map(String::as_str).chain(ALWAYS.iter().copied()).map(str::trim).collect();
        list.retain(|word| word.chars().count() > 1);
        list.sort_unstable();
        list.dedup();
        let protected = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&list).map_err(|why| {
            Problem::error(
                "handout-words",
                "protected.toml",
                format!("รายการคำที่ห้ามตัดใช้ไม่ได้: {why}"),
                format!("the list of protected words cannot be used: {why}"),
            )
        })?;
        Ok(Self { list: Words::get(), protected })
    }

    /// The text with [`BREAK`] and [`SOFT_BREAK`] where lines may end.
    pub(crate) fn mark(&self, text: &str) -> String {
        if !text.chars().any(is_thai) && self.protected.find(text).is_none() {
            return glue(text);
        }
        let text = &glue(text);
        let mut cuts = self.cuts(text);
        let mut weak = self.inner_cuts(text, &cuts);
        let bound = self.bound(text, &cuts);
        let words = cuts.clone();
        let mut kept = Vec::new();
        // A short protected word stays with ผู้ การ ความ and their like before it, also inside a longer word.
        let led = |edge: usize| {
            let inside = words.binary_search(&edge).is_err() && BOUND.iter().any(|word| text[..edge].ends_with(word));
            inside || bound.binary_search(&edge).is_ok()
        };
        cuts.retain(|cut| bound.binary_search(cut).is_err());
        weak.extend(&bound);
        for found in self.protected.find_iter(text) {
            let inside = |cut: usize| cut > found.start() && cut < found.end();
            // “อย่าง” is a part of ตัวอย่าง there, and no word by itself.
            let part = self.part_of_word(text, &words, found.range());
            weak.extend(cuts.iter().copied().filter(|&cut| inside(cut)));
            // A space in a protected word is also kept, whatever the column after the number that a term begins with.
            for (at, _) in text[found.range()].match_indices(' ') {
                let numbered = text[found.start()..found.start() + at].chars().all(char::is_numeric);
                if numbered { &mut kept } else { &mut weak }.push(found.start() + at);
            }
            cuts.retain(|&cut| !inside(cut));
            for edge in [found.start(), found.end()] {
                if edge > 0 && edge < text.len() && !forbidden(text, edge) && may_part(text, edge) {
                    let short = clusters(&text[found.range()]).count() < LONG_WORD;
                    if part || short && led(edge) { &mut weak } else { &mut cuts }.push(edge);
                }
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        weak.retain(|cut| cuts.binary_search(cut).is_err());
        weak.sort_unstable();
        weak.dedup();
        let mut out = String::with_capacity(text.len() * 5 / 4);
        let (mut strong, mut soft) = (cuts.iter().peekable(), weak.iter().peekable());
        for (at, c) in text.char_indices() {
            if strong.next_if_eq(&&at).is_some() {
                out.push(BREAK);
            }
            if soft.next_if_eq(&&at).is_some() {
                out.push(SOFT_BREAK);
                out.push(if c == ' ' { '\u{a0}' } else { c });
            } else {
                out.push(if kept.binary_search(&at).is_ok() { '\u{a0}' } else { c });
            }
        }
        out
    }

    /// Whether a stretch is a part of one word of the list, as the text was read with these ends of words.
    fn part_of_word(&self, text: &str, words: &[usize], found: std::ops::Range<usize>) -> bool {
        let before = words.partition_point(|&end| end <= found.start);
        let from = before.checked_sub(1).map_or(0, |k| words[k]);
        let to = words.get(before).copied().unwrap_or(text.len());
        if to < found.end || !text[found.clone()].chars().all(is_thai) {
            return false;
        }
        let start = text[from..found.start]
            .rfind(|c| !is_thai(c))
            .map_or(from, |at| from + at + text[from + at..].chars().next().map_or(0, char::len_utf8));
        let end = text[found.end..to].find(|c| !is_thai(c)).map_or(to, |at| found.end + at);
        (start..end) != found && self.list.contains(&text[start..end])
    }

    /// The ends of words, where a line may end by the rules of setting.
    fn cuts(&self, text: &str) -> Vec<usize> {
        let mut cuts = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let thai = rest.chars().next().is_some_and(is_thai);
            let length = rest.find(|c| is_thai(c) != thai).unwrap_or(rest.len());
            if thai {
                self.words(&rest[..length], at, &mut cuts, usize::MAX);
            }
            // Between Thai and Latin letters a word ends; digits and marks stay with their neighbours.
            let end = at + length;
            let joint = text[..end].chars().next_back().zip(text[end..].chars().next());
            if joint.is_some_and(|(a, b)| {
                (is_thai(a) && b.is_ascii_alphabetic()) || (a.is_ascii_alphabetic() && is_thai(b))
            }) {
                cuts.push(end);
            }
            at = end;
        }
        cuts.retain(|&cut| !forbidden(text, cut));
        cuts
    }

    /// Ends of the parts of long words, each part a word itself.
    fn inner_cuts(&self, text: &str, cuts: &[usize]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut start = 0;
        for end in cuts.iter().copied().chain([text.len()]) {
            let piece = &text[start..end];
            if piece.chars().all(is_thai) && clusters(piece).count() >= LONG_WORD {
                let mut inner = Vec::new();
                if self.words(piece, start, &mut inner, piece.len()) {
                    found.extend(inner.into_iter().filter(|cut| !forbidden(text, *cut)));
                }
            }
            start = end;
        }
        found
    }

    /// The places among these where a word ends that stays with what follows.
    fn bound(&self, text: &str, cuts: &[usize]) -> Vec<usize> {
        let mut found = Vec::new();
        // Whether the number before a place belongs to the word before it.
        let (mut start, mut closed) = (0, false);
        for (k, &cut) in cuts.iter().enumerate() {
            let word = text[start..cut].rsplit(|c| !is_thai(c)).next().unwrap_or_default();
            let next = cuts.get(k + 1).copied().unwrap_or(text.len());
            // The first Thai word after it, and both of them if the list has them as one word.
            let after = text[cut..next].split(|c| !is_thai(c)).next().unwrap_or_default();
            let two = !word.is_empty() && !after.is_empty() && found.last() != Some(&start);
            let whole = || two && self.list.contains(&text[cut - word.len()..cut + after.len()]);
            let own = closes(word, after, &text[cut..]);
            let counts = NUMBERS.contains(&word) && !closed;
            if BOUND.contains(&word) || own || counts || ordinal(&text[cut..]) || whole() {
                found.push(cut);
            }
            closed = own;
            start = cut;
        }
        found
    }

    /// Ends of words inside one stretch of Thai: the reading with the fewest bits, of words shorter than `longest` bytes.
    /// Whether all of it is known words.
    fn words(&self, run: &str, offset: usize, cuts: &mut Vec<usize>, longest: usize) -> bool {
        let mut ends: Vec<usize> = Vec::new();
        let mut at = 0;
        for cluster in clusters(run) {
            at += cluster.len();
            ends.push(at);
        }
        // Per place (0 is the beginning): bits so far, the place before, whether that step was a known word.
        let mut best: Vec<(u32, usize, bool)> = vec![(u32::MAX, 0, false); ends.len() + 1];
        best[0] = (0, 0, true);
        for place in 0..ends.len() {
            let (bits, _, known) = best[place];
            let start = if place == 0 { 0 } else { ends[place - 1] };
            let mut step = |to: usize, cost: u32, word: bool| {
                let total = bits.saturating_add(cost);
                if total < best[to].0 {
                    best[to] = (total, place, word);
                }
            };
            step(place + 1, if known { UNKNOWN_FIRST } else { UNKNOWN }, false);
            for length in self.list.prefixes(&run[start..]).filter(|length| *length < longest) {
                if let Ok(index) = ends[place..].binary_search(&(start + length)) {
                    let cost = self.list.cost(&run[start..start + length]).map_or(UNKNOWN, u32::from);
                    step(place + index + 1, cost, true);
                }
            }
        }
        let mut found = Vec::new();
        let (mut place, mut unknown, mut all) = (ends.len(), 0, true);
        while place > 0 {
            let (_, before, known) = best[place];
            all &= known;
            let after_known = place == ends.len() || known || unknown == 0;
            unknown = if known { 0 } else { unknown + 1 };
            if place < ends.len() && (after_known || unknown > LONGEST_UNKNOWN) {
                found.push(offset + ends[place - 1]);
                unknown = usize::from(!known);
            }
            place = before;
        }
        found.reverse();
        cuts.append(&mut found);
        all
    }
}

/// A letter, vowel or mark of Thai (not a digit, ๆ or ฯ).
pub(super) fn is_thai(c: char) -> bool {
    matches!(c, 'ก'..='ฮ' | 'ะ'..='ฺ' | 'เ'..='ๅ' | '็'..='๎')
}

/// Joins ๆ to the word before it over the space that is between them, and numbers to the word that leads them and to
/// what they count.
fn glue(text: &str) -> String {
    let mut out = text.replace(" ๆ", "\u{a0}ๆ").replace(" ฯ", "\u{a0}ฯ");
    let spots: Vec<usize> = tied(&out).into_iter().filter_map(|r| Some(r.start + out[r].find(' ')?)).collect();
    for at in spots.into_iter().rev() {
        out.replace_range(at..=at, "\u{a0}");
    }
    for (_, dash) in ranges(&out).into_iter().rev() {
        out.insert(dash + '–'.len_utf8(), JOINER);
    }
    out
}

/// The text with line ends inside words of Latin letters longer than any line; an address breaks at its slashes.
pub(crate) fn split_long(text: &str) -> String {
    let ends = |c: char| !c.is_ascii_graphic() || c == '/';
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(ends) {
        let long = word.trim_end_matches(ends).len() > LONGEST_WORD;
        for (k, c) in word.chars().enumerate() {
            if long && k > 0 && k % (LONGEST_WORD / 4) == 0 && !ends(c) {
                out.push(BREAK);
            }
            out.push(c);
        }
    }
    out
}

/// Whether a word may end at this place though no space says so: at a script that writes none, and not inside a number.
/// `other` is a part of `another`.
fn may_part(text: &str, at: usize) -> bool {
    let runs_on = |c: &char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
    let sides = [text[..at].chars().next_back(), text[at..].chars().next()];
    sides.iter().flatten().any(runs_on) && !sides.iter().flatten().all(|c| c.is_numeric())
}

/// Whether a line end at this place breaks a rule of Thai setting.
fn forbidden(text: &str, cut: usize) -> bool {
    let (Some(after), Some(before)) = (text[cut..].chars().next(), text[..cut].chars().next_back()) else {
        return true;
    };
    !(is_thai(after) || after.is_alphanumeric() || matches!(after, '“' | '‘' | '(' | '['))
        || matches!(before, '“' | '‘' | '«' | '(' | '[' | '{' | '฿' | '\u{a0}' | '/' | 'เ'..='ไ')
        || text[cut..].starts_with("ว่า")
        || matches!(after, 'ะ' | 'ั' | 'า' | 'ำ' | 'ิ'..='ฺ' | 'ๅ' | '็'..='๎')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaker() -> LineBreaker {
        LineBreaker::new(&[
            "เครือข่ายนวัตกรรมคุณภาพสถานศึกษา".to_owned(),
            "โรงเรียนบ้านหนองแวง".to_owned(),
            "IQA AWARD".to_owned(),
            "บุคคล".to_owned(),
            "ต้องการ".to_owned(),
            "อย่าง".to_owned(),
        ])
        .expect("six words")
    }

    fn shown(text: &str) -> String {
        breaker().mark(text).replace(BREAK, "|").replace(SOFT_BREAK, "~").replace('\u{a0}', "_")
    }

    #[test]
    fn words_end_where_they_end() {
        assert_eq!(shown("ครูพบว่านักเรียนอ่านไม่คล่อง"), "ครู|พบว่า|นักเรียน|อ่าน|ไม่~คล่อง");
        assert_eq!(shown("ใช้Facebookสอน"), "ใช้|Facebook|สอน");
    }

    #[test]
    fn protected_words_stay_whole() {
        let marked = shown("ประชุมเครือข่ายนวัตกรรมคุณภาพสถานศึกษาที่โรงเรียนบ้านหนองแวงเมื่อวาน IQA AWARD");
        assert!(marked.contains("|เครือข่าย~"), "{marked}");
        assert!(marked.contains("|โรงเรียน~บ้าน"), "{marked}");
        assert!(marked.ends_with("IQA~_AWARD"), "{marked}");
        let term = LineBreaker::new(&["5 การเกิดวัฒนธรรม".to_owned()]).expect("a term").mark("ตาม 5 การเกิดวัฒนธรรม");
        assert!(term.contains("5\u{a0}การ") && term.contains(SOFT_BREAK), "{term}");
    }

    #[test]
    fn a_short_protected_word_stays_with_what_leads_it() {
        assert!(!shown("แผนรายบุคคลของครู").contains("ราย|บุคคล"), "{}", shown("แผนรายบุคคลของครู"));
        assert!(!shown("แทนความต้องการสี่เรื่อง").contains("ความ|ต้องการ"));
        assert!(shown("ครูต้องการบุคคล").contains("|ต้องการ|"));
    }

    #[test]
    fn a_protected_word_inside_a_longer_word_is_none() {
        assert_eq!(shown("ก่อนปิด AAR (ตัวอย่าง)"), "ก่อน|ปิด AAR (ตัว~อย่าง)");
        assert_eq!(shown("ตัวอย่าง"), "ตัว~อย่าง");
        assert_eq!(shown("ทำอย่างดี"), "ทำ|อย่าง|ดี");
    }

    #[test]
    fn a_protected_word_in_a_longer_one_of_other_letters_ends_no_line() {
        let words = ["other", "student", "ป.1", "ป.๑", "ภาคเรียนที่ 1", "M1"];
        let breaker = LineBreaker::new(&words.map(str::to_owned)).expect("six words");
        let shown = |text: &str| breaker.mark(text).replace(BREAK, "|").replace(SOFT_BREAK, "~").replace('\u{a0}', "_");
        for text in [
            "another",
            "students of others",
            "pre-other-school",
            "https://other.example/students",
            "XM12",
            "ป.12",
            "ป.๑๒",
        ] {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown("ใช้otherสอนstudentครู"), "ใช้|other|สอน|student|ครู");
    }

    #[test]
    fn pairs_and_long_words_give_way_last() {
        assert_eq!(shown("เป็นผู้ชวนเพื่อน"), "เป็น|ผู้~ชวน|เพื่อน");
        assert_eq!(shown("วัดผู้เรียน 52 คน ใช้ห้านาที"), "วัด|ผู้เรียน 52_คน ใช้|ห้า~นาที");
        assert_eq!(shown("วิธีนี้ไม่ใช่ทุกคนที่ได้ผล"), "วิธี~นี้|ไม่~ใช่|ทุก~คน|ที่~ได้~ผล");
        assert_eq!(shown("ของคณะทำงานหนึ่งฝ่าย"), "ของ|คณะ~ทำงาน|หนึ่ง~ฝ่าย");
        assert_eq!(shown("ตามรูปแบบที่ 3 ในครั้งที่สอง"), "ตาม|รูปแบบ~ที่_3 ใน|ครั้ง~ที่~สอง");
        assert_eq!(shown("เยี่ยมครั้งละสามคน ผู้เรียนคนหนึ่งติด"), "เยี่ยม|ครั้ง~ละ|สาม~คน ผู้เรียน|คน~หนึ่ง|ติด");
        assert_eq!(shown("in pairs for 15 minutes"), "in pairs for 15_minutes");
        assert_eq!(shown("เครือข่าย 1–2 แห่ง"), "เครือข่าย 1–\u{2060}2_แห่ง");
        assert!(shown("มัธยมศึกษาตอนต้น").contains('~'), "{}", shown("มัธยมศึกษาตอนต้น"));
        assert!(!shown("มัธยมศึกษาตอนต้น").contains('|'));
    }

    #[test]
    fn a_word_longer_than_a_line_may_be_split() {
        let split = |text: &str| split_long(text).replace(BREAK, "|");
        assert_eq!(split(&"x".repeat(45)), format!("{0}|{0}|{0}|{0}|xxxxx", "x".repeat(10)));
        assert!(split(&format!("ครู {} ครู", "x".repeat(45))).ends_with("xxxxxxxxxx|xxxxx ครู"));
        assert!(!split("https://example.org/a-long-address/that/breaks-at-slashes").contains('|'));
    }

    #[test]
    fn marks_and_numbers_stay_with_their_words() {
        assert_eq!(shown("สื่อต่าง ๆ ในกรุงเทพฯ (สพฐ.)"), "สื่อ|ต่าง_ๆ ใน|กรุงเทพฯ (สพฐ.)");
        assert_eq!(shown("ร้อยละ 67.5 ของ“ครู”"), "ร้อยละ_67.5 ของ“ครู”");
    }

    #[test]
    fn nothing_else_changes() {
        let text = "ครูใช้สื่อต่าง ๆ ในกรุงเทพฯ (สพฐ.) “นวัตกรรม” แล้วสรุปผล 85.5% ฯลฯ";
        let marked = breaker().mark(text);
        let plain: String = marked
            .chars()
            .filter(|c| !matches!(*c, BREAK | SOFT_BREAK | JOINER))
            .map(|c| if c == '\u{a0}' { ' ' } else { c })
            .collect();
        assert_eq!(plain, text);
    }
}
