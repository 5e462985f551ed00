//! Booklet order: which page goes where on which sheet.

/// Most pages that are folded into each other; a thicker booklet has its pages fall open at the fold and its edges stand out.
const THICKEST: usize = 64;

/// Pages of a signature where there are too many for one: eight sheets, as one stapler takes.
const SIGNATURE: usize = 32;

/// How many sheet sides belong to one signature: all of a thin booklet.
pub(crate) fn sides_of_signature(pages: usize) -> usize {
    if pages <= THICKEST { pages.div_ceil(4) * 2 } else { SIGNATURE / 2 }
}

/// The page numbers (from 1) of each sheet side, left and right; `None` is a blank place.
///
/// Sides alternate front and back. Printed on both sides (turned on the short edge), stacked and folded, the sheets give
/// the pages in reading order. Many pages become signatures, each folded by itself, that follow each other.
pub(crate) fn sides(pages: usize) -> Vec<(Option<usize>, Option<usize>)> {
    let place = |number: usize| (number <= pages).then_some(number);
    let step = (sides_of_signature(pages) * 2).max(1);
    (0..pages)
        .step_by(step)
        .flat_map(|before| {
            let total = (pages - before).min(step).div_ceil(4) * 4;
            (0..total / 4).flat_map(move |sheet| {
                let low = before + sheet * 2 + 1;
                let high = before + total - sheet * 2;
                [(place(high), place(low)), (place(low + 1), place(high - 1))]
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::sides;

    #[test]
    fn eight_pages_on_two_sheets() {
        let p = Some;
        assert_eq!(sides(8), [(p(8), p(1)), (p(2), p(7)), (p(6), p(3)), (p(4), p(5))]);
        assert_eq!(sides(5)[0], (None, p(1)));
        assert_eq!(sides(0), []);
    }

    #[test]
    fn many_pages_become_signatures() {
        let p = Some;
        assert_eq!(sides(64).len(), 32);
        assert_eq!(sides(64)[0], (p(64), p(1)));
        let list = sides(70);
        assert_eq!((list[0], list[15]), ((p(32), p(1)), (p(16), p(17))));
        assert_eq!((list[16], list[32]), ((p(64), p(33)), (None, p(65))));
        // Every page stands once, whatever their number.
        for pages in 1..200 {
            let mut seen: Vec<usize> = sides(pages).into_iter().flat_map(|(a, b)| [a, b]).flatten().collect();
            seen.sort_unstable();
            assert_eq!(seen, (1..=pages).collect::<Vec<_>>());
        }
    }
}
