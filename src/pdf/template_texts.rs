//! The words that templates themselves print: their Thai needs ends of lines like that of the data.
//!
//! Only what is text in the syntax of a template is marked, in markup (`[ชื่อ]`) and between quotes (`"ชื่อ"`), and only
//! where it has Thai letters: other scripts end their lines at spaces. Names, numbers, remarks and other keys stay what they
//! are, whatever words the portal protects.

use typst::syntax::{SyntaxKind, SyntaxNode, ast, parse};

use super::lines::{BREAK, JOINER, SOFT_BREAK, is_thai};

/// A template whose Thai texts went through `mark`.
pub(super) fn marked(template: &str, mark: &dyn Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(template.len() * 5 / 4);
    write(&parse(template), &|text| mark(text).replace(SOFT_BREAK, ""), &mut out);
    out
}

fn write(node: &SyntaxNode, mark: &dyn Fn(&str) -> String, out: &mut String) {
    if node.kind() == SyntaxKind::Raw {
        out.push_str(&node.full_text());
    } else if node.children().len() > 0 {
        node.children().for_each(|child| write(child, mark, out));
    } else {
        write_leaf(node, mark, out);
    }
}

fn write_leaf(node: &SyntaxNode, mark: &dyn Fn(&str) -> String, out: &mut String) {
    let text = node.leaf_text();
    match (node.kind(), node.cast::<ast::Str<'_>>()) {
        (SyntaxKind::Text, _) if text.chars().any(is_thai) => out.push_str(&mark(text)),
        (_, Some(string)) if text.chars().any(is_thai) => {
            out.push_str(&format!("\"{}\"", mark(&string.get()).replace('\\', "\\\\").replace('"', "\\\"")));
        }
        _ => out.push_str(text),
    }
}

/// A path without marks: the name of a file is a string of a template too.
pub(super) fn bare_path(path: &str) -> String {
    path.replace([BREAK, JOINER], "").replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::lines::LineBreaker;

    fn shown(template: &str) -> String {
        let words = ["other", "quote", "http", "let", "200b", "ครู", "เครือข่ายนวัตกรรม"];
        let breaker = LineBreaker::new(&words.map(str::to_owned)).expect("a few words");
        marked(template, &|text| breaker.mark(text)).replace(BREAK, "|")
    }

    #[test]
    fn texts_are_marked_and_code_is_not() {
        for (template, written) in [
            // Code, keys and remarks, whatever is protected.
            ("#let other(quote) = (quote: 1, \"http\": other)", "#let other(quote) = (quote: 1, \"http\": other)"),
            ("#if href.starts-with(\"http\") { letters(x) }", "#if href.starts-with(\"http\") { letters(x) }"),
            ("// ครูพบว่านักเรียน\n#let x = 1 /* ครูพบว่า */", "// ครูพบว่านักเรียน\n#let x = 1 /* ครูพบว่า */"),
            ("another quotes [https://x.example/other]", "another quotes [https://x.example/other]"),
            ("#let ครูพบว่า = 1", "#let ครูพบว่า = 1"),
            ("`ครูพบว่า` $ครูพบว่า$", "`ครูพบว่า` $ครูพบว่า$"),
            // Texts.
            ("#let w = (a: \"ครูพบว่านักเรียน\", b: [ครูพบว่า])", "#let w = (a: \"ครู|พบว่า|นักเรียน\", b: [ครู|พบว่า])"),
            ("= ครูพบว่า #x *ครูพบว่า*", "= ครู|พบว่า #x *ครู|พบว่า*"),
            ("#\"ใช้\\u{200b}\\\"เด็ก\\\\\\nพบว่า\"", "#\"ใช้|\\\"เด็ก\\\\\nพบว่า\""),
            ("#t(\"เครือข่ายนวัตกรรมของครู\")", "#t(\"เครือข่ายนวัตกรรม|ของ|ครู\")"),
        ] {
            assert_eq!(shown(template), written);
        }
    }

    #[test]
    fn paths_lose_their_marks() {
        assert_eq!(bare_path("รูป\u{200b}ครู\u{a0}1–\u{2060}2.png"), "รูปครู 1–2.png");
    }
}
