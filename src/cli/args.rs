//! Arguments of every command.

use super::completion;
use crate::diagnostics::print::Format;
use crate::model::Lang;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Sala (ศาลา) — เครื่องสร้างเว็บไซต์คลังความรู้ · a static site generator for knowledge portals
#[derive(Parser, Debug)]
#[command(name = "sala", version, arg_required_else_help = true)]
pub(super) struct Args {
    /// โฟลเดอร์ของพอร์ทัล · folder of the portal [default: here or the nearest folder above with portal.toml]
    #[arg(long, global = true, value_name = "DIR")]
    pub portal: Option<PathBuf>,
    /// ภาษาของข้อความ th หรือ en · language of messages: th, en; of `init`, also of the portal [default: SALA_LANG, else by LANG]
    #[arg(long, global = true, value_name = "LANG", value_parser = language, add = completion::languages())]
    pub lang: Option<Lang>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Reads `name=term` of `--facet`.
fn facet(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, term)) if !field.is_empty() && !term.is_empty() => {
            Ok((field.trim().to_owned(), term.trim().to_owned()))
        }
        _ => Err("เขียนเป็น ชื่อ=ค่า / write name=term".to_owned()),
    }
}

fn language(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "th | en".to_string())
}

/// An absolute address; empty: none.
fn address(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let good = host.is_some_and(|h| !h.is_empty() && !h.starts_with('/'))
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#'));
    if good || text.is_empty() { Ok(text.to_string()) } else { Err("https://portal.example.go.th/".to_string()) }
}

/// The commands.
#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// เริ่มพอร์ทัลใหม่ในโฟลเดอร์ว่าง · start a portal in a new folder
    Init {
        /// โฟลเดอร์ใหม่ · new folder
        dir: PathBuf,
        /// เริ่มจากอะไร: small, networks, knowledge-base, docs · what to start with: small, networks, knowledge-base, docs
        #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
        template: crate::authoring::starter::Template,
    },
    /// เริ่มหน้าใหม่ · start a new page
    New(super::new::NewArgs),
    /// นำเข้าตารางหรือรายงาน · import a table or a report
    Import(super::import_input::ImportArgs),
    /// เปลี่ยนชื่อช่อง หัวข้อ คำ หรือชนิดทุกที่ที่ใช้ · rename a field, section, term or kind wherever it is used
    Rename(RenameArgs),
    /// ย้อนไฟล์ที่ import, new, fix หรือ rename ครั้งล่าสุดเขียน · take back what the last import, new, fix or rename wrote
    Undo,
    /// ตั้งค่าโปรแกรมแก้ไขและเอกสารของชนิดหน้า · editor set-up and documentation of kinds
    Schema(super::schema::SchemaArgs),
    /// แบบฟอร์มเขียนหน้าในเบราว์เซอร์ · a form-based editor in the browser
    Cms(super::cms::CmsArgs),
    /// สร้างเว็บไซต์ · build the site
    Build(BuildArgs),
    /// ตรวจเนื้อหาทั้งหมด · check all content
    Check(CheckArgs),
    /// ค้นหา · search the portal
    Search(SearchArgs),
    /// อธิบายรหัสข้อความ · explain a diagnostic code
    Explain {
        /// รหัส เช่น S301 · a code such as S301; `all` lists every code
        #[arg(add = completion::codes())]
        code: String,
    },
    /// ซ่อมข้อความไทยที่เสียหาย รายการและลิงก์ที่เขียนผิดรูป · mend damaged Thai, and lists and links in the wrong form
    Fix(FixArgs),
    /// พิมพ์เอกสารแจกเป็น PDF · print handouts as PDF
    Handout(HandoutArgs),
    /// แสดงรายการหน้า · list entries
    List(ListArgs),
    /// งานที่ค้างและงานที่ครบกำหนด · what is late and what is due
    Due(DueArgs),
    /// เปิดเว็บตัวอย่างระหว่างเขียน · preview the site while writing
    Serve(ServeArgs),
    /// รวมเว็บไซต์เป็น zip ไฟล์เดียว · pack the site into one zip
    Bundle(BundleArgs),
    /// ส่งออกเอกสารสำหรับเครื่องแม่ข่ายค้นหา Quickwit · export the documents for a search server (Quickwit)
    Export(ExportArgs),
    /// ตรวจว่าเครื่องนี้ขาดอะไร · tell what is missing on this machine
    Doctor,
    /// สร้างไฟล์เติมคำสั่งอัตโนมัติของเชลล์ · shell completions
    Completions {
        /// เชลล์ · shell
        shell: clap_complete::Shell,
    },
}

/// `sala build`.
#[derive(clap::Args, Debug)]
pub(super) struct BuildArgs {
    /// โฟลเดอร์ปลายทาง · output folder [default: public in the portal's folder]
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// ที่อยู่เต็มของเว็บไซต์ · absolute address of the published site
    #[arg(long, value_name = "URL", value_parser = address)]
    pub base_url: Option<String>,
    /// ถือคำเตือนเป็นข้อผิดพลาด · treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// ไม่สร้างการค้นหา · leave out search
    #[arg(long)]
    pub no_search: bool,
    /// ไม่เผยแพร่หน้าตัวอย่าง · leave out sample pages
    #[arg(long)]
    pub without_samples: bool,
    /// ทำใหม่ทั้งหมด ไม่ใช้ของที่เก็บไว้จากครั้งก่อน · make everything anew
    #[arg(long)]
    pub fresh: bool,
    /// แสดงเวลาของแต่ละขั้น · print the time of each step [formats: text, json]
    #[arg(long, value_enum, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "text")]
    pub timings: Option<TimingsFormat>,
    /// แสดงจำนวนของทุกชนิด · print the count of every kind
    #[arg(short, long)]
    pub verbose: bool,
}

/// How the times of the steps are printed.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimingsFormat {
    /// A table on standard error.
    Text,
    /// One JSON object on standard output.
    Json,
}

/// `sala check`.
#[derive(clap::Args, Debug)]
pub(super) struct CheckArgs {
    /// รูปแบบผลลัพธ์ · output format
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// ถือคำเตือนเป็นข้อผิดพลาด · treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// แสดงหน้าที่อนุญาตให้มีข้อมูลส่วนบุคคล · list the pages that allow personal data, and why
    #[arg(long)]
    pub allowances: bool,
}

/// `sala fix`.
#[derive(clap::Args, Debug)]
pub(super) struct FixArgs {
    /// แสดงสิ่งที่จะแก้โดยไม่แก้ไฟล์ · show the changes, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// ไฟล์หรือโฟลเดอร์ · files or folders [default: the portal's content]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// `sala rename`.
#[derive(clap::Args, Debug)]
pub(super) struct RenameArgs {
    /// สิ่งที่เปลี่ยน · what is renamed
    #[arg(value_enum)]
    pub what: crate::authoring::rename::What,
    /// รหัสเดิม เช่น reach, innovation.reach, innovation.results.unit, *.reach · the old id: reach, innovation.reach, innovation.results.unit, *.reach
    pub old: String,
    /// รหัสใหม่ · the new id
    pub new: String,
    /// โฟลเดอร์ใหม่ของชนิด · new folder of a kind; its pages move, and old addresses lead on
    #[arg(long, value_name = "NAME")]
    pub folder: Option<String>,
    /// แสดงสิ่งที่จะแก้โดยไม่แก้ไฟล์ · show the changes, write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `sala search`.
#[derive(clap::Args, Debug)]
pub(super) struct SearchArgs {
    /// คำค้น · what to look for
    pub query: String,
    /// เฉพาะชนิดนี้ (ใช้ซ้ำได้) · only this kind (repeatable)
    #[arg(long, value_name = "KIND", add = completion::kinds())]
    pub kind: Vec<String>,
    /// เฉพาะค่าของตัวกรอง เช่น component=goal (ใช้ซ้ำได้) · only this facet value (repeatable)
    #[arg(long, value_name = "NAME=TERM", value_parser = facet)]
    pub facet: Vec<(String, String)>,
    /// จำนวนผลลัพธ์ · number of results
    #[arg(long, default_value_t = 10)]
    pub limit: usize,
    /// ผลลัพธ์เป็น JSON บรรทัดละหนึ่งรายการ · one JSON object per line
    #[arg(long)]
    pub json: bool,
    /// ค้นหน้าภาษาอังกฤษ · search the English pages
    #[arg(long)]
    pub english: bool,
}

/// `sala handout`.
#[derive(clap::Args, Debug)]
pub(super) struct HandoutArgs {
    /// รหัสของหน้า ฉบับอังกฤษคือ ID.en · ids of entries; ID.en is the English one
    #[arg(value_name = "ID", add = completion::ids())]
    pub ids: Vec<String>,
    /// สิ่งพิมพ์ ชื่อไฟล์ใน content/_schema/print · product: the name of a file in content/_schema/print
    #[arg(long, value_name = "NAME")]
    pub product: Option<String>,
    /// ทุกสิ่งที่พิมพ์ได้ · everything that can be printed
    #[arg(long, conflicts_with_all = ["product", "paper"])]
    pub all: bool,
    /// รายชื่อผู้เข้าร่วม (.xlsx .ods .csv) ที่เก็บไว้นอกพอร์ทัล · list of people kept outside the portal
    #[arg(long, value_name = "FILE", requires = "out")]
    pub people: Option<PathBuf>,
    /// โฟลเดอร์ปลายทาง · output folder [default: handouts]
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// กระดาษ · paper: a4, a5, a3, slides, a5-booklet, a4-booklet, card, link, as far as the product has it
    #[arg(long, value_name = "PAPER")]
    pub paper: Option<crate::pdf::Paper>,
    /// เขียนทับไฟล์ที่ Sala ไม่ได้สร้าง · replace files that Sala did not make
    #[arg(long)]
    pub force: bool,
    /// ที่อยู่เต็มของเว็บไซต์ · absolute address of the published site
    #[arg(long, value_name = "URL", value_parser = address)]
    pub base_url: Option<String>,
}

/// `sala list`.
#[derive(clap::Args, Debug)]
pub(super) struct ListArgs {
    /// ชนิด · kind; without it: the kinds and their counts
    #[arg(add = completion::kinds())]
    pub kind: Option<String>,
    /// ผลลัพธ์เป็น JSON บรรทัดละหนึ่งรายการ · one JSON object per line
    #[arg(long)]
    pub json: bool,
}

/// `sala due`.
#[derive(clap::Args, Debug)]
pub(super) struct DueArgs {
    /// รหัสของหน่วยงานหรือเครือข่าย บอกงานทุกข้อ · ids of bodies: tells every duty [default: a line for each body]
    #[arg(value_name = "ID", add = completion::ids())]
    pub ids: Vec<String>,
    /// ณ วันที่ เช่น 2565-08-15 · as of this day [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// ผลลัพธ์เป็น JSON บรรทัดละหนึ่งรายการ · one JSON object per line
    #[arg(long)]
    pub json: bool,
    /// ทำบันทึกข้อความต่อหน่วยงานเป็น PDF และ .docx ในโฟลเดอร์นี้ · a memo (PDF and .docx) for each body in this folder
    #[arg(long, value_name = "DIR")]
    pub memo: Option<PathBuf>,
    /// ไม่นับหน้าตัวอย่าง · leave out sample pages
    #[arg(long)]
    pub without_samples: bool,
    /// เขียนทับไฟล์ที่ Sala ไม่ได้สร้าง · replace files that Sala did not make
    #[arg(long)]
    pub force: bool,
}

/// `sala serve`.
#[derive(clap::Args, Debug)]
pub(super) struct ServeArgs {
    /// ที่อยู่ที่เปิดรับ · address to listen on; another one than this machine's own shows the preview to the network
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub address: std::net::IpAddr,
    /// พอร์ต · port [default: 4000 or the next free one]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// เปิดเบราว์เซอร์ให้ · open the browser
    #[arg(long)]
    pub open: bool,
    /// แสดงหน้าร่างด้วย · show drafts too
    #[arg(long)]
    pub drafts: bool,
    /// เขียนและแก้หน้าด้วยแบบฟอร์มในเบราว์เซอร์ บนเครื่องนี้เท่านั้น · write and edit pages in forms, on this machine only
    #[arg(long)]
    pub edit: bool,
}

/// `sala bundle`.
#[derive(clap::Args, Debug)]
pub(super) struct BundleArgs {
    /// ไฟล์ปลายทาง · file to write [default: portal.zip in the portal's folder]
    #[arg(short, long, value_name = "FILE.zip")]
    pub out: Option<PathBuf>,
    /// เฉพาะหน้านี้และหน้าที่เกี่ยวข้อง · only this page and what belongs to it
    #[arg(long, value_name = "ID", add = completion::ids())]
    pub part: Option<String>,
    /// เขียนทับไฟล์ที่ Sala ไม่ได้สร้าง · replace files that Sala did not make
    #[arg(long)]
    pub force: bool,
}

/// `sala export`.
#[derive(clap::Args, Debug)]
pub(super) struct ExportArgs {
    /// สิ่งที่ส่งออก: search · what to export: search
    #[arg(value_enum, hide_possible_values = true)]
    pub what: Exported,
    /// โฟลเดอร์ปลายทาง · folder to write into
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,
    /// ที่อยู่เต็มของเว็บไซต์ · absolute address of the published site
    #[arg(long, value_name = "URL", value_parser = address)]
    pub base_url: Option<String>,
    /// เขียนทับไฟล์ที่ Sala ไม่ได้สร้าง · replace files that Sala did not make
    #[arg(long)]
    pub force: bool,
}

/// What `sala export` writes.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exported {
    /// Documents and field mapping for Quickwit.
    Search,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_have_a_name_and_a_term() {
        assert_eq!(facet("year=2564"), Ok(("year".into(), "2564".into())));
        assert!(facet("year").is_err() && facet("=x").is_err());
    }
}
