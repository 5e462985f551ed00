//! The text of a finished layout as readers of the PDF get it: search, copying, screen readers.
//!
//! A typesetter groups the glyphs of a Thai syllable and gives each of them the whole syllable as its text; the exporter
//! then corrects that with `/ActualText`, which many readers of PDFs ignore (pdf.js, MuPDF, pypdf, Poppler's structure
//! tree; see krilla #411). So before export every glyph gets its own character wherever their numbers agree. Sara am
//! (◌ำ), which shaping draws as a ring and an า, becomes its own glyph again: the same picture. Marks of line ends leave
//! the text, and every stretch of it names its language.

use std::str::FromStr;

use ttf_parser::{GlyphId, OutlineBuilder};
use typst::foundations::Smart;
use typst::layout::{Em, Frame, FrameItem, Point};
use typst::model::Document;
use typst::text::{Glyph, Lang, Locale, Region, TextItem};
use typst_layout::{Page, PagedDocument};

use super::lines::{BREAK, JOINER, SOFT_BREAK};

/// Language and region of text in each script.
struct ScriptLanguages {
    thai: (Lang, Option<Region>),
    latin: (Lang, Option<Region>),
    /// Whether the document is written in the Latin script.
    mostly_latin: bool,
    /// Whether the scripts of the document are these two; else its text stays as the typesetter made it.
    known: bool,
}

/// The document with its text by characters. `lang` is the language of the document; text in other languages than Thai
/// and English stays as the typesetter made it.
pub(super) fn by_characters(document: PagedDocument, lang: &str) -> PagedDocument {
    let region = |code| Region::from_str(code).ok();
    let (primary, place) = lang.split_once('-').unwrap_or((lang, ""));
    let tongues = ScriptLanguages {
        thai: (Lang::from_str("th").unwrap_or(Lang::ENGLISH), region("TH")),
        latin: (Lang::ENGLISH, region("GB")),
        mostly_latin: primary != "th",
        known: matches!(primary, "th" | "en"),
    };
    let pages = document.pages().iter().map(|page| Page { frame: tongues.frame(&page.frame), ..page.clone() });
    let mut info = document.info().clone();
    let (lang, region) = match primary {
        "th" => tongues.thai,
        "en" => tongues.latin,
        other => (Lang::from_str(other).unwrap_or(Lang::ENGLISH), region(place)),
    };
    info.locale = Smart::Custom(Locale::new(lang, region));
    PagedDocument::new(pages.collect(), info)
}

impl ScriptLanguages {
    fn frame(&self, frame: &Frame) -> Frame {
        let mut items = Vec::with_capacity(frame.items().len());
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let mut group = group.clone();
                    group.frame = self.frame(&group.frame);
                    items.push((*at, FrameItem::Group(group)));
                }
                FrameItem::Text(text) if text.text.len() > usize::from(u16::MAX) => {
                    items.push((*at, FrameItem::Text(within_text(text))));
                }
                FrameItem::Text(text) if self.known => self.text(*at, text, &mut items),
                other => items.push((*at, other.clone())),
            }
        }
        let mut new = frame.clone();
        new.clear();
        new.push_multiple(items);
        new
    }

    /// The pieces of a stretch of text, one for each change of script.
    fn text(&self, at: Point, item: &TextItem, out: &mut Vec<(Point, FrameItem)>) {
        let empty = |latin: bool| {
            let (lang, region) = if latin { self.latin } else { self.thai };
            TextItem { lang, region, text: "".into(), glyphs: Vec::new(), ..item.clone() }
        };
        let mut left = at;
        let mut passed = Em::zero();
        let mut now: Option<bool> = None;
        let mut piece = empty(self.mostly_latin);
        let mut push = |piece: TextItem, left: Point| {
            if !piece.glyphs.is_empty() {
                out.push((left, FrameItem::Text(piece)));
            }
        };
        for cluster in item.glyphs.chunk_by(|a, b| a.range == b.range) {
            let text: String = item.text[cluster[0].range()]
                .chars()
                .filter(|c| !matches!(*c, BREAK | SOFT_BREAK | JOINER))
                .map(|c| if c == '\u{a0}' { ' ' } else { c })
                .collect();
            let width: Em = cluster.iter().map(|glyph| glyph.x_advance).sum();
            if text.is_empty() && width == Em::zero() {
                continue;
            }
            let script = script(&text);
            if script.is_some() && now.is_some() && script != now {
                let done = std::mem::replace(&mut piece, empty(script == Some(true)));
                push(done, left);
                left = at + Point::with_x(passed.at(item.size));
            } else if let (Some(latin), None) = (script, now) {
                (piece.lang, piece.region) = if latin { self.latin } else { self.thai };
            }
            now = script.or(now);
            passed += width;
            if add(&mut piece, cluster, &text).is_none() {
                return out.push((at, FrameItem::Text(item.clone())));
            }
        }
        push(piece, left);
    }
}

/// A text of more than 64 KB. The ranges of its glyphs cannot say more and may end within a character, which ends the
/// export: such a range goes back to the start of the character.
fn within_text(item: &TextItem) -> TextItem {
    let mut item = item.clone();
    let start = |mut at: u16| {
        while !item.text.is_char_boundary(usize::from(at)) {
            at -= 1;
        }
        at
    };
    for glyph in &mut item.glyphs {
        glyph.range = start(glyph.range.start)..start(glyph.range.end);
    }
    item
}

/// Whether a text is in Latin letters; none where it is in neither script.
fn script(text: &str) -> Option<bool> {
    text.chars().find_map(|c| match c {
        'ก'..='๛' => Some(false),
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' => Some(true),
        _ => None,
    })
}

/// Adds a cluster with its text: a character for each glyph where their numbers agree, else all for all. `None` when the
/// text is too long.
fn add(piece: &mut TextItem, cluster: &[Glyph], text: &str) -> Option<()> {
    let glyphs = one_am(piece, cluster, text).unwrap_or_else(|| cluster.to_vec());
    let start = piece.text.len();
    piece.text.push_str(text);
    let end = u16::try_from(piece.text.len()).ok()?;
    let single = glyphs.len() == text.chars().count() && !text.chars().any(reordered);
    let mut places = text.char_indices().map(|(at, c)| (start + at, c.len_utf8()));
    for mut glyph in glyphs {
        glyph.range = match places.next().filter(|_| single) {
            Some((at, length)) => u16::try_from(at).ok()?..u16::try_from(at + length).ok()?,
            None => u16::try_from(start).ok()?..end,
        };
        piece.glyphs.push(glyph);
    }
    Some(())
}

/// Whether shaping may set a character in another order than it is written.
fn reordered(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// A cluster that ends in sara am, with the glyph of sara am in place of ring and า, or of า after a glyph of ring and tone
/// in one (the ring is then drawn twice at the same place). `None` where that would change the picture.
fn one_am(piece: &TextItem, cluster: &[Glyph], text: &str) -> Option<Vec<Glyph>> {
    if !text.ends_with('ำ') {
        return None;
    }
    let face = piece.font.ttf();
    let [ring, aa, am] = ['\u{e4d}', 'า', 'ำ'].map(|c| face.glyph_index(c));
    let (ring, aa, am) = (ring?, aa?, am?);
    let last = cluster.last()?;
    if last.id != aa.0 || face.glyph_hor_advance(aa) != face.glyph_hor_advance(am) {
        return None;
    }
    let still = |glyph: &Glyph| glyph.x_offset == Em::zero() && glyph.y_offset == Em::zero();
    let mut glyphs = cluster.to_vec();
    match cluster.iter().position(|glyph| glyph.id == ring.0) {
        Some(at) if still(&cluster[at]) => {
            glyphs.remove(at);
        }
        Some(_) => return None,
        None => {
            let both = cluster.get(cluster.len().checked_sub(2)?)?;
            let (mut one, mut two) = (LineStarts::default(), LineStarts::default());
            face.outline_glyph(ring, &mut one)?;
            face.outline_glyph(GlyphId(both.id), &mut two)?;
            if !still(both) || !one.0.iter().all(|start| two.0.contains(start)) {
                return None;
            }
        }
    }
    glyphs.last_mut()?.id = am.0;
    Some(glyphs)
}

/// Where the lines of an outline begin.
#[derive(Default)]
struct LineStarts(Vec<(f32, f32)>);

impl OutlineBuilder for LineStarts {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push((x, y));
    }
    fn line_to(&mut self, _: f32, _: f32) {}
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
    fn close(&mut self) {}
}
