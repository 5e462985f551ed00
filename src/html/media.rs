//! Media of the content folder: metadata taken out, SVG made safe, sizes measured.
//!
//! Photographs carry places, devices and names in their metadata. Each format is taken apart and put together from the
//! parts that make the picture: what is not known to be one of these is left out, with everything behind the picture's
//! end. What remains is the picture, its colour profile and, where a photograph needs it, the orientation.

pub use super::metadata::Cleaned;
use super::{icon, metadata, svg};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::theme::Theme;
use crate::visibility::keeps_metadata;
use std::borrow::Cow;

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
        "ico" | "cur" => icon::icon(&bytes),
        _ => Some(Cleaned { bytes, size: None }),
    }
}

/// Cleans the pictures of `static/` as those of pages; what cannot be cleaned is not published.
pub(crate) fn clean_static(theme: &mut Theme) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    theme.root_files.retain(|path, bytes| {
        let cleaned = match is_image(path) {
            true => clean(path, std::mem::take(bytes).into_owned()).map(|cleaned| *bytes = cleaned.bytes.into()),
            false => (!keeps_metadata(path)).then_some(()),
        };
        if cleaned.is_none() {
            found.push(unclean(path).severity(Severity::Warning));
        }
        cleaned.is_some()
    });
    // Pictures in the place of the theme's; those that the program brings are borrowed from it. Drawings of a theme are
    // a part of its design, like its scripts.
    let own = &theme.own;
    let is_own = |path: &str| own.contains(path);
    theme.assets.retain(|path, bytes| {
        if !is_image(path) || matches!(bytes, Cow::Borrowed(_)) || path.ends_with(".svg") && !is_own(path) {
            return true;
        }
        let cleaned = clean(path, bytes.to_vec()).map(|cleaned| *bytes = cleaned.bytes.into());
        if cleaned.is_none() && is_own(path) {
            // Pages that show the theme's picture would have none.
            found.push(unclean(path));
        }
        cleaned.is_some() || !is_own(path)
    });
    found
}

fn unclean(path: &str) -> Diagnostic {
    let (th, en) = (
        "ลบข้อมูลกล้องและพิกัดออกจากรูปนี้ไม่ได้ จึงไม่เผยแพร่",
        "places and devices cannot be taken out of this picture: it is not published",
    );
    let told = Diagnostic::new(Code::FileRefused, format!("static/{path}"), th, en);
    told.hint("บันทึกใหม่เป็น JPEG หรือ PNG", "save it as JPEG or PNG")
}

/// Whether a path names an image by its ending.
#[must_use]
pub fn is_image(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    ["png", "apng", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "svg", "ico", "cur"].contains(&ending.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_image_is_refused() {
        for name in ["a.png", "a.jpg", "a.webp", "a.gif", "a.svg", "a.ico", "a.cur"] {
            assert_eq!(clean(name, b"no image".to_vec()), None, "{name}");
        }
        assert!(clean("a.pdf", b"x".to_vec()).is_some());
    }
}
