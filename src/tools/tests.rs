//! The tools as a script sees them: JSON lines and exit codes.

use super::{check, scan, standardize};
use clap::Parser as _;
use std::path::PathBuf;

fn shown(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("assets/pictures")
        .join(name)
}

fn lines(out: &[u8]) -> Vec<serde_json::Value> {
    std::str::from_utf8(out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn check_goes_on_behind_a_bad_file_and_ends_with_the_worst() {
    let folder = tempfile::tempdir().unwrap();
    let cut = folder.path().join("cut.jpg");
    let whole = std::fs::read(shown("right.jpg")).unwrap();
    std::fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    let args = |photos: Vec<PathBuf>| check::CheckArgs { photos, json: true };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let photos = vec![
        cut,
        folder.path().join("none.jpg"),
        shown("roll.jpg"),
        shown("right.jpg"),
    ];
    assert_eq!(check::run(&args(photos), &mut out, &mut err).unwrap(), 2);
    let lines = lines(&out);
    assert_eq!(lines.len(), 4);
    assert!(lines[0]["error"].is_string() && lines[1]["error"].is_string());
    assert_eq!(lines[2]["verdict"], "fail");
    assert_eq!(lines[2]["findings"][0]["rule"], "head_roll");
    let finding = lines[2]["findings"][0].as_object().unwrap();
    assert_eq!(
        finding.keys().collect::<Vec<_>>(),
        ["limit", "rule", "unit", "value", "verdict"]
    );
    assert!(lines[2]["ms"]["rules"].is_number());
    assert_ne!(lines[3]["verdict"], "fail");
    assert_eq!(std::str::from_utf8(&err).unwrap().lines().count(), 2);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(
        check::run(&args(vec![shown("roll.jpg")]), &mut out, &mut err).unwrap(),
        1
    );
}

#[test]
fn scan_tells_the_kind_and_not_the_content() {
    let folder = tempfile::tempdir().unwrap();
    let secret = "GBA1:7WJ0XK3Q9TPLZ5VD8RNC2HMB4SGY6FAE";
    let file = folder.path().join("code.png");
    let code = qrcodegen::QrCode::encode_text(secret, qrcodegen::QrCodeEcc::Medium).unwrap();
    let side = (code.size() as u32 + 8) * 6;
    image::GrayImage::from_fn(side, side, |x, y| {
        let [x, y] = [x, y].map(|v| (v / 6).cast_signed() - 4);
        image::Luma([if code.get_module(x, y) { 0 } else { 255 }])
    })
    .save(&file)
    .unwrap();
    for json in [true, false] {
        let args = scan::ScanArgs {
            images: vec![file.clone()],
            json,
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert_eq!(scan::run(&args, &mut out, &mut err).unwrap(), 0);
        let told = String::from_utf8(out).unwrap();
        assert!(
            told.contains("acquisition code") && told.contains("GBA1") && !told.contains("GBA1:7")
        );
    }
    let args = scan::ScanArgs {
        images: vec![shown("right.jpg")],
        json: true,
    };
    assert_eq!(
        scan::run(&args, &mut Vec::new(), &mut Vec::new()).unwrap(),
        1
    );
    let args = scan::ScanArgs {
        images: vec![folder.path().join("none.png")],
        json: true,
    };
    assert_eq!(
        scan::run(&args, &mut Vec::new(), &mut Vec::new()).unwrap(),
        2
    );
}

/// `standardize` as it is typed.
#[derive(clap::Parser)]
struct Line {
    #[command(flatten)]
    args: standardize::StandardizeArgs,
}

/// A real face, in the public domain: she smiles in front of a flag and a model, further away than one metre.
#[test]
fn a_real_portrait_is_refused_for_what_is_wrong_with_it_and_nothing_is_written() {
    let astronaut =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/people/astronaut.jpg");
    let args = check::CheckArgs {
        photos: vec![astronaut.clone()],
        json: true,
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(check::run(&args, &mut out, &mut err).unwrap(), 1);
    let checked = lines(&out);
    let verdict = |rule: &str| {
        let findings = checked[0]["findings"].as_array().unwrap();
        let finding = findings.iter().find(|f| f["rule"] == rule).unwrap();
        finding["verdict"].as_str().unwrap().to_owned()
    };
    for broken in ["distance", "wall_plain", "mouth_closed"] {
        assert_eq!(verdict(broken), "fail", "{broken}");
    }
    for kept in [
        "one_face",
        "eyes_open",
        "sharpness",
        "face_covered",
        "tinted_glasses",
    ] {
        assert_eq!(verdict(kept), "pass", "{kept}");
    }
    let folder = tempfile::tempdir().unwrap();
    let Line { args } = Line::parse_from([
        "standardize".as_ref(),
        astronaut.as_os_str(),
        "--json".as_ref(),
        "--out".as_ref(),
        folder.path().as_os_str(),
    ]);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(standardize::run(&args, &mut out, &mut err).unwrap(), 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let refused = lines(&out);
    let rules: Vec<_> = refused[0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["rule"].clone())
        .collect();
    assert!(rules.contains(&"wall_plain".into()), "{rules:?}");
}
