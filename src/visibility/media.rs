//! Files next to pages: which may be published, and which are named by what is public.

use super::bodies::cut_ranges;
use crate::markdown;
use crate::model::config::Files;
use crate::model::index::{Index, Target};
use crate::model::{Entry, FieldDef, Portal, Value, Visibility, endings, held, ids};
use std::collections::BTreeSet;

/// Endings that are published: documents, pictures that can be cleaned, sheets, sound, film, archives. `portal.toml`
/// may name more.
const ENDINGS: [&str; 48] = [
    "pdf", "doc", "docx", "odt", "rtf", "txt", "epub", "ppt", "pptx", "odp", // documents
    "png", "apng", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "svg", // pictures
    "xls", "xlsx", "ods", "csv", "tsv", "json", "geojson", // sheets and data
    "mp3", "m4a", "aac", "ogg", "oga", "opus", "wav", "flac", // sound
    "mp4", "m4v", "webm", "ogv", "mov", "vtt", "srt", // film
    "zip", "7z", "gz", "tgz", "tar", "rar", "ics",
];
/// Pictures whose metadata cannot be taken out.
const PICTURES: [&str; 11] = ["heic", "heif", "tif", "tiff", "avif", "bmp", "jxl", "jp2", "dng", "psd", "svgz"];
/// Why a file is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Its name says so.
    Internal,
    /// A picture whose metadata Sala cannot take out.
    Picture,
    /// Its ending is not one of those that are published.
    Ending,
}

/// Why a file of the content folder is not published, if so: what lies in the folder of an internal kind is internal, and
/// so is what lies where a name only nearly says so.
pub(crate) fn refusal(portal: &Portal, path: &str) -> Option<Refusal> {
    let internal = lies_inside(portal, path) || held::nearly_internal_file(path).is_some();
    if internal { Some(Refusal::Internal) } else { refused_ending(&portal.config.files, path) }
}

/// The name alone for which a file is not published: under another it may be.
pub(crate) fn held_name<'p>(portal: &Portal, path: &'p str) -> Option<&'p str> {
    held::nearly_internal_file(path).filter(|_| !lies_inside(portal, path))
}

/// Whether a file says `.internal.` in its name, or lies in the folder of an internal kind or nearly so.
fn lies_inside(portal: &Portal, path: &str) -> bool {
    let kind = portal.schema.kind_at(path).map(|kind| &portal.schema.kinds[kind]);
    ids::is_internal_path(path)
        || kind.is_some_and(|kind| kind.visibility == Visibility::Internal)
        || held::nearly_internal_kind(&portal.schema, path).is_some()
}

/// Whether a file is a picture that keeps what its camera wrote.
pub(crate) fn keeps_metadata(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| PICTURES.contains(&&*ending.to_lowercase()))
}

/// Why a file is not published by its ending.
fn refused_ending(settings: &Files, path: &str) -> Option<Refusal> {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let parts: Vec<&str> = name.split('.').skip(1).collect();
    let Some((ending, parts)) = parts.split_last() else {
        return Some(Refusal::Ending);
    };
    if PICTURES.contains(ending) {
        return Some(Refusal::Picture);
    }
    let added =
        || settings.allow.iter().any(|more| more.eq_ignore_ascii_case(ending)) && endings::may_be_allowed(ending);
    let allowed = ENDINGS.contains(ending) || added();
    (!allowed || parts.iter().any(|part| endings::RUN.contains(part))).then_some(Refusal::Ending)
}

/// Files that the entries of a public portal name and that may be published.
pub(super) fn named(portal: &Portal, index: &Index) -> BTreeSet<String> {
    portal.entries.iter().flat_map(|entry| files_of(portal, index, entry)).collect()
}

/// Files that the public fields and the body of an entry name, without its internal sections, and that may be published.
pub(crate) fn files_of(portal: &Portal, index: &Index, entry: &Entry) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    let kind = &portal.schema.kinds[entry.kind];
    for (field, slot) in kind.fields.iter().zip(&entry.fields) {
        if let Some(located) = slot {
            each_file(field, &located.value, &mut |name| named.extend(index.field_file(portal, entry, name)));
        }
    }
    let analysis = portal.analysis(entry);
    let outline = &analysis.outline;
    if entry.body.is_some() && !(outline.images.is_empty() && outline.links.is_empty()) {
        let cut = cut_ranges(portal, entry);
        let shown = |offset: usize| !cut.iter().any(|(start, end)| (*start..*end).contains(&offset));
        outline
            .images
            .iter()
            .filter(|image| shown(image.offset))
            .for_each(|image| named.extend(index.media_path(portal, entry, &image.dest)));
        let links = outline.links.iter().filter(|link| shown(link.offset));
        named.extend(links.filter_map(|link| linked(portal, index, entry, &link.dest)));
    }
    named.retain(|path| refusal(portal, path).is_none());
    named
}

fn linked(portal: &Portal, index: &Index, entry: &Entry, dest: &str) -> Option<String> {
    let markdown::Dest::Relative(dest) = markdown::classify(dest) else {
        return None;
    };
    match index.resolve(portal, entry, &dest) {
        Target::Media(path) => Some(path),
        _ => None,
    }
}

fn each_file(field: &FieldDef, value: &Value, add: &mut dyn FnMut(&str)) {
    if field.visibility == Visibility::Internal {
        return;
    }
    match value {
        Value::Image { src, .. } | Value::File { src, .. } => add(src),
        Value::List(items) => items.iter().for_each(|i| each_file(field, &i.value, add)),
        Value::Table(rows) => {
            for row in rows {
                for (column, cell) in field.columns.iter().zip(&row.cells) {
                    if let Some(cell) = cell {
                        each_file(column, &cell.value, add);
                    }
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_listed_is_published() {
        let mut portal = Portal::default();
        for name in ["a.pdf", "ข/แผน.XLSX", "a.v2.docx", "a.svg", "film.mp4"] {
            assert_eq!(refusal(&portal, name), None, "{name}");
        }
        for name in ["a.html", "a.js", "a.php.jpg", "web.config", "LICENSE", "a.exe", "a.lnk", ".htaccess", "a.xml"] {
            assert_eq!(refusal(&portal, name), Some(Refusal::Ending), "{name}");
        }
        for name in ["a.HEIC", "a.tiff", "a.avif", "a.svgz"] {
            assert_eq!(refusal(&portal, name), Some(Refusal::Picture), "{name}");
        }
        for name in ["a.internal.pdf", "x.internal/a.pdf", "A.Internal.PDF", "a.intrenal.pdf", "private/a.pdf"] {
            assert_eq!(refusal(&portal, name), Some(Refusal::Internal), "{name}");
        }
        let allow = ["kml", "html", "PHP", "*", "js"].map(String::from).to_vec();
        portal.config.files = Files { allow };
        assert_eq!(refusal(&portal, "a.KML"), None);
        for name in ["a.html", "a.php", "a.js", "a.*"] {
            assert_eq!(refusal(&portal, name), Some(Refusal::Ending), "{name}");
        }
    }
}
