//! The words on the screen by their ids, so that the tour reads the same file as the kiosk.

use crate::domain::Language;

const CHINESE: &str = include_str!("../../../assets/i18n/zh-CN/booth.ftl");
const ENGLISH: &str = include_str!("../../../assets/i18n/en/booth.ftl");

/// The message of an id; of one with variables, the longest part that is always there.
pub fn word(language: Language, id: &str) -> String {
    let file = match language {
        Language::Chinese => CHINESE,
        Language::English => ENGLISH,
    };
    let message = file
        .lines()
        .find_map(|line| line.strip_prefix(id)?.trim_start().strip_prefix('='));
    let fixed = message
        .unwrap_or(id)
        .split('{')
        .map(|part| part.split_once('}').map_or(part, |(_, after)| after).trim());
    fixed
        .max_by_key(|part| part.chars().count())
        .unwrap_or(id)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_found_and_variables_are_left_out() {
        assert_eq!(
            word(Language::English, "welcome-start"),
            word(Language::English, "welcome-start").trim()
        );
        assert_ne!(word(Language::Chinese, "welcome-start"), "welcome-start");
        assert!(!word(Language::Chinese, "pay-left").contains('{'));
    }
}
