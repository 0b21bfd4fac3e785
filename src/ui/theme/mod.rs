//! Every number and colour of the screens, by role.
//!
//! Screens hold no number and no colour of their own: what is not here does not exist.

mod colours;
mod lettering;
mod measures;

pub use colours::*;
pub use lettering::*;
pub use measures::*;

use egui::epaint::Shadow;
use egui::{Context, CornerRadius, Margin, Stroke, Style, TextStyle, Vec2};

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

/// Makes the screen at least [`SHORT_SIDE`] by [`LONG_SIDE`] points, whatever the panel. Call at the start of each
/// frame.
pub fn fit(ctx: &Context) {
    let screen_px = ctx.content_rect().size() * ctx.pixels_per_point();
    let wanted = points_for(screen_px);
    if wanted > 0.0 && (wanted - ctx.pixels_per_point()).abs() > 0.001 {
        ctx.set_pixels_per_point(wanted);
    }
}

/// Pixels a point on a panel of so many pixels.
fn points_for(screen_px: Vec2) -> f32 {
    let (short, long) = (screen_px.x.min(screen_px.y), screen_px.x.max(screen_px.y));
    (short / SHORT_SIDE).min(long / LONG_SIDE)
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

    #[test]
    fn every_panel_has_room_for_the_composition() {
        for (panel, expected) in [
            ((1080.0, 1920.0), 1.0),
            ((1280.0, 720.0), 2.0 / 3.0),
            ((3840.0, 2160.0), 2.0),
        ] {
            assert!((points_for(Vec2::from(panel)) - expected).abs() < 1e-6);
        }
        let less_slender = points_for(Vec2::new(1280.0, 1024.0));
        assert!(1280.0 / less_slender >= LONG_SIDE && 1024.0 / less_slender >= SHORT_SIDE);
    }
}
