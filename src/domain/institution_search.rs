//! Finding one's school: by Chinese name, short name, English words, acronym, pinyin, initials or code.
//!
//! Everything is prepared once, so that a search over all 3 200 schools of the country takes no time that
//! anybody notices. It does not correct misspellings: a wrong school is worse than none.

use super::spelling::{Character, spells};
use super::{Institution, InstitutionCode};

/// All schools, ready to be searched.
#[derive(Debug, Default)]
pub struct InstitutionIndex {
    entries: Vec<Entry>,
}

/// How well a school fits; the smaller, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The whole code, name or short name.
    Exact,
    /// The Chinese name begins so.
    NameBegins,
    /// A short name begins so.
    AliasBegins,
    /// The code begins so.
    CodeBegins,
    /// The whole name or short name in pinyin or initials.
    PinyinWhole,
    /// The initials of the English words.
    Acronym,
    /// The name or a short name begins so in pinyin.
    PinyinBegins,
    /// The same, from its first word on.
    EnglishBegins,
    /// The name or a short name holds it.
    Inside,
    /// The English name holds these words in this order.
    EnglishInside,
    /// The name holds it in pinyin.
    PinyinInside,
    /// The name holds these characters with others between (北交大).
    Scattered,
}

#[derive(Debug)]
struct Entry {
    institution: Institution,
    code: String,
    /// The Chinese name first, then the short names.
    names: Vec<Name>,
    /// Words of the English name, small letters.
    words: Vec<String>,
    /// Initials of the words, with and without `of`, `and`, `the`.
    acronyms: [String; 2],
}

/// A name with the sounds of its characters.
#[derive(Debug)]
struct Name {
    text: String,
    characters: Vec<Character>,
}

impl InstitutionIndex {
    /// Prepares the search.
    pub fn new(institutions: Vec<Institution>) -> Self {
        Self {
            entries: institutions.into_iter().map(Entry::new).collect(),
        }
    }

    /// The best `limit` schools for what was typed, best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<&Institution> {
        let query = normalized(query);
        if query.is_empty() {
            return Vec::new();
        }
        let asked = Query::new(&query);
        let mut found: Vec<(Fit, usize, &Entry)> = self
            .entries
            .iter()
            .filter_map(|entry| {
                let length = entry.institution.name_zh.chars().count();
                entry.fit(&asked).map(|fit| (fit, length, entry))
            })
            .collect();
        found.sort_by(|a, b| (a.0, a.1, &a.2.code).cmp(&(b.0, b.1, &b.2.code)));
        found
            .into_iter()
            .take(limit)
            .map(|(_, _, entry)| &entry.institution)
            .collect()
    }

    /// The school of a code.
    pub fn by_code(&self, code: InstitutionCode) -> Option<&Institution> {
        self.entries
            .iter()
            .map(|entry| &entry.institution)
            .find(|i| i.code == code)
    }

    /// Number of schools.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// No school is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// What was typed, in the forms in which it is compared.
struct Query<'a> {
    /// As typed, small letters, single spaces.
    text: &'a str,
    /// Without spaces and apostrophes: pinyin is typed in many ways.
    dense: Vec<char>,
    /// The words.
    words: Vec<&'a str>,
}

impl<'a> Query<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            dense: text.chars().filter(|c| c.is_alphanumeric()).collect(),
            words: text.split(' ').collect(),
        }
    }
}

impl Entry {
    fn new(institution: Institution) -> Self {
        let names = std::iter::once(&institution.name_zh).chain(&institution.aliases);
        let names = names.map(|name| Name::new(&normalized(name))).collect();
        let english = normalized(&institution.name_en);
        let words: Vec<String> = english
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let initials = |keep: fn(&str) -> bool| {
            words
                .iter()
                .filter(|word| keep(word))
                .filter_map(|word| word.chars().next())
                .collect()
        };
        let acronyms = [initials(|_| true), initials(|word| !is_small_word(word))];
        Self {
            code: institution.code.to_string(),
            names,
            words,
            acronyms,
            institution,
        }
    }

    fn fit(&self, query: &Query<'_>) -> Option<Fit> {
        let by_name = self
            .names
            .iter()
            .enumerate()
            .filter_map(|(i, name)| name.fit(query, i == 0));
        let others = [self.fit_of_code(query), self.fit_of_english(query)];
        by_name.chain(others.into_iter().flatten()).min()
    }

    fn fit_of_code(&self, query: &Query<'_>) -> Option<Fit> {
        if self.code == query.text {
            return Some(Fit::Exact);
        }
        (query.text.len() > 1 && self.code.starts_with(query.text)).then_some(Fit::CodeBegins)
    }

    fn fit_of_english(&self, query: &Query<'_>) -> Option<Fit> {
        let acronym = query.text.len() > 1 && self.acronyms.iter().any(|a| a == query.text);
        if acronym {
            return Some(Fit::Acronym);
        }
        let mut words = self.words.iter().enumerate();
        let mut places = query.words.iter().map(|asked| {
            let (place, _) = words.find(|(_, word)| word.starts_with(asked))?;
            Some(place)
        });
        let first = places.next()??;
        places
            .all(|place| place.is_some())
            .then_some(if first == 0 {
                Fit::EnglishBegins
            } else {
                Fit::EnglishInside
            })
    }
}

impl Name {
    fn new(text: &str) -> Self {
        let characters = text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .map(Character::new)
            .collect();
        Self {
            text: text.to_owned(),
            characters,
        }
    }

    fn fit(&self, query: &Query<'_>, is_full_name: bool) -> Option<Fit> {
        if self.text == query.text {
            return Some(Fit::Exact);
        }
        if self.text.starts_with(query.text) {
            return Some(if is_full_name {
                Fit::NameBegins
            } else {
                Fit::AliasBegins
            });
        }
        if self.text.contains(query.text) {
            return Some(Fit::Inside);
        }
        self.fit_of_pinyin(&query.dense)
            .or_else(|| self.fit_scattered(&query.dense))
    }

    fn fit_of_pinyin(&self, typed: &[char]) -> Option<Fit> {
        if let Some(whole) = spells(&self.characters, typed) {
            return Some(if whole {
                Fit::PinyinWhole
            } else {
                Fit::PinyinBegins
            });
        }
        // one letter in the middle of a name says nothing
        let inside = |at: usize| {
            self.characters
                .get(at..)
                .and_then(|rest| spells(rest, typed))
                .is_some()
        };
        (typed.len() > 1 && (1..self.characters.len()).any(inside)).then_some(Fit::PinyinInside)
    }

    fn fit_scattered(&self, typed: &[char]) -> Option<Fit> {
        let chinese = typed.len() > 1 && typed.iter().all(|c| !c.is_ascii());
        let begins = self.characters.first().map(|c| c.written) == typed.first().copied();
        let mut rest = self.characters.iter();
        let holds = |c: &char| rest.any(|character| character.written == *c);
        (chinese && begins && typed.iter().all(holds)).then_some(Fit::Scattered)
    }
}

fn is_small_word(word: &str) -> bool {
    matches!(word, "of" | "and" | "the" | "for" | "in" | "at")
}

/// Small letters, half width, single spaces.
fn normalized(text: &str) -> String {
    let half = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    let small: String = text
        .chars()
        .map(half)
        .flat_map(char::to_lowercase)
        .collect();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
