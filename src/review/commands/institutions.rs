//! Reading the Ministry of Education's published list: a workbook with a title, a header, province separators and
//! one school a row. The ten-digit identifier is kind (2), province (2), "0" and the five digits used everywhere else.

use super::CommandError;
use crate::domain::{Institution, InstitutionCode};
use crate::review::store::{Store, institutions};
use calamine::{Data, DataType as _, Reader, open_workbook_auto};
use std::io::Write;
use std::path::Path;

const LARGEST_FILE_BYTES: u64 = 32 * 1024 * 1024;

pub(super) fn import(store: &Store, file: &Path, out: &mut impl Write) -> Result<(), CommandError> {
    let schools = read(file)?;
    let changed = store.write_now(|tx| institutions::put(tx, &schools))?;
    writeln!(
        out,
        "{} schools read from {}, {changed} of them new or renamed.",
        schools.len(),
        file.display()
    )?;
    Ok(())
}

/// Every school of every sheet.
pub(super) fn read(file: &Path) -> Result<Vec<Institution>, CommandError> {
    let unusable = |why: &str| {
        CommandError::Unusable(format!("{}: {why}; nothing was changed", file.display()))
    };
    let size = std::fs::metadata(file)
        .map_err(|error| CommandError::File(file.to_owned(), error))?
        .len();
    if size > LARGEST_FILE_BYTES {
        return Err(unusable("larger than any such list"));
    }
    let mut workbook =
        open_workbook_auto(file).map_err(|_| unusable("not a workbook (.xls, .xlsx)"))?;
    let mut schools = Vec::new();
    for sheet in workbook.sheet_names() {
        let range = workbook
            .worksheet_range(&sheet)
            .map_err(|_| unusable("a sheet is damaged"))?;
        schools.extend(schools_of(range.rows()));
    }
    if schools.is_empty() {
        return Err(unusable(
            "no rows below a header with 学校名称 and 学校标识码",
        ));
    }
    schools.sort_by_key(|school| school.code);
    schools.dedup_by_key(|school| school.code);
    Ok(schools)
}

fn schools_of<'a>(rows: impl Iterator<Item = &'a [Data]>) -> Vec<Institution> {
    let mut columns = None;
    let mut schools = Vec::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(text).collect();
        let place = |title: &str| cells.iter().position(|cell| cell == title);
        if let (Some(name), Some(code)) = (place("学校名称"), place("学校标识码")) {
            columns = Some((name, code));
            continue;
        }
        let Some((name, code)) = columns else {
            continue;
        };
        let (Some(name), Some(code)) = (
            cells.get(name),
            cells.get(code).and_then(|code| code_of(code)),
        ) else {
            continue;
        };
        if !name.is_empty() {
            let (name_zh, name_en, aliases) = (name.clone(), String::new(), vec![]);
            schools.push(Institution {
                code,
                name_zh,
                name_en,
                aliases,
            });
        }
    }
    schools
}

/// The cell as people read it, without the spaces that typists add.
fn text(cell: &Data) -> String {
    let text = match cell.as_i64().filter(|_| cell.is_float()) {
        Some(whole) => whole.to_string(),
        None => cell.to_string(),
    };
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The five digits of a ten-digit identifier.
fn code_of(identifier: &str) -> Option<InstitutionCode> {
    let digits = identifier.bytes().all(|b| b.is_ascii_digit()) && identifier.len() == 10;
    if digits {
        identifier.get(5..)?.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<Data> {
        cells
            .iter()
            .map(|cell| Data::String((*cell).to_owned()))
            .collect()
    }

    #[test]
    fn titles_and_provinces_are_passed_over_and_codes_are_five_digits() {
        let mut rows = vec![
            row(&["全国普通高等学校名单", "", ""]),
            row(&["1", "不是学校", "4111010001"]),
            row(&[
                "序号",
                "学校名称",
                "学校标识码",
                "主管部门",
                "所在地",
                "办学层次",
                "备注",
            ]),
            row(&["广东省(162所)", "", ""]),
            row(&[
                "1",
                " 暨南大学 ",
                "4144010559",
                "中央统战部",
                "广州市",
                "本科",
                "",
            ]),
            row(&["2", "短码", "10559"]),
        ];
        rows.push(vec![
            Data::Float(3.0),
            Data::String("中山 大学".into()),
            Data::Float(4_144_010_558.0),
        ]);
        let schools = schools_of(rows.iter().map(Vec::as_slice));
        let read: Vec<_> = schools
            .iter()
            .map(|school| (school.code.to_string(), school.name_zh.as_str()))
            .collect();
        assert_eq!(
            read,
            [
                ("10559".to_owned(), "暨南大学"),
                ("10558".to_owned(), "中山大学")
            ]
        );
    }

    #[test]
    fn a_workbook_laid_out_like_the_ministrys_is_read_and_other_files_change_nothing() {
        let (store, folder) = crate::review::store::in_memory();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let mut out = Vec::new();
        for file in ["institutions.xls", "institutions-adult.xls"] {
            import(&store, &fixtures.join(file), &mut out).unwrap();
        }
        let schools = store.read_now(|tx| institutions::all(tx)).unwrap();
        let codes: Vec<_> = schools
            .iter()
            .map(|school| school.code.to_string())
            .collect();
        assert_eq!(codes, ["10001", "10002", "10558", "10559", "50249"]);
        import(&store, &fixtures.join("institutions.xls"), &mut out).unwrap();
        assert!(
            String::from_utf8(out)
                .unwrap()
                .lines()
                .last()
                .unwrap()
                .contains(", 0 of them new")
        );
        let strange = folder.path().join("strange.xls");
        for bytes in [
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            b"<html>".to_vec(),
            vec![0; 4096],
        ] {
            std::fs::write(&strange, bytes).unwrap();
            assert!(matches!(
                import(&store, &strange, &mut Vec::new()),
                Err(CommandError::Unusable(_))
            ));
        }
    }
}
