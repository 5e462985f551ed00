//! One job becomes one PDF.

use serde_json::{Value, json};
use typst::foundations::Bytes;
use typst::syntax::FileId;
use typst_pdf::{PdfStandard, PdfStandards};

use super::job::{FileKind, Job, Pdf, Problem};
use super::typesetter::{Typesetter, file_id};
use super::world::TypstWorld;
use super::{fill, impose, office, picture, typeset};

/// Stack of a thread that typesets.
const STACK: usize = 64 << 20;

impl Typesetter {
    /// Makes the PDF of a job. May be called from any number of threads at once.
    ///
    /// # Errors
    /// Everything that prevented it. No half-made file is ever returned.
    pub fn render(&self, job: &Job) -> Result<Pdf, Vec<Problem>> {
        // Typst nests deeply and splits its work over rayon: it gets a thread with a large stack that is its own pool, so
        // that a caller's workers neither overflow nor wait for each other.
        let work = || {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
            match pool {
                Ok(pool) => pool.install(|| self.render_here(job)),
                Err(_) => self.render_here(job),
            }
        };
        let done = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            match thread {
                Ok(thread) => thread.join().map_err(|_| internal(job, "the typesetter stopped")),
                Err(why) => Err(internal(job, &why.to_string())),
            }
        });
        done.unwrap_or_else(|problem| Err(vec![problem])).map_err(|problems| match job.data["entries"].is_array() {
            true => problems.into_iter().map(side_by_side).collect(),
            false => problems,
        })
    }

    /// The work of [`Typesetter::render`] on the current thread.
    fn render_here(&self, job: &Job) -> Result<Pdf, Vec<Problem>> {
        let Some(&main) = self.mains.get(&job.template) else {
            let known: Vec<&str> = self.mains.keys().map(String::as_str).collect();
            return Err(vec![Problem::error(
                "handout-template",
                &job.source,
                format!("ไม่มีแม่แบบ handout/{}.typ", job.template),
                format!("there is no template handout/{}.typ; there are {}", job.template, known.join(", ")),
            )]);
        };
        let mut problems = job.problems.clone();
        let mut data = fill::data(self, job, &mut problems);
        match self.set(job, main, &data, problems.clone()) {
            // Once more, with nothing laid out by where it lay before.
            Err(why) if why.iter().any(|problem| problem.code == typeset::UNSETTLED) => {
                data["press"]["settled"] = json!(true);
                self.set(job, main, &data, problems)
            }
            made => made,
        }
    }

    /// Sets a job with its data; `problems` are those found before.
    fn set(&self, job: &Job, main: FileId, data: &Value, mut problems: Vec<Problem>) -> Result<Pdf, Vec<Problem>> {
        let world =
            TypstWorld { typesetter: self, main, data: Bytes::new(data.to_string().into_bytes()), extra: vec![] };
        if matches!(job.file, FileKind::Docx | FileKind::Pptx) {
            let value = typeset::labelled(job, &world, &mut problems)?;
            let (bytes, pages) = office::file(job, &value).map_err(|why| vec![internal(job, &why.to_string())])?;
            return Ok(Pdf { bytes, pages, problems });
        }
        // The pages of imposed sheets are for the printer: no standard asks anything of them.
        let asked: &[PdfStandard] = if job.paper.imposed() { &[] } else { &[PdfStandard::A_2a, PdfStandard::Ua_1] };
        let standards = PdfStandards::new(asked).map_err(|why| vec![internal(job, why.message())])?;
        let (mut bytes, mut pages) = match typeset::print(job, &world, standards, &mut problems) {
            // A page that the standards refuse is printed without them and told: it does not stop the others.
            Err(refused) if !asked.is_empty() && refused.iter().all(of_standards) => {
                let warned = refused.into_iter().map(|p| Problem::warning(p.code, p.place, p.th, p.en));
                problems.extend(warned);
                typeset::print(job, &world, PdfStandards::default(), &mut problems)?
            }
            printed => printed?,
        };
        if job.paper.imposed() {
            (bytes, pages) = self.impose(job, bytes, pages, &mut problems)?;
        }
        if job.file == FileKind::Png {
            (bytes, pages) = (picture::of_first_page(bytes).map_err(|why| vec![internal(job, &why)])?, 1);
        }
        Ok(Pdf { bytes, pages, problems })
    }

    /// Puts finished pages on sheets, two a side.
    fn impose(
        &self,
        job: &Job,
        flat: Vec<u8>,
        pages: usize,
        problems: &mut Vec<Problem>,
    ) -> Result<(Vec<u8>, usize), Vec<Problem>> {
        let (Some(&main), Some(id)) = (self.mains.get("impose"), file_id("/pages.pdf")) else {
            return Err(vec![internal(job, "handout/impose.typ")]);
        };
        let sides: Vec<[Option<usize>; 2]> =
            impose::sides(pages).into_iter().map(|(left, right)| [left, right]).collect();
        let data = json!({ "sides": sides, "signature": impose::sides_of_signature(pages), "paper": job.paper.name(), "title": job.title, "lang": job.lang,
            "date": { "year": job.date.year, "month": job.date.month, "day": job.date.day } });
        let world = TypstWorld {
            typesetter: self,
            main,
            data: Bytes::new(data.to_string().into_bytes()),
            extra: vec![(id, Bytes::new(flat))],
        };
        typeset::print(job, &world, PdfStandards::default(), problems)
    }
}

/// A template that was made for one entry does not say why it fails with several.
fn side_by_side(problem: Problem) -> Problem {
    let (th, en) = (
        "together = true ให้เทมเพลตได้ entries และ rows แทน entry เดียว: เขียน template = \"ชื่อไฟล์ใน handout/ ที่แสดง entries\" หรือเอา together ออก",
        "together = true gives the template `entries` and `rows` in the place of one `entry`: write template = \"…\", the name of a file in handout/ that shows `entries`, or leave out together",
    );
    Problem { th: format!("{} ({th})", problem.th), en: format!("{} ({en})", problem.en), ..problem }
}

/// Whether the exporter says that a document does not keep a standard.
fn of_standards(problem: &Problem) -> bool {
    ["PDF/UA-1 error", "PDF/A-2a error"].iter().any(|sign| problem.en.contains(sign))
}

fn internal(job: &Job, what: &str) -> Problem {
    Problem::error("handout-typst", &job.source, format!("พิมพ์ไม่ได้: {what}"), format!("cannot be printed: {what}"))
}
