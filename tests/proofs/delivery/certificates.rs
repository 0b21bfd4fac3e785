//! A certificate that is wrong in any way: the booth says nothing to whoever shows it, loses nothing, names the reason,
//! and delivers as soon as the right one is shown.

use super::child::{self, Came, Enough, Errand};
use super::kills::{PATIENCE, drawn};
use super::office::office;
use super::tls::Door;
use super::verdict::{When, arrived, check, waits_because};
use crate::plan::Plan;
use fastrand::Rng;
use std::collections::BTreeSet;

/// So often is each submission tried.
const IN_VAIN: u32 = 10;
const FIFTY_YEARS_S: i64 = 1_577_880_000;

#[test]
fn to_a_wrong_certificate_not_a_byte_is_said_and_nothing_is_lost() {
    let office = office();
    let mut dice = Rng::with_seed(Plan::asked(0).seed);
    let right = Door::to(office.port, "right.pem");
    let wrong = [
        ("right.pem", "a clock at 1970", -FIFTY_YEARS_S),
        (
            "right.pem",
            "a clock a hundred years ahead",
            2 * FIFTY_YEARS_S,
        ),
        ("expired.pem", "expired", 0),
        ("of_tomorrow.pem", "not valid yet", 0),
        ("another_host.pem", "of another host", 0),
        (
            "another_authority.pem",
            "of an authority that nobody knows",
            0,
        ),
        ("signed_by_itself.pem", "signed by itself", 0),
    ];
    let mut tried = 0;
    for (certificate, what, clock_s) in wrong {
        let door = Door::to(office.port, certificate);
        let (folder, booth) = office.enrols();
        let errand = Errand {
            confirm: vec![drawn(&mut dice, booth), drawn(&mut dice, booth)],
            deliver: Some(PATIENCE),
            enough: Enough::TriedInVain(IN_VAIN),
            purge: true,
            variables: vec![("FAULT_CLOCK", clock_s.to_string())],
            ..Errand::default()
        };
        let Came {
            promised, finished, ..
        } = child::run(folder.path(), &door.url(), &errand);
        let promised: BTreeSet<_> = promised.into_iter().collect();
        assert!(!finished && promised.len() == 2, "{what}");
        assert!(door.tried() >= u64::from(IN_VAIN), "{what}: hardly tried");
        assert_eq!(door.heard(), 0, "{what}: something was said");
        assert_eq!(arrived(&office, booth), 0);
        check(&office, folder.path(), booth, &promised, When::Midway, what);
        assert_eq!(
            waits_because(folder.path(), errand.confirm[0]).as_deref(),
            Some("certificate"),
            "{what}"
        );
        // the same booth, its clock set right, and the right certificate
        let again = Errand {
            deliver: Some(PATIENCE),
            purge: true,
            ..Errand::default()
        };
        let came = child::run(folder.path(), &right.url(), &again);
        assert!(came.finished, "REPAIR needed: {}; {what}", came.said);
        check(
            &office,
            folder.path(),
            booth,
            &promised,
            When::AtTheEnd,
            what,
        );
        tried += door.tried();
    }
    assert!(right.heard() > 0);
    println!(
        "{} wrong certificates and clocks: {tried} connections tried, 0 bytes said, 0 lost, all delivered to the right one",
        wrong.len()
    );
}
