//! Icons (`.ico`, `.cur`): pictures of several sizes in one file, each a PNG or the points of a bitmap.

use super::metadata::{Cleaned, gif, le16, png};

const HEAD: usize = 6;
const ENTRY: usize = 16;

/// An icon or a pointer, of whose pictures only what makes them is kept. Many are a PNG or GIF under another name.
pub(super) fn icon(bytes: &[u8]) -> Option<Cleaned> {
    if bytes.starts_with(b"\x89PNG") {
        return png(bytes);
    }
    if bytes.starts_with(b"GIF8") {
        return gif(bytes);
    }
    let head = bytes.get(..HEAD).filter(|head| matches!(head[..4], [0, 0, 1 | 2, 0]))?;
    let count = le16(head, 4)? as usize;
    let mut at = HEAD + count * ENTRY;
    let (mut entries, mut pictures, mut read) = (head.to_vec(), Vec::new(), 0usize);
    let mut size = None;
    for entry in bytes.get(HEAD..at)?.chunks_exact(ENTRY) {
        let (length, from) = (le32(entry, 8)?, le32(entry, 12)?);
        let data = bytes.get(from..from.checked_add(length)?)?;
        // Many entries may name the same bytes.
        read += length;
        let picture = if data.starts_with(b"\x89PNG") { png(data)?.bytes } else { bitmap(data)?.to_vec() };
        if read > bytes.len() {
            return None;
        }
        let side = |length: u8| if length == 0 { 256 } else { u32::from(length) };
        size = size.max(Some((side(entry[0]), side(entry[1]))));
        entries.extend_from_slice(&entry[..8]);
        entries.extend_from_slice(&u32::try_from(picture.len()).ok()?.to_le_bytes());
        entries.extend_from_slice(&u32::try_from(at).ok()?.to_le_bytes());
        at += picture.len();
        pictures.extend_from_slice(&picture);
    }
    Some(Cleaned { bytes: [entries, pictures].concat(), size: Some(size?) })
}

/// The points of a bitmap with its colours and its mask, and nothing behind them.
fn bitmap(data: &[u8]) -> Option<&[u8]> {
    let head = le32(data, 0)?;
    let (width, height) = (le32(data, 4)?, le32(data, 8)? / 2);
    let (bits, packed, used) = (le16(data, 14)? as usize, le32(data, 16)?, le32(data, 32)?);
    // Points may be packed as fields of bits, of which an old header is followed by the masks.
    let masks = match (head, packed) {
        (40, 3) => 12,
        (40, 0) | (108 | 124, 0 | 3) => 0,
        _ => return None,
    };
    if ![1, 4, 8, 16, 24, 32].contains(&bits) || used > 256 {
        return None;
    }
    let colours = match used {
        0 if bits <= 8 => 1 << bits,
        used => used,
    };
    let row = |bits: usize| Some(width.checked_mul(bits)?.div_ceil(32) * 4);
    let points = (row(bits)? + row(1)?).checked_mul(height)?;
    // Some have no mask.
    data.get(..(head + masks + colours * 4).checked_add(points)?.min(data.len()))
}

fn le32(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::metadata::tests::small_png;

    fn of(pictures: &[Vec<u8>]) -> Vec<u8> {
        let mut out = vec![0, 0, 1, 0, u8::try_from(pictures.len()).unwrap(), 0];
        let mut at = HEAD + pictures.len() * ENTRY;
        for picture in pictures {
            out.extend_from_slice(&[16, 16, 0, 0, 1, 0, 32, 0]);
            out.extend_from_slice(&u32::try_from(picture.len()).unwrap().to_le_bytes());
            out.extend_from_slice(&u32::try_from(at).unwrap().to_le_bytes());
            at += picture.len();
        }
        [out, pictures.concat()].concat()
    }

    #[test]
    fn icons_keep_their_pictures_alone() {
        let secret = b"SECRET-PLACE".as_slice();
        let mut bitmap = vec![0; 40];
        bitmap[..16].copy_from_slice(&[40, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 1, 0, 32, 0]);
        // Two rows of two points, and of the mask.
        bitmap.extend([7; 24]);
        let whole = bitmap.len();
        bitmap.extend_from_slice(secret);
        let file = [of(&[small_png(secret), bitmap.clone()]), secret.to_vec()].concat();
        let cleaned = icon(&file).unwrap();
        assert_eq!(cleaned.size, Some((16, 16)));
        assert!(!cleaned.bytes.windows(secret.len()).any(|w| w == secret));
        assert_eq!(cleaned.bytes, of(&[png(&small_png(secret)).unwrap().bytes, bitmap[..whole].to_vec()]));
        assert_eq!(icon(&cleaned.bytes), Some(cleaned));
        // A PNG under the name of an icon, and bitmaps whose colours are fields of bits.
        assert_eq!(icon(&small_png(secret)), png(&small_png(secret)));
        for (head, masks) in [(40, 12), (124, 0)] {
            let mut fields = vec![0; head + masks];
            fields[..20].copy_from_slice(&[head as u8, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 1, 0, 32, 0, 3, 0, 0, 0]);
            fields.extend([7; 24]);
            let file = of(&[[&fields, secret].concat()]);
            assert_eq!(icon(&file).map(|cleaned| cleaned.bytes), Some(of(&[fields])));
        }
        let mut again = of(&[bitmap.clone(), bitmap]);
        again.copy_within(HEAD + 8..HEAD + ENTRY, HEAD + ENTRY + 8);
        again.truncate(again.len() - 60);
        for broken in [secret, &file[..40], &again] {
            assert_eq!(icon(broken), None);
        }
    }
}
