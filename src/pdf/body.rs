//! The body of an entry by its sections: blocks, headings without gaps, footnotes where they are cited.

use std::collections::HashMap;

use super::blocks::{Block, Run};
use super::events::{Tree, from_events};
use crate::markdown;

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
        if !runs.is_empty() {
            parts[part].insert(0, Block::P { runs });
        }
    }
    let mut cited = HashMap::new();
    for (k, part) in parts.iter_mut().enumerate() {
        level(part, &mut vec![(0, if k == 0 { 1 } else { 2 })]);
        place_notes(part, &notes, &mut cited);
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
