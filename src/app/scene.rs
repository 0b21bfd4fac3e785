//! What is known of the booth from measuring it in, and whether it still looks so.

use std::sync::Arc;

use jiff::Timestamp;

use crate::admin::SceneState;
use crate::session::Settings;
use crate::store::calibration::KeptCalibration;
use crate::vision::measuring::Calibration;
use crate::vision::rules::{Ruler, SceneFit};
use crate::vision::{Capture, Picture};

/// So many looks in a row have to agree: lamps flicker, and a sleeve may cross the wall.
const LOOKS: u32 = 8;

/// The calibration in use; empty for a booth that was never measured in.
#[derive(Default)]
pub struct KnownScene {
    calibration: Option<Calibration>,
    plate: Option<Arc<Picture>>,
    taken_at: Option<Timestamp>,
    state: SceneState,
    candidate: (SceneState, u32),
}

impl KnownScene {
    /// From the store. What cannot be read is as if it had never been measured.
    pub fn read(kept: &KeptCalibration) -> Self {
        let calibration = serde_json::from_str(&kept.facts).ok();
        let plate = Picture::decode(&kept.plate).ok().map(Arc::new);
        if calibration.is_none() || plate.is_none() {
            tracing::warn!("the calibration cannot be read; measure the booth in again");
        }
        Self {
            calibration,
            plate,
            taken_at: Some(kept.taken_at),
            ..Self::default()
        }
    }

    /// As the store keeps it; `None` only if the figures are no numbers.
    pub fn kept(found: &Calibration, plate: &Capture) -> Option<KeptCalibration> {
        Some(KeptCalibration {
            taken_at: plate.taken_at,
            facts: serde_json::to_string(found).ok()?,
            plate: plate.jpeg.to_vec(),
        })
    }

    /// The empty booth.
    pub fn plate(&self) -> Option<Arc<Picture>> {
        self.plate.clone()
    }

    /// Centimetres from pixels.
    pub fn ruler(&self) -> Option<Ruler> {
        self.calibration.map(|found| found.ruler())
    }

    /// Tells the session where the mark is and how wide a face is there.
    pub fn tell(&self, settings: &mut Settings) {
        let (Some(plate), Some(calibration)) = (&self.plate, self.calibration) else {
            return;
        };
        let aspect = plate.width() as f32 / plate.height() as f32;
        let share = calibration.face_share(aspect).clamp(0.0, 1.0);
        settings.face_permille = (share * 1000.0).round() as u16;
        settings.mark_cm = Some(calibration.mark_cm.round() as u16);
    }

    /// When the booth was measured in.
    pub fn taken_at(&self) -> Option<Timestamp> {
        self.taken_at
    }

    /// Whether the booth still looks so.
    pub fn state(&self) -> SceneState {
        self.state
    }

    /// The next look at the wall behind a student.
    pub fn looks(&mut self, fit: SceneFit) {
        let now = if fit.light_changed() {
            SceneState::LightChanged
        } else if fit.view_changed() {
            SceneState::ViewChanged
        } else {
            SceneState::Fits
        };
        let (before, times) = self.candidate;
        self.candidate = (now, if now == before { times + 1 } else { 1 });
        if self.candidate.1 >= LOOKS && self.state != now {
            self.state = now;
            tracing::info!(state = ?now, "the booth against its clean plate");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_when_it_lasts() {
        let fit = |light| SceneFit {
            light,
            tint: 0.0,
            shape: 0.02,
        };
        let mut scene = KnownScene::default();
        for _ in 0..LOOKS {
            scene.looks(fit(0.0));
        }
        assert_eq!(scene.state(), SceneState::Fits);
        scene.looks(fit(-0.7));
        assert_eq!(scene.state(), SceneState::Fits);
        for _ in 0..LOOKS {
            scene.looks(fit(-0.7));
        }
        assert_eq!(scene.state(), SceneState::LightChanged);
    }
}
