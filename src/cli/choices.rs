//! Values of arguments that stand for what other modules offer; they know nothing of the command line.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::authoring::rename::What;
use crate::authoring::starter::Template;
use crate::diagnostics::print::Format;

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Format::Text, Format::Json, Format::Github]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Format::Text => {
                PossibleValue::new("text").help("สำหรับคนอ่าน พร้อมบรรทัดในไฟล์ · for people, with the source line")
            }
            Format::Json => PossibleValue::new("json").help("JSON บรรทัดละหนึ่งรายการ · one JSON object per line"),
            Format::Github => PossibleValue::new("github").help("คำสั่งของ GitHub · GitHub workflow commands"),
        })
    }
}

impl ValueEnum for What {
    fn value_variants<'a>() -> &'a [Self] {
        &[What::Field, What::Section, What::Term, What::Kind]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            What::Field => PossibleValue::new("field").help("ฟิลด์หรือคอลัมน์ · a field, or a column of a table"),
            What::Section => PossibleValue::new("section").help("หัวข้อในเนื้อความ · a section of a kind's text"),
            What::Term => PossibleValue::new("term").help("คำในรายการคำ · a term of a vocabulary"),
            What::Kind => PossibleValue::new("kind").help("ชนิดหน้า · a kind"),
        })
    }
}

impl ValueEnum for Template {
    fn value_variants<'a>() -> &'a [Self] {
        &[Template::Small, Template::Networks, Template::KnowledgeBase, Template::Docs]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Template::Small => ("small", "ชนิดหน้าสามชนิดกับหน้าตัวอย่าง · three kinds with a sample page each"),
            Template::Networks => (
                "networks",
                "พอร์ทัลเครือข่ายนวัตกรรมคุณภาพสถานศึกษา ไม่มีหน้าตัวอย่าง · the school-quality networks, without samples",
            ),
            Template::KnowledgeBase => (
                "knowledge-base",
                "แนวปฏิบัติของโรงพยาบาล ภาษาอังกฤษ · practices, reviews and wards of a hospital, in English",
            ),
            Template::Docs => ("docs", "หน้าธรรมดา ภาษาอังกฤษ · plain pages, in English"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}
