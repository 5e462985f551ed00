//! Escaping of text and attribute values.

/// Appends `text` escaped for element content.
pub fn escape_text(text: &str, out: &mut String) {
    escape(text, out, false);
}

/// Appends `text` escaped for a double-quoted attribute.
pub fn escape_attr(text: &str, out: &mut String) {
    escape(text, out, true);
}

fn escape(text: &str, out: &mut String, attr: bool) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let with = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if attr => "&quot;",
            b'\n' | b'\t' => continue,
            0..=0x1f | 0x7f => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(with);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let mut out = String::new();
        escape_text("a<b>&\"ก\u{0}\u{7f}", &mut out);
        assert_eq!(out, "a&lt;b&gt;&amp;\"ก");
        out.clear();
        escape_attr("\"x\"", &mut out);
        assert_eq!(out, "&quot;x&quot;");
    }
}
