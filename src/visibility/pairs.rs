//! What a section opens and a heading may stand in: formulas and boxes, by their marks. Readers of other programs see no heading
//! there, by whatever name a box is called and also where nothing ends it.

use crate::markdown::{code_ranges, is_within};

/// A line that begins with three or more of a sign: it begins a box, or it ends one where nothing else stands in it.
struct Mark {
    at: usize,
    length: usize,
    alone: bool,
    /// Whether it is an ornament: longer than marks of boxes are, with no words in it and no such line behind it.
    ornament: bool,
}

/// Length of marks of boxes.
const LONG: usize = 4;

/// The marks of a body.
pub(super) struct Pairs {
    formulas: Vec<usize>,
    /// Of boxes with `:` and with `/`.
    boxes: [Vec<Mark>; 2],
}

impl Pairs {
    pub(super) fn of(body: &str) -> Pairs {
        let formulas = body.match_indices("$$").map(|(at, _)| at).collect();
        let mut boxes = [':', '/'].map(|sign| marks(body, sign));
        if boxes.iter().any(|marks| !marks.is_empty()) {
            let code = code_ranges(body);
            boxes.iter_mut().for_each(|marks| marks.retain(|mark| !is_within(&code, mark.at)));
        }
        Pairs { formulas, boxes }
    }

    /// Whether something that begins behind `from` is open at a place; to be asked in the order of the places. What was open
    /// before does not count: its end may be missing.
    pub(super) fn open_behind(&self, from: usize) -> impl FnMut(usize) -> bool {
        let formulas = |at: usize| self.formulas.partition_point(|mark| *mark < at);
        let mut boxes = self.boxes.each_ref().map(|marks| {
            let first = marks.partition_point(|mark| mark.at < from);
            (marks[first..].iter().peekable(), Vec::new())
        });
        move |to| {
            for (marks, open) in &mut boxes {
                while let Some(mark) = marks.next_if(|mark| mark.at < to) {
                    // What ends a box is as long as what began it.
                    match open.last() {
                        Some(length) if mark.alone && *length <= mark.length => open.truncate(open.len() - 1),
                        _ if mark.ornament => {}
                        _ => open.push(mark.length),
                    }
                }
            }
            boxes.iter().any(|(_, open)| !open.is_empty()) || (formulas(to) - formulas(from)) % 2 == 1
        }
    }
}

fn marks(body: &str, sign: char) -> Vec<Mark> {
    let mut end = 0;
    let lines = body.split_inclusive(['\n', '\r']).filter_map(|line| {
        let text = line.trim_start();
        end += line.len();
        let length = text.len() - text.trim_start_matches(sign).len();
        let alone = text.trim_end().len() == length;
        (length >= 3).then(|| Mark { at: end - text.len(), length, alone, ornament: alone && length > LONG })
    });
    let mut marks: Vec<Mark> = lines.collect();
    let mut longest = 0;
    for mark in marks.iter_mut().rev().filter(|mark| mark.alone) {
        mark.ornament &= longest < mark.length;
        longest = longest.max(mark.length);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::Pairs;

    #[test]
    fn boxes_of_any_name_are_open_until_they_are_ended() {
        let open = |text: &str| Pairs::of(text).open_behind(text.find('@').unwrap_or(0))(text.len());
        for text in [
            "::: {#fig-1}\nก",
            "::: กล่อง\nก\n",
            ":::{ .note }\n",
            "///\n",
            "  /// 🎉\n",
            "::: 1\n::: 2\n:::\nก",
            ":::\n:::\n::: 1\n::: 2\nก",
            ":::: a.b\n:::\nก",
            "::: 1\r:::\r:::\r",
            ":::: \n",
            "//////\nก\n////// 1\n",
            ":::\n@\n:::\n",
            "::: 🎉\nก\n@ข\n:::\nค",
            "```\n:::\n```\n:::\nก",
            "$$\nก",
        ] {
            assert!(open(text), "{text}");
        }
        for text in [
            "::: {#fig-1}\nก\n:::\n",
            ":::: 1\n::: 2\nก\n:::\n::::\n",
            "::: 1\nก\n::::\n",
            "::: 1\n@\nก",
            "/// ก\n:::\n///\n::: \n",
            "```\n::: 1\n```\n",
            "    ::: 1\n",
            ":::tip\n```\n:::\n```\n:::\nก",
            "<!--\n:::\n-->\nก",
            "> ::: 1\nก",
            ":::::: \nก",
            "//////\nก\n//////\nข",
            "//////\nก\n///\n///\nข",
            "ก ::: ข\n:: ค\nhttps://example.org/// ง",
            "$$\nก\n$$",
        ] {
            assert!(!open(text), "{text}");
        }
    }
}
