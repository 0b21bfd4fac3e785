//! The rows of the table of payment failure cases, and what the protocol itself can do wrong.

use super::Shop;
use super::fake::Faults;
use crate::bench::refused;
use gradbooth::domain::{EntitlementSource, Order, OrderState};
use gradbooth::review::Config;
use gradbooth::review::gateways::wechat::NOTICES;
use gradbooth::wire::{Cursor, KnownStudent, OrderStatus, paths};
use std::time::Duration;

impl Shop {
    fn rights(&self, order: &Order) -> usize {
        let known: KnownStudent = self.bench.get(&paths::student(&order.student));
        known.entitlements.len()
    }
}

#[test]
fn a_native_order_is_signed_paid_and_noticed() {
    let shop = Shop::open();
    let order = shop.bench.order(1);
    let offered = shop.offers(&order);
    assert!(
        offered
            .payment_url
            .unwrap()
            .starts_with("weixin://wxpay/bizpayurl?pr=")
    );
    assert_eq!(shop.stands(&order), OrderState::Open);
    assert!(shop.pays(&order));
    assert_eq!(shop.notifies(&order), Some(1));
    let known: KnownStudent = shop.bench.get(&paths::student(&order.student));
    assert_eq!(
        known.entitlements[0].source,
        EntitlementSource::Order { order: order.id }
    );
    assert_eq!(shop.bench.rows("payments"), 1);
}

#[test]
fn duplicate_and_lost_notices_change_nothing() {
    let shop = Shop::open();
    let (told, lost) = (shop.bench.order(1), shop.bench.order(2));
    for order in [&told, &lost] {
        shop.offers(order);
        shop.pays(order);
    }
    for _ in 0..3 {
        assert_eq!(shop.notifies(&told), Some(1));
    }
    assert_eq!(shop.bench.rows("payments"), 1);
    // nobody told of the other one: asking finds it
    assert_eq!(shop.stands(&lost), OrderState::Settled);
    assert_eq!(
        (shop.bench.rows("payments"), shop.bench.rows("refunds")),
        (2, 0)
    );
}

#[test]
fn paid_twice_the_second_payment_goes_back_by_itself() {
    let shop = Shop::open();
    let first = shop.bench.order(1);
    let second = Order {
        id: shop.bench.order(2).id,
        ..first.clone()
    };
    shop.offers(&first);
    // the first code is closed before a second one is shown, but a phone was faster
    shop.provider.suffers(Faults {
        paid_while_closing: true,
        ..Faults::default()
    });
    assert_eq!(
        refused(shop.bench.put_order(&second), 409),
        "already_entitled"
    );
    assert_eq!(shop.rights(&first), 1);
    // and where two booths could not hear of each other, both orders were paid
    let other = shop.bench.order(3);
    let late = Order {
        id: shop.bench.order(4).id,
        ..other.clone()
    };
    shop.provider.suffers(Faults::default());
    shop.offers(&other);
    shop.offers(&late); // closes `other`
    assert_eq!(shop.stands(&other), OrderState::Closed);
    assert!(shop.pays(&late));
    assert_eq!(shop.stands(&late), OrderState::Settled);
    assert_eq!(shop.rights(&other), 1);
}

#[test]
fn late_money_for_a_closed_order_is_the_right_or_goes_back() {
    let shop = Shop::open();
    let order = shop.bench.order(1);
    shop.offers(&order);
    shop.pays(&order);
    // our books say closed, the provider says paid: its notice comes late
    shop.bench
        .store()
        .write_now(|tx| gradbooth::review::store::orders::close(tx, order.id))
        .unwrap();
    assert_eq!(shop.stands(&order), OrderState::Closed);
    shop.notifies(&order).unwrap();
    assert_eq!(
        (shop.stands(&order), shop.rights(&order)),
        (OrderState::Settled, 1)
    );
    // the same for a student who has paid otherwise meanwhile
    let second = Order {
        id: shop.bench.order(2).id,
        ..shop.bench.order(5)
    };
    shop.offers(&second);
    shop.pays(&second);
    shop.bench
        .store()
        .write_now(|tx| {
            gradbooth::review::store::orders::close(tx, second.id)?;
            let source = EntitlementSource::NothingDue;
            gradbooth::review::store::entitlements::give(
                tx,
                &second.student,
                &second.collection,
                source,
            )
        })
        .unwrap();
    shop.notifies(&second).unwrap();
    assert_eq!(shop.stands(&second), OrderState::Refunded);
    shop.sweeps();
    assert_eq!(
        shop.provider.refund_of(&second.id.to_string()),
        Some("SUCCESS")
    );
    assert_eq!(shop.rights(&second), 1, "the other right stays");
    assert!(
        shop.bench
            .changes(&Cursor::default())
            .refunded
            .contains(&second.id)
    );
}

#[test]
fn paid_while_closing_is_paid() {
    let shop = Shop::open();
    let order = shop.bench.order(1);
    shop.offers(&order);
    shop.provider.suffers(Faults {
        paid_while_closing: true,
        ..Faults::default()
    });
    assert_eq!(shop.closes(&order), OrderState::Settled);
    assert_eq!(shop.rights(&order), 1);
}

#[test]
fn paid_after_expiry_is_closed_at_the_provider_first() {
    let short = |config| Config {
        payment_validity: jiff::SignedDuration::from_millis(1),
        ..config
    };
    let shop = Shop::with(short);
    let order = shop.bench.order(1);
    shop.offers(&order);
    std::thread::sleep(Duration::from_millis(5));
    assert_eq!(shop.stands(&order), OrderState::Closed);
    assert_eq!(
        shop.provider.state(&order.id.to_string()),
        "CLOSED",
        "expiry is not cosmetic"
    );
    assert!(!shop.pays(&order));
}

#[test]
fn unknown_after_a_time_out_stays_unknown_until_the_provider_speaks() {
    let shop = Shop::open();
    let order = shop.bench.order(1);
    shop.offers(&order);
    shop.provider.suffers(Faults {
        broken: true,
        ..Faults::default()
    });
    let ask = || {
        shop.bench
            .booth("GET", &paths::order(order.id))
            .send()
            .unwrap()
    };
    assert_eq!(refused(ask(), 502), "gateway_silent");
    let close = shop
        .bench
        .booth("POST", &paths::close_order(order.id))
        .send()
        .unwrap();
    assert_eq!(
        refused(close, 502),
        "gateway_silent",
        "silence closes nothing"
    );
    shop.provider.suffers(Faults {
        hang: Some(Duration::from_secs(7)),
        ..Faults::default()
    });
    assert_eq!(refused(ask(), 502), "gateway_silent");
    shop.provider.suffers(Faults::default());
    assert_eq!(shop.stands(&order), OrderState::Open);
    shop.pays(&order);
    assert_eq!(shop.stands(&order), OrderState::Settled);
}

#[test]
fn answers_and_notices_that_the_provider_did_not_sign_are_silence() {
    let shop = Shop::open();
    let order = shop.bench.order(1);
    shop.offers(&order);
    shop.pays(&order);
    shop.provider.suffers(Faults {
        badly_signed: true,
        ..Faults::default()
    });
    let ask = shop
        .bench
        .booth("GET", &paths::order(order.id))
        .send()
        .unwrap();
    assert_eq!(refused(ask, 502), "gateway_silent");
    let (headers, body) = shop.provider.notice(&order.id.to_string());
    let post = |headers: &[(&'static str, String)], body: Vec<u8>| {
        let mut request = shop
            .bench
            .http
            .post(format!("{}{NOTICES}", shop.bench.url))
            .body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        request.send().unwrap().status().as_u16()
    };
    let mut edited = body.clone();
    let at = edited.len() / 2;
    edited[at] ^= 1;
    assert_eq!(post(&headers, edited), 401);
    assert_eq!(post(&[], body.clone()), 401);
    let mut stranger = headers.clone();
    stranger[0].1 = "PUB_KEY_ID_OF_SOMEBODY".into();
    assert_eq!(post(&stranger, body.clone()), 401);
    assert_eq!(shop.bench.rows("payments"), 0);
    assert_eq!(post(&headers, body), 204);
    assert_eq!(shop.bench.rows("payments"), 1);
}

#[test]
fn money_of_another_amount_gives_no_right_and_goes_back() {
    let shop = Shop::open();
    let order = shop.bench.order(1);
    shop.offers(&order);
    shop.provider.suffers(Faults {
        other_amount: Some(1),
        slow_refunds: true,
        ..Faults::default()
    });
    shop.pays(&order);
    assert_eq!(shop.stands(&order), OrderState::Refunded);
    assert_eq!(shop.rights(&order), 0);
    shop.sweeps();
    assert_eq!(
        shop.provider.refund_of(&order.id.to_string()),
        Some("PROCESSING")
    );
    shop.sweeps();
    shop.sweeps();
    assert_eq!(
        shop.provider.refund_of(&order.id.to_string()),
        Some("SUCCESS")
    );
    let state: String = shop
        .bench
        .store()
        .read_now(|tx| Ok(tx.query_row("SELECT state FROM refunds", [], |row| row.get(0))?))
        .unwrap();
    assert_eq!(state, "done");
}

#[test]
fn price_change_mid_order_is_honoured() {
    let shop = Shop::open();
    let order = shop.bench.order(1);
    let mut dearer = shop
        .bench
        .collection(gradbooth::domain::EducationCategory::Regular);
    (dearer.fee, dearer.price_version) = (
        gradbooth::domain::Fee::from_fen(9900),
        dearer.price_version + 1,
    );
    shop.bench
        .store()
        .write_now(|tx| {
            gradbooth::review::store::catalogue::put(
                tx,
                &dearer,
                gradbooth::review::store::catalogue::Admits::Everyone,
            )
        })
        .unwrap();
    // a booth that could not know asks with the price it has shown
    shop.offers(&order);
    shop.pays(&order);
    assert_eq!(shop.stands(&order), OrderState::Settled);
    let invented = Order {
        fee: gradbooth::domain::Fee::from_fen(1),
        ..shop.bench.order(2)
    };
    assert_eq!(refused(shop.bench.put_order(&invented), 409), "fee_changed");
}

#[test]
fn a_code_that_is_two_hours_old_is_asked_for_anew_under_the_same_number() {
    let shop = Shop::open();
    let order = shop.bench.order(1);
    let offered = shop.offers(&order);
    shop.provider.waits(Duration::from_secs(2 * 3600 + 1));
    assert!(!shop.pays(&order), "the code is over, the order is not");
    assert_eq!(shop.provider.state(&order.id.to_string()), "NOTPAY");
    assert_eq!(shop.closes(&order), OrderState::Closed);
    assert!(
        offered.expires_at.is_some(),
        "and no booth shows one for so long"
    );
}

#[test]
fn a_notice_is_sent_again_until_it_is_taken() {
    let shop = Shop::open();
    let order = shop.bench.order(1);
    shop.offers(&order);
    shop.pays(&order);
    let dead = shop.provider.notifies(
        &order.id.to_string(),
        &shop.bench.http,
        "http://127.0.0.1:1/nobody",
    );
    assert_eq!(dead, None, "sixteen times in a day, then never");
    assert_eq!(shop.stands(&order), OrderState::Settled, "asking is enough");
}

#[test]
fn refund_of_a_settled_order_ends_the_right_but_never_under_a_standing_submission() {
    use gradbooth::review::store::{refunds::RefundReason, settlement};
    let shop = Shop::open();
    let order = shop.bench.order(1);
    shop.offers(&order);
    shop.pays(&order);
    assert_eq!(shop.stands(&order), OrderState::Settled);
    let refund = || {
        shop.bench
            .store()
            .write_now(|tx| settlement::refund(tx, order.id, RefundReason::Unusable, "desk"))
    };
    let source = EntitlementSource::Order { order: order.id };
    let manifest = shop.bench.manifest_for(
        1,
        order.collection.clone(),
        gradbooth::domain::EducationCategory::Regular,
        source,
    );
    assert_eq!(shop.bench.put(&manifest).status(), 200);
    assert!(refund().is_err(), "under review");
    shop.bench
        .store()
        .write_now(|tx| Ok(tx.execute("UPDATE submissions SET state = 'withdrawn'", [])?))
        .unwrap();
    refund().unwrap();
    refund().unwrap();
    shop.sweeps();
    assert_eq!(
        (shop.rights(&order), shop.stands(&order)),
        (0, OrderState::Refunded)
    );
    assert_eq!(
        shop.provider.refund_of(&order.id.to_string()),
        Some("SUCCESS")
    );
    assert_eq!(
        shop.bench
            .get::<OrderStatus>(&paths::order(order.id))
            .payment_url,
        None
    );
}
