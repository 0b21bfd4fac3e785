//! The frame of every screen: whose booth it is, where one is on the way, and the dock.

use super::Scene;
use crate::domain::{InstitutionCode, Language};
use crate::session::{
    AnywhereIntent, CapturingIntent, ChoosingCategoryIntent, ChoosingSchoolIntent,
    ChoosingServiceIntent, CollectionsIntent, ConfirmingIntent, DetailsIntent,
    EnteringLastFourIntent, Intent, NotEligibleIntent, PreparingIntent, ReadingCodeIntent,
    SigningInIntent, StandingIntent, Step,
};
use crate::ui::layout::{self, Areas};
use crate::ui::text::{Text, t};
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::dock::{self, Item};
use crate::ui::widgets::touch;
use crate::ui::widgets::{Icon, badge, icon, progress, words};
use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use std::time::Duration;

/// How long the corner is held before the attendant's entry opens.
const HOLD: Duration = Duration::from_secs(3);

/// The ground of the whole screen.
pub fn paper(ui: &mut Ui) {
    ui.painter()
        .rect_filled(ui.ctx().content_rect(), 0.0, theme::PAPER);
}

/// Brand, journey and dock; what was touched there.
pub fn chrome_ui(ui: &mut Ui, step: &Step, scene: &Scene<'_>) -> Option<Intent> {
    let areas = layout::areas(ui);
    let name = school_of(step).map_or_else(|| t!(scene.text, "brand"), |code| scene.school(code));
    brand(ui, &areas, &name, status(scene));
    if let Some(at) = station(step) {
        journey(ui, &areas, at, scene);
    }
    dock_ui(ui, &areas, step, scene)
}

/// The brand alone, for the attendant's screens.
pub fn plain_brand(ui: &mut Ui, scene: &Scene<'_>) {
    let areas = layout::areas(ui);
    brand(ui, &areas, &t!(scene.text, "brand"), status(scene));
}

/// The brand of a booth that is not enrolled: it has no service to be connected with.
pub fn bare_brand(ui: &mut Ui, text: Text) {
    let areas = layout::areas(ui);
    brand(ui, &areas, &t!(text, "brand"), None);
}

fn brand(ui: &mut Ui, areas: &Areas, name: &str, status: Option<Status>) {
    let pill = status.as_ref().map(|(_, _, label)| {
        badge::badge_size(
            ui,
            label,
            areas.brand.width() * if areas.portrait { 0.6 } else { 0.27 },
        )
    });
    let mark = Rect::from_min_size(areas.brand.min, Vec2::splat(areas.brand.height()));
    emblem(ui, mark);
    let left = mark.right() + theme::GAP_S + 4.0;
    // on a wide screen the journey stands in the same row
    let most = if areas.portrait {
        areas.brand.right()
    } else {
        areas.journey.left() - theme::GAP_M
    };
    let right = if areas.portrait {
        most - pill.map_or(0.0, |size| size.x + theme::GAP_S)
    } else {
        most
    };
    let galley = words::fitted(ui, name, true, Type::Body, right - left, 2);
    let rect = Rect::from_min_max(
        pos2(left, areas.brand.top()),
        pos2(right, areas.brand.bottom()),
    );
    let response = touch::at(ui, rect, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter()
        .galley_with_override_text_color(pos2(left, top), galley, theme::INK);
    if let (Some((mood, icon, label)), Some(size)) = (status, pill) {
        let y = areas.brand.center().y - size.y / 2.0;
        badge::badge_at(
            ui,
            Rect::from_min_size(pos2(areas.brand.right() - size.x, y), size),
            mood,
            icon,
            &label,
        );
    }
}

/// A small photo in a frame: the booth's mark.
fn emblem(ui: &Ui, rect: Rect) {
    let painter = ui.painter();
    painter.rect_filled(rect, theme::RADIUS - 4, theme::ACCENT);
    icon::paint(
        painter,
        rect.shrink(rect.width() * 0.2),
        Icon::School,
        theme::ON_ACCENT,
    );
}

/// How the booth is, in a badge.
type Status = (Mood, Icon, String);

fn status(scene: &Scene<'_>) -> Option<Status> {
    let text = scene.text;
    if !scene.service.online {
        return Some((Mood::Care, Icon::Offline, t!(text, "status-offline")));
    }
    scene
        .settings
        .demo
        .then(|| (Mood::Calm, Icon::Info, t!(text, "status-demo")))
}

fn journey(ui: &mut Ui, areas: &Areas, at: usize, scene: &Scene<'_>) {
    let text = scene.text;
    let stations = [
        t!(text, "journey-identify"),
        t!(text, "journey-pay"),
        t!(text, "journey-photograph"),
        t!(text, "journey-confirm"),
    ];
    let number = at + 1;
    let label = match stations.get(at) {
        Some(name) => t!(text, "journey-at", at = number, name = name.clone()),
        None => t!(text, "journey-done"),
    };
    progress::journey(ui, areas.journey, &stations, at, &label);
}

/// The station of a step, one more than there are once all are done; `None` off the way.
fn station(step: &Step) -> Option<usize> {
    match step {
        Step::SigningIn(_)
        | Step::Resuming(_)
        | Step::ChoosingSchool(_)
        | Step::ChoosingCategory(_)
        | Step::ReadingCode(_)
        | Step::EnteringLastFour(_)
        | Step::CheckingStatus(_)
        | Step::Collections(_)
        | Step::Details(_)
        | Step::NotEligible(_) => Some(0),
        Step::ChoosingService(_) | Step::Paying(_) => Some(1),
        Step::Preparing(_)
        | Step::Capturing(_)
        | Step::Choosing(_)
        | Step::Standardizing(_)
        | Step::Refused(_) => Some(2),
        Step::Confirming(_) => Some(3),
        Step::Farewell(_) => Some(4),
        Step::Welcome(_) | Step::Consent(_) | Step::Standing(_) | Step::Paused(_) => None,
    }
}

/// The school that a step is about, once it is chosen.
fn school_of(step: &Step) -> Option<InstitutionCode> {
    match step {
        Step::ChoosingCategory(step) => Some(step.institution.code),
        Step::ReadingCode(step) => Some(step.institution.code),
        Step::EnteringLastFour(step) => Some(step.status.institution),
        Step::CheckingStatus(step) => Some(step.identity.status.institution),
        Step::Collections(step) => Some(step.identity.status.institution),
        Step::Details(step) => Some(step.chosen.standing.collection.institution),
        Step::NotEligible(step) => Some(step.chosen.standing.collection.institution),
        Step::ChoosingService(step) => Some(step.chosen.standing.collection.institution),
        Step::Paying(step) => Some(step.chosen.standing.collection.institution),
        Step::Preparing(step) => Some(step.ticket.collection.institution),
        Step::Capturing(step) => Some(step.ticket.collection.institution),
        Step::Choosing(step) => Some(step.ticket.collection.institution),
        Step::Standardizing(step) => Some(step.ticket.collection.institution),
        Step::Refused(step) => Some(step.ticket.collection.institution),
        Step::Confirming(step) => Some(step.ticket.collection.institution),
        Step::Farewell(step) => Some(step.identity.status.institution),
        Step::Standing(step) => Some(step.chosen.standing.collection.institution),
        Step::Welcome(_)
        | Step::Consent(_)
        | Step::SigningIn(_)
        | Step::Resuming(_)
        | Step::ChoosingSchool(_)
        | Step::Paused(_) => None,
    }
}

/// What Back means on a step; `None` where there is no way back.
fn back(step: &Step) -> Option<Intent> {
    match step {
        Step::SigningIn(_) => Some(Intent::SigningIn(SigningInIntent::Back)),
        Step::ChoosingSchool(_) => Some(Intent::ChoosingSchool(ChoosingSchoolIntent::Back)),
        Step::ChoosingCategory(_) => Some(Intent::ChoosingCategory(ChoosingCategoryIntent::Back)),
        Step::ReadingCode(_) => Some(Intent::ReadingCode(ReadingCodeIntent::Back)),
        Step::EnteringLastFour(_) => Some(Intent::EnteringLastFour(EnteringLastFourIntent::Back)),
        Step::Collections(_) => Some(Intent::Collections(CollectionsIntent::Back)),
        Step::Details(_) => Some(Intent::Details(DetailsIntent::Back)),
        Step::NotEligible(_) => Some(Intent::NotEligible(NotEligibleIntent::Back)),
        Step::ChoosingService(_) => Some(Intent::ChoosingService(ChoosingServiceIntent::Back)),
        Step::Preparing(_) => Some(Intent::Preparing(PreparingIntent::Back)),
        Step::Capturing(_) => Some(Intent::Capturing(CapturingIntent::Back)),
        Step::Standing(_) => Some(Intent::Standing(StandingIntent::Back)),
        Step::Confirming(step) if step.sending() => None,
        Step::Confirming(_) => Some(Intent::Confirming(ConfirmingIntent::Cancel)),
        Step::Welcome(_)
        | Step::Consent(_)
        | Step::Resuming(_)
        | Step::CheckingStatus(_)
        | Step::Paying(_)
        | Step::Choosing(_)
        | Step::Standardizing(_)
        | Step::Refused(_)
        | Step::Farewell(_)
        | Step::Paused(_) => None,
    }
}

fn dock_ui(ui: &mut Ui, areas: &Areas, step: &Step, scene: &Scene<'_>) -> Option<Intent> {
    let text = scene.text;
    let other = match text.language() {
        Language::Chinese => Language::English,
        Language::English => Language::Chinese,
    };
    let mut places = vec![(
        Icon::Globe,
        t!(text, "dock-language"),
        Intent::Anywhere(AnywhereIntent::Language(other)),
    )];
    let somebody = !matches!(step, Step::Welcome(_) | Step::Paused(_));
    if !matches!(step, Step::Paused(_)) {
        places.push((
            Icon::Headset,
            t!(text, "dock-help"),
            Intent::Anywhere(AnywhereIntent::CustomerService),
        ));
        places.push((
            Icon::Gear,
            t!(text, "dock-settings"),
            Intent::Anywhere(AnywhereIntent::Settings),
        ));
    }
    if somebody && !matches!(step, Step::Farewell(_)) {
        places.push((
            Icon::Exit,
            t!(text, "dock-leave"),
            Intent::Anywhere(AnywhereIntent::Leave),
        ));
    }
    let way_back = back(step).map(|intent| (Icon::Back, t!(text, "back"), intent));
    let all = 5;
    if areas.portrait {
        let line = areas.dock.top() - theme::GAP_M + 8.0;
        ui.painter()
            .hline(areas.dock.x_range(), line, theme::hairline());
        let first = touched(
            ui,
            areas.dock,
            areas.dock.left(),
            way_back.into_iter().collect(),
            all,
        );
        let width = dock::width_of(areas.dock, places.len(), all);
        return first.or(touched(
            ui,
            areas.dock,
            areas.dock.right() - width,
            places,
            all,
        ));
    }
    let mut row: Vec<_> = way_back.into_iter().collect();
    row.extend(places);
    touched(ui, areas.dock, areas.dock.left(), row, all)
}

/// `whole` is shared by `all` places; these begin at `left`.
fn touched(
    ui: &mut Ui,
    whole: Rect,
    left: f32,
    places: Vec<(Icon, String, Intent)>,
    all: usize,
) -> Option<Intent> {
    let items: Vec<Item<'_>> = places
        .iter()
        .map(|(icon, words, _)| Item { icon: *icon, words })
        .collect();
    let width = dock::width_of(whole, items.len(), all);
    let place = Rect::from_min_size(pos2(left, whole.top()), vec2(width, whole.height()));
    let index = dock::dock(ui, place, &items)?;
    places.into_iter().nth(index).map(|(_, _, intent)| intent)
}

/// The attendant's entry: the top left corner, held for three seconds. True in the frame in which it opens.
pub fn attendant_corner(ui: &mut Ui, scene: &Scene<'_>) -> bool {
    let corner = Rect::from_min_size(
        ui.ctx().content_rect().min,
        vec2(2.0 * theme::TOUCH, 1.5 * theme::TOUCH),
    );
    let id = ui.scope_id().with("attendant-corner");
    let response = ui.interact(corner, id, Sense::click_and_drag());
    let label = t!(scene.text, "attendant-corner");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if !response.is_pointer_button_down_on() {
        ui.data_mut(|data| data.remove::<std::time::Instant>(id));
        return false;
    }
    ui.ctx().request_repaint_after(Duration::from_millis(33));
    let since = ui.data_mut(|data| *data.get_temp_mut_or_insert_with(id, || scene.now));
    let held = scene.now.saturating_duration_since(since);
    let share = held.as_secs_f32() / HOLD.as_secs_f32();
    let mark = layout::areas(ui).brand;
    let centre = pos2(mark.left() + mark.height() / 2.0, mark.center().y);
    icon::ring(
        ui.painter(),
        centre,
        mark.height() * 0.7,
        6.0,
        share,
        (theme::HAIRLINE, theme::ACCENT),
    );
    if held >= HOLD {
        ui.data_mut(|data| data.insert_temp(id, scene.now + Duration::from_hours(1)));
        return true;
    }
    false
}
