//! Every way in which a payment can fail, and every attack on one, beside the tests that show what happens then. The rows
//! are those that the design promises; a test that is renamed or taken away is missed here.

use std::collections::BTreeSet;
use std::path::Path;

/// Payment failure cases.
const FAILURES: [(&str, &[&str]); 8] = [
    (
        "the booth dies after the code is shown, the student pays",
        &[
            "an_order_that_was_open_when_the_power_went_is_taken_up_again",
            "an_order_is_durable_before_its_code_and_settles_into_an_entitlement",
        ],
    ),
    (
        "paid twice: two phones, a retry, a new screen",
        &[
            "paid_twice_the_second_payment_goes_back_by_itself",
            "two_booths_that_could_not_hear_of_each_other_keep_one_payment",
            "a_second_code_closes_the_first_at_the_provider",
        ],
    ),
    (
        "a late notice, paid after expiry",
        &[
            "paid_after_expiry_is_closed_at_the_provider_first",
            "late_money_for_a_closed_order_is_the_right_or_goes_back",
            "duplicate_and_lost_notices_change_nothing",
        ],
    ),
    (
        "status unknown after a time-out",
        &[
            "unknown_after_a_time_out_stays_unknown_until_the_provider_speaks",
            "nobody_leaves_before_the_provider_has_spoken",
            "a_silent_provider_is_said_to_be_silent",
        ],
    ),
    (
        "the price changes while an order is open",
        &["price_change_mid_order_is_honoured"],
    ),
    (
        "the network goes after the code is shown",
        &[
            "network_gone_after_the_code_was_shown_is_the_normal_case_for_the_same_order",
            "a_phone_pays_for_a_booth_without_a_network_and_brings_the_receipt_back",
        ],
    ),
    (
        "a refund after use; not approved",
        &[
            "refund_of_a_settled_order_ends_the_right_but_never_under_a_standing_submission",
            "an_approved_photo_is_frozen_and_nothing_goes_back_for_it",
            "a_retake_after_not_approved_is_free",
        ],
    ),
    (
        "a scanner without a network that believes anything",
        &[
            "attack_forged_or_edited_receipts_prove_nothing",
            "a_portal_settles_nothing",
        ],
    ),
];

/// Attacks.
const ATTACKS: [(&str, &[&str]); 11] = [
    (
        "a forged or edited receipt, another algorithm or key, a huge body",
        &[
            "attack_forged_or_edited_receipts_prove_nothing",
            "attack_a_key_swap_is_refused",
            "another_algorithm_is_not_read_at_all",
            "every_changed_bit_is_noticed",
        ],
    ),
    (
        "replay at the same booth",
        &["attack_replay_at_the_same_booth_gives_the_same_right_and_nothing_more"],
    ),
    (
        "replay at another booth, a screenshot for a friend",
        &["attack_replay_at_another_booth_or_a_copy_on_a_friends_phone"],
    ),
    (
        "somebody else's student reference",
        &[
            "attack_another_students_receipt_is_theirs",
            "attack_other_collections_amounts_and_campuses_are_refused_each_with_its_reason",
        ],
    ),
    (
        "a fake order code",
        &[
            "attack_fake_order_codes_open_nothing",
            "fake_order_an_edited_price_or_an_invented_order_is_refused",
        ],
    ),
    (
        "a wrong clock",
        &["attack_a_wrong_clock_of_the_booth_changes_no_decision"],
    ),
    (
        "the service's key rotates",
        &[
            "a_rotation_keeps_the_old_key_for_what_it_signed_and_a_revocation_does_not",
            "a_list_of_keys_held_up_at_a_booth_that_never_syncs_is_taken_and_kept",
        ],
    ),
    (
        "the service's signing key is stolen",
        &["attack_old_keys_are_refused_after_rotation_and_revocation"],
    ),
    (
        "a booth's key is stolen",
        &["attack_a_stolen_booth_key_lets_nobody_submit_and_is_shut_out_once_revoked"],
    ),
    (
        "a charge-back or refund after the receipt",
        &["attack_refunded_receipts_let_nobody_in"],
    ),
    (
        "guessing the nine digits",
        &[
            "attack_guessed_digits_end_after_five_and_a_restart_gives_no_try_back",
            "attack_guesses_over_many_orders_end_after_thirty_at_one_booth",
        ],
    ),
];

/// The names of all tests in a folder.
fn tests_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests_in(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let names = text.split("#[test]").skip(1).filter_map(|after| {
                let (_, rest) = after.split_once("fn ")?;
                rest.split_once('(').map(|(name, _)| name.to_owned())
            });
            found.extend(names);
        }
    }
}

#[test]
fn each_failure_and_each_attack_is_a_named_test() {
    let mut found = BTreeSet::new();
    for folder in ["src", "tests"] {
        tests_in(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut found,
        );
    }
    for (row, tests) in FAILURES.iter().chain(&ATTACKS) {
        for test in *tests {
            assert!(found.contains(*test), "{row}: {test} is gone");
        }
    }
}
