//! `sala handout`: PDFs of chosen entries, of a forum, or of everything that the portal asks for.

use super::args::HandoutArgs;
use super::exit::Exit;
use super::terminal::{Terminal, source_date_epoch};
use crate::diagnostics::{Diagnostic, Severity, nearest};
use crate::model::config::Broken;
use crate::model::{Label, Lang};
use crate::output::{PublishError, Target};
use crate::pdf::plan;
use crate::pdf::requests::{self, Request};
use crate::pdf::{Paper, make};
use crate::pipeline::handouts::{finding, store};
use crate::pipeline::{self, ContentFiles, Options, Prepared};
use crate::site::Site;
use std::path::Path;
use std::time::Instant;

pub(super) fn run(root: &Path, args: &HandoutArgs, terminal: &Terminal) -> Exit {
    let started = Instant::now();
    // A page needs only itself and what it names to be sound.
    let broken = (!args.all).then_some(Broken::Hold);
    let options = Options { base_url: args.base_url.clone(), epoch: source_date_epoch(), broken, ..Options::default() };
    if args.ids.is_empty() && args.part.is_none() && !args.all {
        terminal.error("บอกรหัสของหน้า หรือ --part รหัส หรือ --all", "name entries by id, or give --part ID or --all");
        return Exit::Usage;
    }
    let prepared = pipeline::prepare(root, &options);
    if prepared.has_errors() {
        terminal.diagnostics(&prepared.diagnostics);
        terminal.error("แก้ข้อผิดพลาดข้างบนก่อนจึงจะพิมพ์ได้", "correct the errors above first; nothing was printed");
        return Exit::Content;
    }
    let unsound = unsound(&prepared, args);
    if !unsound.is_empty() {
        terminal.diagnostics(&unsound);
        terminal.error("แก้ข้อผิดพลาดข้างบนก่อนจึงจะพิมพ์ได้", "correct the errors above first; nothing was printed");
        return Exit::Content;
    }
    let site = &prepared.site;
    let files = ContentFiles { root: root.to_path_buf(), limits: site.public.config.limits.clone() };
    let ready = plan::assets(root, site).and_then(|assets| {
        let requests = match requested(site, args, &|template| assets.has(template)) {
            Ok(requests) => requests,
            Err(refused) => return Ok(Err(refused)),
        };
        let planned = plan::jobs(site, &prepared.theme, &files, &assets, &requests)?;
        let results = make::all(assets, &planned, &store(root), false)?;
        Ok(Ok((planned, results)))
    });
    let (planned, results) = match ready {
        Ok(Ok(ready)) => ready,
        Ok(Err(refused)) => {
            terminal.error(&refused.th, &refused.en);
            return Exit::Usage;
        }
        Err(problem) => {
            let mut found = finding(&problem);
            found.severity = Severity::Error;
            terminal.diagnostics(&[found]);
            return Exit::Machine;
        }
    };
    let out = args.out.clone().unwrap_or_else(|| std::path::PathBuf::from("handouts"));
    let mut target = match Target::open(&out, &pipeline::protected(root), args.force) {
        Ok(target) => target,
        Err(error) => return refused(terminal, error),
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    let (mut made, mut pages) = (0, 0);
    for (planned, result) in planned.iter().zip(results) {
        match result {
            Ok(pdf) => {
                found.extend(pdf.problems.iter().map(finding));
                let name = planned.job.output.strip_prefix("handouts/").unwrap_or(&planned.job.output);
                let path = match target.write(name, &pdf.bytes) {
                    Ok(path) => path,
                    Err(error) => return refused(terminal, error),
                };
                made += 1;
                pages += pdf.pages;
                terminal.data(&path.display().to_string());
            }
            Err(problems) => found.extend(problems.iter().map(finding)),
        }
    }
    terminal.diagnostics(&found);
    let seconds = started.elapsed().as_secs_f64();
    terminal.message(&match terminal.lang {
        Lang::TH => format!("พิมพ์ {made} ไฟล์ {pages} หน้า ใน {seconds:.2} วินาที → {}", out.display()),
        _ => format!("{made} files, {pages} pages in {seconds:.2} s → {}", out.display()),
    });
    if found.iter().any(Diagnostic::is_error) { Exit::Content } else { Exit::Done }
}

/// Errors of the pages that are asked for, and of those that they name.
fn unsound(prepared: &Prepared, args: &HandoutArgs) -> Vec<Diagnostic> {
    let bare = |id: &String| {
        let id = id.to_lowercase();
        id.rsplit_once('.').filter(|(_, lang)| Lang::parse(lang).is_some()).map_or(id.clone(), |(id, _)| id.to_string())
    };
    let wanted: Vec<String> = args.ids.iter().chain(&args.part).flat_map(|id| [id.to_lowercase(), bare(id)]).collect();
    let concerned = prepared
        .held
        .pages
        .iter()
        .filter(|page| wanted.contains(&page.id) || wanted.iter().any(|id| page.named_by.contains(id)));
    let files: Vec<&str> = concerned.map(|page| page.file.as_str()).collect();
    let errors = prepared.diagnostics.iter().filter(|d| d.is_error() && files.contains(&d.file.as_str()));
    errors.cloned().collect()
}

/// What is asked for, or why it cannot be printed.
fn requested(site: &Site, args: &HandoutArgs, templates: &dyn Fn(&str) -> bool) -> Result<Vec<Request>, Label> {
    let settings = &site.public.config.handout;
    let paper = args.paper.unwrap_or(Paper::A4);
    let mut requests = Vec::new();
    for id in &args.ids {
        let i = entry(site, id)?;
        requests.push(requests::on_paper(site, i, paper, templates).ok_or_else(|| no_paper(site, i, id, templates))?);
    }
    if let Some(id) = &args.part {
        let i = entry(site, id)?;
        if !settings.booklets.contains(&site.public.schema.kinds[site.entry(i).kind].id) {
            return Err(Label::new(
                format!("“{id}” ไม่ใช่หน้าที่ทำเป็นเล่มได้"),
                format!("“{id}” is no entry of which a booklet is made"),
            ));
        }
        requests.push(requests::on_paper(site, i, paper, templates).ok_or_else(|| no_paper(site, i, id, templates))?);
    }
    if args.all {
        if let Some(paper) = args.paper {
            return Err(Label::new(
                format!("--all ใช้กระดาษของแต่ละแบบอยู่แล้ว ไม่ต้องบอก --paper {}", paper.name()),
                format!("--all prints each product on its own paper; leave out --paper {}", paper.name()),
            ));
        }
        requests.extend(requests::of_settings(site));
        let kinds = site.public.schema.kinds.iter().enumerate();
        for (k, _) in kinds.filter(|(_, kind)| kind.handout.is_some() && !kind.plain) {
            // The entry's own place belongs to its booklet.
            let free = |i: &usize| !requests.iter().any(|request| matches!(request, Request::Booklet(b, _) if b == i));
            let sheets: Vec<usize> = requests::all(site, k).into_iter().filter(free).collect();
            requests.extend(sheets.into_iter().map(|i| Request::TypstWorld(i, Paper::A4)));
        }
        let mut seen = std::collections::BTreeSet::new();
        requests.retain(|request| seen.insert(*request));
    }
    Ok(requests)
}

/// An entry by `ID`, in Thai where it is written in Thai, or by `ID.LANG`.
fn entry(site: &Site, written: &str) -> Result<usize, Label> {
    if let Some(i) = site.find(written, site.main()) {
        return Ok(i);
    }
    let (id, lang) = match written.rsplit_once('.').map(|(id, lang)| (id, Lang::parse(lang))) {
        Some((id, Some(lang))) => (id, lang),
        _ => (written, Lang::TH),
    };
    let found = site.find(id, lang).filter(|i| site.entry(*i).lang == lang);
    found.ok_or_else(|| {
        let known = site.public.entries.iter().map(|e| &*e.id).filter(|k| !k.eq_ignore_ascii_case(id));
        let (th, en) = match nearest(id, known) {
            Some(near) => (format!("หมายถึง {near} ใช่หรือไม่"), format!("did you mean {near}?")),
            None => ("ดูรหัสด้วย sala list".to_string(), "see sala list".to_string()),
        };
        Label::new(format!("ไม่มีหน้ารหัส “{written}” · {th}"), format!("there is no entry “{written}” · {en}"))
    })
}

/// That an entry is not printed on this paper, and on which it is.
fn no_paper(site: &Site, i: usize, id: &str, templates: &dyn Fn(&str) -> bool) -> Label {
    let papers = Paper::ALL.into_iter().filter(|paper| requests::on_paper(site, i, *paper, templates).is_some());
    let papers = papers.map(Paper::name).collect::<Vec<_>>().join(", ");
    Label::new(
        format!("“{id}” พิมพ์บนกระดาษนี้ไม่ได้ พิมพ์ได้บน {papers}"),
        format!("“{id}” cannot be printed on this paper; it can on {papers}"),
    )
}

/// Says why a file is not written.
fn refused(terminal: &Terminal, error: PublishError) -> Exit {
    let exit = if matches!(error, PublishError::Io(..)) { Exit::Machine } else { Exit::Usage };
    terminal.diagnostics(crate::html::failure(error).as_slice());
    exit
}
