//! What a former rendering left, and how it is known to be still right.
//!
//! A file of the site follows from the look (program, theme, settings, schema, what every page says of the site) and
//! from what was read of the site while it was made. Where neither changed the published file is kept.

use super::Input;
use super::context::Context;
use super::plan::Page;
use crate::model::Hash;
use crate::model::facts::hash;
use crate::output::Sink;
use crate::site::digest::Digests;
use crate::site::reads::{Of, Read};
use crate::theme::Theme;
use std::collections::HashMap;

/// Gives the digest of what a reading finds now; none where nobody can know.
pub type DigestOf<'a> = &'a (dyn Fn(Read) -> Option<Hash> + Sync);

/// Keeps files of a former rendering.
pub trait Former: Sync {
    /// Compares the former look and readings with those of now; called before any file is made.
    fn begin(&self, look: Hash, digest: DigestOf<'_>);
    /// Whether a file is still right; it is then in the sink.
    fn keep(&self, path: &str, sink: &dyn Sink) -> bool;
    /// Takes what was read for a file that was made.
    fn made(&self, path: &str, reads: Vec<Read>);
    /// All files are made.
    fn finish(&self, digest: DigestOf<'_>);
}

/// Digests of the parts of a site and of what is around it.
pub(super) struct Known<'a> {
    digests: Digests<'a>,
    handouts: HashMap<u64, Hash>,
}

impl<'a> Known<'a> {
    /// For a site with this plan.
    pub fn new(input: &Input<'a>, plan: &[Page], sizes: &HashMap<String, (u32, u32)>) -> Known<'a> {
        let public = &input.site.public;
        let mut names = blake3::Hasher::new();
        let paths: Vec<&str> = plan.iter().map(|page| page.path.as_str()).collect();
        names.update(paths.join("\0").as_bytes());
        let mut text = String::new();
        for entry in &public.entries {
            let source = entry.body.map(|b| &public.sources[b.source.0 as usize].path);
            for part in [entry.lang.code(), &entry.address, source.map_or("", |s| s)] {
                text.push_str(part);
                text.push('\0');
            }
        }
        names.update(text.as_bytes());
        for file in &public.media {
            let size = sizes.get(&file.path);
            names.update(format!("{} {size:?}\n", file.path).as_bytes());
        }
        let handouts = (0..public.entries.len()).filter_map(|i| {
            let handout = input.handouts.get(&*public.entries[i].id)?;
            Some((input.site.key(i), hash(format!("{handout:?}").as_bytes())))
        });
        Known { handouts: handouts.collect(), digests: Digests::new(input.site, hash(names.finalize().as_bytes())) }
    }

    /// The digest of a reading.
    pub fn of(&self, read: Read) -> Option<Hash> {
        match read.of {
            Of::Never => None,
            Of::Handout => Some(self.handouts.get(&read.key).copied().unwrap_or_default()),
            _ => Some(self.digests.of(read)),
        }
    }
}

/// The digest of everything that every page follows from.
pub(super) fn look(input: &Input<'_>, context: &Context<'_>) -> Hash {
    let public = &input.site.public;
    let theme = input.theme;
    let mut all = blake3::Hasher::new();
    for (name, template) in &theme.templates {
        all.update(format!("{name} {} {}\n", template.file, template.text).as_bytes());
    }
    let words = (&theme.words, &theme.icons, &theme.settings);
    let settings = (&public.config, &public.schema, public.aggregates());
    let rest = (&context.assets.addresses, input.search, input.site.date);
    all.update(format!("{words:?} {settings:?} {rest:?}").as_bytes());
    for lang in public.config.languages() {
        let named = context.about(lang, |part| is_named(theme, part));
        all.update(named.as_bytes());
    }
    hash(all.finalize().as_bytes())
}

/// Whether templates may look at a part of `site`: they name it, or take `site` as a whole.
fn is_named(theme: &Theme, part: &str) -> bool {
    let named = [format!(".{part}"), format!("\"{part}\""), format!("'{part}'")];
    theme.templates.values().any(|t| {
        let whole = t.text.contains("in site") || t.text.contains("site |") || t.text.contains("site|");
        whole || named.iter().any(|n| t.text.contains(n.as_str()))
    })
}
