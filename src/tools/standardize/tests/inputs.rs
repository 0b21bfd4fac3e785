//! What other programs and cameras write, and what is no portrait at all.

use super::{args, student};
use crate::tools::standardize::run;
use std::{fs, io};

/// The student's portrait as other programs and cameras write it.
fn other_kinds() -> [(&'static str, Vec<u8>); 4] {
    use jpeg_encoder::{ColorType, Encoder};
    let portrait = image::open(student()).unwrap();
    let rgb = portrait.to_rgb8();
    let (w, h) = (rgb.width() as u16, rgb.height() as u16);
    let encoded = |pixels: &[u8], (w, h), colours, progressive| {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 92);
        encoder.set_progressive(progressive);
        encoder.encode(pixels, w, h, colours).unwrap();
        bytes
    };
    let ink: Vec<u8> = rgb
        .pixels()
        .flat_map(|p| [255 - p.0[0], 255 - p.0[1], 255 - p.0[2], 0])
        .collect();
    let lying = encoded(
        portrait.rotate270().to_rgb8().as_raw(),
        (h, w),
        ColorType::Rgb,
        false,
    );
    // a big-endian EXIF directory of one entry: orientation 6
    let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let png = image::DynamicImage::ImageRgba8(portrait.to_rgba8());
    [
        (
            "progressive.jpg",
            encoded(rgb.as_raw(), (w, h), ColorType::Rgb, true),
        ),
        ("ink.jpg", encoded(&ink, (w, h), ColorType::Cmyk, false)),
        ("lying.jpg", [&lying[..2], exif, &lying[2..]].concat()),
        ("alpha.png", in_format(&png, image::ImageFormat::Png)),
    ]
}

#[test]
fn progressive_cmyk_turned_and_transparent_portraits_become_the_same_photo() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out");
    for (name, bytes) in other_kinds() {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = run(&args(vec![file], &target), &mut out, &mut err).unwrap();
        let line: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(exit, 0, "{name}: {line}");
        let checked = &line["record"]["result"]["checked"];
        let eyes = checked["eye_line_px"].as_f64().unwrap();
        assert!((eyes - 256.0).abs() < 8.0, "{name}: {checked}");
        assert_eq!(
            line["record"]["capture"]["size_px"],
            serde_json::json!([1920, 1080]),
            "{name}"
        );
    }
}

/// Bytes of a picture in one of the image crate's formats.
fn in_format(picture: &image::DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A PNG that claims 10 000 x 10 000 pixels in its header (its checksum right) and holds none.
fn hundred_megapixels() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend([0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10, 8, 0, 0, 0, 0]);
    let mut crc = u32::MAX;
    for byte in &bytes[12..] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    bytes.extend((!crc).to_be_bytes());
    bytes
}

#[test]
fn every_kind_of_bad_input_has_its_exit_code_and_leaves_nothing_behind() {
    use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
    let portrait = fs::read(student()).unwrap();
    let hill = DynamicImage::ImageRgb8(RgbImage::from_fn(320, 200, |x, y| {
        Rgb([90, if y > 120 + x / 8 { 140 } else { 60 }, (y + 40) as u8])
    }));
    let dot = DynamicImage::ImageRgb8(RgbImage::from_pixel(1, 1, Rgb([9; 3])));
    let inputs: [(&str, Vec<u8>, u8, &str); 8] = [
        (
            "cut.jpg",
            portrait[..portrait.len() / 2].to_vec(),
            2,
            "cut off",
        ),
        ("empty.jpg", Vec::new(), 2, "not a JPEG or PNG"),
        ("heic.jpg", b"\0\0\0\x18ftypheic\0\0".to_vec(), 2, "HEIC"),
        ("gif.png", b"GIF89a".to_vec(), 2, "not a JPEG or PNG"),
        ("bomb.png", hundred_megapixels(), 2, "cut off"),
        ("hill.png", in_format(&hill, ImageFormat::Png), 1, ""),
        (
            "deep.png",
            in_format(&DynamicImage::ImageRgb16(hill.to_rgb16()), ImageFormat::Png),
            1,
            "",
        ),
        ("dot.png", in_format(&dot, ImageFormat::Png), 1, ""),
    ];
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out");
    for (name, bytes, exit, words) in inputs {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let found = run(&args(vec![file], &target), &mut out, &mut err).unwrap();
        let err = String::from_utf8(err).unwrap();
        assert_eq!(found, exit, "{name}: {err}");
        assert!(err.contains(words), "{name}: {err}");
        assert_eq!(fs::read_dir(&target).unwrap().count(), 0, "{name}");
    }
}
