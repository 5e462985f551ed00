//! What a PDF may hold so that reading it takes no memory, stack or time without bound, looked at in its bytes before its
//! reader sees them: how large packed streams grow, how deep arrays and dictionaries lie in each other, how many graphics states are
//! kept, how deep the tree of pages may be, how many rows the tables of its objects have. What is named again and again ends while
//! it is read ([`Watched`]).

use flate2::read::ZlibDecoder;
use std::io::Read;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Most bytes that a stream becomes, and all of them together.
const STREAM: u64 = 128 << 20;
const ALL: u64 = 512 << 20;
/// How deep arrays and dictionaries may lie in each other, and how many graphics states may be kept: [`STACK`] holds so many.
const DEEPEST: usize = 100_000;
/// Most nodes of the trees of pages, names and fields, each of which could lie in the one before.
const NODES: usize = 4_000;

/// Most rows of the tables of objects, and of streams that tell each row by the one before it.
const ROWS: u64 = 8_000_000;
const DIFFERENCES: u64 = 1_000_000;
/// Most references that are followed until the pages are known; each could be a page.
const REFERENCES: usize = 200_000;
/// How long a PDF is read.
const LONGEST: Duration = Duration::from_secs(30);

/// Bytes of the stack that a PDF within these bounds is read with.
pub(super) const STACK: usize = 256 << 20;

/// What the streams and objects of a PDF hold.
#[derive(Default)]
pub(super) struct Bounds {
    /// Steps that draw what stands elsewhere, or cut out a part.
    pub drawn: usize,
    /// What is begun and not ended, in all streams.
    open: usize,
    states: usize,
    nodes: usize,
    /// Rows of the tables of objects.
    rows: u64,
    /// Rows that are told by the one before them.
    differences: u64,
    object: Found,
}

/// What the dictionary of an object says about the stream behind it.
#[derive(Default)]
struct Found {
    /// Bytes of a row of a table of objects: `/W [1 2 1]`.
    width: Option<u64>,
    /// Whether it holds other objects.
    holds: bool,
    /// Length of a row that is told by the one before it.
    columns: Option<u64>,
    predicted: bool,
    is_stream: bool,
}

impl Bounds {
    /// What a PDF holds; none where it is beyond the bounds.
    pub(super) fn of(bytes: &[u8]) -> Option<Bounds> {
        let (mut at, mut all, mut left) = (0, 0, bytes.len().saturating_mul(4));
        let mut bounds = Bounds::default();
        while let Some(found) = find(&bytes[at..], b"stream") {
            let end_of_stream = bytes[..at + found].ends_with(b"end");
            at += found + 6;
            let mut inside = Vec::new();
            let size = unpacked(&bytes[at..], Some(&mut inside))?;
            all += size.unwrap_or_else(|size| size);
            if all > ALL {
                return None;
            }
            if inside.is_empty() && !end_of_stream {
                let end = find(&bytes[at..], b"endstream").unwrap_or(bytes.len() - at);
                left = left.checked_sub(bounds.take(&bytes[at..at + end], false)?)?;
            } else {
                bounds.take(&inside, false)?;
            }
        }
        if [&b"LZWDecode"[..], b"RunLengthDecode"].iter().any(|name| find(bytes, name).is_some()) {
            return None;
        }
        bounds.objects(bytes)?;
        Some(bounds)
    }

    /// Looks at what stands outside of streams: the reader begins behind `obj` and `trailer`, wherever these are.
    fn objects(&mut self, bytes: &[u8]) -> Option<()> {
        let mut left = bytes.len().saturating_mul(4);
        for mark in [&b"obj"[..], b"trailer"] {
            let mut at = 0;
            while let Some(found) = find(&bytes[at..], mark) {
                let end = bytes[..at + found].ends_with(b"end");
                at += found + mark.len();
                if !end {
                    self.object = Found::default();
                    let taken = self.take(&bytes[at..], true)?;
                    left = left.checked_sub(taken)?;
                    self.table(&bytes[at + taken..])?;
                }
            }
        }
        Some(())
    }

    /// Looks at the stream of the object before it, which the reader unpacks before anything else if it is a table of objects or
    /// holds others.
    fn table(&mut self, bytes: &[u8]) -> Option<()> {
        let object = std::mem::take(&mut self.object);
        if !object.is_stream || !object.holds && object.width.is_none() {
            return Some(());
        }
        let size = unpacked(bytes, None)?.unwrap_or(bytes.len() as u64);
        self.rows += size.checked_div(object.width.unwrap_or(size.max(1)))?;
        self.differs(size, if object.predicted { Some(object.columns.unwrap_or(1)) } else { None })?;
        (self.rows <= ROWS).then_some(())
    }

    /// Counts the rows of a stream of so many bytes whose rows of so many columns are told by the one before; none beyond the
    /// bounds.
    pub(super) fn differs(&mut self, size: u64, columns: Option<u64>) -> Option<()> {
        self.differences += columns.map_or(0, |columns| size / columns.max(1));
        (self.differences <= DIFFERENCES).then_some(())
    }

    /// What a name in a dictionary says; `rest` stands behind it.
    fn named(&mut self, name: &[u8], rest: &[u8]) {
        let plain = unescaped(name);
        let object = &mut self.object;
        match plain.as_slice() {
            b"W" => {
                object.width =
                    rows_of(rest).map(|width| object.width.map_or(width, |old| old.min(width))).or(object.width)
            }
            b"First" => object.holds = true,
            b"Predictor" => object.predicted = true,
            b"Columns" => {
                let columns = whole_number(rest).unwrap_or(1);
                object.columns = Some(object.columns.map_or(columns, |old| old.min(columns)));
            }
            _ => {}
        }
        self.nodes += usize::from(plain == b"Kids" || name.contains(&b'#'));
    }

    /// Looks at a stream, or an object up to its end; gives the bytes looked at, none beyond the bounds.
    pub(super) fn take(&mut self, bytes: &[u8], object: bool) -> Option<usize> {
        let (mut at, mut depth) = (0usize, 0usize);
        while let Some(byte) = bytes.get(at) {
            let next = bytes.get(at + 1);
            let start = at;
            at += 1;
            match byte {
                b'[' => depth += 1,
                b']' => depth = depth.saturating_sub(1),
                b'<' if next == Some(&b'<') => (depth, at) = (depth + 1, at + 1),
                b'>' if next == Some(&b'>') => (depth, at) = (depth.saturating_sub(1), at + 1),
                b'%' => {
                    at = start + bytes[start..].iter().position(|b| b"\r\n".contains(b)).unwrap_or(bytes.len() - start)
                }
                b'(' => match end_of_string(&bytes[start..]) {
                    Some(length) => at = start + length,
                    // What is no string may be anything: all that begins in it counts.
                    None => {
                        depth += openings(&bytes[at..]);
                        at = bytes.len();
                    }
                },
                b'/' => {
                    at = end_of_word(bytes, at);
                    self.named(&bytes[start + 1..at], &bytes[at..]);
                }
                b if is_regular(*b) => {
                    at = end_of_word(bytes, start);
                    match &bytes[start..at] {
                        b"q" => self.states += 1,
                        b"Q" => self.states = self.states.saturating_sub(1),
                        b"Do" | b"W" | b"W*" => self.drawn += 1,
                        word @ (b"endobj" | b"stream") if object => {
                            self.object.is_stream = word == b"stream";
                            break;
                        }
                        // The points of a picture follow, in which anything may seem to stand.
                        b"ID" if !object => {
                            depth += openings(&bytes[at..]);
                            self.drawn += words(&bytes[at..], b"Do");
                            self.states += words(&bytes[at..], b"q").saturating_sub(words(&bytes[at..], b"Q"));
                            at = bytes.len();
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
            // An object may begin within what seems to be a string or a remark.
            let skipped = if at > start + DEEPEST { openings(&bytes[start..at]) } else { 0 };
            if depth.max(skipped) > DEEPEST || self.states > DEEPEST || self.nodes > NODES {
                return None;
            }
        }
        // A page may be made of several streams.
        self.open += if object { 0 } else { depth };
        (self.open <= DEEPEST).then_some(at)
    }
}

/// A name without `#57` for `W`.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut parts = name.split(|b| *b == b'#');
    let mut out = parts.next().unwrap_or_default().to_vec();
    for part in parts {
        let code = part.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        out.extend(code);
        out.extend(&part[code.map_or(0, |_| 2)..]);
    }
    out
}

/// The sum of an array of numbers, `[1 2 1]`; what is no whole number counts as nothing. None where there is no array.
fn rows_of(bytes: &[u8]) -> Option<u64> {
    let inside = without_remarks(bytes);
    let inside = inside.trim_ascii_start().strip_prefix(b"[")?;
    let inside = &inside[..inside.iter().position(|b| *b == b']')?];
    let numbers =
        inside.split(|b| !is_regular(*b)).filter_map(|word| std::str::from_utf8(word).ok()?.parse::<u64>().ok());
    Some(numbers.fold(0, u64::saturating_add))
}

/// A whole number that stands there itself, not another object (`7 0 R`).
fn whole_number(bytes: &[u8]) -> Option<u64> {
    let inside = without_remarks(bytes);
    let mut words = inside.split(|b| b.is_ascii_whitespace() || *b == 0).filter(|word| !word.is_empty());
    let first = words.next()?;
    let number = std::str::from_utf8(&first[..end_of_word(first, 0)]).ok()?.parse().ok()?;
    let is_other = end_of_word(first, 0) == first.len() && words.nth(1).is_some_and(|word| word.starts_with(b"R"));
    (!is_other).then_some(number)
}

/// The next few bytes without remarks.
fn without_remarks(bytes: &[u8]) -> Vec<u8> {
    const NEXT: usize = 200;
    let lines = bytes[..bytes.len().min(NEXT)].split(|b| b"\r\n".contains(b));
    let plain = lines.map(|line| line.split(|b| *b == b'%').next().unwrap_or_default());
    plain.collect::<Vec<_>>().join(&b' ')
}

/// The bytes of a PDF, which its reader asks for each time that it follows a reference: without end where pages, their parts or
/// drawings name each other again and again. Beyond the bounds that ends the reading.
pub(super) struct Watched {
    bytes: Vec<u8>,
    until: Instant,
    left: AtomicUsize,
}

impl Watched {
    /// The bytes, from now on.
    pub(super) fn new(bytes: &[u8]) -> Watched {
        Watched { bytes: bytes.to_vec(), until: Instant::now() + LONGEST, left: AtomicUsize::new(REFERENCES) }
    }

    /// The pages are known: from now on time alone ends the reading.
    pub(super) fn opened(&self) {
        self.left.store(usize::MAX, Ordering::Relaxed);
    }
}

impl AsRef<[u8]> for Watched {
    fn as_ref(&self) -> &[u8] {
        if self.left.fetch_sub(1, Ordering::Relaxed) == 0 || Instant::now() > self.until {
            resume_unwind(Box::new(()));
        }
        &self.bytes
    }
}

/// Bytes of a string with its brackets, which may hold others.
fn end_of_string(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut escaped) = (0usize, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn openings(bytes: &[u8]) -> usize {
    let arrays = bytes.iter().filter(|b| **b == b'[').count();
    arrays + bytes.windows(2).filter(|pair| *pair == b"<<").count()
}

fn words(bytes: &[u8], word: &[u8]) -> usize {
    bytes.split(|b| !is_regular(*b)).filter(|found| *found == word).count()
}

fn is_regular(byte: u8) -> bool {
    !matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ') && !b"()<>[]{}/%".contains(&byte)
}

fn end_of_word(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|b| !is_regular(*b)).map_or(bytes.len(), |length| from + length)
}

/// The size of a packed stream, an error where it breaks off, and what it holds. None where it is too large, or packed more than
/// once.
pub(super) fn unpacked(packed: &[u8], mut inside: Option<&mut Vec<u8>>) -> Option<Result<u64, u64>> {
    let mut stream = ZlibDecoder::new(packed.trim_ascii_start());
    let (mut size, mut part) = (0, vec![0; 1 << 16]);
    loop {
        match stream.read(&mut part) {
            Ok(0) => return Some(Ok(size)),
            Ok(length) => {
                let packed = || ZlibDecoder::new(part[..length].trim_ascii_start()).read(&mut [0; 64]);
                if size == 0 && packed().is_ok_and(|inside| inside > 0) {
                    return None;
                }
                size += length as u64;
                if let Some(inside) = &mut inside {
                    inside.extend_from_slice(&part[..length]);
                }
            }
            Err(_) => return Some(Err(size)),
        }
        if size >= STREAM {
            return None;
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}
