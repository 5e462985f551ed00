//! Settings of other programs that say which files of a folder are not published. Sala does not read them: that is
//! told, so that nobody relies on them.

use super::files::Reader;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::Span;
use crate::text::pattern::constant;
use std::collections::BTreeSet;

/// Names of such files, and what in them holds something back.
const FILES: [(&[&str], &str); 10] = [
    (&["mkdocs.yml", "mkdocs.yaml"], r"(?m)^(exclude_docs|draft_docs|not_in_nav):"),
    (&[".pages", ".nav.yml"], r"(?m)^(hide|exclude|ignore):"),
    (&["_quarto.yml", "_quarto.yaml"], r"(?m)^[ \t]*(render):"),
    (&["_config.yml", "_config.yaml"], r"(?m)^(exclude):"),
    (
        &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "zola.toml"],
        r#"(?mi)^[ \t]*["']?(ignoreFiles|excludeFiles|ignored_content)"#,
    ),
    (&["conf.py"], r"(?m)^(exclude_patterns)[ \t]*="),
    (
        &["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs", ".vitepress/config.js"],
        r"(?m)(?-u:\b)(exclude|srcExclude)[ \t]*:",
    ),
    (&[".vitepress/config.ts", ".vitepress/config.mts", ".vitepress/config.mjs"], r"(?-u:\b)(srcExclude)[ \t]*:"),
    (&[".obsidian/app.json"], "(userIgnoreFilters)"),
    (&[".eleventyignore", ".docsignore", ".mintignore", ".bookignore", ".publishignore"], r"(?m)^([^#\s][^\n]*)"),
];
/// Attributes of Git: what is left out of an archive.
const ATTRIBUTES: &str = r"(?m)^([^#\n]*export-ignore)";

/// Tells each such file beside or above pages; `pages` are their paths.
pub(super) fn tell<'a>(reader: &Reader<'_>, pages: impl Iterator<Item = &'a str>, found: &mut Vec<Diagnostic>) {
    let mut folders = BTreeSet::from([""]);
    folders.extend(pages.flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..=at])));
    for folder in folders {
        // In the portal's own folder attributes of Git are about its other files.
        let attributes: &[(&[&str], &str)] = if folder.is_empty() { &[] } else { &[(&[".gitattributes"], ATTRIBUTES)] };
        for (names, pattern) in FILES.iter().chain(attributes) {
            for path in names.iter().map(|name| format!("{folder}{name}")) {
                if reader.root.join(&path).symlink_metadata().is_err() {
                    continue;
                }
                let Some(source) = reader.text(&path, &mut Vec::new()) else { continue };
                let Some(key) = constant(pattern).captures(&source.text).and_then(|found| found.get(1)) else {
                    continue;
                };
                let (th, en) = (
                    format!("“{}” บอกว่าไฟล์ใดไม่เผยแพร่ในโปรแกรมอื่น แต่ Sala ไม่อ่าน", key.as_str()),
                    format!("`{}` says what another program does not publish; Sala does not read it", key.as_str()),
                );
                let span = Span::new(key.start(), key.end());
                found.push(
                    Diagnostic::at(Code::BadVisibility, &source, span, th, en).severity(Severity::Warning).hint(
                        "เขียน visibility = \"internal\" ในหน้าที่ไม่เผยแพร่ หรือตั้งชื่อเป็น NAME.internal.md แล้วลบบรรทัดนี้",
                        "write visibility = \"internal\" in those pages or name them NAME.internal.md, and take this line out",
                    ),
                );
            }
        }
    }
}
