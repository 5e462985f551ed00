//! Leaner drawing: the streams that draw a page and those that map glyphs to text, rewritten so that they say the same in
//! fewer bytes.
//!
//! Coordinates keep a hundredth of a point (three thousandths of a millimetre), scales five decimals, colours four. A
//! font that is set already is not set again. Marks of line ends (zero-width spaces) leave the text that is copied, and
//! the languages get their names.

/// Stand-ins for the languages while typesetting, and the languages: the typesetter would otherwise search line ends in
/// Thai by itself, slowly and worse. Both names of a pair are equally long, so that no offset changes.
pub const LANGUAGES: [(&str, &str); 2] = [("zh-TH", "th-TH"), ("zh-GB", "en-GB")];

/// Marks of line ends as they stand in hexadecimal strings.
const MARK: &[u8] = b"200B";

/// Writes the languages over their stand-ins.
pub fn name_languages(text: &mut [u8]) {
    for (stand_in, language) in LANGUAGES {
        let mut from = 0;
        while let Some(at) = find(text, stand_in.as_bytes(), from) {
            text[at..at + language.len()].copy_from_slice(language.as_bytes());
            from = at + language.len();
        }
    }
}

/// A table of glyphs and their text without marks of line ends.
pub fn glyph_text(text: &[u8]) -> Vec<u8> {
    strip_marks(text, b"> <")
}

/// The operators of a page, leaner. `None` where the stream is not as the exporter writes it.
pub fn page(text: &[u8]) -> Option<Vec<u8>> {
    let text = strip_marks(text, b"/ActualText<FEFF");
    let mut out = Vec::with_capacity(text.len());
    // Beginnings and ends of the operands since the last operator.
    let mut operands: Vec<(usize, usize)> = Vec::new();
    let mut font: Option<Vec<u8>> = None;
    let plain = only_filled(&text);
    // Decimals of lengths; more where something is drawn much enlarged.
    let mut fine = 2;
    let mut at = 0;
    let mut copied = 0;
    while at < text.len() {
        let start = at;
        match text[at] {
            b' ' | b'\n' | b'\r' | b'\t' => {
                at += 1;
                continue;
            }
            b'(' => at = after_string(&text, at)?,
            b'<' if text.get(at + 1) == Some(&b'<') => at = after_dictionary(&text, at)?,
            b'<' => at = find(&text, b">", at)? + 1,
            b'[' => at = after_array(&text, at)?,
            b'/' => at = after_word(&text, at + 1),
            b'+' | b'-' | b'.' | b'0'..=b'9' => at = after_word(&text, at),
            c if c.is_ascii_alphabetic() || c == b'\'' || c == b'"' => {
                at = after_word(&text, at);
                let name = &text[start..at];
                let whole = &text[operands.first().map_or(start, |o| o.0)..at];
                if matches!(name, b"BT" | b"ET") {
                    font = None;
                }
                let silent = (name == b"Tr" && plain) || (name == b"Tf" && font.as_deref() == Some(whole));
                if name == b"Tf" {
                    font = Some(whole.to_vec());
                }
                if !silent {
                    let head = operands.first().map_or(start, |o| o.0);
                    out.extend_from_slice(&text[copied.min(head)..head]);
                    if name == b"cm" && enlarges(&text, &operands) {
                        fine = 4;
                    }
                    write(&mut out, &text, &operands, name, fine);
                }
                copied = at;
                operands.clear();
                continue;
            }
            _ => return None,
        }
        operands.push((start, at));
    }
    out.extend_from_slice(text.get(copied..)?);
    Some(out)
}

/// Whether a transformation makes things more than four times as large.
fn enlarges(text: &[u8], operands: &[(usize, usize)]) -> bool {
    operands.iter().take(4).any(|&(from, to)| {
        let number = std::str::from_utf8(&text[from..to]).unwrap_or_default();
        number.parse::<f64>().is_ok_and(|n| n.abs() > 4.0)
    })
}

/// An operator after its operands; lengths keep `fine` decimals.
fn write(out: &mut Vec<u8>, text: &[u8], operands: &[(usize, usize)], name: &[u8], fine: usize) {
    let mut before = None;
    for (k, &(from, to)) in operands.iter().enumerate() {
        let operand = &text[from..to];
        let digits = match name {
            b"cm" | b"Tm" => {
                if k < 4 {
                    5
                } else {
                    fine
                }
            }
            b"scn" | b"SCN" | b"sc" | b"SC" | b"g" | b"G" | b"rg" | b"RG" | b"k" | b"K" => 4,
            _ => fine,
        };
        let start = out.len();
        match number(operand, digits) {
            Some(short) => out.extend_from_slice(short.as_bytes()),
            None => out.extend_from_slice(operand),
        }
        // Operands are parted only where they would run together.
        if before.is_some_and(|last| regular(last) && regular(out[start])) {
            out.insert(start, b' ');
        }
        before = out.last().copied();
    }
    if before.is_some_and(regular) {
        out.push(b' ');
    }
    out.extend_from_slice(name);
}

/// A number with at most so many decimals; `None` for other operands and for whole numbers.
fn number(operand: &[u8], digits: usize) -> Option<String> {
    if !operand.contains(&b'.') {
        return None;
    }
    let value: f64 = std::str::from_utf8(operand).ok()?.parse().ok()?;
    let text = format!("{value:.digits$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    Some(if text == "-0" { "0".to_owned() } else { text.to_owned() })
}

/// Whether every text of the stream is simply filled.
fn only_filled(text: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = find(text, b" Tr", from) {
        if at == 0 || text[at - 1] != b'0' || (at > 1 && text[at - 2].is_ascii_digit()) {
            return false;
        }
        from = at + 3;
    }
    true
}

fn regular(c: u8) -> bool {
    !c.is_ascii_whitespace() && !matches!(c, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn after_word(text: &[u8], from: usize) -> usize {
    text[from..].iter().position(|c| !regular(*c)).map_or(text.len(), |n| from + n)
}

fn after_string(text: &[u8], from: usize) -> Option<usize> {
    let mut depth = 0;
    let mut at = from;
    loop {
        match text.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

fn after_array(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from + 1;
    loop {
        match text.get(at)? {
            b'(' => at = after_string(text, at)?,
            b']' => return Some(at + 1),
            _ => at += 1,
        }
    }
}

fn after_dictionary(text: &[u8], from: usize) -> Option<usize> {
    let mut depth = 0;
    let mut at = from;
    loop {
        match text.get(at)? {
            b'(' => {
                at = after_string(text, at)?;
                continue;
            }
            b'<' if text.get(at + 1) == Some(&b'<') => {
                depth += 1;
                at += 1;
            }
            b'<' => at = find(text, b">", at)?,
            b'>' if text.get(at + 1) == Some(&b'>') => {
                depth -= 1;
                at += 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// Drops the marks out of every hexadecimal string that follows `lead` and holds more than them.
fn strip_marks(text: &[u8], lead: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut from = 0;
    while let Some(at) = find(text, lead, from) {
        let start = at + lead.len();
        out.extend_from_slice(&text[from..start]);
        let end = find(text, b">", start).unwrap_or(text.len());
        let digits = &text[start..end];
        let kept: Vec<u8> = digits.chunks(4).filter(|four| *four != MARK).flatten().copied().collect();
        let empty = kept.is_empty() && !lead.ends_with(b"FEFF");
        out.extend_from_slice(if empty { digits } else { &kept });
        from = end;
    }
    out.extend_from_slice(&text[from..]);
    out
}

/// Where `what` begins at or after `from`.
pub fn find(text: &[u8], what: &[u8], from: usize) -> Option<usize> {
    let first = *what.first()?;
    let mut at = from;
    loop {
        at += text.get(at..)?.iter().position(|c| *c == first)?;
        if text[at..].starts_with(what) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaner(text: &str) -> String {
        String::from_utf8(page(text.as_bytes()).expect("a regular stream")).expect("ASCII")
    }

    #[test]
    fn numbers_keep_what_the_eye_can_see() {
        assert_eq!(
            leaner(
                "q 1 0 0 -1 51.02362 799.3701 cm/c0 cs 0.09019608 0.19607843 0.3019608 scn 0 0 m 98.27001 -0.001 l\nh\nf\nQ"
            ),
            "q 1 0 0 -1 51.02 799.37 cm/c0 cs 0.0902 0.1961 0.302 scn 0 0 m 98.27 0 l\nh\nf\nQ"
        );
        assert_eq!(leaner("2.1475752 0 0 2.1475752 0.5 0 cm"), "2.14758 0 0 2.14758 0.5 0 cm");
    }

    #[test]
    fn a_font_is_set_once_in_a_text() {
        assert_eq!(
            leaner(
                "BT 0 Tr/f0 10 Tf 1 0 0 -1 0 0 Tm(\\(1.23456)Tj 0 Tr/f0 10 Tf 1 0 0 -1 5.2 0 Tm[(\\000)40.123(a)]TJ\nET\nBT/f0 10 Tf(a)Tj\nET"
            ),
            "BT/f0 10 Tf 1 0 0 -1 0 0 Tm(\\(1.23456)Tj 1 0 0 -1 5.2 0 Tm[(\\000)40.123(a)]TJ\nET\nBT/f0 10 Tf(a)Tj\nET"
        );
        assert!(leaner("BT 0 Tr(a)Tj 2 Tr(b)Tj ET").contains("0 Tr"));
    }

    #[test]
    fn marks_of_line_ends_are_not_copied() {
        assert_eq!(
            leaner("/Span<</ActualText<FEFF0E23200B0E39>>>BDC EMC/Span<</MCID 0/Lang(zh-TH)>>BDC EMC"),
            "/Span<</ActualText<FEFF0E230E39>>>BDC EMC/Span<</MCID 0/Lang(zh-TH)>>BDC EMC"
        );
        assert_eq!(glyph_text(b"<0001> <0E01200B>\n<0002> <200B>"), b"<0001> <0E01>\n<0002> <200B>");
    }

    #[test]
    fn an_odd_stream_is_refused() {
        assert_eq!(page(b"1 0 0 cm {"), None);
        assert_eq!(page(b"(open"), None);
    }
}
