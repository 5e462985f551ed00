//! Booklet order: which page goes where on which sheet.

/// The page numbers (from 1) of each sheet side, left and right; `None` is a blank place.
///
/// Sides alternate front and back. Printed on both sides (turned on the short edge), stacked and folded, the sheets give
/// the pages in reading order.
pub(crate) fn sides(pages: usize) -> Vec<(Option<usize>, Option<usize>)> {
    let total = pages.div_ceil(4) * 4;
    let place = |number: usize| (number <= pages).then_some(number);
    (0..total / 4)
        .flat_map(|sheet| {
            let low = sheet * 2 + 1;
            let high = total - sheet * 2;
            [(place(high), place(low)), (place(low + 1), place(high - 1))]
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
}
