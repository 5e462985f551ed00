//! The fonts of the assets, and the characters that they can print.

use std::collections::BTreeSet;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};

use super::assets::PdfAssets;
use super::job::Problem;

/// Families that assets must hold: the text of the default templates.
const FAMILIES: &[&str] = &["sarabun"];

/// The faces of the assets in the order of their files, and their book.
///
/// # Errors
/// A font file that is no font, assets without Sarabun.
pub(super) fn of(assets: &PdfAssets) -> Result<(Vec<Font>, FontBook), Problem> {
    let mut fonts = Vec::new();
    for (name, bytes) in &assets.fonts {
        let before = fonts.len();
        fonts.extend(Font::iter(Bytes::new(bytes.clone())));
        if fonts.len() == before {
            return Err(Problem::error(
                "handout-font",
                format!("fonts/{name}"),
                "ไฟล์นี้ไม่ใช่แบบอักษร TTF หรือ OTF",
                "this file is not a TTF or OTF font",
            ));
        }
    }
    let book = FontBook::from_fonts(&fonts);
    for family in FAMILIES {
        if !book.contains_family(family) {
            return Err(Problem::error(
                "handout-font",
                "fonts/",
                "ไม่พบแบบอักษร Sarabun ซึ่งใบแจกทุกแบบใช้ วางไฟล์ Sarabun-*.ttf ไว้ในโฟลเดอร์ fonts ของธีม",
                "the font Sarabun, which every handout uses, is missing; put Sarabun-*.ttf into the theme's fonts folder",
            ));
        }
    }
    Ok((fonts, book))
}

/// The characters that can be set: those that every face of the text family holds, and those of any other face, which stands in.
pub(super) fn covered(fonts: &[Font]) -> BTreeSet<char> {
    let of = |font: &Font| font.info().coverage.iter().filter_map(char::from_u32).collect::<BTreeSet<char>>();
    let of_text = |font: &&Font| font.info().family.eq_ignore_ascii_case(FAMILIES[0]);
    let mut sets = fonts.iter().filter(of_text).map(of);
    let first = sets.next().unwrap_or_default();
    let all: BTreeSet<char> = sets.fold(first, |all, set| all.intersection(&set).copied().collect());
    fonts.iter().filter(|font| !of_text(font)).map(of).fold(all, |mut all, mut set| {
        all.append(&mut set);
        all
    })
}
