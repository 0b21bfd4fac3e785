//! Every name that a school has, and every way to type it.

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
