//! Demonstration acquisition codes: one PNG a student, with quiet zone and big modules, and a page to print.
//! Everybody on them is invented.

use super::CommandError;
use crate::domain::acquisition_code::Issue;
use crate::domain::student::{IdKind, Level};
use crate::domain::{EducationCategory, InstitutionCode, Language, LastFour};
use crate::review::keys::Keys;
use crate::review::pages::words::Words;
use crate::review::random;
use crate::review::store::{Store, institutions};
use askama::Template;
use image::{GrayImage, ImageEncoder as _, Luma};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fs;
use std::io::Write;
use std::path::Path;

const MODULE_PX: u32 = 12;
const QUIET_ZONE_MODULES: u32 = 4;
const SURNAMES: [&str; 24] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "林", "高", "罗", "梁", "欧阳", "谢", "区",
];

/// An invented student.
pub(super) struct Invented {
    pub(super) unique_number: u64,
    pub(super) masked_name: String,
    pub(super) id_kind: IdKind,
    pub(super) last_four: String,
    pub(super) institution: InstitutionCode,
    pub(super) category: EducationCategory,
    pub(super) level: Level,
    pub(super) student_number: String,
}

struct Printed<'a> {
    file: String,
    masked_name: &'a str,
    student_number: &'a str,
    last_four: &'a str,
    institution: String,
    category: &'a EducationCategory,
}

#[derive(Template)]
#[template(path = "codes.html")]
struct Sheet<'a> {
    zh: Words,
    en: Words,
    codes: Vec<Printed<'a>>,
}

pub(super) fn issue_many(
    data: &Path,
    store: &Store,
    (institution, category): (InstitutionCode, EducationCategory),
    count: u32,
    folder: &Path,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    let students: Vec<_> = (0..count)
        .map(|_| invent(institution, category))
        .collect::<Result<_, CommandError>>()?;
    write_codes(data, store, &students, folder, out)
}

fn invent(
    institution: InstitutionCode,
    category: EducationCategory,
) -> Result<Invented, CommandError> {
    let surname = SURNAMES[random::below(SURNAMES.len() as u32)? as usize];
    let last = random::below(11)?;
    let last_four = format!(
        "{:03}{}",
        random::below(1000)?,
        if last == 10 {
            "X".into()
        } else {
            last.to_string()
        }
    );
    Ok(Invented {
        unique_number: u64::from_be_bytes(random::bytes()?),
        masked_name: format!("{surname}*"),
        id_kind: IdKind::ResidentId,
        last_four,
        institution,
        category,
        level: if category == EducationCategory::Postgraduate {
            Level::Master
        } else {
            Level::Bachelor
        },
        student_number: format!("2023{:06}", random::below(1_000_000)?),
    })
}

/// Writes a PNG for every student and the page; a picture that is there already stays as it is, unless it was
/// made with keys that are gone.
pub(super) fn write_codes(
    data: &Path,
    store: &Store,
    students: &[Invented],
    folder: &Path,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    let in_file = |path: &Path| {
        let path = path.to_owned();
        move |error| CommandError::File(path, error)
    };
    let keys = Keys::open(data)?;
    let schools = store.read_now(|tx| institutions::all(tx))?;
    fs::create_dir_all(folder).map_err(in_file(folder))?;
    let is_ours = is_made_with(&keys, folder).map_err(in_file(folder))?;
    let mut codes = Vec::new();
    for student in students {
        let file = format!("{}.png", student.student_number);
        let path = folder.join(&file);
        if !is_ours || !path.exists() {
            write_whole(&path, &png_of(&keys, student)?).map_err(in_file(&path))?;
        }
        let (name, number, last_four) = (
            &student.masked_name,
            &student.student_number,
            &student.last_four,
        );
        writeln!(out, "{}\t{name}\t{number}\t{last_four}", path.display())?;
        let school = schools
            .iter()
            .find(|school| school.code == student.institution);
        codes.push(Printed {
            file,
            masked_name: name,
            student_number: number,
            last_four,
            institution: school.map_or_else(
                || student.institution.to_string(),
                |school| school.name_zh.clone(),
            ),
            category: &student.category,
        });
    }
    let sheet = Sheet {
        zh: Words::new(Language::Chinese),
        en: Words::new(Language::English),
        codes,
    };
    let page = sheet
        .render()
        .map_err(|_| CommandError::Fault("the page of codes"))?;
    let path = folder.join("codes.html");
    write_whole(&path, page.as_bytes()).map_err(in_file(&path))?;
    writeln!(out, "To print: {}", path.display())?;
    Ok(())
}

/// The pictures in the folder were made with these keys; from now on they are.
fn is_made_with(keys: &Keys, folder: &Path) -> std::io::Result<bool> {
    let (file, own) = (
        folder.join("issuer.pub"),
        keys.issuer.verifying_key().to_bytes(),
    );
    let is_ours = fs::read(&file).is_ok_and(|kept| kept == own);
    if !is_ours {
        write_whole(&file, &own)?;
    }
    Ok(is_ours)
}

fn png_of(keys: &Keys, student: &Invented) -> Result<Vec<u8>, CommandError> {
    let last_four =
        LastFour::parse(&student.last_four).map_err(|_| CommandError::Fault("the last four"))?;
    let issue = Issue {
        unique_number: student.unique_number,
        masked_name: &student.masked_name,
        id_kind: student.id_kind,
        last_four,
        institution: student.institution,
        category: student.category,
        level: student.level,
        student_number: &student.student_number,
    };
    let code = keys
        .campus_key()
        .issue(&issue, random::bytes()?, &keys.issuer);
    code_png(code.as_str())
}

/// A code as a picture, with quiet zone and big modules.
pub(super) fn code_png(text: &str) -> Result<Vec<u8>, CommandError> {
    let too_long = |_| CommandError::Fault("a code of this length");
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(too_long)?;
    let side = (code.size() as u32 + 2 * QUIET_ZONE_MODULES) * MODULE_PX;
    let picture = GrayImage::from_fn(side, side, |x, y| {
        let module = |px: u32| (px / MODULE_PX).cast_signed() - QUIET_ZONE_MODULES.cast_signed();
        Luma([if code.get_module(module(x), module(y)) {
            0
        } else {
            255
        }])
    });
    let mut png = Vec::new();
    image::codecs::png::PngEncoder::new(&mut png)
        .write_image(&picture, side, side, image::ExtendedColorType::L8)
        .map_err(|_| CommandError::Fault("a PNG"))?;
    Ok(png)
}

/// Writes beside and renames, so that no half-written file is ever seen.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let part = path.with_extension("part");
    fs::write(&part, bytes)?;
    fs::rename(&part, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::store::in_memory;

    #[test]
    fn a_code_that_was_issued_is_read_and_decoded() {
        let (store, folder) = in_memory();
        let (code, category) = ("10559".parse().unwrap(), EducationCategory::Regular);
        let student = invent(code, category).unwrap();
        let out = folder.path().join("codes");
        write_codes(
            folder.path(),
            &store,
            std::slice::from_ref(&student),
            &out,
            &mut Vec::new(),
        )
        .unwrap();
        let png = image::open(out.join(format!("{}.png", student.student_number)))
            .unwrap()
            .to_luma8();
        let text = scanned(&png);
        let code = crate::domain::AcquisitionCode::from_scan(&text).unwrap();
        let contents = Keys::open(folder.path())
            .unwrap()
            .campus_key()
            .decode(&code)
            .unwrap();
        assert_eq!(contents.status.student_number, student.student_number);
        assert!(
            contents
                .last_four
                .matches(&LastFour::parse(&student.last_four).unwrap())
        );
        assert!(
            fs::read_to_string(out.join("codes.html"))
                .unwrap()
                .contains(&student.student_number)
        );
    }

    fn scanned(png: &GrayImage) -> String {
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(
            png.width() as usize,
            png.height() as usize,
            |x, y| png.get_pixel(x as u32, y as u32).0[0],
        );
        prepared.detect_grids()[0].decode().unwrap().1
    }
}
