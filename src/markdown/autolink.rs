//! Bare addresses in text: `https://…`, `www.…` and e-mail, as in GFM, with the letters of every script in paths.

/// A bare address.
pub(super) struct Found {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What the text lacks of a whole address.
    pub prefix: &'static str,
}

/// First bare address in a text.
pub(super) fn find(text: &str) -> Option<Found> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|b| matches!(b, b'h' | b'H' | b'w' | b'W' | b'@')) {
        let start = at + next;
        at = start + 1;
        let found = match bytes[start] {
            b'@' => mail(text, start),
            _ if text[..start].ends_with(|c: char| c.is_ascii_alphanumeric()) => None,
            b'h' | b'H' => web(text, start),
            _ => www(text, start),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with))
}

fn web(text: &str, start: usize) -> Option<Found> {
    let rest = &text[start..];
    let scheme = ["https://", "http://"].into_iter().find(|scheme| begins(rest, scheme))?;
    let length = whole(rest, scheme.len())?;
    Some(Found { start, end: start + length, prefix: "" })
}

fn www(text: &str, start: usize) -> Option<Found> {
    let rest = &text[start..];
    if !begins(rest, "www.") || text[..start].ends_with(['/', '.', '@', '-', '_']) {
        return None;
    }
    let length = whole(rest, 0)?;
    let host = rest[..length].split(['/', '?', '#', ':']).next().unwrap_or("");
    host["www.".len().min(host.len())..].contains('.').then_some(Found {
        start,
        end: start + length,
        prefix: "http://",
    })
}

/// Length of the address whose host begins at `host`.
fn whole(rest: &str, host: usize) -> Option<usize> {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '[' | ']' | ':' | '@' | '%');
    let mut end = host + rest[host..].find(|c| !name(c)).unwrap_or(rest.len() - host);
    if rest[end..].starts_with(['/', '?', '#']) {
        end += path(&rest[end..]);
    }
    while end > host {
        let last = rest.as_bytes()[end - 1];
        let unbalanced = last == b')' && rest[..end].matches('(').count() < rest[..end].matches(')').count();
        // An entity at the end belongs to the sentence.
        let entity = (last == b';').then(|| rest[..end].rfind('&')).flatten();
        match entity {
            Some(and) if rest[and + 1..end - 1].bytes().all(|b| b.is_ascii_alphanumeric()) && and + 2 < end => {
                end = and
            }
            _ if unbalanced || b".,;:!?'*_~]".contains(&last) => end -= 1,
            _ => break,
        }
    }
    rest[host..end].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[').then_some(end)
}

/// Length of path, query and anchor. Letters other than ASCII go on a part that they began: Thai that follows an
/// address without a space is text.
fn path(text: &str) -> usize {
    let mut fresh = true;
    let mut foreign = false;
    for (at, c) in text.char_indices() {
        if c.is_ascii() {
            if !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | '`' | '\\' | '{' | '}' | '|') {
                return at;
            }
            if matches!(c, '/' | '?' | '#' | '&' | '=' | '+' | '-' | '_' | '(' | '%' | ',') {
                (fresh, foreign) = (true, false);
            } else if !matches!(c, '.' | ':' | '~') {
                fresh = false;
            }
            continue;
        }
        if !(c.is_alphanumeric() || crate::text::slug::is_mark(c)) || !(fresh || foreign) {
            return at;
        }
        (fresh, foreign) = (false, true);
    }
    text.len()
}

/// An e-mail address around an `@`.
fn mail(text: &str, at: usize) -> Option<Found> {
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
    let start = at - text.as_bytes()[..at].iter().rev().take_while(|b| local(b)).count();
    let domain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let mut end = at + 1 + text.as_bytes()[at + 1..].iter().take_while(|b| domain(b)).count();
    while text.as_bytes()[end - 1] == b'.' {
        end -= 1;
    }
    let host = text.get(at + 1..end)?;
    let valid = start < at && host.contains('.') && !host.starts_with('.') && !host.ends_with(['-', '_']);
    let part_of_address = text[..start].ends_with(['/', ':', '@']) || text[end..].starts_with('/');
    (valid && !part_of_address).then_some(Found { start, end, prefix: "mailto:" })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = find(text).map_or("", |f| &text[f.start..f.end]);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn addresses_are_whole_and_end_before_the_sentence() {
        for (text, expected) in [
            ("ดูที่ (https://a.go.th/x?y=1).ต่อ", "https://a.go.th/x?y=1"),
            ("https://obec.go.thข้อความ", "https://obec.go.th"),
            ("https://th.wikipedia.org/wiki/ประเทศไทย แล้ว", "https://th.wikipedia.org/wiki/ประเทศไทย"),
            ("https://a.th/?q=ก&b=2", "https://a.th/?q=ก&b=2"),
            ("https://a.th/ไฟล์.pdf", "https://a.th/ไฟล์.pdf"),
            ("https://a.th/xข้อความ", "https://a.th/x"),
            ("https://example.org/docs（说明）", "https://example.org/docs"),
            ("https://example.org/a。", "https://example.org/a"),
            ("(https://example.org/wiki/Foo_(bar)) จบ", "https://example.org/wiki/Foo_(bar)"),
            ("HTTPS://EXAMPLE.ORG/X", "HTTPS://EXAMPLE.ORG/X"),
            ("ดู www.obec.go.th นะ", "www.obec.go.th"),
            ("ส่ง kru.a@obec.go.th.", "kru.a@obec.go.th"),
            ("www.google.com/search?q=a&hl;", "www.google.com/search?q=a"),
            ("xhttp:// http www. a@b @x x@", ""),
        ] {
            check(text, expected);
        }
    }
}
