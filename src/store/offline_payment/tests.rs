use super::super::samples::{at, changes, order, paid_collection, state_key, store, student};
use super::*;
use crate::domain::Fee;
use crate::wire::Changes;

fn other() -> StudentRef {
    StudentRef::new("ffffffffffffffff")
}

fn receipt(order: &Order) -> PaymentReceipt {
    PaymentReceipt::of(order, 1, 1_800_000_000).unwrap()
}

fn here() -> CollectionId {
    paid_collection().id
}

fn entitled(redeemed: Redeemed) -> Entitlement {
    let Redeemed::Entitled(entitlement) = redeemed else {
        panic!("{redeemed:?}")
    };
    entitlement
}

#[test]
fn attack_replay_at_the_same_booth_gives_the_same_right_and_nothing_more() {
    let (store, folder) = store();
    store.open_order(&order(1), at(0)).unwrap();
    let redeem = |store: &Store| {
        store
            .redeem_receipt(&receipt(&order(1)), &student(), &here(), at(1))
            .unwrap()
    };
    let first = entitled(redeem(&store));
    assert_eq!(
        first.source,
        EntitlementSource::Order { order: order(1).id }
    );
    drop(store);
    let store = Store::open(folder.path(), &state_key()).unwrap();
    assert_eq!(
        entitled(redeem(&store)),
        first,
        "after the power came back, too"
    );
    assert_eq!(
        store.unsent_payment_reports().unwrap().len(),
        1,
        "told once"
    );
    assert_eq!(
        store.order_state(order(1).id).unwrap(),
        Some(OrderState::Settled)
    );
}

#[test]
fn attack_replay_at_another_booth_or_a_copy_on_a_friends_phone() {
    let (store, _folder) = store();
    store.apply(&changes(), at(0)).unwrap();
    // this booth never heard of the order: the student may come here and go on
    let own = store
        .redeem_receipt(&receipt(&order(1)), &student(), &here(), at(1))
        .unwrap();
    assert_eq!(entitled(own).student, student());
    // a friend shows a copy
    let copy = store
        .redeem_receipt(&receipt(&order(1)), &other(), &here(), at(2))
        .unwrap();
    assert_eq!(copy, Redeemed::Receipt(PaymentReceiptError::OtherStudent));
    assert_eq!(store.entitlement(&other(), &here()).unwrap(), None);
}

#[test]
fn attack_a_receipt_over_another_amount_than_was_asked() {
    let (store, _folder) = store();
    store.open_order(&order(1), at(0)).unwrap();
    let cheap = Order {
        fee: Fee::from_fen(1),
        ..order(1)
    };
    let redeemed = store
        .redeem_receipt(&receipt(&cheap), &student(), &here(), at(1))
        .unwrap();
    assert_eq!(
        redeemed,
        Redeemed::Receipt(PaymentReceiptError::OtherAmount)
    );
    assert_eq!(
        store.order_state(order(1).id).unwrap(),
        Some(OrderState::Open)
    );
}

#[test]
fn attack_a_wrong_clock_of_the_booth_changes_no_decision() {
    for year in [1970, 2001, 2026, 2106] {
        let clock: Timestamp = format!("{year}-02-03T04:05:06Z").parse().unwrap();
        let (store, _folder) = store();
        store.open_order(&order(1), clock).unwrap();
        let redeem = |whose: &StudentRef| {
            let seen = receipt(&order(1));
            store.redeem_receipt(&seen, whose, &here(), clock).unwrap()
        };
        assert_eq!(
            redeem(&other()),
            Redeemed::Receipt(PaymentReceiptError::OtherStudent),
            "{year}"
        );
        assert_eq!(entitled(redeem(&student())).student, student(), "{year}");
        store.order_refunded(order(1).id, clock).unwrap();
        assert_eq!(redeem(&student()), Redeemed::Refunded, "{year}");
    }
}

#[test]
fn attack_refunded_receipts_let_nobody_in() {
    let (store, _folder) = store();
    store.open_order(&order(1), at(0)).unwrap();
    entitled(
        store
            .redeem_receipt(&receipt(&order(1)), &student(), &here(), at(1))
            .unwrap(),
    );
    let told = Changes {
        refunded: vec![order(1).id, order(2).id],
        ..changes()
    };
    store.apply(&told, at(2)).unwrap();
    assert_eq!(store.entitlement(&student(), &here()).unwrap(), None);
    for n in [1, 2] {
        let again = store
            .redeem_receipt(&receipt(&order(n)), &student(), &here(), at(3))
            .unwrap();
        assert_eq!(again, Redeemed::Refunded, "of this booth, and of another");
    }
    assert_eq!(
        store.redeem_digits(order(1).id, at(4)).unwrap(),
        Redeemed::Refunded
    );
}

#[test]
fn a_voucher_is_spent_once() {
    let (store, folder) = store();
    let voucher = VoucherId::from_bytes([3; 16]);
    let spend = |store: &Store, who: &StudentRef| {
        store.spend_voucher(voucher, who, &here(), at(0)).unwrap()
    };
    let first = entitled(spend(&store, &student()));
    assert_eq!(first.source, EntitlementSource::Voucher { voucher });
    drop(store);
    let store = Store::open(folder.path(), &state_key()).unwrap();
    assert_eq!(
        entitled(spend(&store, &student())),
        first,
        "the same student, again"
    );
    assert_eq!(spend(&store, &other()), Redeemed::Spent);
}

#[test]
fn a_voucher_that_another_booth_took_is_known_after_a_sync() {
    let (store, _folder) = store();
    let voucher = VoucherId::from_bytes([3; 16]);
    let source = EntitlementSource::Voucher { voucher };
    let elsewhere = Entitlement {
        student: other(),
        collection: here(),
        source,
    };
    store
        .apply(
            &Changes {
                entitlements: vec![elsewhere],
                ..changes()
            },
            at(0),
        )
        .unwrap();
    assert_eq!(
        store
            .spend_voucher(voucher, &student(), &here(), at(1))
            .unwrap(),
        Redeemed::Spent
    );
}

#[test]
fn cash_is_numbered_limited_by_the_day_and_in_the_audit() {
    let (store, _folder) = store();
    let mut cash = paid_collection();
    cash.terms.cash = true;
    let mut told = changes();
    told.catalogue = Some(crate::domain::Catalogue {
        as_of: None,
        collections: vec![cash],
    });
    store.apply(&told, at(0)).unwrap();
    let day = jiff::civil::date(2026, 11, 24);
    store.open_order(&order(1), at(0)).unwrap();
    let take = |n: u8| {
        store
            .take_cash(order(n).id, (day, 3000), "1a2b3c", at(1))
            .unwrap()
    };
    let (redeemed, number) = take(1);
    entitled(redeemed);
    assert_eq!(number.as_deref(), Some("C-1a2b3c-0001"));
    assert_eq!(
        take(1).1.as_deref(),
        Some("C-1a2b3c-0001"),
        "the same again"
    );
    let second = Order {
        student: other(),
        ..order(2)
    };
    store.open_order(&second, at(2)).unwrap();
    assert_eq!(take(2).0, Redeemed::OverTheLimit);
    let tomorrow = (jiff::civil::date(2026, 11, 25), 3000);
    entitled(
        store
            .take_cash(second.id, tomorrow, "1a2b3c", at(3))
            .unwrap()
            .0,
    );
    let audit = store.audit_log(10).unwrap();
    assert_eq!(
        audit.iter().filter(|line| line.what == "take cash").count(),
        2
    );
}

#[test]
fn cash_and_paying_later_only_where_the_school_allows_it() {
    let (store, _folder) = store();
    store.apply(&changes(), at(0)).unwrap();
    store.open_order(&order(1), at(0)).unwrap();
    let day = (jiff::civil::date(2026, 11, 24), 100_000);
    assert_eq!(
        store
            .take_cash(order(1).id, day, "1a2b3c", at(1))
            .unwrap()
            .0,
        Redeemed::NotAllowed
    );
    assert_eq!(
        store.grant_pay_later(&student(), &here(), at(1)).unwrap(),
        Redeemed::NotAllowed
    );
}
