//! Chinese characters and what a person types for them on a Latin keyboard: pinyin, whole, in initials, or
//! both mixed, without tones. Knows nothing of schools.

use pinyin::ToPinyinMulti;

/// A written character with its sounds.
#[derive(Debug)]
pub(super) struct Character {
    /// As written.
    pub(super) written: char,
    /// Every reading without tones: 长 is `chang` and `zhang`.
    readings: Vec<&'static str>,
}

impl Character {
    /// With every reading that the character has.
    pub(super) fn new(written: char) -> Self {
        let mut readings: Vec<&'static str> = written
            .to_pinyin_multi()
            .map(|multi| multi.into_iter().map(pinyin::Pinyin::plain).collect())
            .unwrap_or_default();
        readings.sort_unstable();
        readings.dedup();
        Self { written, readings }
    }
}

/// The typed characters spell the first of these: each by itself, by a reading, or by a reading's first
/// letter (or two, where one sound has two: `zh`). The last reading may be unfinished.
/// `Some(true)` when nothing is left over on either side.
pub(super) fn spells(characters: &[Character], typed: &[char]) -> Option<bool> {
    if typed.is_empty() {
        return Some(characters.is_empty());
    }
    let (first, rest) = characters.split_first()?;
    if typed.first() == Some(&first.written) {
        return spells(rest, typed.get(1..)?);
    }
    let ways = first
        .readings
        .iter()
        .flat_map(|reading| consumed(reading, typed));
    ways.filter_map(|(taken, complete)| Some(spells(rest, typed.get(taken..)?)? && complete))
        .max()
}

/// How many typed letters this reading can take, and whether it is then complete.
fn consumed(reading: &str, typed: &[char]) -> impl Iterator<Item = (usize, bool)> {
    let common = reading
        .chars()
        .zip(typed)
        .take_while(|(a, b)| same_sound(*a, **b))
        .count();
    let whole = (common == reading.chars().count()).then_some((common, true));
    let unfinished = (common == typed.len()).then_some((common, false));
    let one = (common >= 1).then_some((1, true));
    let two = (common >= 2 && ["zh", "ch", "sh"].iter().any(|s| reading.starts_with(s)))
        .then_some((2, true));
    [whole, one, two, unfinished].into_iter().flatten()
}

/// ü is typed as v or u.
fn same_sound(reading: char, typed: char) -> bool {
    reading == typed || (reading == 'ü' && matches!(typed, 'v' | 'u'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(name: &str, typed: &str) -> Option<bool> {
        let characters: Vec<Character> = name.chars().map(Character::new).collect();
        spells(&characters, &typed.chars().collect::<Vec<_>>())
    }

    #[test]
    fn a_name_is_spelled_whole_in_initials_and_mixed() {
        for typed in [
            "chongqing",
            "zhongqing",
            "cq",
            "zq",
            "chq",
            "chongq",
            "重qing",
            "重庆",
        ] {
            assert_eq!(spelled("重庆", typed), Some(true), "{typed}");
        }
        for typed in ["chon", "chongqi", "c", "重"] {
            assert_eq!(spelled("重庆", typed), Some(false), "{typed}");
        }
        for typed in ["chongqingx", "hq", "庆", "qing"] {
            assert_eq!(spelled("重庆", typed), None, "{typed}");
        }
        assert_eq!(spelled("女", "nv"), Some(true));
        assert_eq!(spelled("A1", "a"), None);
    }
}
