//! Pictures taken apart: what makes the picture is kept, everything else is not.

use super::exif::{exif_of, exif_orientation};
use super::icc;

/// A file ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// Bytes to publish.
    pub bytes: Vec<u8>,
    /// Width and height in pixels, for images.
    pub size: Option<(u32, u32)>,
}

/// Chunks of a PNG that make the picture, size, colours, pixels, transparency, animation, and the most bytes that each has:
/// what is longer holds something else.
const PNG_CHUNKS: [(&[u8; 4], usize); 15] = [
    (b"IHDR", 13),
    (b"PLTE", 768),
    (b"IDAT", usize::MAX),
    (b"IEND", 0),
    (b"tRNS", 256),
    (b"cHRM", 32),
    (b"gAMA", 4),
    (b"sBIT", 4),
    (b"sRGB", 1),
    (b"cICP", 4),
    (b"bKGD", 6),
    (b"pHYs", 9),
    (b"acTL", 8),
    (b"fcTL", 26),
    (b"fdAT", usize::MAX),
];
/// Parts of a WebP that make the picture.
const WEBP_CHUNKS: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

pub(super) fn le16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn le24(bytes: &[u8], at: usize) -> Option<u32> {
    let b = bytes.get(at..at + 3)?;
    Some(u32::from_le_bytes([b[0], b[1], b[2], 0]))
}

/// PNG: <https://www.w3.org/TR/png-3/>.
pub(super) fn png(bytes: &[u8]) -> Option<Cleaned> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut out = SIGNATURE.to_vec();
    let mut size = None;
    loop {
        let length = usize::try_from(be32(rest, 0)?).ok()?;
        let kind: &[u8; 4] = rest.get(4..8)?.try_into().ok()?;
        let data = rest.get(8..8usize.checked_add(length)?)?;
        let whole = rest.get(..length + 12)?;
        if kind == b"IHDR" {
            size = Some((be32(data, 0)?, be32(data, 4)?));
        }
        if kind == b"iCCP" {
            if let Some(profile) = icc::in_png(data) {
                chunk(kind, &profile, &mut out)?;
            }
        } else if let Some((_, most)) = PNG_CHUNKS.iter().find(|(known, _)| *known == kind) {
            if length > *most {
                return None;
            }
            out.extend_from_slice(whole);
        }
        if kind == b"IEND" {
            return Some(Cleaned { bytes: out, size: Some(size?) });
        }
        rest = &rest[length + 12..];
    }
}

/// Appends a PNG chunk with its checksum.
fn chunk(kind: &[u8; 4], data: &[u8], out: &mut Vec<u8>) -> Option<()> {
    out.extend_from_slice(&u32::try_from(data.len()).ok()?.to_be_bytes());
    let mut sum = flate2::Crc::new();
    for part in [kind.as_slice(), data] {
        sum.update(part);
        out.extend_from_slice(part);
    }
    out.extend_from_slice(&sum.sum().to_be_bytes());
    Some(())
}

/// JPEG: ITU-T T.81, annex B.
pub(super) fn jpeg(bytes: &[u8]) -> Option<Cleaned> {
    const JFIF: &[u8] = b"JFIF\0";
    let mut at = 2;
    let mut out = bytes.get(..2).filter(|start| *start == [0xff, 0xd8])?.to_vec();
    let (mut size, mut orientation) = (None, None);
    let (mut parts, mut profile) = (Vec::new(), Vec::new());
    loop {
        // A marker may follow any number of fill bytes.
        let marker = match (bytes.get(at)?, bytes.get(at + 1)?) {
            (0xff, 0xff) => {
                at += 1;
                continue;
            }
            (0xff, marker) => *marker,
            _ => return None,
        };
        at += 2;
        if marker == 0xd9 {
            break;
        }
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let length = usize::try_from(be16(bytes, at)?).ok()?;
        let data = bytes.get(at + 2..at.checked_add(length)?)?;
        at += length;
        let mut keep = |data: &[u8]| {
            parts.extend_from_slice(&[0xff, marker]);
            // The data is at most as long as it was read.
            parts.extend_from_slice(&u16::try_from(data.len() + 2).unwrap_or(u16::MAX).to_be_bytes());
            parts.extend_from_slice(data);
        };
        match marker {
            // Version, density; no thumbnail.
            0xe0 if data.starts_with(JFIF) && data.len() >= 14 => keep(&[&data[..12], &[0, 0]].concat()),
            0xe1 => orientation = orientation.or_else(|| exif_orientation(data)),
            // In parts, each with its number and how many there are.
            0xe2 if data.starts_with(b"ICC_PROFILE\0") => profile.extend_from_slice(data.get(14..)?),
            // The colour transform.
            0xee if data.starts_with(b"Adobe") && data.len() >= 12 => keep(&data[..12]),
            // Frames, tables, restart intervals; the number of lines.
            0xc0..=0xc7 | 0xc9..=0xcf | 0xdb | 0xdd | 0xdf => keep(data),
            0xdc if data.len() == 2 => keep(data),
            0xda => {
                keep(data);
                let end = scan_end(bytes, at);
                parts.extend_from_slice(&bytes[at..end]);
                at = end;
                if at == bytes.len() {
                    break;
                }
            }
            _ => {}
        }
        if matches!(marker, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) {
            size = Some((be16(data, 3)?, be16(data, 1)?));
        }
    }
    if let Some(orientation) = orientation.filter(|o| (2..=8).contains(o)) {
        let exif = exif_of(orientation);
        out.extend_from_slice(&[0xff, 0xe1]);
        out.extend_from_slice(&u16::try_from(exif.len() + 2).ok()?.to_be_bytes());
        out.extend_from_slice(&exif);
    }
    out.extend_from_slice(&icc::in_jpeg(&profile));
    out.extend_from_slice(&parts);
    out.extend_from_slice(&[0xff, 0xd9]);
    let (width, height) = size?;
    let turned = orientation.is_some_and(|o| (5..=8).contains(&o));
    Some(Cleaned { bytes: out, size: Some(if turned { (height, width) } else { (width, height) }) })
}

/// Where the coded data of a scan ends: at the next marker that is neither an escape nor a restart.
fn scan_end(bytes: &[u8], from: usize) -> usize {
    let marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
    bytes[from..].windows(2).position(marker).map_or(bytes.len(), |i| from + i)
}

/// WebP: <https://developers.google.com/speed/webp/docs/riff_container>.
pub(super) fn webp(bytes: &[u8]) -> Option<Cleaned> {
    let riff = bytes.strip_prefix(b"RIFF")?;
    let length = usize::try_from(u32::from_le_bytes(riff.get(..4)?.try_into().ok()?)).ok()?;
    let inside = riff.get(4..4usize.checked_add(length)?.min(riff.len()))?.strip_prefix(b"WEBP")?;
    let mut size = None;
    let parts = chunks(inside, &mut size)?;
    let mut out = b"RIFF".to_vec();
    out.extend_from_slice(&u32::try_from(parts.len() + 4).ok()?.to_le_bytes());
    out.extend_from_slice(b"WEBP");
    out.extend_from_slice(&parts);
    Some(Cleaned { bytes: out, size: Some(size?) })
}

/// The chunks of a WebP, or of one of its frames, that make the picture.
fn chunks(mut rest: &[u8], size: &mut Option<(u32, u32)>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    while rest.len() >= 8 {
        let kind: &[u8; 4] = rest[..4].try_into().ok()?;
        let length = usize::try_from(u32::from_le_bytes(rest[4..8].try_into().ok()?)).ok()?;
        let data = rest.get(8..8usize.checked_add(length)?)?;
        rest = rest.get(8 + length + (length & 1)..).unwrap_or_default();
        let mut data = data.to_vec();
        match kind {
            b"VP8X" if length != 10 => return None,
            b"ANIM" if length != 6 => return None,
            b"VP8X" => {
                *size = Some((le24(&data, 4)? + 1, le24(&data, 7)? + 1));
                // No Exif, no XMP.
                data[0] &= !0b0000_1100;
            }
            b"VP8 " => *size = size.or(Some((le16(&data, 6)? & 0x3fff, le16(&data, 8)? & 0x3fff))),
            b"VP8L" => {
                let bits = u32::from_le_bytes(data.get(1..5)?.try_into().ok()?);
                *size = size.or(Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)));
            }
            b"ICCP" => match icc::bare(&data) {
                Some(profile) => data = profile,
                None => {
                    // Nor does the head tell of one.
                    if out.starts_with(b"VP8X") {
                        out[8] &= !0b0010_0000;
                    }
                    continue;
                }
            },
            b"ANMF" => {
                let frame = chunks(data.get(16..)?, &mut Some((0, 0)))?;
                data.truncate(16);
                data.extend_from_slice(&frame);
            }
            _ => {}
        }
        if WEBP_CHUNKS.contains(&kind) {
            out.extend_from_slice(kind);
            out.extend_from_slice(&u32::try_from(data.len()).ok()?.to_le_bytes());
            out.extend_from_slice(&data);
            if data.len() % 2 == 1 {
                out.push(0);
            }
        }
    }
    Some(out)
}

/// GIF: <https://www.w3.org/Graphics/GIF/spec-gif89a.txt>.
pub(super) fn gif(bytes: &[u8]) -> Option<Cleaned> {
    if !bytes.starts_with(b"GIF87a") && !bytes.starts_with(b"GIF89a") {
        return None;
    }
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3usize << ((flags & 7) + 1) };
    let size = Some((le16(bytes, 6)?, le16(bytes, 8)?));
    let mut at = 13 + table(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let start = at;
        let keep = match bytes.get(at)? {
            0x3b => {
                out.push(0x3b);
                return Some(Cleaned { bytes: out, size });
            }
            0x2c => {
                // Place, own colours, width of codes.
                at += 10 + table(*bytes.get(at + 9)?) + 1;
                true
            }
            0x21 => {
                let label = *bytes.get(at + 1)?;
                at += 2;
                // How long a frame stands, and how often the animation runs.
                let loops = |name: &[u8]| name == b"NETSCAPE2.0" || name == b"ANIMEXTS1.0";
                let ends = |length: usize| bytes.get(at + length) == Some(&0);
                label == 0xf9 && ends(5) || label == 0xff && bytes.get(at + 1..at + 12).is_some_and(loops) && ends(16)
            }
            _ => return None,
        };
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
        let block = bytes.get(start..at)?;
        if keep {
            out.extend_from_slice(block);
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const SECRET: &[u8] = b"SECRET-PLACE";

    fn holds(bytes: &[u8]) -> bool {
        bytes.windows(SECRET.len()).any(|w| w == SECRET)
    }

    /// A PNG with a remark.
    pub(in crate::html) fn small_png(remark: &[u8]) -> Vec<u8> {
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        let header = [&7u32.to_be_bytes()[..], &5u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        for (kind, data) in [(b"IHDR", &header[..]), (b"tEXt", remark), (b"IDAT", b"pixels"), (b"IEND", b"")] {
            chunk(kind, data, &mut file).unwrap();
        }
        file
    }

    #[test]
    fn parts_that_are_longer_than_they_can_be_are_none() {
        let with = |kind: &[u8; 4], data: &[u8]| {
            let mut file = small_png(b"x");
            let end = file.split_off(file.len() - 12);
            chunk(kind, data, &mut file).unwrap();
            [file, end].concat()
        };
        for (kind, data) in [(b"gAMA", b"\0\0\xb1\x8f".as_slice()), (b"sRGB", &[0]), (b"pHYs", &[0; 9])] {
            assert!(png(&with(kind, data)).is_some());
            assert_eq!(png(&with(kind, &[data, SECRET].concat())), None);
        }
        assert_eq!(png(&with(b"IEND", SECRET)), None);
        let loops = |more: &[u8]| {
            [
                b"GIF89a\x07\0\x05\0\0\0\0\x21\xff\x0bNETSCAPE2.0".as_slice(),
                &[3 + more.len() as u8, 1, 0, 0],
                more,
                b"\0\x3b",
            ]
            .concat()
        };
        let kept = |file: &[u8]| gif(file).unwrap().bytes.windows(8).any(|w| w == b"NETSCAPE");
        assert!(kept(&loops(b"")) && !kept(&loops(SECRET)));
    }

    #[test]
    fn png_keeps_the_picture_alone() {
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        let header = [&7u32.to_be_bytes()[..], &5u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        chunk(b"IHDR", &header, &mut file).unwrap();
        for kind in [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"prVt", b"caBX"] {
            chunk(kind, SECRET, &mut file).unwrap();
        }
        chunk(b"iCCP", &[SECRET, b"\0\0", &icc::packed(&icc::tests::profile(SECRET))].concat(), &mut file).unwrap();
        chunk(b"IDAT", b"pixels", &mut file).unwrap();
        chunk(b"IEND", b"", &mut file).unwrap();
        file.extend_from_slice(SECRET);
        let cleaned = png(&file).unwrap();
        assert_eq!(cleaned.size, Some((7, 5)));
        assert!(!holds(&cleaned.bytes));
        assert!(cleaned.bytes.windows(6).any(|w| w == b"pixels") && cleaned.bytes.windows(4).any(|w| w == b"iCCP"));
        assert_eq!(png(&cleaned.bytes), Some(cleaned));
        assert_eq!(png(&file[..60]), None);
    }

    fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
        [&[0xff, marker][..], &u16::try_from(data.len() + 2).unwrap().to_be_bytes()[..], data].concat()
    }

    #[test]
    fn jpeg_keeps_the_picture_and_how_it_stands() {
        let mut file = vec![0xff, 0xd8];
        let with_secret = |start: &[u8]| [start, SECRET].concat();
        let segments: [(u8, Vec<u8>); 11] = [
            (0xe0, with_secret(b"JFIF\0\x01\x02\0\0\x01\0\x01\x02\x02")),
            (0xe0, with_secret(b"JFXX\0")),
            (0xe1, with_secret(&exif_of(6))),
            (0xe1, with_secret(b"http://ns.adobe.com/xap/1.0/\0")),
            (0xe2, [b"ICC_PROFILE\0\x01\x01", &icc::tests::profile(SECRET)[..]].concat()),
            (0xe2, with_secret(b"MPF\0")),
            (0xed, SECRET.to_vec()),
            (0xee, with_secret(b"Adobe\0\x64\0\0\0\0\x01")),
            (0xfe, SECRET.to_vec()),
            (0xc0, vec![8, 0, 5, 0, 7, 1]),
            (0xda, b"\x01\x01\0\0\x3f\0".to_vec()),
        ];
        for (marker, data) in &segments {
            file.extend_from_slice(&segment(*marker, data));
        }
        file.extend_from_slice(b"coded\xff\0data\xff\xd0more\xff\xd9");
        file.extend_from_slice(SECRET);
        let cleaned = jpeg(&file).unwrap();
        assert_eq!(cleaned.size, Some((5, 7)), "turned");
        assert!(!holds(&cleaned.bytes), "{:?}", String::from_utf8_lossy(&cleaned.bytes));
        assert!(cleaned.bytes.ends_with(b"coded\xff\0data\xff\xd0more\xff\xd9"));
        assert!(cleaned.bytes.windows(4).any(|w| w == b"bTRC"));
        assert_eq!(jpeg(&cleaned.bytes), Some(cleaned));
    }

    #[test]
    fn webp_keeps_the_picture_alone() {
        let part = |kind: &[u8], data: &[u8]| {
            let pad: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
            [kind, &u32::try_from(data.len()).unwrap().to_le_bytes(), data, pad].concat()
        };
        let frame = [vec![0; 16], part(b"ALPH", b"alpha"), part(b"JUNK", SECRET)].concat();
        let parts = [
            b"WEBP".to_vec(),
            part(b"VP8X", &[0b0010_1110, 0, 0, 0, 6, 0, 0, 4, 0, 0]),
            part(b"ICCP", &icc::tests::profile(SECRET)),
            part(b"ANMF", &frame),
            part(b"EXIF", SECRET),
            part(b"XMP ", SECRET),
            part(b"priv", SECRET),
        ]
        .concat();
        let mut file = part(b"RIFF", &parts);
        file.extend_from_slice(SECRET);
        let cleaned = webp(&file).unwrap();
        assert_eq!(cleaned.size, Some((7, 5)));
        assert!(!holds(&cleaned.bytes));
        assert!(cleaned.bytes.windows(4).any(|w| w == b"bTRC"));
        assert!(cleaned.bytes.windows(5).any(|w| w == b"alpha") && cleaned.bytes[20] == 0b0010_0010);
        assert_eq!(webp(&cleaned.bytes), Some(cleaned));
    }

    #[test]
    fn gif_keeps_frames_and_loops() {
        let block = |data: &[u8]| [&[u8::try_from(data.len()).unwrap()][..], data, &[0]].concat();
        let file = [
            b"GIF89a\x07\0\x05\0\x80\0\0RGBRGB".as_slice(),
            b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0",
            b"\x21\xfe",
            &block(SECRET)[..],
            b"\x21\xff\x0bXMP DataXMP",
            &block(SECRET)[..],
            b"\x21\x01",
            &block(SECRET)[..],
            b"\x21\xf9\x04\0\0\0\0\0",
            b"\x2c\0\0\0\0\x07\0\x05\0\0\x02",
            &block(b"pixels")[..],
            b"\x3b",
            SECRET,
        ]
        .concat();
        let cleaned = gif(&file).unwrap();
        assert_eq!(cleaned.size, Some((7, 5)));
        assert!(!holds(&cleaned.bytes));
        let told = String::from_utf8_lossy(&cleaned.bytes);
        assert!(told.contains("NETSCAPE2.0") && told.contains("pixels") && told.ends_with(';'));
        assert_eq!(gif(&cleaned.bytes), Some(cleaned));
        assert_eq!(gif(b"GIF89a"), None);
    }
}
