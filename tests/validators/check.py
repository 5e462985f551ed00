#!/usr/bin/env python3
"""Checks the outputs of a built site that are not pages with the libraries of others.

Usage: check.py SITE. Prints one line a check and exits with 1 where something is wrong.
"""

import csv
import json
import pathlib
import sys
import xml.etree.ElementTree as xml

import extruct
import feedparser
import frictionless
import icalendar
import rdflib
from pyld import jsonld

SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"

site = pathlib.Path(sys.argv[1])
faults = []


def check(what, good, why=""):
    print(("ok   " if good else "BAD  ") + what)
    if not good:
        faults.append(f"{what}: {why}")


def data_package():
    report = frictionless.validate(str(site / "data/datapackage.json"))
    errors = report.flatten(["title", "message"])[:5]
    check(f"data package: {len(report.tasks)} tables", report.valid and len(report.tasks) > 0, errors)
    package = json.loads((site / "data/datapackage.json").read_text())
    for resource in package["resources"]:
        path = site / "data" / resource["path"]
        header = next(csv.reader(path.open(encoding="utf-8-sig", newline="")))
        named = [field["name"] for field in resource["schema"]["fields"]]
        if header != named or len(set(named)) != len(named):
            check(f"columns of {path.name}", False, (header, named))


def graph(path):
    # The address stands for the one that the site would have.
    return rdflib.Graph().parse(data=(site / path).read_text(), format="json-ld", publicID=f"https://site.example/{path}")


def catalog():
    found = graph("data/catalog.jsonld")
    sets = list(found.subjects(rdflib.RDF.type, DCAT.Dataset))
    bad = [s for s in sets if not list(found.objects(s, DCAT.distribution))]
    check(f"catalogue: {len(sets)} data sets", len(sets) > 0 and not bad, bad)
    for address in found.objects(None, DCAT.downloadURL):
        name = str(address).rsplit("/", 1)[1]
        if not (site / "data" / name).is_file():
            check(f"file of the catalogue {name}", False, address)


def vocabularies():
    found = graph("data/vocabularies.jsonld")
    concepts = list(found.subjects(rdflib.RDF.type, SKOS.Concept))
    bad = [c for c in concepts if not list(found.objects(c, SKOS.inScheme)) or not list(found.objects(c, SKOS.prefLabel))]
    bad += [b for b in found.objects(None, SKOS.broader) if (b, rdflib.RDF.type, SKOS.Concept) not in found]
    # SKOS S14: one preferred label a language.
    for concept in concepts:
        languages = [label.language for label in found.objects(concept, SKOS.prefLabel)]
        if len(languages) != len(set(languages)):
            bad.append(concept)
    check(f"vocabularies: {len(concepts)} concepts", not bad, bad[:5])


def feeds():
    atom = sorted(site.rglob("*feed.xml"))
    for path in atom:
        told = feedparser.parse(path.read_bytes())
        dated = all(entry.get("updated_parsed") for entry in told.entries)
        ids = [entry.id for entry in told.entries]
        good = not told.bozo and told.version == "atom10" and told.feed.title and dated and len(ids) == len(set(ids))
        if not good:
            check(f"feed {path.relative_to(site)}", False, told.get("bozo_exception"))
        twin = json.loads(path.with_suffix(".json").read_text())
        same = [item["id"] for item in twin["items"]] == ids
        required = twin["version"] == "https://jsonfeed.org/version/1.1" and all(
            item.get("content_text") and item["url"].startswith("http") for item in twin["items"]
        )
        if not (same and required and twin["title"] == told.feed.title):
            check(f"JSON feed beside {path.relative_to(site)}", False, twin.get("title"))
    check(f"feeds: {len(atom)}", bool(atom))
    return atom


def calendars():
    files = sorted(site.rglob("*.ics"))
    for path in files:
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        events = calendar.walk("VEVENT")
        ids = [str(event["UID"]) for event in events]
        lasting = all(event["DTEND"].dt > event["DTSTART"].dt for event in events)
        if not events or len(ids) != len(set(ids)) or not lasting or calendar.errors:
            check(f"calendar {path.relative_to(site)}", False, calendar.errors)
    print(f"ok   calendars: {len(files)}")


def clients():
    for path in site.rglob("site.webmanifest"):
        told = json.loads(path.read_text())
        icons = [(path.parent / icon["src"]).resolve() for icon in told["icons"]]
        good = told["name"] and icons and all(icon.read_bytes()[:4] == b"\x89PNG" for icon in icons)
        check(f"manifest {path.relative_to(site)}", good and (path.parent / told["start_url"]).is_file(), told)
    for path in site.rglob("opensearch.xml"):
        told = xml.parse(path).getroot()
        templates = [url.get("template") for url in told.iter(f"{OPEN_SEARCH}Url")]
        short = told.find(f"{OPEN_SEARCH}ShortName").text
        good = len(short) <= 16 and any("{searchTerms}" in template for template in templates)
        check(f"search description {path.relative_to(site)}", good, templates)
    llms = (site / "llms.txt").read_text()
    check("llms.txt", llms.startswith("# ") and "](" in llms)


def pages():
    """A page of every template: what search engines and libraries read in it."""
    seen, count = set(), 0
    for path in sorted(site.rglob("*.html")):
        text = path.read_text()
        kind = (text.split('<body class="', 1)[-1].split('"', 1)[0], path.parent.name)
        if kind in seen or "<main" not in text:
            continue
        seen.add(kind)
        told = extruct.extract(text, base_url="https://site.example/", syntaxes=["json-ld", "opengraph", "dublincore"])
        for node in told["json-ld"]:
            # The context is not fetched: that names and values are of the right form is what is checked.
            jsonld.expand({**node, "@context": {"@vocab": "https://schema.org/"}})
            event = str(node.get("@type", "")).endswith("Event")
            if event and ({"headline", "datePublished", "license", "publisher"} & set(node)):
                check(f"event {path.relative_to(site)}", False, node)
            if "DataCatalog" in str(node.get("@type")) and not all(d.get("distribution") for d in node["dataset"]):
                check(f"data sets of {path.relative_to(site)}", False, node)
        count += 1
    check(f"metadata of {count} pages", count > 0)


def descriptions():
    """Pages that search engines may list have a description each of their own."""
    of = {}
    for path in sorted(site.rglob("*.html")):
        text = path.read_text()
        if 'name="robots" content="noindex"' in text or 'name="description" content="' not in text:
            continue
        told = text.split('name="description" content="', 1)[1].split('"', 1)[0]
        kind = text.split('<body class="', 1)[-1].split('"', 1)[0]
        of.setdefault((told, path.relative_to(site).parts[0] == "en"), []).append((kind, str(path.relative_to(site))))
    shared = {told: all for told, all in of.items() if len(all) > 1}
    made = {told: all for told, all in shared.items() if any("t-entry" not in kind and "t-page" not in kind for kind, _ in all)}
    check("descriptions of made pages are unique", not made, list(made.values())[:5])


data_package()
catalog()
vocabularies()
feeds()
calendars()
clients()
pages()
descriptions()
for fault in faults:
    print(fault, file=sys.stderr)
sys.exit(1 if faults else 0)
