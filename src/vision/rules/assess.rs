//! All rules on one picture.

use std::borrow::Cow;

use super::matte::Matte;
use super::mesh::{FRAME_HEIGHT, Mesh};
use super::rasters::{Room, Upright};
use super::reading::Reading;
use super::{
    Context, Finding, Rule, clothes, cover, eyes, geometry, glasses, headwear, light, mouth,
    sharpness, sort_by_importance, wall,
};
use crate::vision::raster::shrink_picture;
use crate::vision::{Look, Picture};

/// Below this probability what the mesh lies on is no face: a flower, a pattern.
const PRESENCE: f32 = 0.5;

/// The readings so far.
struct Readings(Vec<(Rule, Reading)>);

impl Readings {
    fn put(&mut self, rule: Rule, reading: Reading) {
        self.0.push((rule, reading));
    }

    fn findings(self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self
            .0
            .into_iter()
            .map(|(rule, reading)| Finding::of(rule, reading))
            .collect();
        sort_by_importance(&mut findings);
        findings
    }

    /// Every rule that has no reading yet is unknown, or asked.
    fn complete(mut self) -> Self {
        for rule in Rule::ALL {
            if self.0.iter().all(|(known, _)| *known != rule) {
                self.put(rule, Reading::UNKNOWN);
            }
        }
        self
    }
}

/// A finding for every rule, worst first. `look` is what the nets saw in this very picture.
pub fn assess(picture: &Picture, look: &Look, context: &Context<'_>) -> Vec<Finding> {
    let mut readings = Readings(Vec::with_capacity(Rule::ALL.len()));
    let mesh = put_geometry(&mut readings, look, picture.width(), picture.height());
    let Some(mesh) = mesh else {
        return readings.complete().findings();
    };
    let frame = frame_of(picture);
    let matte = Matte::over(&look.mask, mesh.size);
    let face = Upright::of(&frame, &mesh);
    let mut room = Room::of(&frame, &matte, &mesh);
    let plate = context.plate.and_then(|plate| room.plate(plate));
    if let Some(plate) = &plate {
        room.with_plate(plate);
    }
    let plate = plate.as_deref();
    put_face(&mut readings, &mesh, &face, &matte, &room);
    put_room(&mut readings, &mesh, &face, &matte, &room, plate);
    put_clothes(&mut readings, &mesh, &face, &room, context);
    readings.put(Rule::Sharpness, sharpness::sharpness(&frame, &mesh));
    if !context.live {
        readings.put(Rule::Retouched, sharpness::retouched(picture, &mesh));
    }
    readings.complete().findings()
}

/// The rules that need no pixel, in some microseconds: for every live frame. Worst first.
pub fn assess_geometry(look: &Look, width: usize, height: usize) -> Vec<Finding> {
    let mut readings = Readings(Vec::with_capacity(16));
    if let Some(mesh) = put_geometry(&mut readings, look, width, height) {
        readings.put(Rule::MouthClosed, mouth::mouth_closed(&mesh, None));
    }
    readings.findings()
}

fn put_geometry<'a>(
    readings: &mut Readings,
    look: &'a Look,
    width: usize,
    height: usize,
) -> Option<Mesh<'a>> {
    let sizes: Vec<f32> = look.faces.iter().map(|face| face.size_px).collect();
    let mesh = look
        .face
        .as_ref()
        .filter(|face| face.presence() >= PRESENCE)
        .and_then(|face| Mesh::of(face, width, height));
    let Some(mesh) = mesh else {
        readings.put(Rule::OneFace, geometry::one_face(&[]));
        return None;
    };
    let matte = Matte::over(&look.mask, mesh.size);
    // a tracked face has no detections beside it
    readings.put(
        Rule::OneFace,
        geometry::one_face(if sizes.is_empty() { &[1.0] } else { &sizes }),
    );
    readings.put(Rule::Distance, geometry::distance(&mesh));
    readings.put(Rule::Framing, geometry::framing(&mesh));
    readings.put(Rule::Bust, geometry::bust(&mesh, &matte));
    readings.put(Rule::HeadRoll, geometry::head_roll(&mesh));
    readings.put(Rule::HeadYaw, geometry::head_yaw(&mesh));
    readings.put(Rule::HeadPitch, geometry::head_pitch(&mesh));
    readings.put(Rule::Shoulders, geometry::shoulders(&mesh, &matte));
    readings.put(Rule::EyesOpen, eyes::eyes_open(&mesh));
    readings.put(Rule::Gaze, eyes::gaze(&mesh));
    readings.put(Rule::Expression, mouth::expression(&mesh));
    Some(mesh)
}

fn put_face(readings: &mut Readings, mesh: &Mesh, face: &Upright, matte: &Matte, room: &Room) {
    let forehead = cover::forehead_height(mesh, face);
    let ridges = glasses::Ridges::of(mesh, face);
    readings.put(Rule::MouthClosed, mouth::mouth_closed(mesh, Some(face)));
    readings.put(Rule::FaceCovered, cover::face_covered(mesh, face));
    readings.put(Rule::Forehead, cover::forehead(forehead));
    readings.put(Rule::Ears, cover::ears(mesh, face));
    readings.put(
        Rule::Headwear,
        headwear::headwear(mesh, face, matte, room, forehead),
    );
    readings.put(Rule::Glasses, glasses::glasses(&ridges));
    readings.put(
        Rule::TintedGlasses,
        glasses::tinted_glasses(mesh, face, &ridges),
    );
    readings.put(Rule::Glare, glasses::glare(mesh, face, room));
    readings.put(Rule::LightEven, light::light_even(mesh, face));
}

fn put_room(
    readings: &mut Readings,
    mesh: &Mesh,
    face: &Upright,
    matte: &Matte,
    room: &Room,
    plate: Option<&[[f32; 3]]>,
) {
    let tint = light::Tint::of(mesh, face, matte, room);
    let shadow = wall::Shadow::of(mesh, room);
    readings.put(Rule::ColourCast, light::colour_cast(tint, room, plate));
    readings.put(Rule::Exposure, light::exposure(mesh, face, room, plate));
    readings.put(Rule::WallShadow, wall::wall_shadow(shadow));
    readings.put(Rule::WallPlain, wall::wall_plain(room, tint, shadow));
}

fn put_clothes(
    readings: &mut Readings,
    mesh: &Mesh,
    face: &Upright,
    room: &Room,
    context: &Context<'_>,
) {
    let cloth = clothes::Cloth::of(mesh, face, room);
    readings.put(Rule::ClothesBlue, clothes::clothes_blue(&cloth));
    readings.put(Rule::ClothesPlain, clothes::clothes_plain(&cloth, room));
    readings.put(
        Rule::ClothesContrast,
        clothes::clothes_contrast(&cloth, context.output_background),
    );
    readings.put(Rule::Sleeves, clothes::sleeves(&cloth, mesh, room));
}

/// The picture at the height for which the limits were set; a smaller one stays as it is.
fn frame_of(picture: &Picture) -> Cow<'_, Picture> {
    if picture.height() as f32 <= FRAME_HEIGHT {
        return Cow::Borrowed(picture);
    }
    let width = (picture.width() as f32 * FRAME_HEIGHT / picture.height() as f32)
        .round()
        .max(1.0) as usize;
    Picture::from_colours(&shrink_picture(picture, width, FRAME_HEIGHT as usize))
        .map_or(Cow::Borrowed(picture), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::super::{Verdict, overall};
    use super::*;
    use crate::vision::Nets;

    /// The pictures of right and wrong that the booth shows are nobody's, and what is wrong is known.
    macro_rules! shown {
        ($name:literal) => {
            include_bytes!(concat!("../../../assets/pictures/", $name, ".jpg")).as_slice()
        };
    }

    fn findings(bytes: &[u8]) -> Vec<Finding> {
        let picture = Picture::decode(bytes).unwrap();
        let look = Nets::load().unwrap().look(&picture).unwrap();
        assess(&picture, &look, &Context::default())
    }

    #[test]
    fn the_right_picture_passes_and_every_rule_has_a_finding() {
        let findings = findings(shown!("right"));
        let mut rules: Vec<Rule> = findings.iter().map(|f| f.rule).collect();
        assert_ne!(overall(&findings), Verdict::Fail, "{findings:?}");
        rules.sort_unstable();
        assert_eq!(rules, Rule::ALL);
    }

    #[test]
    fn what_is_wrong_comes_first() {
        for (bytes, rule) in [
            (shown!("far"), Rule::Distance),
            (shown!("roll"), Rule::HeadRoll),
            (shown!("yaw"), Rule::HeadYaw),
            (shown!("sidelight"), Rule::LightEven),
            (shown!("eyesclosed"), Rule::EyesOpen),
            (shown!("hat"), Rule::Headwear),
            (shown!("mouthopen"), Rule::MouthClosed),
            (shown!("bluetop"), Rule::ClothesBlue),
        ] {
            let first = findings(bytes)[0];
            assert_eq!((first.rule, first.verdict), (rule, Verdict::Fail));
            assert!(first.score.is_some_and(|score| score >= 1.0));
        }
    }

    #[test]
    fn an_empty_wall_is_nobody_and_nothing_more() {
        let wall = Picture::from_rgb(64, 48, vec![220; 64 * 48 * 3]).unwrap();
        let nothing = Look {
            faces: Vec::new(),
            face: None,
            mask: crate::vision::Plane::filled(256, 256, 0.0),
        };
        let findings = assess(&wall, &nothing, &Context::default());
        assert_eq!(
            (findings[0].rule, findings[0].verdict),
            (Rule::OneFace, Verdict::Fail)
        );
        assert!(
            findings[1..]
                .iter()
                .all(|f| matches!(f.verdict, Verdict::Unknown | Verdict::Asked))
        );
    }

    #[test]
    fn a_live_frame_is_not_asked_for_retouching_and_geometry_agrees_with_the_whole() {
        let picture = Picture::decode(shown!("right")).unwrap();
        let look = Nets::load().unwrap().look(&picture).unwrap();
        let live = Context {
            live: true,
            ..Context::default()
        };
        let whole = assess(&picture, &look, &live);
        assert!(
            whole
                .iter()
                .any(|f| f.rule == Rule::Retouched && f.verdict == Verdict::Unknown)
        );
        for quick in assess_geometry(&look, picture.width(), picture.height()) {
            let same = whole.iter().find(|f| f.rule == quick.rule).unwrap();
            assert_eq!((same.verdict, same.value), (quick.verdict, quick.value));
        }
    }

    #[test]
    fn a_plate_tells_that_the_lamps_have_failed() {
        let right = Picture::decode(shown!("right")).unwrap();
        let look = Nets::load().unwrap().look(&right).unwrap();
        let with = |plate: &Picture| {
            let context = Context {
                plate: Some(plate),
                ..Context::default()
            };
            assess(&right, &look, &context)
        };
        let exposure = |findings: &[Finding]| {
            findings
                .iter()
                .find(|f| f.rule == Rule::Exposure)
                .map(|f| f.verdict)
        };
        // a plate three times as bright as the wall now: the lamps have failed
        let bright =
            Picture::from_rgb(right.width(), right.height(), vec![255; right.rgb().len()]).unwrap();
        let dark: Vec<u8> = right.rgb().iter().map(|v| v / 2).collect();
        let dark = Picture::from_rgb(right.width(), right.height(), dark).unwrap();
        let dark_look = Look { ..look.clone() };
        let context = Context {
            plate: Some(&bright),
            ..Context::default()
        };
        assert_eq!(
            exposure(&assess(&dark, &dark_look, &context)),
            Some(Verdict::Fail)
        );
        assert_ne!(exposure(&with(&right)), Some(Verdict::Fail));
    }
}
