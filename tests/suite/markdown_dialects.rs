//! Markdown of other tools: notes, tabs, definition lists, formulas, wiki links, text in angle brackets.

use sala::internals::markdown::{FindingKind, Options, PlainLinks, render, scan};

fn html(source: &str) -> String {
    render(source, &Options::plain(), &PlainLinks).into_html()
}

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(html(source).trim_end(), expected, "{source:?}");
}

fn note(class: &str, title: &str, body: &str) -> String {
    format!(
        "<div class=\"callout callout-{class}\" role=\"note\">\n<p class=\"callout-title\">{title}</p>\n{body}\n</div>"
    )
}

#[test]
fn notes_of_many_tools() {
    let tip = note("tip", "<strong>ชื่อ</strong>", "<p>ข้อความ</p>");
    for source in [
        "> [!tip] ชื่อ\n> ข้อความ",
        "> [!TIP] ชื่อ\n>\n> ข้อความ",
        "!!! tip \"ชื่อ\"\n    ข้อความ",
        ":::tip ชื่อ\nข้อความ\n:::",
        ":::tip[ชื่อ]\nข้อความ\n:::",
        "::: {.callout-tip} ชื่อ\nข้อความ\n:::",
        "/// tip | ชื่อ\nข้อความ\n///",
    ] {
        check(source, &tip);
    }
    check("> [!info]\n> ก", &note("note", "หมายเหตุ", "<p>ก</p>"));
    check("> [!example]\n> ก", &note("note", "<strong>Example</strong>", "<p>ก</p>"));
    check(
        "> [!tip] **หนา** และ `x`\n> ก",
        &note("tip", "<strong><strong>หนา</strong> และ <code>x</code></strong>", "<p>ก</p>"),
    );
    check("> [ก] ข", "<blockquote>\n<p>[ก] ข</p>\n</blockquote>");
    let folded = html("> [!warning]- ชื่อ\n> ก");
    assert!(
        folded.starts_with("<details class=\"callout callout-warning\">\n<summary class=\"callout-title\">"),
        "{folded}"
    );
    assert!(html("???+ note\n    ก").starts_with("<details open=\"\" class="));
}

#[test]
fn notes_hold_blocks_and_end() {
    let out = html("ก่อน\n\n!!! note \"ชื่อ\"\n\n    - ก\n\n        ```rust\n        !!! x\n        ```\n\n    ข\n\nหลัง");
    assert!(out.contains("<li><p>ก</p>\n<pre") || out.contains("<li>\n<p>ก</p>"), "{out}");
    assert!(out.contains("!!! x\n</code></pre>") && out.ends_with("</div>\n<p>หลัง</p>\n"), "{out}");
    let nested = html("::::note\nก\n:::tip\nข\n:::\nค\n::::\nง");
    assert_eq!(nested.matches("class=\"callout callout-").count(), 2);
    assert!(nested.ends_with("<p>ค</p>\n</div>\n<p>ง</p>\n"), "{nested}");
    let tabs = html("=== \"Linux\"\n\n    ก\n\n=== \"Windows\"\n\n    ข\n\nค");
    assert_eq!(tabs, "<p><strong>Linux</strong></p>\n<p>ก</p>\n<p><strong>Windows</strong></p>\n<p>ข</p>\n<p>ค</p>\n");
}

#[test]
fn offsets_count_in_the_file() {
    let source = ":::tip\nก\n:::\n\n**หมายเหตุ:**ต่อ <username> [x](vbscript:y)\n";
    let outline = scan(source);
    assert_eq!(outline.links[0].offset, source.find("[x]").unwrap());
}

#[test]
fn text_in_angle_brackets_is_shown() {
    check("กรอก <username> แล้วกด <Enter>", "<p>กรอก &lt;username&gt; แล้วกด &lt;Enter&gt;</p>");
    check("`a` Vec<T> และ <ชื่อ>", "<p><code>a</code> Vec&lt;T&gt; และ &lt;ชื่อ&gt;</p>");
    check("<your-name>", "<p>&lt;your-name&gt;</p>");
    check("`<username>`", "<p><code>&lt;username&gt;</code></p>");
    for swallowing in ["title", "textarea", "script", "style", "iframe", "xmp", "select"] {
        check(
            &format!("แท็ก <{swallowing}> กับ **ต่อ**\n\nท้าย"),
            &format!("<p>แท็ก &lt;{swallowing}&gt; กับ <strong>ต่อ</strong></p>\n<p>ท้าย</p>"),
        );
        let out = html(&format!("<{swallowing}>\n\n**ต่อ**"));
        assert!(out.contains("<strong>ต่อ</strong>"), "{out}");
    }
    assert!(html("<!-- ไม่ปิด\n\n**ต่อ**").contains("<strong>ต่อ</strong>"));
    // A component of another tool is markup: it goes, what it holds stays.
    let tabs = html("<Tabs>\n\nก\n\n</Tabs>\n\n<Listing number=\"1\">\n\nข");
    assert_eq!(tabs.split_whitespace().collect::<String>(), "<p>ก</p><p>ข</p>");
}

#[test]
fn what_is_taken_out_is_told_once() {
    let outline = scan(
        "<iframe src=\"x\"></iframe>\n\n<iframe src=\"y\"></iframe>\n\n<p style=\"x\" onclick=\"y\">ก</p>\n\n<username>",
    );
    let told: Vec<_> =
        outline.findings.iter().filter(|f| f.kind == FindingKind::RemovedHtml).map(|f| f.what.as_str()).collect();
    assert_eq!(told, ["iframe", "style", "onclick"]);
}

#[test]
fn raw_html_keeps_what_it_can() {
    check("<h1 align=\"center\">ก</h1>", "<h2>ก</h2>");
    check("<img src=\"https://a.th/x.png\" alt=\"ป้าย\"> ก", "<p>ป้าย ก</p>");
    let links = scan("<a href=\"a&amp;b&ouml;.md\">ก</a>").links;
    assert_eq!(links[0].dest, "a&bö.md");
}

#[test]
fn footnote_labels_ignore_case() {
    let out = html("หนึ่ง[^Note] สอง[^b]\n\n[^note]: ข้อความ\n[^b]: บี\n");
    assert!(out.contains("<li id=\"fn-1\"><p>ข้อความ</p>") && out.contains("<li id=\"fn-2\"><p>บี</p>"), "{out}");
}

#[test]
fn marks_of_notes_stand_apart() {
    let out = html("ก[^1][^2] x^2^[^1]\n\n[^1]: หนึ่ง\n[^2]: สอง\n");
    assert_eq!(out.matches("</sup>, <sup class=\"footnote-ref\">").count(), 2, "{out}");
    assert!(!html("ก[^1] ข\n\n[^1]: หนึ่ง\n").contains("</sup>,"));
}

#[test]
fn numbers_of_lists_of_html_stay() {
    for list in [
        "<ol start=\"3\"><li>ก</li></ol>",
        "<ol start=\"-2\" type=\"a\" reversed=\"\"><li value=\"7\">ก</li><li type=\"I\">ข</li></ol>",
    ] {
        check(list, list);
    }
    check("<ol type=\"x\" start=\"a\"><li value=\"1e9\">ก</li></ol>", "<ol><li>ก</li></ol>");
    check("<ul type=\"disc\"><li>ก</li></ul>", "<ul><li>ก</li></ul>");
}

#[test]
fn small_forms() {
    check("คำ\n: ความหมาย", "<dl>\n<dt>คำ</dt>\n<dd>ความหมาย</dd>\n</dl>");
    check("H~2~O และ x^2^", "<p>H<sub>2</sub>O และ x<sup>2</sup></p>");
    check("Ca^2+^ x^n+1^ (a+b)^2^เป็น", "<p>Ca<sup>2+</sup> x<sup>n+1</sup> (a+b)<sup>2</sup>เป็น</p>");
    for (text, shown) in [
        ("log~2~8", "log<sub>2</sub>8"),
        ("O~2~98%", "O<sub>2</sub>98%"),
        ("101~2~101", "101<sub>2</sub>101"),
        ("U^235^92", "U<sup>235</sup>92"),
        ("C~n~H~2n+2~O", "C<sub>n</sub>H<sub>2n+2</sub>O"),
        ("t~1/2~ของสาร", "t<sub>1/2</sub>ของสาร"),
        ("2^1/2^นิ้ว", "2<sup>1/2</sup>นิ้ว"),
        ("ข้อความ^1,2^ต่อ", "ข้อความ<sup>1,2</sup>ต่อ"),
        ("text^1–3^more", "text<sup>1–3</sup>more"),
        ("1^st^2^nd^", "1<sup>st</sup>2<sup>nd</sup>"),
        ("Na^+^Cl^−^", "Na<sup>+</sup>Cl<sup>−</sup>"),
    ] {
        check(text, &format!("<p>{shown}</p>"));
    }
    // Arithmetic, ranges and marks behind a backslash are as they are written.
    for text in [
        "a^2+b^2=c^2",
        "2^3*2^4=2^7",
        "a^n+b^n",
        "อายุ 3~5ปีและ7~9ปี",
        "3~5,7~9",
        "09:00~10:00,13:00~14:00",
        "10~20%/30~40%",
    ] {
        check(text, &format!("<p>{text}</p>"));
    }
    check(r"a\^2\^ 10\^2^", "<p>a^2^ 10^2^</p>");
    check(r"H\~2\~O และ x\^2\^ กับ x^2\^", "<p>H~2~O และ x^2^ กับ x^2^</p>");
    check(r"คำ \{.x} \:material-check: \{#id}", "<p>คำ {.x} :material-check: {#id}</p>");
    check(r"`a\^b` **ก\^**ข", "<p><code>a\\^b</code> <strong>ก^</strong>ข</p>");
    check("~ลบ~ และ ~~ลบ~~", "<p><del>ลบ</del> และ <del>ลบ</del></p>");
    check("2^10 และ 2^20", "<p>2^10 และ 2^20</p>");
    check("ราคา $5 หรือ US$10", "<p>ราคา $5 หรือ US$10</p>");
    let formula = html("สูตร $a^2 + b^2$");
    assert!(formula.starts_with("<p>สูตร <math><msup>"), "{formula}");
    assert!(html("<b>ก</b> $x$").contains("<math>"));
    assert_eq!(scan("$\\nosuch$").findings[0].kind, FindingKind::BadFormula);
    check(
        "![](x.png){width=300 alt=\"ภาพ\"}",
        "<figure><img src=\"x.png\" alt=\"ภาพ\" loading=\"lazy\" decoding=\"async\"></figure>",
    );
    assert!(scan("![](x.png){alt='ภาพ'}").findings.is_empty());
    check("[ก](x){target=_blank .a} ข", "<p><a href=\"x\">ก</a> ข</p>");
}

#[test]
fn wiki_links_name_pages() {
    check("[[หน้า หนึ่ง#หัวข้อ|ก]]", "<p><a href=\"[[หน้า%20หนึ่ง#หัวข้อ\">ก</a></p>");
    let outline = scan("[[หน้า]] ![[ภาพ.png|300]] ![[หน้าอื่น]]\n\n| a |\n|---|\n| [[x\\|y]] |\n");
    let dests: Vec<_> = outline.links.iter().map(|l| (l.dest.as_str(), l.text.as_str())).collect();
    assert_eq!(dests, [("[[หน้า", "หน้า"), ("[[หน้าอื่น", "หน้าอื่น"), ("[[x", "y")]);
    assert_eq!((outline.images[0].dest.as_str(), outline.images[0].alt.as_str()), ("[[ภาพ.png", "ภาพ"));
}

#[test]
fn anchors_of_github_are_second_ids() {
    check("## People & Body", "<h2 id=\"people-body\"><span id=\"people--body\"></span>People &amp; Body</h2>");
    let outline = scan("## Vue.js\n\n## บทนำ\n\n## บทนำ\n\n## code_x\n");
    assert_eq!(outline.anchors, ["vue-js", "บทนำ", "บทนำ-2", "code-x", "vuejs", "บทนำ-1", "code_x"]);
}

#[test]
fn backslashes_and_schemes() {
    check(
        "<https://a.th?find=\\*>",
        "<p><a class=\"external\" rel=\"noopener noreferrer external\" href=\"https://a.th?find=%5C*\">https://a.th?find=\\*</a></p>",
    );
    check("[y](<Part 1: intro.md>)", "<p><a href=\"Part%201:%20intro.md\">y</a></p>");
    check("[y](/\\evil.example)", "<p>y</p>");
    check("```ต้นฉบับ;x\nก\n```", "<pre tabindex=\"0\"><code class=\"language-ต้นฉบับ;x\">ก\n</code></pre>");
}

#[test]
fn components_leave_their_text() {
    let out = html(
        "import X from 'x'\n\n<Tabs>\n  <Tab label=\"npm\">\n    ```sh\n    npm i\n    ```\n  </Tab>\n</Tabs>\n\n{/* hidden */}\n\nend",
    );
    assert!(out.contains("<p><strong>npm</strong></p>") && out.contains("npm</span> i\n</code></pre>"), "{out}");
    assert!(!out.contains("import") && !out.contains("hidden") && out.ends_with("<p>end</p>\n"), "{out}");
    let told: Vec<_> = scan("<Tabs>\n  ก\n</Tabs>\n").findings;
    assert!(told.iter().any(|f| f.kind == FindingKind::RemovedHtml && f.what == "Tabs"), "{told:?}");
    check("<Note>**ก**</Note>", "\n<p><strong>ก</strong></p>");
    check("{{% alert title=\"ระวัง\" %}}\nก\n{{% /alert %}}", "<p><strong>ระวัง</strong></p>\n<p>ก</p>");
    check(
        "{{< figure src=\"a.png\" alt=\"ภาพ\" >}}",
        "<figure><img src=\"a.png\" alt=\"ภาพ\" loading=\"lazy\" decoding=\"async\"></figure>",
    );
    check("ก {{< toc >}}", "<p>ก {{&lt; toc &gt;}}</p>");
    check(":material-check: ได้ {#x}", "<p>ได้<span id=\"x\"></span></p>");
}

/// Words about programs are text: placeholders, sentences that begin as programs do, double brackets.
#[test]
fn what_only_looks_like_a_program_is_shown() {
    for name in ["path", "text", "use", "line", "g", "video", "dialog", "image", "Path", "canvas"] {
        let out = html(&format!("สั่ง init <{name}> แล้วเปิด\n\nต่อ\n\n| ก |\n| - |\n| <{name}> ใหม่ |\n"));
        let shown = format!("&lt;{name}&gt;");
        assert!(out.contains(&format!("{shown} แล้วเปิด")) && out.contains(&format!("{shown} ใหม่")), "{out}");
        assert!(out.contains("<p>ต่อ</p>"), "{out}");
    }
    for name in ["Text", "Switch", "View", "Filter", "Mask", "Line"] {
        assert!(html(&format!("ก <{name}>สวัสดี</{name}> ข")).contains("สวัสดี"), "{name}");
    }
    let drawing = html("ก <svg><text>QZQ</text><path d=\"M0\"/></svg> ข");
    assert!(!drawing.contains("QZQ") && drawing.contains('ข'), "{drawing}");
    for sentence in [
        "export default settings before you begin.",
        "export default คือการส่งออกค่าหลักของไฟล์",
        "export const is a keyword.",
        "export function keys to the file, then print.",
        "export let และ export var ใช้ต่างกัน",
    ] {
        check(sentence, &format!("<p>{sentence}</p>"));
    }
    for program in [
        "export default function X() {\n  return 1\n}",
        "export const a = 1",
        "export const { a, b } = c",
        "export default ({ children }) => children",
        "export default Layout;",
        "export async function get() {}",
        "export default class X extends Y {\n}",
        "export default withLayout(Page)",
    ] {
        check(&format!("{program}\n\nก"), "<p>ก</p>");
    }
    let cited = html("ก[[1]](https://a.b) ข");
    assert!(cited.contains("href=\"https://a.b\">[1]</a> ข"), "{cited}");
    for text in ["a[[0]]", "[[1,2],[3,4]]", "[[toc]]", "[[:digit:]]"] {
        check(text, &format!("<p>{text}</p>"));
        assert!(scan(text).links.is_empty(), "{text}");
    }
    for (heading, text) in [
        ("## เซต {1, 2, 3}", "เซต {1, 2, 3}"),
        ("## เซต {ก ข} ##", "เซต {ก ข}"),
        ("ฟังก์ชัน {x=1}\n---", "ฟังก์ชัน {x=1}"),
        ("### {ชื่อ}", "{ชื่อ}"),
        (r"## เซต \{1, 2}", "เซต {1, 2}"),
        (r"## เซต \\{1, 2}", r"เซต \{1, 2}"),
        ("## บท {-}", "บท"),
        ("## บท {.x #y}", "บท"),
        ("## บท {: #y}", "บท"),
        ("## บท {id=\"y\"}", "บท"),
        ("## บท {data-x=\"y\"}", "บท"),
    ] {
        let out = html(heading);
        assert!(out.contains(&format!(">{text}</h")), "{heading}: {out}");
    }
    for text in ["[[101]]", "[[2566|ปีงบ]]", "[[2024-05-01]]", "[[บท \"หนึ่ง\"]]", "[[ Home ]]"] {
        assert!(html(text).contains("<a href"), "{text}: {}", html(text));
    }
    check("`[[0]]` <b>a[[0]]</b>", "<p><code>[[0]]</code> <b>a[[0]]</b></p>");
    assert_eq!(scan("[[ชื่อโรงเรียน]] และ [[a|b]] และ [[ระเบียบ]](ฉบับที่ 2) [[ก]](ใหม่)").links.len(), 4);
    // What is cut is told, however its tag is written.
    for text in ["<Title>QZQ</Title>", "<Template>\n\nQZQ\n\n</Template>", "ก <noembed>QZQ</noembed>"] {
        let told = scan(text).findings;
        assert!(told.iter().any(|found| found.kind == FindingKind::RemovedHtml), "{text}: {told:?}");
    }
}

#[test]
fn what_an_author_hides_is_hidden() {
    use sala::internals::markdown::without_hidden;
    let source = "ก\n\n<div hidden>\nลับ <div>ลับ</div>\n</div>\n\nข";
    assert!(!html(&without_hidden(source).expect("something hidden")).contains("ลับ"));
    assert!(scan(source).findings.iter().all(|f| f.kind != FindingKind::HidesText));
    // An element that goes on behind its block or line is taken out too, and told.
    for source in ["<div hidden>\n\nลับ\n\n</div>\n\nข", "ก <b hidden>ลับ</b> ข", "<div v-if=\"a\">ลับ</div>\n\nข"]
    {
        assert!(scan(source).findings.iter().any(|f| f.kind == FindingKind::ForeignComment), "{source}");
        let shown = without_hidden(source).expect("something hidden");
        assert!(!shown.contains("ลับ") && shown.contains('ข'), "{shown}");
    }
    // Where the end is in doubt the author is told, and nothing is published.
    for source in ["<div hidden>\nลับ <!-- </div> --> ลับ</div>", "<div v-if=\"a\"/>ลับ", "<p hidden>ลับ", "ก [ลับ]{hidden}"]
    {
        assert!(scan(source).findings.iter().any(|f| f.kind == FindingKind::HidesText), "{source}");
    }
}

#[test]
fn pictures_in_html_have_a_size() {
    struct Sized;
    impl sala::internals::markdown::Links for Sized {
        fn link(&self, _: &str, _: usize) -> sala::internals::markdown::Resolved {
            Default::default()
        }
        fn image(&self, dest: &str, _: usize) -> sala::internals::markdown::ResolvedImage {
            sala::internals::markdown::ResolvedImage { src: Some(dest.to_owned()), size: Some((400, 200)), small: None }
        }
        fn query(&self, _: &str, _: usize) -> String {
            String::new()
        }
        fn count(&self, _: &str, _: &str, _: usize) -> sala::internals::markdown::Resolved {
            Default::default()
        }
    }
    let out = |source| render(source, &Options::plain(), &Sized).into_html();
    let (whole, scaled) = (out("<img src=\"a.png\" alt=\"ก\">"), out("<img src=\"a.png\" alt=\"ก\" width=\"100\">"));
    assert!(whole.contains("width=\"400\" height=\"200\" loading=\"lazy\""), "{whole}");
    assert!(scaled.contains("height=\"50\"") && scaled.contains("width=\"100\""), "{scaled}");
}
