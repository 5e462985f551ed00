//! Folders of plain Markdown as other tools have them: every page is found, in order, and nothing stops them.

use crate::fixture::{Portal, files};
use std::collections::{BTreeMap, BTreeSet};

/// Builds a folder as the content of a new portal; no finding may stop it.
fn built(pages: &[(&str, &str)]) -> (BTreeMap<String, String>, String) {
    let portal = Portal::empty().file("portal.toml", "title = \"Docs\"\nlanguages = [\"en\"]\n");
    pages.iter().for_each(|(path, text)| portal.write(&format!("content/{path}"), text));
    let told = portal.run("check --lang en");
    assert!(told.ends_with("exit 0\n"), "{told}");
    portal.done("build");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (files(&portal.path("public")).into_iter().map(|(path, bytes)| (path, text(bytes))).collect(), told)
}

/// Pages that are reached from the home page by links.
fn reached(site: &BTreeMap<String, String>) -> BTreeSet<String> {
    let href = regex::Regex::new("href=\"([^\"#?]+)").expect("a pattern");
    let mut found = BTreeSet::from(["index.html".to_owned()]);
    let mut open = vec!["index.html".to_owned()];
    while let Some(page) = open.pop() {
        for link in href.captures_iter(&site[&page]) {
            let link = percent_encoding::percent_decode_str(&link[1]).decode_utf8_lossy().into_owned();
            let path = joined(&page, &link);
            if path.ends_with(".html") && site.contains_key(&path) && found.insert(path.clone()) {
                open.push(path);
            }
        }
    }
    found
}

/// A link on a page of the site, from the root.
pub fn joined(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

pub fn all_reached(site: &BTreeMap<String, String>) {
    let found = reached(site);
    // Sala's own pages, and old addresses, are no content.
    let own = |path: &str| path == "404.html" || path.starts_with("old/");
    let pages = site.keys().filter(|path| path.ends_with(".html") && !own(path));
    let lost: Vec<_> = pages.filter(|path| !found.contains(*path)).collect();
    assert!(lost.is_empty(), "not reachable: {lost:?}");
}

/// Titles in the tree of a page, in order.
fn tree(site: &BTreeMap<String, String>, page: &str) -> Vec<String> {
    let text = &site[page];
    let start = text.find("<nav class=\"tree\"").unwrap_or_else(|| panic!("{page} has no tree"));
    let nav = &text[start..start + text[start..].find("</nav>").expect("an end")];
    let item = regex::Regex::new(r"<(?:a|span)[^>]*>([^<]+)</(?:a|span)>").expect("a pattern");
    item.captures_iter(nav).map(|c| c[1].to_owned()).collect()
}

fn beside(site: &BTreeMap<String, String>, page: &str, rel: &str) -> String {
    let link = regex::Regex::new(&format!(r#"rel="{rel}" href="([^"]+)""#)).expect("a pattern");
    link.captures(&site[page]).map_or(String::new(), |c| c[1].to_owned())
}

#[test]
fn folders_are_a_tree() {
    let (site, _) = built(&[
        ("01-start.md", "# Start\n"),
        ("guide/b.md", "---\nweight: 2\n---\n\n# B\n"),
        ("guide/a.md", "---\nweight: 10\n---\n\n# A\n"),
        ("guide/deep/c.md", "Only text.\n"),
        ("ref/README.md", "# Reference\n"),
    ]);
    all_reached(&site);
    assert_eq!(tree(&site, "guide/b.html"), ["Start", "Guide", "B", "A", "Deep", "Reference"]);
    assert_eq!(beside(&site, "guide/b.html", "next"), "../guide/a.html");
    assert_eq!(beside(&site, "guide/b.html", "prev"), "../guide/index.html");
    assert!(site["guide/index.html"].contains("href=\"../guide/deep/index.html\""), "a folder page is made");
    assert!(site["guide/deep/c.html"].contains("<a href=\"../../guide/index.html\">Guide</a>"), "crumbs");
    assert!(site["guide/deep/c.html"].contains("<h1>c</h1>"), "the file name is the title");
    assert!(site["guide/b.html"].contains("aria-current=\"page\">B</a>"));
}

#[test]
fn settings_give_the_order() {
    let portal = Portal::empty()
        .file(
            "portal.toml",
            "title = \"D\"\nlanguages = [\"en\"]\nnav = [\"z.md\", { title = \"More\", pages = [\"a.md\", \"nowhere.md\"] }]\n",
        )
        .file("content/a.md", "# A\n")
        .file("content/m.md", "# M\n")
        .file("content/z.md", "# Z\n");
    portal.done("build");
    let site = BTreeMap::from([("z.html".to_owned(), portal.read("public/z.html").expect("a page"))]);
    assert_eq!(tree(&site, "z.html"), ["Z", "More", "A", "M"]);
}

#[test]
fn a_book_of_mdbook() {
    let (site, _) = built(&[
        (
            "SUMMARY.md",
            "# Summary\n\n[Foreword](foreword.md)\n\n- [One](ch01.md)\n  - [Inside `x`](ch01-01.md)\n- [Draft]()\n- [Zero](a.md)\n",
        ),
        ("foreword.md", "# Foreword\n"),
        ("a.md", "# Zero\n"),
        ("ch01.md", "# One\n\n[in](ch01-01.md)\n"),
        ("ch01-01.md", "## Inside\n"),
        ("loose.md", "# Loose\n"),
    ]);
    all_reached(&site);
    assert_eq!(tree(&site, "ch01.html"), ["Foreword", "One", "Inside x", "Zero", "Loose"]);
    assert_eq!(beside(&site, "ch01-01.html", "next"), "a.html");
    assert!(!site.contains_key("summary.html"));
}

#[test]
fn a_site_of_hugo() {
    let (site, told) = built(&[
        ("_index.md", "---\ntitle: Home\ncascade: {}\n---\n\nHello\n"),
        ("docs/_index.md", "---\ntitle: Documentation\nlinkTitle: Docs\nweight: 1\n---\n"),
        (
            "docs/b.md",
            "---\ntitle: B\ndescription: About B\ndate: 2024-01-02T10:00:00Z\nweight: 1\nkeywords: [x]\n---\n\n[a]({{< ref \"a\" >}})\n",
        ),
        (
            "docs/a.md",
            "+++\ntitle = \"A\"\nslug = \"first\"\ndraft = false\naliases = [\"/old/a/\",]\n+++\n\n[b](b.md)\n",
        ),
        ("docs/a2.md", "---\nlayout: x\nkind: article\npublished: true\n---\n\ntext\n"),
        ("docs/a3.md", "---\nlayout: x\n---\n\ntext\n"),
        ("docs/a4.md", "---\nlayout: x\n---\n\ntext\n"),
        ("docs/a5.md", "---\nlayout: x\n---\n\ntext\n"),
    ]);
    all_reached(&site);
    assert_eq!(tree(&site, "docs/b.html"), ["Docs", "B", "A", "a2", "a3", "a4", "a5"]);
    assert!(site["docs/b.html"].contains("content=\"About B\""));
    assert!(site["docs/first.html"].contains("href=\"../docs/b.html\""));
    assert!(site["old/a/index.html"].contains("docs/first.html"));
    assert_eq!(told.matches("`layout`").count(), 1, "one notice a key: {told}");
}

#[test]
fn a_site_of_mkdocs() {
    let (site, told) = built(&[
        ("index.md", "# Welcome\n\n[guide](guide/) and [install](guide/install.md#on-linux-bsd)\n"),
        ("README.md", "# Readme of the repository\n"),
        ("guide/index.md", "# Guide\n"),
        ("guide/install.md", "# Install\n\n## On Linux & BSD\n"),
        ("about.markdown", "# About\n"),
        ("_drafts/x.md", "# Not published\n"),
    ]);
    all_reached(&site);
    assert!(site["index.html"].contains("href=\"guide/index.html\"") && site.contains_key("readme.html"));
    assert!(site.contains_key("about.html") && !site.keys().any(|path| path.contains("drafts")));
    assert!(told.contains("S210") && !told.contains("S503"), "{told}");
}

#[test]
fn a_vault_of_obsidian() {
    let (site, told) = built(&[
        ("Start here.md", "---\naliases: [Other name]\n---\n\n[[Second note|the second]] and [[Other name]]\n"),
        ("Folder/Second note.md", "## Example\n\n[[Start here#Nothing]]\n"),
    ]);
    all_reached(&site);
    assert!(site["folder/second-note.html"].contains("<h1>Second note</h1>"), "the file name is the title");
    assert!(site["folder/second-note.html"].contains(">Example</h2>"), "the first heading stays in the text");
    assert!(site["start-here.html"].contains("href=\"folder/second-note.html\""));
    assert!(!told.contains("S408"), "{told}");
}

#[test]
fn what_is_wrong_on_a_plain_page_stops_nothing() {
    let (site, told) = built(&[
        ("a.md", "---\nupdated: 2024-01-02 10:00\nnames: 5\nid: \"No Id\"\n---\n\n# A\n"),
        ("Guide.md", "# Guide\n"),
        ("guide.md", "# guide\n"),
        ("only.fr.md", "# Seulement\n"),
    ]);
    all_reached(&site);
    assert!(site.contains_key("guide.html") && site.contains_key("guide-2.html") && site.contains_key("only.fr.html"));
    assert!(told.contains("S402"), "{told}");
}

#[test]
fn links_of_other_tools_lead_somewhere() {
    let (site, told) = built(&[
        (
            "docs/guide/a.md",
            "# A\n\n[root](/guide/b#top) [base](/en/docs/guide/b/) [beside](../b/) [case](B.MD) [pretty](/docs/guide/b)\n",
        ),
        ("docs/guide/b.md", "# B\n\n[yaml](x.yaml)\n"),
        ("docs/guide/x.yaml", "a: 1\n"),
    ]);
    all_reached(&site);
    for name in ["root", "base", "beside", "case", "pretty"] {
        let page = &site["docs/guide/a.html"];
        assert!(page.contains(&format!(">{name}</a>")), "{name}: {told}");
    }
    assert!(site["docs/guide/a.html"].contains("href=\"../../docs/guide/b.html#top\">root</a>"));
    assert!(told.contains("warning[S513]") && told.matches("[S513]").count() == 1, "{told}");
    assert!(told.contains("warning[S511]") && !site["docs/guide/b.html"].contains("x.yaml\""), "{told}");
}

#[test]
fn old_addresses_of_two_pages_are_no_error() {
    let (site, _) = built(&[
        ("a.md", "---\ntitle: A\naliases: [\n  /old/x/,\n]\n---\n"),
        ("b.md", "---\ntitle: B\naliases: [/old/x/, /sub/]\n---\n"),
        ("sub/c.md", "# C\n"),
    ]);
    assert!(site["old/x/index.html"].contains("a.html"));
    assert!(site["sub/index.html"].contains("<h1>Sub</h1>"), "a folder's page keeps its address");
}

#[test]
fn pages_that_another_tool_keeps_back_are_drafts() {
    let (site, told) = built(&[
        ("a.md", "---\npublish: true\n---\n\n# A\n\n{{< code-toggle >}}\ndraft = true\n{{< /code-toggle >}}\n"),
        ("b.md", "---\npublish: false\n---\n\n# B\n"),
    ]);
    assert!(site.contains_key("a.html") && !site.contains_key("b.html"));
    assert!(told.contains("`publish` makes this page a draft"), "{told}");
    assert!(site["a.html"].contains("<pre tabindex=\"0\"><code>draft = true"), "{}", site["a.html"]);
}

#[test]
fn a_heading_that_is_the_title_keeps_its_anchor() {
    let (site, told) = built(&[
        (
            "a.md",
            "# The title\n\n[up](#the-title)\n\n## `-sys` parts\n\n[x](#-sys-parts) [y](#own) [z](#late)\n\nText {#own .wide}\n\n### V { id=\"late\" }\n",
        ),
        ("b.md", "# B\n"),
    ]);
    let page = &site["a.html"];
    for id in ["the-title", "-sys-parts", "own", "late"] {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}: {page}");
    }
    assert!(!told.contains("S503") && !page.contains(".wide"), "{told}");
}

/// Comments of other programs are cut from plain pages and stop nothing; on a typed page they are errors (`leaks`).
#[test]
fn comments_of_other_programs_stop_no_plain_page() {
    let (site, told) = built(&[
        ("index.md", "# Home\n\n{/* SECRET one */}\n\nText %% SECRET two %% more.\n"),
        ("b.md", "# B\n\nText {# SECRET three #} here.\n"),
    ]);
    assert!(told.contains("warning[S509]: `%%` hides text in another program"), "{told}");
    assert!(site["index.html"].contains("Text") && site["b.html"].contains("Text"));
    let leaks: Vec<_> = site.iter().filter(|(_, text)| text.contains("SECRET")).map(|(path, _)| path).collect();
    assert!(leaks.is_empty(), "{leaks:?}");
}

/// What another program hides or shows on a condition is cut where its end is known; else the page is held back. Neither
/// stops the site.
#[test]
fn what_other_programs_hide_stops_no_plain_page() {
    let (site, told) = built(&[
        ("index.md", "# Home\n\n[a](a.md) [b](b.md) [c](c.md)\n"),
        ("a.md", "# A\n\nshown <b v-if=\"team\">SECRET</b> on\n\n<div class=\"x hide\">\n\nSECRET\n\n</div>\n\nend\n"),
        (
            "b.md",
            "# B\n\n<img v-if=\"x\" src=\"x.png\" alt=\"SECRET\"> text\n\n{#if team}\nSECRET\n{/if}\n\n<StaffOnly>SECRET</StaffOnly> end\n",
        ),
        ("c.md", "# SECRET\n\n<p v-show=\"team\">SECRET text\n"),
        ("d.md", "# SECRET\n\n<div v-if=\"a\"/>SECRET text\n"),
        ("e.md", "# SECRET\n\nText of the page.\n\n::: private\nSECRET\n:::\n"),
        ("f.md", "---\ndescription: \"x {# SECRET #}\"\n---\n\n# SECRET\n"),
        ("g.md", "# G\n\n<div v-if=\"a\"><div>SECRET</div> SECRET</div> after\n"),
    ]);
    let leaks: Vec<_> = site.iter().filter(|(_, text)| text.contains("SECRET")).map(|(path, _)| path).collect();
    assert!(leaks.is_empty(), "{leaks:?}");
    for (page, text) in [("a", "shown"), ("a", "end"), ("b", "text"), ("b", "end"), ("g", "after")] {
        assert!(site[&format!("{page}.html")].contains(text), "{page}: {told}");
    }
    for page in ["c", "d", "e", "f"] {
        assert!(!site.contains_key(&format!("{page}.html")), "{page}: {told}");
        assert!(told.contains(&format!("content/{page}.md:")), "{page}: {told}");
    }
    assert!(told.contains("the page is not published") && !told.contains("error["), "{told}");
}

/// Files of other programs that hold back the pages of a folder.
#[test]
fn data_of_a_folder_holds_its_pages_back() {
    let secret = "# SECRET\n\nSECRET text\n";
    let (site, told) = built(&[
        ("a/_metadata.yml", "draft: true\n"),
        ("b/b.11tydata.js", "module.exports = {\n  permalink: false,\n};\n"),
        ("c/c.json", "{ \"tags\": [\"x\"], \"draft\": true }"),
        ("e/.meta.yml", "title: x\ndraft: true\n"),
        ("_config.yml", "defaults:\n  - scope: { path: f }\n    values: { published: false }\n"),
        ("g/g.json", "{ \"layout\": \"x\", \"draft\": false }"),
        ("i/_metadata.yml", "audience: [internal]\n"),
        ("i/p.md", secret),
        ("j/_category_.json", "{ \"label\": \"x\", \"className\": \"menu hidden\" }"),
        ("j/p.md", secret),
        ("k/_category_.json", "{ \"label\": \"x\", \"link\": { \"type\": \"doc\", \"slug\": \"/internal\" } }"),
        ("k/p.md", "# K\n"),
        ("words/words.json", "[{ \"word\": \"draft\", \"meaning\": \"ร่าง\" }]"),
        ("words/p.md", "# Words\n"),
        ("map/map.json", "{ \"features\": [{ \"access\": \"private\" }] }"),
        ("map/p.md", "# Map\n"),
        ("menu/_category_.json", "{ \"label\": \"ภายใน\" }"),
        ("menu/p.md", "# Menu\n"),
        ("a/x/p.md", secret),
        ("b/p.md", secret),
        ("c/p.md", secret),
        ("e/p.md", secret),
        ("f/p.md", secret),
        ("a/open.md", "---\nvisibility: public\n---\n# Open\n"),
        ("g/p.md", "# Page\n"),
    ]);
    let leaks: Vec<_> = site.iter().filter(|(_, text)| text.contains("SECRET")).map(|(path, _)| path).collect();
    assert!(leaks.is_empty(), "{leaks:?}");
    assert!(site.contains_key("a/open.html") && site.contains_key("g/p.html"), "{told}");
    for open in ["words/p.html", "map/p.html", "menu/p.html", "k/p.html"] {
        assert!(site.contains_key(open), "{open}: {told}");
    }
    assert_eq!(told.matches("warning[S314]").count(), 7, "{told}");
    // A key that the page of a folder hands on is an error of that page, and holds all pages below it.
    let portal = Portal::empty()
        .file("portal.toml", "title = \"D\"\nlanguages = [\"en\"]\n[build]\nbroken = \"hold\"\n")
        .file("content/d/_index.md", "---\ntitle: SECRET\ncascade:\n  - build: { render: never }\n---\n")
        .file("content/d/p.md", secret)
        .file("content/h/_index.md", "---\ntitle: H\ncascade:\n  - target: { path: x }\n    draft: true\n---\n")
        .file("content/h/p.md", secret)
        .file("content/e.md", "# E\n");
    portal.run("build --lang en");
    assert!(portal.read("public/e.html").is_some());
    assert!(["d", "h"].iter().all(|folder| portal.read(&format!("public/{folder}/p.html")).is_none()));
}

/// Data of a folder that cannot be read may hold its pages back: they are held back, and it is an error.
#[test]
fn data_of_a_folder_that_cannot_be_read_holds_its_pages_back() {
    // A file of a Thai code page, and one that is too large.
    let large = format!("draft: true\n# {}\n", "x".repeat(1_100_000)).into_bytes();
    for (name, bytes) in [("_metadata.yml", b"draft: true\n# \xc3\xe8\xd2\xa7\n".to_vec()), ("_data.yml", large)] {
        let portal = Portal::empty()
            .file(
                "portal.toml",
                "title = \"D\"\nlanguages = [\"en\"]\n[build]\nbroken = \"hold\"\n[limits]\nfile_megabytes = 1\n",
            )
            .file(&format!("content/a/{name}"), bytes)
            .file("content/a/p.md", "# SECRET\n\ntext\n")
            .file("content/e.md", "# E\n");
        let told = portal.run("build --lang en");
        assert!(told.contains("error[") && told.contains(&format!("content/a/{name}")), "{told}");
        let all: Vec<u8> = files(&portal.path("public")).into_values().flatten().collect();
        assert!(!String::from_utf8_lossy(&all).contains("SECRET"), "{told}");
    }
}

/// Settings of other programs that hide pages are told; they hide nothing here.
#[test]
fn settings_of_other_programs_are_told() {
    for (path, text, line) in [
        ("mkdocs.yml", "site_name: x\nexclude_docs: |\n  drafts/\n", 2),
        ("content/a/.pages", "title: x\nhide: true\n", 2),
        ("content/_quarto.yml", "project:\n  render:\n    - \"!a.qmd\"\n", 2),
        ("content/_config.yml", "exclude: [a]\n", 1),
        ("hugo.toml", "title = \"x\"\nignoreFiles = [\"a\"]\n", 2),
        ("conf.py", "exclude_patterns = ['a']\n", 1),
        ("docusaurus.config.js", "docs: { exclude: ['a'] },\n", 1),
        ("content/.gitattributes", "a/** export-ignore\n", 1),
        ("content/a/.eleventyignore", "# x\np.md\n", 2),
    ] {
        let (site, told) = built(&[(&format!("../{path}"), text), ("a/p.md", "# P\n")]);
        assert!(site.contains_key("a/p.html"), "{path}");
        assert!(told.contains("warning[S314]") && told.contains(&format!("{path}:{line}")), "{path}: {told}");
    }
    let (_, told) =
        built(&[("../mkdocs.yml", "nav: []\n"), ("../.gitattributes", "a export-ignore\n"), ("p.md", "# P\n")]);
    assert!(!told.contains("S314"), "{told}");
}

/// What lies in `static/` keeps to the rules of the files beside pages: pictures are cleaned, left-overs stay.
#[test]
fn static_files_keep_to_the_rules_of_media() {
    let portal =
        Portal::empty().file("portal.toml", "title = \"D\"\nlanguages = [\"en\"]\n").file("content/p.md", "# P\n");
    for name in [
        "a.html~",
        "a.bak",
        "b.orig",
        ".a.swp",
        "c.swp",
        "Thumbs.db",
        "app.js.map",
        "a - Copy.html",
        "private/a.html",
        "plan-internal.html",
        "p.tiff",
        "x.internal.txt",
        "no.png",
        "ลับ.txt",
        "ร่าง.txt",
        "draft.txt",
        "private.pdf",
    ] {
        portal.write(&format!("static/{name}"), "SECRET");
    }
    for name in ["draft-budget.txt", "hidden.css", "hidden.svg", "internal-audit.txt"] {
        portal.write(&format!("static/{name}"), "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>");
    }
    portal.write("static/v.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><defs><text>SECRET</text></defs></svg>");
    portal.write("static/open.html", "<p>x</p>");
    portal.write("static/z.svgz", "SECRET");
    portal.write("static/no.ico", "SECRET");
    std::fs::write(portal.path("static/g.gif"), b"GIF89a\x01\0\x01\0\0\0\0\x21\xfe\x06SECRET\0\x3b").expect("written");
    let told = portal.run("build --lang en");
    assert!(told.ends_with("exit 0\n"), "{told}");
    let site = files(&portal.path("public"));
    let leaks: Vec<_> = site.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("SECRET")).collect();
    assert!(leaks.is_empty(), "{leaks:?}");
    for name in ["g.gif", "v.svg", "open.html", "hidden.css", "hidden.svg", "internal-audit.txt"] {
        assert!(site.contains_key(name) && !told.contains(&format!("static/{name}")), "{name}: {told}");
    }
    assert!(site.contains_key("draft-budget.txt") && told.contains("static/draft-budget.txt"), "{told}");
    assert!(told.contains("S210 × 7"), "{told}");
    for name in ["private/a.html", "plan-internal.html", "p.tiff", "no.png", "no.ico", "ลับ.txt", "private.pdf"] {
        assert!(told.contains(&format!("static/{name}")), "{name}: {told}");
    }
}

/// Text that is struck through is shown, and told once a page.
#[test]
fn struck_text_is_told() {
    let (site, told) = built(&[("a.md", "# A\n\n~~one~~ and ~~two~~\n"), ("b.md", "# B\n\n<del>one</del> <s>x</s>\n")]);
    assert!(site["a.html"].contains("one") && told.matches("struck through").count() == 2, "{told}");
}
