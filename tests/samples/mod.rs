//! Sample data for every screen: nobody real, the longest names there are.
#![allow(
    dead_code,
    reason = "the screen tests and the gallery use different parts"
)]
#![allow(
    clippy::unwrap_used,
    clippy::wildcard_imports,
    clippy::too_many_lines,
    reason = "a list of samples: what is wrong in it should stop whoever uses it"
)]

pub mod attendant;
pub mod enrolment;
pub mod paint;

use gradbooth::domain::acquisition_code::{LastFourCheck, Seen};
use gradbooth::domain::collection::{Background, FeePart, PaymentTerms};
use gradbooth::domain::standing::{Eligibility, Standing, StudentFile, SubmissionStanding};
use gradbooth::domain::student::{IdKind, Level};
use gradbooth::domain::{
    Collection, CollectionId, EducationCategory, Entitlement, EntitlementSource, Fee, Institution,
    InstitutionCode, LastFour, NotApprovedReason, Order, OrderId, ReviewDecision, SignInId,
    StudentRef, StudentStatus, SubmissionId, SubmissionState,
};
use gradbooth::photo::{Options, Reason, Stage, StandardPhoto, Unit, standardize};
use gradbooth::session::*;
use gradbooth::standard::GRADUATION;
use gradbooth::vision::capture::Capture;
use gradbooth::vision::rules::{Finding, Rule, Verdict};
use gradbooth::vision::{Nets, Picture};
use jiff::civil::{Date, date};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

pub const JINAN: &str = "10559";
pub const LONG: &str = "12620";

pub fn today() -> Date {
    date(2026, 11, 22)
}

pub fn settings() -> Settings {
    Settings {
        booth_name: "图书馆一楼 1 号机".into(),
        customer_service: ContactInfo {
            phone: "400 158 7766".into(),
            hours_zh: "每日 9:00-21:00".into(),
            hours_en: "Every day 9:00-21:00".into(),
            url: "https://example.org/help/1".into(),
        },
        mark_cm: Some(100),
        ..Settings::default()
    }
}

pub fn schools() -> Vec<Institution> {
    let school = |code: &str, zh: &str, en: &str| Institution {
        code: code.parse().unwrap(),
        name_zh: zh.into(),
        name_en: en.into(),
        aliases: Vec::new(),
    };
    vec![
        school(JINAN, "暨南大学", "Jinan University"),
        school(
            LONG,
            "中国人民解放军战略支援部队信息工程大学洛阳外国语学院",
            "Guangdong University of Foreign Studies South China Business College",
        ),
        school("10558", "中山大学", "Sun Yat-sen University"),
        school(
            "10561",
            "华南理工大学",
            "South China University of Technology",
        ),
        school("10574", "华南师范大学", "South China Normal University"),
        school(
            "11846",
            "广东外语外贸大学",
            "Guangdong University of Foreign Studies",
        ),
        school("10590", "深圳大学", "Shenzhen University"),
    ]
}

pub fn school(code: InstitutionCode) -> Option<Institution> {
    schools().into_iter().find(|school| school.code == code)
}

pub fn visitor() -> Visitor {
    let consent = ConsentGiven {
        version: "1".into(),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    Visitor {
        consent,
        phone: None,
    }
}

pub fn status(school: &str, number: &str) -> StudentStatus {
    StudentStatus {
        student: StudentRef::new("00112233445566ff"),
        masked_name: "周*".into(),
        id_kind: IdKind::ResidentId,
        institution: school.parse().unwrap(),
        category: EducationCategory::Regular,
        level: Level::Bachelor,
        student_number: number.into(),
    }
}

pub fn identity() -> Identity {
    identity_at(JINAN, "2022050107")
}

pub fn identity_at(school: &str, number: &str) -> Identity {
    Identity {
        visitor: visitor(),
        status: status(school, number),
        last_four: LastFour::parse("175X").unwrap(),
    }
}

pub fn collection(school: &str) -> Collection {
    Collection {
        id: CollectionId("2027-spring".into()),
        institution: school.parse().unwrap(),
        category: EducationCategory::Regular,
        title_zh: "2027 届本科毕业生图像采集".into(),
        title_en: "Class of 2027, undergraduates".into(),
        opens: date(2026, 11, 1),
        closes: date(2026, 12, 31),
        fee: Fee::from_fen(2000),
        price_version: 1,
        terms: gradbooth::domain::collection::PaymentTerms::default(),
        background: Background::LightBlue,
        straighten: false,
        glasses: gradbooth::domain::collection::ClearGlasses::Allowed,
        picture_age_days: gradbooth::domain::collection::RECENT_DAYS,
        album: false,
    }
}

pub fn entitlement() -> Entitlement {
    Entitlement {
        student: StudentRef::new("00112233445566ff"),
        collection: CollectionId("2027-spring".into()),
        source: EntitlementSource::NothingDue,
    }
}

pub fn standing(eligibility: Eligibility, submission: Option<SubmissionStanding>) -> Standing {
    Standing {
        collection: collection(JINAN),
        eligibility,
        entitlement: None,
        open_order: None,
        submission,
    }
}

pub fn submission(state: SubmissionState, decision: Option<ReviewDecision>) -> SubmissionStanding {
    SubmissionStanding {
        id: SubmissionId::from_bytes([0xA1; 16]),
        state,
        submitted_at: "2026-11-20T08:15:00Z".parse().unwrap(),
        due: date(2026, 11, 24),
        decision,
    }
}

pub fn file(standings: Vec<Standing>) -> StudentFile {
    StudentFile {
        student: StudentRef::new("00112233445566ff"),
        standings,
        as_of: Some("2026-11-22T06:30:00Z".parse().unwrap()),
    }
}

pub fn chosen(standing: Standing) -> Chosen {
    Chosen {
        identity: identity(),
        file: file(vec![standing.clone()]),
        standing,
    }
}

pub fn ticket() -> Ticket {
    Ticket {
        identity: identity(),
        collection: collection(JINAN),
        entitlement: entitlement(),
    }
}

pub fn order() -> Order {
    Order {
        id: OrderId::from_bytes([7; 16]),
        student: StudentRef::new("00112233445566ff"),
        collection: CollectionId("2027-spring".into()),
        fee: Fee::from_fen(2000),
        price_version: 1,
    }
}

pub fn capture(picture: &Picture, seed: u8) -> Arc<Capture> {
    Arc::new(Capture {
        jpeg: Arc::from([seed]),
        picture: picture.clone(),
        sha256: [seed; 32],
        imported: false,
        taken_at: jiff::Timestamp::UNIX_EPOCH,
    })
}

pub fn example(name: &str) -> Picture {
    let path = format!("{}/assets/pictures/{name}.jpg", env!("CARGO_MANIFEST_DIR"));
    Picture::decode(&std::fs::read(path).unwrap()).unwrap()
}

/// Six pictures from a stick, of another shape than the camera's.
fn choosing_brought() -> Step {
    let names = ["right_suit", "right", "far", "sidelight", "bluetop", "roll"];
    let brought = |(seed, name): (u8, &&str)| {
        let capture = capture(&example(name), seed);
        Arc::new(Capture {
            imported: true,
            ..(*capture).clone()
        })
    };
    Step::Choosing(Choosing {
        ticket: ticket(),
        shots: (60..).zip(&names).map(brought).collect(),
        chosen: 1,
    })
}

/// A frame of the recorded camera: `0041` is right, `0005` is stepping in.
pub fn frame(number: &str) -> Picture {
    let path = format!(
        "{}/assets/demo/frames/{number}.jpg",
        env!("CARGO_MANIFEST_DIR")
    );
    Picture::decode(&std::fs::read(path).unwrap()).unwrap()
}

/// A standard photo of the recorded student, made once.
pub fn standard_photo() -> Arc<StandardPhoto> {
    static PHOTO: OnceLock<Arc<StandardPhoto>> = OnceLock::new();
    let make = || {
        let nets = Nets::load().unwrap();
        let options = Options::default();
        Arc::new(
            standardize(
                &frame("0041"),
                [9; 32],
                &nets,
                &GRADUATION,
                &options,
                &mut |_| (),
            )
            .unwrap(),
        )
    };
    Arc::clone(PHOTO.get_or_init(make))
}

pub fn finding(rule: Rule, verdict: Verdict) -> Finding {
    Finding {
        rule,
        verdict,
        value: None,
        limit: None,
        unit: "ratio",
        score: None,
    }
}

pub fn confirming() -> Step {
    let capture = capture(&frame("0041"), 1);
    let mut findings = vec![
        finding(Rule::Ears, Verdict::Asked),
        finding(Rule::Shoulders, Verdict::Warn),
    ];
    findings.extend(
        Rule::ALL
            .into_iter()
            .take(22)
            .map(|rule| finding(rule, Verdict::Pass)),
    );
    Step::Confirming(Confirming {
        ticket: ticket(),
        shots: vec![Arc::clone(&capture)],
        capture,
        photo: standard_photo(),
        findings,
        submission: SubmissionId::from_bytes([0xA1; 16]),
        question: None,
    })
}

pub fn standardizing(stage: Option<Stage>) -> Step {
    Step::Standardizing(Standardizing {
        ticket: ticket(),
        shots: vec![capture(&frame("0041"), 1)],
        chosen: 0,
        stage,
        question: Questions::default().draw(),
    })
}

pub fn refused() -> Step {
    let reason = |rule, value, limit| Reason {
        rule,
        value,
        limit,
        unit: Unit::Px,
    };
    let reasons = vec![
        reason(Rule::Distance, 320.0, 300.0),
        reason(Rule::HeadRoll, 9.0, 3.0),
        reason(Rule::LightEven, 0.5, 0.3),
    ];
    Step::Refused(Refused {
        ticket: ticket(),
        shots: vec![capture(&frame("0033"), 4)],
        reasons,
    })
}

pub fn guidance(first: Option<Rule>) -> GuidanceView {
    let far = Finding {
        value: Some(0.25),
        ..finding(Rule::Distance, Verdict::Fail)
    };
    let somebody = Finding {
        value: Some(1.0),
        ..finding(Rule::OneFace, Verdict::Pass)
    };
    let wrong = first.filter(|rule| *rule == Rule::Distance).map(|_| far);
    GuidanceView {
        first,
        ready: first.is_none(),
        hints: wrong.into_iter().chain([somebody]).collect(),
    }
}

pub fn capturing(
    now: Instant,
    first: Option<Rule>,
    phase: CapturePhase,
    manual_allowed: bool,
) -> Step {
    Step::Capturing(Capturing {
        ticket: ticket(),
        since: now,
        guidance: Some(guidance(first)),
        phase,
        manual_allowed,
        shots: Vec::new(),
        camera: CameraView::Live,
        question: None,
    })
}

fn capturing_lost(now: Instant) -> Step {
    let Step::Capturing(step) = capturing(now, None, CapturePhase::Framing, false) else {
        unreachable!()
    };
    Step::Capturing(Capturing {
        camera: CameraView::Lost,
        guidance: None,
        ..step
    })
}

pub fn reading(state: CodeState) -> Step {
    Step::ReadingCode(ReadingCode {
        visitor: visitor(),
        institution: schools().remove(0),
        category: EducationCategory::Regular,
        state,
        camera: CameraView::Live,
        last: None,
        other: None,
        question: None,
    })
}

pub fn signing_in(now: Instant, state: SignInState) -> Step {
    let shown = (state == SignInState::Waiting).then(|| PhonePage {
        url: "https://booth.example.org/s/6f3c1b0e9d8a4c27b1e0".into(),
        expires: now + Duration::from_mins(2),
    });
    Step::SigningIn(SigningIn {
        visitor: visitor(),
        id: SignInId::from_bytes([1; 16]),
        shown,
        state,
        question: None,
    })
}

pub fn searching(query: &str, results: &[usize], chosen: Option<usize>) -> Step {
    let all = schools();
    let hit = |i: &usize| SchoolHit {
        institution: all[*i].clone(),
        served: *i < 2,
    };
    let results = results.iter().map(hit).collect();
    Step::ChoosingSchool(ChoosingSchool {
        visitor: visitor(),
        query: query.into(),
        results,
        chosen,
    })
}

pub fn last_four(typed: &str, tries_left: u8) -> Step {
    Step::EnteringLastFour(EnteringLastFour {
        visitor: visitor(),
        status: status(JINAN, "2022050107"),
        check: LastFourCheck::of([1; 32], &LastFour::parse("175X").unwrap()),
        typed: typed.to_owned().into(),
        tries_left,
        wrong: tries_left < 3,
        locked: tries_left == 0,
    })
}

pub fn paying(now: Instant, state: PayState) -> Step {
    let shown = matches!(state, PayState::Waiting | PayState::Checking).then(|| PaymentCode {
        url: "weixin://wxpay/bizpayurl?pr=Kx7mWqZzz".into(),
        expires: now + Duration::from_millis(599_900),
        payee: "暨南大学".into(),
    });
    let page = (state == PayState::Offline).then(|| PaymentCode {
        url: format!(
            "HTTPS://PHOTOS.EXAMPLE.EDU/O/{}",
            "AEBAGBAFAYDQQCIK".repeat(12)
        ),
        expires: now + Duration::from_hours(2),
        payee: "暨南大学".into(),
    });
    Step::Paying(Paying {
        chosen: chosen(standing(Eligibility::Eligible, None)),
        order: order(),
        shown: shown.map(Box::new),
        page: page.map(Box::new),
        state,
        camera: CameraView::Live,
        last: None,
        problem: None,
        typed: None,
        question: Questions::default().draw(),
    })
}

/// The network went after the provider's code was shown.
pub fn paying_cut_off(now: Instant, problem: Option<PayProblem>) -> Step {
    let (Step::Paying(online), Step::Paying(offline)) = (
        paying(now, PayState::Waiting),
        paying(now, PayState::Offline),
    ) else {
        unreachable!()
    };
    Step::Paying(Paying {
        shown: online.shown,
        problem,
        ..offline
    })
}

fn paying_shown(now: Instant, problem: PayProblem) -> Step {
    let Step::Paying(step) = paying(now, PayState::Offline) else {
        unreachable!()
    };
    Step::Paying(Paying {
        problem: Some(problem),
        ..step
    })
}

pub fn paying_typed(now: Instant, typed: &str, problem: Option<PayProblem>) -> Step {
    let Step::Paying(step) = paying(now, PayState::Offline) else {
        unreachable!()
    };
    Step::Paying(Paying {
        typed: Some(typed.to_owned()),
        problem,
        ..step
    })
}

pub fn service_with_parts() -> Step {
    let mut standing = standing(Eligibility::Eligible, None);
    let part = |name_zh: &str, name_en: &str, fen| FeePart {
        name_zh: name_zh.into(),
        name_en: name_en.into(),
        fee: Fee::from_fen(fen),
    };
    standing.collection.terms = PaymentTerms {
        pay_later: true,
        cash: true,
        parts: vec![
            part("拍摄与规范处理", "Photograph and standardizing", 1500),
            part("审核与上传", "Review and upload", 500),
        ],
    };
    Step::ChoosingService(ChoosingService {
        chosen: chosen(standing),
        question: None,
    })
}

pub fn not_approved() -> Standing {
    let decision = ReviewDecision::NotApproved {
        reasons: vec![NotApprovedReason::Light, NotApprovedReason::FaceCovered],
        note: "左侧脸部偏暗,请正对灯光。".into(),
    };
    let mut standing = standing(
        Eligibility::Eligible,
        Some(submission(SubmissionState::NotApproved, Some(decision))),
    );
    standing.entitlement = Some(entitlement());
    standing
}

fn resuming() -> Step {
    let item = |state: SubmissionState, school: usize, known: bool| ResumeItem {
        returning: Returning {
            submission: SubmissionId::from_bytes([2; 16]),
            student: StudentRef::new("00112233445566ff"),
            institution: schools()[school].code,
            category: EducationCategory::Regular,
            collection: CollectionId("2027-spring".into()),
            state,
            due: date(2026, 11, 24),
        },
        institution: schools()[school].clone(),
        collection: known.then(|| collection(JINAN)),
    };
    let open = vec![
        item(SubmissionState::NotApproved, 0, true),
        item(SubmissionState::UnderReview, 1, false),
    ];
    Step::Resuming(Resuming {
        visitor: visitor(),
        open,
    })
}

fn categories() -> Step {
    let offer = |category, open| CategoryOffer { category, open };
    Step::ChoosingCategory(ChoosingCategory {
        visitor: visitor(),
        institution: schools().remove(0),
        offered: vec![
            offer(EducationCategory::Regular, true),
            offer(EducationCategory::Postgraduate, true),
            offer(EducationCategory::Adult, false),
            offer(EducationCategory::International, true),
        ],
        chosen: Some(EducationCategory::Regular),
    })
}

fn not_eligible(tries: u32, asked: Option<RequestOutcome>) -> Step {
    Step::NotEligible(NotEligible {
        chosen: chosen(standing(Eligibility::NotOnRoster, None)),
        tries,
        checking: None,
        asking: None,
        asked,
    })
}

/// Every screen: a name, the step, what lies above it.
pub fn all(now: Instant) -> Vec<(&'static str, Step, Overlay)> {
    let shots = vec![
        capture(&frame("0041"), 1),
        capture(&frame("0048"), 2),
        capture(&frame("0033"), 4),
    ];
    let start = || Step::Welcome(Welcome {});
    let collections = vec![
        standing(Eligibility::Eligible, None),
        not_approved(),
        standing(
            Eligibility::Eligible,
            Some(submission(SubmissionState::UnderReview, None)),
        ),
    ];
    let preparing = |read| {
        Step::Preparing(Preparing {
            ticket: ticket(),
            asked: Question::of(&ticket().collection, false)
                .into_iter()
                .map(|question| (question, read))
                .collect(),
            question: None,
        })
    };
    let view = |state, decision| {
        Step::Standing(StandingView {
            chosen: chosen(standing(
                Eligibility::Eligible,
                Some(submission(state, decision)),
            )),
        })
    };
    let countdown = CapturePhase::Countdown {
        left: 2,
        ends: now + Duration::from_millis(1400),
        by_hand: false,
    };
    let other_school = CodeProblem::OtherSchool {
        institution: LONG.parse().unwrap(),
        category: EducationCategory::Adult,
    };
    let step = |name, step| (name, step, Overlay::None);
    let above = |name, overlay| (name, preparing(true), overlay);
    let desk = |asked| {
        Overlay::CustomerService(CustomerServiceView {
            asked,
            code: "https://example.org/help/1".into(),
        })
    };
    vec![
        step("welcome", start()),
        step("consent", Step::Consent(Consent {})),
        step("signing-in", signing_in(now, SignInState::Waiting)),
        step("signing-in-scanned", signing_in(now, SignInState::Scanned)),
        step(
            "signing-in-unavailable",
            signing_in(now, SignInState::Unavailable),
        ),
        step("resuming", resuming()),
        step("school", searching("", &[0, 1, 2, 3, 4, 5, 6], None)),
        step("school-found", searching("gdwy", &[1, 5], Some(0))),
        step("school-none", searching("hogwarts", &[], None)),
        step("category", categories()),
        step("code", reading(CodeState::Looking)),
        step(
            "code-other-school",
            reading(CodeState::Problem(other_school)),
        ),
        step(
            "code-payment",
            reading(CodeState::Problem(CodeProblem::NotACode(Seen::PaymentCode))),
        ),
        step("last-four", last_four("17", 3)),
        step("last-four-wrong", last_four("", 1)),
        step("last-four-locked", last_four("", 0)),
        step(
            "status",
            Step::CheckingStatus(CheckingStatus {
                identity: identity(),
                question: None,
            }),
        ),
        step(
            "status-long",
            Step::CheckingStatus(CheckingStatus {
                identity: identity_at(LONG, "20220501070123456789"),
                question: None,
            }),
        ),
        step(
            "collections",
            Step::Collections(Collections {
                identity: identity(),
                file: file(collections),
            }),
        ),
        step(
            "details",
            Step::Details(Details {
                chosen: chosen(standing(Eligibility::Provisional, None)),
                question: None,
            }),
        ),
        step("not-eligible", not_eligible(2, None)),
        step(
            "not-eligible-asked",
            not_eligible(2, Some(RequestOutcome::Filed)),
        ),
        step(
            "service",
            Step::ChoosingService(ChoosingService {
                chosen: chosen(standing(Eligibility::Eligible, None)),
                question: None,
            }),
        ),
        step("service-parts", service_with_parts()),
        step("paying", paying(now, PayState::Waiting)),
        step("paying-checking", paying(now, PayState::Checking)),
        step("paying-offline", paying(now, PayState::Offline)),
        step(
            "paying-problem",
            paying_shown(now, PayProblem::OtherStudent),
        ),
        step("paying-cut-off", paying_cut_off(now, None)),
        step(
            "paying-cut-off-problem",
            paying_cut_off(now, Some(PayProblem::OtherStudent)),
        ),
        step("paying-digits", paying_typed(now, "30472", None)),
        step(
            "paying-digits-wrong",
            paying_typed(now, "", Some(PayProblem::WrongDigits(4))),
        ),
        step("paying-closing", paying(now, PayState::Closing)),
        step("preparing", preparing(false)),
        step("preparing-read", preparing(true)),
        step(
            "capturing-distance",
            capturing(now, Some(Rule::Distance), CapturePhase::Framing, false),
        ),
        step(
            "capturing-light",
            capturing(now, Some(Rule::LightEven), CapturePhase::Framing, true),
        ),
        step(
            "capturing-countdown",
            capturing(now, None, countdown, false),
        ),
        step("capturing-lost", capturing_lost(now)),
        step("standardizing", standardizing(Some(Stage::Matte))),
        step("refused", refused()),
        step("confirming", confirming()),
        step("choosing-brought", choosing_brought()),
        step(
            "choosing",
            Step::Choosing(Choosing {
                ticket: ticket(),
                shots,
                chosen: 0,
            }),
        ),
        step(
            "farewell",
            Step::Farewell(Farewell {
                identity: identity(),
                submission: SubmissionId::from_bytes([0xA1; 16]),
                due: date(2026, 11, 24),
            }),
        ),
        step("standing-review", view(SubmissionState::UnderReview, None)),
        step(
            "standing-approved",
            view(SubmissionState::Approved, Some(ReviewDecision::Approved)),
        ),
        step(
            "standing-not-approved",
            Step::Standing(StandingView {
                chosen: chosen(not_approved()),
            }),
        ),
        step(
            "paused",
            Step::Paused(Paused {
                reasons: vec![
                    PausedReason::Config(vec!["booth.toml: review_days: 0 is below 1".into()]),
                    PausedReason::DiskLow,
                ],
            }),
        ),
        above("overlay-help", desk(None)),
        above("overlay-help-filed", desk(Some(RequestOutcome::Filed))),
        above("overlay-settings", Overlay::Settings),
        (
            "overlay-tutorial",
            reading(CodeState::Looking),
            Overlay::Tutorial,
        ),
        above(
            "overlay-idle",
            Overlay::StillThere {
                until: now + Duration::from_secs(18),
            },
        ),
        above("overlay-leave", Overlay::LeaveSure),
        above("overlay-slip", Overlay::Slip("C-1a2b3c-0007".into())),
        above("overlay-submit", Overlay::SubmitSure),
        above("overlay-camera-gone", Overlay::message(What::CameraGone)),
        above("overlay-not-saved", Overlay::message(What::NotSaved)),
    ]
}
