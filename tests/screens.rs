//! Every screen, in both languages and both orientations, as a person with a screen reader would have it:
//! the words are there, a touch gives the intent, nothing lies off the screen or below a finger's width.

mod samples;

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use gradbooth::admin::{
    AdminIntent, AdminStep, EnrolEvent, EnrolIntent, EnrolWord, Enrolment, EnteringPin,
};
use gradbooth::domain::Language;
use gradbooth::session::*;
use gradbooth::ui::screens::{self, Scene};
use gradbooth::ui::{Gallery, LiveView, Text, fonts, theme};
use gradbooth::vision::Picture;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

const TALL: [f32; 2] = [1080.0, 1920.0];
const WIDE: [f32; 2] = [1920.0, 1080.0];

/// What a screen is drawn from, and what it gave.
struct Shown {
    step: Step,
    overlay: Overlay,
    language: Language,
    gallery: Gallery,
    live: LiveView,
    settings: Settings,
    online: bool,
    now: Instant,
    wanted: Vec<Intent>,
    /// The attendant has the screen.
    attendant: AdminStep,
    /// What the attendant's screens show of the session.
    view: AttendantView,
    /// What the attendant touched.
    ordered: Vec<AdminIntent>,
    /// The booth is being enrolled.
    enrolment: Option<Enrolment>,
    enrol_wanted: Vec<EnrolIntent>,
    painter: samples::paint::Painter,
}

fn now() -> Instant {
    gradbooth::clock::now()
}

fn shown(step: Step, overlay: Overlay, language: Language) -> Shown {
    Shown {
        step,
        overlay,
        language,
        gallery: Gallery::new(),
        live: LiveView::default(),
        settings: samples::settings(),
        online: true,
        now: now(),
        wanted: Vec::new(),
        attendant: AdminStep::Away,
        view: AttendantView::default(),
        ordered: Vec::new(),
        enrolment: None,
        enrol_wanted: Vec::new(),
        painter: samples::paint::Painter::default(),
    }
}

/// Somebody before the camera.
fn live() -> LiveView {
    static FRAME: OnceLock<Arc<Picture>> = OnceLock::new();
    let frame = FRAME.get_or_init(|| Arc::new(samples::frame("0041")));
    LiveView {
        serial: 1,
        picture: Some(frame.clone()),
    }
}

/// The attendant's screen.
fn attended(step: AdminStep, language: Language) -> Shown {
    Shown {
        attendant: step,
        ..shown(Step::Welcome(Welcome {}), Overlay::None, language)
    }
}

/// The screen of a booth that is being enrolled.
fn enrolling(enrolment: Enrolment, language: Language) -> Shown {
    Shown {
        enrolment: Some(enrolment),
        ..shown(Step::Welcome(Welcome {}), Overlay::None, language)
    }
}

fn harness(shown: Shown, size: [f32; 2]) -> Harness<'static, Shown> {
    let draw = |ui: &mut egui::Ui, shown: &mut Shown| {
        let mut scene = Scene {
            text: Text::of(shown.language),
            settings: &shown.settings,
            service: ServiceView {
                online: shown.online,
                as_of: None,
            },
            attendant: shown.view,
            schools: &samples::school,
            live: &shown.live,
            gallery: &mut shown.gallery,
            now: shown.now,
            today: samples::today(),
        };
        if let Some(enrolment) = &shown.enrolment {
            let wanted = screens::admin::enrolment_ui(ui, enrolment, &mut scene);
            shown.enrol_wanted.extend(wanted);
            return;
        }
        if shown.attendant != AdminStep::Away {
            let ordered = screens::admin::admin_ui(ui, &shown.attendant, &mut scene);
            shown
                .ordered
                .extend(ordered.filter(|intent| *intent != AdminIntent::Touch));
            return;
        }
        let wanted = screens::draw(ui, &shown.step, &shown.overlay, &mut scene);
        shown
            .wanted
            .extend(wanted.filter(|intent| *intent != Intent::Anywhere(AnywhereIntent::Touch)));
    };
    let painter = shown.painter.clone();
    // harnesses of this crate panic on a character without a glyph: every drawn string is checked by this
    let mut harness = Harness::builder()
        .with_size(size)
        .renderer(painter)
        .with_context_setup(|ctx| {
            fonts::install(ctx);
            theme::apply(ctx);
        })
        .build_ui_state(draw, shown);
    harness.run_steps(2);
    harness
}

fn open(step: Step, language: Language) -> Harness<'static, Shown> {
    harness(shown(step, Overlay::None, language), TALL)
}

/// Touches the button with these words; what was wanted.
fn touch(harness: &mut Harness<'static, Shown>, words: &str) -> Option<Intent> {
    harness.get_by_label(words).click();
    harness.run_steps(3);
    harness.state_mut().wanted.pop()
}

#[test]
fn every_screen_draws_with_every_glyph_and_stays_on_the_screen() {
    for size in [TALL, WIDE] {
        for language in Language::ALL {
            let students = samples::all(now())
                .into_iter()
                .map(|(name, step, overlay)| (name, shown(step, overlay, language)));
            for (name, mut shown) in students.chain(enrolments(language)) {
                shown.live = live();
                let harness = harness(shown, size);
                let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into()).expand(2.0);
                let mut buttons = 0;
                for node in harness.get_all(egui_kittest::kittest::by().predicate(|_| true)) {
                    let node = node.accesskit_node();
                    let touched = matches!(
                        node.role(),
                        egui::accesskit::Role::Button
                            | egui::accesskit::Role::RadioButton
                            | egui::accesskit::Role::CheckBox
                    );
                    let Some(bounds) = node.bounding_box().filter(|_| touched) else {
                        continue;
                    };
                    buttons += 1;
                    let label = node.label().unwrap_or_default();
                    let place = format!("{name} {size:?} {}: {label:?} {bounds:?}", language.tag());
                    assert!(!label.is_empty(), "a button without words: {place}");
                    let inside =
                        bounds.x0 >= screen.left().into() && bounds.x1 <= screen.right().into();
                    assert!(inside, "off the screen: {place}");
                    assert!(
                        bounds.y1 - bounds.y0 >= 92.0 || bounds.x1 - bounds.x0 >= 92.0,
                        "too small: {place}"
                    );
                }
                assert!(buttons > 0, "{name} has nothing to touch");
            }
        }
    }
}

/// Role, words and place of everything on the screen.
fn things(harness: &Harness<'static, Shown>) -> Vec<(egui::accesskit::Role, String, egui::Rect)> {
    let nodes = harness.get_all(egui_kittest::kittest::by().predicate(|_| true));
    nodes
        .filter_map(|node| {
            let node = node.accesskit_node();
            let bounds = node.bounding_box()?;
            let words = node.label().or_else(|| node.value()).unwrap_or_default();
            let corner = |x: f64, y: f64| egui::pos2(x as f32, y as f32);
            let rect = egui::Rect::from_min_max(
                corner(bounds.x0, bounds.y0),
                corner(bounds.x1, bounds.y1),
            );
            Some((node.role(), words, rect))
        })
        .collect()
}

/// Words and buttons of a screen that lie partly upon each other.
fn collisions(things: &[(egui::accesskit::Role, String, egui::Rect)]) -> Vec<String> {
    use egui::accesskit::Role;
    let named = |role: &Role| {
        matches!(
            role,
            Role::Label | Role::Status | Role::Image | Role::Button
        )
    };
    let mut found = Vec::new();
    for (_, button, place) in things.iter().filter(|(role, ..)| *role == Role::Button) {
        for (_, words, rect) in things
            .iter()
            .filter(|(role, words, _)| named(role) && !words.is_empty())
        {
            let common = place.intersect(*rect);
            let apart = common.width() < 3.0 || common.height() < 3.0;
            let within =
                place.expand(1.0).contains_rect(*rect) || rect.expand(1.0).contains_rect(*place);
            if !apart && !within {
                found.push(format!("{words:?} runs into {button:?}"));
            }
        }
    }
    found
}

#[test]
fn no_words_run_into_a_button() {
    let mut found = Vec::new();
    // 16:9 both ways, 16:10 and 4:3 as `theme::fit` makes them
    for size in [TALL, WIDE, [1920.0, 1200.0], [1440.0, 1920.0]] {
        for language in Language::ALL {
            // dialogs lie above on purpose, and search results scroll below the keys
            let apart = |(name, _, overlay): &(&str, Step, Overlay)| {
                *overlay == Overlay::None && !name.starts_with("school")
            };
            let students = samples::all(now())
                .into_iter()
                .filter(apart)
                .map(|(name, step, overlay)| (name, shown(step, overlay, language)));
            // the queue scrolls below its last line
            let attendants = samples::attendant::all(now())
                .into_iter()
                .filter(|(_, step)| !matches!(step, AdminStep::Queue(_) | AdminStep::Home(_)))
                .map(|(name, step)| (name, attended(step, language)));
            for (name, mut shown) in students.chain(attendants).chain(enrolments(language)) {
                shown.live = live();
                let things = things(&harness(shown, size));
                let place = format!("{name} {size:?} {}", language.tag());
                found.extend(
                    collisions(&things)
                        .into_iter()
                        .map(|words| format!("{place}: {words}")),
                );
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Where each key and button of a screen lies.
fn touchable(shown: Shown, size: [f32; 2]) -> Vec<(String, egui::Rect)> {
    things(&harness(shown, size))
        .into_iter()
        .filter(|(role, ..)| *role == egui::accesskit::Role::Button)
        .map(|(_, words, place)| (words, place))
        .collect()
}

#[test]
fn keys_stay_under_the_finger_whatever_is_said_above_them() {
    let pin = |wrong, closed_until| {
        AdminStep::EnteringPin(EnteringPin {
            wrong,
            closed_until,
            ..EnteringPin::default()
        })
    };
    for size in [TALL, WIDE, [1920.0, 1200.0], [1440.0, 1920.0]] {
        for language in Language::ALL {
            let student = |step| touchable(shown(step, Overlay::None, language), size);
            let digits = |problem| student(samples::paying_typed(now(), "", problem));
            assert_eq!(
                student(samples::last_four("", 3)),
                student(samples::last_four("", 2)),
                "{size:?} {language:?}"
            );
            assert_eq!(
                digits(None),
                digits(Some(PayProblem::WrongDigits(4))),
                "{size:?} {language:?}"
            );
            let attendant = |step| touchable(attended(step, language), size);
            let calm = attendant(pin(false, None));
            assert_eq!(calm, attendant(pin(true, None)), "{size:?} {language:?}");
            let later = Some(now() + Duration::from_secs(30));
            assert_eq!(calm, attendant(pin(true, later)), "{size:?} {language:?}");
        }
    }
}

#[test]
fn an_empty_booth_is_not_told_that_all_is_right() {
    let Step::Capturing(mut step) = samples::capturing(now(), None, CapturePhase::Framing, false)
    else {
        unreachable!()
    };
    let green = |step: &Capturing| {
        let mut shown = shown(
            Step::Capturing(step.clone()),
            Overlay::None,
            Language::English,
        );
        shown.live = live();
        let harness = harness(shown, TALL);
        let is_green = |shape: &egui::Shape| matches!(shape, egui::Shape::Rect(frame) if frame.stroke.color == theme::GUIDE_RIGHT);
        let shapes = &harness.output().shapes;
        shapes.iter().any(|drawn| is_green(&drawn.shape))
    };
    assert!(green(&step));
    step.guidance.as_mut().unwrap().hints.clear();
    assert!(!green(&step));
}

#[test]
fn the_same_screens_have_a_dock_that_changes_the_language_and_calls_help() {
    let mut harness = open(samples::reading(CodeState::Looking), Language::Chinese);
    assert_eq!(
        touch(&mut harness, "English"),
        Some(Intent::Anywhere(AnywhereIntent::Language(
            Language::English
        )))
    );
    assert_eq!(
        touch(&mut harness, "客服"),
        Some(Intent::Anywhere(AnywhereIntent::CustomerService))
    );
    assert_eq!(
        touch(&mut harness, "设置"),
        Some(Intent::Anywhere(AnywhereIntent::Settings))
    );
    assert_eq!(
        touch(&mut harness, "结束"),
        Some(Intent::Anywhere(AnywhereIntent::Leave))
    );
    assert_eq!(
        touch(&mut harness, "返回"),
        Some(Intent::ReadingCode(ReadingCodeIntent::Back))
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a script, one line a touch")]
fn the_way_is_walked_by_words() {
    let at = now();
    let script: Vec<(Step, &str, Intent)> = vec![
        (
            Step::Welcome(Welcome {}),
            "Start",
            Intent::Welcome(WelcomeIntent::Start),
        ),
        (
            Step::Consent(Consent {}),
            "Agree and continue",
            Intent::Consent(ConsentIntent::Agree),
        ),
        (
            Step::Consent(Consent {}),
            "Decline",
            Intent::Consent(ConsentIntent::Refuse),
        ),
        (
            samples::signing_in(at, SignInState::Waiting),
            "Go on with my acquisition code",
            Intent::SigningIn(SigningInIntent::UseCode),
        ),
        (
            samples::signing_in(at, SignInState::Expired),
            "Show a new code",
            Intent::SigningIn(SigningInIntent::NewCode),
        ),
        (
            samples::searching("", &[0, 1], None),
            "Jinan University",
            Intent::ChoosingSchool(ChoosingSchoolIntent::Choose(0)),
        ),
        (
            samples::searching("ji", &[0, 1], Some(0)),
            "This is my school",
            Intent::ChoosingSchool(ChoosingSchoolIntent::Sure),
        ),
        (
            samples::searching("ji", &[0], None),
            "N",
            Intent::ChoosingSchool(ChoosingSchoolIntent::Type("jin".into())),
        ),
        (
            samples::reading(CodeState::Looking),
            "Where do I find it?",
            Intent::ReadingCode(ReadingCodeIntent::Tutorial),
        ),
        (
            samples::last_four("17", 3),
            "5",
            Intent::EnteringLastFour(EnteringLastFourIntent::Key('5')),
        ),
        (
            samples::last_four("17", 3),
            "X",
            Intent::EnteringLastFour(EnteringLastFourIntent::Key('X')),
        ),
        (
            samples::last_four("175X", 3),
            "Confirm",
            Intent::EnteringLastFour(EnteringLastFourIntent::Sure),
        ),
        (
            samples::paying(at, PayState::Waiting),
            "Do not pay",
            Intent::Paying(PayingIntent::GiveUp),
        ),
        (
            samples::confirming(),
            "Submit",
            Intent::Confirming(ConfirmingIntent::Submit),
        ),
        (
            samples::confirming(),
            "Retake",
            Intent::Confirming(ConfirmingIntent::Retake),
        ),
        (
            samples::confirming(),
            "Back",
            Intent::Confirming(ConfirmingIntent::Cancel),
        ),
        (
            samples::refused(),
            "Retake",
            Intent::Refused(RefusedIntent::Retake),
        ),
    ];
    for (step, words, intent) in script {
        let name = step.name();
        assert_eq!(
            touch(&mut open(step, Language::English), words),
            Some(intent),
            "{name}: {words}"
        );
    }
}

#[test]
fn what_cannot_be_done_now_cannot_be_touched() {
    let mut harness = open(samples::last_four("17", 3), Language::English);
    assert_eq!(touch(&mut harness, "Confirm"), None);
    let mut harness = open(samples::paying(now(), PayState::Closing), Language::English);
    assert_eq!(touch(&mut harness, "Do not pay"), None);
}

#[test]
fn the_fee_says_what_it_is_made_of_and_may_be_paid_later_where_the_school_says() {
    let mut harness = open(samples::service_with_parts(), Language::English);
    let said: Vec<String> = things(&harness)
        .into_iter()
        .map(|(_, said, _)| said)
        .collect();
    for words in [
        "Photograph and standardizing",
        "Review and upload",
        "15.00",
        "5.00",
        "20.00",
    ] {
        assert!(
            said.iter().any(|line| line.contains(words)),
            "{words}: {said:?}"
        );
    }
    let later = Intent::ChoosingService(ChoosingServiceIntent::PayLater);
    assert_eq!(
        touch(&mut harness, "Take the photo now, pay later"),
        Some(later)
    );
}

#[test]
fn below_a_dialog_nothing_is_touched() {
    let shown = shown(
        samples::confirming(),
        Overlay::SubmitSure,
        Language::English,
    );
    let mut harness = harness(shown, TALL);
    harness.get_by_label("Retake").click();
    harness.run_steps(3);
    assert_eq!(harness.state().wanted, Vec::new());
    assert_eq!(
        touch(&mut harness, "Not yet"),
        Some(Intent::Overlay(OverlayIntent::NotYet))
    );
}

#[test]
fn guidance_is_one_sentence_and_knows_near_from_far() {
    use gradbooth::vision::rules::{Finding, Rule, Verdict};
    for (share, words, metres) in [
        (0.60, "Please take a whole step back", "0.5"),
        (0.40, "Please take half a step back", "0.8"),
        (0.25, "Please come half a step closer", "1.3"),
        (0.12, "Please come a whole step closer", "2.6"),
    ] {
        let finding = Finding {
            value: Some(share),
            limit: Some(0.3),
            ..samples::finding(Rule::Distance, Verdict::Fail)
        };
        let step = Step::Capturing(Capturing {
            ticket: samples::ticket(),
            since: now(),
            guidance: Some(GuidanceView {
                first: Some(Rule::Distance),
                ready: false,
                hints: vec![finding],
            }),
            phase: CapturePhase::Framing,
            manual_allowed: false,
            shots: Vec::new(),
            camera: CameraView::Live,
            question: None,
        });
        let screen = open(step, Language::English);
        screen.get_by_label(words);
        // the samples' booth was measured in with its mark at a metre
        screen.get_by_label(&format!("{metres} m · mark 1.0 m"));
    }
}

#[test]
fn the_idle_warning_counts_down_and_keeps_the_session_at_a_touch() {
    let overlay = Overlay::StillThere {
        until: now() + Duration::from_secs(12),
    };
    let mut harness = harness(
        shown(samples::last_four("17", 3), overlay, Language::Chinese),
        TALL,
    );
    assert!(harness.query_all_by_label_contains("秒后将结束").count() > 0);
    assert_eq!(
        touch(&mut harness, "我还在"),
        Some(Intent::Overlay(OverlayIntent::StillHere))
    );
}

#[test]
fn an_offline_booth_says_that_photos_are_sent_later() {
    let mut shown = shown(samples::last_four("", 3), Overlay::None, Language::Chinese);
    shown.online = false;
    harness(shown, TALL).get_by_label("离线 · 照片稍后自动上传");
}

#[test]
fn a_session_s_end_takes_every_person_off_the_wall() {
    let mut harness = open(samples::confirming(), Language::Chinese);
    assert!(!harness.state().gallery.is_empty_of_people());
    harness.state_mut().gallery.forget_people();
    assert!(harness.state().gallery.is_empty_of_people());
}

#[test]
fn the_farewell_says_where_the_photo_lies_as_soon_as_the_network_is_gone() {
    let (_, step, _) = samples::all(now())
        .into_iter()
        .find(|(name, ..)| *name == "farewell")
        .unwrap();
    let said = "Your photo is safely stored here and sent as soon as the network is back.";
    let mut harness = open(step, Language::English);
    assert!(harness.query_by_label(said).is_none());
    harness.state_mut().online = false;
    harness.run_steps(2);
    harness.get_by_label(said);
}

#[test]
fn nobody_is_told_of_a_step_that_does_not_exist() {
    for (name, step, overlay) in samples::all(now()) {
        let harness = harness(shown(step, overlay, Language::English), TALL);
        for (_, words, _) in things(&harness) {
            assert!(!words.starts_with("Step 5"), "{name}: {words}");
        }
    }
}

#[test]
fn why_a_submission_waits_is_said_in_the_reader_s_language() {
    use gradbooth::workers::http::Trouble;
    let troubles = [
        Trouble::Unreachable,
        Trouble::Silent,
        Trouble::Certificate,
        Trouble::NotTheService,
        Trouble::Later(None),
        Trouble::Unauthorized,
    ];
    let held = [
        "refused",
        "conflict",
        "not_entitled",
        "already_submitted",
        "unknown_collection",
        "not_open",
        "photo_not_standard",
        "capture_not_usable",
        "hash_mismatch",
        "seal_broken",
        "too_large",
    ];
    for language in Language::ALL {
        for word in troubles.map(Trouble::word).into_iter().chain(held) {
            let harness = harness(attended(samples::attendant::because(word), language), TALL);
            for (_, words, _) in things(&harness) {
                let raw = words == word || word.contains('_') && words.contains(word);
                assert!(!raw, "{words}");
                assert!(!words.contains("Told by the service"), "{words}");
            }
        }
        let newer = harness(
            attended(samples::attendant::because("out_of_tea"), language),
            TALL,
        );
        let mut said = things(&newer).into_iter().map(|(_, words, _)| words);
        assert!(said.any(|words| words.contains("out_of_tea") && words != "out_of_tea"));
    }
}

#[test]
fn the_attendant_helps_only_where_it_would_take_effect_and_reads_why_not() {
    let at_home = || samples::attendant::all(now()).swap_remove(0).1;
    let mut shown = attended(at_home(), Language::English);
    shown.view = AttendantView::default()
        .with(Favour::Cash, FavourState::Open)
        .with(Favour::HeadCovered, FavourState::Done);
    let mut harness = harness(shown, TALL);
    let mut touched = |words: &str| {
        harness.get_by_label(words).scroll_to_me();
        harness.run_steps(8);
        harness.get_by_label(words).click();
        harness.run_steps(3);
        harness.state_mut().ordered.pop()
    };
    assert_eq!(
        touched("Fee taken in cash"),
        Some(AdminIntent::Help(Favour::Cash))
    );
    for words in ["Last four again", "Allow head cover", "Allow own picture"] {
        assert_eq!(touched(words), None, "{words}");
    }
}

#[test]
fn the_attendant_reaches_every_choice_by_its_words() {
    for (words, intent) in [
        ("Measure booth in", AdminIntent::Calibrate),
        ("Quit the program", AdminIntent::Quit),
    ] {
        for size in [TALL, WIDE] {
            let (_, home) = samples::attendant::all(now()).swap_remove(0);
            let mut harness = harness(attended(home, Language::English), size);
            harness.get_by_label(words).scroll_to_me();
            harness.run_steps(8);
            harness.get_by_label(words).click();
            harness.run_steps(3);
            assert_eq!(harness.state_mut().ordered.pop(), Some(intent), "{words}");
        }
    }
}

fn enrolments(language: Language) -> impl Iterator<Item = (&'static str, Shown)> {
    samples::enrolment::all()
        .into_iter()
        .map(move |(name, enrolment)| (name, enrolling(enrolment, language)))
}

#[test]
fn a_booth_that_is_enrolled_again_can_go_back_and_a_new_one_changes_the_language() {
    let touched = |anew, words: &str| {
        let enrolment = samples::enrolment::after(anew, []);
        let mut harness = harness(enrolling(enrolment, Language::English), TALL);
        if harness.query_by_label(words).is_some() {
            harness.get_by_label(words).click();
            harness.run_steps(3);
        }
        harness.state_mut().enrol_wanted.pop()
    };
    assert_eq!(touched(true, "Back"), Some(EnrolIntent::Back));
    assert_eq!(
        touched(false, "Back"),
        None,
        "there is nothing to go back to"
    );
    assert_eq!(touched(false, "中文"), Some(EnrolIntent::OtherLanguage));
}

#[test]
fn all_four_words_stand_on_the_screen_and_every_word_has_its_glyphs() {
    // the words are the four first bytes of a hash
    let hash = |n: u8| gradbooth::wire::Digest::of(&[n]);
    for n in 0..=255 {
        let words = gradbooth::wire::FourWords::of(&hash(n)).each();
        let words = words.map(|(chinese, latin)| EnrolWord { chinese, latin });
        let events = [
            EnrolEvent::Invited("GBE1:".into()),
            EnrolEvent::Compare(words.clone()),
        ];
        let enrolment = samples::enrolment::after(false, events);
        let harness = harness(enrolling(enrolment, Language::Chinese), WIDE);
        for word in words {
            let chinese = word.chinese.to_string();
            assert!(harness.query_all_by_label(&chinese).count() > 0, "{word:?}");
            assert!(
                harness.query_all_by_label(&word.latin).count() > 0,
                "{word:?}"
            );
        }
    }
}

/// For whoever wants to look at them: `SCREENS_TO=folder cargo test --release --test screens -- --ignored`.
#[test]
#[ignore = "leaves pictures of every screen in the folder that SCREENS_TO names"]
fn leave_pictures() {
    let folder = std::path::PathBuf::from(std::env::var_os("SCREENS_TO").unwrap());
    let only = std::env::var("SCREENS_ONLY").unwrap_or_default();
    let students = |language| {
        samples::all(now())
            .into_iter()
            .map(move |(name, step, overlay)| (name, shown(step, overlay, language)))
    };
    let attendants = |language| {
        samples::attendant::all(now())
            .into_iter()
            .map(move |(name, step)| (name, attended(step, language)))
    };
    for (size, shape) in [(TALL, "tall"), (WIDE, "wide")] {
        for language in Language::ALL {
            let all = students(language)
                .chain(attendants(language))
                .chain(enrolments(language));
            for (name, mut shown) in all.filter(|(name, _)| name.contains(&only)) {
                shown.live = live();
                let harness = harness(shown, size);
                let shapes = harness.output().shapes.clone();
                let primitives = harness.ctx.tessellate(shapes, 1.0);
                let picture = harness.state().painter.paint(&primitives, size);
                let file = format!("{name}-{shape}-{}.png", language.tag());
                picture.save(folder.join(file)).unwrap();
            }
        }
    }
}
