//! What is done wrong, one thing at a time, and the rule that has to name it.

mod face;
mod good;
mod place;
mod room;

use gradbooth::vision::rules::Rule;

use super::canvas::Canvas;
use super::luck::Luck;
use super::sitter::Sitter;

pub use good::GOOD;

/// Makes one picture of a sitter; the second sitter is somebody else.
pub type Make = fn(&Sitter, &Sitter, &mut Luck) -> Canvas;

/// One way of being wrong.
pub struct Breaker {
    pub name: &'static str,
    pub rule: Rule,
    pub make: Make,
    /// The background of the standard photo that it is held against.
    pub output: [u8; 3],
}

const CERTIFICATE_BLUE: [u8; 3] = [100, 197, 255];
const WHITE: [u8; 3] = [255, 255, 255];

const fn breaker(name: &'static str, rule: Rule, make: Make) -> Breaker {
    Breaker {
        name,
        rule,
        make,
        output: CERTIFICATE_BLUE,
    }
}

/// All of them.
pub const BREAKERS: [Breaker; 39] = [
    breaker("two", Rule::OneFace, place::two),
    breaker("small", Rule::Distance, place::small),
    breaker("tight", Rule::Distance, place::tight),
    breaker("warm", Rule::ColourCast, room::warm),
    breaker("cool", Rule::ColourCast, room::cool),
    breaker("under", Rule::Exposure, room::under),
    breaker("over", Rule::Exposure, room::over),
    breaker("blur", Rule::Sharpness, room::blur),
    breaker("motion", Rule::Sharpness, room::motion),
    breaker("roll", Rule::HeadRoll, place::roll),
    breaker("mask", Rule::FaceCovered, face::mask),
    breaker("yaw", Rule::HeadYaw, place::yaw),
    breaker("side50", Rule::LightEven, room::side50),
    breaker("side55soft", Rule::LightEven, room::side55soft),
    breaker("side60soft", Rule::LightEven, room::side60soft),
    breaker("side75", Rule::LightEven, room::side75),
    breaker("low", Rule::Bust, place::low),
    breaker("high", Rule::Bust, place::high),
    breaker("aside", Rule::Framing, place::aside),
    breaker("wall_green", Rule::WallPlain, room::wall_green),
    breaker("wall_stripes", Rule::WallPlain, room::wall_stripes),
    breaker("wall_poster", Rule::WallPlain, room::wall_poster),
    breaker("wall_shadow", Rule::WallShadow, room::wall_shadow),
    breaker("eyes_closed", Rule::EyesOpen, face::eyes_closed),
    breaker("beanie", Rule::Headwear, face::beanie),
    breaker("cap", Rule::Headwear, face::cap),
    breaker("headscarf", Rule::Headwear, face::headscarf),
    breaker("glare", Rule::Glare, face::glare),
    breaker("dark_glasses", Rule::TintedGlasses, face::dark_glasses),
    breaker("tinted_glasses", Rule::TintedGlasses, face::tinted_glasses),
    breaker("gaze", Rule::Gaze, face::gaze),
    breaker("mouth_open", Rule::MouthClosed, face::mouth_open),
    breaker("teeth", Rule::MouthClosed, face::teeth),
    breaker("smoothed", Rule::Retouched, face::smoothed),
    breaker("blue_top", Rule::ClothesBlue, room::blue_top),
    breaker("light_blue_top", Rule::ClothesBlue, room::light_blue_top),
    breaker("stripes", Rule::ClothesPlain, room::striped_top),
    breaker("checks", Rule::ClothesPlain, room::checked_top),
    Breaker {
        name: "white_on_white",
        rule: Rule::ClothesContrast,
        make: room::white_top,
        output: WHITE,
    },
];
