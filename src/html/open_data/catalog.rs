//! The data of the portal as a catalogue of open data takes it: DCAT (<https://www.w3.org/TR/vocab-dcat-3/>) with
//! schema.org beside it, and the fields that Thailand's government data catalogue asks for (the metadata standard of the
//! Digital Government Development Agency, as ckanext-thai_gdc names them).

use super::cells::has_common_licence;
use super::tables::{Table, tables};
use super::terms::{put, texts};
use crate::html::context::absolute;
use crate::html::input::Input;
use crate::model::Lang;
use serde_json::{Value, json};

/// Address in the site.
pub(super) const PATH: &str = "data/catalog.jsonld";

/// The catalogue: a data set for each kind, with its files.
pub(super) fn catalog(input: &Input<'_>) -> Value {
    let config = &input.site.public.config;
    let base = &config.base_url;
    let mut out = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "schema": "https://schema.org/",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": absolute(base, PATH),
        "@type": ["dcat:Catalog", "schema:DataCatalog"],
        "dct:title": texts(input.site, &config.title),
        "schema:name": texts(input.site, &config.title),
        "dct:language": config.languages().iter().map(|l| l.code()).collect::<Vec<_>>(),
    });
    put(&mut out, "dct:description", texts(input.site, &config.description));
    put(&mut out, "foaf:homepage", link(&absolute(base, "index.html")));
    put(&mut out, "dct:publisher", publisher(input));
    if tables(input.site).into_iter().all(|table| has_common_licence(input.site, table)) {
        put(&mut out, "dct:license", link(&config.licence_url));
    }
    put(&mut out, "dct:modified", modified(input));
    let kinds = tables(input.site).into_iter().filter(|table| matches!(table, Table::Kind(_)));
    put(&mut out, "dcat:dataset", kinds.map(|table| dataset(input, table)).collect());
    out
}

fn link(address: &str) -> Value {
    if address.is_empty() { Value::Null } else { json!({ "@id": address }) }
}

fn publisher(input: &Input<'_>) -> Value {
    let name = &input.site.public.config.publisher;
    if name.is_empty() {
        return Value::Null;
    }
    let names = texts(input.site, name);
    json!({ "@type": ["foaf:Organization", "schema:Organization"], "foaf:name": names, "schema:name": names })
}

fn modified(input: &Input<'_>) -> Value {
    input.site.date.map_or(Value::Null, |day| json!({ "@value": day.iso(), "@type": "xsd:date" }))
}

/// A kind with its own table, the tables of its table fields and its JSON.
fn files(input: &Input<'_>, table: Table) -> Vec<(String, &'static str, &'static str)> {
    let Table::Kind(k) = table else { return Vec::new() };
    let site = input.site;
    let own = tables(site).into_iter().filter(|t| matches!(t, Table::Kind(of) | Table::Rows(of, _) if *of == k));
    let mut out: Vec<_> = own.map(|table| (table.path(site), "CSV", "text/csv")).collect();
    out.push((format!("data/{}.json", site.public.schema.kinds[k].id), "JSON", "application/json"));
    out
}

fn dataset(input: &Input<'_>, table: Table) -> Value {
    let (site, config) = (input.site, &input.site.public.config);
    let Table::Kind(k) = table else { return Value::Null };
    let kind = &site.public.schema.kinds[k];
    let address = |path: &str| match absolute(&config.base_url, path) {
        full if full.is_empty() => path.strip_prefix("data/").unwrap_or(path).to_owned(),
        full => full,
    };
    let mut out = json!({
        "@id": format!("{}#{}", absolute(&config.base_url, PATH), kind.id),
        "@type": ["dcat:Dataset", "schema:Dataset"],
        "dct:identifier": kind.id,
        "dct:title": texts(site, kind.plural()),
        "schema:name": texts(site, kind.plural()),
    });
    put(&mut out, "dct:description", texts(site, &kind.description));
    put(&mut out, "schema:description", texts(site, &kind.description));
    put(&mut out, "dcat:keyword", json!(config.catalog.keywords));
    put(&mut out, "dct:publisher", publisher(input));
    let common = has_common_licence(site, table);
    if common {
        put(&mut out, "dct:license", link(&config.licence_url));
    }
    put(&mut out, "dct:modified", modified(input));
    if !config.catalog.mail.is_empty() {
        let mail = format!("mailto:{}", config.catalog.mail);
        let name = config.catalog.maintainer.get(site.main());
        let mut contact = json!({ "@type": "vcard:Organization", "vcard:hasEmail": { "@id": mail } });
        put(&mut contact, "vcard:fn", json!(name));
        out["dcat:contactPoint"] = contact;
    }
    let file = |(path, format, media): (String, &str, &str)| {
        json!({
            "@type": ["dcat:Distribution", "schema:DataDownload"],
            "dcat:downloadURL": { "@id": address(&path) },
            "schema:contentUrl": { "@id": address(&path) },
            "dcat:mediaType": { "@id": format!("https://www.iana.org/assignments/media-types/{media}") },
            "schema:encodingFormat": media,
            "dct:format": format,
        })
    };
    out["dcat:distribution"] = files(input, table).into_iter().map(file).collect();
    out["schema:additionalProperty"] = government(input, if common { &config.licence } else { "" });
    out
}

/// What the form of the government's catalogue asks besides: what the portal does not say is left out.
fn government(input: &Input<'_>, licence: &str) -> Value {
    let (config, main) = (&input.site.public.config, input.site.main());
    let catalog = &config.catalog;
    let asked = [
        ("data_type", catalog.data_type.as_str()),
        ("data_category", &catalog.category),
        ("data_format", "CSV, JSON"),
        ("maintainer", catalog.maintainer.get(main)),
        ("maintainer_email", &catalog.mail),
        ("objective", catalog.objective.get(main)),
        ("update_frequency_unit", &catalog.frequency),
        ("geo_coverage", &catalog.coverage),
        ("data_source", catalog.source.get(main)),
        ("license_id", licence),
    ];
    let property =
        |(name, value)| json!({ "@type": "schema:PropertyValue", "schema:name": name, "schema:value": value });
    asked.into_iter().filter(|(_, value)| !value.is_empty()).map(property).collect()
}

/// The data sets as search engines read them on the page of open data: schema.org `Dataset`.
pub(in crate::html) fn datasets(input: &Input<'_>, lang: Lang) -> Value {
    let (site, config) = (input.site, &input.site.public.config);
    let kinds = tables(site).into_iter().filter_map(|table| match table {
        Table::Kind(k) => Some((table, &site.public.schema.kinds[k])),
        _ => None,
    });
    kinds
        .map(|(table, kind)| {
            let download = |(path, _, media): (String, &str, &str)| {
                let address = absolute(&config.base_url, &path);
                json!({ "@type": "DataDownload", "contentUrl": address, "encodingFormat": media })
            };
            let mut out = json!({ "@type": "Dataset", "name": kind.plural().get(lang) });
            put(&mut out, "description", json!(kind.description.get(lang)));
            if has_common_licence(site, table) {
                put(&mut out, "license", json!(config.licence_url));
            }
            out["distribution"] = files(input, table).into_iter().map(download).collect();
            out
        })
        .collect()
}
