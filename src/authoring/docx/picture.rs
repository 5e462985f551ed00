//! Pictures of a report: what was cut off them does not come along, nor the places that programs write for their texts.

use crate::authoring::xml::attribute;
use crate::html::media;
use quick_xml::events::BytesStart;

/// What is cut off a picture at the left, the top, the right and below, in parts of 100,000.
pub(super) type Cut = [u32; 4];

/// All of a picture.
const WHOLE: f64 = 100_000.0;

/// What an element says of it: in 100,000 or per cent, in the old form in 65,536 or as a fraction.
pub(super) fn cut(e: &BytesStart<'_>) -> Cut {
    let part = |text: &str, of: f64| text.parse().ok().map(|n: f64| n * WHOLE / of);
    let read = |text: &str, of: f64| match (text.strip_suffix('%'), text.strip_suffix('f')) {
        (Some(text), _) => part(text, 100.0),
        (_, Some(text)) => part(text, 65_536.0),
        _ => part(text, of),
    };
    // What cannot be read cuts all off.
    let side = |name: &str, of: f64| {
        attribute(e, name).map_or(0, |text| read(&text, of).unwrap_or(WHOLE).clamp(0.0, WHOLE).ceil() as u32)
    };
    [("l", "cropleft"), ("t", "croptop"), ("r", "cropright"), ("b", "cropbottom")]
        .map(|(new, old)| side(new, WHOLE).max(side(old, 1.0)))
}

/// Whether an alternative text is the place of the file, as programs put it there.
pub(super) fn is_place(alt: &str) -> bool {
    alt.contains('\\') || alt.contains("://") || alt.starts_with('/') || media::is_image(alt)
}
