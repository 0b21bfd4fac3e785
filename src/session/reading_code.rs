//! Reading the acquisition code: held into the camera, or from a picture on a stick.

use super::question::QuestionId;
use super::world::World;
use super::{
    CameraView, ChoosingCategory, Effect, EnteringLastFour, Next, Overlay, Purpose, Sound, Visitor,
};
use crate::domain::acquisition_code::{CodeContents, CodeError, Seen};
use crate::domain::{AcquisitionCode, EducationCategory, Institution, InstitutionCode};
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
    /// Nothing came from a phone.
    NotSent,
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

impl ReadingCode {
    pub(super) fn open(
        visitor: Visitor,
        institution: Institution,
        category: EducationCategory,
    ) -> Next {
        Next::to(Self {
            visitor,
            institution,
            category,
            state: CodeState::Looking,
            camera: CameraView::Opening,
            last: None,
            other: None,
            question: None,
        })
        .doing(Effect::OpenCamera(Purpose::ReadCode))
    }

    pub(super) fn on(mut self, intent: ReadingCodeIntent, world: &mut World<'_>) -> Next {
        match intent {
            ReadingCodeIntent::FromPicture if self.question.is_none() => {
                let question = world.ask();
                (self.state, self.question, self.last) =
                    (CodeState::Deciding, Some(question), None);
                Next::to(self).doing(Effect::ScanPicture { question })
            }
            ReadingCodeIntent::FromPicture => Next::to(self),
            ReadingCodeIntent::Tutorial => Next::to(self).under(Overlay::Tutorial),
            ReadingCodeIntent::UseItsSchool => match self.other.take() {
                Some(contents) => EnteringLastFour::of(self.visitor, *contents, world),
                None => Next::to(self),
            },
            ReadingCodeIntent::TryAgain => {
                (self.state, self.question) = (CodeState::Looking, None);
                (self.last, self.other) = (None, None);
                Next::to(self)
            }
            ReadingCodeIntent::Back => ChoosingCategory::of(self.visitor, self.institution, world)
                .first(Effect::CloseCamera),
        }
    }

    /// A code in the live picture. The one that was just looked at does not count again.
    pub(super) fn seen(self, text: CodeText, world: &mut World<'_>) -> Next {
        if self.question.is_some() || self.last.as_ref() == Some(&text) {
            return Next::to(self);
        }
        self.read(text, world)
    }

    fn read(mut self, text: CodeText, world: &mut World<'_>) -> Next {
        let code = AcquisitionCode::from_scan(text.as_str());
        self.last = Some(text);
        self.other = None;
        match code {
            Ok(code) => {
                let question = world.ask();
                (self.state, self.question) = (CodeState::Deciding, Some(question));
                Next::to(self).doing(Effect::Decode { question, code })
            }
            Err(error) => self.problem(error.into()),
        }
    }

    pub(super) fn decoded(
        mut self,
        contents: Result<Box<CodeContents>, CodeError>,
        world: &mut World<'_>,
    ) -> Next {
        self.question = None;
        let contents = match contents {
            Ok(contents) => contents,
            Err(error) => return self.problem(error.into()),
        };
        let (institution, category) = (contents.status.institution, contents.status.category);
        if (institution, category) != (self.institution.code, self.category) {
            self.other = Some(contents);
            return self.problem(CodeProblem::OtherSchool {
                institution,
                category,
            });
        }
        EnteringLastFour::of(self.visitor, *contents, world)
    }

    pub(super) fn scanned(
        mut self,
        found: Result<Option<CodeText>, PictureProblem>,
        world: &mut World<'_>,
    ) -> Next {
        self.question = None;
        match found {
            Ok(Some(text)) => self.read(text, world),
            Ok(None) => self.problem(CodeProblem::PictureWithoutCode),
            Err(PictureProblem::NotFound | PictureProblem::NotSent) => {
                self.problem(CodeProblem::PictureNotFound)
            }
            Err(PictureProblem::Unreadable | PictureProblem::TooOld) => {
                self.problem(CodeProblem::PictureUnreadable)
            }
        }
    }

    pub(super) fn camera(mut self, camera: CameraView) -> Next {
        self.camera = camera;
        Next::to(self)
    }

    fn problem(mut self, problem: CodeProblem) -> Next {
        self.state = CodeState::Problem(problem);
        Next::to(self).doing(Effect::Sound(Sound::Attention))
    }
}

impl From<CodeError> for CodeProblem {
    fn from(error: CodeError) -> Self {
        match error {
            CodeError::SomethingElse(seen) => Self::NotACode(seen),
            CodeError::OtherCampus => Self::OtherCampus,
            CodeError::NotGenuine => Self::NotGenuine,
            CodeError::Newer => Self::Newer,
            CodeError::Unreachable => Self::Unreachable,
        }
    }
}
