//! Words for the studio: what is being done, and why it could not be done.

use super::{Text, rules, t};
use crate::photo::{Reason, Stage};
use crate::vision::rules::Rule;

/// What is being done.
pub fn stage(text: Text, stage: Stage) -> String {
    match stage {
        Stage::Face => t!(text, "stage-face"),
        Stage::Geometry => t!(text, "stage-geometry"),
        Stage::Matte => t!(text, "stage-matte"),
        Stage::Background => t!(text, "stage-background"),
        Stage::Encode => t!(text, "stage-encode"),
        Stage::Check => t!(text, "stage-check"),
    }
}

/// What to do about a reason. Distance knows its direction.
pub fn reason(text: Text, reason: &Reason) -> String {
    if reason.rule != Rule::Distance {
        return rules::guidance(text, reason.rule);
    }
    if reason.value > reason.limit {
        t!(text, "rule-distance-near")
    } else {
        t!(text, "rule-distance-far")
    }
}
