//! The analysis worker: the newest frame in, findings, codes or measurements out. It keeps up by skipping frames, and
//! what it finds goes to the screen and the session; nothing is decided here.

use std::sync::Arc;

use super::codes::CodeReader;
use super::desk::Sight;
use super::portrait::{Findings, Follower, JudgedBy};
use super::vision::VisionFact;
use super::{Facts, Latest};
use crate::camera::Purpose;
use crate::vision::VisionError;
use crate::vision::measuring::Sighting;

/// What the worker reads and where it puts what it finds.
pub(super) struct Analysis {
    pub sights: Latest<Option<Sight>>,
    pub findings: Latest<Arc<Findings>>,
    pub sightings: Latest<Sighting>,
    pub judged_by: Arc<JudgedBy>,
    pub facts: Facts<VisionFact>,
}

impl Analysis {
    /// Works until the slot of frames is closed. Without nets there is no booth: that ends it at once.
    pub fn work(&self) -> Result<(), VisionError> {
        let mut follower = Follower::new()?;
        let mut codes = CodeReader::default();
        while let Some(sight) = self.sights.wait() {
            let Some(sight) = sight else {
                follower.forget();
                continue;
            };
            match sight.purpose {
                Purpose::ReadCode => {
                    follower.forget();
                    if let Some(code) = codes.read(&sight) {
                        self.facts.tell(VisionFact::CodeSeen {
                            opening: sight.opening,
                            code,
                        });
                    }
                }
                Purpose::Measure => match follower.measure(&sight) {
                    Ok(sighting) => self.sightings.put(sighting),
                    Err(error) => tracing::error!(%error, "a frame could not be measured"),
                },
                Purpose::Portrait => match follower.look(&sight, &self.judged_by) {
                    Ok(findings) => self.findings.put(Arc::new(findings)),
                    Err(error) => tracing::error!(%error, "a frame could not be looked at"),
                },
            }
        }
        Ok(())
    }
}
