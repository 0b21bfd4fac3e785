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
