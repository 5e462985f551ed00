//! Compares the readings of a line and turns their differences into edits.

use super::cells::{self, Cell, legal};
use super::decode::{Decoder, joined_marks};
use super::edit::{Confidence, Edit};
use super::reading::{Choice, Freedom, Reading, undouble};
use super::rule::Rule;
use crate::text::chars::{self, Class};
use crate::text::words::Words;

/// How much damage a text shows, which says how far to trust it elsewhere.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Damage {
    /// Marks that slipped late beyond doubt, per 10,000 letters.
    late: u32,
    /// Spaces that fell into words beyond doubt, per 10,000 letters.
    space: u32,
    /// Marks are cut off by spaces that were put in, rather than having
    /// slipped over spaces that were there.
    inserted: bool,
}

/// Bits by which the repaired reading must be cheaper.
struct Margin {
    certain: u32,
    suggested: u32,
}

impl Damage {
    /// Counts the signs of damage in a text.
    pub(super) fn of(text: &str) -> Self {
        let (mut letters, mut late, mut space, mut cut) = (0u64, 0u64, 0u64, 0u64);
        for line in text.lines().filter(|l| !l.is_ascii()) {
            let cells = cells::read(line);
            for (k, cell) in cells.iter().enumerate() {
                letters += u64::from(cell.is_letter());
                let stray = !cell.marks.is_empty()
                    && matches!(
                        chars::class(cell.base),
                        Class::LeadingVowel | Class::FollowingVowel | Class::Consonant
                    )
                    && (!legal(cell.base, &cell.marks)
                        || (cell.marks.contains(&'\u{0e31}') && !cells.get(k + 1).is_some_and(Cell::is_consonant)));
                late += u64::from(stray);
                cut += u64::from(cell.rules.contains(&Rule::MarkAfterSpace));
                space +=
                    u64::from(cell.broken_am || cell.cheap_space || cell.rules.contains(&Rule::SpaceAfterLeadingVowel));
            }
        }
        let rate = |n: u64| u32::try_from(n * 10_000 / letters.max(400)).unwrap_or(u32::MAX);
        Self { late: rate(late), space: rate(space), inserted: cut >= 3 && cut > 2 * late }
    }

    fn freedom(self) -> Freedom {
        Freedom {
            take: Some(match self.late {
                30.. => 3,
                5..30 => 5,
                _ => 6,
            }),
            space: Some(match self.space {
                30.. => 8,
                5..30 => 10,
                _ => 12,
            }),
        }
    }

    fn margin(self, spaces: bool) -> Margin {
        let rate = if spaces { self.space } else { self.late };
        let (certain, suggested) = match rate {
            30.. => (4, 2),
            5..30 => (9, 4),
            1..5 => (14, 6),
            0 => (20, 8),
        };
        Margin { certain, suggested }
    }
}

/// What a reading writes for one cell.
#[derive(Debug, Clone, Default)]
struct Out {
    text: String,
    rules: Vec<Rule>,
    sure: bool,
    /// Belongs together with the next cell.
    linked: bool,
}

/// What a reading writes, cell by cell.
fn outputs(line: &str, cells: &[Cell], reading: &Reading, damage: Damage) -> Vec<Out> {
    let mut outs: Vec<Out> = cells
        .iter()
        .map(|cell| Out { rules: cell.rules.clone(), sure: true, linked: true, ..Out::default() })
        .collect();
    let mut before: Option<&Choice> = None;
    for (at, choice) in reading.choices.iter().enumerate() {
        let k = choice.cell;
        let taken = before.filter(|b| b.cell + 1 == k).map_or(0, |b| b.take);
        let following = reading.choices.get(at + 1);
        outs[k] = output(line, cells, choice, taken, following);
        // A space that came with the damage goes with it.
        if damage.inserted && strayed_space(line, cells, k) {
            outs[k].text.clear();
        }
        before = Some(choice);
    }
    outs
}

fn output(line: &str, cells: &[Cell], choice: &Choice, taken: u8, following: Option<&Choice>) -> Out {
    let k = choice.cell;
    let cell = &cells[k];
    let mut out = Out { rules: cell.rules.clone(), sure: true, ..Out::default() };
    if cell.frozen {
        out.text = line[cell.start..cell.end].to_string();
        return out;
    }
    if choice.joined {
        let strayed = line[cell.start..cell.end].contains(chars::is_mark);
        out.rules.push(if strayed { Rule::MarkAfterSpace } else { Rule::SpaceInWord });
        out.linked = true;
        return out;
    }
    out.linked = cell.rules.contains(&Rule::SplitSaraAm);
    let (marks, doubled) = undouble(joined_marks(cells, k, taken, k + 1, choice.take));
    if doubled > 0 {
        out.rules.push(Rule::DoubledMark);
        out.sure &= choice.known;
    }
    if cell.is_space() {
        // A mark taken from the end of a line leaves no space behind it.
        let ends = cell.cheap_space && line[cell.end..].trim().is_empty();
        let blank =
            |c: &char| !ends && !chars::is_mark(*c) && !chars::is_invisible(*c) && chars::private_glyph(*c).is_none();
        let kept = line[cell.start..cell.end].chars().filter(blank);
        out.text.extend(kept);
    } else if choice.base != '\0' {
        out.text.push(choice.base);
    }
    out.text.extend(marks.iter());
    if cell.broken_am {
        out.rules.push(if choice.base == 'ำ' { Rule::SpaceBeforeSaraAm } else { Rule::SpaceInWord });
        out.sure &= choice.known;
    }
    if choice.take != 0 {
        let next = &cells[k + 1];
        out.linked = true;
        out.rules.push(match chars::class(next.base) {
            Class::LeadingVowel => Rule::MarkOnLeadingVowel,
            Class::FollowingVowel => Rule::ToneAfterVowel,
            Class::Consonant if legal(next.base, &next.marks) => Rule::MarkLate,
            Class::Consonant => Rule::TwoMarks,
            _ => Rule::MarkAfterSign,
        });
        if next.is_consonant() {
            let both = following.is_none_or(|f| f.known || f.cell != k + 1);
            out.sure &= choice.known && both;
        }
    } else if taken == 0 && cell.marks[..] != marks[..] && marks.len() == cell.marks.len() {
        out.rules.push(if cell.marks.first() == Some(&'\u{0e4c}') {
            Rule::SilencerBeforeVowel
        } else {
            Rule::ToneBeforeVowel
        });
    }
    // A letter that still cannot carry its marks is no repair to rely on.
    out.sure &= marks.is_empty() || legal(choice.base, &marks);
    out
}

/// True for a single space between Thai letters that cut off a mark.
fn strayed_space(line: &str, cells: &[Cell], k: usize) -> bool {
    let cell = &cells[k];
    let mut written = line[cell.start..cell.end].chars();
    cell.cheap_space
        && written.next() == Some(' ')
        && written.next().is_some_and(chars::is_mark)
        && cells.get(k + 1).is_some_and(Cell::is_letter)
}

/// The repairs of one line by one pass.
pub(super) fn of_line(line: &str, words: &Words, damage: Damage) -> Vec<Edit> {
    let cells = cells::read(line);
    if !cells.iter().any(Cell::is_letter) {
        return vec![];
    }
    let strict = Freedom { take: None, space: None };
    let plain = Decoder::new(&cells, words, strict).read();
    let mut outs = outputs(line, &cells, &plain, damage);
    // A line of known words throughout has nothing to gain.
    if plain.choices.iter().all(|c| c.known) {
        return gather(line, &cells, &outs);
    }
    let free = Decoder::new(&cells, words, damage.freedom()).read();
    let wanted = outputs(line, &cells, &free, damage);
    let mut sides = (0, 0);
    while let Some(((from, plain_from, free_from), (to, plain_to, free_to), after)) = stretch(&plain, &free, sides) {
        sides = after;
        let range = from..to.min(cells.len());
        if outs[range.clone()].iter().zip(&wanted[range.clone()]).all(|(a, b)| a.text == b.text) {
            continue;
        }
        let gain = i64::from(plain_to - plain_from) - i64::from(free_to - free_from);
        let spaces = range.clone().any(|k| cells[k].is_space() && wanted[k].text != outs[k].text);
        let margin = damage.margin(spaces);
        if gain < i64::from(margin.suggested) {
            continue;
        }
        let sure = gain >= i64::from(margin.certain);
        // What is certain goes first; a suggestion there can follow later.
        let settled = |k: usize| outs[k].sure && line[cells[k].start..cells[k].end] != outs[k].text;
        if !sure && range.clone().any(settled) {
            continue;
        }
        for k in range {
            let differs = outs[k].text != wanted[k].text;
            outs[k] = wanted[k].clone();
            outs[k].sure &= sure || !differs;
        }
    }
    gather(line, &cells, &outs)
}

type Joint = (usize, u32, u32);

/// The next stretch between two places where both readings meet.
fn stretch(plain: &Reading, free: &Reading, at: (usize, usize)) -> Option<(Joint, Joint, (usize, usize))> {
    let (a, b) = at;
    let (mut i, mut j) = (a + 1, b + 1);
    let first = (plain.joints.get(a)?, free.joints.get(b)?);
    loop {
        let (x, y) = (plain.joints.get(i)?, free.joints.get(j)?);
        match (x.0, x.1).cmp(&(y.0, y.1)) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                let from = (first.0.0, first.0.2, first.1.2);
                return Some((from, (x.0, x.2, y.2), (i, j)));
            }
        }
    }
}

/// Joins changed cells that belong together into edits.
fn gather(line: &str, cells: &[Cell], outs: &[Out]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = vec![];
    let changed = |k: usize| line[cells[k].start..cells[k].end] != outs[k].text;
    let mut open = false;
    for k in 0..cells.len() {
        if !changed(k) {
            open = false;
            continue;
        }
        let rule = outs[k].rules.iter().copied().min_by_key(|r| rank(*r));
        let confidence = if outs[k].sure { Confidence::Certain } else { Confidence::Suggested };
        match edits.last_mut() {
            Some(last) if open => {
                last.range.end = cells[k].end;
                last.replacement.push_str(&outs[k].text);
                last.confidence = last.confidence.min(confidence);
                if let Some(rule) = rule
                    && rank(rule) < rank(last.rule)
                {
                    last.rule = rule;
                }
            }
            _ => edits.push(Edit {
                range: cells[k].start..cells[k].end,
                replacement: outs[k].text.clone(),
                rule: rule.unwrap_or(Rule::SpaceInWord),
                confidence,
            }),
        }
        let next_bound = cells.get(k + 1).is_some_and(|c| c.gone || !c.is_letter());
        open = outs[k].linked || cells[k].gone || next_bound;
    }
    edits
}

/// Which of several rules names an edit: the most telling first.
fn rank(rule: Rule) -> usize {
    const FIRST: [Rule; 6] = [
        Rule::SpaceBeforeSaraAm,
        Rule::MarkAfterSpace,
        Rule::ReplacementCharacter,
        Rule::SpaceInWord,
        Rule::TwoMarks,
        Rule::MarkLate,
    ];
    FIRST.iter().position(|&r| r == rule).unwrap_or(FIRST.len())
}
