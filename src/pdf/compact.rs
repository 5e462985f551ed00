//! Makes a finished PDF smaller without touching its content: objects that are not streams (the structure tree above
//! all) go into compressed object streams, the table of offsets becomes a compressed stream (PDF 1.5 and later), and
//! drawing is written leaner ([`super::ink`]).
//!
//! It reads only the regular layout that the exporter writes; on anything else it returns the file as it was.

use std::collections::BTreeSet;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::ink::{self, find};

/// Objects per object stream.
const PER_STREAM: usize = 250;

/// Where an object went.
enum Place {
    /// Byte offset in the file.
    At(usize),
    /// Number of the object stream and index in it.
    In(usize, usize),
}

/// The same PDF with its language named, without marks of line ends in its text, in fewer bytes.
pub fn finish(mut pdf: Vec<u8>) -> Vec<u8> {
    ink::name_languages(&mut pdf);
    compact(pdf)
}

/// The same PDF in fewer bytes.
pub fn compact(pdf: Vec<u8>) -> Vec<u8> {
    match smaller(&pdf) {
        Some(small) if small.len() < pdf.len() => small,
        _ => pdf,
    }
}

fn smaller(pdf: &[u8]) -> Option<Vec<u8>> {
    let (offsets, xref) = offsets(pdf)?;
    let trailer_at = find(pdf, b"trailer", xref)?;
    let trailer = dictionary(&pdf[trailer_at + b"trailer".len()..])?;
    let first = offsets.iter().map(|(_, at)| *at).min()?;
    let mut out = pdf[..first].to_vec();
    let top = offsets.iter().map(|(number, _)| *number).max()?;
    let mut places: Vec<Option<Place>> = Vec::new();
    places.resize_with(top + 1, || None);
    let mut loose: Vec<(usize, &[u8])> = Vec::new();
    let ends = offsets.iter().skip(1).map(|(_, at)| *at);
    let bodies: Vec<(usize, &[u8])> = offsets
        .iter()
        .zip(ends.chain([xref]))
        .map(|(&(number, at), end)| Some((number, body(pdf.get(at..end)?, number)?)))
        .collect::<Option<_>>()?;
    let drawings: BTreeSet<usize> = bodies.iter().filter_map(|(_, body)| drawn_by(body)).collect();
    for (number, body) in bodies {
        if is_stream(body) {
            *places.get_mut(number)? = Some(Place::At(out.len()));
            writeln!(out, "{number} 0 obj").ok()?;
            match rewritten(body, drawings.contains(&number)) {
                Some(new) => out.extend_from_slice(&new),
                None => out.extend_from_slice(body),
            }
            out.extend_from_slice(b"\nendobj\n");
        } else {
            loose.push((number, body));
        }
    }
    for group in loose.chunks(PER_STREAM) {
        let number = places.len();
        let mut head = String::new();
        let mut data = Vec::new();
        for (index, (object, body)) in group.iter().enumerate() {
            head.push_str(&format!("{object} {} ", data.len()));
            data.extend_from_slice(body);
            data.push(b'\n');
            *places.get_mut(*object)? = Some(Place::In(number, index));
        }
        let mut whole = head.clone().into_bytes();
        whole.extend_from_slice(&data);
        let packed = deflate(&whole)?;
        places.push(Some(Place::At(out.len())));
        write!(
            out,
            "{number} 0 obj\n<</Type/ObjStm/N {}/First {}/Filter/FlateDecode/Length {}>>\nstream\n",
            group.len(),
            head.len(),
            packed.len()
        )
        .ok()?;
        out.extend_from_slice(&packed);
        out.extend_from_slice(b"\nendstream\nendobj\n");
    }
    let number = places.len();
    let start = out.len();
    places.push(Some(Place::At(start)));
    let mut table = Vec::with_capacity(places.len() * 7);
    for place in &places {
        let (kind, second, third) = match place {
            None => (0u8, 0, 0),
            Some(Place::At(at)) => (1, *at, 0),
            Some(Place::In(stream, index)) => (2, *stream, *index),
        };
        table.push(kind);
        table.extend_from_slice(&u32::try_from(second).ok()?.to_be_bytes());
        table.extend_from_slice(&u16::try_from(third).ok()?.to_be_bytes());
    }
    let packed = deflate(&table)?;
    // Size of the old trailer is replaced; the rest (Root, Info, ID) is kept.
    let kept = without_size(trailer)?;
    write!(
        out,
        "{number} 0 obj\n<</Type/XRef/W[1 4 2]/Size {}{kept}/Filter/FlateDecode/Length {}>>\nstream\n",
        places.len(),
        packed.len()
    )
    .ok()?;
    out.extend_from_slice(&packed);
    write!(out, "\nendstream\nendobj\nstartxref\n{start}\n%%EOF").ok()?;
    Some(out)
}

/// A stream of text (what draws a page, or a table of glyphs and their text) in fewer bytes; `None` for all others.
fn rewritten(body: &[u8], drawn: bool) -> Option<Vec<u8>> {
    let at = find(body, b"stream\n", 0)?;
    let head = std::str::from_utf8(&body[..at]).ok()?;
    let mapped = head.contains("/CMap");
    if !head.contains("/FlateDecode") || !(drawn || mapped) {
        return None;
    }
    let mut text = Vec::new();
    flate2::read::ZlibDecoder::new(&body[at + 7..]).read_to_end(&mut text).ok()?;
    let mut text = if mapped { ink::glyph_text(&text) } else { ink::page(&text)? };
    ink::name_languages(&mut text);
    let packed = deflate(&text)?;
    let (before, rest) = head.split_once("/Length")?;
    let rest = rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let mut out = format!("{before}/Length {}{rest}stream\n", packed.len()).into_bytes();
    out.extend_from_slice(&packed);
    out.extend_from_slice(b"\nendstream");
    Some(out)
}

/// Number of the object that draws a page, where this object is a page.
fn drawn_by(body: &[u8]) -> Option<usize> {
    let at = find(body, b"/Contents ", 0)? + b"/Contents ".len();
    let digits: Vec<u8> = body[at..].iter().copied().take_while(u8::is_ascii_digit).collect();
    let number = std::str::from_utf8(&digits).ok()?.parse().ok()?;
    body[at + digits.len()..].starts_with(b" 0 R").then_some(number)
}

/// Numbers and offsets of all objects in the order of the file, and the offset of the classic table that says so.
fn offsets(pdf: &[u8]) -> Option<(Vec<(usize, usize)>, usize)> {
    let tail = pdf.len().saturating_sub(64);
    let at = find(pdf, b"startxref", tail)?;
    let start: usize = std::str::from_utf8(&pdf[at + 9..]).ok()?.split_whitespace().next()?.parse().ok()?;
    let text = pdf.get(start..at)?;
    let end = find(text, b"trailer", 0)?;
    let mut lines = std::str::from_utf8(&text[..end]).ok()?.lines();
    if lines.next()?.trim() != "xref" {
        return None;
    }
    let mut list = Vec::new();
    while let Some(head) = lines.next() {
        let mut parts = head.split_whitespace();
        let (from, count): (usize, usize) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        for number in from..from + count {
            let line = lines.next()?;
            let mut parts = line.split_whitespace();
            let (offset, generation, used) = (parts.next()?, parts.next()?, parts.next()?);
            if used == "n" {
                if generation.parse::<u32>().ok()? != 0 {
                    return None;
                }
                list.push((number, offset.parse().ok()?));
            }
        }
    }
    list.sort_by_key(|(_, at)| *at);
    Some((list, start))
}

/// What stands between `N 0 obj` and `endobj` in the bytes of an object.
fn body(text: &[u8], number: usize) -> Option<&[u8]> {
    let head = format!("{number} 0 obj");
    let rest = text.strip_prefix(head.as_bytes())?.trim_ascii();
    Some(rest.strip_suffix(b"endobj")?.trim_ascii())
}

fn is_stream(body: &[u8]) -> bool {
    body.starts_with(b"<<") && body.ends_with(b"endstream")
}

/// The first dictionary's inside.
fn dictionary(text: &[u8]) -> Option<&str> {
    let from = find(text, b"<<", 0)? + 2;
    let to = find(text, b">>", from)?;
    std::str::from_utf8(&text[from..to]).ok()
}

fn without_size(trailer: &str) -> Option<String> {
    let at = trailer.find("/Size")?;
    let rest = trailer[at + 5..].trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    Some(format!("{}{rest}", &trailer[..at]))
}

fn deflate(data: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(7));
    encoder.write_all(data).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strange_file_is_left_alone() {
        assert_eq!(compact(b"%PDF-1.7\nnothing".to_vec()), b"%PDF-1.7\nnothing");
    }

    #[test]
    fn a_small_file_keeps_its_objects() {
        let mut pdf = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        let filler = "x".repeat(400);
        for body in [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            format!("<</Type/Pages/Kids[]/Count 0/Note({filler})>>"),
            "<</Length 6>>\nstream\nendobj\nendstream".to_owned(),
        ] {
            offsets.push(pdf.len());
            let number = offsets.len();
            pdf.extend_from_slice(format!("{number} 0 obj\n{body}\nendobj\n\n").as_bytes());
        }
        let start = pdf.len();
        let mut table = String::from("xref\n0 4\n0000000000 65535 f\r\n");
        for at in offsets {
            table.push_str(&format!("{at:010} 00000 n\r\n"));
        }
        pdf.extend_from_slice(format!("{table}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").as_bytes());
        let small = smaller(&pdf).expect("a regular file");
        let text = String::from_utf8_lossy(&small);
        assert!(
            text.contains("/ObjStm/N 2")
                && text.contains("/Root 1 0 R")
                && text.contains("3 0 obj\n<</Length 6>>\nstream\nendobj"),
            "{text}"
        );
    }
}
