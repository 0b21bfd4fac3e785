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
mod tests {
    use super::*;

    fn school(code: &str, name_zh: &str, name_en: &str, aliases: &[&str]) -> Institution {
        Institution {
            code: code.parse().unwrap(),
            name_zh: name_zh.into(),
            name_en: name_en.into(),
            aliases: aliases.iter().map(|&a| a.to_owned()).collect(),
        }
    }

    fn some_schools() -> InstitutionIndex {
        InstitutionIndex::new(vec![
            school("10559", "暨南大学", "Jinan University", &["暨大", "JNU"]),
            school("10427", "济南大学", "University of Jinan", &["济大", "UJN"]),
            school(
                "10004",
                "北京交通大学",
                "Beijing Jiaotong University",
                &["BJTU"],
            ),
            school(
                "10358",
                "中国科学技术大学",
                "University of Science and Technology of China",
                &["中科大"],
            ),
            school(
                "10611",
                "重庆大学",
                "Chongqing University",
                &["重大", "CQU"],
            ),
            school("10489", "长江大学", "Yangtze University", &[]),
            school(
                "10698",
                "西安交通大学",
                "Xi'an Jiaotong University",
                &["西交大"],
            ),
            school(
                "10125",
                "山西财经大学",
                "Shanxi University of Finance and Economics",
                &[],
            ),
            school("12345", "女子学院", "Women's College", &[]),
        ])
    }

    #[track_caller]
    fn first(query: &str, expected: &str) {
        let index = some_schools();
        let found = index.search(query, 8);
        assert_eq!(
            found.first().map(|i| i.name_zh.as_str()),
            Some(expected),
            "{query}: {found:?}"
        );
    }

    #[test]
    fn a_school_is_found_by_every_name_it_has() {
        for query in [
            "暨南大学",
            "暨南",
            "暨大",
            "jnu",
            "JNU",
            "10559",
            "1055",
            "Jinan Univ",
            "ｊｎｕ",
        ] {
            first(query, "暨南大学");
        }
        first("北交大", "北京交通大学");
        first("ustc", "中国科学技术大学");
        first("science tech", "中国科学技术大学");
        first("univ of jinan", "济南大学");
    }

    #[test]
    fn pinyin_is_read_whole_in_initials_and_unfinished() {
        for query in ["jinandaxue", "ji nan da xue", "jndx", "jinandx"] {
            let index = some_schools();
            let names: Vec<_> = index
                .search(query, 2)
                .iter()
                .map(|i| i.name_zh.as_str())
                .collect();
            assert_eq!(
                names,
                ["济南大学", "暨南大学"],
                "{query}: two schools sound alike, the lower code first"
            );
        }
        first("zhongkeda", "中国科学技术大学");
        first("xi'anjiaotong", "西安交通大学");
        first("xianjiaot", "西安交通大学");
        first("beijingjiaotongd", "北京交通大学");
        first("caijing", "山西财经大学");
        first("nvzi", "女子学院");
    }

    #[test]
    fn characters_of_two_sounds_are_found_by_both() {
        first("chongqing", "重庆大学");
        first("zhongda", "重庆大学");
        first("changjiang", "长江大学");
        first("zhangjiang", "长江大学");
    }

    #[test]
    fn nothing_typed_or_nothing_known_finds_nothing() {
        let index = some_schools();
        assert!(index.search("", 8).is_empty() && index.search("  ", 8).is_empty());
        assert!(index.search("霍格沃茨", 8).is_empty());
        assert!(index.search("zzzz", 8).is_empty());
        assert!(index.search("%' OR 1=1", 8).is_empty());
    }

    #[test]
    fn every_one_of_3200_schools_is_found_by_name_and_by_code() {
        let one = ["北", "南", "东", "西", "中", "江", "河", "海"];
        let two = ["京", "州", "山", "原", "安", "宁", "林", "平", "阳", "昌"];
        let three = [
            "师范", "理工", "农业", "医科", "财经", "政法", "交通", "科技",
        ];
        let four = ["大学", "学院", "职业学院", "职业技术学院", "高等专科学校"];
        let names = one
            .iter()
            .flat_map(|a| two.iter().map(move |b| format!("{a}{b}")));
        let names = names.flat_map(|n| three.iter().map(move |c| format!("{n}{c}")));
        let names = names.flat_map(|n| four.iter().map(move |d| format!("{n}{d}")));
        let all: Vec<Institution> = names
            .enumerate()
            .map(|(i, name)| school(&(10_000 + i).to_string(), &name, "", &[]))
            .collect();
        assert_eq!(all.len(), 3_200);
        let index = InstitutionIndex::new(all.clone());
        for wanted in all.iter().step_by(7) {
            assert_eq!(index.search(&wanted.name_zh, 1), [wanted]);
            assert_eq!(index.search(&wanted.code.to_string(), 1), [wanted]);
            assert_eq!(index.by_code(wanted.code), Some(wanted));
        }
        assert_eq!(index.search("beijingshifan", 8).len(), 5);
        assert_eq!(index.search("daxue", 20).len(), 20);
    }
}
