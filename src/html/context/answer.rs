//! `answer`: what a reader can do with a page besides reading it: pass it on, cite it, tell the publisher something.
//!
//! Everything is a plain link. Forms of citation: APA 7 (<https://apastyle.apa.org>) with the year of the Common Era, the
//! Thai form of the same with the year of the Buddhist Era, RIS and BibTeX as files for reference managers.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tera::Value as Shape;

use super::builder::Context;
use super::chart::data_address;
use super::place::Place;
use super::value::map;
use crate::markdown::clean_href;
use crate::model::{EntryId, Lang, Role};
use crate::site::display;
use crate::text::era::Date;

/// A text inside an address.
fn coded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// An address pattern with the page's own values; empty where the pattern is no address that a page may have.
fn filled(pattern: &str, values: [(&str, &str); 4]) -> String {
    let mut address = pattern.to_owned();
    for (name, value) in values {
        address = address.replace(&format!("{{{name}}}"), &coded(value));
    }
    let allowed = ["https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    if allowed { clean_href(&address).into_owned() } else { String::new() }
}

/// What a citation is made of.
struct Cited<'a> {
    id: &'a str,
    /// Title, with a mark where the page is a sample.
    title: String,
    /// Each of whom is a name.
    who: Vec<String>,
    publisher: &'a str,
    site: &'a str,
    date: Option<Date>,
    address: String,
    lang: Lang,
}

impl Cited<'_> {
    /// `Publisher. (2024, May 1). *Title*. Site. https://…`
    fn apa(&self) -> String {
        let date = self.date.map_or("n.d.".to_owned(), |d| {
            let english = d.english();
            let (day, month) = english.rsplit_once(' ').unwrap_or((&english, ""));
            format!("{month}, {}", turned(day))
        });
        self.joined(&self.authors(", & ", ", & "), &date)
    }

    /// The same with the year of the Buddhist Era and Thai names of months.
    fn thai(&self) -> String {
        let date = self.date.map_or("ม.ป.ป.".to_owned(), |d| {
            let thai = d.thai();
            let (day, year) = thai.rsplit_once(' ').unwrap_or((&thai, ""));
            format!("{year}, {day}")
        });
        self.joined(&self.authors(" และ ", ", และ "), &date)
    }

    /// The names, with a word before the last of two, and of more.
    fn authors(&self, two: &str, more: &str) -> String {
        match &*self.who {
            [first, last] => format!("{first}{two}{last}"),
            [names @ .., last] if !names.is_empty() => format!("{}{more}{last}", names.join(", ")),
            who => who.concat(),
        }
    }

    fn joined(&self, who: &str, date: &str) -> String {
        let mut out = String::new();
        for (before, part, after) in [
            ("", who, ". "),
            ("(", date, "). "),
            ("", &*self.title, ". "),
            ("", if self.site == who { "" } else { self.site }, ". "),
            ("", &*self.address, ""),
        ] {
            if !part.is_empty() {
                out.push_str(before);
                out.push_str(part);
                // A title that ends in an abbreviation has its full stop.
                out.push_str(if part.ends_with('.') { after.trim_start_matches('.') } else { after });
            }
        }
        out.trim_end().to_owned()
    }

    fn ris(&self) -> String {
        let date = self.date.map_or(String::new(), |d| d.iso());
        let year = date.get(..4).unwrap_or_default().to_owned();
        let day = date.replace('-', "/");
        let mut lines = vec![("TY", "ELEC")];
        lines.extend(self.who.iter().map(|who| ("AU", who.as_str())));
        lines.extend([
            ("TI", &*self.title),
            ("PB", self.publisher),
            ("T2", self.site),
            ("PY", &year),
            ("DA", &day),
            ("UR", &self.address),
            ("LA", self.lang.code()),
            ("ID", self.id),
            ("ER", ""),
        ]);
        lines
            .iter()
            .filter(|(tag, value)| *tag == "ER" || !value.is_empty())
            .map(|(tag, value)| format!("{tag}  - {}\r\n", value.replace(['\r', '\n'], " ")))
            .collect()
    }

    fn bibtex(&self) -> String {
        let date = self.date.map_or(String::new(), |d| d.iso());
        // A name in braces is one, whatever stands in it.
        let authors = self.who.iter().map(|who| escaped(who)).collect::<Vec<_>>().join("} and {");
        let langid = match self.lang {
            Lang::TH => "thai",
            Lang::EN => "english",
            _ => "",
        };
        let fields = [
            ("title", &*self.title),
            ("author", &*authors),
            ("howpublished", self.site),
            ("year", date.get(..4).unwrap_or_default()),
            ("url", &self.address),
            ("langid", langid),
        ];
        let fields = fields.iter().filter(|(_, value)| !value.is_empty());
        // An address stays as it is: reference managers open it.
        let told = |name: &str, value: &str| match name {
            "url" => plain(value),
            "author" => value.to_owned(),
            _ => escaped(value),
        };
        let fields: String =
            fields.map(|(name, value)| format!("  {name} = {{{{{}}}}},\n", told(name, value))).collect();
        format!("@misc{{{},\n{fields}}}\n", self.id)
    }
}

/// `1 May` as `May 1`.
fn turned(day: &str) -> String {
    day.split_once(' ').map_or_else(|| day.to_owned(), |(number, month)| format!("{month} {number}"))
}

/// A text without what BibTeX reads as markup.
fn plain(text: &str) -> String {
    text.replace(['{', '}', '\\'], "")
}

/// A text as LaTeX prints it: what it would read as a command is escaped.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in plain(text).chars() {
        if matches!(c, '%' | '&' | '_' | '$' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

impl Context<'_> {
    /// `answer` of an entry's page.
    pub(in crate::html) fn answer(&self, place: &Place, i: EntryId) -> Shape {
        let entry = self.site.entry(i);
        let config = &self.site.public.config;
        let lang = place.lang;
        let address = self.absolute(&entry.path());
        let settings = &config.answer;
        let values = [("id", &*entry.id), ("title", entry.title_in(lang)), ("url", &address), ("lang", lang.code())];
        let letter = |subject: &str| {
            if settings.mail.is_empty() {
                return String::new();
            }
            let subject = coded(&format!("{subject}: {} ({})", entry.title_in(lang), entry.id));
            format!("mailto:{}?subject={subject}&body={}", settings.mail, coded(&format!("\n\n{address}")))
        };
        let reply = |pattern: &str, word: &'static str| {
            if pattern.is_empty() { letter(self.word(lang, word)) } else { filled(pattern, values) }
        };
        let line = if address.is_empty() {
            String::new()
        } else {
            format!("https://social-plugins.line.me/lineit/share?url={}", coded(&address))
        };
        let mark =
            if entry.illustrative { format!(" [{}]", self.word(lang, "card.illustrative")) } else { String::new() };
        let title = format!("{}{mark}", entry.title_in(lang));
        let mail = format!("mailto:?subject={}&body={}", coded(&title), coded(&format!("{title}\n{address}")));
        let publisher = config.publisher.get(lang);
        let publisher = if publisher.is_empty() { config.title.get(lang) } else { publisher };
        let creators = display::of_role(self.site, i, Role::Creator, lang);
        let cited = Cited {
            id: &entry.id,
            title,
            who: if creators.is_empty() { vec![publisher.to_owned()] } else { creators },
            publisher,
            site: config.title.get(lang),
            // The day of the portal is none of its own: a page without one is cited as undated.
            date: entry.updated.or(entry.published),
            address: address.clone(),
            lang,
        };
        Shape::from(map! {
            "address": address.as_str(),
            "line": line,
            "mail": mail,
            "feedback": reply(&settings.feedback, "answer.feedback"),
            "tried": reply(&settings.tried, "answer.tried"),
            "apa": self.unsplit(&cited.apa()),
            // The Thai form for those who read Thai: its months are words.
            "thai": (lang == Lang::TH).then(|| self.unsplit(&cited.thai())),
            "ris": data_address("application/x-research-info-systems", &cited.ris()),
            "bibtex": data_address("application/x-bibtex", &cited.bibtex()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited() -> Cited<'static> {
        Cited {
            id: "inn-a",
            title: "ชื่อ {หนึ่ง}".into(),
            who: vec!["สำนักงาน".into()],
            publisher: "สำนักงาน",
            site: "คลัง",
            date: Date::parse("2565-08-15").ok(),
            address: "https://a.th/x.html".into(),
            lang: Lang::TH,
        }
    }

    #[test]
    fn citations_have_their_year() {
        assert_eq!(cited().apa(), "สำนักงาน. (2022, August 15). ชื่อ {หนึ่ง}. คลัง. https://a.th/x.html");
        assert_eq!(cited().thai(), "สำนักงาน. (2565, 15 สิงหาคม). ชื่อ {หนึ่ง}. คลัง. https://a.th/x.html");
        let dateless = Cited { date: None, ..cited() };
        assert!(dateless.apa().contains("(n.d.)") && dateless.thai().contains("(ม.ป.ป.)"));
        assert!(
            !dateless.ris().contains("PY") && !dateless.ris().contains("DA") && !dateless.bibtex().contains("year")
        );
        assert_eq!(escaped("50% & ก_1"), "50\\% \\& ก\\_1");
        let by = Cited { who: vec!["ครูหนึ่ง".into()], ..cited() };
        assert!(by.apa().starts_with("ครูหนึ่ง. (2022") && by.bibtex().contains("author = {{ครูหนึ่ง}}"));
        let both = Cited {
            who: vec!["กองหนึ่ง".into(), "โรงเรียน ก & ข".into()], ..cited()
        };
        assert!(both.ris().contains("AU  - กองหนึ่ง\r\nAU  - โรงเรียน ก & ข\r\n"), "{}", both.ris());
        assert!(both.bibtex().contains("author = {{กองหนึ่ง} and {โรงเรียน ก \\& ข}}"), "{}", both.bibtex());
        assert!(both.apa().starts_with("กองหนึ่ง, & โรงเรียน ก & ข. (") && both.thai().starts_with("กองหนึ่ง และ โรงเรียน"));
        assert!(by.ris().contains("AU  - ครูหนึ่ง\r\n") && by.ris().contains("PB  - สำนักงาน\r\n"));
        let abbreviated = Cited { title: "ระดับ สพฐ.".into(), ..cited() };
        assert!(abbreviated.apa().contains("). ระดับ สพฐ. คลัง. https"), "{}", abbreviated.apa());
    }

    #[test]
    fn files_for_reference_managers() {
        let ris = cited().ris();
        assert!(
            ris.starts_with("TY  - ELEC\r\n") && ris.ends_with("ER  - \r\n") && ris.contains("PY  - 2022\r\n"),
            "{ris}"
        );
        let bib = cited().bibtex();
        assert!(bib.starts_with("@misc{inn-a,\n") && bib.contains("title = {{ชื่อ หนึ่ง}}"), "{bib}");
    }

    #[test]
    fn patterns_carry_coded_values_and_no_scripts() {
        let values = [("id", "inn-a"), ("title", "ก&ข"), ("url", ""), ("lang", "th")];
        let made = filled("https://forms.example/x?entry={id}&t={title}", values);
        assert_eq!(made, "https://forms.example/x?entry=inn%2Da&t=%E0%B8%81%26%E0%B8%82");
        assert_eq!(filled("javascript:alert({id})", values), "");
    }
}
