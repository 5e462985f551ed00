//! Text inside drawings: how wide it is, and lines that fit a width.
//!
//! SVG does not wrap text, so lines are made here. Widths are estimates for the theme's faces, on the wide side;
//! Thai is cut between words of the word list.

use crate::text::segment::Segmenter;
use crate::text::{chars, words::Words};

/// Width of a text in units of its font size.
pub(super) fn width(text: &str) -> f64 {
    text.chars()
        .map(|c| match c {
            c if chars::is_mark(c) => 0.0,
            c if chars::is_thai(c) => 0.62,
            ' ' => 0.3,
            'i' | 'j' | 'l' | 't' | 'f' | 'r' | '.' | ',' | ':' | ';' | '(' | ')' => 0.36,
            'A'..='Z' | 'm' | 'w' => 0.72,
            _ => 0.56,
        })
        .sum()
}

/// Lines of at most `limit` units of the font size; a single longer word stands alone on its line.
pub(super) fn lines(text: &str, limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && width(line.trim_end()) + width(piece.trim_end()) > limit {
            lines.push(line.trim_end().to_string());
            line.clear();
        }
        if line.is_empty() {
            line.push_str(piece.trim_start());
        } else {
            line.push_str(piece);
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_string());
    }
    lines
}

/// The parts of a text between which a line may end; spaces stay with the part before them.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut segmenter = Segmenter::default();
    let mut ends = Vec::new();
    for word in text.split_inclusive(' ') {
        let mut rest = word;
        while !rest.is_empty() {
            let thai = rest.starts_with(chars::is_thai);
            let run = rest.find(|c| chars::is_thai(c) != thai).unwrap_or(rest.len());
            let (head, tail) = rest.split_at(run);
            if !thai {
                out.push(head);
            } else {
                let letters: Vec<char> = head.chars().collect();
                segmenter.cut(Words::get(), &letters, &mut ends);
                let mut start = 0;
                let mut done = 0;
                for end in &ends {
                    let bytes: usize = letters[done..*end].iter().map(|c| c.len_utf8()).sum();
                    out.push(&head[start..start + bytes]);
                    start += bytes;
                    done = *end;
                }
            }
            rest = tail;
        }
    }
    join_stops(text, out)
}

/// Closing punctuation, ๆ, ฯ and a run's trailing space go to the part before them.
fn join_stops<'a>(text: &'a str, parts: Vec<&'a str>) -> Vec<&'a str> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for part in parts {
        let end = at + part.len();
        let closing = part.starts_with([' ', ',', '.', ':', ';', ')', '”', '/', 'ๆ', 'ฯ']);
        match ranges.last_mut() {
            Some(last) if closing => last.1 = end,
            _ => ranges.push((at, end)),
        }
        at = end;
    }
    ranges.into_iter().map(|(a, b)| &text[a..b]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_nothing() {
        for text in [
            "หน่วยงานต้นสังกัด: กำหนดรูปแบบและงบประมาณ",
            "Parent agency: sets model and budget",
            "รูปแบบการสอน: สื่อสารผ่านออนไลน์",
            "คณะกรรมการสถานศึกษาเห็นชอบ (ทุกคนๆ)",
        ] {
            let made = lines(text, 9.0);
            assert_eq!(made.concat().replace(' ', ""), text.replace(' ', ""));
            assert!(made.len() > 1);
            for line in &made {
                assert!(width(line) <= 9.0 || pieces(line).len() == 1, "{line}");
                assert!(!line.starts_with(chars::is_mark));
            }
        }
    }

    #[test]
    fn marks_take_no_room() {
        assert_eq!(width("ที่นี่"), width("ทน"));
        assert!(lines("", 5.0).is_empty());
    }
}
