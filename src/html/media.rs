//! Media of the content folder: metadata taken out, SVG made safe, sizes measured.
//!
//! Photographs carry places, devices and names in their metadata. Each format is taken apart and put together from the
//! parts that make the picture: what is not known to be one of these is left out, with everything behind the picture's
//! end. What remains is the picture, its colour profile and, where a photograph needs it, the orientation.

pub use super::metadata::Cleaned;
use super::{metadata, svg};

/// Cleans a media file by the ending of its name. `None`: it claims to be an image and is none.
#[must_use]
pub fn clean(path: &str, bytes: Vec<u8>) -> Option<Cleaned> {
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    match ending.as_str() {
        "png" | "apng" => metadata::png(&bytes),
        "jpg" | "jpeg" | "jpe" | "jfif" => metadata::jpeg(&bytes),
        "webp" => metadata::webp(&bytes),
        "gif" => metadata::gif(&bytes),
        "svg" => svg::clean(&bytes),
        _ => Some(Cleaned { bytes, size: None }),
    }
}

/// Whether a path names an image by its ending.
#[must_use]
pub fn is_image(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    ["png", "apng", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "svg"].contains(&ending.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_image_is_refused() {
        for name in ["a.png", "a.jpg", "a.webp", "a.gif", "a.svg"] {
            assert_eq!(clean(name, b"no image".to_vec()), None, "{name}");
        }
        assert!(clean("a.pdf", b"x".to_vec()).is_some());
    }
}
