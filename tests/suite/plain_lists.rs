//! Lists of pages as books have them, and what they leave out.

use crate::fixture::{Portal, files};

fn book() -> Portal {
    let portal = Portal::empty().file("portal.toml", "title = \"D\"\nlanguages = [\"en\"]\n");
    portal.write("content/SUMMARY.md", "- [A](a.md)\n- [C](c%20d.md)\n<!-- - [COMMENTED](b.md) -->\n");
    for page in ["a", "b", "c d", "e/f"] {
        portal.write(&format!("content/{page}.md"), format!("# {page}\n"));
    }
    portal.write("content/g.md", "---\ndraft: true\n---\n# g\n");
    portal
}

/// mdBook and GitBook publish what the list names. Sala publishes all, and tells it.
#[test]
fn pages_that_a_book_leaves_out_are_told() {
    for (name, told_of) in
        [("book.toml", true), ("content/book.json", true), (".gitbook.yaml", true), ("x.toml", false)]
    {
        let told = book().file(name, "[book]\n").run("check --lang en");
        assert_eq!(told.contains("warning[S314]"), told_of, "{name}: {told}");
        assert_eq!(
            told.contains("leaves out 2 page(s)") && told.contains(": b.md, e/f.md\n"),
            told_of,
            "{name}: {told}"
        );
    }
}

/// What stands in a comment of a list is neither a place nor a name.
#[test]
fn comments_of_a_list_are_no_names() {
    let portal = book();
    portal.done("build");
    for (path, bytes) in files(&portal.path("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("COMMENTED"), "{path}");
    }
}

/// `_category_` of Docusaurus is a file of data for a folder.
#[test]
fn files_of_categories_hold_pages_back() {
    for (name, text) in [
        ("_category_.json", "{ \"label\": \"x\", \"customProps\": { \"draft\": true } }"),
        ("_category_.yml", "label: x\nunlisted: true\n"),
        // A section of Zola that is a draft.
        ("_index.md", "+++\ntitle = \"x\"\ndraft = true\n+++\n"),
    ] {
        let portal = Portal::empty().file("portal.toml", "title = \"D\"\nlanguages = [\"en\"]\n");
        portal.write(&format!("content/a/{name}"), text);
        portal.write("content/a/b.md", "# SECRET\n");
        portal.write("content/c.md", "# C\n");
        let told = portal.run("build --lang en");
        assert!(told.contains("warning[S314]") && portal.path("public/c.html").exists(), "{told}");
        assert!(!portal.path("public/a/b.html").exists(), "{told}");
    }
}
