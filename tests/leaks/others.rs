//! What authors of other programs believe to be hidden, and places whose names nearly say so.

use super::portal::{Plant, Portal};
use super::{SECRETS, refused, stays_inside};
use crate::fixture::run;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"><title>SECRET</title></svg>";

/// Comments as other programs write them.
const COMMENTS: [(&str, &str); 106] = [
    ("obsidian", "ก %%SECRET%% ข"),
    ("obsidian in thai", "ก%%SECRET%%ข"),
    ("obsidian block", "%%\nSECRET\n\n## SECRET\n%%"),
    ("jinja", "ก {# SECRET #} ข"),
    ("jinja block", "{#\nSECRET\n#}"),
    ("liquid", "{% comment %}\nSECRET\n{% endcomment %}"),
    ("go", "{{/* SECRET */}}"),
    ("hugo", "{{< comment >}}SECRET{{< /comment >}}"),
    ("handlebars", "{{!-- SECRET --}}"),
    ("mustache", "{{! SECRET }}"),
    ("mdx", "{/* SECRET */}"),
    ("erb", "<%# SECRET %>"),
    ("jsp", "<%-- SECRET --%>"),
    ("critic comment", "ก {>>SECRET<<} ข"),
    ("critic deletion", "ก {--SECRET--} ข"),
    ("kramdown", "{::comment}\nSECRET\n{:/comment}"),
    ("latex", "\\begin{comment}\nSECRET\n\\end{comment}"),
    ("org", "#+BEGIN_COMMENT\nSECRET\n#+END_COMMENT"),
    ("c", "/* SECRET */"),
    ("asciidoc", "////\nSECRET\n////"),
    ("definition below text", "ก\n[//]: # (SECRET)"),
    ("in a quotation", "> ก %%SECRET\n> SECRET%%\n> ข"),
    ("changed by a word processor", "ก <!— SECRET —> ข"),
    ("half changed", "<!–SECRET-->"),
    ("one dash", "<!- SECRET ->"),
    ("space before dashes", "<! -- SECRET -- >"),
    ("asp", "<% SECRET %>"),
    ("jinja condition", "{% if team %}SECRET{% if x %}SECRET{% endif %}SECRET{% endif %}"),
    ("liquid condition", "{% unless public %}SECRET{% endunless %}"),
    ("go condition", "{{ if .Draft }}SECRET{{ range .A }}SECRET{{ end }}SECRET{{ end }}"),
    ("handlebars condition", "{{#if team}}SECRET{{/if}}"),
    ("mdx condition", "{team && (\n<b>SECRET</b>\n)}"),
    ("asciidoc condition", "ifdef::team[]\nSECRET\nendif::[]"),
    ("c condition", "#ifdef TEAM\nSECRET\n#endif"),
    ("pandoc condition", "$if(team)$\nSECRET\n$endif$"),
    ("tex", "ก $a %SECRET$ ข"),
    ("svelte condition", "{#if team}SECRET{#if x}SECRET{/if}SECRET{/if}"),
    ("component condition", "{team ? 'SECRET' : null}"),
    ("freemarker", "<#-- SECRET -->"),
    ("razor", "@* SECRET *@"),
    ("blade condition", "@if($team)\nSECRET\n@endif"),
    ("obsidian without an end", "ก\n\n%%\nSECRET\n\nSECRET"),
    ("smarty", "ก {* SECRET *} ข"),
    ("velocity", "ก #* SECRET *# ข"),
    ("velocity condition", "#if($team)\nSECRET #if($x)SECRET#end\n#end"),
    ("critic replacement", "ก {~~SECRET~>ข~~} ค"),
    ("djot deletion", "ก {-SECRET-} ข"),
    ("liquid remark", "{% # SECRET %}"),
    ("org in a line", "ก @@comment: SECRET@@ ข"),
    ("pmwiki", "(:comment SECRET:)"),
    ("typst", "ก #hide[SECRET] ข"),
    ("mediawiki condition", "{{#if: team | SECRET }}"),
    ("perl", "=begin comment\n\nSECRET\n\n=end comment"),
    ("texinfo block", "@ignore\nSECRET\n\nSECRET\n@end ignore"),
    ("org drawer", ":LOGBOOK:\nSECRET\n:END:"),
    ("asciidoc paragraph", "[comment]\nSECRET\nSECRET\n\nข"),
    ("asciidoc condition of a line", "ifdef::team[SECRET]"),
    ("forum", "ก [private]SECRET[/private] ข"),
    ("wordpress", "[members_only level=2]\nSECRET\n[/members_only]"),
    ("markers", "<!-- internal -->\n\nSECRET\n\n<!-- /internal -->"),
    ("markers of begin and end", "<!-- BEGIN PRIVATE -->\nSECRET\n<!-- END PRIVATE -->"),
    ("markers in a line", "ก <!-- ภายใน -->SECRET<!-- จบภายใน --> ข"),
    ("ssi condition", "<!--#if expr=\"$team\" -->\nSECRET\n<!--#endif -->"),
    ("condition in comments", "<!-- @if TEAM -->SECRET<!-- @endif -->"),
    ("php condition", "<?php if ($team): ?>\n\nSECRET\n\n<?php endif; ?>"),
    ("smarty condition", "{if $team}SECRET{/if}"),
    ("angular condition", "@if (team) {\nSECRET\n}"),
    ("tex condition", "\\ifinternal SECRET\\fi"),
    ("tex comment", "\\iffalse\nSECRET\n\\fi"),
    ("mustache section", "{{#team}}SECRET{{/team}}"),
    ("markdoc condition", "{% if $team %}SECRET{% /if %}"),
    ("liquid capture", "{% capture x %}SECRET{% endcapture %}"),
    ("documentation block", "{% doc %}SECRET{% enddoc %}"),
    ("fence for an output", "```{only} internal\nSECRET\n```"),
    ("chunk that is run", "```{r, include=FALSE}\nSECRET\n```"),
    ("cell that is run", "```{python}\n#| label: x\n#| echo: false\nSECRET\n```"),
    ("definition with brackets", "ก\n[note]: <> (SECRET)"),
    ("phantom", "ก $a \\phantom{\\text{SECRET}} b$ ข"),
    ("white formula", "ก $a \\textcolor{white}{SECRET} b$ ข"),
    ("djot in thai", "{% หมายเหตุ SECRET %}"),
    ("blade", "{{-- SECRET --}}"),
    ("ejs", "<%_ SECRET _%>"),
    ("markers without words", "<!-- start hidden -->SECRET<!-- end -->"),
    ("pug-like condition", "{foreach $a as $b}SECRET{/foreach}"),
    ("vue like", "{% private %}SECRET{% endprivate %}"),
    ("if in comments", "<!-- ifdef TEAM -->\n\nSECRET\n\n<!-- endif -->"),
    ("definition with brackets in it", "[//]: # (ถามครู (ก) ก่อน SECRET)"),
    ("definition of paragraphs", "[comment]: # (ก\n\nSECRET)"),
    ("definition below text in a quotation", "> ก\n> [//]: # (SECRET)"),
    ("definition below text in a list", "- ก\n  - ข\n    [//]: # (SECRET)"),
    ("obsidian in a list without an end", "- ก\n- %% SECRET"),
    ("mdx condition with quotes", "{role === \"staff\" && <b>SECRET</b>}"),
    ("mdx choice with quotes", "{role === \"staff\" ? <b>SECRET</b> : null}"),
    ("mdx condition in a line", "ก {isStaff && <b>SECRET</b>} ข"),
    ("mdx condition of an item", "<li>{isStaff && <b>SECRET</b>}</li>"),
    ("mdx condition that compares", "{level > 2 && (\n<b>SECRET</b>\n)}"),
    ("mdx condition of a list", "{roles[\"x\"]?.y && <b>SECRET</b>}"),
    ("component for some", "<Note internal>SECRET</Note>"),
    ("jinja condition of lines", "{% if a\n and b %}\nSECRET\n{% endif %}"),
    ("jinja condition with a plus", "{%+ if a %}SECRET{% endif %}"),
    ("go condition of lines", "{{ if and\n .a .b }}SECRET{{ end }}"),
    ("markers that say only", "<!-- internal-only -->\nSECRET\n<!-- /internal-only -->"),
    ("markers in capitals", "<!-- INTERNAL ONLY START -->\nSECRET\n<!-- INTERNAL ONLY END -->"),
    ("markers of notes", "<!-- begin internal notes -->\n\nSECRET\n\n<!-- end internal notes -->"),
    ("markers for staff", "<!-- staff-only -->\nSECRET\n<!-- /staff-only -->"),
    ("bar", "ก <span style=\"background:#000\">SECRET</span> ข"),
];

/// Comments that are some at the start of a line only.
const OF_LINES: [&str; 2] = ["c", "asciidoc condition of a line"];

/// Remarks that reach to the end of their line.
const REMARKS: [(&str, &str); 18] = [
    ("myst", "```{note}\nก\n```\n\n% SECRET\n% SECRET\n\nข"),
    ("tex below text", "ก \\textbf{ข}\n% SECRET"),
    ("tex", "%% SECRET"),
    ("asciidoc", "// SECRET"),
    ("asciidoc in thai", "//หมายเหตุ SECRET"),
    ("pug", "//- SECRET\n  SECRET"),
    ("haml", "-# SECRET\n  SECRET"),
    ("textile", "###. SECRET"),
    ("roff", ".\\\" SECRET"),
    ("texinfo", "@c SECRET"),
    ("org", "#+COMMENT: SECRET"),
    ("rest", ".. SECRET\n   SECRET\n\n   SECRET\n\nข"),
    ("rest block", "..\n   SECRET\n\nข"),
    ("rest only", ".. only:: internal\n\n   SECRET\n\nข"),
    ("rest todo", ".. todo:: SECRET"),
    ("rest comment with a colon", ".. note to us: SECRET"),
    ("in a quotation", "> %% SECRET\n> ข"),
    ("first line", "% SECRET\n\n\\section{ก}"),
];

/// Every comment in a page of a kind.
pub fn comments() -> Vec<Plant> {
    let note = |(n, (name, text)): (usize, (&str, &str))| {
        let page = format!("+++\ntitle = \"ก\"\n+++\n## เกิดอะไรขึ้น\n\n{text}\n");
        Plant::new(format!("note: {name} {n}"), &[(&format!("content/notes/c{n}.md"), &page)])
    };
    COMMENTS.into_iter().chain(REMARKS).enumerate().map(note).collect()
}

/// Every comment in a plain page and in a table on one.
pub fn plain_comments() -> Vec<Plant> {
    let mut plants = Vec::new();
    for (n, (name, text)) in COMMENTS.into_iter().chain(REMARKS).enumerate() {
        plants.push(Plant::new(
            format!("page: {name} {n}"),
            &[(&format!("content/pages/c{n}.md"), &format!("# ก\n\n{text}\n"))],
        ));
        // `/*` opens a comment at the start of a line only.
        if n < COMMENTS.len() && !text.contains(['\n', '|']) && !OF_LINES.contains(&name) {
            let cell = format!("# ก\n\n| ก | ข |\n| --- | --- |\n| ค | {text} |\n");
            plants.push(Plant::new(format!("cell: {name}"), &[(&format!("content/pages/d{n}.md"), &cell)]));
        }
    }
    plants
}

#[test]
fn comments_of_other_programs_are_cut_and_errors() {
    refused(&comments(), "S509", "comments");
}

/// A folder of another program builds as it is, and its comments are in no output.
#[test]
fn comments_of_other_programs_stay_inside_on_plain_pages() {
    stays_inside(&plain_comments(), "plain comments");
}

/// Drawings with what they do not show, on a page of a kind.
pub fn drawings() -> Vec<Plant> {
    let inside = [
        "<g display=\"none\"><text>SECRET</text></g>",
        "<g style=\"fill:red; display: none\"><g><text>SECRET</text></g></g>",
        "<text visibility=\"hidden\">SECRET</text>",
        "<g display=\"none\"><path id=\"p\" d=\"M0 0\"/><text>SECRET</text></g><use href=\"#p\"/>",
        "<g data-name=\"SECRET\"><rect width=\"1\" height=\"1\"/></g>",
        "<style>rect { fill: red } /* SECRET */</style><rect width=\"1\" height=\"1\"/>",
        "<style>.st1{display:none;}</style><g class=\"st1\"><text>SECRET</text></g>",
        "<style>#x, .y { opacity: 0 }</style><text id=\"x\">SECRET</text>",
        "<g opacity=\"0\"><text>SECRET</text></g>",
        "<defs><text>SECRET</text></defs>",
        "<symbol id=\"s\"><text>SECRET</text></symbol>",
        "<clipPath id=\"c\"/><text y=\"3\" font-size=\"2\" clip-path=\"url(#c)\">SECRET</text>",
        "<text y=\"3\" font-size=\"2\" fill=\"#fff\">SECRET</text>",
        "<text y=\"300\" font-size=\"2\">SECRET</text>",
        "<text y=\"3\" font-size=\"0\">SECRET</text>",
        "<text y=\"3\" font-size=\"2\">SECRET</text><rect width=\"99\" height=\"4\"/>",
        "<metadata>SECRET</metadata>",
        "<!-- payload-start -->SECRET<!-- payload-end -->",
        "<g>SECRET</g>",
        "<style>g>text{display:none}</style><g><text y=\"3\" font-size=\"2\">SECRET</text></g>",
    ];
    let drawing = |(n, inside): (usize, &str)| {
        let page = format!("+++\ntitle = \"ก\"\n+++\n![รูป](v{n}.svg)\n");
        let svg = SVG.replace("<title>SECRET</title>", inside);
        let files = [(&*format!("content/notes/v{n}.md"), &*page), (&*format!("content/notes/v{n}.svg"), &*svg)];
        Plant::new(format!("drawing {inside}"), &files)
    };
    inside.into_iter().enumerate().map(drawing).collect()
}

#[test]
fn what_drawings_do_not_show_is_taken_out() {
    stays_inside(&drawings(), "drawings");
}

/// An internal field may say when a page was changed; nothing public tells the day.
#[test]
fn the_day_of_an_internal_field_is_told_nowhere() {
    let kind = "id = \"log\"\nfolder = \"logs\"\nfeed = true\nlabel = { th = \"ก\" }\n[[field]]\nid = \"day\"\ntype = \"date\"\nrole = \"updated\"\nvisibility = \"internal\"\nlabel = { th = \"ข\" }\n";
    let page = |day: &str| format!("+++\ntitle = \"ก\"\nday = {day}\n+++\nx\n");
    let build = |day: &str| {
        let files = [("content/logs/a.md", &*page(day)), ("content/_schema/kinds/log.toml", kind)];
        let portal = Portal::with(&[Plant::new("x", &files)], SECRETS[0]);
        let found = run(portal.path(), "build --lang en -o out");
        assert!(found.ends_with("exit 0\n"), "{found}");
        super::portal::published(portal.path(), &["out"])
    };
    assert!(build("2566-05-01") == build("2565-11-23"), "the day is told");
}

/// Places that are nearly those of what is internal.
const PLACES: [&str; 49] = [
    "memo/a.md",
    "MEMO/b.md",
    "mem0s/a.md",
    "memos2/a.md",
    "memos-2566/a.md",
    "memos (1)/a.md",
    "old-memos/a.md",
    "memos.bak/a.md",
    "archive/memos/a.md",
    "en/memos/a.md",
    "notes/memos/a1.md",
    "บันทึก ข้อความ/a.md",
    "internal/a.md",
    "Private/a.md",
    "drafts/a.md",
    "ร่าง/a.md",
    "plan-internal/a.md",
    "internal.x/a.md",
    "notes/a2.draft.md",
    "notes/a3.private.md",
    "notes/a4.intrenal.md",
    "notes/a5.internals.en.md",
    "notes/a6 (internal).md",
    "notes/a7(ร่าง).md",
    "notes/a8-internal.md",
    "notes/a9_draft.md",
    "notes/แผน-ลับ.md",
    "notes/แผน_ร่าง.md",
    "notes/b1 DRAFT v2.md",
    "notes/b2_confidential.md",
    "notes/b3 [internal].md",
    "notes/【ร่าง】b4.md",
    "staff-only/a.md",
    "for internal use/a.md",
    "เอกสารลับ/a.md",
    "notes/แผน_ใช้ภายในเท่านั้น.md",
    "notes/แผน-ห้ามเผยแพร่.md",
    "notes/plan-staff-only.md",
    "notes/plan-internal-final.md",
    "notes/plan.draft1.md",
    "drafts (old)/a.md",
    "ข้อมูลลับ/a.md",
    "internal notes/a.md",
    "notes/แผน-รออนุมัติ.md",
    "notes/แผน_ห้ามแชร์.md",
    "notes/plan-draft-en.md",
    "notes/plan-awaiting-approval.md",
    "notes/plan-for-review-only.md",
    "notes/plan DO NOT SHARE outside the school.md",
];

/// Every place with a page in it.
pub fn places() -> Vec<Plant> {
    let page = |n: usize| format!("+++\nid = \"place-{n}\"\ntitle = \"SECRET\"\n+++\nSECRET\n");
    let plants = PLACES.iter().enumerate();
    plants.map(|(n, path)| Plant::new(*path, &[(&format!("content/{path}"), &page(n))])).collect()
}

#[test]
fn places_that_are_nearly_internal_are_errors() {
    refused(&places(), "S314", "places");
    // An author who says so publishes.
    let page = "+++\ntitle = \"ก\"\nvisibility = \"public\"\n+++\nเปิด\n";
    let portal = Portal::with(&[Plant::new("x", &[("content/memo/a.md", page)])], SECRETS[0]);
    let found = run(portal.path(), "build --lang en -o out");
    assert!(found.ends_with("exit 0\n") && portal.path().join("out/memo/a.html").exists(), "{found}");
}

/// Public pages that name a file in an internal place.
pub fn files() -> Vec<Plant> {
    let mut plants = Vec::new();
    for (f, folder) in ["memos", "memos/x", "Memos", "memo", "private", "x-internal"].into_iter().enumerate() {
        for (n, (name, keys, body)) in [
            ("picture", "", "![ก](../FOLDER/p.svg)"),
            ("document", "", "[ก](../FOLDER/p.txt)"),
            ("html", "", "<img src=\"../FOLDER/p.svg\" alt=\"ก\">"),
            ("field", "picture = { src = \"../FOLDER/p.svg\", alt = \"ก\" }\n", "x"),
            ("file", "file = { src = \"../FOLDER/p.txt\", label = \"ก\" }\n", "x"),
            ("files", "files = [{ src = \"/FOLDER/p.txt\", label = \"ก\" }]\n", "x"),
            ("definition", "", "[ก][r]\n\n[r]: ../FOLDER/p.txt"),
        ]
        .into_iter()
        .enumerate()
        {
            let place = format!("{folder}/f{f}{n}");
            let text = format!("+++\ntitle = \"ก\"\n{keys}+++\n## เกิดอะไรขึ้น\n\n{body}\n").replace("FOLDER", &place);
            let (svg, txt) = (format!("content/{place}/p.svg"), format!("content/{place}/p.txt"));
            let files = [(&*format!("content/notes/n{f}-{n}.md"), &*text), (&*svg, SVG), (&*txt, "SECRET")];
            plants.push(Plant::new(format!("{folder}: {name}"), &files));
        }
    }
    plants
}

#[test]
fn files_in_internal_places_are_not_published() {
    refused(&files(), "S511", "files");
}

/// Front matter, body and code of pages that stop a build.
#[test]
fn what_only_seems_to_hide_stops_a_build() {
    for (code, keys, body) in [
        ("S509", "word = \"ก %%SECRET%%\"\n", "x"),
        ("S509", "summary = \"{# SECRET #}\"\n", "x"),
        ("S509", "words = [\"{{/* SECRET */}}\"]\n", "x"),
        ("S509", "prose = \"ก %%SECRET%%\"\n", "x"),
        ("S509", "picture = { src = \"plain.svg\", alt = \"ก\", caption = \"%%SECRET%%\" }\n", "x"),
        ("S509", "[[rows]]\na = \"{>>SECRET<<}\"\n", "x"),
        ("S509", "", "::: hidden\nSECRET\n:::"),
        ("S509", "", "> [!private]\n> SECRET"),
        ("S509", "", "> [!ภายใน]\n> SECRET"),
        ("S509", "", "!!! draft\n    SECRET"),
        ("S509", "", "<p class=\"internal\">SECRET</p>"),
        ("S509", "", "<p style=\"opacity:0\">SECRET</p>"),
        ("S509", "", "<span style=\"font-size: 0px\">SECRET</span>"),
        ("S509", "", "<span style=\"color: white\">SECRET</span>"),
        ("S509", "", "<p style=\"color:#FFFFFF\">SECRET</p>"),
        (
            "S509",
            "",
            "<table bgcolor=\"#036\"><tr style=\"background:#fff\"><td style=\"color:white\">SECRET</td></tr></table>",
        ),
        (
            "S509",
            "",
            "<table><tr bgcolor=\"#036\"><td>ก</td></tr><tr><td style=\"color:white\">SECRET</td></tr></table>",
        ),
        ("S509", "", "<div style=\"background:#036\">ก</div>\n\n<p style=\"color:white\">SECRET</p>"),
        ("S509", "", "<div style=\"background:#036\"><span style=\"color:#036\">SECRET</span></div>"),
        ("S509", "", "<p class=\"internal md:block\">SECRET</p>"),
        ("S509", "", "<p class=\"invisible before:visible\">SECRET</p>"),
        ("S509", "", "ก $\\phantom{\\text{S E C R E T}}$ $a \\phantom{x+SECRET}$"),
        ("S509", "", "::: {.hidden .internal .md:block}\nSECRET\n:::"),
        ("S509", "", "<p style=\"position:absolute; left:-9999px\">SECRET</p>"),
        ("S509", "", "<p style=\"display&#58;none\">SECRET"),
        ("S509", "", "<p popover>SECRET</p>"),
        ("S509", "", "<div v-if=\"team\">\n\nSECRET\n\n</div>"),
        ("S509", "", "ก <b data-internal>SECRET</b>"),
        ("S509", "", "<p class=\"HIDDEN staff-only\">SECRET</p>"),
        ("S509", "", "<p style=\"color:#0000\">SECRET</p>"),
        ("S509", "", "<p style=\"transform: scaleX(0)\">SECRET</p>"),
        ("S509", "", "<Tabs hidden>\n\nSECRET\n\n</Tabs>"),
        ("S509", "", "<Hidden>\nSECRET\n</Hidden>"),
        ("S509", "", "<StaffOnly>SECRET</StaffOnly>"),
        ("S509", "", "{{% private %}}\nSECRET\n{{% /private %}}"),
        ("S509", "", "[SECRET]{hidden}"),
        ("S509", "", "SECRET\n{: style=\"display: none\"}"),
        ("S509", "", "!!! note hidden\n    SECRET"),
        ("S509", "", "::: {.notes}\nSECRET\n:::"),
        ("S509", "", "- > [!internal]\n  > SECRET"),
        ("S509", "", "- ::: internal\n  SECRET\n  :::"),
        ("S509", "", "ก[^1]\n\n[^1]: > [!draft] SECRET"),
        ("S509", "", ":::note internal\nSECRET\n:::"),
        ("S509", "", "::hidden\nSECRET\n::"),
        ("S509", "", "ก :hidden[SECRET]"),
        ("S509", "", "::internal[SECRET]"),
        ("S509", "", "<o:p hidden>SECRET</o:p>"),
        ("S509", "", "<!--\nก\n<!-- ข -->\nSECRET\n-->"),
        ("S509", "", "<!-- ก <!-- ข --> SECRET -->"),
        ("S509", "", "{% comment %}\nSECRET\n{% endcoment %}"),
        ("S509", "", "{/* SECRET"),
        ("S509", "", "{{/* SECRET"),
        ("S509", "", "{# SECRET"),
        ("S509", "", "* COMMENT SECRET"),
        ("S509", "", "## ก :noexport:\n\nSECRET"),
        ("S509", "", "ก\n\nข\n\nค\n\n[.hidden]\nSECRET"),
        ("S509", "", "{hide-if:group=x}SECRET{hide-if}"),
        ("S509", "", "<c:if test=\"x\">SECRET</c:if>"),
        ("S509", "", "<esi:remove>SECRET</esi:remove>"),
        ("S509", "", "<includeonly>SECRET</includeonly>"),
        ("S509", "", "{{% if team %}}SECRET{{% /if %}}"),
        ("S509", "", "::: {.content-hidden when-format=\"html\"}\nSECRET\n:::"),
        ("S314", "tags = [\"internal\"]\n", "SECRET"),
        ("S314", "tags = [\"ฉบับร่าง\"]\n", "SECRET"),
        ("S305", "published = 2643-05-01\n", "SECRET"),
        ("S305", "published = 2143-05-01\n", "SECRET"),
    ] {
        let text = format!("+++\ntitle = \"ก\"\n{keys}+++\n## เกิดอะไรขึ้น\n\n{body}\n");
        let portal = Portal::with(&[Plant::new("x", &[("content/notes/x.md", &text)])], SECRETS[0]);
        let found = run(portal.path(), "build --lang en -o out");
        assert!(found.contains(&format!("error[{code}]")) && !portal.path().join("out").exists(), "{text}: {found}");
    }
}

/// What other programs and other readers are shown is on the page, and what only looks like a remark.
#[test]
fn what_some_readers_see_is_shown() {
    let shown = [
        "<div class=\"hidden md:block\">QZQ</div>",
        "<p class=\"d-none d-md-block\">QZQ</p>",
        "<p class=\"d-none d-print-block\">QZQ</p>",
        "<p class=\"dn db-ns\">QZQ</p>",
        "::: {.d-none .d-lg-block}\nQZQ\n:::",
        "<table><tr style=\"background:#036\"><td style=\"color:white\">QZQ</td></tr></table>",
        "<table>\n<tr bgcolor=\"#003366\">\n\n<td><font color=\"white\">QZQ</font></td>\n\n</tr>\n</table>",
        "<div style=\"background:navy\">\n\n<p style=\"color:#fff\">QZQ</p>\n\n</div>",
        ":::info ภายใน\nQZQ\n:::",
        "% ผ่านเกณฑ์: 85\n\nQZQ",
        "% QZQ = (ผลได้จริง / ผลได้ทฤษฎี) × 100",
        "$\\phantom{a+b+c+d+e}$ QZQ",
        "### จุดอ่อน (ภายใน)\n\nQZQ\n\n### โอกาส (ภายนอก)\n\nก",
        "<!--[if !supportLists]-->๑. <!--[endif]-->QZQ",
    ];
    for body in shown {
        let text = format!("+++\ntitle = \"ใช้ `{{# … #}}` กับ `<!-- -->`\"\n+++\n## เกิดอะไรขึ้น\n\n{body}\n");
        let portal = Portal::with(&[Plant::new("x", &[("content/notes/x.md", &text)])], SECRETS[0]);
        let found = run(portal.path(), "build --lang en --no-search -o out");
        let page = std::fs::read_to_string(portal.path().join("out/notes/x.html")).unwrap_or_default();
        assert!(
            page.contains("QZQ") && !found.contains("does not hide") && !found.contains("another program"),
            "{body}: {found}"
        );
    }
}

/// What is near, and means something else.
#[test]
fn ordinary_pages_are_no_secrets() {
    let page = "---\ntitle: ก\nstatus: in progress\nwip: false\npublished: 2566-05-01\ntags: [นิเทศภายใน]\n---\n## ก\n\nลด 50%% และ 30%% ใช้ `%%x%%` กับ\n\n<p style=\"background-color: white\">ข</p>\n";
    let files = [
        ("content/pages/internal.md", page),
        ("content/pages/internal-audit.md", page),
        ("content/memory/a.md", page),
        ("content/memos.md", page),
    ];
    let portal = Portal::with(&[Plant::new("x", &files)], SECRETS[0]);
    let found = run(portal.path(), "build --lang en -o out");
    assert!(found.ends_with("exit 0\n"), "{found}");
    for path in ["pages/internal.html", "pages/internal-audit.html", "memory/a.html"] {
        assert!(portal.path().join("out").join(path).exists(), "{path}: {found}");
    }
}
