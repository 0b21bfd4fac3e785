//! Bad lines: cut at any byte, and everybody but the service answering.

use super::child::{self, Errand};
use super::kills::{PATIENCE, drawn};
use super::line::{Fault, Line};
use super::office::office;
use super::verdict::{When, check};
use crate::plan::Plan;
use fastrand::Rng;
use gradbooth::wire::envelope::CHUNK_BYTES;

/// Answers that are not the service's.
pub const PORTALS: &[&[u8]] = &[
    b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 22\r\nconnection: close\r\n\r\n<html>log in</html>   ",
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 16\r\nconnection: close\r\n\r\n{\"success\":true}",
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 12\r\nconnection: close\r\n\r\n{\"wanted\":9}",
    b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/login\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    b"HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    b"HTTP/1.1 511 Network Authentication Required\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
    b"HTTP/1.1 403 Forbidden\r\ncontent-length: 7\r\nconnection: close\r\n\r\nblocked",
    b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    b"HTTP/1.1 500 Oops\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 40\r\nconnection: close\r\n\r\n{\"error\":\"conflict\",\"message\":\"a proxy\"}",
    b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 0\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 42\r\nconnection: close\r\n\r\n{\"error\":\"unauthorized\",\"message\":\"portal\"}",
    // half a body, a wrong length, compressed nonsense, no HTTP at all, nothing
    b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"submission\":\"03",
    b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\nconnection: close\r\n\r\n{\"wanted\":0}",
    b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 6\r\nconnection: close\r\n\r\n\x1f\x8bnope",
    b"SSH-2.0-OpenSSH_9.6\r\n",
    b"",
];

#[test]
fn whoever_answers_in_the_services_place_is_never_believed() {
    let office = office();
    let line = Line::to(office.port);
    let (folder, booth) = office.enrols();
    let mut dice = Rng::with_seed(Plan::asked(0).seed);
    let errand = Errand {
        confirm: vec![drawn(&mut dice, booth)],
        deliver: Some(PATIENCE),
        purge: true,
        ..Errand::default()
    };
    // each of them four times, in any order: they meet the pull, the head and the chunks
    let mut answers: Vec<_> = PORTALS
        .iter()
        .cycle()
        .take(PORTALS.len() * 4)
        .map(|bytes| Fault::Answered(bytes))
        .collect();
    dice.shuffle(&mut answers);
    let asked = answers.len();
    line.fails(answers);
    let came = child::run(folder.path(), &line.url(), &errand);
    assert!(came.finished, "STUCK behind a portal: {}", came.said);
    check(
        &office,
        folder.path(),
        booth,
        &came.promised.into_iter().collect(),
        When::AtTheEnd,
        "portals",
    );
    let met = asked - line.left();
    println!("{met} answers that are not the service's, 0 believed");
    assert!(met > PORTALS.len(), "only {met} were met");
}

#[test]
fn a_cut_line_costs_at_most_a_chunk() {
    let office = office();
    let mut dice = Rng::with_seed(Plan::asked(0).seed);
    let cuts = Plan::asked(60).histories.min(100_000) as usize;
    let (mut cut, mut sent, mut needed, mut connections) = (0, 0, 0, 0);
    while cut < cuts {
        let line = Line::to(office.port);
        let (folder, booth) = office.enrols();
        let errand = Errand {
            confirm: vec![drawn(&mut dice, booth)],
            deliver: Some(PATIENCE),
            ..Errand::default()
        };
        let size = super::office::capture_of(folder.path(), errand.confirm[0]).len() as u64;
        // most of these hit the chunks, some the head, some the pull
        let faults: Vec<_> = (0..20).map(|_| Fault::CutUp(dice.u64(..size))).collect();
        let asked = faults.len();
        line.fails(faults);
        let came = child::run(folder.path(), &line.url(), &errand);
        assert!(came.finished, "STUCK: {}", came.said);
        check(
            &office,
            folder.path(),
            booth,
            &came.promised.into_iter().collect(),
            When::AtTheEnd,
            "cuts",
        );
        cut += asked - line.left();
        sent += line.up();
        needed += size
            + std::fs::metadata(folder.path().join("photo.jpg"))
                .unwrap()
                .len();
        connections += line.connections();
    }
    // beside the contents there are heads, pulls and the requests' own lines
    let again = sent.saturating_sub(needed) as f64 - connections as f64 * 4096.0;
    let chunks = again.max(0.0) / CHUNK_BYTES as f64 / cut as f64;
    println!(
        "{cut} cuts at any byte: {chunks:.2} chunks sent again a cut, {sent} bytes for {needed}"
    );
    assert!(chunks <= 1.0, "{chunks} chunks a cut");
}
