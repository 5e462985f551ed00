//! Files to a [`Portal`]. Loading never stops at the first error: it returns what could be read and every finding.
//!
//! 1. `portal.toml` and `content/_schema` ([`schema`]);
//! 2. Markdown files, in parallel ([`markdown_file`] → [`front_matter`] → [`raw`] → [`entry`] → [`typed`]);
//!    [`last_load`] reads only what changed;
//! 3. tables ([`table`]); a Markdown file with the id of a table's entry enriches it;
//! 4. translations take from their original what they do not say themselves;
//! 5. rows of tables become entries where the schema says so ([`rows`]).

pub(crate) mod entry;
pub(crate) mod files;
mod folder_data;
mod foreign;
mod foreign_settings;
pub mod front_matter;
mod guarded;
mod guarded_lines;
mod indexes;
mod kind_of;
pub(crate) mod last_load;
mod limits;
pub(crate) mod listing;
pub mod markdown_file;
mod near_translations;
pub mod raw;
mod references;
pub mod schema;
mod schema_links;
mod schema_names;
mod schema_terms;
mod settings;
mod stamped;
mod stamps;
mod syntax;
mod table;
mod table_columns;
mod table_map;
mod toml_node;
mod translations;
mod type_error;
pub(crate) mod typed;
mod typing;
mod unlisted;
pub(crate) mod words;
mod yaml_node;

pub(crate) use files::FOLDERS as SOURCE_FOLDERS;
pub(crate) use foreign::OF_PUBLISHING;
pub(crate) use stamped::hides;
pub(crate) use stamps::{is_internal_note, says_internal};
pub(crate) use table_columns::hides_rows;

use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::held::nearly_internal_kind;
use crate::model::{Config, Entry, KindId, Lang, Portal, Schema, SourceFile, Visibility, ids, listed, rows};
use files::Reader;
use last_load::{LastLoad, PortalInputs};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Name of the settings file, which marks a portal's folder.
pub(crate) const PORTAL_FILE: &str = "portal.toml";

/// The portal's folder: `start` or the nearest folder above it that holds `portal.toml`.
pub(crate) fn find_root(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    let start = start.to_str().map_or(start.as_path(), |text| Path::new(as_people_write(text)));
    start.ancestors().find(|dir| dir.join(PORTAL_FILE).is_file()).map(Path::to_path_buf)
}

/// A path of Windows without the mark that `canonicalize` puts before it (`\\?\C:\portal`): messages name it, and other
/// programs refuse the mark. Paths of shares and of Unix stay.
fn as_people_write(path: &str) -> &str {
    let drive = |rest: &&str| matches!(rest.as_bytes(), [letter, b':', b'\\', ..] if letter.is_ascii_alphabetic());
    // A longer path needs the mark.
    path.strip_prefix(r"\\?\").filter(drive).filter(|rest| rest.len() < 240).unwrap_or(path)
}

/// Reads the portal in `root`.
pub fn load(root: &Path) -> (Portal, Vec<Diagnostic>) {
    load_with(root, &mut LastLoad::default())
}

/// What keeps a command from knowing what the portal holds: a schema or settings that are wrong, and what cannot be read.
/// None of it is taken for nothing.
pub(crate) fn unknown(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_unknown = |d: &Diagnostic| d.code == Code::UnreadableFile || d.code.id().starts_with("S1");
    found.into_iter().filter(|d| d.is_error() && is_unknown(d)).collect()
}

/// Reads the portal in `root` again; files that are as they were at the last load are not parsed again.
pub(crate) fn load_with(root: &Path, last: &mut LastLoad) -> (Portal, Vec<Diagnostic>) {
    let inputs = last.inputs().unwrap_or_else(|| inputs(root));
    let reader = Reader::new(root, inputs.config.limits.clone());
    let mut read = last.load(&reader, &inputs);
    let mut diagnostics = inputs.found;
    folder_data::hold_back(&reader, &mut read, &mut diagnostics);
    foreign_settings::tell(&reader, read.iter().map(|file| &*file.source.path), &mut diagnostics);
    let mut sources: Vec<SourceFile> = Vec::with_capacity(read.len() + inputs.tables.len());
    let (mut written, mut lists): (Vec<Entry>, Vec<_>) = (Vec::with_capacity(read.len()), Vec::new());
    for file in read {
        if ids::is_summary(&file.source.path) {
            // A list of pages is no page itself; an internal one gives no order.
            let public = file.entry.is_some_and(|e| e.visibility == Visibility::Public && !e.draft);
            lists.extend(public.then(|| (file.source.path.clone(), listed::summary(&file.source.text))));
        } else {
            written.extend(file.entry);
        }
        sources.push(file.source);
        diagnostics.extend(file.found);
    }
    let is_public = |e: &&Entry| e.visibility == Visibility::Public && !e.draft;
    let pages: Vec<&str> = written.iter().filter(is_public).map(|e| &*sources[e.source.0 as usize].path).collect();
    unlisted::tell(&reader, &lists, &pages, &mut diagnostics);
    sources.extend(inputs.tables);
    let (config, schema) = (inputs.config, inputs.schema);
    let mut portal = Portal {
        config,
        schema,
        sources,
        entries: merge(inputs.tabled, written).into(),
        lists,
        media: inputs.listing.media,
    };
    // What this holds back holds back its translations too.
    stamped::hold_back(&mut portal, false, &mut diagnostics);
    let originals = translations::join(&mut portal, &mut diagnostics);
    near_translations::hold_back(&mut portal, &mut diagnostics);
    indexes::settle(&mut portal, &originals, &mut diagnostics);
    let rows = rows::entries(&portal);
    portal.entries.extend(rows);
    stamped::hide_rows(&mut portal, &mut diagnostics);
    stamped::hold_back(&mut portal, true, &mut diagnostics);
    let place = |e: &Entry| (e.kind, e.id.clone(), !e.main, e.lang, e.source);
    portal.entries.sort_by_cached_key(place);
    references::settle(&mut portal);
    // Pages of a kind whose file cannot be read pass for plain ones: what they hold is not what is wrong.
    let unread =
        |d: &Diagnostic| d.code == Code::BadSchema && d.is_error() && d.file.starts_with("content/_schema/kinds/");
    if diagnostics.iter().any(unread) {
        diagnostics.retain(|d| d.code != Code::UnknownField || d.severity != Severity::Warning);
    }
    (portal, diagnostics)
}

fn inputs(root: &Path) -> PortalInputs {
    let mut found = Vec::new();
    let mut reader = Reader::new(root, Default::default());
    let settings = reader.text(PORTAL_FILE, &mut found);
    let config = settings.as_ref().map(|source| config(source, &mut found)).unwrap_or_default();
    reader.limits = config.limits.clone();
    let schema = schema::load(&reader, &mut found);
    if let Some(source) = &settings {
        schema_names::settings(source, &config, &schema, &mut found);
    }
    let mut listing = reader.content(&mut found);
    let keeps = schema.kinds.iter().any(|kind| kind.visibility == Visibility::Internal);
    listing.markdown.retain(|path| {
        let hidden = keeps && leads_to_internal(&reader, &schema, path);
        found.extend(hidden.then(|| listing::leads_out(path)));
        !hidden
    });
    listing.media.retain(|file| {
        let path = format!("content/{}", file.path);
        let hidden = keeps && leads_to_internal(&reader, &schema, &path);
        found.extend(hidden.then(|| listing::leads_out(&path)));
        !hidden
    });
    let mut tables = Vec::new();
    let first = listing.markdown.len();
    let tabled = table::load(&reader, &schema, config.main(), first, &mut tables, &mut found);
    PortalInputs { config, schema, listing, tabled, tables, found }
}

/// Whether a file is a link to one in the folder of an internal kind, or nearly there, and lies itself where files are public.
fn leads_to_internal(reader: &Reader<'_>, schema: &Schema, path: &str) -> bool {
    let is_internal = |path: &str| {
        let path = path.strip_prefix("content/").unwrap_or(path);
        let kind = schema.kind_at(path).map(|kind| &schema.kinds[kind]);
        kind.is_some_and(|kind| kind.visibility == Visibility::Internal) || nearly_internal_kind(schema, path).is_some()
    };
    reader.true_path(path).is_some_and(|real| real != path && is_internal(&real) && !is_internal(path))
}

/// The main language of the portal in `root`, from its settings alone.
pub(crate) fn main_language(root: &Path) -> Lang {
    let mut unheard = Vec::new();
    let settings = Reader::new(root, Default::default()).text(PORTAL_FILE, &mut unheard);
    settings.map(|source| config(&source, &mut unheard).main()).unwrap_or_default()
}

fn config(source: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let mut config: Config = schema::read_as(Code::BadConfig, source, diagnostics).unwrap_or_default();
    settings::check(&mut config, source, diagnostics);
    if !config.base_url.is_empty() && !config.base_url.ends_with('/') {
        config.base_url.push('/');
    }
    config
}

/// Puts Markdown entries over the table entries of the same kind, id and language. A page `ID.internal.md` hides the row
/// of the id.
fn merge(tabled: Vec<Entry>, written: Vec<Entry>) -> Vec<Entry> {
    let mut at: HashMap<(KindId, std::sync::Arc<str>, Lang), usize> = HashMap::new();
    let mut entries: Vec<Entry> = Vec::with_capacity(tabled.len() + written.len());
    for entry in tabled {
        at.entry((entry.kind, entry.id.clone(), entry.lang)).or_insert(entries.len());
        entries.push(entry);
    }
    let from_tables = entries.len();
    for mut entry in written {
        match at.get(&(entry.kind, entry.id.clone(), entry.lang)) {
            Some(&place) if place < from_tables && entries[place].body.is_none() => {
                translations::fill(&mut entry, &entries[place]);
                entries[place] = entry;
            }
            _ => {
                for id in hides(&entry) {
                    let alike = |e: &Entry| e.kind == entry.kind || !entry.typed;
                    let row = |e: &&mut Entry| alike(e) && e.id.eq_ignore_ascii_case(&id);
                    let rows = entries[..from_tables].iter_mut().filter(row);
                    rows.for_each(|row| row.visibility = Visibility::Internal);
                }
                entries.push(entry);
            }
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::last_load::LastLoad;
    use super::{as_people_write, load, load_with};
    use std::fs;

    #[test]
    fn loading_again_gives_what_a_first_load_gives() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("portal.toml", "title = { th = \"ก\" }\n");
        write("content/a.md", "# หนึ่ง\n");
        write("content/c.md", "# สาม\n\n[](nowhere.md)\n");
        let mut last = LastLoad::remembering();
        let mut compare = |changed: Option<&[&str]>| {
            if let Some(paths) = changed {
                last.changed(paths.iter().map(|p| (*p).to_owned()).collect());
            }
            let (again, found) = load_with(dir.path(), &mut last);
            let (first, wanted) = load(dir.path());
            assert_eq!(format!("{:?}", again.entries), format!("{:?}", first.entries));
            assert_eq!(format!("{:?}", again.sources), format!("{:?}", first.sources));
            assert_eq!(format!("{found:?}"), format!("{wanted:?}"));
        };
        compare(None);
        write("content/a.md", "# เปลี่ยน\n");
        compare(Some(&["content/a.md"]));
        // A new file before another one moves the numbers of all that follow.
        write("content/b.md", "# สอง\n");
        compare(Some(&["content/b.md"]));
        fs::remove_file(dir.path().join("content/a.md")).unwrap();
        compare(None);
        write("content/_schema/kinds/k.toml", "id = \"k\"\nfolder = \"k\"\nlabel = { th = \"ข\", en = \"K\" }\n");
        compare(Some(&["content/_schema/kinds/k.toml"]));
    }
    #[test]
    fn paths_of_windows_lose_their_mark() {
        for (path, shown) in [
            (r"\\?\C:\งาน\portal", r"C:\งาน\portal"),
            (r"\\?\UNC\server\share", r"\\?\UNC\server\share"),
            (r"\\?\Volume{1}\x", r"\\?\Volume{1}\x"),
            ("/home/portal", "/home/portal"),
        ] {
            assert_eq!(as_people_write(path), shown);
        }
        let long = format!(r"\\?\C:\{}", "x".repeat(300));
        assert_eq!(as_people_write(&long), long);
    }
}
