//! Reads codes out of live frames, and says each one once.

use std::time::{Duration, Instant};

use super::desk::Sight;
use crate::session::CodeText;
use crate::vision::codes::{Effort, Luma, read_codes};

/// A code that stays in view is said again after this long: the student may have asked to try again.
/// Whether it is news is the session's to say.
const SAID_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// What was read last.
#[derive(Default)]
pub(super) struct CodeReader {
    opening: u64,
    last: Option<(CodeText, Instant)>,
}

impl CodeReader {
    /// The code in a frame, unless it was said just now.
    pub fn read(&mut self, sight: &Sight) -> Option<CodeText> {
        let codes = read_codes(
            &Luma::of(&sight.frame.picture),
            Effort::Live { guide: None },
        );
        let text = codes.iter().find_map(|code| code.text())?;
        self.news(
            CodeText::new(text.to_owned()),
            sight.opening,
            sight.frame.at,
        )
    }

    fn news(&mut self, code: CodeText, opening: u64, now: Instant) -> Option<CodeText> {
        let said = self.last.as_ref().is_some_and(|(last, at)| {
            *last == code && now.saturating_duration_since(*at) < SAID_AGAIN_AFTER
        });
        if said && opening == self.opening {
            return None;
        }
        self.opening = opening;
        self.last = Some((code.clone(), now));
        Some(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn each_code_is_said_once_in_a_while() {
        let mut reader = CodeReader::default();
        let start = clock::now();
        let code = |text: &str| CodeText::new(text.to_owned());
        let mut said = |text, opening, ms| {
            reader
                .news(code(text), opening, start + Duration::from_millis(ms))
                .is_some()
        };
        assert!(said("a", 1, 0));
        assert!(!said("a", 1, 100), "still in view");
        assert!(said("b", 1, 200));
        assert!(!said("b", 1, 300));
        assert!(said("b", 2, 400), "the camera was opened anew");
        assert!(!said("b", 2, 500));
        assert!(said("b", 2, 2_500), "after a while");
    }
}
