//! Settings of other programs that say which files of a folder are not published. Sala does not read them: that is
//! told, so that nobody relies on them.

use super::files::Reader;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::Span;
use crate::text::pattern::constant;
use std::collections::BTreeSet;

/// Names of such files; `*` stands for any ending.
const SETTINGS: [&str; 34] = [
    "mkdocs.*",
    "properdocs.*",
    ".pages",
    ".nav.yml",
    "_quarto.*",
    "_config.*",
    "hugo.*",
    "config.toml",
    "config.yaml",
    "config.yml",
    "zola.toml",
    "conf.py",
    "pelicanconf.py",
    "publishconf.py",
    "docusaurus.config.*",
    ".vitepress/config.*",
    "astro.config.*",
    "content.config.*",
    "src/content/config.*",
    ".eleventy.*",
    "eleventy.config.*",
    "gatsby-config.*",
    "nuxt.config.*",
    "next.config.*",
    "antora.yml",
    "book.toml",
    "mint.json",
    "docs.json",
    "myst.yml",
    "_toc.yml",
    "_bookdown.yml",
    "_site.yml",
    ".obsidian/app.json",
    ".obsidian/publish.json",
];
/// Keys of theirs that leave something out, as far as the programs that use these files have any.
const LEAVES_OUT: &str = concat!(
    r"(?mi)^[^#\n]*?(?-u:\b)(",
    r"(?:src|user|static_?)?(?:exclude|ignore)(?:s|d|_docs|_patterns|_content|files|filters|globs?|s\.add)?",
    r"|(?:draft_docs|drafts?|draft-mode|not_in_nav|render|cascade|unlisted|hidden|hide|unpublished|published|private|permalink|visibility)",
    r")[\x22']?[ \t]*(?:[:=+(]|\]\])",
);
/// Those of Jekyll's settings.
const JEKYLL: &str = r"(?m)^(exclude|unpublished|show_drafts):";
/// Lists of files that are left out, a line each.
const LISTS: [&str; 5] = [".eleventyignore", ".docsignore", ".mintignore", ".bookignore", ".publishignore"];
const LINE: &str = r"(?m)^([^#\s][^\n]*)";
/// Attributes of Git: what is left out of an archive.
const ATTRIBUTES: &str = r"(?m)^([^#\n]*export-ignore)";

/// Tells each such file beside or above pages; `pages` are their paths.
pub(super) fn tell<'a>(reader: &Reader<'_>, pages: impl Iterator<Item = &'a str>, found: &mut Vec<Diagnostic>) {
    let mut folders = BTreeSet::from([""]);
    folders.extend(pages.flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..=at])));
    for folder in folders {
        let own = std::fs::read_dir(reader.root.join(folder)).into_iter().flatten().flatten();
        let mut names: Vec<String> = own.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        let within = SETTINGS.iter().filter_map(|name| name.rsplit_once('/')).map(|(folder, _)| folder);
        for below in within.collect::<BTreeSet<_>>() {
            let list = std::fs::read_dir(reader.root.join(folder).join(below)).into_iter().flatten().flatten();
            names.extend(list.filter_map(|entry| Some(format!("{below}/{}", entry.file_name().to_str()?))));
        }
        names.sort_unstable();
        for name in names {
            let is_setting = SETTINGS.iter().any(|known| match known.strip_suffix('*') {
                Some(start) => name.starts_with(start) && !name.ends_with(".md"),
                None => name == *known,
            });
            let pattern = match &*name {
                // In the portal's own folder attributes of Git are about its other files.
                ".gitattributes" if !folder.is_empty() => ATTRIBUTES,
                list if LISTS.contains(&list) => LINE,
                // Its `defaults` are read (`folder_data`).
                "_config.yml" | "_config.yaml" => JEKYLL,
                _ if is_setting => LEAVES_OUT,
                _ => continue,
            };
            let Some(source) = reader.text(&format!("{folder}{name}"), &mut Vec::new()) else { continue };
            let Some(key) = constant(pattern).captures(&source.text).and_then(|found| found.get(1)) else {
                continue;
            };
            let (th, en) = (
                format!("“{}” บอกว่าไฟล์ใดไม่เผยแพร่ในโปรแกรมอื่น แต่ Sala ไม่อ่าน", key.as_str()),
                format!("`{}` says what another program does not publish; Sala does not read it", key.as_str()),
            );
            let span = Span::new(key.start(), key.end());
            found.push(Diagnostic::at(Code::BadVisibility, &source, span, th, en).severity(Severity::Warning).hint(
                "เขียน visibility = \"internal\" ในหน้าที่ไม่เผยแพร่ หรือตั้งชื่อเป็น NAME.internal.md แล้วลบบรรทัดนี้",
                "write visibility = \"internal\" in those pages or name them NAME.internal.md, and take this line out",
            ));
        }
    }
}
