//! Money: asked once, closed only by the provider's word, never lost by walking away.

use crate::booth::Booth;
use crate::people;
use gradbooth::domain::collection::{FeePart, PaymentTerms};
use gradbooth::domain::standing::Standing;
use gradbooth::domain::{Collection, Entitlement, EntitlementSource, Fee, Order, OrderId};
use gradbooth::session::{
    Answer, AnywhereIntent, AttendantView, ChoosingServiceIntent, CodeText, Effect, Event, Favour,
    FavourState, Intent, Overlay, OverlayIntent, PayProblem, PayingIntent, PaymentNews, Step,
    StoreTrouble, What,
};

fn paying() -> Booth {
    let mut booth = Booth::new();
    booth
        .identified(people::new_student())
        .chooses_collection()
        .told_already()
        .pays_now();
    booth
}

fn news(booth: &mut Booth, news: PaymentNews) {
    booth.answer(Answer::Payment(news));
}

#[test]
fn giving_up_waits_for_the_provider() {
    let mut booth = paying();
    let code = people::payment_code(booth.now);
    news(&mut booth, PaymentNews::Offered(code));
    let opened = booth.last_question();
    booth
        .touch(Intent::Paying(PayingIntent::GiveUp))
        .touch(Intent::Paying(PayingIntent::GiveUp));
    assert_eq!(
        booth.last_question(),
        opened,
        "closing answers the question that opened"
    );
    news(&mut booth, PaymentNews::Silent);
    news(&mut booth, PaymentNews::Closed);
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn paid_while_giving_up_is_paid() {
    let mut booth = paying();
    let code = people::payment_code(booth.now);
    news(&mut booth, PaymentNews::Offered(code));
    booth.touch(Intent::Paying(PayingIntent::GiveUp));
    news(&mut booth, PaymentNews::Settled(people::paid()));
    booth.stands_at("Preparing");
}

#[test]
fn a_silent_provider_is_said_to_be_silent() {
    let mut booth = paying();
    news(&mut booth, PaymentNews::Silent);
    booth.wait(120.0);
    booth.stands_at("Paying");
    news(&mut booth, PaymentNews::Settled(people::paid()));
    booth.stands_at("Preparing");
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn who_walks_away_while_paying_leaves_the_order_to_the_worker() {
    let mut booth = paying();
    let code = people::payment_code(booth.now);
    news(&mut booth, PaymentNews::Offered(code));
    booth.wait(181.0).wait(31.0);
    booth.nothing_is_left();
    // what is paid now is kept by the worker; nobody here hears of it
    news(&mut booth, PaymentNews::Settled(people::paid()));
    booth.nothing_is_left();
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn leaving_while_paying_is_asked_once_more() {
    let mut booth = paying();
    booth.touch(Intent::Anywhere(AnywhereIntent::Leave));
    booth.stands_at("Paying");
    booth.touch(Intent::Overlay(OverlayIntent::ReallyLeave));
    booth.nothing_is_left();
    assert!(
        booth
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::CloseOrder { .. }))
    );
}

#[test]
fn the_order_is_handed_over_before_a_code_is_shown_and_its_price_stays() {
    let booth = paying();
    let Step::Paying(step) = booth.session.step() else {
        panic!("{}", booth.transcript())
    };
    assert_eq!(
        (step.shown.as_ref(), step.order.fee),
        (None, people::collection().fee)
    );
    assert_eq!(step.order.price_version, 1);
}

#[test]
fn an_open_order_is_shown_again_and_what_is_paid_is_not_asked_for_again() {
    let order = Order {
        id: OrderId::from_bytes([9; 16]),
        student: people::zhou().status.student,
        collection: people::collection().id,
        fee: people::collection().fee,
        price_version: 1,
    };
    let open = Standing {
        open_order: Some(order.clone()),
        ..people::standing(people::collection())
    };
    let mut booth = Booth::new();
    booth
        .identified(people::file(vec![open]))
        .chooses_collection()
        .pays_now();
    let Step::Paying(step) = booth.session.step() else {
        panic!("{}", booth.transcript())
    };
    assert_eq!(step.order, order);

    let entitled = Standing {
        entitlement: Some(people::paid()),
        ..people::standing(people::collection())
    };
    let mut booth = Booth::new();
    booth
        .identified(people::file(vec![entitled]))
        .chooses_collection();
    booth.stands_at("Preparing");
}

#[test]
fn an_order_that_cannot_be_stored_shows_no_code() {
    let mut booth = paying();
    news(&mut booth, PaymentNews::NotOpened(What::StoreTrouble));
    booth.stands_at("ChoosingService");
}

#[test]
fn somebody_elses_payment_entitles_nobody_here() {
    let mut booth = paying();
    let mut other = people::paid();
    other.student = gradbooth::domain::StudentRef::new("another");
    news(&mut booth, PaymentNews::Settled(other));
    booth.stands_at("Paying");
}

#[test]
fn without_a_network_the_phone_pays_and_the_camera_reads_its_receipt() {
    let mut booth = paying();
    let page = people::payment_code(booth.now);
    let seen = |text: &str| Event::Seen(CodeText::new(text.into()));
    news(&mut booth, PaymentNews::Offline(page));
    booth
        .on(seen("https://example.org"))
        .on(seen("https://example.org"));
    news(&mut booth, PaymentNews::NotTaken(PayProblem::OtherStudent));
    booth.on(seen("GBP1:ABC"));
    news(&mut booth, PaymentNews::Settled(people::paid()));
    booth.stands_at("Preparing");
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn nine_digits_are_typed_where_the_camera_reads_nothing() {
    let mut booth = paying();
    let page = people::payment_code(booth.now);
    news(&mut booth, PaymentNews::Offline(page));
    booth.touch(Intent::Paying(PayingIntent::OpenKeypad));
    for digit in "12345678x9".chars() {
        booth.touch(Intent::Paying(PayingIntent::Digit(digit)));
    }
    assert!(
        matches!(booth.session.step(), Step::Paying(step) if step.typed.as_deref() == Some(""))
    );
    news(
        &mut booth,
        PaymentNews::NotTaken(PayProblem::WrongDigits(4)),
    );
    news(&mut booth, PaymentNews::Settled(people::paid()));
    booth.stands_at("Preparing");
    insta::assert_snapshot!(booth.transcript());
}

#[test]
fn who_goes_back_without_a_network_finds_the_same_order_again() {
    let mut booth = paying();
    let page = people::payment_code(booth.now);
    news(&mut booth, PaymentNews::Offline(page));
    let first = order_of(&booth);
    booth.touch(Intent::Paying(PayingIntent::GiveUp));
    booth.stands_at("Collections");
    booth.chooses_collection().told_already().pays_now();
    assert_eq!(order_of(&booth), first, "nobody is asked twice");
}

fn order_of(booth: &Booth) -> OrderId {
    let Step::Paying(step) = booth.session.step() else {
        panic!("not paying")
    };
    step.order.id
}

fn before_paying(terms: PaymentTerms) -> Booth {
    let collection = Collection {
        terms,
        ..people::collection()
    };
    let mut booth = Booth::new();
    booth
        .identified(people::file(vec![people::standing(collection)]))
        .chooses_collection()
        .stands_at("ChoosingService");
    booth
}

#[test]
fn who_may_pay_later_is_photographed_now_and_asked_once() {
    let mut booth = before_paying(PaymentTerms {
        pay_later: true,
        ..PaymentTerms::default()
    });
    let later = Intent::ChoosingService(ChoosingServiceIntent::PayLater);
    booth.told_already().touch(later.clone());
    let asked = booth.last_question();
    booth.touch(later.clone());
    assert_eq!(booth.last_question(), asked, "a second touch asks nothing");
    // the records fail: nobody is let in, and the student may try again
    booth.answer(Answer::NothingDue(Err(StoreTrouble::Broken)));
    booth.stands_at("ChoosingService");
    assert_eq!(
        *booth.session.overlay(),
        Overlay::message(What::StoreTrouble)
    );
    booth
        .touch(Intent::Overlay(OverlayIntent::Close))
        .touch(later);
    let right = Entitlement {
        source: EntitlementSource::PayLater,
        ..people::paid()
    };
    booth.answer(Answer::NothingDue(Ok(right)));
    booth.stands_at("Preparing");
}

#[test]
fn where_the_school_does_not_allow_it_nobody_pays_later() {
    let mut booth = before_paying(PaymentTerms::default());
    booth
        .told_already()
        .touch(Intent::ChoosingService(ChoosingServiceIntent::PayLater));
    booth.stands_at("ChoosingService");
    assert!(
        !booth.transcript().contains("PayLater("),
        "{}",
        booth.transcript()
    );
    let Step::ChoosingService(step) = booth.session.step() else {
        unreachable!()
    };
    assert_eq!(step.question, None, "nothing was asked");
}

#[test]
fn the_order_asks_the_whole_fee_whatever_it_is_made_of() {
    let part = |name: &str, fen| FeePart {
        name_zh: name.into(),
        name_en: name.into(),
        fee: Fee::from_fen(fen),
    };
    let mut booth = before_paying(PaymentTerms {
        parts: vec![part("photo", 1500), part("review", 500)],
        ..PaymentTerms::default()
    });
    booth.pays_now();
    let Step::Paying(step) = booth.session.step() else {
        unreachable!()
    };
    assert_eq!(step.order.fee, Fee::from_fen(2000));
    assert_eq!(step.order.price_version, people::collection().price_version);
}

#[test]
fn the_attendant_can_help_only_where_it_changes_something() {
    let open = |booth: &Booth| -> Vec<Favour> {
        let is_open = |favour: &Favour| booth.session.favour(*favour) == FavourState::Open;
        Favour::ALL.into_iter().filter(is_open).collect()
    };
    let mut booth = paying();
    assert_eq!(open(&booth), [Favour::Cash]);
    booth.touch(Intent::Paying(PayingIntent::GiveUp));
    assert_eq!(open(&booth), [], "closing: no money is taken any more");
    news(&mut booth, PaymentNews::Settled(people::paid()));
    booth.stands_at("Preparing");
    assert_eq!(open(&booth), [Favour::HeadCovered, Favour::OwnPicture]);
    booth.on(Event::AllowImport);
    assert_eq!(open(&booth), [Favour::HeadCovered]);
    assert_eq!(booth.session.favour(Favour::OwnPicture), FavourState::Done);
    booth.on(Event::ExcuseHead);
    assert_eq!(open(&booth), []);
    booth.leaves();
    booth.touch(Intent::Overlay(OverlayIntent::ReallyLeave));
    booth.nothing_is_left();
    assert_eq!(booth.session.attendant_view(), AttendantView::default());
}

#[test]
fn cash_shows_the_number_of_the_slip_to_the_attendant() {
    let mut booth = paying();
    booth.on(Event::CashTaken);
    news(&mut booth, PaymentNews::Slip("C-1a2b3c-0001".into()));
    news(&mut booth, PaymentNews::Settled(people::paid()));
    booth.stands_at("Preparing");
    insta::assert_snapshot!(booth.transcript());
}
