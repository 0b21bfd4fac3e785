//! Where heads of every shape go, and that what is refused fits nowhere.

use super::*;
use crate::standard::GRADUATION;
use proptest::prelude::*;

fn upright(face_width: f64, centre_x: f64, eye_y: f64) -> Upright {
    Upright {
        turn: Affine::turn_scale_shift(0.0, 1.0, [0.0; 2]),
        face_width,
        centre_x,
        eye_y,
        chin_y: eye_y + 0.83 * face_width,
    }
}

fn capture(width: usize, height: usize) -> Picture {
    Picture::from_rgb(width, height, vec![0; width * height * 3]).unwrap()
}

#[test]
fn with_room_everywhere_the_aim_is_met() {
    let fit = best_fit(
        &capture(1600, 2400),
        &upright(222.0, 800.0, 900.0),
        900.0 - 182.0,
        &GRADUATION,
        CROWN_MARGIN_PX,
    );
    assert!((fit.scale - 1.0).abs() < 1e-9 && (fit.eye_line - 256.0).abs() < 1e-9);
    assert!((fit.crown - 74.0).abs() < 1e-9);
}

#[test]
fn a_capture_without_bust_misses_rows() {
    let fit = best_fit(
        &capture(800, 620),
        &upright(222.0, 400.0, 400.0),
        218.0,
        &GRADUATION,
        CROWN_MARGIN_PX,
    );
    assert!(640.0 - fit.bottom > 10.0, "{}", fit.bottom);
}

#[test]
fn high_hair_gives_up_room_at_the_crown_before_the_bust_is_cut() {
    // eyes 300 rows below the crown and 416 above the end of the capture
    let fit = |margin| {
        let (capture, upright) = (capture(800, 904), upright(260.0, 400.0, 487.0));
        best_fit(&capture, &upright, 187.0, &GRADUATION, margin)
    };
    let (roomy, tight) = (fit(CROWN_MARGIN_PX), fit(CROWN_MARGIN_AT_NEED_PX));
    assert!(roomy.bottom < 640.0 - MISSING_ROWS_PX, "{}", roomy.bottom);
    assert!(tight.bottom >= 640.0 - MISSING_ROWS_PX, "{}", tight.bottom);
    assert!(
        GRADUATION.crown_px.holds(tight.crown as f32),
        "{}",
        tight.crown
    );
    assert!(GRADUATION.eye_line_px.holds(tight.eye_line as f32));
}

#[test]
fn high_hair_is_named_where_it_costs_the_bust_and_an_ordinary_head_is_not() {
    let crown = |hair: f64, height: usize| {
        let (capture, upright) = (capture(800, height), upright(222.0, 400.0, 400.0));
        let fit = best_fit(
            &capture,
            &upright,
            400.0 - hair,
            &GRADUATION,
            CROWN_MARGIN_PX,
        );
        crown_at_whole_bust(&fit, &upright, 400.0 - hair, &GRADUATION)
    };
    // 360 rows of bust below the eyes: a knot 280 above them would end at 300 - 280 * 340 / 360
    let knot = crown(280.0, 760).unwrap();
    assert!((knot - 35.6).abs() < 1.0, "{knot}");
    assert_eq!(crown(182.0, 620), None);
    assert_eq!(crown(240.0, 1000), None);
}

#[test]
fn tilt_is_left_step_by_step_and_never_more_than_the_standard_leaves() {
    assert_eq!(turns(0.8, &GRADUATION, true), [0.0]);
    assert_eq!(turns(5.0, &GRADUATION, false), [0.0]);
    assert_eq!(turns(2.5, &GRADUATION, true), [2.5, 1.5, 0.5]);
    assert_eq!(turns(-5.0, &GRADUATION, true), [-5.0, -4.0, -3.0, -2.0]);
}

proptest! {
    #![proptest_config(crate::photo::tests::fixed_cases(32))]
    #[test]
    fn what_the_lowest_place_misses_every_place_misses(
        face in 150.0..400.0_f64, head in 0.8..1.6_f64, chest in 1.0..1.6_f64,
    ) {
        let (eye_y, above) = (700.0, head * face);
        let end = (eye_y + chest * above).round();
        let capture = capture(1000, end as usize);
        let upright = upright(face, 500.0, eye_y);
        let Some(lowest) = lowest_fit(&capture, &upright, eye_y - above, &GRADUATION) else {
            return Ok(());
        };
        let faces = GRADUATION.face_width_px.within(FACE_MARGIN_PX);
        let eyes = GRADUATION.eye_line_px.within(EYE_MARGIN_PX);
        let crowns = GRADUATION.crown_px.within(CROWN_MARGIN_AT_NEED_PX);
        for width in steps(faces, 0.5) {
            let scale = width / face;
            for eye_line in steps(eyes, 0.5).filter(|_| scale <= f64::from(GRADUATION.upscale_most)) {
                if crowns.holds((eye_line - scale * above) as f32) {
                    let bottom = eye_line + scale * (end - 0.5 - eye_y);
                    prop_assert!(bottom <= lowest.bottom + 1e-3, "{bottom} {}", lowest.bottom);
                }
            }
        }
    }

    #[test]
    fn whatever_is_placed_lies_in_the_bands(
        face in 120.0..500.0_f64, head in 0.7..1.15_f64, x in 300.0..700.0_f64, y in 600.0..900.0_f64,
    ) {
        let (capture, upright) = (capture(1000, 4000), upright(face, x, y));
        let fit = best_fit(&capture, &upright, y - head * face, &GRADUATION, CROWN_MARGIN_PX);
        prop_assert!(GRADUATION.face_width_px.holds((fit.scale * face) as f32));
        prop_assert!(GRADUATION.eye_line_px.holds(fit.eye_line as f32));
        prop_assert!(GRADUATION.crown_px.holds(fit.crown as f32), "crown {}", fit.crown);
        prop_assert!(fit.bottom >= 640.0);
    }
}
