//! Titles and lines as they are compared: without what writers vary, without tags.

use super::{chars, digits};

/// A title without what writers vary: case, spaces, punctuation, emphasis, numbers before it, and the two ways to write
/// sara am and sara ae.
pub(crate) fn plain(title: &str) -> String {
    let title: String = title.chars().map(chars::narrow).collect();
    let title = digits::to_arabic(&title)
        .to_lowercase()
        .replace('\u{e4d}', "")
        .replace('\u{e33}', "\u{e32}")
        .replace("เเ", "แ");
    let mut rest = title.trim_start_matches(|c: char| !is_letter(c));
    loop {
        // Numbers, and single letters that count: "1.2 ", "ก) ".
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let letter = rest.char_indices().nth(1).map_or("", |(i, _)| &rest[i..]);
        let after = match number.len() < rest.len() {
            true => number,
            false if letter.starts_with(['.', ')']) => letter,
            false => break,
        };
        rest = after.trim_start_matches(|c: char| !is_letter(c));
        if rest.is_empty() {
            // A title that is a number.
            rest = &title;
            break;
        }
    }
    rest.chars().filter(|c| is_letter(*c)).collect()
}

/// A line of HTML without its tags.
pub(crate) fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    out + rest
}

/// Where a tag ends: behind what stands in quotes, where these are closed.
pub(crate) fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return Some(at),
            _ => {}
        }
    }
    tag.find('>')
}

/// Whether a character is a letter, a digit or a mark on one.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || chars::is_mark(c)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn titles_are_compared_without_what_writers_vary() {
        for (one, other) in [("เเนะนำ", "แนะนํา"), ("1.2 Notes:", "notes"), ("ก) **ปัญหา**", "ปัญหา")]
        {
            assert_eq!(plain(one), plain(other));
        }
    }
}
