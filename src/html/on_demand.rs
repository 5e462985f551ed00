//! Single files of the site on demand: what a preview needs, without rendering all pages.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use super::assets::Assets;
use super::context::Context;
use super::input::Input;
use super::pages;
use super::plan::{self, Page};
use super::templates::Templates;
use super::{calendar, feeds, open_data, redirects, rows, twins};
use crate::diagnostics::Diagnostic;
use crate::model::Config;
use crate::theme::Theme;

/// What follows from theme and settings alone; reused while they do not change.
#[derive(Debug)]
pub struct ThemeAssets {
    templates: Templates,
    assets: Assets,
}

impl ThemeAssets {
    /// Compiles the templates and names the static files.
    ///
    /// # Errors
    /// The first error in a template.
    pub fn of(theme: &Theme, config: &Config) -> Result<ThemeAssets, Box<Diagnostic>> {
        Ok(ThemeAssets {
            templates: Templates::compile(theme, config)?,
            assets: Assets::build(&theme.assets, theme.settings.minify),
        })
    }
}

/// The files of a site except media and search, each made when it is asked for.
pub(crate) struct OnDemand<'a> {
    input: &'a Input<'a>,
    theme_assets: &'a ThemeAssets,
    context: Context<'a>,
    plan: Vec<Page>,
    by_path: HashMap<String, usize>,
    extra: OnceLock<BTreeMap<String, Vec<u8>>>,
}

impl<'a> OnDemand<'a> {
    /// Prepares a site; `sizes` holds width and height of images by path below `content/`.
    pub(crate) fn new(
        input: &'a Input<'a>,
        theme_assets: &'a ThemeAssets,
        sizes: &'a HashMap<String, (u32, u32)>,
    ) -> Self {
        let plan = plan::plan(input.site);
        let by_path = plan.iter().enumerate().map(|(i, page)| (page.path.clone(), i)).collect();
        let context = Context::new(input, &theme_assets.templates, &theme_assets.assets, sizes);
        OnDemand { input, theme_assets, context, plan, by_path, extra: OnceLock::new() }
    }

    /// A file by its address; none where the site has no such file.
    ///
    /// # Errors
    /// A template that fails on this page.
    pub(crate) fn file(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, Box<Diagnostic>> {
        if let Some(&page) = self.by_path.get(path) {
            return pages::render(&self.context, &self.plan[page]).map(|bytes| Some(bytes.into()));
        }
        let of = path.strip_suffix(".md").and_then(|of| self.by_path.get(of)).map(|&of| &self.plan[of]);
        if let Some(page) = of.filter(|page| twins::has(&self.input.site.public.config, page)) {
            return pages::render(&self.context, page).map(|bytes| Some(twins::of(&bytes).into()));
        }
        if let Some(bytes) = self.theme_assets.assets.files.get(path).or_else(|| self.input.theme.root_files.get(path))
        {
            return Ok(Some(Cow::Borrowed(bytes)));
        }
        let extra = self.extra.get_or_init(|| {
            let (site, input) = (self.input.site, self.input);
            let mut files: BTreeMap<_, _> = redirects::files(site).into_iter().collect();
            let data = open_data::paths(input).into_iter();
            files.extend(data.map(|(path, file)| (path, open_data::make(input, file))));
            let feeds = feeds::paths(input).into_iter();
            files.extend(feeds.map(|(path, file)| {
                (path.to_owned(), feeds::make(input, &self.plan, &self.context.assets.addresses, file))
            }));
            files.extend(calendar::files(input));
            let lists = rows::paths(site).into_iter();
            files.extend(lists.map(|(path, (lang, k))| (path, rows::make(&self.context, lang, k))));
            files
        });
        Ok(extra.get(path).map(|bytes| Cow::Borrowed(&bytes[..])))
    }
}
