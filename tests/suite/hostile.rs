//! Small portals that want to hurt: deep, long, cyclic, declared huge. The program must come back with an exit code of its
//! own, in time and within memory.

use crate::fixture::Portal;
use crate::tools::sala;
use std::fs;
use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// A file of a portal: path and bytes.
type File = (String, Vec<u8>);

fn page(body: impl AsRef<str>) -> Vec<File> {
    vec![("content/notes/a.md".into(), format!("+++\ntitle = \"ก\"\n+++\n{}\n", body.as_ref()).into_bytes())]
}

fn keys(front: impl AsRef<str>) -> Vec<File> {
    vec![("content/notes/a.md".into(), format!("{}\nx\n", front.as_ref()).into_bytes())]
}

fn table(csv: String) -> Vec<File> {
    let map = "file = \"t.csv\"\n[[entries]]\nkind = \"note\"\nid = \"{id}\"\ntitle = \"{title}\"\n";
    vec![("content/_data/t.toml".into(), map.into()), ("content/_data/t.csv".into(), csv.into_bytes())]
}

fn picture(name: &str, bytes: Vec<u8>) -> Vec<File> {
    let mut files = page(format!("![รูป]({name})"));
    files.push((format!("content/notes/{name}"), bytes));
    files
}

/// A PNG that declares a size and holds nothing.
fn png(side: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    for (kind, data) in [(b"IHDR", header), (b"IDAT", b"\x78\x9c\x03\0\0\0\0\x01".to_vec()), (b"IEND", Vec::new())] {
        out.extend_from_slice(&(data.len() as u32).to_be_bytes());
        let mut sum = flate2::Crc::new();
        for part in [kind.as_slice(), &data] {
            sum.update(part);
            out.extend_from_slice(part);
        }
        out.extend_from_slice(&sum.sum().to_be_bytes());
    }
    out
}

fn svg(inside: impl AsRef<str>) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"300\">{}</svg>", inside.as_ref())
        .into_bytes()
}

/// An archive that expands a thousand times, under a name of an office file.
fn bomb() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a part");
    let zeros = vec![b' '; 1 << 20];
    (0..200).for_each(|_| zip.write_all(&zeros).expect("written"));
    zip.finish().expect("an archive").into_inner()
}

/// Every input by name.
pub fn inputs() -> Vec<(&'static str, Vec<File>)> {
    let uses: String =
        (0..16).map(|n| format!("<g id=\"a{}\">{}</g>", n + 1, format!("<use href=\"#a{n}\"/>").repeat(10))).collect();
    let kind = |rest: &str| {
        let head = "id = \"odd\"\nfolder = \"odds\"\nlabel = { th = \"ก\", en = \"O\" }\n";
        let page = "+++\ntitle = \"ก\"\nword = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"\n+++\nx\n";
        vec![
            ("content/_schema/kinds/odd.toml".to_string(), format!("{head}{rest}").into_bytes()),
            ("content/odds/a.md".to_string(), page.into()),
        ]
    };
    let field = "[[field]]\nid = \"word\"\ntype = \"text\"\nlabel = { th = \"ก\" }\n";
    vec![
        ("lists in lists", page("- ".repeat(2741) + "x")),
        ("numbered lists in lists", page("1. ".repeat(2719) + "x")),
        ("quotations in quotations", page("> ".repeat(5473) + "x")),
        ("both", page("> - ".repeat(1831) + "x")),
        ("brackets", page("[".repeat(50_000))),
        ("brackets in links", page("[a](".repeat(20_000))),
        ("stars", page("*a ".repeat(50_000))),
        ("underlines and stars", page("*_".repeat(30_000) + "x")),
        ("backticks", page((1..600).map(|n| "`".repeat(n) + " ").collect::<String>())),
        ("divs", page("<div>".repeat(50_000))),
        ("open tags", page("<a ".repeat(30_000))),
        ("attributes", page(format!("<b {}>x</b>", "a=1 ".repeat(50_000)))),
        ("comments", page("<!-- x -->".repeat(30_000))),
        ("open comments", page("<!--".repeat(30_000))),
        ("instructions", page("<?".repeat(30_000))),
        ("entities", page("&amp;".repeat(100_000))),
        ("headings", page("# ก\n\n".repeat(20_000))),
        ("near headings", page("**ก**\n\n".repeat(20_000))),
        ("footnotes", page((0..10_000).map(|n| format!("ก[^{n}]\n\n[^{n}]: ข\n\n")).collect::<String>())),
        ("a footnote cited often", page("[^1]".repeat(50_000) + "\n\n[^1]: x")),
        ("headings of one name", page("## หัวข้อ\n\n".repeat(20_000))),
        ("links to headings", {
            let links = (0..20_000).map(|n| format!("[x](#h{}) ", n * 2));
            page(links.chain((0..20_000).map(|n| format!("\n\n## h{n}"))).collect::<String>())
        }),
        ("unknown wiki links", page((0..30_000).map(|n| format!("[[หน้าที่ {n}]] ")).collect::<String>())),
        ("letters without a space", page("é".repeat(70_000))),
        ("link definitions", page((0..30_000).map(|n| format!("[a{n}]: /x\n")).collect::<String>())),
        ("wide table", page(format!("|{}\n|{}\n", "a|".repeat(2000), "-|".repeat(2000)))),
        ("long table", page(format!("| a | b |\n| - | - |\n{}", "| ก | ข |\n".repeat(10_000)))),
        ("bars", page("|".repeat(50_000))),
        ("formulas", page("$x^{".repeat(5_000) + "$")),
        ("wiki links", page("[[a|".repeat(20_000))),
        ("boxes", page("::: note\n".repeat(3_000))),
        ("boxes in boxes", page("::: note\n".repeat(16_000) + &":::\n".repeat(16_000))),
        ("boxes far to the right", page(format!("- a\n{}::: note\n{}:::", " ".repeat(20_000), "x\n".repeat(20_000)))),
        ("long styles", page(format!("<p style=\"{}\">x</p>", "color:red;".repeat(100_000)))),
        ("one long line", page("ก".repeat(500_000))),
        ("tone marks", page("\u{e48}".repeat(300_000))),
        ("invisible characters", page("\u{200b}".repeat(200_000))),
        ("titles of children", page("เด็กชาย".repeat(30_000))),
        ("numbers", page("0812345678 ".repeat(20_000))),
        ("digits", page("1".repeat(300_000))),
        ("queries", page("```query\nview = \"list\"\nkind = \"note\"\n```\n\n".repeat(300))),
        ("counts", page("[1](count:note) ".repeat(3_000))),
        ("unknown keys", keys(format!("+++\n{}+++", (0..20_000).map(|n| format!("k{n} = 1\n")).collect::<String>()))),
        ("lines with colons", keys(format!("---\ntitle: ก\n{}---", (0..20_000).map(|n| format!("k{n}:\n")).collect::<String>()))),
        ("deep lists in TOML", keys(format!("+++\na = {}\n+++", "[".repeat(20_000)))),
        ("deep keys in TOML", keys(format!("+++\n{} = 1\n+++", vec!["a"; 5_000].join(".")))),
        ("deep lists in YAML", keys(format!("---\na: {}\n---", "[".repeat(20_000)))),
        ("deep maps in YAML", keys(format!("---\n{}\n---", (0..2_000).map(|n| " ".repeat(n) + "a:\n").collect::<String>()))),
        ("aliases in YAML", keys("---\na: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n---")),
        ("no end", keys("+++\n".to_string() + &"a = 1\n".repeat(10_000))),
        ("commas", table("id,title\n".to_string() + &",".repeat(2_000_000))),
        ("rows", table("id,title\n".to_string() + &(0..5_000).map(|n| format!("r{n},ก\n")).collect::<String>())),
        ("rows of a sheet", keys(format!("+++\ntitle = \"ก\"\n{}+++", "[[rows]]\na = \"ก\"\n".repeat(30_000)))),
        ("bad rows", table("id,title\n".to_string() + &"a\n".repeat(30_000))),
        ("open quotation mark", table("id,title\n\"".to_string() + &"a,b\n".repeat(100_000))),
        ("greedy pattern", kind(&format!("{field}pattern = \"^(a+)+$\"\n"))),
        ("huge pattern", kind(&format!("{field}pattern = \"((a{{500}}){{500}}){{500}}\"\n"))),
        ("values of a facet", {
            let words: Vec<String> = (0..3_000).map(|n| format!("\"คำ {n}\"")).collect();
            let page = format!("+++\ntitle = \"ก\"\nwords = [{}]\n+++\nx\n", words.join(", "));
            let head = "id = \"odd\"\nfolder = \"odds\"\nlabel = { th = \"ก\", en = \"O\" }\n";
            let facet = "[[field]]\nid = \"words\"\ntype = \"text\"\nmany = true\nfacet = true\nlabel = { th = \"คำ\" }\n";
            vec![
                ("content/_schema/kinds/odd.toml".to_string(), format!("{head}{facet}").into_bytes()),
                ("content/odds/a.md".to_string(), page.into_bytes()),
            ]
        }),
        ("fields", kind(&(0..2_000).map(|n| field.replace("word", &format!("w{n}"))).collect::<String>())),
        ("declared size", picture("a.png", png(60_000))),
        ("declared size of a sheet", picture("a.png", png(9_000))),
        ("filters", picture("a.svg", svg("<filter id=\"f\"><feTurbulence numOctaves=\"9999999\"/><feGaussianBlur stdDeviation=\"9999\"/></filter><rect width=\"400\" height=\"300\" filter=\"url(#f)\"/>"))),
        ("uses of uses", picture("a.svg", svg(format!("<g id=\"a0\"><rect width=\"1\" height=\"1\"/></g>{uses}<use href=\"#a16\"/>")))),
        ("clips of clips", picture("a.svg", svg((0..40).map(|n| format!("<clipPath id=\"m{n}\" clip-path=\"url(#m{0})\"><rect width=\"9\" height=\"9\" clip-path=\"url(#m{0})\"/></clipPath>", n + 1)).collect::<String>() + "<rect width=\"9\" height=\"9\" clip-path=\"url(#m0)\"/>"))),
        ("patterns of patterns", picture("a.svg", svg((1..12).map(|n| format!("<pattern id=\"p{n}\" width=\"1\" height=\"1\">{}</pattern>", format!("<rect width=\"1\" height=\"1\" fill=\"url(#p{})\"/>", n - 1).repeat(10))).collect::<String>() + "<pattern id=\"p0\" width=\"1\" height=\"1\"><rect width=\"1\" height=\"1\"/></pattern><rect width=\"9\" height=\"9\" fill=\"url(#p11)\"/>"))),
        ("groups in groups", picture("a.svg", svg("<g>".repeat(20_000) + &"</g>".repeat(20_000)))),
        ("long styles of a drawing", picture("a.svg", svg(format!("<style>text{{{}}}</style>{}", "fill:red;".repeat(100_000), "<text>x</text>".repeat(1000))))),
        ("long selectors", picture("a.svg", svg(format!("<style>{}{{fill:red}}</style>{}", "text,".repeat(100_000), "<text>x</text>".repeat(1000))))),
        ("cut out by many", picture("a.svg", svg(format!("<text style=\"{}\">{}</text>", "clip-path:url(#a);".repeat(50_000), "<tspan>x</tspan>".repeat(1000))))),
        ("entities in a drawing", picture("a.svg", b"<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&c;</text></svg>".to_vec())),
        ("expanding document", {
            let mut files = page("[ก](a.docx)");
            files.push(("content/notes/a.docx".into(), bomb()));
            files
        }),
        ("hidden elements", page("<p hidden>".repeat(20_000))),
        ("hidden elements with ends", page("<p hidden>x</p>".repeat(20_000))),
        ("open scripts", page("a <script> ".repeat(20_000))),
        ("open comments of templates", page("{% comment %} ".repeat(20_000))),
        ("conditions", page("{% if a %} ".repeat(20_000) + &"{% endif %} ".repeat(10_000))),
        ("shortcodes", page("{{< a >}}\n".repeat(20_000))),
        ("components", page("<Tabs>\n".repeat(5_000) + &"</Tabs>\n".repeat(5_000))),
        ("unknown elements", page("a <foo> ".repeat(20_000))),
        ("names of files", (0..3_000).map(|n| (format!("content/pages/{n}.md"), b"# x\n".to_vec())).collect()),
        ("settings", vec![("portal.toml".into(), "title = { th = \"".to_string().into_bytes())]),
    ]
}

/// What came of an input.
pub struct Fate {
    pub name: &'static str,
    pub code: Option<i32>,
    /// Time of the processor, in all threads: what others do on the machine does not count. Where the system does not tell,
    /// time of the clock.
    pub took: Duration,
    /// Most memory, in megabytes; 0 where the system does not tell.
    pub megabytes: u64,
}

impl Fate {
    /// Whether it was still running after a minute of the processor, or ten of the clock.
    pub fn hangs(&self) -> bool {
        self.code.is_none()
    }

    fn tell(&self) {
        if self.took > Duration::from_secs(5) || self.megabytes > 1024 || !matches!(self.code, Some(0..=3)) {
            eprintln!("{}: exit {:?} after {:?}, {} MB", self.name, self.code, self.took, self.megabytes);
        }
    }
}

/// Time of the processor that a process took, from `/proc/PID/stat` (proc(5): fields 14 and 15, in hundredths of a second).
fn processor(stat: &str) -> Option<Duration> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11).map_while(|field| field.parse::<u64>().ok());
    Some(Duration::from_millis((fields.next()? + fields.next()?) * 10))
}

/// Runs a command line; ends it after a minute of the processor.
fn watched(name: &'static str, portal: &Portal, line: &str) -> Fate {
    let mut command = sala();
    command.args(line.split_whitespace()).current_dir(portal.root()).stdout(Stdio::null()).stderr(Stdio::null());
    let (started, mut megabytes, mut spent) = (Instant::now(), 0, None);
    let mut child = command.spawn().expect("the program starts");
    let told = |what: &str| fs::read_to_string(format!("/proc/{}/{what}", child.id())).unwrap_or_default();
    let (mut status, mut stat) = (told("status"), told("stat"));
    loop {
        let peak =
            status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        megabytes = megabytes.max(peak.unwrap_or(0) / 1024);
        spent = processor(&stat).or(spent);
        let took = spent.unwrap_or_else(|| started.elapsed());
        if let Some(ended) = child.try_wait().expect("a child") {
            return Fate { name, code: ended.code(), took, megabytes };
        }
        if took > Duration::from_secs(60) || started.elapsed() > Duration::from_secs(600) {
            let _ = child.kill();
            let _ = child.wait();
            return Fate { name, code: None, took, megabytes };
        }
        std::thread::sleep(Duration::from_millis(5));
        let told = |what: &str| fs::read_to_string(format!("/proc/{}/{what}", child.id())).unwrap_or_default();
        (status, stat) = (told("status"), told("stat"));
    }
}

/// Checks and builds every input, with handouts; gives what came of it, and tells at once what took long. `SALA_HOSTILE`
/// takes only inputs whose name holds it.
pub fn run_all() -> Vec<Fate> {
    let mut fates = Vec::new();
    let asked = std::env::var("SALA_HOSTILE").unwrap_or_default();
    for (name, files) in inputs().into_iter().filter(|(name, _)| name.contains(&asked)) {
        let portal = Portal::new().kind("note", "");
        // Five thousand pages are many, not hostile; as many PDFs take the time of as many PDFs.
        if name != "rows" {
            portal.write(
                "content/_schema/print/sheet.toml",
                "label = \"Sheet\"
kinds = [\"note\"]
build = true
",
            );
        }
        files.iter().for_each(|(path, bytes)| portal.write(path, bytes));
        for line in ["check --lang en", "build --lang en -o out"] {
            let fate = watched(name, &portal, line);
            fate.tell();
            fates.push(fate);
        }
    }
    fates
}

/// What is too long or too much for paper is left off or refused, and told.
#[test]
#[cfg_attr(not(feature = "pdf"), ignore = "needs the PDF engine")]
fn paper_has_limits() {
    let rows = "[[field]]\nid = \"rows\"\ntype = \"table\"\nlabel = { th = \"แถว\" }\n[[field.column]]\nid = \"a\"\n\
                type = \"text\"\nlabel = { th = \"ก\" }\n";
    let portal = |limits: &str| {
        let settings = format!("title = \"ก\"\nlanguages = [\"th\"]\n[limits]\n{limits}\n");
        let long: String = (0..9).map(|n| format!("[[rows]]\na = \"แถวที่ {n}\"\n")).collect();
        let portal = Portal::empty().file("portal.toml", settings).kind("note", rows);
        portal.write("content/_schema/print/sheet.toml", "label = \"Sheet\"\nkinds = [\"note\"]\nbuild = true\n");
        portal.write("content/notes/a.md", format!("+++\ntitle = \"ก\"\n{long}+++\nx\n"));
        portal.write("content/notes/b.md", "+++\ntitle = \"ข\"\n+++\nx\n");
        portal
    };
    let told = portal("printed_rows = 5").run("build --lang en -o out");
    assert!(told.ends_with("exit 0\n") && told.contains("9 rows; the first 5"), "{told}");
    assert!(told.contains("content/notes/a.md"), "{told}");
    let told = portal("printed_files = 1").run("build --lang en -o out");
    assert!(told.contains("error[S806]") && told.contains("2 handouts") && told.ends_with("exit 1\n"), "{told}");
    let told = portal("printed_files = 2").run("build --lang en -o out");
    assert!(told.ends_with("exit 0\n") && !told.contains("S806"), "{told}");
}

/// A few lines of a table's map do not make more entries than can be published, and folders in folders end somewhere.
#[test]
fn tables_and_folders_have_limits() {
    let block = "[[entries]]\nkind = \"note\"\nid = \"{id}-N\"\ntitle = \"{title}\"\n";
    let map: String = (0..3).map(|n| block.replace('N', &n.to_string())).collect();
    let portal = |most: usize| {
        Portal::empty()
            .file("portal.toml", format!("title = \"ก\"\nlanguages = [\"th\"]\n[limits]\ntable_entries = {most}\n"))
            .kind("note", "")
            .file("content/_data/t.csv", "id,title\na,ก\nb,ข\n")
            .file("content/_data/t.toml", format!("file = \"t.csv\"\n{map}"))
    };
    portal(6).done("build --lang en --no-search");
    let told = portal(5).run("check --lang en");
    assert!(told.contains("error[S203]: tables make 6 entries, the limit is 5"), "{told}");

    let deep = |count: usize| format!("content/{}p.md", "a/".repeat(count));
    let portal = Portal::new().file(&deep(49), "# ก\n").file(&deep(300), "# ข\n");
    let told = portal.run("check --lang en");
    assert!(told.contains("more than 50 folders in each other") && told.contains("1 error(s)"), "{told}");
    Portal::new().file(&deep(49), "# ก\n").done("check --lang en");
}

/// Of thousands of links of one page that lead nowhere some are told; those that lead somewhere count nothing.
#[test]
fn links_of_one_page_are_told_up_to_a_limit() {
    let body = |links: usize| -> String {
        (0..links).map(|n| format!("[x](#h1) [x](#z{n}) [x](id:none-{n}) [x](none-{n}.md)\n")).collect()
    };
    for (links, told) in [(3, 9), (300, 600)] {
        let portal = Portal::new()
            .kind("note", "")
            .file("content/notes/a.md", format!("+++\ntitle = \"ก\"\n+++\n## h1\n\n{}", body(links)));
        let said = portal.run("check --lang en");
        let numbers = said.lines().rev().nth(1).unwrap_or_default().split(|c: char| !c.is_ascii_digit());
        let sum: usize = numbers.filter_map(|n| n.parse::<usize>().ok()).take(2).sum();
        assert_eq!(sum, told, "{}", said.lines().rev().take(3).collect::<Vec<_>>().join(" "));
    }
}

/// Nothing ends the program or hangs. How long it takes is measured with the optimised program (`harms`).
#[test]
#[ignore = "takes minutes; `harms` runs it too"]
fn hostile_portals_end_with_an_exit_code() {
    for fate in run_all() {
        let told = format!("{}: exit {:?} after {:?}, {} MB", fate.name, fate.code, fate.took, fate.megabytes);
        assert!(matches!(fate.code, Some(0..=3)) && fate.megabytes < 2048, "{told}");
    }
}
