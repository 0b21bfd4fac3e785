//! One picture being measured: which rule reads what.
//!
//! Rules are asked one by one, in any order and as few as wanted; what several of them read (the upright face, the
//! small room, ridges, tint, cloth) is made when the first one asks for it. So a live frame that is asked for some
//! rules pays for those only, and a still that is asked for all pays for nothing twice. No limit stands here.

use std::cell::OnceCell;

use super::clothes::Cloth;
use super::glasses::Ridges;
use super::light::Tint;
use super::matte::Matte;
use super::mesh::{Mesh, frame_size};
use super::rasters::{Near, Room, Upright, Wall};
use super::reading::Reading;
use super::wall::Shadow;
use super::{
    Context, Finding, Rule, SceneFit, clothes, cover, eyes, geometry, glasses, headwear, light,
    mouth, sharpness, wall,
};
use crate::vision::{Look, Picture};

/// Below this probability what the mesh lies on is no face: a flower, a pattern.
const PRESENCE: f32 = 0.5;

/// A picture, what the nets saw in it, and what it is held against.
pub struct Examination<'a> {
    picture: &'a Picture,
    context: Context<'a>,
    mesh: Option<Mesh<'a>>,
    matte: Matte<'a>,
    /// Sizes of the detected faces; one where a tracked face was not detected anew.
    sizes: Vec<f32>,
    /// The wall as an earlier frame of the same scene showed it.
    wall_before: Option<Wall>,
    near: OnceCell<Near<'a>>,
    face: OnceCell<Upright>,
    room: OnceCell<Room>,
    forehead: OnceCell<f32>,
    ridges: OnceCell<Ridges>,
    tint: OnceCell<Option<Tint>>,
    shadow: OnceCell<Option<Shadow>>,
    cloth: OnceCell<Cloth>,
}

impl<'a> Examination<'a> {
    /// Nothing is measured yet.
    pub fn of(picture: &'a Picture, look: &'a Look, context: Context<'a>) -> Self {
        let (width, height) = (picture.width(), picture.height());
        let mesh = look
            .face
            .as_ref()
            .filter(|face| face.presence() >= PRESENCE)
            .and_then(|face| Mesh::of(face, &look.expressions, width, height));
        let sizes: Vec<f32> = look.faces.iter().map(|face| face.size_px).collect();
        let (size, _) = frame_size(width, height);
        Self {
            picture,
            context,
            mesh,
            matte: Matte::over(&look.mask, size),
            sizes: if sizes.is_empty() { vec![1.0] } else { sizes },
            wall_before: None,
            near: OnceCell::new(),
            face: OnceCell::new(),
            room: OnceCell::new(),
            forehead: OnceCell::new(),
            ridges: OnceCell::new(),
            tint: OnceCell::new(),
            shadow: OnceCell::new(),
            cloth: OnceCell::new(),
        }
    }

    /// With the wall of an earlier frame of the same scene, for rules of the face that need no more of the room.
    #[must_use]
    pub fn before_wall(self, wall: Option<Wall>) -> Self {
        Self {
            wall_before: wall,
            ..self
        }
    }

    /// The finding of one rule.
    pub fn finding(&self, rule: Rule) -> Finding {
        let reading = match &self.mesh {
            Some(mesh) => self.reading(rule, mesh),
            None => self.without_face(rule),
        };
        Finding::of(rule, reading)
    }

    /// The findings of these rules.
    pub fn findings(&self, rules: &[Rule]) -> Vec<Finding> {
        rules.iter().map(|rule| self.finding(*rule)).collect()
    }

    /// The wall's colour, where a person and enough wall are in view.
    pub fn wall(&self) -> Option<Wall> {
        let mesh = self.mesh.as_ref()?;
        self.wall_before.or_else(|| self.room(mesh).wall)
    }

    /// How far the eyes are open, lid gap of eye width; `None` without a face.
    pub fn lid_gap(&self) -> Option<f32> {
        self.mesh.as_ref().map(eyes::lid_gap)
    }

    /// How well the wall still fits the clean plate; `None` without a plate, a person or a wall.
    pub fn scene_fit(&self) -> Option<SceneFit> {
        let mesh = self.mesh.as_ref()?;
        self.room(mesh).fit()
    }

    fn reading(&self, rule: Rule, mesh: &Mesh<'_>) -> Reading {
        match rule {
            Rule::OneFace => geometry::one_face(&self.sizes),
            Rule::Distance => geometry::distance(mesh),
            Rule::HeadRoll => geometry::head_roll(mesh),
            Rule::HeadYaw => geometry::head_yaw(mesh),
            Rule::HeadPitch => geometry::head_pitch(mesh),
            Rule::HairHeight => geometry::hair_height(mesh, &self.matte),
            Rule::Bust => geometry::bust(mesh, &self.matte, self.context.live),
            Rule::Framing => geometry::framing(mesh),
            Rule::Shoulders => geometry::shoulders(mesh, &self.matte),
            Rule::WallDistance => geometry::wall_distance(mesh, self.context.ruler),
            Rule::EyesOpen => self.eyes_open(mesh),
            Rule::Gaze => eyes::gaze(mesh),
            Rule::Expression => mouth::expression(mesh),
            Rule::MouthClosed => mouth::mouth_closed(mesh, self.face(mesh)),
            Rule::FaceCovered => cover::face_covered(mesh, self.face(mesh)),
            Rule::LightEven => light::light_even(mesh, self.face(mesh)),
            Rule::Forehead => cover::forehead(self.forehead(mesh)),
            Rule::Ears => cover::ears(mesh, self.face(mesh)),
            Rule::Headwear => {
                let (face, wall) = (self.face(mesh), self.wall());
                headwear::headwear(mesh, face, &self.matte, wall, self.forehead(mesh))
            }
            Rule::Glare => glasses::glare(mesh, self.face(mesh), self.wall()),
            Rule::Glasses => glasses::glasses(self.ridges(mesh)),
            // closed lids have no more contrast than a lens; behind dark lenses the mesh says open
            Rule::TintedGlasses if self.eyes_shut(mesh) => Reading::UNKNOWN,
            Rule::TintedGlasses => {
                glasses::tinted_glasses(mesh, self.face(mesh), self.ridges(mesh))
            }
            Rule::Sharpness => sharpness::sharpness(self.near(mesh), mesh),
            Rule::Retouched if self.context.live => Reading::UNKNOWN,
            Rule::Retouched => sharpness::retouched(self.picture, mesh),
            Rule::ColourCast => light::colour_cast(self.tint(mesh), self.room(mesh)),
            Rule::Exposure => light::exposure(mesh, self.face(mesh), self.room(mesh)),
            Rule::WallShadow => wall::wall_shadow(self.shadow(mesh)),
            Rule::WallPlain => {
                wall::wall_plain(self.room(mesh), self.tint(mesh), self.shadow(mesh))
            }
            Rule::ClothesBlue => clothes::clothes_blue(self.cloth(mesh)),
            Rule::ClothesPlain => clothes::clothes_plain(self.cloth(mesh), mesh, self.room(mesh)),
            Rule::ClothesContrast => {
                clothes::clothes_contrast(self.cloth(mesh), self.context.output_background)
            }
            Rule::Sleeves => clothes::sleeves(self.cloth(mesh), mesh, self.room(mesh)),
            Rule::Collar | Rule::Ornaments | Rule::MakeUp => Reading::UNKNOWN,
        }
    }

    /// Where nobody is seen only the light can be spoken of, and only if it explains why.
    fn without_face(&self, rule: Rule) -> Reading {
        let dark = light::too_dark_to_see(self.picture);
        if rule == Rule::Exposure {
            dark
        } else if rule == Rule::OneFace && dark.score.is_nan() {
            geometry::one_face(&[])
        } else {
            // in the dark nobody can say whether somebody is there
            Reading::UNKNOWN
        }
    }

    fn eyes_shut(&self, mesh: &Mesh<'_>) -> bool {
        self.eyes_open(mesh).score >= 1.0
    }

    /// By the mesh; on a still by pixels, too: live, the own open eyes say more than they.
    fn eyes_open(&self, mesh: &Mesh<'_>) -> Reading {
        let lids = eyes::eyes_open(mesh, self.context.own_lid_gap);
        if self.context.live {
            return lids;
        }
        let (face, ridges) = (self.face(mesh), self.ridges(mesh));
        Reading::worst([lids, glasses::eyes_in_sight(mesh, face, ridges)])
    }

    fn forehead(&self, mesh: &Mesh<'_>) -> f32 {
        *self
            .forehead
            .get_or_init(|| cover::forehead_height(mesh, self.face(mesh)))
    }

    fn ridges(&self, mesh: &Mesh<'_>) -> &Ridges {
        self.ridges
            .get_or_init(|| Ridges::of(mesh, self.face(mesh)))
    }

    fn tint(&self, mesh: &Mesh<'_>) -> Option<Tint> {
        let (face, room) = (self.face(mesh), self.room(mesh));
        *self
            .tint
            .get_or_init(|| Tint::of(mesh, face, &self.matte, room))
    }

    fn shadow(&self, mesh: &Mesh<'_>) -> Option<Shadow> {
        *self
            .shadow
            .get_or_init(|| Shadow::of(mesh, self.room(mesh)))
    }

    fn cloth(&self, mesh: &Mesh<'_>) -> &Cloth {
        self.cloth
            .get_or_init(|| Cloth::of(mesh, self.face(mesh), self.room(mesh)))
    }

    fn near(&self, mesh: &Mesh<'_>) -> &Near<'a> {
        self.near.get_or_init(|| Near::of(self.picture, mesh))
    }

    fn face(&self, mesh: &Mesh<'_>) -> &Upright {
        self.face.get_or_init(|| Upright::of(self.near(mesh), mesh))
    }

    fn room(&self, mesh: &Mesh<'_>) -> &Room {
        self.room.get_or_init(|| {
            let plate = self.context.plate;
            Room::of(self.picture, &self.matte, mesh, plate)
        })
    }

    /// Makes what the rules of the face share: its cost is nobody's own.
    pub fn see_face(&self) -> &Self {
        if let Some(mesh) = &self.mesh {
            self.face(mesh);
        }
        self
    }

    /// Makes what the rules of the room share.
    pub fn see_room(&self) -> &Self {
        if let Some(mesh) = &self.mesh {
            self.room(mesh);
        }
        self
    }
}
