//! Files that readers can fetch as they are: files that public pages name, and those of `static/`. Their size, and
//! personal data in their texts.
//!
//! What their text is, says [`super::file_text`].

use super::context::Context;
use super::file_text::{FileText, ending, has_text, is_plain};
use super::personal;
use crate::content::files::{MEDIA, Reader, too_large};
use crate::content::listing::PassOver;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::entry::Allowance;
use crate::model::{Entry, SourceFile, Span};
use crate::text::personal::{Class, search};
use crate::visibility;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// Looks at every file that is published, as the portal's folder holds it.
pub(crate) fn check(context: &Context<'_>, root: &Path) -> Vec<Diagnostic> {
    let mut named: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in &context.portal.entries {
        if visibility::is_public(entry, visibility::Options::default()) {
            for path in visibility::files_of(context.portal, context.index, entry) {
                named.entry(format!("content/{path}")).or_default().push(entry);
            }
        }
    }
    // What cannot be listed is told where the theme is loaded.
    let reader = Reader::new(root, context.portal.config.limits.clone());
    for file in reader.files("static", PassOver::Dots, &mut Vec::new()) {
        named.entry(format!("static/{}", file.path)).or_default();
    }
    let named: Vec<_> = named.into_iter().collect();
    named.par_iter().flat_map_iter(|(path, pages)| file(context, &reader, path, pages)).collect()
}

/// Bytes from which a picture is told to be heavy.
const HEAVY: u64 = 1_000_000;

/// A picture that readers on phones wait for. Photographs are made smaller by the build; what it leaves as it is, is told.
fn heavy(path: &str, bytes: u64) -> Option<Diagnostic> {
    let is_picture = ["webp", "gif", "avif"].contains(&ending(path).as_str());
    (is_picture && bytes > HEAVY).then(|| {
        let size = bytes as f64 / HEAVY as f64;
        let (th, en) = (
            format!("รูปนี้ใหญ่ {size:.1} MB ผู้อ่านบนมือถือต้องรอนาน"),
            format!("the picture has {size:.1} MB: long to wait for on a phone"),
        );
        Diagnostic::new(Code::FileTooLarge, path, th, en).severity(Severity::Note).hint(
            "บันทึกเป็น JPEG ซึ่ง Sala ย่อให้เองตอนสร้างเว็บ หรือย่อให้กว้างไม่เกิน 1600 จุด",
            "save it as JPEG, which the build makes smaller, or make it 1,600 points wide at most",
        )
    })
}

fn file(context: &Context<'_>, reader: &Reader<'_>, path: &str, pages: &[&Entry]) -> Vec<Diagnostic> {
    let Ok(size) = reader.size(path) else {
        // A file that is missing or may not be read is reported where it is named.
        return Vec::new();
    };
    let most = context.portal.config.limits.media_megabytes;
    if size > u64::from(most) << 20 {
        return vec![too_large(path, size, most, MEDIA)];
    }
    let mut found: Vec<Diagnostic> = heavy(path, size).into_iter().collect();
    let allowed = |class: Class| match pages.is_empty() {
        true => personal::allowed_outside(&context.portal.config, class),
        false => pages.iter().all(|page| personal::allowed(page, class)),
    };
    for find in search(path).into_iter().filter(|f| !allowed(f.class)) {
        found.push(personal::in_file(path, &find));
    }
    if !has_text(path) {
        return found;
    }
    let Ok(bytes) = reader.bytes(path) else {
        return found;
    };
    let FileText { text, again, unread } = FileText::of(path, &bytes);
    // Who allows all that is personal in it has looked into it.
    if unread && !may_be_unread(context, pages) {
        found.push(not_read(path));
    }
    let plain = is_plain(path);
    let source = SourceFile::new(path, text.as_str());
    let finds = search(&text);
    let again = search(&again).into_iter().filter(|more| finds.iter().all(|find| find.class != more.class));
    found.extend(again.filter(|f| !allowed(f.class)).map(|find| personal::in_file(path, &find)));
    for find in finds.iter().filter(|f| !allowed(f.class)) {
        found.push(match plain {
            true => personal::report(&source, Span::new(find.range.start, find.range.end), find),
            false => personal::in_file(path, find),
        });
    }
    found
}

/// Whether the pages that name a file, or the settings where none does, allow whatever it holds.
fn may_be_unread(context: &Context<'_>, pages: &[&Entry]) -> bool {
    let all = |allowance: &Option<Allowance>| {
        let unread = Code::UnreadableFile.id();
        allowance.as_ref().is_some_and(|a| a.codes.is_empty() || a.codes.iter().any(|code| code == unread))
    };
    match pages.is_empty() {
        true => all(&context.portal.config.allow_personal),
        false => pages.iter().all(|page| all(&page.allow_personal)),
    }
}

/// A file that nobody has looked into to its end.
fn not_read(path: &str) -> Diagnostic {
    let (th, en) = (
        "มีส่วนที่โปรแกรมอ่านไม่ได้ (มีรหัสผ่าน สแกนมา แบบเก่า ซ้อนลึก ใหญ่ หรือเสียหาย) จึงไม่ได้ตรวจข้อมูลส่วนบุคคลในส่วนนั้น",
        "a part of it cannot be read (locked, scanned, of an old kind, too deep, too large or damaged): nobody has looked for personal data in it",
    );
    let found = Diagnostic::new(Code::UnreadableFile, path, th, en).severity(Severity::Warning);
    found.hint(
        "เปิดดูเองก่อนเผยแพร่ แล้วบันทึกเป็นแบบใหม่ (.docx .xlsx) แตกไฟล์แล้ววางแยกกัน หรือใส่ [allow_personal] ในหน้าที่อ้างถึง",
        "look into it before it is published; then save it in the newer form (.docx, .xlsx), put its files there one by one, or add [allow_personal] to the page that names it",
    )
}
