//! Bodies as the public may read them: without internal sections and without what is hidden in HTML.

use super::sections::{Cut, Internal};
use crate::markdown::{self, FindingKind, Outline};
use crate::model::entry::Body;
use crate::model::{BodyAnalysis, Entry, EntryId, Portal, SourceFile, SourceId, Span, Visibility, public_texts};
use rayon::prelude::*;
use std::sync::Arc;

/// A body that lost something becomes a text of its own. It is on the lines where it was in its file.
pub(super) fn cut(portal: &mut Portal) {
    let changed: Vec<(EntryId, String)> =
        portal.entries.par_iter_ids().filter_map(|(i, entry)| Some((i, public_body(portal, entry)?))).collect();
    for (i, text) in changed {
        let entry = &mut portal.entries[i];
        let Some(body) = entry.body else { continue };
        let source = &portal.sources[body.source.0 as usize];
        let before = source.text[..body.span.start as usize].matches('\n').count();
        let analysis = BodyAnalysis::of(&text);
        if !entry.typed && !entry.keys.iter().any(|(key, _)| key == "title") {
            // The title was taken from the text.
            let stem = source.path.rsplit('/').next().unwrap_or(&source.path).trim_end_matches(".md");
            entry.title = analysis.outline.title().unwrap_or_else(|| stem.to_string());
        }
        let span = Span::new(before, before + text.len());
        let text = format!("{}{text}", "\n".repeat(before));
        let source = SourceFile { analysis: Some(Arc::new(analysis)), ..SourceFile::new(&source.path, text) };
        entry.body = Some(Body { source: SourceId(portal.sources.len() as u32), span });
        portal.sources.push(source);
    }
}

/// The public part of a body, where it is not the whole.
fn public_body(portal: &Portal, entry: &Entry) -> Option<String> {
    entry.body?;
    let analysis = portal.analysis(entry);
    let internal = Internal::of(portal, entry);
    if internal.is_empty() && !analysis.outline.hidden {
        return None;
    }
    let body = portal.body(entry);
    let kept = without(body, &internal.cuts(body, &analysis.outline));
    let visible = markdown::without_hidden(kept.as_deref().unwrap_or(body));
    visible.or(kept)
}

/// The public part of a field's Markdown, where it is not the whole: a section may be written there as well.
pub(super) fn public_text(internal: &Internal, text: &str) -> Option<String> {
    let kept = if internal.is_empty() { None } else { without(text, &internal.cuts(text, &markdown::scan(text))) };
    let kept = markdown::without_hidden(kept.as_deref().unwrap_or(text)).or(kept);
    // The text goes into open data as it is written.
    markdown::without_definitions(kept.as_deref().unwrap_or(text)).or(kept)
}

/// Byte ranges of an entry's body that stay internal.
pub(crate) fn cut_ranges(portal: &Portal, entry: &Entry) -> Vec<(usize, usize)> {
    let cuts = Internal::of(portal, entry).cuts(portal.body(entry), &portal.analysis(entry).outline);
    cuts.into_iter().map(|cut| (cut.start, cut.end)).collect()
}

fn without(body: &str, cuts: &[Cut]) -> Option<String> {
    let mut kept = String::with_capacity(body.len());
    let mut from = 0;
    for cut in cuts {
        kept.push_str(&body[from..cut.start]);
        kept.extend(body[cut.start..cut.end].chars().filter(|c| *c == '\n'));
        from = cut.end;
    }
    kept.push_str(&body[from..]);
    (!cuts.is_empty()).then_some(kept)
}

/// Whether the author took a text for hidden that would be shown, and it is not known where it ends: nothing of the page is
/// published. Who asks for drafts sees it.
pub(super) fn hides(portal: &Portal, entry: &Entry) -> bool {
    let hidden = |kind: FindingKind| kind == FindingKind::HidesText;
    !entry.draft
        && (portal.analysis(entry).outline.findings.iter().any(|finding| hidden(finding.kind))
            || !entry.typed && has_hiding_text(portal, entry))
}

/// Whether a text of the front matter, which is shown as written, holds what hides elsewhere.
fn has_hiding_text(portal: &Portal, entry: &Entry) -> bool {
    let mut found = false;
    public_texts(portal, entry, &mut |text| found |= markdown::seems_hidden(&text.text, text.markdown).is_some());
    found
}

/// Whether a translation says which of its sections are internal where its original has some: by headings of the same
/// names, or by `internal_sections` of its own.
pub(super) fn names_its_sections(portal: &Portal, entry: &Entry, original: Option<&Entry>) -> bool {
    entry.main || unnamed_sections(portal, entry, original).is_empty()
}

/// The internal sections of which a translation does not say which headings are theirs. Of one that is internal itself there are
/// none: nothing of it is shown.
pub(crate) fn unnamed_sections(portal: &Portal, entry: &Entry, original: Option<&Entry>) -> Vec<String> {
    let own = entry.keys.iter().any(|(key, _)| key == "internal_sections");
    let internal = Internal::of(portal, entry);
    if own || internal.is_empty() || entry.visibility == Visibility::Internal {
        return Vec::new();
    }
    let kind = &portal.schema.kinds[entry.kind];
    let analysis = portal.analysis(entry);
    let outline: &Outline = &analysis.outline;
    let mut unnamed: Vec<String> = internal.unmatched(outline).map(str::to_owned).collect();
    if let Some(original) = original.filter(|original| original.body.is_some()) {
        let original = portal.analysis(original);
        unnamed
            .extend(internal.untranslated(kind, &original.outline, (outline, portal.body(entry))).map(str::to_owned));
    }
    unnamed
}
