//! Findings of many frames into one calm sentence: smoothing and hysteresis over time.
//!
//! Pure: the time comes in with the findings. It chooses the rule to speak of and tells when the picture
//! may be taken; it knows no words and takes no picture. The constants are the recipe's ("Live"), which
//! were proposed, not yet tested on people.

use std::time::{Duration, Instant};

use super::{Finding, KnownBy, Rule, Verdict, sort_by_importance};

/// A rule has to fail for this long before it is spoken of.
const ACTIVE_AFTER: Duration = Duration::from_millis(300);
/// A blink must not be missed by the shutter, so eyes are faster.
const EYES_ACTIVE_AFTER: Duration = Duration::from_millis(150);
/// Light and wall do not change by the frame, and auto exposure makes them swing.
const ROOM_ACTIVE_AFTER: Duration = Duration::from_millis(600);
/// A rule has to be fine for this long before it is let go.
const RELEASED_AFTER: Duration = Duration::from_millis(500);
/// A sentence stays this long unless its cause has vanished.
const SENTENCE_STAYS: Duration = Duration::from_millis(1_200);
/// A more important rule interrupts a sentence after this long.
const INTERRUPTS_AFTER: Duration = Duration::from_millis(500);
/// Every measured rule has to be fine for this long before a picture is taken.
const READY_AFTER: Duration = Duration::from_secs(1);
/// The share of the limit at which an active rule is let go ...
const RELEASED_AT: f32 = 0.90;
/// ... and up to which a measured rule counts as fine for taking the picture.
const FINE_UP_TO: f32 = 0.95;
/// Time constant of the exponential mean over a rule's score.
const SMOOTHING: Duration = Duration::from_millis(250);

/// What to show now.
#[derive(Debug, Clone, PartialEq)]
pub struct GuidanceState {
    /// The rule to speak of; `None` when nothing is wrong.
    pub first: Option<Rule>,
    /// Every measured rule has been fine for a second.
    pub ready: bool,
    /// The latest findings with the steadied verdicts, worst first.
    pub findings: Vec<Finding>,
}

/// The memory between frames.
#[derive(Debug, Clone)]
pub struct Guidance {
    tracks: [Track; Rule::ALL.len()],
    shown: Option<(Rule, Instant)>,
    fine_since: Option<Instant>,
    last: Option<Instant>,
}

/// One rule over time.
#[derive(Debug, Clone, Copy, Default)]
struct Track {
    smooth: Option<f32>,
    active: bool,
    failing_since: Option<Instant>,
    fine_since: Option<Instant>,
    active_since: Option<Instant>,
}

impl Default for Guidance {
    fn default() -> Self {
        Self::new()
    }
}

impl Guidance {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self {
            tracks: [Track::default(); Rule::ALL.len()],
            shown: None,
            fine_since: None,
            last: None,
        }
    }

    /// Takes the findings of one frame. Findings may leave rules out (the dear ones are measured less
    /// often): a rule that is left out keeps its state.
    pub fn update(&mut self, findings: &[Finding], now: Instant) -> GuidanceState {
        let passed = self
            .last
            .map_or(Duration::ZERO, |last| now.saturating_duration_since(last));
        self.last = Some(now);
        for finding in findings {
            self.tracks[finding.rule as usize].take(finding, passed, now);
        }
        self.fine_since = if self.all_fine(findings) {
            self.fine_since.or(Some(now))
        } else {
            None
        };
        self.choose(now);
        let mut steadied: Vec<Finding> = findings.iter().map(|f| self.steadied(*f)).collect();
        sort_by_importance(&mut steadied);
        GuidanceState {
            first: self.shown.map(|(rule, _)| rule),
            ready: self
                .fine_since
                .is_some_and(|since| now.saturating_duration_since(since) >= READY_AFTER),
            findings: steadied,
        }
    }

    /// Nobody fine before anything was measured, and a face has to be there.
    fn all_fine(&self, findings: &[Finding]) -> bool {
        let measured = |f: &&Finding| f.rule.known_by() == KnownBy::Measured;
        let seen = findings
            .iter()
            .any(|f| f.rule == Rule::OneFace && f.verdict != Verdict::Fail);
        let now_fine = findings
            .iter()
            .filter(measured)
            .all(|f| f.score.is_none_or(|s| s <= FINE_UP_TO));
        seen && now_fine && self.tracks.iter().all(|track| !track.active)
    }

    /// Keeps the sentence, or changes it for a more important or a remaining one.
    fn choose(&mut self, now: Instant) {
        let first = Rule::ALL
            .into_iter()
            .find(|&rule| self.tracks[rule as usize].active);
        let Some((shown, since)) = self.shown else {
            self.shown = first.map(|rule| (rule, now));
            return;
        };
        let vanished = !self.tracks[shown as usize].active;
        let old_enough = now.saturating_duration_since(since) >= SENTENCE_STAYS;
        let change = match first {
            Some(rule) if rule == shown => false,
            Some(rule) => vanished || old_enough || self.interrupts(rule, now),
            None => true,
        };
        if change {
            self.shown = first.map(|rule| (rule, now));
        }
    }

    fn interrupts(&self, rule: Rule, now: Instant) -> bool {
        let since = self.tracks[rule as usize].active_since;
        since.is_some_and(|since| now.saturating_duration_since(since) >= INTERRUPTS_AFTER)
    }

    /// The verdict that is shown: a failure only while the rule is active.
    fn steadied(&self, finding: Finding) -> Finding {
        let verdict = match (finding.verdict, self.tracks[finding.rule as usize].active) {
            (Verdict::Fail, false) => Verdict::Warn,
            (Verdict::Warn | Verdict::Pass, true)
                if finding.rule.known_by() == KnownBy::Measured =>
            {
                Verdict::Fail
            }
            (verdict, _) => verdict,
        };
        Finding { verdict, ..finding }
    }
}

impl Track {
    fn take(&mut self, finding: &Finding, passed: Duration, now: Instant) {
        if finding.rule.known_by() != KnownBy::Measured {
            return;
        }
        // unknown never blocks alone: the rule is as if fine
        let score = finding.score.unwrap_or(0.0);
        let smooth = if smoothed(finding.rule) {
            mean(self.smooth, score, passed)
        } else {
            score
        };
        self.smooth = Some(smooth);
        let (failing, fine) = (smooth >= 1.0, smooth <= RELEASED_AT);
        self.failing_since = if failing {
            self.failing_since.or(Some(now))
        } else {
            None
        };
        self.fine_since = if fine {
            self.fine_since.or(Some(now))
        } else {
            None
        };
        let lasted = |since: Option<Instant>, long: Duration| {
            since.is_some_and(|s| now.saturating_duration_since(s) >= long)
        };
        if !self.active && lasted(self.failing_since, active_after(finding.rule)) {
            self.active = true;
            self.active_since = Some(now);
        } else if self.active && lasted(self.fine_since, RELEASED_AFTER) {
            self.active = false;
            self.active_since = None;
        }
    }
}

/// Eyes open in one frame and closed in the next; everything else moves like a body.
fn smoothed(rule: Rule) -> bool {
    !matches!(rule, Rule::EyesOpen | Rule::OneFace)
}

fn active_after(rule: Rule) -> Duration {
    if rule == Rule::EyesOpen {
        EYES_ACTIVE_AFTER
    } else if matches!(
        rule,
        Rule::LightEven | Rule::Exposure | Rule::ColourCast | Rule::WallPlain | Rule::WallShadow
    ) {
        ROOM_ACTIVE_AFTER
    } else {
        ACTIVE_AFTER
    }
}

/// Exponential mean; scores above 3 count as 3, so that one wild frame is soon forgotten.
fn mean(before: Option<f32>, score: f32, passed: Duration) -> f32 {
    let score = score.min(3.0);
    let Some(before) = before else { return score };
    let keep = (-passed.as_secs_f32() / SMOOTHING.as_secs_f32()).exp();
    before * keep + score * (1.0 - keep)
}

#[cfg(test)]
mod tests {
    use super::super::reading::Reading;
    use super::*;

    /// A script: from each time (ms) on, these rules have these scores; every other rule is fine.
    fn play(script: &[(u64, &[(Rule, f32)])], until_ms: u64) -> Vec<(u64, GuidanceState)> {
        let start = crate::clock::now();
        let mut guidance = Guidance::new();
        (0..until_ms)
            .step_by(33)
            .map(|ms| {
                let wrong = script
                    .iter()
                    .rev()
                    .find(|(from, _)| *from <= ms)
                    .map_or(&[][..], |(_, wrong)| *wrong);
                let findings: Vec<Finding> = Rule::ALL
                    .into_iter()
                    .map(|rule| {
                        let score = wrong
                            .iter()
                            .find(|(r, _)| *r == rule)
                            .map_or(0.1, |(_, score)| *score);
                        Finding::of(rule, Reading::at_most(score, 1.0))
                    })
                    .collect();
                (
                    ms,
                    guidance.update(&findings, start + Duration::from_millis(ms)),
                )
            })
            .collect()
    }

    /// The sentences in order, with the time at which each begins.
    fn sentences(states: &[(u64, GuidanceState)]) -> Vec<(u64, Option<Rule>)> {
        let mut told: Vec<(u64, Option<Rule>)> = Vec::new();
        for (ms, state) in states {
            if told.last().is_none_or(|(_, rule)| *rule != state.first) {
                told.push((*ms, state.first));
            }
        }
        told
    }

    #[test]
    fn is_ready_after_a_second_of_everything_right() {
        let states = play(&[(0, &[])], 1_500);
        let ready = states
            .iter()
            .find(|(_, s)| s.ready)
            .map(|(ms, _)| *ms)
            .unwrap();
        assert!((1_000..1_050).contains(&ready), "ready at {ready} ms");
    }

    #[test]
    fn a_single_bad_frame_says_nothing() {
        let states = play(
            &[(0, &[]), (500, &[(Rule::HeadRoll, 2.0)]), (533, &[])],
            2_000,
        );
        assert_eq!(sentences(&states), [(0, None)]);
    }

    #[test]
    fn a_rule_is_spoken_of_and_let_go_with_delay() {
        let states = play(
            &[(0, &[]), (1_000, &[(Rule::HeadYaw, 1.6)]), (3_000, &[])],
            5_000,
        );
        let told = sentences(&states);
        assert_eq!(
            told.iter().map(|(_, rule)| *rule).collect::<Vec<_>>(),
            [None, Some(Rule::HeadYaw), None]
        );
        assert!((1_300..1_700).contains(&told[1].0), "{told:?}");
        assert!((3_500..4_000).contains(&told[2].0), "{told:?}");
    }

    #[test]
    fn words_do_not_flicker_at_the_limit() {
        let start = crate::clock::now();
        let mut guidance = Guidance::new();
        let mut changes = 0;
        let mut before = None;
        for frame in 0..300_u64 {
            let score = if frame % 2 == 0 { 1.08 } else { 0.97 };
            let finding = Finding::of(Rule::Distance, Reading::at_most(score, 1.0));
            let state = guidance.update(&[finding], start + Duration::from_millis(frame * 33));
            changes += u32::from(state.first != before);
            before = state.first;
        }
        assert_eq!((changes, before), (1, Some(Rule::Distance)));
    }

    #[test]
    fn a_more_important_rule_waits_half_a_second_and_then_interrupts() {
        let states = play(
            &[
                (0, &[(Rule::MouthClosed, 2.0)]),
                (600, &[(Rule::MouthClosed, 2.0), (Rule::OneFace, 2.0)]),
            ],
            3_000,
        );
        let told = sentences(&states);
        assert_eq!(told[1].1, Some(Rule::MouthClosed));
        assert_eq!(told[2].1, Some(Rule::OneFace));
        assert!(told[2].0 >= 600 + 300 + 500, "{told:?}");
    }

    #[test]
    fn the_shutter_stops_at_a_blink_and_warn_only_rules_do_not_hold_it() {
        let states = play(
            &[
                (0, &[(Rule::HeadPitch, 3.0)]),
                (1_500, &[(Rule::EyesOpen, 2.0)]),
                (1_700, &[]),
            ],
            2_000,
        );
        let at = |ms: u64| &states.iter().rev().find(|(t, _)| *t <= ms).unwrap().1;
        assert!(at(1_400).ready && at(1_400).first.is_none());
        assert!(!at(1_520).ready);
    }

    #[test]
    fn an_empty_booth_is_never_ready() {
        let states = play(&[(0, &[(Rule::OneFace, 2.0)])], 3_000);
        assert!(states.iter().all(|(_, s)| !s.ready));
        assert_eq!(states.last().unwrap().1.first, Some(Rule::OneFace));
    }
}
