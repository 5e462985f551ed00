//! Colour profiles of pictures: the colours are kept, the words are not. Profiles of screens and cameras name the device, its
//! maker, often its serial number.

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::io::{Read, Write};

/// Most bytes of a profile in a PNG; those of printers have some hundred thousand.
const MOST: u64 = 8 << 20;
/// Tags that make the colours: white point, primaries, curves, tables.
const TAGS: [&[u8; 4]; 19] = [
    b"wtpt", b"bkpt", b"chad", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"A2B0", b"A2B1",
    b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"gamt", b"cicp", b"lumi",
];
/// Types of what these hold: numbers only.
const TYPES: [&[u8; 4]; 9] = [b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB ", b"mBA ", b"cicp"];
const HEADER: usize = 128;
/// Fields of the header by where they are: program, day, platform, maker, model, who made it and a sum of all.
const NAMES: [std::ops::Range<usize>; 4] = [4..8, 24..36, 40..44, 48..56];
const MAKER: std::ops::Range<usize> = 80..HEADER;

fn be32(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()
}

/// The profile without anything but its colours; none where it is no profile.
/// ICC.1:2022, 7.
pub(super) fn bare(profile: &[u8]) -> Option<Vec<u8>> {
    let mut header = profile.get(..HEADER).filter(|header| &header[36..40] == b"acsp")?.to_vec();
    NAMES.into_iter().chain([MAKER]).for_each(|range| header[range].fill(0));
    let modern = header[8] >= 4;
    let mut tags: Vec<([u8; 4], &[u8])> = Vec::new();
    for n in 0..be32(profile, HEADER)?.min(100) {
        let at = HEADER + 4 + n * 12;
        let name: [u8; 4] = profile.get(at..at + 4)?.try_into().ok()?;
        let (from, length) = (be32(profile, at + 4)?, be32(profile, at + 8)?);
        let data = profile.get(from..from.checked_add(length)?)?;
        let numbers = data.get(..4).is_some_and(|kind| TYPES.iter().any(|own| *own == kind));
        if numbers && TAGS.contains(&&name) && tags.iter().all(|(other, _)| *other != name) {
            tags.push((name, data));
        }
    }
    if tags.is_empty() {
        return None;
    }
    // A profile needs a name and a note on rights.
    let (name, rights) = (named(modern), noted(modern));
    tags.push((*b"desc", &name[..]));
    tags.push((*b"cprt", &rights[..]));
    let mut table = u32::try_from(tags.len()).ok()?.to_be_bytes().to_vec();
    let start = HEADER + 4 + tags.len() * 12;
    let mut data: Vec<u8> = Vec::new();
    let mut placed: Vec<(&[u8], usize)> = Vec::new();
    for (tag, bytes) in &tags {
        // Three colours often have one curve.
        let known = placed.iter().find(|(other, _)| other == bytes).map(|(_, at)| *at);
        let at = known.unwrap_or_else(|| {
            let at = start + data.len();
            data.extend_from_slice(bytes);
            data.resize(data.len().next_multiple_of(4), 0);
            placed.push((*bytes, at));
            at
        });
        table.extend_from_slice(tag);
        table.extend_from_slice(&u32::try_from(at).ok()?.to_be_bytes());
        table.extend_from_slice(&u32::try_from(bytes.len()).ok()?.to_be_bytes());
    }
    header[..4].copy_from_slice(&u32::try_from(start + data.len()).ok()?.to_be_bytes());
    Some([header, table, data].concat())
}

/// The data of the chunk of a PNG that holds a profile: a name, the method and what is packed by it.
pub(super) fn in_png(data: &[u8]) -> Option<Vec<u8>> {
    let name = data.iter().position(|b| *b == 0)?;
    let mut profile = Vec::new();
    ZlibDecoder::new(data.get(name + 2..)?).take(MOST).read_to_end(&mut profile).ok()?;
    Some([b"icc\0\0", &packed(&bare(&profile)?)[..]].concat())
}

/// The segments of a JPEG that hold a profile; none where it is none, or needs more of them than can be numbered.
pub(super) fn in_jpeg(profile: &[u8]) -> Vec<u8> {
    let Some(bare) = bare(profile) else { return Vec::new() };
    let parts = bare.chunks(60_000);
    let Ok(all) = u8::try_from(parts.len()) else { return Vec::new() };
    let segment = |(number, part): (u8, &[u8])| {
        // The parts are short enough.
        let length = u16::try_from(part.len() + 16).unwrap_or(u16::MAX);
        [&[0xff, 0xe2], &length.to_be_bytes()[..], b"ICC_PROFILE\0", &[number, all], part].concat()
    };
    (1..=all).zip(parts).flat_map(segment).collect()
}

/// Packed as PNG has it.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::best());
    // Writing into memory does not fail.
    let _ = out.write_all(bytes);
    out.finish().unwrap_or_default()
}

/// The name "icc", as profiles of version 4 write texts and as those before write names.
fn named(modern: bool) -> Vec<u8> {
    if modern {
        return localised("icc");
    }
    let mut out = b"desc\0\0\0\0\0\0\0\x04icc\0".to_vec();
    out.resize(out.len() + 78, 0);
    out
}

/// A note on rights that says nothing.
fn noted(modern: bool) -> Vec<u8> {
    if modern { localised("-") } else { b"text\0\0\0\0-\0".to_vec() }
}

fn localised(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut out = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0".to_vec();
    out.push(u8::try_from(letters.len()).unwrap_or(0));
    out.extend_from_slice(b"\0\0\0\x1c");
    out.extend_from_slice(&letters);
    out
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A profile with a curve that three colours share, and words wherever a profile may have some.
    pub(in crate::html) fn profile(secret: &[u8]) -> Vec<u8> {
        let curve = b"curv\0\0\0\0\0\0\0\x01\x02\x33\0\0".to_vec();
        let text = [b"text\0\0\0\0", secret, b"\0"].concat();
        let tags: [(&[u8; 4], &[u8]); 6] = [
            (b"rTRC", &curve),
            (b"gTRC", &curve),
            (b"bTRC", &curve),
            (b"desc", &text),
            (b"mmod", &text),
            (b"wtpt", &text),
        ];
        let mut header = vec![0; HEADER];
        header[8] = 2;
        header[36..40].copy_from_slice(b"acsp");
        for at in [4, 24, 40, 48, 84] {
            header[at..at + 4].copy_from_slice(&secret[..4]);
        }
        let mut table = vec![0, 0, 0, 6];
        let mut data = Vec::new();
        for (name, bytes) in tags {
            let at = u32::try_from(HEADER + 4 + 72 + data.len()).unwrap();
            table.extend(
                [name.as_slice(), &at.to_be_bytes(), &u32::try_from(bytes.len()).unwrap().to_be_bytes()].concat(),
            );
            data.extend_from_slice(bytes);
        }
        [header, table, data].concat()
    }

    #[test]
    fn a_profile_keeps_its_colours_and_no_words() {
        let cleaned = bare(&profile(b"SECRET")).unwrap();
        assert!(!cleaned.windows(4).any(|w| w == b"SECR"));
        assert!(cleaned.windows(4).filter(|w| *w == b"curv").count() == 1, "one curve for three colours");
        assert!(cleaned.windows(4).any(|w| w == b"bTRC") && cleaned.windows(4).any(|w| w == b"cprt"));
        assert_eq!(be32(&cleaned, 0), Some(cleaned.len()));
        assert_eq!(bare(&cleaned), Some(cleaned));
        assert_eq!(bare(b"SECRET"), None);
    }
}
