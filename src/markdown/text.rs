//! Thai in plain text: when a line end is nothing.

use crate::text::chars::is_thai_letter;
use crate::text::segment::{self, Segmenter};
use crate::text::words::Words;

/// Whether a line end between these characters is nothing: a Thai word goes across it, or both sides are of a script
/// that is written without spaces and has no other use for one (Chinese, Japanese). In Thai a space parts phrases, and
/// editors break lines there.
pub(super) fn joins(before: &[char], after: &[char]) -> bool {
    let (Some(last), Some(first)) = (before.last(), after.first()) else {
        return false;
    };
    if is_cjk(*last) && is_cjk(*first) {
        return true;
    }
    if !is_thai_letter(*last) || !is_thai_letter(*first) {
        return false;
    }
    // `ค. ตรวจงาน` begins an item, whatever stands before it.
    let label = after.iter().take_while(|c| is_thai_letter(**c)).count();
    if label <= 2 && matches!(after.get(label), Some('.' | ')')) {
        return false;
    }
    let from = before.iter().rposition(|c| !is_thai_letter(*c)).map_or(0, |i| i + 1);
    let until = after.iter().position(|c| !is_thai_letter(*c)).unwrap_or(after.len());
    let here = before.len() - from;
    let run: Vec<char> = before[from..].iter().chain(&after[..until]).copied().collect();
    if !segment::open(&run, here) {
        return true;
    }
    let words = Words::get();
    let mut ends = Vec::new();
    Segmenter::default().cut(words, &run, &mut ends);
    let cut = ends.partition_point(|end| *end < here);
    let start = cut.checked_sub(1).map_or(0, |i| ends[i]);
    match ends.get(cut) {
        Some(end) if *end > here => words.contains(&run[start..*end].iter().collect::<String>()),
        _ => false,
    }
}

/// Chinese characters, kana and their punctuation.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}
