//! What a writer meant by looks alone: bold lines are headings, typed numbers are lists.

use super::reader::Block;
use crate::text::digits::to_arabic;

/// Level of bold lines that are the headings of sections: whatever stands below may belong to them.
const SECTION: u8 = 1;
/// Longest bold paragraph, in characters, that is taken for a heading.
const HEADING: usize = 90;

/// The blocks with headings and lists recognised. `is_section` knows the headings of the page's own sections, exactly or
/// nearly.
pub(super) fn shaped(blocks: Vec<Block>, is_section: &dyn Fn(&str, bool) -> bool) -> Vec<Block> {
    let styled = blocks.iter().any(|b| matches!(b, Block::Heading(1.., _)));
    let mut titled = blocks.iter().any(|b| matches!(b, Block::Heading(0, _)));
    // Whether text or a heading stands before.
    let mut begun = false;
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let line = match &block {
            Block::Paragraph(markdown, true) => heading(markdown),
            _ => None,
        };
        let block = match line {
            Some(line) if is_section(&line, false) => Block::Heading(SECTION, line),
            // A bold line at the top is the title.
            Some(line) if !titled && !begun => {
                titled = true;
                Block::Heading(0, line)
            }
            // Nothing says of other lines that they do not belong to the section before.
            Some(line) if !styled => Block::Heading(SECTION + u8::from(!is_section(&line, true)), line),
            _ => block,
        };
        begun |= matches!(block, Block::Paragraph(..) | Block::Item(..) | Block::Table(_) | Block::Heading(1.., _));
        out.push(block);
    }
    lists(out)
}

/// The text of a bold paragraph that can be a heading: one short line that ends no sentence.
fn heading(markdown: &str) -> Option<String> {
    let line = plain(markdown);
    let short = (1..=HEADING).contains(&line.chars().count());
    let ends = line.ends_with(['.', ';', ',', '”', '"']) && !line.ends_with("ฯ");
    (short && !ends && !markdown.contains('\n') && line.chars().any(char::is_alphabetic)).then_some(line)
}

/// Markdown of one paragraph without its marks.
pub(super) fn plain(markdown: &str) -> String {
    let mut out = String::new();
    let mut chars = markdown.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '*' | '~' => {}
            c => out.push(c),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Paragraphs that were numbered or marked by hand, two or more in a row, become items.
fn lists(blocks: Vec<Block>) -> Vec<Block> {
    let typed: Vec<Option<(Option<u32>, String)>> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text, _) => typed(text),
            _ => None,
        })
        .collect();
    let follows = |a: usize, b: usize| match (typed.get(a), typed.get(b)) {
        (Some(Some((Some(x), _))), Some(Some((Some(y), _)))) => *y == x + 1,
        (Some(Some((None, _))), Some(Some((None, _)))) => true,
        _ => false,
    };
    let listed = |i: usize| follows(i, i + 1) || i.checked_sub(1).is_some_and(|before| follows(before, i));
    let listed: Vec<bool> = (0..blocks.len()).map(listed).collect();
    let pairs = blocks.into_iter().zip(typed).zip(listed);
    pairs
        .map(|((block, typed), listed)| match typed {
            Some((number, text)) if listed => Block::Item(0, number, text),
            _ => block,
        })
        .collect()
}

/// `๑. ข้อ`, `2) ข้อ`, `• ข้อ`: number and text.
fn typed(markdown: &str) -> Option<(Option<u32>, String)> {
    let text = markdown.trim_start();
    if let Some(rest) = ["•", "▪", "●", "○", "–", "- ", "\\- "].iter().find_map(|mark| text.strip_prefix(mark))
    {
        let rest = rest.trim_start();
        return (!rest.is_empty()).then(|| (None, rest.to_string()));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && !('๐'..='๙').contains(&c))?;
    let number = to_arabic(&text[..end]).parse().ok()?;
    let rest = text[end..].strip_prefix(['.', ')'])?;
    // `1.5` and `๑.๒` are no items of a list.
    let rest = rest
        .strip_prefix(|c: char| c.is_whitespace())
        .or_else(|| rest.starts_with(|c: char| c.is_alphabetic()).then_some(rest))?;
    let rest = rest.trim_start();
    (!rest.is_empty()).then(|| (Some(number), rest.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(text.into(), text.starts_with("**"))
    }

    #[test]
    fn bold_lines_are_headings_where_no_style_says_so() {
        let blocks = vec![
            paragraph("**รายงานการทบทวน**"),
            paragraph("**๑. สิ่งที่เกิดขึ้น**"),
            paragraph("ครูมาครบ"),
            paragraph("**จบการประชุมเวลาเที่ยงวัน.**"),
        ];
        let found = shaped(blocks.clone(), &|_, _| false);
        assert_eq!(found[0], Block::Heading(0, "รายงานการทบทวน".into()));
        assert_eq!(found[1], Block::Heading(2, "๑. สิ่งที่เกิดขึ้น".into()));
        assert!(matches!(&found[3], Block::Paragraph(..)));
        let some = vec![paragraph("**รายงาน**"), Block::Heading(2, "ข้อค้นพบ".into())];
        assert_eq!(shaped(some, &|_, _| false)[0], Block::Heading(0, "รายงาน".into()), "other headings have styles");
        let mut styled = vec![Block::Heading(1, "หัว".into())];
        styled.extend(blocks);
        let found = shaped(styled, &|line, _| line.contains("สิ่งที่เกิดขึ้น"));
        assert!(matches!(&found[1], Block::Paragraph(..)), "a document with headings says what is one");
        assert!(matches!(&found[2], Block::Heading(1, _)), "but a section is known");
    }

    #[test]
    fn typed_numbers_and_marks_are_lists() {
        let texts = ["๑. ข้อแรก", "๒. ข้อสอง", "เนื้อหา", "1) เดี่ยว", "• จุด", "•จุดสอง", "1.5 ล้านบาท"];
        let found = shaped(texts.iter().map(|t| paragraph(t)).collect(), &|_, _| false);
        assert_eq!(found[0], Block::Item(0, Some(1), "ข้อแรก".into()));
        assert_eq!(found[1], Block::Item(0, Some(2), "ข้อสอง".into()));
        assert_eq!(found[3], paragraph("1) เดี่ยว"));
        assert_eq!(found[5], Block::Item(0, None, "จุดสอง".into()));
        assert_eq!(found[6], paragraph("1.5 ล้านบาท"));
    }
}
