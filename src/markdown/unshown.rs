//! Text that Markdown drops without a word: definitions of links that nothing uses and that lead nowhere, cells beyond the
//! head of their table, footnotes that nothing cites.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::code::is_within;
use super::definitions::unused_texts;
use super::hidden::Hidden;
use super::prepared::{Prepared, Spanned};
use super::types::{Finding, FindingKind};

/// What of a text is nowhere though its author wrote it to be read.
pub(super) fn findings(
    source: &str,
    prepared: &Prepared<'_>,
    events: &[Spanned<'_>],
    hidden: &[Hidden],
) -> Vec<Finding> {
    let cut: Vec<Range<usize>> = hidden.iter().map(|h| h.range.clone()).collect();
    let finding = |kind| move |(offset, what)| Finding { offset, kind, what };
    let cells = cells_beyond(prepared, events).into_iter().map(finding(FindingKind::CellBeyond));
    let definitions = unused_texts(source).into_iter().map(finding(FindingKind::UnusedDefinition));
    let notes = hidden.iter().filter(|h| h.is_note()).map(|note| {
        let text = &source[note.range.clone()];
        let label = text.split_once("[^").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(label, _)| label);
        (note.range.start, label.to_owned())
    });
    let shown = cells.chain(definitions).filter(|found| !is_within(&cut, found.offset));
    shown.chain(notes.map(finding(FindingKind::UncitedNote))).collect()
}

/// The first cell of each row that stands beyond the head of its table and holds something, with what it holds.
fn cells_beyond(prepared: &Prepared<'_>, events: &[Spanned<'_>]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut columns = 0;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::Start(Tag::TableRow) => {
                let rest = &prepared.text[range.start..];
                let row = rest.split('\n').next().unwrap_or(rest).trim_end();
                let beyond = cells(row).skip(columns).find(|cell| !row[cell.clone()].trim().is_empty());
                found.extend(beyond.map(|cell| {
                    let text = &row[cell.clone()];
                    let lead = text.len() - text.trim_start().len();
                    (prepared.original(range.start + cell.start + lead), prepared.clean(text.trim()).into_owned())
                }));
            }
            _ => {}
        }
    }
    found
}

/// The cells of a row, as bytes of it: bars part them, but for those behind a backslash.
fn cells(row: &str) -> impl Iterator<Item = Range<usize>> {
    let start = row.len() - row.trim_start().len();
    let start = start + usize::from(row[start..].starts_with('|'));
    let mut at = start;
    let is_bar = move |bar: &usize| {
        let slashes = row[..*bar].bytes().rev().take_while(|b| *b == b'\\').count();
        *bar >= start && slashes % 2 == 0
    };
    let bars = row.match_indices('|').map(|(bar, _)| bar).filter(is_bar).chain([row.len()]);
    bars.map(move |bar| std::mem::replace(&mut at, bar + 1)..bar)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::scan;

    fn found(text: &str) -> Vec<(FindingKind, String)> {
        let told =
            |kind| matches!(kind, FindingKind::CellBeyond | FindingKind::UnusedDefinition | FindingKind::UncitedNote);
        scan(text).findings.into_iter().filter(|f| told(f.kind)).map(|f| (f.kind, f.what)).collect()
    }

    #[test]
    fn what_markdown_drops_is_told() {
        for (text, kind, what) in [
            ("| a | b |\n| - | - |\n| 1 | 2 | QZQ |\n", FindingKind::CellBeyond, "QZQ"),
            ("a | b\n- | -\n1 | 2 | | QZQ\n", FindingKind::CellBeyond, "QZQ"),
            ("> | a |\n> | - |\n> | `x | y` |\n", FindingKind::CellBeyond, "y`"),
            ("- ก\n\n  | a |\n  | - |\n  | \\| \\\\| QZQ |\n", FindingKind::CellBeyond, "QZQ"),
            ("[หมายเหตุ]: ข้อความของครู\n", FindingKind::UnusedDefinition, "หมายเหตุ"),
            ("ก\n\n[Note]: important\n", FindingKind::UnusedDefinition, "Note"),
            ("> [Note]:\n> important\n", FindingKind::UnusedDefinition, "Note"),
            ("- [วันที่]: 5/6/2566\n", FindingKind::UnusedDefinition, "วันที่"),
            ("[เวลา]: 10.30\n", FindingKind::UnusedDefinition, "เวลา"),
            ("[ครู]: สวัสดี (ยกมือ)\n", FindingKind::UnusedDefinition, "ครู"),
            ("ก\n\n[^1]: QZQ\n", FindingKind::UncitedNote, "1"),
            ("ก[^1]\n\n[^1]: ข\n\n[^1]: QZQ\n", FindingKind::UncitedNote, "1"),
        ] {
            assert_eq!(found(text), [(kind, what.to_owned())], "{text}");
        }
        assert_eq!(found("[ครู]: สวัสดี\n[เด็ก]: สวัสดีค่ะ\n[ครู]: นั่งลง\n").len(), 3);
    }

    #[test]
    fn what_is_read_or_meant_to_be_nowhere_is_not_told() {
        for text in [
            "| a | b |\n| - | - |\n| 1 | 2 | |\n| 1 |\n| x \\| y | z |\n",
            "[ก]: https://example.org\n\n[ข]: ./x.md\n\n[ค]: #x\n\n[ง]: x.md\n\n[จ]: id:nw-001\n\n[ฉ]: docs/intro\n\n[ช]: <ก ข.md>\n",
            "[ก]: mailto:a@b.c 'ข'\n\n[ข]: www.example.org\n\n[ค]: รูป/ครู.jpg\n\n[ง]: /ก/ข\n\n[จ]: ../\n",
            "ดู [หมายเหตุ]\n\n[หมายเหตุ]: ข้อความ\n",
            "[//]: # (ก)\n\n[comment]: <> (ก)\n\n[x]: # \"ก\"\n\n[//]: ก\n\n[_]: ก\n",
            "```\n[Note]: important\n```\n\n<!--\n[Note]: important\n-->\n",
            "ข้อความ\n[Note]: important\n",
            "ก[^1]\n\n[^1]: ข[^2]\n\n[^2]: ค\n",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
