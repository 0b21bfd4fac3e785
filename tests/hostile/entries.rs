//! The entries: what is read from a scan, a file, a camera or the network, by what reads it in the booth or the service.

use ed25519_dalek::SigningKey;
use gradbooth::domain::acquisition_code::{AcquisitionCode, PREFIX, Seen};
use gradbooth::domain::{
    BoothId, CollectionId, Fee, Order, OrderId, StudentRef, VoucherId, base45,
};
use gradbooth::vision::Picture;
use gradbooth::vision::measuring::CardSight;
use gradbooth::wire::invitation::{EnrolRequest, Invitation};
use gradbooth::wire::offline::{Keyset, OrderCode, PaymentReceipt, Voucher, digits};
use gradbooth::wire::{Changes, Envelope, Manifest, Packet, Receipt, Sealed, SealedPacket};

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
        name: "payment_codes",
        run: payment_codes,
        seeds: payment_texts,
        usual_runs: 4_000,
    },
    Entry {
        name: "submission_packet",
        run: submission_packet,
        seeds: packets,
        usual_runs: 20_000,
    },
    Entry {
        name: "sealed_packet",
        run: sealed_packet,
        seeds: sealed_packets,
        usual_runs: 20_000,
    },
    Entry {
        name: "invitation",
        run: invitation,
        seeds: invitations,
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

fn payment_key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn payment_keys() -> Keyset {
    let none = Keyset {
        number: 0,
        keys: Vec::new(),
    };
    none.rotated(payment_key().verifying_key(), 1_000_000, 100, false)
}

/// What is held up to pay with, whole and with a signature that would hold: the claims behind it are read, too.
fn payment_codes(bytes: &[u8]) {
    let (key, keys) = (payment_key(), payment_keys());
    let text = String::from_utf8_lossy(bytes);
    let _refused = (
        PaymentReceipt::open(&text, &keys, 1),
        Voucher::open(&text, &keys, &collection()),
        Keyset::open(&text, &key.verifying_key()),
        OrderCode::read(&text)
            .and_then(|code| code.verify(&key.verifying_key(), [&collection()].into_iter())),
        digits::are_of_order(&text, &[1; 32], &order()),
    );
}

fn collection() -> CollectionId {
    CollectionId("c".into())
}

fn order() -> Order {
    Order {
        id: OrderId::from_bytes([2; 16]),
        student: StudentRef::new("00112233445566ff"),
        collection: collection(),
        fee: Fee::from_fen(2000),
        price_version: 1,
    }
}

fn payment_texts() -> Vec<Vec<u8>> {
    let key = payment_key();
    let voucher = Voucher::new(VoucherId::from_bytes([3; 16]), &collection(), 1_795_000_000);
    let receipt = PaymentReceipt::of(&order(), 1, 1_795_000_000);
    let code = OrderCode::sign(&order(), BoothId::from_bytes([1; 16]), &key);
    let texts = [
        receipt.map(|receipt| receipt.sign(&key)),
        Some(voucher.sign(&key)),
        Some(payment_keys().sign(&key)),
        code.map(|code| code.url("")["/O/".len()..].to_owned()),
        Some(digits::of_order(&[1; 32], &order())),
    ];
    texts
        .into_iter()
        .flatten()
        .map(String::into_bytes)
        .collect()
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

/// What a stick or the network brings: cut, read, and never opened before it is believed.
fn sealed_packet(bytes: &[u8]) {
    if let Ok(packet) = SealedPacket::parse(bytes)
        && let Ok(envelope) = Envelope::read(packet.envelope)
    {
        let chunks = (0..=envelope.chunks.len()).map(|number| envelope.chunk_bytes(number));
        assert_eq!(
            chunks.flatten().sum::<usize>() as u64,
            envelope.sealed_bytes
        );
    }
}

fn sealed_packets() -> Vec<Vec<u8>> {
    let hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    let id = "03030303030303030303030303030303";
    let envelope = format!(
        r#"{{"version":2,"id":"{id}","booth":"{id}","sequence":1,"previous":"{hash}","consent_text":"2","consented_at":"2026-11-23T08:00:00Z","review_key":"{hash}","contents_sha256":"{hash}","sealed_bytes":3,"chunks":["{hash}"]}}"#
    );
    let sealed = Sealed {
        envelope: envelope.into_bytes(),
        signature: [7; 64],
        contents: b"abc".to_vec(),
    };
    vec![sealed.to_bytes()]
}

fn invitation(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(invitation) = Invitation::parse(&text) {
        assert_eq!(Invitation::parse(&invitation.to_string()), Ok(invitation));
    }
    let _refused = serde_json::from_slice::<EnrolRequest>(bytes).map(|request| request.verify());
}

fn invitations() -> Vec<Vec<u8>> {
    let invitation = Invitation {
        url: "https://review.example".into(),
        token: [1; 16],
        service: [2; 16],
    };
    vec![invitation.to_string().into_bytes()]
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
