//! Pictures that show nobody.

use super::made;
use crate::photo::{Options, PhotoError};
use crate::vision::rules::Rule;
use crate::vision::{Nets, Picture};

/// A child's drawing: a round head with dots for eyes and a line for a mouth, on a stick.
fn drawing() -> Picture {
    let picture = image::RgbImage::from_fn(900, 1200, |x, y| {
        let (x, y) = (f64::from(x) - 450.0, f64::from(y) - 450.0);
        let from = |u: f64, v: f64| (x - u).hypot(y - v);
        let head = (from(0.0, 0.0) - 260.0).abs() < 6.0;
        let eyes = from(-90.0, -60.0) < 16.0 || from(90.0, -60.0) < 16.0;
        let mouth = (from(0.0, 20.0) - 120.0).abs() < 5.0 && y > 80.0;
        let body = x.abs() < 5.0 && y > 260.0;
        image::Rgb(if head || eyes || mouth || body {
            [40, 60, 150]
        } else {
            [250, 248, 240]
        })
    });
    Picture::from_rgb(900, 1200, picture.into_raw()).unwrap()
}

/// Hills before a sky, a sun, a tree.
fn landscape() -> Picture {
    let picture = image::RgbImage::from_fn(1600, 900, |x, y| {
        let (x, y) = (f64::from(x), f64::from(y));
        let grain = ((x * 12.9898 + y * 78.233).sin() * 43_758.545).fract() * 12.0;
        let rgb = if (x - 1200.0).hypot(y - 180.0) < 60.0 {
            [250.0, 230.0, 140.0]
        } else if (x - 400.0).hypot(y - 430.0) < 120.0 {
            [40.0, 90.0 + grain, 35.0]
        } else if y > 560.0 + 70.0 * (x / 210.0).sin() {
            [90.0 + grain, 140.0 + grain, 60.0]
        } else {
            [120.0 + y / 9.0, 170.0 + y / 12.0, 230.0]
        };
        image::Rgb(rgb.map(|v: f64| v as u8))
    });
    Picture::from_rgb(1600, 900, picture.into_raw()).unwrap()
}

#[test]
fn a_drawing_and_a_landscape_show_nobody() {
    let nets = Nets::load().unwrap();
    for picture in [drawing(), landscape()] {
        let Err(PhotoError::Refused(refusal)) = made(&picture, &nets, &Options::default()) else {
            panic!("somebody was seen");
        };
        let reason = refusal.reasons[0];
        assert_eq!((reason.rule, refusal.reasons.len()), (Rule::OneFace, 1));
        assert!(reason.value < 0.5, "{reason:?}");
    }
}
