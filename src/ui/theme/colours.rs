//! Every colour of the screens, by role. No other file makes one.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one lawful place for colours"
)]

use egui::Color32;

/// The warm paper that everything lies on.
pub const PAPER: Color32 = Color32::from_rgb(0xF8, 0xF5, 0xEF);
/// Cards and input fields.
pub const CARD: Color32 = Color32::from_rgb(0xFF, 0xFF, 0xFF);
/// A quiet surface on a card or on paper: keys, unselected things, tracks.
pub const SUNKEN: Color32 = Color32::from_rgb(0xF0, 0xEB, 0xE2);
/// A [`SUNKEN`] surface under a finger.
pub const SUNKEN_PRESSED: Color32 = Color32::from_rgb(0xE0, 0xD8, 0xCA);
/// Lines between things.
pub const HAIRLINE: Color32 = Color32::from_rgb(0xE2, 0xDA, 0xCD);
/// Outline of things that can be touched: 3:1 against paper and card.
pub const OUTLINE: Color32 = Color32::from_rgb(0x8A, 0x80, 0x71);
/// Words.
pub const INK: Color32 = Color32::from_rgb(0x1D, 0x1A, 0x16);
/// Words of the second rank.
pub const INK_SOFT: Color32 = Color32::from_rgb(0x4A, 0x44, 0x3B);
/// Words on something that cannot be touched now.
pub const INK_ASLEEP: Color32 = Color32::from_rgb(0x6E, 0x66, 0x5A);
/// The one accent: the primary action, and where one is.
pub const ACCENT: Color32 = Color32::from_rgb(0x0E, 0x4F, 0x4B);
/// The accent under a finger.
pub const ACCENT_PRESSED: Color32 = Color32::from_rgb(0x08, 0x39, 0x36);
/// A breath of the accent: what is chosen, what went well.
pub const ACCENT_TINT: Color32 = Color32::from_rgb(0xE1, 0xED, 0xE9);
/// Words on the accent.
pub const ON_ACCENT: Color32 = Color32::from_rgb(0xFF, 0xFF, 0xFF);
/// Words of care.
pub const CARE: Color32 = Color32::from_rgb(0x66, 0x3D, 0x00);
/// Ground of words of care.
pub const CARE_TINT: Color32 = Color32::from_rgb(0xFB, 0xEF, 0xD6);
/// Words of trouble.
pub const TROUBLE: Color32 = Color32::from_rgb(0x8B, 0x1A, 0x10);
/// Ground of words of trouble.
pub const TROUBLE_TINT: Color32 = Color32::from_rgb(0xFB, 0xE8, 0xE4);
/// The blue of the standard photo's background (100,197,255), for drawings of a photo.
pub const PHOTO_BLUE: Color32 = Color32::from_rgb(100, 197, 255);
/// A lighter breath of [`PHOTO_BLUE`].
pub const PHOTO_BLUE_TINT: Color32 = Color32::from_rgb(0xDF, 0xF1, 0xFC);
/// Behind the live picture while there is none.
pub const DARKROOM: Color32 = Color32::from_rgb(0x24, 0x21, 0x1D);
/// Guides over the live picture.
pub const GUIDE: Color32 = Color32::from_rgb(0xFF, 0xFF, 0xFF);
/// Guides while everything is right.
pub const GUIDE_RIGHT: Color32 = Color32::from_rgb(0x8C, 0xF2, 0xC4);
/// The dark edge of a guide: it is seen on a white wall as on a dark jacket.
pub const GUIDE_VEIL: Color32 = Color32::from_rgba_premultiplied(18, 16, 14, 178);
/// Words on the live picture stand on this.
pub const PICTURE_CAPTION: Color32 = Color32::from_rgba_premultiplied(20, 18, 15, 214);
/// Laid over the screen below a dialog.
pub const VEIL: Color32 = Color32::from_rgba_premultiplied(22, 20, 17, 168);
/// Soft shade below cards.
pub const SHADE: Color32 = Color32::from_rgba_premultiplied(3, 2, 1, 20);
/// Soft shade below dialogs and prints.
pub const SHADE_DEEP: Color32 = Color32::from_rgba_premultiplied(6, 5, 4, 46);
/// Ink of QR modules.
pub const MODULE: Color32 = Color32::from_rgb(0, 0, 0);

/// How something stands, for badges and notices. Each has an icon and words of its own; the colour only helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Nothing special.
    Calm,
    /// As it should be.
    Good,
    /// Look at this.
    Care,
    /// This went wrong.
    Trouble,
}

impl Mood {
    /// Colour of words and icon.
    pub const fn ink(self) -> Color32 {
        match self {
            Self::Calm => INK_SOFT,
            Self::Good => ACCENT,
            Self::Care => CARE,
            Self::Trouble => TROUBLE,
        }
    }

    /// Colour of the ground.
    pub const fn ground(self) -> Color32 {
        match self {
            Self::Calm => SUNKEN,
            Self::Good => ACCENT_TINT,
            Self::Care => CARE_TINT,
            Self::Trouble => TROUBLE_TINT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color32) -> f64 {
        let [r, g, b] = [colour.r(), colour.g(), colour.b()].map(|v| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        if a > b { a / b } else { b / a }
    }

    #[test]
    fn words_stand_out_seven_to_one() {
        let mut pairs = vec![
            (ON_ACCENT, ACCENT),
            (ON_ACCENT, ACCENT_PRESSED),
            (ON_ACCENT, DARKROOM),
        ];
        for ground in [PAPER, CARD, SUNKEN, SUNKEN_PRESSED] {
            pairs.push((INK, ground));
        }
        for ink in [INK_SOFT, ACCENT, CARE, TROUBLE] {
            pairs.extend([(ink, PAPER), (ink, CARD), (ink, SUNKEN)]);
        }
        for mood in [Mood::Calm, Mood::Good, Mood::Care, Mood::Trouble] {
            pairs.push((mood.ink(), mood.ground()));
            pairs.push((INK, mood.ground()));
        }
        for (ink, ground) in pairs {
            assert!(
                contrast(ink, ground) >= 7.0,
                "{ink:?} on {ground:?}: {:.2}",
                contrast(ink, ground)
            );
        }
    }

    #[test]
    fn outlines_of_what_can_be_touched_stand_out_three_to_one() {
        for ground in [PAPER, CARD, SUNKEN] {
            assert!(
                contrast(OUTLINE, ground) >= 3.0,
                "{:.2}",
                contrast(OUTLINE, ground)
            );
        }
    }
}
