//! The body of an entry by its sections: blocks, headings without gaps, footnotes where they are cited.

use std::collections::HashMap;

use super::blocks::{Block, NOTES_APART, Run};
use super::events::{Tree, from_events};
use crate::markdown;
use crate::text::small::{beside, is_fraction, parts_from};

/// A body read as a whole, then parted.
pub struct Body {
    /// What is before the first section.
    pub lead: Vec<Block>,
    /// The blocks of each section, in the order of the headings.
    pub sections: Vec<Vec<Block>>,
    /// Where containers are nested deeper than is printed (byte offset).
    pub deep: Option<usize>,
    /// Where more begins than is printed (byte offset).
    pub long: Option<usize>,
}

/// Reads a body. `lead` is where its text begins; `heads` are begin and end of the headings of its sections.
pub fn read(source: &str, lead: usize, heads: &[(usize, usize)]) -> Body {
    let Tree { blocks, deep, long } = markdown::with_events(source, |events| from_events(events));
    let mut parts: Vec<Vec<Block>> = vec![Vec::new(); heads.len() + 1];
    let (mut notes, mut in_heads) = (HashMap::new(), Vec::new());
    for (at, block) in blocks {
        if let Block::Note { label, blocks } = block {
            notes.entry(label).or_insert(blocks);
            continue;
        }
        let part = heads.partition_point(|(begin, _)| *begin <= at);
        let begin = part.checked_sub(1).map_or(lead, |k| heads[k].1);
        if at >= begin {
            parts[part].push(block);
        } else if let (Block::H { runs, .. }, true) = (block, part > 0) {
            in_heads.push((part, runs));
        }
    }
    // What the heading of a section cites stands at its beginning.
    for (part, mut runs) in in_heads {
        runs.retain(|run| run.sup && notes.contains_key(&run.t));
        let mut between =
            vec![Run { t: NOTES_APART.into(), ..Run::default() }; runs.len().saturating_sub(1)].into_iter();
        let runs: Vec<Run> = runs.into_iter().flat_map(|run| [Some(run), between.next()]).flatten().collect();
        if !runs.is_empty() {
            parts[part].insert(0, Block::P { runs });
        }
    }
    let mut cited = HashMap::new();
    for (k, part) in parts.iter_mut().enumerate() {
        level(part, &mut vec![(0, if k == 0 { 1 } else { 2 })]);
        place_notes(part, &notes, &mut cited);
        each_runs(part, &mut in_line);
    }
    let mut parts = parts.into_iter();
    Body { lead: parts.next().unwrap_or_default(), sections: parts.collect(), deep, long }
}

/// Gives headings levels without gaps. `open` holds the levels as written and as given, from the outermost.
fn level(blocks: &mut [Block], open: &mut Vec<(u8, u8)>) {
    for block in blocks {
        match block {
            Block::H { level: written, .. } => {
                while open.len() > 1 && open.last().is_some_and(|(w, _)| w >= written) {
                    open.pop();
                }
                let given = open.last().map_or(2, |(_, given)| given + 1).min(6);
                open.push((*written, given));
                *written = given;
            }
            Block::List { items, .. } => items.iter_mut().for_each(|item| level(&mut item.blocks, open)),
            Block::Quote { blocks, .. } | Block::Note { blocks, .. } => level(blocks, open),
            _ => {}
        }
    }
}

/// Numbers the notes that a section cites first and puts them at its end; a note that is not defined keeps its label.
fn place_notes(part: &mut Vec<Block>, notes: &HashMap<String, Vec<Block>>, cited: &mut HashMap<String, usize>) {
    let mut new: Vec<String> = Vec::new();
    let mut number = |runs: &mut [Run], new: &mut Vec<String>| {
        for run in runs.iter_mut().filter(|run| run.sup && notes.contains_key(&run.t)) {
            let next = cited.len() + 1;
            let label = std::mem::take(&mut run.t);
            run.t = cited.entry(label.clone()).or_insert(next).to_string();
            if run.t == next.to_string() {
                new.push(label);
            }
        }
    };
    each_runs(part, &mut |runs| number(runs, &mut new));
    let mut at = 0;
    // A note may cite further notes.
    while let Some(label) = new.get(at).cloned() {
        let mut blocks = notes.get(&label).cloned().unwrap_or_default();
        each_runs(&mut blocks, &mut |runs| number(runs, &mut new));
        part.push(Block::Note { label, blocks });
        at += 1;
    }
    for block in part {
        if let Block::Note { label, .. } = block
            && let Some(number) = cited.get(label)
        {
            *label = number.to_string();
        }
    }
}

/// Says of what is raised and lowered how it stands in one line, for files that set neither; a fraction is parted from the
/// number before it on sheets, too.
fn in_line(runs: &mut [Run]) {
    let mut before = String::new();
    for k in 0..runs.len() {
        let text = |k: usize| runs.get(k).map_or("", |run| run.t.trim());
        let fraction = |above: usize| {
            let lies = runs.get(above).is_some_and(|run| run.sup) && runs.get(above + 2).is_some_and(|run| run.sub);
            lies && is_fraction(text(above), text(above + 1), text(above + 2))
        };
        let run = &runs[k];
        let line = match (run.sup, run.sub) {
            (true, _) if fraction(k) && parts_from(&before, text(k)) => format!(" {}", text(k)),
            (true, _) if fraction(k) => text(k).to_owned(),
            (_, true) if k > 1 && fraction(k - 2) => text(k).to_owned(),
            (true, _) | (_, true) => beside(&before, text(k), run.sup),
            _ => String::new(),
        };
        before.push_str(if line.is_empty() && run.line.is_empty() { &run.t } else { &line });
        if line.starts_with(' ') {
            // Who copies the number from a sheet, or hears it read, gets the same.
            runs[k].t = format!("\u{a0}{}", runs[k].t.trim());
        }
        if !line.is_empty() {
            runs[k].line = line;
        }
    }
}

/// Calls back with every stretch of runs.
fn each_runs(blocks: &mut [Block], then: &mut dyn FnMut(&mut [Run])) {
    for block in blocks {
        match block {
            Block::P { runs } | Block::H { runs, .. } => then(runs),
            Block::List { items, .. } => items.iter_mut().for_each(|item| each_runs(&mut item.blocks, then)),
            Block::Quote { blocks, .. } | Block::Note { blocks, .. } => each_runs(blocks, then),
            Block::Table { head, rows, .. } => {
                head.iter_mut().for_each(|runs| then(runs));
                rows.iter_mut().flatten().for_each(|runs| then(runs));
            }
            Block::Figure { caption, .. } => then(caption),
            Block::Code { .. } | Block::Chart { .. } | Block::Rule | Block::Cut => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::blocks::plain;
    use super::*;

    fn parts(source: &str) -> Body {
        let outline = markdown::scan(source);
        let heads: Vec<_> =
            outline.headings.iter().filter(|h| h.level == 2 && !h.nested).map(|h| (h.offset, h.end)).collect();
        read(source, 0, &heads)
    }

    #[test]
    fn notes_stand_in_the_section_that_cites_them() {
        let body = parts("นำ[^ข]\n\n## หนึ่ง\n\nก[^ก]\n\n## สอง\n\nค[^ก]\n\n[^ก]: ท้ายเล่ม[^ข]\n[^ข]: อีกข้อ\n");
        let labels = |blocks: &[Block]| -> Vec<String> {
            let notes = blocks
                .iter()
                .filter_map(|b| if let Block::Note { label, .. } = b { Some(label.clone()) } else { None });
            notes.collect()
        };
        assert_eq!(labels(&body.lead), ["1"]);
        assert_eq!(labels(&body.sections[0]), ["2"]);
        assert!(labels(&body.sections[1]).is_empty());
        let Block::P { runs } = &body.sections[1][0] else { panic!("a paragraph") };
        assert_eq!((runs[1].t.as_str(), runs[1].sup), ("2", true));
        let body = parts("## หนึ่ง[^ก]\n\nข\n\n[^ก]: จากหัวข้อ\n");
        assert_eq!(labels(&body.sections[0]), ["1"]);
        let body = parts("## หนึ่ง[^ก][^ข]\n\nข\n\n[^ก]: จากหัวข้อ\n[^ข]: สอง\n");
        let Block::P { runs } = &body.sections[0][0] else { panic!("a paragraph") };
        assert_eq!(plain(runs), "1, 2");
    }

    #[test]
    fn raised_and_lowered_figures_make_no_other_number_in_a_line() {
        let line = |source: &str| -> String {
            let body = parts(source);
            let Block::P { runs } = &body.lead[0] else { panic!("a paragraph") };
            runs.iter().map(|run| if run.line.is_empty() { &*run.t } else { &*run.line }).collect()
        };
        assert_eq!(line("2<sup>1</sup>/<sub>3</sub> ถ้วย 10^2^ H~2~O 10~2~"), "2 1/3 ถ้วย 10² H2O 10₂");
        let Block::P { runs } = &parts("2<sup>1</sup>/<sub>3</sub>").lead[0] else { panic!("a paragraph") };
        assert_eq!(plain(runs), "2\u{a0}1/3");
        assert_eq!(line("<sup>1</sup>⁄<sub>2</sub> m<sup>2</sup>/s"), "1⁄2 m²/s");
        assert_eq!(line("คน 12[^1] $x^2$\n\n[^1]: ก\n"), "คน 12¹ x²");
    }

    #[test]
    fn headings_have_no_gaps() {
        let body = parts("#### นำ\n\n## หนึ่ง\n\n##### ก\n\n#### ข\n\n###### ค\n\n- ## ง\n");
        let levels = |blocks: &[Block]| -> Vec<u8> {
            blocks.iter().filter_map(|b| if let Block::H { level, .. } = b { Some(*level) } else { None }).collect()
        };
        assert_eq!(levels(&body.lead), [2]);
        assert_eq!(levels(&body.sections[0]), [3, 3, 4]);
    }
}
