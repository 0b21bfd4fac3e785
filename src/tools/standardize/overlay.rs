//! The photo with the standard's bands laid on it and what was measured in it, twice as large: for people who would
//! rather look than read numbers.

use super::canvas::{Canvas, Letters};
use crate::photo::StandardPhoto;
use crate::standard::{Band, Preset};
use crate::vision::Picture;

/// Drawn pixels per photo pixel.
const TIMES: usize = 2;
const BAND: [u8; 3] = [0, 150, 60];
const BAND_SHARE: f32 = 0.22;
const INSIDE: [u8; 3] = [0, 110, 40];
const OUTSIDE: [u8; 3] = [200, 0, 0];
const LETTER_PX: f32 = 20.0;

/// As PNG.
pub(super) fn drawn(photo: &StandardPhoto, preset: &Preset) -> Result<Vec<u8>, String> {
    let picture = Picture::decode(photo.jpeg()).map_err(|e| e.to_string())?;
    let (width, height) = (picture.width() * TIMES, picture.height() * TIMES);
    let mut canvas = Canvas::new(width, height, [255; 3]);
    let mut letters = Letters::new();
    canvas.paste(&picture, (0, 0), TIMES);
    let checked = &photo.record().result.checked;
    let rows = [
        ("crown", checked.crown_px, preset.crown_px),
        ("eyes", checked.eye_line_px, preset.eye_line_px),
    ];
    for (name, value, band) in rows {
        canvas.fill(0..width, drawn_range(band), BAND, BAND_SHARE);
        let (at, colour) = (drawn_at(value), colour_of(value, band));
        canvas.fill(0..width, at..at + TIMES, colour, 1.0);
        let words = words(name, value, band);
        letters.write(&mut canvas, (8, at + 4), LETTER_PX, colour, &words);
    }
    draw_width(&mut canvas, &mut letters, photo, preset);
    canvas.png()
}

/// The face's width as a bar below the eyes, between the widths that the standard allows.
fn draw_width(canvas: &mut Canvas, letters: &mut Letters, photo: &StandardPhoto, preset: &Preset) {
    let checked = &photo.record().result.checked;
    let (value, band) = (checked.face_width_px, preset.face_width_px);
    let middle = preset.width_px as f32 / 2.0 + checked.off_centre_px;
    let top = drawn_at(checked.eye_line_px + 0.25 * value);
    let (bar, height) = (top..top + 3 * TIMES, 12 * TIMES);
    let edge = |width: f32, side: f32| drawn_at(middle + side * width / 2.0);
    for side in [-1.0, 1.0] {
        let (a, b) = (edge(band.least, side), edge(band.most, side));
        canvas.fill(
            a.min(b)..a.max(b),
            top..top + height,
            BAND,
            2.0 * BAND_SHARE,
        );
    }
    let colour = colour_of(value, band);
    canvas.fill(edge(value, -1.0)..edge(value, 1.0), bar, colour, 1.0);
    let words = words("face", value, band);
    letters.write(canvas, (8, top + 4), LETTER_PX, colour, &words);
}

fn words(name: &str, value: f32, band: Band) -> String {
    format!("{name} {value:.0} px ({:.0}-{:.0})", band.least, band.most)
}

fn colour_of(value: f32, band: Band) -> [u8; 3] {
    if band.holds(value) { INSIDE } else { OUTSIDE }
}

fn drawn_at(photo_px: f32) -> usize {
    (photo_px.max(0.0) * TIMES as f32) as usize
}

fn drawn_range(band: Band) -> std::ops::Range<usize> {
    drawn_at(band.least)..drawn_at(band.most)
}
