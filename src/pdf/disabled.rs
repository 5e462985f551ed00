//! The typesetter of a build without PDFs: it says so.

use super::assets::PdfAssets;
use super::job::{Job, Pdf, Problem};

/// Stands in for the typesetter in builds made with `--no-default-features`.
#[derive(Debug)]
pub struct Typesetter {
    never: std::convert::Infallible,
}

impl Typesetter {
    /// Always refuses.
    ///
    /// # Errors
    /// `handout-no-pdf`: this build holds no Typst.
    pub fn new(_assets: PdfAssets) -> Result<Self, Problem> {
        Err(Problem::error(
            "handout-no-pdf",
            "sala",
            "โปรแกรมที่ติดตั้งนี้สร้างขึ้นโดยไม่มีส่วนพิมพ์ PDF ให้ติดตั้งใหม่ด้วย cargo install --path . (ไม่ใส่ --no-default-features)",
            "this build of sala has no PDFs; build it again without --no-default-features",
        ))
    }

    /// Never reached.
    ///
    /// # Errors
    /// None: a typesetter of this build cannot exist.
    pub fn render(&self, _job: &Job) -> Result<Pdf, Vec<Problem>> {
        match self.never {}
    }
}
