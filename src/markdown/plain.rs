//! Text without markup: what stands apart stays apart, and what is raised makes no other number of the one before it.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::lookahead::is_block_end;
use super::math;
use super::pieces::{Piece, Pieces, parts_lines};
use super::prepared::{Prepared, Spanned};
use crate::text::small::Stretches;

/// Reads the text of events onto the end of another text.
#[derive(Debug)]
pub(super) struct Plain {
    /// What parts a block from the next.
    sign: char,
    pieces: Pieces,
    scripts: Stretches,
}

impl Plain {
    pub(super) fn new(sign: char) -> Plain {
        Plain { sign, pieces: Pieces::default(), scripts: Stretches::default() }
    }

    /// What an event says besides its words: where a block or a raised stretch begins and ends, and raw HTML.
    pub(super) fn mark(&mut self, event: &Event<'_>, prepared: &Prepared<'_>, out: &mut String) {
        match event {
            Event::Start(Tag::Superscript) => self.scripts.begin(out, true),
            Event::Start(Tag::Subscript) => self.scripts.begin(out, false),
            Event::End(TagEnd::Superscript | TagEnd::Subscript) => self.scripts.end(out),
            Event::Start(tag) if is_block_end(&tag.to_end()) => self.block(out),
            Event::End(end) if is_block_end(end) => self.block(out),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&prepared.clean(html), out),
            _ => {}
        }
    }

    /// Adds words.
    pub(super) fn words(&self, text: &str, out: &mut String) {
        if !self.pieces.is_unseen() {
            out.push_str(text);
        }
    }

    /// A block begins or ends.
    fn block(&mut self, out: &mut String) {
        self.pieces.begin();
        self.scripts.clear();
        self.line(out);
    }

    /// A line begins or ends.
    fn line(&self, out: &mut String) {
        out.truncate(out.trim_end_matches(' ').len());
        if !out.is_empty() && !out.ends_with(self.sign) {
            out.push(self.sign);
        }
    }

    fn html(&mut self, html: &str, out: &mut String) {
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.read(html, |piece| match piece {
            Piece::Text(text) => {
                for (k, word) in text.split(char::is_whitespace).enumerate() {
                    if k > 0 && !out.is_empty() && !out.ends_with(char::is_whitespace) {
                        out.push(' ');
                    }
                    out.push_str(word);
                }
            }
            Piece::Tag("sup" | "sub", tag) if tag.closing => self.scripts.end(out),
            Piece::Tag(name @ ("sup" | "sub"), _) => self.scripts.begin(out, name == "sup"),
            Piece::Tag(name, _) if parts_lines(name) => self.line(out),
            Piece::Tag(..) => {}
        });
        self.pieces = pieces;
    }
}

/// The text of events in one line.
pub(super) fn text_of(prepared: &Prepared<'_>, events: &[Spanned<'_>]) -> String {
    let (mut plain, mut out) = (Plain::new(' '), String::new());
    for (event, _) in events {
        plain.mark(event, prepared, &mut out);
        match event {
            Event::Text(text) | Event::Code(text) => plain.words(&prepared.clean(text), &mut out),
            Event::InlineMath(tex) | Event::DisplayMath(tex) => {
                plain.words(&math::in_line(&prepared.clean(tex)), &mut out)
            }
            Event::SoftBreak | Event::HardBreak => plain.words(" ", &mut out),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The text of a Markdown value without markup, blocks separated by one space.
#[must_use]
pub fn plain_text(markdown: &str) -> String {
    let prepared = Prepared::new(markdown);
    text_of(&prepared, &prepared.parse().events)
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn text_without_markup() {
        assert_eq!(plain_text("**หมายเหตุ:**ข้อความ\nต่อ [ลิงก์](x)\n\nนี่ `code`"), "หมายเหตุ:ข้อความ ต่อ ลิงก์ นี่ code");
        assert_eq!(plain_text("ก\nb"), "ก b");
        assert_eq!(plain_text("2<sup>1</sup>/<sub>3</sub> ถ้วย"), "2 1/3 ถ้วย");
        assert_eq!(plain_text("<p>2<sup>1</sup>&frasl;<sub>3</sub></p>"), "2 1/3");
    }

    #[test]
    fn a_line_end_in_a_word_is_nothing() {
        for (source, expected) in [
            ("ครูสอน\nนักเรียนอ่าน", "ครูสอน นักเรียนอ่าน"),
            ("ที่โรง\nเรียนของเรา", "ที่โรงเรียนของเรา"),
            ("โรงเรียนบ้านทดลอง\nตำบลกลาง", "โรงเรียนบ้านทดลอง ตำบลกลาง"),
            ("ทำง\nาน", "ทำงาน"),
            ("ก. เตรียม\nข. แจก", "ก. เตรียม ข. แจก"),
            ("เครือ**ข่าย**\nครู", "เครือข่าย ครู"),
            ("学校\n教育", "学校教育"),
            ("ဗမာ\nစာ", "ဗမာ စာ"),
        ] {
            assert_eq!(plain_text(source), expected);
        }
    }
}
