//! Required fields, titles, images and files of fields.

use super::context::Context;
use crate::content::words::example;
use crate::diagnostics::{Code, Diagnostic, Severity, nearest_hint, tolerate_unfinished};
use crate::model::{Entry, FieldDef, FieldType, Label, Lang, Located, Schema, SourceFile, Span, Value, time};
use crate::visibility::{
    self,
    media::{self, Refusal},
};

pub(super) fn check(context: &Context<'_>, entry: &Entry) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let kind = &context.portal.schema.kinds[entry.kind];
    let (source, span) = context.key(entry, "");
    if entry.typed && entry.title.trim().is_empty() {
        found.push(
            Diagnostic::at(Code::MissingField, source, span, "หน้านี้ไม่มีชื่อเรื่อง (title)", "the entry has no `title`")
                .hint("เพิ่ม title = \"…\" ในส่วนหัว", "add title = \"…\" to the front matter"),
        );
    }
    for (field, slot) in kind.fields.iter().zip(&entry.fields) {
        if let Some(located) = slot {
            by_hand(context, field, located, &mut found);
        }
        match slot {
            Some(located) if !located.value.is_empty() => files(context, entry, located, &mut found),
            // A value that did not fit its type has been reported already.
            _ if entry.keys.iter().any(|(key, span)| *key == field.id && is_written(source, *span)) => {}
            // What is looked up comes behind the gate.
            _ if field.required && field.via.is_none() && field.told_by.is_none() && entry.typed && entry.main => {
                let missing = Diagnostic::at(
                    Code::MissingField,
                    source,
                    commented(source, &field.id).unwrap_or(span),
                    format!("ขาดช่อง “{}” ({})", field.id, field.label.th),
                    format!("field `{}` ({}) is missing", field.id, field.label.get(Lang::EN)),
                );
                let write = what_to_write(source, field, &context.portal.schema);
                let missing = missing.hint(write.th, write.en);
                found.push(match field.required_from.map(|since| time::is_before(kind, entry, since)) {
                    None | Some(Some(false)) => missing,
                    Some(Some(true)) => missing.severity(Severity::Note),
                    // Without a date nobody knows whether the entry is older than the rule.
                    Some(None) => missing.severity(Severity::Warning),
                });
            }
            _ => {}
        }
    }
    if entry.draft {
        tolerate_unfinished(&mut found);
    }
    found
}

/// The line of front matter that holds a key as a comment: `# year = 2566`.
fn commented(source: &SourceFile, key: &str) -> Option<Span> {
    let mark = source.text.get(..3).filter(|mark| matches!(*mark, "+++" | "---"))?;
    let front = &source.text[..source.text[3..].find(&format!("\n{mark}"))? + 3];
    let of_key = |line: &&str| {
        let text = line.trim_start().strip_prefix('#').map(str::trim_start);
        text.and_then(|text| text.strip_prefix(key)).is_some_and(|rest| rest.trim_start().starts_with(['=', ':']))
    };
    let line = front.lines().find(of_key)?;
    let start = line.as_ptr() as usize - source.text.as_ptr() as usize;
    Some(Span::new(start, start + line.trim_end().len()))
}

/// What a field is about, and a line that would be right.
fn what_to_write(source: &SourceFile, field: &FieldDef, schema: &Schema) -> Label {
    let sign = if source.text.starts_with("---") { ":" } else { " =" };
    let line = match field.ty {
        FieldType::Table if sign == ":" => format!("{}:", field.id),
        FieldType::Table => format!("[[{}]]", field.id),
        _ => format!("{}{sign} {}", field.id, example(field, schema)),
    };
    let about = |lang: Lang| match field.help.get(lang) {
        "" => String::new(),
        help => format!("{help}  "),
    };
    Label::new(format!("{}เช่น  {line}", about(Lang::TH)), format!("{}such as  {line}", about(Lang::EN)))
}

/// Whether anything is written at a place.
fn is_written(source: &SourceFile, span: Span) -> bool {
    let text = source.text.get(span.start as usize..span.end as usize).unwrap_or_default();
    !matches!(text.trim(), "" | "\"\"" | "''" | "[]" | "{}" | "~" | "null")
}

/// Values that the portal computes are not written.
fn by_hand(context: &Context<'_>, field: &FieldDef, located: &Located, found: &mut Vec<Diagnostic>) {
    if let Value::Table(rows) = &located.value {
        for row in rows {
            let cells = field.columns.iter().zip(&row.cells);
            cells.filter_map(|(column, cell)| Some((column, cell.as_ref()?))).for_each(|(column, cell)| {
                by_hand(context, column, cell, found);
            });
        }
    }
    if field.computed {
        let (th, en) = (
            format!("ช่อง “{}” ({}) พอร์ทัลคำนวณเอง ไม่ต้องพิมพ์", field.id, field.label.th),
            format!("field `{}` ({}) is computed by the portal; do not write it", field.id, field.label.get(Lang::EN)),
        );
        found.push(Diagnostic::at(Code::TypedByHand, context.source(located.source), located.span, th, en));
    }
}

/// Images and files named by a value exist, and images have alternative texts.
fn files(context: &Context<'_>, entry: &Entry, located: &Located, found: &mut Vec<Diagnostic>) {
    match &located.value {
        Value::Image { src, alt, .. } => {
            missing(context, entry, src, located, found);
            if alt.trim().is_empty() {
                let (th, en) = (format!("รูป {src} ไม่มี alt"), format!("image {src} has no `alt`"));
                let source = context.source(located.source);
                found.push(graded(entry, Diagnostic::at(Code::MissingAlt, source, located.span, th, en)));
            }
            if is_name_of_file(alt, src) {
                found.push(named_as_file(alt, |th, en| {
                    Diagnostic::at(Code::MissingAlt, context.source(located.source), located.span, th, en)
                }));
            }
        }
        Value::File { src, .. } => missing(context, entry, src, located, found),
        Value::List(items) => items.iter().for_each(|i| files(context, entry, i, found)),
        Value::Table(rows) => {
            let cells = rows.iter().flat_map(|r| r.cells.iter().flatten());
            cells.for_each(|cell| files(context, entry, cell, found));
        }
        _ => {}
    }
}

fn missing(context: &Context<'_>, entry: &Entry, src: &str, located: &Located, found: &mut Vec<Diagnostic>) {
    let source = context.source(located.source);
    if let Some(d) = missing_file(context, entry, src, context.index.field_file(context.portal, entry, src)) {
        found.push(graded(
            entry,
            Diagnostic::at(d.code, source, located.span, d.message.th, d.message.en).maybe_hint(d.hint),
        ));
    }
}

/// A diagnostic without place where the file that an author named `src` is missing or may not be published.
pub(super) fn missing_file(
    context: &Context<'_>,
    entry: &Entry,
    src: &str,
    path: Option<String>,
) -> Option<Diagnostic> {
    let Some(path) = path else {
        let (th, en) = (format!("ไม่พบไฟล์ {src}"), format!("file {src} does not exist"));
        let missing = Diagnostic::new(Code::MissingImage, "", th, en);
        if src.split('/').any(|part| part.starts_with(['.', '_']) && part.trim_matches('.').len() > 1) {
            return Some(missing.hint(
                "โฟลเดอร์และไฟล์ที่ชื่อขึ้นต้นด้วย . หรือ _ ไม่ถูกอ่าน ย้ายไฟล์ไปโฟลเดอร์อื่น",
                "folders and files whose names begin with . or _ are left out; move the file to another folder",
            ));
        }
        let names = context.portal.media.iter().map(|m| m.path.rsplit('/').next().unwrap_or(&m.path));
        return Some(missing.maybe_hint(nearest_hint(src.rsplit('/').next().unwrap_or(src), names)));
    };
    refused(context, entry, &path)
}

/// A diagnostic without place where a file that exists may not be published. On plain pages a kind of file that is not
/// published stops nothing: the link becomes text.
pub(super) fn refused(context: &Context<'_>, entry: &Entry, path: &str) -> Option<Diagnostic> {
    let refusal = media::refusal(context.portal, path)?;
    // What is not published may name what is not published.
    if refusal == Refusal::Internal && !visibility::is_public(entry, visibility::Options::default()) {
        return None;
    }
    let name = media::held_name(context.portal, path);
    let (th, en) = match (refusal, name) {
        (Refusal::Internal, Some(name)) => (
            format!("ชื่อ “{name}” บอกว่าเป็นไฟล์ภายในหรือฉบับร่าง ไฟล์ {path} จะไม่เผยแพร่"),
            format!("the name `{name}` says that file {path} is internal or a draft: it is not published"),
        ),
        (Refusal::Internal, None) => {
            (format!("ไฟล์ {path} เป็นไฟล์ภายใน จะไม่เผยแพร่"), format!("file {path} is internal and is not published"))
        }
        _ => (format!("ไฟล์ {path} เป็นชนิดที่ไม่เผยแพร่"), format!("file {path} is of a kind that is not published")),
    };
    let found = Diagnostic::new(Code::FileRefused, "", th, en);
    let found = if refusal == Refusal::Internal { found } else { graded(entry, found) };
    Some(match refusal {
        Refusal::Internal if name.is_some() => found.hint(
            "ถ้าเผยแพร่ได้ เปลี่ยนชื่อนั้น แล้วเขียนชื่อใหม่ในหน้านี้ ถ้าไม่ ตัดไฟล์ออกจากหน้า หรือให้หน้านี้เป็นข้อมูลภายในด้วย visibility = \"internal\"",
            "if it may be published, rename it and write the new name in the page; if not, take the file off the page, or make the page internal as well: visibility = \"internal\"",
        ),
        Refusal::Internal => found.hint(
            "ตัดชื่อไฟล์นี้ออกจากหน้า หรือให้หน้านี้เป็นข้อมูลภายในด้วย visibility = \"internal\"",
            "take the file off the page, or make the page internal as well: visibility = \"internal\"",
        ),
        Refusal::Picture => found.hint(
            "Sala ลบข้อมูลสถานที่และอุปกรณ์ออกจากภาพชนิดนี้ไม่ได้ บันทึกภาพใหม่เป็น JPEG, PNG หรือ WebP",
            "Sala cannot take places and devices out of such pictures; save it as JPEG, PNG or WebP",
        ),
        Refusal::Ending => found.hint(
            "เผยแพร่เป็น PDF, เอกสาร, ภาพ, เสียง, วิดีโอ หรือ zip แทน หรือเพิ่มนามสกุลไว้ใน [files] allow ของ portal.toml เมื่อแน่ใจว่าปลอดภัย",
            "publish a PDF, document, picture, sound, film or zip instead, or add the ending to [files] allow in portal.toml if you are sure that it is safe",
        ),
    })
}

/// Whether an alternative text is the place or the name of a file, as programs put it there: of its picture, or of any.
pub(super) fn is_name_of_file(alt: &str, src: &str) -> bool {
    const ENDINGS: [&str; 13] =
        ["png", "apng", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "svg", "heic", "tif", "tiff", "bmp"];
    let (alt, file) = (alt.trim(), src.rsplit(['/', '\\']).next().unwrap_or(src).replace("%20", " "));
    let one_word = !alt.contains(char::is_whitespace);
    let drive = alt.get(1..3) == Some(":\\");
    let ends = alt.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()));
    // What cameras call their pictures: IMG_2034.
    let numbered = |stem: &str| {
        stem == alt && one_word && alt.contains(|c: char| c.is_ascii_digit()) && alt.is_ascii() && alt.len() > 3
    };
    drive
        || one_word && (ends || alt.contains("://"))
        || !alt.is_empty() && alt.eq_ignore_ascii_case(&file)
        || file.rsplit_once('.').is_some_and(|(stem, _)| numbered(stem))
}

/// The warning about such a text.
pub(super) fn named_as_file(alt: &str, at: impl FnOnce(String, String) -> Diagnostic) -> Diagnostic {
    let (th, en) =
        (format!("คำบรรยายแทนภาพ “{alt}” เป็นชื่อไฟล์"), format!("the alternative text `{alt}` is the name of a file"));
    at(th, en).hint("เขียนว่ารูปแสดงอะไร", "write what the picture shows").severity(Severity::Warning)
}

/// On plain pages, defects of images and links are warnings.
pub(super) fn graded(entry: &Entry, diagnostic: Diagnostic) -> Diagnostic {
    if entry.typed { diagnostic } else { diagnostic.severity(Severity::Warning) }
}
