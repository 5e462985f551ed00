//! Makes an entry of a front matter tree.

use super::foreign;
use super::guarded::{contradicts, decides, holds_back, holds_within, is_held_label, is_slip};
use super::kind_of;
use super::raw::{Data, Key, Node};
use super::toml_node;
use super::typed::Typing;
use crate::diagnostics::{Code, Diagnostic, Severity, nearest_hint};
use crate::model::entry::{Allowance, Body, Entry, Visibility};
use crate::model::ids;
use crate::model::{
    FieldDef, FieldType, KindDef, KindId, Label, Lang, Located, Role, Schema, SectionDef, SourceFile, SourceId, Span,
    Value,
};

/// Keys that every entry has and no schema declares.
pub(crate) const RESERVED: [&str; 16] = [
    "id",
    "kind",
    "title",
    "title_en",
    "summary",
    "names",
    "aliases",
    "visibility",
    "internal_sections",
    "draft",
    "updated",
    "published",
    "tags",
    "illustrative",
    "allow_personal",
    "template",
];

/// Whether every entry has a key of this name, in whatever case.
pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.iter().any(|key| key.eq_ignore_ascii_case(name))
}

/// What is known before the front matter is read.
pub(crate) struct Origin<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// The kind.
    pub kind: KindId,
    /// The file.
    pub source: &'a SourceFile,
    /// Its number.
    pub source_id: SourceId,
    /// Language by file name.
    pub lang: Lang,
    /// The main language of the portal.
    pub main: Lang,
    /// Id by file name.
    pub id: String,
    /// Address where it does not follow from kind and id (plain pages).
    pub address: Option<String>,
    /// The body's range.
    pub body: Option<Span>,
}

/// Reads the reserved keys and the fields of the kind.
pub(crate) fn build(origin: &Origin<'_>, front: &Node) -> (Entry, Vec<Diagnostic>) {
    let kind = &origin.schema.kinds[origin.kind];
    let mut entry = blank(origin, kind, front.span);
    let mut typing = Typing {
        schema: origin.schema,
        source: origin.source,
        source_id: origin.source_id,
        buddhist: origin.main == Lang::TH,
        diagnostics: Vec::new(),
    };
    let said = said(origin, front);
    let Data::Map(pairs) = &front.data else {
        return (entry, typing.diagnostics);
    };
    for (key, node) in pairs {
        if said.is_none() && RESERVED.contains(&key.name.as_str()) && holds_within(node) {
            hides_nothing(&mut entry, &mut typing, key, said);
        }
        let draft = entry.draft;
        if kind.plain && kind.field_index(&key.name).is_none() && foreign::take(&mut entry, key, node, SUMMARY_CHARS) {
            if entry.draft && !draft {
                held_by_another_key(&mut typing, key);
            }
            continue;
        }
        let before = typing.diagnostics.len();
        if RESERVED.contains(&key.name.as_str()) {
            entry.keys.push((key.name.clone(), node.span));
            reserved(&mut entry, &mut typing, &key.name, node, said.is_some());
        } else if let Some(field) = kind.field_named(&key.name) {
            let def = &kind.fields[field];
            if def.id != key.name {
                if front.get(&def.id).is_some() {
                    let (th, en) = (
                        format!("“{}” คือชื่อเดิมของ “{}” ซึ่งเขียนไว้แล้ว", key.name, def.id),
                        format!("`{}` is the former name of `{}`, which is given as well", key.name, def.id),
                    );
                    typing.report(Code::RepeatedKey, key.span, th, en, None);
                    continue;
                }
                typing.former(key.span, &key.name, &def.id);
            }
            entry.keys.push((def.id.clone(), node.span));
            entry.fields[field] = typing.field(def, node);
        } else {
            unknown(&mut entry, &mut typing, (kind, said), key, node);
        }
        if kind.plain && !foreign::decides(&key.name) {
            foreign::tolerate(&mut typing.diagnostics[before..]);
        }
    }
    for (field, slot) in kind.fields.iter().zip(&mut entry.fields) {
        if slot.is_none()
            && let Some(default) = &field.default
        {
            *slot = typing.field(field, &toml_node::literal(default, entry.span));
        }
    }
    let value = |role| kind.role_index(role).and_then(|f| entry.value(f));
    let sample = value(Role::Sample).is_some_and(|value| *value != Value::Bool(false));
    // The day of an internal field is no day that feeds and pages may tell.
    let told = kind.role(Role::Updated).is_some_and(|field| field.visibility == Visibility::Public);
    let updated = if let (true, Some(Value::Date(day))) = (told, value(Role::Updated)) { Some(*day) } else { None };
    entry.illustrative |= sample;
    entry.updated = entry.updated.or(updated);
    if !ids::is_id(&entry.id) && origin.address.is_none() {
        let (th, en) = (format!("รหัส “{}” ใช้ไม่ได้", entry.id), format!("`{}` cannot be an id", entry.id));
        let suggestion = ids::suggested(&entry.id);
        let hint = crate::model::Label::new(format!("ลองใช้ “{suggestion}”"), format!("try `{suggestion}`"));
        typing.report(Code::BadId, entry.key_span("id"), th, en, Some(hint));
        entry.id = suggestion.as_str().into();
    }
    if origin.address.is_none() {
        entry.address = kind.address(&entry.id);
    }
    if ids::is_internal_path(&origin.source.path) {
        entry.visibility = Visibility::Internal;
    }
    (entry, typing.diagnostics)
}

fn blank(origin: &Origin<'_>, kind: &KindDef, span: Span) -> Entry {
    Entry {
        id: origin.id.as_str().into(),
        kind: origin.kind,
        lang: origin.lang,
        main: origin.lang == origin.main,
        title: String::new(),
        title_en: String::new(),
        sort_key: Vec::new(),
        summary: String::new(),
        names: Vec::new(),
        aliases: Vec::new(),
        menu: String::new(),
        weight: None,
        tags: Vec::new(),
        visibility: kind.visibility,
        internal_sections: Vec::new(),
        draft: false,
        illustrative: false,
        updated: None,
        published: None,
        allow_personal: None,
        fields: vec![None; kind.fields.len()],
        address: origin.address.clone().unwrap_or_default(),
        source: origin.source_id,
        span: Span { start: span.start, end: span.start },
        keys: Vec::new(),
        body: origin.body.map(|span| Body { source: origin.source_id, span }),
        typed: !kind.plain,
        row_of: None,
    }
}

/// Who may see the page where it says so itself: keys, labels and lines that others would take for it decide nothing then.
pub(super) fn said(origin: &Origin<'_>, front: &Node) -> Option<Visibility> {
    let text = |key: &str| front.get(key).and_then(Node::text);
    let hidden = text("draft") == Some("true")
        || is_visibility(text("visibility"), "internal")
        || origin.schema.kinds[origin.kind].visibility == Visibility::Internal
        || ids::is_internal_path(&origin.source.path);
    let shown = is_visibility(text("visibility"), "public");
    if hidden { Some(Visibility::Internal) } else { shown.then_some(Visibility::Public) }
}

/// Whether a value of `visibility` is a word, in whatever case.
pub(super) fn is_visibility(said: Option<&str>, word: &str) -> bool {
    said.is_some_and(|said| said.trim().eq_ignore_ascii_case(word))
}

fn reserved(entry: &mut Entry, typing: &mut Typing<'_>, key: &str, node: &Node, decided: bool) {
    let mut read = |ty: FieldType, many: bool| -> Option<Value> {
        let field = FieldDef { id: key.to_string(), ty, many, ..FieldDef::default() };
        typing.field(&field, node).map(|l| l.value)
    };
    let one = |value: Option<Value>| match value {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    };
    let list = |value: Option<Value>| match value {
        Some(Value::List(items)) => items,
        _ => Vec::new(),
    };
    let texts = |items: Vec<Located>| items.into_iter().filter_map(|i| i.value.key()).collect::<Vec<_>>();
    match key {
        "title" => entry.title = one(read(FieldType::Text, false)),
        "title_en" => entry.title_en = one(read(FieldType::Text, false)),
        "summary" => entry.summary = one(read(FieldType::Text, false)),
        "names" => entry.names = texts(list(read(FieldType::Text, true))),
        "tags" => {
            entry.tags = texts(list(read(FieldType::Text, true)));
            // `tags: draft plan` is one tag here, and two elsewhere.
            let held = !decided && holds_back("tags", node);
            let label = || entry.tags.iter().map(String::as_str).find(|tag| is_held_label("tags", tag));
            if let Some(tag) = held.then(|| label().or(node.text())).flatten() {
                entry.visibility = Visibility::Internal;
                let (th, en) =
                    (format!("แท็ก “{tag}” ไม่ซ่อนหน้า"), format!("the tag `{tag}` does not hold the page back"));
                let hint = crate::model::Label::new(
                    "เขียน visibility = \"internal\" หรือ draft = true แทน ถ้าเผยแพร่ได้ ใช้คำอื่น",
                    "write visibility = \"internal\" or draft = true instead; if it is public, use another word",
                );
                typing.report(Code::BadVisibility, node.span, th, en, Some(hint));
            }
        }
        "internal_sections" => {
            entry.internal_sections = texts(list(read(FieldType::Text, true)));
            // Each is compared with each heading.
            let most = SectionDef::MOST_INTERNAL;
            if entry.internal_sections.len() > most {
                entry.internal_sections.clear();
                entry.visibility = Visibility::Internal;
                let th = format!("internal_sections มีเกิน {most} ชื่อ จึงไม่เผยแพร่หน้านี้");
                let en = format!("more than {most} `internal_sections`: the page is not published");
                typing.report(Code::BadVisibility, node.span, th, en, None);
            }
        }
        "aliases" => entry.aliases = list(read(FieldType::Text, true)),
        "draft" => {
            // What cannot be understood is left out: the safe side.
            entry.draft = read(FieldType::Bool, false) != Some(Value::Bool(false));
            if node.is_null() {
                let (th, en) = ("draft ไม่มีค่า เขียน true หรือ false", "`draft` has no value; write true or false");
                typing.report(Code::WrongType, node.span, th, en, None);
            }
        }
        "illustrative" => entry.illustrative = read(FieldType::Bool, false) == Some(Value::Bool(true)),
        "updated" | "published" => {
            if let Some(Value::Date(date)) = read(FieldType::Date, false) {
                let slot = if key == "updated" { &mut entry.updated } else { &mut entry.published };
                *slot = Some(date);
            }
        }
        "id" => {
            if let Some(id) = node.text() {
                entry.id = id.trim().into();
            }
        }
        "visibility" => match node.text() {
            said if is_visibility(said, "public") => entry.visibility = Visibility::Public,
            said if is_visibility(said, "internal") => entry.visibility = Visibility::Internal,
            other => {
                // What cannot be understood is kept in: the safe side.
                entry.visibility = Visibility::Internal;
                let hint = nearest_hint(other.unwrap_or(""), ["public", "internal"]);
                let (th, en) = ("visibility ต้องเป็น public หรือ internal", "visibility is public or internal");
                typing.report(Code::BadVisibility, node.span, th, en, hint);
            }
        },
        "allow_personal" => {
            const KEYS: [&str; 4] = ["reason", "by", "date", "codes"];
            // A misspelt `codes` would allow everything, and an `until` nothing knows of for ever.
            if let Data::Map(pairs) = &node.data
                && let Some((key, _)) = pairs.iter().find(|(key, _)| !KEYS.contains(&key.name.as_str()))
            {
                let name = &key.name;
                let (th, en) = (
                    format!("allow_personal ไม่มีคีย์ “{name}” จึงไม่อนุญาต"),
                    format!("allow_personal has no key `{name}`: nothing is allowed"),
                );
                return typing.report(Code::BadAllowance, key.span, th, en, nearest_hint(name, KEYS));
            }
            let reason = node.get("reason").and_then(Node::text).unwrap_or("").trim().to_string();
            let codes = match node.get("codes").map(|n| &n.data) {
                None => Some(Vec::new()),
                Some(Data::List(items)) => items.iter().map(|item| item.text().map(str::to_string)).collect(),
                Some(_) => node.get("codes").and_then(Node::text).map(|code| vec![code.to_string()]),
            };
            // Codes that say nothing would allow everything.
            let codes = codes.filter(|codes| node.get("codes").is_none() || !codes.is_empty());
            let Some(codes) = codes else {
                let (th, en) =
                    ("codes ของ allow_personal ต้องเป็นรายการรหัส", "codes of allow_personal is a list of codes");
                let hint =
                    Label::new("เขียน codes = [\"S602\"] หรือลบบรรทัดออก", "write codes = [\"S602\"], or delete the line");
                typing.report(Code::BadAllowance, node.span, th, en, Some(hint));
                return;
            };
            if reason.is_empty() {
                let (th, en) = ("allow_personal ต้องมี reason", "allow_personal needs a reason");
                typing.report(Code::BadAllowance, node.span, th, en, None);
            } else {
                let by = node.get("by").and_then(Node::text).unwrap_or("").trim().to_string();
                let day = FieldDef { id: "date".to_string(), ty: FieldType::Date, ..FieldDef::default() };
                let date = node.get("date").and_then(|node| typing.field(&day, node));
                let date = date.and_then(|l| if let Value::Date(date) = l.value { Some(date) } else { None });
                if by.is_empty() || date.is_none() {
                    let (th, en) = (
                        "allow_personal ควรบอก by (ตำแหน่งผู้อนุญาต) และ date (วันที่อนุญาต)",
                        "allow_personal should say by (role of who allowed it) and date",
                    );
                    typing.report(Code::BadAllowance, node.span, th, en, None);
                    if let Some(last) = typing.diagnostics.last_mut() {
                        last.severity = Severity::Warning;
                    }
                }
                entry.allow_personal = Some(Allowance { reason, by, date, codes });
            }
        }
        _ => {}
    }
    if key == "summary" && entry.summary.chars().count() > SUMMARY_CHARS {
        let count = entry.summary.chars().count();
        let (th, en) = (
            format!("สรุปมี {count} อักขระ ใช้ได้ไม่เกิน {SUMMARY_CHARS}"),
            format!("the summary has {count} characters, at most {SUMMARY_CHARS} are allowed"),
        );
        typing.report(Code::BadLength, node.span, th, en, None);
    }
}

/// Greatest length of a summary in characters.
pub(crate) const SUMMARY_CHARS: usize = 200;

/// What to write where a key of another program holds a page back.
const DOUBT: (&str, &str) = (
    "เขียน draft = true หรือ visibility = \"internal\" ถ้าเผยแพร่ได้ เขียน visibility = \"public\"",
    "write draft = true or visibility = \"internal\"; if it may be published, write visibility = \"public\"",
);
/// The same on a page that says who may see it.
const AGAINST: (&str, &str) = (
    "ลบช่องนี้ หรือเขียน draft = true หรือ visibility = \"internal\" ให้ตรงกัน",
    "delete it, or write draft = true or visibility = \"internal\" to agree with it",
);

/// What to do with a key of another program that would hold the page back and is denied.
const SAYS_NOTHING: (&str, &str) = (
    "ลบช่องนี้ หน้านี้เผยแพร่อยู่แล้ว หน้าที่ยังไม่เผยแพร่ เขียน draft = true หรือ visibility = \"internal\"",
    "delete it: the page is published without it; draft = true or visibility = \"internal\" holds a page back",
);

fn unknown(
    entry: &mut Entry,
    typing: &mut Typing<'_>,
    (kind, said): (&KindDef, Option<Visibility>),
    key: &Key,
    node: &Node,
) {
    let name = &key.name;
    let doubt = match said {
        None => true,
        Some(Visibility::Internal) => is_slip(name),
        Some(Visibility::Public) => is_slip(name) || contradicts(name, node),
    };
    if doubt && (holds_back(name, node) || kind_of::says_internal(typing.schema, name, node)) {
        return hides_nothing(entry, typing, key, said);
    }
    // `hidden: false` of another program says what is so anyway.
    let denies = decides(name) && !is_slip(name) && !holds_back(name, node);
    let known = kind.fields.iter().map(|f| f.id.as_str()).chain(RESERVED);
    let hint = if denies { Some(Label::new(SAYS_NOTHING.0, SAYS_NOTHING.1)) } else { nearest_hint(name, known) };
    let (th, en) =
        (format!("ชนิด “{}” ไม่มีช่อง “{name}”", kind.label.th), format!("kind `{}` has no field `{name}`", kind.id));
    typing.report(Code::UnknownField, key.span, th, en, hint);
    if (kind.plain || denies)
        && let Some(last) = typing.diagnostics.last_mut()
    {
        last.severity = Severity::Warning;
    }
}

/// A key that its author took for one that hides the page.
fn hides_nothing(entry: &mut Entry, typing: &mut Typing<'_>, key: &Key, said: Option<Visibility>) {
    let name = &key.name;
    entry.visibility = Visibility::Internal;
    let (th, en) = (
        format!("“{name}” บอกว่าหน้านี้ไม่ใช่สำหรับทุกคน แต่ไม่ซ่อนอะไร จึงไม่เผยแพร่หน้านี้"),
        format!("`{name}` says that the page is not for everybody and hides nothing: the page is not published"),
    );
    let (hint_th, hint_en) = if said == Some(Visibility::Public) { AGAINST } else { DOUBT };
    let hint = crate::model::Label::new(hint_th, hint_en);
    typing.report(Code::BadVisibility, key.span, th, en, Some(hint));
}

/// A key of another program makes the page a draft: that is told, so that nobody looks for it.
fn held_by_another_key(typing: &mut Typing<'_>, key: &Key) {
    let (th, en) = (
        format!("“{}” ทำให้หน้านี้เป็นฉบับร่าง จึงไม่เผยแพร่", key.name),
        format!("`{}` makes this page a draft: it is not published", key.name),
    );
    let hint = crate::model::Label::new("เขียน draft: true ให้ชัด", "write draft: true to say so plainly");
    typing.report(Code::UnknownField, key.span, th, en, Some(hint));
    if let Some(last) = typing.diagnostics.last_mut() {
        last.severity = Severity::Note;
    }
}
