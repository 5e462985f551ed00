//! The first page of a PDF as a picture for chats.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

/// Width of the picture in points; a page of four to five becomes 1080 × 1350.
const WIDE: f32 = 1080.0;

/// The first page as PNG.
///
/// # Errors
/// What the renderer says.
pub(super) fn of_first_page(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    let pdf = Pdf::new(bytes).map_err(|why| format!("{why:?}"))?;
    let page = pdf.pages().first().ok_or("no page")?;
    let (width, height) = page.render_dimensions();
    let scale = WIDE / width;
    let settings = RenderSettings {
        x_scale: scale,
        y_scale: scale,
        width: Some(WIDE as u16),
        height: Some((height * scale).round() as u16),
        bg_color: WHITE,
    };
    let picture = render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
    picture.into_png().map_err(|why| why.to_string())
}
