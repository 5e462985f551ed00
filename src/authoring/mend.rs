//! What `sala fix` mends besides damaged Thai: writing that can mean one thing only.
//!
//! * curly quotes in front matter, where straight ones make it valid;
//! * addresses with spaces, which Markdown shows as text: `[…](<…>)`;
//! * items typed with • or Thai numbers, which Markdown joins to one paragraph; they keep their numbers.

use super::listing::Listing;
use crate::check::writing::{SPACED, TYPED, without_code};
use crate::content::front_matter::{Format, split};
use crate::text::digits::to_arabic;

/// The mended text of a Markdown file, and how many places were mended.
pub(crate) fn mend(text: &str) -> (String, usize) {
    let (front, count) = quotes(text);
    let start = split(&front).ok().and_then(|p| p.front).map_or(0, |(_, front, at)| at + front.len());
    let (head, body) = front.split_at(start);
    let (body, spaced) = addresses(body);
    let (body, lists) = lists(&body);
    (format!("{head}{body}"), count + spaced + lists)
}

/// Front matter with straight quotes, where it is TOML only with them.
fn quotes(text: &str) -> (String, usize) {
    let Some((Format::Toml, front, at)) = split(text).ok().and_then(|p| p.front) else {
        return (text.to_string(), 0);
    };
    let curly = |c: char| matches!(c, '“' | '”' | '„' | '‘' | '’');
    let straight = front.replace(['“', '”', '„'], "\"").replace(['‘', '’'], "'");
    let valid = |t: &str| t.parse::<toml_edit::DocumentMut>().is_ok();
    if !front.contains(curly) || valid(front) || !valid(&straight) {
        return (text.to_string(), 0);
    }
    (format!("{}{straight}{}", &text[..at], &text[at + front.len()..]), front.chars().filter(|c| curly(*c)).count())
}

fn addresses(body: &str) -> (String, usize) {
    let prose = without_code(body);
    let found: Vec<_> = SPACED.captures_iter(&prose).filter_map(|c| c.get(1)).map(|m| m.range()).collect();
    let mut out = body.to_string();
    for range in found.iter().rev() {
        let address = body[range.clone()].trim().to_string();
        out.replace_range(range.clone(), &format!("<{address}>"));
    }
    (out, found.len())
}

/// Lines behind each other that were typed as items get the marks of Markdown, and a blank line before the first.
fn lists(body: &str) -> (String, usize) {
    let prose = without_code(body);
    let typed: Vec<bool> = prose.split_inclusive('\n').map(|line| TYPED.is_match(line)).collect();
    let at = |i: usize| typed.get(i).copied().unwrap_or(false);
    let (mut out, mut count) = (String::with_capacity(body.len()), 0);
    let (mut blank, mut listing) = (true, Listing::default());
    for (i, line) in body.split_inclusive('\n').enumerate() {
        let before = i.checked_sub(1).is_some_and(at);
        if !at(i) || !(before || at(i + 1)) {
            listing = Listing::default();
            blank = line.trim().is_empty();
            out.push_str(line);
            continue;
        }
        if !before && !blank {
            out.push('\n');
        }
        let text = line.trim_start();
        let digits = text.find(|c: char| !('๐'..='๙').contains(&c)).unwrap_or(0);
        let mark = text[digits..].chars().next().map_or(0, char::len_utf8);
        let rest = text[digits + mark..].trim_start();
        let (mark, _) = listing.item(0, to_arabic(&text[..digits]).parse().ok());
        out.push_str(&format!("{mark}{rest}"));
        (blank, count) = (false, count + 1);
    }
    (out, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_certain_is_mended() {
        let page =
            "+++\ntitle = “ก”\n+++\n\n![ก](รูปที่ 1.JPG)\n\nนำ\n• หนึ่ง\n•สอง\n\n๑. ก\n๒) ข\n\n```\n• โค้ด\n• โค้ด\n```\n";
        let (text, count) = mend(page);
        assert_eq!(
            text,
            "+++\ntitle = \"ก\"\n+++\n\n![ก](<รูปที่ 1.JPG>)\n\nนำ\n\n- หนึ่ง\n- สอง\n\n1. ก\n2. ข\n\n```\n• โค้ด\n• โค้ด\n```\n"
        );
        assert_eq!(count, 7);
        assert_eq!(mend(&text), (text.clone(), 0), "a second time nothing is to be done");
        assert_eq!(mend("๒. ก\n๕. ข\n๖. ค\n").0, "2. ก\n5) ข\n6) ค\n", "Markdown would count on from 2");
    }

    #[test]
    fn what_may_be_meant_otherwise_stays() {
        for page in ["+++\ntitle = \"“ก”\"\n+++\n\n• เดี่ยว\n", "๑. เดี่ยว\nต่อ\n", "[ก] (ดู ข)\n"]
        {
            assert_eq!(mend(page), (page.to_string(), 0));
        }
    }
}
