//! A file for a word processor (WordprocessingML).
//!
//! `<office>` is a map: `across` turns the paper, `foot` stands at the foot of each page, `blocks` is a list of blocks:
//! `h` (`text`, `level`), `p` (`text`, `bold`, `small`), `line` (`text` with a dotted line beside it; this and `p` may
//! `keep` to what follows), `lines` (`n` of them), `check` (a box before `text`), `table` (`head`, `rows`, `shares` of the
//! columns, the least height `high` of its rows in mm), `break`.
//!
//! Texts may have their marks of line ends: columns are as wide as the longest piece between them needs.

use serde_json::Value;

use super::package::{
    FONT, HEAD, Parts, column_text, content_types, core, language, list, longest_piece, relations, root, text,
};
use crate::pdf::job::Job;

/// Stays on the page of what follows.
const KEEP: &str = "<w:keepNext/>";
/// Most rows of a table that stays on one page.
const SHORT_TABLE: usize = 6;

/// Twentieths of a point in a millimetre.
const MM: f64 = 56.7;
/// Lines to write on are 9 mm apart, as on paper: Thai has marks above and below.
const PITCH: &str = "<w:spacing w:after=\"0\" w:line=\"510\" w:lineRule=\"atLeast\"/>";
/// Between a table and what follows, and after the last one, where a line of text would begin a page of its own.
const GAP: u32 = 160;
const NO_GAP: u32 = 20;
/// Twentieths of a point that a cell leaves at its sides, and that a letter takes: with room for wider fonts, then as the
/// offices' own font has it.
const CELL_SIDES: u32 = 216;
const LETTER: [u32; 2] = [130, 110];
/// A4 and its margins.
const PAPER: (u32, u32, u32) = (11906, 16838, 1134);

pub(super) fn parts(job: &Job, value: &Value) -> Parts {
    let across = value["across"].as_bool().unwrap_or(false);
    let (wide, high) = if across { (PAPER.1, PAPER.0) } else { (PAPER.0, PAPER.1) };
    let width = wide - 2 * PAPER.2;
    let blocks = list(value, "blocks");
    let of = |(k, block): (usize, &Value)| of_block(block, width, if k + 1 < blocks.len() { GAP } else { NO_GAP });
    let body: String = blocks.iter().enumerate().map(of).collect();
    let turned = if across { " w:orient=\"landscape\"" } else { "" };
    let document = format!(
        "{HEAD}<w:document {NAMES}><w:body>{body}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:pgSz w:w=\"{wide}\" w:h=\"{high}\"{turned}/><w:pgMar w:top=\"{m}\" w:right=\"{m}\" w:bottom=\"{m}\" \
         w:left=\"{m}\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
        m = PAPER.2
    );
    let field = |name: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let footer = format!(
        "{HEAD}<w:ftr {NAMES}><w:p><w:pPr><w:tabs><w:tab w:val=\"right\" w:pos=\"{width}\"/></w:tabs></w:pPr>{}\
         <w:r><w:tab/></w:r>{}{}{}</w:p></w:ftr>",
        run(&text(&value["foot"]), false, true),
        field("PAGE"),
        run(" / ", false, true),
        field("NUMPAGES"),
    );
    let kinds = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("fontTable", "fontTable"),
        ("footer1", "footer"),
        ("settings", "settings"),
    ];
    let kinds = kinds.map(|(name, kind)| (format!("word/{name}.xml"), format!("wordprocessingml.{kind}")));
    let kinds: Vec<(String, &str)> = kinds.iter().map(|(path, kind)| (path.clone(), kind.as_str())).collect();
    let links = [("styles", "styles"), ("fontTable", "fontTable"), ("footer", "footer1"), ("settings", "settings")];
    let links =
        links.iter().enumerate().map(|(k, (kind, name))| (format!("rId{}", k + 1), *kind, format!("{name}.xml")));
    vec![
        content_types(&kinds),
        root("word/document.xml"),
        core(job),
        ("word/document.xml".into(), document),
        relations("word/document.xml", &links.collect::<Vec<_>>()),
        ("word/styles.xml".into(), styles(&language(job))),
        ("word/fontTable.xml".into(), fonts()),
        ("word/footer1.xml".into(), footer),
        // The rules of Word 2013 and later, by which the edge of a table stands on that of the text.
        (
            "word/settings.xml".into(),
            format!(
                "{HEAD}<w:settings {NAMES}><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
                 w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
            ),
        ),
    ]
}

const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Words in one look; a new line in them is one in the file.
fn run(words: &str, bold: bool, small: bool) -> String {
    if words.is_empty() {
        return String::new();
    }
    let bold = if bold { "<w:b/><w:bCs/>" } else { "" };
    let small = if small { "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>" } else { "" };
    let lines: Vec<String> = words.split('\n').map(|l| format!("<w:t xml:space=\"preserve\">{l}</w:t>")).collect();
    format!("<w:r><w:rPr>{bold}{small}</w:rPr>{}</w:r>", lines.join("<w:br/>"))
}

fn paragraph(style: &str, properties: &str, inner: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!("<w:pStyle w:val=\"{style}\"/>") };
    format!("<w:p><w:pPr>{style}{properties}</w:pPr>{inner}</w:p>")
}

fn dotted(words: &str, after: &str, width: u32, keep: &str) -> String {
    let tabs = format!("{keep}<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{width}\"/></w:tabs>{PITCH}");
    let gap = if words.is_empty() { "" } else { " " };
    paragraph(
        "",
        &tabs,
        &format!("{}<w:r><w:tab/></w:r>{}", run(&format!("{words}{gap}"), false, false), run(after, false, false)),
    )
}

/// `gap` is the room below a table.
fn of_block(block: &Value, width: u32, gap: u32) -> String {
    let words = text(&block["text"]);
    let flag = |key: &str| block[key].as_bool().unwrap_or(false);
    // What stays on the page of what follows it.
    let keep = if flag("keep") { KEEP } else { "" };
    match block["type"].as_str().unwrap_or_default() {
        "h" => {
            let level = block["level"].as_u64().unwrap_or(1).clamp(1, 3);
            paragraph(&format!("Heading{level}"), KEEP, &run(&words, false, false))
        }
        "line" => dotted(&words, &text(&block["after"]), width, keep),
        "lines" => {
            // Few lines stay together under what they are for; of many the first two and the last two.
            let n = block["n"].as_u64().unwrap_or(1).min(60);
            let kept = |k: u64| k + 1 < n && (n < 8 || k == 0 || k + 2 == n);
            (0..n).map(|k| dotted("", "", width, if kept(k) { KEEP } else { "" })).collect()
        }
        "check" => {
            paragraph("", "<w:ind w:left=\"454\" w:hanging=\"454\"/>", &run(&format!("\u{2610} {words}"), false, false))
        }
        "table" => table(block, width, gap),
        "break" => paragraph("", "", "<w:r><w:br w:type=\"page\"/></w:r>"),
        _ => paragraph("", keep, &run(&words, flag("bold"), flag("small"))),
    }
}

/// Widths by shares, none narrower than its longest piece, in letters. Where not all `whole` names have room those of one column
/// after the other may be split into their `parts`, first of the column that gains most.
fn widths(width: u32, shares: &[f64], whole: &[usize], parts: &[usize]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|k| std::cmp::Reverse(whole[*k].saturating_sub(parts[*k])));
    let letters = |split: usize, k: usize| if order[..split].contains(&k) { parts[k] } else { whole[k] };
    let needs = |split: usize, letter: u32| {
        (0..shares.len()).map(|k| letters(split, k) as u32 * letter + CELL_SIDES).collect::<Vec<u32>>()
    };
    let mut tries = (0..=shares.len()).flat_map(|split| LETTER.map(|letter| needs(split, letter)));
    let fits = tries.find(|list| list.iter().sum::<u32>() <= width);
    let needs = fits.unwrap_or_else(|| vec![0; shares.len()]);
    let at = |unit: f64| shares.iter().zip(&needs).map(|(s, n)| ((s * unit) as u32).max(*n)).collect::<Vec<u32>>();
    let (mut low, mut high) = (0.0, f64::from(width) / shares.iter().copied().fold(f64::INFINITY, f64::min));
    for _ in 0..40 {
        let unit = f64::midpoint(low, high);
        if at(unit).iter().sum::<u32>() <= width { low = unit } else { high = unit }
    }
    at(low)
}

/// A table with its head repeated on every page.
fn table(block: &Value, width: u32, gap: u32) -> String {
    let (head, rows) = (list(block, "head"), list(block, "rows"));
    let n = rows.iter().map(|row| row.as_array().map_or(0, Vec::len)).max().unwrap_or(0).max(head.len());
    if n == 0 {
        return String::new();
    }
    let share = |k: usize| list(block, "shares").get(k).and_then(Value::as_f64).filter(|s| *s > 0.0).unwrap_or(1.0);
    let cells = |k: usize| rows.iter().map(move |row| &row[k]).chain(head.get(k)).filter_map(Value::as_str);
    let least = |weak: bool| -> Vec<usize> {
        (0..n).map(|k| cells(k).map(|text| longest_piece(text, weak)).max().unwrap_or(0)).collect()
    };
    let (whole, parts) = (least(false), least(true));
    let wide = widths(width, &(0..n).map(share).collect::<Vec<_>>(), &whole, &parts);
    let high = (block["high"].as_f64().unwrap_or(0.0) * MM) as u32;
    let grid: String = wide.iter().map(|w| format!("<w:gridCol w:w=\"{w}\"/>")).collect();
    let row = |cells: &[Value], is_head: bool, keep: &str| {
        let tall = format!("<w:trHeight w:val=\"{high}\" w:hRule=\"atLeast\"/>");
        let properties = if is_head { "<w:cantSplit/><w:tblHeader/>".into() } else { format!("<w:cantSplit/>{tall}") };
        let cells: String = wide
            .iter()
            .enumerate()
            .map(|(k, w)| {
                let words = cells.get(k).map(column_text).unwrap_or_default();
                format!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"{w}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>",
                    paragraph("Cell", keep, &run(&words, is_head, false))
                )
            })
            .collect();
        format!("<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>")
    };
    let head = if head.is_empty() { String::new() } else { row(head, true, KEEP) };
    // A short table stays on one page; of a long one neither the first nor the last row stands alone.
    let kept = |k: usize| k + 1 < rows.len() && (rows.len() <= SHORT_TABLE || k == 0 || k + 2 == rows.len());
    let of = |r: &'_ Value| r.as_array().cloned().unwrap_or_default();
    let rows: String =
        rows.iter().enumerate().map(|(k, r)| row(&of(r), false, if kept(k) { KEEP } else { "" })).collect();
    let line = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"5B6470\"/>");
    let lines: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>{lines}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>{}",
        paragraph("", &format!("<w:spacing w:after=\"0\" w:line=\"{gap}\" w:lineRule=\"exact\"/>"), "")
    )
}

fn styles(lang: &str) -> String {
    let heading = |n: u32, size: u32| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"Heading{n}\"><w:name w:val=\"heading {n}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"160\" \
             w:after=\"60\"/><w:outlineLvl w:val=\"{}\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"{size}\"/>\
             <w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
            n - 1
        )
    };
    format!(
        "{HEAD}<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{FONT}\" w:hAnsi=\"{FONT}\" \
         w:eastAsia=\"{FONT}\" w:cs=\"{FONT}\"/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"{lang}\" \
         w:bidi=\"{lang}\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"80\"/></w:pPr>\
         </w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">\
         <w:name w:val=\"Normal\"/></w:style>{}{}{}<w:style w:type=\"paragraph\" w:styleId=\"Cell\">\
         <w:name w:val=\"Cell\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"0\"/></w:pPr></w:style>\
         </w:styles>",
        heading(1, 44),
        heading(2, 36),
        heading(3, 32)
    )
}

fn fonts() -> String {
    format!(
        "{HEAD}<w:fonts {NAMES}><w:font w:name=\"{FONT}\"><w:altName w:val=\"TH SarabunPSK,Sarabun\"/>\
         <w:charset w:val=\"DE\"/><w:family w:val=\"swiss\"/></w:font></w:fonts>"
    )
}
