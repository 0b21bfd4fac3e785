//! What cannot become a standard photo, and why. Rules about the person (clothes, ears, glasses) are not asked here.

use super::geometry::{MISSING_ROWS_PX, Placement};
use super::matte::Figures;
use super::reason::{Reason, Refusal, Unit};
use crate::standard::Preset;
use crate::vision::rules::{Finding, Rule, Verdict};
use crate::vision::{Face, FoundFace};

/// Another face counts from this share of the largest one's size: a poster far behind is no second person.
const SECOND_FACE_SHARE: f32 = 0.3;
/// Below this probability the points do not lie on a face.
const LEAST_PRESENCE: f32 = 0.5;
/// Turn of the head at which half the face is lost, in degrees.
const MOST_YAW_DEG: f32 = 9.6;
/// A wall less even than this cannot be told from the person (a plate helps).
const MOST_UNEVENNESS: f32 = 0.10;
/// A backdrop that is to be seen in the photo must be far more even.
const MOST_UNEVENNESS_KEPT: f32 = 0.03;
/// More of the far background than this taken for person: something else stands there.
const MOST_ALIEN: f32 = 0.01;
/// More of the wall than this burnt out: white cloth has gone with it.
const MOST_BURNT: f32 = 0.3;
/// More of the outline than this equal to the wall: the edge is guesswork.
const MOST_WEAK: f32 = 0.25;
/// More of the trusted inside than this taken for wall.
const MOST_HOLES: f32 = 0.02;
/// More of the cloth than this lost between mask and matte: a hole that the colours do not show.
const MOST_LOST_CLOTH: f32 = 0.01;
/// The person leaves the capture by more than this share of the photo.
const MOST_CUT: f32 = 1e-4;

/// Light that uses up this many limits is beyond repair, and beyond asking.
const HOPELESS_LIGHT_SCORE: f32 = 1.5;

/// Whether the light is so far beyond a rule's limit that no standard photo can come of it. The engine itself sees
/// only the wall's light; who has measured the rules asks this too.
pub fn is_hopeless_light(finding: &Finding) -> bool {
    matches!(finding.rule, Rule::LightEven | Rule::Exposure)
        && finding.verdict == Verdict::Fail
        && finding
            .score
            .is_some_and(|score| score >= HOPELESS_LIGHT_SCORE)
}

/// Collects what lies beyond its limit.
#[derive(Default)]
struct Reasons(Vec<Reason>);

impl Reasons {
    fn above(&mut self, rule: Rule, value: f32, limit: f32, unit: Unit) {
        if value > limit {
            self.0.push(Reason {
                rule,
                value,
                limit,
                unit,
            });
        }
    }
}

/// Exactly one face must be there.
pub(super) fn of_faces(found: &[FoundFace], face: Option<&Face>) -> Result<(), Refusal> {
    let largest = found.first().map_or(0.0, |f| f.size_px);
    let count = found
        .iter()
        .filter(|f| f.size_px >= SECOND_FACE_SHARE * largest)
        .count();
    let mut reasons = Vec::new();
    if count != 1 {
        reasons.push(Reason {
            rule: Rule::OneFace,
            value: count as f32,
            limit: 1.0,
            unit: Unit::Faces,
        });
    } else if let Some(face) = face.filter(|face| face.presence() < LEAST_PRESENCE) {
        let (value, limit) = (face.presence(), LEAST_PRESENCE);
        reasons.push(Reason {
            rule: Rule::OneFace,
            value,
            limit,
            unit: Unit::Probability,
        });
    }
    Refusal::unless_empty(reasons)
}

/// The head must stand straight, or straight enough to be straightened where that is allowed.
pub(super) fn of_pose(face: &Face, preset: &Preset, straighten: bool) -> Result<(), Refusal> {
    let roll = if straighten {
        preset.roll_straightened_deg
    } else {
        preset.roll_left_deg
    };
    let mut reasons = Reasons::default();
    reasons.above(Rule::HeadRoll, face.roll_deg().abs(), roll, Unit::Deg);
    reasons.above(Rule::HeadYaw, face.yaw_deg().abs(), MOST_YAW_DEG, Unit::Deg);
    Refusal::unless_empty(reasons.0)
}

/// The head must be there, fit into the bands, and the bust reach the lower edge.
pub(super) fn of_placement(placement: &Placement, preset: &Preset) -> Result<(), Refusal> {
    let Some(crown) = placement.crown_px.map(|crown| crown as f32) else {
        // two dots and a line look like a face to a net; a drawing has no head that stands out from the wall
        return Err(Refusal {
            reasons: vec![Reason {
                rule: Rule::OneFace,
                value: 0.0,
                limit: 1.0,
                unit: Unit::Faces,
            }],
        });
    };
    let mut reasons = Reasons::default();
    reasons.above(
        Rule::Bust,
        placement.missing_rows_px as f32,
        MISSING_ROWS_PX as f32,
        Unit::Px,
    );
    if let Some(crown) = placement.crown_at_whole_bust_px {
        reasons.0.push(Reason {
            rule: Rule::HairHeight,
            value: crown as f32,
            limit: preset.crown_px.nearest(crown as f32),
            unit: Unit::Px,
        });
    }
    if placement.scale > f64::from(preset.upscale_most) + 1e-3 {
        let (value, limit) = (
            placement.face_width_px,
            placement.face_width_px * placement.scale / f64::from(preset.upscale_most),
        );
        reasons.0.push(Reason {
            rule: Rule::Distance,
            value: value as f32,
            limit: limit as f32,
            unit: Unit::Px,
        });
    }
    let head = placement.head_height_px as f32;
    if let Some(band) = preset.head_height_px.filter(|band| !band.holds(head)) {
        reasons.0.push(Reason {
            rule: Rule::Framing,
            value: head,
            limit: band.nearest(head),
            unit: Unit::Px,
        });
    }
    if !preset.crown_px.holds(crown) {
        let limit = preset.crown_px.nearest(crown);
        reasons.0.push(Reason {
            rule: if crown < limit {
                Rule::HairHeight
            } else {
                Rule::Framing
            },
            value: crown,
            limit,
            unit: Unit::Px,
        });
    }
    Refusal::unless_empty(reasons.0)
}

/// Wall and light must carry a matte.
pub(super) fn of_matte(figures: &Figures) -> Result<(), Refusal> {
    let mut reasons = Reasons::default();
    reasons.above(
        Rule::Exposure,
        figures.wall_burnt_share,
        MOST_BURNT,
        Unit::Share,
    );
    reasons.above(Rule::Bust, figures.cut_head_share, MOST_CUT, Unit::Share);
    reasons.above(Rule::Framing, figures.cut_side_share, MOST_CUT, Unit::Share);
    reasons.above(
        Rule::WallPlain,
        figures.wall_unevenness,
        MOST_UNEVENNESS,
        Unit::Colour,
    );
    reasons.above(
        Rule::WallPlain,
        figures.alien_share,
        MOST_ALIEN,
        Unit::Share,
    );
    reasons.above(
        Rule::ClothesContrast,
        figures.weak_outline_share,
        MOST_WEAK,
        Unit::Share,
    );
    reasons.above(
        Rule::ClothesContrast,
        figures.hole_share,
        MOST_HOLES,
        Unit::Share,
    );
    reasons.above(
        Rule::ClothesContrast,
        figures.lost_cloth_share,
        MOST_LOST_CLOTH,
        Unit::Share,
    );
    Refusal::unless_empty(reasons.0)
}

/// A real backdrop is kept only where it is uniform and fills the photo.
pub(super) fn of_kept_background(unevenness: f32, covered_share: f32) -> Result<(), Refusal> {
    let missing = 1.0 - covered_share;
    let mut reasons = Reasons::default();
    reasons.above(Rule::Framing, missing, 0.0, Unit::Share);
    reasons.above(
        Rule::WallPlain,
        unevenness,
        MOST_UNEVENNESS_KEPT,
        Unit::Colour,
    );
    Refusal::unless_empty(reasons.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(size_px: f32) -> FoundFace {
        FoundFace {
            centre_px: [0.0; 2],
            size_px,
            score: 0.9,
            tilt_rad: 0.0,
        }
    }

    #[test]
    fn nobody_and_two_people_are_refused_but_a_poster_far_behind_is_not() {
        let value = |faces: &[FoundFace]| {
            of_faces(faces, None).map_err(|refusal| refusal.reasons[0].value as usize)
        };
        assert_eq!(value(&[]), Err(0));
        assert_eq!(value(&[found(200.0), found(150.0)]), Err(2));
        assert_eq!(value(&[found(200.0), found(40.0)]), Ok(()));
    }

    #[test]
    fn reasons_come_in_the_order_of_the_rules() {
        let figures = Figures {
            wall_unevenness: 0.3,
            wall_noise: 0.01,
            wall_burnt_share: 0.9,
            alien_share: 0.0,
            weak_outline_share: 0.0,
            hole_share: 0.5,
            lost_cloth_share: 0.0,
            cut_head_share: 0.0,
            cut_side_share: 0.0,
        };
        let rules: Vec<Rule> = of_matte(&figures)
            .unwrap_err()
            .reasons
            .iter()
            .map(|r| r.rule)
            .collect();
        assert_eq!(
            rules,
            [Rule::Exposure, Rule::WallPlain, Rule::ClothesContrast]
        );
    }
}
