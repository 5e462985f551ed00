//! Cells of CSV files that a spreadsheet does not run.

use crate::text::chars::{is_invisible, steers};

/// A cell that a spreadsheet will not run: an apostrophe before what would start a formula. Plain
/// negative numbers stay numbers.
#[must_use]
pub(in crate::html) fn safe_cell(text: &str) -> String {
    // What takes no room before the sign does not keep a spreadsheet from reading it.
    let shown = text.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c) || steers(c));
    let risky = shown.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n']);
    if risky && !text.parse::<f64>().is_ok_and(f64::is_finite) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::safe_cell;

    #[test]
    fn cells_never_start_a_formula() {
        for bad in [
            "=1+1",
            "+cmd",
            "-x",
            "@sum",
            "\t=1",
            " =1",
            "＝1",
            "\u{feff}=1",
            "\u{200b} =1",
            "\0=1",
            "\u{202e}=1",
            "\u{a0}=1",
            "-inf",
            "+nan",
        ] {
            assert!(safe_cell(bad).starts_with('\''), "{bad:?}");
        }
        for kept in ["-5.5", "-1e-3", "+5", "ก=ข"] {
            assert_eq!(safe_cell(kept), kept);
        }
    }
}
