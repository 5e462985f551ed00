//! What is wrong with a line of TOML or YAML that its parser refuses: in words of a writer, at the line to change, with that
//! line as it would be right. What is not known here is told in the parser's own words.

use crate::model::{Label, Span};

/// A fault in a line.
pub(super) struct Fault {
    /// The line to change.
    pub span: Span,
    /// What is wrong.
    pub message: Label,
    /// What to write instead.
    pub hint: Label,
}

/// A reason and, where it is certain, the line as it would be right.
type Found = (Label, Option<String>);

/// Marks that Word, LINE and phones write for straight quotes.
const CURLY: &[char] = &['“', '”', '„', '‟', '«', '»', '″', '‘', '’', '‚', '‛', '＂'];
/// Lines before the place of the parser that may be the cause.
const LINES_BEFORE: usize = 4;

/// The fault at an offset of TOML. `said` is the parser's message; `named` gives the id of a field by its label.
pub(super) fn toml(text: &str, at: usize, said: &str, named: &dyn Fn(&str) -> Option<String>) -> Fault {
    fault(text, at, said, ("TOML", "title = \"ชื่อเรื่อง\""), &|line, rest| {
        toml_line(line, rest, named)
    })
}

/// The fault at an offset of YAML.
pub(super) fn yaml(text: &str, at: usize, said: &str) -> Fault {
    // A line that begins with a tab is found at the end of the line before it.
    let next = text.get(at..).and_then(|rest| rest.find('\n')).map(|end| at + end + 1);
    let at = next.filter(|start| text[*start..].starts_with('\t')).unwrap_or(at);
    fault(text, at, said, ("YAML", "title: \"ชื่อเรื่อง\""), &|line, _| yaml_line(line))
}

/// Looks at the line of the parser, then at those before it: an open quote or bracket is found late.
fn fault(
    text: &str,
    at: usize,
    said: &str,
    (format, example): (&str, &str),
    look: &dyn Fn(&str, &str) -> Option<Found>,
) -> Fault {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    let mut starts: Vec<usize> = vec![0];
    starts.extend(text[..at].match_indices('\n').map(|(i, _)| i + 1));
    let line = |start: usize| &text[start..text[start..].find('\n').map_or(text.len(), |i| start + i)];
    let filled = starts.iter().rev().filter(|start| !line(**start).trim().is_empty());
    for start in filled.take(LINES_BEFORE + 1) {
        let whole = line(*start);
        if let Some((message, right)) = look(whole, &text[start + whole.len()..end.max(start + whole.len())]) {
            let indent = whole.len() - whole.trim_start().len();
            let span = Span::new(start + indent, start + whole.trim_end().len());
            let right = right.as_deref().unwrap_or(example);
            return Fault {
                span, message, hint: Label::new(format!("เช่น  {right}"), format!("such as  {right}"))
            };
        }
    }
    Fault {
        span: Span::new(at, at),
        message: Label::new(
            format!("เขียนไม่ตรงรูปแบบ {format} ที่ตำแหน่งนี้ (คำของตัวอ่าน: {said})"),
            format!("not written as {format} wants it here: {said}"),
        ),
        hint: Label::new(format!("บรรทัดที่ถูกเช่น  {example}"), format!("a right line is  {example}")),
    }
}

fn toml_line(line: &str, rest: &str, named: &dyn Fn(&str) -> Option<String>) -> Option<Found> {
    let line = line.trim();
    if line.starts_with(['#', '[', ']', '{', '}']) {
        return None;
    }
    let Some((key, value)) = line.split_once('=') else {
        // A line of a list in several lines has no key of its own.
        if line.starts_with(['"', '\'']) || line.ends_with([',', ']', '}']) {
            return None;
        }
        return Some(match line.split_once(':') {
            Some((key, value)) if is_key(key) => (
                Label::new("ส่วนหัวระหว่าง +++ ใช้ = ไม่ใช่ :", "between `+++` lines a key is followed by `=`, not by `:`"),
                Some(format!("{} = {}", key.trim(), quoted(bare(value.trim())))),
            ),
            _ => (Label::new("บรรทัดนี้ไม่มีเครื่องหมาย =", "this line has no `=`"), None),
        });
    };
    let (key, value) = (key.trim(), without_comment(value));
    if !is_key(key) {
        let id = named(bare(key));
        let hint = id.map(|id| format!("{id} = {}", if value.is_empty() { "\"…\"" } else { value }));
        let th = format!("“{key}” ไม่ใช่รหัสของช่อง รหัสใช้อักษร a–z ตัวเลข - และ _ เท่านั้น");
        return Some((Label::new(th, format!("`{key}` is no id of a field: ids have a–z, digits, `-` and `_`")), hint));
    }
    let (message, right) = toml_value(value, rest)?;
    Some((message, right.map(|value| format!("{key} = {value}"))))
}

/// What is wrong with a value, and the value as it would be right. `rest` is what stands between it and the parser's place.
fn toml_value(value: &str, rest: &str) -> Option<Found> {
    let first = value.chars().next();
    match first {
        None => Some((Label::new("ยังไม่มีค่าหลังเครื่องหมาย =", "there is no value after `=`"), Some("\"…\"".into()))),
        Some(c) if CURLY.contains(&c) => Some((curly(), Some(quoted(bare(value))))),
        _ if value.starts_with("\"\"\"") || value.starts_with("'''") => None,
        Some(mark @ ('"' | '\'')) => in_quotes(value, mark),
        Some('[') => list(value, rest),
        Some('{') => None,
        Some(_) if is_bare(value) => None,
        Some(_) => {
            let right = match value.to_lowercase().as_str() {
                "yes" | "ใช่" => "true".into(),
                "no" | "ไม่" | "ไม่ใช่" => "false".into(),
                word @ ("true" | "false") => word.to_string(),
                _ => quoted(value.trim_end_matches(',')),
            };
            Some((Label::new("ข้อความและวันที่แบบไทยต้องอยู่ในเครื่องหมายคำพูด", "a text has to stand in quotes"), Some(right)))
        }
    }
}

/// What is wrong with a text that begins with a straight quote.
fn in_quotes(value: &str, mark: char) -> Option<Found> {
    let inner = &value[1..];
    let mut escaped = false;
    let close = inner.char_indices().find(|(_, c)| {
        let ends = *c == mark && !escaped;
        escaped = mark == '"' && *c == '\\' && !escaped;
        ends
    });
    let Some((close, _)) = close else {
        let text = inner.trim_end_matches(|c: char| CURLY.contains(&c) || c == '"' || c == '\'');
        return Some((
            Label::new(format!("เครื่องหมาย {mark} เปิดแล้วไม่ปิด"), format!("the quote {mark} is opened and never closed")),
            Some(quoted(text.trim_end())),
        ));
    };
    let behind = inner[close + 1..].trim();
    if !behind.is_empty() && !behind.starts_with(',') {
        let text = inner[..].trim_end().trim_end_matches(mark);
        return Some((
            Label::new("มีเครื่องหมายคำพูดซ้อนอยู่ในข้อความ", "there are quotes within the quoted text"),
            Some(quoted(text)),
        ));
    }
    let text = &inner[..close];
    let mut after = text.split('\\').skip(1);
    let odd = after.any(|rest| !rest.starts_with(['b', 't', 'n', 'f', 'r', '"', '\\', 'u', 'U', 'e', 'x']));
    (mark == '"' && (odd || text.contains("\\U") || text.contains("\\u")) && text.contains('\\')).then(|| {
        (
            Label::new("เครื่องหมาย \\ ใช้ในข้อความนี้ไม่ได้", "a `\\` cannot stand in this text"),
            Some(format!("'{}'", text.replace('\'', "’"))),
        )
    })
}

/// What is wrong with a list.
fn list(value: &str, rest: &str) -> Option<Found> {
    let mut quote: Option<char> = None;
    let mut depth = 0i32;
    for c in value.chars().chain(rest.chars()) {
        match quote {
            Some(mark) if c == mark => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '[' => depth += 1,
            None if c == ']' => depth -= 1,
            None => {}
        }
    }
    let inner = value.trim_start_matches('[').trim_end_matches([']', ',']).trim();
    let items: Vec<String> = inner
        .split([',', ';'])
        .map(|item| bare(item.trim()))
        .filter(|item| !item.is_empty())
        .map(|item| if is_bare(item) { item.to_string() } else { quoted(item) })
        .collect();
    let right = Some(format!("[{}]", items.join(", ")));
    if value.contains(CURLY) && value.ends_with(']') {
        return Some((curly(), right));
    }
    let unquoted = |item: &str| !item.starts_with(['"', '\'', '[', '{']) && !item.is_empty() && !is_bare(item);
    if value.ends_with(']') && inner.split(',').any(|item| unquoted(item.trim())) {
        return Some((
            Label::new("แต่ละคำในวงเล็บ [ ] ต้องอยู่ในเครื่องหมายคำพูด", "each text within [ ] has to stand in quotes"),
            right,
        ));
    }
    (depth > 0 && !value.ends_with(']') && !value.ends_with(',') && value != "[")
        .then(|| (Label::new("วงเล็บ [ เปิดแล้วไม่ปิด", "the bracket [ is opened and never closed"), right))
}

fn yaml_line(line: &str) -> Option<Found> {
    let indent = &line[..line.len() - line.trim_start().len()];
    let whole = line.trim();
    if whole.starts_with('#') {
        return None;
    }
    if indent.contains('\t') {
        let right = format!("{}{whole}", indent.replace('\t', "  "));
        return Some((Label::new("ย่อหน้าด้วยเว้นวรรค ใช้แท็บไม่ได้", "indent with spaces, not with tabs"), Some(right)));
    }
    let item = whole.strip_prefix("- ").unwrap_or(whole).trim_start();
    let Some((key, value)) = item.split_once(':').filter(|(key, _)| is_key(key)) else {
        return match item.split_once('=') {
            Some((key, value)) if is_key(key) => Some((
                Label::new("ส่วนหัวระหว่าง --- ใช้ : ไม่ใช่ =", "between `---` lines a key is followed by `:`, not by `=`"),
                Some(format!("{}: {}", key.trim(), quoted(bare(value.trim())))),
            )),
            _ if indent.is_empty() && item == whole && !item.contains(':') => {
                Some((Label::new("บรรทัดนี้ไม่มี : หลังรหัสของช่อง", "this line has no `:` behind the id of a field"), None))
            }
            _ => None,
        };
    };
    let key = key.trim();
    if !value.is_empty() && !value.starts_with(' ') {
        let right = format!("{key}: {}", value.trim());
        return Some((Label::new("ต้องเว้นวรรคหลัง :", "a space has to follow `:`"), Some(right)));
    }
    let value = value.trim();
    let (message, right) = match value.chars().next()? {
        c if CURLY.contains(&c) => return None,
        mark @ ('"' | '\'') => in_quotes(value, mark)?,
        '[' => list(value, "")?,
        '@' | '`' | '%' | '&' | '*' | '!' => (
            Label::new(
                "ข้อความที่ขึ้นต้นด้วยเครื่องหมายนี้ต้องอยู่ในเครื่องหมายคำพูด",
                "a text that begins with this sign has to stand in quotes",
            ),
            Some(quoted(value)),
        ),
        _ if value.contains(": ") || value.ends_with(':') => (
            Label::new("ข้อความที่มี : ต้องอยู่ในเครื่องหมายคำพูด", "a text with `:` in it has to stand in quotes"),
            Some(quoted(value)),
        ),
        _ => return None,
    };
    Some((message, right.map(|value| format!("{key}: {value}"))))
}

fn curly() -> Label {
    Label::new(
        "เครื่องหมายคำพูดโค้งแบบ Word หรือ LINE ใช้ไม่ได้ ใช้ \" ตัวตรง",
        "curly quotes of a word processor are none here; write straight ones",
    )
}

/// A text without quotes of any form around it.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| CURLY.contains(&c) || c == '"' || c == '\'').trim()
}

/// A text in quotes that need no escape.
fn quoted(text: &str) -> String {
    match text.contains(['"', '\\']) {
        true => format!("'{}'", text.replace('\'', "’")),
        false => format!("\"{text}\""),
    }
}

/// Whether a value of TOML stands without quotes: yes and no, a number, a date or a time.
fn is_bare(value: &str) -> bool {
    let value = value.trim_end_matches(',').trim();
    matches!(value, "true" | "false")
        || value.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+')
            && value.chars().all(|c| c.is_ascii_alphanumeric() || "-+.:_ ".contains(c))
            && !value.contains(' ')
}

fn is_key(key: &str) -> bool {
    let key = key.trim();
    let quoted = key.len() > 1 && key.starts_with(['"', '\'']) && key.ends_with(['"', '\'']);
    quoted || !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// A value without the comment behind it.
fn without_comment(value: &str) -> &str {
    let value = value.trim();
    match value.starts_with(['"', '\'', '[', '{']) || value.starts_with(CURLY) {
        true => value,
        false => value.split('#').next().unwrap_or(value).trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toml_of(text: &str) -> (String, String, String) {
        let error = toml::de::DeTable::parse(text).unwrap_err();
        let named = |label: &str| (label == "กลุ่ม").then(|| "group".to_string());
        let fault = super::toml(text, error.span().unwrap().start, error.message(), &named);
        let line = &text[fault.span.start as usize..fault.span.end as usize];
        (line.to_string(), fault.message.th, fault.hint.th)
    }

    /// The line that is told is the one to change, and what is offered is read.
    #[test]
    fn a_wrong_line_of_toml_is_told_with_the_right_one() {
        for (wrong, told, right) in [
            ("year = “2566”", "โค้ง", "year = \"2566\""),
            ("title = ‘ก’", "โค้ง", "title = \"ก\""),
            ("date = 15 ส.ค. 2566", "เครื่องหมายคำพูด", "date = \"15 ส.ค. 2566\""),
            ("date = ๒๕๖๖-๐๘-๑๕", "เครื่องหมายคำพูด", "date = \"๒๕๖๖-๐๘-๑๕\""),
            ("draft = ใช่", "เครื่องหมายคำพูด", "draft = true"),
            ("draft = True", "เครื่องหมายคำพูด", "draft = true"),
            ("กลุ่ม = \"ก\"", "ไม่ใช่รหัส", "group = \"ก\""),
            ("title = \"เรื่อง", "ไม่ปิด", "title = \"เรื่อง\""),
            ("title = \"เรื่อง”", "ไม่ปิด", "title = \"เรื่อง\""),
            ("title = \"เรียก \"1 ช่วย 3\" ว่า\"", "ซ้อน", "title = 'เรียก \"1 ช่วย 3\" ว่า'"),
            ("picture = \"C:\\ภาพ\\ก.png\"", "\\", "picture = 'C:\\ภาพ\\ก.png'"),
            ("topic = [การอ่าน, การเขียน]", "[ ]", "topic = [\"การอ่าน\", \"การเขียน\"]"),
            ("topic = [“การอ่าน”, “การเขียน”]", "โค้ง", "topic = [\"การอ่าน\", \"การเขียน\"]"),
            ("topic = [\"ก\", \"ข\"", "ไม่ปิด", "topic = [\"ก\", \"ข\"]"),
            ("title: เรื่อง", "ใช้ =", "title = \"เรื่อง\""),
            ("title =", "ยังไม่มีค่า", "title = \"…\""),
            ("เรื่องนี้ไม่มีอะไร", "ไม่มีเครื่องหมาย =", "title = \"ชื่อเรื่อง\""),
        ] {
            let text = format!("# ก\nfirst = 1\n{wrong}\nlast = [\n  \"ก\",\n]\n");
            let (line, message, hint) = toml_of(&text);
            assert_eq!(line, wrong, "{message}");
            assert!(message.contains(told), "{wrong}: {message}");
            assert!(hint.contains(right), "{wrong}: {hint}");
            toml::from_str::<toml::Table>(right).unwrap_or_else(|e| panic!("{right}: {e}"));
        }
    }

    #[test]
    fn a_wrong_line_of_yaml_is_told_with_the_right_one() {
        for (wrong, told, right) in [
            ("title: \"เรื่อง", "ไม่ปิด", "title: \"เรื่อง\""),
            ("title: ก: ข", "มี :", "title: \"ก: ข\""),
            ("title: @ครู", "ขึ้นต้น", "title: \"@ครู\""),
            ("topic: [ก, ข", "ไม่ปิด", "topic: [\"ก\", \"ข\"]"),
            ("คำที่ไม่มีทวิภาค", "ไม่มี :", "title: \"ชื่อเรื่อง\""),
            ("year = 2566", "ใช้ :", "year: \"2566\""),
        ] {
            let text = format!("first: 1\n{wrong}\nlast: 2\n");
            let error = super::super::yaml_node::parse(&text, 0).unwrap_err();
            let fault = yaml(&text, error.span.start as usize, &error.message);
            let line = &text[fault.span.start as usize..fault.span.end as usize];
            assert_eq!(line, wrong, "{}", fault.message.th);
            assert!(fault.message.th.contains(told), "{wrong}: {}", fault.message.th);
            assert!(fault.hint.th.contains(right), "{wrong}: {}", fault.hint.th);
            super::super::yaml_node::parse(right, 0).unwrap_or_else(|e| panic!("{right}: {}", e.message));
        }
    }
}
