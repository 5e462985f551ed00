//! Markdown twins: the same page for programs that read text (<https://llmstxt.org>). A twin is made from the finished page,
//! so that it says what the page says and no more.

use std::sync::LazyLock;

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};

use super::plan::{Page, What};
use crate::markdown::{escape_text, line_of, with_numbers};
use crate::model::Config;
use crate::text::small::beside;

/// What only a screen can do, and drawings, whose numbers stand in the table beside them.
const WITHOUT: [&str; 9] = ["script", "style", "template", "noscript", "svg", "nav", "form", "button", "dialog"];

/// Where a template may say that an element is for the screen alone.
const ANY: [&str; 9] = ["a", "aside", "details", "div", "label", "p", "section", "span", "ul"];

/// Address of the twin of the page at `path`.
pub(super) fn path(path: &str) -> String {
    format!("{path}.md")
}

/// Whether the site has a twin of this page: those that only scripts fill, and the page of lost addresses, have none.
pub(super) fn has(config: &Config, page: &Page) -> bool {
    config.build.markdown && !matches!(page.what, What::Search | What::Compare | What::NotFound)
}

/// The main part of a finished page as Markdown. Its links lead where those of the page do, since the twin is beside it.
pub(super) fn of(page: &[u8]) -> Vec<u8> {
    static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(converter);
    let html = String::from_utf8_lossy(page);
    let main = html.find("<main").and_then(|from| Some(&html[from..from + html[from..].find("</main>")?]));
    let mut text = CONVERTER.convert(&with_numbers(&without_formulas(main.unwrap_or_default()))).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}

/// The HTML with its formulas in lines of text.
fn without_formulas(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, formula)) = rest.split_once("<math") {
        let (formula, after) = formula.split_once("</math>").unwrap_or((formula, ""));
        out.push_str(before);
        escape_text(&line_of(&format!("<math{formula}</math>")), &mut out);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What is raised or lowered makes no other number of the one before it.
fn script(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    Some(beside("0", inside(handlers, &element).trim(), element.tag == "sup").into())
}

/// Tables are ours: the crate's leave out the heads of rows.
fn converter() -> HtmlToMarkdown {
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    HtmlToMarkdown::builder()
        .options(options)
        .add_handler(ANY.to_vec(), unless_of_the_screen)
        .add_handler(vec!["dt"], label)
        .add_handler(vec!["sup", "sub"], script)
        .add_handler(vec!["del", "s", "strike"], struck)
        .add_handler(vec!["th", "td"], cell)
        .add_handler(vec!["tr"], row)
        .add_handler(vec!["thead", "tbody", "tfoot"], rows)
        .add_handler(vec!["table"], table)
        .skip_tags(WITHOUT.to_vec())
        .build()
}

fn attribute<'a>(element: &'a Element<'_>, name: &str) -> Option<&'a str> {
    element.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn inside(handlers: &dyn Handlers, element: &Element<'_>) -> String {
    handlers.walk_children(element.node).content
}

fn unless_of_the_screen(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let screen = |class: &str| class.split(' ').any(|class| matches!(class, "no-print" | "only-js"));
    if attribute(&element, "class").is_some_and(screen) { None } else { handlers.fallback(element) }
}

fn label(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    Some(format!("\n\n**{}**\n\n", inside(handlers, &element).trim()).into())
}

/// What is struck out, line by line: without a mark it would be told.
fn struck(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let text = inside(handlers, &element);
    let line = |line: &str| match line.trim() {
        "" => line.to_owned(),
        bare => line.replacen(bare, &format!("~~{bare}~~"), 1),
    };
    Some(text.split('\n').map(line).collect::<Vec<_>>().join("\n").into())
}

/// Stands before each cell until its table is written, and before the numbers of columns and of rows that it spans.
const CELL: char = '\u{1f}';
const SPANS: char = '\u{1e}';
/// Most columns or rows that are believed of a cell.
const MOST_SPANNED: usize = 100;

fn cell(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let spans = |name| attribute(&element, name).and_then(|number| number.parse().ok()).unwrap_or(1_usize);
    let text = inside(handlers, &element);
    let words: Vec<&str> = text.split_whitespace().collect();
    let (across, down) = (spans("colspan").clamp(1, MOST_SPANNED), spans("rowspan").clamp(1, MOST_SPANNED));
    Some(format!("{CELL}{}{SPANS}{across}{SPANS}{down}", words.join(" ").replace('|', "\\|")).into())
}

fn row(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let text = inside(handlers, &element);
    let cells = text.find(CELL).map_or("", |from| &text[from..]);
    Some(format!("\n{}\n", cells.split_whitespace().collect::<Vec<_>>().join(" ")).into())
}

/// The cells of rows, with the empty ones that others span; all rows as long as the longest.
fn grid(rows: &[&str]) -> Vec<Vec<String>> {
    // How many rows each column is spanned yet.
    let mut spanned: Vec<usize> = Vec::new();
    let mut grid: Vec<Vec<String>> = Vec::new();
    for row in rows {
        let mut cells: Vec<String> = Vec::new();
        let below = |cells: &mut Vec<String>, spanned: &mut Vec<usize>| {
            while let Some(left) = spanned.get_mut(cells.len()).filter(|left| **left > 0) {
                *left -= 1;
                cells.push(String::new());
            }
        };
        for cell in row.split(CELL).skip(1) {
            below(&mut cells, &mut spanned);
            let mut parts = cell.split(SPANS);
            let mut text = parts.next().unwrap_or_default().trim().to_owned();
            let mut span = || parts.next().and_then(|number| number.trim().parse().ok()).unwrap_or(1_usize);
            let (across, down) = (span(), span());
            spanned.resize(spanned.len().max(cells.len() + across), 0);
            for _ in 0..across {
                spanned[cells.len()] = down - 1;
                cells.push(std::mem::take(&mut text));
            }
        }
        below(&mut cells, &mut spanned);
        grid.push(cells);
    }
    let columns = grid.iter().map(Vec::len).max().unwrap_or(0);
    grid.iter_mut().for_each(|row| row.resize(columns, String::new()));
    grid
}

fn rows(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    Some(inside(handlers, &element).into())
}

/// The rows below a rule of the first one's columns. What else is in a table, its caption, stands above it.
fn table(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let text = inside(handlers, &element);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (rows, above): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with(CELL));
    let rows = grid(&rows);
    let columns = rows.first().map_or(0, Vec::len);
    let rows: Vec<String> = rows.iter().map(|cells| format!("| {} |", cells.join(" | "))).collect();
    let Some((head, body)) = rows.split_first() else { return Some(text.into()) };
    let rule = format!("|{}", " --- |".repeat(columns));
    Some(format!("\n\n{}\n\n{head}\n{rule}\n{}\n\n", above.join(" "), body.join("\n")).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twin_says_what_the_page_says() {
        let page = "<head><title>ก</title></head><body><nav>เมนู</nav><main id=\"content\"><h1>ลิฟต์คำ</h1>\
            <p>ได้ <strong>24 คน</strong> <a href=\"../b.html\">ดูต่อ</a></p><p class=\"no-print\">ปุ่ม</p>\
            <p>10<sup>2</sup> H<sub>2</sub>O <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math><sup class=\"footnote-ref\"><a href=\"#fn-1\">1</a></sup></p>\
            <dl><div><dt>ปี</dt><dd>2566</dd></div></dl>\
            <table><caption>ผล</caption><thead><tr><td></td><th scope=\"col\">ก่อน</th><th>หลัง</th></tr></thead>\
            <tbody><tr><th scope=\"row\">อ่าน | เขียน</th><td>4</td><td><p>9</p></td></tr>\
            <tr><th colspan=\"3\">รวม</th></tr></tbody></table><ul><li>ก</li></ul><script>x</script></main></body>";
        let expected = "# ลิฟต์คำ\n\nได้ **24 คน** [ดูต่อ](../b.html)\n\n10² H₂O 1/2[1](#fn-1)\n\n**ปี**\n\n2566\n\nผล\n\n\
            |  | ก่อน | หลัง |\n| --- | --- | --- |\n| อ่าน \\| เขียน | 4 | 9 |\n| รวม |  |  |\n\n- ก\n";
        assert_eq!(String::from_utf8_lossy(&of(page.as_bytes())), expected);
    }

    #[test]
    fn what_is_struck_out_spanned_or_numbered_otherwise_is_told() {
        let twin = |main: &str| {
            let text = of(format!("<main>{main}</main>").as_bytes());
            String::from_utf8_lossy(&text).trim_end().to_owned()
        };
        assert_eq!(twin("<p>ราคา <del>500 </del>450 <s>ก</s></p>"), "ราคา ~~500~~ 450 ~~ก~~");
        let rows = "<tr><th rowspan=\"2\">รวม</th><td>บน</td><td rowspan=\"3\">ข้าง</td></tr><tr><td>ล่าง</td></tr>\
            <tr><td colspan=\"2\">ท้าย</td></tr><tr><td>1</td><td>2</td><td>3</td></tr>";
        let table = "| รวม | บน | ข้าง |\n| --- | --- | --- |\n|  | ล่าง |  |\n| ท้าย |  |  |\n| 1 | 2 | 3 |";
        assert_eq!(twin(&format!("<table>{rows}</table>")), table);
        assert_eq!(twin("<ol><li>ก</li><li>ข</li></ol>"), "1. ก\n2. ข");
        assert_eq!(twin("<ol start=\"7\"><li>ก</li><li>ข</li></ol>"), "7. ก\n8. ข");
        let inner = "<ol type=\"a\"><li>ข<ol><li>ค</li></ol></li><li>ง</li></ol>";
        assert_eq!(twin(inner), "- a. ข\n  1. ค\n- b. ง");
        assert_eq!(twin("<ol reversed><li>ก</li><li>ข</li></ol>"), "- 2\\. ก\n- 1\\. ข");
        let valued = "<ol><li><p>ก</p></li><li value=\"12\">ข</li><li>ค</li></ol>";
        assert_eq!(twin(valued), "- 1\\. ก\n\n- 12\\. ข\n- 13\\. ค");
    }
}
