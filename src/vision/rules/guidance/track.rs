//! One rule over time: its quantity smoothed, active only after a while, let go only after a while.

use std::time::{Duration, Instant};

use super::super::{FACE, Finding, KnownBy, ROOM, Rule, Verdict};

/// A rule has to fail for this long before it is spoken of ...
const ACTIVE_AFTER: Duration = Duration::from_millis(300);
/// ... but what is clearly wrong in two readings running is spoken of at once.
const CLEARLY: f32 = 1.5;
/// A blink must not be missed by the shutter, so eyes are faster; and a blink is no reason to speak.
const EYES_ACTIVE_AFTER: Duration = Duration::from_millis(150);
/// Who reads the words on the screen looks aside; only who goes on looking aside is told. And what shines in glasses
/// hides the irises: the shine is spoken of first.
const GAZE_ACTIVE_AFTER: Duration = Duration::from_secs(1);
/// What pixels tell comes in turns, and auto exposure makes it swing.
const PIXELS_ACTIVE_AFTER: Duration = Duration::from_millis(600);
/// A rule has to be fine for this long before it is let go.
const RELEASED_AFTER: Duration = Duration::from_millis(500);
/// What is clearly fine in three readings running is let go at once.
const CLEARLY_FINE: f32 = 0.7;
/// The share of the limit at which an active rule is let go.
const RELEASED_AT: f32 = 0.90;
/// Time constant of the exponential mean over a rule of points.
const SMOOTHING: Duration = Duration::from_millis(250);
/// Readings of which a rule of pixels takes the middle one.
const MEDIAN_OF: usize = 5;
/// Scores above count as this, so that one wild frame is soon forgotten.
const WILDEST: f32 = 3.0;

/// How a rule's quantity is smoothed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Smoothing {
    /// Eyes open in one frame and closed in the next; a face is there or not.
    None,
    /// Points move like a body.
    Mean,
    /// Pixels have outliers.
    Median,
}

/// One rule over time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Track {
    latest: Option<Finding>,
    asked_at: Option<Instant>,
    smooth: Option<f32>,
    recent: [Option<f32>; MEDIAN_OF],
    clear: u8,
    clearly_fine: u8,
    /// The newest finding beyond the limit: what the words are about while the rule is active.
    wrong: Option<Finding>,
    active_since: Option<Instant>,
    failing_since: Option<Instant>,
    fine_since: Option<Instant>,
}

impl Track {
    /// The next reading, so long after the frame before.
    pub fn take(&mut self, finding: &Finding, passed: Duration, now: Instant) {
        // somebody has come: nobody is told to be one person
        let came = finding.rule == Rule::OneFace
            && self
                .latest
                .is_some_and(|last| last.value.is_some_and(|n| n < 0.01))
            && finding.verdict != Verdict::Fail;
        if came {
            *self = Self::default();
        }
        self.latest = Some(*finding);
        self.asked_at = Some(now);
        if finding.rule.known_by() != KnownBy::Measured {
            return;
        }
        // unknown never blocks alone: the rule is as if fine
        let score = finding.score.unwrap_or(0.0).min(WILDEST);
        let smooth = self.smoothed(smoothing(finding.rule), score, passed);
        self.clear = if score >= CLEARLY {
            self.clear.saturating_add(1)
        } else {
            0
        };
        self.clearly_fine = if score <= CLEARLY_FINE {
            self.clearly_fine.saturating_add(1)
        } else {
            0
        };
        if score >= 1.0 {
            self.wrong = Some(*finding);
        }
        let since = |held: bool, since: Option<Instant>| held.then(|| since.unwrap_or(now));
        self.failing_since = since(smooth >= 1.0, self.failing_since);
        self.fine_since = since(smooth <= RELEASED_AT, self.fine_since);
        let lasted = |since: Option<Instant>, long: Duration| {
            since.is_some_and(|s| now.saturating_duration_since(s) >= long)
        };
        let at_once = speaks_at_once(finding.rule);
        let clearly = self.clear >= 2 && at_once;
        if at_once && self.clearly_fine >= 3 {
            (self.active_since, self.smooth) = (None, Some(score));
        } else if self.active_since.is_none()
            && (clearly || lasted(self.failing_since, active_after(finding.rule)))
        {
            self.active_since = Some(now);
        } else if lasted(self.fine_since, RELEASED_AFTER) {
            self.active_since = None;
        }
    }

    fn smoothed(&mut self, how: Smoothing, score: f32, passed: Duration) -> f32 {
        let smooth = match how {
            Smoothing::None => score,
            Smoothing::Mean => mean(self.smooth, score, passed),
            Smoothing::Median => {
                self.recent.rotate_right(1);
                self.recent[0] = Some(score);
                middle(&self.recent).unwrap_or(score)
            }
        };
        self.smooth = Some(smooth);
        smooth
    }

    /// Spoken of, if nothing more important is.
    pub fn is_active(&self) -> bool {
        self.active_since.is_some()
    }

    /// Since when.
    pub fn active_since(&self) -> Option<Instant> {
        self.active_since
    }

    /// The rule was asked within this time.
    pub fn asked_within(&self, long: Duration, now: Instant) -> bool {
        self.asked_at
            .is_some_and(|at| now.saturating_duration_since(at) <= long)
    }

    /// The newest score, not smoothed: a photo is of one moment.
    pub fn latest_score(&self) -> Option<f32> {
        self.latest.and_then(|finding| finding.score)
    }

    /// The newest finding with the verdict that is shown: a failure only while the rule is active.
    pub fn steadied(&self) -> Option<Finding> {
        let latest = self.latest?;
        let fine_now = latest.score.is_none_or(|score| score < 1.0);
        let finding = match self.wrong {
            Some(wrong) if self.is_active() && fine_now => wrong,
            _ => latest,
        };
        let verdict = match (finding.verdict, self.is_active()) {
            (Verdict::Fail, false) => Verdict::Warn,
            (Verdict::Warn | Verdict::Pass, true)
                if finding.rule.known_by() == KnownBy::Measured =>
            {
                Verdict::Fail
            }
            (verdict, _) => verdict,
        };
        Some(Finding { verdict, ..finding })
    }
}

fn smoothing(rule: Rule) -> Smoothing {
    if matches!(rule, Rule::EyesOpen | Rule::OneFace) {
        Smoothing::None
    } else if FACE.contains(&rule) || ROOM.contains(&rule) {
        Smoothing::Median
    } else {
        Smoothing::Mean
    }
}

/// Where and how somebody stands is seen at once. A blink, a glance and the swinging of light are waited out.
fn speaks_at_once(rule: Rule) -> bool {
    smoothing(rule) == Smoothing::Mean && rule != Rule::Gaze
}

fn active_after(rule: Rule) -> Duration {
    if rule == Rule::EyesOpen {
        EYES_ACTIVE_AFTER
    } else if rule == Rule::Gaze {
        GAZE_ACTIVE_AFTER
    } else if matches!(rule, Rule::Exposure | Rule::ColourCast) {
        // what makes every later measurement unsure is spoken of first
        ACTIVE_AFTER
    } else if smoothing(rule) == Smoothing::Median {
        PIXELS_ACTIVE_AFTER
    } else {
        ACTIVE_AFTER
    }
}

fn mean(before: Option<f32>, score: f32, passed: Duration) -> f32 {
    let Some(before) = before else { return score };
    let keep = (-passed.as_secs_f32() / SMOOTHING.as_secs_f32()).exp();
    before * keep + score * (1.0 - keep)
}

fn middle(recent: &[Option<f32>]) -> Option<f32> {
    let mut known: Vec<f32> = recent.iter().flatten().copied().collect();
    known.sort_by(f32::total_cmp);
    known.get(known.len().saturating_sub(1) / 2).copied()
}
