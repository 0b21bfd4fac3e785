//! The kind of education.

use super::Scene;
use crate::session::{ChoosingCategory, ChoosingCategoryIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::{about, t};
use crate::ui::theme::{self, Mood};
use crate::ui::widgets::{self, Button, Choice, Icon, button};
use egui::{ScrollArea, Ui};

/// The school's kinds; one is chosen, then confirmed.
pub fn choosing_category_ui(
    ui: &mut Ui,
    step: &ChoosingCategory,
    scene: &mut Scene<'_>,
) -> Option<ChoosingCategoryIntent> {
    let text = scene.text;
    let ((), chosen) = layout::panes(
        ui,
        "category",
        Second::Floats,
        |ui| widgets::title(ui, t!(text, "category-title"), t!(text, "category-lead")),
        |ui| {
            let mut chosen = None;
            ScrollArea::vertical().show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = theme::GAP_S;
                for offer in &step.offered {
                    let name = about::category(text, offer.category);
                    let (mood, icon, label) = if offer.open {
                        (Mood::Good, Icon::Check, t!(text, "category-open"))
                    } else {
                        (Mood::Calm, Icon::Calendar, t!(text, "category-closed"))
                    };
                    let row = Choice::new(&name)
                        .chosen(step.chosen == Some(offer.category))
                        .badge(mood, icon, label);
                    if row.height(theme::PRIMARY_HEIGHT).show(ui) {
                        chosen = Some(ChoosingCategoryIntent::Choose(offer.category));
                    }
                }
            });
            chosen
        },
    );
    let sure = t!(text, "sure");
    let pressed = button::actions(
        ui,
        Some(Button::primary(&sure).enabled(step.chosen.is_some())),
        None,
    );
    chosen.or(pressed.map(|_| ChoosingCategoryIntent::Sure))
}
