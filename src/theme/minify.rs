//! Templates, scripts and style sheets without what only their authors need: comments, indentation, spaces.

/// A script in fewer bytes; one that the minifier cannot read stays as it is.
pub(crate) fn script(text: &str) -> String {
    minifier::js::minify(text).map_or_else(|_| text.to_owned(), |short| short.to_string())
}

/// A style sheet in fewer bytes. Comments go, a run of white space becomes one space, and none stays beside braces and
/// `;` nor after `,` and `:`. All other spaces stay, since some mean something: in `clamp(1rem, 1rem + 2vw, 2rem)`, in
/// selectors, before `:`. Strings and addresses in `url(…)` are left alone.
pub(crate) fn style(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let (mut space, mut comment) = (false, false);
    while let Some(first) = rest.chars().next() {
        let word = if rest.starts_with("/*") {
            let length = rest[2..].find("*/").map_or(rest.len(), |end| end + 4);
            comment = true;
            rest = &rest[length..];
            continue;
        } else if first.is_ascii_whitespace() {
            space = true;
            rest = &rest[1..];
            continue;
        } else if matches!(first, '"' | '\'') {
            1 + string_end(&rest[1..], first)
        } else if rest.len() > 4 && rest.as_bytes()[..4].eq_ignore_ascii_case(b"url(") {
            match rest[4..].trim_start().chars().next() {
                Some('"' | '\'') => 4,
                _ => rest.find(')').map_or(rest.len(), |end| end + 1),
            }
        } else if first == '\\' {
            first.len_utf8() + rest[1..].chars().next().map_or(0, char::len_utf8)
        } else {
            first.len_utf8()
        };
        let glued = out.is_empty() || out.ends_with(['{', '}', ';', ',', ':']) || matches!(first, '{' | '}' | ';');
        if space && !glued {
            out.push(' ');
        } else if comment && !glued {
            // It parts two words without being a space.
            out.push_str("/**/");
        }
        if first == '}' && out.ends_with(';') && !out.ends_with("\\;") {
            out.pop();
        }
        (space, comment) = (false, false);
        out.push_str(&rest[..word]);
        rest = &rest[word..];
    }
    out
}

/// What in a template keeps its spaces: beginning and end.
const KEEPING: [(&str, &str); 9] = [
    ("<pre", "</pre"),
    ("<textarea", "</textarea"),
    ("<script", "</script"),
    ("<style", "</style"),
    ("{{", "}}"),
    ("{%", "%}"),
    ("{#", "#}"),
    ("=\"", "\""),
    ("='", "'"),
];

/// A template of HTML without the indentation of its lines, which are as many as before.
pub(crate) fn template(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut kept_to: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let kept = if kept_to.is_some() { line } else { line.trim_start_matches([' ', '\t']) };
        out.push_str(kept);
        let lower = kept.to_ascii_lowercase();
        let mut rest = lower.as_str();
        loop {
            if let Some(end) = kept_to {
                let Some(at) = rest.find(end) else { break };
                rest = &rest[at + end.len()..];
                kept_to = None;
            }
            let begins = KEEPING.iter().filter_map(|(begin, end)| Some((rest.find(begin)?, begin.len(), *end)));
            let Some((at, length, end)) = begins.min() else { break };
            rest = &rest[at + length..];
            kept_to = Some(end);
        }
    }
    out
}

/// Length of the rest of a string with its closing quote.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_keeps_what_spaces_mean() {
        let css = "/* head */\n@media (width < 40rem) {\n  a > b ,\n  c :hover {\n    margin: 0  auto;\n    color: red ;\n  }\n}\n";
        assert_eq!(style(css), "@media (width < 40rem){a > b ,c :hover{margin:0 auto;color:red}}");
        let kept = "h1{font-size:clamp(1rem,1rem + 2vw,2rem);content:\"a  /* b */ ; }\";b:url( a  b.svg )}";
        assert_eq!(style(kept), kept);
        assert_eq!(style("a::before{content: '\\'  ;'}"), "a::before{content:'\\'  ;'}");
        assert_eq!(style("a/* x */b{c: d/* never closed"), "a/**/b{c:d");
        assert_eq!(style("q{a:  \"ไม่ปิด"), "q{a:\"ไม่ปิด");
    }

    #[test]
    fn a_template_loses_indentation_alone() {
        let short = template("<ul>\n    {% for x in y %}\n\t<li>a  b</li>\n  {% endfor %}\n</ul>\n");
        assert_eq!(short, "<ul>\n{% for x in y %}\n<li>a  b</li>\n{% endfor %}\n</ul>\n");
        // Where spaces mean something, and on the rest of its last line.
        for kept in [
            "<pre>\n  a\n  b</pre>",
            "<PRE>\n  a</PRE>",
            "<b title=\"a\n  b\">",
            "{{ \"a\n  b\" }}",
            "<b><pre>x</pre><textarea>\n  y</textarea>",
            "<script>\n  x()\n  </script>",
        ] {
            assert_eq!(template(kept), kept);
        }
        assert_eq!(template("<pre>\n  a</pre>\n  {{ b }} {{\n  c }}\n  d"), "<pre>\n  a</pre>\n{{ b }} {{\n  c }}\nd");
    }

    #[test]
    fn a_script_keeps_its_strings() {
        let short = script("// why\nconst a = 'b  // c'; /* d */\nfunction f(x) {\n  return x + a;\n}\n");
        assert_eq!(short, "const a='b  // c';function f(x){return x+a;}");
    }
}
