//! Keys on the screen: digits for a number, letters for pinyin, English names and ID documents.
//!
//! No input method is needed: schools are found by pinyin, initials, English name or code, and nobody ever
//! types a name. A real keyboard, if one is plugged in, works as well.

use egui::{Event, Ui};

/// What one key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// A character.
    Char(char),
    /// The last character goes.
    Erase,
    /// Everything goes.
    Clear,
}

impl Press {
    /// `text` after this press, at most `longest` characters.
    pub fn apply(self, text: &str, longest: usize) -> String {
        match self {
            Self::Char(c) if text.chars().count() < longest => format!("{text}{c}"),
            Self::Char(_) => text.to_owned(),
            Self::Erase => {
                let mut shorter = text.to_owned();
                shorter.pop();
                shorter
            }
            Self::Clear => String::new(),
        }
    }
}

/// Keys of a plugged-in keyboard since the last frame, if nothing else has taken them.
pub fn physical(ui: &Ui) -> Vec<Press> {
    ui.input(|input| {
        let press = |event: &Event| {
            if let Event::Text(text) = event {
                text.chars().map(Press::Char).collect()
            } else if matches!(
                event,
                Event::Key {
                    key: egui::Key::Backspace,
                    pressed: true,
                    ..
                }
            ) {
                vec![Press::Erase]
            } else {
                Vec::new()
            }
        };
        input.events.iter().flat_map(press).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presses_change_the_text_and_stop_at_the_longest() {
        assert_eq!(Press::Char('d').apply("jn", 3), "jnd");
        assert_eq!(Press::Char('x').apply("jnd", 3), "jnd");
        assert_eq!(Press::Erase.apply("暨南", 3), "暨");
        assert_eq!(Press::Erase.apply("", 3), "");
        assert_eq!(Press::Clear.apply("jn", 3), "");
    }
}
