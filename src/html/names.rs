//! What the templates of a page name. A page of ten thousand is made of the values that its template shows, not of all
//! that another theme could show.

use std::collections::{HashMap, HashSet};

/// The names that a template can ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Names {
    /// It takes a value by a name that it computes, or everything at once.
    Any,
    /// These.
    These(HashSet<String>),
}

impl Names {
    pub(super) fn may_hold(&self, name: &str) -> bool {
        match self {
            Names::Any => true,
            Names::These(names) => names.contains(name),
        }
    }
}

/// Values of which only what is named is made.
const WHOLE: [&str; 2] = ["entry", "page"];

/// What stands in the code of one template.
struct Read {
    names: Names,
    /// Other templates, by their names in quotes.
    templates: Vec<String>,
    /// Components that it defines, and those that it calls.
    defines: Vec<String>,
    calls: Vec<String>,
}

/// Per template, the names in it and in all that it extends, includes and calls.
pub(super) fn of_all(texts: HashMap<&str, &str>) -> HashMap<String, Names> {
    let read: HashMap<&str, Read> = texts.iter().map(|(name, text)| (*name, read(text, &texts))).collect();
    let calls = |from: &Read, to: &Read| to.defines.iter().any(|component| from.calls.contains(component));
    let whole = |first: &str| {
        let (mut reached, mut open) = (HashSet::new(), vec![first]);
        let mut names = HashSet::new();
        while let Some(one) = open.pop().and_then(|name| read.get_key_value(name)) {
            if !reached.insert(*one.0) {
                continue;
            }
            match &one.1.names {
                Names::Any => return Names::Any,
                Names::These(here) => names.extend(here.iter().cloned()),
            }
            open.extend(
                one.1.templates.iter().filter_map(|name| read.get_key_value(name.as_str()).map(|(name, _)| *name)),
            );
            open.extend(read.iter().filter(|(_, other)| calls(one.1, other)).map(|(name, _)| *name));
        }
        Names::These(names)
    };
    read.keys().map(|name| ((*name).to_owned(), whole(name))).collect()
}

fn read(text: &str, known: &HashMap<&str, &str>) -> Read {
    let mut names = HashSet::new();
    let (mut templates, mut defines, mut calls, mut any) = (Vec::new(), Vec::new(), Vec::new(), false);
    for code in text.split("{{").flat_map(|part| part.split("{%")).skip(1) {
        let code = code.find("}}").into_iter().chain(code.find("%}")).min().map_or(code, |end| &code[..end]);
        any |= computes(code) || WHOLE.iter().any(|name| takes_whole(code, name));
        templates.extend(code.split(['"', '\'', '`']).filter(|part| known.contains_key(part)).map(str::to_owned));
        let words = code.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
        let head = code.trim_start_matches(['-', ' ', '\n']);
        if let Some(rest) = head.strip_prefix("component") {
            defines.extend(component(rest.trim_start()));
        }
        calls.extend(code.split('<').skip(1).filter_map(|rest| component(rest.trim_start())));
        names.extend(words.map(str::to_owned));
    }
    any |= names.contains("__tera_context");
    Read { names: if any { Names::Any } else { Names::These(names) }, templates, defines, calls }
}

/// Whether code takes all of a value and not a part of it by name: `{% for key, value in entry %}`, `entry={entry}`.
fn takes_whole(code: &str, name: &str) -> bool {
    let part_of_a_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '"' | '\'' | '-');
    code.match_indices(name).any(|(at, _)| {
        let (before, after) = (code[..at].chars().next_back(), &code[at + name.len()..]);
        let goes_on =
            after.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '[' | '=' | '"' | '-'));
        let part = after.starts_with("?.") || after.starts_with(['.', '[']);
        !before.is_some_and(part_of_a_name) && !part && !goes_on
    })
}

/// The name of a component that a text begins with: `ui.card`.
fn component(text: &str) -> Option<String> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))).unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// Whether code takes a value by a name that it computes: `entry[name]`, not `entry["id"]`, `list[0]` or `t[word]`.
fn computes(code: &str) -> bool {
    code.match_indices('[').any(|(at, _)| {
        let of = code[..at].rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default();
        let taken = (!of.is_empty() && of != "t") || code[..at].ends_with([')', ']']);
        let inner = code[at + 1..].split(']').next().unwrap_or_default().trim();
        let quoted = inner.len() > 1
            && inner.starts_with(['"', '\'', '`'])
            && inner[1..].find(['"', '\'', '`']) == Some(inner.len() - 2);
        let number = inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '-' | ' '));
        taken && !quoted && !number
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[(&'static str, &'static str)], name: &str) -> Names {
        of_all(texts.iter().copied().collect()).remove(name).unwrap()
    }

    #[test]
    fn names_are_those_of_the_code_and_of_what_is_reached() {
        let texts = [
            ("page.html", "{% extends \"base.html\" %}{{ entry.card | safe }}<b>plain</b>{{ <ui.side s={1} /> }}"),
            ("base.html", "{{ page[\"toc\"] }}"),
            ("ui.html", "{% component ui.side(s) %}{{ s.shown }}{% endcomponent ui.side %}"),
            ("other.html", "{% component ui.card(s) %}{{ never }}{% endcomponent ui.card %}"),
        ];
        let names = of(&texts, "page.html");
        assert!(["entry", "card", "toc", "shown"].iter().all(|name| names.may_hold(name)));
        assert!(!names.may_hold("plain") && !names.may_hold("never"));
    }

    #[test]
    fn computed_names_can_be_any() {
        for text in [
            "{{ entry[name] }}",
            "{% set x = (a.b)[c] %}",
            "{{ __tera_context }}",
            "{{ e[\"a\" ~ b] }}",
            "{% for key, value in entry %}",
            "{{ <ui.all entry={entry} /> }}",
            "{{ page | json_encode }}",
        ] {
            assert_eq!(of(&[("a", text)], "a"), Names::Any, "{text}");
        }
        let plain = of(
            &[(
                "a",
                "{{ list[0] }}{% set a = [b] %}{{ list[1:] }}{{ t[\"w.\" ~ x] }}{{ entry.title }}{% block page_top %}",
            )],
            "a",
        );
        assert!(!plain.may_hold("other"));
    }
}
