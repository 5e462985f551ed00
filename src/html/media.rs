//! Media of the content folder: metadata taken out, SVG made safe, sizes measured.
//!
//! Photographs carry places, devices and names in their metadata. Each format is taken apart and put together from the
//! parts that make the picture: what is not known to be one of these is left out, with everything behind the picture's
//! end. What remains is the picture, its colour profile and, where a photograph needs it, the orientation.

use super::metadata;
pub use super::metadata::Cleaned;

/// Cleans a media file by the ending of its name. `None`: it claims to be an image and is none.
#[must_use]
pub fn clean(path: &str, bytes: Vec<u8>) -> Option<Cleaned> {
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    match ending.as_str() {
        "png" | "apng" => metadata::png(&bytes),
        "jpg" | "jpeg" | "jpe" | "jfif" => metadata::jpeg(&bytes),
        "webp" => metadata::webp(&bytes),
        "gif" => metadata::gif(&bytes),
        "svg" => svg(&bytes),
        _ => Some(Cleaned { bytes, size: None }),
    }
}

/// Whether a path names an image by its ending.
#[must_use]
pub fn is_image(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    ["png", "apng", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "svg"].contains(&ending.as_str())
}

fn svg(bytes: &[u8]) -> Option<Cleaned> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut filter = svg_hush::Filter::new();
    filter.set_data_url_filter(svg_hush::data_url_filter::allow_standard_images);
    filter.filter(bytes, &mut out).ok()?;
    if !String::from_utf8_lossy(&out).contains("<svg") {
        return None;
    }
    let size = svg_size(&String::from_utf8_lossy(&out));
    Some(Cleaned { bytes: out, size })
}

/// Size from `width` and `height` in pixels, else from `viewBox`.
fn svg_size(text: &str) -> Option<(u32, u32)> {
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

    #[test]
    fn svg_loses_scripts_and_keeps_its_size() {
        let source = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30" onload="x()"><script>1</script><rect width="4" height="3"/></svg>"#;
        let out = clean("a.svg", source.to_vec()).unwrap();
        let text = String::from_utf8(out.bytes).unwrap();
        assert_eq!(out.size, Some((40, 30)));
        assert!(text.contains("<rect") && !text.contains("script") && !text.contains("onload"), "{text}");
    }

    #[test]
    fn what_is_no_image_is_refused() {
        for name in ["a.png", "a.jpg", "a.webp", "a.gif", "a.svg"] {
            assert_eq!(clean(name, b"no image".to_vec()), None, "{name}");
        }
        assert!(clean("a.pdf", b"x".to_vec()).is_some());
    }
}
