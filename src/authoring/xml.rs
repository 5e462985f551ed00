//! What the readers of workbooks and reports share: attributes and texts of XML, parts of an archive.

use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::io::{Cursor, Read};

/// An attribute's value, without looking at the prefix of its name.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)
        .and_then(|a| a.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|v| v.into_owned()))
}

/// Whether an attribute says yes, as a switch of office files does.
pub(crate) fn is_on(element: &BytesStart<'_>, name: &str) -> bool {
    matches!(attribute(element, name).as_deref(), Some("1" | "true" | "on"))
}

/// The text of an event: characters, CDATA, or a character written as an entity.
pub(crate) fn text<'a>(event: &Event<'a>) -> Option<Cow<'a, str>> {
    match event {
        Event::Text(text) => Some(text.xml10_content()),
        Event::CData(text) => Some(text.xml10_content()),
        Event::GeneralRef(entity) => {
            if let Ok(Some(c)) = entity.resolve_char_ref() {
                return Some(Cow::Owned(c.to_string()));
            }
            Some(Cow::Borrowed(match &*entity.xml10_content() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                "apos" => "'",
                _ => return None,
            }))
        }
        _ => None,
    }
}

/// Calls `f` for every start tag.
pub(crate) fn each(xml: &str, mut f: impl FnMut(&BytesStart<'_>)) {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) => f(&e),
            Ok(Event::Eof) | Err(_) => return,
            _ => {}
        }
    }
}

/// Whether XML can be read to its end, with every element closed.
pub(crate) fn is_whole(xml: &str) -> bool {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// The parts of an office file: a zip archive of XML. It is opened after its size has been judged.
pub(crate) struct Archive<'a> {
    zip: zip::ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Archive<'a> {
    /// Opens the archive.
    ///
    /// # Errors
    /// The bytes are no zip archive.
    pub(crate) fn open(bytes: &'a [u8]) -> zip::result::ZipResult<Archive<'a>> {
        zip::ZipArchive::new(Cursor::new(bytes)).map(|zip| Archive { zip })
    }

    /// A part as text, without a byte order mark; none where it is missing or is no UTF-8.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let bytes = self.bytes(name)?;
        let text = match bytes.as_slice() {
            [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode(rest).0.into_owned(),
            [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode(rest).0.into_owned(),
            _ => String::from_utf8(bytes).ok()?,
        };
        Some(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text))
    }

    /// The bytes of a part.
    pub(crate) fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        self.zip.by_name(name.trim_start_matches('/')).ok()?.read_to_end(&mut out).ok()?;
        Some(out)
    }

    /// Relations of a part: id, last word of the type, and target as a path in the archive. External ones keep their
    /// address.
    pub(crate) fn relations(&mut self, part: &str) -> Vec<(String, String, String)> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let rels = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        let mut out = Vec::new();
        each(&self.text(&rels).unwrap_or_default(), |e| {
            if e.local_name().as_ref() == "Relationship"
                && let (Some(id), Some(target)) = (attribute(e, "Id"), attribute(e, "Target"))
            {
                let kind = attribute(e, "Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_string();
                let external = attribute(e, "TargetMode").is_some_and(|m| m == "External");
                out.push((id, kind, if external { target } else { resolve(folder, &target) }));
            }
        });
        out
    }

    /// The part that the whole file is about, by the relation that every office file has.
    pub(crate) fn main_part(&mut self, usual: &str) -> String {
        let found = self.relations("").into_iter().find(|(_, kind, _)| kind == "officeDocument");
        found.map_or_else(|| usual.to_string(), |(_, _, target)| target)
    }
}

/// A target relative to a folder of the archive.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_string();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
