//! What the review pages show of a submission: masked, with the findings in their order.

use super::words::Words;
use crate::domain::standing::day_in_china;
use crate::domain::working_days::WorkingDays;
use crate::domain::{NotApprovedReason, ReviewDecision};
use crate::review::store::decisions::Waiting;
use crate::wire::{Manifest, RecordedFinding, RecordedVerdict};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

/// Keys of the reasons, in their order.
const REASON_KEYS: [&str; 14] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "Q", "W", "E", "R",
];

/// The working-day clock of a submission.
pub(super) struct Clock {
    pub(super) is_overdue: bool,
    pub(super) is_today: bool,
    pub(super) text: String,
}

impl Clock {
    pub(super) fn of(w: Words, due: Date, today: Date, calendar: &WorkingDays) -> Self {
        let (is_overdue, is_today) = (due < today, due == today);
        let between = |from: Date, to: Date| {
            let days = from
                .series(jiff::Span::new().days(1))
                .skip(1)
                .take_while(|day| *day <= to);
            days.take(400)
                .filter(|day| calendar.is_working(*day))
                .count() as u32
        };
        let text = if is_overdue {
            w.count("overdue", between(due, today))
        } else if is_today {
            w.say("due-today")
        } else {
            w.count("due-in", between(today, due))
        };
        Self {
            is_overdue,
            is_today,
            text,
        }
    }
}

/// A time as people read it, in China.
pub(super) fn time(at: Timestamp) -> String {
    at.to_zoned(TimeZone::fixed(Offset::constant(8)))
        .strftime("%m-%d %H:%M")
        .to_string()
}

/// A line of the queue or the head of a review page.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) masked_name: String,
    pub(super) student_number: String,
    pub(super) institution: String,
    pub(super) category: String,
    pub(super) booth_name: String,
    pub(super) imported: bool,
    pub(super) received: String,
    pub(super) clock: Clock,
}

impl Line {
    pub(super) fn of(w: Words, from: Waiting, calendar: &WorkingDays) -> Self {
        let today = day_in_china(crate::clock::utc());
        Self {
            id: from.id.to_string(),
            institution: match w.of(&from.institution_zh, &from.institution_en) {
                "" => from.institution.to_string(),
                name => name.to_owned(),
            },
            category: w.word("category", &from.category),
            masked_name: from.masked_name,
            student_number: from.student_number,
            booth_name: from.booth_name,
            imported: from.imported,
            received: time(from.received_at),
            clock: Clock::of(w, from.due, today, calendar),
        }
    }
}

/// A finding, ready to be drawn.
pub(super) struct Chip {
    pub(super) class: &'static str,
    pub(super) rule: String,
    pub(super) measured: String,
}

impl Chip {
    fn of(w: Words, finding: &RecordedFinding) -> Self {
        let class = match finding.verdict {
            RecordedVerdict::Fail => "fail",
            RecordedVerdict::Warn => "warn",
            RecordedVerdict::Pass => "pass",
            RecordedVerdict::Unknown => "unknown",
            RecordedVerdict::Asked => "asked",
        };
        let value = finding.value.map(|value| format!("{value:.4}"));
        let value = value.map(|text| text.trim_end_matches('0').trim_end_matches('.').to_owned());
        let parts = [
            value,
            (!finding.unit.is_empty()).then(|| finding.unit.clone()),
        ];
        let measured = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let limit = finding
            .limit
            .as_ref()
            .map(|limit| format!(" ({limit})"))
            .unwrap_or_default();
        Self {
            class,
            rule: w.rule(&finding.rule),
            measured: measured + &limit,
        }
    }
}

/// Findings for the page: those to look at, and those that passed.
pub(super) fn chips(w: Words, manifest: &Manifest) -> (Vec<Chip>, Vec<Chip>) {
    manifest
        .findings
        .iter()
        .map(|finding| Chip::of(w, finding))
        .partition(|chip| chip.class != "pass")
}

/// The processing record as `name: value` lines.
pub(super) fn record_lines(record: &serde_json::Value) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    flatten("", record, &mut lines);
    lines.truncate(80);
    lines
}

fn flatten(prefix: &str, value: &serde_json::Value, lines: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                let name = if prefix.is_empty() {
                    name.clone()
                } else {
                    format!("{prefix}.{name}")
                };
                flatten(&name, value, lines);
            }
        }
        serde_json::Value::String(text) => lines.push((prefix.to_owned(), text.clone())),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::Array(_) => lines.push((prefix.to_owned(), value.to_string())),
    }
}

/// A reason on the page, with its key.
pub(super) struct ReasonKey {
    pub(super) key: &'static str,
    pub(super) word: String,
    pub(super) text: String,
}

/// All reasons, with the keys that choose them.
pub(super) fn reasons(w: Words) -> Vec<ReasonKey> {
    let reason = |(key, reason): (&'static str, NotApprovedReason)| ReasonKey {
        key,
        word: crate::review::store::columns::word(&reason).unwrap_or_default(),
        text: w.reason(reason),
    };
    REASON_KEYS
        .into_iter()
        .zip(NotApprovedReason::ALL)
        .map(reason)
        .collect()
}

/// A verdict as a sentence.
pub(super) fn verdict(w: Words, decision: &ReviewDecision) -> String {
    match decision {
        ReviewDecision::Approved => w.say("state-approved"),
        ReviewDecision::NotApproved { reasons, note } => {
            let mut parts: Vec<String> = reasons.iter().map(|reason| w.reason(*reason)).collect();
            parts.extend((!note.is_empty()).then(|| note.clone()));
            format!("{} · {}", w.say("state-not-approved"), parts.join(" · "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Language;
    use jiff::civil::date;

    #[test]
    fn the_clock_counts_working_days_only() {
        let (w, plain) = (Words::new(Language::English), WorkingDays::default());
        let clock = |due, today| Clock::of(w, due, today, &plain);
        assert_eq!(
            clock(date(2026, 11, 24), date(2026, 11, 20)).text,
            "2 working days left"
        );
        assert!(clock(date(2026, 11, 24), date(2026, 11, 24)).is_today);
        let late = clock(date(2026, 11, 20), date(2026, 11, 23));
        assert!(late.is_overdue);
        assert_eq!(late.text, "1 working day overdue");
    }

    #[test]
    fn every_reason_has_a_key_of_its_own() {
        let keys: std::collections::BTreeSet<_> = REASON_KEYS.into_iter().collect();
        assert_eq!(keys.len(), NotApprovedReason::ALL.len());
        assert!(
            !keys.contains("A")
                && !keys.contains("N")
                && !keys.contains("J")
                && !keys.contains("K")
        );
    }
}
