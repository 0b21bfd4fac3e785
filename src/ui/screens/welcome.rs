//! The start screen.

use super::Scene;
use crate::session::WelcomeIntent;
use crate::ui::layout;
use crate::ui::text::t;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::touch;
use crate::ui::widgets::{self, Button, Icon, button, picture, words};
use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, WidgetInfo, vec2};

/// Begins, and says what to have ready.
pub fn welcome_ui(ui: &mut Ui, scene: &mut Scene<'_>) -> Option<WelcomeIntent> {
    let areas = layout::areas(ui);
    if areas.portrait {
        let picture = areas
            .content
            .with_max_y(areas.content.top() + areas.content.height() * 0.4);
        hero(ui, picture.translate(vec2(0.0, -theme::GAP_L)), scene);
        let below = areas.content.with_min_y(picture.bottom());
        layout::float(ui, below, 0.6, "welcome", |ui| introduce(ui, scene));
    } else {
        let (left, right) = areas.panes(0.0);
        layout::float(
            ui,
            left.with_max_x(left.right() + theme::GAP_XL),
            0.4,
            "welcome",
            |ui| introduce(ui, scene),
        );
        hero(ui, right.translate(vec2(0.0, -theme::GAP_M)), scene);
    }
    let start = t!(scene.text, "welcome-start");
    button::actions(ui, Some(Button::primary(&start).icon(Icon::Forward)), None)
        .map(|_| WelcomeIntent::Start)
}

fn introduce(ui: &mut Ui, scene: &Scene<'_>) {
    let text = scene.text;
    ui.spacing_mut().item_spacing.y = 0.0;
    words::say(
        ui,
        t!(text, "welcome-title"),
        Type::Display.bold(),
        Type::Display.line(),
        theme::INK,
    );
    ui.add_space(theme::GAP_S);
    words::lead(ui, t!(text, "welcome-lead"));
    ui.add_space(theme::GAP_L + theme::GAP_S);
    words::heading(ui, t!(text, "welcome-ready"));
    ui.add_space(theme::GAP_S);
    let rows = [
        (Icon::Code, t!(text, "welcome-ready-code")),
        (Icon::Card, t!(text, "welcome-ready-id")),
        (Icon::Wallet, t!(text, "welcome-ready-pay")),
        (Icon::Shirt, t!(text, "welcome-ready-clothes")),
    ];
    for (mark, label) in rows {
        widgets::line(ui, mark, &label);
    }
}

/// A drawing of what one has come for.
fn hero(ui: &mut Ui, rect: Rect, scene: &Scene<'_>) {
    let label = t!(scene.text, "welcome-picture");
    let response = touch::at(ui, rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &label));
    let photo = layout::fitted(rect.shrink(theme::GAP_M), picture::PHOTO_SIZE);
    let painter = ui.painter();
    let disc = photo.width() * 0.74;
    painter.circle_filled(
        photo.center() + vec2(0.0, theme::GAP_S),
        disc,
        theme::PHOTO_BLUE_TINT,
    );
    picture::drawn_photo(painter, photo.shrink2(photo.size() * 0.04), true);
}
