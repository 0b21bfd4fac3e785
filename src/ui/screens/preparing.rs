//! The requirements, with pictures of right and wrong, before the camera opens.

use super::Scene;
use crate::session::{PhotoImport, Preparing, PreparingIntent};
use crate::ui::gallery::Example;
use crate::ui::layout;
use crate::ui::text::t;
use crate::ui::theme;
use crate::ui::widgets::{self, Button, Icon, button, choice, picture};
use egui::{Rect, Ui, pos2, vec2};

const CAPTION: f32 = 52.0;

/// One picture that is right, eight that are not, six sentences, one tick.
pub fn preparing_ui(
    ui: &mut Ui,
    step: &Preparing,
    scene: &mut Scene<'_>,
) -> Option<PreparingIntent> {
    let text = scene.text;
    let areas = layout::areas(ui);
    let (_, ticked) = if areas.portrait {
        layout::panes(
            ui,
            "preparing",
            |ui| widgets::title(ui, t!(text, "prepare-title"), t!(text, "prepare-lead")),
            |ui| {
                let room = ui.available_rect_before_wrap();
                let height = examples(ui, room.with_max_y(room.top() + 640.0), step, scene);
                let rest = room.with_min_y(room.top() + height + theme::GAP_S);
                layout::place(ui, rest, |ui| rules_and_tick(ui, step, scene))
            },
        )
    } else {
        let (left, right) = areas.panes(0.0);
        let ticked = layout::place(ui, left, |ui| {
            widgets::title(ui, t!(text, "prepare-title"), t!(text, "prepare-lead"));
            ui.add_space(theme::GAP_S);
            rules_and_tick(ui, step, scene)
        });
        examples(ui, right, step, scene);
        ((), ticked)
    };
    ticked.or_else(|| actions(ui, step, scene))
}

fn rules_and_tick(ui: &mut Ui, step: &Preparing, scene: &Scene<'_>) -> Option<PreparingIntent> {
    let text = scene.text;
    ui.spacing_mut().item_spacing.y = 2.0;
    let rows = [
        (Icon::Hair, t!(text, "prepare-face")),
        (Icon::Shirt, t!(text, "prepare-clothes")),
        (Icon::Ornament, t!(text, "prepare-ornaments")),
        (Icon::Brush, t!(text, "prepare-natural")),
        (Icon::Ruler, t!(text, "prepare-stand")),
        (Icon::Eye, t!(text, "prepare-look")),
    ];
    for (mark, label) in rows {
        widgets::line(ui, mark, &label);
    }
    ui.add_space(theme::GAP_XS);
    choice::tick(ui, step.read, &t!(text, "prepare-read"))
        .then_some(PreparingIntent::HaveRead(!step.read))
}

/// The pictures in `rect`: the right one twice as large. Returns the height used.
fn examples(ui: &mut Ui, rect: Rect, step: &Preparing, scene: &mut Scene<'_>) -> f32 {
    let text = scene.text;
    let glasses = if step.ticket.collection.glasses_allowed {
        "prepare-glasses-allowed"
    } else {
        "prepare-glasses"
    };
    let wrong = [
        (
            Example::Glasses,
            if glasses == "prepare-glasses" {
                t!(text, "prepare-glasses")
            } else {
                t!(text, "prepare-glasses-allowed")
            },
        ),
        (Example::Hat, t!(text, "prepare-hat")),
        (Example::Roll, t!(text, "prepare-roll")),
        (Example::Yaw, t!(text, "prepare-yaw")),
        (Example::BlueTop, t!(text, "prepare-blue")),
        (Example::NoCollar, t!(text, "prepare-collar")),
        (Example::EyesClosed, t!(text, "prepare-eyes")),
        (Example::MouthOpen, t!(text, "prepare-mouth")),
    ];
    // two rows of five columns: the first picture takes two columns of both rows... and keeps its shape
    let gap = theme::GAP_S;
    let columns = 4.0;
    let small_width = |height: f32| (height - CAPTION) * 0.75;
    let row_height = {
        let most = (rect.height() - gap) / 2.0;
        // large (one picture over both rows) + four small ones must fit the width
        let fits =
            |h: f32| small_width(2.0 * h + gap) + columns * (small_width(h) + gap) <= rect.width();
        (0..200_u16)
            .map(|i| most - f32::from(i))
            .find(|h| fits(*h))
            .unwrap_or(most)
    };
    let large = vec2(small_width(2.0 * row_height + gap), 2.0 * row_height + gap);
    let used = large.x + columns * (small_width(row_height) + gap);
    let left = rect.left() + (rect.width() - used) / 2.0;
    let right_one = scene.gallery.example(ui.ctx(), Example::Right);
    let place = Rect::from_min_size(pos2(left, rect.top()), large);
    picture::example(ui, place, right_one, true, &t!(text, "prepare-right"));
    for (i, (example, label)) in wrong.into_iter().enumerate() {
        let size = vec2(small_width(row_height), row_height);
        let column = (i % 4) as f32;
        let row = (i / 4) as f32;
        let min = pos2(
            left + large.x + gap + column * (size.x + gap),
            rect.top() + row * (row_height + gap),
        );
        let shown = scene.gallery.example(ui.ctx(), example);
        picture::example(ui, Rect::from_min_size(min, size), shown, false, &label);
    }
    large.y
}

fn actions(ui: &mut Ui, step: &Preparing, scene: &Scene<'_>) -> Option<PreparingIntent> {
    let text = scene.text;
    let may = step.may_continue(scene.settings, scene.now);
    if !may {
        let rest = scene.left(step.since + scene.settings.requirements_min);
        ui.ctx().request_repaint_after(rest);
    }
    let (start, busy) = (t!(text, "prepare-start"), t!(text, "prepare-album-busy"));
    let album = match scene.settings.photo_import {
        PhotoImport::On => t!(text, "prepare-album"),
        PhotoImport::Attendant | PhotoImport::Off => t!(text, "prepare-album-attendant"),
    };
    let waiting = step.question.is_some();
    let primary = Button::primary(&start)
        .icon(Icon::Camera)
        .enabled(may && !waiting);
    let label = if waiting { &busy } else { &album };
    let secondary = Preparing::offers_album(scene.settings)
        .then(|| Button::secondary(label).enabled(may && !waiting));
    let pressed = button::actions(ui, Some(primary), secondary)?;
    Some(match pressed {
        button::Pressed::Primary => PreparingIntent::Continue,
        button::Pressed::Secondary => PreparingIntent::FromAlbum,
    })
}
