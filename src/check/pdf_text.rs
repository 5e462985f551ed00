//! The texts of a PDF, as far as numbers, addresses and names need it: what content streams show, read through the
//! fonts' own tables (`ToUnicode`), and files attached to it that are text. What is encrypted, attached otherwise or without
//! letters (pages from a scanner) is unread.

use flate2::read::ZlibDecoder;
use std::collections::HashMap;
use std::io::Read;

/// Most bytes that one stream may become, and all of them together: those that show text, and whatever they hold.
const STREAM: u64 = 8 << 20;
const ALL: usize = 64 << 20;
const UNPACKED: usize = 256 << 20;
/// Most tables of fonts that are tried.
const TABLES: usize = 64;

type Table = HashMap<u32, String>;

/// What a PDF says.
pub(super) struct PdfText {
    /// Its text, as far as it can be read.
    pub text: String,
    /// Whether there is more.
    pub unread: bool,
}

/// The text of a PDF, once for every table of its fonts: which stream uses which font is not looked up.
pub(super) fn read(bytes: &[u8]) -> PdfText {
    /// Fewer letters are no text of a page.
    const FEWEST: usize = 8;
    let attached = contains(bytes, b"/EmbeddedFile");
    let mut pieces: Vec<Vec<u8>> = Vec::new();
    let mut tables: Vec<Table> = Vec::new();
    let (mut total, mut unpacked, mut out) = (0, 0, String::new());
    written(bytes, &mut out);
    for stream in streams(bytes) {
        unpacked += stream.len();
        written(&stream, &mut out);
        if contains(&stream, b"beginbfchar") || contains(&stream, b"beginbfrange") {
            let table = table(&stream);
            if !table.is_empty() && tables.len() < TABLES && !tables.contains(&table) {
                tables.push(table);
            }
        } else if contains(&stream, b"Tj") || contains(&stream, b"TJ") || contains(&stream, b"'") {
            total += stream.len();
            pieces.push(stream);
        } else if let (true, Ok(text)) = (attached, std::str::from_utf8(&stream)) {
            out.push_str(text);
            out.push_str("\n\n");
        }
        if total > ALL || unpacked > UNPACKED || out.len() > ALL {
            break;
        }
    }
    shown(&pieces, &Table::new(), &mut out);
    for table in &tables {
        if out.len() > ALL {
            break;
        }
        shown(&pieces, table, &mut out);
    }
    let locked = [&b"/Encrypt"[..], b"/LZWDecode"].iter().any(|mark| contains(bytes, mark));
    let letters = out.chars().filter(|c| c.is_alphanumeric()).take(FEWEST).count();
    PdfText { unread: attached || locked || letters < FEWEST, text: out }
}

/// Keys whose strings people read: about the document, remarks, fields of forms, texts in the place of pictures.
const KEYS: [&[u8]; 13] = [
    b"/Title",
    b"/Author",
    b"/Subject",
    b"/Keywords",
    b"/Contents",
    b"/V",
    b"/TU",
    b"/Alt",
    b"/ActualText",
    b"/UF",
    b"/F",
    b"/URI",
    b"/JS",
];
/// Most bytes of such a string, and most strings of a stream.
const LONGEST: usize = 4096;
const STRINGS: usize = 10_000;

/// The strings under [`KEYS`], and the description of the document as XML.
fn written(bytes: &[u8], out: &mut String) {
    let slashes = bytes.iter().enumerate().filter(|(_, b)| **b == b'/').map(|(at, _)| &bytes[at..]);
    let values = slashes.filter_map(|rest| KEYS.iter().find_map(|key| rest.strip_prefix(*key)));
    let values = values.map(|rest| rest[..rest.len().min(LONGEST)].trim_ascii_start());
    let strings = values.filter(|v| v.starts_with(b"(") || (v.starts_with(b"<") && !v.starts_with(b"<<")));
    for value in strings.take(STRINGS) {
        let mut first = true;
        tokens(value, |token| {
            if let (true, Token::Text(string) | Token::Hex(string)) = (first, token) {
                match string.strip_prefix(b"\xfe\xff") {
                    Some(wide) => out.push_str(&text(wide)),
                    None => out.push_str(&String::from_utf8_lossy(&string)),
                }
                out.push_str("\n\n");
            }
            first = false;
        });
    }
    if contains(bytes, b"<x:xmpmeta") && !bytes.starts_with(b"%PDF") {
        out.push_str(&String::from_utf8_lossy(bytes));
    }
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w == what)
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(what.len()).position(|w| w == what).map(|at| from + at)
}

/// Every stream, unpacked where it is packed the usual way.
fn streams(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = find(bytes, b"stream", at)? + 6;
        let start = start + bytes[start..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let end = find(bytes, b"endstream", start)?;
        at = end + 9;
        let raw = &bytes[start..end];
        let letters = from_letters(&raw[..raw.len().min(STREAM as usize)]);
        let raw = letters.as_deref().unwrap_or(raw);
        let mut unpacked = Vec::new();
        let _ = ZlibDecoder::new(raw).take(STREAM).read_to_end(&mut unpacked);
        Some(if unpacked.is_empty() { raw[..raw.len().min(STREAM as usize)].to_vec() } else { unpacked })
    })
}

/// A stream that is written in letters, `…~>` (ASCII85) or `…>` (hexadecimal), as its bytes.
fn from_letters(raw: &[u8]) -> Option<Vec<u8>> {
    let text = raw.trim_ascii();
    if let Some(text) = text.strip_suffix(b"~>") {
        let (mut out, mut group) = (Vec::new(), Vec::new());
        for byte in text.iter().filter(|b| !b.is_ascii_whitespace()) {
            match byte {
                b'z' if group.is_empty() => out.extend([0; 4]),
                b'!'..=b'u' => group.push(u32::from(byte - b'!')),
                _ => return None,
            }
            if group.len() == 5 {
                out.extend(of_group(&group));
                group.clear();
            }
        }
        let rest = group.len().saturating_sub(1);
        if rest > 0 {
            group.resize(5, 84);
            out.extend(&of_group(&group)[..rest]);
        }
        return Some(out);
    }
    let text = text.strip_suffix(b">").filter(|text| text.len() > 1)?;
    let digits: Option<Vec<u8>> =
        text.iter().filter(|b| !b.is_ascii_whitespace()).map(|b| (*b as char).to_digit(16).map(|d| d as u8)).collect();
    Some(digits?.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect())
}

fn of_group(group: &[u32]) -> [u8; 4] {
    group.iter().fold(0u32, |value, digit| value.wrapping_mul(85).wrapping_add(*digit)).to_be_bytes()
}

/// A part of a content stream or a table.
enum Token<'a> {
    Text(Vec<u8>),
    Hex(Vec<u8>),
    Word(&'a [u8]),
}

fn tokens(bytes: &[u8], mut take: impl FnMut(Token<'_>)) {
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'(' => {
                let (mut depth, mut text) = (1, Vec::new());
                at += 1;
                while at < bytes.len() && depth > 0 {
                    match bytes[at] {
                        b'\\' if at + 1 < bytes.len() => {
                            at += 1;
                            let octal = bytes[at..].iter().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
                            if octal > 0 {
                                let value = bytes[at..at + octal].iter().fold(0u32, |v, b| v * 8 + u32::from(b - b'0'));
                                text.push(value as u8);
                                at += octal - 1;
                            } else {
                                text.push(match bytes[at] {
                                    b'n' => b'\n',
                                    b'r' => b'\r',
                                    b't' => b'\t',
                                    other => other,
                                });
                            }
                        }
                        b'(' => {
                            depth += 1;
                            text.push(b'(');
                        }
                        b')' => {
                            depth -= 1;
                            if depth > 0 {
                                text.push(b')');
                            }
                        }
                        other => text.push(other),
                    }
                    at += 1;
                }
                take(Token::Text(text));
            }
            b'<' if bytes.get(at + 1) != Some(&b'<') => {
                let end = bytes[at..].iter().position(|b| *b == b'>').map_or(bytes.len(), |i| at + i);
                let digits: Vec<u8> =
                    bytes[at + 1..end].iter().filter_map(|b| (*b as char).to_digit(16).map(|d| d as u8)).collect();
                take(Token::Hex(digits.chunks(2).map(|c| c[0] << 4 | c.get(1).unwrap_or(&0)).collect()));
                at = end + 1;
            }
            b if b.is_ascii_whitespace() || matches!(b, b'[' | b']' | b'<' | b'>' | b'{' | b'}' | b'/') => at += 1,
            _ => {
                let stop = |b: &u8| b.is_ascii_whitespace() || b"[]<>(){}/".contains(b);
                let end = bytes[at..].iter().position(stop).map_or(bytes.len(), |i| at + i.max(1));
                take(Token::Word(&bytes[at..end]));
                at = end;
            }
        }
    }
}

/// Codes of a font that are read: a few bytes can name ranges without end.
const MOST_CODES: usize = 200_000;

/// A table of codes and texts.
fn table(bytes: &[u8]) -> Table {
    let mut table = Table::new();
    let mut values: Vec<Vec<u8>> = Vec::new();
    let mut pairs = 0;
    tokens(bytes, |token| match token {
        Token::Hex(value) => values.push(value),
        Token::Word(b"beginbfchar" | b"beginbfrange" | b"begincodespacerange") => values.clear(),
        Token::Word(b"endbfchar") => {
            for pair in values.chunks_exact(2) {
                table.insert(code(&pair[0]), text(&pair[1]));
            }
        }
        Token::Word(b"endbfrange") => {
            for range in values.chunks_exact(3) {
                let (from, to, first) = (code(&range[0]), code(&range[1]), text(&range[2]));
                let mut chars: Vec<char> = first.chars().collect();
                for value in from..=to.min(from.saturating_add(0xffff)) {
                    if table.len() >= MOST_CODES || pairs >= MOST_CODES {
                        break;
                    }
                    pairs += 1;
                    table.insert(value, chars.iter().collect());
                    if let Some(last) = chars.last_mut() {
                        *last = char::from_u32(*last as u32 + 1).unwrap_or('\u{fffd}');
                    }
                }
            }
        }
        _ => {}
    });
    table
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, b| code << 8 | u32::from(*b))
}

fn text(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// Points that a letter is at most from the next one: a digit of a large heading.
const ALONG: f64 = 14.0;

/// What the streams show; without a table the bytes as they are.
fn shown(pieces: &[Vec<u8>], table: &Table, out: &mut String) {
    let wide = table.keys().any(|code| *code > 0xff) || table.keys().len() > 200;
    for piece in pieces {
        // The last words, of which the way of `Td` is one: along the line it parts no letters.
        let (mut last, mut before) = (0.0, 0.0);
        tokens(piece, |token| match token {
            Token::Text(bytes) | Token::Hex(bytes) if table.is_empty() => out.extend(bytes.iter().map(|b| *b as char)),
            Token::Hex(bytes) => {
                bytes.chunks(2).for_each(|c| out.push_str(table.get(&code(c)).map_or("", String::as_str)))
            }
            Token::Text(bytes) => {
                for unit in bytes.chunks(if wide { 2 } else { 1 }) {
                    out.push_str(table.get(&code(unit)).map_or("", String::as_str));
                }
            }
            Token::Word(b"Td" | b"TD") if last == 0.0 && (0.0..=ALONG).contains(&before) => {}
            Token::Word(b"Td" | b"TD" | b"T*" | b"'" | b"\"" | b"ET" | b"Tm") => out.push('\n'),
            Token::Word(word) => {
                let number = std::str::from_utf8(word).ok().and_then(|word| word.parse::<f64>().ok());
                (before, last) = (last, number.unwrap_or(f64::NAN));
            }
        });
        out.push_str("\n\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::personal::search;

    #[test]
    fn plain_and_coded_texts() {
        let pdf = b"%PDF-1.4\n1 0 obj << >> stream\nBT (tel 081-234) Tj (-5678) Tj ET\nendstream\n\
            2 0 obj << >> stream\n2 beginbfchar <0001> <0E14> <0002> <002E> endbfchar 1 beginbfrange <0010> <0019> <0030> endbfrange\nendstream\n\
            3 0 obj << >> stream\nBT [<0010001800110012> -20 <0013001400150016>] TJ <00170018> Tj ET\nendstream\n";
        let text = read(pdf).text;
        assert!(text.contains("tel 081-234-5678") && text.contains("0812345678"), "{text}");
        assert_eq!(search(&text).len(), 2, "{text}");
    }

    #[test]
    fn what_is_said_about_a_document_is_read() {
        let wide: String = "โทร 081 234 5678".encode_utf16().map(|unit| format!("{unit:04x}")).collect();
        let pdf = format!("%PDF-1.4\n1 0 obj << /Author (tel. 081-234-5678) /Title <feff{wide}> >> endobj\n");
        assert_eq!(search(&read(pdf.as_bytes()).text).len(), 2);
        let packed = b"%PDF-1.5\n1 0 obj << >> stream\n<x:xmpmeta><dc:title>tel. 081-234-5678</dc:title>\nendstream\n";
        assert_eq!(search(&read(packed).text).len(), 1);
    }

    #[test]
    fn letters_set_one_by_one_and_streams_in_letters_are_read() {
        let one = "081-234-5678".chars().map(|c| format!("({c}) Tj 5.5 0 Td ")).collect::<String>();
        let hex: String = "BT (tel 081-234-5678) Tj".bytes().map(|b| format!("{b:02x}")).collect();
        for stream in [format!("BT (tel ) Tj 9 0 Td {one} ET"), format!("{hex}>"), "6<>,[+>Pos4!eq5".into()] {
            let pdf = format!("%PDF-1.4\n1 0 obj << >> stream\n{stream}\nendstream\n");
            let found = search(&read(pdf.as_bytes()).text).len();
            assert_eq!(found, usize::from(!stream.starts_with('6')), "{stream}");
        }
        assert_eq!(from_letters(b"9jqo^BlbD-BleB1DJ+*+F(f,q~>").as_deref(), Some(&b"Man is distinguished"[..]));
        let rows =
            "%PDF-1.4\n1 0 obj << >> stream\nBT (tel 081-2) Tj 0 -12 Td (34-5678) Tj 90 0 Td (9) Tj ET\nendstream\n";
        assert!(read(rows.as_bytes()).text.contains("081-2\n34-5678\n9"));
    }

    #[test]
    fn what_is_locked_attached_or_from_a_scanner_is_unread() {
        let text = "1 0 obj << >> stream\nBT (some words of a page) Tj ET\nendstream\n";
        for (more, unread) in [
            (text.to_owned(), false),
            (format!("{text}<< /Encrypt 5 0 R >>"), true),
            (format!("{text}2 0 obj << /Type /EmbeddedFile >> stream\n\u{1}\nendstream\n"), true),
            ("1 0 obj << /Subtype /Image >> stream\n\u{1}\u{2}\nendstream\n".to_owned(), true),
        ] {
            assert_eq!(read(format!("%PDF-1.4\n{more}").as_bytes()).unread, unread, "{more}");
        }
        let attached = "%PDF-1.4\n1 0 obj << /Type /EmbeddedFile >> stream\ntel. 081-234-5678\nendstream\n";
        assert_eq!(search(&read(attached.as_bytes()).text).len(), 1);
    }

    #[test]
    fn nothing_panics() {
        for bytes in [
            &b""[..],
            b"stream",
            b"stream\nendstream",
            b"stream (\\ endstream",
            b"stream <0 Tj endstream",
            b"stream\n\\(((Tj",
        ] {
            let _ = read(bytes).text;
        }
    }
}
