//! Link destinations: which scheme, and what may be written into `href`.
//!
//! Browsers ignore tabs, line ends and leading control characters in addresses, so the scheme is
//! judged after the same removal.

use std::borrow::Cow;

/// A destination by its scheme. The text is cleaned of the characters browsers ignore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dest<'a> {
    /// `#anchor` on the same page (without the `#`).
    Anchor(Cow<'a, str>),
    /// `id:some-entry`, without the scheme; may end in `#anchor`.
    Id(Cow<'a, str>),
    /// `count:kind?field=term`, without the scheme.
    Count(Cow<'a, str>),
    /// `http:`, `https:`.
    Web(Cow<'a, str>),
    /// `mailto:`, `tel:`.
    Contact(Cow<'a, str>),
    /// A path relative to the page, or from the root of content when it starts with one `/`.
    Relative(Cow<'a, str>),
    /// Anything else, with its scheme.
    Blocked(String),
}

/// Sorts a destination by its scheme.
#[must_use]
pub fn classify(dest: &str) -> Dest<'_> {
    let dest = strip_ignored(dest);
    if dest.starts_with('#') {
        return Dest::Anchor(cut(&dest, 1));
    }
    if dest.starts_with("//") || dest.contains('\\') {
        return Dest::Blocked("//".to_owned());
    }
    let colon = dest.find(':');
    let stop = dest.find(['/', '?', '#']).unwrap_or(dest.len());
    let Some(colon) = colon.filter(|c| *c < stop) else {
        return Dest::Relative(dest);
    };
    let scheme = dest[..colon].to_ascii_lowercase();
    match scheme.as_str() {
        "http" | "https" => Dest::Web(dest),
        "mailto" | "tel" => Dest::Contact(dest),
        "id" => Dest::Id(cut(&dest, 3)),
        "count" => Dest::Count(cut(&dest, 6)),
        _ => Dest::Blocked(scheme),
    }
}

/// Percent-encodes what may not stand in an address attribute: white space, controls, quotes,
/// angle brackets, backslash, backtick. Thai letters stay readable.
#[must_use]
pub fn clean_href(href: &str) -> Cow<'_, str> {
    let bad = |c: char| c.is_control() || c.is_whitespace() || "\"'<>\\`{}|^".contains(c);
    if !href.contains(bad) {
        return Cow::Borrowed(href);
    }
    let mut out = String::with_capacity(href.len() + 16);
    let mut buffer = [0; 4];
    for c in href.chars() {
        if bad(c) {
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push('%');
                for nibble in [byte >> 4, byte & 15] {
                    out.push(char::from_digit(u32::from(nibble), 16).map_or('0', |d| d.to_ascii_uppercase()));
                }
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn strip_ignored(dest: &str) -> Cow<'_, str> {
    let trimmed = dest.trim_matches(|c: char| c <= ' ' || c.is_whitespace());
    if trimmed.contains(|c: char| c.is_control()) {
        Cow::Owned(trimmed.chars().filter(|c| !c.is_control()).collect())
    } else {
        Cow::Borrowed(trimmed)
    }
}

fn cut<'a>(text: &Cow<'a, str>, from: usize) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(s) => Cow::Borrowed(&s[from..]),
        Cow::Owned(s) => Cow::Owned(s[from..].to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes() {
        assert_eq!(classify("#a"), Dest::Anchor("a".into()));
        assert_eq!(classify("id:nw-001"), Dest::Id("nw-001".into()));
        assert_eq!(classify("a/b.md#c"), Dest::Relative("a/b.md#c".into()));
        assert_eq!(classify("a/b:c"), Dest::Relative("a/b:c".into()));
        assert_eq!(classify("?a:b"), Dest::Relative("?a:b".into()));
        for bad in [
            "javascript:alert(1)",
            " JaVa\tscript:alert(1)",
            "\u{1}javascript:x",
            "java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "/\\evil.example",
            "file:///etc/passwd",
        ] {
            assert!(matches!(classify(bad), Dest::Blocked(_)), "{bad:?}");
        }
        assert!(matches!(classify("HTTPS://x"), Dest::Web(_)));
    }

    #[test]
    fn href_is_encoded() {
        assert_eq!(clean_href("a b\"<ก>"), "a%20b%22%3Cก%3E");
        assert_eq!(clean_href("รายงาน.html"), "รายงาน.html");
    }
}
