//! Kinds of education a certificate is given for.

use serde::{Deserialize, Serialize};

/// 学历类别. The digit is the kind (办学类型) of the 18-digit certificate number where one exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EducationCategory {
    /// 普通高等教育, regular higher education.
    Regular,
    /// 研究生, postgraduate.
    Postgraduate,
    /// 成人高等教育, adult higher education.
    Adult,
    /// 网络教育, online education.
    Online,
    /// 开放教育, open education.
    Open,
    /// 高等教育自学考试, self-taught examinations.
    SelfTaught,
    /// 来华留学生, international students.
    International,
}

impl EducationCategory {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Regular,
        Self::Postgraduate,
        Self::Adult,
        Self::Online,
        Self::Open,
        Self::SelfTaught,
        Self::International,
    ];

    /// The number written into acquisition codes and exports.
    pub const fn number(self) -> u8 {
        match self {
            Self::Regular => 1,
            Self::Postgraduate => 2,
            Self::Open => 3,
            Self::International => 4,
            Self::Adult => 5,
            Self::SelfTaught => 6,
            Self::Online => 7,
        }
    }

    /// The category of a number; `None` for one never given.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.number() == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_has_a_number_of_its_own() {
        for category in EducationCategory::ALL {
            assert_eq!(
                EducationCategory::from_number(category.number()),
                Some(category)
            );
        }
        assert_eq!(EducationCategory::from_number(0), None);
    }
}
