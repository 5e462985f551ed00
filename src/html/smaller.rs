//! Large photographs in the sizes that pages need.
//!
//! A photograph of more than [`HEAVY`] bytes is published with at most [`LONG`] points on its longer side, and once more
//! with [`SHORT`] for phones. What is made stands upright, keeps its colour profile and nothing else. Pictures of other
//! forms (WebP, GIF, drawings) are published as they are.

use std::io::Cursor;

use image::codecs::{jpeg::JpegEncoder, png::PngEncoder};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};

use super::input::Files;
use super::metadata::Cleaned;

/// Bytes from which a picture is made smaller.
const HEAVY: usize = 1_000_000;
/// Points of the longer side.
const LONG: u32 = 1600;
/// The same of the picture for phones.
const SHORT: u32 = 800;
/// Of 100; the usual of photographs on pages.
const QUALITY: u8 = 82;

/// A picture in two sizes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Smaller {
    /// Bytes, width and height of the larger.
    pub long: (Vec<u8>, (u32, u32)),
    /// The same of the smaller.
    pub short: (Vec<u8>, (u32, u32)),
}

/// Where the smaller picture of a file lies: `a/b.jpg` → `a/b.w800.jpg`.
pub(super) fn short_path(path: &str) -> String {
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.w{SHORT}.{ending}"),
        None => format!("{path}.w{SHORT}"),
    }
}

fn format(path: &str) -> Option<ImageFormat> {
    match path.rsplit('.').next().unwrap_or("").to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "jpe" | "jfif" => Some(ImageFormat::Jpeg),
        "png" => Some(ImageFormat::Png),
        _ => None,
    }
}

/// A cleaned picture in two sizes; none where it is small enough or cannot be made smaller.
pub(super) fn of(path: &str, cleaned: &Cleaned, files: &dyn Files) -> Option<Smaller> {
    let format = format(path)?;
    let (wide, high) = cleaned.size?;
    if cleaned.bytes.len() <= HEAVY || wide.max(high) <= SHORT {
        return None;
    }
    let kept = files.kept(&cleaned.bytes, &|| pack(make(&cleaned.bytes, format)));
    unpack(&kept)
}

/// A picture without what is cut off at the left, the top, the right and below, in parts of 100,000; none where that cannot
/// be done, or nothing is left.
pub(crate) fn without(path: &str, bytes: &[u8], cut: [u32; 4]) -> Option<Vec<u8>> {
    if cut == [0; 4] {
        return Some(bytes.to_vec());
    }
    let format = format(path)?;
    let (picture, profile, turned) = decoded(bytes, format)?;
    let part = |whole: u32, part: u32| (u64::from(whole) * u64::from(part)).div_ceil(100_000) as u32;
    let (wide, high) = (picture.width(), picture.height());
    let (left, top) = (part(wide, cut[0]), part(high, cut[1]));
    let wide = wide.checked_sub(left + part(wide, cut[2])).filter(|wide| *wide > 0)?;
    let high = high.checked_sub(top + part(high, cut[3])).filter(|high| *high > 0)?;
    // Of a picture that lies on its side nobody knows which side was meant.
    let upright = !turned;
    upright.then(|| encode(&picture.crop_imm(left, top, wide, high), format, profile))?
}

/// A picture that stands upright, its colour profile, and whether it was turned for that.
fn decoded(bytes: &[u8], format: ImageFormat) -> Option<(DynamicImage, Option<Vec<u8>>, bool)> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(1 << 30);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    // Colours of printers stay as they are: their profile fits no other form.
    let plain = [ExtendedColorType::L8, ExtendedColorType::La8, ExtendedColorType::Rgb8, ExtendedColorType::Rgba8];
    if !plain.contains(&decoder.original_color_type()) {
        return None;
    }
    let profile = decoder.icc_profile().ok().flatten();
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    Some((picture, profile, orientation != Orientation::NoTransforms))
}

fn make(bytes: &[u8], format: ImageFormat) -> Option<Smaller> {
    let (picture, profile, _) = decoded(bytes, format)?;
    let sized = |most: u32| {
        let fits = picture.width().max(picture.height()) <= most;
        let made = if fits { picture.clone() } else { picture.resize(most, most, FilterType::CatmullRom) };
        let size = (made.width(), made.height());
        encode(&made, format, profile.clone()).map(|bytes| (bytes, size))
    };
    let (long, short) = (sized(LONG)?, sized(SHORT)?);
    (long.0.len() < bytes.len() && short.0.len() < long.0.len()).then_some(Smaller { long, short })
}

fn encode(picture: &DynamicImage, format: ImageFormat, profile: Option<Vec<u8>>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    if format == ImageFormat::Png {
        let mut encoder = PngEncoder::new(&mut out);
        profile.map_or(Ok(()), |profile| encoder.set_icc_profile(profile)).ok()?;
        picture.write_with_encoder(encoder).ok()?;
    } else {
        let mut encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
        profile.map_or(Ok(()), |profile| encoder.set_icc_profile(profile)).ok()?;
        DynamicImage::from(picture.to_rgb8()).write_with_encoder(encoder).ok()?;
    }
    Some(out)
}

/// Both pictures as bytes to keep; none as no bytes.
fn pack(made: Option<Smaller>) -> Vec<u8> {
    let Some(Smaller { long, short }) = made else { return Vec::new() };
    let numbers = [long.1.0, long.1.1, short.1.0, short.1.1, u32::try_from(long.0.len()).unwrap_or(u32::MAX)];
    let mut out: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
    out.extend(long.0);
    out.extend(short.0);
    out
}

fn unpack(bytes: &[u8]) -> Option<Smaller> {
    let number = |n: usize| Some(u32::from_le_bytes(bytes.get(4 * n..4 * n + 4)?.try_into().ok()?));
    let (long, short) = bytes.get(20..)?.split_at_checked(number(4)? as usize)?;
    Some(Smaller { long: (long.to_vec(), (number(0)?, number(1)?)), short: (short.to_vec(), (number(2)?, number(3)?)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Plain;

    impl Files for Plain {
        fn read(&self, _: &str) -> std::io::Result<Vec<u8>> {
            Ok(Vec::new())
        }
    }

    /// A photograph of noise: nothing makes its bytes few.
    fn photograph(wide: u32, high: u32, format: ImageFormat) -> Vec<u8> {
        let mut state = 7u32;
        let picture = image::RgbImage::from_fn(wide, high, |_, _| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            image::Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
        });
        encode(&DynamicImage::from(picture), format, None).unwrap()
    }

    #[test]
    fn a_large_photograph_is_made_in_two_sizes() {
        let bytes = photograph(2000, 1000, ImageFormat::Jpeg);
        assert!(bytes.len() > HEAVY, "{}", bytes.len());
        let cleaned = Cleaned { size: Some((2000, 1000)), bytes };
        let made = of("a/รูป.JPG", &cleaned, &Plain).unwrap();
        assert_eq!((made.long.1, made.short.1), ((1600, 800), (800, 400)));
        assert!(made.short.0.len() < made.long.0.len() && made.long.0.len() < cleaned.bytes.len());
        let again = super::super::metadata::jpeg(&made.short.0).unwrap();
        assert_eq!(again.size, Some((800, 400)));
        assert_eq!(unpack(&pack(Some(made))), of("a/รูป.JPG", &cleaned, &Plain), "the same in every build");
        assert_eq!(short_path("a/รูป.JPG"), "a/รูป.w800.JPG");
    }

    #[test]
    fn other_pictures_stay_as_they_are() {
        let small = Cleaned { bytes: vec![0; 1000], size: Some((4000, 3000)) };
        assert_eq!(of("a.jpg", &small, &Plain), None);
        let damaged = Cleaned { bytes: vec![0; HEAVY + 1], size: Some((4000, 3000)) };
        for name in ["a.jpg", "a.png", "a.gif", "a.svg", "a.webp"] {
            assert_eq!(of(name, &damaged, &Plain), None, "{name}");
        }
    }
}
