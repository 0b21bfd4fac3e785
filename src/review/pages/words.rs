//! Every word of the pages, in both languages. Ids are written in templates as `w.say("…")`; a test reads the
//! templates and fails on an id that one language lacks.

use crate::domain::{Language, NotApprovedReason};
use crate::review::serve::Service;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::{I18nAssets, LanguageLoader};
use std::borrow::Cow;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

const CHINESE: &str = include_str!("../../../assets/i18n/zh-CN/service.ftl");
const ENGLISH: &str = include_str!("../../../assets/i18n/en/service.ftl");

/// Name of the cookie that remembers the language.
pub(super) const COOKIE_NAME: &str = "gradbooth_language";

struct Texts;

impl I18nAssets for Texts {
    fn get_files(&self, file_path: &str) -> Vec<Cow<'_, [u8]>> {
        match file_path {
            "zh-CN/service.ftl" => vec![Cow::Borrowed(CHINESE.as_bytes())],
            "en/service.ftl" => vec![Cow::Borrowed(ENGLISH.as_bytes())],
            _ => vec![],
        }
    }

    fn filenames_iter(&self) -> Box<dyn Iterator<Item = String>> {
        Box::new(
            ["zh-CN/service.ftl", "en/service.ftl"]
                .into_iter()
                .map(str::to_owned),
        )
    }
}

fn loader(language: Language) -> &'static FluentLanguageLoader {
    static LOADERS: [OnceLock<FluentLanguageLoader>; 2] = [OnceLock::new(), OnceLock::new()];
    let slot = &LOADERS[usize::from(language == Language::English)];
    slot.get_or_init(|| {
        let id: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let loader = FluentLanguageLoader::new("service", id.clone());
        if let Err(error) = loader.load_languages(&Texts, &[id]) {
            tracing::error!("the words of {} cannot be read: {error}", language.tag());
        }
        loader.set_use_isolating(false);
        loader
    })
}

/// The words of a page in its reader's language.
#[derive(Debug, Clone, Copy)]
pub(in crate::review) struct Words {
    /// Which language.
    pub language: Language,
    /// The reader chose it here; a page that has a language of its own gives way.
    pub is_chosen: bool,
}

impl Words {
    pub(in crate::review) fn new(language: Language) -> Self {
        Self {
            language,
            is_chosen: true,
        }
    }

    /// The message of an id.
    pub(in crate::review) fn say(self, id: &str) -> String {
        loader(self.language).get(id)
    }

    /// The message of an id, with one value.
    pub(in crate::review) fn with(self, id: &str, name: &'static str, value: &str) -> String {
        let arguments = HashMap::from([(name, value.to_owned())]);
        loader(self.language).get_args(id, arguments)
    }

    /// The message of an id that counts something.
    pub(in crate::review) fn count(self, id: &str, count: impl TryInto<u32>) -> String {
        let count = count.try_into().unwrap_or(u32::MAX);
        loader(self.language).get_args(id, HashMap::from([("count", count)]))
    }

    /// The message of a word of the domain: `category-regular`.
    pub(in crate::review) fn word<T: serde::Serialize>(self, prefix: &str, value: &T) -> String {
        let word = crate::review::store::columns::word(value).unwrap_or_default();
        self.say(&format!("{prefix}-{}", word.replace('_', "-")))
    }

    /// A reason, as the student will read it.
    pub(in crate::review) fn reason(self, reason: NotApprovedReason) -> String {
        self.word("reason", &reason)
    }

    /// The name of a rule; a rule of a newer booth goes by its id.
    pub(in crate::review) fn rule(self, rule: &str) -> String {
        self.known("rule", rule)
    }

    /// The word for an id of a kind; one that has none goes by itself.
    pub(in crate::review) fn known(self, prefix: &str, word: &str) -> String {
        let id = format!("{prefix}-{}", word.replace(['_', ' '], "-"));
        if loader(self.language).has(&id) {
            self.say(&id)
        } else {
            word.replace(['_', '-'], " ")
        }
    }

    /// The Chinese or the English of a pair; the Chinese where no English is known.
    pub(in crate::review) fn of<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        if self.language == Language::English && !english.is_empty() {
            english
        } else {
            chinese
        }
    }

    /// Tag for the `lang` attribute.
    pub(in crate::review) fn tag(self) -> &'static str {
        self.language.tag()
    }

    /// The other language: its tag and its own name.
    pub(in crate::review) fn other(self) -> (&'static str, &'static str) {
        match self.language {
            Language::Chinese => ("en", "English"),
            Language::English => ("zh-CN", "中文"),
        }
    }
}

/// The language of a tag.
pub(super) fn language_of(tag: &str) -> Option<Language> {
    Language::ALL
        .into_iter()
        .find(|language| language.tag() == tag)
}

/// The language asked for in a query: `lang=en`.
pub(super) fn asked(query: Option<&str>) -> Option<Language> {
    query?
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))
        .and_then(language_of)
}

impl FromRequestParts<Service> for Words {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _service: &Service) -> Result<Self, Infallible> {
        let header = |name| {
            parts
                .headers
                .get(name)
                .and_then(|value: &axum::http::HeaderValue| value.to_str().ok())
        };
        let remembered = || super::form::cookie(header(COOKIE)?, COOKIE_NAME).and_then(language_of);
        let chosen = asked(parts.uri.query()).or_else(remembered);
        let preferred = || {
            let first = header(ACCEPT_LANGUAGE)?.split(',').next()?.trim();
            Some(if first.starts_with("zh") {
                Language::Chinese
            } else {
                Language::English
            })
        };
        let language = chosen.or_else(preferred).unwrap_or_default();
        Ok(Self {
            language,
            is_chosen: chosen.is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn ids(text: &str) -> BTreeSet<&str> {
        let id = |line: &'static str| line.split_once(" =").map(|(id, _)| id);
        let lines = text.to_owned().leak().lines();
        lines
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(id)
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_words() {
        assert_eq!(ids(CHINESE), ids(ENGLISH));
        assert!(ids(CHINESE).len() > 100);
    }

    #[test]
    fn every_word_that_a_template_asks_for_exists() {
        let known = ids(CHINESE);
        let mut asked = 0;
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/web")).unwrap()
        {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            for call in ["w.say(\"", "w.with(\"", "w.count(\""] {
                for rest in text.split(call).skip(1) {
                    let id = rest.split('"').next().unwrap();
                    assert!(known.contains(id), "{id} in {}", path.display());
                    asked += 1;
                }
            }
        }
        assert!(asked > 50);
    }

    #[test]
    fn every_rule_has_a_name_in_both_languages() {
        let named = |id: &str| Language::ALL.map(|language| Words::new(language).rule(id));
        for rule in crate::vision::rules::Rule::ALL {
            let [chinese, english] = named(rule.id());
            assert!(
                chinese != english && !chinese.is_ascii(),
                "{chinese} {english}"
            );
        }
        assert_eq!(named("of_tomorrow"), ["of tomorrow", "of tomorrow"]);
    }

    #[test]
    fn every_reason_and_category_has_words() {
        for language in Language::ALL {
            let words = Words::new(language);
            let reasons = NotApprovedReason::ALL.map(|reason| words.reason(reason));
            let categories =
                crate::domain::EducationCategory::ALL.map(|c| words.word("category", &c));
            for text in reasons.iter().chain(&categories) {
                assert!(
                    !text.contains("reason-") && !text.contains("category-"),
                    "{text}"
                );
            }
        }
    }
}
