//! The entries: what is read from a scan, a file, a camera or the network, by what reads it in the booth or the service.

use gradbooth::domain::acquisition_code::{AcquisitionCode, PREFIX, Seen};
use gradbooth::domain::base45;
use gradbooth::vision::Picture;
use gradbooth::vision::measuring::CardSight;
use gradbooth::wire::{Changes, Manifest, Packet, Receipt};

/// One parser.
pub struct Entry {
    /// As the fuzz target is called.
    pub name: &'static str,
    /// Reads the bytes; refusing is fine, panicking is not.
    pub run: fn(&[u8]),
    /// Good inputs to start from.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Mutations in the default run: fewer where one is dear.
    pub usual_runs: usize,
}

/// All of them.
pub const ENTRIES: &[Entry] = &[
    Entry {
        name: "picture",
        run: picture,
        seeds: pictures,
        usual_runs: 150,
    },
    Entry {
        name: "mjpeg_frame",
        run: mjpeg_frame,
        seeds: pictures,
        usual_runs: 150,
    },
    Entry {
        name: "calibration_card",
        run: calibration_card,
        seeds: pictures,
        usual_runs: 20,
    },
    Entry {
        name: "scanned_text",
        run: scanned_text,
        seeds: scanned_texts,
        usual_runs: 20_000,
    },
    Entry {
        name: "submission_packet",
        run: submission_packet,
        seeds: packets,
        usual_runs: 20_000,
    },
    Entry {
        name: "wire_json",
        run: wire_json,
        seeds: messages,
        usual_runs: 20_000,
    },
];

fn picture(bytes: &[u8]) {
    let _refused = Picture::decode(bytes);
}

fn calibration_card(bytes: &[u8]) {
    if let Ok(picture) = Picture::decode(bytes) {
        let _no_card = CardSight::of(&picture);
    }
}

fn mjpeg_frame(bytes: &[u8]) {
    let _refused = Picture::decode_mjpeg(bytes);
}

fn pictures() -> Vec<Vec<u8>> {
    [
        include_bytes!("../fixtures/students/s01.jpg").as_slice(),
        include_bytes!("../../assets/pictures/right.jpg"),
    ]
    .map(<[u8]>::to_vec)
    .to_vec()
}

/// What a code on a phone says: ours, another's, or noise.
fn scanned_text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _seen = Seen::of(&text);
    let _refused = (AcquisitionCode::from_scan(&text), base45::decode(&text));
}

fn scanned_texts() -> Vec<Vec<u8>> {
    let code = format!("{PREFIX}{}", base45::encode(&[1; 150]));
    [
        code.as_str(),
        "https://example.org/pay?id=1",
        "wxp://f2f0abc",
        "QED8WEX0",
    ]
    .map(|text| text.as_bytes().to_vec())
    .to_vec()
}

fn submission_packet(bytes: &[u8]) {
    if let Ok(packet) = Packet::parse(bytes) {
        let _refused = serde_json::from_slice::<Manifest>(packet.manifest);
    }
}

fn packets() -> Vec<Vec<u8>> {
    let packet = Packet {
        manifest: br#"{"version":1}"#,
        photo: b"photo",
        capture: b"capture",
    };
    packet.to_bytes().into_iter().collect()
}

fn wire_json(bytes: &[u8]) {
    let _refused = (
        serde_json::from_slice::<Receipt>(bytes).map(drop),
        serde_json::from_slice::<Changes>(bytes).map(drop),
        serde_json::from_slice::<Manifest>(bytes).map(drop),
    );
}

fn messages() -> Vec<Vec<u8>> {
    let receipt = r#"{"submission":"03030303030303030303030303030303","manifest_sha256":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","received_at":"2026-11-23T08:03:00Z","epoch":"09090909090909090909090909090909","signature":""}"#;
    let changes = r#"{"cursor":"7","epoch":"09090909090909090909090909090909"}"#;
    [receipt, changes]
        .map(|text| text.as_bytes().to_vec())
        .to_vec()
}
