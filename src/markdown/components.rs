//! Lines that other tools run as programs: components of MDX, shortcodes of Hugo, templates of Jekyll. What they hold is
//! kept as Markdown; the program around it goes.
//!
//! | written | becomes |
//! | --- | --- |
//! | `import … from '…'`, `export const …`, `{/* … */}` | nothing |
//! | `<Tabs>` … `</Tabs>` on lines of their own | its text, without the indentation; its label as a bold line |
//! | `<Card title="…" href="…" />` | a link, a bold line or a picture |
//! | `{{% alert title="…" %}}` … `{{% /alert %}}` | its text under the title |
//! | `{{< highlight go >}}` … `{{< /highlight >}}` | a block of code |
//! | `{{< figure src="…" alt="…" >}}` | a picture |
//! | `{{< ref "page.md" >}}`, `{{ '/page/' \| relative_url }}` in a link | the page |

use std::sync::LazyLock;

use regex::Regex;

use super::prepared::Edit;
use crate::text::pattern::constant;

static IMPORT: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"^import\s+(?:[\w*{][^;'"]*?\sfrom\s+)?['"][^'"\n]+['"]\s*;?\s*$"#));
static EXPORT: LazyLock<Regex> = LazyLock::new(|| constant(r"^export\s+(?:const|let|var|default|function|async)\b"));
static TEMPLATE: LazyLock<Regex> = LazyLock::new(|| constant(r"</?template[^>]*>"));
static SHORTCODE: LazyLock<Regex> =
    LazyLock::new(|| constant(r"^\{\{[<%]\s*(/?)\s*([\w./-]+)(.*?)(/?)\s*[%>]\}\}\s*$"));
static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r#"\{\{[<%]\s*(?:rel)?ref\s+["“]?([^"”\s>%]+)["”]?\s*[%>]\}\}"#,
        r#"|\{\{-?\s*["']([^"']+)["']\s*\|\s*(?:relative_url|absolute_url)\s*-?\}\}"#,
        r"|\{\{\s*site\.baseurl\s*\}\}"
    ))
});
static VALUE: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*["'`]([^"'`{}]*)["'`]\s*\})"#));
static QUOTED: LazyLock<Regex> = LazyLock::new(|| constant(r#"^\s*["“]([^"”]+)["”]"#));

/// Most lines that one tag or import takes.
const LINES: usize = 60;

/// A component whose end has not come.
struct Open<'a> {
    name: &'a str,
    /// Column of its tag.
    indent: usize,
    /// Column of its first line of text.
    content: Option<usize>,
    /// Its content is code: what ends it ends a fence.
    code: bool,
}

/// The edits of a text, in order.
pub(super) fn edits(source: &str) -> Vec<Edit> {
    let lines_begin =
        |marks: &[&str]| source.lines().any(|line| marks.iter().any(|m| line.trim_start().starts_with(m)));
    let possible = source.contains("{{") || source.contains("{/*") || lines_begin(&["import ", "export "]) || {
        source.lines().any(|line| name_of(line.trim_start()).is_some())
    };
    if !possible {
        return Vec::new();
    }
    let mut pass = Pass { source, edits: Vec::new(), open: Vec::new(), fence: None };
    let (mut at, mut blank) = (0, true);
    while at < source.len() {
        let end = source[at..].find('\n').map_or(source.len(), |i| at + i + 1);
        let line = source[at..end].trim_end_matches(['\n', '\r']);
        at = pass.line(at, line, end, blank).max(end);
        blank = line.trim().is_empty()
            || line.starts_with("<!--") && line.ends_with("-->")
            || pass.edits.last().is_some_and(|(range, new)| range.end >= end - 2 && new.is_empty());
    }
    pass.edits
}

struct Pass<'a> {
    source: &'a str,
    edits: Vec<Edit>,
    open: Vec<Open<'a>>,
    fence: Option<(u8, usize)>,
}

impl<'a> Pass<'a> {
    /// Looks at the line from `at`; gives the byte behind what it took.
    fn line(&mut self, at: usize, line: &'a str, end: usize, blank: bool) -> usize {
        let text = line.trim_start_matches([' ', '\t']);
        let lead = line.len() - text.len();
        if text.is_empty() {
            return end;
        }
        let indent = line[..lead].bytes().fold(0, |at, b| if b == b'\t' { at / 4 * 4 + 4 } else { at + 1 });
        let mark = text.as_bytes()[0];
        let run = text.bytes().take_while(|b| *b == mark).count();
        if let Some((open, length)) = self.fence {
            if mark == open && run >= length && text.trim_end().len() == run {
                self.fence = None;
            }
            self.dedent(at, lead, indent);
            return end;
        }
        if matches!(mark, b'`' | b'~') && run >= 3 {
            self.fence = Some((mark, run));
            self.dedent(at, lead, indent);
            return end;
        }
        if self.open.last().is_some_and(|open| open.code) {
            if let Some(close) = SHORTCODE.captures(text).filter(|c| &c[1] == "/") {
                return self.shortcode(at, line, end, &close);
            }
            return end;
        }
        if text.starts_with("{/*")
            && let Some(length) = self.source[at + lead..].find("*/}")
        {
            let to = at + lead + length + 3;
            self.edits.push((at + lead..to, "".into()));
            return self.source[to..].find('\n').map_or(self.source.len(), |i| to + i + 1);
        }
        if indent == 0
            && blank
            && let Some(to) = self.program(at, text)
        {
            self.edits.push((at..to, "".into()));
            return to;
        }
        if let Some(found) = SHORTCODE.captures(text) {
            return self.shortcode(at, line, end, &found);
        }
        if let Some(name) = name_of(text)
            && let Some(to) = self.component(at + lead, name, indent)
        {
            return to;
        }
        if !self.open.is_empty() && (text.starts_with("<template") || text.starts_with("</template")) {
            // A slot of Vue: the text between its tags.
            self.dedent(at, lead, indent);
            self.edits.extend(TEMPLATE.find_iter(text).map(|tag| {
                let from = at + lead + tag.start();
                (from..from + tag.len(), "".into())
            }));
            return end;
        }
        let places = PAGE.captures_iter(text).filter_map(|c| Some((c.get(0)?.range(), c.get(1).or(c.get(2)))));
        let pages: Vec<Edit> = places
            .map(|(range, page)| {
                let page = page.map_or("", |page| page.as_str()).to_owned();
                (at + lead + range.start..at + lead + range.end, page.into())
            })
            .collect();
        self.dedent(at, lead, indent);
        self.edits.extend(pages);
        end
    }

    /// Takes the indentation off that a component gives its text.
    fn dedent(&mut self, at: usize, lead: usize, indent: usize) {
        let Some(outer) = self.open.first().map(|open| open.indent) else { return };
        let content = *self.open.last_mut().map(|open| open.content.get_or_insert(indent)).unwrap_or(&mut 0);
        let kept = outer + indent.saturating_sub(content.max(outer));
        if kept != indent {
            self.edits.push((at..at + lead, " ".repeat(kept).into()));
        }
    }

    /// The end of the lines of an import or export that begins at `at`.
    fn program(&self, at: usize, text: &str) -> Option<usize> {
        let rest = &self.source[at..];
        if EXPORT.is_match(text) {
            let blank = rest.find("\n\n").or_else(|| rest.find("\n\r\n"));
            return Some(blank.map_or(self.source.len(), |i| at + i));
        }
        if !text.starts_with("import ") {
            return None;
        }
        // An import ends with the line that closes its quotation marks.
        let mut length = 0;
        for line in rest.split_inclusive('\n').take(LINES) {
            length += line.trim_end().len();
            if line.trim().is_empty() {
                return None;
            }
            if IMPORT.is_match(&rest[..length]) {
                return Some(at + length);
            }
            length += line.len() - line.trim_end().len();
        }
        None
    }

    /// A tag of a component on lines of its own.
    fn component(&mut self, at: usize, name: &'a str, indent: usize) -> Option<usize> {
        let source = self.source;
        let rest = &source[at..];
        let length = tag_end(rest)?;
        let line_end = source[at + length..].find('\n').map_or(source.len(), |i| at + length + i);
        let behind = source[at + length..line_end].trim();
        if !behind.is_empty() {
            return self.in_line(at, name, length, behind);
        }
        let start = source[..at].rfind('\n').map_or(0, |i| i + 1);
        let next = (line_end + 1).min(source.len());
        let pad = " ".repeat(self.open.first().map_or(indent, |open| open.indent));
        if rest.starts_with("</") {
            let level = self.open.iter().rposition(|open| !open.code && open.name == name)?;
            self.open.truncate(level);
            self.edits.push((start..at + length, format!("\n{pad}</{name}>\n").into()));
            return Some(next);
        }
        let values = &rest[name.len() + 1..length - 1];
        let shown = shown(values, &pad);
        if values.ends_with('/') {
            let whole = format!("\n{pad}<{name}>\n\n{shown}{pad}</{name}>\n");
            self.edits.push((start..at + length, whole.into()));
            return Some(next);
        }
        let close = format!("</{name}>");
        if !source[at + length..].lines().any(|line| line.trim() == close) {
            return None;
        }
        self.open.last_mut().map(|open| open.content.get_or_insert(indent));
        self.open.push(Open { name, indent, content: None, code: false });
        self.edits.push((start..at + length, format!("\n{pad}<{name}>\n\n{shown}").into()));
        Some(next)
    }

    /// `<Name>text</Name>` in one line: the text is Markdown too.
    fn in_line(&mut self, at: usize, name: &str, length: usize, behind: &str) -> Option<usize> {
        let inner = behind.strip_suffix(&format!("</{name}>"))?;
        if inner.contains(&format!("</{name}>")) || self.source[at..at + length].starts_with("</") {
            return None;
        }
        let start = self.source[..at].rfind('\n').map_or(0, |i| i + 1);
        let lead = self.source[start..at].to_owned();
        let pad = self.open.first().map_or(lead, |open| " ".repeat(open.indent));
        let shown = shown(&self.source[at + name.len() + 1..at + length - 1], &pad);
        let from = at + length + self.source[at + length..].find(inner)?;
        let to = from + inner.len();
        let end = self.source[to..].find('\n').map_or(self.source.len(), |i| to + i);
        self.edits.push((start..from, format!("\n{pad}<{name}>\n\n{shown}{pad}").into()));
        self.edits.push((to..end, format!("\n\n{pad}</{name}>\n").into()));
        Some((end + 1).min(self.source.len()))
    }

    /// A shortcode on a line of its own; one that stands alone is shown as it is written.
    fn shortcode(&mut self, at: usize, line: &'a str, end: usize, found: &regex::Captures<'a>) -> usize {
        let (Some(name), values) = (found.get(2), found.get(3).map_or("", |v| v.as_str())) else { return end };
        let name = name.as_str();
        let indent = line.len() - line.trim_start().len();
        let pad = &line[..indent];
        let range = at..at + line.len();
        if &found[1] == "/" {
            if let Some(level) = self.open.iter().rposition(|open| open.name == name) {
                let new = if self.open[level].code { format!("{pad}````") } else { String::new() };
                self.open.truncate(level);
                self.edits.push((range, new.into()));
            }
            return end;
        }
        if matches!(name, "figure" | "img" | "image" | "imgproc") {
            let new = shown(values, pad);
            if new.contains("![") {
                self.edits.push((range, new.trim_end().to_owned().into()));
            }
            return end;
        }
        let closes = |line: &str| SHORTCODE.captures(line.trim()).is_some_and(|c| &c[1] == "/" && &c[2] == name);
        if !self.source[end..].lines().any(closes) {
            return end;
        }
        let code = name.contains("code") || name == "highlight";
        let new = match code {
            true => {
                let language =
                    values.split_whitespace().next().filter(|word| word.bytes().all(|b| b.is_ascii_alphanumeric()));
                format!("\n{pad}````{}", language.unwrap_or(""))
            }
            false => shown(values, pad),
        };
        self.open.push(Open { name, indent, content: Some(indent), code });
        self.edits.push((range, new.into()));
        end
    }
}

/// Name of the component whose tag begins a text: it begins with a capital letter.
fn name_of(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('<')?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
    let ends = rest[end..].is_empty() || rest[end..].starts_with(['>', '/', ' ', '\t', '\n', '\r']);
    (ends && rest.starts_with(|c: char| c.is_ascii_uppercase())).then(|| &rest[..end])
}

/// Bytes of a tag; brackets within quotes and braces do not end it.
fn tag_end(text: &str) -> Option<usize> {
    let (mut quote, mut depth, mut lines) = (None, 0usize, 0);
    for (i, b) in text.bytes().enumerate() {
        match (quote, b) {
            (Some(open), _) if open == b => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(b),
            (None, b'{') => depth += 1,
            (None, b'}') => depth = depth.saturating_sub(1),
            (None, b'>') if depth == 0 => return Some(i + 1),
            (None, b'\n') => {
                lines += 1;
                if lines > LINES {
                    return None;
                }
            }
            _ => {}
        }
    }
    None
}

/// What the values of a tag show: a picture, a link, a label, a text.
fn shown(values: &str, pad: &str) -> String {
    let value = |names: &[&str]| {
        names.iter().find_map(|name| {
            let found = VALUE.captures_iter(values).find(|c| c[1].eq_ignore_ascii_case(name))?;
            let text = found.iter().skip(2).flatten().next()?.as_str().trim();
            (!text.is_empty()).then(|| text.to_owned())
        })
    };
    let first = QUOTED.captures(values).map(|c| c[1].to_owned());
    let label = value(&["label", "title", "header", "heading", "caption", "summary", "name"]).or(first);
    let label = label.or_else(|| value(&["value", "slot"]));
    let plain = |text: &str| text.replace(['[', ']', '*'], "").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    if let Some(src) = value(&["src"]).filter(|src| !src.contains("://")) {
        let alt = value(&["alt", "caption", "title"]).unwrap_or_default();
        out.push_str(&format!("{pad}![{}](<{src}>)\n\n", plain(&alt)));
    } else if let (Some(href), Some(label)) = (value(&["href", "link", "to"]), &label) {
        out.push_str(&format!("{pad}[{}](<{href}>)\n\n", plain(label)));
    } else if let Some(label) = label {
        out.push_str(&format!("{pad}**{}**\n\n", plain(&label)));
    }
    if let Some(text) = value(&["description"]) {
        out.push_str(&format!("{pad}{text}\n\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::edits;

    fn rewritten(source: &str) -> String {
        let (mut out, mut from) = (String::new(), 0);
        for (range, new) in edits(source) {
            out.push_str(&source[from..range.start]);
            out.push_str(&new);
            from = range.end;
        }
        out.push_str(&source[from..]);
        out
    }

    #[test]
    fn programs_go_and_text_stays() {
        for (source, expected) in [
            ("import A from './a';\nimport {\n  B,\n  C\n} from \"b\"\n\nText", "\n\n\nText"),
            ("export const x = {\n  y: 1,\n};\n\nText", "\n\nText"),
            ("a\n\n{/* not\nshown */}\n\nb", "a\n\n\n\nb"),
            (
                "<Tabs>\n  <TabItem label=\"npm\">\n    ```sh\n    npm i\n    ```\n  </TabItem>\n</Tabs>\n",
                "\n<Tabs>\n\n\n\n<TabItem>\n\n**npm**\n\n\n```sh\nnpm i\n```\n\n</TabItem>\n\n\n</Tabs>\n\n",
            ),
            ("<Card title=\"A\" href=\"/a/\" />", "\n<Card>\n\n[A](</a/>)\n\n</Card>\n"),
            ("{{% alert title=\"T\" %}}\ntext\n{{% /alert %}}", "**T**\n\n\ntext\n"),
            ("{{< highlight go >}}\n# x\n{{< /highlight >}}", "\n````go\n# x\n````"),
            ("[a]({{< ref \"b.md\" >}}) [c]({{ '/d/' | relative_url }})", "[a](b.md) [c](/d/)"),
        ] {
            assert_eq!(rewritten(source), expected, "{source}");
        }
    }

    #[test]
    fn what_is_no_program_stays() {
        for source in [
            "import data from a file",
            "Use `{{< ref >}}`.\n\n{{< toc >}}\n",
            "```mdx\nimport a from 'b'\n\n<Tabs>\n  x\n</Tabs>\n```",
            "<T> is a type",
            "<Vec>\nnever closed",
            "ข้อความ\nexport const x",
        ] {
            assert_eq!(rewritten(source), source);
        }
    }
}
