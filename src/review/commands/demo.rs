//! The demonstration: one school with open and closed collections, a roster, people, a booth, and codes of students
//! who do not exist. Filling twice does nothing new; nothing that a person changed is changed back.

use super::codes::{self, Invented};
use super::{CommandError, booths, calendar, open, people};
use crate::domain::collection::Background;
use crate::domain::starter::starter_institutions;
use crate::domain::student::{IdKind, Level};
use crate::domain::{Collection, CollectionId, EducationCategory, Fee, InstitutionCode};
use crate::review::keys::write_secret;
use crate::review::random;
use crate::review::store::booths as enrolled;
use crate::review::store::catalogue::{self, Admits};
use crate::review::store::users::{self, Role};
use crate::review::store::{Store, StoreError, institutions, rosters};
use crate::wire::{BoothKey, ServiceInfo};
use jiff::civil::date;
use std::io::Write;
use std::path::Path;

/// Jinan University, the school of the manual.
const SCHOOL: u32 = 10559;

/// Fills a data folder. Passwords are printed once and kept in `demo-passwords.txt`, the booth's key in
/// `booth.key`, the codes in `codes/`.
pub fn fill(data: &Path, out: &mut impl Write) -> Result<(), CommandError> {
    let store = open(data)?;
    let school = InstitutionCode::from_number(SCHOOL)
        .map_err(|_| CommandError::Fault("the school's code"))?;
    let students = students(school);
    let starter = starter_institutions();
    store.write_now(|tx| {
        institutions::put(tx, &starter)?;
        if catalogue::working_days(tx)?.holidays.is_empty() {
            catalogue::set_working_days(tx, &calendar::of_2026())?;
        }
        if catalogue::service_info(tx)?.phone.is_empty() {
            catalogue::set_service_info(tx, &service_info())?;
        }
        for (collection, admits) in collections(school) {
            if catalogue::find(tx, &collection.id)?.is_some() {
                continue;
            }
            catalogue::put(tx, &collection, admits)?;
            if admits == Admits::Listed {
                rosters::add(
                    tx,
                    &collection.id,
                    &admitted(&students, &collection),
                    "demo",
                )?;
            }
        }
        Ok::<_, StoreError>(())
    })?;
    writeln!(
        out,
        "School {school}, its collections and the calendar of 2026 are in place."
    )?;
    fill_booth(data, &store, out)?;
    fill_people(data, &store, school, out)?;
    codes::write_codes(data, &store, &students, &data.join("codes"), out)
}

fn fill_people(
    data: &Path,
    store: &Store,
    school: InstitutionCode,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    let file = data.join("demo-passwords.txt");
    let people = [
        ("admin", Role::Admin),
        ("reviewer", Role::Reviewer),
        ("school", Role::School(school)),
        ("finance", Role::Finance),
    ];
    let is_there = |name| store.read_now(|tx| users::exists(tx, name));
    if file.exists()
        && people
            .iter()
            .all(|(name, _)| matches!(is_there(name), Ok(true)))
    {
        writeln!(out, "Passwords: {}", file.display())?;
        return Ok(());
    }
    // accounts and file go together: an interrupted run must not leave passwords that nobody knows
    let passwords = people
        .map(|(name, role)| random::password().map(|password| (name, role, password)))
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?;
    let lines: String = passwords
        .iter()
        .flat_map(|(name, _, password)| [name, "\t", password, "\n"])
        .collect();
    drop(std::fs::remove_file(&file));
    write_secret(&file, &lines).map_err(|error| CommandError::File(file.clone(), error))?;
    for (name, role, password) in passwords {
        people::set(store, name, role, Some(password))?;
    }
    write!(out, "{lines}")?;
    writeln!(out, "Passwords: {}", file.display())?;
    Ok(())
}

/// The booth's key, unless it is there and this database knows it.
fn fill_booth(data: &Path, store: &Store, out: &mut impl Write) -> Result<(), CommandError> {
    let file = data.join("booth.key");
    let kept = std::fs::read_to_string(&file).ok();
    let key = kept.and_then(|text| toml::from_str::<BoothKey>(&text).ok());
    let is_known = match key {
        Some(key) => store
            .read_now(|tx| enrolled::with_token(tx, &key.token))?
            .is_some(),
        None => false,
    };
    if is_known {
        writeln!(out, "Booth key: {}", file.display())?;
        return Ok(());
    }
    // a key of a database that was begun anew opens nothing any more
    drop(std::fs::remove_file(&file));
    booths::enrol(data, store, "图书馆 1 号 Library 1", &file, out)
}

fn service_info() -> ServiceInfo {
    ServiceInfo {
        phone: "020-0000 0000".into(),
        hours_zh: "每天 9:00–21:00".into(),
        hours_en: "every day 9:00–21:00".into(),
        review_working_days: 2,
        ..ServiceInfo::default()
    }
}

fn collections(school: InstitutionCode) -> Vec<(Collection, Admits)> {
    let year = crate::domain::standing::day_in_china(crate::clock::utc()).year();
    let class = year + 1;
    let base = Collection {
        id: CollectionId(format!("{school}-regular-{class}")),
        institution: school,
        category: EducationCategory::Regular,
        title_zh: format!("{class} 届毕业证书图像采集"),
        title_en: format!("Graduation certificate photo, class of {class}"),
        opens: date(year, 1, 1),
        closes: date(class, 12, 31),
        fee: Fee::from_fen(2000),
        price_version: 1,
        terms: crate::domain::collection::PaymentTerms::default(),
        background: Background::LightBlue,
        straighten: false,
        glasses: crate::domain::collection::ClearGlasses::Allowed,
        picture_age_days: crate::domain::collection::RECENT_DAYS,
        album: true,
    };
    let of = |category: EducationCategory, word: &str, fee: u32| Collection {
        id: CollectionId(format!("{school}-{word}-{class}")),
        category,
        fee: Fee::from_fen(fee),
        ..base.clone()
    };
    let closed = Collection {
        id: CollectionId(format!("{school}-adult-{}", year - 1)),
        opens: date(year - 1, 3, 1),
        closes: date(year - 1, 6, 30),
        title_zh: format!("{} 届成人教育图像采集(已结束)", year - 1),
        title_en: format!("Adult education photo, class of {} (ended)", year - 1),
        ..of(EducationCategory::Adult, "adult", 3000)
    };
    let international = Collection {
        background: Background::White,
        ..of(EducationCategory::International, "international", 2000)
    };
    vec![
        (base.clone(), Admits::Listed),
        (
            of(EducationCategory::Postgraduate, "postgraduate", 0),
            Admits::Everyone,
        ),
        (international, Admits::Everyone),
        (closed, Admits::Everyone),
    ]
}

/// The invented students. 陈* is left out of the roster, so that the request to be added can be shown.
fn students(institution: InstitutionCode) -> Vec<Invented> {
    use EducationCategory::{Adult, International, Postgraduate, Regular};
    let student = |number: u64, name: &str, category, last_four: &str| Invented {
        unique_number: 20_260_000 + number,
        masked_name: name.into(),
        id_kind: if category == International {
            IdKind::Passport
        } else {
            IdKind::ResidentId
        },
        last_four: last_four.into(),
        institution,
        category,
        level: if category == Postgraduate {
            Level::Master
        } else {
            Level::Bachelor
        },
        student_number: format!("20230501{number:02}"),
    };
    vec![
        student(1, "周*", Regular, "175X"),
        student(2, "林*", Regular, "0021"),
        student(3, "欧阳*", Regular, "4418"),
        student(4, "黄*", Postgraduate, "2036"),
        student(5, "梁*", Postgraduate, "901X"),
        student(6, "M*****", International, "K73E"),
        student(7, "何*", Adult, "6652"),
        student(NOT_ON_ROSTER, "陈*", Regular, "3307"),
    ]
}

const NOT_ON_ROSTER: u64 = 99;

fn admitted(students: &[Invented], collection: &Collection) -> Vec<String> {
    let of = students
        .iter()
        .filter(|student| student.category == collection.category);
    let on_roster = of.filter(|student| student.unique_number != 20_260_000 + NOT_ON_ROSTER);
    on_roster
        .map(|student| student.student_number.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::EntitlementSource;
    use crate::domain::StudentRef;
    use crate::review::store::entitlements;

    #[test]
    fn filling_twice_does_nothing_new() {
        let folder = tempfile::tempdir().unwrap();
        let (mut first, mut second) = (Vec::new(), Vec::new());
        fill(folder.path(), &mut first).unwrap();
        let code = std::fs::read(folder.path().join("codes/2023050101.png")).unwrap();
        let key = std::fs::read(folder.path().join("booth.key")).unwrap();
        let store = open(folder.path()).unwrap();
        let collection = store.read_now(|tx| catalogue::all(tx)).unwrap().collections[0]
            .id
            .clone();
        let give = |tx: &rusqlite::Transaction<'_>| {
            entitlements::give(
                tx,
                &StudentRef::new("00"),
                &collection,
                EntitlementSource::NothingDue,
            )
        };
        assert!(store.write_now(give).unwrap());
        fill(folder.path(), &mut second).unwrap();
        assert_eq!(
            std::fs::read(folder.path().join("codes/2023050101.png")).unwrap(),
            code
        );
        assert_eq!(std::fs::read(folder.path().join("booth.key")).unwrap(), key);
        assert!(String::from_utf8(first).unwrap().contains("admin\t"));
        assert!(!String::from_utf8(second).unwrap().contains("admin\t"));
        assert!(
            !store.write_now(give).unwrap(),
            "what was there is still there"
        );
    }

    #[test]
    fn what_was_lost_is_made_again_to_fit() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fill(folder.path(), &mut Vec::new()).unwrap();
        let key = std::fs::read(path("booth.key")).unwrap();
        let code = std::fs::read(path("codes/2023050101.png")).unwrap();
        for lost in ["demo-passwords.txt", "service.db", "service.key"] {
            std::fs::remove_file(path(lost)).unwrap();
        }
        let mut out = Vec::new();
        fill(folder.path(), &mut out).unwrap();
        assert!(String::from_utf8(out).unwrap().contains("admin\t"));
        assert!(path("demo-passwords.txt").exists());
        assert_ne!(
            std::fs::read(path("booth.key")).unwrap(),
            key,
            "another database"
        );
        assert_ne!(
            std::fs::read(path("codes/2023050101.png")).unwrap(),
            code,
            "another key"
        );
        std::fs::remove_file(path("demo-passwords.txt")).unwrap();
        fill(folder.path(), &mut Vec::new()).unwrap();
        let store = open(folder.path()).unwrap();
        let passwords = std::fs::read_to_string(path("demo-passwords.txt")).unwrap();
        assert_eq!(
            passwords.lines().count(),
            4,
            "accounts without passwords get new ones"
        );
        assert!(store.read_now(|tx| users::exists(tx, "reviewer")).unwrap());
    }
}
