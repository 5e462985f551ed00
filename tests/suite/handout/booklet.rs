//! Booklets: page numbers, parts, sheets to be folded.

use sala::internals::pdf::{Job, Paper};

use super::*;

#[test]
fn a_booklet_counts_its_pages_and_folds() {
    let flat = made(&job("booklet", sample("booklet")));
    if let Some(text) = poppler("pdftotext", &["-layout", "-f", "2", "-l", "2"], &flat.bytes) {
        let line = text.lines().find(|line| line.contains("ดัชนี")).unwrap_or_default();
        let number = line.split_whitespace().last().unwrap_or_default();
        let index = poppler("pdftotext", &["-f", number, "-l", number], &flat.bytes).unwrap_or_default();
        // A short index follows the lessons, on the page that the contents name.
        assert!(index.lines().any(|line| line.trim() == "ดัชนี"), "{text} leads to {index}");
        // Notes fill what folded sheets would leave blank, and the back is printed.
        assert_eq!(flat.pages % 4, 0);
        let last = poppler("pdftotext", &["-f", &flat.pages.to_string()], &flat.bytes).unwrap_or_default();
        assert!(last.contains(&format!("หน้า {} จาก {}", flat.pages, flat.pages)), "{last}");
    }
    for (paper, size) in [(Paper::A5Booklet, "841.89 x 595.276"), (Paper::A4Booklet, "1190.55 x 841.89")] {
        let job = Job { paper, ..job("booklet", sample("booklet")) };
        let imposed = made(&job);
        assert_eq!(imposed.pages % 2, 0);
        assert_eq!(imposed.bytes, made(&job).bytes);
        let Some(info) = poppler("pdfinfo", &[], &imposed.bytes) else {
            continue;
        };
        assert!(info.contains(size), "{info}");
        // The front of the outer sheet has the cover on its right half.
        let text = poppler("pdftotext", &["-l", "1"], &imposed.bytes).unwrap_or_default();
        assert!(text.contains("โรงเรียนเล่า"), "{text}");
    }
}
