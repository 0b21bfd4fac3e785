//! Nine digits, and whoever guesses them.

use super::{Booth, TOKEN, refusal};
use crate::domain::Order;
use crate::session::{PayProblem, PaymentNews};
use crate::wire::offline::{digits, digits_secret};

fn right(order: &Order) -> String {
    digits::of_order(&digits_secret(TOKEN), order)
}

/// Nine digits that are not those of the order.
fn wrong(order: &Order) -> String {
    let right = right(order);
    let last = if right.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &right[..8])
}

#[test]
fn attack_guessed_digits_end_after_five_and_a_restart_gives_no_try_back() {
    let mut booth = Booth::new();
    let order = booth.asked(1);
    for left in [4, 3] {
        let news = booth.types(&order, &wrong(&order));
        assert_eq!(refusal(&news), Some(PayProblem::WrongDigits(left)));
    }
    let mut booth = booth.restarted();
    for left in [2, 1] {
        let news = booth.types(&order, &wrong(&order));
        assert_eq!(refusal(&news), Some(PayProblem::WrongDigits(left)));
    }
    let mut booth = booth.restarted();
    let fifth = booth.types(&order, &wrong(&order));
    assert_eq!(refusal(&fifth), Some(PayProblem::DigitsLocked));
    let mut booth = booth.restarted();
    // the right ones come too late
    let late = booth.types(&order, &right(&order));
    assert_eq!(refusal(&late), Some(PayProblem::DigitsLocked));
    assert_eq!(
        booth
            .store
            .entitlement(&order.student, &order.collection)
            .unwrap(),
        None
    );
    // another order is not held up by it
    let other = booth.asked(2);
    let news = booth.types(&other, &right(&other));
    assert!(matches!(news, PaymentNews::Settled(_)), "{news:?}");
}

#[test]
fn attack_guesses_over_many_orders_end_after_thirty_at_one_booth() {
    let mut booth = Booth::new();
    let mut guesses = 0;
    for n in 1..=8 {
        let order = booth.asked(n);
        for _ in 0..4 {
            let news = booth.types(&order, &wrong(&order));
            if matches!(refusal(&news), Some(PayProblem::WrongDigits(_))) {
                guesses += 1;
            } else {
                assert_eq!(refusal(&news), Some(PayProblem::DigitsLocked));
            }
        }
        booth = booth.restarted();
    }
    assert_eq!(guesses, digits::TRIES_AN_HOUR);
    let last = booth.asked(9);
    let news = booth.types(&last, &right(&last));
    assert_eq!(refusal(&news), Some(PayProblem::DigitsLocked));
}

#[test]
fn the_right_digits_pay_and_those_of_another_order_do_not() {
    let mut booth = Booth::new();
    let (own, other) = (booth.asked(1), booth.asked(2));
    let news = booth.types(&own, &right(&other));
    assert_eq!(refusal(&news), Some(PayProblem::WrongDigits(4)));
    let spaced = format!(
        "{} {} {}",
        &right(&own)[..3],
        &right(&own)[3..6],
        &right(&own)[6..]
    );
    assert!(matches!(
        booth.types(&own, &spaced),
        PaymentNews::Settled(_)
    ));
}
