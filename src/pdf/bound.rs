//! Lists that are too long for paper: they are cut, the print says where to read on, and the build log says so.

use serde_json::{Value, json};

use super::job::Problem;

/// Cuts every list of a view after `most` items; tells of it where something was cut. `place` is the author's file.
pub(super) fn bound(view: &mut Value, most: usize, place: &str) -> Option<Problem> {
    let longest = cut(view, most);
    if longest == 0 {
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
    let (th, en) = (
        format!("ตารางหรือรายการมี {longest} แถว พิมพ์ได้ {most} แถวแรก (limits.printed_rows) ใบพิมพ์บอกที่อ่านต่อ"),
        format!(
            "a table or list has {longest} rows; the first {most} are printed (limits.printed_rows), and the print says where to read on"
        ),
    );
    Some(Problem::warning("handout-long", place, th, en))
}

/// Cuts the lists; gives the length of the longest that was too long.
fn cut(value: &mut Value, most: usize) -> usize {
    match value {
        Value::Array(list) => {
            let own = if list.len() > most { list.len() } else { 0 };
            list.truncate(most);
            list.iter_mut().map(|item| cut(item, most)).max().unwrap_or(0).max(own)
        }
        Value::Object(map) => map.values_mut().map(|item| cut(item, most)).max().unwrap_or(0),
        _ => 0,
    }
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
}
