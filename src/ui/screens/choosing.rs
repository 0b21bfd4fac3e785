//! Retake or accept: the last captures, one of them large.

use super::Scene;
use crate::session::{Choosing, ChoosingIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme;
use crate::ui::widgets::{self, Button, Icon, button, picture};
use egui::{Rect, Ui, pos2, vec2};

const SMALL: egui::Vec2 = vec2(156.0, 208.0);

/// The shown capture, the others beside it, and two ways on. Unmirrored, as it will be.
pub fn choosing_ui(ui: &mut Ui, step: &Choosing, scene: &mut Scene<'_>) -> Option<ChoosingIntent> {
    let text = scene.text;
    let ((), other) = layout::panes(
        ui,
        "choosing",
        Second::Fills,
        |ui| widgets::title(ui, t!(text, "choose-title"), t!(text, "choose-lead")),
        |ui| {
            let room = ui.available_rect_before_wrap();
            let several = step.shots.len() > 1;
            let beside = if several { SMALL.x + theme::GAP_L } else { 0.0 };
            let large = layout::fitted(room.with_max_x(room.right() - beside), picture::PHOTO_SIZE);
            if let Some(capture) = step.shots.get(step.chosen) {
                let shown = scene.gallery.capture(ui.ctx(), capture);
                picture::print(ui, large, shown, &t!(text, "choose-photo"));
            }
            let column =
                Rect::from_min_max(pos2(large.right() + theme::GAP_L, large.top()), room.max);
            if several {
                shots(ui, column, step, scene)
            } else {
                None
            }
        },
    );
    let (accept, retake) = (t!(text, "choose-accept"), t!(text, "choose-retake"));
    let primary = Button::primary(&accept).icon(Icon::Check);
    let pressed = button::actions(
        ui,
        Some(primary),
        Some(Button::secondary(&retake).icon(Icon::Retake)),
    );
    other.or(pressed.map(|pressed| match pressed {
        button::Pressed::Primary => ChoosingIntent::Accept,
        button::Pressed::Secondary => ChoosingIntent::Retake,
    }))
}

/// All captures, small; the shown one is marked.
fn shots(
    ui: &mut Ui,
    rect: Rect,
    step: &Choosing,
    scene: &mut Scene<'_>,
) -> Option<ChoosingIntent> {
    let text = scene.text;
    let mut wanted = None;
    for (i, capture) in step.shots.iter().enumerate() {
        let top = rect.top() + (SMALL.y + theme::GAP_M) * i as f32;
        let place = Rect::from_min_size(pos2(rect.left(), top), SMALL);
        let shown = scene.gallery.capture(ui.ctx(), capture);
        let number = step.shots.len() - i;
        let label = t!(text, "choose-shot", number = number);
        if picture::selectable(ui, place, shown, i == step.chosen, &label) {
            wanted = Some(ChoosingIntent::Show(i));
        }
    }
    wanted
}
