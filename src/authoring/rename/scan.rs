//! Places that a parsed tree does not give: heads of TOML tables that stand several times, and cells of CSV files.

use std::ops::Range;

/// Where a top-level key of TOML stands: before `=`, and in every head `[key]`, `[[key]]`, `[key.part]`.
pub(super) fn keys(toml: &str, key: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut at, mut top) = (0, true);
    let mut text: Option<&str> = None;
    for line in toml.split_inclusive('\n') {
        let start = at;
        at += line.len();
        // Lines within a text of several lines are no keys.
        let outside = text.is_none();
        for quote in ["\"\"\"", "'''"] {
            let odd = line.matches(quote).count() % 2 == 1;
            match text {
                Some(open) if open == quote && odd => text = None,
                None if odd => text = Some(quote),
                _ => {}
            }
        }
        if !outside {
            continue;
        }
        let trimmed = line.trim_start();
        let head = trimmed.starts_with('[');
        top &= !head;
        if !head && !top {
            continue;
        }
        let name = trimmed.trim_start_matches('[').trim_start();
        let name = name.strip_prefix(['"', '\'']).unwrap_or(name);
        let offset = start + line.len() - name.len();
        if let Some(rest) = name.strip_prefix(key)
            && rest.trim_start_matches(['"', '\'']).trim_start().starts_with(['.', ']', '='])
        {
            found.push(offset..offset + key.len());
        }
    }
    found
}

/// The cells of a column of a CSV text behind its header, without their quotes.
pub(super) fn cells(csv: &str, column: &str) -> Vec<Range<usize>> {
    let mut rows: Vec<Vec<Range<usize>>> = vec![Vec::new()];
    let bytes = csv.as_bytes();
    let (mut start, mut quoted) = (0, false);
    for (i, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' | b'\n' if !quoted => {
                if let Some(row) = rows.last_mut() {
                    row.push(start..i);
                }
                if *byte == b'\n' {
                    rows.push(Vec::new());
                }
                start = i + 1;
            }
            _ => {}
        }
    }
    if let Some(row) = rows.last_mut() {
        row.push(start..bytes.len());
    }
    let bare = |range: &Range<usize>| {
        let cell = &csv[range.clone()];
        let inner = cell.trim().trim_matches('"').trim();
        let at = range.start + cell.find(inner).unwrap_or(0);
        at..at + inner.len()
    };
    let mut rows = rows.into_iter();
    let header = rows.next().unwrap_or_default();
    let Some(position) = header.iter().position(|cell| &csv[bare(cell)] == column) else {
        return Vec::new();
    };
    rows.filter_map(|row| row.get(position).map(bare)).collect()
}

#[cfg(test)]
mod tests {
    use super::{cells, keys};

    #[test]
    fn every_head_of_a_table_is_found() {
        let toml =
            "a = 1\n\"reach\" = 2\nreach.b = 1\nt = \"\"\"\nreach = no\n\"\"\"\n[[reach]]\nreach = 3\n[ reach.x ]\n";
        let found: Vec<usize> = keys(toml, "reach").into_iter().map(|r| r.start).collect();
        let wanted: Vec<usize> = ["\"reach\" = 2", "reach.b", "[[reach]]", "[ reach.x ]"]
            .iter()
            .map(|s| toml.find(s).unwrap() + s.find("reach").unwrap())
            .collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn cells_are_found_behind_quotes_and_line_ends() {
        let csv = "id,role\r\n1,\"lead\"\r\n\"2,\n3\", lead \n4,x\n";
        let found: Vec<&str> = cells(csv, "role").into_iter().map(|r| &csv[r]).collect();
        assert_eq!(found, ["lead", "lead", "x"]);
        assert!(cells(csv, "none").is_empty());
    }
}
