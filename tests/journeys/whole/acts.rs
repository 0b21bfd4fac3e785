//! What a student does, in the manual's order.

use super::{Phone, Whole};
use crate::people;
use gradbooth::domain::EducationCategory;
use gradbooth::session::{
    CapturingIntent, CheckingStatusIntent, ChoosingCategoryIntent, ChoosingIntent,
    ChoosingSchoolIntent, ChoosingServiceIntent, CodeText, CollectionsIntent, ConfirmingIntent,
    ConsentIntent, DetailsIntent, EnteringLastFourIntent, Event, FarewellIntent, Intent,
    OverlayIntent, PreparingIntent, SignInState, SigningInIntent, Step, WelcomeIntent,
};

impl Whole {
    pub fn starts(&mut self) -> &mut Self {
        self.touch(Intent::Welcome(WelcomeIntent::Start))
            .touch(Intent::Consent(ConsentIntent::Agree))
    }

    /// Scans the code on the screen and confirms with a number.
    pub fn signs_in(&mut self, number: &str) -> &mut Self {
        let shown = |whole: &Self| match whole.session.step() {
            Step::SigningIn(step) => step.shown.as_ref().map(|page| page.url.clone()),
            _ => None,
        };
        self.until("a sign-in code", |whole| shown(whole).is_some());
        let mut phone = Phone::new();
        let url = shown(self).unwrap();
        phone.opens(&url);
        self.until("scanned", |whole| {
            matches!(whole.session.step(), Step::SigningIn(step) if step.state == SignInState::Scanned)
        });
        phone.confirms(&url, number);
        self.until("signed in", |whole| {
            !matches!(whole.session.step(), Step::SigningIn(_))
        })
    }

    pub fn uses_code(&mut self) -> &mut Self {
        self.touch(Intent::SigningIn(SigningInIntent::UseCode))
    }

    pub fn chooses(&mut self, category: EducationCategory) -> &mut Self {
        self.touch(Intent::ChoosingSchool(ChoosingSchoolIntent::Type(
            "暨南".into(),
        )))
        .touch(Intent::ChoosingSchool(ChoosingSchoolIntent::Choose(0)))
        .touch(Intent::ChoosingSchool(ChoosingSchoolIntent::Sure))
        .touch(Intent::ChoosingCategory(ChoosingCategoryIntent::Choose(
            category,
        )))
        .touch(Intent::ChoosingCategory(ChoosingCategoryIntent::Sure))
    }

    /// Holds the printed code of this student number before the camera.
    pub fn shows_code(&mut self, student_number: &str) -> &mut Self {
        let text = self.service.code_of(student_number);
        self.on(Event::Seen(CodeText::new(text)))
            .until_at("EnteringLastFour")
    }

    /// Types the last four, and says yes to what is shown.
    pub fn types(&mut self, characters: &str) -> &mut Self {
        for key in characters.chars() {
            self.touch_untold(Intent::EnteringLastFour(EnteringLastFourIntent::Key(key)));
        }
        self.touch(Intent::EnteringLastFour(EnteringLastFourIntent::Sure))
            .touch(Intent::CheckingStatus(CheckingStatusIntent::ItIsMe))
            .until("the file", |whole| {
                !matches!(whole.session.step(), Step::CheckingStatus(_))
            })
    }

    pub fn chooses_collection(&mut self) -> &mut Self {
        self.touch(Intent::Collections(CollectionsIntent::Choose(0)))
            .touch(Intent::Details(DetailsIntent::Next))
    }

    /// Pays with a phone what the screen shows.
    pub fn pays(&mut self) -> &mut Self {
        self.pays_on_the_phone().until_at("Preparing")
    }

    /// The same; the booth has not heard of it yet.
    pub fn pays_on_the_phone(&mut self) -> &mut Self {
        self.touch(Intent::ChoosingService(ChoosingServiceIntent::PayNow));
        let shown = |whole: &Self| match whole.session.step() {
            Step::Paying(step) => step.shown.as_ref().map(|code| code.url.clone()),
            _ => None,
        };
        self.until("a payment code", |whole| shown(whole).is_some());
        Phone::new().pays(&shown(self).unwrap());
        self
    }

    /// Reads, stands right, and takes the first shot.
    pub fn is_photographed(&mut self) -> &mut Self {
        self.touch(Intent::Preparing(PreparingIntent::HaveRead(true)))
            .touch(Intent::Preparing(PreparingIntent::Continue))
            .on(Event::Guidance(people::all_right()))
            .touch(Intent::Capturing(CapturingIntent::TakeNow))
            .wait(3)
            .touch(Intent::Choosing(ChoosingIntent::Accept))
    }

    /// Stands before the recorded camera until the booth takes the picture by itself.
    pub fn stands_before_the_camera(&mut self) -> &mut Self {
        self.touch(Intent::Preparing(PreparingIntent::HaveRead(true)))
            .touch(Intent::Preparing(PreparingIntent::Continue))
            .until_at("Choosing")
            .touch(Intent::Choosing(ChoosingIntent::Accept))
            .until_at("Confirming")
    }

    pub fn submits(&mut self) -> &mut Self {
        self.touch(Intent::Confirming(ConfirmingIntent::Submit))
            .touch(Intent::Overlay(OverlayIntent::ReallySubmit))
            .until_at("Farewell")
            .touch(Intent::Farewell(FarewellIntent::Done))
    }

    /// Comes back, as a guest, as far as the booth lets.
    pub fn comes_back(&mut self, student_number: &str, last_four: &str) -> &mut Self {
        self.starts()
            .uses_code()
            .chooses(EducationCategory::Regular)
            .shows_code(student_number)
            .types(last_four)
    }
}
