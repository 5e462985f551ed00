//! Pictures in the data of a job: QR codes added, picture files found and checked.

use std::collections::BTreeSet;

use serde_json::Value;

use super::qr;
use super::svg_work::is_endless;
use crate::html::media;

/// Most points of a picture that is printed: paper shows no more, and a small file may declare any number.
const MOST_POINTS: u64 = 50_000_000;

/// Adds `qr` (an SVG) next to every `address` in the data.
pub(super) fn add_codes(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(add_codes),
        Value::Object(map) => {
            map.values_mut().for_each(add_codes);
            if let Some(svg) =
                map.get("address").and_then(Value::as_str).filter(|a| a.starts_with("http")).and_then(qr::svg)
            {
                let short = map.get("address").and_then(Value::as_str).map(qr::short).unwrap_or_default();
                map.insert("qr".into(), Value::String(svg));
                map.insert("short".into(), Value::String(short));
            }
        }
        _ => {}
    }
}

/// Whether a path has the ending of a picture (other files have descriptions too).
fn named_picture(src: &str) -> bool {
    let ending = src.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg")
}

/// Calls back with every picture path in the data.
pub(super) fn each_picture(value: &Value, found: &mut dyn FnMut(&str)) {
    match value {
        Value::Array(list) => list.iter().for_each(|item| each_picture(item, found)),
        Value::Object(map) => {
            for (key, item) in map {
                match item.as_str() {
                    // A figure is a picture whatever its name; other files may have descriptions too.
                    Some(src)
                        if key == "src"
                            && map.contains_key("alt")
                            && (named_picture(src) || map.get("type").and_then(Value::as_str) == Some("figure")) =>
                    {
                        found(src)
                    }
                    Some(_) => {}
                    None => each_picture(item, found),
                }
            }
        }
        _ => {}
    }
}

/// Empties the named picture paths.
pub(super) fn clear_pictures(value: &mut Value, bad: &BTreeSet<String>) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| clear_pictures(item, bad)),
        Value::Object(map) => {
            for (key, item) in map.iter_mut() {
                if key == "src" && item.as_str().is_some_and(|src| bad.contains(src)) {
                    *item = Value::String(String::new());
                } else {
                    clear_pictures(item, bad);
                }
            }
        }
        _ => {}
    }
}

/// A picture as it is printed: cleaned as on the web. `None` where the file is no picture, declares too many points, or is
/// an SVG with filters or with parts that name each other, which take time without end.
pub(super) fn printable(path: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
    let cleaned = media::clean(path, bytes)?;
    let small = cleaned.size.is_none_or(|(wide, high)| u64::from(wide) * u64::from(high) <= MOST_POINTS);
    let endless = path.to_ascii_lowercase().ends_with(".svg") && {
        let text = String::from_utf8_lossy(&cleaned.bytes);
        text.contains("<filter") || is_endless(&text)
    };
    (small && !endless && is_picture(&cleaned.bytes)).then_some(cleaned.bytes)
}

/// Whether the bytes begin as one of the picture formats that Typst sets.
fn is_picture(bytes: &[u8]) -> bool {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    starts(b"\x89PNG\r\n\x1a\n")
        || starts(b"\xff\xd8\xff")
        || starts(b"GIF8")
        || (starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
        // The cut may go through a letter.
        || String::from_utf8_lossy(&bytes[..bytes.len().min(1000)]).contains("<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A drawing whose first thousand bytes end within a Thai letter is one.
    #[test]
    fn a_drawing_with_thai_text_is_printed() {
        for filling in 0..3 {
            let head =
                format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><desc>{}", "x".repeat(filling));
            let svg = format!("{head}{}</desc><rect width=\"9\" height=\"9\"/></svg>", "ก".repeat(500));
            assert!(printable("a.svg", svg.into_bytes()).is_some(), "{filling}");
        }
    }
}
