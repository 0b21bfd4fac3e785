//! What strangers and broken booths send: a clear refusal, and nothing changed.

use crate::bench::{Bench, capture, jpeg, photo, refused, stranger};
use gradbooth::wire::{Digest, Manifest, Packet, packet, paths};

fn put(
    bench: &Bench,
    manifest: &Manifest,
    photo: &[u8],
    capture: &[u8],
) -> reqwest::blocking::Response {
    let manifest = Manifest {
        photo_sha256: Digest::of(photo),
        capture_sha256: Digest::of(capture),
        ..manifest.clone()
    };
    let bytes = manifest.to_bytes().unwrap();
    bench.put_parts(
        manifest.id,
        &Packet {
            manifest: &bytes,
            photo,
            capture,
        },
    )
}

#[test]
fn without_a_token_nothing_is_told() {
    let bench = Bench::new();
    for token in [None, Some("wrong"), Some("")] {
        let mut request = bench.http.get(format!("{}{}", bench.url, paths::CHANGES));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        assert_eq!(refused(request.send().unwrap(), 401), "unauthorized");
    }
    let health = bench
        .http
        .get(format!("{}{}", bench.url, paths::HEALTH))
        .send()
        .unwrap();
    assert_eq!(health.status(), 200);
}

#[test]
fn bodies_that_are_no_submission_are_refused_with_their_reason() {
    let bench = Bench::new();
    let manifest = bench.manifest(1);
    let id = manifest.id;
    assert_eq!(
        refused(bench.put_bytes(id, b"<html>".to_vec()), 400),
        "bad_body"
    );
    let send = |digest: &str| {
        let request = bench
            .booth("PUT", &paths::submission(id))
            .header("content-digest", digest);
        request.body("GBS1").send().unwrap()
    };
    assert_eq!(
        refused(send(&Digest::of(b"else").content_digest()), 400),
        "wrong_digest"
    );
    assert_eq!(refused(send("md5=:AAAA:"), 400), "wrong_digest");
    let not_json = Packet {
        manifest: b"{\"version\":1",
        photo: &photo(),
        capture: &capture(),
    };
    assert_eq!(refused(bench.put_parts(id, &not_json), 400), "bad_json");
    let mut named = serde_json::to_value(&manifest).unwrap();
    named["full_name"] = "周杰".into();
    let named = serde_json::to_vec(&named).unwrap();
    let named = Packet {
        manifest: &named,
        photo: &photo(),
        capture: &capture(),
    };
    assert_eq!(refused(bench.put_parts(id, &named), 400), "bad_json");
    let elsewhere = Packet {
        manifest: &manifest.to_bytes().unwrap(),
        photo: &photo(),
        capture: &capture(),
    };
    assert_eq!(
        refused(bench.put_parts(bench.manifest(2).id, &elsewhere), 400),
        "wrong_id"
    );
    let unknown = Manifest {
        booth: stranger(),
        ..manifest.clone()
    };
    assert_eq!(refused(bench.put(&unknown), 400), "bad_body");
    let nowhere = Manifest {
        collection: gradbooth::domain::CollectionId("nowhere".into()),
        ..manifest
    };
    assert_eq!(refused(bench.put(&nowhere), 404), "unknown_collection");
    assert_eq!(
        (
            bench.rows("submissions"),
            bench.rows("submission_parts"),
            bench.rows("entitlements")
        ),
        (0, 0, 0)
    );
}

#[test]
fn pictures_that_are_not_what_they_should_be_are_refused() {
    let bench = Bench::new();
    let manifest = bench.manifest(1);
    let bytes = manifest.to_bytes().unwrap();
    let swapped = Packet {
        manifest: &bytes,
        photo: &photo(),
        capture: &jpeg(700, 800),
    };
    assert_eq!(
        refused(bench.put_parts(manifest.id, &swapped), 422),
        "hash_mismatch"
    );
    for wrong in [
        jpeg(640, 480),
        jpeg(481, 640),
        b"\x89PNG\r\n\x1a\n".to_vec(),
        vec![],
        photo()[..2000].to_vec(),
        // whole, and with a name in a comment
        [&photo()[..20], b"\xff\xfe\x00\x06name", &photo()[20..]].concat(),
    ] {
        assert_eq!(
            refused(put(&bench, &manifest, &wrong, &capture()), 422),
            "photo_not_standard"
        );
    }
    for wrong in [jpeg(320, 240), b"GIF89a".to_vec(), vec![0xff; 500]] {
        assert_eq!(
            refused(put(&bench, &manifest, &photo(), &wrong), 422),
            "capture_not_usable"
        );
    }
    assert_eq!(bench.rows("submissions"), 0);
    assert_eq!(
        bench.put(&manifest).status(),
        200,
        "and a right one is taken afterwards"
    );
}

#[test]
fn what_is_too_large_is_not_even_read() {
    let bench = Bench::new();
    let id = bench.manifest(1).id;
    let mut huge = b"GBS1".to_vec();
    huge.extend((packet::LARGEST_PHOTO_BYTES as u32).to_be_bytes());
    huge.extend((packet::LARGEST_PHOTO_BYTES as u32 + 1).to_be_bytes());
    huge.extend([0; 4]);
    assert_eq!(refused(bench.put_bytes(id, huge), 413), "too_large");
    let response = bench
        .booth("POST", paths::SIGN_INS)
        .header("content-type", "application/json")
        .body(format!("{{\"id\":\"{}\"}}", "0".repeat(70_000)))
        .send();
    // the connection may be cut while the rest is still being sent
    if let Ok(response) = response {
        assert_eq!(refused(response, 413), "too_large");
    }
    assert_eq!(bench.rows("sign_ins"), 0);
}

#[test]
fn wrong_json_wrong_methods_and_wrong_addresses_are_told_apart() {
    let bench = Bench::new();
    let order = bench.order(1);
    let path = paths::order(order.id);
    let send = |body: &str| {
        bench
            .booth("PUT", &path)
            .body(body.to_owned())
            .send()
            .unwrap()
    };
    for body in ["", "{", "[]", "null", "{\"id\":1}", &"[".repeat(5000)] {
        assert_eq!(refused(send(body), 400), "bad_json", "{body:.20}");
    }
    assert_eq!(
        refused(
            bench
                .booth("PUT", &paths::order(bench.order(2).id))
                .json(&order)
                .send()
                .unwrap(),
            400
        ),
        "wrong_id"
    );
    assert_eq!(
        refused(
            bench.booth("GET", "/v1/orders/not-an-id").send().unwrap(),
            404
        ),
        "not_found"
    );
    assert_eq!(
        refused(bench.booth("GET", &path).send().unwrap(), 404),
        "not_found"
    );
    assert_eq!(
        refused(bench.booth("GET", "/v1/nothing").send().unwrap(), 404),
        "not_found"
    );
    assert_eq!(
        refused(bench.booth("DELETE", &path).send().unwrap(), 405),
        "method_not_allowed"
    );
    let page = bench
        .http
        .get(format!("{}/p/{}", bench.url, order.id))
        .send()
        .unwrap();
    assert_eq!(page.status(), 404);
    assert!(page.text().unwrap().contains("<h1>"));
    assert_eq!(
        (bench.rows("orders"), bench.rows("simulated_provider")),
        (0, 0)
    );
}
