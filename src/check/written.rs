//! How formats of text write what people read: tags of XML, escapes of JSON and RTF, folded lines, numbers with an exponent.

use crate::text::plain::tag_end;
use serde_json::Value;

/// JSON with its escapes as the characters that they stand for.
pub(super) fn from_escapes(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut units: Vec<u16> = Vec::new();
    let mut rest = json;
    while let Some(at) = rest.find("\\u") {
        let unit = rest.get(at + 2..at + 6).and_then(|hex| u16::from_str_radix(hex, 16).ok());
        if at > 0 || unit.is_none() {
            out.push_str(&String::from_utf16_lossy(&std::mem::take(&mut units)));
        }
        out.push_str(&rest[..at]);
        match unit {
            Some(unit) => {
                units.push(unit);
                rest = &rest[at + 6..];
            }
            None => {
                out.push_str("\\u");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(&String::from_utf16_lossy(&units));
    expanded(&(out + rest))
}

/// The objects of JSON, and its lists that hold texts, as rows of tables with `|` between the cells: what is personal may be
/// parted by them.
pub(super) fn json_rows(json: &str) -> String {
    let values = serde_json::Deserializer::from_str(json).into_iter::<Value>().map_while(Result::ok);
    let (mut out, mut head) = (String::new(), String::new());
    values.for_each(|value| rows_of(&value, &mut head, &mut out));
    out
}

fn rows_of(value: &Value, head: &mut String, out: &mut String) {
    let cell = |value: &Value| match value {
        Value::String(text) => Some(text.replace(['\n', '|'], " ")),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match value {
        Value::Object(pairs) => {
            let cells = pairs.iter().filter_map(|(key, value)| Some((key.as_str(), cell(value)?)));
            let (keys, cells): (Vec<&str>, Vec<String>) = cells.unzip();
            if cells.len() > 1 {
                let own = keys.join("|");
                if *head != own {
                    out.push_str(&format!("\n\n{own}"));
                    *head = own;
                }
                out.push_str(&format!("\n{}", cells.join("|")));
            }
            pairs.values().for_each(|value| rows_of(value, head, out));
        }
        Value::Array(items) if items.iter().any(Value::is_string) => {
            out.push_str(&format!("\n{}", items.iter().filter_map(cell).collect::<Vec<_>>().join("|")));
            items.iter().for_each(|item| rows_of(item, head, out));
        }
        Value::Array(items) => items.iter().for_each(|item| rows_of(item, head, out)),
        _ => {}
    }
}

/// The text of an RTF file: without its control words, letters in the code page of Thai Windows or in Unicode.
pub(super) fn from_rtf(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut narrow: Vec<u8> = Vec::new();
    let flush = |narrow: &mut Vec<u8>, out: &mut String| {
        out.push_str(&encoding_rs::WINDOWS_874.decode_without_bom_handling(narrow).0);
        narrow.clear();
    };
    let mut at = 0;
    // Signs that stand for a character where a program knows no Unicode.
    let mut skipped = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' | b'}' | b'\r' | b'\n' => {}
            b'\\' => {
                let rest = &bytes[at..];
                if rest.first() == Some(&b'\'') {
                    let hex = rest.get(1..3).and_then(|hex| std::str::from_utf8(hex).ok());
                    let value = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
                    at += 3;
                    match skipped {
                        0 => narrow.extend(value),
                        _ => skipped -= 1,
                    }
                    continue;
                }
                let word = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
                if word == 0 {
                    narrow.extend(rest.first().filter(|b| b"\\{}".contains(b)));
                    narrow.extend(rest.first().filter(|b| b"~_".contains(b)).map(|_| b' '));
                    at += 1;
                    continue;
                }
                let name = &rest[..word];
                let sign = usize::from(rest.get(word) == Some(&b'-'));
                let digits = rest[word + sign..].iter().take_while(|b| b.is_ascii_digit()).count();
                let number = std::str::from_utf8(&rest[word..word + sign + digits]).unwrap_or("");
                let end = word + sign + digits;
                at += end + usize::from(rest.get(end) == Some(&b' '));
                match name {
                    b"u" => {
                        flush(&mut narrow, &mut out);
                        let unit = number.parse::<i32>().unwrap_or(0).rem_euclid(0x1_0000);
                        out.extend(u32::try_from(unit).ok().and_then(char::from_u32));
                        skipped = 1;
                    }
                    b"par" | b"line" | b"cell" | b"row" | b"tab" => narrow.push(b'\n'),
                    _ => {}
                }
            }
            _ if skipped > 0 => skipped -= 1,
            byte => narrow.push(*byte),
        }
    }
    flush(&mut narrow, &mut out);
    out
}

/// Lines of calendars and address cards that go on in the next one, which begins with a space.
pub(super) fn unfolded(text: &str) -> String {
    ["\r\n ", "\r\n\t", "\n ", "\n\t"].iter().fold(text.to_owned(), |text, fold| text.replace(fold, ""))
}

/// Whole numbers that a spreadsheet writes with an exponent or a zero behind the point, written out: `1.1017E12`, `12.0`.
pub(super) fn expanded(text: &str) -> String {
    const LONGEST: usize = 24;
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'E' | 'e' | '+');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..start]);
        let length = rest[start..].find(|c| !of_number(c)).unwrap_or(rest.len() - start);
        let number = &rest[start..start + length];
        let whole = (length <= LONGEST).then(|| whole(number)).flatten();
        out.push_str(whole.as_deref().unwrap_or(number));
        rest = &rest[start + length..];
    }
    out + rest
}

fn whole(number: &str) -> Option<String> {
    let (digits, exponent) = number.split_once(['E', 'e']).unwrap_or((number, "0"));
    let (before, behind) = digits.split_once('.')?;
    let exponent: usize = exponent.trim_start_matches('+').parse().ok()?;
    let behind = behind.trim_end_matches('0');
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let fits = is_digits(before)
        && is_digits(behind)
        && behind.len() <= exponent
        && (9..=15).contains(&(before.len() + exponent));
    fits.then(|| format!("{before}{behind:0<exponent$}"))
}

/// A table of plain text with `|` between its cells, each where it was: what the most lines part cells with.
pub(super) fn celled(text: &str) -> String {
    const SAMPLE: usize = 60;
    let lines = || text.lines().take(SAMPLE);
    let parts = [',', ';', '\t'].map(|sign| (lines().filter(|line| line.contains(sign)).count(), sign));
    let Some((1.., sign)) = parts.into_iter().max_by_key(|(count, sign)| (*count, *sign == '\t')) else {
        return text.to_owned();
    };
    let mut quoted = false;
    let cell = |c: char| match c {
        '"' => {
            quoted = !quoted;
            ' '
        }
        c if c == sign && !quoted => '|',
        c => c,
    };
    text.chars().map(cell).collect()
}

/// The rows of a sheet of a workbook, `|` between their cells: `strings` is what its cells refer to.
pub(super) fn sheet_rows(sheet: &str, strings: &[String]) -> String {
    const COLUMNS: usize = 200;
    // A few bytes can name a long text again and again.
    const MOST: usize = 16 << 20;
    let mut out = String::new();
    for row in sheet.split("<row").skip(1) {
        if out.len() > MOST {
            break;
        }
        let mut column = 0;
        for cell in row.split("</row").next().unwrap_or("").split("<c ").skip(1) {
            let end = tag_end(cell).unwrap_or(cell.len());
            let (tag, inside) = (&cell[..end], cell.get(end + 1..).unwrap_or(""));
            let letters = attribute(tag, "r").unwrap_or("").bytes().take_while(u8::is_ascii_uppercase);
            let place = letters.fold(0usize, |place, b| (place * 26 + usize::from(b - b'A') + 1).min(COLUMNS));
            while column + 1 < place {
                out.push('|');
                column += 1;
            }
            let inside = inside.split("</c>").next().unwrap_or("");
            let text = match (attribute(tag, "t"), inside.split_once("<v>")) {
                (Some("s"), Some((_, value))) => {
                    let at = value.split('<').next().and_then(|at| at.trim().parse::<usize>().ok());
                    at.and_then(|at| strings.get(at)).cloned().unwrap_or_default()
                }
                (_, Some((_, value))) => expanded(value.split('<').next().unwrap_or("")),
                _ => untagged(inside),
            };
            out.extend(text.chars().take(MOST.saturating_sub(out.len())).map(|c| if c == '\n' { ' ' } else { c }));
        }
        out.push('\n');
    }
    out
}

/// The texts that the cells of a workbook refer to.
pub(super) fn shared_strings(xml: &str) -> Vec<String> {
    let parts = xml.split("<si").skip(1).map(|part| part.split("</si>").next().unwrap_or(""));
    parts.map(|part| untagged(part.split_once('>').map_or("", |(_, inside)| inside)).replace('\n', " ")).collect()
}

/// Attributes that hold what people wrote or read: names of sheets and layers, texts in the place of pictures, addresses,
/// values of cells and fields.
const READ: [&str; 16] = [
    "name",
    "descr",
    "title",
    "label",
    "Target",
    "author",
    "alias",
    "instr",
    "displayText",
    "val",
    "value",
    "string-value",
    "v",
    "tag",
    "initials",
    "content",
];

/// The values of [`READ`] in a tag that hold what could be personal data: Thai, an address, or many digits.
fn attributes(tag: &str) -> impl Iterator<Item = &str> {
    const FEWEST: usize = 9;
    let mut rest = tag;
    let pairs = std::iter::from_fn(move || {
        let (name, after) = rest.split_once('=')?;
        let quote = after.trim_start().chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else {
            rest = after;
            return Some(("", ""));
        };
        let (value, behind) = after.trim_start()[1..].split_once(quote).unwrap_or((&after.trim_start()[1..], ""));
        rest = behind;
        let name = name.rsplit(|c: char| c.is_whitespace() || c == ':').next().unwrap_or("");
        Some((name, value))
    });
    let telling = |value: &str| {
        let digits = value.chars().filter(|c| c.is_numeric()).count();
        digits >= FEWEST || value.contains(['@', '&']) || value.chars().any(crate::text::chars::is_thai)
    };
    pairs
        .filter(move |(name, value)| READ.contains(name) && (telling(value) || value.chars().any(char::is_whitespace)))
        .map(|(_, value)| value)
}

/// What is between the tags, and the attributes that people read. Paragraphs and lines end with a line end, cells of a
/// table with a `|`, so that a row is one line under the head of its table.
pub(super) fn untagged(xml: &str) -> String {
    const REPEATED: usize = 16;
    let (mut out, mut rest) = (String::with_capacity(xml.len()), xml);
    // What attributes of a row say stands behind its table.
    let (mut cells, mut rows, mut aside) = (0usize, 0usize, String::new());
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let tag = &rest[open..];
        // What is quoted as it is stands as it is, and what nobody is shown can be fetched all the same.
        let mut marked = [("<![CDATA[", "]]>"), ("<!--", "-->")].into_iter();
        let marked = marked.find_map(|(open, close)| Some((tag.strip_prefix(open)?, close)));
        if let Some((inside, close)) = marked {
            let (text, behind) = inside.split_once(close).unwrap_or((inside, ""));
            out.push_str(text);
            rest = behind;
            continue;
        }
        let Some(close) = tag_end(tag) else {
            rest = tag;
            break;
        };
        let inner = &tag[1..close];
        let (closes, alone) = (inner.starts_with('/'), inner.ends_with('/'));
        let name = inner.trim_start_matches('/').split([' ', '/', '\n', '\t']).next().unwrap_or("");
        let name = name.rsplit(':').next().unwrap_or(name);
        match name {
            "tc" | "td" | "table-cell" => match (closes, alone) {
                (_, true) => {
                    let repeated = attribute(inner, "number-columns-repeated").and_then(|n| n.parse().ok());
                    (0..repeated.unwrap_or(1).min(REPEATED)).for_each(|_| out.push('|'));
                }
                (true, _) => {
                    cells = cells.saturating_sub(1);
                    out.push(if cells == 0 { '|' } else { ' ' });
                }
                _ => cells += 1,
            },
            "tr" | "table-row" => match (closes, alone) {
                (_, true) => {}
                (true, _) => {
                    rows = rows.saturating_sub(1);
                    out.push(if cells == 0 { '\n' } else { ' ' });
                    if rows == 0 {
                        cells = 0;
                    }
                }
                _ => rows += 1,
            },
            "tbl" | "table" => out.push_str(&format!("\n\n{}", std::mem::take(&mut aside))),
            "p" | "si" | "c" | "row" | "br" | "tab" | "h" | "li" | "text" | "title" | "creator" | "lastModifiedBy" => {
                out.push(if cells > 0 { ' ' } else { '\n' });
            }
            _ => {}
        }
        for value in attributes(inner) {
            let out = if rows > 0 { &mut aside } else { &mut out };
            out.push('\n');
            out.push_str(value);
            out.push('\n');
        }
        rest = &tag[close + 1..];
    }
    out.push_str(rest);
    out + &aside
}

/// An attribute of a tag, whatever its prefix.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!("{name}=\""))?;
    value.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_formats_write_is_what_people_read() {
        assert_eq!(from_escapes(r#"{"a":"\u0e01\u0e32 x\u0031","b":"\u12"}"#), "{\"a\":\"กา x1\",\"b\":\"\\u12\"}");
        assert_eq!(from_rtf(br"{\rtf1\ansi\b 12{\i 34}\'a1\'d2\par \u3585?x\{y}"), "1234กา\nกx{y");
        assert_eq!(unfolded("A:12\r\n 34\r\nB:5\n\t6"), "A:1234\r\nB:56");
        assert_eq!(
            expanded("a 1.101700230708E12 812345678.0 1.5 v1.2.3 1.101700230708E+12"),
            "a 1101700230708 812345678 1.5 v1.2.3 1101700230708"
        );
    }

    #[test]
    fn nothing_panics() {
        for bytes in [&b"\\"[..], b"\\'", b"\\'a", b"\\u", b"\\u-", b"\\u99999999999999 ?", b"{\\", "\\ก".as_bytes()]
        {
            let _ = from_rtf(bytes);
        }
        for text in ["\\u", "\\u12", "\\uกกกก", "\\ud800", "1.E", "1.0E99999999999999999999", "0.e", "1.2E"] {
            let _ = (from_escapes(text), expanded(text), unfolded(text));
        }
    }
}
