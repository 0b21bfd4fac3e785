//! The tools as a script sees them: JSON lines and exit codes.

use super::{check, scan};
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
