//! Makes a finished PDF smaller without touching its content: objects that are not streams (the structure tree above
//! all) go into compressed object streams, and the table of offsets becomes a compressed stream (PDF 1.5 and later).
//!
//! It reads only the regular layout that the exporter writes; on anything else it returns the file as it was.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Objects per object stream.
const PER_STREAM: usize = 250;

/// Where an object went.
enum Place {
    /// Byte offset in the file.
    At(usize),
    /// Number of the object stream and index in it.
    In(usize, usize),
}

/// Stand-ins for the languages while typesetting, and the languages: the typesetter would otherwise search line ends in
/// Thai by itself, slowly and worse. Both names of a pair are equally long, so that no offset changes.
pub const LANGUAGES: [(&str, &str); 2] = [("zh-TH", "th-TH"), ("zh-GB", "en-GB")];

/// The same PDF with its language named, without marks of line ends in its text, in fewer bytes.
pub fn finish(mut pdf: Vec<u8>) -> Vec<u8> {
    name_languages(&mut pdf);
    compact(pdf)
}

/// Writes the languages over their stand-ins; whether there were any.
fn name_languages(text: &mut [u8]) -> bool {
    let mut changed = false;
    for (stand_in, language) in LANGUAGES {
        let mut from = 0;
        while let Some(at) = find(text, stand_in.as_bytes(), from) {
            text[at..at + language.len()].copy_from_slice(language.as_bytes());
            from = at + language.len();
            changed = true;
        }
    }
    changed
}

/// The same PDF in fewer bytes.
pub fn compact(pdf: Vec<u8>) -> Vec<u8> {
    match smaller(&pdf) {
        Some(small) if small.len() < pdf.len() => small,
        _ => pdf,
    }
}

fn smaller(pdf: &[u8]) -> Option<Vec<u8>> {
    let offsets = offsets(pdf)?;
    let trailer_at = find(pdf, b"trailer", *offsets.iter().map(|(_, at)| at).max()?)?;
    let trailer = dictionary(&pdf[trailer_at + b"trailer".len()..])?;
    let first = offsets.iter().map(|(_, at)| *at).min()?;
    let mut out = pdf[..first].to_vec();
    let top = offsets.iter().map(|(number, _)| *number).max()?;
    let mut places: Vec<Option<Place>> = Vec::new();
    places.resize_with(top + 1, || None);
    let mut loose: Vec<(usize, &[u8])> = Vec::new();
    for &(number, at) in &offsets {
        let body = body(&pdf[at..], number)?;
        if is_stream(body) {
            *places.get_mut(number)? = Some(Place::At(out.len()));
            writeln!(out, "{number} 0 obj").ok()?;
            match rewritten(body) {
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
    write!(out, "{number} 0 obj\n<</Type/XRef/W[1 4 2]/Size {}{kept}/Filter/FlateDecode/Length {}>>\nstream\n", places.len(), packed.len()).ok()?;
    out.extend_from_slice(&packed);
    write!(out, "\nendstream\nendobj\nstartxref\n{start}\n%%EOF").ok()?;
    Some(out)
}

/// A text stream without the marks of line ends (zero-width spaces), which would otherwise be copied with the words.
/// `None` when there is nothing to change.
fn rewritten(body: &[u8]) -> Option<Vec<u8>> {
    let at = find(body, b"stream\n", 0)?;
    let head = std::str::from_utf8(&body[..at]).ok()?;
    if !head.contains("/FlateDecode")
        || ["/Subtype", "/Length1", "/Predictor", "/ICCBased", "/N "]
            .iter()
            .any(|key| head.contains(key))
    {
        return None;
    }
    let data = &body[at + 7..];
    let mut text = Vec::new();
    flate2::read::ZlibDecoder::new(data)
        .read_to_end(&mut text)
        .ok()?;
    let stripped = if head.contains("/CMap") {
        strip_hex(&text, b"> <", b"200B")
    } else {
        strip_hex(&text, b"/ActualText<FEFF", b"200B")
    };
    let mut changed = stripped.is_some();
    let mut text = stripped.unwrap_or(text);
    changed |= name_languages(&mut text);
    if !changed {
        return None;
    }
    let packed = deflate(&text)?;
    let (before, rest) = head.split_once("/Length")?;
    let rest = rest
        .trim_start()
        .trim_start_matches(|c: char| c.is_ascii_digit());
    let mut out = format!("{before}/Length {}{rest}stream\n", packed.len()).into_bytes();
    out.extend_from_slice(&packed);
    out.extend_from_slice(b"\nendstream");
    Some(out)
}

/// Drops a group of four hexadecimal digits out of every string that follows `lead` and holds more than it.
fn strip_hex(text: &[u8], lead: &[u8], group: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut from = 0;
    let mut changed = false;
    while let Some(at) = find(text, lead, from) {
        let start = at + lead.len();
        out.extend_from_slice(&text[from..start]);
        let end = find(text, b">", start)?;
        let digits = &text[start..end];
        let kept: Vec<u8> = digits
            .chunks(4)
            .filter(|four| *four != group)
            .flatten()
            .copied()
            .collect();
        changed |= kept.len() != digits.len();
        out.extend_from_slice(if kept.is_empty() && !lead.ends_with(b"FEFF") {
            digits
        } else {
            &kept
        });
        from = end;
    }
    out.extend_from_slice(text.get(from..)?);
    changed.then_some(out)
}

/// Numbers and offsets of all objects, from the classic table at the end.
fn offsets(pdf: &[u8]) -> Option<Vec<(usize, usize)>> {
    let tail = pdf.len().saturating_sub(64);
    let at = find(pdf, b"startxref", tail)?;
    let start: usize = std::str::from_utf8(&pdf[at + 9..])
        .ok()?
        .split_whitespace()
        .next()?
        .parse()
        .ok()?;
    let text = pdf.get(start..at)?;
    let end = find(text, b"trailer", 0)?;
    let mut lines = std::str::from_utf8(&text[..end]).ok()?.lines();
    if lines.next()?.trim() != "xref" {
        return None;
    }
    let mut list = Vec::new();
    while let Some(head) = lines.next() {
        let mut parts = head.split_whitespace();
        let (from, count): (usize, usize) =
            (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
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
    Some(list)
}

/// What stands between `N 0 obj` and the closing `endobj`.
fn body(text: &[u8], number: usize) -> Option<&[u8]> {
    let head = format!("{number} 0 obj");
    let rest = text.strip_prefix(head.as_bytes())?;
    // A stream may hold the word by chance: skip it by its length.
    let from = match find(rest, b"stream\n", 0) {
        Some(at) if is_stream(&rest[..at + 7]) && find(&rest[..at], b"endobj", 0).is_none() => {
            let dictionary = std::str::from_utf8(&rest[..at]).ok()?;
            let length: usize = dictionary
                .split("/Length")
                .nth(1)?
                .trim_start()
                .chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
                .parse()
                .ok()?;
            at + 7 + length
        }
        _ => 0,
    };
    let end = find(rest, b"endobj", from)?;
    Some(rest[..end].trim_ascii())
}

fn is_stream(body: &[u8]) -> bool {
    body.starts_with(b"<<") && find(body, b">>\nstream", 0).is_some()
        || find(body, b">>stream", 0).is_some()
}

/// The first dictionary's inside.
fn dictionary(text: &[u8]) -> Option<&str> {
    let from = find(text, b"<<", 0)? + 2;
    let to = find(text, b">>", from)?;
    std::str::from_utf8(&text[from..to]).ok()
}

fn without_size(trailer: &str) -> Option<String> {
    let at = trailer.find("/Size")?;
    let rest = trailer[at + 5..]
        .trim_start()
        .trim_start_matches(|c: char| c.is_ascii_digit());
    Some(format!("{}{rest}", &trailer[..at]))
}

fn find(text: &[u8], what: &[u8], from: usize) -> Option<usize> {
    text.get(from..)?
        .windows(what.len())
        .position(|window| window == what)
        .map(|at| at + from)
}

fn deflate(data: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
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
        pdf.extend_from_slice(
            format!("{table}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").as_bytes(),
        );
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
