//! Inlines: text with bare addresses, links, images.

use pulldown_cmark::{Event, LinkType, Tag};

use super::dest::{Dest, classify, clean_href};
use super::escape::{escape_attr, escape_text};
use super::lookahead::{closing, text_of};
use super::raw;
use super::writer::{Close, Writer};
use super::{FindingKind, Resolved};

impl Writer<'_> {
    /// Visible text; bare `http(s)://` addresses become links.
    pub(super) fn text(&mut self, text: &str) {
        let clean = self.prepared.clean(text);
        let mut rest: &str = &clean;
        if self.in_link == 0 {
            while let Some((from, to)) = bare_address(rest) {
                self.words(&rest[..from]);
                let address = &rest[from..to];
                self.external_start(address, "");
                escape_text(address, &mut self.out);
                self.out.push_str("</a>");
                rest = &rest[to..];
            }
        }
        self.words(rest);
        self.saw(&clean);
    }

    /// Escaped text; protected words stay on one line.
    fn words(&mut self, text: &str) {
        match self.options.protected {
            Some(protected) => protected.write(text, &mut self.out),
            None => escape_text(text, &mut self.out),
        }
    }

    pub(super) fn peek_after_start(&self) -> Option<&Event<'_>> {
        self.events.get(self.at + 1).map(|(event, _)| event)
    }

    fn external_start(&mut self, href: &str, title: &str) {
        self.out.push_str("<a class=\"external\" rel=\"noopener noreferrer external\" href=\"");
        escape_attr(&clean_href(href), &mut self.out);
        self.title_attr(title);
        self.out.push_str("\">");
    }

    /// Closes the running attribute and opens `title`, when there is one.
    fn title_attr(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape_attr(title, &mut self.out);
        }
    }

    pub(super) fn link(&mut self, tag: &Tag<'_>, at: usize) -> usize {
        let Tag::Link { link_type, dest_url, title, .. } = tag else {
            return at + 1;
        };
        let position = self.events[at].1.start;
        let offset = self.prepared.original(position);
        let title = self.prepared.clean(title).into_owned();
        let mut dest = self.prepared.clean(dest_url).into_owned();
        if *link_type == LinkType::Email {
            dest.insert_str(0, "mailto:");
        }
        let end = closing(self.events, at + 1);
        let resolved = match classify(&dest) {
            Dest::Web(href) => {
                self.external_start(&href, &title);
                if end == at + 1 {
                    escape_text(&href, &mut self.out);
                    self.saw(&href);
                }
                self.in_link += 1;
                self.close.push(Close::Link("</a>"));
                return at + 1;
            }
            Dest::Contact(href) => Resolved { href: Some(href.into_owned()), ..Resolved::default() },
            Dest::Blocked(scheme) => {
                self.finding(position, FindingKind::Scheme, scheme);
                Resolved::default()
            }
            Dest::Count(spec) => {
                let shown = text_of(self.prepared, &self.events[at + 1..end]);
                self.links.count(&spec, &shown, offset)
            }
            Dest::Anchor(_) | Dest::Id(_) | Dest::Relative(_) => self.links.link(&dest, offset),
        };
        let fallback = if end == at + 1 { resolved.text.clone() } else { None };
        match &resolved.href {
            Some(href) if resolved.external => self.external_start(href, &title),
            Some(href) => {
                self.out.push_str("<a href=\"");
                escape_attr(&clean_href(href), &mut self.out);
                self.title_attr(&title);
                if let Some(lang) = resolved.lang {
                    self.out.push_str("\" hreflang=\"");
                    self.out.push_str(lang);
                }
                self.out.push_str("\">");
            }
            None => {}
        }
        if let Some(text) = fallback {
            escape_text(&text, &mut self.out);
            self.saw(&text);
        }
        self.in_link += 1;
        self.close.push(Close::Link(if resolved.href.is_some() { "</a>" } else { "" }));
        at + 1
    }

    /// An image in running text; gives the index after it.
    pub(super) fn inline_image(&mut self, at: usize) -> usize {
        let end = closing(self.events, at + 1);
        self.image(at, end);
        end + 1
    }

    /// An image alone in its paragraph; its title is the caption. False when it cannot be shown.
    pub(super) fn figure(&mut self, at: usize, end: usize) -> bool {
        let Some((Event::Start(Tag::Image { title, dest_url, .. }), _)) = self.events.get(at) else {
            return false;
        };
        if !matches!(classify(&self.prepared.clean(dest_url)), Dest::Relative(_)) {
            return false;
        }
        let caption = self.prepared.clean(title).into_owned();
        self.out.push_str("<figure>");
        self.image(at, end);
        if !caption.is_empty() {
            self.text_part().push('\n');
            self.out.push_str("<figcaption>");
            escape_text(&caption, &mut self.out);
            self.out.push_str("</figcaption>");
            self.saw(&caption);
        }
        self.out.push_str("</figure>\n");
        self.text_part().push('\n');
        self.last = None;
        true
    }

    fn image(&mut self, at: usize, end: usize) {
        let Some((Event::Start(Tag::Image { title, dest_url, .. }), range)) = self.events.get(at) else {
            return;
        };
        let position = range.start;
        let offset = self.prepared.original(position);
        let alt = text_of(self.prepared, &self.events[at + 1..end]);
        let title = self.prepared.clean(title).into_owned();
        let dest = self.prepared.clean(dest_url).into_owned();
        if alt.trim().is_empty() {
            self.finding(position, FindingKind::MissingAlt, dest.clone());
        }
        match classify(&dest) {
            Dest::Relative(path) => {
                let found = self.links.image(&path, offset);
                if let Some(src) = found.src {
                    self.out.push_str("<img src=\"");
                    escape_attr(&clean_href(&src), &mut self.out);
                    self.out.push_str("\" alt=\"");
                    escape_attr(&alt, &mut self.out);
                    if let Some((width, height)) = found.size {
                        self.out.push_str(&format!("\" width=\"{width}\" height=\"{height}"));
                    }
                    self.out.push_str("\" loading=\"lazy\" decoding=\"async\">");
                    self.saw(&alt);
                    return;
                }
            }
            // Pages load nothing from elsewhere: an image on another site becomes a link to it.
            Dest::Web(href) if self.in_link == 0 => {
                let text = if alt.is_empty() { href.to_string() } else { alt.clone() };
                self.external_start(&href, &title);
                escape_text(&text, &mut self.out);
                self.out.push_str("</a>");
                self.saw(&text);
                return;
            }
            Dest::Web(_) => {}
            Dest::Blocked(scheme) => self.finding(position, FindingKind::Scheme, scheme),
            _ => self.finding(position, FindingKind::Scheme, dest),
        }
        escape_text(&alt, &mut self.out);
        self.saw(&alt);
    }

    pub(super) fn raw_html(&mut self, html: &str, position: usize) {
        if !self.result.raw_html {
            return; // only comments
        }
        let html = self.prepared.clean(html);
        let offset = self.prepared.original(position);
        raw::rewrite_addresses(&html, self.links, offset, &mut self.out);
        let text = raw::visible(&html);
        if !text.trim().is_empty() {
            self.saw(&text);
        }
    }
}

/// First bare web address in the text: its byte range.
fn bare_address(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find("http")?;
        let rest = &text[at..];
        let scheme = if rest.starts_with("https://") {
            8
        } else if rest.starts_with("http://") {
            7
        } else {
            from = at + 4;
            continue;
        };
        let inside_word = text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        let ok = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '\\' | '{' | '}' | '|');
        let length = rest.find(|c| !ok(c)).unwrap_or(rest.len());
        let mut end = length;
        while end > scheme {
            let last = rest.as_bytes()[end - 1];
            let unbalanced = last == b')' && rest[..end].matches('(').count() < rest[..end].matches(')').count();
            if unbalanced || b".,;:!?'*_~]".contains(&last) {
                end -= 1;
            } else {
                break;
            }
        }
        if inside_word || end <= scheme {
            from = at + 4;
            continue;
        }
        return Some((at, at + end));
    }
}

#[cfg(test)]
mod tests {
    use super::bare_address;

    #[test]
    fn bare_addresses_end_before_thai_and_punctuation() {
        let text = "ดูที่ (https://a.go.th/x?y=1).ต่อ";
        let (from, to) = bare_address(text).unwrap();
        assert_eq!(&text[from..to], "https://a.go.th/x?y=1");
        let text = "https://obec.go.thข้อความ";
        let (from, to) = bare_address(text).unwrap();
        assert_eq!(&text[from..to], "https://obec.go.th");
        assert!(bare_address("xhttp:// http").is_none());
    }
}
