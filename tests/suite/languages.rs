//! Portals in other languages: English alone, and Lao, Arabic and Japanese with English interface words.

use crate::fixture::{Portal, files};
use std::collections::BTreeMap;

/// A portal of two plain pages and a kind, with pages in every language of `languages`.
fn portal(languages: &str, title: &str) -> Portal {
    let settings = format!(
        "title = \"{title}\"\nlanguages = {languages}\nbase_url = \"https://kb.example/\"\ndate = \"2024-03-05\"\n"
    );
    let kind = "id = \"note\"\nfolder = \"notes\"\nlabel = { en = \"Note\" }\nplural = { en = \"Notes\" }\nnav = 1\n\
                [[field]]\nid = \"day\"\nlabel = { en = \"Day\" }\ntype = \"date\"\n\
                [[field]]\nid = \"year\"\nlabel = { en = \"Year\" }\ntype = \"academic-year\"\nfacet = true\n\
                [[field]]\nid = \"ready\"\nlabel = { en = \"Ready\" }\ntype = \"bool\"\nfacet = true\n";
    let entry = format!(
        "+++\ntitle = \"{title} 1\"\npublished = \"2024-03-05\"\nday = \"2024-03-05\"\nyear = 2023\nready = true\n+++\n\n\
         ## {title} 2\n\n{title}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> [!NOTE]\n> text[^1]\n\n[^1]: note\n"
    );
    Portal::empty()
        .file("portal.toml", settings)
        .file("content/_schema/kinds/note.toml", kind)
        .file("content/_schema/print/sheet.toml", "label = \"Sheet\"\nkinds = [\"note\"]\nbuild = true\n")
        .file("content/index.md", format!("# {title}\n\n[a](sub/a.md)\n"))
        .file(
            "content/sub/a.md",
            format!("# {title} a\n\n[x](nowhere-at-all) text\n").replace("[x](nowhere-at-all) ", ""),
        )
        .file("content/notes/n-1.md", entry)
}

fn built(portal: &Portal) -> BTreeMap<String, Vec<u8>> {
    portal.done("build");
    files(&portal.path("public"))
}

fn text(site: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(site.get(path).unwrap_or_else(|| panic!("no {path}: {:?}", site.keys())).clone()).unwrap()
}

fn has_thai(text: &str) -> bool {
    text.chars().any(|c| ('\u{e00}'..='\u{e7f}').contains(&c))
}

#[test]
#[cfg_attr(not(feature = "pdf"), ignore = "needs the PDF engine")]
fn an_english_portal_has_no_thai() {
    let portal = portal("[\"en\"]", "Handbook");
    let site = built(&portal);
    let shown = |path: &str| [".html", ".xml", ".json", ".csv", ".txt", ".css"].iter().any(|end| path.ends_with(end));
    for path in site.keys().filter(|path| shown(path)) {
        assert!(!has_thai(&text(&site, path)), "{path}: {}", text(&site, path));
    }
    let page = text(&site, "notes/n-1.html");
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\" "));
    assert!(page.contains("5 March 2024") && page.contains("Academic year 2023") && page.contains("Yes"));
    assert!(!site.keys().any(|path| path.starts_with("en/")));
    assert!(
        text(&site, "feed.xml").contains("xml:lang=\"en\"")
            && text(&site, "data/note.json").contains("\"en\":\"Note\"")
    );
    let pdf = site.get("handouts/n-1.pdf").expect("a PDF");
    assert!(String::from_utf8_lossy(pdf).contains("(en-GB)"), "the PDF names its language");
    portal.done("bundle --out b.zip");
}

#[test]
#[cfg_attr(not(feature = "pdf"), ignore = "needs the PDF engine")]
fn other_languages_build_with_english_words() {
    for (tag, title, direction, date) in [
        ("lo", "ຄູ່ມື", "ltr", "5 ມີນາ 2024"),
        ("ar", "دليل", "rtl", "5 مارس 2024"),
        ("ja", "手引き", "ltr", "2024年3月5日"),
    ] {
        let portal = portal(&format!("[\"{tag}\"]"), title);
        let found = portal.run("check");
        assert!(found.contains("S809") && found.ends_with("exit 0\n"), "{found}");
        let site = built(&portal);
        let page = text(&site, "notes/n-1.html");
        assert!(page.contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\" ")), "{tag}");
        assert!(page.contains(date), "{tag}: {page}");
        assert!(page.contains("Skip to content") && page.contains(title) && !has_thai(&page), "{tag}");
        assert!(text(&site, "feed.xml").contains(title));
        assert!(site.contains_key("handouts/n-1.pdf") && site.contains_key(&format!("search/{tag}/router.js")));
        assert!(portal.done(&format!("search {title}")).contains("n-1"), "{tag}");
    }
}

#[test]
fn a_translation_is_a_file_with_the_tag_of_its_language() {
    let portal = portal("[\"en\", \"lo\", \"pt-BR\"]", "Guide")
        .file("content/sub/a.pt-BR.md", "# Guia\n")
        .file("content/sub/a.fr.md", "# Guide en français\n")
        .file("content/sub/alone.lo.md", "# ຄູ່ມື\n")
        .file("i18n/lo.toml", "\"nav.skip\" = \"ຂ້າມໄປເນື້ອໃນ\"\n");
    let found = portal.run("check");
    assert!(found.contains("S407") && found.contains("ภาษา fr") && found.ends_with("exit 0\n"), "{found}");
    let site = built(&portal);
    let page = text(&site, "pt-BR/sub/a.html");
    assert!(page.contains("lang=\"pt-BR\"") && page.contains("href=\"../../sub/a.html\" hreflang=\"en\""));
    assert!(text(&site, "sub/a.fr.html").contains("Guide en français"), "a language that the portal does not have");
    assert!(text(&site, "lo/sub/alone.html").contains("ຂ້າມໄປເນື້ອໃນ"));
    assert!(site.contains_key("lo/feed.xml") && site.contains_key("search/pt-BR/router.js"));
}

#[test]
fn a_calendar_can_be_chosen() {
    let site = built(
        &Portal::empty()
            .file(
                "portal.toml",
                "title = \"K\"\nlanguages = [\"en\", \"th\"]\n[calendars]\nen = \"buddhist\"\nth = \"gregorian\"\n",
            )
            .file("content/a.md", "+++\ntitle = \"A\"\nupdated = \"2024-03-05\"\n+++\n")
            .file("content/a.th.md", "+++\ntitle = \"ก\"\nupdated = \"2024-03-05\"\n+++\n"),
    );
    assert!(text(&site, "a.html").contains("5 March 2567 BE"));
    assert!(text(&site, "th/a.html").contains("5 มีนาคม ค.ศ. 2024"));
}

#[test]
fn what_is_no_language_is_told() {
    let found = Portal::empty().file("portal.toml", "title = \"K\"\nlanguages = [\"english please\"]\n").run("check");
    assert!(found.contains("S101") && found.contains("english please") && found.ends_with("exit 1\n"), "{found}");
}
