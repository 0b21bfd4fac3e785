//! The capture cannot become a standard photo; here is why, in words one can act on.

use super::Scene;
use crate::session::{Refused, RefusedIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::{rules, studio, t};
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{self, Button, Icon, button, card, lines, picture};
use egui::{Sense, Ui, vec2};

/// The capture, the reasons, once more.
pub fn refused_ui(ui: &mut Ui, step: &Refused, scene: &mut Scene<'_>) -> Option<RefusedIntent> {
    let text = scene.text;
    let wide = !layout::areas(ui).portrait;
    layout::panes(
        ui,
        "refused",
        Second::Floats,
        |ui| {
            widgets::title(ui, t!(text, "refused-title"), t!(text, "refused-lead"));
            ui.add_space(theme::GAP_M);
            let height = if wide { 400.0 } else { 480.0 };
            let (place, _) =
                ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
            if let Some(capture) = step.shots.first() {
                let shown = scene.gallery.capture(ui.ctx(), capture);
                let print = layout::fitted(place, picture::PHOTO_SIZE);
                let print = if wide {
                    print.translate(vec2(place.left() - print.left(), 0.0))
                } else {
                    print
                };
                picture::print(ui, print, shown, &t!(text, "choose-photo"));
            }
        },
        |ui| {
            card::card(ui, |ui| {
                for reason in &step.reasons {
                    let label = studio::reason(text, reason);
                    lines::line_in(
                        ui,
                        rules::icon(reason.rule),
                        &label,
                        Type::Lead,
                        theme::CARE,
                    );
                }
            });
        },
    );
    let (retake, help) = (t!(text, "refused-retake"), t!(text, "refused-help"));
    let primary = Button::primary(&retake).icon(Icon::Retake);
    let pressed = button::actions(
        ui,
        Some(primary),
        Some(Button::secondary(&help).icon(Icon::Headset)),
    )?;
    Some(match pressed {
        button::Pressed::Primary => RefusedIntent::Retake,
        button::Pressed::Secondary => RefusedIntent::CallAttendant,
    })
}
