//! Lines of text that give a value to a key that decides what is published, outside front matter or commented out in it.

use super::guarded::{
    STATES, hides, is_guarded, is_held_label, is_hiding, is_invisible, is_label, is_near, is_state, plain, plain_line,
    shows,
};
use super::stamps::says_stamp;
use crate::text::slug::is_letter_or_digit;
use crate::text::stamp::is_stamp;

/// Whether a comment in front matter is a key that would hold the page back: `# draft = true`, `#visibility: internal`.
pub(super) fn is_commented_out(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix('#') else { return false };
    let rest = rest.trim_start_matches(['#', ' ', '\t', '-']);
    let Some(name) = key_of(rest) else { return false };
    let value = rest[rest.find([':', '=', '：', '＝']).unwrap_or(0)..].trim_start_matches(|c| ":=：＝".contains(c));
    // A remark behind the value.
    let value = value.split_once(" #").map_or(value, |(value, _)| value);
    let (name, value) = (plain_line(name), plain_line(value));
    let (said, held) = (super::words::boolean(&value), is_stamp(&value));
    let decides = is_guarded(&name) || hides(&name);
    decides && (said == Some(true) || held)
        || shows(&name) && said == Some(false)
        || STATES.contains(&name.as_str()) && held
}

/// The key of a line `key: value` or `key = value`.
pub(super) fn key_of(line: &str) -> Option<&str> {
    let at = line.find([':', '=', '：', '＝'])?;
    let name =
        line[..at].trim_matches(|c: char| c.is_whitespace() || is_invisible(c) || matches!(c, '"' | '\'' | '*' | '`'));
    let letter =
        |c: char| c.is_alphanumeric() || c == '_' || c == '-' || is_invisible(c) || crate::text::chars::is_mark(c);
    let address = line[at..].starts_with("://");
    (!name.is_empty() && !address && name.len() <= 120 && name.chars().all(letter)).then_some(name)
}

/// Whether a line of text gives a value to a key that decides what is published. The first line of a page may hold
/// several keys: `{ title: …, draft: true }`. In a list of several words (`of_words`) one may explain another.
pub(super) fn guarded_line(line: &str, first: bool, of_words: bool) -> bool {
    if let Some((name, value)) = meta(line) {
        return holds(&format!("{name}: {value}"), false);
    }
    let is_listed = of_words && is_listed(line);
    // Keys of other programs: `#draft: true`, `#+draft: true`, `:draft: true`, `.. draft: true`, `1. draft: true`.
    let hash = line.strip_prefix('#').filter(|rest| !rest.starts_with([' ', '#'])).unwrap_or(line);
    let count = hash.trim_start_matches(|c: char| c.is_ascii_digit());
    let line = if count.starts_with(['.', ')']) { count } else { hash };
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || ">*-_+|{[(<!;%/`\"'.:)".contains(c));
    let held = || first && line.split(['{', ',', ';']).any(|piece| holds(piece, is_listed));
    holds(line, is_listed) || held() || is_pair(line, is_listed) || !is_listed && names_sections(line)
}

/// Whether a line is the key that names internal sections, with a list of them or with one below it.
fn names_sections(line: &str) -> bool {
    let Some((name, value)) = line.split_once([':', '=']) else { return false };
    let (name, value) = (name.trim(), value.trim());
    plain_line(name) == "internalsections"
        && (value.starts_with('[') && value.ends_with(']') || value.is_empty() && name.contains('_'))
}

/// Whether a line is an item of a list, a row of a table or a definition: of such words may be explained.
pub(super) fn is_listed(line: &str) -> bool {
    let count = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_item = ["- ", "* ", "+ ", ": "].iter().any(|mark| line.starts_with(mark));
    is_item || count.len() < line.len() && count.starts_with(['.', ')']) || line.contains('|')
}

/// Whether a value says in the letters of another language what its key says: `draft | ร่าง` explains a word.
fn is_translation(name: &str, value: &str) -> bool {
    let thai = |text: &str| text.chars().any(crate::text::chars::is_thai);
    // Who sees a page, or with which number, is no meaning of the word.
    let tells =
        value.contains(|c: char| c.is_numeric()) || ["เท่านั้น", "only", "เฉพาะ"].iter().any(|word| value.contains(word));
    let of_showing = !name.starts_with("visib") || ["มองเห็น", "เผยแพร่", "แสดง"].iter().any(|word| value.contains(word));
    thai(name) != thai(value) && super::words::boolean(value).is_none() && !tells && of_showing
}

/// The name and the content of a `<meta>` element.
fn meta(line: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 200;
    let inside = line.strip_prefix("<meta ").filter(|_| line.len() <= LONGEST)?;
    let value = |name: &str| {
        let rest = inside.split_once(name)?.1.strip_prefix('=')?;
        Some(rest.trim_start_matches(['"', '\'']).split(['"', '\'', '>', ' ', '/']).next().unwrap_or(""))
    };
    Some((value("name")?, value("content")?))
}

/// Whether a line is a key that decides what is published and its value, with whatever signs between them:
/// `@visibility internal`, `\visibility{internal}`, `visibility → internal`, `<draft>true</draft>`.
fn is_pair(line: &str, is_listed: bool) -> bool {
    const LONGEST: usize = 80;
    if line.len() > LONGEST {
        return false;
    }
    let of_word = |c: char| is_letter_or_digit(c) || crate::text::chars::is_mark(c) || is_invisible(c) || c == '_';
    let mut words = line.split(|c| !of_word(c)).map(plain).filter(|word| !word.is_empty());
    let (Some(name), Some(value)) = (words.next(), words.next()) else { return false };
    // A tag has its name at both ends.
    let rest = words.next();
    let held = is_stamp(&value);
    let said = matches!(value.as_str(), "true" | "yes" | "on" | "ใช่");
    let is_draft = matches!(name.as_str(), "ร่าง" | "ฉบับร่าง") || is_near(&name) && name.starts_with('d');
    let held = held && !(is_listed && is_draft && is_translation(&name, &value));
    let decides = is_near(&name) || is_draft;
    let tells = matches!(name.as_str(), "access" | "การมองเห็น" | "การเผยแพร่") || name.starts_with("ชั้นความลับ");
    (rest.is_none() || rest.is_some_and(|rest| rest == name) && words.next().is_none())
        && (decides && (held || said)
            || tells && held
            || matches!(name.as_str(), "published" | "public") && matches!(value.as_str(), "false" | "no" | "ไม่"))
}

/// Whether a piece of a line gives a value to a key that decides what is published, or to one of the state of a page a
/// value that holds it back; a row of a table may do so too.
fn holds(piece: &str, is_listed: bool) -> bool {
    let (name, value) = match (key_of(piece), piece.split_once('|')) {
        (Some(name), _) => (
            name,
            piece[piece.find([':', '=', '：', '＝']).unwrap_or(0)..].trim_start_matches(|c| ":=：＝".contains(c)),
        ),
        (None, Some((name, value))) => (name, value),
        _ => return false,
    };
    let written = value;
    let (name, value) = (plain_line(name), plain_line(value.trim_end_matches('|')));
    let answer = super::words::boolean(&value);
    let is_held = is_stamp(&value);
    let hiding = is_hiding(&name) || hides(&name);
    let told = ["publish", "public", "web", "เผยแพร่", "สาธารณะ", "เว็บ"].iter().any(|word| name.contains(word));
    let showing = told && shows(&name) || is_guarded(&name) && !hiding;
    let states = is_state(&name);
    // As it stands in front matter the key says so with one word, whichever.
    let one_word = value.chars().any(char::is_alphabetic) && written.split_whitespace().count() == 1;
    let as_key = key_of(piece).is_some_and(|key| matches!(key, "draft" | "visibility" | "ฉบับร่าง" | "การมองเห็น"));
    // An item `draft: งานที่ยังไม่เสร็จ` explains the word.
    let of_draft = hiding || name.starts_with('d');
    // `visibility: internal, public` tells which values there are.
    let mut values = written.split([',', '/', '|']).map(plain);
    let explained = values.clone().count() > 1 && values.any(|value| matches!(value.as_str(), "public" | "สาธารณะ"))
        || is_listed && (is_translation(&name, &value) && (of_draft || !is_held) || of_draft && !is_held);
    let as_key = as_key && !(explained && answer.is_none()) && !matches!(value.as_str(), "public" | "สาธารณะ");
    (hiding || is_near(&name)) && (answer == Some(true) || is_held && !explained)
        || showing && (answer == Some(false) || is_held && !explained)
        || as_key && one_word && answer != Some(false)
        || states && (is_held || says_stamp(written))
        || is_label(&name) && is_held_label(&name, written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_are_commented_out_are_seen() {
        for line in [
            "# draft = true",
            "#visibility = \"internal\"",
            "## draft: true # till May",
            "# published: false",
            "  # ร่าง: ใช่",
        ] {
            assert!(is_commented_out(line), "{line}");
        }
        for line in [
            "# draft = false",
            "# visibility = \"public\"",
            "# visibility: ดู docs",
            "draft = true",
            "# note: x",
            "# draft",
        ] {
            assert!(!is_commented_out(line), "{line}");
        }
    }

    #[test]
    fn directives_are_keys_and_values_whatever_stands_between() {
        for line in [
            "@visibility internal",
            "\\visibility{internal}",
            "visibility → internal",
            "- draft: ใช่",
            "| draft | yes |",
            "- draft: wip",
            "- visibility: ภายใน",
            "| visibility | internal |",
            "draft: ร่าง",
            "<draft>true</draft>",
            "@draft true",
            "<!-- visibility internal -->",
            "[visibility|internal]",
            "{% visibility internal %}",
            "public no",
            "<meta name=\"draft\" content=\"true\">",
            "<meta content='internal' name='visibility'/>",
            "tags: draft, plan",
            "Tags: #ร่าง",
            "ชั้นความลับ ลับมาก",
            "สถานะ: ฉบับร่าง",
            "Status: DRAFT v2",
            "Status: Draft (2)",
            "เผยแพร่: ไม่",
        ] {
            assert!(guarded_line(line, false, true), "{line}");
        }
        for line in [
            "Draft 1",
            "ร่าง 1",
            "Visibility matters",
            "Internal use",
            "public yes",
            "<meta name=\"author\" content=\"true\">",
            "tags: plan, drafting",
            "Status: in progress",
            "เผยแพร่: ใน 3 โรงเรียน",
            "draft of a plan",
            "Draft: a pull request that is not ready.",
            "Visibility: 10 km",
            "| draft | ร่าง |",
            "- draft: งานที่ยังไม่เสร็จ",
            "- internal: ภายใน",
            "* ร่าง: draft",
            "1. draft: unready",
            "- visibility: การมองเห็น",
            "- visibility: public",
            "- visibility: internal, public",
            "visibility: public / internal",
            "draft | ร่าง | งานที่ยังไม่เสร็จ",
            "visibility | public | ใครเห็นได้",
            "Draft: 2.5 m",
            "Public: yes",
            "Private: no",
            "ชั้นความลับ: ไม่มี",
            "การเผยแพร่: ใช่",
            "Keywords: internal, external",
            "คำสำคัญ: ภายใน, ภายนอก",
            "visibility of internal pages",
        ] {
            assert!(!guarded_line(line, false, true), "{line}");
        }
    }
}
