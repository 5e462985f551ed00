//! Inlines: text with bare addresses, links, images.

use pulldown_cmark::{Event, LinkType, Tag};

use super::autolink;
use super::dest::{Dest, classify, clean_href, is_embedded_page};
use super::escape::{escape_attr, escape_text};
use super::lookahead::closing;
use super::math::{line_of, mathml};
use super::plain::text_of;
use super::raw;
use super::state::{Close, Writer};
use super::types::{FindingKind, Resolved};
use crate::text::slug::wiki_name;

impl Writer<'_> {
    /// Visible text; bare addresses become links.
    pub(super) fn text(&mut self, text: &str) {
        let clean = self.prepared.clean(text);
        let mut rest: &str = &clean;
        if self.in_link == 0 {
            while let Some(found) = autolink::find(rest) {
                self.words(&rest[..found.start]);
                let address = &rest[found.start..found.end];
                let href = format!("{}{address}", found.prefix);
                if found.prefix == "mailto:" {
                    self.out.push_str("<a href=\"");
                    escape_attr(&clean_href(&href), &mut self.out);
                    self.out.push_str("\">");
                } else {
                    self.external_start(&href, "");
                }
                escape_text(address, &mut self.out);
                self.out.push_str("</a>");
                rest = &rest[found.end..];
            }
        }
        self.words(rest);
        self.saw(&clean);
    }

    /// Escaped text; protected words stay on one line.
    fn words(&mut self, text: &str) {
        match self.options.protected {
            Some(protected) if self.table.cell > 0 => protected.write(text, &mut self.out),
            Some(protected) => protected.write_prose(text, &mut self.out),
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
        let dest = self.prepared.clean(dest_url);
        if is_embedded_page(&dest) || !matches!(classify(&dest), Dest::Relative(_)) {
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
                        if let Some((small, narrow)) = &found.small {
                            self.out.push_str("\" srcset=\"");
                            escape_attr(&clean_href(small), &mut self.out);
                            self.out.push_str(&format!(" {narrow}w, "));
                            escape_attr(&clean_href(&src), &mut self.out);
                            self.out.push_str(&format!(" {width}w\" sizes=\"(min-width: 52rem) 46rem, 100vw"));
                        }
                    }
                    self.out.push_str("\" loading=\"lazy\" decoding=\"async\">");
                    self.saw(&alt);
                    return;
                }
                // A page that is embedded is a link to it.
                let page = if self.in_link == 0 { self.links.link(&path, offset) } else { Resolved::default() };
                if wiki_name(&dest).is_some()
                    && let Some(href) = page.href
                {
                    self.out.push_str("<a href=\"");
                    escape_attr(&clean_href(&href), &mut self.out);
                    self.out.push_str("\">");
                    escape_text(&alt, &mut self.out);
                    self.out.push_str("</a>");
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
        let place = self.prepared.original_inside(position, html);
        let html = self.prepared.clean(html);
        raw::rewrite_addresses(&html, self.links, &place, &mut self.out);
    }

    /// A formula; one that cannot be read is shown as it was written.
    pub(super) fn math(&mut self, tex: &str, block: bool, position: usize) {
        let tex = self.prepared.clean(tex).into_owned();
        match mathml(&tex, block) {
            Some(html) => {
                self.saw(&line_of(&html));
                self.made(html, "span");
            }
            None => {
                self.finding(position, FindingKind::BadFormula, tex.clone());
                self.out.push_str("<code>");
                escape_text(&tex, &mut self.out);
                self.out.push_str("</code>");
                self.saw(&tex);
            }
        }
    }
}
