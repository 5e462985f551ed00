//! QR codes as small SVG pictures, and the short address printed next to them.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

/// Quiet zone around the code, in modules, as the standard asks.
const QUIET: usize = 4;

/// The SVG of a code at error level M, or `None` when the address is too long for one.
pub(crate) fn svg(address: &str) -> Option<String> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let mut run = 0;
            while x + run < code.size && code[y][x + run].value() {
                run += 1;
            }
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}\" height=\"{side}\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path d=\"{path}\"/></svg>"
    ))
}

/// An address as people type it: without scheme, `www.`, a closing slash or `index.html`.
pub(crate) fn short(address: &str) -> String {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = rest.strip_suffix("index.html").unwrap_or(rest);
    rest.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn short_addresses() {
        assert_eq!(super::short("https://www.sala.example/innovations/index.html"), "sala.example/innovations");
        assert!(super::svg("https://sala.example/a").is_some_and(|s| s.contains("viewBox=\"0 0 33 33\"")));
        assert!(super::svg(&"x".repeat(9000)).is_none());
    }
}
