//! Code in view to decoded, and a frame without a code: printed, not asserted.
//!
//! Frames of 1280 x 720 as a camera sees a phone: several sizes, turned, dark mode, and empty.

use criterion::{Criterion, criterion_group};
use gradbooth::vision::codes::{Effort, Luma, read_codes};
use qrcodegen::{QrCode, QrCodeEcc};

const SIZE: (usize, usize) = (1280, 720);

/// A payload as long as an acquisition code's.
fn payload() -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    format!(
        "GBA1:{}",
        letters.chars().cycle().take(330).collect::<String>()
    )
}

/// A code in the middle of a grey frame.
fn frame(text: &str, px_per_module: f32, degrees: f32, (dark, light): (u8, u8)) -> Option<Luma> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let modules = code.size() as f32;
    let (sin, cos) = degrees.to_radians().sin_cos();
    let grey = (0..SIZE.0 * SIZE.1)
        .map(|i| {
            let x = (i % SIZE.0) as f32 - SIZE.0 as f32 / 2.0;
            let y = (i / SIZE.0) as f32 - SIZE.1 as f32 / 2.0;
            let u = ((x * cos + y * sin) / px_per_module + modules / 2.0).floor();
            let v = ((y * cos - x * sin) / px_per_module + modules / 2.0).floor();
            let on_code = (-4.0..modules + 4.0).contains(&u) && (-4.0..modules + 4.0).contains(&v);
            match (on_code, code.get_module(u as i32, v as i32)) {
                (false, _) => 110 + (i % 7) as u8,
                (true, true) => dark,
                (true, false) => light,
            }
        })
        .collect();
    Luma::new(SIZE.0, SIZE.1, grey)
}

fn codes(c: &mut Criterion) {
    let live = Effort::Live { guide: None };
    let text = payload();
    let frames = [
        (
            "upright, 6 px a module",
            frame(&text, 6.0, 0.0, (20, 235)),
            live,
        ),
        (
            "turned, 4 px a module",
            frame(&text, 4.0, 15.0, (20, 235)),
            live,
        ),
        (
            "dark mode, 5 px a module",
            frame(&text, 5.0, 4.0, (230, 15)),
            live,
        ),
        (
            "no code, live",
            Luma::new(SIZE.0, SIZE.1, vec![120; SIZE.0 * SIZE.1]),
            live,
        ),
        (
            "turned, every effort",
            frame(&text, 4.0, 15.0, (20, 235)),
            Effort::Picture,
        ),
    ];
    for (name, frame, effort) in frames {
        if let Some(frame) = frame {
            c.bench_function(&format!("codes: {name}"), |b| {
                b.iter(|| read_codes(&frame, effort));
            });
        }
    }
}

criterion_group!(benches, codes);

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
}
