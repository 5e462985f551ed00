//! A text as the parser gets it, and the way back to the offsets of the file.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TextMergeWithOffset};

use crate::text::clean::OffsetMap;

/// An event with its byte range in the prepared text.
pub(super) type Spanned<'a> = (Event<'a>, Range<usize>);

/// A noncharacter: never in real text, no white space, no punctuation.
pub(super) const MARK: char = '\u{fdd0}';
/// A second noncharacter, used by the writer for slots.
pub(super) const SLOT: char = '\u{fdd1}';
/// A third one, before a sign that the author has escaped and that the parser does not know: it is text, and no markup here.
pub(super) const ESCAPED: char = '\u{fdd3}';
/// These signs: of raised and lowered text, attributes and icons.
const SIGNS: [char; 4] = ['^', '~', '{', ':'];
pub(super) const REPLACEMENT: &str = "\u{fffd}";

/// What replaces a stretch of a text.
pub(super) type Edit = (Range<usize>, Cow<'static, str>);

/// Text ready for the parser.
pub(super) struct Prepared<'a> {
    pub text: Cow<'a, str>,
    /// The way back, the last change first.
    pub maps: Vec<OffsetMap>,
    pub marked: bool,
    /// Where boxes stand in the original source, as containers, tabs and pairs of shortcodes.
    pub boxes: Vec<Range<usize>>,
}

impl Prepared<'_> {
    pub(super) fn change(&mut self, edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.text.len() + edits.len() * 4);
        let mut map = OffsetMap::default();
        let mut from = 0;
        for (range, new) in edits {
            text.push_str(&self.text[from..range.start]);
            map.push(text.len()..text.len() + new.len(), range.clone());
            text.push_str(&new);
            from = range.end;
        }
        text.push_str(&self.text[from..]);
        self.text = Cow::Owned(text);
        self.maps.insert(0, map);
    }

    /// Takes over what a pass over the text has found: boxes, and what changes.
    pub(super) fn take(&mut self, (edits, boxes): (Vec<Edit>, Vec<Range<usize>>)) {
        let boxes: Vec<_> = boxes.into_iter().map(|b| self.original(b.start)..self.original(b.end)).collect();
        self.boxes.extend(boxes);
        self.change(edits);
    }

    /// Where the innermost box begins that a place of the original source stands in; to be asked in the order of the places.
    pub(super) fn box_around(&self) -> impl FnMut(usize) -> Option<usize> {
        let mut boxes = self.boxes.clone();
        boxes.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let (mut later, mut open) = (boxes.into_iter().peekable(), Vec::new());
        move |at| {
            open.extend(std::iter::from_fn(|| later.next_if(|range| range.start <= at)));
            while open.pop_if(|range| range.end <= at).is_some() {}
            open.last().map(|range| range.start)
        }
    }

    pub(super) fn raw_events(&self) -> Vec<Spanned<'_>> {
        TextMergeWithOffset::new(Parser::new_ext(&self.text, options()).into_offset_iter()).collect()
    }

    /// [`raw_events`](Self::raw_events) with [`ESCAPED`] before escaped signs.
    pub(super) fn raw_events_with_escapes(&self) -> Vec<Spanned<'_>> {
        let text = &*self.text;
        if !holds_pair(text, |first, second| first == b'\\' && SIGNS.contains(&char::from(second))) {
            return self.raw_events();
        }
        // The text of an escape begins behind its backslash.
        let marked = Parser::new_ext(text, options()).into_offset_iter().map(|(event, range)| match event {
            Event::Text(sign) if sign.starts_with(SIGNS) && is_escaped(text.as_bytes(), range.start) => {
                (Event::Text(format!("{ESCAPED}{sign}").into()), range)
            }
            event => (event, range),
        });
        TextMergeWithOffset::new(marked).collect()
    }

    /// A stretch of the prepared text.
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// Byte offset in the original source of a position in the prepared text.
    pub(super) fn original(&self, position: usize) -> usize {
        self.maps.iter().fold(position, |at, map| map.to_original(at..at).start)
    }

    /// Offset in the original source of a place in the clean text of an event that starts at `start`.
    pub(super) fn original_inside(&self, start: usize, text: &str) -> impl Fn(usize) -> usize {
        let marked = if self.marked { text } else { "" };
        // Where the marks stood in the text without them.
        let size = MARK.len_utf8();
        let gone: Vec<usize> = marked.match_indices(MARK).enumerate().map(|(n, (at, _))| at - n * size).collect();
        move |at| self.original(start + at + size * gone.partition_point(|mark| *mark <= at))
    }

    /// Text of an event without marks.
    pub(super) fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !self.marked || !text.contains(MARK) { Cow::Borrowed(text) } else { Cow::Owned(text.replace(MARK, "")) }
    }
}

/// Whether an odd number of backslashes stands before a place.
pub(super) fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// Whether two bytes that follow each other are such a pair. All are looked at, without a branch, so that the compiler
/// takes many at once: for what most texts do not hold.
pub(super) fn holds_pair(text: &str, is: impl Fn(u8, u8) -> bool) -> bool {
    text.as_bytes().windows(2).fold(false, |found, pair| found | is(pair[0], pair[1]))
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_MATH
}
