//! Pages at old addresses that lead to the new ones.

use crate::markdown::{clean_href, escape_attr, escape_text};
use crate::model::Value;
use crate::site::Site;

/// A page per alias.
pub(super) fn files(site: &Site) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    for entry in &site.public.entries {
        for alias in &entry.aliases {
            let Value::Text(alias) = &alias.value else {
                continue;
            };
            let Some(path) = address(alias) else { continue };
            let root = "../".repeat(path.matches('/').count());
            let target = clean_href(&format!("{root}{}", entry.path())).into_owned();
            out.push((path, page(entry.lang.code(), &entry.title, &target).into_bytes()));
        }
    }
    out
}

/// File of an alias: folders get an `index.html`, names without an ending `.html`.
fn address(alias: &str) -> Option<String> {
    let alias = alias.trim().trim_start_matches('/');
    let name = alias.rsplit('/').next().unwrap_or(alias);
    let path = if alias.is_empty() || alias.ends_with('/') {
        format!("{alias}index.html")
    } else if name.contains('.') {
        alias.to_owned()
    } else {
        format!("{alias}.html")
    };
    crate::output::check_path(&path).is_ok().then_some(path)
}

fn page(lang: &str, title: &str, target: &str) -> String {
    let mut out = format!("<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'\">\n");
    out.push_str("<meta http-equiv=\"refresh\" content=\"0; url=");
    escape_attr(target, &mut out);
    out.push_str("\">\n<meta name=\"robots\" content=\"noindex\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<link rel=\"canonical\" href=\"");
    escape_attr(target, &mut out);
    out.push_str("\">\n<title>");
    escape_text(title, &mut out);
    out.push_str("</title>\n</head>\n<body>\n<main>\n<h1>");
    escape_text(title, &mut out);
    out.push_str("</h1>\n<p><a href=\"");
    escape_attr(target, &mut out);
    out.push_str("\">");
    escape_text(title, &mut out);
    out.push_str("</a></p>\n</main>\n</body>\n</html>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn aliases_become_files() {
        assert_eq!(address("/old/").as_deref(), Some("old/index.html"));
        assert_eq!(address("old/page").as_deref(), Some("old/page.html"));
        assert_eq!(address("old/page.php").as_deref(), Some("old/page.php"));
        assert_eq!(address("../x"), None);
    }
}
