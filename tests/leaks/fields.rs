//! Fields, looked-up values, files and what is hidden in HTML, all on public entries.

use super::portal::{Finder, Plant, Portal, published};
use super::{SECRETS, stays_inside};
use crate::fixture::run;

/// Keys of a public page that hold a secret.
const KEYS: [(&str, &str); 23] = [
    ("text", "x_word = \"SECRET\""),
    ("list", "x_words = [\"SECRET\"]"),
    ("markdown", "x_prose = \"**SECRET**\""),
    ("url", "x_site = \"https://example.org/SECRET\""),
    ("open term", "x_open = \"SECRET\""),
    ("free text", "x_free = \"SECRET\""),
    ("picture", "x_picture = { src = \"plain.svg\", alt = \"SECRET\", caption = \"SECRET\" }"),
    ("file", "x_file = { src = \"f.txt\", label = \"SECRET\" }"),
    ("files", "x_files = [{ src = \"f.txt\", label = \"SECRET\" }]"),
    ("column", "[[rows]]\na = \"ก\"\nx = \"SECRET\""),
    ("column alone", "[[rows]]\nx = \"SECRET\""),
    ("row of a draft", "draft = true\n[[rows]]\na = \"SECRET\"\nx = \"SECRET\""),
    ("row of an internal entry", "visibility = \"internal\"\n[[rows]]\na = \"SECRET\""),
    ("row that tells of another", "[[rows]]\na = \"ก\"\nx = \"SECRET\"\nr = \"open-note\""),
    ("comment in markdown", "prose = \"ก <!-- SECRET --> ข\""),
    ("script in markdown", "prose = \"ก <script>SECRET</script> ข\""),
    ("comment in toml", "# SECRET"),
    ("reason", "allow_personal = { reason = \"SECRET\" }"),
    ("section name", "internal_sections = [\"SECRET\"]"),
    ("picture of a hidden field", "x_picture = { src = \"SECRET.svg\", alt = \"ก\" }"),
    ("file of a hidden field", "x_file = { src = \"SECRET.txt\", label = \"ก\" }"),
    ("files of a hidden field", "x_files = [{ src = \"SECRET.txt\", label = \"ก\" }]"),
    ("list with a comment", "words = [\"ก\"]\n# SECRET"),
];

/// Bodies of a public page that hold a secret nobody is shown.
const BODIES: [(&str, &str); 27] = [
    ("comment", "ก <!-- SECRET --> ข"),
    ("comment with a tag", "<b>ก</b>\n\n<!-- a -> <i>SECRET</i> -->\n\nข"),
    ("comment of lines", "<div>ก</div>\n\n<!--\nSECRET\n\nSECRET\n-->\n\nข"),
    ("comment in a list", "- ก\n  <!-- SECRET\n  SECRET -->\n- ข"),
    ("comment in a quotation", "> ก <!-- SECRET -->\n> ข"),
    ("comment in a table", "| ก |\n| --- |\n| ข <!-- SECRET --> |\n"),
    ("comment in a heading", "## ก <!-- SECRET -->\n\nข"),
    ("comment in a div", "<div><!-- SECRET --></div>\n\nข"),
    ("comment over blocks", "<div>ก</div>\n\n<div><!-- \n\nSECRET\n\n--></div>"),
    ("script", "<script>\nSECRET\n\nSECRET\n</script>\n\nข"),
    ("script in a line", "ก <script>SECRET</script> ข"),
    ("script over blocks", "<div><script>\n\nSECRET\n\n</script></div>\n\nข"),
    ("style", "<style>\n.SECRET { color: red }\n</style>\n\nข"),
    ("template", "<template>\nSECRET\n</template>\n\nข"),
    ("element of a hiding class", "<div class=\"note hidden\">\n<div>SECRET</div> SECRET\n</div>\n\nข"),
    ("hidden element", "<div hidden>\n<div>SECRET</div> SECRET\n</div>\n\nข"),
    ("element without display", "<p style='display:none'>SECRET</p>\n\nข"),
    ("noscript", "<noscript>\nSECRET\n</noscript>\n\nข"),
    ("iframe", "ก <iframe>SECRET</iframe> ข"),
    ("object", "<object>\nSECRET\n</object>\n\nข"),
    ("instruction", "<?php SECRET ?>\n\nข"),
    ("data section", "<![CDATA[ SECRET ]]>\n\nข"),
    ("declaration", "<!DOCTYPE SECRET>\n\nข"),
    ("footnote that nothing cites", "ข\n\n[^1]: SECRET\n"),
    ("footnote of a footnote", "ข\n\n[^1]: ก[^2]\n\n[^2]: SECRET\n"),
    ("reference that nothing uses", "ข\n\n[ref]: https://example.org/SECRET \"SECRET\"\n"),
    ("comment in lower html", "<details><summary>ก</summary><!-- SECRET --></details>\n\nข"),
];

/// Files that no public text names, by the page that names them.
const FILES: [(&str, &str); 7] = [
    ("comment", "ก <!-- ![x](SECRET.svg) [x](SECRET.txt) --> ข"),
    ("html comment", "<div>ก</div>\n\n<!-- <img src=\"SECRET.svg\" alt=\"x\"> -->\n\nข"),
    ("template", "<template><img src=\"SECRET.svg\" alt=\"x\"></template>\n\nข"),
    ("script", "<script src=\"SECRET.txt\"></script>\n\nข"),
    ("footnote", "ข\n\n[^1]: ![x](SECRET.svg)\n"),
    ("reference", "ข\n\n[x]: SECRET.txt\n"),
    ("nothing", "ข"),
];

/// All plants of this table.
pub fn plants() -> Vec<Plant> {
    let mut plants = Vec::new();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"><title>SECRET</title></svg>";
    let (svg, txt) = (("content/notes/SECRET.svg", svg), ("content/notes/SECRET.txt", "SECRET"));
    for (n, (name, keys)) in KEYS.into_iter().enumerate() {
        // The section is there, under the heading that hides it.
        let body = if name == "section name" { "## SECRET\n\nx\n" } else { "x\n" };
        let page = format!("+++\ntitle = \"ก\"\n{keys}\n+++\n## เกิดอะไรขึ้น\n\n{body}");
        let path = format!("content/notes/field-{n}.md");
        let mut files = vec![(path.as_str(), page.as_str()), ("content/notes/f.txt", "แฟ้ม")];
        if keys.contains("SECRET.") {
            files.extend([svg, txt]);
        }
        plants.push(Plant::new(format!("field: {name}"), &files));
    }
    for (table, bodies, files) in [("html", &BODIES[..], &[][..]), ("file", &FILES[..], &[svg, txt][..])] {
        for (n, (name, body)) in bodies.iter().enumerate() {
            for (kind, page) in
                [("note", format!("+++\ntitle = \"ก\"\n+++\n{body}\n")), ("page", format!("# ก\n\n{body}\n"))]
            {
                let folder = if kind == "note" { "notes" } else { "pages" };
                let path = format!("content/{folder}/{table}-{n}.md");
                let files: Vec<(String, &str)> =
                    files.iter().map(|(file, text)| (file.replace("notes", folder), *text)).collect();
                let mut all = vec![(path.as_str(), page.as_str())];
                all.extend(files.iter().map(|(file, text)| (file.as_str(), *text)));
                plants.push(Plant::new(format!("{table}: {name} in a {kind}"), &all));
            }
        }
    }
    // Looked up: an internal field, through an internal field, from an internal entry and from a draft.
    let from =
        |id: &str, keys: &str| (format!("content/notes/{id}.md"), format!("+++\ntitle = \"ก\"\n{keys}\n+++\nx\n"));
    for (n, (name, source, through)) in [
        ("an internal field", "x_word = \"SECRET\"", "other"),
        ("an internal entry", "visibility = \"internal\"\nword = \"SECRET\"\nprose = \"SECRET\"", "other"),
        ("a draft", "draft = true\nword = \"SECRET\"\nprose = \"SECRET\"", "other"),
        ("a reference that is internal", "visibility = \"internal\"\nword = \"SECRET\"", "x_other"),
    ]
    .into_iter()
    .enumerate()
    {
        let (target, page) = from(&format!("via-target-{n}"), source);
        let (path, user) = from(&format!("via-{n}"), &format!("{through} = \"via-target-{n}\""));
        plants.push(Plant::new(format!("looked up: {name}"), &[(&target, &page), (&path, &user)]));
    }
    plants
}

#[test]
fn hidden_parts_of_public_entries_stay_inside() {
    stays_inside(&plants(), "fields");
}

/// Words that only internal fields, columns and kinds use are internal as well.
#[test]
fn vocabularies_of_internal_fields_stay_inside() {
    let words = "id = \"ID\"\nlabel = { th = \"SECRET\" }\n[[term]]\nid = \"one\"\nlabel = { th = \"SECRET\" }\nsynonyms = [\"SECRET\"]\n";
    let field = |id: &str, more: &str| {
        format!(
            "[[field]]\nid = \"f{id}\"\ntype = \"term\"\nvocabulary = \"{id}\"\nfacet = true\n{more}label = {{ th = \"ก\" }}\n"
        )
    };
    let kind = |id: &str, more: &str| format!("id = \"{id}\"\nfolder = \"{id}s\"\nlabel = {{ th = \"ข\" }}\n{more}");
    let column = "[[field]]\nid = \"t\"\ntype = \"table\"\nlabel = { th = \"ก\" }\n[[field.column]]\nid = \"c\"\ntype = \"term\"\n\
                  vocabulary = \"wc\"\nvisibility = \"internal\"\nlabel = { th = \"ก\" }\n";
    let open = kind("open", &(field("wf", "visibility = \"internal\"\n") + column));
    let shut = kind("shut", &("visibility = \"internal\"\n".to_owned() + &field("wk", "")));
    let page = "+++\ntitle = \"ก\"\nfwf = \"one\"\n[[t]]\nc = \"one\"\n+++\nx\n";
    let all: Vec<String> = ["wf", "wc", "wk"].iter().map(|id| words.replace("ID", id)).collect();
    let files = [
        ("content/opens/a.md", page),
        ("content/_schema/kinds/open.toml", &*open),
        ("content/_schema/kinds/shut.toml", &*shut),
        ("content/_schema/vocabularies/wf.toml", &*all[0]),
        ("content/_schema/vocabularies/wc.toml", &*all[1]),
        ("content/_schema/vocabularies/wk.toml", &*all[2]),
    ];
    let secret = [Plant::new("words", &files)];
    let portal = Portal::with(&secret, SECRETS[0]);
    let found = run(portal.path(), "build --lang en -o out");
    assert!(found.ends_with("exit 0\n"), "{found}");
    let finder = Finder::new(&secret, SECRETS[0]);
    for (path, bytes) in published(portal.path(), &["out"]) {
        assert!(finder.told(&path, &bytes).is_empty(), "{path}");
    }
}

/// The column that names the rows of a table gives them no name where it is internal.
#[test]
fn an_internal_column_names_no_row() {
    let column = |id: &str, more: &str| {
        format!("[[field.column]]\nid = \"{id}\"\ntype = \"text\"\n{more}label = {{ th = \"{id}\" }}\n")
    };
    let kind = format!(
        "id = \"log\"\nfolder = \"logs\"\nlabel = {{ th = \"ก\" }}\n[[field]]\nid = \"steps\"\ntype = \"table\"\n\
         entries = \"step\"\nlabel = {{ th = \"ข\" }}\n{}{}",
        column("id", "visibility = \"internal\"\n"),
        column("a", ""),
    );
    let page = "+++\ntitle = \"ก\"\n[[steps]]\nid = \"SECRET\"\na = \"ค\"\n+++\nx\n";
    let step = "id = \"step\"\nfolder = \"steps\"\nlabel = { th = \"ง\" }\n[[field]]\nid = \"of\"\ntype = \"ref\"\nkinds = [\"log\"]\nlabel = { th = \"จ\" }\n";
    let schema = ("content/_schema/kinds/log.toml", &*kind);
    let files = [("content/logs/a.md", page), schema, ("content/_schema/kinds/step.toml", step)];
    stays_inside(&[Plant::new("internal id of a row", &files)], "rows");
}
