//! Finding one's school: what is typed, what was found, the keys.

use super::Scene;
use crate::session::{ChoosingSchool, ChoosingSchoolIntent, SchoolHit};
use crate::ui::keyboard::{self, Press};
use crate::ui::layout;
use crate::ui::text::t;
use crate::ui::theme::{self, Mood, Type};
use crate::ui::widgets::keypad;
use crate::ui::widgets::{self, Button, Choice, Icon, badge, button, icon, words};
use egui::{Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

/// Nobody's school has a longer name.
const LONGEST_QUERY: usize = 40;
/// More are not read: one types on.
const MOST_SHOWN: usize = 20;
const KEYS_HEIGHT: f32 = 452.0;

/// Search field, results and keyboard.
pub fn choosing_school_ui(
    ui: &mut Ui,
    step: &ChoosingSchool,
    scene: &mut Scene<'_>,
) -> Option<ChoosingSchoolIntent> {
    let text = scene.text;
    let areas = layout::areas(ui);
    let (upper, lower) = if areas.portrait {
        let keys = areas
            .content
            .with_min_y(areas.content.bottom() - KEYS_HEIGHT);
        (areas.content.with_max_y(keys.top() - theme::GAP_M), keys)
    } else {
        let (left, right) = areas.panes(0.0);
        let split = left.right() + theme::GAP_XL;
        (
            right.with_min_x(split + theme::GAP_L),
            left.with_max_x(split),
        )
    };
    let (typed, chosen) = if areas.portrait {
        let chosen = layout::place(ui, upper, |ui| {
            head(ui, step, scene);
            results(ui, step, scene)
        });
        (
            layout::place(ui, lower, |ui| keys(ui, lower, scene)),
            chosen,
        )
    } else {
        let typed = layout::place(ui, lower, |ui| {
            head(ui, step, scene);
            let rect = ui.available_rect_before_wrap();
            keys(ui, rect, scene)
        });
        (
            typed,
            layout::place(ui, upper, |ui| results(ui, step, scene)),
        )
    };
    let query = typed
        .into_iter()
        .chain(keyboard::physical(ui))
        .fold(step.query.clone(), |q, press| {
            press.apply(&q, LONGEST_QUERY)
        });
    let sure = t!(text, "school-sure");
    let pressed = button::actions(
        ui,
        Some(Button::primary(&sure).enabled(step.chosen.is_some())),
        None,
    );
    let changed = (query != step.query).then_some(ChoosingSchoolIntent::Type(query));
    changed
        .or(chosen)
        .or(pressed.map(|_| ChoosingSchoolIntent::Sure))
}

fn head(ui: &mut Ui, step: &ChoosingSchool, scene: &Scene<'_>) {
    let text = scene.text;
    widgets::title(ui, t!(text, "school-title"), t!(text, "school-lead"));
    ui.add_space(theme::GAP_S);
    field(
        ui,
        &step.query,
        &t!(text, "school-hint"),
        &t!(text, "school-query"),
    );
    ui.add_space(theme::GAP_S);
}

/// What was typed so far.
fn field(ui: &mut Ui, query: &str, hint: &str, label: &str) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), theme::TOUCH), Sense::hover());
    response.widget_info(|| WidgetInfo::text_edit(true, "", query, label));
    let painter = ui.painter();
    painter.rect(
        rect,
        theme::corner(),
        theme::CARD,
        Stroke::new(theme::LINE_CHOSEN - 1.0, theme::ACCENT),
        StrokeKind::Inside,
    );
    let place = Rect::from_center_size(
        pos2(rect.left() + theme::GAP_L, rect.center().y),
        Vec2::splat(theme::ICON),
    );
    icon::paint(painter, place, Icon::Search, theme::INK_SOFT);
    let left = place.right() + theme::GAP_S;
    let (shown, ink) = if query.is_empty() {
        (hint, theme::INK_ASLEEP)
    } else {
        (query, theme::INK)
    };
    let galley = words::fitted(
        ui,
        shown,
        !query.is_empty(),
        Type::Lead,
        rect.right() - left - theme::GAP_M,
        1,
    );
    let top = rect.center().y - galley.size().y / 2.0;
    let end = if query.is_empty() {
        left
    } else {
        left + galley.size().x + 5.0
    };
    ui.painter()
        .galley_with_override_text_color(pos2(left, top), galley, ink);
    ui.painter().vline(
        end,
        rect.center().y - 24.0..=rect.center().y + 24.0,
        Stroke::new(3.0, theme::ACCENT),
    );
}

fn results(ui: &mut Ui, step: &ChoosingSchool, scene: &Scene<'_>) -> Option<ChoosingSchoolIntent> {
    let text = scene.text;
    if step.results.is_empty() {
        badge::notice(
            ui,
            Mood::Care,
            Icon::Search,
            &t!(text, "school-none"),
            &t!(text, "school-none-text"),
        );
        return None;
    }
    let heading = if step.query.is_empty() {
        t!(text, "school-here")
    } else {
        t!(text, "school-results")
    };
    words::say(
        ui,
        heading,
        Type::Body.bold(),
        Type::Body.line(),
        theme::INK_SOFT,
    );
    let mut chosen = None;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP_XS + 4.0;
            ui.set_width(ui.available_width() - theme::GAP_S);
            for (i, hit) in step.results.iter().take(MOST_SHOWN).enumerate() {
                if row(ui, hit, step.chosen == Some(i), scene) {
                    chosen = Some(ChoosingSchoolIntent::Choose(i));
                }
            }
            if step.results.len() > MOST_SHOWN {
                let more = step.results.len() - MOST_SHOWN;
                widgets::note(ui, t!(text, "school-more", count = more));
            }
        });
    chosen
}

fn row(ui: &mut Ui, hit: &SchoolHit, chosen: bool, scene: &Scene<'_>) -> bool {
    let text = scene.text;
    let school = &hit.institution;
    let title = text.either(&school.name_zh, &school.name_en);
    let other = if title == school.name_zh {
        school.name_en.as_str()
    } else {
        school.name_zh.as_str()
    };
    let code = t!(text, "school-code", code = school.code.to_string());
    let detail = if other.is_empty() {
        code
    } else {
        format!("{code} · {other}")
    };
    let (mood, mark, label) = if hit.served {
        (Mood::Good, Icon::Check, t!(text, "school-served"))
    } else {
        (Mood::Calm, Icon::Cross, t!(text, "school-not-served"))
    };
    Choice::new(title)
        .detail(&detail)
        .chosen(chosen)
        .badge(mood, mark, label)
        .show(ui)
}

fn keys(ui: &mut Ui, rect: Rect, scene: &Scene<'_>) -> Option<Press> {
    keypad::letters(ui, rect, true, &scene.key_words())
}
