//! Lists of keys, and receipts under them.

use super::{Booth, CAMPUS, NOW, list, refusal, root, signing};
use crate::domain::{Order, OrderId};
use crate::session::{PayProblem, PaymentNews};
use crate::wire::offline::PaymentReceipt;
use ed25519_dalek::SigningKey;
use std::sync::atomic::Ordering;

#[test]
fn a_list_of_keys_held_up_at_a_booth_that_never_syncs_is_taken_and_kept() {
    let mut booth = Booth::new();
    let order = booth.asked(1);
    let receipt = PaymentReceipt::of(&order, CAMPUS, NOW)
        .unwrap()
        .sign(&signing(2));
    assert_eq!(
        refusal(&booth.sees(&order, &receipt)),
        Some(PayProblem::OldKey),
        "signed by a key that this booth never heard of"
    );
    let forged = list(2, &[2]).sign(&SigningKey::from_bytes(&[9; 32]));
    assert_eq!(
        refusal(&booth.sees(&order, &forged)),
        Some(PayProblem::NotGenuine)
    );
    let newer = list(3, &[2]).sign(&root());
    assert_eq!(
        refusal(&booth.sees(&order, &newer)),
        Some(PayProblem::KeysTaken)
    );
    // an older list, genuine as it is, is a way back for a stolen key
    let older = list(2, &[1, 2]).sign(&root());
    assert_eq!(
        refusal(&booth.sees(&order, &older)),
        Some(PayProblem::OldKey)
    );
    let mut booth = booth.restarted();
    assert_eq!(
        refusal(&booth.sees(&order, &older)),
        Some(PayProblem::OldKey)
    );
    let revoked = PaymentReceipt::of(&order, CAMPUS, NOW)
        .unwrap()
        .sign(&signing(1));
    assert_eq!(
        refusal(&booth.sees(&order, &revoked)),
        Some(PayProblem::OldKey),
        "the first key is on the list no more"
    );
    let news = booth.sees(&order, &receipt);
    assert!(matches!(news, PaymentNews::Settled(_)), "{news:?}");
}

#[test]
fn network_gone_after_the_code_was_shown_is_the_normal_case_for_the_same_order() {
    let mut booth = Booth::new();
    booth.wire.0.store(true, Ordering::SeqCst);
    let order = Order {
        id: OrderId::from_bytes([1; 16]),
        ..crate::store::samples::order(1)
    };
    let question = booth.questions.draw();
    booth.work.open(question, &order);
    booth.work.ask_due();
    let shown = booth.hears(question);
    assert!(matches!(shown, Some(PaymentNews::Offered(_))), "{shown:?}");
    booth.wire.0.store(false, Ordering::SeqCst);
    for _ in 0..3 {
        booth.work.ask_due();
    }
    let Some(PaymentNews::Offline(code)) = booth.hears(question) else {
        panic!("the phone has a network of its own")
    };
    assert!(code.url.contains("/O/"), "{}", code.url);
    let open = booth.store.open_orders().unwrap();
    assert_eq!(open.len(), 1, "no second order");
    assert_eq!(open[0].order.id, order.id);
    // what the phone brings back settles it, still without a network
    let receipt = PaymentReceipt::of(&order, CAMPUS, NOW)
        .unwrap()
        .sign(&signing(1));
    let news = booth.sees(&order, &receipt);
    assert!(matches!(news, PaymentNews::Settled(_)), "{news:?}");
}
