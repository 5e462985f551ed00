//! Makes an entry of a Markdown file.

use super::entry::{Origin, build, is_reserved, said};
use super::front_matter::{Format, Unreadable, parse, split};
use super::guarded_lines::is_commented_out;
use super::kind_of;
use super::raw::{Data, Node, SyntaxError};
use super::syntax;
use crate::diagnostics::{Code, Diagnostic, Severity, tolerate_unfinished};
use crate::model::{Entry, KindDef, Lang, Schema, SourceFile, SourceId, Span, Visibility};
use crate::model::{held, ids};

/// Reads one file. Of one whose front matter cannot be read nothing is known but its place: it becomes an internal entry
/// without values, so that references and links to it are not told as well; the diagnostics say why.
/// `languages` are those of the portal, the main one first.
pub fn load(
    schema: &Schema,
    languages: &[Lang],
    source: &SourceFile,
    source_id: SourceId,
) -> (Option<Entry>, Vec<Diagnostic>) {
    let text = &source.text;
    let parts = match split(text) {
        Ok(parts) => parts,
        Err(unreadable) => return (Some(stub(schema, languages, source, source_id)), vec![unread(source, unreadable)]),
    };
    let front = match parts.front {
        None => None,
        Some((format, front, base)) => match parse(format, front, base) {
            Ok(node) => Some(node),
            Err(error) => {
                let code = match (error.repeated_key, error.too_deep) {
                    (true, _) => Code::RepeatedKey,
                    (_, true) => Code::TooDeep,
                    _ => Code::FrontMatterSyntax,
                };
                let found = match code {
                    Code::RepeatedKey => {
                        let span = within(error.span, text);
                        Diagnostic::at(code, source, span, "คีย์นี้เขียนไว้แล้วข้างบน", "this key stands above already")
                    }
                    Code::TooDeep => {
                        let span = within(error.span, text);
                        Diagnostic::at(code, source, span, "ซ้อนลึกเกินไป", "nested too deeply")
                    }
                    _ => wrong_line(schema, source, format, (front, base), &error),
                };
                return (Some(stub(schema, languages, source, source_id)), vec![found]);
            }
        },
    };
    if let Some(line) = parts.front.is_none().then(|| unfenced(schema, source)).flatten() {
        let found = unread(source, Unreadable::Unmarked(line));
        return (Some(stub(schema, languages, source, source_id)), vec![found]);
    }
    let main = languages.first().copied().unwrap_or_default();
    let place = place(&source.path, languages);
    let mut diagnostics = Vec::new();
    let (home, unknown) = kind_of::page(schema, source, front.as_ref());
    let unsure = unknown.as_ref().is_some_and(Diagnostic::is_error);
    diagnostics.extend(unknown);
    let plain = schema.kinds[home].plain || front.is_none();
    let kind = if plain { schema.plain_kind() } else { home };
    let named = front.as_ref().and_then(|f| f.get("id")).and_then(Node::text).map(str::to_string);
    let (id, address) = if plain { plain_address(&place, named.as_deref()) } else { (place.stem.clone(), None) };
    let body = Span::new(parts.body, text.len());
    let (lang, body) = (place.lang, Some(body));
    let origin = Origin { schema, kind, source, source_id, lang, main, id: id.clone(), address, body };
    let empty = Node { span: Span::default(), data: Data::Map(Vec::new()) };
    let (mut entry, found) = build(&origin, front.as_ref().unwrap_or(&empty));
    diagnostics.extend(found);
    // What lies in the folder of an internal kind is internal, whatever kind the page says it is.
    if let Some(folder) = schema.kind_at(source.path.strip_prefix("content/").unwrap_or(&source.path)) {
        entry.visibility = entry.visibility.max(schema.kinds[folder].visibility);
    }
    // Of a page whose kind is not understood it is not known who may see it.
    if unsure && !entry.keys.iter().any(|(key, _)| key == "visibility") {
        entry.visibility = Visibility::Internal;
    }
    // What stands at the top of the text decides only where nothing else does.
    let held = entry.visibility == Visibility::Internal || entry.draft;
    let decided = held || front.as_ref().is_some_and(|front| said(&origin, front).is_some());
    if let Some(doubt) = parts.doubt.filter(|_| !decided) {
        return (Some(stub(schema, languages, source, source_id)), vec![unread(source, doubt)]);
    }
    if entry.visibility == Visibility::Public && !entry.keys.iter().any(|(key, _)| key == "visibility") {
        let doubt = doubtful_place(schema, source);
        entry.visibility = if doubt.is_some() { Visibility::Internal } else { Visibility::Public };
        let told = doubt.or_else(|| if entry.draft { None } else { begins_as_draft(source) });
        diagnostics.extend(told);
    }
    if entry.visibility == Visibility::Public && !entry.draft {
        diagnostics.extend(parts.front.and_then(|(_, front, base)| commented_out(source, front, base)));
    }
    if entry.draft {
        tolerate_unfinished(&mut diagnostics);
    }
    if plain {
        entry.id = id.as_str().into();
        entry.typed = false;
        entry.visibility = entry.visibility.max(schema.kinds[home].visibility);
        if entry.title.is_empty() {
            entry.title = crate::markdown::scan(&text[parts.body..]).title().unwrap_or_else(|| place.title());
        }
    }
    (Some(entry), diagnostics)
}

/// The finding about a key that would hold a page back and is a comment.
fn commented_out(source: &SourceFile, front: &str, base: usize) -> Option<Diagnostic> {
    let line = front.lines().find(|line| is_commented_out(line))?;
    let start = base + line.as_ptr() as usize - front.as_ptr() as usize;
    let (th, en) = (
        "บรรทัดนี้ขึ้นต้นด้วย # จึงเป็นหมายเหตุและไม่ซ่อนอะไร หน้านี้เผยแพร่",
        "this line begins with `#`, so it is a comment and holds nothing back: the page is published",
    );
    let found = Diagnostic::at(Code::BadVisibility, source, Span::new(start, start + line.trim_end().len()), th, en);
    Some(found.severity(Severity::Warning).hint(
        "ถ้ายังไม่เผยแพร่ เอา # ออก ถ้าเผยแพร่ได้ ลบบรรทัดนี้",
        "remove the `#` to hold the page back; if it may be published, delete the line",
    ))
}

/// The first line of a page without front matter that gives a value to a field of its folder's kind, or a title as TOML
/// does: the marks around it were forgotten. Behind a rule it is any line up to the next one.
fn unfenced(schema: &Schema, source: &SourceFile) -> Option<Span> {
    let text = &source.text;
    let kind = schema.kind_at(source.path.strip_prefix("content/").unwrap_or(&source.path)).map(|k| &schema.kinds[k]);
    let is_key = |line: &&str| {
        let Some((key, value)) = line.split_once(['=', ':']) else { return false };
        let (key, value) = (key.trim(), value.trim());
        let known = |kind: &&KindDef| is_reserved(key) || kind.fields.iter().any(|field| field.id == key);
        kind.filter(|kind| !kind.plain).as_ref().is_some_and(known)
            || key == "title" && line.contains('=') && value.starts_with(['"', '\''])
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    let line = match lines.next_if(|line| line.trim() == Format::Yaml.mark()) {
        // Up to the next rule.
        Some(_) => lines.take_while(|line| line.trim() != Format::Yaml.mark()).find(is_key)?,
        None => lines.next().filter(is_key)?,
    };
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    Some(Span::new(start, start + line.trim_end().len()))
}

/// The finding about a line of front matter that its parser refuses. `front` is the text between the marks, and its offset.
fn wrong_line(
    schema: &Schema,
    source: &SourceFile,
    format: Format,
    (front, base): (&str, usize),
    error: &SyntaxError,
) -> Diagnostic {
    let at = (error.span.start as usize).saturating_sub(base);
    let path = source.path.strip_prefix("content/").unwrap_or(&source.path);
    let kind = schema.kind_at(path).map(|k| &schema.kinds[k]);
    let named = |label: &str| {
        let reserved = |key: &'static str, th: &str| (label == th).then_some(key);
        let field = kind?.fields.iter().find(|f| f.label.th == label || f.label.en.eq_ignore_ascii_case(label));
        field.map(|f| f.id.as_str()).or_else(|| reserved("title", "ชื่อเรื่อง")).map(str::to_string)
    };
    let fault = match format {
        Format::Toml => syntax::toml(front, at, &error.message, &named),
        Format::Yaml => syntax::yaml(front, at, &error.message),
    };
    let span = Span::new(base + fault.span.start as usize, base + fault.span.end as usize);
    Diagnostic::at(Code::FrontMatterSyntax, source, within(span, &source.text), fault.message.th, fault.message.en)
        .hint(fault.hint.th, fault.hint.en)
}

/// The finding about a page in a place that is nearly that of what is internal.
fn doubtful_place(schema: &Schema, source: &SourceFile) -> Option<Diagnostic> {
    let path = source.path.strip_prefix("content/").unwrap_or(&source.path);
    let (th, en, there) = match held::nearly_internal_kind(schema, path) {
        Some(kind) => (
            format!("โฟลเดอร์นี้คล้ายโฟลเดอร์ “{}” ของ{} ซึ่งเป็นข้อมูลภายใน จึงไม่เผยแพร่หน้านี้", kind.folder, kind.label.th),
            format!("this folder is nearly `{}`, which is internal, so the page is not published", kind.folder),
            kind.folder.as_str(),
        ),
        None => {
            let name = held::nearly_internal_name(path)?;
            (
                format!("ชื่อ “{name}” บอกว่าเป็นข้อมูลภายในหรือฉบับร่าง จึงไม่เผยแพร่หน้านี้"),
                format!("the name `{name}` says that it is internal or a draft, so the page is not published"),
                "NAME.internal",
            )
        }
    };
    let found = Diagnostic::at(Code::BadVisibility, source, Span::default(), th, en);
    Some(found.hint(
        format!("ถ้าเป็นข้อมูลภายใน ย้ายไปไว้ใน {there}/ ถ้าเผยแพร่ได้ เปลี่ยนชื่อ หรือเขียน visibility = \"public\" ในส่วนหัว"),
        format!("if it is internal, move it to {there}/; if it is public, rename it or write visibility = \"public\" in the front matter"),
    ))
}

/// The finding about a page that is published under a name that begins as that of a draft: words begin so as well.
fn begins_as_draft(source: &SourceFile) -> Option<Diagnostic> {
    let path = source.path.strip_prefix("content/").unwrap_or(&source.path);
    let name = held::begins_as_draft(path)?;
    let (th, en) = (
        format!("ชื่อ “{name}” เหมือนฉบับร่างหรือข้อมูลภายใน แต่ไม่ซ่อนอะไร หน้านี้เผยแพร่แล้ว"),
        format!(
            "the name `{name}` is like that of a draft or of something internal and hides nothing: the page is published"
        ),
    );
    let found = Diagnostic::at(Code::BadVisibility, source, Span::default(), th, en).severity(Severity::Warning);
    Some(found.hint(
        "ถ้าเป็นฉบับร่าง เขียน draft = true ในส่วนหัว ถ้าเผยแพร่ได้ เปลี่ยนชื่อ หรือเขียน visibility = \"public\"",
        "if it is a draft, write draft = true; if it may be published, rename it or write visibility = \"public\"",
    ))
}

/// An internal entry that holds the place of a file.
fn stub(schema: &Schema, languages: &[Lang], source: &SourceFile, source_id: SourceId) -> Entry {
    let place = place(&source.path, languages);
    let (lang, main) = (place.lang, languages.first().copied().unwrap_or_default());
    let kind = schema.kind_at(source.path.strip_prefix("content/").unwrap_or(&source.path));
    let kind = kind.unwrap_or_else(|| schema.plain_kind());
    let named = written_id(&source.text);
    let (id, address) = match schema.kinds[kind].plain {
        true => plain_address(&place, named),
        false => (named.map_or_else(|| place.stem.clone(), str::to_owned), None),
    };
    let body = Some(Span::new(source.text.len(), source.text.len()));
    let origin = Origin { schema, kind, source, source_id, lang, main, id, address, body };
    let (mut entry, _) = build(&origin, &Node { span: Span::default(), data: Data::Map(Vec::new()) });
    entry.title = place.stem;
    entry.visibility = Visibility::Internal;
    entry.typed = false;
    entry
}

/// The id that front matter which cannot be read gives its page: the row of a table that it hides has that one.
fn written_id(text: &str) -> Option<&str> {
    const LINES: usize = 200;
    let value = |line: &str| -> Option<std::ops::Range<usize>> {
        let at = line.find([':', '='])?;
        (line[..at].trim().trim_matches('"') == "id").then_some(at + 1..line.len())
    };
    let written = text.lines().take(LINES).find_map(|line| Some(&line[value(line)?]))?;
    Some(written.trim().trim_matches(['"', '\''])).filter(|id| ids::is_id(id))
}

/// Where a file lies: folder under `content/`, name without language and ending.
struct Place {
    folder: String,
    stem: String,
    lang: Lang,
}

impl Place {
    /// What a page without title and heading is called: as its file, an index as its folder.
    fn title(&self) -> String {
        let folder = self.folder.rsplit('/').next().unwrap_or("");
        if super::indexes::is_index(&self.stem) && !folder.is_empty() { folder.to_string() } else { self.stem.clone() }
    }
}

fn place(path: &str, languages: &[Lang]) -> Place {
    let path = path.strip_prefix("content/").unwrap_or(path);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // A language that the portal does not have is one as well, where it is a known one: `report.v2.md` is no translation.
    let named = stem.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    let named = named.and_then(|(stem, tag)| Lang::parse(tag).map(|lang| (stem, lang)));
    let is_language = |lang: &Lang| languages.contains(lang) || lang.own_name().is_some();
    let main = languages.first().copied().unwrap_or_default();
    let (stem, lang) = named.filter(|(_, lang)| is_language(lang)).unwrap_or((stem, main));
    Place { folder: folder.to_string(), stem: stem.to_string(), lang }
}

/// The finding about a file that cannot be split into front matter and body.
fn unread(source: &SourceFile, unreadable: Unreadable) -> Diagnostic {
    match unreadable {
        Unreadable::Open(format, span) => {
            let (th, en) = ("ส่วนหัวเปิดแล้วไม่ปิด", "the front matter is opened and never closed");
            let mark = format.mark();
            Diagnostic::at(Code::FrontMatterOpen, source, span, th, en).hint(
                format!("ใส่บรรทัด {mark} หลังช่องข้อมูลสุดท้าย ก่อนเนื้อหา"),
                format!("put a line {mark} after the last field, before the body"),
            )
        }
        Unreadable::Stamped(span) => {
            let (th, en) = (
                "บรรทัดนี้บอกว่าหน้านี้ไม่ใช่สำหรับทุกคน แต่ไม่ซ่อนอะไร จึงไม่เผยแพร่หน้านี้",
                "this line says that the page is not for everybody and hides nothing, so the page is not published",
            );
            Diagnostic::at(Code::FrontMatterUnmarked, source, span, th, en).hint(
                "เขียน draft = true หรือ visibility = \"internal\" ในส่วนหัวของหน้า ถ้าเผยแพร่ได้ เขียน visibility = \"public\"",
                "write draft = true or visibility = \"internal\" in the front matter; if it may be published, visibility = \"public\"",
            )
        }
        Unreadable::Unmarked(span) | Unreadable::Block(span) => {
            let (th, en) = (
                "บรรทัดนี้เหมือนส่วนหัวของหน้า แต่อยู่นอกส่วนหัว จึงไม่เผยแพร่หน้านี้",
                "this line looks like front matter but stands outside of it, so the page is not published",
            );
            Diagnostic::at(Code::FrontMatterUnmarked, source, span, th, en).hint(
                "เริ่มไฟล์ด้วยบรรทัด +++ แล้วเขียน ช่อง = \"ค่า\" ทีละบรรทัด และปิดด้วย +++ ถ้าเป็นเนื้อหา เขียน visibility = \"public\" ในส่วนหัว",
                "begin the file with a line +++, write one field = \"value\" a line, and end with +++; if it is text, write visibility = \"public\" there",
            )
        }
    }
}

/// Id and address of a plain page: its path, with `README` and `index` as the folder's index.
fn plain_address(place: &Place, named: Option<&str>) -> (String, Option<String>) {
    let mut parts: Vec<String> = place.folder.split('/').filter(|p| !p.is_empty()).map(ids::path_part).collect();
    let index = super::indexes::is_index(&place.stem) && (named.is_none() || place.stem.starts_with('_'));
    if !index {
        parts.push(named.filter(|id| ids::is_id(id)).map_or_else(|| ids::path_part(&place.stem), str::to_string));
    }
    let id = parts.join("/");
    if index {
        parts.push("index".into());
    }
    let id = if id.is_empty() { "home".to_string() } else { id };
    (id, Some(format!("{}.html", parts.join("/"))))
}

fn within(span: Span, text: &str) -> Span {
    let mut start = (span.start as usize).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (span.end as usize).clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start, end)
}
