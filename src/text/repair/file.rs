//! Repairs of whole files: what is code, an address or a key is left alone.

use super::{Edit, Options, repair};
use std::ops::Range;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown, with or without front matter.
    Markdown,
    /// TOML: keys stay.
    Toml,
    /// YAML: keys stay.
    Yaml,
    /// Plain text and tables.
    Text,
}

impl Format {
    /// The format that a file name's extension tells; `None` for a file that
    /// is not text of authors.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Format::Markdown,
            "toml" => Format::Toml,
            "yaml" | "yml" => Format::Yaml,
            "csv" | "tsv" | "txt" => Format::Text,
            _ => return None,
        })
    }
}

/// The repairs of a file's text, in order: those of [`repair`] outside code
/// blocks and spans, addresses, link targets, tags, file names and keys.
pub fn repair_file(text: &str, format: Format, options: Options<'_>) -> Vec<Edit> {
    let kept = protected(text, format);
    let mut edits = repair(text, options);
    edits.retain(|edit| {
        let after = kept.partition_point(|k| k.end <= edit.range.start);
        kept.get(after).is_none_or(|k| k.start >= edit.range.end)
    });
    edits
}

/// The stretches that no repair may touch, in order, without overlaps.
pub fn protected(text: &str, format: Format) -> Vec<Range<usize>> {
    let mut kept = vec![];
    let mut start = 0;
    let mut matter = match format {
        Format::Toml => Matter::Toml,
        Format::Yaml => Matter::Yaml,
        Format::Markdown | Format::Text => Matter::None,
    };
    let mut fence: Option<(u8, usize)> = None;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let body = line.trim_start_matches('\u{feff}').trim_end();
        let end = start + line.len();
        let delimiter = match body {
            "+++" => Some(Matter::Toml),
            "---" => Some(Matter::Yaml),
            _ => None,
        };
        if format == Format::Markdown && number == 0 && delimiter.is_some() {
            matter = delimiter.unwrap_or(Matter::None);
        } else if format == Format::Markdown && matter != Matter::None && delimiter == Some(matter) {
            matter = Matter::None;
        } else if matter != Matter::None {
            kept.extend(key(line, matter).map(|k| start..start + k));
            tokens(line, start, &mut kept);
        } else if format == Format::Markdown {
            match (fence, fence_of(body)) {
                (None, Some((mark, length, _))) => {
                    fence = Some((mark, length));
                    kept.push(start..end);
                }
                (Some((mark, length)), found) => {
                    kept.push(start..end);
                    if found.is_some_and(|(m, n, bare)| m == mark && n >= length && bare) {
                        fence = None;
                    }
                }
                (None, None) => {
                    spans(line, start, &mut kept);
                    tokens(line, start, &mut kept);
                }
            }
        } else {
            tokens(line, start, &mut kept);
        }
        start = end;
    }
    merge(kept)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Matter {
    None,
    Toml,
    Yaml,
}

/// Length of a key with its separator at the beginning of a line.
fn key(line: &str, matter: Matter) -> Option<usize> {
    let sign = if matter == Matter::Toml { '=' } else { ':' };
    let at = line.find(sign)?;
    let name = line[..at].trim().trim_start_matches("- ");
    let quoted = name.len() > 1 && name.starts_with(['"', '\'']) && name.ends_with(['"', '\'']);
    (quoted || !name.contains(char::is_whitespace)).then_some(at + 1)
}

/// Mark, length and whether nothing follows, when a line is a code fence.
fn fence_of(body: &str) -> Option<(u8, usize, bool)> {
    let bare = body.trim_start_matches([' ', '>']);
    let mark = *bare.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = bare.bytes().take_while(|&b| b == mark).count();
    let rest = &bare[length..];
    (length >= 3 && !(mark == b'`' && rest.contains('`'))).then_some((mark, length, rest.trim().is_empty()))
}

/// Code spans, tags and link targets of a line of Markdown.
fn spans(line: &str, offset: usize, kept: &mut Vec<Range<usize>>) {
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'`' => {
                let ticks = bytes[at..].iter().take_while(|&&b| b == b'`').count();
                let close = closing_ticks(bytes, at + ticks, ticks);
                if close.is_none() {
                    at += ticks;
                    continue;
                }
                close
            }
            b'<' if bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!')) => {
                line[at..].find('>').map(|n| at + n + 1)
            }
            b']' if bytes.get(at + 1) == Some(&b'(') => target_end(line, at + 2),
            b']' if bytes.get(at + 1) == Some(&b':') => Some(line.trim_end().len()),
            b'{' if bytes.get(at + 1) == Some(&b'#') => line[at..].find('}').map(|n| at + n + 1),
            _ => None,
        };
        match end {
            Some(end) if end > at => {
                kept.push(offset + at..offset + end);
                at = end;
            }
            _ => at += 1,
        }
    }
}

fn closing_ticks(bytes: &[u8], mut at: usize, ticks: usize) -> Option<usize> {
    while at < bytes.len() {
        if bytes[at] == b'`' {
            let run = bytes[at..].iter().take_while(|&&b| b == b'`').count();
            if run == ticks {
                return Some(at + run);
            }
            at += run;
        } else {
            at += 1;
        }
    }
    None
}

/// Where the address in `](address "title")` ends; a title may be repaired.
fn target_end(line: &str, from: usize) -> Option<usize> {
    if line[from..].starts_with('<') {
        return line[from..].find('>').map(|n| from + n + 1);
    }
    let mut depth = 1;
    for (at, c) in line[from..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        // A space ends an address, but a damaged one may hold several.
        if depth == 0 || matches!(c, '"' | '\'') {
            return Some(from + at);
        }
    }
    None
}

/// Addresses and file names of a line.
fn tokens(line: &str, offset: usize, kept: &mut Vec<Range<usize>>) {
    if !line.contains(['.', ':']) {
        return;
    }
    let mut start = 0;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        let ends = c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '|' | ',' | '(' | ')' | '[' | ']');
        if !ends {
            continue;
        }
        let token = &line[start..at];
        if token.contains("://") || token.starts_with("www.") || token.starts_with("mailto:") || is_file(token) {
            kept.push(offset + start..offset + at);
        }
        start = at + c.len_utf8();
    }
}

fn is_file(token: &str) -> bool {
    let name = token.split(['#', '?']).next().unwrap_or(token);
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return false;
    };
    const KNOWN: [&str; 21] = [
        "md", "html", "htm", "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "pdf", "csv", "xlsx", "docx", "pptx",
        "zip", "mp3", "mp4", "toml", "yaml", "json",
    ];
    !stem.is_empty() && KNOWN.contains(&extension.to_ascii_lowercase().as_str())
}

fn merge(mut kept: Vec<Range<usize>>) -> Vec<Range<usize>> {
    kept.sort_by_key(|k| (k.start, k.end));
    let mut out: Vec<Range<usize>> = vec![];
    for range in kept {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::apply;
    use super::*;

    fn fixed(text: &str, format: Format) -> String {
        apply(text, &repair_file(text, format, Options::default()))
    }

    #[test]
    fn keeps_code_and_addresses() {
        for (written, right) in [
            ("ท่ี `ท่ี` ท่ี\n", "ที่ `ท่ี` ที่\n"),
            ("```\nท่ี\n```\nท่ี\n", "```\nท่ี\n```\nที่\n"),
            ("~~~ x\nท่ี\n```\nท่ี\n~~~\nท่ี", "~~~ x\nท่ี\n```\nท่ี\n~~~\nที่"),
            ("[ท่ี](ท่ี/ก.md \"ท่ี\")", "[ที่](ท่ี/ก.md \"ที่\")"),
            ("https://x.th/ท่ี ท่ี", "https://x.th/ท่ี ที่"),
            ("<a href='ท่ี'>ท่ี</a>", "<a href='ท่ี'>ที่</a>"),
            ("[ก]: ท่ี\nท่ี", "[ก]: ท่ี\nที่"),
            ("## ท่ี {#ท่ี}", "## ที่ {#ท่ี}"),
            ("+++\nท่ี = \"ท่ี\"\nf = \"ท่ี.png\"\n+++\nท่ี = ท่ี\n", "+++\nท่ี = \"ที่\"\nf = \"ท่ี.png\"\n+++\nที่ = ที่\n"),
            ("---\ntitle: ท่ี\n---\nท่ี\n", "---\ntitle: ที่\n---\nที่\n"),
            ("\u{feff}ท่ี\r\nท่ี\r\n", "\u{feff}ที่\r\nที่\r\n"),
        ] {
            assert_eq!(fixed(written, Format::Markdown), right, "{written}");
        }
        assert_eq!(fixed("ท่ี = \"ท่ี\"", Format::Toml), "ท่ี = \"ที่\"");
        assert_eq!(fixed("ท่ี,ท่ี.pdf\n", Format::Text), "ที่,ท่ี.pdf\n");
    }
}
