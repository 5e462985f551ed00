//! Relatives of the other tables: the same mistakes with other marks, in other places, of other programs.

use super::portal::{Finder, Plant, Portal, shown};
use super::{SECRETS, refused, stays_inside};
use crate::fixture::{run, write};

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"><title>SECRET</title></svg>";

/// Lines that readers take for the title of the internal section, with what stands under them.
const TITLES: [(&str, &str); 44] = [
    ("line", "บันทึกภายใน\n\nSECRET"),
    ("line with a colon", "บันทึกภายใน:\n\nSECRET"),
    ("seven marks", "####### บันทึกภายใน\n\nSECRET"),
    ("wide marks", "＃＃ บันทึกภายใน\n\nSECRET"),
    ("escaped marks", "\\## บันทึกภายใน\n\nSECRET"),
    ("bullet", "• ## บันทึกภายใน\n\nSECRET"),
    ("invisible before", "\u{200b}## บันทึกภายใน\n\nSECRET"),
    ("mark before", "\u{feff}## บันทึกภายใน\n\nSECRET"),
    ("line separator", "ก\u{2028}## บันทึกภายใน\n\nSECRET"),
    ("callout", "> [!NOTE] บันทึกภายใน\n> SECRET"),
    ("box", "::: บันทึกภายใน\nSECRET\n:::"),
    ("box in brackets", ":::note[บันทึกภายใน]\nSECRET\n:::"),
    ("admonition", "!!! note \"บันทึกภายใน\"\n    SECRET"),
    ("tab", "=== \"บันทึกภายใน\"\n\n    SECRET"),
    ("column", "| บันทึกภายใน |\n| --- |\n| SECRET |"),
    ("row", "| ก | ข |\n| --- | --- |\n| บันทึกภายใน | SECRET |"),
    ("item", "- **บันทึกภายใน**: SECRET"),
    ("bold start", "**บันทึกภายใน** SECRET"),
    ("term", "บันทึกภายใน\n: SECRET"),
    ("summary with text", "<details><summary>บันทึกภายใน</summary>SECRET</details>"),
    ("caption", "<table><caption>บันทึกภายใน</caption><tr><td>SECRET</td></tr></table>"),
    ("below code that is not closed", "```\nก\n\n## บันทึกภายใน\n\nSECRET"),
    ("below code that ends with less", "~~~~\nก\n~~~\n\nบันทึกภายใน:\n\nSECRET"),
    ("shortcode", "{{< tab \"บันทึกภายใน\" >}}\nSECRET\n{{< /tab >}}"),
    ("shortcode with a key", "{{% alert title=\"บันทึกภายใน\" %}}\nSECRET\n{{% /alert %}}"),
    ("box of slashes", "/// note | บันทึกภายใน\nSECRET\n///"),
    ("admonition without quotes", "!!! note บันทึกภายใน\n    SECRET"),
    ("row without bars around it", "ก | ข\n---|---\nบันทึกภายใน | SECRET"),
    ("bold in two languages", "**บันทึกภายใน (Internal notes)**\n\nSECRET"),
    ("bold with an entity", "**Internal&nbsp;notes**\n\nSECRET"),
    ("bold of numbers of letters", "**&#3610;ันทึกภายใน**\n\nSECRET"),
    ("bold and underlined", "**<u>บันทึกภายใน</u>**\n\nSECRET"),
    ("bold behind a number", "ข้อ 1 **บันทึกภายใน**\n\nSECRET"),
    ("bold with a number", "**ข้อ 1 บันทึกภายใน**\n\nSECRET"),
    ("bold behind a break", "ก<br>**บันทึกภายใน**\n\nSECRET"),
    ("bold task that is done", "- [x] **บันทึกภายใน**\n\nSECRET"),
    ("label of a line", "บันทึกภายใน: SECRET"),
    ("tab of a component", "<Tabs>\n<Tab title=\"บันทึกภายใน\">\nSECRET\n</Tab>\n</Tabs>"),
    ("item of tabs", "<TabItem label='บันทึกภายใน'>\nSECRET\n</TabItem>"),
    ("card", "<Card title=\"บันทึกภายใน\">\nSECRET\n</Card>"),
    ("address of a word", "## บันทึกภายใน/Internal notes\n\nSECRET"),
    ("remark beside what is external", "## หมายเหตุ (ภายใน)\n\nSECRET\n\n## โอกาส (ภายนอก)\n\nก"),
    ("stamp beside what is external", "## ใช้ภายในเท่านั้น\n\nSECRET\n\n## โอกาส (ภายนอก)\n\nก"),
    ("note beside what is external", "## Note (internal)\n\nSECRET\n\n## Chances (external)\n\nก"),
];

/// Every such line on a page of its own, and a section within a field.
pub fn titles() -> Vec<Plant> {
    let page = |text: &str| format!("+++\ntitle = \"ก\"\n+++\n## เกิดอะไรขึ้น\n\nเล่า\n\n{text}\n\n## ขั้นต่อไป\n\nจบ\n");
    let plants = TITLES.into_iter().enumerate().map(|(n, (name, text))| {
        Plant::new(format!("title: {name}"), &[(&format!("content/notes/t{n}.md"), &page(text))])
    });
    let field = "+++\ntitle = \"ก\"\nprose = \"\"\"\n## บันทึกภายใน\n\nSECRET\n\"\"\"\n[[rows]]\na = \"ก\"\n+++\nx\n";
    let field = Plant::new("in a field", &[("content/notes/in-a-field.md", field)]);
    plants.chain([field]).collect()
}

#[test]
fn what_stands_where_titles_do_is_cut_and_an_error() {
    refused(&titles(), "S510", "titles");
}

/// First lines of pages that hold it back in the way of another program.
const LINES: [&str; 51] = [
    "1. draft: true",
    "#draft: true",
    "#+draft: true",
    ":draft: true",
    ".. draft: true",
    "| draft | true |",
    "ｄｒａｆｔ: true",
    "status: draft",
    "สถานะ: ฉบับร่าง",
    "การเผยแพร่: ภายใน",
    "ชั้นความลับ: ลับ",
    "published: false",
    "private: true",
    "hidden: yes",
    "DRAFT",
    "(ฉบับร่าง)",
    "**ใช้ภายในเท่านั้น**",
    "CONFIDENTIAL",
    "#internal",
    "ห้ามเผยแพร่",
    "@visibility internal",
    "@draft true",
    "\\visibility{internal}",
    "<visibility>internal</visibility>",
    "> INTERNAL USE ONLY",
    "Confidential – do not distribute",
    "เอกสารนี้ใช้ภายในเท่านั้น",
    "เอกสารลับ",
    "For internal use only.",
    "ลับ / ห้ามเผยแพร่",
    "[visibility: internal]",
    "Status: DRAFT v2",
    "เผยแพร่: ไม่",
    "ลับเฉพาะ",
    "ห้ามเผยแพร่ก่อนได้รับอนุญาต",
    "DRAFT - NOT FOR DISTRIBUTION",
    "Embargoed until 2099-01-01",
    "รออนุมัติ",
    "ห้ามแชร์",
    "ห้ามเผยแพร่ต่อสาธารณะ",
    "For review only",
    "Do not share outside the school.",
    "Awaiting approval",
    "> [!warning] Draft",
    "--- DRAFT ---",
    ":lock: Internal",
    "{DRAFT}",
    "This page is a draft.",
    "Draft for comment",
    "ร่าง ห้ามอ้างอิง",
    "Do not publish before 1 June",
];

/// Each of them at the top of a page.
pub fn lines() -> Vec<Plant> {
    let plants = LINES.into_iter().enumerate().map(|(n, line)| {
        Plant::new(
            format!("line {line}"),
            &[(&format!("content/pages/l{n}.md"), &format!("# ก\n\n{line}\n\nSECRET\n"))],
        )
    });
    plants.collect()
}

#[test]
fn first_lines_that_hold_a_page_back_are_errors() {
    refused(&lines(), "S209", "lines");
}

#[test]
fn what_only_seems_to_hide_is_an_error() {
    let note = |n: usize, keys: &str, body: &str| {
        (format!("content/notes/m{n}.md"), format!("+++\ntitle = \"ก\"\n{keys}\n+++\n{body}\n"))
    };
    let tables: [(&str, &[(&str, &str)]); 4] = [
        (
            "S509",
            &[
                ("", "ก <b hidden>SECRET</b>"),
                ("", "<div style=\"display: none\">\n\nSECRET\n\n</div>"),
                ("", "<div hidden>x <!-- </div> --> SECRET</div>"),
                ("", "ก <!-- SECRET"),
                ("", "ก <!-- SECRET --!> ข"),
                ("word = \"ก <!-- SECRET --> ข\"", "x"),
                ("summary = \"ก <!-- SECRET -->\"", "x"),
                ("picture = { src = \"plain.svg\", alt = \"ก <!-- SECRET -->\" }", "x"),
            ],
        ),
        (
            "S301",
            &[
                ("picture = { src = \"plain.svg\", alt = \"ก\", visibility = \"internal\" }", "SECRET"),
                ("file = { src = \"f.txt\", label = \"ก\", draft = true }", "SECRET"),
            ],
        ),
        ("S310", &[("site = \"https://user:SECRET@example.org/\"", "x")]),
        ("S205", &[]),
    ];
    for (code, rows) in tables {
        for (n, (keys, body)) in rows.iter().enumerate() {
            let (path, text) = note(n, keys, body);
            let portal = Portal::with(&[Plant::new("x", &[(&path, &text), ("content/notes/f.txt", "ก")])], SECRETS[0]);
            let found = run(portal.path(), "build --lang en -o out");
            assert!(
                found.contains(&format!("error[{code}]")) && !portal.path().join("out").exists(),
                "{text}: {found}"
            );
        }
    }
    let second = "---\ntitle: ก\n--- # ต่อ\ndraft: true\n---\nSECRET\n";
    refused(&[Plant::new("second document", &[("content/notes/second.md", second)])], "S205", "documents");
}

#[test]
fn tables_leave_no_doubt_about_their_rows() {
    let map = |rest: &str| {
        format!("file = \"t.csv\"\n[[entries]]\nkind = \"note\"\nid = \"{{id}}\"\ntitle = \"{{title}}\"\n{rest}")
    };
    for (csv, rest, code) in [
        ("id,title,visibility\nt,SECRET,internal\n", "", "S207"),
        ("id,title,ฉบับร่าง\nt,SECRET,ใช่\n", "", "S207"),
        ("id,title,สถานะ\nt,SECRET,ร่าง\n", "", "S207"),
        ("id,title,v,v\nt,SECRET,,internal\n", "[entries.set]\nvisibility = \"{v}\"\n", "S207"),
        ("id,title,Draft\nt,SECRET,yes\n", "[entries.when]\ndraft = \"\"\n", "S103"),
        ("id,title,published\nt,SECRET,no\n", "", "S207"),
        ("id,title,เผยแพร่ได้\nt,SECRET,ไม่\n", "", "S207"),
        ("id,title,confidential\nt,SECRET,yes\n", "", "S207"),
        ("id,title,ภายใน\nt,SECRET,✓\n", "", "S207"),
        ("id,title,ลับ\nt,SECRET,/\n", "", "S207"),
        ("id,title,ระดับ\nt,SECRET,ลับ\n", "", "S207"),
        ("id,title,flag\nt,SECRET,draft\n", "", "S207"),
        ("id,title,PDPA\nt,SECRET,ไม่ยินยอม\n", "", "S207"),
        ("id,title,ลงเว็บ\nt,SECRET,ไม่\n", "", "S207"),
        ("id,title,เผยแพร่\nt,SECRET,รอ\n", "", "S207"),
        ("id,title,note_internal\nt,ก,SECRET\n", "[entries.set]\nword = \"{note_internal}\"\n", "S103"),
        ("id,title,internal_note\nt,ก,SECRET\n", "[entries.append]\nwords = \"ก {internal_note}\"\n", "S103"),
        ("id,title,หมายเหตุ (ภายใน)\nt,ก,SECRET\n", "[entries.set]\nsummary = \"{หมายเหตุ (ภายใน)}\"\n", "S103"),
    ] {
        let files = [("content/_data/t.csv", csv), ("content/_data/t.toml", &map(rest))];
        let portal = Portal::with(&[Plant::new("t", &files)], SECRETS[0]);
        let found = run(portal.path(), "build --lang en -o out");
        assert!(found.contains(&format!("error[{code}]")) && !portal.path().join("out").exists(), "{csv}: {found}");
    }
}

/// Plants that are held back without a word.
pub fn plants() -> Vec<Plant> {
    let page = "+++\ntitle = \"SECRET\"\n+++\nSECRET\n";
    let mut plants = Vec::new();
    for (n, (name, path)) in [
        ("other case", "content/Memos/fa.md"),
        ("space", "content/memos /fb.md"),
        ("invisible", "content/memos\u{200b}/fc.md"),
        ("deeper", "content/memos/a/b/fd.md"),
        ("capital ending", "content/memos/fe.MD"),
        ("internal, invisible", "content/notes/ff.inter\u{200b}nal.md"),
        ("internal, wide", "content/notes/fg．internal．md"),
        ("internal, spaces", "content/notes/fh .internal .md"),
    ]
    .into_iter()
    .enumerate()
    {
        // With an id of its own: one made of such a file name would be an error, and nothing would be published.
        let text = page.replacen("+++\n", &format!("+++\nid = \"f{n}\"\n"), 1);
        plants.push(Plant::new(format!("place: {name}"), &[(path, &text)]));
    }
    let other = page.replacen("+++\n", "+++\nkind = \"note\"\n", 1);
    plants.push(Plant::new("kind of another folder", &[("content/memos/fi.md", &other)]));
    for (n, body) in [
        "ก[^1]\n\n[^1]: ข\n\n[^1]: SECRET\n",
        "<svg><title>SECRET</title><desc>SECRET</desc></svg>\n\nข",
        "ก <noembed>SECRET</noembed> ข",
        "<div className=\"hidden\">SECRET</div>\n\nข",
        "ก <canvas>SECRET</canvas> <video>SECRET</video> <meter>SECRET</meter> ข",
        "<video poster=\"SECRET.svg\"><source src=\"SECRET.svg\"></video>\n\nข",
        "<embed src=\"SECRET.txt\">\n\nข",
        "<map name=\"m\"><area alt=\"ก\" href=\"SECRET.txt\"></map>\n\nข",
        "## Ｉｎｔｅｒｎａｌ ｎｏｔｅｓ\n\nSECRET",
        "## บันทึก&shy;ภายใน\n\nSECRET",
        "## บันทึก<!-- x -->ภายใน\n\nSECRET",
        "## [บันทึกภายใน](https://example.org)\n\nSECRET",
    ]
    .into_iter()
    .enumerate()
    {
        let path = format!("content/notes/b{n}.md");
        let text = format!("+++\ntitle = \"ก\"\n+++\n{body}\n");
        let files: Vec<(&str, &str)> =
            vec![(&path, &text), ("content/notes/SECRET.svg", SVG), ("content/notes/SECRET.txt", "SECRET")];
        plants.push(Plant::new(format!("body {n}"), &files));
    }
    let rows = |n: usize, csv: &str, rest: &str| {
        let map = format!(
            "file = \"r{n}.csv\"\n[[entries]]\nkind = \"note\"\nid = \"{{id}}\"\ntitle = \"{{title}}\"\n{rest}"
        );
        Plant::new(
            format!("rows {n}"),
            &[(&format!("content/_data/r{n}.csv"), csv), (&format!("content/_data/r{n}.toml"), &map)],
        )
    };
    let set = "[entries.set]\nvisibility = \"{v}\"\n";
    plants.push(rows(0, "id,title,v\nra,SECRET,public\nra,SECRET,internal\n", set));
    plants.push(rows(
        1,
        "id,title,v,w\nrb,ก,,ข\nrb,ก,internal,SECRET\n",
        &format!("{set}[entries.append]\nwords = \"{{w}}\"\n"),
    ));
    // Of one row two entries are made, and one of them says how public it is.
    let second = "[[entries]]\nkind = \"note\"\nid = \"n-{id}\"\ntitle = \"{title}\"\n";
    plants.push(rows(3, "id,title,v\nrd,SECRET,internal\n", &format!("{set}{second}")));
    // And where another map makes the second entry.
    let mut two = rows(4, "id,title,v\nrf,SECRET,internal\n", set);
    let other = "file = \"r4.csv\"\n[[entries]]\nkind = \"note\"\nid = \"m-{id}\"\ntitle = \"{title}\"\n";
    two.files.push(("content/_data/r4-more.toml".into(), other.into()));
    plants.push(two);
    let map = "file = \"named.csv\"\n[[entries]]\nkind = \"note\"\nid = \"{id}\"\ntitle = \"{title}\"\n";
    let named = [("content/_data/named.csv", "id,title\nre,SECRET\n"), ("content/_data/named.internal.toml", map)];
    plants.push(Plant::new("map that is internal by its name", &named));
    plants.push(rows(2, "id,title,d\nrc,SECRET,false\nrc,SECRET,true\n", "[entries.set]\ndraft = \"{d}\"\n"));
    plants
}

/// Titles that bear a stamp, and files that are nearly translations or copies of what is hidden.
pub fn near() -> Vec<Plant> {
    let page = "+++\ntitle = \"SECRET\"\n+++\nSECRET\n";
    let hidden = "+++\ntitle = \"ก\"\nvisibility = \"internal\"\n+++\nx\n";
    let mut plants = Vec::new();
    for (n, name) in [
        "_en",
        "-en",
        " (en)",
        ".eng",
        ".english",
        "-แปล",
        "_EN",
        ".English",
        " eng",
        "-th",
        "—en",
        " in English",
        "-ฉบับแปล",
    ]
    .into_iter()
    .enumerate()
    {
        let (path, base) = (format!("content/notes/near{n}{name}.md"), format!("content/notes/near{n}.md"));
        let page = page.replacen("+++\n", &format!("+++\nid = \"near-{n}\"\n"), 1);
        plants.push(Plant::new(format!("translation {name}"), &[(&path, &page), (&base, hidden)]));
    }
    plants.push(Plant::new(
        "folder en",
        &[("content/pages/en/nt.md", "# SECRET\n"), ("content/pages/nt.md", "---\ndraft: true\n---\n# ก\n")],
    ));
    for (n, (path, base)) in [
        ("notes/area0.en_GB.md", "notes/area0.md"),
        ("notes/en-area1.md", "notes/area1.md"),
        ("pages/area2/en.md", "pages/area2/index.md"),
        ("pages.en/area3.md", "pages/area3.md"),
        ("i18n/en/pages/area4.md", "pages/area4.md"),
        ("en/pages/area5.md", "th/pages/area5.md"),
        ("pages/english/area6.md", "pages/thai/area6.md"),
        ("en-US/pages/area7.md", "pages/area7.md"),
        ("pages/area8/en/index.md", "pages/area8.md"),
        ("pages/area9-translated.md", "pages/area9.md"),
    ]
    .into_iter()
    .enumerate()
    {
        let page = page.replacen("+++\n", &format!("+++\nid = \"area-{n}\"\n"), 1);
        let (path, base) = (format!("content/{path}"), format!("content/{base}"));
        plants.push(Plant::new(format!("place of a translation {n}"), &[(&path, &page), (&base, hidden)]));
    }
    for (n, name) in [" (1)", " 2", "-2", " สำเนา"].into_iter().enumerate() {
        let page = page.replacen("+++\n", &format!("+++\nid = \"copy-{n}\"\n"), 1);
        plants.push(Plant::new(format!("copy {name}"), &[(&format!("content/notes/c{n}.internal{name}.md"), &page)]));
    }
    for (n, title) in [
        "DRAFT - ก",
        "ก - ร่าง",
        "ก: ใช้ภายในเท่านั้น",
        "ก (ร่าง 2)",
        "ก (DRAFT) v2",
        "ก〔ร่าง〕",
        "[ร่าง] ก",
        "ก (internal)",
        "DRAFT: ก",
        "ลับ",
        "DRAFT",
        "ร่าง",
        "INTERNAL USE ONLY",
        "ก (รออนุมัติ)",
        "ก - ห้ามแชร์",
        "ก (for review only)",
        "Not for release",
        "ลับ: ก",
        "ก – embargoed until June",
    ]
    .into_iter()
    .enumerate()
    {
        let page = format!("+++\ntitle = \"{title}\"\n+++\nSECRET\n");
        plants.push(Plant::new(format!("title {title}"), &[(&format!("content/notes/stamp{n}.md"), &page)]));
    }
    for (n, summary) in ["INTERNAL USE ONLY", "ใช้ภายในเท่านั้น", "ลับ", "[ภายใน] สรุป"].into_iter().enumerate()
    {
        let page = format!("+++\ntitle = \"ก\"\nsummary = \"{summary}\"\n+++\nSECRET\n");
        plants.push(Plant::new(format!("summary {summary}"), &[(&format!("content/notes/sum{n}.md"), &page)]));
    }
    plants
}

#[test]
fn what_is_nearly_hidden_is_an_error() {
    refused(&near(), "S314", "near");
}

#[test]
fn relatives_of_hidden_things_stay_inside() {
    stays_inside(&plants(), "siblings");
}

/// Nothing of the content goes past the gate by a link from a folder that is published or read as it is, nor a file of an
/// internal kind by a link within the content.
#[cfg(unix)]
#[test]
fn links_into_the_content_are_errors() {
    use std::os::unix::fs::symlink;
    let memo = "+++\ntitle = \"SECRET\"\n+++\nSECRET\n";
    let svg = SVG;
    let files = [
        ("content/memos/f/m.txt", "SECRET"),
        ("content/memos/m.md", memo),
        ("content/memos/m.svg", svg),
        ("content/memos/m.html", "SECRET"),
    ];
    let memo = Plant::new("memo", &files);
    for (link, target) in [
        ("static/a.txt", "../content/memos/f/m.txt"),
        ("static/d", "../content/memos"),
        ("static/c", "../content"),
        ("static/a.md", "../content/memos/m.md"),
        ("icons/sala.svg", "../content/memos/m.svg"),
        ("templates/entry.html", "../content/memos/m.html"),
        ("content/notes/y", "../memos/f"),
        ("content/notes/y.txt", "../memos/f/m.txt"),
    ] {
        let portal = Portal::with(std::slice::from_ref(&memo), SECRETS[0]);
        let place = portal.path().join(link);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        symlink(target, place).unwrap();
        let found = run(portal.path(), "build --lang en -o out");
        assert!(found.contains("error[S206]") && !portal.path().join("out").exists(), "{link}: {found}");
        let finder = Finder::new(std::slice::from_ref(&memo), SECRETS[0]);
        for (path, bytes) in shown(portal.path()) {
            assert!(finder.told(&path, &bytes).is_empty(), "{link}: {path}");
        }
    }
}

/// A link brings no page of an internal kind into another folder, and no page under another ending.
#[cfg(unix)]
#[test]
fn links_bring_nothing_internal_to_light() {
    use std::os::unix::fs::symlink;
    let memo = Plant::new("memo", &[("content/memos/m.md", "+++\ntitle = \"SECRET\"\n+++\nSECRET\n")]);
    for (link, target) in
        [("x.md", "../memos/m.md"), ("x.txt", "../memos/m.md"), ("y", "../memos"), ("z.pdf", "plain.svg")]
    {
        let portal = Portal::with(std::slice::from_ref(&memo), SECRETS[0]);
        symlink(target, portal.path().join("content/notes").join(link)).unwrap();
        write(portal.path(), "content/notes/names.md", "+++\ntitle = \"ก\"\n+++\n[ก](x.txt) [ข](z.pdf)\n");
        let found = run(portal.path(), "check --lang en");
        assert!(found.contains("error[S206]"), "{link}: {found}");
        let finder = Finder::new(std::slice::from_ref(&memo), SECRETS[0]);
        for (path, bytes) in shown(portal.path()) {
            assert!(finder.told(&path, &bytes).is_empty(), "{link}: {path}");
        }
    }
}

/// What an author may take for hidden and is not, is told; of plain pages what is nothing but a stamp is held back.
#[test]
fn what_holds_nothing_back_is_told() {
    let told = |path: &str, text: &str| {
        let portal = Portal::with(&[Plant::new("x", &[(path, text)])], SECRETS[0]);
        let told = run(portal.path(), "build --lang en -o out --no-search");
        assert!(told.ends_with("exit 0\n"), "{text}: {told}");
        let page = path.replace("content/", "out/").replace(".md", ".html");
        (told, portal.path().join(page).exists())
    };
    for line in ["# draft = true", "#visibility = \"internal\"", "# published = false", "  # ร่าง = \"ใช่\""]
    {
        let (found, is_there) = told("content/notes/c.md", &format!("+++\ntitle = \"ก\"\n{line}\n+++\nx\n"));
        assert!(found.contains("warning[S314]") && found.contains("holds nothing back") && is_there, "{line}: {found}");
        let line = line.replace(" = ", ": ");
        let (found, _) = told("content/pages/c.md", &format!("---\ntitle: ก\n{line}\n---\nx\n"));
        assert!(found.contains("warning[S314]"), "{line}: {found}");
    }
    let (found, _) = told("content/notes/c.md", "+++\ntitle = \"ก\"\n# draft = false\n# summary = \"x\"\n+++\nx\n");
    assert!(!found.contains("S314"), "{found}");
    for text in ["---\ntitle: ลับ\n---\nx\n", "---\ntitle: ก\ndescription: ห้ามแจกจ่าย\n---\nx\n"]
    {
        let (found, is_there) = told("content/pages/s.md", text);
        assert!(found.contains("warning[S314]") && !is_there, "{text}: {found}");
    }
    for text in ["---\ntitle: Hidden\n---\nx\n", "# Drafts\n\nx\n", "# ร่างกาย\n\nx\n"] {
        let (found, is_there) = told("content/pages/s.md", text);
        assert!(!found.contains("S314") && is_there, "{text}: {found}");
    }
    let kind = "id = \"k\"\nfolder = \"ks\"\nlabel = \"K\"\n[[field]]\nid = \"internal_note\"\ntype = \"text\"\nlabel = \"N\"\n";
    let (found, _) = told("content/_schema/kinds/k.toml", kind);
    assert!(found.contains("warning[S102]") && found.contains("internal_note"), "{found}");
    let (found, _) = told("content/_schema/kinds/k.toml", &format!("{kind}visibility = \"public\"\n"));
    assert!(!found.contains("internal_note"), "{found}");
}
