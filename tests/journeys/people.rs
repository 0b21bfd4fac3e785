//! Who comes: synthetic students, their school, its collections, and what the outside would answer.

use gradbooth::domain::acquisition_code::{CodeContents, LastFourCheck};
use gradbooth::domain::collection::Background;
use gradbooth::domain::standing::{Eligibility, Standing, StudentFile, SubmissionStanding};
use gradbooth::domain::student::{IdKind, Level};
use gradbooth::domain::{
    Catalogue, Collection, CollectionId, EducationCategory, Entitlement, EntitlementSource, Fee,
    Institution, InstitutionIndex, LastFour, OrderId, ReviewDecision, StudentRef, StudentStatus,
    SubmissionId, SubmissionState,
};
use gradbooth::session::{GuidanceView, PaymentCode};
use gradbooth::vision::rules::Rule;
use gradbooth::vision::{Capture, Picture};
use jiff::civil::{Date, date};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub const TODAY: Date = date(2026, 11, 23);

pub fn institutions() -> InstitutionIndex {
    let school = |code: &str, name_zh: &str, name_en: &str| Institution {
        code: code.parse().unwrap(),
        name_zh: name_zh.into(),
        name_en: name_en.into(),
        aliases: Vec::new(),
    };
    InstitutionIndex::new(vec![
        school("10559", "暨南大学", "Jinan University"),
        school("10558", "中山大学", "Sun Yat-sen University"),
    ])
}

pub fn collection() -> Collection {
    Collection {
        id: CollectionId("10559-regular-2027".into()),
        institution: "10559".parse().unwrap(),
        category: EducationCategory::Regular,
        title_zh: "2027届图像采集".into(),
        title_en: "Class of 2027".into(),
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

pub fn free_collection() -> Collection {
    Collection {
        fee: Fee::NOTHING,
        ..collection()
    }
}

pub fn catalogue() -> Catalogue {
    Catalogue {
        as_of: None,
        collections: vec![collection()],
    }
}

pub fn zhou() -> CodeContents {
    CodeContents {
        status: StudentStatus {
            student: StudentRef::new("00112233445566ff"),
            masked_name: "周*".into(),
            id_kind: IdKind::ResidentId,
            institution: "10559".parse().unwrap(),
            category: EducationCategory::Regular,
            level: Level::Bachelor,
            student_number: "2022050107".into(),
        },
        last_four: LastFourCheck::of([5; 32], &LastFour::parse("175X").unwrap()),
    }
}

/// A code that the booth takes for one; what it says is the story's to tell.
pub const CODE: &str = "GBA1:A CODE";

pub fn standing(collection: Collection) -> Standing {
    Standing {
        collection,
        eligibility: Eligibility::Eligible,
        entitlement: None,
        open_order: None,
        submission: None,
    }
}

pub fn file(standings: Vec<Standing>) -> StudentFile {
    StudentFile {
        student: zhou().status.student,
        standings,
        as_of: None,
    }
}

pub fn new_student() -> StudentFile {
    file(vec![standing(collection())])
}

pub fn paid() -> Entitlement {
    Entitlement {
        student: zhou().status.student,
        collection: collection().id,
        source: EntitlementSource::Order {
            order: OrderId::from_bytes([2; 16]),
        },
    }
}

pub fn handed_in(state: SubmissionState, decision: Option<ReviewDecision>) -> StudentFile {
    file(vec![Standing {
        entitlement: Some(paid()),
        submission: Some(SubmissionStanding {
            id: SubmissionId::from_bytes([3; 16]),
            state,
            submitted_at: jiff::Timestamp::UNIX_EPOCH,
            due: date(2026, 11, 25),
            decision,
        }),
        ..standing(collection())
    }])
}

pub fn payment_code(now: Instant) -> PaymentCode {
    PaymentCode {
        url: "weixin://wxpay/a".into(),
        expires: now + Duration::from_hours(2),
        payee: "学校".into(),
    }
}

/// Two grey pixels: enough for a session, which never looks at them.
pub fn capture() -> Arc<Capture> {
    Arc::new(Capture {
        jpeg: Arc::from([0xff, 0xd8]),
        picture: Picture::from_rgb(2, 1, vec![128; 6]).unwrap(),
        sha256: [0; 32],
        imported: false,
        taken_at: jiff::Timestamp::UNIX_EPOCH,
    })
}

pub fn all_right() -> GuidanceView {
    GuidanceView {
        first: None,
        ready: true,
        hints: Vec::new(),
    }
}

/// Not right for a moment, too short to be spoken of.
pub fn blinking() -> GuidanceView {
    GuidanceView {
        first: None,
        ready: false,
        hints: Vec::new(),
    }
}

pub fn tilted() -> GuidanceView {
    GuidanceView {
        first: Some(Rule::HeadRoll),
        ready: false,
        hints: Vec::new(),
    }
}

pub fn nobody() -> GuidanceView {
    GuidanceView {
        first: Some(Rule::OneFace),
        ready: false,
        hints: Vec::new(),
    }
}
