//! The student's collections, each with where it stands.

use super::{Scene, states};
use crate::session::{Collections, CollectionsIntent};
use crate::ui::layout::{self, Second};
use crate::ui::text::{about, t};
use crate::ui::theme;
use crate::ui::widgets::{self, Choice, Icon};
use egui::{ScrollArea, Ui};

/// One row a collection.
pub fn collections_ui(
    ui: &mut Ui,
    step: &Collections,
    scene: &mut Scene<'_>,
) -> Option<CollectionsIntent> {
    let text = scene.text;
    let as_of = match step.file.as_of {
        Some(at) => t!(text, "collections-as-of", when = text.moment(at)),
        None => t!(text, "collections-never"),
    };
    let ((), chosen) = layout::panes(
        ui,
        "collections",
        Second::Floats,
        |ui| {
            widgets::title(
                ui,
                t!(text, "collections-title"),
                t!(text, "collections-lead"),
            );
            ui.add_space(theme::GAP_XS);
            widgets::note(ui, as_of);
        },
        |ui| {
            let mut chosen = None;
            ScrollArea::vertical().show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = theme::GAP_S;
                for (i, standing) in step.file.standings.iter().enumerate() {
                    let collection = &standing.collection;
                    let (mood, icon, label) = states::standing(scene, standing);
                    let detail = format!(
                        "{} · {}",
                        about::category(text, collection.category),
                        scene.window(collection)
                    );
                    let row = Choice::new(scene.title(collection))
                        .detail(&detail)
                        .icon(Icon::Picture)
                        .badge(mood, icon, label);
                    if row.height(theme::PRIMARY_HEIGHT + theme::GAP_S).show(ui) {
                        chosen = Some(CollectionsIntent::Choose(i));
                    }
                }
            });
            chosen
        },
    );
    chosen
}
