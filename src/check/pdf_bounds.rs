//! What a PDF may hold so that reading it takes no memory, stack or time without bound, looked at in its bytes before its
//! reader sees them: how large packed streams grow, how deep arrays and dictionaries lie in each other, how many graphics states are
//! kept, how deep the tree of pages may be.

use flate2::read::ZlibDecoder;
use std::io::Read;

/// Most bytes that a stream becomes, and all of them together.
const STREAM: u64 = 128 << 20;
const ALL: u64 = 512 << 20;
/// How deep arrays and dictionaries may lie in each other, and how many graphics states may be kept: [`STACK`] holds so many.
const DEEPEST: usize = 100_000;
/// Most nodes of the trees of pages, names and fields, each of which could lie in the one before.
const NODES: usize = 4_000;

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
                    left = left.checked_sub(self.take(&bytes[at..], true)?)?;
                }
            }
        }
        Some(())
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
                    let name = &bytes[start + 1..at];
                    self.nodes += usize::from(name == b"Kids" || name.contains(&b'#'));
                }
                b if is_regular(*b) => {
                    at = end_of_word(bytes, start);
                    match &bytes[start..at] {
                        b"q" => self.states += 1,
                        b"Q" => self.states = self.states.saturating_sub(1),
                        b"Do" | b"W" | b"W*" => self.drawn += 1,
                        b"endobj" | b"stream" if object => break,
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
