//! Reading and writing the small binary files of the index folder.

use super::codec::varint;

/// A hash as names and files carry it: the first 16 bytes of BLAKE3.
pub type Hash = [u8; 16];

/// The hash of some bytes.
pub fn hash(bytes: &[u8]) -> Hash {
    cut(blake3::hash(bytes))
}

/// The part of a BLAKE3 hash that is kept.
pub fn cut(hash: blake3::Hash) -> Hash {
    let mut out = [0; 16];
    out.copy_from_slice(&hash.as_bytes()[..16]);
    out
}

/// A hash in hexadecimal digits.
pub fn hex(hash: &Hash) -> String {
    hash.iter().map(|b| format!("{b:02x}")).collect()
}

/// Appends a text with its length.
pub fn put_text(text: &[u8], out: &mut Vec<u8>) {
    varint(text.len() as u32, out);
    out.extend_from_slice(text);
}

/// Reads from the front of some bytes; `None` once they do not fit.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// The next bytes.
    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (front, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(front)
    }

    /// The next hash.
    pub fn hash(&mut self) -> Option<Hash> {
        self.take(16)?.try_into().ok()
    }

    /// The next four bytes as a number.
    pub fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// The next number written by `varint`.
    pub fn varint(&mut self) -> Option<u32> {
        let mut value = 0;
        for (i, &byte) in self.0.iter().enumerate().take(5) {
            value |= u32::from(byte & 0x7f) << (7 * i);
            if byte < 0x80 {
                self.0 = &self.0[i + 1..];
                return Some(value);
            }
        }
        None
    }

    /// The next text written by [`put_text`], as bytes.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.varint()?;
        self.take(length as usize)
    }

    /// The next text written by [`put_text`].
    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }
}
