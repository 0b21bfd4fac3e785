//! Out of order, and it says why.

use super::Scene;
use crate::session::{Paused, PausedReason, RecordsFault};
use crate::ui::layout::{self, Second};
use crate::ui::text::{Text, t};
use crate::ui::theme::{self, Mood};
use crate::ui::widgets::{self, Icon, badge, card, words};
use egui::{ScrollArea, Ui};

/// An apology for students, the faults for the attendant.
pub fn paused_ui(ui: &mut Ui, step: &Paused, scene: &mut Scene<'_>) {
    let text = scene.text;
    let areas = layout::areas(ui).off_the_way();
    layout::panes_in(
        ui,
        &areas,
        "paused",
        Second::Floats,
        |ui| {
            badge::emblem(ui, Mood::Care, Icon::Warning);
            ui.add_space(theme::GAP_M);
            widgets::title(ui, t!(text, "paused-title"), t!(text, "paused-lead"));
        },
        |ui| {
            card::card(ui, |ui| {
                words::note(ui, t!(text, "paused-attendant"));
                ScrollArea::vertical().show(ui, |ui| {
                    for reason in &step.reasons {
                        reason_ui(ui, reason, scene);
                    }
                });
            });
        },
    );
}

fn reason_ui(ui: &mut Ui, reason: &PausedReason, scene: &Scene<'_>) {
    let text = scene.text;
    let kept;
    let (title, details) = match reason {
        PausedReason::Config(faults) => (t!(text, "paused-config"), faults.as_slice()),
        PausedReason::StoreBroken => (t!(text, "paused-store"), [].as_slice()),
        PausedReason::Records(fault) => (t!(text, "paused-store"), {
            kept = [records_fault(text, *fault), t!(text, "paused-records-kept")];
            kept.as_slice()
        }),
        PausedReason::WorkerLost(name) => (
            t!(text, "paused-worker", name = name.clone()),
            [].as_slice(),
        ),
        PausedReason::OutOfService => (t!(text, "paused-out-of-service"), [].as_slice()),
        PausedReason::DiskLow => (t!(text, "paused-disk"), [].as_slice()),
    };
    ui.add_space(theme::GAP_XS);
    widgets::heading(ui, title);
    for detail in details {
        words::note(ui, detail.as_str());
    }
}

fn records_fault(text: Text, fault: RecordsFault) -> String {
    match fault {
        RecordsFault::InUse => t!(text, "paused-records-in-use"),
        RecordsFault::Foreign => t!(text, "paused-records-foreign"),
        RecordsFault::Newer => t!(text, "paused-records-newer"),
        RecordsFault::Damaged => t!(text, "paused-records-damaged"),
        RecordsFault::WrongKey => t!(text, "paused-records-wrong-key"),
        RecordsFault::NoKey => t!(text, "paused-records-no-key"),
        RecordsFault::Disk => t!(text, "paused-records-disk"),
    }
}
