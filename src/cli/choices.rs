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
            Format::Text => PossibleValue::new("text"),
            Format::Json => PossibleValue::new("json"),
            Format::Github => PossibleValue::new("github"),
        })
    }
}

impl ValueEnum for What {
    fn value_variants<'a>() -> &'a [Self] {
        &[What::Field, What::Section, What::Term, What::Kind]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            What::Field => PossibleValue::new("field"),
            What::Section => PossibleValue::new("section"),
            What::Term => PossibleValue::new("term"),
            What::Kind => PossibleValue::new("kind"),
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
