//! Who takes the data, what for, for how long: agreed to before anything else is asked.

use super::Scene;
use crate::session::ConsentIntent;
use crate::ui::layout::{self, Second};
use crate::ui::text::t;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{self, Button, Icon, button, card, lines};
use egui::Ui;

/// The notice that the law asks for, and two ways on.
pub fn consent_ui(ui: &mut Ui, scene: &mut Scene<'_>) -> Option<ConsentIntent> {
    let text = scene.text;
    let areas = layout::areas(ui).off_the_way();
    let version = t!(
        text,
        "consent-version",
        version = scene.settings.consent_version.clone()
    );
    let portrait = areas.portrait;
    let rows = rows(scene);
    layout::panes_in(
        ui,
        &areas,
        "consent",
        Second::Floats,
        |ui| {
            widgets::title(ui, t!(text, "consent-title"), t!(text, "consent-lead"));
            if !portrait {
                ui.add_space(theme::GAP_L);
                widgets::note(ui, version.clone());
            }
        },
        |ui| {
            let margin = if portrait {
                theme::GAP_L - 4.0
            } else {
                theme::GAP_M
            };
            card::card_with(ui, margin, |ui| sections(ui, &rows, portrait));
            if portrait {
                ui.add_space(theme::GAP_M);
                widgets::note(ui, version.clone());
            }
        },
    );
    let (agree, refuse) = (t!(text, "consent-agree"), t!(text, "consent-refuse"));
    let pressed = button::actions(
        ui,
        Some(Button::primary(&agree)),
        Some(Button::secondary(&refuse)),
    )?;
    Some(match pressed {
        button::Pressed::Primary => ConsentIntent::Agree,
        button::Pressed::Secondary => ConsentIntent::Refuse,
    })
}

/// The sections, in the largest size that fits.
fn sections(ui: &mut Ui, rows: &[(Icon, String, String)], roomy: bool) {
    let size = if roomy { Type::Body } else { Type::Small };
    ui.spacing_mut().item_spacing.y = 0.0;
    for (i, (mark, title, body)) in rows.iter().enumerate() {
        if i > 0 {
            ui.add_space(if roomy { theme::GAP_M } else { theme::GAP_XS });
        }
        lines::titled_in(ui, *mark, title, body, size);
    }
}

fn rows(scene: &Scene<'_>) -> [(Icon, String, String); 5] {
    let text = scene.text;
    [
        (
            Icon::Picture,
            t!(text, "consent-purpose"),
            t!(text, "consent-purpose-text"),
        ),
        (
            Icon::List,
            t!(text, "consent-data"),
            t!(text, "consent-data-text"),
        ),
        (
            Icon::Clock,
            t!(text, "consent-keep"),
            t!(text, "consent-keep-text"),
        ),
        (
            Icon::School,
            t!(text, "consent-who"),
            t!(text, "consent-who-text"),
        ),
        (
            Icon::Shield,
            t!(text, "consent-rights"),
            t!(text, "consent-rights-text"),
        ),
    ]
}
