//! What templates ask of every text and every record, as functions of the program: a sheet calls them some thousand times, and
//! the typesetter remembers each call of a function that is written in a template, with all that it was given.
//!
//! * `t(text, max: 64)`: the text as it is shown. The weaker line ends, inside protected words and between words that belong
//!   together, count only where a piece is longer than `max` letters.
//! * `bare(text)`: the text without its marks. `letters(text)`: how many letters it then has, a letter with its marks as one.
//! * `longest(texts, n, of: "pieces")`: the `n` longest pieces between line ends, or between the weaker ones too (`of:
//!   "weak"`), or the longest of the texts themselves, bare (`of: "texts"`).
//! * `pick(record, ..names)`: what a record holds under the first of several names, or none; what is not present counts as
//!   missing. `cell(record, ..names)`: the same as a text.
//! * `field(e, ..names)`, `section(e, ..names)`: the same in a held entry; `shown(e, ..names)`: the text of a field, or none;
//!   `records(e, ..names)`: the rows of a table.

use std::sync::LazyLock;

use typst::Library;
use typst::comemo::Tracked;
use typst::diag::{SourceResult, bail};
use typst::engine::Engine;
use typst::foundations::{
    Args, Array, CastInfo, Content, Context, Dict, IntoValue, NativeFuncData, NativeFuncPtr, Scope, Str, Value,
};
use typst::introspection::MetadataElem;

use super::lines::{BREAK, JOINER, SOFT_BREAK};

/// Letters after which a piece is split at its weaker line ends, unless a template says otherwise.
const MOST: usize = 64;

/// A function of templates.
macro_rules! function {
    ($name:literal, $docs:literal, $run:ident) => {
        NativeFuncData {
            function: NativeFuncPtr(&$run),
            name: $name,
            title: $name,
            docs: $docs,
            def_site: None,
            keywords: &[],
            contextual: false,
            scope: LazyLock::new(&Scope::new),
            params: LazyLock::new(&|| Vec::new()),
            returns: LazyLock::new(&|| CastInfo::Any),
        }
    };
}

static SHOWN: NativeFuncData = function!("t", "A text with its line ends.", run_shown);
static BARE: NativeFuncData = function!("bare", "A text without marks of line ends.", run_bare);
static LETTERS: NativeFuncData = function!("letters", "How many letters a text has.", run_letters);
static LONGEST: NativeFuncData = function!("longest", "The longest of some texts or of their pieces.", run_longest);

static PICK: NativeFuncData = function!("pick", "What a record holds under the first of several names.", run_pick);
static CELL: NativeFuncData = function!("cell", "What a record holds, as a text.", run_cell);
static FIELD: NativeFuncData = function!("field", "A field of an entry.", run_field);
static SECTION: NativeFuncData = function!("section", "A section of an entry.", run_section);
static TEXT: NativeFuncData = function!("shown", "The text of a field of an entry.", run_text);
static RECORDS: NativeFuncData = function!("records", "The rows of a table of an entry.", run_records);

/// Makes the functions known to all templates.
pub(super) fn define(library: &mut Library) {
    for data in [&SHOWN, &BARE, &LETTERS, &LONGEST, &PICK, &CELL, &FIELD, &SECTION, &TEXT, &RECORDS] {
        library.global.scope_mut().define_func_with_data(data);
    }
}

fn run_shown(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let value = args.expect::<Value>("text")?;
    let max = args.named::<usize>("max")?.unwrap_or(MOST);
    Ok(match &value {
        Value::Str(text) if text.as_str().contains(SOFT_BREAK) => shown(text, max).into_value(),
        _ => value,
    })
}

fn run_bare(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    Ok(bare(&args.expect::<Str>("text")?).into_value())
}

fn run_letters(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    Ok(letters(&bare(&args.expect::<Str>("text")?)).into_value())
}

fn run_longest(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let texts = args.expect::<Array>("texts")?.into_iter().map(Value::cast::<Str>);
    let texts = match texts.collect::<Result<Vec<Str>, _>>() {
        Ok(texts) => texts,
        Err(why) => bail!(args.span, "{}", why.message()),
    };
    let n = args.expect::<usize>("n")?;
    let of = args.named::<Str>("of")?;
    let mut pieces: Vec<String> = match of.as_deref() {
        Some("texts") => texts.iter().map(|text| bare(text)).collect(),
        of => texts.iter().flat_map(|text| pieces(text, of == Some("weak"))).collect(),
    };
    // Which is widest is seen when they are set: the longest come first, equal ones in their order.
    let mut seen = std::collections::HashSet::new();
    pieces.retain(|piece| seen.insert(piece.clone()));
    pieces.sort_by_cached_key(|piece| std::cmp::Reverse(letters(piece)));
    pieces.truncate(n);
    Ok(pieces.into_iter().map(IntoValue::into_value).collect::<Array>().into_value())
}

fn run_pick(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let record = args.expect::<Dict>("record")?;
    Ok(picked(&record, &args.all::<Str>()?).cloned().unwrap_or_default())
}

fn run_cell(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let record = args.expect::<Dict>("record")?;
    Ok(match picked(&record, &args.all::<Str>()?) {
        Some(Value::Dict(cell)) => cell.get("text").cloned().unwrap_or_else(|_| "".into_value()),
        Some(text) => text.clone(),
        None => "".into_value(),
    })
}

fn run_field(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    within(args, "fields", Value::clone)
}

fn run_section(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    within(args, "sections", Value::clone)
}

fn run_text(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    within(args, "fields", |field| match field {
        Value::Dict(field) => field.get("text").ok().filter(|text| !is_empty(text)).cloned().unwrap_or_default(),
        _ => Value::None,
    })
}

fn run_records(_: &mut Engine, _: Tracked<Context>, args: &mut Args) -> SourceResult<Value> {
    let found = within(args, "fields", |field| match field {
        Value::Dict(field) => field.get("records").cloned().unwrap_or_default(),
        _ => Value::None,
    })?;
    Ok(if found == Value::None { Array::new().into_value() } else { found })
}

/// What `get` makes of the part of a held entry that the arguments name, or none.
fn within(args: &mut Args, part: &str, get: fn(&Value) -> Value) -> SourceResult<Value> {
    let held = args.expect::<Content>("entry")?;
    let names = args.all::<Str>()?;
    let Some(Value::Dict(entry)) = held.to_packed::<MetadataElem>().map(|held| &held.value) else {
        bail!(args.span, "an entry is held first: hold(job.entry)");
    };
    let Ok(Value::Dict(part)) = entry.get(part) else {
        return Ok(Value::None);
    };
    Ok(picked(part, &names).map(get).unwrap_or_default())
}

/// What is under the first of these names that has something.
fn picked<'a>(record: &'a Dict, names: &[Str]) -> Option<&'a Value> {
    names.iter().filter_map(|name| record.get(name).ok()).find(|value| match value {
        Value::Dict(value) => !matches!(value.get("present"), Ok(Value::Bool(false))),
        value => !is_empty(value),
    })
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::None => true,
        Value::Str(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// The text as it is shown: of its weaker line ends as few as leave no piece longer than `max` letters.
fn shown(text: &str, max: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive([BREAK, ' ']) {
        let body = piece.trim_end_matches([BREAK, ' ']);
        let weak = body.matches(SOFT_BREAK).count();
        // As many characters as letters at least: most pieces are short by either count.
        if weak == 0 || body.chars().count() < max + weak + 1 || letters(body) < max + weak + 1 {
            out.extend(piece.chars().filter(|c| *c != SOFT_BREAK));
            continue;
        }
        let parts: Vec<&str> = body.split(SOFT_BREAK).collect();
        let spaced = |part: &&str| part.starts_with('\u{a0}');
        let mut length = 0;
        for (k, part) in parts.iter().enumerate() {
            let n = letters(part);
            // A space inside a name parts it by itself, before a word of it is split: what follows up to the next space is
            // looked at as a whole.
            let whole: usize = if spaced(part) {
                let rest = &parts[k + 1..];
                n + rest.iter().take_while(|part| !spaced(part)).map(|part| letters(part)).sum::<usize>()
            } else {
                n
            };
            if length > 0 && length + whole > max {
                match part.strip_prefix('\u{a0}') {
                    Some(rest) => out.extend([" ", rest]),
                    None => {
                        out.push(BREAK);
                        out.push_str(part);
                    }
                }
                length = n;
            } else {
                out.push_str(part);
                length += n;
            }
        }
        out.push_str(&piece[body.len()..]);
    }
    out
}

fn bare(text: &str) -> String {
    text.replace([SOFT_BREAK, BREAK, JOINER], "")
}

/// Letters, each with its marks.
fn letters(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { Str::from(text).clusters().len() }
}

/// The pieces between which a line may end, in a narrow column (`weak`) inside protected words too.
fn pieces(text: &str, weak: bool) -> Vec<String> {
    let is_end = |c: char| matches!(c, BREAK | ' ' | '\n') || (weak && c == SOFT_BREAK);
    let mut out = Vec::new();
    for piece in text.split(is_end) {
        let piece = if weak { piece.trim_start_matches('\u{a0}') } else { piece };
        let piece = piece.replace(SOFT_BREAK, "");
        if !piece.is_empty() {
            out.push(piece);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` for a line end, `~` for a weaker one.
    fn marked(text: &str) -> String {
        text.replace('|', "\u{200b}").replace('~', "\u{e000}").replace('_', "\u{a0}")
    }

    fn plain(text: &str) -> String {
        text.replace('\u{200b}', "|").replace('\u{e000}', "~").replace('\u{a0}', "_")
    }

    #[test]
    fn weak_line_ends_count_only_in_pieces_that_are_too_long() {
        let text = marked("ของ|ผู้~เรียน ชั้น|โรงเรียน~บ้าน~หนองแวง|แล้ว");
        assert_eq!(plain(&shown(&text, 64)), "ของ|ผู้เรียน ชั้น|โรงเรียนบ้านหนองแวง|แล้ว");
        // As few as leave no part longer than that many letters; the first piece is short enough.
        assert_eq!(plain(&shown(&text, 9)), "ของ|ผู้เรียน ชั้น|โรงเรียน|บ้าน|หนองแวง|แล้ว");
        assert_eq!(plain(&shown(&text, 12)), "ของ|ผู้เรียน ชั้น|โรงเรียนบ้าน|หนองแวง|แล้ว");
        assert_eq!(plain(&shown(&marked("IQA~_AWARD"), 4)), "IQA AWARD");
        // A name ends a line at its space, before one of its words is split.
        let name = marked("โรงเรียน~บ้าน~ฝั่งแดง~_(พระเทพ~วรมนู~อุปถัมภ์)");
        assert_eq!(plain(&shown(&name, 20)), "โรงเรียนบ้านฝั่งแดง (พระเทพวรมนูอุปถัมภ์)");
        assert_eq!(plain(&shown(&name, 14)), "โรงเรียนบ้าน|ฝั่งแดง (พระเทพวรมนู|อุปถัมภ์)");
    }

    #[test]
    fn pieces_letters_and_bare_texts() {
        let text = marked("ที่~ดี|IQA~_AWARD ก");
        assert_eq!(pieces(&text, false).iter().map(|p| plain(p)).collect::<Vec<_>>(), ["ที่ดี", "IQA_AWARD", "ก"]);
        assert_eq!(pieces(&text, true), ["ที่", "ดี", "IQA", "AWARD", "ก"]);
        assert_eq!(letters("ที่น้ำ"), 2);
        assert_eq!(bare("ก\u{2060}\u{200b}ข\u{e000}"), "กข");
    }
}
