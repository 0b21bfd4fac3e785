//! Retake or accept: the last captures, or the pictures brought along, one of them large.

use super::Scene;
use crate::session::{Choosing, ChoosingIntent, SHOTS_KEPT};
use crate::ui::layout::{self, Second};
use crate::ui::text::{Text, t};
use crate::ui::theme;
use crate::ui::widgets::{self, Button, Icon, button, picture};
use egui::{Rect, Ui, Vec2, pos2, vec2};

/// A small picture, where there is room for it.
const SMALL: egui::Vec2 = vec2(156.0, 208.0);

/// The shown capture, the others beside it, and two ways on. Unmirrored, as it will be.
pub fn choosing_ui(ui: &mut Ui, step: &Choosing, scene: &mut Scene<'_>) -> Option<ChoosingIntent> {
    let text = scene.text;
    let words = Words::of(text, step);
    let areas = layout::areas(ui);
    let ((), other) = layout::panes(
        ui,
        "choosing",
        Second::Fills,
        |ui| widgets::title(ui, words.title, words.lead),
        |ui| {
            let room = ui.available_rect_before_wrap();
            let several = step.shots.len() > 1;
            // more than are taken here fit beside the large one in two columns, where the screen is wide
            let many = step.shots.len() > SHOTS_KEPT && !areas.portrait;
            let columns = if many { 2 } else { 1 };
            let beside = if several {
                columns as f32 * (SMALL.x + theme::GAP_L)
            } else {
                0.0
            };
            let large = layout::fitted(room.with_max_x(room.right() - beside), picture::PHOTO_SIZE);
            if let Some(capture) = step.shots.get(step.chosen) {
                let shown = scene.gallery.capture(ui.ctx(), capture);
                picture::print(ui, large, shown, &words.photo);
            }
            let column =
                Rect::from_min_max(pos2(large.right() + theme::GAP_L, large.top()), room.max);
            if several {
                shots(ui, column, columns, step, scene)
            } else {
                None
            }
        },
    );
    let accept = t!(text, "choose-accept");
    let primary = Button::primary(&accept).icon(Icon::Check);
    let other_way = Button::secondary(&words.retake).icon(words.icon);
    let pressed = button::actions(ui, Some(primary), Some(other_way));
    other.or(pressed.map(|pressed| match pressed {
        button::Pressed::Primary => ChoosingIntent::Accept,
        button::Pressed::Secondary => ChoosingIntent::Retake,
    }))
}

/// A picture that was brought along was not taken here, and cannot be retaken.
struct Words {
    title: String,
    lead: String,
    photo: String,
    retake: String,
    icon: Icon,
}

impl Words {
    fn of(text: Text, step: &Choosing) -> Self {
        let brought = step
            .shots
            .get(step.chosen)
            .is_some_and(|capture| capture.imported);
        if brought {
            Self {
                title: t!(text, "choose-brought-title"),
                lead: t!(text, "choose-brought-lead"),
                photo: t!(text, "choose-brought-photo"),
                retake: t!(text, "choose-brought-camera"),
                icon: Icon::Camera,
            }
        } else {
            Self {
                title: t!(text, "choose-title"),
                lead: t!(text, "choose-lead"),
                photo: t!(text, "choose-photo"),
                retake: t!(text, "choose-retake"),
                icon: Icon::Retake,
            }
        }
    }
}

/// All captures, small; the shown one is marked.
fn shots(
    ui: &mut Ui,
    rect: Rect,
    columns: usize,
    step: &Choosing,
    scene: &mut Scene<'_>,
) -> Option<ChoosingIntent> {
    let text = scene.text;
    let mut wanted = None;
    let rows = step.shots.len().div_ceil(columns).max(1);
    let row = (rect.height() + theme::GAP_M) / rows as f32;
    let small = SMALL * ((row - theme::GAP_M) / SMALL.y).min(1.0);
    for (i, capture) in step.shots.iter().enumerate() {
        let (column, row) = ((i % columns) as f32, (i / columns) as f32);
        let corner = rect.min + vec2(column, row) * (small + Vec2::splat(theme::GAP_M));
        let place = Rect::from_min_size(corner, small);
        let shown = scene.gallery.capture(ui.ctx(), capture);
        let number = step.shots.len() - i;
        let label = t!(text, "choose-shot", number = number);
        if picture::selectable(ui, place, shown, i == step.chosen, &label) {
            wanted = Some(ChoosingIntent::Show(i));
        }
    }
    wanted
}
