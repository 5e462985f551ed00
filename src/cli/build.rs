//! `sala build`: checks, renders, publishes; counts and time at the end.

use super::args::BuildArgs;
use super::exit::Exit;
use super::progress::ProgressLine;
use super::terminal::{Terminal, source_date_epoch};
use super::timings::Timings;
use crate::model::Lang;
use crate::pipeline::{self, Options, Prepared};
use std::path::Path;
use std::time::Instant;

pub(super) fn run(root: &Path, args: &BuildArgs, terminal: &Terminal) -> Exit {
    let started = Instant::now();
    let out = args.out.clone().unwrap_or_else(|| root.join("public"));
    let options = Options {
        drafts: false,
        strict: args.strict,
        base_url: args.base_url.clone(),
        no_search: args.no_search,
        without_samples: args.without_samples,
        epoch: source_date_epoch(),
        ..Options::default()
    };
    if args.fresh {
        pipeline::forget(root);
    }
    let watched = ProgressLine::new(terminal);
    let timings = Timings::begin();
    let progress = |step| {
        timings.tell(step);
        watched.tell(step);
    };
    let prepared = pipeline::prepare_telling(root, &options, &progress);
    if prepared.has_errors() {
        watched.done();
        terminal.problems(&prepared.diagnostics);
        terminal.error(
            "ยังไม่เผยแพร่ แก้ข้อผิดพลาดข้างบนก่อน เว็บไซต์เดิมไม่เปลี่ยนแปลง\nเผยแพร่หน้าอื่นไปก่อนได้: เขียน [build] broken = \"hold\" ใน portal.toml",
            "not published: correct the errors above first; the published site is unchanged\nto publish the other pages: [build] broken = \"hold\" in portal.toml",
        );
        return Exit::Content;
    }
    let published = pipeline::publish(root, &out, &prepared, &options, &progress);
    timings.end();
    watched.done();
    terminal.problems(&prepared.told());
    match published {
        Ok(built) => {
            terminal.diagnostics(&built.diagnostics);
            let seconds = started.elapsed().as_secs_f64();
            let schema = &prepared.site.public.schema;
            for (k, kind) in schema.kinds.iter_ids() {
                let count = prepared.site.order[k][prepared.site.main()].len();
                if count > 0 && args.verbose {
                    terminal.message(&format!("{count:>7}  {}", kind.plural().get(terminal.lang)));
                }
            }
            let (pages, files) = (built.counts.pages, built.counts.files);
            let megabytes = built.report.bytes as f64 / 1e6;
            let (written, same, gone) = (built.report.written, built.report.unchanged, built.report.removed);
            let place = out.display();
            terminal.message(&match terminal.lang {
                Lang::TH => format!(
                    "สร้าง {pages} หน้า {files} ไฟล์ประกอบ รวม {megabytes:.1} MB ใน {seconds:.2} วินาที \
                     (ใหม่หรือเปลี่ยน {written} คงเดิม {same} ลบ {gone}) → {place}"
                ),
                _ => format!(
                    "{pages} pages, {files} static files, {megabytes:.1} MB in {seconds:.2} s \
                     ({written} new or changed, {same} unchanged, {gone} removed) → {place}"
                ),
            });
            if let Some(format) = args.timings {
                timings.print(format, terminal);
            }
            held_back(&prepared, terminal);
            if prepared.has_guarded() { Exit::Content } else { Exit::Done }
        }
        Err(error) => terminal.not_built(error),
    }
}

/// Pages that are named in the report.
const LISTED: usize = 10;

/// Tells which pages the site goes without.
fn held_back(prepared: &Prepared, terminal: &Terminal) {
    let pages = &prepared.held.pages;
    if pages.is_empty() {
        return;
    }
    let count = pages.len();
    terminal.message(&match terminal.lang {
        Lang::TH => format!("เผยแพร่โดยไม่มี {count} หน้าที่มีข้อผิดพลาด ([build] broken = \"hold\"):"),
        _ => format!("published without {count} page(s) that have errors ([build] broken = \"hold\"):"),
    });
    pages.iter().take(LISTED).for_each(|page| terminal.message(&format!("  {} ({})", page.path, page.file)));
    if count > LISTED {
        terminal.message("  …");
    }
    if prepared.has_guarded() {
        terminal.error(
            "มีข้อผิดพลาดเรื่องการเผยแพร่หรือข้อมูลส่วนบุคคล หน้าที่เกี่ยวข้องไม่ถูกเผยแพร่",
            "there are errors about visibility or personal data; what they concern is not published",
        );
    }
}
