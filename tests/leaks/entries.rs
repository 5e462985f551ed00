//! Whole entries: every way to hide one × every place in it.

use super::portal::Plant;
use super::stays_inside;

/// Ways to hide an entry: name, the page's path and its text, where `KEYS` are further keys and `BODY` is the body.
const WAYS: [(&str, &str, &str); 17] = [
    ("toml", "content/notes/ID.md", "+++\nvisibility = \"internal\"\nKEYS+++\nBODY"),
    ("yaml", "content/notes/ID.md", "---\nvisibility: internal\nYAML---\nBODY"),
    ("draft", "content/notes/ID.md", "+++\ndraft = true\nKEYS+++\nBODY"),
    ("draft yaml", "content/notes/ID.md", "---\ndraft: true\nYAML---\nBODY"),
    ("kind", "content/memos/ID.md", "+++\nKEYS+++\nBODY"),
    ("file name", "content/notes/ID.internal.md", "+++\nKEYS+++\nBODY"),
    ("blank line", "content/notes/ID.md", "\n+++\nvisibility = \"internal\"\nKEYS+++\nBODY"),
    ("spaces", "content/notes/ID.md", " +++ \nvisibility = \"internal\"\nKEYS +++\t\nBODY"),
    ("comment", "content/notes/ID.md", "---\n# ฝ่ายข้อมูล\nvisibility: internal\nYAML---\nBODY"),
    ("html comment", "content/notes/ID.md", "<!-- ฝ่ายข้อมูล -->\n+++\nvisibility = \"internal\"\nKEYS+++\nBODY"),
    ("mark", "content/notes/ID.md", "\u{feff}\u{200b}+++\ndraft = true\nKEYS+++\nBODY"),
    ("dots", "content/notes/ID.md", "---\ndraft: true\nYAML...\nBODY"),
    ("quotes", "content/notes/ID.md", "---\n\"draft\": true\nYAML---\nBODY"),
    ("windows", "content/notes/ID.md", "+++\r\nvisibility = \"internal\"\r\nKEYS+++\r\nBODY"),
    ("plain page", "content/pages/ID.md", "+++\nvisibility = \"internal\"\nTITLE+++\nBODY"),
    ("plain draft", "content/pages/ID.md", "---\ndraft: true\n---\n# SECRET\n\nBODY"),
    ("folder of a kind", "content/memos/ID.md", "# SECRET\n\nBODY"),
];

/// Places in an entry: name, key and value (TOML and YAML alike but for the sign), body.
const PLACES: [(&str, &str, &str, &str); 14] = [
    ("title", "title", "\"SECRET\"", "x"),
    ("title_en", "title_en", "\"SECRET\"", "x"),
    ("summary", "summary", "\"SECRET\"", "x"),
    ("names", "names", "[\"SECRET\"]", "x"),
    ("tags", "tags", "[\"SECRET\"]", "x"),
    ("aliases", "aliases", "[\"old/SECRET\"]", "x"),
    ("text", "word", "\"SECRET\"", "x"),
    ("list", "words", "[\"SECRET\"]", "x"),
    ("open term", "open", "\"SECRET\"", "x"),
    ("url", "site", "\"https://example.org/SECRET\"", "x"),
    ("body", "year", "2566", "SECRET"),
    ("heading", "year", "2566", "## SECRET\n\nx"),
    ("note", "year", "2566", "x[^1]\n\n[^1]: SECRET\n"),
    ("code", "year", "2566", "```\nSECRET\n```\n"),
];

/// Every way × every place, with a public page that names the entry.
pub fn plants() -> Vec<Plant> {
    let mut plants = Vec::new();
    for (w, (way, path, page)) in WAYS.into_iter().enumerate() {
        for (p, (place, key, value, body)) in PLACES.into_iter().enumerate() {
            let id = format!("h{w}-{p}");
            let title = if key == "title" { "" } else { "title = \"ก\"\n" };
            let (keys, yaml) =
                (format!("{title}{key} = {value}\n"), format!("{title}{key} = {value}\n").replace(" = ", ": "));
            let plain = if key == "title" { "title = \"SECRET\"\n" } else { "" };
            let text = page.replace("KEYS", &keys).replace("YAML", &yaml).replace("TITLE", plain).replace("BODY", body);
            let name = format!("{way}: {place}");
            plants.push(Plant::new(name, &[(&path.replace("ID", &id), &text)]));
        }
    }
    let open = |id: &str, keys: &str| (format!("content/notes/{id}.md"), format!("+++\ntitle = \"ก\"\n{keys}+++\nx\n"));
    for (n, row) in ["internal,,SECRET,", "internal,,,SECRET", ",true,SECRET,"].into_iter().enumerate() {
        let id = format!("row-{n}");
        plants.push(Plant::new(format!("row {n}"), &[("ROW", &format!("{id},แถว,{row}"))]));
        // A page of the same id does not bring the row to light.
        let id = format!("merged-{n}");
        let (path, page) = open(&id, "");
        plants.push(Plant::new(format!("merged row {n}"), &[("ROW", &format!("{id},แถว,{row}")), (&path, &page)]));
    }
    // A page that is internal by its name hides the row of its id.
    for (n, name) in ["hidden-0.internal", "Hidden-1.Internal"].into_iter().enumerate() {
        let (path, page) = open(name, &format!("id = \"{}\"\n", name.to_lowercase()));
        plants.push(Plant::new(
            format!("row under {name}"),
            &[("ROW", &format!("hidden-{n},SECRET,,,SECRET,SECRET")), (&path, &page)],
        ));
    }
    // What a public page says of hidden ones.
    let hidden = "+++\ntitle = \"SECRET\"\nvisibility = \"internal\"\nword = \"SECRET\"\n+++\nSECRET\n";
    for (n, keys) in [
        "other = \"ID\"\n",
        "others = [\"ID\", \"open-note\"]\n",
        "x_other = \"ID\"\n",
        "[[rows]]\na = \"ก\"\nr = \"ID\"\n",
    ]
    .into_iter()
    .enumerate()
    {
        let id = format!("named-{n}");
        let (path, page) = open(&format!("names-{n}"), &keys.replace("ID", &id));
        plants.push(Plant::new(format!("named {n}"), &[(&format!("content/notes/{id}.md"), hidden), (&path, &page)]));
    }
    let english = "+++\ntitle = \"SECRET\"\n+++\nSECRET\n";
    for (n, held) in ["visibility = \"internal\"", "draft = true"].into_iter().enumerate() {
        let thai = format!("+++\ntitle = \"ก\"\n{held}\n+++\nx\n");
        let (en, th) = (format!("content/notes/tr-{n}.en.md"), format!("content/notes/tr-{n}.md"));
        plants.push(Plant::new(format!("translation {n}"), &[(&en, english), (&th, &thai)]));
    }
    let memo = "+++\ntitle = \"ก\"\nopen = \"SECRET\"\nfree = \"SECRET\"\n+++\nx\n";
    let memos: Vec<(String, &str)> = (0..4).map(|n| (format!("content/memos/free-{n}.md"), memo)).collect();
    let memos: Vec<(&str, &str)> = memos.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    plants.push(Plant::new("free text in groups", &memos));
    plants
}

#[test]
fn hidden_entries_stay_inside() {
    stays_inside(&plants(), "entries");
}
