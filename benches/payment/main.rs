//! Paying without a network, as long as it takes: the order's code shown, and a receipt on a phone held up until the right
//! is stored, through the booth's own camera path. Printed, not asserted: `cargo bench --bench payment`.
//!
//! `rqrr` alone reads the first frame of each phone for comparison.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod camera;
#[path = "../../tests/fakecam/mod.rs"]
#[allow(
    dead_code,
    clippy::expect_used,
    reason = "shared with the camera's own tests, which use the rest"
)]
mod fakecam;
mod shots;

use ed25519_dalek::SigningKey;
use gradbooth::clock;
use gradbooth::domain::{BoothId, CollectionId, Fee, Order, OrderId, StudentRef};
use gradbooth::store::{Redeemed, StateKey, Store};
use gradbooth::vision::Picture;
use gradbooth::vision::codes::Luma;
use gradbooth::wire::offline::{Keyset, OrderCode, PaymentReceipt};
use qrcodegen::{QrCode, QrCodeEcc};

struct Till {
    store: Store,
    keys: Keyset,
    key: SigningKey,
    _folder: tempfile::TempDir,
}

fn order(n: u64) -> Order {
    Order {
        id: OrderId::from_bytes(u128::from(n).to_be_bytes()),
        student: StudentRef::new(format!("{n:016x}")),
        collection: CollectionId("10559-regular-2027".into()),
        fee: Fee::from_fen(2000),
        price_version: 1,
    }
}

impl Till {
    fn open() -> Option<Self> {
        let folder = tempfile::tempdir().ok()?;
        let key = SigningKey::from_bytes(&[1; 32]);
        let none = Keyset {
            number: 0,
            keys: Vec::new(),
        };
        Some(Self {
            store: Store::open(folder.path(), &StateKey::from_bytes([3; 32])).ok()?,
            keys: none.rotated(key.verifying_key(), 1_000_000, 100, false),
            key,
            _folder: folder,
        })
    }

    /// What the camera has read, as far as the stored right.
    fn takes(&self, text: &str, order: &Order) -> bool {
        let Ok(receipt) = PaymentReceipt::open(text, &self.keys, 1) else {
            return false;
        };
        let (student, collection) = (&order.student, &order.collection);
        let redeemed = self
            .store
            .redeem_receipt(&receipt, student, collection, clock::utc());
        matches!(redeemed, Ok(Redeemed::Entitled(_)))
    }
}

fn rqrr_reads(jpeg: &[u8], text: &str) -> bool {
    let Ok(picture) = Picture::decode_mjpeg(jpeg) else {
        return false;
    };
    let luma = Luma::of(&picture);
    let (width, height) = (luma.width(), luma.height());
    let grey = luma.grey();
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    prepared
        .detect_grids()
        .iter()
        .any(|grid| grid.decode().is_ok_and(|(_, read)| read == text))
}

fn percentile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    let last = times.len().saturating_sub(1);
    times
        .get((last as f64 * share).round() as usize)
        .copied()
        .unwrap_or(f64::NAN)
}

/// From "pay" to a code that can be drawn, with no network: the order durable, offered, signed, encoded.
fn orders(till: &Till) {
    let signing = SigningKey::from_bytes(&[5; 32]);
    let mut times: Vec<f64> = (0..100)
        .map(|n| {
            let order = order(1_000_000 + n);
            let began = clock::now();
            let now = clock::utc();
            let stored = till
                .store
                .open_order(&order, now)
                .and_then(|_| till.store.order_offered(order.id, now));
            let code = OrderCode::sign(&order, BoothId::from_bytes([1; 16]), &signing);
            let drawn = code.and_then(|code| {
                QrCode::encode_text(&code.url("https://photos.example.edu"), QrCodeEcc::Medium).ok()
            });
            assert!(stored.is_ok() && drawn.is_some());
            began.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    println!(
        "order QR shown: p50 {:.1} ms, p95 {:.1} ms",
        percentile(&mut times, 0.5),
        percentile(&mut times, 0.95)
    );
}

fn main() {
    let Some(till) = Till::open() else { return };
    let done = if let Some(camera) = fakecam::FakeCamera::of_this_process() {
        camera::receipts(&till, camera)
    } else {
        orders(&till);
        camera::again_under_the_camera()
    };
    if let Err(error) = done {
        println!("{error}");
    }
}
