//! Markdown: Thai emphasis and line breaks, safety, structure.

use sala::internals::markdown::{
    FindingKind, Labels, Links, Options, PlainLinks, Resolved, ResolvedImage, plain_text, render, scan,
};

fn html(source: &str) -> String {
    render(source, &Options::plain(), &PlainLinks).into_html()
}

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(html(source).trim_end(), expected, "{source:?}");
}

#[test]
fn emphasis_closes_beside_thai() {
    check("**หมายเหตุ:**ข้อความ", "<p><strong>หมายเหตุ:</strong>ข้อความ</p>");
    check("ว่า**(สพฐ.)**กำหนด", "<p>ว่า<strong>(สพฐ.)</strong>กำหนด</p>");
    check("**(สพฐ.)**กำหนด", "<p><strong>(สพฐ.)</strong>กำหนด</p>");
    check("*หมายเหตุ:*ข้อความ", "<p><em>หมายเหตุ:</em>ข้อความ</p>");
    check("คำ*(ก)*คำ", "<p>คำ<em>(ก)</em>คำ</p>");
    check("~~ยกเลิก)~~ข้อความ", "<p><del>ยกเลิก)</del>ข้อความ</p>");
    check("ใช้~~“เดิม”~~ใหม่", "<p>ใช้<del>“เดิม”</del>ใหม่</p>");
    check("***(สำคัญ)***มาก", "<p><em><strong>(สำคัญ)</strong></em>มาก</p>");
    check("**ปี (พ.ศ.)**2564", "<p><strong>ปี (พ.ศ.)</strong>2564</p>");
    check("**ร้อยละ 80%**ของ", "<p><strong>ร้อยละ 80%</strong>ของ</p>");
    check(
        "| ก | ข |\n|--|--|\n|**ก:**ข|ค|",
        "<div class=\"table-wrap\" tabindex=\"0\" role=\"region\" aria-label=\"ตาราง 1\">\n<table>\n<thead>\n<tr><th scope=\"col\">ก</th><th scope=\"col\">ข</th></tr>\n</thead>\n<tbody>\n<tr><td><strong>ก:</strong>ข</td><td>ค</td></tr>\n</tbody>\n</table>\n</div>",
    );
}

/// Tables that do not fit a phone are stacked there: each cell says its column, an empty first header stands over names of rows.
#[test]
fn rows_of_wide_tables_say_their_columns() {
    let wide = html("| ทำอะไร | `ใคร` | ที่ไหน | เมื่อไร |\n|--|--|--|--:|\n|อบรม|**ครู**||ทุกเดือน|");
    assert!(wide.contains("<div class=\"table-wrap stack\"") && wide.contains("<table class=\"lines\">"), "{wide}");
    let row = "<td data-label=\"ทำอะไร\">อบรม</td><td data-label=\"ใคร\"><strong>ครู</strong></td>\
               <td data-label=\"ที่ไหน\"></td><td data-label=\"เมื่อไร\" class=\"ta-r\">ทุกเดือน</td>";
    assert!(wide.contains(row), "{wide}");
    let named = html("| | ก \\\"ข\\\" | ค | ง |\n|--|--|--|--|\n|แถว|1|2|3|");
    assert!(named.contains("<tr><th scope=\"row\">แถว</th><td data-label=\"ก &quot;ข&quot;\">1</td>"), "{named}");
    // The names of one table are not those of the next, and a table that fits stays as it is.
    let two = html(
        "| ก | ข | ค | ง |\n|--|--|--|--|\n\n| จ | ฉ | ช | ซ |\n|--|--|--|--|\n|1|2|3|4|\n\n| a | b | c |\n|--|--|--|\n|1|2|3|",
    );
    assert!(two.contains("data-label=\"จ\"") && !two.contains("data-label=\"ก\""), "{two}");
    assert_eq!((two.matches(" stack").count(), two.matches("data-label").count()), (2, 4), "{two}");
    // On a page with HTML of its author the sanitiser keeps them.
    let mixed = html("<p>ก</p>\n\n| ก | ข | ค | ง |\n|--|--|--|--|\n|1|2|3|4|");
    assert!(mixed.contains("table-wrap stack") && mixed.contains("data-label=\"ง\""), "{mixed}");
}

#[test]
fn code_and_escapes_are_left_alone() {
    check("`**ก:**ข`", "<p><code>**ก:**ข</code></p>");
    check(r"\*\*ก:\*\*ข", "<p>**ก:**ข</p>");
    check("    **ก:**ข", "<pre tabindex=\"0\"><code>**ก:**ข</code></pre>");
    check("[ก](<a**(x)**ก.html>)", "<p><a href=\"a**(x)**ก.html\">ก</a></p>");
    check("ก*(ข", "<p>ก*(ข</p>");
    check("\u{fdd0}ก\u{fdd1}", "<p>\u{fffd}ก\u{fffd}</p>");
}

#[test]
fn a_line_end_is_a_space_unless_a_word_goes_across_it() {
    check("ครูสอน\nนักเรียน", "<p>ครูสอน\nนักเรียน</p>");
    check("โรง\nเรียน", "<p>โรงเรียน</p>");
    check("เครือ\n**ข่าย**", "<p>เครือ<strong>ข่าย</strong></p>");
    check("แจกใบงาน\nค. ตรวจงาน", "<p>แจกใบงาน\nค. ตรวจงาน</p>");
    check("ภาษา\nEnglish\nไทย", "<p>ภาษา\nEnglish\nไทย</p>");
    check("ปี\n๒๕๖๔", "<p>ปี\n๒๕๖๔</p>");
    check("ก  \nข", "<p>ก<br>\nข</p>");
    let rendered = render("# หัวข้อ\nครู\nสอน\nabc\n", &Options::plain(), &PlainLinks);
    assert_eq!(rendered.text[0].text, "ครู สอน abc");
}

#[test]
fn headings_get_readable_anchors() {
    check("## ปัญหาและที่มา", "<h2 id=\"ปัญหาและที่มา\">ปัญหาและที่มา</h2>");
    check("## ก\n## ก", "<h2 id=\"ก\">ก</h2>\n<h2 id=\"ก-2\"><span id=\"ก-1\"></span>ก</h2>");
    check("## ผล {#result}", "<h2 id=\"result\">ผล</h2>");
    check("## ผล {#a.b .x onclick=y}", "<h2 id=\"a.b\">ผล</h2>");
    check("# ก", "<h2 id=\"ก\">ก</h2>");
    let outline = scan("# ก\n\n## ผล {#result}\n\nข้อความ [ก](id:x)\n");
    assert_eq!(outline.anchors, ["ก", "result"]);
    assert_eq!(outline.links[0].dest, "id:x");
    assert!(outline.headings[1].explicit);
}

#[test]
fn sections_split_at_level_two() {
    let options = Options { sectioned: true, title: Some("ชื่อ"), ..Options::plain() };
    let source = "# ชื่อ\nนำ[^1]\n\n## ก\nหนึ่ง\n\n### ย่อย\nสอง\n\n## ข {#b}\nสาม\n\n[^1]: อ้างอิง\n";
    let out = render(source, &options, &PlainLinks);
    assert_eq!(out.title.as_deref(), Some("ชื่อ"));
    let ids: Vec<_> = out.parts.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["", "ก", "b"]);
    // A heading that says something else than the title stays.
    let other = render(source, &Options { title: Some("อื่น"), ..options }, &PlainLinks);
    assert!(other.parts[0].html.contains(">ชื่อ</h2>"), "{}", other.parts[0].html);
    assert!(out.parts[0].html.contains("footnotes"), "{}", out.parts[0].html);
    assert_eq!(out.parts[1].html, "<p>หนึ่ง</p>\n<h3 id=\"ย่อย\">ย่อย</h3>\n<p>สอง</p>\n");
    assert_eq!(out.parts[2].offset, source.find("## ข").unwrap());
    let toc: Vec<_> = out.toc.iter().map(|t| (t.level, t.id.as_str())).collect();
    assert_eq!(toc, [(2, "ก"), (3, "ย่อย"), (2, "b")]);
}

#[test]
fn links_by_scheme() {
    check("[ก](javascript:alert(1))", "<p>ก</p>");
    check("[ก](data:text/html,x)", "<p>ก</p>");
    check("<javascript:alert(1)>", "<p>javascript:alert(1)</p>");
    check("![ก](javascript:x)", "<p>ก</p>");
    check("[ก](mailto:a@b.go.th)", "<p><a href=\"mailto:a@b.go.th\">ก</a></p>");
    check("<a@b.go.th>", "<p><a href=\"mailto:a@b.go.th\">a@b.go.th</a></p>");
    let external = "<a class=\"external\" rel=\"noopener noreferrer external\" href=\"https://a.th/\">";
    check("[ก](https://a.th/)", &format!("<p>{external}ก</a></p>"));
    check("ดู https://a.th/ ต่อ", &format!("<p>ดู {external}https://a.th/</a> ต่อ</p>"));
    check("`https://a.th/`", "<p><code>https://a.th/</code></p>");
    let out = render("ก [x](vbscript:y)", &Options::plain(), &PlainLinks);
    assert_eq!(out.findings[0].kind, FindingKind::Scheme);
    assert_eq!(out.findings[0].offset, "ก ".len());
}

struct Site;
impl Links for Site {
    fn link(&self, dest: &str, _: usize) -> Resolved {
        Resolved {
            href: Some(format!("../{}.html", dest.trim_start_matches("id:"))),
            text: Some("ชื่อ & <นาม>".into()),
            external: false,
            lang: None,
        }
    }
    fn image(&self, dest: &str, _: usize) -> ResolvedImage {
        let small = dest.starts_with("large").then(|| (format!("../media/small-{dest}"), 20));
        ResolvedImage { src: Some(format!("../media/{dest}")), size: Some((40, 30)), small }
    }
    fn query(&self, toml: &str, _: usize) -> String {
        format!("<svg>{}</svg>", toml.trim())
    }
    fn count(&self, spec: &str, shown: &str, _: usize) -> Resolved {
        Resolved { href: Some(format!("{spec}-{shown}")), ..Resolved::default() }
    }
}

#[test]
fn links_images_and_queries_of_the_site() {
    let html = |s: &str| render(s, &Options::plain(), &Site).into_html().trim_end().to_owned();
    assert_eq!(html("[](id:nw-1)"), "<p><a href=\"../nw-1.html\">ชื่อ &amp; &lt;นาม&gt;</a></p>");
    assert_eq!(html("[12](count:aar?y=1)"), "<p><a href=\"aar?y=1-12\">12</a></p>");
    assert_eq!(
        html("![ภาพ](a b.png \"คำบรรยาย\")".replace("a b", "<a b").replace(".png", ".png>").as_str()),
        "<figure><img src=\"../media/a%20b.png\" alt=\"ภาพ\" width=\"40\" height=\"30\" loading=\"lazy\" decoding=\"async\"><figcaption>คำบรรยาย</figcaption></figure>"
    );
    // A picture in two sizes: phones take the smaller.
    assert!(html("![ก](large.jpg)").contains(
        "width=\"40\" height=\"30\" srcset=\"../media/small-large.jpg 20w, ../media/large.jpg 40w\" sizes=\""
    ));
    assert_eq!(html("```query\nview = \"x\"\n```"), "<svg>view = \"x\"</svg>");
    // In a page with raw HTML the generated block is not sanitised away, and never lands in a tag.
    assert!(html("<b>x</b>\n\n```query\nq\n```").contains("<svg>q</svg>"));
    assert!(!html("<div title=\"\n\n```query\nq\n```\n\n\">").contains("<svg>"));
    let raw = html("<a href=\"x.md\">ก</a> <img src=p.png alt=ข onerror=alert(1)>");
    assert!(raw.contains("href=\"../x.md.html\"") && raw.contains("src=\"../media/p.png\""), "{raw}");
    assert!(!raw.contains("onerror"));
}

#[test]
fn raw_html_is_sanitised_as_a_whole() {
    let out = html(
        "<script>alert(1)</script>\n\n<p style=\"x\" onclick=\"y\" id=\"ok\">ก</p>\n\n<iframe src=\"x\"></iframe>",
    );
    assert!(out.contains("<p id=\"ok\">ก</p>"), "{out}");
    for bad in ["script", "style", "onclick", "iframe"] {
        assert!(!out.contains(bad), "{bad}: {out}");
    }
    let out = html("<form action=x><input name=q></form>\n\n<svg onload=x><a xlink:href=javascript:x>ก</a></svg>");
    assert!(!out.contains("<form") && !out.contains("<input") && !out.contains("<svg"), "{out}");
    check("ก <!-- ข --> ค", "<p>ก  ค</p>");
    assert!(!render("<!--\nx\n-->\n\nก", &Options::plain(), &PlainLinks).raw_html);
    let out = html("<details><summary>ก</summary>\n\n**ข**\n\n</details>");
    assert!(out.contains("<details><summary>ก</summary>") && out.contains("<strong>ข</strong>"), "{out}");
    let outline = scan("<a name=\"x\"></a> <a href='y.md'>z</a> <img src=\"p.png\" alt=\"ก\">");
    assert_eq!((outline.anchors, outline.links[0].dest.as_str()), (vec!["x".to_owned()], "y.md"));
    assert_eq!(outline.images[0].alt, "ก");
}

#[test]
fn callouts_tasks_tables_footnotes() {
    check(
        "> [!NOTE]\n> ข้อความ",
        "<div class=\"callout callout-note\" role=\"note\">\n<p class=\"callout-title\">หมายเหตุ</p>\n<p>ข้อความ</p>\n</div>",
    );
    check(
        "- [x] ก",
        "<ul>\n<li><span class=\"task task-done\" role=\"img\" aria-label=\"ทำแล้ว\">☑</span> ก</li>\n</ul>",
    );
    let out = html("|ก|ข|ค|\n|:--|--:|:-:|\n|1|2|3|");
    assert!(out.contains("<td>1</td><td class=\"ta-r\">2</td><td class=\"ta-c\">3</td>"), "{out}");
    let english = Options { labels: Labels::english(), ..Options::plain() };
    let out = render("a[^n]\n\n[^n]: b\n", &english, &PlainLinks).into_html();
    assert_eq!(
        out,
        "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" aria-label=\"Footnotes 1\">1</a></sup></p>\n<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol start=\"1\">\n<li id=\"fn-1\"><p>b</p>\n<a class=\"footnote-back\" href=\"#fnref-1\" aria-label=\"Back to the text 1\">↩</a></li>\n</ol>\n</section>\n"
    );
}

#[test]
fn deep_nesting_is_cut() {
    let boxes = |count: usize| format!("{}x\n{}", "::: note\n".repeat(count), ":::\n".repeat(count));
    for text in [format!("{} x", ">".repeat(5000)), "- ".repeat(200) + "x", boxes(500)] {
        let told = scan(&text).findings.iter().filter(|f| f.kind == FindingKind::TooDeep).count();
        assert_eq!(told, 1, "{text}");
        let out = render(&text, &Options::plain(), &PlainLinks).into_html();
        assert!(["<blockquote>", "<ul>", "<aside"].iter().all(|tag| out.matches(tag).count() <= 48), "{out}");
    }
    assert!(scan(&boxes(40)).findings.is_empty());
    let _ = render(&"*a **b ".repeat(3000), &Options::plain(), &PlainLinks);
    let _ = render(&"[".repeat(20000), &Options::plain(), &PlainLinks);
}

mod fuzz {
    use super::*;
    use proptest::prelude::*;
    use sala::internals::markdown::{Dest, classify, html_allowed};

    const PIECES: &[&str] = &[
        "**",
        "*",
        "~~",
        "_",
        "`",
        "```",
        "```query\n",
        "\n",
        "\n\n",
        "# ",
        "## ",
        "> ",
        "> [!NOTE]\n",
        "- ",
        "1. ",
        "- [ ] ",
        "|",
        "|--|--:|\n",
        "[",
        "](",
        ")",
        "![",
        "](javascript:x)",
        "](id:a)",
        "](https://a.th)",
        "<",
        ">",
        "<script>",
        "</script>",
        "<a href=",
        "\"",
        "'",
        "<img src=x onerror=y>",
        "<div style=x>",
        "</div>",
        "<!--",
        "-->",
        "[^1]",
        "\n[^1]: ",
        "{#id}",
        "{#\"x}",
        "&lt;",
        "&#0;",
        "\\",
        "ก",
        "ข้อความ",
        "(สพฐ.)",
        ":",
        " ",
        "a",
        "http://a.th/x",
        "\u{fdd0}",
        "\u{fdd1}",
        "\u{fdd1}0\u{fdd1}",
        "\t",
        "\r\n",
        "\0",
        "    ",
        "<svg><style>",
        "<p",
        "<table><td>",
        "<math><mi>",
    ];

    /// Walks the tags of the output: every element, attribute and address is on the allow-list.
    fn assert_safe(html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            rest = &rest[at + 1..];
            let closing = rest.starts_with('/');
            let name_end =
                rest[usize::from(closing)..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let name = &rest[usize::from(closing)..usize::from(closing) + name_end];
            assert!(html_allowed(name, None), "element {name:?} in {html}");
            rest = &rest[usize::from(closing) + name_end..];
            loop {
                rest = rest.trim_start();
                if let Some(after) = rest.strip_prefix('>') {
                    rest = after;
                    break;
                }
                let (attribute, after) = rest.split_once("=\"").unwrap_or_else(|| panic!("{rest:?} in {html}"));
                assert!(html_allowed(name, Some(attribute)), "{name} {attribute:?} in {html}");
                let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("{html}"));
                if matches!(attribute, "href" | "src") {
                    assert!(!matches!(classify(&value.replace("&amp;", "&")), Dest::Blocked(_)), "{value} in {html}");
                }
                rest = after;
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_mixture_is_safe(picks in prop::collection::vec(0..PIECES.len(), 0..40)) {
            let source: String = picks.iter().map(|p| PIECES[*p]).collect();
            for sectioned in [false, true] {
                let out = render(&source, &Options { sectioned, ..Options::plain() }, &PlainLinks);
                for finding in &out.findings {
                    prop_assert!(finding.offset <= source.len());
                }
                for part in &out.parts {
                    assert_safe(&part.html);
                }
                let outline = scan(&source);
                let ids: Vec<_> = out.text.iter().filter(|t| t.level > 0).map(|t| &t.id).collect();
                let scanned: Vec<_> = outline.headings.iter().map(|h| &h.id).collect();
                prop_assert_eq!(ids, scanned);
            }
        }

        #[test]
        fn any_text_is_safe(source in "\\PC{0,200}") {
            assert_safe(&render(&source, &Options::plain(), &PlainLinks).into_html());
        }
    }
}

/// What stands apart on a page stands apart in its text, and a raised figure makes no other number.
#[test]
fn numbers_stay_those_that_were_written() {
    for (source, expected) in [
        ("- ครู 5\n  - 3 คน\n\nจบ", "ครู 5 3 คน จบ"),
        ("<p>นักเรียน 11</p><p>22 คน</p>", "นักเรียน 11 22 คน"),
        ("<table><tr><td>31</td><td>32</td></tr></table>", "31 32"),
        ("<details><summary>หัว 41</summary>42 ใน</details>", "หัว 41 42 ใน"),
        ("| ก | ข |\n|---|---|\n| ครู 7<br>8 คน | 9 |", "ก ข ครู 7 8 คน 9"),
        ("พื้นที่ 10^2^ และ 3<sup>4</sup> <p>5<sup>6</sup></p>", "พื้นที่ 10² และ 3⁴ 5⁶"),
        ("สูตร $10^3$ กับ $\\frac{1}{2}$", "สูตร 10³ กับ 1/2"),
        ("H~2~O กับ CO<sub>2</sub> ที่ 1<sup>st</sup>", "H2O กับ CO2 ที่ 1st"),
        ("<div\nclass=\"x\">ก<b>ข</b>\n&lt;ค <!-- ง\nจ -->ฉ</div>", "กข <ค ฉ"),
        ("<p>ก</p><style>p{}</style><p>ข</p>", "ก ข"),
    ] {
        assert_eq!(plain_text(source), expected, "{source}");
        let said = render(source, &Options::plain(), &PlainLinks).text.remove(0).text.replace('\n', " ");
        assert_eq!(said, expected, "{source}");
    }
    assert_eq!(render("## ก 10^2^", &Options::plain(), &PlainLinks).toc[0].title, "ก 10²");
}
