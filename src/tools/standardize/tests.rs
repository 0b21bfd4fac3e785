//! The command on fixtures, good and bad.

use super::*;
use crate::standard::GRADUATION;
use crate::tools::pictures::open_picture;
use crate::vision::Picture;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

mod inputs;

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

/// A pipe whose reader has gone.
struct NoReader;

impl Write for NoReader {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_batch_ends_when_nobody_reads_it_any_more() {
    let folder = tempfile::tempdir().unwrap();
    // more than the workers do and hold
    let absent = (0..12).map(|i| folder.path().join(format!("{i}.jpg")));
    let mut args = args(absent.collect(), folder.path());
    args.jobs = Some(2);
    let (tell, told) = mpsc::sync_channel(1);
    let batch = move || tell.send(run(&args, &mut NoReader, &mut NoReader));
    let _ends_with_the_test = thread::Builder::new().spawn(batch).unwrap();
    let ended = told.recv_timeout(Duration::from_mins(1));
    let ended = ended.expect("it ends");
    assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
}
