//! Slides that a speaker changes (PresentationML).
//!
//! `<office>` is a map: `slides`, each with `title`, `body` (paragraphs), `big` (a number seen from afar), `foot`, `notes`
//! (what the speaker says) and `hue` (six hexadecimal digits).

use serde_json::Value;

use super::package::{FONT, HEAD, Parts, content_types, core, language, letters, list, relations, root, text};
use super::pptx_master::{NAMES, layout, master, notes_master, theme, tree};
use crate::pdf::job::Job;

/// 16:9 in English Metric Units.
const SIZE: (u32, u32) = (12_192_000, 6_858_000);
/// The parts and the number of slides.
pub(super) fn parts(job: &Job, value: &Value) -> (Parts, usize) {
    let (slides, lang) = (list(value, "slides"), language(job));
    let n = slides.len();
    let kind = |name: &str| format!("presentationml.{name}");
    let mut kinds = vec![
        ("ppt/presentation.xml".to_owned(), kind("presentation.main")),
        ("ppt/slideMasters/slideMaster1.xml".to_owned(), kind("slideMaster")),
        ("ppt/slideLayouts/slideLayout1.xml".to_owned(), kind("slideLayout")),
        ("ppt/notesMasters/notesMaster1.xml".to_owned(), kind("notesMaster")),
        ("ppt/theme/theme1.xml".to_owned(), "theme".to_owned()),
        ("ppt/theme/theme2.xml".to_owned(), "theme".to_owned()),
    ];
    for k in 1..=n {
        kinds.push((format!("ppt/slides/slide{k}.xml"), kind("slide")));
        kinds.push((format!("ppt/notesSlides/notesSlide{k}.xml"), kind("notesSlide")));
    }
    let kinds: Vec<(String, &str)> = kinds.iter().map(|(path, kind)| (path.clone(), kind.as_str())).collect();
    let mut links = vec![
        ("rId1".to_owned(), "slideMaster", "slideMasters/slideMaster1.xml".to_owned()),
        ("rId2".to_owned(), "notesMaster", "notesMasters/notesMaster1.xml".to_owned()),
        ("rId3".to_owned(), "theme", "theme/theme1.xml".to_owned()),
    ];
    links.extend((1..=n).map(|k| (format!("rId{}", k + 3), "slide", format!("slides/slide{k}.xml"))));
    let ids: String = (1..=n).map(|k| format!("<p:sldId id=\"{}\" r:id=\"rId{}\"/>", 255 + k, k + 3)).collect();
    let presentation = format!(
        "{HEAD}<p:presentation {NAMES}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/>\
         </p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id=\"rId2\"/></p:notesMasterIdLst>\
         <p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx=\"{}\" cy=\"{}\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/>\
         </p:presentation>",
        SIZE.0, SIZE.1
    );
    let link = |path: &str, targets: &[(&'static str, String)]| {
        let list: Vec<_> =
            targets.iter().enumerate().map(|(k, (kind, to))| (format!("rId{}", k + 1), *kind, to.clone())).collect();
        relations(path, &list)
    };
    let to = |name: &str| format!("../{name}.xml");
    let mut parts = vec![
        content_types(&kinds),
        root("ppt/presentation.xml"),
        core(job),
        ("ppt/presentation.xml".into(), presentation),
        relations("ppt/presentation.xml", &links),
        ("ppt/slideMasters/slideMaster1.xml".into(), master()),
        link(
            "ppt/slideMasters/slideMaster1.xml",
            &[("slideLayout", to("slideLayouts/slideLayout1")), ("theme", to("theme/theme1"))],
        ),
        ("ppt/slideLayouts/slideLayout1.xml".into(), layout()),
        link("ppt/slideLayouts/slideLayout1.xml", &[("slideMaster", to("slideMasters/slideMaster1"))]),
        ("ppt/notesMasters/notesMaster1.xml".into(), notes_master()),
        link("ppt/notesMasters/notesMaster1.xml", &[("theme", to("theme/theme2"))]),
        ("ppt/theme/theme1.xml".into(), theme()),
        ("ppt/theme/theme2.xml".into(), theme()),
    ];
    for (k, slide) in slides.iter().enumerate() {
        let (path, notes) =
            (format!("ppt/slides/slide{}.xml", k + 1), format!("ppt/notesSlides/notesSlide{}.xml", k + 1));
        parts.push((path.clone(), of_slide(slide, &lang)));
        let notes_of = to(&format!("notesSlides/notesSlide{}", k + 1));
        parts.push(link(&path, &[("slideLayout", to("slideLayouts/slideLayout1")), ("notesSlide", notes_of)]));
        parts.push((notes.clone(), of_notes(slide, &lang)));
        let slide_of = to(&format!("slides/slide{}", k + 1));
        parts.push(link(&notes, &[("notesMaster", to("notesMasters/notesMaster1")), ("slide", slide_of)]));
    }
    (parts, n)
}

/// What a letter takes of the size of its type: how wide it is, how high its line.
type Letter = (f64, f64);
/// Of the font of the offices.
const REGULAR: Letter = (0.4, 1.2);
/// Of bold type in the font that stands in where that of the offices is missing: a title must not run into the text below it.
const WIDEST: Letter = (0.56, 1.3);

/// The largest of these sizes, in hundredths of a point, at which the paragraphs fit a box so wide and high, in points: programs
/// shrink a text only when somebody types in it.
fn fitting(paragraphs: &[String], sizes: &[u32], (across, down): Letter, (wide, high): (f64, f64)) -> u32 {
    let fits = |size: f64| {
        let in_line = (wide / (size * across)).max(1.0);
        let lines: f64 = paragraphs.iter().map(|p| (letters(p) as f64 / in_line).ceil().max(1.0)).sum();
        lines * size * down + 6.0 * (paragraphs.len() as f64 - 1.0) <= high
    };
    let least = sizes.last().copied().unwrap_or_default();
    sizes.iter().copied().find(|size| fits(f64::from(*size) / 100.0)).unwrap_or(least)
}

/// A paragraph; `look` are properties of its words.
fn paragraph(words: &str, lang: &str, look: &str, inner: &str) -> String {
    let lines: Vec<String> = words
        .split('\n')
        .map(|line| format!("<a:r><a:rPr lang=\"{lang}\"{look}>{inner}</a:rPr><a:t>{line}</a:t></a:r>"))
        .collect();
    format!("<a:p>{}</a:p>", lines.join("<a:br/>"))
}

/// A shape that takes its place from the master. A title has the size at which it fits: programs that shrink a text by their own
/// rules make it too small.
fn placeholder(id: u32, name: &str, kind: &str, body: &str) -> String {
    let fit = if kind.contains("title") { "noAutofit" } else { "normAutofit" };
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>\
         <p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr><a:{fit}/></a:bodyPr><a:lstStyle/>{body}\
         </p:txBody></p:sp>"
    )
}

/// A text box of its own.
fn text_box(id: u32, name: &str, place: (u32, u32, u32, u32), body: &str) -> String {
    let (x, y, wide, high) = place;
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>\
         <a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\">\
         <a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr wrap=\"square\"><a:normAutofit/></a:bodyPr><a:lstStyle/>\
         {body}</p:txBody></p:sp>"
    )
}

fn of_slide(slide: &Value, lang: &str) -> String {
    let hue = text(&slide["hue"]);
    let face = format!("<a:latin typeface=\"{FONT}\"/><a:cs typeface=\"{FONT}\"/>");
    let fill = |hue: &str| {
        if hue.is_empty() { String::new() } else { format!("<a:solidFill><a:srgbClr val=\"{hue}\"/></a:solidFill>") }
    };
    let title = text(&slide["title"]);
    let size =
        fitting(std::slice::from_ref(&title), &[5400, 4800, 4400, 4000, 3600, 3000, 2400], WIDEST, (850.0, 104.0));
    let title = paragraph(&title, lang, &format!(" sz=\"{size}\""), &fill(&hue));
    let mut shapes = placeholder(2, "Title", "type=\"title\"", &title);
    let body: Vec<String> = list(slide, "body").iter().map(text).collect();
    let size = format!(" sz=\"{}\"", fitting(&body, &[4000, 3600, 3200, 2800, 2400, 2000], REGULAR, (850.0, 345.0)));
    let body: String = body.iter().map(|words| paragraph(words, lang, &size, "")).collect();
    if !body.is_empty() {
        shapes += &placeholder(3, "Text", "idx=\"1\"", &body);
    }
    let big = text(&slide["big"]);
    if !big.is_empty() {
        let size = fitting(std::slice::from_ref(&big), &[11500, 8800, 7200, 5400, 4400], WIDEST, (850.0, 160.0));
        let words = paragraph(&big, lang, &format!(" sz=\"{size}\" b=\"1\""), &(fill(&hue) + &face));
        shapes += &text_box(4, "Number", (609_600, 2_700_000, 10_972_800, 2_100_000), &words);
    }
    let foot = text(&slide["foot"]);
    if !foot.is_empty() {
        let words = paragraph(&foot, lang, " sz=\"2000\"", &(fill("5B6470") + &face));
        shapes += &text_box(5, "Foot", (609_600, 6_250_000, 10_972_800, 460_000), &words);
    }
    format!("{HEAD}<p:sld {NAMES}>{}</p:sld>", tree(&shapes))
}

fn of_notes(slide: &Value, lang: &str) -> String {
    let words = text(&slide["notes"]);
    let paragraphs: String = words.split('\n').map(|line| paragraph(line, lang, "", "")).collect();
    let picture = "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" \
                   noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>";
    let shapes = format!("{picture}{}", placeholder(3, "Notes", "type=\"body\" idx=\"1\"", &paragraphs));
    format!("{HEAD}<p:notes {NAMES}>{}</p:notes>", tree(&shapes))
}
