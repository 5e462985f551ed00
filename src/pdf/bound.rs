//! Lists and texts that are too long for paper: they are cut, the print says where to read on, and the build log says so.

use serde_json::{Value, json};

use super::job::Problem;

/// Bytes of a text without a break, some fifty pages: what is longer takes minutes to set, and nobody reads it.
const LONGEST_TEXT: usize = 200_000;

/// What was too long.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Long {
    /// Items of the longest list, or lines of code.
    rows: usize,
    /// Whether a text was.
    text: bool,
}

impl Long {
    fn and(self, other: Long) -> Long {
        Long { rows: self.rows.max(other.rows), text: self.text || other.text }
    }
}

/// Cuts every list of a view after `most` items, code after as many lines, and texts; tells of it where something was cut.
/// `place` is the author's file.
pub(super) fn bound(view: &mut Value, most: usize, place: &str) -> Option<Problem> {
    let long = cut(view, most);
    let longest = long.rows;
    if long == Long::default() {
        return None;
    }
    let last = view["section_list"].as_array_mut().and_then(|sections| sections.last_mut());
    let blocks = match last {
        Some(section) => &mut section["blocks"],
        None => &mut view["lead_blocks"],
    };
    if let Some(blocks) = blocks.as_array_mut() {
        blocks.push(json!({ "type": "cut" }));
    }
    if longest == 0 {
        let (th, en) = (
            "ข้อความยาวเกินกว่าจะพิมพ์ ใบพิมพ์มีตอนต้นและบอกที่อ่านต่อ",
            "a text is too long to be printed: the print has its beginning and says where to read on",
        );
        return Some(Problem::warning("handout-long", place, th, en));
    }
    let (th, en) = (
        format!("ตารางหรือรายการมี {longest} แถว พิมพ์ได้ {most} แถวแรก (limits.printed_rows) ใบพิมพ์บอกที่อ่านต่อ"),
        format!(
            "a table or list has {longest} rows; the first {most} are printed (limits.printed_rows), and the print says where to read on"
        ),
    );
    Some(Problem::warning("handout-long", place, th, en))
}

/// Cuts what is too long; gives what was.
fn cut(value: &mut Value, most: usize) -> Long {
    match value {
        Value::Array(list) => {
            let rows = if list.len() > most { list.len() } else { 0 };
            list.truncate(most);
            list.iter_mut().map(|item| cut(item, most)).fold(Long { rows, text: false }, Long::and)
        }
        Value::Object(map) => {
            let is_code = map.get("type").is_some_and(|kind| kind == "code");
            let texts = map.iter_mut().filter(|(key, _)| matches!(key.as_str(), "t" | "text"));
            let texts = texts.filter_map(|(_, value)| if let Value::String(text) = value { Some(text) } else { None });
            let long = texts.map(|text| cut_text(text, is_code.then_some(most))).fold(Long::default(), Long::and);
            map.values_mut().map(|item| cut(item, most)).fold(long, Long::and)
        }
        _ => Long::default(),
    }
}

fn cut_text(text: &mut String, lines: Option<usize>) -> Long {
    let count = if lines.is_some() { text.lines().count() } else { 0 };
    let rows = lines.filter(|most| count > *most).map_or(0, |most| {
        let end = text.match_indices('\n').nth(most.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
        text.truncate(end);
        count
    });
    let is_long = text.len() > LONGEST_TEXT;
    if is_long {
        let end = (0..=LONGEST_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
    }
    Long { rows, text: is_long }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut_and_told() {
        let rows: Vec<Value> = (0..30).map(|n| json!([n])).collect();
        let mut view =
            json!({ "fields": { "a": { "rows": rows } }, "lead_blocks": [], "section_list": [{ "blocks": [] }] });
        let told = bound(&mut view, 20, "content/a.md").map(|problem| problem.en);
        assert!(told.is_some_and(|en| en.contains("30 rows; the first 20")));
        assert_eq!(view["fields"]["a"]["rows"].as_array().map(Vec::len), Some(20));
        assert_eq!(view["section_list"][0]["blocks"], json!([{ "type": "cut" }]));
        assert!(bound(&mut view, 20, "content/a.md").is_none());
    }

    #[test]
    fn long_code_and_texts_are_cut_and_told() {
        let code = json!({ "type": "code", "text": "x = 1\n".repeat(30) });
        let paragraph = json!({ "type": "p", "runs": [{ "t": "ก".repeat(LONGEST_TEXT) }] });
        for (block, told, left) in [(code, "30 rows", 119), (paragraph, "a text is too long", LONGEST_TEXT / 3 * 3)] {
            let mut view = json!({ "section_list": [{ "blocks": [block] }] });
            let en = bound(&mut view, 20, "content/a.md").map(|problem| problem.en).unwrap_or_default();
            assert!(en.contains(told), "{en}");
            let block = &view["section_list"][0]["blocks"][0];
            let text = block["text"].as_str().or(block["runs"][0]["t"].as_str()).map(str::len);
            assert_eq!(text, Some(left));
            assert!(bound(&mut view, 20, "content/a.md").is_none());
        }
    }
}
