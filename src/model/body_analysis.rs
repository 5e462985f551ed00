//! What follows from the text of a body alone: it is found once for each text.

use crate::markdown::{self, Outline};
use crate::text::lint::{self, Finding};
use crate::text::personal::{self, Match};

/// What follows from the text of a body. Offsets count from the start of the body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BodyAnalysis {
    /// Headings, links, images, query blocks.
    pub outline: Outline,
    /// Damaged Thai.
    pub damage: Vec<Finding>,
    /// What looks like personal data, code left out.
    pub personal: Vec<Match>,
}

impl BodyAnalysis {
    /// Reads a body.
    #[must_use]
    pub fn of(body: &str) -> BodyAnalysis {
        BodyAnalysis { outline: markdown::scan(body), damage: lint::lint(body), personal: personal_of(body) }
    }
}

fn personal_of(body: &str) -> Vec<Match> {
    let mut finds = personal::search(body);
    if !finds.is_empty() {
        let code = markdown::code_ranges(body);
        // They are in order and apart: the first that ends behind the start of a find is the only one to ask.
        finds.retain(|f| {
            let next = code.partition_point(|c| c.end <= f.range.start);
            code.get(next).is_none_or(|c| c.start >= f.range.end)
        });
    }
    finds
}
