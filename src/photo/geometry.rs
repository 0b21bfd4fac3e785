//! Where the person goes in the photo: from the face alone, never from the outline of a mask.
//!
//! Uniform scale and shift, and a turn only where the collection allows straightening. What the capture does not
//! show is missed and said, never slid, stretched or invented.

use super::silhouette::Silhouette;
use super::upright::Upright;
use crate::standard::{Band, Preset};
use crate::vision::raster::Affine;
use crate::vision::{Face, Nets, Picture, VisionError};

/// Tilt that is never taken out: turning costs sharpness and gains nothing.
const ROLL_NEVER_TURNED_DEG: f64 = 1.0;
/// Tilt that is left, of what the standard leaves, until the bust reaches the lower edge: a turn lifts one lower
/// corner of the capture into the photo.
const TILTS_LEFT_DEG: [f64; 4] = [0.0, 1.0, 2.0, 3.0];
/// Room inside the standard's bands for the noise of the landmarks, in pixels of a photo whose face is
/// [`FACE_PX`] wide; as much less as the face is smaller.
const FACE_MARGIN_PX: f32 = 6.0;
const EYE_MARGIN_PX: f32 = 2.0;
const CROWN_MARGIN_PX: f32 = 3.0;
/// ... and what of it is left where high hair would else cost rows of the bust. The eye line keeps its room: the
/// crown is measured on the wall itself, the eyes by a net.
const CROWN_MARGIN_AT_NEED_PX: f32 = 1.0;
const FACE_PX: f32 = 222.0;
/// Rows that the capture may miss at the lower edge: the rounding of a pixel, nothing is invented.
pub const MISSING_ROWS_PX: f64 = 0.5;
/// The crown stands this many face widths above the eyes at most, where the hair lies on the head.
const USUAL_HAIR: f64 = 1.06;
/// Deviations from the aim that cost the same, in the same pixels.
const FACE_UNIT_PX: f64 = 40.0;
const CROWN_UNIT_PX: f64 = 16.0;
const EYE_UNIT_PX: f64 = 25.0;

/// Where the person goes.
pub struct Placement {
    /// From capture pixels to photo pixels.
    pub to_photo: Affine,
    /// Photo pixels per capture pixel.
    pub scale: f64,
    /// Degrees by which the capture was turned, against the tilt.
    pub turned_deg: f64,
    /// Row of the crown in the photo; `None` when no crown was found.
    pub crown_px: Option<f64>,
    /// Height of the head in the photo, from crown to chin.
    pub head_height_px: f64,
    /// Width of the face in the capture.
    pub face_width_px: f64,
    /// Rows at the lower edge that the capture does not cover.
    pub missing_rows_px: f64,
    /// Where high hair would stand if the whole bust were in the photo; `None` where it is, or hair is not the cause.
    pub crown_at_whole_bust_px: Option<f64>,
    /// The coarse mask it was found with.
    pub silhouette: Silhouette,
}

impl Placement {
    /// The best place in the standard's bands. With `straighten`, tilt is taken out; if that costs the bust at a
    /// lower corner, only as far as it does not.
    pub fn find(
        capture: &Picture,
        plate: Option<&Picture>,
        face: &Face,
        nets: &Nets,
        preset: &Preset,
        straighten: bool,
    ) -> Result<Self, VisionError> {
        let mut best: Option<Self> = None;
        for turned_deg in turns(f64::from(face.roll_deg()), preset, straighten) {
            let upright = Upright::new(face, turned_deg);
            let silhouette = Silhouette::measure(capture, plate, nets, &upright)?;
            let found = Self::of(capture, &upright, silhouette, turned_deg, preset);
            if found.missing_rows_px <= MISSING_ROWS_PX {
                return Ok(found);
            }
            if best
                .as_ref()
                .is_none_or(|known| found.missing_rows_px < known.missing_rows_px)
            {
                best = Some(found);
            }
        }
        best.ok_or(VisionError::Run {
            name: "geometry",
            reason: "no turn was tried".to_owned(),
        })
    }

    fn of(
        capture: &Picture,
        upright: &Upright,
        silhouette: Silhouette,
        turned_deg: f64,
        preset: &Preset,
    ) -> Self {
        let crown_y = silhouette
            .crown_y
            .unwrap_or(upright.eye_y - 0.8 * upright.face_width);
        let missing = |fit: &Fit| (preset.height_px as f64 - fit.bottom).max(0.0);
        let mut best = best_fit(capture, upright, crown_y, preset, CROWN_MARGIN_PX);
        if missing(&best) > 0.0 {
            best = best_fit(capture, upright, crown_y, preset, CROWN_MARGIN_AT_NEED_PX);
        }
        if missing(&best) > MISSING_ROWS_PX
            && let Some(lowest) = lowest_fit(capture, upright, crown_y, preset)
            && missing(&lowest) < missing(&best)
        {
            best = lowest;
        }
        let shift = [
            preset.width_px as f64 / 2.0 - 0.5 - best.scale * upright.centre_x,
            best.eye_line - best.scale * upright.eye_y,
        ];
        Self {
            to_photo: upright
                .turn
                .then(&Affine::turn_scale_shift(0.0, best.scale, shift)),
            scale: best.scale,
            turned_deg,
            crown_px: silhouette.crown_y.map(|_| best.crown),
            head_height_px: best.scale * (upright.chin_y - crown_y),
            face_width_px: upright.face_width,
            missing_rows_px: missing(&best),
            crown_at_whole_bust_px: (missing(&best) > MISSING_ROWS_PX)
                .then(|| crown_at_whole_bust(&best, upright, crown_y, preset))
                .flatten(),
            silhouette,
        }
    }

    /// From the coarse mask's pixels to photo pixels.
    pub fn mask_to_photo(&self) -> Affine {
        let silhouette = &self.silhouette;
        silhouette
            .mask_to_square()
            .then(&silhouette.to_square.inverse())
            .then(&self.to_photo)
    }
}

/// With the eye line as low as it may be and the bust down to the edge, the crown of hair that is higher than usual.
fn crown_at_whole_bust(fit: &Fit, upright: &Upright, crown_y: f64, preset: &Preset) -> Option<f64> {
    let hair = upright.eye_y - crown_y;
    let lowest_eyes = f64::from(preset.eye_line_px.most);
    let below = (fit.bottom - fit.eye_line) / fit.scale;
    let scale = (preset.height_px as f64 - lowest_eyes) / below.max(1.0);
    let crown = lowest_eyes - scale * hair;
    let too_high = crown < f64::from(preset.crown_px.least);
    (too_high && hair > USUAL_HAIR * upright.face_width).then_some(crown)
}

struct Fit {
    cost: f64,
    scale: f64,
    eye_line: f64,
    crown: f64,
    bottom: f64,
}

/// The turns worth trying, the best first: as little tilt left as can be.
fn turns(roll: f64, preset: &Preset, straighten: bool) -> Vec<f64> {
    if !straighten || roll.abs() <= ROLL_NEVER_TURNED_DEG {
        return vec![0.0];
    }
    let most = roll.abs().min(f64::from(preset.roll_left_deg));
    let left = TILTS_LEFT_DEG.into_iter().filter(|left| *left <= most);
    left.map(|left| roll - left.copysign(roll)).collect()
}

/// Tries every face width and eye line; the standard's bands are held but for what the capture makes impossible.
fn best_fit(
    capture: &Picture,
    upright: &Upright,
    crown_y: f64,
    preset: &Preset,
    crown_margin_px: f32,
) -> Fit {
    let (aim, height) = (preset.aim, preset.height_px as f64);
    let size = aim.face_width_px / FACE_PX;
    let unit = f64::from(size);
    let crowns = preset.crown_px.within(crown_margin_px * size);
    let mut best = Fit {
        cost: f64::INFINITY,
        scale: 1.0,
        eye_line: 0.0,
        crown: 0.0,
        bottom: 0.0,
    };
    for face_width in steps(preset.face_width_px.within(FACE_MARGIN_PX * size), 1.0) {
        let scale = face_width / upright.face_width;
        let lower_edge = upright.lower_edge(capture, preset.width_px as f64 / 2.0 / scale);
        let head = (scale * (upright.chin_y - crown_y)) as f32;
        let heads = preset
            .head_height_px
            .map(|b| b.within(CROWN_MARGIN_PX * size));
        let head_outside = heads.map_or(0.0, |b| f64::from((head - b.nearest(head)).abs()));
        for eye_line in steps(preset.eye_line_px.within(EYE_MARGIN_PX * size), 2.0 * unit) {
            let crown = eye_line - scale * (upright.eye_y - crown_y);
            let bottom = eye_line + scale * (lower_edge - upright.eye_y);
            let outside = (crown - f64::from(crowns.nearest(crown as f32))).abs();
            let off = |value: f64, aim: f32, limit: f64| {
                ((value - f64::from(aim)) / (limit * unit)).powi(2)
            };
            let cost = off(face_width, aim.face_width_px, FACE_UNIT_PX)
                + off(crown, aim.crown_px, CROWN_UNIT_PX)
                + off(eye_line, aim.eye_line_px, EYE_UNIT_PX)
                + 1000.0 * (outside + head_outside)
                + 1e4 * (scale - f64::from(preset.upscale_most)).max(0.0)
                + 100.0 * (height + 0.5 - bottom).max(0.0);
            if cost < best.cost {
                best = Fit {
                    cost,
                    scale,
                    eye_line,
                    crown,
                    bottom,
                };
            }
        }
    }
    best
}

/// The one place in the bands that reaches farthest down: the eyes as low as they may be, the head as large as the crown
/// then lets it. A lower eye line only helps, and so does a larger head, so where this misses rows every place does:
/// hair stands too high for what the capture shows of the chest. `None` where the face would leave its band.
fn lowest_fit(capture: &Picture, upright: &Upright, crown_y: f64, preset: &Preset) -> Option<Fit> {
    let size = preset.aim.face_width_px / FACE_PX;
    let faces = preset.face_width_px.within(FACE_MARGIN_PX * size);
    let crowns = preset.crown_px.within(CROWN_MARGIN_AT_NEED_PX * size);
    let eyes = preset.eye_line_px.within(EYE_MARGIN_PX * size);
    let eye_line = f64::from(eyes.most);
    let above = (upright.eye_y - crown_y).max(1.0);
    let scale = ((eye_line - f64::from(crowns.least)) / above)
        .min(f64::from(faces.most) / upright.face_width)
        .min(f64::from(preset.upscale_most));
    let lower_edge = upright.lower_edge(capture, preset.width_px as f64 / 2.0 / scale);
    let head = (scale * (upright.chin_y - crown_y)) as f32;
    let crown = eye_line - scale * above;
    let holds = faces.holds((scale * upright.face_width) as f32)
        && crowns.nearest(crown as f32) - (crown as f32) < 1e-3
        && crown as f32 <= crowns.most
        && preset.head_height_px.is_none_or(|band| band.holds(head));
    holds.then_some(Fit {
        cost: f64::INFINITY,
        scale,
        eye_line,
        crown,
        bottom: eye_line + scale * (lower_edge - upright.eye_y),
    })
}

/// From whole pixel on, so that the aim itself is tried.
fn steps(band: Band, step: f64) -> impl Iterator<Item = f64> {
    let first = f64::from(band.least.ceil());
    let count = (f64::from(band.most) - first) / step;
    (0..=count.max(0.0) as usize).map(move |i| first + step * i as f64)
}

#[cfg(test)]
mod tests;
