//! A line as cells: base characters with their marks, ready for decoding.
//!
//! Here the repairs that need no words are done: characters of a font's
//! private area, zero width characters, doubled sara e, a split sara am, marks
//! behind a space or bracket, and the spaces that can be in no Thai text.

use super::rule::Rule;
use crate::text::chars::{self, Class};

/// Marks of one cell at most; cells with more are left alone.
pub(super) const MAX_MARKS: usize = 4;

/// A base character with the marks that the text puts on it.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Bytes of the line.
    pub start: usize,
    /// End of these bytes.
    pub end: usize,
    /// The base; `\0` when marks stand without one.
    pub base: char,
    /// Marks as stored.
    pub marks: Vec<char>,
    /// Dropped from the repaired text.
    pub gone: bool,
    /// The sara aa of this cell may be a sara am that lost its upper half.
    pub broken_am: bool,
    /// A space that the damage itself made: joining over it is cheap.
    pub cheap_space: bool,
    /// More marks than can be handled: never changed.
    pub frozen: bool,
    /// What was already found wrong.
    pub rules: Vec<Rule>,
}

impl Cell {
    pub(super) fn is_space(&self) -> bool {
        self.base == ' '
    }

    pub(super) fn is_consonant(&self) -> bool {
        chars::is_consonant(self.base)
    }

    pub(super) fn is_letter(&self) -> bool {
        matches!(chars::class(self.base), Class::Consonant | Class::LeadingVowel | Class::FollowingVowel)
    }
}

/// True when a letter can carry these marks, in whatever order.
pub(super) fn legal(base: char, marks: &[char]) -> bool {
    if marks.is_empty() {
        return true;
    }
    if !chars::is_consonant(base) {
        return false;
    }
    let count = |rank| marks.iter().filter(|&&m| chars::mark_rank(m) == rank).count();
    let [vowel, short, tone, silent, other] = [0, 1, 2, 3, 4].map(count);
    if vowel > 1 || short > 1 || tone > 1 || silent > 1 || other > 1 {
        return false;
    }
    if silent == 1 {
        let silent_vowel = |m: &char| matches!(m, '\u{0e34}' | '\u{0e38}' | '\u{0e39}');
        return tone + short + other == 0 && (vowel == 0 || marks.iter().any(silent_vowel));
    }
    short == 0 || vowel + tone == 0
}

/// A few marks in the order in which they are to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    held: [char; 2 * MAX_MARKS],
    count: usize,
}

impl Default for Marks {
    fn default() -> Self {
        Self { held: ['\0'; 2 * MAX_MARKS], count: 0 }
    }
}

impl std::ops::Deref for Marks {
    type Target = [char];

    fn deref(&self) -> &[char] {
        &self.held[..self.count]
    }
}

impl Marks {
    /// Adds a mark behind those that rank no higher; none beyond the room.
    pub(super) fn insert(&mut self, mark: char) {
        if self.count == self.held.len() {
            return;
        }
        let rank = chars::mark_rank(mark);
        let at = self.iter().position(|&m| chars::mark_rank(m) > rank);
        let at = at.unwrap_or(self.count);
        self.held.copy_within(at..self.count, at + 1);
        self.held[at] = mark;
        self.count += 1;
    }

    /// Writes doubled marks once; says how many went.
    pub(super) fn dedup(&mut self) -> u32 {
        let before = *self;
        self.count = 0;
        let mut dropped = 0;
        for &mark in before.iter() {
            if self.last() == Some(&mark) {
                dropped += 1;
            } else {
                self.held[self.count] = mark;
                self.count += 1;
            }
        }
        dropped
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\t' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}')
}

/// Reads one line (without its end) into cells.
pub(super) fn read(line: &str) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::with_capacity(line.len() / 3 + 1);
    for (at, written) in line.char_indices() {
        let end = at + written.len_utf8();
        let c = chars::private_glyph(written).unwrap_or(written);
        let thai_before = cells.last().is_some_and(|cell| chars::is_thai(cell.base) || !cell.marks.is_empty());
        if chars::is_mark(c) {
            if cells.is_empty() {
                cells.push(cell('\0', at, at));
            }
            if let Some(last) = cells.last_mut() {
                last.end = end;
                last.marks.push(c);
                if c != written {
                    last.rules.push(Rule::PrivateGlyph);
                }
            }
            continue;
        }
        if chars::is_invisible(c) && thai_before {
            if let Some(last) = cells.last_mut() {
                last.end = end;
                last.rules.push(Rule::Invisible);
            }
            continue;
        }
        if is_blank(c) {
            match cells.last_mut() {
                Some(last) if last.is_space() && last.marks.is_empty() => last.end = end,
                _ => cells.push(cell(' ', at, end)),
            }
            continue;
        }
        if c == 'เ'
            && let Some(last) = cells.last_mut()
            && last.base == 'เ'
            && last.marks.is_empty()
        {
            last.base = 'แ';
            last.end = end;
            last.rules.push(Rule::DoubledSaraE);
            continue;
        }
        let mut new = cell(c, at, end);
        if c != written {
            new.rules.push(Rule::PrivateGlyph);
        }
        cells.push(new);
    }
    settle(&mut cells);
    cells
}

fn cell(base: char, start: usize, end: usize) -> Cell {
    Cell {
        start,
        end,
        base,
        marks: Vec::new(),
        gone: false,
        broken_am: false,
        cheap_space: false,
        frozen: false,
        rules: Vec::new(),
    }
}

/// The repairs between neighbouring cells that need no words.
fn settle(cells: &mut [Cell]) {
    for k in 0..cells.len() {
        strayed(cells, k);
        if cells[k].base == 'า' && k > 0 {
            sara_am(cells, k);
        }
        if cells[k].base == '\u{fffd}' {
            replacement(cells, k);
        }
        let between = k > 0 && k + 1 < cells.len() && cells[k].is_space();
        if between && chars::is_leading_vowel(cells[k - 1].base) && chars::is_consonant(cells[k + 1].base) {
            cells[k].gone = true;
            cells[k].rules.push(Rule::SpaceAfterLeadingVowel);
        }
    }
    spaced_letters(cells);
    for cell in cells {
        if cell.marks.len() > MAX_MARKS {
            cell.frozen = true;
        }
    }
}

/// `ผู้ บ ริ ห า ร`: spaces in a run of five or more pieces of one or two
/// letters, vowels among them, are cheap to join over.
fn spaced_letters(cells: &mut [Cell]) {
    let mut run: Vec<usize> = vec![];
    let (mut pieces, mut vowels, mut length) = (0, 0, 0);
    for k in 0..=cells.len() {
        let cell = cells.get(k);
        let letter = cell.is_some_and(Cell::is_letter);
        let space = cell.is_some_and(|c| c.is_space() && !c.gone);
        if letter && length < 2 {
            length += 1;
            vowels += usize::from(cell.is_some_and(|c| !c.is_consonant() || !c.marks.is_empty()));
        } else if space && length > 0 {
            run.push(k);
            pieces += 1;
            length = 0;
        } else {
            pieces += usize::from(length > 0 && !letter);
            if pieces >= 5 && vowels >= 2 {
                for &at in &run {
                    cells[at].cheap_space = true;
                }
            }
            run.clear();
            (pieces, vowels) = (0, 0);
            length = if letter { 9 } else { 0 };
        }
    }
}

/// Marks behind a space or a bracket go back to the letter before it.
fn strayed(cells: &mut [Cell], k: usize) {
    let cell = &cells[k];
    let class = chars::class(cell.base);
    if cell.marks.is_empty() || class != Class::Other || k == 0 {
        return;
    }
    let rule = if cell.is_space() { Rule::MarkAfterSpace } else { Rule::MarkAfterSign };
    let takes = cells[k - 1].is_consonant()
        && cells[k - 1].marks.len() + cell.marks.len() <= MAX_MARKS
        && (cell.is_space() || cell.base.is_ascii_punctuation() || "“”‘’".contains(cell.base));
    if takes {
        let marks = std::mem::take(&mut cells[k].marks);
        cells[k].cheap_space = cells[k].is_space();
        cells[k - 1].marks.extend(marks);
        cells[k - 1].rules.push(rule);
        // The real space follows, so this one came with the damage.
        if cells[k].is_space() && cells.get(k + 1).is_some_and(Cell::is_space) {
            cells[k].gone = true;
        }
    }
}

/// `ํ` + `า` is one sara am; so is a space before `า`, most often.
fn sara_am(cells: &mut [Cell], k: usize) {
    let before = &mut cells[k - 1];
    if let Some(at) = before.marks.iter().position(|&m| m == '\u{0e4d}')
        && before.is_consonant()
    {
        before.marks.remove(at);
        before.rules.push(Rule::SplitSaraAm);
        cells[k].base = 'ำ';
        cells[k].rules.push(Rule::SplitSaraAm);
        return;
    }
    if cells[k - 1].is_space() && k > 1 && cells[k - 2].is_consonant() {
        cells[k - 1].gone = true;
        let holder = &mut cells[k - 2].marks;
        if let Some(at) = holder.iter().position(|&m| m == '\u{0e4d}') {
            // Both halves are there, parted by the space.
            holder.remove(at);
            cells[k].base = 'ำ';
            cells[k].rules.push(Rule::SpaceBeforeSaraAm);
        } else {
            cells[k].broken_am = true;
        }
    }
}

/// Replacement characters after sara am (and a space before them) go, all of a run together.
fn replacement(cells: &mut [Cell], k: usize) {
    let am = |c: &Cell| c.base == 'ำ';
    let stays = |c: &Cell| !(c.gone && c.base == '\u{fffd}');
    let before = cells[..k].iter().rposition(stays);
    if before.is_some_and(|at| am(&cells[at])) || k > 0 && !stays(&cells[k - 1]) {
        cells[k].gone = true;
        cells[k].rules.push(Rule::ReplacementCharacter);
    } else if k > 1 && cells[k - 1].is_space() && am(&cells[k - 2]) {
        for cell in &mut cells[k - 1..=k] {
            cell.gone = true;
            cell.rules.push(Rule::ReplacementCharacter);
        }
    }
    if cells[k].gone
        && let Some(next) = cells.get_mut(k + 1)
        && next.is_space()
    {
        next.cheap_space = true;
    }
}
