//! What a drawing holds and does not draw: hidden layers, remarks in styles, data of drawing programs. It is taken out.

use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::pattern::constant;

static DATA: LazyLock<Regex> = LazyLock::new(|| constant(r#"\sdata-[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*')"#));
static REMARK: LazyLock<Regex> = LazyLock::new(|| constant(r"(?s)/\*.*?\*/"));
static NAMED: LazyLock<Regex> = LazyLock::new(|| constant(r##"#([^"'\s)]+)"##));
static HIDING: LazyLock<Regex> = LazyLock::new(|| constant(r#"\s(display|visibility|style)\s*=\s*("[^"]*"|'[^']*')"#));
static ID: LazyLock<Regex> = LazyLock::new(|| constant(r#"\sid\s*=\s*["']([^"']+)["']"#));

/// A hidden element that is being passed.
struct Hidden {
    /// Where the text stood before it.
    start: usize,
    /// Elements that are open in it, itself among them.
    depth: usize,
}

/// The drawing, as the filter has written it, without what it does not show. Shapes of a hidden element that others name
/// stay, without their words.
pub(super) fn without(text: &str) -> String {
    let named: HashSet<&str> = NAMED.captures_iter(text).filter_map(|c| Some(c.get(1)?.as_str())).collect();
    let is_named = |raw: &str| ID.captures_iter(raw).any(|id| named.contains(&id[1]));
    let mut out = String::with_capacity(text.len());
    let (mut hidden, mut style, mut from): (Option<Hidden>, bool, usize) = (None, false, 0);
    while from < text.len() {
        let raw = piece(&text[from..]);
        from += raw.len();
        let tag = raw.starts_with('<') && !raw.starts_with("<!") && !raw.starts_with("<?");
        if tag && raw.starts_with("</") {
            style = false;
            out.push_str(raw);
            if let Some(open) = &mut hidden {
                open.depth -= 1;
                if open.depth == 0 {
                    if !is_named(&out[open.start..]) {
                        out.truncate(open.start);
                    }
                    hidden = None;
                }
            }
        } else if tag {
            let opens = !raw.ends_with("/>");
            style = opens && raw.starts_with("<style");
            match &mut hidden {
                Some(hidden) => hidden.depth += usize::from(opens),
                None if !is_hidden(raw) => {}
                None if opens => hidden = Some(Hidden { start: out.len(), depth: 1 }),
                None if !is_named(raw) => continue,
                None => {}
            }
            out.push_str(&DATA.replace_all(raw, ""));
        } else if style {
            out.push_str(&REMARK.replace_all(raw, ""));
        } else if hidden.is_none() {
            out.push_str(raw);
        }
    }
    out
}

/// The first tag or text of some XML.
fn piece(text: &str) -> &str {
    let until = |mark: &str| text.find(mark).map_or(text.len(), |at| at + mark.len());
    let end = match text {
        _ if text.starts_with("<!--") => until("-->"),
        _ if text.starts_with("<![CDATA[") => until("]]>"),
        _ if text.starts_with("<?") => until("?>"),
        _ if text.starts_with('<') => {
            let mut quote = None;
            let end = text.bytes().position(|b| match (quote, b) {
                (None, b'"' | b'\'') => {
                    quote = Some(b);
                    false
                }
                (Some(open), b) if open == b => {
                    quote = None;
                    false
                }
                (quote, b) => quote.is_none() && b == b'>',
            });
            end.map_or(text.len(), |end| end + 1)
        }
        _ => text.find('<').unwrap_or(text.len()),
    };
    &text[..end]
}

/// Whether an element is drawn nowhere: `display="none"`, `visibility="hidden"`, as attributes or in its style.
fn is_hidden(tag: &str) -> bool {
    HIDING.captures_iter(tag).any(|found| {
        let value = found[2].trim_matches(['"', '\'']).to_lowercase();
        let plain: String = REMARK.replace_all(&value, "").chars().filter(|c| !c.is_whitespace()).collect();
        match &found[1] {
            "display" => plain == "none",
            "visibility" => plain == "hidden" || plain == "collapse",
            _ => plain.split(';').any(|rule| {
                ["display:none", "visibility:hidden", "visibility:collapse"].iter().any(|hides| rule.starts_with(hides))
            }),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn what_is_not_drawn_goes() {
        for inside in [
            "<g display=\"none\"><text>SECRET</text><g><text>SECRET</text></g></g>",
            "<g style=\"fill:red; display : none\"><text>SECRET</text></g>",
            "<text visibility=\"hidden\">SECRET</text>",
            "<text display=\"none\" aria-label=\"SECRET\"/>",
            "<g data-name=\"SECRET\"/>",
            "<style>.a{fill:red}/* SECRET */</style>",
            "<g display=\"none\"><path id=\"p\" d=\"M0 0\"/><text>SECRET</text></g><use href=\"#p\"/>",
        ] {
            let text = format!("<svg><rect id=\"r\"/>{inside}<path d=\"M1 1\"/></svg>");
            let out = without(&text);
            assert!(!out.contains("SECRET") && out.contains("M1 1") && out.contains("id=\"r\""), "{text}: {out}");
            assert_eq!(out.contains("M0 0"), inside.contains("#p"), "{out}");
        }
        let shown = "<svg><text display=\"inline\">a</text><style>.a{fill:red}</style><g opacity=\"0.5\"/></svg>";
        assert_eq!(without(shown), shown);
    }
}
