//! Media of the content folder: metadata taken out, SVG made safe, sizes measured.
//!
//! Photographs carry places, devices and names in their metadata. What remains is the picture, its
//! colour profile and, where a photograph needs it, the orientation.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;

/// A file ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// Bytes to publish.
    pub bytes: Vec<u8>,
    /// Width and height in pixels, for images.
    pub size: Option<(u32, u32)>,
}

/// Cleans a media file by the ending of its name. `None`: it claims to be an image and is none.
#[must_use]
pub fn clean(path: &str, bytes: Vec<u8>) -> Option<Cleaned> {
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    match ending.as_str() {
        "png" | "apng" => png(bytes),
        "jpg" | "jpeg" | "jpe" | "jfif" => jpeg(bytes),
        "webp" => webp(bytes),
        "gif" => gif(bytes),
        "svg" => svg(&bytes),
        _ => Some(Cleaned { bytes, size: None }),
    }
}

/// Whether a path names an image by its ending.
#[must_use]
pub fn is_image(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    ["png", "apng", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "svg", "avif"].contains(&ending.as_str())
}

fn png(bytes: Vec<u8>) -> Option<Cleaned> {
    let mut image = Png::from_bytes(bytes.into()).ok()?;
    for kind in [*b"tEXt", *b"zTXt", *b"iTXt", *b"eXIf", *b"tIME"] {
        image.remove_chunks_by_type(kind);
    }
    let size = image.dimensions();
    Some(Cleaned { bytes: image.encoder().bytes().to_vec(), size })
}

fn jpeg(bytes: Vec<u8>) -> Option<Cleaned> {
    let mut image = Jpeg::from_bytes(bytes.into()).ok()?;
    let orientation = image
        .segments_by_marker(markers::APP1)
        .find_map(|s| exif_orientation(s.contents()))
        .filter(|o| (2..=8).contains(o));
    image.segments_mut().retain(|s| {
        let marker = s.marker();
        // Keep APP0 (JFIF), APP2 with a colour profile, APP14 (Adobe's colour transform).
        let app = (markers::APP0..=markers::APP15).contains(&marker);
        let profile = marker == markers::APP2 && s.contents().starts_with(b"ICC_PROFILE\0");
        marker != markers::COM && (!app || marker == markers::APP0 || marker == markers::APP14 || profile)
    });
    if let Some(orientation) = orientation {
        let segment = JpegSegment::new_with_contents(markers::APP1, exif_of(orientation).into());
        image.segments_mut().insert(0, segment);
    }
    let (width, height) = image.dimensions().map(|(w, h)| (u32::from(w), u32::from(h)))?;
    let turned = orientation.is_some_and(|o| o >= 5);
    let size = Some(if turned { (height, width) } else { (width, height) });
    Some(Cleaned { bytes: image.encoder().bytes().to_vec(), size })
}

/// Orientation (1–8) from an Exif segment.
fn exif_orientation(segment: &[u8]) -> Option<u16> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let u16_at = |at: usize| -> Option<u16> {
        let b: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(b) } else { u16::from_be_bytes(b) })
    };
    let u32_at = |at: usize| -> Option<u32> {
        let b: [u8; 4] = tiff.get(at..at + 4)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(b) } else { u32::from_be_bytes(b) })
    };
    let start = usize::try_from(u32_at(4)?).ok()?;
    let count = usize::from(u16_at(start)?);
    (0..count)
        .map(|n| start.saturating_add(2 + n * 12))
        .find(|at| u16_at(*at) == Some(0x0112))
        .and_then(|at| u16_at(at + 8))
}

/// An Exif segment that says the orientation and nothing else.
fn exif_of(orientation: u16) -> Vec<u8> {
    let mut out = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    out.extend_from_slice(&orientation.to_be_bytes());
    out.extend_from_slice(&[0; 6]);
    out
}

fn webp(bytes: Vec<u8>) -> Option<Cleaned> {
    let size = WebP::from_bytes(bytes.clone().into()).ok()?.dimensions();
    let mut out = bytes.get(..12)?.to_vec();
    let mut at = 12;
    while at + 8 <= bytes.len() {
        let length = u32::from_le_bytes(bytes[at + 4..at + 8].try_into().ok()?) as usize;
        let end = at.checked_add(8)?.checked_add(length)?.checked_add(length & 1)?.min(bytes.len());
        let kind = &bytes[at..at + 4];
        if kind != b"EXIF" && kind != b"XMP " {
            let from = out.len();
            out.extend_from_slice(&bytes[at..end]);
            if kind == b"VP8X" && out.len() > from + 8 {
                out[from + 8] &= !0b0000_1100; // the flags of Exif and XMP
            }
        }
        at = end;
    }
    let length = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Some(Cleaned { bytes: out, size })
}

fn gif(bytes: Vec<u8>) -> Option<Cleaned> {
    if !bytes.starts_with(b"GIF8") || bytes.len() < 10 {
        return None;
    }
    let side = |at: usize| u32::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let size = Some((side(6), side(8)));
    Some(Cleaned { bytes, size })
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

    #[test]
    fn orientation_survives() {
        let exif = exif_of(6);
        assert_eq!(exif_orientation(&exif), Some(6));
    }
}
