//! Four words that two people, or one person at two screens, can compare at a glance.

use super::Digest;
use std::fmt;

/// Four of 256 words: whoever wants to slip a key in between has one chance in four thousand million.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FourWords([u8; 4]);

impl FourWords {
    /// The first four words of a hash.
    pub fn of(hash: &Digest) -> Self {
        let mut four = [0; 4];
        four.iter_mut()
            .zip(hash.as_bytes())
            .for_each(|(to, from)| *to = *from);
        Self(four)
    }
}

impl FourWords {
    /// Each word: a Chinese character, the first ones of the Thousand Character Classic, and a made-up word of Latin
    /// letters.
    pub fn each(&self) -> [(char, String); 4] {
        self.0.map(|n| {
            let chinese = CHARACTERS.chars().nth(usize::from(n));
            let first = FIRST.get(usize::from(n >> 4)).unwrap_or(&"");
            let second = SECOND.get(usize::from(n & 15)).unwrap_or(&"");
            (chinese.unwrap_or_default(), format!("{first}{second}"))
        })
    }
}

impl fmt::Display for FourWords {
    /// All four in Chinese, then all four in Latin letters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (chinese, latin): (Vec<String>, Vec<String>) = self
            .each()
            .into_iter()
            .map(|(chinese, latin)| (chinese.to_string(), latin))
            .unzip();
        write!(f, "{}  {}", chinese.join(" "), latin.join(" "))
    }
}

const CHARACTERS: &str = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈\
剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔龙师火帝鸟官人皇始制文字乃服衣裳推位让国有虞陶唐\
吊民伐罪周发殷汤坐朝问道垂拱平章爱育黎首臣伏戎羌遐迩一体率宾归王鸣凤在竹白驹食场化被草木赖及万方\
盖此身肤四大五常恭惟鞠养岂敢毁伤女慕贞洁男效才良知过必改得能莫忘罔谈彼短靡恃己长信使可复器欲难量\
墨悲丝染诗赞羔羊景行维贤克念作圣德建名立形端表正空谷传声虚堂习听祸因恶积福缘善庆尺璧非宝寸阴是竞\
资父事君曰严与敬孝当竭力忠则尽命";
const FIRST: [&str; 16] = [
    "ba", "de", "fi", "go", "ha", "ju", "ka", "le", "mi", "no", "pa", "re", "si", "to", "vu", "za",
];
const SECOND: [&str; 16] = [
    "ban", "del", "fin", "gor", "hap", "jus", "kam", "let", "mir", "nok", "pas", "rel", "sim",
    "tol", "vun", "zar",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_256_words_in_each_script() {
        let all: BTreeSet<String> = (0..=255).map(|n| FourWords([n; 4]).to_string()).collect();
        assert_eq!(all.len(), 256);
        assert_eq!(CHARACTERS.chars().count(), 256);
        assert_eq!(CHARACTERS.chars().collect::<BTreeSet<_>>().len(), 256);
        assert_eq!(
            FourWords([0, 1, 16, 255]).to_string(),
            "天 地 寒 命  baban badel deban zazar"
        );
    }
}
