//! What follows from the text of a body alone: it is found once for each text.

use crate::markdown::{self, Outline};
use crate::text::lint::{self, Finding};
use crate::text::personal::{self, Class, Match};
use std::ops::Range;

/// What follows from the text of a body. Offsets count from the start of the body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BodyAnalysis {
    /// Headings, links, images, query blocks.
    pub outline: Outline,
    /// Damaged Thai, code left out: it is shown letter by letter.
    pub damage: Vec<Finding>,
    /// What looks like personal data; of code only ids, names and private mail, which are not certain there.
    pub personal: Vec<Match>,
}

impl BodyAnalysis {
    /// Reads a body.
    #[must_use]
    pub fn of(body: &str) -> BodyAnalysis {
        let outline = markdown::scan(body);
        let (mut damage, mut personal) = (lint::lint(body), personal::search(body));
        if !damage.is_empty() || !personal.is_empty() {
            let code = markdown::code_ranges(body);
            // They are in order and apart: the first that ends behind the start of a find is the only one to ask.
            let in_code = |range: &Range<usize>| {
                let next = code.partition_point(|c| c.end <= range.start);
                code.get(next).is_some_and(|c| c.start < range.end)
            };
            damage.retain(|f| !in_code(&f.range));
            // A query is code, and its title and notes stand on the page.
            let in_query =
                |at: usize| outline.queries.iter().any(|(text, from)| (*from..from + text.len()).contains(&at));
            // Lists of people are pasted into code as well; numbers of other things are at home there.
            personal.retain_mut(|f| {
                let of_people = matches!(f.class, Class::NationalId | Class::Learner | Class::Mail) && f.certain;
                let is_code = in_code(&f.range) && !in_query(f.range.start);
                f.certain &= !is_code;
                !is_code || of_people
            });
        }
        BodyAnalysis { outline, damage, personal }
    }
}
