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

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::hiding::hides;
use super::prepared::Edit;
use super::programs::{LINES, end_of_program, name_of, shown, tag_end};
use super::tags::tags;
use crate::text::pattern::constant;

static IMPORT: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"^import\s+(?:[\w*{][^;'"]*?\sfrom\s+)?['"][^'"\n]+['"]\s*;?\s*$"#));
/// What is exported: a name that is given a value, a function, a component. `export default settings before …` is a sentence.
static EXPORT: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"^export\s+(?:(?:const|let|var)\s+[\w${\[][^=\n]*=|(?:default\s+)?(?:async\s+)?function\s*\*?\s*[\w$]*\s*\(",
        r"|default\s+(?:class(?-u:\b)[^\n]*\{\s*$|[({\[]|(?:async\s+)?[A-Za-z_$][A-Za-z0-9_$]*\s*=>|[A-Za-z_$][A-Za-z0-9_$.]*\s*(?:\([^\n]*\))?\s*;?\s*$))"
    ))
});
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
/// Open marks among which the one is looked for that another ends.
const MOST_PAIRS: usize = 256;
/// A line of nothing but a mark of Liquid or a forum: what ends something, and its name.
static PAIRED: LazyLock<Regex> =
    LazyLock::new(|| constant(r"^(?:\{%-?\s*(end[\s_-]*|/\s*)?(\w+)[^%]*%\}|\[(/)?([\w-]+)(?:[= ][^\]]*)?\])\s*$"));
/// A component whose end has not come.
struct Open<'a> {
    /// Where its mark stands.
    start: usize,
    name: &'a str,
    /// Column of its tag.
    indent: usize,
    /// Column of its first line of text.
    content: Option<usize>,
    /// Its content is code: what ends it ends a fence.
    code: bool,
}

/// The edits of a text, in order, and where its components and pairs of shortcodes stand.
pub(super) fn edits(source: &str) -> (Vec<Edit>, Vec<Range<usize>>) {
    let lines_begin =
        |marks: &[&str]| source.lines().any(|line| marks.iter().any(|m| line.trim_start().starts_with(m)));
    let possible = source.contains("{{")
        || source.contains("{%")
        || source.contains("[/")
        || source.contains("{/*")
        || lines_begin(&["import ", "export "])
        || { source.lines().any(|line| name_of(line.trim_start()).is_some()) };
    if !possible {
        return (Vec::new(), Vec::new());
    }
    let (boxes, pairs, last) = (Vec::new(), Vec::new(), last_ends(source));
    let mut pass = Pass { source, edits: Vec::new(), open: Vec::new(), fence: None, last, boxes, pairs };
    let (mut at, mut blank) = (0, true);
    while at < source.len() {
        let end = source[at..].find('\n').map_or(source.len(), |i| at + i + 1);
        let line = source[at..end].trim_end_matches(['\n', '\r']);
        at = pass.line(at, line, end, blank).max(end);
        blank = line.trim().is_empty()
            || line.starts_with("<!--") && line.ends_with("-->")
            || pass.edits.last().is_some_and(|(range, new)| range.end >= end - 2 && new.is_empty());
    }
    (pass.edits, pass.boxes)
}

struct Pass<'a> {
    source: &'a str,
    edits: Vec<Edit>,
    open: Vec<Open<'a>>,
    fence: Option<(u8, usize)>,
    /// Where the last line stands that ends a component (`</Name>`) or a shortcode (its name).
    last: HashMap<String, usize>,
    boxes: Vec<Range<usize>>,
    /// Marks of Liquid and of forums, by name, that may open something.
    pairs: Vec<(&'a str, usize)>,
}

/// The last lines that end something, by what they end.
fn last_ends(source: &str) -> HashMap<String, usize> {
    let (mut last, mut at) = (HashMap::new(), 0);
    for line in source.split_inclusive('\n') {
        let text = line.trim();
        if text.starts_with("</") {
            last.insert(text.to_owned(), at);
        } else if text.starts_with("{{")
            && let Some(found) = SHORTCODE.captures(text).filter(|found| &found[1] == "/")
        {
            last.insert(found[2].to_owned(), at);
        }
        at += line.len();
    }
    last
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
        if let Some(found) = PAIRED.captures(text) {
            self.pair(at + lead, end, &found);
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

    /// A mark of Liquid or of a forum, which stays as it is written.
    fn pair(&mut self, at: usize, end: usize, found: &regex::Captures<'a>) {
        let closes = found.get(1).or(found.get(3)).is_some();
        let Some(name) = found.get(2).or(found.get(4)).map(|name| name.as_str()) else { return };
        if !closes {
            self.pairs.push((name, at));
        } else if let Some(level) = self.pairs.iter().rev().take(MOST_PAIRS).position(|(open, _)| *open == name) {
            let level = self.pairs.len() - 1 - level;
            self.boxes.push(self.pairs[level].1..end);
            self.pairs.truncate(level);
        }
    }

    /// Ends what is open from a level on; `end` is behind the mark.
    fn close(&mut self, level: usize, end: usize) {
        self.boxes.extend(self.open.drain(level..).map(|open| open.start..end));
    }

    /// Whether something of this name ends behind a place.
    fn ends_behind(&self, name: &str, at: usize) -> bool {
        self.last.get(name).is_some_and(|end| *end > at)
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
            return Some(at + end_of_program(rest));
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
        // What hides its text is no component: HTML knows what becomes of it.
        if tags(&rest[..length]).first().is_some_and(|tag| hides(tag, None).is_some()) {
            return None;
        }
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
            self.close(level, next);
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
        if !self.ends_behind(&format!("</{name}>"), at) {
            return None;
        }
        self.open.last_mut().map(|open| open.content.get_or_insert(indent));
        self.open.push(Open { start: at, name, indent, content: None, code: false });
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
                self.close(level, end);
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
        if !self.ends_behind(name, at) {
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
        self.open.push(Open { start: at, name, indent, content: Some(indent), code });
        self.edits.push((range, new.into()));
        end
    }
}

#[cfg(test)]
mod tests {
    use super::edits;

    fn rewritten(source: &str) -> String {
        let (mut out, mut from) = (String::new(), 0);
        for (range, new) in edits(source).0 {
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
            ("export default Layout;\n\nText", "\n\nText"),
            ("export default function Page({ children }) {\n  return x;\n}\n\nText", "\n\nText"),
            ("export const [a, b] = pair();\n\nText", "\n\nText"),
            ("export const x = {\n  y: 1,\n\n  z: 'SECRET',\n};\n\nText", "\n\nText"),
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
            "<P HIDDEN>x</P>",
            "<Tabs style={{display: 'none'}}>\nx\n</Tabs>",
            "ข้อความ\nexport const x",
            "export default คือการส่งออกค่าหลักของไฟล์",
            "export default settings before you begin.",
            "export function keys to the file, then print.",
            "export const is a keyword.",
        ] {
            assert_eq!(rewritten(source), source);
        }
    }
}
