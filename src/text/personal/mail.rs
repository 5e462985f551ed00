//! Private mail addresses: by their providers.

use super::find::{Class, Match};
use super::normal::Normal;
use crate::text::pattern::constant;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// Mail providers for private persons: the name before the public suffix.
const PROVIDERS: [&str; 44] = [
    "gmail",
    "googlemail",
    "hotmail",
    "outlook",
    "live",
    "yahoo",
    "ymail",
    "rocketmail",
    "icloud",
    "me",
    "mac",
    "aol",
    "msn",
    "proton",
    "protonmail",
    "pm",
    "gmx",
    "mail",
    "zoho",
    "zohomail",
    "yandex",
    "qq",
    "163",
    "126",
    "naver",
    "hanmail",
    "daum",
    "windowslive",
    "thaimail",
    "chaiyo",
    "sanook",
    "tuta",
    "tutanota",
    "tutamail",
    "fastmail",
    "hey",
    "inbox",
    "rediffmail",
    "passport",
    "truemail",
    "loxinfo",
    "csloxinfo",
    "hotmai",
    "gmai",
];
/// Providers that people name without the rest of the address.
const SPOKEN: &str = "gmail|hotmail|outlook|yahoo|icloud|ymail|protonmail|windowslive";
/// Endings of offices, schools and examples: what is before is no private address.
const OFFICIAL: [&str; 16] = [
    ".go.th",
    ".ac.th",
    ".or.th",
    ".mi.th",
    ".co.th",
    ".net.th",
    ".edu",
    ".gov",
    ".org",
    ".int",
    ".example",
    ".test",
    ".invalid",
    ".local",
    "example.com",
    "example.net",
];
/// Names of desks, programs and placeholders, not of people.
const DESKS: [&str; 44] = [
    "info",
    "contact",
    "admin",
    "office",
    "saraban",
    "support",
    "sales",
    "webmaster",
    "pr",
    "help",
    "helpdesk",
    "noreply",
    "no-reply",
    "service",
    "postmaster",
    "abuse",
    "security",
    "press",
    "media",
    "hr",
    "git",
    "hello",
    "team",
    "library",
    "registrar",
    "academic",
    "name",
    "your.name",
    "yourname",
    "user",
    "username",
    "email",
    "example",
    "someone",
    "test",
    "firstname.lastname",
    "xxx",
    "xxxx",
    "first.last",
    "your_name",
    "mail",
    "feedback",
    "editor",
    "data",
];

static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| constant(r"([a-z0-9][a-z0-9._%+'-]{0,63})@((?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}[a-z]{2,12})"));
/// What stands for the sign and for a point.
const AT: &str = r"[(\[{][ ]?(?:at|a|@|แอท|แอ็ท|แอต|แอด|เอท|ที่)[ ]?[)\]}]";
const SAID: &str = "(?:แอท|แอ็ท|แอต|แอด|เอท)";
const DOT: &str = r"(?:[ \n]{0,2}(?:\.|[(\[{][ ]?(?:dot|จุด|ดอท|\.)[ ]?[)\]}]|ดอท|ดอต|จุด)[ \n]{0,2}|[ ]dot[ ])";
/// Addresses that are written so that programs do not see them.
static VEILED: LazyLock<Regex> = LazyLock::new(|| {
    let known = PROVIDERS.join("|");
    constant(&format!(
        r"([a-z0-9][a-z0-9._%+-]{{1,63}})(?:[ \n]{{0,2}}(?:@|{AT}|{SAID}|_at_)[ \n]{{0,2}}|(?P<word>[ ](?:at|ที่)[ ]))(?:{SPOKEN}|จีเมล|ฮอตเมล|(?:{known}){DOT}(?:com|co|net|me|ch|th))(?P<dotted>{DOT}(?:com|co{DOT}th|co{DOT}uk|net|th))?"
    ))
});
/// The sign in brackets, of any host.
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
    constant(&format!(
        r"([a-z0-9][a-z0-9._%+-]{{1,63}})[ ]{{0,2}}{AT}[ ]{{0,2}}(?P<host>[a-z0-9][a-z0-9-]{{0,40}}(?:{DOT}[a-z0-9-]{{2,20}}){{1,3}})"
    ))
});
/// Adds the matches; ranges are bytes of the normal form.
pub(super) fn find(normal: &Normal, finds: &mut Vec<Match>) {
    let text = normal.text.as_str();
    let mut add = |range, certain| finds.push(Match { class: Class::Mail, range, certain });
    let bracketed =
        ['(', '[', '{'].iter().any(|open| text.match_indices(*open).any(|(at, _)| is_sign(&text[at + 1..])));
    if bracketed {
        for found in BRACKETED.captures_iter(text) {
            let (Some(whole), Some(local), Some(host)) = (found.get(0), found.get(1), found.name("host")) else {
                continue;
            };
            if is_private(local.as_str(), &spelled(host.as_str())) {
                add(whole.range(), false);
            }
        }
    }
    if text.contains('@')
        || text.contains("mail")
        || text.contains("เมล")
        || text.contains("yahoo")
        || text.contains("outlook")
        || text.contains("icloud")
        || text.contains("live")
        || bracketed
    {
        for found in ADDRESS.captures_iter(text) {
            let (Some(whole), Some(local), Some(host)) = (found.get(0), found.get(1), found.get(2)) else { continue };
            // A handle of a network (`@name@host`) and a picture for fine screens (`logo@2x.png`) are no addresses.
            let other = text[..local.start()].ends_with('@')
                || ["2x.", "3x.", "4x."].iter().any(|size| host.as_str().starts_with(size));
            if !other && is_private(local.as_str(), host.as_str()) {
                add(whole.range(), is_known(host.as_str()));
            }
        }
        for found in VEILED.captures_iter(text) {
            let (Some(whole), Some(local)) = (found.get(0), found.get(1)) else { continue };
            let goes_on = text[whole.end()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
            let prose = found.name("word").is_some() && is_prose(text, local.range(), whole.end(), &found);
            if !goes_on && !prose && !is_desk(local.as_str()) && whole.as_str().len() > local.len() + 1 {
                add(whole.range(), false);
            }
        }
    }
}

/// Whether "at" is the word of a sentence: `look at gmail.com for details`. A name has a sign or a digit in it, or a word for
/// mail before it, or stands among Thai.
fn is_prose(text: &str, local: Range<usize>, end: usize, found: &Captures<'_>) -> bool {
    let name = &text[local.clone()];
    if found.name("dotted").is_some_and(|dot| !dot.as_str().starts_with('.'))
        || name.contains(|c: char| !c.is_ascii_alphabetic())
    {
        return false;
    }
    let before = &text[text.floor_char_boundary(local.start.saturating_sub(90))..local.start];
    let line = before.rsplit('\n').next().unwrap_or("").trim_end();
    let asked =
        ["mail", "เมล", " to"].iter().any(|word| line.ends_with(word) || line.trim_end_matches(':').ends_with(word));
    let latin_before = line.ends_with(|c: char| c.is_ascii_alphabetic());
    let latin_behind = text[end..].trim_start().starts_with(|c: char| c.is_ascii_alphabetic());
    let thai = found.name("word").is_some_and(|word| word.as_str() == " ที่ ");
    !asked && (latin_before || latin_behind || thai || found.name("dotted").is_none() && !found[0].contains('.'))
}

/// Whether a bracket holds what stands for the sign.
fn is_sign(inside: &str) -> bool {
    ["a", "@", "แอ", "เอ", "ที่"].iter().any(|word| inside.trim_start_matches(' ').starts_with(word))
}

/// A host whose points are written as words.
fn spelled(host: &str) -> String {
    static DOTS: LazyLock<Regex> = LazyLock::new(|| constant(DOT));
    DOTS.replace_all(host, ".").into_owned()
}

/// Whether an address is that of a provider for everybody.
fn is_known(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let reserved = OFFICIAL.iter().filter(|end| !end.ends_with("th")).any(|end| host.ends_with(end));
    match labels.as_slice() {
        _ if reserved => false,
        [.., name, "co" | "com" | "ac" | "or" | "net", tld] if tld.len() == 2 => PROVIDERS.contains(name),
        [.., name, _] => PROVIDERS.contains(name),
        _ => false,
    }
}

fn is_desk(local: &str) -> bool {
    DESKS.contains(&local) || local.bytes().all(|b| matches!(b, b'x' | b'.' | b'_' | b'-'))
}

fn is_private(local: &str, host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    if is_known(host) {
        return !matches!(
            local,
            "example" | "name" | "your.name" | "yourname" | "user" | "username" | "email" | "someone" | "your_name"
        ) && !local.bytes().all(|b| matches!(b, b'x' | b'.' | b'_' | b'-'));
    }
    let official = OFFICIAL.iter().any(|end| host.ends_with(end));
    !official && !is_desk(local) && !["github", "gitlab", "users", "noreply", "line"].iter().any(|w| labels.contains(w))
}
