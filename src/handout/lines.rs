//! Where a Thai line must not end.
//!
//! Typst finds line ends in Thai with a learned model that sometimes cuts inside a word. This step runs the same model
//! over each text beforehand, compares its cuts with a dictionary and with the portal's protected words, and marks the
//! stretches around every bad cut; templates set a marked stretch as one box. Also kept together: ๆ, ฯ and closing marks
//! with what stands before them, opening marks with what follows.

use aho_corasick::{AhoCorasick, MatchKind};
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::job::Problem;

/// Opens a stretch that stays on one line.
pub const OPEN: char = '\u{e000}';
/// Closes it.
pub const CLOSE: char = '\u{e001}';

/// Words that the model is known to cut.
const ALWAYS: &[&str] = &[
    "ร้อยละ",
    "นวัตกรรม",
    "คำว่า",
    "กล่าวคือ",
    "เป็นต้น",
    "อย่างไร",
    "เมื่อไร",
    "เท่าไร",
    "ที่ไหน",
    "ผู้ปกครอง",
    "ผู้เรียน",
    "ผู้สอน",
    "ผู้บริหาร",
];

/// Longest stretch (characters) that is kept together; a longer one could not fit a narrow column.
const LONGEST: usize = 64;

/// Longest joint of doubtful cuts; past it the model is trusted.
const LONGEST_DOUBT: usize = 18;

/// Marks stretches that stay on one line.
pub struct Keeper {
    model: LineSegmenterBorrowed<'static>,
    dictionary: LineSegmenterBorrowed<'static>,
    words: AhoCorasick,
}

impl std::fmt::Debug for Keeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keeper")
            .field("words", &self.words.patterns_len())
            .finish()
    }
}

impl Keeper {
    /// A keeper of these protected words.
    ///
    /// # Errors
    /// More words than the matcher can hold.
    pub fn new(words: &[String]) -> Result<Self, Problem> {
        let mut list: Vec<&str> = words
            .iter()
            .map(String::as_str)
            .chain(ALWAYS.iter().copied())
            .map(str::trim)
            .filter(|word| word.chars().count() > 1)
            .collect();
        list.sort_unstable();
        list.dedup();
        let words = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(list)
            .map_err(|why| {
                Problem::error(
                    "handout-words",
                    "protected.toml",
                    format!("รายการคำที่ห้ามตัดใช้ไม่ได้: {why}"),
                    format!("the list of protected words cannot be used: {why}"),
                )
            })?;
        let options = LineBreakOptions::default();
        Ok(Self {
            model: LineSegmenter::new_lstm(options),
            dictionary: LineSegmenter::new_dictionary(options),
            words,
        })
    }

    /// The text with [`OPEN`] and [`CLOSE`] around each stretch that Typst would otherwise cut badly.
    pub fn mark(&self, text: &str) -> String {
        if !text.chars().any(|c| ('\u{e00}'..='\u{e5b}').contains(&c))
            && self.words.find(text).is_none()
        {
            return text.to_owned();
        }
        let text = &glue(text);
        let wished = self.allowed(text);
        let mut boxes: Vec<(usize, usize)> = Vec::new();
        // Boxing a stretch changes what the model sees around it, so look again until nothing new turns up.
        for _ in 0..6 {
            let before = boxes.len();
            for cut in self.cuts_beside(text, &boxes) {
                if wished.binary_search(&cut).is_err()
                    && !boxes.iter().any(|&(from, to)| from < cut && cut < to)
                {
                    let place = wished.partition_point(|&w| w < cut);
                    let from = if place == 0 { 0 } else { wished[place - 1] };
                    let to = wished.get(place).copied().unwrap_or(text.len());
                    // Spaces stay outside, or they could not vanish at a line end.
                    let stretch = &text[from..to];
                    let to = from + stretch.trim_end_matches([' ', '\n']).len();
                    let from = from + (stretch.len() - stretch.trim_start().len());
                    if from < cut && cut < to {
                        boxes.push((from, to));
                    }
                }
            }
            if boxes.len() == before {
                break;
            }
            boxes.sort_unstable();
            boxes.dedup();
        }
        let mut out = String::with_capacity(text.len() + boxes.len() * 6);
        let mut at = 0;
        for (from, to) in boxes {
            out.push_str(&text[at..from]);
            out.push(OPEN);
            out.push_str(&text[from..to]);
            out.push(CLOSE);
            at = to;
        }
        out.push_str(&text[at..]);
        out
    }

    /// Places where a line may end, by all rules together.
    fn allowed(&self, text: &str) -> Vec<usize> {
        let dictionary: Vec<usize> = self.dictionary.segment_str(text).collect();
        let model: Vec<usize> = self.model.segment_str(text).collect();
        let mut allowed = Vec::with_capacity(model.len());
        let mut last = 0;
        for (index, &cut) in model.iter().enumerate() {
            if cut == 0 || forbidden(text, cut) {
                continue;
            }
            let agreed = dictionary.binary_search(&cut).is_ok();
            let next = model.get(index + 1).copied().unwrap_or(text.len());
            let doubt = text[last..next].chars().count();
            if agreed || doubt > LONGEST_DOUBT {
                allowed.push(cut);
                last = cut;
            }
        }
        for found in self.words.find_iter(text) {
            if text[found.range()].chars().count() <= LONGEST {
                // A word of the list is a word: lines may end at its edges, and not inside.
                allowed.retain(|&cut| cut <= found.start() || cut >= found.end());
                for edge in [found.start(), found.end()] {
                    if edge > 0 && !forbidden(text, edge) && whole(text, edge) {
                        allowed.push(edge);
                    }
                }
            }
        }
        allowed.sort_unstable();
        allowed.dedup();
        allowed
    }

    /// The model's cuts in the text as Typst sees it: a box is one foreign object, the text beside it stands alone.
    fn cuts_beside(&self, text: &str, boxes: &[(usize, usize)]) -> Vec<usize> {
        let mut cuts = Vec::new();
        let mut at = 0;
        for &(from, to) in boxes
            .iter()
            .chain(std::iter::once(&(text.len(), text.len())))
        {
            if at < from {
                cuts.extend(
                    self.model
                        .segment_str(&text[at..from])
                        .map(|cut| at + cut)
                        .filter(|&cut| cut > at && cut < from),
                );
            }
            at = to;
        }
        cuts
    }
}

/// Words that stay on the line of the number or word after them.
const LEADS: &[&str] = &[
    "ร้อยละ",
    "พ.ศ.",
    "ค.ศ.",
    "ป.",
    "ม.",
    "อ.",
    "เขต",
    "ข้อ",
    "ครั้งที่",
    "วันที่",
    "บทที่",
    "ภาคเรียนที่",
    "ปีที่",
    "ที่",
];

/// Joins ๆ to the word before it over the space that stands between them, and numbers to the word that leads them.
fn glue(text: &str) -> String {
    let mut out = text.replace(" ๆ", "\u{a0}ๆ").replace(" ฯ", "\u{a0}ฯ");
    let spots: Vec<usize> = out
        .match_indices(' ')
        .filter(|(at, _)| {
            out[at + 1..].starts_with(|c: char| c.is_numeric())
                && LEADS.iter().any(|lead| out[..*at].ends_with(lead))
        })
        .map(|(at, _)| at)
        .collect();
    for at in spots.into_iter().rev() {
        out.replace_range(at..=at, "\u{a0}");
    }
    out
}

/// Whether a line end at this place breaks a rule of Thai setting.
fn forbidden(text: &str, cut: usize) -> bool {
    let (Some(after), Some(before)) = (text[cut..].chars().next(), text[..cut].chars().next_back())
    else {
        return false;
    };
    matches!(
        after,
        'ๆ' | 'ฯ'
            | '”'
            | '’'
            | '"'
            | '»'
            | ')'
            | ']'
            | '}'
            | '…'
            | '%'
            | '\u{a0}'
            | ','
            | '.'
            | ';'
            | ':'
            | '?'
            | '!'
    ) || matches!(
        before,
        '“' | '‘' | '«' | '(' | '[' | '{' | '฿' | '\u{a0}' | 'เ'..='ไ'
    ) || !whole(text, cut)
}

/// Whether a place is not between a base and its mark.
fn whole(text: &str, cut: usize) -> bool {
    !text[cut..].starts_with(|c: char| matches!(c, 'ะ' | 'ั' | 'า' | 'ำ' | 'ิ'..='ฺ' | 'ๅ' | '็'..='๎'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeper() -> Keeper {
        Keeper::new(&[
            "เครือข่ายนวัตกรรมคุณภาพสถานศึกษา".to_owned(),
            "โรงเรียนบ้านหนองแวง".to_owned(),
        ])
        .expect("two words")
    }

    #[test]
    fn protected_words_stay_whole() {
        let marked = keeper().mark("ประชุมเครือข่ายนวัตกรรมคุณภาพสถานศึกษาที่โรงเรียนบ้านหนองแวงเมื่อวาน");
        assert!(
            marked.contains("\u{e000}เครือข่ายนวัตกรรมคุณภาพสถานศึกษา\u{e001}"),
            "{marked}"
        );
        assert!(
            marked.contains("\u{e000}โรงเรียนบ้านหนองแวง\u{e001}"),
            "{marked}"
        );
    }

    #[test]
    fn marks_change_nothing_else() {
        let text = "ครูใช้สื่อต่าง ๆ ในกรุงเทพฯ (สพฐ.) “นวัตกรรม” แล้วสรุปผล 85.5% ฯลฯ";
        let marked = keeper().mark(text);
        let plain: String = marked
            .chars()
            .filter(|c| !matches!(*c, OPEN | CLOSE))
            .map(|c| if c == '\u{a0}' { ' ' } else { c })
            .collect();
        assert_eq!(plain, text);
    }
}
