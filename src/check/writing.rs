//! How pages are written: sections left empty, links and lists that Markdown does not read as such, pictures that no
//! browser shows, damaged Thai in titles and fields.

use super::context::Context;
use super::fields::{graded, is_name_of_file, named_as_file};
use super::unshown;
use crate::diagnostics::{Code, Diagnostic, Severity, tolerate_unfinished};
use crate::markdown;
use crate::model::{Entry, Label, Lang, Located, SourceFile, Span, Value, public_texts, shared_texts};
use crate::text::lint::lint;
use crate::text::pattern::constant;
use crate::visibility::sections;
use regex::Regex;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// An image or link whose address has a space in it, which Markdown shows as text.
pub(crate) static SPACED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"!?\[[^\]\n]*\]\(([^()<>\n"']*[^()<>\n"'\s][ \t]+[^()<>\n"'\s][^()<>\n"']*)\)"#)
        .expect("a constant that a test holds")
});
/// An item of a list that was typed with a mark that Markdown does not know.
pub(crate) static TYPED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^ {0,3}(?:[•●▪◦]\s*|[๐-๙]{1,3}[.)]\s*)\S").expect("a constant that a test holds"));
/// What is not shown.
static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)<!--.*?(?:-->|\z)").expect("a constant that a test holds"));
/// A line that begins with a Thai letter behind an indentation.
static INDENTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^(?: {4}|\t)[ \t]*[ก-๙]").expect("a constant that a test holds"));
/// A picture in HTML.
static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?is)<img\b[^>]*>").expect("a constant that a test holds"));

/// Looks at the words of the settings and the schema, which are shown as they are written.
pub(crate) fn check_shared(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    shared_texts(context.portal, &mut |file, text| {
        if let Some(mark) = markdown::seems_hidden(text, false) {
            let (th, en) = (
                format!("ข้อความนี้แสดงตามที่เขียน “{mark}” ไม่ซ่อนข้อความ"),
                format!("this text is shown as written, and `{mark}` does not hide it"),
            );
            let told = Diagnostic::new(Code::RemovedHtml, file, th, en).severity(Severity::Error);
            found.push(told.hint("เขียนความเห็นไว้หลังเครื่องหมาย # แทน", "write a remark behind `#` instead"));
        }
    });
    found
}

pub(crate) fn check(context: &Context<'_>, entry: &Entry) -> Vec<Diagnostic> {
    let mut found = damaged(context, entry);
    public_texts(context.portal, entry, &mut |text| {
        if let Some(mark) = markdown::seems_hidden(&text.text, text.markdown) {
            let (th, en) = (
                format!("ช่องนี้แสดงตามที่เขียน “{mark}” ไม่ซ่อนข้อความ จึงไม่เผยแพร่หน้านี้"),
                format!(
                    "this field is shown as written, and `{mark}` does not hide the text: the page is not published"
                ),
            );
            let told = Diagnostic::at(Code::RemovedHtml, context.source(text.source), text.span, th, en);
            let severity = if entry.typed { Severity::Error } else { Severity::Warning };
            found.push(told.severity(severity).hint(
                "ลบความเห็นออก หรือเขียนเครื่องหมายไว้ในเครื่องหมาย ` ` ถ้าตั้งใจให้เห็น",
                "take the comment out; signs that readers are to see are written between backticks",
            ));
        }
        let dropped = text.markdown.then(|| markdown::scan(&text.text).findings).into_iter().flatten();
        found.extend(dropped.filter_map(|finding| unshown::told(&finding)).map(|(message, hint)| {
            let at = context.source(text.source);
            Diagnostic::at(Code::Unshown, at, text.span, message.th, message.en).hint(hint.th, hint.en)
        }));
    });
    if let Some((file, base)) = context.body(entry) {
        let text = context.portal.body(entry);
        let at = |range: Range<usize>| Span::new(base + range.start, base + range.end);
        found.extend(empty_sections(context, entry, text).into_iter().map(|(range, label)| {
            let (th, en) =
                (format!("หัวข้อ “{}” ยังว่าง", label.th), format!("section “{}” is empty", label.get(Lang::EN)));
            Diagnostic::at(Code::MissingSection, file, at(range), th, en)
                .hint("เขียนเนื้อหาใต้หัวข้อนี้", "write its text under the heading")
                .severity(Severity::Warning)
        }));
        let prose = without_code(text);
        let faults = spaced(&prose).into_iter().chain(run_together(&prose)).chain(pictures(&prose));
        found.extend(faults.chain(indented_prose(text)).map(|fault| fault.diagnostic(file, &at)));
        found.extend(named_pictures(&prose).map(|(range, alt)| {
            named_as_file(alt, |th, en| Diagnostic::at(Code::MissingAlt, file, at(range), th, en))
        }));
    }
    if entry.draft {
        tolerate_unfinished(&mut found);
    }
    found.into_iter().map(|d| graded(entry, d)).collect()
}

/// What is wrong at a place of the body.
struct Fault {
    range: Range<usize>,
    code: Code,
    message: Label,
    hint: Label,
}

impl Fault {
    fn diagnostic(self, file: &SourceFile, at: &dyn Fn(Range<usize>) -> Span) -> Diagnostic {
        let (th, en) = (self.message.th, self.message.en);
        let finding = Diagnostic::at(self.code, file, at(self.range), th, en).hint(self.hint.th, self.hint.en);
        if self.code == Code::MissingAlt { finding } else { finding.severity(Severity::Warning) }
    }
}

/// The text with blanks in the place of code, so that places stay.
pub(crate) fn without_code(text: &str) -> Cow<'_, str> {
    let indented = |line: &str| line.starts_with("    ") || line.starts_with('\t');
    if !text.contains('`') && !text.contains('~') && !text.split('\n').any(indented) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|m| bare.starts_with(m));
        let code = fence.is_some() || mark.is_some() || indented(line);
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let mut inside = false;
        for c in line.chars() {
            inside ^= c == '`';
            if (code || inside) && c != '\n' {
                out.extend(std::iter::repeat_n(' ', c.len_utf8()));
            } else {
                out.push(c);
            }
        }
    }
    Cow::Owned(out)
}

/// Required sections that hold nothing but comments.
fn empty_sections(context: &Context<'_>, entry: &Entry, text: &str) -> Vec<(Range<usize>, Label)> {
    let kind = &context.portal.schema.kinds[entry.kind];
    if !entry.typed || !entry.main {
        return Vec::new();
    }
    let headings = &context.portal.analysis(entry).outline.headings;
    let tops: Vec<_> = headings.iter().filter(|h| h.level <= 2 && !h.nested).collect();
    let end = |i: usize| tops.get(i + 1).map_or(text.len(), |next| next.offset);
    let empty = |i: usize| text.get(tops[i].end..end(i)).is_some_and(|t| COMMENT.replace_all(t, "").trim().is_empty());
    let section = |i: usize| sections::of_heading(kind, tops[i]).filter(|s| s.required);
    (0..tops.len())
        .filter(|i| empty(*i))
        .filter_map(|i| Some((tops[i].offset..tops[i].end, section(i)?.label.clone())))
        .collect()
}

fn spaced(text: &str) -> Vec<Fault> {
    // Most texts have no link at all: a look for one letter is cheaper than a search for the form.
    if !text.contains('[') {
        return Vec::new();
    }
    let found = SPACED.captures_iter(text).filter_map(|c| {
        let (whole, address) = (c.get(0)?, c.get(1)?.as_str().trim());
        let image = whole.as_str().starts_with('!');
        Some(Fault {
            range: whole.range(),
            code: if image { Code::MissingImage } else { Code::DeadLink },
            message: Label::new(
                format!("“{address}” มีช่องว่าง จึงไม่เป็น{} หน้าเว็บจะแสดงเป็นข้อความ", if image { "รูป" } else { "ลิงก์" }),
                format!(
                    "`{address}` has a space in it: it is no {}, and is shown as text",
                    if image { "image" } else { "link" }
                ),
            ),
            hint: Label::new(
                format!("เขียน (<{address}>) ซ่อมได้ด้วย sala fix"),
                format!("write (<{address}>); `sala fix` does it"),
            ),
        })
    });
    found.collect()
}

/// Lines behind each other that were typed as items: Markdown makes one paragraph of them.
fn run_together(text: &str) -> Vec<Fault> {
    let mut out: Vec<Fault> = Vec::new();
    let (mut at, mut before, mut reported) = (0, false, false);
    for line in text.split_inclusive('\n') {
        let typed = TYPED.is_match(line);
        if typed && before && !reported {
            reported = true;
            out.push(Fault {
                range: at..at + line.trim_end().len(),
                code: Code::RunTogether,
                message: Label::new(
                    "รายการที่พิมพ์ด้วย • หรือเลขไทยจะไหลรวมเป็นย่อหน้าเดียว",
                    "items typed with • or Thai numbers run together in one paragraph",
                ),
                hint: Label::new(
                    "ขึ้นต้นบรรทัดด้วย “- ” หรือ “1. ” ซ่อมได้ด้วย sala fix",
                    "begin the lines with `- ` or `1. `; `sala fix` does it",
                ),
            });
        }
        reported &= typed;
        before = typed;
        at += line.len();
    }
    out
}

/// Paragraphs that are indented as in print, which Markdown takes for code: most of their letters are Thai.
fn indented_prose(text: &str) -> Option<Fault> {
    if !INDENTED.is_match(text) {
        return None;
    }
    let prose = |range: &Range<usize>| {
        let start = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
        let block = &text[start..range.end];
        let letters = || block.chars().filter(|c| c.is_alphabetic());
        let thai = letters().filter(|c| crate::text::chars::is_thai(*c)).count();
        INDENTED.find(block).is_some_and(|m| m.start() == 0) && thai * 2 > letters().count()
    };
    let range = markdown::code_ranges(text).into_iter().find(prose)?;
    let end = text[range.start..].trim_start_matches('\n').find('\n').map_or(text.len(), |end| range.start + end);
    Some(Fault {
        range: range.start..end.max(range.start),
        code: Code::IndentedProse,
        message: Label::new(
            "ย่อหน้าที่เยื้องด้วยเว้นวรรคสี่เคาะหรือแท็บกลายเป็นโค้ด",
            "a paragraph that is indented by four spaces or a tab becomes code",
        ),
        hint: Label::new("ลบช่องว่างต้นบรรทัดออก", "take the blanks at the beginning of the line away"),
    })
}

/// Pictures in HTML without a text, and pictures that browsers do not show.
fn pictures(text: &str) -> Vec<Fault> {
    let tagged = text.contains('<').then(|| TAG.find_iter(text)).into_iter().flatten();
    let tags = tagged.filter(|tag| !tag.as_str().to_ascii_lowercase().contains("alt=")).map(|tag| Fault {
        range: tag.range(),
        code: Code::MissingAlt,
        message: Label::new("รูปใน HTML ไม่มี alt", "a picture in HTML has no `alt`"),
        hint: Label::new("เพิ่ม alt=\"รูปแสดงอะไร\"", "add alt=\"what it shows\""),
    });
    // An ending stands in a link or a tag: behind a bracket or a quote.
    let linked = [')', '>', '"', '\''].into_iter().any(|end| text.contains(end));
    let lower = if linked { text.to_ascii_lowercase() } else { String::new() };
    let unseen = [".heic", ".heif", ".tif", ".tiff"].into_iter().flat_map(move |ending| {
        let places: Vec<usize> = lower.match_indices(ending).map(|(i, _)| i + ending.len()).collect();
        places
            .into_iter()
            .filter(|end| lower[*end..].starts_with([')', '>', '"', '\'']))
            .map(|end| (end - ending.len(), end))
            .collect::<Vec<_>>()
    });
    let unseen = unseen.map(|(start, end)| Fault {
        range: start..end,
        code: Code::BadImage,
        message: Label::new("เบราว์เซอร์ส่วนใหญ่แสดงรูปแบบนี้ไม่ได้", "most browsers do not show pictures of this form"),
        hint: Label::new("บันทึกรูปเป็น JPEG หรือ PNG", "save the picture as JPEG or PNG"),
    });
    tags.chain(unseen).collect()
}

/// Pictures in HTML whose text is the name of a file.
fn named_pictures(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    static ALT: LazyLock<Regex> = LazyLock::new(|| constant(r#"(?i)\salt\s*=\s*["']([^"']+)["']"#));
    static SRC: LazyLock<Regex> = LazyLock::new(|| constant(r#"(?i)\ssrc\s*=\s*["']([^"']+)["']"#));
    let tags = text.contains('<').then(|| TAG.find_iter(text)).into_iter().flatten();
    tags.filter_map(|tag| {
        let value = |attribute: &Regex| attribute.captures(tag.as_str()).and_then(|c| c.get(1)).map(|m| m.as_str());
        let alt = value(&ALT)?;
        is_name_of_file(alt, value(&SRC).unwrap_or_default()).then_some((tag.range(), alt))
    })
}

/// Damaged Thai in the title, the summary and the fields.
fn damaged(context: &Context<'_>, entry: &Entry) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for (key, text) in [("title", &entry.title), ("summary", &entry.summary)] {
        let (source, span) = context.key(entry, key);
        out.extend(diagnostic(source, span, text));
    }
    for located in entry.fields.iter().flatten() {
        values(context, located, &mut out);
    }
    out
}

fn values(context: &Context<'_>, located: &Located, out: &mut Vec<Diagnostic>) {
    match &located.value {
        Value::Text(text)
        | Value::Markdown(text)
        | Value::Image { alt: text, .. }
        | Value::File { label: text, .. } => {
            out.extend(diagnostic(context.source(located.source), located.span, text));
        }
        Value::List(items) => items.iter().for_each(|item| values(context, item, out)),
        Value::Table(rows) => {
            rows.iter().flat_map(|r| r.cells.iter().flatten()).for_each(|cell| values(context, cell, out));
        }
        _ => {}
    }
}

/// One finding for a text of a page, whatever number of places are damaged.
fn diagnostic(source: &SourceFile, span: Span, text: &str) -> Option<Diagnostic> {
    // Registers keep what was printed, letter by letter.
    if !source.path.ends_with(".md") {
        return None;
    }
    let finding = lint(text).into_iter().next()?;
    let finding = Diagnostic::at(Code::DamagedText, source, span, &finding.message_th, &finding.message_en);
    Some(finding.hint("ซ่อมได้ด้วย sala fix", "`sala fix` repairs it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_with_spaces_are_no_links() {
        let found = |text: &str| spaced(&without_code(text)).len();
        assert_eq!(found("![ก](รูปที่ 1.JPG) และ [ข](แผน การสอน.pdf)"), 2);
        for sound in ["![ก](<รูปที่ 1.JPG>)", "[ก](a.md \"ชื่อ เรื่อง\")", "`[ก](ข ค)`", "[ก] (ดู ข)", "[ก](a.md)"]
        {
            assert_eq!(found(sound), 0, "{sound}");
        }
    }

    #[test]
    fn texts_of_pictures_that_name_a_file_are_told() {
        for (alt, src) in [
            ("IMG_2034.jpg", "a.png"),
            ("photos/class.PNG", "a.png"),
            ("IMG_2034", "x/IMG_2034.jpg"),
            ("Screenshot 2024-01-01 at 10.00.png", "Screenshot%202024-01-01%20at%2010.00.png"),
            ("C:\\\\pictures\\\\a", "a.png"),
            ("https://a.th/x", "a.png"),
        ] {
            assert!(is_name_of_file(alt, src), "{alt}");
        }
        for (alt, src) in [
            ("", "IMG_2034.jpg"),
            ("แผนที่", "แผนที่.png"),
            ("map", "map.png"),
            ("ป.4", "ป.4.png"),
            ("The file logo.png in the menu", "a.png"),
            ("Node.js", "a.svg"),
            ("โครงการปี 2566", "โครงการปี 2566.jpg"),
            ("/k/ and /g/", "a.png"),
        ] {
            assert!(!is_name_of_file(alt, src), "{alt}");
        }
        assert_eq!(named_pictures("<img src=\"a.png\" alt=\"a.png\"> <img src=\"a.png\" alt=\"ครู\">").count(), 1);
    }

    #[test]
    fn typed_lists_are_told_once() {
        assert_eq!(run_together("• หนึ่ง\n• สอง\n• สาม\n\nต่อ\n๑. ก\n๒. ข\n").len(), 2);
        assert_eq!(run_together("• เดี่ยว\n\n• ห่าง\n- ก\n- ข\n1. ก\n").len(), 0);
    }

    #[test]
    fn indented_thai_is_told_and_code_is_not() {
        for told in ["    ครูสอนนักเรียนอ่าน\n", "ก\n\n\tครูสอน\nต่อ", "- ก\n\n        ครูสอนอ่าน\n"]
        {
            assert!(indented_prose(told).is_some(), "{told}");
        }
        for sound in
            ["ก\n    ต่อจากบรรทัดบน\n", "- ก\n\n    ย่อหน้าของข้อ\n", "```\n    ครูสอน\n```\n", "    print(1) # บวก\n"]
        {
            assert!(indented_prose(sound).is_none(), "{sound}");
        }
    }

    #[test]
    fn pictures_need_a_text_and_a_form_that_browsers_show() {
        let text = "<img src=\"a.png\">\n<img src=\"a.png\" alt=\"ก\">\n![ก](b.heic)\nคำว่า .heic\n";
        let codes: Vec<Code> = pictures(text).into_iter().map(|f| f.code).collect();
        assert_eq!(codes, [Code::MissingAlt, Code::BadImage]);
    }
}
