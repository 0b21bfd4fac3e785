//! Codes drawn as a phone would show them, and read back.
#![expect(
    clippy::cast_possible_wrap,
    reason = "sizes of drawn pictures are small"
)]

use qrcodegen::{QrCode, QrCodeEcc};

use super::*;

/// How a code is drawn into a grey frame.
struct Drawn {
    px_per_module: f32,
    degrees: f32,
    dark: u8,
    light: u8,
    around: u8,
    noise: i32,
}

const PLAIN: Drawn = Drawn {
    px_per_module: 5.0,
    degrees: 0.0,
    dark: 20,
    light: 235,
    around: 120,
    noise: 0,
};

/// A frame of `width` x `height` with `text` as a code about `(cx, cy)`.
fn draw(text: &str, width: usize, height: usize, (cx, cy): (f32, f32), how: &Drawn) -> Luma {
    let mut frame = Luma::new(width, height, vec![how.around; width * height])
        .unwrap()
        .grey()
        .to_vec();
    draw_into(&mut frame, width, text, (cx, cy), how);
    Luma::new(width, height, frame).unwrap()
}

fn draw_into(frame: &mut [u8], width: usize, text: &str, (cx, cy): (f32, f32), how: &Drawn) {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
    let modules = code.size() as f32;
    let (sin, cos) = how.degrees.to_radians().sin_cos();
    let mut state = 7_u32;
    for (i, pixel) in frame.iter_mut().enumerate() {
        // four samples a pixel, so that module edges are soft as a lens makes them
        let mut sum = 0.0;
        for (ox, oy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
            let (dx, dy) = ((i % width) as f32 + ox - cx, (i / width) as f32 + oy - cy);
            let u = (dx * cos + dy * sin) / how.px_per_module + modules / 2.0;
            let v = (dy * cos - dx * sin) / how.px_per_module + modules / 2.0;
            sum += if u < -4.0 || v < -4.0 || u >= modules + 4.0 || v >= modules + 4.0 {
                f32::from(*pixel)
            } else if code.get_module(u.floor() as i32, v.floor() as i32) {
                f32::from(how.dark)
            } else {
                f32::from(how.light)
            };
        }
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = if how.noise > 0 {
            (state >> 16) as i32 % (2 * how.noise + 1) - how.noise
        } else {
            0
        };
        *pixel = (sum / 4.0 + noise as f32).clamp(0.0, 255.0) as u8;
    }
}

fn texts(codes: &[Code]) -> Vec<&str> {
    codes.iter().filter_map(Code::text).collect()
}

const TEXT: &str = "GBA1:kX8w2Qf0aP3nB7cD1eF5gH9jK4mL6oR";

#[test]
fn reads_at_several_sizes_and_turns() {
    for px_per_module in [3.0, 4.5, 8.0] {
        for degrees in [0.0, 12.0, -25.0, 90.0, 180.0] {
            let how = Drawn {
                px_per_module,
                degrees,
                ..PLAIN
            };
            let frame = draw(TEXT, 640, 480, (320.0, 240.0), &how);
            let codes = read_codes(&frame, Effort::Live { guide: None });
            assert_eq!(
                texts(&codes),
                [TEXT],
                "{px_per_module} px/module at {degrees} degrees"
            );
        }
    }
}

#[test]
fn reads_a_phone_in_dark_mode_and_through_noise() {
    let dark_mode = Drawn {
        dark: 225,
        light: 15,
        ..PLAIN
    };
    let noisy = Drawn {
        noise: 30,
        degrees: 8.0,
        ..PLAIN
    };
    for how in [dark_mode, noisy] {
        let frame = draw(TEXT, 640, 480, (300.0, 250.0), &how);
        assert_eq!(
            texts(&read_codes(&frame, Effort::Live { guide: None })),
            [TEXT]
        );
    }
}

#[test]
fn reads_outside_of_the_guide_box_too() {
    let frame = draw(TEXT, 1280, 720, (170.0, 560.0), &PLAIN);
    let codes = read_codes(&frame, Effort::Live { guide: None });
    assert_eq!(texts(&codes), [TEXT]);
    let [left_top, _, right_bottom, _] = codes[0].corners();
    assert!(
        (left_top[0] + right_bottom[0] - 340.0).abs() < 12.0
            && (left_top[1] + right_bottom[1] - 1120.0).abs() < 12.0
    );
}

#[test]
fn names_every_code_of_a_picture_once() {
    let mut frame = vec![200; 1280 * 720];
    draw_into(
        &mut frame,
        1280,
        "https://example.edu.cn/a",
        (300.0, 360.0),
        &PLAIN,
    );
    draw_into(
        &mut frame,
        1280,
        TEXT,
        (900.0, 300.0),
        &Drawn {
            degrees: 15.0,
            ..PLAIN
        },
    );
    let frame = Luma::new(1280, 720, frame).unwrap();
    let codes = read_codes(&frame, Effort::Picture);
    let mut read = texts(&codes);
    read.sort_unstable();
    assert_eq!(read, [TEXT, "https://example.edu.cn/a"]);
}

#[test]
fn reads_a_small_code_in_a_large_photo() {
    let frame = draw(
        TEXT,
        4000,
        3000,
        (2900.0, 700.0),
        &Drawn {
            px_per_module: 5.0,
            degrees: 7.0,
            ..PLAIN
        },
    );
    assert_eq!(texts(&read_codes(&frame, Effort::Picture)), [TEXT]);
}

#[test]
fn reads_a_screenshot_cut_at_the_code_with_one_pixel_a_module() {
    let code = QrCode::encode_text(TEXT, QrCodeEcc::Low).unwrap();
    let side = code.size() as usize;
    let grey = (0..side * side)
        .map(|i| {
            if code.get_module((i % side) as i32, (i / side) as i32) {
                0
            } else {
                255
            }
        })
        .collect();
    let codes = read_codes(&Luma::new(side, side, grey).unwrap(), Effort::Picture);
    assert_eq!(texts(&codes), [TEXT]);
}

#[test]
fn keeps_chinese_text_and_long_payloads_whole() {
    let chinese = "订单0123456789ABCDEF";
    let long = "a1B2".repeat(75);
    for text in [chinese, &long] {
        let frame = draw(
            text,
            900,
            900,
            (450.0, 450.0),
            &Drawn {
                degrees: 5.0,
                ..PLAIN
            },
        );
        assert_eq!(texts(&read_codes(&frame, Effort::Picture)), [text]);
    }
}

#[test]
fn a_picture_without_a_code_gives_nothing() {
    let mut state = 1_u32;
    let noise = (0..640 * 480).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    let noise = Luma::new(640, 480, noise.collect()).unwrap();
    let grey = Luma::new(640, 480, vec![128; 640 * 480]).unwrap();
    let stripes = Luma::new(
        640,
        480,
        (0..640 * 480)
            .map(|i| if (i / 7) % 2 == 0 { 0 } else { 255 })
            .collect(),
    )
    .unwrap();
    let speck = Luma::new(1, 1, vec![0]).unwrap();
    for frame in [noise, grey, stripes, speck] {
        assert!(read_codes(&frame, Effort::Live { guide: None }).is_empty());
        assert!(read_codes(&frame, Effort::Picture).is_empty());
    }
}

#[test]
fn a_damaged_code_is_not_half_read() {
    let mut frame = draw(TEXT, 640, 480, (320.0, 240.0), &PLAIN);
    frame.paint_over(
        Region {
            left: 300,
            top: 0,
            width: 60,
            height: 480,
        },
        128,
    );
    assert!(read_codes(&frame, Effort::Picture).is_empty());
}

#[test]
fn debug_tells_nothing() {
    let frame = draw(TEXT, 640, 480, (320.0, 240.0), &PLAIN);
    let shown = format!("{:?}", read_codes(&frame, Effort::Picture));
    assert_eq!(shown, format!("[Code({} bytes)]", TEXT.len()));
}
