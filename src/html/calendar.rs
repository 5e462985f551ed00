//! Calendars (RFC 5545): for every subject of a `due` figure a file with the days on which something is due, this
//! fiscal year and next; for every kind of events (schema.org) with a day a file of all of them.

use super::context::absolute;
use super::input::Input;
use crate::model::{EntryId, KindId, Lang, Role, Value};
use crate::site::{Site, display};
use crate::text::era::{Date, fiscal_year_of};
use crate::views::due::{self, Owed, calendar_path};
use crate::views::spec;
use std::collections::BTreeMap;

/// Days before which a calendar reminds.
const REMIND: u8 = 14;

/// The files: path and bytes. A portal without a day has none.
pub(super) fn files(input: &Input<'_>) -> Vec<(String, Vec<u8>)> {
    let site = input.site;
    let Some(today) = site.date else { return Vec::new() };
    let mut out = Vec::new();
    for lang in site.public.config.languages() {
        for (k, kind) in site.public.schema.kinds.iter_ids() {
            let Some(path) = of_kind(site, lang, k) else { continue };
            let events: Vec<String> = days(site, lang, k).iter().map(|day| place_and_time(input, day, today)).collect();
            if !events.is_empty() {
                out.push((path, calendar(kind.plural().get(lang), &events).into_bytes()));
            }
        }
    }
    let figures = &site.public.schema.figures;
    // A subject may stand in several figures.
    let mut events: BTreeMap<EntryId, Vec<String>> = BTreeMap::new();
    for name in figures.keys() {
        let Ok(spec) = spec::parse(&format!("use = {name:?}"), figures) else { continue };
        if spec.view != "due" {
            continue;
        }
        let now = fiscal_year_of(today).be;
        let years = [now, now + 1].into_iter().filter_map(|year| due::duties(site, &spec, None, year).ok());
        for duties in years {
            for subject in &duties.subjects {
                let all = events.entry(*subject).or_default();
                for owed in duties
                    .of(Some(*subject), None)
                    .iter()
                    .filter(|o| o.day.is_some_and(|d| fiscal_year_of(d).be == duties.year))
                {
                    all.push(event(input, *subject, owed, today));
                }
            }
        }
    }
    let file = |(subject, events): (EntryId, Vec<String>)| {
        let entry = site.entry(subject);
        let sample = input.theme.words.word(site.main(), "card.illustrative");
        let name = marked(sample, entry.illustrative, &entry.title);
        (calendar_path(&entry.id), calendar(&name, &events).into_bytes())
    };
    out.extend(events.into_iter().map(file));
    out
}

/// An event of a kind: entry, first and last day.
pub(super) struct Day {
    entry: EntryId,
    first: Date,
    last: Date,
}

/// Address of the calendar of a kind of events in a language; none for other kinds.
pub(super) fn of_kind(site: &Site, lang: Lang, k: KindId) -> Option<String> {
    let kind = &site.public.schema.kinds[k];
    let events = kind.schema_org.iter().any(|ty| ty.ends_with("Event")) && kind.role_index(Role::Start).is_some();
    events.then(|| format!("{}{}/calendar.ics", site.public.config.folder(lang), kind.folder))
}

/// The events of a kind that have a day.
pub(super) fn days(site: &Site, lang: Lang, k: KindId) -> Vec<Day> {
    let kind = &site.public.schema.kinds[k];
    let day = |i: EntryId, role| match site.entry(i).value(kind.role_index(role)?)? {
        Value::Date(day) => Some(*day),
        _ => None,
    };
    let of = |i: &EntryId| {
        let first = day(*i, Role::Start)?;
        Some(Day { entry: *i, first, last: day(*i, Role::End).filter(|last| *last > first).unwrap_or(first) })
    };
    site.order[k][lang].iter().filter_map(of).collect()
}

/// An event that takes place, with its mark where it is a sample.
fn place_and_time(input: &Input<'_>, day: &Day, today: Date) -> String {
    let site = input.site;
    let entry = site.entry(day.entry);
    let base = &site.public.config.base_url;
    let compact = |date: Date| date.iso().replace('-', "");
    let sample = input.theme.words.word(entry.lang, "card.illustrative");
    let title = marked(sample, entry.illustrative, &entry.title);
    let mut out = String::new();
    line(&mut out, "BEGIN:VEVENT");
    line(&mut out, &format!("UID:{}-{}@{}", entry.id, entry.lang.code(), host(base)));
    line(&mut out, &format!("DTSTAMP:{}T000000Z", compact(entry.updated.or(entry.published).unwrap_or(today))));
    line(&mut out, &format!("DTSTART;VALUE=DATE:{}", compact(day.first)));
    if let Some(next) = day.last.plus_days(1) {
        line(&mut out, &format!("DTEND;VALUE=DATE:{}", compact(next)));
    }
    line(&mut out, &format!("SUMMARY:{}", escaped(&title)));
    if !entry.summary.is_empty() {
        line(&mut out, &format!("DESCRIPTION:{}", escaped(&entry.summary)));
    }
    let places = display::of_role(site, day.entry, Role::Place, entry.lang);
    if !places.is_empty() {
        line(&mut out, &format!("LOCATION:{}", escaped(&places.join(", "))));
    }
    if !base.is_empty() {
        line(&mut out, &format!("URL:{}", absolute(base, &entry.path())));
    }
    line(&mut out, "TRANSP:TRANSPARENT");
    line(&mut out, "END:VEVENT");
    out
}

fn calendar(name: &str, events: &[String]) -> String {
    let mut out = String::new();
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sala//Sala//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"] {
        line(&mut out, text);
    }
    line(&mut out, &format!("X-WR-CALNAME:{}", escaped(name)));
    events.iter().for_each(|event| out.push_str(event));
    line(&mut out, "END:VCALENDAR");
    out
}

fn event(input: &Input<'_>, subject: EntryId, owed: &Owed, today: Date) -> String {
    let site = input.site;
    let (duty, subject) = (site.entry(owed.duty), site.entry(subject));
    let Some(day) = owed.day else { return String::new() };
    let compact = |date: Date| date.iso().replace('-', "");
    // A day of a body that is made up, or of a duty that is, is no day of anybody.
    let sample = input.theme.words.word(site.main(), "card.illustrative");
    let title = &marked(sample, duty.illustrative || subject.illustrative, duty.title_in(site.main()));
    let base = &site.public.config.base_url;
    let mut told = vec![subject.title.clone(), duty.summary.clone()];
    if owed.by_setting {
        told.push(
            "วันที่นี้เป็นค่าตั้งของพอร์ทัล ต้นฉบับไม่บอกวันของปีนี้ / day set by the portal; the source tells no day of this year"
                .into(),
        );
    }
    told.retain(|text| !text.is_empty());
    let mut out = String::new();
    line(&mut out, "BEGIN:VEVENT");
    line(&mut out, &format!("UID:{}-{}-{}@{}", duty.id, subject.id, day.iso(), host(base)));
    line(&mut out, &format!("DTSTAMP:{}T000000Z", compact(today)));
    line(&mut out, &format!("DTSTART;VALUE=DATE:{}", compact(day)));
    if let Some(next) = day.plus_days(1) {
        line(&mut out, &format!("DTEND;VALUE=DATE:{}", compact(next)));
    }
    line(&mut out, &format!("SUMMARY:{}", escaped(title)));
    line(&mut out, &format!("DESCRIPTION:{}", escaped(&told.join("\n"))));
    if !base.is_empty() {
        line(&mut out, &format!("URL:{}", absolute(base, &duty.path())));
    }
    line(&mut out, "TRANSP:TRANSPARENT");
    line(&mut out, "BEGIN:VALARM");
    line(&mut out, "ACTION:DISPLAY");
    line(&mut out, &format!("DESCRIPTION:{}", escaped(title)));
    line(&mut out, &format!("TRIGGER:-P{REMIND}D"));
    line(&mut out, "END:VALARM");
    line(&mut out, "END:VEVENT");
    out
}

fn marked(sample: &str, is_sample: bool, title: &str) -> String {
    if is_sample { format!("{sample}: {title}") } else { title.to_owned() }
}

fn host(base: &str) -> &str {
    let host = base.split("://").nth(1).and_then(|rest| rest.split('/').next());
    host.filter(|h| !h.is_empty()).unwrap_or("sala.invalid")
}

/// Text of a value: RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n").replace('\r', "")
}

/// A content line, folded so that none is longer than 75 octets and no letter is cut: RFC 5545, 3.1.
fn line(out: &mut String, text: &str) {
    let mut room = 75;
    for c in text.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters() {
        let mut out = String::new();
        line(&mut out, &format!("SUMMARY:{}", "ภาระงานตามแนวทาง".repeat(8)));
        assert!(out.split("\r\n").all(|l| l.len() <= 75), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "ภาระงานตามแนวทาง".repeat(8)));
        assert_eq!(escaped("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne");
    }
}
