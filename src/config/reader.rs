//! Takes keys out of a TOML file one by one and remembers everything that is wrong with them.
//!
//! Whatever was not taken at the end is an unknown key. A fault gives a stand-in value, so that reading goes
//! on and all faults are found; the stand-ins never leave, because [`Reader::finish`] then gives no config.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use thiserror::Error;
use toml::{Table, Value};

/// What is wrong with a key.
#[derive(Debug, Error, Clone, PartialEq)]
pub enum Wrong {
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    File(std::io::ErrorKind),
    /// The file is not TOML.
    #[error("line {line} is not TOML: {what}")]
    NotToml {
        /// Counted from 1.
        line: usize,
        /// What the parser says.
        what: String,
    },
    /// Needed and not there.
    #[error("is missing")]
    Missing,
    /// No such key.
    #[error("is not a key of this file")]
    Unknown,
    /// Another kind of value.
    #[error("has to be {0}")]
    NotA(&'static str),
    /// Outside what may be chosen.
    #[error("has to be from {least} to {most}")]
    Outside {
        /// The least allowed.
        least: f64,
        /// The most allowed.
        most: f64,
    },
    /// Not one of the words.
    #[error("has to be one of: {0}")]
    NotOneOf(String),
    /// Allowed in a demonstration only.
    #[error("may only be set where demonstration = true")]
    OnlyInDemonstration,
    /// Not an address that the booth may talk to.
    #[error("{0}")]
    Address(&'static str),
    /// Not a PIN hash.
    #[error("has to be an argon2id hash, as `gradbooth pin` writes it")]
    NotAPinHash,
    /// The PIN that everybody knows.
    #[error("is the PIN of the demonstration; make your own with `gradbooth pin`")]
    DemonstrationPin,
}

/// A fault of the config, with its place.
#[derive(Debug, Error, Clone, PartialEq)]
#[error("{}: {key}{}{wrong}", file.display(), if key.is_empty() { "" } else { " " })]
pub struct ConfigFault {
    /// The file.
    pub file: PathBuf,
    /// The key, `section.key`; empty for the file itself.
    pub key: String,
    /// What is wrong.
    pub wrong: Wrong,
}

pub(super) struct Reader {
    file: PathBuf,
    table: Table,
    faults: Vec<ConfigFault>,
}

impl Reader {
    pub fn open(file: &Path) -> Result<Self, Vec<ConfigFault>> {
        let fault = |wrong| {
            vec![ConfigFault {
                file: file.to_owned(),
                key: String::new(),
                wrong,
            }]
        };
        let text =
            std::fs::read_to_string(file).map_err(|error| fault(Wrong::File(error.kind())))?;
        let table = text
            .parse()
            .map_err(|error| fault(not_toml(&text, &error)))?;
        Ok(Self {
            file: file.to_owned(),
            table,
            faults: Vec::new(),
        })
    }

    /// The value, unless anything was wrong anywhere.
    pub fn finish<T>(mut self, value: T) -> Result<T, Vec<ConfigFault>> {
        for key in left_over("", &std::mem::take(&mut self.table)) {
            self.fault(&key, Wrong::Unknown);
        }
        if self.faults.is_empty() {
            Ok(value)
        } else {
            Err(self.faults)
        }
    }

    pub fn fault(&mut self, key: &str, wrong: Wrong) {
        self.faults.push(ConfigFault {
            file: self.file.clone(),
            key: key.to_owned(),
            wrong,
        });
    }

    fn take(&mut self, key: &str) -> Option<Value> {
        match key.split_once('.') {
            Some((section, name)) => self.table.get_mut(section)?.as_table_mut()?.remove(name),
            None => self.table.remove(key),
        }
    }

    /// The value as `read` sees it; `default` where it is absent; `stand_in` where something is wrong.
    fn value<T>(
        &mut self,
        key: &str,
        kind: &'static str,
        default: Option<T>,
        stand_in: T,
        read: impl Fn(&Value) -> Option<T>,
    ) -> T {
        match (self.take(key), default) {
            (None, Some(default)) => default,
            (None, None) => {
                self.fault(key, Wrong::Missing);
                stand_in
            }
            (Some(value), _) => read(&value).unwrap_or_else(|| {
                self.fault(key, Wrong::NotA(kind));
                stand_in
            }),
        }
    }

    pub fn yes_or_no(&mut self, key: &str, default: Option<bool>) -> bool {
        self.value(key, "true or false", default, false, Value::as_bool)
    }

    /// Text; where there is no default, an empty one counts as missing.
    pub fn text(&mut self, key: &str, default: Option<&str>) -> String {
        let read = |value: &Value| value.as_str().map(str::to_owned);
        let before = self.faults.len();
        let text = self.value(key, "text", default.map(str::to_owned), String::new(), read);
        if text.is_empty() && default.is_none() && self.faults.len() == before {
            self.fault(key, Wrong::Missing);
        }
        text
    }

    pub fn whole(&mut self, key: &str, range: RangeInclusive<u64>, default: Option<u64>) -> u64 {
        let (least, most) = (*range.start(), *range.end());
        let read = |value: &Value| {
            value
                .as_integer()
                .and_then(|whole| u64::try_from(whole).ok())
        };
        let whole = self.value(key, "a whole number", default, least, read);
        if !range.contains(&whole) {
            self.fault(
                key,
                Wrong::Outside {
                    least: least as f64,
                    most: most as f64,
                },
            );
        }
        whole
    }

    pub fn number(&mut self, key: &str, range: RangeInclusive<f32>, default: Option<f32>) -> f32 {
        let (least, most) = (*range.start(), *range.end());
        let read = |value: &Value| {
            let whole = value.as_integer().map(|whole| whole as f32);
            value.as_float().map(|number| number as f32).or(whole)
        };
        let number = self.value(key, "a number", default, least, read);
        if !range.contains(&number) {
            self.fault(
                key,
                Wrong::Outside {
                    least: least.into(),
                    most: most.into(),
                },
            );
        }
        number
    }

    /// One of some words: the default, or one of the others.
    pub fn word<T: Copy>(&mut self, key: &str, default: (&str, T), others: &[(&str, T)]) -> T {
        let given = self.text(key, Some(default.0));
        let words = || std::iter::once(&default).chain(others);
        let found = words()
            .find(|(word, _)| *word == given)
            .map(|(_, value)| *value);
        found.unwrap_or_else(|| {
            let all: Vec<&str> = words().map(|(word, _)| *word).collect();
            self.fault(key, Wrong::NotOneOf(all.join(", ")));
            default.1
        })
    }

    /// A path, seen from the folder of the file.
    pub fn path(&mut self, key: &str) -> PathBuf {
        let text = self.text(key, None);
        self.seen_from_here(&text)
    }

    pub fn optional_path(&mut self, key: &str) -> Option<PathBuf> {
        let text = self.text(key, Some(""));
        (!text.is_empty()).then(|| self.seen_from_here(&text))
    }

    /// Paths separated by colons, each seen from the folder of the file.
    pub fn paths(&mut self, key: &str, default: &str) -> Vec<PathBuf> {
        let text = self.text(key, Some(default));
        let paths = text.split(':').filter(|path| !path.is_empty());
        paths.map(|path| self.seen_from_here(path)).collect()
    }

    fn seen_from_here(&self, text: &str) -> PathBuf {
        self.file.parent().unwrap_or(Path::new("")).join(text)
    }
}

/// The parser's words without the line that it quotes.
fn not_toml(text: &str, error: &toml::de::Error) -> Wrong {
    let before = error
        .span()
        .and_then(|span| text.get(..span.start))
        .unwrap_or("");
    Wrong::NotToml {
        line: before.matches('\n').count() + 1,
        what: error.message().to_owned(),
    }
}

fn left_over(section: &str, table: &Table) -> Vec<String> {
    let inside = |(key, value): (&String, &Value)| {
        let name = if section.is_empty() {
            key.clone()
        } else {
            format!("{section}.{key}")
        };
        match value.as_table() {
            // a section that was emptied is known; one of another name still holds its keys
            Some(inner) => left_over(&name, inner),
            None => vec![name],
        }
    };
    table.iter().flat_map(inside).collect()
}
