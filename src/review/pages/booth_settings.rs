//! The form in which is decided what holds at all booths: a choice or a number a line, and "each booth's own".

use super::form::Form;
use super::review_view::time;
use super::words::Words;
use crate::domain::booth_settings::{CASH_LIMIT_YUAN, IDLE_S, IDLE_WARNING_S, RETENTION_HOURS};
use crate::domain::{BoothSettings, Language, PhotoImport};
use std::ops::RangeInclusive;

/// The form as it is shown.
pub(super) struct SettingsForm {
    pub(super) decided: String,
    pub(super) choices: Vec<Choice>,
    pub(super) numbers: Vec<Number>,
}

/// One of some words.
pub(super) struct Choice {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) options: Vec<Choosable>,
}

pub(super) struct Choosable {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_chosen: bool,
}

/// A number within its bounds, or nothing.
pub(super) struct Number {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) value: String,
    pub(super) least: u64,
    pub(super) most: u64,
}

impl SettingsForm {
    pub(super) fn of(w: Words, decided: &BoothSettings) -> Self {
        let languages =
            Language::ALL.map(|language| (language.tag(), decided.language == Some(language)));
        let imports = [
            ("off", PhotoImport::Off),
            ("attendant", PhotoImport::Attendant),
            ("on", PhotoImport::On),
        ]
        .map(|(word, import)| (word, decided.photo_import == Some(import)));
        Self {
            decided: decided.decided_at.map(time).unwrap_or_default(),
            choices: vec![
                choice(w, "language", &languages),
                choice(w, "photo_import", &imports),
            ],
            numbers: vec![
                number(w, "idle_s", decided.idle_s, &IDLE_S),
                number(w, "idle_warning_s", decided.idle_warning_s, &IDLE_WARNING_S),
                number(
                    w,
                    "retention_hours",
                    decided.retention_hours,
                    &RETENTION_HOURS,
                ),
                number(
                    w,
                    "cash_limit_yuan",
                    decided.cash_limit_yuan,
                    &CASH_LIMIT_YUAN,
                ),
            ],
        }
    }

    /// What a form says. What is not there, or out of bounds, is not decided.
    pub(super) fn read(form: &Form) -> BoothSettings {
        let number = |name: &str| form.get(name).trim().parse().ok();
        let settings = BoothSettings {
            decided_at: None,
            language: Language::ALL
                .into_iter()
                .find(|language| language.tag() == form.get("language")),
            photo_import: match form.get("photo_import") {
                "off" => Some(PhotoImport::Off),
                "attendant" => Some(PhotoImport::Attendant),
                "on" => Some(PhotoImport::On),
                _ => None,
            },
            idle_s: number("idle_s"),
            idle_warning_s: number("idle_warning_s"),
            retention_hours: number("retention_hours"),
            cash_limit_yuan: number("cash_limit_yuan"),
        };
        settings.within_bounds()
    }
}

fn id_of(name: &str) -> String {
    format!("settings-{}", name.replace('_', "-"))
}

fn choice(w: Words, name: &'static str, words: &[(&str, bool)]) -> Choice {
    let own = Choosable {
        value: String::new(),
        label: w.say("settings-own"),
        is_chosen: words.iter().all(|(_, is_chosen)| !is_chosen),
    };
    let options = words.iter().map(|(word, is_chosen)| Choosable {
        value: (*word).to_owned(),
        label: w.say(&format!("{}-{}", id_of(name), word.to_lowercase())),
        is_chosen: *is_chosen,
    });
    Choice {
        name,
        label: w.say(&id_of(name)),
        options: [own].into_iter().chain(options).collect(),
    }
}

fn number(
    w: Words,
    name: &'static str,
    value: Option<u64>,
    bounds: &RangeInclusive<u64>,
) -> Number {
    Number {
        name,
        label: w.say(&id_of(name)),
        value: value.map(|value| value.to_string()).unwrap_or_default(),
        least: *bounds.start(),
        most: *bounds.end(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_again_what_was_decided_and_nothing_beyond_the_bounds() {
        let form = Form::parse(
            b"language=en&photo_import=off&idle_s=90&idle_warning_s=1&retention_hours=&cash_limit_yuan=x",
        );
        let decided = SettingsForm::read(&form);
        assert_eq!(
            decided,
            BoothSettings {
                language: Some(Language::English),
                photo_import: Some(PhotoImport::Off),
                idle_s: Some(90),
                ..BoothSettings::default()
            }
        );
        for language in Language::ALL {
            let form = SettingsForm::of(Words::new(language), &decided);
            let chosen = |choice: &Choice| {
                let chosen = choice.options.iter().find(|option| option.is_chosen);
                chosen.map(|option| option.value.clone())
            };
            assert_eq!(
                form.choices.iter().map(chosen).collect::<Vec<_>>(),
                [Some("en".to_owned()), Some("off".to_owned())]
            );
            let labels = form.choices.iter().flat_map(|choice| {
                let options = choice.options.iter().map(|option| &option.label);
                options.chain([&choice.label])
            });
            for label in labels.chain(form.numbers.iter().map(|number| &number.label)) {
                assert!(!label.contains("settings-"), "{label}");
            }
        }
    }
}
