//! Drawings (SVG) made safe: no scripts, no outside addresses, nothing but what draws; pictures in them are cleaned.
//!
//! The filter (`svg-hush`) takes everything that is not ASCII out of attributes, and with it Thai descriptions, names and
//! what they name. So letters go through it as signs of ASCII ([`written`]) and become letters again behind it ([`read`]).

use super::metadata::{self, Cleaned};
use super::{svg_style, svg_unseen};
use crate::text::chars;
use std::fmt::Write;
use svg_hush::data_url_filter::{DataUrl, DataUrlFilterResult};

/// Cleans a drawing. `None`: it is none, or cannot be read as XML.
pub(super) fn clean(bytes: &[u8]) -> Option<Cleaned> {
    let mut cleaned = clean_once(bytes)?;
    // What was taken out can leave other words undrawn.
    for _ in 0..MOST_ROUNDS {
        let again = clean_once(&cleaned.bytes)?;
        if again.bytes == cleaned.bytes {
            break;
        }
        cleaned = again;
    }
    Some(cleaned)
}

/// Most times that a drawing is cleaned until nothing changes any more.
const MOST_ROUNDS: usize = 4;

fn clean_once(bytes: &[u8]) -> Option<Cleaned> {
    if is_deep(bytes) || is_vast(bytes) {
        return None;
    }
    let mut filter = svg_hush::Filter::new();
    filter.set_data_url_filter(picture);
    let mut out = Vec::with_capacity(bytes.len());
    match std::str::from_utf8(bytes) {
        Ok(text) => filter.filter(written(text).as_bytes(), &mut out).ok()?,
        // Of another encoding, as its first line says.
        Err(_) => filter.filter(bytes, &mut out).ok()?,
    }
    let text = svg_unseen::without(&svg_style::harmless(&read(&String::from_utf8(out).ok()?)));
    let size = size(&text);
    text.contains("<svg").then(|| Cleaned { bytes: text.into_bytes(), size })
}

/// Elements in each other that no drawing has; the filter keeps the names of all for each of them.
const MOST_NESTED: usize = 256;

/// Whether elements are nested too deeply: tags are counted as they are written.
fn is_deep(bytes: &[u8]) -> bool {
    let mut depth = 0usize;
    let mut before = [b' ', b' '];
    for byte in bytes {
        match (before, byte) {
            ([_, b'<'], b'/') => depth = depth.saturating_sub(1),
            ([_, b'<'], b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80..) => depth += 1,
            ([_, b'/'], b'>') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MOST_NESTED {
            return true;
        }
        before = [before[1], *byte];
    }
    false
}

/// Elements that no drawing of a page has, and how often rules of its style sheet are held against them.
const MOST_ELEMENTS: usize = 100_000;
const MOST_MATCHES: usize = 20_000_000;

/// Whether a drawing has more than can be looked at in a moment.
fn is_vast(bytes: &[u8]) -> bool {
    let count = |bytes: &[u8], sign: u8| bytes.iter().filter(|byte| **byte == sign).count();
    // Only a sheet has braces: selectors stand before them, declarations behind.
    let parts: Vec<&[u8]> = bytes.split(|byte| *byte == b'{').collect();
    let rules = parts.windows(2).map(|pair| {
        let selectors = pair[0].rsplit(|byte| b"}<".contains(byte)).next().map_or(0, |part| count(part, b','));
        let declared = pair[1].split(|byte| *byte == b'}').next().map_or(0, |part| count(part, b';'));
        1 + selectors + declared
    });
    // A long tag is as much work as many short ones.
    let (tags, long) = (count(bytes, b'<'), bytes.len() / 64);
    tags > 2 * MOST_ELEMENTS || tags.max(long).saturating_mul(rules.sum()) > 2 * MOST_MATCHES
}

/// A picture within a drawing, cleaned as one of its own.
fn picture(data: &DataUrl<'_>) -> DataUrlFilterResult {
    let mime = data.mime_type();
    let clean = match (mime.type_.as_str(), mime.subtype.as_str()) {
        ("image", "png") => metadata::png,
        ("image", "jpeg" | "jpg") => metadata::jpeg,
        ("image", "gif") => metadata::gif,
        _ => return DataUrlFilterResult::Drop,
    };
    match data.decode_to_vec().ok().and_then(|(bytes, _)| clean(&bytes)) {
        Some(cleaned) => {
            DataUrlFilterResult::Rewrite { mime_type: format!("image/{}", mime.subtype), data: cleaned.bytes }
        }
        None => DataUrlFilterResult::Drop,
    }
}

/// Letters, marks and digits of all scripts, and signs of running text. No spaces, and no forms that a lenient reader
/// takes for a sign of ASCII: the filter drops these, as it should.
fn passes(c: char) -> bool {
    let letter = c.is_alphanumeric() || chars::is_mark(c) || matches!(c, '\u{300}'..='\u{36f}' | '฿' | 'ฯ' | 'ๆ');
    let sign = matches!(c, '\u{b7}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}');
    let like_ascii =
        matches!(c, '\u{17f}' | '\u{2100}'..='\u{214f}' | '\u{ff00}'..='\u{ffef}' | '\u{1d400}'..='\u{1d7ff}');
    !c.is_ascii() && (letter || sign) && !like_ascii
}

/// The text with signs in place of letters that are not ASCII: `_ue01_` is ก.
fn written(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        match passes(c) {
            true => drop(write!(out, "_u{:x}_", u32::from(c))),
            false => out.push(c),
        }
    }
    out
}

/// The text with its letters again. A sign never becomes a character of ASCII, whoever wrote it.
fn read(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_u") {
        let sign = &rest[at + 2..];
        let end = sign.bytes().take(6).position(|b| !matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let letter = end.filter(|end| sign[*end..].starts_with('_')).and_then(|end| {
            let c = u32::from_str_radix(&sign[..end], 16).ok().and_then(char::from_u32)?;
            passes(c).then_some((c, end))
        });
        let (c, next) = match letter {
            Some((c, end)) => (c, at + 2 + end + 1),
            None => ('_', at + 1),
        };
        out.push_str(&rest[..at]);
        out.push(c);
        rest = &rest[next..];
    }
    out.push_str(rest);
    out
}

/// Size from `width` and `height` in pixels, else from `viewBox`.
fn size(text: &str) -> Option<(u32, u32)> {
    let start = text.find("<svg")?;
    let tag = &text[start..start + text[start..].find('>')?];
    let attribute = |name: &str| {
        let at = tag.find(&format!(" {name}="))? + name.len() + 2;
        let quote = tag[at..].chars().next()?;
        tag[at + 1..].split(quote).next()
    };
    let pixels = |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok().filter(|n| *n >= 1.0 && *n < 1e6);
    let sides = (attribute("width").and_then(pixels), attribute("height").and_then(pixels));
    if let (Some(width), Some(height)) = sides {
        return Some((width.round() as u32, height.round() as u32));
    }
    let numbers: Vec<f64> =
        attribute("viewBox")?.split([' ', ',']).filter(|p| !p.is_empty()).filter_map(|p| p.parse().ok()).collect();
    match numbers[..] {
        [_, _, w, h] if w >= 1.0 && h >= 1.0 && w < 1e6 && h < 1e6 => Some((w.round() as u32, h.round() as u32)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(source: &str) -> String {
        String::from_utf8(clean(source.as_bytes()).unwrap().bytes).unwrap()
    }

    #[test]
    fn deep_drawings_are_refused() {
        let nested = |depth: usize| {
            let inside = format!("{}<rect width=\"1\" height=\"1\"/>{}", "<g>".repeat(depth), "</g>".repeat(depth));
            clean(format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>").as_bytes()).is_some()
        };
        assert!(nested(200) && !nested(300));
        // Many elements beside each other are no depth.
        let flat =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>", "<g><path d=\"M0 0\" /></g>".repeat(1000));
        assert!(clean(flat.as_bytes()).is_some());
    }

    #[test]
    fn vast_drawings_are_refused() {
        let drawing = |inside: String| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>");
        let words = drawing("<text>x</text>".repeat(MOST_ELEMENTS + 1));
        let rules: String = (0..9_000).map(|n| format!(".a{n},#b{n}{{fill:red}}")).collect();
        let styled = drawing(format!("<style>{rules}</style>{}", "<text>x</text>".repeat(3_000)));
        assert_eq!((clean(words.as_bytes()), clean(styled.as_bytes())), (None, None));
        assert!(clean(drawing("<path d=\"M0,0L1,1\"/>".repeat(2_000)).as_bytes()).is_some());
    }

    #[test]
    fn scripts_go_and_the_size_stays() {
        let source = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30" onload="x()"><script>1</script><rect width="4" height="3"/></svg>"#;
        assert_eq!(clean(source.as_bytes()).unwrap().size, Some((40, 30)));
        let text = cleaned(source);
        assert!(text.contains("<rect") && !text.contains("script") && !text.contains("onload"), "{text}");
    }

    #[test]
    fn thai_stays_in_attributes_and_names() {
        let source = "<svg xmlns=\"http://www.w3.org/2000/svg\" aria-label=\"รายงาน “หน้าเดียว” ปี ๒๕๖๖\"><!-- ลับ -->\
            <style>#กลุ่ม { fill: red; font-family: 'ไทย' }</style><g id=\"กลุ่ม\" class=\"เส้น\" font-family=\"สารบรรณ\"/>\
            <use href=\"#กลุ่ม\" fill=\"url(#สี)\"/><text>ก_ue02_ &amp; ๆ</text></svg>";
        let text = cleaned(source);
        for part in [
            "aria-label=\"รายงาน “หน้าเดียว” ปี ๒๕๖๖\"",
            "#กลุ่ม {",
            "id=\"กลุ่ม\"",
            "class=\"เส้น\"",
            "font-family=\"สารบรรณ\"",
            "href=\"#กลุ่ม\"",
            "url(#สี)",
            ">กข &amp; ๆ<",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("ลับ") && !text.contains("_u"), "{text}");
        assert_eq!(cleaned(&text), text);
    }

    #[test]
    fn no_sign_becomes_markup() {
        let text = cleaned(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"java_u73_cript:x\"/><text>_u3c_script_u3e_ _u22_ _ _u _uff1c_ _ud800_ _u110000_ _ue01</text><a href=\"ｊavascript:x\"/><g id=\"a\u{a0}b＂c\"/></svg>",
        );
        assert!(text.contains("_u3c_script_u3e_ _u22_ _ _u _uff1c_ _ud800_ _u110000_ _ue01<"), "{text}");
        assert!(!text.contains('＂') && !text.contains("javascript"), "{text}");
    }

    #[test]
    fn pictures_within_lose_their_metadata() {
        let gif = b"GIF89a\x01\0\x01\0\0\0\0\x21\xfe\x06SECRET\0\x3b";
        let base64 = "R0lGODlhAQABAAAAACH+BlNFQ1JFVAA7";
        assert!(metadata::gif(gif).is_some());
        let drawing = |data: &str| {
            cleaned(&format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"data:{data}\"/></svg>"))
        };
        let text = drawing(&format!("image/gif;base64,{base64}"));
        assert!(text.contains("data:image/gif;base64,R0lGODlhAQABAAAAADs") && !text.contains("U0VDUkVU"), "{text}");
        for other in ["image/svg+xml,%3Csvg/%3E", "text/html,x", "image/png;base64,AAAA"] {
            assert!(!drawing(other).contains("data:"), "{other}");
        }
    }
}
