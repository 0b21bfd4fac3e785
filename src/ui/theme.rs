//! Every number and colour of the screens, by role.
//!
//! Screens hold no number and no colour of their own: what is not here does not exist. All lengths are
//! logical points of a screen whose short side is [`SHORT_SIDE`] points, whatever panel is behind it.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the one lawful place for colours"
)]

use egui::epaint::Shadow;
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, Vec2,
};

/// Logical points of the short side: a kiosk panel of 1080 x 1920 shows one point as one pixel.
pub const SHORT_SIDE: f32 = 1080.0;

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

/// Spacing steps.
pub const GAP_XS: f32 = 8.0;
/// Between a line and its neighbour.
pub const GAP_S: f32 = 16.0;
/// Between things that belong together.
pub const GAP_M: f32 = 24.0;
/// Inside cards, between groups.
pub const GAP_L: f32 = 40.0;
/// Between parts of a screen.
pub const GAP_XL: f32 = 64.0;
/// Margin of the screen at the left and right.
pub const MARGIN: f32 = 64.0;

/// The smallest side of anything that can be touched (about 20 mm on a 32-inch panel, 24 mm on a 21-inch one).
pub const TOUCH: f32 = 96.0;
/// Height of the primary button.
pub const PRIMARY_HEIGHT: f32 = 124.0;
/// Widest line of reading text.
pub const READING_WIDTH: f32 = 900.0;
/// Corner of cards.
pub const RADIUS_CARD: u8 = 28;
/// Corner of buttons and fields.
pub const RADIUS: u8 = 20;
/// Corner of small marks.
pub const RADIUS_S: u8 = 10;
/// Width of lines.
pub const LINE: f32 = 1.5;
/// Width of lines that mark something chosen.
pub const LINE_CHOSEN: f32 = 4.0;
/// Side of an icon beside body text.
pub const ICON: f32 = 40.0;
/// Side of an icon in a dock or a badge.
pub const ICON_S: f32 = 32.0;
/// Side of an icon that stands alone.
pub const ICON_L: f32 = 72.0;
/// Side of the icon that is the whole message.
pub const ICON_XL: f32 = 148.0;
/// How long things take to settle, in seconds.
pub const SETTLE_S: f32 = 0.16;

/// Text sizes. There are four, and one for the start screen and the countdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// The start screen, amounts, the countdown.
    Display,
    /// What this screen is about.
    Title,
    /// What to do; words on buttons.
    Lead,
    /// Everything else.
    Body,
    /// Labels, hints: never the only place where something is said.
    Small,
}

impl Type {
    /// Size in points.
    pub const fn size(self) -> f32 {
        match self {
            Self::Display => 96.0,
            Self::Title => 60.0,
            Self::Lead => 38.0,
            Self::Body => 31.0,
            Self::Small => 26.0,
        }
    }

    /// Height of a line: Chinese needs air.
    pub const fn line(self) -> f32 {
        match self {
            Self::Display => 120.0,
            Self::Title => 78.0,
            Self::Lead => 54.0,
            Self::Body => 46.0,
            Self::Small => 38.0,
        }
    }

    /// The regular face.
    pub fn regular(self) -> FontId {
        FontId::new(self.size(), FontFamily::Proportional)
    }

    /// The bold face.
    pub fn bold(self) -> FontId {
        FontId::new(self.size(), bold_family())
    }
}

/// Name under which the bold face is installed.
pub const BOLD: &str = "bold";

/// The family of the bold face.
pub fn bold_family() -> FontFamily {
    FontFamily::Name(BOLD.into())
}

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

/// Shade below a card.
pub const fn card_shade() -> Shadow {
    Shadow {
        offset: [0, 6],
        blur: 28,
        spread: 0,
        color: SHADE,
    }
}

/// Shade below a dialog or a printed photo.
pub const fn print_shade() -> Shadow {
    Shadow {
        offset: [0, 14],
        blur: 48,
        spread: 0,
        color: SHADE_DEEP,
    }
}

/// Corner of a card.
pub const fn card_corner() -> CornerRadius {
    CornerRadius::same(RADIUS_CARD)
}

/// Corner of a button.
pub const fn corner() -> CornerRadius {
    CornerRadius::same(RADIUS)
}

/// A hairline.
pub fn hairline() -> Stroke {
    Stroke::new(LINE, HAIRLINE)
}

/// Makes the short side of the window [`SHORT_SIDE`] points, whatever the panel. Call at the start of each frame.
pub fn fit(ctx: &Context) {
    let screen_px = ctx.content_rect().size() * ctx.pixels_per_point();
    let short_px = screen_px.x.min(screen_px.y);
    if short_px < 1.0 {
        return;
    }
    let wanted = short_px / SHORT_SIDE;
    if (wanted - ctx.pixels_per_point()).abs() > 0.001 {
        ctx.set_pixels_per_point(wanted);
    }
}

/// Puts paper, ink and type into a fresh context. Fonts come from [`super::fonts::install`].
pub fn apply(ctx: &Context) {
    ctx.set_theme(egui::Theme::Light);
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false; // a keyboard plugged in by a stranger must not resize the screen
        options.max_passes = std::num::NonZeroUsize::MIN.saturating_add(2);
    });
    ctx.all_styles_mut(style);
}

fn style(style: &mut Style) {
    style.text_styles = [
        (TextStyle::Heading, Type::Title.bold()),
        (TextStyle::Body, Type::Body.regular()),
        (TextStyle::Button, Type::Lead.bold()),
        (TextStyle::Small, Type::Small.regular()),
        (TextStyle::Monospace, Type::Body.regular()),
    ]
    .into();
    style.animation_time = SETTLE_S;
    style.interaction.selectable_labels = false;
    style.interaction.multi_widget_text_select = false;
    style.interaction.interact_radius = 0.0;
    style.spacing.item_spacing = Vec2::splat(GAP_S);
    style.spacing.interact_size = Vec2::splat(TOUCH);
    style.spacing.scroll.bar_width = GAP_S;
    style.spacing.scroll.floating_width = GAP_XS;
    style.spacing.scroll.dormant_handle_opacity = 0.5;
    style.spacing.scroll.dormant_background_opacity = 0.0;
    style.spacing.menu_margin = Margin::same(GAP_S as i8);
    let visuals = &mut style.visuals;
    *visuals = egui::Visuals::light();
    visuals.override_text_color = Some(INK);
    visuals.panel_fill = PAPER;
    visuals.window_fill = CARD;
    visuals.window_corner_radius = card_corner();
    visuals.window_shadow = print_shade();
    visuals.extreme_bg_color = CARD;
    visuals.selection.bg_fill = ACCENT_TINT;
    visuals.selection.stroke = Stroke::new(LINE_CHOSEN, ACCENT);
    for widget in [
        &mut visuals.widgets.inactive,
        &mut visuals.widgets.hovered,
        &mut visuals.widgets.active,
    ] {
        widget.bg_fill = OUTLINE;
        widget.weak_bg_fill = CARD;
        widget.bg_stroke = Stroke::new(LINE, OUTLINE);
        widget.fg_stroke = Stroke::new(LINE, OUTLINE);
        widget.corner_radius = corner();
        widget.expansion = 0.0;
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
