//! `due`: what a subject owes under a register of duties: when, by which records it is done, and what is still open.
//!
//! The register is a kind like any other; a figure says which of its fields tell what ([`Register`]). No day is made up:
//! a duty is due at the end of a quarter that the register marks, else on the day that `portal.toml` sets for what comes
//! back every year, and is then said to be; else it has no day.

use super::block::{Block, Cell, Row, head, links, word};
use super::expected::{self, touches};
use super::problem::Problem;
use super::select::{self, Chosen, Conditions, Path, in_year, path};
use super::spec::{AnyOf, Register, Scalar, Spec};
use super::wanted;
use crate::model::{Entry, EntryId, FieldType, KindDef, Lang, Value, Visibility};
use crate::site::Site;
use crate::text::era::{Date, Quarter, Year, fiscal_year_of, quarter_of};
use crate::text::locale;
use indexmap::IndexMap;
use std::collections::{BTreeSet, HashMap};

/// How a duty stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    /// Its day has passed.
    Late,
    /// Due by the end of this quarter.
    Now,
    /// Due later.
    Later,
    /// Open, without a day.
    Open,
    /// No record can show it.
    Uncounted,
    /// Done.
    Done,
}

/// A duty of a subject in a year, once for each day of the year on which it is due.
#[derive(Debug, Clone)]
pub(crate) struct Owed {
    /// The entry of the register.
    pub duty: EntryId,
    /// The day.
    pub day: Option<Date>,
    /// Whether the day is a setting of the portal.
    pub by_setting: bool,
    /// Records of it.
    pub records: Vec<EntryId>,
    /// How many of them count: a sample shows nothing done by a body that is none.
    pub counted: usize,
    /// Number of records that are to be there by then.
    pub needed: usize,
    /// Whether it is done once and for all: a record of any year counts.
    pub once: bool,
    /// How it stands.
    pub state: State,
}

/// The duties of one figure in a year, with the records of every subject.
pub(crate) struct Duties {
    duties: Vec<Duty>,
    /// Subjects that the figure is about, in their order.
    pub subjects: Vec<EntryId>,
    /// The fiscal year (Buddhist era).
    pub year: i32,
}

struct Duty {
    entry: EntryId,
    /// The days on which it is due, with the number of records that are to be there by then; none for one without a day.
    days: Vec<(Option<Date>, usize)>,
    by_setting: bool,
    once: bool,
    counted: bool,
    records: Records,
}

/// Records by subject, each with whether it counts.
type Records = HashMap<EntryId, Vec<(EntryId, bool)>>;

/// Reads the register for a year.
///
/// # Errors
/// A [`Problem`] where the figure or an entry of the register names what does not exist.
pub(crate) fn duties(site: &Site, spec: &Spec, page: Option<EntryId>, year: i32) -> Result<Duties, Problem> {
    // The year is that of the records: a duty stands in the register of every year.
    let spec = &Spec { year: None, ..spec.clone() };
    let register = spec.register.as_ref().ok_or_else(|| Problem::missing("register", "due"))?;
    let name = spec.subjects.as_deref().ok_or_else(|| Problem::missing("subjects", "due"))?;
    let (k, subject_kind) = select::kind(site, name)?;
    let none = IndexMap::new();
    let scope = Conditions::new(site, subject_kind, &spec.subject_where, &none, page)?;
    let subjects = site.order[k][site.main()].iter().copied().filter(|i| scope.fit(site.entry(*i))).collect();
    let (_, kind) = select::kind(site, &spec.kind)?;
    let Chosen { entries, conditions } = select::entries(site, spec, page)?;
    let how_often = path(kind, &register.frequency)?;
    let once = wanted::terms(site, how_often.def, &register.once)?;
    let yearly = wanted::terms(site, how_often.def, &register.yearly)?;
    let reader = Reader { site, kind, register, conditions, how_often, once, yearly, year };
    let duties = entries.into_iter().map(|i| reader.duty(i)).collect::<Result<_, _>>()?;
    Ok(Duties { duties, subjects, year })
}

impl Duties {
    /// Whether there is a record of the year, of any duty that comes back.
    pub(crate) fn are_recorded(&self) -> bool {
        self.duties.iter().any(|duty| !duty.once && !duty.records.is_empty())
    }

    /// What a subject owes, or any subject where none is named, as it stands on a day: by day, then in the register's order.
    pub(crate) fn of(&self, subject: Option<EntryId>, today: Option<Date>) -> Vec<Owed> {
        let mut owed: Vec<Owed> = self
            .duties
            .iter()
            .flat_map(|duty| {
                let found = subject.and_then(|subject| duty.records.get(&subject));
                let records: Vec<EntryId> = found.into_iter().flatten().map(|(i, _)| *i).collect();
                let counted = found.into_iter().flatten().filter(|(_, counts)| *counts).count();
                let (by_setting, once) = (duty.by_setting, duty.once);
                duty.days.iter().map(move |(day, needed)| {
                    let state = state(duty.counted, *day, *needed, counted, today);
                    let (records, needed) = (records.clone(), *needed);
                    Owed { duty: duty.entry, day: *day, by_setting, records, counted, needed, once, state }
                })
            })
            .collect();
        owed.sort_by_key(|o| (o.day.is_none(), o.day));
        owed
    }
}

fn state(counted: bool, day: Option<Date>, needed: usize, records: usize, today: Option<Date>) -> State {
    match (counted, day, today) {
        (true, _, _) if records >= needed => State::Done,
        (false, _, _) => State::Uncounted,
        (_, Some(day), Some(today)) if day < today => State::Late,
        (_, Some(day), Some(today)) if quarter_of(day) == quarter_of(today) => State::Now,
        (_, Some(_), _) => State::Later,
        (_, None, _) => State::Open,
    }
}

struct Reader<'a> {
    site: &'a Site,
    kind: &'a KindDef,
    register: &'a Register,
    conditions: Conditions<'a>,
    how_often: Path<'a>,
    /// Terms of `how_often` that are done once, and those that come back.
    once: Vec<String>,
    yearly: Vec<String>,
    year: i32,
}

impl Reader<'_> {
    fn duty(&self, i: EntryId) -> Result<Duty, Problem> {
        let entry = self.site.entry(i);
        let frequency = self.how_often.keys(entry);
        let one_of = |terms: &[String]| frequency.iter().any(|f| terms.contains(f));
        let (once, yearly) = (one_of(&self.once), one_of(&self.yearly));
        let times = match &self.register.times {
            Some(name) => path(self.kind, name)?.values(entry).first().and_then(|v| v.number()),
            None => None,
        };
        let marks = self.marks(entry)?;
        let of_year = marks.iter().filter(|q| once || q.fiscal_be == self.year).map(|q| q.range().1);
        let mut marked: Vec<Date> = of_year.collect::<BTreeSet<Date>>().into_iter().collect();
        // What is done once has been put off to the last of its days.
        if once {
            marked = marked.pop().into_iter().collect();
        }
        let set = || yearly.then(|| self.site.public.config.due.yearly.as_deref()).flatten();
        let set = if marked.is_empty() { set().and_then(|text| day_of(text, self.year)) } else { None };
        let (counted, records) = self.records(entry, once)?;
        let needed = times.map_or(1, |n| n.max(1.0) as usize);
        let days = match marked.len() {
            0 => vec![(set, needed)],
            // By the first of two days half of the records are to be there.
            all => marked.iter().zip(1..).map(|(day, n)| (Some(*day), (needed * n).div_ceil(all))).collect(),
        };
        Ok(Duty { entry: i, days, by_setting: set.is_some(), once, counted, records })
    }

    /// Quarters in which a duty is due.
    fn marks(&self, entry: &Entry) -> Result<Vec<Quarter>, Problem> {
        let Some(name) = &self.register.marks else { return Ok(Vec::new()) };
        let table = path(self.kind, name)?;
        let column = |ty: FieldType| table.def.columns.iter().position(|c| c.ty == ty);
        let (Some(year), Some(quarter)) = (column(FieldType::FiscalYear), column(FieldType::Term)) else {
            return Err(Problem::missing("marks", "due"));
        };
        let vocabulary = self.site.public.schema.vocabulary_of(&table.def.columns[quarter]);
        let value = |term: &str| vocabulary.and_then(|v| v.term(term)).and_then(|term| term.value);
        let place = |term: &str| vocabulary.map(|v| v.position(term) as f64 + 1.0);
        let number = |term: &String| value(term).or_else(|| place(term)).map(|n| n as u8);
        let of = |row| {
            let year = match select::cell(row, year).first() {
                Some(Value::Year(year)) => year.be,
                _ => return None,
            };
            let quarter = select::cell(row, quarter).first().and_then(|v| v.key())?;
            Quarter::new(year, number(&quarter)?)
        };
        Ok(self.conditions.rows(entry, table.field).filter_map(of).collect())
    }

    /// Whether records can show a duty done, and which there are by subject.
    fn records(&self, entry: &Entry, once: bool) -> Result<(bool, Records), Problem> {
        let text = |name: &str| -> Result<Option<String>, Problem> {
            Ok(path(self.kind, name)?.keys(entry).into_iter().next())
        };
        let of = |name: &Option<String>| name.as_deref().map(text).transpose().map(Option::flatten);
        let mut records = Records::new();
        let (Some(kind), Some(by)) = (text(&self.register.kind)?, text(&self.register.by)?) else {
            return Ok((false, records));
        };
        let (k, kind) = select::kind_of_any(self.site, &kind)?;
        // Whether there are internal records is told to nobody: they show nothing done, and nothing missing.
        if kind.visibility == Visibility::Internal {
            return Ok((false, records));
        }
        let by = path(kind, &by)?;
        if !once && of(&self.register.period)?.is_none() {
            super::yearly::told(kind)?;
        }
        let mut wanted: IndexMap<String, AnyOf> = IndexMap::new();
        for condition in of(&self.register.only)?.unwrap_or_default().split(';').filter(|c| !c.trim().is_empty()) {
            let (field, values) = condition.split_once('=').ok_or_else(|| Problem::missing("field=value", "due"))?;
            let values = values.split('|').map(|v| Scalar::Text(v.trim().to_string())).collect();
            wanted.insert(field.trim().to_string(), AnyOf::Many(values));
        }
        let conditions = Conditions::new(self.site, kind, &wanted, &IndexMap::new(), None)?;
        let period = of(&self.register.period)?;
        let period = period.as_deref().map(|name| expected::period(kind, name)).transpose()?;
        let this_year = |entry: &Entry| match period {
            Some(period) => period.values(entry).into_iter().any(|value| touches(value, self.year)),
            None => in_year(kind, entry, self.year),
        };
        for i in &self.site.order[k][self.site.main()] {
            let record = self.site.entry(*i);
            if conditions.fit(record) && (once || this_year(record)) {
                for subject in conditions.keys(&by, record).iter().filter_map(|id| self.site.find(id, self.site.main()))
                {
                    let counts = !record.illustrative || self.site.entry(subject).illustrative;
                    records.entry(subject).or_default().push((*i, counts));
                }
            }
        }
        Ok((true, records))
    }
}

/// A day `09-30` in a fiscal year.
fn day_of(text: &str, year: i32) -> Option<Date> {
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let from = Year::fiscal(year).range().0;
    [from.year_be() - 543, from.year_be() - 542]
        .into_iter()
        .filter_map(|ce| Date::new(ce, month, day).ok())
        .find(|date| fiscal_year_of(*date).be == year)
}

/// Where the calendar of a subject lies in the site.
pub(crate) fn calendar_path(id: &str) -> String {
    format!("calendar/{id}.ics")
}

/// `due`: the duties of the page's own entry, or of all subjects alike where the page is none of them.
pub(crate) fn due(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let year = select::year(site, spec, page)?.or_else(|| site.date.map(|d| fiscal_year_of(d).be));
    // A portal without a day tells none: nothing is made up.
    let Some(year) = year else { return Ok(Block::default()) };
    let duties = duties(site, spec, page, year)?;
    let own = page.and_then(|p| site.find(&site.entry(p).id, site.main())).filter(|p| duties.subjects.contains(p));
    let once = word(lang, "ครั้งเดียว", "done once");
    let calendar = site.public.config.calendar(lang);
    let day = |owed: &Owed| match owed.day {
        None if owed.once => format!("{once} · {}", word(lang, "ไม่มีกำหนดวันในแนวทาง", "the source sets no day")),
        None => word(lang, "ไม่มีกำหนดวันในแนวทาง", "the source sets no day"),
        Some(day) => {
            let text = locale::short_date(lang.code(), calendar, &day);
            match owed.by_setting {
                true => format!("{text} {}", word(lang, "(วันที่พอร์ทัลตั้ง)", "(day set by the portal)")),
                // Its day may lie years back: it is no work of this year.
                false if owed.once => format!("{once} · {text}"),
                false => text,
            }
        }
    };
    // What is done once counts whenever it was done; what comes back counts in the year alone, and the cell says which.
    let told = locale::era_year(lang.code(), calendar, Year::fiscal(year).ce());
    let of_year =
        |owed: &Owed| if owed.once { String::new() } else { format!("{} {told}", word(lang, "ปี", " in")) };
    let done = |owed: &Owed| match (owed.records.len(), owed.needed) {
        _ if owed.state == State::Uncounted => Cell::default(),
        (0, _) => Cell::text(format!("{}{}", word(lang, "ยังไม่มีบันทึก", "no record yet"), of_year(owed))),
        (n, needed) => Cell {
            value: Some(n as f64),
            items: links(&owed.records, site, lang),
            ..Cell::text(format!("{}{} {n}/{needed}", word(lang, "มีบันทึก", "recorded"), of_year(owed)))
        },
    };
    let mut columns = vec![head("day", word(lang, "กำหนด", "Due"), "text")];
    if own.is_some() {
        columns.push(head("records", word(lang, "บันทึก", "Records"), "text"));
    }
    let rows: Vec<Row> = duties
        .of(own, site.date)
        .iter()
        .map(|owed| Row {
            label: site.title(owed.duty, lang).to_string(),
            target: Some(owed.duty),
            cells: if own.is_some() { vec![Cell::text(day(owed)), done(owed)] } else { vec![Cell::text(day(owed))] },
        })
        .collect();
    let note = site.date.map(|today| {
        let (day, quarter) = (
            locale::short_date(lang.code(), calendar, &today),
            locale::quarter(lang.code(), calendar, quarter_of(today)),
        );
        match lang {
            Lang::TH => format!("ปีงบประมาณ {told} · ข้อมูล ณ {day} ({quarter})"),
            _ => format!("Fiscal year {told} · as of {day} ({quarter})"),
        }
    });
    let file = own.map(|i| calendar_path(&site.entry(i).id));
    Ok(Block { columns, count: rows.len(), rows, note: note.unwrap_or_default(), file, ..Block::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_the_setting_lies_in_the_fiscal_year() {
        assert_eq!(day_of("09-30", 2565).unwrap().iso(), "2022-09-30");
        assert_eq!(day_of("11-15", 2565).unwrap().iso(), "2021-11-15");
        assert_eq!(day_of("02-31", 2565), None);
    }
}
