//! `sala due`: what bodies owe on a day, by the `due` figures of the portal; with `--memo` as a letter for each.
//!
//! It reads public records only. What is owed is for the office: none of it is published.

use super::args::DueArgs;
use super::exit::Exit;
use super::terminal::{Terminal, source_date_epoch, this_day};
use crate::diagnostics::{Severity, nearest};
use crate::model::{EntryId, Lang};
use crate::output::Target;
use crate::pdf::{FileKind, Job, Paper, Typesetter, plan};
use crate::pipeline::{self, Options, handouts::finding};
use crate::site::{Site, display};
use crate::text::era::{Date, fiscal_year_of, quarter_of};
use crate::text::locale;
use crate::views::due::{self, Owed, State};
use crate::views::spec;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

pub(super) fn run(root: &Path, args: &DueArgs, terminal: &Terminal) -> Exit {
    let today = match args.date.as_deref().map(Date::parse) {
        Some(Ok(date)) => date,
        Some(Err(error)) => {
            terminal.error(&format!("--date: {}", error.message_th), &format!("--date: {}", error.message_en));
            return Exit::Usage;
        }
        None => this_day(),
    };
    let options = Options { epoch: source_date_epoch(), without_samples: args.without_samples, ..Options::default() };
    let prepared = pipeline::prepare(root, &options);
    if prepared.has_errors() {
        terminal.problems(&prepared.diagnostics);
        return Exit::Content;
    }
    let site = &prepared.site;
    let mut owed = match all(site, today) {
        Ok(owed) => owed,
        Err(problem) => {
            terminal.error(&problem.message.th, &problem.message.en);
            return Exit::Content;
        }
    };
    if !args.ids.is_empty() {
        let known = || owed.keys().map(|i| &*site.entry(*i).id);
        if let Some(wrong) = args.ids.iter().find(|id| !known().any(|k| k.eq_ignore_ascii_case(id))) {
            let near = nearest(wrong, known()).unwrap_or_default();
            terminal.error(
                &format!("ไม่มีหน่วยงานรหัส “{wrong}” ที่มีงานในทะเบียน {near}"),
                &format!("there is no body `{wrong}` that the register names {near}"),
            );
            return Exit::Usage;
        }
        owed.retain(|i, _| args.ids.iter().any(|id| id.eq_ignore_ascii_case(&site.entry(*i).id)));
    }
    if let Some(folder) = &args.memo {
        return memos(root, site, &owed, today, folder, args.force, terminal);
    }
    for (subject, all) in &owed {
        match args.ids.is_empty() {
            true => line(site, *subject, all, args.json, terminal),
            false => all.iter().for_each(|o| duty(site, *subject, o, args.json, terminal)),
        }
    }
    let quiet = owed.values().filter(|all| silent(all)).count();
    let calendar = site.public.config.calendar(terminal.lang);
    let day = locale::short_date(terminal.lang.code(), calendar, &today);
    let quarter = locale::quarter(terminal.lang.code(), calendar, quarter_of(today));
    terminal.message(&match terminal.lang {
        Lang::TH => format!("ณ {day} ({quarter}) · ไม่มีบันทึกเลย {quiet} จาก {}", owed.len()),
        _ => format!("as of {day} ({quarter}) · {quiet} of {} have no record at all", owed.len()),
    });
    Exit::Done
}

/// What every subject of a `due` figure owes in the fiscal year of a day, behind what it still owes of the year before:
/// what comes back every year is none the less late when the next year begins. A year of which the portal has no record
/// at all is not asked for.
fn all(site: &Site, today: Date) -> Result<BTreeMap<EntryId, Vec<Owed>>, crate::views::Problem> {
    let figures = &site.public.schema.figures;
    let mut owed: BTreeMap<EntryId, Vec<Owed>> = BTreeMap::new();
    for name in figures.keys() {
        let Ok(spec) = spec::parse(&format!("use = {name:?}"), figures) else { continue };
        if spec.view != "due" {
            continue;
        }
        let year = fiscal_year_of(today).be;
        let before = Some(due::duties(site, &spec, None, year - 1)?).filter(due::Duties::are_recorded);
        let duties = due::duties(site, &spec, None, year)?;
        for subject in &duties.subjects {
            let own = owed.entry(*subject).or_default();
            let earlier = before.iter().flat_map(|duties| duties.of(Some(*subject), Some(today)));
            own.extend(earlier.filter(|o| o.state == State::Late && !o.once));
            own.extend(duties.of(Some(*subject), Some(today)));
        }
    }
    Ok(owed)
}

/// Whether no record of a subject is there that counts.
fn silent(owed: &[Owed]) -> bool {
    owed.iter().all(|o| o.counted == 0)
}

/// What is late or due now.
fn pressing(owed: &[Owed]) -> impl Iterator<Item = &Owed> {
    owed.iter().filter(|o| matches!(o.state, State::Late | State::Now))
}

fn count(owed: &[Owed], state: State) -> usize {
    owed.iter().filter(|o| o.state == state).count()
}

fn word(state: State, lang: Lang) -> &'static str {
    let (th, en) = match state {
        State::Late => ("เลยกำหนด", "late"),
        State::Now => ("ครบกำหนดไตรมาสนี้", "due now"),
        State::Later => ("ยังไม่ถึงกำหนด", "later"),
        State::Open => ("บันทึกยังไม่ครบ ไม่มีกำหนดวัน", "open, no day"),
        State::Uncounted => ("พอร์ทัลไม่ได้นับ", "not counted"),
        State::Done => ("ทำแล้ว", "done"),
    };
    if lang == Lang::TH { th } else { en }
}

fn line(site: &Site, subject: EntryId, owed: &[Owed], as_json: bool, terminal: &Terminal) {
    let entry = site.entry(subject);
    let [late, now, open, done] = [State::Late, State::Now, State::Open, State::Done].map(|s| count(owed, s));
    if as_json {
        let duties: Vec<Value> = pressing(owed)
            .map(|o| json!({ "duty": &*site.entry(o.duty).id, "state": word(o.state, Lang::EN) }))
            .collect();
        let line = json!({ "id": &*entry.id, "title": entry.title, "sample": entry.illustrative, "late": late, "now": now, "open": open, "done": done, "silent": silent(owed), "duties": duties });
        return terminal.data(&line.to_string());
    }
    let none =
        if silent(owed) { terminal.say("ไม่มีบันทึกเลย", "no record at all") } else { "" };
    let numbers = match terminal.lang {
        Lang::TH => format!("เลยกำหนด {late} ครบกำหนดไตรมาสนี้ {now} ค้าง {open} ทำแล้ว {done}"),
        _ => format!("late {late}, due now {now}, open {open}, done {done}"),
    };
    let duties: Vec<String> = pressing(owed).map(|o| told(site, o.duty, terminal.lang)).collect();
    let duties = duties.join("; ");
    terminal.data(&format!("{}\t{}\t{numbers}\t{none}\t{duties}", entry.id, told(site, subject, terminal.lang)));
}

/// The title of an entry, with a mark where it is a sample.
fn told(site: &Site, i: EntryId, lang: Lang) -> String {
    let entry = site.entry(i);
    let title = entry.title_in(lang);
    if entry.illustrative { format!("{title} [{}]", display::sample(lang)) } else { title.to_owned() }
}

fn duty(site: &Site, subject: EntryId, owed: &Owed, as_json: bool, terminal: &Terminal) {
    let (subject, duty) = (site.entry(subject), site.entry(owed.duty));
    let day = owed.day.map(|d| d.iso()).unwrap_or_default();
    let records: Vec<&str> = owed.records.iter().map(|i| &*site.entry(*i).id).collect();
    let samples: Vec<&str> =
        owed.records.iter().map(|i| site.entry(*i)).filter(|e| e.illustrative).map(|e| &*e.id).collect();
    if as_json {
        let line = json!({ "id": &*subject.id, "duty": &*duty.id, "state": word(owed.state, Lang::EN), "day": day, "day_set_by_portal": owed.by_setting, "records": records, "sample": subject.illustrative || duty.illustrative, "sample_records": samples, "needed": owed.needed });
        return terminal.data(&line.to_string());
    }
    let state = word(owed.state, terminal.lang);
    let title = told(site, owed.duty, terminal.lang);
    let marked = |id: &&str| match samples.contains(id) {
        true => format!("{id} [{}]", display::sample(terminal.lang)),
        false => (*id).to_owned(),
    };
    let records: Vec<String> = records.iter().map(marked).collect();
    terminal.data(&format!("{}\t{state}\t{day}\t{}\t{title}\t{}", subject.id, duty.id, records.join(" ")));
}

/// What is not done, as the rows of a memo.
fn rows(site: &Site, owed: &[Owed]) -> Vec<Value> {
    let calendar = site.public.config.calendar(Lang::TH);
    let open = owed.iter().filter(|o| !matches!(o.state, State::Done | State::Uncounted));
    open.map(|o| {
        let duty = site.entry(o.duty);
        let day = o.day.map_or_else(|| "ไม่มีกำหนดวันในแนวทาง".to_string(), |d| locale::short_date(Lang::TH.code(), calendar, &d));
        let set = if o.by_setting { " (วันที่พอร์ทัลตั้ง)" } else { "" };
        json!({ "what": duty.title, "day": format!("{day}{set}"), "state": word(o.state, Lang::TH), "has": o.counted, "needs": o.needed })
    })
    .collect()
}

/// A memo for each body, with what the bodies below it that name it owe, by number.
fn memos(
    root: &Path,
    site: &Site,
    owed: &BTreeMap<EntryId, Vec<Owed>>,
    today: Date,
    folder: &Path,
    force: bool,
    terminal: &Terminal,
) -> Exit {
    let every = all(site, today).unwrap_or_default();
    let typesetter = plan::assets(root, site).and_then(Typesetter::new);
    let (typesetter, mut target) = match (typesetter, Target::open(folder, &pipeline::protected(root), force)) {
        (Ok(typesetter), Ok(target)) => (typesetter, target),
        (Err(problem), _) => {
            let mut found = finding(&problem);
            found.severity = Severity::Error;
            terminal.diagnostics(&[found]);
            return Exit::Machine;
        }
        (_, Err(error)) => {
            terminal.diagnostics(crate::html::failure(error).as_slice());
            return Exit::Usage;
        }
    };
    let calendar = site.public.config.calendar(Lang::TH);
    for (subject, owed) in owed {
        let entry = site.entry(*subject);
        let below: Vec<Value> = site.backlinks[*subject]
            .iter()
            .filter_map(|link| Some((link.from, every.get(&link.from)?)))
            .filter(|(from, _)| site.entry(*from).main && site.entry(*from).kind != entry.kind)
            .map(|(from, owed)| json!({ "title": site.entry(from).title, "late": count(owed, State::Late), "now": count(owed, State::Now), "open": count(owed, State::Open), "silent": silent(owed) }))
            .collect();
        let pdf = Job {
            template: "memo".into(),
            data: json!({ "title": entry.title, "sample": entry.illustrative, "day": display::date(site, &today, Lang::TH), "quarter": locale::quarter(Lang::TH.code(), calendar, quarter_of(today)),
                "from": site.public.config.publisher.get(Lang::TH), "site": { "title": site.public.config.title.get(Lang::TH), "publisher": site.public.config.publisher.get(Lang::TH) }, "rows": rows(site, owed), "below": below }),
            output: format!("memo-{}.pdf", entry.id),
            source: site.source_path(*subject).to_string(),
            problems: Vec::new(),
            paper: Paper::A4,
            file: FileKind::Pdf,
            title: format!("บันทึกข้อความ {}", entry.title),
            lang: Lang::TH.code().to_string(),
            date: crate::pdf::Date { year: today.year, month: today.month, day: today.day },
            id: format!("memo-{}-{}", entry.id, today.iso()),
            address: String::new(),
        };
        // The letter to sign, and the same to write on in a word processor.
        let docx = Job { output: format!("memo-{}.docx", entry.id), file: FileKind::Docx, ..pdf.clone() };
        for job in [pdf, docx] {
            let written = match typesetter.render(&job) {
                Ok(made) => target.write(&job.output, &made.bytes),
                Err(problems) => {
                    terminal.diagnostics(&problems.iter().map(finding).collect::<Vec<_>>());
                    return Exit::Content;
                }
            };
            match written {
                Ok(path) => terminal.data(&path.display().to_string()),
                Err(error) => {
                    terminal.diagnostics(crate::html::failure(error).as_slice());
                    return Exit::Usage;
                }
            }
        }
    }
    Exit::Done
}
