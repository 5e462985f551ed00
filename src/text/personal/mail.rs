//! Private mail addresses: by their providers.

use super::find::{Class, Match};
use super::normal::Normal;
use crate::text::pattern::constant;
use regex::Regex;
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
/// Addresses that are written so that programs do not see them.
static VEILED: LazyLock<Regex> = LazyLock::new(|| {
    let at = r"(?:[ \n]{0,2}(?:@|[(\[{][ ]?(?:at|a|@|แอท|แอ็ท|แอต)[ ]?[)\]}]|แอท|แอ็ท|แอต)[ \n]{0,2}|[ ]at[ ])";
    let dot = r"(?:[ \n]{0,2}(?:\.|[(\[{][ ]?(?:dot|จุด|ดอท|\.)[ ]?[)\]}]|ดอท|ดอต|จุด)[ \n]{0,2}|[ ]dot[ ])";
    constant(&format!(
        r"([a-z0-9][a-z0-9._%+-]{{1,63}}){at}(?:{SPOKEN}|จีเมล|ฮอตเมล)(?:{dot}(?:com|co{dot}th|co{dot}uk|net))?"
    ))
});
/// Adds the matches; ranges are bytes of the normal form.
pub(super) fn find(normal: &Normal, finds: &mut Vec<Match>) {
    let text = normal.text.as_str();
    let mut add = |class, range| finds.push(Match { class, range, certain: true });
    if text.contains('@')
        || text.contains("mail")
        || text.contains("เมล")
        || text.contains("yahoo")
        || text.contains("outlook")
    {
        for found in ADDRESS.captures_iter(text) {
            let (Some(whole), Some(local), Some(host)) = (found.get(0), found.get(1), found.get(2)) else { continue };
            if is_private(local.as_str(), host.as_str()) {
                add(Class::Mail, whole.range());
            }
        }
        for found in VEILED.captures_iter(text) {
            let (Some(whole), Some(local)) = (found.get(0), found.get(1)) else { continue };
            let goes_on = text[whole.end()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
            if !goes_on && !is_desk(local.as_str()) && whole.as_str().len() > local.len() + 1 {
                add(Class::Mail, whole.range());
            }
        }
    }
}

fn is_desk(local: &str) -> bool {
    DESKS.contains(&local) || local.bytes().all(|b| matches!(b, b'x' | b'.' | b'_' | b'-'))
}

fn is_private(local: &str, host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let known = match labels.as_slice() {
        [.., name, "co" | "com" | "ac" | "or" | "net", tld] if tld.len() == 2 => PROVIDERS.contains(name),
        [.., name, _] => PROVIDERS.contains(name),
        _ => false,
    };
    if known {
        return !matches!(
            local,
            "example" | "name" | "your.name" | "yourname" | "user" | "username" | "email" | "someone" | "your_name"
        ) && !local.bytes().all(|b| matches!(b, b'x' | b'.' | b'_' | b'-'));
    }
    let official = OFFICIAL.iter().any(|end| host.ends_with(end));
    !official && !is_desk(local) && !["github", "gitlab", "users", "noreply", "line"].iter().any(|w| labels.contains(w))
}
