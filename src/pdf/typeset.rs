//! Typst at work: one world in, one PDF out.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use typst::WorldExt;
use typst::diag::{Severity, SourceDiagnostic, SourceResult, StrResult};
use typst::ecow::{EcoString, EcoVec};
use typst::engine::Engine;
use typst::foundations::{Content, Datetime, Label, Output, Selector, Smart, StyleChain, Target};
use typst::introspection::{DocumentPosition, Introspector, Location, MetadataElem};
use typst::layout::PageRanges;
use typst::model::Numbering;
use typst::syntax::VirtualPath;
use typst_layout::{PagedDocument, PagedIntrospector};
use typst_pdf::{PdfOptions, PdfStandards};

use super::job::{Job, Problem};
use super::reading;
use super::world::TypstWorld;

/// Pages between two rounds in which unused results of the typesetter are dropped.
const EVICT_EVERY: usize = 16;

/// Rounds that a result outlives without being used.
const EVICT_AGE: usize = 1;

/// Pages laid out so far.
static LAID_OUT: AtomicUsize = AtomicUsize::new(0);

/// Drops what the typesetter remembers and no longer uses. Sheets share much and keep it; after a booklet, whose pages hold
/// some 15 MB each, as many rounds are due as it takes to let it go.
fn forget(pages: usize) {
    let before = LAID_OUT.fetch_add(pages, Ordering::Relaxed);
    for _ in 0..rounds(before, pages) {
        comemo::evict(EVICT_AGE);
    }
}

/// Rounds due after `pages` more pages than `before`.
fn rounds(before: usize, pages: usize) -> usize {
    ((before + pages) / EVICT_EVERY - before / EVICT_EVERY).min(EVICT_AGE + 1)
}

/// Code of a document whose layout depends on itself and never comes to rest.
pub(super) const UNSETTLED: &str = "handout-unsettled";

/// Lays a job out; findings that it survives go to `problems`.
///
/// # Errors
/// Everything that Typst refuses; [`UNSETTLED`], because page numbers in such a document are those of another one.
fn laid_out<T: Output>(job: &Job, world: &TypstWorld<'_>, problems: &mut Vec<Problem>) -> Result<T, Vec<Problem>> {
    let done = typst::compile::<T>(world);
    if done.warnings.iter().any(|warning| warning.message.starts_with("document did not converge")) {
        let th = format!(
            "หน้าของเอกสารนี้ไม่ลงตัว เลขหน้าในเล่มจะผิด จึงไม่สร้างไฟล์: แก้แม่แบบ handout/{}.typ ไม่ให้การจัดหน้าขึ้นกับเลขหน้าหรือตำแหน่งของตัวเอง (ครั้งที่สอง press.settled เป็น true)",
            job.template
        );
        let en = format!(
            "the pages of this document never come to rest, its page numbers would be wrong, so it is not made: template handout/{}.typ may lay out nothing by its own page numbers or places (`press.settled` is true at the second attempt)",
            job.template
        );
        return Err(vec![Problem::error(UNSETTLED, &job.source, th, en)]);
    }
    problems.extend(done.warnings.iter().map(|warning| problem_of(job, world, warning)));
    done.output.map_err(|list| problems_of(job, world, &list))
}

/// Compiles and exports. Returns the file and its number of pages; findings that a PDF survives go to `problems`.
///
/// # Errors
/// Everything that Typst refuses, with the template's line.
pub(super) fn print(
    job: &Job,
    world: &TypstWorld<'_>,
    standards: PdfStandards,
    problems: &mut Vec<Problem>,
) -> Result<(Vec<u8>, usize), Vec<Problem>> {
    let set: Set = laid_out(job, world, problems)?;
    let page_ranges: Option<PageRanges> = None;
    let options = PdfOptions {
        ident: Smart::Custom(job.id.clone()),
        creator: Smart::Custom(Some(concat!("Sala ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: Datetime::from_ymd(job.date.year, job.date.month, job.date.day).map(typst_pdf::Timestamp::new_utc),
        page_ranges,
        standards,
        // Pages on imposed sheets are read by the printer alone.
        tagged: !job.paper.imposed(),
        pretty: false,
    };
    let document = reading::by_characters(set.document, &job.lang);
    let bytes = typst_pdf::pdf(&document, &options).map_err(|list| problems_of(job, world, &list))?;
    forget(document.pages().len());
    Ok((bytes, document.pages().len()))
}

/// What a template labels `<office>`, as JSON.
///
/// # Errors
/// Everything that Typst refuses, and a template that labels nothing so.
pub(super) fn labelled(
    job: &Job,
    world: &TypstWorld<'_>,
    problems: &mut Vec<Problem>,
) -> Result<serde_json::Value, Vec<Problem>> {
    let document: PagedDocument = laid_out(job, world, problems)?;
    // One of slides has a page alone, and as much in it as a booklet.
    forget(EVICT_EVERY);
    let label = Label::construct("office".into()).ok();
    let found = label.and_then(|label| document.introspector().query_label(label).ok().cloned());
    let value = found.and_then(|content| content.to_packed::<MetadataElem>().map(|m| m.value.clone()));
    value.and_then(|value| serde_json::to_value(value).ok()).ok_or_else(|| {
        let th = format!("แม่แบบ handout/{}.typ ต้องมี #metadata(…) <office> หนึ่งแห่ง", job.template);
        let en = format!("template handout/{}.typ must label one #metadata(…) <office>", job.template);
        vec![Problem::error("handout-template", &job.source, th, en)]
    })
}

/// A laid out document.
///
/// Typst lays a document out again until nothing changes any more. What a template measures would be measured again each
/// time, because Typst looks in the layout before for the place of everything measured. Templates measure only heights,
/// which do not depend on a place: a document that finds no such place keeps every measure of the first round.
struct Set {
    document: PagedDocument,
    places: Places,
}

impl Output for Set {
    fn target() -> Target {
        Target::Paged
    }

    fn create(engine: &mut Engine, content: &Content, styles: StyleChain) -> SourceResult<Self> {
        let document = PagedDocument::create(engine, content, styles)?;
        let places = Places(Arc::clone(document.introspector()));
        Ok(Self { document, places })
    }

    fn introspector(&self) -> &dyn Introspector {
        &self.places
    }
}

/// Answers as the document does, but knows no place of what is only measured.
struct Places(Arc<PagedIntrospector>);

impl Introspector for Places {
    fn locator(&self, _: u128, _: Location) -> Option<Location> {
        None
    }

    fn query(&self, selector: &Selector) -> EcoVec<Content> {
        self.0.query(selector)
    }

    fn query_first(&self, selector: &Selector) -> Option<Content> {
        self.0.query_first(selector)
    }

    fn query_unique(&self, selector: &Selector) -> StrResult<Content> {
        self.0.query_unique(selector)
    }

    fn query_label(&self, label: Label) -> StrResult<&Content> {
        self.0.query_label(label)
    }

    fn query_labelled(&self) -> EcoVec<Content> {
        self.0.query_labelled()
    }

    fn query_count_before(&self, selector: &Selector, end: Location) -> usize {
        self.0.query_count_before(selector, end)
    }

    fn label_count(&self, label: Label) -> usize {
        self.0.label_count(label)
    }

    fn pages(&self, location: Location) -> Option<std::num::NonZeroUsize> {
        self.0.pages(location)
    }

    fn page(&self, location: Location) -> Option<std::num::NonZeroUsize> {
        self.0.page(location)
    }

    fn position(&self, location: Location) -> Option<DocumentPosition> {
        Introspector::position(&*self.0, location)
    }

    fn page_numbering(&self, location: Location) -> Option<&Numbering> {
        self.0.page_numbering(location)
    }

    fn page_supplement(&self, location: Location) -> Option<&Content> {
        self.0.page_supplement(location)
    }

    fn anchor(&self, location: Location) -> Option<&EcoString> {
        self.0.anchor(location)
    }

    fn document(&self, location: Location) -> Option<Location> {
        self.0.document(location)
    }

    fn path(&self, location: Location) -> Option<&VirtualPath> {
        self.0.path(location)
    }
}

fn problems_of(job: &Job, world: &TypstWorld<'_>, list: &[SourceDiagnostic]) -> Vec<Problem> {
    list.iter().map(|diagnostic| problem_of(job, world, diagnostic)).collect()
}

/// A message of Typst as a problem, with the template's line.
fn problem_of(job: &Job, world: &TypstWorld<'_>, diagnostic: &SourceDiagnostic) -> Problem {
    let mut place = String::new();
    if let Some(id) = diagnostic.span.id() {
        place = id.get().vpath().get_without_slash().to_owned();
        if let (Some(range), Some(source)) = (world.range(diagnostic.span), world.typesetter.sources.get(&id))
            && let Some(line) = source.lines().byte_to_line(range.start)
        {
            place = format!("{place}:{}", line + 1);
        }
    }
    let mut text = diagnostic.message.to_string();
    for hint in &diagnostic.hints {
        text = format!("{text}; {}", hint.v);
    }
    let (th, en) = (format!("แม่แบบ {place}: {text}"), format!("template {place}: {text}"));
    if diagnostic.severity == Severity::Error {
        Problem::error("handout-typst", &job.source, th, en)
    } else {
        Problem::warning("handout-typst", &job.source, th, en)
    }
}

#[cfg(test)]
mod tests {
    use super::{EVICT_AGE, rounds};

    #[test]
    fn eight_sheets_are_a_round_and_a_booklet_lets_go_of_itself() {
        let mut before = 0;
        let due: Vec<usize> = (0..16).map(|_| (rounds(before, 2), before += 2).0).collect();
        assert_eq!(due, [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(rounds(32, 100), EVICT_AGE + 1);
    }
}
