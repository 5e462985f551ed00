//! Who imports whom, read from the parsed source: `use` trees, full paths in code and types, paths inside macros and attributes.
//!
//! A name is followed through re-exports to the file that defines it, so that a `pub use` hides nothing.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use syn::visit::{self, Visit};
use syn::{Item, UseTree};

/// A path of names below the crate, such as `["content", "entry", "Entry"]`.
type Names = Vec<String>;

/// A module: the file it stands in, what it defines and what it passes on.
#[derive(Default)]
struct Module {
    file: String,
    defines: BTreeSet<String>,
    uses: BTreeMap<String, Names>,
    globs: Vec<Names>,
}

/// An import of one file by another, with the path as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    /// File that imports, below `src`.
    pub from: String,
    /// File that defines the name.
    pub to: String,
    /// The full path of the name.
    pub path: String,
}

/// The modules of a crate by path.
#[derive(Default)]
struct Crate {
    modules: BTreeMap<Names, Module>,
}

/// Every import between the files of `sources`: file name below `src` → text.
pub fn arrows(sources: &BTreeMap<String, String>) -> BTreeSet<Arrow> {
    let mut all = Crate::default();
    let mut parsed = Vec::new();
    for (file, text) in sources {
        let path = module_path(file);
        let tree = syn::parse_file(text).unwrap_or_else(|e| panic!("{file}: {e}"));
        all.collect(&path, file, &tree.items);
        parsed.push((path, file, tree));
    }
    let mut found = BTreeSet::new();
    for (path, file, tree) in &parsed {
        let mut reader = Reader { all: &all, module: path.clone(), file, found: &mut found };
        reader.visit_file(tree);
    }
    found
}

/// The Rust files below a folder.
pub fn sources(src: &Path) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(src).into_iter().map(|e| e.expect("a readable folder"));
    let rust = files.filter(|e| e.path().extension().is_some_and(|x| x == "rs"));
    rust.map(|e| {
        let name = e.path().strip_prefix(src).expect("below src").to_string_lossy().replace('\\', "/");
        (name, std::fs::read_to_string(e.path()).expect("a readable file"))
    })
    .collect()
}

/// Names in a file that a path begins with or goes through, attributes and macros included.
pub fn names(text: &str) -> BTreeSet<String> {
    fn read(tokens: TokenStream, found: &mut BTreeSet<String>) {
        let mut before = [String::new(), String::new()];
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let follows = matches!(tokens.peek(), Some(TokenTree::Punct(p)) if p.as_char() == ':');
            match &token {
                TokenTree::Group(group) => read(group.stream(), found),
                TokenTree::Ident(name) if follows || before == [":", ":"] || before[1] == "use" => {
                    found.insert(name.to_string());
                }
                _ => {}
            }
            before = [std::mem::take(&mut before[1]), token.to_string()];
        }
    }
    let mut found = BTreeSet::new();
    read(text.parse().expect("Rust"), &mut found);
    found
}

fn module_path(file: &str) -> Names {
    let parts = file.trim_end_matches(".rs").split('/').map(str::to_string);
    let mut path: Names = parts.collect();
    if path.last().is_some_and(|last| last == "mod" || (path.len() == 1 && (last == "lib" || last == "main"))) {
        path.pop();
    }
    path
}

impl Crate {
    fn collect(&mut self, path: &[String], file: &str, items: &[Item]) {
        let mut module = Module { file: file.to_string(), ..Module::default() };
        for item in items {
            if let Some(name) = defined(item) {
                module.defines.insert(name);
            }
            match item {
                Item::Use(item) => {
                    spread(&item.tree, Vec::new(), &mut |path, name| match name {
                        Some(name) => drop(module.uses.insert(name, path)),
                        None => module.globs.push(path),
                    });
                }
                Item::Mod(inner) => {
                    if let Some((_, items)) = &inner.content {
                        let mut below = path.to_vec();
                        below.push(inner.ident.to_string());
                        self.collect(&below, file, items);
                    }
                }
                _ => {}
            }
        }
        self.modules.insert(path.to_vec(), module);
    }

    /// The full path of `names` as written in `module`; nothing for names of other crates.
    fn absolute(&self, module: &[String], names: &[String]) -> Option<Names> {
        let (first, rest) = names.split_first()?;
        let mut base = match first.as_str() {
            "crate" | "sala" => Names::new(),
            "self" => module.to_vec(),
            "super" => module[..module.len().checked_sub(1)?].to_vec(),
            name => {
                let here = self.modules.get(module)?;
                if self.is_module(module, name) || here.defines.contains(name) {
                    let mut base = module.to_vec();
                    base.push(name.to_string());
                    base
                } else if let Some(path) = here.uses.get(name).filter(|path| *path != names) {
                    self.absolute(module, path)?
                } else {
                    return None;
                }
            }
        };
        for name in rest {
            match name.as_str() {
                "super" => drop(base.pop()),
                "self" => {}
                _ => base.push(name.clone()),
            }
        }
        Some(base)
    }

    /// The full path of a name as written in `module`, and the file that defines it.
    fn find(&self, module: &[String], names: &[String]) -> Option<(Names, &str)> {
        if let Some(path) = self.absolute(module, names) {
            let file = self.defining(&path, 8)?;
            return Some((path, file));
        }
        let globs = &self.modules.get(module)?.globs;
        globs.iter().find_map(|glob| {
            let mut path = self.absolute(module, glob)?;
            path.extend(names.iter().cloned());
            let file = self.defining(&path, 8)?;
            Some((path, file))
        })
    }

    fn is_module(&self, below: &[String], name: &str) -> bool {
        let mut path = below.to_vec();
        path.push(name.to_string());
        self.modules.contains_key(&path)
    }

    /// The file that defines the thing at an absolute path.
    fn defining(&self, path: &[String], depth: usize) -> Option<&str> {
        let mut at = Names::new();
        for (i, name) in path.iter().enumerate() {
            if self.is_module(&at, name) {
                at.push(name.clone());
                continue;
            }
            let module = self.modules.get(&at)?;
            if module.defines.contains(name) {
                return Some(&module.file);
            }
            if depth == 0 {
                return None;
            }
            let onward = |target: &Names, skip: usize| {
                let mut next = self.absolute(&at, target)?;
                next.extend(path[i + skip..].iter().cloned());
                self.defining(&next, depth - 1)
            };
            return match module.uses.get(name) {
                Some(target) => onward(target, 1),
                None => module.globs.iter().find_map(|target| onward(target, 0)),
            };
        }
        // A module as a whole: what is used of it is seen where it is used.
        None
    }

    /// The file of a function that is called under the path of a module: `pub use scan::scan` passes one on so.
    fn called(&self, module: &[String], names: &[String]) -> Option<(Names, &str)> {
        let mut at = self.absolute(module, names)?;
        let name = at.pop()?;
        let target = self.modules.get(&at)?.uses.get(&name).filter(|target| target.last() == Some(&name))?;
        let path = self.absolute(&at, target)?;
        let file = self.defining(&path, 8)?;
        Some((path, file))
    }
}

fn defined(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(i) => i.ident.to_string(),
        Item::Enum(i) => i.ident.to_string(),
        Item::Fn(i) => i.sig.ident.to_string(),
        Item::Static(i) => i.ident.to_string(),
        Item::Struct(i) => i.ident.to_string(),
        Item::Trait(i) => i.ident.to_string(),
        Item::Type(i) => i.ident.to_string(),
        Item::Union(i) => i.ident.to_string(),
        Item::Macro(i) => i.ident.as_ref()?.to_string(),
        _ => return None,
    })
}

/// The leaves of a `use` tree: path, and the name it gets here (none for a glob).
fn spread(tree: &UseTree, mut path: Names, found: &mut impl FnMut(Names, Option<String>)) {
    match tree {
        UseTree::Path(p) => {
            path.push(p.ident.to_string());
            spread(&p.tree, path, found);
        }
        UseTree::Name(n) if n.ident == "self" => {
            let name = path.last().cloned();
            found(path, name);
        }
        UseTree::Name(n) => {
            path.push(n.ident.to_string());
            found(path, Some(n.ident.to_string()));
        }
        UseTree::Rename(r) => {
            path.push(r.ident.to_string());
            found(path, Some(r.rename.to_string()));
        }
        UseTree::Glob(_) => found(path, None),
        UseTree::Group(g) => g.items.iter().for_each(|tree| spread(tree, path.clone(), found)),
    }
}

struct Reader<'a> {
    all: &'a Crate,
    module: Names,
    file: &'a str,
    found: &'a mut BTreeSet<Arrow>,
}

impl Reader<'_> {
    fn note(&mut self, names: &[String]) {
        let found = self.all.find(&self.module, names);
        self.add(found);
    }

    fn add(&mut self, found: Option<(Names, &str)>) {
        let Some((path, to)) = found else { return };
        if to != self.file {
            let arrow = Arrow { from: self.file.to_string(), to: to.to_string(), path: path.join("::") };
            self.found.insert(arrow);
        }
    }

    /// Paths in the tokens of a macro or an attribute, which the parser does not read.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = Names::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Punct(p) if p.as_char() == ':' => colons += 1,
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.note(&std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Group(group) => {
                    self.note(&std::mem::take(&mut path));
                    self.tokens(group.stream());
                    colons = 0;
                }
                _ => {
                    self.note(&std::mem::take(&mut path));
                    colons = 0;
                }
            }
        }
        self.note(&path);
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.content.is_some() {
            self.module.push(item.ident.to_string());
            visit::visit_item_mod(self, item);
            self.module.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut paths = Vec::new();
        spread(&item.tree, Vec::new(), &mut |path, _| paths.push(path));
        paths.iter().for_each(|path| self.note(path));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Names = path.segments.iter().map(|s| s.ident.to_string()).collect();
        self.note(&names);
        visit::visit_path(self, path);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(function) = &*call.func
            && function.path.segments.len() > 1
        {
            let names: Names = function.path.segments.iter().map(|s| s.ident.to_string()).collect();
            let found = self.all.called(&self.module, &names);
            self.add(found);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.tokens(item.tokens.clone());
        visit::visit_macro(self, item);
    }
}
