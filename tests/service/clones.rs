//! Booths that are not to be believed any more: two with one key, a disk that was set back, one that was revoked.

use crate::bench::{Bench, refused, student};
use crate::sealed::{manifest, patch, put_head, receipt, seal, sealed};
use clap::Parser as _;
use gradbooth::review::commands::{Cli, run};
use gradbooth::review::store::booths;
use gradbooth::wire::feed::{Head, Question, SIGNATURE_HEADER, SignedQuestion as _};
use gradbooth::wire::{Changes, Cursor, Digest, Manifest};

fn forked(bench: &Bench) -> bool {
    let all = bench.store().read_now(|tx| booths::all(tx)).unwrap();
    all.iter()
        .any(|booth| booth.id == bench.key.booth && booth.is_forked)
}

#[test]
fn two_booths_with_one_key_are_noticed_when_both_have_confirmed() {
    let bench = Bench::new();
    for byte in [1, 2] {
        let twin = Manifest {
            sequence: 7,
            student: student(byte),
            ..manifest(&bench, byte)
        };
        let sealed = seal(&bench.key.sealer().unwrap(), &twin);
        put_head(&bench, byte, &sealed);
        receipt(
            &bench,
            &sealed,
            byte,
            patch(&bench, byte, &sealed, 0, sealed.contents.clone()),
        );
    }
    assert!(forked(&bench));
    // what students confirmed is here all the same
    assert_eq!(bench.rows("submissions"), 2);
}

#[test]
fn two_chains_with_one_key_are_noticed_at_the_next_sync() {
    let bench = Bench::new();
    let asks = |sequence, envelope: &[u8]| {
        let head = Head {
            sequence,
            envelope: Digest::of(envelope),
        };
        let question = Question::new(bench.key.booth, Cursor::default(), [1; 16], head);
        let response = bench.booth("GET", &question.path()).send().unwrap();
        let signature = response.headers()[SIGNATURE_HEADER]
            .to_str()
            .unwrap()
            .to_owned();
        let body = response.bytes().unwrap();
        assert!(question.is_answered_by(&bench.key.service_key().unwrap(), &body, &signature));
        serde_json::from_slice::<Changes>(&body).unwrap();
        forked(&bench)
    };
    assert!(!asks(0, b""));
    assert!(!asks(3, b"three"));
    assert!(!asks(3, b"three"));
    // an answer that was long on its way is no second booth
    assert!(!asks(2, b"two"));
    assert!(asks(3, b"another three"));
}

#[test]
fn a_revoked_booth_gets_nothing_and_what_it_signed_before_stays_genuine() {
    let bench = Bench::new();
    let sealed = sealed(&bench, 1);
    let data = bench.folder.path().display().to_string();
    let begins = bench.key.booth.to_string();
    run(
        Cli::parse_from([
            "gradbooth-review",
            "revoke-booth",
            "--data",
            &data,
            &begins[..8],
        ]),
        &mut Vec::new(),
    )
    .unwrap();
    assert_eq!(refused(put_head(&bench, 1, &sealed), 401), "unauthorized");
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("000001-010101.gbs2");
    std::fs::write(&file, sealed.to_bytes()).unwrap();
    let file = file.display().to_string();
    run(
        Cli::parse_from(["gradbooth-review", "import-bundle", "--data", &data, &file]),
        &mut Vec::new(),
    )
    .unwrap();
    assert_eq!(bench.rows("submissions"), 1);
}
