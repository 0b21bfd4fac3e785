//! The student's journey: events in, the next step and effects out. Pure; it draws nothing and does nothing.
//!
//! A [`Step`] owns all that it needs, so half-filled states do not exist, and leaving drops the person by
//! dropping the value. Each step is one file: what it holds, what a person may want there, what follows.
//! Fields are open to be read and drawn; nobody but the session changes a step, because it only lends it.
//!
//! Debug output of everything here tells nothing about a person.

mod about;
mod above;
mod asking;
mod capturing;
mod checking_status;
mod choosing;
mod choosing_category;
mod choosing_school;
mod choosing_service;
mod chosen;
mod collections;
mod confirming;
mod consent;
mod details;
mod effect;
mod entering_last_four;
mod event;
mod farewell;
mod favour;
mod idle;
mod journey;
mod leaving;
mod not_eligible;
mod overlay;
mod paused;
mod paying;
mod person;
mod preparing;
mod question;
mod reading_code;
mod refused;
mod resuming;
mod routes;
mod settings;
mod signing_in;
mod standardizing;
mod standing;
mod step;
mod tries;
mod welcome;
mod world;

pub use asking::{HEAD_COVERED, Question};
pub use capturing::{
    COUNTDOWN_FROM, CameraTrouble, CameraView, CapturePhase, Capturing, CapturingIntent,
    GuidanceView, MANUAL_AFTER, SHOTS_KEPT,
};
pub use checking_status::{CheckingStatus, CheckingStatusIntent};
pub use choosing::{Choosing, ChoosingIntent};
pub use choosing_category::{CategoryOffer, ChoosingCategory, ChoosingCategoryIntent};
pub use choosing_school::{ChoosingSchool, ChoosingSchoolIntent, SchoolHit};
pub use choosing_service::{ChoosingService, ChoosingServiceIntent};
pub use chosen::Chosen;
pub use collections::{Collections, CollectionsIntent};
pub use confirming::{Confirming, ConfirmingIntent};
pub use consent::{Consent, ConsentIntent};
pub use details::{Details, DetailsIntent};
pub use effect::{
    ConfirmedSubmission, Effect, PaymentProof, Prompt, Purpose, RequestAbout, ServiceRequestKind,
    Sound, StudentNumber,
};
pub use entering_last_four::{EnteringLastFour, EnteringLastFourIntent};
pub use event::{
    Answer, AnywhereIntent, Event, Intent, OverlayIntent, PaymentCode, PhonePage, StoreTrouble,
};
pub use farewell::{Farewell, FarewellIntent};
pub use favour::{AttendantView, Favour, FavourState};
pub use journey::Session;
pub use not_eligible::{NotEligible, NotEligibleIntent};
pub use overlay::{CustomerServiceView, Notice, Overlay, Remedy, RequestOutcome, What};
pub use paused::{Paused, PausedReason, RecordsFault};
pub use paying::{DIGITS, PayProblem, PayState, Paying, PayingIntent, PaymentNews};
pub use person::{ConsentGiven, Identity, SignedIn, Ticket, Visitor};
pub use preparing::{Preparing, PreparingIntent};
pub use question::{QuestionId, Questions};
pub use reading_code::{
    CodeProblem, CodeState, CodeText, PictureProblem, ReadingCode, ReadingCodeIntent,
};
pub use refused::{Refused, RefusedIntent};
pub use resuming::{ResumeItem, Resuming, ResumingIntent, Returning};
pub use settings::{Clock, ContactInfo, PhotoImport, ServiceView, Settings};
pub use signing_in::{SignInNews, SignInState, SigningIn, SigningInIntent};
pub use standardizing::{Standardizing, StudioNews};
pub use standing::{StandingIntent, StandingView};
use step::Next;
pub use step::Step;
pub use welcome::{Welcome, WelcomeIntent};
pub use world::Ids;
