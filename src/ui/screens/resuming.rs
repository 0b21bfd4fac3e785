//! What the phone's owner left open.

use super::{Scene, states};
use crate::session::{Resuming, ResumingIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::{about, t};
use crate::ui::theme;
use crate::ui::widgets::{self, Button, Choice, Icon, button};
use egui::{ScrollArea, Ui};

/// The open ones to choose from, or something else.
pub fn resuming_ui(ui: &mut Ui, step: &Resuming, scene: &mut Scene<'_>) -> Option<ResumingIntent> {
    let text = scene.text;
    let ((), chosen) = layout::panes(
        ui,
        "resuming",
        Second::Floats,
        |ui| widgets::title(ui, t!(text, "resume-title"), t!(text, "resume-lead")),
        |ui| {
            let mut chosen = None;
            ScrollArea::vertical().show(ui, |ui| {
                for (i, item) in step.open.iter().enumerate() {
                    let school = text.either(&item.institution.name_zh, &item.institution.name_en);
                    let title = item
                        .collection
                        .as_ref()
                        .map_or(school, |collection| scene.title(collection));
                    let detail = format!(
                        "{school} · {}",
                        about::category(text, item.returning.category)
                    );
                    let (mood, icon, label) = states::submission(text, item.returning.state);
                    if Choice::new(title)
                        .detail(&detail)
                        .icon(Icon::Picture)
                        .badge(mood, icon, label)
                        .show(ui)
                    {
                        chosen = Some(ResumingIntent::Choose(i));
                    }
                    ui.add_space(theme::GAP_XS);
                }
            });
            chosen
        },
    );
    let other = t!(text, "resume-other");
    let pressed = button::actions(ui, None, Some(Button::secondary(&other)));
    chosen.or(pressed.map(|_| ResumingIntent::SomethingElse))
}
