//! What the camera sees, to put it right. Measures nothing.

use super::super::Scene;
use crate::admin::AdminIntent;
use crate::ui::layout;
use crate::ui::text::t;
use crate::ui::widgets::live::{self, Guides};
use crate::ui::widgets::{self, Button, Icon, button};
use egui::{Ui, vec2};

pub(super) fn camera_ui(ui: &mut Ui, scene: &mut Scene<'_>) -> Option<AdminIntent> {
    let text = scene.text;
    let areas = layout::areas(ui).off_the_way();
    let content = areas.content;
    let shown = scene.gallery.live(ui.ctx(), scene.live);
    let size = match &scene.live.picture {
        Some(picture) => t!(
            text,
            "admin-camera-size",
            width = picture.width(),
            height = picture.height()
        ),
        None => t!(text, "admin-camera-none"),
    };
    layout::place(ui, content, |ui| {
        widgets::title(ui, t!(text, "admin-camera"), size);
    });
    let shape = shown.map_or(vec2(16.0, 9.0), |shown| shown.size);
    let view = layout::fitted(content.with_min_y(content.top() + 160.0), shape);
    let guides = if shown.is_some() {
        Guides::Waiting(scene.settings.face_share())
    } else {
        Guides::Off
    };
    live::live(ui, view, shown, guides, &t!(text, "admin-camera-view"));
    let back = t!(text, "back");
    button::actions_in(
        ui,
        &areas,
        None,
        Some(Button::secondary(&back).icon(Icon::Back)),
    )
    .map(|_| AdminIntent::Home)
}
