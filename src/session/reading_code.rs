//! Reading the acquisition code: held into the camera, or from a picture on a stick.

use super::question::QuestionId;
use super::{CameraView, Visitor};
use crate::domain::acquisition_code::{CodeContents, Seen};
use crate::domain::{EducationCategory, Institution, InstitutionCode};
use std::fmt;
use zeroize::Zeroizing;

/// What a scanned code says. Shown to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeText(Zeroizing<String>);

impl CodeText {
    /// What was scanned.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for a decoder.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CodeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodeText({} characters)", self.0.chars().count())
    }
}

/// The camera looks for a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingCode {
    /// Whose code it is to be.
    pub visitor: Visitor,
    /// The chosen school.
    pub institution: Institution,
    /// The chosen kind of education.
    pub category: EducationCategory,
    /// How far it is.
    pub state: CodeState,
    /// The camera.
    pub camera: CameraView,
    /// The code looked at last: the same one, still in view, is not a second try.
    pub last: Option<CodeText>,
    /// A genuine code of another school or category, kept in case that school is meant.
    pub other: Option<Box<CodeContents>>,
    /// The open question.
    pub question: Option<QuestionId>,
}

/// How far reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeState {
    /// Hold it into the camera.
    Looking,
    /// A code or a picture is being read.
    Deciding,
    /// It did not work.
    Problem(CodeProblem),
}

/// Why a code identifies nobody here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeProblem {
    /// Another kind of code.
    NotACode(Seen),
    /// Made for another campus.
    OtherCampus,
    /// Damaged, edited or forged.
    NotGenuine,
    /// A newer form than this booth knows.
    Newer,
    /// Only the service can read it, and the service is away.
    Unreachable,
    /// Genuine, but of another school or category than chosen.
    OtherSchool {
        /// The code's school.
        institution: InstitutionCode,
        /// The code's category.
        category: EducationCategory,
    },
    /// The picture holds no code.
    PictureWithoutCode,
    /// The picture cannot be read.
    PictureUnreadable,
    /// No picture, or no medium.
    PictureNotFound,
}

/// Why a picture brought along is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureProblem {
    /// No medium, or no picture on it.
    NotFound,
    /// Not a picture, damaged, or too large.
    Unreadable,
    /// Older than the collection allows.
    TooOld,
}

/// What the person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingCodeIntent {
    /// Read a picture (相册识别).
    FromPicture,
    /// Where to find the code.
    Tutorial,
    /// The code's school and category are meant.
    UseItsSchool,
    /// Look again.
    TryAgain,
    /// Another category.
    Back,
}
