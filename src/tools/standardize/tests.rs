//! The command on fixtures, good and bad.

use super::*;

fn args(photos: Vec<PathBuf>, out: &Path) -> StandardizeArgs {
    StandardizeArgs {
        photos,
        out: out.to_owned(),
        preset: GRADUATION.name.to_owned(),
        plate: None,
        straighten: false,
        strict: false,
        json: true,
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/students")
        .join(name)
}

#[test]
fn a_student_becomes_a_file_and_a_record() {
    let folder = tempfile::tempdir().unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(
        &args(vec![fixture("s04.jpg")], folder.path()),
        &mut out,
        &mut err,
    )
    .unwrap();
    let line: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!((exit, err.as_slice()), (0, b"".as_slice()), "{line}");
    let file = fs::read(folder.path().join("s04.jpg")).unwrap();
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
    let photos = vec![folder.path().join("absent.jpg"), broken, fixture("s04.jpg")];
    let target = folder.path().join("out");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(run(&args(photos, &target), &mut out, &mut err).unwrap(), 2);
    assert_eq!(String::from_utf8(err).unwrap().lines().count(), 2);
    assert_eq!(String::from_utf8(out).unwrap().lines().count(), 3);
    assert!(target.join("s04.jpg").exists() && !target.join("broken.jpg").exists());
}

#[test]
fn a_portrait_is_never_replaced_by_its_photo() {
    let folder = tempfile::tempdir().unwrap();
    let portrait = folder.path().join("s04.jpg");
    fs::copy(fixture("s04.jpg"), &portrait).unwrap();
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
    let mut args = args(vec![fixture("s04.jpg")], folder.path());
    args.preset = "holiday".to_owned();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(run(&args, &mut out, &mut err).unwrap(), 2);
}
