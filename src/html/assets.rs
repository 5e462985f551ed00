//! Static files of the theme under names that hold a hash of their content.
//!
//! `css/main.css` becomes `assets/main.1a2b3c4d.css`; `url(…)` in style sheets follows. A file may
//! so be cached for ever, and two versions of a site never mix.
//!
//! A style sheet whose name starts with `_` is a part: `@import "_part.css";` puts it in place, and it is not published
//! by itself. A page so loads one file, and people read and replace short ones.
//!
//! Where `theme.toml` says `minify`, scripts and sheets lose comments and spaces on the way.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::theme::minify;

/// Static files by their path in the theme, and where they are published.
#[derive(Debug, Default)]
pub(crate) struct Assets {
    /// Path in the theme → address in the site.
    pub addresses: BTreeMap<String, String>,
    /// Address in the site → bytes.
    pub files: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Assets {
    /// Names all files by their content. Style sheets come last: their content names the others.
    #[must_use]
    pub(crate) fn build(files: &BTreeMap<String, Cow<'static, [u8]>>, minified: bool) -> Self {
        let mut assets = Assets::default();
        for (path, bytes) in files.iter().filter(|(path, _)| !is_css(path) && is_published(path)) {
            let script = std::str::from_utf8(bytes).ok().filter(|_| minified && path.ends_with(".js"));
            assets.add(path, script.map_or_else(|| bytes.clone(), |text| minify::script(text).into_bytes().into()));
        }
        let mut left: Vec<&String> = files.keys().filter(|p| is_css(p) && !is_part(p)).collect();
        while !left.is_empty() {
            // A sheet that imports others waits for them; a circle is broken at the first sheet.
            let ready = left.iter().position(|path| {
                let sheets = imports(path, &files[*path]);
                !sheets.iter().any(|s| left.contains(&s) && s != *path)
            });
            let path = left.remove(ready.unwrap_or(0));
            let text = sheet(path, files, &assets.addresses, &mut Vec::new());
            let text = if minified { minify::style(&text) } else { text };
            assets.add(path, Cow::Owned(text.into_bytes()));
        }
        assets
    }

    /// A style sheet to stand in a page whose place nobody knows. `root` is the way to the site, where there is one;
    /// without it the sheet asks for no file: fonts are those of the reader's system.
    #[must_use]
    pub(crate) fn inline(&self, path: &str, root: Option<&str>) -> String {
        let sheet = self.addresses.get(path).and_then(|address| self.files.get(address));
        let css = sheet.map_or(Cow::Borrowed(""), |bytes| String::from_utf8_lossy(bytes));
        let mut out = String::with_capacity(css.len());
        let mut from = 0;
        for (start, end) in urls(&css).into_iter().filter(|(start, end)| !css[*start..*end].contains(':')) {
            out.push_str(&css[from..start]);
            from = start;
            match root {
                Some(root) => out.push_str(&format!("{root}assets/")),
                None => {
                    out.push_str("data:,");
                    from = end;
                }
            }
        }
        out.push_str(&css[from..]);
        if root.is_none() {
            out = without_fonts(&out);
        }
        // Nothing in a sheet ends the element that it stands in.
        out.replace("</", "<\\/")
    }

    fn add(&mut self, path: &str, bytes: Cow<'static, [u8]>) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let hash = &blake3::hash(&bytes).to_hex()[..8];
        let dot = if ending.is_empty() { "" } else { "." };
        let address = format!("assets/{stem}.{hash}{dot}{ending}");
        self.addresses.insert(path.to_owned(), address.clone());
        self.files.insert(address, bytes);
    }
}

/// A sheet without its `@font-face` rules.
fn without_fonts(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, rule)) = rest.split_once("@font-face") {
        out.push_str(before);
        rest = rule.split_once('}').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

fn is_css(path: &str) -> bool {
    path.ends_with(".css")
}

fn is_part(path: &str) -> bool {
    is_css(path) && path.rsplit('/').next().is_some_and(|name| name.starts_with('_'))
}

fn is_published(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !name.starts_with('.') && name != "SHA256SUMS" && name != "README.md"
}

fn imports(path: &str, bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    urls(&text).iter().filter_map(|(from, to)| resolve(path, &text[*from..*to])).filter(|p| is_css(p)).collect()
}

/// Byte ranges of the addresses in `url(…)`, without quotes.
fn urls(css: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = css[from..].find("url(") {
        let start = from + at + 4;
        let Some(length) = css[start..].find(')') else {
            break;
        };
        let inner = &css[start..start + length];
        let trimmed = inner.trim().trim_matches(['"', '\'']);
        let offset = inner.find(trimmed).unwrap_or(0);
        found.push((start + offset, start + offset + trimmed.len()));
        from = start + length;
    }
    found
}

/// A style sheet as it is published: addresses follow, parts are in place. `open` holds the sheets around it, so that
/// a part that imports itself ends.
fn sheet<'a>(
    path: &'a str,
    files: &'a BTreeMap<String, Cow<'static, [u8]>>,
    addresses: &BTreeMap<String, String>,
    open: &mut Vec<&'a str>,
) -> String {
    open.push(path);
    let text = rewrite(path, &String::from_utf8_lossy(&files[path]), addresses);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("@import \"") {
        out.push_str(before);
        let Some((name, after)) = after.split_once("\";") else {
            out.push_str("@import \"");
            rest = after;
            continue;
        };
        let part = resolve(path, name).and_then(|p| files.get_key_value(&p)).map(|(p, _)| p.as_str());
        match part.filter(|part| is_part(part) && !open.contains(part)) {
            Some(part) => out.push_str(sheet(part, files, addresses, open).trim_end()),
            None => out.push_str(&format!("@import \"{name}\";")),
        }
        rest = after;
    }
    out.push_str(rest);
    open.pop();
    out
}

fn rewrite(path: &str, css: &str, addresses: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(css.len() + 256);
    let mut from = 0;
    for (start, end) in urls(css) {
        let Some(address) = resolve(path, &css[start..end]).and_then(|p| addresses.get(&p)) else {
            continue;
        };
        out.push_str(&css[from..start]);
        // Everything lies in one folder: the name alone is the way.
        out.push_str(address.strip_prefix("assets/").unwrap_or(address));
        from = end;
    }
    out.push_str(&css[from..]);
    out
}

/// Path in the theme of an address written in a style sheet.
fn resolve(sheet: &str, url: &str) -> Option<String> {
    if url.is_empty() || url.contains(':') || url.starts_with(['/', '#']) {
        return None;
    }
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let mut steps: Vec<&str> = sheet.split('/').collect();
    steps.pop();
    for step in url.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_name_hashed_files() {
        let file = |text: &'static str| Cow::Borrowed(text.as_bytes());
        let files = BTreeMap::from([
            ("css/main.css".to_owned(), file("@font-face{src:url(\"../fonts/a.woff2\")} a{b:url(data:x)}")),
            ("css/all.css".to_owned(), file("@import url(main.css);")),
            ("css/_part.css".to_owned(), file("b{c:url(../fonts/a.woff2)} @import \"_part.css\";\n")),
            ("css/whole.css".to_owned(), file("/* all */ @import \"_part.css\"; @import \"_none.css\"; d{}")),
            ("fonts/a.woff2".to_owned(), file("font")),
            ("fonts/README.md".to_owned(), file("x")),
        ]);
        let assets = Assets::build(&files, false);
        let font = assets.addresses["fonts/a.woff2"].strip_prefix("assets/").unwrap();
        let text = |path: &str| String::from_utf8(assets.files[&assets.addresses[path]].to_vec()).unwrap();
        assert_eq!(text("css/main.css"), format!("@font-face{{src:url(\"{font}\")}} a{{b:url(data:x)}}"));
        let main = assets.addresses["css/main.css"].strip_prefix("assets/").unwrap();
        assert_eq!(text("css/all.css"), format!("@import url({main});"));
        let whole = format!("/* all */ b{{c:url({font})}} @import \"_part.css\"; @import \"_none.css\"; d{{}}");
        assert_eq!(text("css/whole.css"), whole);
        let named = format!("@font-face{{src:url(\"/x/assets/{font}\")}} a{{b:url(data:x)}}");
        assert_eq!(assets.inline("css/main.css", Some("/x/")), named);
        assert_eq!(assets.inline("css/main.css", None), " a{b:url(data:x)}");
        assert_eq!(assets.inline("css/none.css", None), "");
        assert!(!assets.addresses.contains_key("css/_part.css"));
        assert_eq!(assets.files.len(), 4);
        assert!(font.starts_with("a.") && font.ends_with(".woff2") && font.len() == "a.12345678.woff2".len());
    }
}
