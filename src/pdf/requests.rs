//! Which files a portal asks for, and where each of them is in the site. Products are data (`content/_schema/print`).

use std::collections::BTreeSet;

use crate::html::list_path;
use crate::model::product::{FileKind, Paper, ProductDef};
use crate::model::{EntryId, KindId, Lang};
use crate::site::Site;

/// One file that somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Request {
    /// Position of the product in the schema; none: a plain sheet, of a kind that no product is made of.
    pub product: Option<usize>,
    /// What it is made of.
    pub of: Of,
    /// What it is printed on.
    pub paper: Paper,
}

/// What a file is made of: positions in the site and in its schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// One entry.
    Entry(EntryId),
    /// All entries of a kind.
    Kind(KindId),
}

/// Where a file is in the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its address.
    pub path: String,
    /// The page that links to it: of its entry, or the list of its kind.
    pub page: String,
    /// Whether it is what its entry is printed as.
    pub own: bool,
}

/// Why an entry cannot be printed as somebody asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no such product of its kind; there are these.
    Product(Vec<String>),
    /// It is not printed on that paper; it is on these.
    Paper(Vec<&'static str>),
}

/// The products made of single entries of a kind, in order.
fn products(site: &Site, kind: KindId) -> impl Iterator<Item = (usize, &ProductDef)> {
    let id = &site.public.schema.kinds[kind].id;
    site.public.schema.print.iter().enumerate().filter(move |(_, p)| p.kinds.contains(id))
}

/// What entries of a kind are printed as: the first product that is a paper of their own.
fn own(site: &Site, kind: KindId) -> Option<usize> {
    let own = |p: &ProductDef| !p.together && p.people.is_empty() && p.file == FileKind::Pdf;
    products(site, kind).find(|(_, p)| own(p)).map(|(k, _)| k)
}

/// The papers of a product, the usual one first.
fn papers(site: &Site, product: Option<usize>) -> Vec<Paper> {
    product.map_or(vec![Paper::A4, Paper::A5], |k| site.public.schema.print[k].on().to_vec())
}

fn usual(site: &Site, product: Option<usize>, of: Of) -> Request {
    Request { product, of, paper: papers(site, product)[0] }
}

/// What `sala build` makes, in every language that has entries of the kinds.
pub(crate) fn of_build(site: &Site) -> Vec<Request> {
    made(site, &|product| product.build)
}

/// Every product but those of people, and a sheet of every other entry whose kind has a template for it.
pub(crate) fn everything(site: &Site) -> Vec<Request> {
    let mut requests = made(site, &|_| true);
    for (k, kind) in site.public.schema.kinds.iter_ids() {
        if own(site, k).is_none() && kind.handout.is_some() && !kind.plain {
            requests.extend(all(site, k).into_iter().map(|i| usual(site, None, Of::Entry(i))));
        }
    }
    requests
}

fn made(site: &Site, wanted: &dyn Fn(&ProductDef) -> bool) -> Vec<Request> {
    let mut requests = Vec::new();
    let schema = &site.public.schema;
    for (p, product) in schema.print.iter().enumerate().filter(|(_, p)| p.people.is_empty() && wanted(p)) {
        for (k, _) in product.kinds.iter().filter_map(|kind| schema.kind(kind)) {
            if product.together {
                requests.push(usual(site, Some(p), Of::Kind(k)));
            } else {
                requests.extend(all(site, k).into_iter().map(|i| usual(site, Some(p), Of::Entry(i))));
            }
        }
    }
    let mut seen = BTreeSet::new();
    requests.retain(|request| seen.insert(*request));
    requests
}

/// The entries of a kind in their order, each in the languages that it is written in.
fn all(site: &Site, kind: KindId) -> Vec<EntryId> {
    let own = |lang: Lang| {
        let list = site.order[kind][lang].clone().into_iter();
        list.filter(move |i| site.entry(*i).lang == lang)
    };
    site.public.config.languages().into_iter().flat_map(own).collect()
}

/// An entry as a product, or on a paper: the product that it is printed as where nothing else is asked for, else the first one
/// that can be printed on the paper.
pub(crate) fn chosen(site: &Site, i: EntryId, product: Option<&str>, paper: Option<Paper>) -> Result<Request, Refusal> {
    let kind = site.entry(i).kind;
    let first = own(site, kind);
    let of = |p: Option<usize>| match p {
        Some(k) if site.public.schema.print[k].together => Of::Kind(kind),
        _ => Of::Entry(i),
    };
    let mut list: Vec<Option<usize>> = match product {
        Some(id) => products(site, kind).filter(|(_, p)| p.id == id).map(|(k, _)| Some(k)).collect(),
        None => {
            let others = products(site, kind).filter(|(k, p)| Some(*k) != first && p.people.is_empty());
            [first].into_iter().chain(others.map(|(k, _)| Some(k))).collect()
        }
    };
    if list.is_empty() {
        return Err(Refusal::Product(products(site, kind).map(|(_, p)| p.id.clone()).collect()));
    }
    let Some(paper) = paper else {
        let product = list.swap_remove(0);
        return Ok(usual(site, product, of(product)));
    };
    match list.iter().find(|product| papers(site, **product).contains(&paper)) {
        Some(product) => Ok(Request { product: *product, of: of(*product), paper }),
        None => {
            let mut names: Vec<&str> = list.iter().flat_map(|p| papers(site, *p)).map(Paper::name).collect();
            let mut seen = BTreeSet::new();
            names.retain(|name| seen.insert(*name));
            Err(Refusal::Paper(names))
        }
    }
}

/// Where a file is in the site. Two products or papers have two places.
pub(crate) fn place(site: &Site, request: Request) -> Place {
    let product = request.product.map(|k| &site.public.schema.print[k]);
    let ending = product.map_or("pdf", |p| p.file.ending());
    let kind = match request.of {
        Of::Entry(i) => site.entry(i).kind,
        Of::Kind(k) => k,
    };
    let first = own(site, kind) == request.product;
    let plain = request.paper == papers(site, request.product)[0];
    let mut name = String::new();
    if let Some(product) = product.filter(|_| !first) {
        name = format!("-{}", product.id);
    }
    if !plain {
        name = format!("{name}-{}", request.paper.name());
    }
    match request.of {
        Of::Entry(i) => {
            let shown = site.entry(i);
            let folder = site.public.config.folder(shown.lang);
            let path = format!("handouts/{folder}{}{name}.{ending}", shown.id);
            Place { path, page: shown.path(), own: first && plain }
        }
        Of::Kind(k) => {
            let kind = &site.public.schema.kinds[k];
            let page = list_path(&site.public.config.folder(site.main()), kind, 0);
            Place { path: format!("handouts/{}{name}.{ending}", kind.folder), page, own: false }
        }
    }
}
