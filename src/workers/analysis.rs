//! The analysis worker: the newest frame in, findings or codes out. It keeps up by skipping frames.

use super::codes::CodeReader;
use super::desk::Sight;
use super::vision::VisionFact;
use super::{Facts, Latest};
use crate::camera::Purpose;

/// Works until the slot is closed.
pub(super) fn work(sights: &Latest<Sight>, facts: &Facts<VisionFact>) {
    let mut codes = CodeReader::default();
    while let Some(sight) = sights.wait() {
        match sight.purpose {
            Purpose::ReadCode => {
                if let Some(code) = codes.read(&sight) {
                    facts.tell(VisionFact::CodeSeen(code));
                }
            }
            Purpose::Portrait => {}
        }
    }
}
