//! The command line in one language: help texts hold both, `ไทย · English`; what the library writes itself is in English
//! and is said here in Thai.

use super::args::Args;
use crate::model::Lang;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory};
use std::ffi::OsString;
use std::fmt::Write;

/// The commands with their help in one language.
pub(super) fn command(lang: Lang) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help(say(
        lang,
        "แสดงรุ่นของโปรแกรม",
        "print the version",
    ));
    let whole = Args::command().disable_version_flag(true).arg(version);
    localised(whole, lang).after_help(say(
        lang,
        "รหัสจบ: 0 สำเร็จ · 1 เนื้อหามีข้อผิดพลาด · 2 เรียกใช้ไม่ถูกต้อง · 3 เครื่องขัดข้อง\nเริ่มต้น: sala init my-portal   คำสั่งเดียว: sala build --help   English: sala --lang en --help",
        "Exit codes: 0 done · 1 errors in the content · 2 wrong usage · 3 the machine failed\nTo begin: sala init my-portal   One command: sala build --help   ภาษาไทย: sala --lang th --help",
    ))
}

fn say<'a>(lang: Lang, th: &'a str, en: &'a str) -> &'a str {
    if lang == Lang::EN { en } else { th }
}

/// The part of a text in both languages that is in this one.
fn pick(text: &str, lang: Lang) -> String {
    match text.split_once(" · ") {
        Some((th, en)) => say(lang, th, en).to_string(),
        None => text.to_string(),
    }
}

fn localised(mut command: Command, lang: Lang) -> Command {
    if let Some(about) = command.get_about().map(|t| pick(&t.to_string(), lang)) {
        command = command.about(about);
    }
    let help =
        Arg::new("help").short('h').long("help").action(ArgAction::Help).help(say(lang, "แสดงวิธีใช้นี้", "show this help"));
    command = command.disable_help_flag(true).arg(help);
    command = command.mut_args(|arg| {
        let mut text = arg.get_help().map(|t| pick(&t.to_string(), lang));
        // The library adds these in English.
        let arg = match lang {
            Lang::TH if arg.get_action().takes_values() => {
                let names = |all: &mut dyn Iterator<Item = String>| all.collect::<Vec<_>>().join(", ");
                // Some help texts name the values themselves.
                let values = if arg.is_hide_possible_values_set() { Vec::new() } else { arg.get_possible_values() };
                let known = names(&mut values.iter().map(|v| v.get_name().to_string()));
                let usual = names(&mut arg.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()));
                let added = [(" ค่าที่ใช้ได้: ", known), (" ถ้าไม่ระบุ: ", usual)];
                let added: String =
                    added.into_iter().filter(|(_, v)| !v.is_empty()).map(|(a, v)| a.to_string() + &v).collect();
                text = text.map(|text| text + &added);
                arg.hide_possible_values(true).hide_default_value(true)
            }
            _ => arg,
        };
        let heading = match (lang, arg.is_positional()) {
            (Lang::TH, true) => "สิ่งที่ระบุ",
            (Lang::TH, false) => "ตัวเลือก",
            (_, true) => "Arguments",
            (_, false) => "Options",
        };
        let arg = arg.help_heading(heading);
        match text {
            Some(text) => arg.help(text),
            None => arg,
        }
    });
    if command.has_subcommands() {
        command = command.disable_help_subcommand(true).subcommand_help_heading(say(lang, "คำสั่ง", "Commands"));
    }
    let usage = say(lang, "วิธีใช้", "Usage");
    command =
        command.help_template(format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}"));
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_string()).collect();
    for name in names {
        command = command.mut_subcommand(name, |c| localised(c, lang));
    }
    command
}

/// The arguments; `sala help build` is `sala build --help`.
pub(super) fn arguments() -> Vec<OsString> {
    let mut all: Vec<OsString> = std::env::args_os().collect();
    if all.get(1).is_some_and(|first| first == "help") {
        all.remove(1);
        all.push("--help".into());
    }
    all
}

/// Language of messages before the arguments are understood: `--lang` where it is, else none.
pub(super) fn asked() -> Option<Lang> {
    let arguments: Vec<String> = std::env::args_os().map(|a| a.to_string_lossy().into_owned()).collect();
    arguments.iter().enumerate().find_map(|(i, argument)| {
        let value = match argument.strip_prefix("--lang") {
            Some("") => arguments.get(i + 1).cloned()?,
            Some(rest) => rest.strip_prefix('=')?.to_string(),
            None => return None,
        };
        Lang::parse(&value).filter(|lang| [Lang::TH, Lang::EN].contains(lang))
    })
}

/// The message of a wrong call, in Thai; none where the library's own text is to be shown.
pub(super) fn thai(error: &clap::Error) -> Option<String> {
    let get = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(all)) => Some(all.join(", ")),
        _ => None,
    };
    let argument = get(ContextKind::InvalidArg).unwrap_or_default();
    let value = get(ContextKind::InvalidValue).unwrap_or_default();
    let mut out = match error.kind() {
        ErrorKind::UnknownArgument => format!("ไม่มีตัวเลือก “{argument}”"),
        ErrorKind::InvalidSubcommand => {
            format!("ไม่มีคำสั่ง “{}”", get(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("ต้องใส่ค่าให้ {argument}"),
        ErrorKind::InvalidValue => format!("ค่า “{value}” ของ {argument} ใช้ไม่ได้"),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map_or_else(String::new, |e| format!(" ({e})"));
            format!("ค่า “{value}” ของ {argument} ใช้ไม่ได้{why}")
        }
        ErrorKind::MissingRequiredArgument => format!("ยังขาด {argument}"),
        ErrorKind::ArgumentConflict => {
            let other = get(ContextKind::PriorArg).unwrap_or_default();
            if other == argument {
                format!("ใช้ {argument} ได้ครั้งเดียว")
            } else {
                format!("ใช้ {argument} ร่วมกับ {other} ไม่ได้")
            }
        }
        _ => return None,
    };
    if let Some(known) = get(ContextKind::ValidValue).filter(|k| !k.is_empty()) {
        let _ = write!(out, "\n  ค่าที่ใช้ได้: {known}");
    }
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(get);
    if let Some(near) = near {
        let _ = write!(out, "\n  คำแนะนำ: หมายถึง “{near}” ใช่หรือไม่");
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.trim_start_matches("Usage:").trim();
        let _ = write!(out, "\n\nวิธีใช้: {usage}\nดูทั้งหมดด้วย --help");
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every help text says its thing in the language that was asked for.
    #[test]
    fn help_is_in_one_language() {
        fn walk(command: &Command, check: &dyn Fn(&str)) {
            command.get_about().iter().for_each(|t| check(&t.to_string()));
            for arg in command.get_arguments() {
                match arg.get_help() {
                    Some(text) => check(&text.to_string()),
                    None => panic!("{}: {} has no help", command.get_name(), arg.get_id()),
                }
            }
            command.get_subcommands().for_each(|c| walk(c, check));
        }
        let thai = |text: &str| text.chars().any(crate::text::chars::is_thai);
        walk(&command(Lang::TH), &|t| assert!(thai(t) && !t.contains(" · "), "{t}"));
        walk(&command(Lang::EN), &|t| {
            assert!(!thai(t) || t.contains("ศาลา"), "{t}");
        });
    }
}
