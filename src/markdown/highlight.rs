//! Code in colours: classes of one or two letters around what the language's grammar names. The grammars are those of
//! `bat`, which Typst brings along.

use std::collections::BTreeSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::sync::{LazyLock, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::escape::escape_text;

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_no_newlines);

/// Longest code that is coloured, in bytes, and its longest line.
const MOST: usize = 30_000;
const LINE: usize = 1_000;
/// How long a code may take. Those of this length take milliseconds; a grammar that is not made well can go round in a
/// line for ever, and such a code has no colours.
const LONGEST: Duration = Duration::from_secs(5);
/// Codes that took longer, so that a preview does not begin with them again.
static ENDLESS: Mutex<BTreeSet<u64>> = Mutex::new(BTreeSet::new());

/// What a scope is called in a class. The longest prefix that fits decides; an empty class takes the colour off.
const CLASSES: [(&str, &str); 22] = [
    ("comment", "hc"),
    ("string", "hs"),
    ("constant.character.escape", "hn"),
    ("constant", "hn"),
    ("variable.language", "hk"),
    ("keyword", "hk"),
    ("keyword.operator", ""),
    ("keyword.operator.word", "hk"),
    ("storage", "hk"),
    ("entity.name.function", "hf"),
    ("support.function", "hf"),
    ("variable.function", "hf"),
    ("entity.name.type", "ht"),
    ("entity.name.class", "ht"),
    ("support.type", "ht"),
    ("support.class", "ht"),
    ("entity.name.tag", "hk"),
    ("entity.other.attribute-name", "hf"),
    ("markup.heading", "hk"),
    ("markup.inserted", "hs"),
    ("markup.deleted", "hd"),
    ("punctuation.definition.comment", "hc"),
];

/// All classes, for the allow-list.
pub(super) const ALL: [&str; 7] = ["hc", "hs", "hn", "hk", "hf", "ht", "hd"];

static SCOPES: LazyLock<Vec<(Scope, &'static str)>> =
    LazyLock::new(|| CLASSES.iter().filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class))).collect());

/// Code as HTML; `None` where the language is unknown or has no grammar.
pub(super) fn html(language: &str, code: &str) -> Option<String> {
    if language.is_empty() || code.len() > MOST || code.lines().any(|line| line.len() > LINE) {
        return None;
    }
    let grammar = grammar(language)?;
    let name = BuildHasherDefault::<DefaultHasher>::default().hash_one((&grammar.name, code));
    if ENDLESS.lock().ok()?.contains(&name) {
        return None;
    }
    let owned = code.to_owned();
    let Some(made) = within(LONGEST, move || coloured(grammar, &owned)) else {
        ENDLESS.lock().ok()?.insert(name);
        return None;
    };
    made
}

/// What some work makes in the time that it has; work that never ends is left behind.
fn within<T: Send + 'static>(longest: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (done, made) = mpsc::sync_channel(1);
    thread::Builder::new().spawn(move || done.send(work()).ok()).ok()?;
    made.recv_timeout(longest).ok()
}

fn coloured(grammar: &SyntaxReference, code: &str) -> Option<String> {
    let mut state = ParseState::new(grammar);
    let mut stack = ScopeStack::new();
    let mut out = String::with_capacity(code.len() * 2);
    let mut class = "";
    for full in code.split_inclusive('\n') {
        let line = full.strip_suffix('\n').unwrap_or(full);
        let changes = state.parse_line(line, &GRAMMARS).ok()?;
        let mut from = 0;
        for (at, change) in changes {
            let at = at.min(line.len());
            write(&mut out, &line[from..at], class_of(&stack), &mut class);
            from = at;
            stack.apply(&change).ok()?;
        }
        write(&mut out, &line[from..], class_of(&stack), &mut class);
        if full.len() > line.len() {
            write(&mut out, "\n", class, &mut class);
        }
    }
    if !class.is_empty() {
        out.push_str("</span>");
    }
    Some(out)
}

/// The grammar of a name as authors write it (`rs`, `JavaScript`, `console`); plain text has none.
fn grammar(language: &str) -> Option<&'static SyntaxReference> {
    let name = match language.to_ascii_lowercase().as_str() {
        "text" | "txt" | "plain" | "plaintext" | "none" => return None,
        "console" | "shell" | "shellsession" | "shell-session" => "sh".to_owned(),
        "jsonc" | "json5" => "json".to_owned(),
        "mdx" => "md".to_owned(),
        // That of JavaScript goes round for ever where a line begins an element and the next one a comment.
        "js" | "javascript" | "mjs" | "cjs" => "ts".to_owned(),
        name => name.to_owned(),
    };
    GRAMMARS.find_syntax_by_token(&name).filter(|found| found.name != "Plain Text")
}

/// The class of the innermost scope that has one.
fn class_of(stack: &ScopeStack) -> &'static str {
    let of = |scope: &Scope| {
        let fitting = SCOPES.iter().filter(|(prefix, _)| prefix.is_prefix_of(*scope));
        fitting.max_by_key(|(prefix, _)| prefix.len()).map(|(_, class)| *class)
    };
    stack.scopes.iter().rev().find_map(of).unwrap_or("")
}

/// Writes text in a class; white space takes no class of its own.
fn write(out: &mut String, text: &str, class: &'static str, open: &mut &'static str) {
    if text.is_empty() {
        return;
    }
    if *open != class && !text.trim().is_empty() {
        if !open.is_empty() {
            out.push_str("</span>");
        }
        if !class.is_empty() {
            out.push_str("<span class=\"");
            out.push_str(class);
            out.push_str("\">");
        }
        *open = class;
    }
    escape_text(text, out);
}

#[cfg(test)]
mod tests {
    use super::{html, within};
    use std::time::Duration;

    #[test]
    fn work_without_end_is_left() {
        let forever = || -> u8 {
            loop {
                std::thread::sleep(Duration::from_millis(50));
            }
        };
        assert_eq!((within(Duration::from_millis(20), forever), within(Duration::from_secs(9), || 1)), (None, Some(1)));
    }

    #[test]
    fn code_that_begins_an_element_and_a_comment_ends() {
        for language in ["js", "jsx", "ts", "tsx", "html", "vue", "svelte"] {
            let code = "<div\n  /* x */\n/>\n";
            assert!(html(language, code).is_none_or(|made| made.contains("x")), "{language}");
        }
    }

    #[test]
    fn code_has_classes_and_keeps_its_text() {
        assert_eq!(
            html("rust", "// ก\nlet x = \"<a>\";\n").as_deref(),
            Some(
                "<span class=\"hc\">// ก\n</span><span class=\"hk\">let</span> x = <span class=\"hs\">\"&lt;a&gt;\"</span>;\n"
            )
        );
        for language in
            ["toml", "json", "yaml", "sh", "console", "html", "css", "js", "ts", "python", "go", "sql", "diff"]
        {
            assert!(html(language, "x").is_some(), "{language}");
        }
        for language in ["", "text", "no-such-language"] {
            assert_eq!(html(language, "x"), None, "{language}");
        }
        assert_eq!(html("rust", &"x".repeat(2_000)), None);
    }
}
