//! Ids and addresses: what they may look like.

use crate::text::chars;

/// Whether a text is an id: `a–z 0–9 - _ .`, starting with a letter or digit, at most 80 characters, and no name
/// that Windows reserves for devices.
pub(crate) fn is_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    !bytes.is_empty()
        && bytes.len() <= 80
        && bytes[0].is_ascii_alphanumeric()
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.'))
        && !text.ends_with('.')
        && !text.contains("..")
        && !is_reserved_name(text)
}

/// File names that Windows cannot hold, and the names of list pages.
fn is_reserved_name(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or(text);
    matches!(stem, "con" | "prn" | "aux" | "nul" | "index" | "compare")
        || (stem.len() == 4
            && (stem.starts_with("com") || stem.starts_with("lpt"))
            && stem.as_bytes()[3].is_ascii_digit())
}

/// A safe path part for a file name that is not an id: lower case, other characters become `-`; a name without
/// any usable character becomes a short hash of itself, so that it stays the same in every build.
pub(crate) fn path_part(name: &str) -> String {
    let mut out = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' | '_' | '.' => out.push(c),
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
    }
    let out = out.trim_matches(['-', '.']).replace("..", ".");
    let lost = name.chars().filter(|c| !c.is_ascii()).count();
    if out.is_empty() || lost > 0 || out.len() > 80 || is_reserved_name(&out) {
        let hash = blake3::hash(name.as_bytes()).to_hex();
        let head: String = out.chars().take(40).collect();
        return if head.is_empty() { format!("p-{}", &hash[..8]) } else { format!("{head}-{}", &hash[..8]) };
    }
    out
}

/// The id to offer for a name that is none: Thai letters are spelled in Latin ones.
pub(crate) fn suggested(name: &str) -> String {
    let spelled = crate::text::slug::suggest_id(name);
    if is_id(&spelled) { spelled } else { path_part(name) }
}

/// Whether the name of a file, or of a folder that it lies in, says that it is internal: `plan.internal.pdf`, `x.internal/`.
pub(crate) fn is_internal_path(path: &str) -> bool {
    path.split('/').any(|name| {
        let name = plain_name(name);
        name.contains(".internal.") || name.ends_with(".internal")
    })
}

/// A name without what people do not see or do not mind in it: case, spaces, invisible and wide characters.
pub(crate) fn plain_name(name: &str) -> String {
    let seen = name.chars().map(chars::narrow).filter(|c| !c.is_whitespace() && !c.is_control());
    seen.filter(|c| !chars::is_invisible(*c) && !chars::steers(*c)).flat_map(char::to_lowercase).collect()
}

/// Where a file of the content folder is published. A character that a memory stick or Windows cannot hold in a name
/// becomes `-`.
pub(crate) fn media_address(path: &str) -> String {
    let bad = |c: char| c.is_control() || "\\:*?\"<>|".contains(c);
    format!("media/{}", path.replace(bad, "-"))
}

/// The file that an alias becomes: a folder (`old/`) gets an `index.html`, a name without an ending `.html`; `None` where
/// it is no path inside the site.
pub(crate) fn alias_path(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('/');
    let safe = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c) || (!c.is_ascii() && c.is_alphanumeric());
    if text.is_empty() || !text.chars().all(safe) || text.split('/').any(|p| p.starts_with('.')) {
        return None;
    }
    let path = join("", text)?;
    let name = path.rsplit('/').next().unwrap_or(&path);
    Some(if text.ends_with('/') {
        format!("{path}/index.html")
    } else if name.contains('.') {
        path
    } else {
        format!("{path}.html")
    })
}

/// Whether a file is a list of plain pages in their order, and no page.
pub(crate) fn is_summary(path: &str) -> bool {
    path.rsplit('/').next() == Some("SUMMARY.md")
}

/// Resolves `relative` against the folder of `from` (both with `/`); `None` where it would leave the root.
pub(crate) fn join(from: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = if relative.starts_with('/') { Vec::new() } else { from.split('/').collect() };
    if !relative.starts_with('/') {
        parts.pop();
    }
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_and_portable() {
        assert!(is_id("nw-001") && is_id("aar-2565.1"));
        for bad in ["", "NW-1", "-a", "a/b", "../a", "con", "com1", "index", "ก", "a..b", "a."] {
            assert!(!is_id(bad), "{bad}");
        }
    }

    #[test]
    fn internal_names_are_seen_however_they_are_written() {
        for name in ["a.internal.md", "A.Internal.PDF", "x.internal/a.md", "a.inter\u{200b}nal.md", "a．internal．md"]
        {
            assert!(is_internal_path(name), "{name}");
        }
        for name in ["a .internal .md", "a.ｉnternal.txt", "x.internal", "x.internal /a"] {
            assert!(is_internal_path(name), "{name}");
        }
        assert!(!is_internal_path("a-internal.md") && !is_internal_path("internal/a.md"));
    }

    #[test]
    fn file_names_become_stable_parts() {
        assert_eq!(path_part("Getting Started"), "getting-started");
        assert_eq!(path_part("บทที่ ๑"), path_part("บทที่ ๑"));
        assert_ne!(path_part("บทที่ ๑"), path_part("บทที่ ๒"));
        assert!(is_id(&path_part("บทที่ ๑")) && is_id(&path_part("index")));
    }

    #[test]
    fn aliases_become_files() {
        assert_eq!(alias_path("/old/").as_deref(), Some("old/index.html"));
        assert_eq!(alias_path("old/page").as_deref(), Some("old/page.html"));
        assert_eq!(alias_path("old/page.php").as_deref(), Some("old/page.php"));
        assert_eq!(alias_path("../x"), None);
    }

    #[test]
    fn paths_do_not_leave_the_root() {
        assert_eq!(join("a/b.md", "../c/d.md").as_deref(), Some("c/d.md"));
        assert_eq!(join("a/b.md", "./x.png").as_deref(), Some("a/x.png"));
        assert_eq!(join("b.md", "../x"), None);
    }
}
