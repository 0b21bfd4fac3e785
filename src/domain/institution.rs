//! Schools and finding one.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// Not five digits.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
#[error("a school code is five digits")]
pub struct BadInstitutionCode;

/// 院校代码: the five digits of the certificate number (Jinan University: 10559).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InstitutionCode(u32);

impl InstitutionCode {
    /// The code as a number, 0..=99999.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The code of a number.
    pub fn from_number(number: u32) -> Result<Self, BadInstitutionCode> {
        if number > 99_999 {
            Err(BadInstitutionCode)
        } else {
            Ok(Self(number))
        }
    }
}

impl FromStr for InstitutionCode {
    type Err = BadInstitutionCode;
    fn from_str(text: &str) -> Result<Self, BadInstitutionCode> {
        if text.len() != 5 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadInstitutionCode);
        }
        text.parse().map(Self).map_err(|_| BadInstitutionCode)
    }
}

impl fmt::Display for InstitutionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:05}", self.0)
    }
}

impl TryFrom<String> for InstitutionCode {
    type Error = BadInstitutionCode;
    fn try_from(text: String) -> Result<Self, BadInstitutionCode> {
        text.parse()
    }
}

impl From<InstitutionCode> for String {
    fn from(code: InstitutionCode) -> Self {
        code.to_string()
    }
}

/// 学校.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Institution {
    /// Five digits.
    pub code: InstitutionCode,
    /// Full Chinese name.
    pub name_zh: String,
    /// English name; may be empty where none is published.
    #[serde(default)]
    pub name_en: String,
    /// Short names, former names, acronyms.
    #[serde(default)]
    pub aliases: Vec<String>,
}
