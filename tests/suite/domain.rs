//! Engine and default theme name no kind, field, section or term of the portal: the string literals of both are read and
//! held against the ids of its schema. Words that the engine has for itself (roles, keys of settings, of files and of pages)
//! may be the same.

use crate::fixture::files;
use crate::tools::repository;
use std::collections::BTreeSet;
use syn::visit::{self, Visit};

/// Words of the engine's own, which ids of a portal may happen to be: keys of what templates see, settings, roles,
/// HTML, file formats, commands, words of stamps and of front matter by which other programs hold a page back.
const OWN: &str = "\
    about academic act actual address after any application approved area audience author before category change checks close code columns comment commit committee \
    compared complete content count covered date document done draft due duties duty english entries entry evidence example \
    files focus form forms found from gap general goal group guide help high hint id item items k keep kind label later lead \
    level licence lines link location manual marks math media meeting members met model n name needs news next no none not note \
    number of office official open optional order other overview page parent pattern people period personnel place private publication \
    purpose quarter questions reason recommendations record ref region related required resources results role rows rt sample scope score \
    seen selected set side size slides small source staff stage start state status step steps stop stopped strength \
    sub subject summary support target targets task tasks teacher teachers team text thai theme time to tool total type unit unknown use value video \
    warnings website what when where worksheet year yearly yes";

/// Every id of the portal's schema.
fn ids() -> BTreeSet<String> {
    fn collect(table: &toml::Table, ids: &mut BTreeSet<String>) {
        ids.extend(table.get("id").and_then(toml::Value::as_str).map(str::to_owned));
        for name in ["section", "field", "column", "term"] {
            let inner = table.get(name).and_then(toml::Value::as_array).into_iter().flatten();
            inner.filter_map(toml::Value::as_table).for_each(|table| collect(table, ids));
        }
    }
    let mut found = BTreeSet::new();
    for folder in ["kinds", "fields", "vocabularies"] {
        for bytes in files(&repository().join("content/_schema").join(folder)).into_values() {
            collect(&toml::from_str(&String::from_utf8(bytes).expect("text")).expect("TOML"), &mut found);
        }
    }
    found
}

/// String literals outside tests and attributes.
#[derive(Default)]
struct Literals(Vec<String>);

impl Visit<'_> for Literals {
    fn visit_lit_str(&mut self, text: &syn::LitStr) {
        self.0.push(text.value());
    }

    /// Literals within macros: their tokens are read as text.
    fn visit_macro(&mut self, found: &syn::Macro) {
        let quoted = regex::Regex::new(r#""((?:[^"\\]|\\.)*)""#).expect("a pattern");
        let tokens = found.tokens.to_string();
        self.0.extend(quoted.captures_iter(&tokens).map(|text| text[1].to_owned()));
    }

    fn visit_attribute(&mut self, _: &syn::Attribute) {}

    fn visit_item_mod(&mut self, module: &syn::ItemMod) {
        let is_test = module.attrs.iter().any(|a| a.path().is_ident("cfg") && quoted(a).contains("test"));
        if !is_test {
            visit::visit_item_mod(self, module);
        }
    }
}

fn quoted(attribute: &syn::Attribute) -> String {
    match &attribute.meta {
        syn::Meta::List(list) => list.tokens.to_string(),
        _ => String::new(),
    }
}

/// The starter carries the files of sample portals, whose kinds may have the same names; the command line names these portals;
/// names of templates are read with the keywords of the template language.
fn is_read(path: &str) -> bool {
    path.ends_with(".rs") && !["authoring/starter.rs", "cli/choices.rs", "html/names.rs"].contains(&path)
}

#[test]
fn the_program_names_no_id_of_the_portal() {
    let own: BTreeSet<&str> = OWN.split_whitespace().collect();
    let ids = ids();
    assert!(ids.contains("innovation") && ids.contains("cost_band") && ids.len() > 500, "{}", ids.len());
    let mut found = BTreeSet::new();
    for (path, bytes) in files(&repository().join("src")).into_iter().filter(|(path, _)| is_read(path)) {
        let mut literals = Literals::default();
        literals.visit_file(&syn::parse_file(&String::from_utf8(bytes).expect("text")).expect("Rust"));
        let named = literals.0.into_iter().filter(|text| ids.contains(text) && !own.contains(text.as_str()));
        found.extend(named.map(|text| format!("src/{path}: {text}")));
    }
    assert_eq!(found, BTreeSet::new());
}

/// The literals of a template, a script or a print template, and the fields that a template names.
fn literals(path: &str, text: &str) -> Vec<String> {
    let all = |pattern: &str, text: &str| -> Vec<String> {
        let pattern = regex::Regex::new(pattern).expect("a pattern");
        pattern.captures_iter(text).map(|found| found[1].to_owned()).collect()
    };
    if path.ends_with(".html") {
        let code = all(r"(?s)\{[{%](.*?)[%}]\}", text).join(" ");
        return [all(r#""([^"\n]*)""#, &code), all(r"\bfields\??\.(\w+)", &code)].concat();
    }
    let code = all(r"(?m)^(\s*[^/\s].*)$", text).join("\n");
    [all(r#""([^"\n]*)""#, &code), all(r"'([^'\n]*)'", &code)].concat()
}

#[test]
fn the_default_theme_names_no_id_of_the_portal() {
    let (own, ids): (BTreeSet<&str>, _) = (OWN.split_whitespace().collect(), ids());
    let mut found = BTreeSet::new();
    let mut count = 0;
    for (path, bytes) in files(&repository().join("themes/default")) {
        if ![".html", ".js", ".typ"].iter().any(|ending| path.ends_with(ending)) {
            continue;
        }
        let named = literals(&path, &String::from_utf8(bytes).expect("text"));
        count += named.len();
        let named = named.into_iter().filter(|text| ids.contains(text) && !own.contains(text.as_str()));
        found.extend(named.map(|text| format!("themes/default/{path}: {text}")));
    }
    assert!(count > 1000, "{count} literals are read");
    assert_eq!(found, BTreeSet::new());
}
