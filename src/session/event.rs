//! What comes in: what a person wants, what the outside answers, what the camera sees, and time.

use super::capturing::{CameraTrouble, CameraView, GuidanceView};
use super::choosing::ChoosingIntent;
use super::choosing_service::ChoosingServiceIntent;
use super::confirming::ConfirmingIntent;
use super::overlay::What;
use super::paused::PausedReason;
use super::paying::{PayingIntent, PaymentNews};
use super::question::QuestionId;
use super::reading_code::{CodeText, PictureProblem, ReadingCodeIntent};
use super::settings::{ServiceView, Settings};
use super::signing_in::{SignInNews, SigningInIntent};
use super::standardizing::StudioNews;
use super::{
    CapturingIntent, CheckingStatusIntent, ChoosingCategoryIntent, ChoosingSchoolIntent,
    CollectionsIntent, ConsentIntent, DetailsIntent, EnteringLastFourIntent, FarewellIntent,
    NotEligibleIntent, PreparingIntent, RefusedIntent, ResumingIntent, StandingIntent,
    WelcomeIntent,
};
use crate::domain::acquisition_code::{CodeContents, CodeError};
use crate::domain::standing::StudentFile;
use crate::domain::{Catalogue, Entitlement, InstitutionIndex, Language, SubmissionId};
use crate::vision::capture::Capture;
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

/// Everything that a session hears.
#[derive(Debug, Clone)]
pub enum Event {
    /// Somebody touched something.
    Intent(Intent),
    /// An answer to a question of the session.
    Answer(QuestionId, Answer),
    /// A code was read in the live picture.
    Seen(CodeText),
    /// What the rules say about the live picture.
    Guidance(GuidanceView),
    /// The camera came or went.
    Camera(CameraView),
    /// What the service says about collections.
    Catalogue(Arc<Catalogue>),
    /// Schools.
    Institutions(Arc<InstitutionIndex>),
    /// What the owner or the service decided anew.
    Settings(Box<Settings>),
    /// The service came or went.
    Service(ServiceView),
    /// A worker ended: the booth pauses.
    WorkerLost(String),
    /// The booth has to pause.
    Pause(PausedReason),
    /// The attendant, or the booth itself, put this right.
    Resolve(PausedReason),
    /// The attendant has seen the ID document: the last four characters may be tried again.
    Forgive,
    /// The attendant allows the student here to bring a picture.
    AllowImport,
    /// The attendant has taken the fee of the student here in cash.
    CashTaken,
    /// The attendant excuses the student here from showing the head uncovered, for religious or medical reasons.
    ExcuseHead,
    /// Time passed.
    Tick,
}

/// What a person wants, by the screen it was touched on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "one variant a step, named like it")]
pub enum Intent {
    Welcome(WelcomeIntent),
    Consent(ConsentIntent),
    SigningIn(SigningInIntent),
    Resuming(ResumingIntent),
    ChoosingSchool(ChoosingSchoolIntent),
    ChoosingCategory(ChoosingCategoryIntent),
    ReadingCode(ReadingCodeIntent),
    EnteringLastFour(EnteringLastFourIntent),
    CheckingStatus(CheckingStatusIntent),
    Collections(CollectionsIntent),
    Details(DetailsIntent),
    NotEligible(NotEligibleIntent),
    ChoosingService(ChoosingServiceIntent),
    Paying(PayingIntent),
    Preparing(PreparingIntent),
    Capturing(CapturingIntent),
    Choosing(ChoosingIntent),
    Refused(RefusedIntent),
    Confirming(ConfirmingIntent),
    Farewell(FarewellIntent),
    Standing(StandingIntent),
    /// On whatever lies above the step.
    Overlay(OverlayIntent),
    /// On the frame that every screen has.
    Anywhere(AnywhereIntent),
}

/// What every screen offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnywhereIntent {
    /// Speak this language.
    Language(Language),
    /// How do I reach a person?
    CustomerService,
    /// Settings.
    Settings,
    /// I want to go.
    Leave,
    /// Somebody is there.
    Touch,
}

/// What overlays offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverlayIntent {
    /// Take it away.
    Close,
    /// I am still here.
    StillHere,
    /// I want to go; asked once more where something would be lost.
    Leave,
    /// I really want to go.
    ReallyLeave,
    /// Hand in for good.
    ReallySubmit,
    /// Not yet.
    NotYet,
    /// Call somebody.
    AskForHelp,
    /// Forget me, now.
    EraseAndLeave,
}

/// A page of the service that a phone opens, drawn as QR code.
#[derive(Clone, PartialEq, Eq)]
pub struct PhonePage {
    /// Its address.
    pub url: String,
    /// When it is of no use any more.
    pub expires: Instant,
}

impl fmt::Debug for PhonePage {
    /// Whoever has the address can sign in.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhonePage(..)")
    }
}

/// What a student pays with, drawn as QR code.
#[derive(Clone, PartialEq, Eq)]
pub struct PaymentCode {
    /// Its text.
    pub url: String,
    /// When the provider closes it.
    pub expires: Instant,
    /// Who is paid; empty where nobody has said.
    pub payee: String,
}

impl fmt::Debug for PaymentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PaymentCode(..)")
    }
}

/// The booth's own records failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreTrouble {
    /// They cannot be read or written.
    Broken,
    /// No room.
    Full,
    /// The service was asked and could not be reached.
    ServiceAway,
}

impl From<StoreTrouble> for What {
    fn from(trouble: StoreTrouble) -> Self {
        match trouble {
            StoreTrouble::Broken => Self::StoreTrouble,
            StoreTrouble::Full => Self::StoreFull,
            StoreTrouble::ServiceAway => Self::ServiceAway,
        }
    }
}

/// Answers to the questions that go out as effects.
#[derive(Debug, Clone)]
pub enum Answer {
    /// To `StartSignIn`; several.
    SignIn(SignInNews),
    /// To `Decode`.
    Decoded(Result<Box<CodeContents>, CodeError>),
    /// To `ScanPicture`: what the first code in it says.
    PictureScanned(Result<Option<CodeText>, PictureProblem>),
    /// To `LoadFile` and `VerifyAgain`.
    File(Result<StudentFile, StoreTrouble>),
    /// To `OpenOrder`, `CloseOrder`, `ProvePayment` and `TakeCash`; several.
    Payment(PaymentNews),
    /// To `GrantNothingDue` and `GrantPayLater`.
    NothingDue(Result<Entitlement, StoreTrouble>),
    /// To `FileServiceRequest`.
    RequestFiled(Result<(), StoreTrouble>),
    /// To `Capture`.
    Captured(Result<Arc<Capture>, CameraTrouble>),
    /// To `ImportPictures` and `FetchAlbum`: at least one, newest first.
    Imported(Result<Vec<Arc<Capture>>, PictureProblem>),
    /// To `Standardize`; several.
    Studio(StudioNews),
    /// To `Confirm`.
    Saved(Result<SubmissionId, StoreTrouble>),
}
