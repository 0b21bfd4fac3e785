//! Findings of many frames into one calm sentence: smoothing and hysteresis over time.
//!
//! Pure: the time comes in with the findings. It chooses the rule to speak of and tells when the picture
//! may be taken; it knows no words and takes no picture. Quantities are smoothed, not verdicts. The constants are the
//! recipe's ("Live"), but for what is clearly wrong: that is spoken of at once.

mod track;

use std::time::{Duration, Instant};

use super::{FACE, Finding, GEOMETRY, KnownBy, ROOM, Rule, sort_by_importance};
use track::Track;

/// A sentence stays this long unless its cause has vanished.
const SENTENCE_STAYS: Duration = Duration::from_millis(1_200);
/// A more important rule interrupts a sentence after this long.
const INTERRUPTS_AFTER: Duration = Duration::from_millis(500);
/// Every measured rule has to be fine for this long before a picture is taken.
const READY_AFTER: Duration = Duration::from_secs(1);
/// The share of the limit up to which a measured rule counts as fine for taking the picture.
const FINE_UP_TO: f32 = 0.97;
/// Findings of pixels come in turns; one that is older than this says nothing of now.
const STALE_AFTER: Duration = Duration::from_secs(2);

/// Where and how the head has to be before its pixels tell anything.
const PLACE: [Rule; 4] = [Rule::Distance, Rule::HeadRoll, Rule::Framing, Rule::HeadYaw];

/// What to show now.
#[derive(Debug, Clone, PartialEq)]
pub struct GuidanceState {
    /// The rule to speak of; `None` when nothing is wrong.
    pub first: Option<Rule>,
    /// Every measured rule has been fine for a second.
    pub ready: bool,
    /// The latest finding of each rule with the steadied verdict, worst first.
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

    /// Takes the findings of one frame. Findings may leave rules out (the dear ones are measured in turns): a rule that
    /// is left out keeps its state, unless nobody is there any more.
    pub fn update(&mut self, findings: &[Finding], now: Instant) -> GuidanceState {
        let passed = self
            .last
            .map_or(Duration::ZERO, |last| now.saturating_duration_since(last));
        self.last = Some(now);
        if nobody(findings) {
            self.forget_person();
        }
        for finding in findings {
            self.tracks[finding.rule as usize].take(finding, passed, now);
        }
        self.forget_pixels_of_another_place();
        self.fine_since = if self.all_fine(now) {
            self.fine_since.or(Some(now))
        } else {
            None
        };
        self.choose(now);
        let mut steadied: Vec<Finding> = self.tracks.iter().filter_map(Track::steadied).collect();
        sort_by_importance(&mut steadied);
        GuidanceState {
            first: self.shown.map(|(rule, _)| rule),
            ready: self
                .fine_since
                .is_some_and(|since| now.saturating_duration_since(since) >= READY_AFTER),
            findings: steadied,
        }
    }

    /// What was known of somebody who has stepped out says nothing of whoever comes.
    fn forget_person(&mut self) {
        for (track, rule) in self.tracks.iter_mut().zip(Rule::ALL) {
            if !matches!(rule, Rule::OneFace | Rule::Exposure) {
                *track = Track::default();
            }
        }
    }

    /// The pixels of a face that has yet to move say nothing of the face that will be photographed: kept, they would
    /// be spoken of when the move is done. What matters more than the move is spoken of before it.
    fn forget_pixels_of_another_place(&mut self) {
        let moves = PLACE
            .into_iter()
            .find(|&rule| self.tracks[rule as usize].is_active());
        let Some(place) = moves else { return };
        for rule in FACE.into_iter().filter(|&rule| rule > place) {
            self.tracks[rule as usize] = Track::default();
        }
    }

    /// Nobody is fine before every measured rule was asked lately.
    fn all_fine(&self, now: Instant) -> bool {
        let measured = |rule: &&Rule| rule.known_by() == KnownBy::Measured;
        let fine = |track: &Track| {
            let fresh = track.asked_within(STALE_AFTER, now);
            fresh && track.latest_score().is_none_or(|s| s <= FINE_UP_TO)
        };
        [&GEOMETRY[..], &FACE, &ROOM]
            .into_iter()
            .flatten()
            .filter(measured)
            .all(|rule| fine(&self.tracks[*rule as usize]))
            && self.tracks.iter().all(|track| !track.is_active())
    }

    /// Keeps the sentence, or changes it for a more important or a remaining one.
    fn choose(&mut self, now: Instant) {
        let first = Rule::ALL
            .into_iter()
            .find(|&rule| self.tracks[rule as usize].is_active());
        let Some((shown, since)) = self.shown else {
            self.shown = first.map(|rule| (rule, now));
            return;
        };
        let vanished = !self.tracks[shown as usize].is_active();
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
        let since = self.tracks[rule as usize].active_since();
        since.is_some_and(|since| now.saturating_duration_since(since) >= INTERRUPTS_AFTER)
    }
}

/// The frame shows no face at all, or is too dark to say.
fn nobody(findings: &[Finding]) -> bool {
    findings
        .iter()
        .any(|f| f.rule == Rule::OneFace && f.value.is_none_or(|faces| faces < 0.01))
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
            &[
                (0, &[]),
                (1_000, &[(Rule::HeadYaw, 1.3)]),
                (3_000, &[(Rule::HeadYaw, 0.8)]),
            ],
            5_000,
        );
        let told = sentences(&states);
        assert_eq!(
            told.iter().map(|(_, rule)| *rule).collect::<Vec<_>>(),
            [None, Some(Rule::HeadYaw), None]
        );
        assert!((1_300..1_800).contains(&told[1].0), "{told:?}");
        assert!((3_500..4_300).contains(&told[2].0), "{told:?}");
    }

    #[test]
    fn what_is_clearly_wrong_is_spoken_of_at_once() {
        let states = play(&[(0, &[]), (1_000, &[(Rule::Distance, 1.8)])], 2_000);
        let told = sentences(&states);
        assert_eq!(told[1].1, Some(Rule::Distance));
        assert!((1_000..1_100).contains(&told[1].0), "{told:?}");
    }

    #[test]
    fn what_was_known_of_somebody_leaves_with_them() {
        let start = crate::clock::now();
        let mut guidance = Guidance::new();
        let wrong = Finding::of(Rule::HeadRoll, Reading::at_most(2.0, 1.0));
        for frame in 0..3 {
            guidance.update(&[wrong], start + Duration::from_millis(frame * 33));
        }
        let nobody = Finding {
            value: Some(0.0),
            ..Finding::of(Rule::OneFace, Reading::at_most(2.0, 1.0))
        };
        let state = guidance.update(&[nobody], start + Duration::from_millis(120));
        let rules: Vec<Rule> = state.findings.iter().map(|f| f.rule).collect();
        assert_eq!(rules, [Rule::OneFace]);
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
    fn what_a_turned_face_shows_is_not_spoken_of_when_it_has_turned_back() {
        let turned: &[(Rule, f32)] = &[(Rule::HeadYaw, 2.0), (Rule::MouthClosed, 2.0)];
        let states = play(&[(0, turned), (2_000, &[])], 5_000);
        let told: Vec<Option<Rule>> = sentences(&states).iter().map(|(_, rule)| *rule).collect();
        assert_eq!(told, [None, Some(Rule::HeadYaw), None]);
        assert!(states.last().unwrap().1.ready);
    }

    #[test]
    fn a_mask_is_spoken_of_though_the_mesh_calls_the_head_turned() {
        let masked: &[(Rule, f32)] = &[(Rule::HeadYaw, 2.0), (Rule::FaceCovered, 2.0)];
        let states = play(&[(0, masked)], 3_000);
        assert_eq!(states.last().unwrap().1.first, Some(Rule::FaceCovered));
    }

    #[test]
    fn an_empty_booth_is_never_ready() {
        let states = play(&[(0, &[(Rule::OneFace, 2.0)])], 3_000);
        assert!(states.iter().all(|(_, s)| !s.ready));
        assert_eq!(states.last().unwrap().1.first, Some(Rule::OneFace));
    }
}
