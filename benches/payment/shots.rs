//! Pictures of a phone that shows a receipt, 1280 x 720, as a webcam delivers them: several sizes, tilts and
//! brightnesses, dark mode, blur, glare, motion, a dim room.

use fastrand::Rng;
use qrcodegen::QrCode;

pub const SIZE: (usize, usize) = (1280, 720);

/// How a phone is held, and how the camera sees it.
#[derive(Clone, Copy)]
pub struct View {
    px_per_module: f32,
    pub degrees: f32,
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

pub const KINDS: [&str; 10] = [
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

/// A phone of a kind.
pub fn view(kind: usize, dice: &mut Rng) -> View {
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
pub fn frame(code: &QrCode, view: View, dice: &mut Rng) -> Vec<u8> {
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
    jpeg(&pixels)
}

/// Compressed as a webcam does.
pub fn jpeg(rgb: &[u8]) -> Vec<u8> {
    let mut jpeg = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 85);
    let (width, height) = (SIZE.0 as u16, SIZE.1 as u16);
    encoder
        .encode(rgb, width, height, jpeg_encoder::ColorType::Rgb)
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
