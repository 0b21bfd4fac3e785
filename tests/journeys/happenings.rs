//! What can happen to a booth, sensible or not, and what a student who wants a photo does next.

use crate::booth::Booth;
use crate::{people, studio};
use gradbooth::domain::standing::{Eligibility, Standing, StudentFile};
use gradbooth::domain::{EducationCategory, Language, SubmissionState};
use gradbooth::session::{
    Answer, AnywhereIntent, CameraTrouble, CameraView, CapturingIntent, CheckingStatusIntent,
    ChoosingCategoryIntent, ChoosingIntent, ChoosingSchoolIntent, ChoosingServiceIntent, CodeText,
    CollectionsIntent, ConfirmingIntent, ConsentIntent, DetailsIntent, EnteringLastFourIntent,
    Event, FarewellIntent, Intent, NotEligibleIntent, OverlayIntent, PausedReason, PayProblem,
    PayingIntent, PaymentNews, PictureProblem, PreparingIntent, ReadingCodeIntent, RefusedIntent,
    ResumingIntent, ServiceView, SignInNews, SignedIn, SigningInIntent, StandingIntent, Step,
    StoreTrouble, StudioNews, WelcomeIntent, What,
};
use proptest::prelude::*;
use proptest::sample::select;

/// Something that happens. Answers go to the latest question, or to an old one.
#[derive(Debug, Clone)]
pub enum Happening {
    Event(Event),
    Answer(Answer),
    LateAnswer(Answer),
    Wait(u16),
    /// The touch that leads on from wherever the journey is: else a random walk never gets far.
    Onward,
}

fn intents() -> Vec<Intent> {
    use Intent as I;
    vec![
        I::Welcome(WelcomeIntent::Start),
        I::Consent(ConsentIntent::Agree),
        I::Consent(ConsentIntent::Refuse),
        I::SigningIn(SigningInIntent::UseCode),
        I::SigningIn(SigningInIntent::NewCode),
        I::SigningIn(SigningInIntent::Back),
        I::Resuming(ResumingIntent::Choose(0)),
        I::Resuming(ResumingIntent::SomethingElse),
        I::ChoosingSchool(ChoosingSchoolIntent::Type("大".into())),
        I::ChoosingSchool(ChoosingSchoolIntent::Choose(7)),
        I::ChoosingSchool(ChoosingSchoolIntent::Back),
        I::ChoosingCategory(ChoosingCategoryIntent::Choose(EducationCategory::Open)),
        I::ChoosingCategory(ChoosingCategoryIntent::Back),
        I::ReadingCode(ReadingCodeIntent::FromPicture),
        I::ReadingCode(ReadingCodeIntent::UseItsSchool),
        I::ReadingCode(ReadingCodeIntent::Tutorial),
        I::ReadingCode(ReadingCodeIntent::Back),
        I::EnteringLastFour(EnteringLastFourIntent::Key('7')),
        I::EnteringLastFour(EnteringLastFourIntent::Erase),
        I::EnteringLastFour(EnteringLastFourIntent::Back),
        I::CheckingStatus(CheckingStatusIntent::NotMe),
        I::Collections(CollectionsIntent::Choose(3)),
        I::Collections(CollectionsIntent::Back),
        I::Details(DetailsIntent::VerifyAgain),
        I::Details(DetailsIntent::Back),
        I::NotEligible(NotEligibleIntent::VerifyAgain),
        I::NotEligible(NotEligibleIntent::AskSchool),
        I::NotEligible(NotEligibleIntent::Back),
        I::ChoosingService(ChoosingServiceIntent::PayNow),
        I::ChoosingService(ChoosingServiceIntent::Back),
        I::ChoosingService(ChoosingServiceIntent::PayLater),
        I::Paying(PayingIntent::GiveUp),
        I::Paying(PayingIntent::OpenKeypad),
        I::Paying(PayingIntent::Digit('7')),
        I::Paying(PayingIntent::Erase),
        I::Paying(PayingIntent::CloseKeypad),
        I::Preparing(PreparingIntent::FromAlbum),
        I::Preparing(PreparingIntent::Back),
        I::Capturing(CapturingIntent::TakeNow),
        I::Capturing(CapturingIntent::Back),
        I::Choosing(ChoosingIntent::Show(1)),
        I::Choosing(ChoosingIntent::Retake),
        I::Confirming(ConfirmingIntent::Submit),
        I::Confirming(ConfirmingIntent::Retake),
        I::Confirming(ConfirmingIntent::Cancel),
        I::Refused(RefusedIntent::Retake),
        I::Refused(RefusedIntent::CallAttendant),
        I::Standing(StandingIntent::Retake),
        I::Standing(StandingIntent::Back),
        I::Overlay(OverlayIntent::Close),
        I::Overlay(OverlayIntent::StillHere),
        I::Overlay(OverlayIntent::Leave),
        I::Overlay(OverlayIntent::ReallyLeave),
        I::Overlay(OverlayIntent::ReallySubmit),
        I::Overlay(OverlayIntent::AskForHelp),
        I::Overlay(OverlayIntent::EraseAndLeave),
        I::Anywhere(AnywhereIntent::Language(Language::Chinese)),
        I::Anywhere(AnywhereIntent::CustomerService),
        I::Anywhere(AnywhereIntent::Settings),
        I::Anywhere(AnywhereIntent::Leave),
        I::Anywhere(AnywhereIntent::Touch),
    ]
}

fn files() -> Vec<StudentFile> {
    let standing = |eligibility| Standing {
        eligibility,
        ..people::standing(people::collection())
    };
    vec![
        people::new_student(),
        people::file(vec![standing(Eligibility::NotOnRoster)]),
        people::file(vec![
            people::standing(people::free_collection()),
            standing(Eligibility::Provisional),
        ]),
        people::file(Vec::new()),
        people::handed_in(SubmissionState::UnderReview, None),
        people::handed_in(SubmissionState::NotApproved, None),
    ]
}

fn answers() -> Vec<Answer> {
    let phone = SignedIn {
        masked: "138****0107".into(),
        phone_ref: "p".into(),
    };
    let now = gradbooth::clock::now();
    let mut answers: Vec<Answer> = files()
        .into_iter()
        .map(|file| Answer::File(Ok(file)))
        .collect();
    answers.extend([
        Answer::SignIn(SignInNews::Confirmed {
            phone,
            returning: Vec::new(),
        }),
        Answer::SignIn(SignInNews::Expired),
        Answer::Decoded(Ok(Box::new(people::zhou()))),
        Answer::PictureScanned(Err(PictureProblem::NotFound)),
        Answer::File(Err(StoreTrouble::Broken)),
        Answer::Payment(PaymentNews::Offered(people::payment_code(now))),
        Answer::Payment(PaymentNews::Silent),
        Answer::Payment(PaymentNews::Offline(people::payment_code(now))),
        Answer::Payment(PaymentNews::NotTaken(PayProblem::OtherStudent)),
        Answer::Payment(PaymentNews::Slip("C-1".into())),
        Answer::Payment(PaymentNews::Settled(people::paid())),
        Answer::Payment(PaymentNews::Closed),
        Answer::Payment(PaymentNews::NotOpened(What::StoreTrouble)),
        Answer::NothingDue(Ok(people::paid())),
        Answer::NothingDue(Err(StoreTrouble::Full)),
        Answer::RequestFiled(Ok(())),
        Answer::RequestFiled(Err(StoreTrouble::Broken)),
        Answer::Captured(Ok(people::capture())),
        Answer::Captured(Err(CameraTrouble::Gone)),
        Answer::Studio(StudioNews::Refused(Vec::new())),
        Answer::Studio(StudioNews::Broken),
        Answer::Saved(Err(StoreTrouble::Full)),
    ]);
    answers
}

fn events() -> Vec<Event> {
    vec![
        Event::Seen(CodeText::new(people::CODE.into())),
        Event::Seen(CodeText::new("wxp://f2f0abc".into())),
        Event::Guidance(people::all_right()),
        Event::Guidance(people::tilted()),
        Event::Camera(CameraView::Live),
        Event::Camera(CameraView::Lost),
        Event::Service(ServiceView {
            online: false,
            as_of: None,
        }),
        Event::Service(ServiceView {
            online: true,
            as_of: None,
        }),
        Event::CashTaken,
        Event::Pause(PausedReason::DiskLow),
        Event::Resolve(PausedReason::DiskLow),
    ]
}

/// What a student who wants a photo does next, and what an outside that works answers.
fn onward(step: &Step) -> Vec<Happening> {
    use Happening::{Answer as A, Event as E};
    let touch = |intent| E(Event::Intent(intent));
    match step {
        Step::Welcome(_) => vec![touch(Intent::Welcome(WelcomeIntent::Start))],
        Step::Consent(_) => vec![touch(Intent::Consent(ConsentIntent::Agree))],
        Step::SigningIn(_) => vec![touch(Intent::SigningIn(SigningInIntent::UseCode))],
        Step::Resuming(_) => vec![touch(Intent::Resuming(ResumingIntent::SomethingElse))],
        Step::ChoosingSchool(_) => vec![
            touch(Intent::ChoosingSchool(ChoosingSchoolIntent::Type(
                "jndx".into(),
            ))),
            touch(Intent::ChoosingSchool(ChoosingSchoolIntent::Choose(0))),
            touch(Intent::ChoosingSchool(ChoosingSchoolIntent::Sure)),
        ],
        Step::ChoosingCategory(_) => vec![touch(Intent::ChoosingCategory(
            ChoosingCategoryIntent::Sure,
        ))],
        Step::ReadingCode(_) => vec![
            touch(Intent::ReadingCode(ReadingCodeIntent::TryAgain)),
            E(Event::Seen(CodeText::new(people::CODE.into()))),
            A(Answer::Decoded(Ok(Box::new(people::zhou())))),
        ],
        Step::EnteringLastFour(_) => {
            let mut keys = vec![touch(Intent::EnteringLastFour(EnteringLastFourIntent::Erase)); 4];
            let typed = "175X".chars().map(EnteringLastFourIntent::Key);
            keys.extend(
                typed
                    .chain([EnteringLastFourIntent::Sure])
                    .map(|k| touch(Intent::EnteringLastFour(k))),
            );
            keys
        }
        Step::CheckingStatus(_) => vec![
            touch(Intent::CheckingStatus(CheckingStatusIntent::ItIsMe)),
            A(Answer::File(Ok(people::new_student()))),
        ],
        Step::Collections(_) => vec![touch(Intent::Collections(CollectionsIntent::Choose(0)))],
        Step::Details(_) => vec![touch(Intent::Details(DetailsIntent::Next))],
        Step::NotEligible(_) => vec![
            touch(Intent::NotEligible(NotEligibleIntent::VerifyAgain)),
            A(Answer::File(Ok(people::new_student()))),
        ],
        Step::ChoosingService(_) => vec![touch(Intent::ChoosingService(
            ChoosingServiceIntent::PayNow,
        ))],
        Step::Paying(_) => vec![A(Answer::Payment(PaymentNews::Settled(people::paid())))],
        Step::Preparing(_) => vec![
            touch(Intent::Preparing(PreparingIntent::HaveRead(true))),
            touch(Intent::Preparing(PreparingIntent::Continue)),
        ],
        Step::Capturing(_) => vec![
            E(Event::Camera(CameraView::Live)),
            E(Event::Guidance(people::all_right())),
            Happening::Wait(4),
            A(Answer::Captured(Ok(people::capture()))),
        ],
        Step::Choosing(_) => vec![touch(Intent::Choosing(ChoosingIntent::Accept))],
        Step::Standardizing(_) => {
            let (photo, findings) = studio::photo();
            vec![A(Answer::Studio(StudioNews::Done(photo, findings)))]
        }
        Step::Refused(_) => vec![touch(Intent::Refused(RefusedIntent::Retake))],
        Step::Confirming(confirming) => vec![
            touch(Intent::Confirming(ConfirmingIntent::Submit)),
            touch(Intent::Overlay(OverlayIntent::ReallySubmit)),
            A(Answer::Saved(Ok(confirming.submission))),
        ],
        Step::Farewell(_) => vec![touch(Intent::Farewell(FarewellIntent::Done))],
        Step::Standing(_) => vec![touch(Intent::Standing(StandingIntent::Back))],
        Step::Paused(_) => vec![E(Event::Resolve(PausedReason::DiskLow))],
    }
}

pub fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        6 => Just(Happening::Onward),
        2 => select(intents()).prop_map(|intent| Happening::Event(Event::Intent(intent))),
        1 => select(events()).prop_map(Happening::Event),
        1 => select(answers()).prop_map(Happening::Answer),
        1 => select(answers()).prop_map(Happening::LateAnswer),
        1 => (0_u16..200).prop_map(Happening::Wait),
    ]
}

pub fn happen(booth: &mut Booth, happening: Happening) {
    let asked = booth.has_asked();
    match happening {
        Happening::Event(event) => booth.on(event),
        Happening::Answer(answer) if asked => booth.answer(answer),
        Happening::LateAnswer(answer) if asked => booth.late_answer(answer),
        Happening::Answer(_) | Happening::LateAnswer(_) => booth,
        Happening::Wait(seconds) => booth.wait(f32::from(seconds)),
        Happening::Onward => {
            for next in onward(booth.session.step()) {
                happen(booth, next);
            }
            booth
        }
    };
}
