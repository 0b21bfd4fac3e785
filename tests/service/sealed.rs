//! Sealed submissions: in chunks, from wherever the last try was cut; believed only as their booth signed them.

use crate::bench::{Bench, capture, photo, refused};
use clap::Parser as _;
use ed25519_dalek::SigningKey;
use gradbooth::domain::SubmissionId;
use gradbooth::review::commands::{Cli, run};
use gradbooth::wire::envelope::CHUNK_BYTES;
use gradbooth::wire::sealed_packet::{CHUNKS_CONTENT_TYPE, HEAD_CONTENT_TYPE};
use gradbooth::wire::{
    Delivery, Digest, Manifest, Receipt, ReviewSecretKey, Sealed, Sealer, paths,
};
use reqwest::blocking::Response;

/// A capture of several chunks: comments are part of a JPEG.
fn large_capture() -> Vec<u8> {
    let mut bytes = capture();
    for _ in 0..3 {
        let comment = [[0xff, 0xfe, 0xff, 0xff].as_slice(), &vec![7; 65_533]].concat();
        bytes.splice(2..2, comment);
    }
    bytes
}

pub fn manifest(bench: &Bench, byte: u8) -> Manifest {
    Manifest {
        capture_sha256: Digest::of(&large_capture()),
        ..bench.manifest(byte)
    }
}

pub fn seal(sealer: &Sealer, manifest: &Manifest) -> Sealed {
    sealer
        .seal(
            manifest,
            (&photo(), &large_capture()),
            Digest::from_bytes([0; 32]),
        )
        .unwrap()
}

pub fn sealed(bench: &Bench, byte: u8) -> Sealed {
    seal(&bench.key.sealer().unwrap(), &manifest(bench, byte))
}

fn id(byte: u8) -> SubmissionId {
    SubmissionId::from_bytes([byte; 16])
}

pub fn put_head(bench: &Bench, byte: u8, sealed: &Sealed) -> Response {
    let head = sealed.head();
    let digest = Digest::of(&head).content_digest();
    let request = bench
        .booth("PUT", &paths::submission(id(byte)))
        .header("content-type", HEAD_CONTENT_TYPE);
    request
        .header("content-digest", digest)
        .body(head)
        .send()
        .unwrap()
}

pub fn patch(bench: &Bench, byte: u8, sealed: &Sealed, from: u32, bytes: Vec<u8>) -> Response {
    let path = paths::chunks(id(byte), Digest::of(&sealed.envelope), from);
    bench
        .booth("PATCH", &path)
        .header("content-type", CHUNKS_CONTENT_TYPE)
        .body(bytes)
        .send()
        .unwrap()
}

fn rest(sealed: &Sealed, from: usize) -> Vec<u8> {
    sealed.contents[from * CHUNK_BYTES..].to_vec()
}

pub fn receipt(bench: &Bench, sealed: &Sealed, byte: u8, response: Response) -> Receipt {
    assert_eq!(response.status(), 200);
    let Delivery::Here(receipt) = response.json().unwrap() else {
        panic!("not here yet")
    };
    receipt
        .verify(
            &bench.key.service_key().unwrap(),
            id(byte),
            Digest::of(&sealed.envelope),
        )
        .unwrap();
    receipt
}

fn wanted(response: Response) -> u32 {
    assert_eq!(response.status(), 200);
    match response.json().unwrap() {
        Delivery::Wanted { wanted } => wanted,
        Delivery::Here(_) => panic!("here already"),
    }
}

#[test]
fn it_goes_on_from_the_last_verified_chunk_and_reviewers_see_the_very_pictures() {
    let bench = Bench::new();
    let sealed = sealed(&bench, 1);
    assert_eq!(wanted(put_head(&bench, 1, &sealed)), 0);
    // two chunks and a piece: the piece is lost, the chunks are not
    let cut = sealed.contents[..CHUNK_BYTES * 2 + 100].to_vec();
    assert_eq!(wanted(patch(&bench, 1, &sealed, 0, cut)), 2);
    assert_eq!(wanted(put_head(&bench, 1, &sealed)), 2);
    assert_eq!(
        wanted(patch(&bench, 1, &sealed, 1, rest(&sealed, 1))),
        2,
        "from the wrong place"
    );
    let first = receipt(
        &bench,
        &sealed,
        1,
        patch(&bench, 1, &sealed, 2, rest(&sealed, 2)),
    );
    // the same again: the same receipt, whatever is sent
    assert_eq!(
        receipt(&bench, &sealed, 1, put_head(&bench, 1, &sealed)),
        first
    );
    let kept: (Vec<u8>, Vec<u8>) = bench
        .store()
        .read_now(|tx| {
            Ok(
                tx.query_row("SELECT photo, capture FROM submission_parts", [], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?,
            )
        })
        .unwrap();
    assert_eq!(kept, (photo(), large_capture()));
    assert_eq!(bench.rows("submission_envelopes"), 1);
    let waiting = std::fs::read_dir(bench.folder.path().join("arriving"))
        .unwrap()
        .count();
    assert_eq!(waiting, 0, "nothing lies about");
}

#[test]
fn a_changed_chunk_is_not_kept() {
    let bench = Bench::new();
    let sealed = sealed(&bench, 1);
    put_head(&bench, 1, &sealed);
    let mut changed = sealed.contents.clone();
    changed[CHUNK_BYTES + 5] ^= 1;
    assert_eq!(
        refused(patch(&bench, 1, &sealed, 0, changed), 400),
        "wrong_digest"
    );
    assert_eq!(wanted(put_head(&bench, 1, &sealed)), 1);
    let longer = [rest(&sealed, 1), vec![0]].concat();
    assert_eq!(
        refused(patch(&bench, 1, &sealed, 1, longer), 400),
        "wrong_digest"
    );
    receipt(&bench, &sealed, 1, put_head(&bench, 1, &sealed));
}

#[test]
fn what_its_booth_did_not_sign_or_sealed_to_another_key_is_refused() {
    let bench = Bench::new();
    let stranger = Sealer::new(
        bench.key.booth,
        SigningKey::from_bytes(&[9; 32]),
        gradbooth::wire::ReviewPublicKey::parse(&bench.key.review_public_key).unwrap(),
    );
    let forged = seal(&stranger, &manifest(&bench, 1));
    assert_eq!(refused(put_head(&bench, 1, &forged), 422), "seal_broken");
    let secret = bench.key.booth_secret_key.as_bytes().chunks(2);
    let secret: Vec<u8> = secret
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect();
    let other_key = ReviewSecretKey::from_bytes(&[1; 32]).unwrap().public();
    let own = SigningKey::from_bytes(&secret.try_into().unwrap());
    let elsewhere = seal(
        &Sealer::new(bench.key.booth, own, other_key),
        &manifest(&bench, 2),
    );
    assert_eq!(wanted(put_head(&bench, 2, &elsewhere)), 0);
    assert_eq!(
        refused(
            patch(&bench, 2, &elsewhere, 0, elsewhere.contents.clone()),
            422
        ),
        "seal_broken"
    );
    assert_eq!(bench.rows("submissions"), 0);
}

#[test]
fn another_envelope_under_the_same_id_is_refused_and_both_are_kept() {
    let bench = Bench::new();
    let (first, second) = (sealed(&bench, 1), sealed(&bench, 1));
    put_head(&bench, 1, &first);
    let kept = receipt(
        &bench,
        &first,
        1,
        patch(&bench, 1, &first, 0, first.contents.clone()),
    );
    for _ in 0..2 {
        assert_eq!(refused(put_head(&bench, 1, &second), 409), "conflict");
    }
    assert_eq!(
        (
            bench.rows("submissions"),
            bench.rows("conflicting_manifests")
        ),
        (1, 1)
    );
    assert_eq!(
        receipt(&bench, &first, 1, put_head(&bench, 1, &first)),
        kept
    );
}

#[test]
fn sixteen_deliveries_at_once_make_one_row_and_one_receipt() {
    let bench = Bench::new();
    let sealed = sealed(&bench, 1);
    let deliver = || {
        for _ in 0..200 {
            let stands = put_head(&bench, 1, &sealed);
            let Delivery::Wanted { wanted } = stands.json().unwrap() else {
                break;
            };
            // whoever loses the turn can read that it did, and comes again
            let answer = patch(&bench, 1, &sealed, wanted, rest(&sealed, wanted as usize));
            if answer.status() != 200 {
                assert_eq!(refused(answer, 429), "busy");
            }
        }
        receipt(&bench, &sealed, 1, put_head(&bench, 1, &sealed))
    };
    let receipts: Vec<_> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..16).map(|_| scope.spawn(deliver)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]));
    assert_eq!(
        (bench.rows("submissions"), bench.rows("submission_parts")),
        (1, 1)
    );
}

#[test]
fn a_stick_and_a_later_delivery_are_the_same_submission() {
    let bench = Bench::new();
    let (one, two) = (sealed(&bench, 1), sealed(&bench, 2));
    let stick = tempfile::tempdir().unwrap();
    std::fs::write(stick.path().join("000001-010101.gbs2"), one.to_bytes()).unwrap();
    std::fs::write(
        stick.path().join("000002-020202.gbs2"),
        &two.to_bytes()[..500],
    )
    .unwrap();
    let import = || {
        let data = bench.folder.path().display().to_string();
        let words = [
            "gradbooth-review",
            "import-bundle",
            "--data",
            &data,
            &stick.path().display().to_string(),
        ];
        let mut out = Vec::new();
        let outcome = run(Cli::parse_from(words), &mut out);
        (outcome.is_ok(), String::from_utf8(out).unwrap())
    };
    for _ in 0..2 {
        let (all_well, said) = import();
        assert!(
            !all_well && said.contains("1 submissions are here, 1 were refused"),
            "{said}"
        );
    }
    assert_eq!(bench.rows("submissions"), 1);
    // the network came after all
    receipt(&bench, &one, 1, put_head(&bench, 1, &one));
    std::fs::write(stick.path().join("000002-020202.gbs2"), two.to_bytes()).unwrap();
    assert!(import().0);
    assert_eq!(bench.rows("submissions"), 2);
}
