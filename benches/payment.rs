//! Paying without a network, as long as it takes: the order's code shown, and a receipt on a phone seen until the right is
//! stored. Printed, not asserted: `cargo bench --bench payment`.
//!
//! The frames are 1280 x 720 JPEG pictures of a phone that shows a receipt, 30 a second, as the camera worker gets them:
//! several sizes, tilts and brightnesses, dark mode, blur, glare, motion, a dim room. The newest frame is read whenever
//! the reader is free. `rqrr` alone reads the same first frames for comparison.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use ed25519_dalek::SigningKey;
use fastrand::Rng;
use gradbooth::clock;
use gradbooth::domain::{BoothId, CollectionId, Fee, Order, OrderId, StudentRef};
use gradbooth::store::{Redeemed, StateKey, Store};
use gradbooth::vision::Picture;
use gradbooth::vision::codes::{Effort, Luma, read_codes};
use gradbooth::wire::offline::{Keyset, OrderCode, PaymentReceipt};
use qrcodegen::{QrCode, QrCodeEcc};
use std::time::Duration;

const SIZE: (usize, usize) = (1280, 720);
const SHOTS: usize = 24;
const FRAMES: usize = 45;
const FRAME: Duration = Duration::from_micros(33_333);

/// How a phone is held, and how the camera sees it.
#[derive(Clone, Copy)]
struct View {
    px_per_module: f32,
    degrees: f32,
    /// Perspective across and down: share by which the far edge is smaller.
    tilt: (f32, f32),
    dark: f32,
    light: f32,
    around: f32,
    /// Radius of the blur in pixels, across and down.
    blur_px: (usize, usize),
    glare: f32,
    noise: f32,
}

const KINDS: [&str; 10] = [
    "plain",
    "tilted",
    "small",
    "soft",
    "glare",
    "dim room",
    "pale screen",
    "moving",
    "dark mode",
    "dark mode, soft",
];

fn view(kind: usize, dice: &mut Rng) -> View {
    let mut between = |low: f32, high: f32| low + (high - low) * dice.f32();
    let plain = View {
        px_per_module: between(4.0, 7.0),
        degrees: between(-12.0, 12.0),
        tilt: (between(-0.05, 0.05), between(-0.05, 0.05)),
        dark: between(15.0, 40.0),
        light: between(190.0, 250.0),
        around: between(40.0, 160.0),
        blur_px: (0, 0),
        glare: 0.0,
        noise: 4.0,
    };
    match kind {
        1 => View {
            degrees: between(-30.0, 30.0),
            tilt: (between(-0.2, 0.2), between(-0.2, 0.2)),
            ..plain
        },
        2 => View {
            px_per_module: between(3.0, 3.6),
            ..plain
        },
        3 => View {
            blur_px: (1, 1),
            px_per_module: between(4.0, 5.0),
            ..plain
        },
        4 => View {
            glare: between(90.0, 200.0),
            ..plain
        },
        5 => View {
            dark: 8.0,
            light: between(45.0, 75.0),
            around: 14.0,
            noise: 7.0,
            ..plain
        },
        6 => View {
            dark: between(70.0, 90.0),
            light: between(115.0, 140.0),
            around: 150.0,
            ..plain
        },
        7 => View {
            blur_px: (2, 0),
            px_per_module: between(4.5, 6.0),
            ..plain
        },
        8 => View {
            dark: plain.light,
            light: plain.dark,
            ..plain
        },
        9 => View {
            dark: plain.light,
            light: plain.dark,
            blur_px: (1, 1),
            px_per_module: between(4.0, 5.0),
            ..plain
        },
        _ => plain,
    }
}

/// The frame that a camera delivers of a phone held so.
fn frame(code: &QrCode, view: View, dice: &mut Rng) -> Vec<u8> {
    let modules = code.size() as f32;
    let (sin, cos) = view.degrees.to_radians().sin_cos();
    let (width, height) = SIZE;
    let (cx, cy) = (
        width as f32 / 2.0 + 30.0 * (dice.f32() - 0.5),
        height as f32 / 2.0 + 30.0 * (dice.f32() - 0.5),
    );
    let half = modules * view.px_per_module / 2.0;
    let mut grey: Vec<f32> = Vec::with_capacity(width * height);
    for i in 0..width * height {
        let mut sum = 0.0;
        for (ox, oy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
            let (x, y) = ((i % width) as f32 + ox - cx, (i / width) as f32 + oy - cy);
            let (u, v) = (x * cos + y * sin, y * cos - x * sin);
            let depth = 1.0 + view.tilt.0 * u / half + view.tilt.1 * v / half;
            let (u, v) = (
                u / depth / view.px_per_module + modules / 2.0,
                v / depth / view.px_per_module + modules / 2.0,
            );
            let is_on = (-4.0..modules + 4.0).contains(&u) && (-4.0..modules + 4.0).contains(&v);
            sum += match (is_on, code.get_module(u.floor() as i32, v.floor() as i32)) {
                (false, _) => view.around,
                (true, true) => view.dark,
                (true, false) => view.light,
            };
        }
        grey.push(sum / 4.0);
    }
    blur(&mut grey, view.blur_px);
    let spot = (
        cx + half * (dice.f32() - 0.5),
        cy + half * (dice.f32() - 0.5),
        half * 0.3,
    );
    let pixels = grey.iter().enumerate().flat_map(|(i, value)| {
        let (dx, dy) = ((i % width) as f32 - spot.0, (i / width) as f32 - spot.1);
        let glare = view.glare * (-(dx * dx + dy * dy) / (2.0 * spot.2 * spot.2)).exp();
        let noise = view.noise * (dice.f32() + dice.f32() + dice.f32() - 1.5) * 1.6;
        [(value + glare + noise).clamp(0.0, 255.0) as u8; 3]
    });
    let pixels: Vec<u8> = pixels.collect();
    let mut jpeg = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 85);
    encoder
        .encode(
            &pixels,
            width as u16,
            height as u16,
            jpeg_encoder::ColorType::Rgb,
        )
        .unwrap_or_default();
    jpeg
}

fn blur(grey: &mut [f32], (across, down): (usize, usize)) {
    let (width, height) = SIZE;
    for (radius, step, length) in [(across, 1, width), (down, width, height)] {
        if radius == 0 {
            continue;
        }
        // twice a box is near enough to a lens
        for _ in 0..2 {
            let from = grey.to_vec();
            for (i, value) in grey.iter_mut().enumerate() {
                let at = if step == 1 { i % width } else { i / width };
                if at < radius || at + radius >= length {
                    continue;
                }
                let window = (0..=2 * radius).map(|k| from[i + k * step - radius * step]);
                *value = window.sum::<f32>() / (2 * radius + 1) as f32;
            }
        }
    }
}

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

    /// From a frame to the stored right.
    fn reads(&self, jpeg: &[u8], order: &Order) -> bool {
        let Ok(picture) = Picture::decode_mjpeg(jpeg) else {
            return false;
        };
        let codes = read_codes(&Luma::of(&picture), Effort::Live { guide: None });
        let opened = codes
            .iter()
            .filter_map(|code| code.text())
            .find_map(|text| PaymentReceipt::open(text, &self.keys, 1).ok());
        let Some(receipt) = opened else { return false };
        let redeemed = self.store.redeem_receipt(
            &receipt,
            &order.student,
            &order.collection,
            gradbooth::clock::utc(),
        );
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

fn receipts(till: &Till) {
    println!(
        "{:<18}{:>12}{:>12}{:>14}{:>12}{:>12}",
        "a phone", "first frame", "rqrr alone", "within 1.5 s", "p50, s", "p95, s"
    );
    let (mut all, mut read, mut first, mut alone) = (Vec::new(), 0, 0, 0);
    let mut dice = Rng::with_seed(7);
    for (kind, name) in KINDS.iter().enumerate() {
        let (mut times, mut firsts, mut rqrrs) = (Vec::new(), 0, 0);
        for shot in 0..SHOTS {
            let order = order((kind * SHOTS + shot) as u64 + 1);
            let Some(receipt) = PaymentReceipt::of(&order, 1, 1_795_000_000) else {
                return;
            };
            let text = receipt.sign(&till.key);
            let (Ok(code), Ok(_)) = (
                QrCode::encode_text(&text, QrCodeEcc::Medium),
                till.store.open_order(&order, gradbooth::clock::utc()),
            ) else {
                return;
            };
            let view = view(kind, &mut dice);
            let mut busy_until = Duration::ZERO;
            let mut paid = None;
            for n in 0..FRAMES {
                let at = FRAME * n as u32;
                // frames that come while the reader is busy are never seen
                if at < busy_until || paid.is_some() {
                    continue;
                }
                let sway = View {
                    degrees: view.degrees + dice.f32() - 0.5,
                    ..view
                };
                let jpeg = frame(&code, sway, &mut dice);
                let began = clock::now();
                let is_read = till.reads(&jpeg, &order);
                busy_until = at + began.elapsed();
                if n == 0 {
                    firsts += usize::from(is_read);
                    rqrrs += usize::from(rqrr_reads(&jpeg, &text));
                }
                if is_read {
                    paid = Some(busy_until.as_secs_f64());
                }
            }
            times.extend(paid);
        }
        let share = |count: usize| format!("{:.0} %", 100.0 * count as f64 / SHOTS as f64);
        (read, first, alone) = (read + times.len(), first + firsts, alone + rqrrs);
        all.extend(&times);
        println!(
            "{name:<18}{:>12}{:>12}{:>14}{:>12.3}{:>12.3}",
            share(firsts),
            share(rqrrs),
            share(times.len()),
            percentile(&mut times, 0.5),
            percentile(&mut times, 0.95)
        );
    }
    let share = |count: usize| {
        format!(
            "{:.1} %",
            100.0 * count as f64 / (SHOTS * KINDS.len()) as f64
        )
    };
    println!(
        "{:<18}{:>12}{:>12}{:>14}{:>12.3}{:>12.3}",
        "all",
        share(first),
        share(alone),
        share(read),
        percentile(&mut all, 0.5),
        percentile(&mut all, 0.95)
    );
}

/// From "pay" to a code that can be drawn, with no network: the order durable, offered, signed, encoded.
fn orders(till: &Till) {
    let signing = SigningKey::from_bytes(&[5; 32]);
    let mut times: Vec<f64> = (0..100)
        .map(|n| {
            let order = order(1_000_000 + n);
            let began = clock::now();
            let now = gradbooth::clock::utc();
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
    orders(&till);
    receipts(&till);
}
