//! `gradbooth doctor`: what is wrong with this booth and what to do about it, in words for an attendant.
//!
//! It looks and changes nothing (but fills the folder that `--salvage` names): it makes no folder, migrates no database and repairs no file. It names no
//! student and prints nothing of a key.

mod eyes;
mod looks;
mod records;
mod service;

use crate::config::{Config, ConfigFault};
use crate::domain::Language;
use clap::Args;
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;

/// What is said in the language of whoever asked.
macro_rules! said {
    ($language:expr, $english:literal, $chinese:literal) => {
        match $language {
            $crate::domain::Language::English => format!($english),
            $crate::domain::Language::Chinese => format!($chinese),
        }
    };
}
use said;

/// Look the booth over: cameras, models, fonts, records, service, clock, key, disk.
///
/// Ends with 0 (all right), 1 (the booth works, but somebody should look) or 2 (it cannot work).
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// The booth's settings
    #[arg(long, value_name = "FILE", default_value = "kiosk-config/booth.toml")]
    pub config: PathBuf,
    /// Print one JSON object a line
    #[arg(long)]
    pub json: bool,
    /// Save every unsent submission that can be read from damaged records into this folder, still encrypted
    #[arg(long, value_name = "DIR")]
    pub salvage: Option<PathBuf>,
    /// zh-CN or en; without it, as LANG says
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
}

/// How it stands with one thing, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Good,
    Attention,
    Broken,
}

/// What was looked at. Closed, and the same words in every language, for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Check {
    Config,
    Key,
    Camera,
    Models,
    Fonts,
    StateKey,
    Records,
    Queue,
    Disk,
    Service,
    Enrolment,
    Clock,
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Line {
    check: Check,
    state: State,
    /// How it is.
    is: String,
    /// What to do; nothing where all is well.
    #[serde(rename = "do", skip_serializing_if = "String::is_empty")]
    remedy: String,
}

impl Line {
    fn good(check: Check, is: String) -> Self {
        Self {
            check,
            state: State::Good,
            is,
            remedy: String::new(),
        }
    }

    fn attention(check: Check, is: String, remedy: String) -> Self {
        Self {
            check,
            state: State::Attention,
            is,
            remedy,
        }
    }

    fn broken(check: Check, is: String, remedy: String) -> Self {
        Self {
            check,
            state: State::Broken,
            is,
            remedy,
        }
    }
}

/// Looks everything over and prints it as it is found.
pub fn run(args: &DoctorArgs, out: &mut dyn Write) -> io::Result<u8> {
    let environment =
        ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).unwrap_or_default());
    let language = language_of(args.language.as_deref(), &environment);
    let mut worst = State::Good;
    let mut print = |lines: Vec<Line>| -> io::Result<()> {
        for line in lines {
            worst = worst.max(line.state);
            write_line(&line, args.json, language, out)?;
        }
        Ok(())
    };
    match Config::load(&args.config) {
        Err(faults) => print(
            faults
                .iter()
                .map(|fault| config_fault(fault, language))
                .collect(),
        )?,
        Ok(config) => {
            let file = args.config.display();
            print(vec![Line::good(
                Check::Config,
                said!(language, "{file} is in order", "{file} 没有问题"),
            )])?;
            let (key, line) = service::key(&config, language);
            print(vec![line])?;
            print(vec![eyes::camera(&config, language)])?;
            if let Some(out) = &args.salvage {
                print(vec![records::salvage(&config.state_folder, out, language)])?;
            }
            print(records::records(&config, language))?;
            print(
                records::disk(&config.state_folder, language)
                    .into_iter()
                    .collect(),
            )?;
            print(service::service(&config, key.as_ref(), language))?;
        }
    }
    print(vec![eyes::models(language), looks::fonts(language)])?;
    Ok(worst as u8)
}

fn config_fault(fault: &ConfigFault, language: Language) -> Line {
    let remedy = said!(
        language,
        "correct the settings; kiosk-config/booth.toml explains every key",
        "请改正设置;kiosk-config/booth.toml 说明了每一项"
    );
    Line::broken(Check::Config, fault.to_string(), remedy)
}

/// The language asked for, else that of the environment; the first variable that is set counts.
fn language_of(asked: Option<&str>, environment: &[String]) -> Language {
    let set = environment.iter().find(|value| !value.is_empty());
    let wanted = asked.or(set.map(String::as_str)).unwrap_or_default();
    if wanted.starts_with("zh") {
        Language::Chinese
    } else {
        Language::English
    }
}

fn write_line(line: &Line, json: bool, language: Language, out: &mut dyn Write) -> io::Result<()> {
    if json {
        serde_json::to_writer(&mut *out, line)?;
        return writeln!(out);
    }
    let mark = match (line.state, language) {
        (State::Good, Language::English) => "  ok  ",
        (State::Attention, Language::English) => " look ",
        (State::Broken, Language::English) => "BROKEN",
        (State::Good, Language::Chinese) => " 正常 ",
        (State::Attention, Language::Chinese) => " 注意 ",
        (State::Broken, Language::Chinese) => " 故障 ",
    };
    let name = name_of(line.check, language);
    writeln!(out, "[{mark}] {name}: {}", line.is)?;
    if line.remedy.is_empty() {
        Ok(())
    } else {
        writeln!(out, "         -> {}", line.remedy)
    }
}

const fn name_of(check: Check, language: Language) -> &'static str {
    let (english, chinese) = match check {
        Check::Config => ("settings", "设置"),
        Check::Key => ("booth key", "设备密钥"),
        Check::Camera => ("camera", "摄像头"),
        Check::Models => ("models", "识别模型"),
        Check::Fonts => ("fonts", "字体"),
        Check::StateKey => ("key of the records", "记录密钥"),
        Check::Records => ("records", "本机记录"),
        Check::Queue => ("queue", "待上传"),
        Check::Disk => ("disk", "磁盘"),
        Check::Service => ("service", "审核服务"),
        Check::Enrolment => ("enrolment", "设备登记"),
        Check::Clock => ("clock", "时钟"),
    };
    match language {
        Language::English => english,
        Language::Chinese => chinese,
    }
}

#[cfg(test)]
mod tests;
