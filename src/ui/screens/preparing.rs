//! The requirements, with pictures of right and wrong, before the camera opens.

use super::Scene;
use crate::domain::collection::ClearGlasses;
use crate::session::{Preparing, PreparingIntent, Question};
use crate::ui::gallery::Example;
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme;
use crate::ui::widgets::{self, Button, Icon, button, choice, picture};
use egui::{Rect, Ui, pos2, vec2};

const CAPTION: f32 = 52.0;

/// One picture that is right, eight that are not, what is asked line by line, and one tick for all.
pub fn preparing_ui(
    ui: &mut Ui,
    step: &Preparing,
    scene: &mut Scene<'_>,
) -> Option<PreparingIntent> {
    let text = scene.text;
    let areas = layout::areas(ui);
    let ((), ticked) = if areas.portrait {
        layout::panes(
            ui,
            "preparing",
            Second::Fills,
            |ui| widgets::title(ui, t!(text, "prepare-title"), t!(text, "prepare-lead")),
            |ui| {
                let room = ui.available_rect_before_wrap();
                let height = examples(ui, room.with_max_y(room.top() + 640.0), step, scene);
                let rest = room.with_min_y(room.top() + height + theme::GAP_S);
                layout::place(ui, rest, |ui| {
                    let one = requirements(ui, step, scene);
                    ui.add_space(theme::GAP_S);
                    one.or(tick(ui, step, scene))
                })
            },
        )
    } else {
        let (left, right) = areas.panes(0.0);
        let one = layout::float(ui, left, 0.4, "preparing-left", |ui| {
            widgets::title(ui, t!(text, "prepare-title"), t!(text, "prepare-lead"));
            ui.add_space(theme::GAP_M);
            requirements(ui, step, scene)
        });
        let right = right.with_min_y(right.top() + theme::GAP_L);
        let used = examples(
            ui,
            right.with_max_y(right.bottom() - theme::TOUCH - theme::GAP_L),
            step,
            scene,
        );
        let below = right.with_min_y(right.top() + used + theme::GAP_L);
        let all = layout::place(ui, below, |ui| tick(ui, step, scene));
        ((), one.or(all))
    };
    ticked.or_else(|| actions(ui, step, scene))
}

fn tick(ui: &mut Ui, step: &Preparing, scene: &Scene<'_>) -> Option<PreparingIntent> {
    let label = t!(scene.text, "prepare-read");
    let all = step.may_continue();
    choice::tick(ui, all, &label).then_some(PreparingIntent::HaveRead(!all))
}

/// What is asked, line by line, each to be confirmed; and where to look.
fn requirements(ui: &mut Ui, step: &Preparing, scene: &Scene<'_>) -> Option<PreparingIntent> {
    let text = scene.text;
    ui.spacing_mut().item_spacing.y = 2.0;
    let mut wanted = None;
    for (question, confirmed) in &step.asked {
        let (mark, label) = match question {
            Question::Face => (Icon::Hair, t!(text, "prepare-face")),
            Question::Clothes => (Icon::Shirt, t!(text, "prepare-clothes")),
            Question::GlassesOff => (Icon::Glasses, t!(text, "prepare-glasses-off")),
            Question::GlassesClear => (Icon::Glasses, t!(text, "prepare-glasses-clear")),
            Question::Ornaments => (Icon::Ornament, t!(text, "prepare-ornaments")),
            Question::Natural => (Icon::Brush, t!(text, "prepare-natural")),
            Question::Stand => (Icon::Ruler, t!(text, "prepare-stand")),
        };
        if choice::confirm(ui, *confirmed, mark, &label) {
            wanted = Some(PreparingIntent::Confirm(*question, !confirmed));
        }
    }
    wanted
}

/// The pictures in `rect`: the right one twice as large. Returns the height used.
fn examples(ui: &mut Ui, rect: Rect, step: &Preparing, scene: &mut Scene<'_>) -> f32 {
    let text = scene.text;
    // where clear glasses are allowed, a picture of them as a fault would mislead
    let first = if step.ticket.collection.glasses == ClearGlasses::Allowed {
        (Example::SideLight, t!(text, "prepare-light"))
    } else {
        (Example::Glasses, t!(text, "prepare-glasses"))
    };
    let wrong = [
        first,
        (Example::Hat, t!(text, "prepare-hat")),
        (Example::Roll, t!(text, "prepare-roll")),
        (Example::Yaw, t!(text, "prepare-yaw")),
        (Example::BlueTop, t!(text, "prepare-blue")),
        (Example::NoCollar, t!(text, "prepare-collar")),
        (Example::EyesClosed, t!(text, "prepare-eyes")),
        (Example::MouthOpen, t!(text, "prepare-mouth")),
    ];
    // the right picture over both rows, the wrong ones in four columns beside it
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
    let may = step.may_continue();
    let (start, busy) = (t!(text, "prepare-start"), t!(text, "prepare-album-busy"));
    let album = t!(text, "prepare-album");
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
