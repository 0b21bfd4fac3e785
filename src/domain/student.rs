//! A student as the booth may know one: masked, by reference.

use super::{EducationCategory, InstitutionCode};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Opaque name of an enrolment: keyed hash of the unique number in the acquisition code, 16 hexadecimal
/// digits. The same at every booth of the campus, meaningless to anybody without the campus key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StudentRef(String);

impl StudentRef {
    /// A reference of text that came from our own store, service or decoder.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for StudentRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StudentRef(..)")
    }
}

/// Kind of the ID document behind the last four characters (证件类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdKind {
    /// Resident identity card.
    ResidentId,
    /// Residence permit of Hong Kong, Macao and Taiwan residents.
    ResidencePermit,
    /// Travel permit to the mainland.
    TravelPermit,
    /// Passport.
    Passport,
    /// Foreigner's permanent residence card.
    PermanentResidence,
}

impl IdKind {
    /// All, in the order of their numbers in acquisition codes (1..=5).
    pub const ALL: [Self; 5] = [
        Self::ResidentId,
        Self::ResidencePermit,
        Self::TravelPermit,
        Self::Passport,
        Self::PermanentResidence,
    ];
}

/// Level of study (培养层次), with the two digits of the certificate number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 博士, 01.
    Doctor,
    /// 硕士, 02.
    Master,
    /// 第二学士, 04.
    SecondBachelor,
    /// 本科, 05.
    Bachelor,
    /// 专科, 06.
    Associate,
}

impl Level {
    /// All, highest first.
    pub const ALL: [Self; 5] = [
        Self::Doctor,
        Self::Master,
        Self::SecondBachelor,
        Self::Bachelor,
        Self::Associate,
    ];

    /// The digits of the certificate number.
    pub const fn number(self) -> u8 {
        match self {
            Self::Doctor => 1,
            Self::Master => 2,
            Self::SecondBachelor => 4,
            Self::Bachelor => 5,
            Self::Associate => 6,
        }
    }
}

/// 学籍: the registered enrolment that an acquisition code stands for, as it may be shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentStatus {
    /// Opaque reference of the enrolment.
    pub student: StudentRef,
    /// `周*`: masked by whoever issued the code.
    pub masked_name: String,
    /// Kind of the ID document.
    pub id_kind: IdKind,
    /// School.
    pub institution: InstitutionCode,
    /// Kind of education.
    pub category: EducationCategory,
    /// Level of study.
    pub level: Level,
    /// Student number given by the school.
    pub student_number: String,
}

impl fmt::Debug for StudentStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "StudentStatus({}, {:?})",
            self.institution, self.category
        )
    }
}
