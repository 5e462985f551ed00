//! Link destinations: which scheme, and what may be written into `href`.
//!
//! Browsers ignore tabs, line ends and leading control characters in addresses, so the scheme is
//! judged after the same removal.

use std::borrow::Cow;

use crate::text::slug::wiki_name;

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

/// Whether an embedded file (`![[Name]]`) is a page: it has no ending, or that of Markdown.
pub(super) fn is_embedded_page(dest: &str) -> bool {
    wiki_name(dest).is_some_and(|name| {
        let name = name.split('#').next().unwrap_or(name);
        name.rsplit_once('.').is_none_or(|(_, ending)| ending.contains(' ') || ending.eq_ignore_ascii_case("md"))
    })
}

/// Sorts a destination by its scheme.
#[must_use]
pub fn classify(dest: &str) -> Dest<'_> {
    let dest = strip_ignored(dest);
    if dest.starts_with('#') {
        return Dest::Anchor(cut(&dest, 1));
    }
    // To browsers a backslash is a slash; elsewhere in an address it is written as %5C.
    let mut first = dest.bytes();
    if matches!((first.next(), first.next()), (Some(b'/' | b'\\'), Some(b'/' | b'\\'))) {
        return Dest::Blocked("//".to_owned());
    }
    let Some(colon) = scheme_end(&dest) else {
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

/// Where the colon of a scheme is: letters first, then letters, digits, `+`, `-`, `.` (RFC 3986).
fn scheme_end(dest: &str) -> Option<usize> {
    let colon = dest.find(':')?;
    let mut scheme = dest[..colon].bytes();
    let valid = scheme.next().is_some_and(|b| b.is_ascii_alphabetic())
        && scheme.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    valid.then_some(colon)
}

/// The address of a file by its path: what has a meaning in addresses (`%`, `#`, `?`) is encoded too.
#[must_use]
pub(crate) fn file_href(path: &str) -> String {
    let path = path.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
    clean_href(&path).into_owned()
}

/// Percent-encodes what may not be in an address attribute: white space, controls, quotes,
/// angle brackets, backslash, backtick. Thai letters stay readable.
#[must_use]
pub(crate) fn clean_href(href: &str) -> Cow<'_, str> {
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
        assert_eq!(classify("part 1: intro.md"), Dest::Relative("part 1: intro.md".into()));
        assert_eq!(classify("foo\\):"), Dest::Relative("foo\\):".into()));
        assert_eq!(classify("[[Note: x"), Dest::Relative("[[Note: x".into()));
        for bad in [
            "javascript:alert(1)",
            " JaVa\tscript:alert(1)",
            "\u{1}javascript:x",
            "java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
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
        assert_eq!(file_href("media/50%20 #1?.png"), "media/50%2520%20%231%3F.png");
    }
}
