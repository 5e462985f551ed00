//! Bytes of the exported lists: hashing of terms, Golomb–Rice coded postings,
//! base64. `docs/ranking.md` ("Files") is the description for both sides.

/// Writes bits, lowest first.
#[derive(Debug, Default)]
pub(super) struct Bits {
    /// The finished bytes.
    pub bytes: Vec<u8>,
    word: u64,
    filled: u32,
}

impl Bits {
    fn put(&mut self, value: u64, bits: u32) {
        self.word |= value << self.filled;
        self.filled += bits;
        while self.filled >= 8 {
            self.bytes.push(self.word as u8);
            self.word >>= 8;
            self.filled -= 8;
        }
    }

    /// `value` zeros and a one.
    fn unary(&mut self, mut value: u32) {
        while value >= 16 {
            self.put(0, 16);
            value -= 16;
        }
        self.put(1 << value, value + 1);
    }

    fn rice(&mut self, value: u32, k: u32) {
        self.unary(value >> k);
        self.put(u64::from(value) & ((1 << k) - 1), k);
    }

    fn flush(&mut self) {
        if self.filled > 0 {
            self.bytes.push(self.word as u8);
            self.word = 0;
            self.filled = 0;
        }
    }
}

/// The Rice parameter of a list: the whole bits of 0.69 × the mean gap.
pub(super) fn rice_parameter(docs: u32, df: u32) -> u32 {
    let mean = u64::from(docs) * 69 / (u64::from(df.max(1)) * 100);
    mean.max(1).ilog2()
}

/// Grades by how common they are: the class of a count, and 16 for a term in a heading or the summary, 32 for one in a
/// name. The number of a grade is the frequency of its term in Tantivy, so the commonest are the smallest.
const GRADES: [u8; 19] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 18, 19, 20, 21, 22, 23, 24, 38, 39, 40];

/// The number of a grade.
pub(super) fn number_of_grade(grade: u8) -> u8 {
    GRADES.iter().position(|&known| known == grade).unwrap_or(1) as u8
}

/// The grade of a number.
pub(super) fn grade_of_number(number: u32) -> u8 {
    GRADES.get(number as usize).copied().unwrap_or(1)
}

/// Codes a list; without grades when `graded` is false.
pub(super) fn encode(list: &[(u32, u8)], docs: u32, graded: bool, out: &mut Vec<u8>) {
    let k = rice_parameter(docs, list.len() as u32);
    let mut bits = Bits { bytes: std::mem::take(out), ..Bits::default() };
    let mut next = 0;
    for &(doc, grade) in list {
        bits.rice(doc - next, k);
        next = doc + 1;
        if graded {
            let (class, place) = (grade & 15, grade >> 4);
            bits.unary(u32::from(class) - 1);
            // A count of one is of the text, one below seven of no name.
            if class > 1 {
                bits.put(u64::from(place > 0), 1);
            }
            if class > 5 && place > 0 {
                bits.put(u64::from(place > 1), 1);
            }
        }
    }
    bits.flush();
    *out = bits.bytes;
}

/// A number in groups of seven bits, lowest first.
pub(super) fn varint(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads what [`varint`] wrote, from the beginning of some bytes.
pub(super) fn read_varint(bytes: &mut &[u8]) -> u32 {
    let (mut value, mut shift) = (0, 0);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        value |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 || shift > 28 {
            break;
        }
    }
    value
}

/// Standard base64 without padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 3);
    for part in bytes.chunks(3) {
        let word = part.iter().fold(0u32, |w, &b| (w << 8) | u32::from(b)) << (8 * (3 - part.len()));
        for i in 0..=part.len() {
            out.push(char::from(SIGNS[(word >> (18 - 6 * i)) as usize & 63]));
        }
    }
    out
}

/// Hash of a term: FNV-1a over its characters' numbers with a seed, then mixed.
pub(super) fn hash(term: &str, seed: u32) -> u32 {
    let mut h = 0x811c_9dc5 ^ seed;
    for c in term.chars() {
        h = (h ^ c as u32).wrapping_mul(0x0100_0193);
        h ^= h >> 15;
    }
    h ^= h >> 16;
    h = h.wrapping_mul(0x85eb_ca6b);
    h ^= h >> 13;
    h = h.wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_small_things() {
        assert_eq!(base64(b"Man"), "TWFu");
        assert_eq!(base64(b"Ma"), "TWE");
        assert_eq!(base64(b""), "");
        let mut out = Vec::new();
        varint(300, &mut out);
        assert_eq!(out, [0xac, 2]);
        varint(u32::MAX, &mut out);
        let mut rest = out.as_slice();
        assert_eq!((read_varint(&mut rest), read_varint(&mut rest), rest), (300, u32::MAX, [].as_slice()));
        assert_eq!(rice_parameter(1000, 1000), 0);
        assert_eq!(rice_parameter(1000, 10), 6);
    }

    #[test]
    fn grades_have_numbers() {
        assert!((1..19).all(|number| number_of_grade(grade_of_number(number)) == number as u8));
        assert_eq!((grade_of_number(8), grade_of_number(18)), (8, 8 + 32));
    }

    #[test]
    fn a_full_list_costs_two_bits_a_document() {
        let list: Vec<(u32, u8)> = (0..800).map(|d| (d, 1)).collect();
        let mut out = Vec::new();
        encode(&list, 800, true, &mut out);
        assert_eq!(out.len(), 200);
    }
}
