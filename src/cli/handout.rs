//! `sala handout`: PDFs of chosen entries, of a forum, or of everything that the portal asks for.

use super::args::HandoutArgs;
use super::exit::Exit;
use super::terminal::{Terminal, source_date_epoch};
use crate::diagnostics::{Diagnostic, Severity, nearest};
use crate::model::Lang;
use crate::pdf::plan;
use crate::pdf::wants::{self, Want};
use crate::pdf::{Paper, make};
use crate::pipeline::handouts::{finding, store};
use crate::pipeline::{self, ContentFiles, Options};
use crate::site::Site;
use std::path::Path;
use std::time::Instant;

pub fn run(root: &Path, args: &HandoutArgs, terminal: &Terminal) -> Exit {
    let started = Instant::now();
    let options = Options { base_url: args.base_url.clone(), epoch: source_date_epoch(), ..Options::default() };
    if args.ids.is_empty() && args.forum.is_none() && !args.all {
        terminal.error("บอกรหัสของหน้า หรือ --forum รหัส หรือ --all", "name entries by id, or give --forum ID or --all");
        return Exit::Usage;
    }
    let prepared = pipeline::prepare(root, &options);
    if prepared.has_errors() {
        terminal.diagnostics(&prepared.diagnostics);
        terminal.error("แก้ข้อผิดพลาดข้างบนก่อนจึงจะพิมพ์ได้", "correct the errors above first; nothing was printed");
        return Exit::Content;
    }
    let site = &prepared.site;
    let mut wants = Vec::new();
    let paper = args.paper.unwrap_or(Paper::A4);
    for id in &args.ids {
        match site.find(id, Lang::Th) {
            Some(i) if paper == Paper::A3 => wants.push(Want::Poster(site.entry(i).kind)),
            Some(i) => wants.push(Want::Sheet(i, paper)),
            None => return unknown(terminal, site, id),
        }
    }
    if let Some(id) = &args.forum {
        let settings = &site.public.config.handout;
        let forum = |i: &usize| settings.booklets.contains(&site.public.schema.kinds[site.entry(*i).kind].id);
        match site.find(id, Lang::Th).filter(forum) {
            Some(i) if paper == Paper::Slides => wants.push(Want::Slides(i)),
            Some(i) => wants.push(Want::Booklet(i, paper)),
            None => return unknown(terminal, site, id),
        }
    }
    if args.all {
        wants.extend(wants::of_settings(site));
        let networks =
            site.public.schema.kinds.iter().enumerate().filter(|(_, kind)| kind.handout.is_some() && !kind.plain);
        for (k, _) in networks {
            wants.extend(site.order[k][0].iter().map(|i| Want::Sheet(*i, Paper::A4)));
        }
        let mut seen = std::collections::BTreeSet::new();
        wants.retain(|want| seen.insert(format!("{want:?}")));
        // A forum's own place belongs to its booklet.
        let booklets: Vec<usize> =
            wants.iter().filter_map(|w| if let Want::Booklet(i, _) = w { Some(*i) } else { None }).collect();
        wants.retain(|want| !matches!(want, Want::Sheet(i, _) if booklets.contains(i)));
    }
    let files = ContentFiles { content: root.join("content") };
    let ready = plan::kit(root, site).and_then(|kit| {
        let planned = plan::jobs(site, &prepared.theme, &files, &kit, &wants)?;
        let results = make::all(kit, &planned, &store(root), false)?;
        Ok((planned, results))
    });
    let (planned, results) = match ready {
        Ok(ready) => ready,
        Err(problem) => {
            let mut found = finding(&problem);
            found.severity = Severity::Error;
            terminal.diagnostics(&[found]);
            return Exit::Machine;
        }
    };
    let out = args.out.clone().unwrap_or_else(|| std::path::PathBuf::from("handouts"));
    let mut found: Vec<Diagnostic> = Vec::new();
    let (mut made, mut pages) = (0, 0);
    for (planned, result) in planned.iter().zip(results) {
        match result {
            Ok(pdf) => {
                found.extend(pdf.problems.iter().map(finding));
                let name = planned.job.output.strip_prefix("handouts/").unwrap_or(&planned.job.output);
                let name = match planned.job.paper {
                    Paper::A4 | Paper::A3 | Paper::Slides => name.to_owned(),
                    other => format!("{}-{}.pdf", name.trim_end_matches(".pdf"), other.name()),
                };
                let path = out.join(name);
                if let Err(why) = write(&path, &pdf.bytes) {
                    terminal.error(
                        &format!("เขียน {} ไม่ได้: {why}", path.display()),
                        &format!("cannot write {}: {why}", path.display()),
                    );
                    return Exit::Machine;
                }
                made += 1;
                pages += pdf.pages;
                println!("{}", path.display());
            }
            Err(problems) => found.extend(problems.iter().map(finding)),
        }
    }
    terminal.diagnostics(&found);
    let seconds = started.elapsed().as_secs_f64();
    terminal.message(&match terminal.lang {
        Lang::Th => format!("พิมพ์ {made} ไฟล์ {pages} หน้า ใน {seconds:.2} วินาที → {}", out.display()),
        Lang::En => format!("{made} files, {pages} pages in {seconds:.2} s → {}", out.display()),
    });
    if found.iter().any(Diagnostic::is_error) { Exit::Content } else { Exit::Done }
}

fn unknown(terminal: &Terminal, site: &Site, id: &str) -> Exit {
    let known = site.public.entries.iter().map(|e| &*e.id);
    let known = known.filter(|k| !k.eq_ignore_ascii_case(id));
    let (th, en) = match nearest(id, known) {
        Some(near) => (format!("หมายถึง {near} ใช่หรือไม่"), format!("did you mean {near}?")),
        None => ("ดูรหัสด้วย sala list".to_string(), "see sala list".to_string()),
    };
    terminal
        .error(&format!("ไม่มีหน้ารหัส “{id}” ที่พิมพ์แบบนี้ได้ · {th}"), &format!("no entry “{id}” can be printed so · {en}"));
    Exit::Usage
}

/// Writes whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("pdf.part");
    std::fs::write(&beside, bytes)?;
    std::fs::rename(&beside, path)
}
