//! `sala handout`: PDFs of chosen entries, of a forum, or of everything that the portal asks for.

use super::args::HandoutArgs;
use super::exit::Exit;
use super::people;
use super::terminal::{Terminal, source_date_epoch};
use crate::diagnostics::{Diagnostic, Severity, nearest};
use crate::model::config::Broken;
use crate::model::product::ProductDef;
use crate::model::{EntryId, Label, Lang};
use crate::output::{PublishError, Target};
use crate::pdf::make;
use crate::pdf::plan;
use crate::pdf::requests::{self, Refusal, Request};
use crate::pipeline::handouts::{finding, store};
use crate::pipeline::{self, ContentFiles, Options, Prepared};
use crate::site::Site;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

pub(super) fn run(root: &Path, args: &HandoutArgs, terminal: &Terminal) -> Exit {
    let started = Instant::now();
    // A page needs only itself and what it names to be sound.
    let broken = (!args.all).then_some(Broken::Hold);
    let options = Options { base_url: args.base_url.clone(), epoch: source_date_epoch(), broken, ..Options::default() };
    if args.ids.is_empty() && !args.all {
        terminal.error("บอกรหัสของหน้า หรือ --all", "name entries by id, or give --all");
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
    let files = ContentFiles::new(root, site.public.config.limits.clone());
    let requests = match requested(site, args) {
        Ok(requests) => requests,
        Err(refused) => {
            terminal.error(&refused.th, &refused.en);
            return Exit::Usage;
        }
    };
    let people = match people(site, args, &requests, terminal) {
        Ok(people) => people,
        Err(exit) => return exit,
    };
    // What names people is written where the command says, outside the portal, and never stored.
    let mut protected = pipeline::protected(root);
    if !people.is_null() {
        protected.sources.push(root.to_path_buf());
    }
    let store = people.is_null().then(|| store(root));
    let ready = plan::assets(root, site).and_then(|assets| {
        let plan = |some: &[Request]| plan::jobs(site, &prepared.theme, &files, &assets, some, &people);
        make::all(&assets, &requests, plan, store.as_ref(), false)
    });
    let results = match ready {
        Ok(ready) => ready,
        Err(problem) => {
            let mut found = finding(&problem);
            found.severity = Severity::Error;
            terminal.diagnostics(&[found]);
            return Exit::Machine;
        }
    };
    let out = args.out.clone().unwrap_or_else(|| std::path::PathBuf::from("handouts"));
    let mut target = match Target::open(&out, &protected, args.force) {
        Ok(target) => target,
        Err(error) => return refused(terminal, error),
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    let (mut made, mut pages, mut names) = (0, 0, Vec::new());
    let planned = results.len();
    for (planned, result) in results {
        match result {
            Ok(pdf) => {
                found.extend(pdf.problems.iter().map(finding));
                let name = planned.job.output.strip_prefix("handouts/").unwrap_or(&planned.job.output);
                let path = match target.write(name, &pdf.bytes) {
                    Ok(path) => path,
                    Err(error) => return refused(terminal, error),
                };
                names.push(name.to_owned());
                made += 1;
                pages += pdf.pages;
                terminal.data(&path.display().to_string());
            }
            Err(problems) => found.extend(problems.iter().map(finding)),
        }
    }
    // A page that was printed before may have become internal since.
    let others = if args.all { target.others(&names) } else { Vec::new() };
    if let [first, ..] = others.as_slice() {
        let (count, first) = (others.len(), first.display());
        terminal.message(&match terminal.lang {
            Lang::TH => format!("ยังมี {count} ไฟล์จากการพิมพ์ครั้งก่อนที่ครั้งนี้ไม่ได้พิมพ์ เช่น {first} ถ้าหน้านั้นไม่เผยแพร่แล้ว ให้ลบไฟล์"),
            _ => format!(
                "{count} files of earlier prints were not printed this time, such as {first}: delete those whose pages are no longer public"
            ),
        });
    }
    if planned < requests.len() {
        terminal.message(terminal.say(
            "สิ่งพิมพ์ที่วางหลายหน้าเคียงกัน (together) ต้องมีอย่างน้อยสองหน้าของชนิดนั้น จึงไม่ได้พิมพ์",
            "what puts pages side by side (together) needs two pages of its kind at least: it was not printed",
        ));
    }
    terminal.diagnostics(&found);
    let seconds = started.elapsed().as_secs_f64();
    // Files for a word processor have no pages before they are opened.
    let counted = |words: &str| if pages == 0 { String::new() } else { words.replace("{}", &pages.to_string()) };
    terminal.message(&match terminal.lang {
        Lang::TH => format!("พิมพ์ {made} ไฟล์{} ใน {seconds:.2} วินาที → {}", counted(" {} หน้า"), out.display()),
        _ => format!("{made} files{} in {seconds:.2} s → {}", counted(", {} pages"), out.display()),
    });
    if found.iter().any(Diagnostic::is_error) { Exit::Content } else { Exit::Done }
}

/// Errors of the pages that are asked for, and of those that they name.
fn unsound(prepared: &Prepared, args: &HandoutArgs) -> Vec<Diagnostic> {
    let bare = |id: &String| {
        let id = id.to_lowercase();
        id.rsplit_once('.').filter(|(_, lang)| Lang::parse(lang).is_some()).map_or(id.clone(), |(id, _)| id.to_string())
    };
    let wanted: Vec<String> = args.ids.iter().flat_map(|id| [id.to_lowercase(), bare(id)]).collect();
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
fn requested(site: &Site, args: &HandoutArgs) -> Result<Vec<Request>, Label> {
    if args.all {
        return Ok(requests::everything(site));
    }
    let chosen = |id: &String| {
        let request = requests::chosen(site, entry(site, id)?, args.product.as_deref(), args.paper);
        request.map_err(|why| refusal(site, id, why))
    };
    let mut requests = args.ids.iter().map(chosen).collect::<Result<Vec<Request>, Label>>()?;
    // Entries that stand together on one paper, and one that is named twice, are printed once.
    let mut seen = BTreeSet::new();
    requests.retain(|request| seen.insert(*request));
    Ok(requests)
}

/// The list of people for the products that are made from one; nothing where none is.
fn people(site: &Site, args: &HandoutArgs, requests: &[Request], terminal: &Terminal) -> Result<Value, Exit> {
    let products = requests.iter().filter_map(|request| Some(&site.public.schema.print[request.product?]));
    let of_people: Vec<&ProductDef> = products.filter(|product| !product.people.is_empty()).collect();
    match (of_people.first(), &args.people) {
        (None, None) => Ok(Value::Null),
        (None, Some(_)) => {
            terminal.error(
                "สิ่งพิมพ์ที่สั่งไม่ใช้รายชื่อ เอา --people ออก หรือบอก --product",
                "what is asked for is not made from a list of people; leave out --people, or give --product",
            );
            Err(Exit::Usage)
        }
        (Some(product), None) => {
            terminal.error(
                &format!("“{}” ทำจากรายชื่อ บอกไฟล์ด้วย --people และที่เขียนด้วย -o", product.id),
                &format!(
                    "“{}” is made from a list of people: give its file by --people and a folder by -o",
                    product.id
                ),
            );
            Err(Exit::Usage)
        }
        (Some(product), Some(path)) => people::read(path, &product.people.iter().collect::<Vec<_>>(), terminal),
    }
}

/// An entry by `ID`, in Thai where it is written in Thai, or by `ID.LANG`.
fn entry(site: &Site, written: &str) -> Result<EntryId, Label> {
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

/// Why an entry is not printed so, and how it is.
fn refusal(site: &Site, id: &str, why: Refusal) -> Label {
    match why {
        Refusal::Paper(papers) => {
            let papers = papers.join(", ");
            Label::new(
                format!("“{id}” พิมพ์บนกระดาษนี้ไม่ได้ พิมพ์ได้บน {papers}"),
                format!("“{id}” cannot be printed on this paper; it can on {papers}"),
            )
        }
        Refusal::Product(products) if products.is_empty() => Label::new(
            format!("“{id}” มีแต่ใบพิมพ์ของหน้าเอง เอา --product ออก"),
            format!("“{id}” has only its own sheet; leave out --product"),
        ),
        Refusal::Product(products) => {
            let labels = products.iter().filter_map(|id| site.public.schema.print.iter().find(|p| p.id == *id));
            let said = |lang| labels.clone().map(|p| format!("{} ({})", p.id, p.label.get(lang))).collect::<Vec<_>>();
            Label::new(
                format!("“{id}” ทำเป็นสิ่งพิมพ์นี้ไม่ได้ ทำได้: {}", said(Lang::TH).join(", ")),
                format!("“{id}” cannot be made into this product; it can into {}", said(Lang::EN).join(", ")),
            )
        }
    }
}

/// Says why a file is not written.
fn refused(terminal: &Terminal, error: PublishError) -> Exit {
    let exit = if matches!(error, PublishError::Io(..)) { Exit::Machine } else { Exit::Usage };
    terminal.diagnostics(crate::html::failure(error).as_slice());
    exit
}
