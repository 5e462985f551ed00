//! The examples of CommonMark 0.31.2 and of GFM's extensions, against the list of deliberate differences.
//!
//! Both sides go through the sanitiser and lose what Sala adds on purpose (ids of headings, marks of outside links,
//! wrappers of tables), so that what is left is what a reader sees.

use regex::{Captures, Regex};
use sala::internals::markdown::{Options, PlainLinks, render, sanitise};
use serde_json::Value;

/// Number of the examples and why they differ.
type Difference = (&'static [u64], &'static str);

/// The table of `docs/markdown.md` says the same in words.
const COMMONMARK: &[Difference] = &[
    (&[150, 201, 613, 623], "text in angle brackets that is no element of HTML is shown"),
    (&[142, 143], "code whose language is known has colours"),
    (&[163], "what stands between the tags of a component is Markdown, as in MDX"),
    (&[173], "an element that would swallow the rest of the page and is never closed is shown as text"),
    (&[491], "the same: `<foo` across a line end is text"),
    (&[548, 559, 590], "double brackets are wiki links"),
    (&[596, 598, 599, 601], "schemes other than http, https, mailto and tel make no link"),
    (&[602, 606, 608, 611, 612], "bare addresses are links, as in GFM"),
];

const GFM: &[Difference] = &[(&[628], "ftp makes no link")];

/// One form for both sides.
struct Form {
    steps: Vec<(Regex, &'static str)>,
    heading: Regex,
    task: Regex,
    address: Regex,
    space: Regex,
}

impl Form {
    fn new() -> Self {
        let steps = [
            (r#"<span id="[^"]*"></span>"#, ""),
            (r#"(<h[2-6]) id="[^"]*""#, "$1"),
            (r#" class="(?:external|ta-[rc])""#, ""),
            (r#" (?:rel|title|align)="[^"]*""#, ""),
            (r#" (?:tabindex="0"|loading="lazy"|decoding="async"|scope="col")"#, ""),
            (r#"<div class="table-wrap"[^>]*>\s*(<table>(?s:.*?)</table>)\s*</div>"#, "$1"),
            (r#"<span class="task[^>]*>☐</span>"#, "[ ]"),
            (r#"<span class="task[^>]*>☑</span>"#, "[x]"),
            (r#"(?s)<figure>(.*?)</figure>"#, "<p>$1</p>"),
            (r"<figcaption>[^<]*</figcaption>", ""),
            (r"\s*<br>\s*", "<br>"),
            (r"\s*(</?(?:p|li|ul|ol|blockquote|pre|h[2-6]|table|thead|tbody|tr|td|th|hr|div|figure)\b[^>]*>)\s*", "$1"),
        ];
        let regex = |pattern: &str| Regex::new(pattern).unwrap();
        Form {
            steps: steps.iter().map(|(pattern, with)| (regex(pattern), *with)).collect(),
            heading: regex(r"(?i)(</?h)1\b"),
            task: regex(r"<input([^>]*)>"),
            address: regex(r#"(?:href|src)="[^"]*""#),
            space: regex(r"\s+"),
        }
    }

    fn of(&self, html: &str) -> String {
        let tasks = |c: &Captures<'_>| if c[1].contains("checked") { "[x]" } else { "[ ]" };
        let html = self.heading.replace_all(html, "${1}2");
        let mut html = sanitise(&self.task.replace_all(&html, tasks));
        for (pattern, with) in &self.steps {
            html = pattern.replace_all(&html, *with).into_owned();
        }
        let decoded = |c: &Captures<'_>| percent_encoding::percent_decode_str(&c[0]).decode_utf8_lossy().into_owned();
        let html = self.address.replace_all(&html, decoded);
        self.space.replace_all(html.trim(), " ").into_owned()
    }
}

/// Runs the examples of a file; gives those that differ, with both sides.
fn run(file: &str) -> Vec<(u64, String)> {
    let path = format!("{}/tests/data/markdown/{file}", env!("CARGO_MANIFEST_DIR"));
    let examples: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(!examples.is_empty());
    let form = Form::new();
    let mut different = Vec::new();
    for example in &examples {
        let text = |key: &str| example[key].as_str().unwrap();
        let expected = form.of(text("html"));
        let got = form.of(&render(text("markdown"), &Options::plain(), &PlainLinks).into_html());
        if expected != got {
            let number = example["number"].as_u64().unwrap();
            different.push((
                number,
                format!(
                    "{}\n  written  {:?}\n  expected {expected}\n  got      {got}",
                    text("section"),
                    text("markdown")
                ),
            ));
        }
    }
    different
}

#[track_caller]
fn check(file: &str, differences: &[Difference]) {
    let known: Vec<u64> = differences.iter().flat_map(|(numbers, _)| numbers.iter().copied()).collect();
    let found = run(file);
    let new: Vec<String> =
        found.iter().filter(|(n, _)| !known.contains(n)).map(|(n, text)| format!("{n}: {text}")).collect();
    let gone: Vec<&u64> = known.iter().filter(|n| !found.iter().any(|(f, _)| f == *n)).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "{} differ and are not listed:\n{}\nno longer different: {gone:?}",
        new.len(),
        new.join("\n")
    );
}

#[test]
fn commonmark_examples() {
    check("commonmark-0.31.2.json", COMMONMARK);
}

#[test]
fn gfm_examples() {
    check("gfm-0.29.json", GFM);
}

/// The table of the documentation names the same examples.
#[test]
fn the_documentation_lists_the_differences() {
    let text = std::fs::read_to_string(crate::tools::repository().join("docs/markdown.md")).unwrap();
    let row = Regex::new(r"(?m)^\| (?:CommonMark|GFM) [^|]+\|").unwrap();
    let number = Regex::new(r"(GFM )?(\d+)").unwrap();
    let mut told: Vec<(bool, u64)> = row
        .find_iter(&text)
        .flat_map(|row| {
            number.captures_iter(row.as_str()).map(|c| (c.get(1).is_some(), c[2].parse().unwrap())).collect::<Vec<_>>()
        })
        .collect();
    let mut listed: Vec<(bool, u64)> = [(false, COMMONMARK), (true, GFM)]
        .iter()
        .flat_map(|(gfm, list)| list.iter().flat_map(|(numbers, _)| numbers.iter().map(|n| (*gfm, *n))))
        .collect();
    told.sort_unstable();
    listed.sort_unstable();
    assert_eq!(told, listed);
}
