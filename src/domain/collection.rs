//! One round of picture taking of a school for one category.

use super::{EducationCategory, Fee, InstitutionCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Name of a collection, given by the service.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CollectionId(pub String);

impl fmt::Display for CollectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Background of the standard photo, by collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Background {
    /// RGB 100,197,255, the standard's first choice.
    #[default]
    LightBlue,
    /// RGB 255,255,255.
    White,
    /// RGB 240,240,240.
    LightGrey,
    /// RGB 255,0,0, which some examinations ask for.
    Red,
    /// A real backdrop is kept untouched when it is uniform.
    Keep,
}

impl Background {
    /// As the command line names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LightBlue => "light-blue",
            Self::White => "white",
            Self::LightGrey => "light-grey",
            Self::Red => "red",
            Self::Keep => "keep",
        }
    }
}

/// 采集: what a school opened, as the booth needs to know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    /// Its name in the service.
    pub id: CollectionId,
    /// The school.
    pub institution: InstitutionCode,
    /// The kind of education.
    pub category: EducationCategory,
    /// What the school calls it, Chinese.
    pub title_zh: String,
    /// What the school calls it, English.
    pub title_en: String,
    /// First day.
    pub opens: Date,
    /// Last day, included.
    pub closes: Date,
    /// The one fee; [`Fee::NOTHING`] when the school pays.
    pub fee: Fee,
    /// Version of the price: kept in the order.
    pub price_version: u32,
    /// How else than by the displayed code, and what the fee is made of.
    #[serde(default, skip_serializing_if = "PaymentTerms::is_plain")]
    pub terms: PaymentTerms,
    /// Background of the standard photo.
    pub background: Background,
    /// Up to 8 degrees of head roll may be corrected (recorded).
    #[serde(default)]
    pub straighten: bool,
    /// What holds of clear glasses.
    #[serde(default, rename = "glasses_allowed")]
    pub glasses: ClearGlasses,
    /// How many days old a picture brought along may be.
    #[serde(default = "a_year", skip_serializing_if = "is_a_year")]
    pub picture_age_days: u16,
    /// Students may send a picture from the album of their phone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub album: bool,
}

/// A recent photo, by the standard: as a rule taken within the year before graduation.
pub const RECENT_DAYS: u16 = 365;

const fn a_year() -> u16 {
    RECENT_DAYS
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_a_year(days: &u16) -> bool {
    *days == RECENT_DAYS
}

/// What the school has decided about paying besides the fee itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PaymentTerms {
    /// Students may be photographed now and pay later; the school sees to it.
    pub pay_later: bool,
    /// An attendant may take cash.
    pub cash: bool,
    /// What the one fee is made of; empty shows the fee alone. The parts add up to it.
    pub parts: Vec<FeePart>,
}

impl PaymentTerms {
    fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// A part of the fee (M4.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeePart {
    /// What it is, Chinese.
    pub name_zh: String,
    /// What it is, English.
    pub name_en: String,
    /// How much of the fee.
    pub fee: Fee,
}

/// What holds of glasses with clear lenses; tinted ones are never allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClearGlasses {
    /// They may stay on.
    #[default]
    Allowed,
    /// They come off.
    Refused,
    /// The student is asked to take them off, and may keep them on if they are needed.
    Asked,
}

/// How it is written: `true` and `false` are older than the third choice.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum ClearGlassesWord {
    Settled(bool),
    Word(AskedWord),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AskedWord {
    Asked,
}

impl Serialize for ClearGlasses {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Allowed => ClearGlassesWord::Settled(true),
            Self::Refused => ClearGlassesWord::Settled(false),
            Self::Asked => ClearGlassesWord::Word(AskedWord::Asked),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ClearGlasses {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match ClearGlassesWord::deserialize(deserializer)? {
            ClearGlassesWord::Settled(true) => Self::Allowed,
            ClearGlassesWord::Settled(false) => Self::Refused,
            ClearGlassesWord::Word(AskedWord::Asked) => Self::Asked,
        })
    }
}

impl Collection {
    /// Open on this day.
    pub fn is_open(&self, today: Date) -> bool {
        self.opens <= today && today <= self.closes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_older_words_for_glasses_are_still_understood() {
        let read = |json: &str| serde_json::from_str::<ClearGlasses>(json).unwrap();
        assert_eq!(read("true"), ClearGlasses::Allowed);
        assert_eq!(read("false"), ClearGlasses::Refused);
        for choice in [
            ClearGlasses::Allowed,
            ClearGlasses::Refused,
            ClearGlasses::Asked,
        ] {
            assert_eq!(read(&serde_json::to_string(&choice).unwrap()), choice);
        }
        assert!(serde_json::from_str::<ClearGlasses>("\"perhaps\"").is_err());
    }

    #[test]
    fn a_collection_is_open_on_its_first_and_last_day_only_between() {
        let collection = Collection {
            id: CollectionId("c".into()),
            institution: "10559".parse().unwrap(),
            category: EducationCategory::Regular,
            title_zh: String::new(),
            title_en: String::new(),
            opens: date(2026, 11, 1),
            closes: date(2026, 12, 31),
            fee: Fee::from_fen(2000),
            price_version: 1,
            terms: PaymentTerms::default(),
            background: Background::LightBlue,
            straighten: false,
            glasses: ClearGlasses::Allowed,
            picture_age_days: RECENT_DAYS,
            album: false,
        };
        assert!(collection.is_open(date(2026, 11, 1)) && collection.is_open(date(2026, 12, 31)));
        assert!(!collection.is_open(date(2026, 10, 31)) && !collection.is_open(date(2027, 1, 1)));
    }
}
