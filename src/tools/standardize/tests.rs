//! The command on fixtures, good and bad.

use super::*;
use crate::standard::GRADUATION;
use crate::tools::pictures::open_picture;
use crate::vision::Picture;
use std::fs;
use std::path::{Path, PathBuf};

fn args(photos: Vec<PathBuf>, out: &Path) -> StandardizeArgs {
    StandardizeArgs {
        photos,
        out: out.to_owned(),
        preset: GRADUATION.name.to_owned(),
        background: None,
        plate: None,
        straighten: false,
        strict: false,
        json: true,
        overlay: false,
        sheet: None,
        resume: false,
        jobs: None,
    }
}

/// The recorded student, standing right.
fn student() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/frames/0030.jpg")
}

#[test]
fn a_student_becomes_a_file_and_a_record() {
    let folder = tempfile::tempdir().unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(&args(vec![student()], folder.path()), &mut out, &mut err).unwrap();
    let line: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!((exit, err.as_slice()), (0, b"".as_slice()), "{line}");
    let file = fs::read(folder.path().join("0030.jpg")).unwrap();
    assert_eq!(line["record"]["result"]["checked"]["bytes"], file.len());
    assert_eq!(line["record"]["corrections"]["mirrored"], false);
    assert!(file.len() <= 40 * 1024);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no part is left behind"
    );
}

#[test]
fn bad_files_are_named_and_the_batch_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.jpg");
    fs::write(&broken, b"\xff\xd8\xff\xe0 no picture").unwrap();
    let photos = vec![folder.path().join("absent.jpg"), broken, student()];
    let target = folder.path().join("out");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(run(&args(photos, &target), &mut out, &mut err).unwrap(), 2);
    assert_eq!(String::from_utf8(err).unwrap().lines().count(), 2);
    assert_eq!(String::from_utf8(out).unwrap().lines().count(), 3);
    assert!(target.join("0030.jpg").exists() && !target.join("broken.jpg").exists());
}

#[test]
fn a_portrait_is_never_replaced_by_its_photo() {
    let folder = tempfile::tempdir().unwrap();
    let portrait = folder.path().join("0030.jpg");
    fs::copy(student(), &portrait).unwrap();
    let before = fs::read(&portrait).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(
        run(
            &args(vec![portrait.clone()], folder.path()),
            &mut out,
            &mut err
        )
        .unwrap(),
        2
    );
    assert!(fs::read(&portrait).unwrap() == before);
}

/// Measuring by hand: `PORTRAITS=FOLDER OUT=FOLDER cargo test --lib standardize_a_folder -- --ignored`.
#[test]
#[ignore = "needs portraits that are not in the repository"]
fn standardize_a_folder() {
    let folder = std::env::var_os("PORTRAITS").unwrap();
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut photos: Vec<PathBuf> = files
        .filter(|p| p.extension().is_some_and(|e| e == "jpg"))
        .collect();
    photos.sort();
    let mut args = args(photos, Path::new(&std::env::var_os("OUT").unwrap()));
    args.straighten = true;
    run(&args, &mut io::stdout(), &mut io::stderr()).unwrap();
}

#[test]
fn an_unknown_preset_is_unusable() {
    let folder = tempfile::tempdir().unwrap();
    let mut args = args(vec![student()], folder.path());
    args.preset = "holiday".to_owned();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(run(&args, &mut out, &mut err).unwrap(), 2);
}

/// The photo's upper left pixel.
fn corner(photo: &Path) -> Vec<u8> {
    let photo = Picture::decode(&fs::read(photo).unwrap()).unwrap();
    photo.rgb()[..3].to_vec()
}

#[test]
fn a_background_is_what_the_standard_offers() {
    let folder = tempfile::tempdir().unwrap();
    let mut args = args(vec![student()], folder.path());
    args.background = Some("red".to_owned());
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(run(&args, &mut out, &mut err).unwrap(), 2);
    let words = String::from_utf8(std::mem::take(&mut err)).unwrap();
    assert!(
        words.contains("light-blue, white, light-grey, keep"),
        "{words}"
    );
    args.preset = "mandarin".to_owned();
    assert_eq!(run(&args, &mut out, &mut err).unwrap(), 0);
    let found = corner(&folder.path().join("0030.jpg"));
    assert!(
        found
            .iter()
            .zip([255_u8, 0, 0])
            .all(|(a, b)| a.abs_diff(b) <= 3),
        "{found:?}"
    );
}

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

#[test]
fn an_overlay_and_a_contact_sheet_can_be_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let wall = folder.path().join("wall.png");
    image::RgbImage::from_pixel(64, 48, image::Rgb([200; 3]))
        .save(&wall)
        .unwrap();
    let sheet = folder.path().join("sheet.png");
    let mut args = args(vec![student(), wall], &folder.path().join("out"));
    args.overlay = true;
    args.sheet = Some(sheet.clone());
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(run(&args, &mut out, &mut err).unwrap(), 1);
    let overlay = open_picture(&folder.path().join("out/0030.overlay.png")).unwrap();
    assert_eq!((overlay.width(), overlay.height()), (960, 1280));
    let sheet = open_picture(&sheet).unwrap();
    let red = |p: &[u8; 3]| p[0] > 150 && p[1] < 40 && p[2] < 40;
    let verdicts = sheet.rgb().as_chunks::<3>().0.iter().filter(|p| red(p));
    assert!(verdicts.count() > 20, "the refusal is written in red");
}

#[test]
fn the_order_and_the_bytes_do_not_depend_on_the_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let frames = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/frames");
    let photos: Vec<PathBuf> = ["0030.jpg", "0031.jpg", "0001.jpg", "0029.jpg"]
        .map(|name| frames.join(name))
        .to_vec();
    let lines = [1, 3].map(|jobs| {
        let target = folder.path().join(format!("out{jobs}"));
        let mut args = args(photos.clone(), &target);
        args.jobs = Some(jobs);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        run(&args, &mut out, &mut err).unwrap();
        let lines = String::from_utf8(out).unwrap();
        let parsed = lines.lines().map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            (
                line["file"].clone(),
                line["record"]["result"]["sha256"].clone(),
            )
        });
        parsed.collect::<Vec<_>>()
    });
    assert_eq!(lines[0].len(), 4);
    assert_eq!(lines[0], lines[1]);
}

#[test]
fn a_stopped_batch_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut args = args(vec![student()], folder.path());
    args.resume = true;
    let lines = [0, 1].map(|_| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert_eq!(run(&args, &mut out, &mut err).unwrap(), 0);
        String::from_utf8(out).unwrap().lines().count()
    });
    assert_eq!(lines, [1, 0]);
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
