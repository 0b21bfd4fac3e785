//! What goes out: data, executed only by the app. Every question carries its number.

use super::question::QuestionId;
use super::{CodeText, Identity};
use crate::domain::standing::FileRequest;
use crate::domain::{
    AcquisitionCode, Collection, CollectionId, EducationCategory, Entitlement, InstitutionCode,
    Language, Order, RequestId, SignInId, StudentRef, SubmissionId,
};
use crate::photo::StandardPhoto;
use crate::vision::capture::Capture;
use crate::vision::rules::{Finding, Rule};
use jiff::civil::Date;
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

/// Something for the outside to do.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Ask the service for a code that a phone signs in with; answers come as long as it is open.
    StartSignIn {
        /// The question.
        question: QuestionId,
        /// The sign-in.
        id: SignInId,
    },
    /// Nobody waits for this sign-in any more.
    CancelSignIn {
        /// The sign-in.
        id: SignInId,
    },
    /// Show the live picture, and look at it for this.
    OpenCamera(Purpose),
    /// Nobody looks at the live picture any more.
    CloseCamera,
    /// What does this code say?
    Decode {
        /// The question.
        question: QuestionId,
        /// The code.
        code: AcquisitionCode,
    },
    /// Is there a code in a picture that the student brought along?
    ScanPicture {
        /// The question.
        question: QuestionId,
    },
    /// What does the booth know about this student?
    LoadFile {
        /// The question.
        question: QuestionId,
        /// Whose file.
        file: FileRequest,
    },
    /// The same, but the service is asked first.
    VerifyAgain {
        /// The question.
        question: QuestionId,
        /// Whose file.
        file: FileRequest,
    },
    /// Store the order, then offer it; answers come until it is settled or closed.
    /// An order that is open already is offered again.
    OpenOrder {
        /// The question.
        question: QuestionId,
        /// The order.
        order: Order,
    },
    /// Close the order at the provider; the answer goes to the question that opened it.
    CloseOrder {
        /// The question of `OpenOrder`.
        question: QuestionId,
        /// The order.
        order: Order,
    },
    /// Store the entitlement to a collection that asks no fee.
    GrantNothingDue {
        /// The question.
        question: QuestionId,
        /// Whose.
        student: StudentRef,
        /// For which collection.
        collection: CollectionId,
    },
    /// A code was held up, or digits were typed, to prove that the order is paid; or a voucher, to pay it.
    ProvePayment {
        /// The question of `OpenOrder`.
        question: QuestionId,
        /// The order.
        order: Order,
        /// What was shown.
        proof: PaymentProof,
    },
    /// The attendant has taken the fee of the order in cash.
    TakeCash {
        /// The question of `OpenOrder`.
        question: QuestionId,
        /// The order.
        order: Order,
    },
    /// Store the entitlement of a student who pays later.
    GrantPayLater {
        /// The question.
        question: QuestionId,
        /// Whose.
        student: StudentRef,
        /// For which collection.
        collection: CollectionId,
    },
    /// Store a request to the service desk or the school, to be sent when the service can be reached.
    FileServiceRequest {
        /// The question.
        question: QuestionId,
        /// The request's own id, drawn at random.
        id: RequestId,
        /// Who is asked for what.
        kind: ServiceRequestKind,
        /// As much as is known.
        about: Box<RequestAbout>,
    },
    /// Count a wrong try at the last four characters, so that a restart does not give new ones.
    CountWrongLastFour(StudentRef),
    /// The right ones were typed, or an attendant helped.
    ForgetWrongLastFour(StudentRef),
    /// Take a full-size still.
    Capture {
        /// The question.
        question: QuestionId,
    },
    /// Bring the newest pictures of a stick in, to choose from.
    ImportPictures {
        /// The question.
        question: QuestionId,
    },
    /// Fetch the picture that the student has sent from a phone.
    FetchAlbum {
        /// The question.
        question: QuestionId,
        /// Whose.
        student: StudentRef,
        /// For which collection.
        collection: CollectionId,
    },
    /// Make a standard photo.
    Standardize {
        /// The question.
        question: QuestionId,
        /// Of this.
        capture: Arc<Capture>,
        /// By the rules of this collection.
        collection: Box<Collection>,
    },
    /// Store the submission for good, in one transaction.
    Confirm {
        /// The question.
        question: QuestionId,
        /// All of it.
        submission: Box<ConfirmedSubmission>,
    },
    /// Make a sound.
    Sound(Sound),
    /// Say this aloud.
    Say(Prompt),
    /// Send a `Tick` not later than this.
    WakeAt(Instant),
    /// The person is gone: forget whatever is remembered outside.
    NewSession,
    /// Speak this language.
    SetLanguage(Language),
}

/// What a student shows to prove a payment. Never told in clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentProof {
    /// Held into the camera.
    Scanned(CodeText),
    /// Typed.
    Digits(CodeText),
}

/// Who is asked for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceRequestKind {
    /// The school: "add me to your list" (M4.4).
    AddToRoster,
    /// The service desk: come, or get in touch (M8.2, M9.1).
    CustomerService,
}

/// What a request is about, as far as the journey has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequestAbout {
    /// The school.
    pub institution: Option<InstitutionCode>,
    /// The kind of education.
    pub category: Option<EducationCategory>,
    /// The enrolment.
    pub student: Option<StudentRef>,
    /// The student number.
    pub student_number: Option<StudentNumber>,
    /// The collection.
    pub collection: Option<CollectionId>,
    /// The submission.
    pub submission: Option<SubmissionId>,
}

/// A student number on its way to the school.
#[derive(Clone, PartialEq, Eq)]
pub struct StudentNumber(pub String);

impl fmt::Debug for StudentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StudentNumber(..)")
    }
}

/// What the live picture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Reading an acquisition code.
    ReadCode,
    /// Being photographed.
    Portrait,
}

/// Sounds of the booth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// A second of the countdown.
    Tick,
    /// The still is taken.
    Shutter,
    /// Something went well: a code read, a fee paid, a submission stored.
    Success,
    /// Something needs a look.
    Attention,
}

/// What the booth says aloud in front of the camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// What to do about a rule.
    Rule(Rule),
    /// Half a step closer.
    ComeCloser,
    /// Half a step back.
    StepBack,
    /// All is right: hold still.
    HoldStill,
}

/// All that a submission is made of. It exists only with a standard photo and an entitlement.
#[derive(Debug, Clone)]
pub struct ConfirmedSubmission {
    /// Its idempotency key.
    pub id: SubmissionId,
    /// The student, with the consent given.
    pub identity: Identity,
    /// What for.
    pub collection: Collection,
    /// By what right.
    pub entitlement: Entitlement,
    /// The untouched capture.
    pub capture: Arc<Capture>,
    /// The photo.
    pub photo: Arc<StandardPhoto>,
    /// What was measured on it.
    pub findings: Vec<Finding>,
    /// When Submit was pressed.
    pub at: jiff::Timestamp,
    /// The day by which the review is promised.
    pub due: Date,
}
