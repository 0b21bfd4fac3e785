//! The studio as a whole, on a synthetic student.

use super::*;
use crate::standard::GRADUATION;
use crate::vision::raster::{Affine, warp_picture};
use crate::vision::rules::Rule;

fn student() -> Picture {
    Picture::decode(include_bytes!("../../tests/fixtures/students/s04.jpg")).unwrap()
}

fn made(
    capture: &Picture,
    nets: &Nets,
    options: &Options<'_>,
) -> Result<StandardPhoto, PhotoError> {
    standardize(capture, [7; 32], nets, &GRADUATION, options, &mut |_| ())
}

fn refused(result: Result<StandardPhoto, PhotoError>) -> Vec<Rule> {
    match result {
        Err(PhotoError::Refused(refusal)) => {
            refusal.reasons.iter().map(|reason| reason.rule).collect()
        }
        other => panic!("not refused but {other:?}"),
    }
}

fn turned(degrees: f64) -> Picture {
    let about = Affine::turn_scale_shift(0.0, 1.0, [-480.0, -270.0]).then(
        &Affine::turn_scale_shift(degrees.to_radians(), 1.0, [480.0, 270.0]),
    );
    Picture::from_colours(&warp_picture(&student(), &about, 960, 540)).unwrap()
}

#[test]
fn a_student_becomes_a_standard_photo_always_the_same() {
    let nets = Nets::load().unwrap();
    let mut stages = Vec::new();
    let options = Options::default();
    let photo = standardize(
        &student(),
        [7; 32],
        &nets,
        &GRADUATION,
        &options,
        &mut |stage| stages.push(stage),
    )
    .unwrap();
    assert_eq!(stages, Stage::ALL);
    let look = nets.look(&student()).unwrap();
    let again = std::thread::scope(|scope| {
        let options = Options {
            look: Some(&look),
            ..Options::default()
        };
        let nets = &nets;
        scope
            .spawn(move || made(&student(), nets, &options).unwrap())
            .join()
            .unwrap()
    });
    assert!(
        photo == again,
        "the bytes depend on nothing but the capture"
    );
    let Checked {
        crown_px,
        eye_line_px,
        face_width_px,
        background_off,
        ..
    } = photo.record().result.checked;
    assert!(GRADUATION.crown_px.holds(crown_px) && GRADUATION.eye_line_px.holds(eye_line_px));
    assert!(GRADUATION.face_width_px.holds(face_width_px));
    assert!(background_off.is_some_and(|off| off <= 2));
    let json = serde_json::to_string(photo.record()).unwrap();
    assert!(serde_json::from_str::<ProcessingRecord>(&json).is_ok());
}

#[test]
fn the_photo_is_not_mirrored() {
    let nets = Nets::load().unwrap();
    // a blue patch at the person's left, which is the right in the picture, on her blouse
    let mut rgb = student().rgb().to_vec();
    for y in 395..412 {
        for x in 505..525 {
            rgb[(y * 960 + x) * 3..(y * 960 + x) * 3 + 3].copy_from_slice(&[20, 20, 200]);
        }
    }
    let photo = made(
        &Picture::from_rgb(960, 540, rgb).unwrap(),
        &nets,
        &Options::default(),
    )
    .unwrap();
    let picture = Picture::decode(photo.jpeg()).unwrap();
    let blue = |columns: std::ops::Range<usize>| {
        let pixels = picture.rgb().as_chunks::<3>().0;
        let inside = (500..640).flat_map(|y| columns.clone().map(move |x| pixels[y * 480 + x]));
        inside
            .filter(|[r, g, b]| *r < 60 && *g < 60 && *b > 140)
            .count()
    };
    assert!(blue(240..480) > 500 && blue(0..240) == 0);
}

#[test]
fn a_tilted_head_is_refused_and_straightened_only_where_allowed() {
    let nets = Nets::load().unwrap();
    let tilted = turned(5.0);
    assert_eq!(
        refused(made(&tilted, &nets, &Options::default())),
        [Rule::HeadRoll]
    );
    let straighten = Options {
        straighten: true,
        ..Options::default()
    };
    let photo = made(&tilted, &nets, &straighten).unwrap();
    assert!((photo.record().corrections.turned_deg - 5.0).abs() < 1.5);
    assert!(photo.record().result.checked.roll_deg.abs() < 1.5);
    assert_eq!(
        refused(made(&turned(12.0), &nets, &straighten)),
        [Rule::HeadRoll]
    );
    let level = made(&turned(2.0), &nets, &Options::default()).unwrap();
    assert!(level.record().corrections.turned_deg.abs() < 1e-9);
}

#[test]
fn no_face_and_no_bust_are_refused_by_name() {
    let nets = Nets::load().unwrap();
    let wall = Picture::from_rgb(640, 480, vec![210; 640 * 480 * 3]).unwrap();
    assert_eq!(
        refused(made(&wall, &nets, &Options::default())),
        [Rule::OneFace]
    );
    let cut = student().cropped(240, 60, 480, 300).unwrap();
    assert!(refused(made(&cut, &nets, &Options::default())).contains(&Rule::Bust));
}

#[test]
fn white_and_grey_are_as_flat_as_blue() {
    let nets = Nets::load().unwrap();
    for background in [Background::White, Background::LightGrey] {
        let photo = made(
            &student(),
            &nets,
            &Options {
                background,
                ..Options::default()
            },
        )
        .unwrap();
        let corner = Picture::decode(photo.jpeg()).unwrap().rgb()[..3].to_vec();
        let wanted = background_rgb(background).unwrap();
        assert!(
            corner.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 2),
            "{corner:?}"
        );
    }
}
