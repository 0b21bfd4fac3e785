//! Every word of the booth: one [`Text`] a language, messages in `assets/i18n`, ids checked when compiling.
//!
//! `t!(text, "id", name = value)` is the words of a message. A wrong id or variable does not compile; a test
//! holds the languages against each other and every character against the fonts.

pub mod about;
pub mod rules;
pub mod studio;

use crate::domain::Language;
use crate::session::What;
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::{I18nAssets, LanguageLoader as _};
use jiff::civil::Date;
use std::borrow::Cow;
use std::sync::LazyLock;
use std::time::Duration;
use unic_langid::LanguageIdentifier;

/// Words of a message in the language of a [`Text`].
#[macro_export]
macro_rules! t {
    ($text:expr, $id:literal $(, $($arguments:tt)*)?) => {
        ::i18n_embed_fl::fl!($text.loader(), $id $(, $($arguments)*)?)
    };
}

pub use crate::t;

const DOMAIN: &str = "booth";
const CHINESE: &str = include_str!("../../../assets/i18n/zh-CN/booth.ftl");
const ENGLISH: &str = include_str!("../../../assets/i18n/en/booth.ftl");

static CHINESE_WORDS: LazyLock<FluentLanguageLoader> = LazyLock::new(|| loader(Language::Chinese));
static ENGLISH_WORDS: LazyLock<FluentLanguageLoader> = LazyLock::new(|| loader(Language::English));

/// The files, inside the program.
struct Embedded;

impl I18nAssets for Embedded {
    fn get_files(&self, path: &str) -> Vec<Cow<'_, [u8]>> {
        let words = Language::ALL
            .into_iter()
            .find(|language| path == format!("{}/{DOMAIN}.ftl", language.tag()));
        words
            .map(|language| Cow::Borrowed(source(language).as_bytes()))
            .into_iter()
            .collect()
    }

    fn filenames_iter(&self) -> Box<dyn Iterator<Item = String> + '_> {
        Box::new(
            Language::ALL
                .into_iter()
                .map(|language| format!("{}/{DOMAIN}.ftl", language.tag())),
        )
    }
}

const fn source(language: Language) -> &'static str {
    match language {
        Language::Chinese => CHINESE,
        Language::English => ENGLISH,
    }
}

fn loader(language: Language) -> FluentLanguageLoader {
    let id: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let loader = FluentLanguageLoader::new(DOMAIN, id.clone());
    if let Err(error) = loader.load_languages(&Embedded, &[id]) {
        tracing::error!(%error, language = language.tag(), "words could not be read");
    }
    // the screen has no right-to-left text to isolate, and its fonts have no glyph for the marks
    loader.set_use_isolating(false);
    loader
}

/// The words of a language. Small; pass it by value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text(Language);

impl Text {
    /// The words of `language`.
    pub const fn of(language: Language) -> Self {
        Self(language)
    }

    /// Which language it is.
    pub const fn language(self) -> Language {
        self.0
    }

    /// Where the messages are, for [`t!`].
    pub fn loader(self) -> &'static FluentLanguageLoader {
        match self.0 {
            Language::Chinese => &CHINESE_WORDS,
            Language::English => &ENGLISH_WORDS,
        }
    }

    /// One of two texts that came from outside, in this language; the other where this one is empty.
    pub fn either<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self.0 {
            Language::English if !english.is_empty() => english,
            Language::Chinese | Language::English => chinese,
        }
    }

    /// `2026年11月24日` or `24 November 2026`.
    pub fn day(self, day: Date) -> String {
        match self.0 {
            Language::Chinese => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
            Language::English => format!("{} {} {}", day.day(), month(day), day.year()),
        }
    }

    /// `9:59`: how long is left.
    pub fn minutes(self, left: Duration) -> String {
        format!("{}:{:02}", left.as_secs() / 60, left.as_secs() % 60)
    }

    /// The day and time in China of a moment: `2026年11月24日 16:12` or `24 Nov 2026 16:12`.
    pub fn moment(self, at: jiff::Timestamp) -> String {
        let zoned = at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::Offset::constant(8)));
        let date = zoned.date();
        let day = match self.0 {
            Language::Chinese => self.day(date),
            Language::English => {
                format!("{} {:.3} {}", date.day(), month(date), date.year())
            }
        };
        format!("{day} {:02}:{:02}", zoned.hour(), zoned.minute())
    }

    /// What happened, and what to do: the two messages of a notice. Their ids are the notice's own key.
    pub fn notice(self, what: What) -> (String, String) {
        let key = what.key();
        (
            self.loader().get(key),
            self.loader().get(&format!("{key}-text")),
        )
    }
}

fn month(day: Date) -> &'static str {
    let index = usize::from(day.month().unsigned_abs()).saturating_sub(1);
    MONTHS.get(index).copied().unwrap_or_default()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Ids with the variables that their messages use.
    fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut id = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            let starts = line.chars().next().is_some_and(|c| c.is_ascii_lowercase());
            if let Some((name, _)) = line.split_once(" = ").filter(|_| starts) {
                name.clone_into(&mut id);
                assert!(
                    all.insert(id.clone(), BTreeSet::new()).is_none(),
                    "{id} stands twice"
                );
            }
            for variable in line.split('$').skip(1) {
                let name: String = variable
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                all.entry(id.clone()).or_default().insert(name);
            }
        }
        all
    }

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_variables() {
        let (chinese, english) = (messages(CHINESE), messages(ENGLISH));
        let ids =
            |all: &BTreeMap<String, BTreeSet<String>>| all.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(ids(&chinese), ids(&english));
        for (id, variables) in &chinese {
            assert_eq!(Some(variables), english.get(id), "variables of {id}");
        }
    }

    #[test]
    fn every_message_is_readable_fluent() {
        for language in Language::ALL {
            for id in messages(source(language)).keys() {
                assert!(
                    Text::of(language).loader().has(id),
                    "{id} in {}",
                    language.tag()
                );
            }
        }
    }

    #[test]
    fn chinese_words_have_chinese_punctuation() {
        let is_chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        for line in CHINESE.lines() {
            let characters: Vec<char> = line.chars().collect();
            for around in characters.windows(3) {
                let [before, mark, after] = around else {
                    continue;
                };
                let lies_in_words = is_chinese(before) || is_chinese(after);
                let half = ",;:!?()".contains(*mark) && lies_in_words;
                assert!(!half, "{mark} in {line}");
            }
        }
    }

    #[test]
    fn a_day_in_the_middle_of_a_sentence_leaves_no_space_to_begin_a_line_with() {
        let day = jiff::civil::date(2026, 11, 24);
        let text = Text::of(Language::Chinese);
        let date = text.day(day);
        for said in [
            t!(text, "farewell-lead", days = 2, date = date.clone()),
            t!(text, "standing-review-text", days = 2, date = date.clone()),
        ] {
            assert!(said.contains("24日前完成"), "{said}");
        }
    }

    #[test]
    fn every_notice_has_words() {
        for language in Language::ALL {
            for what in What::ALL {
                let (title, detail) = Text::of(language).notice(*what);
                assert!(
                    !title.starts_with("No localization") && !detail.starts_with("No localization"),
                    "{what:?}"
                );
            }
        }
    }

    #[test]
    fn every_character_has_a_glyph_in_both_faces() {
        let mut fonts = egui::epaint::text::Fonts::new(
            egui::epaint::text::TextOptions::default(),
            crate::ui::fonts::definitions(),
        );
        let mut view = fonts.with_pixels_per_point(1.0);
        let digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ¥*年月日";
        for character in CHINESE
            .chars()
            .chain(ENGLISH.chars())
            .chain(digits.chars())
            .filter(|c| !c.is_control())
        {
            for font in [
                egui::FontId::proportional(31.0),
                egui::FontId::new(31.0, crate::ui::theme::bold_family()),
            ] {
                assert!(
                    view.has_glyph(&font, character),
                    "{character:?} (U+{:04X})",
                    character as u32
                );
            }
        }
    }

    #[test]
    fn days_and_times_are_written_as_people_do() {
        let day = jiff::civil::date(2026, 11, 24);
        assert_eq!(Text::of(Language::Chinese).day(day), "2026年11月24日");
        assert_eq!(Text::of(Language::English).day(day), "24 November 2026");
        assert_eq!(
            Text::of(Language::English).minutes(Duration::from_secs(599)),
            "9:59"
        );
        let at = "2026-11-22T16:05:00Z".parse().unwrap();
        assert_eq!(Text::of(Language::English).moment(at), "23 Nov 2026 00:05");
    }

    #[test]
    fn variables_are_put_in_without_marks() {
        let text = Text::of(Language::Chinese);
        assert_eq!(t!(text, "school-code", code = "10559"), "学校代码 10559");
        let text = Text::of(Language::English);
        assert_eq!(
            t!(text, "four-wrong-text", tries = 1),
            "Please check and type again. One try left."
        );
    }
}
