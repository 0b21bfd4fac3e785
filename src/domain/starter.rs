//! The starter list of schools that ships with the programs; its first line names its source.

use super::Institution;

const LIST: &str = include_str!("../../assets/institutions.tsv");

/// The schools of the starter list. A line that is no school is left out; a test reads the list whole.
pub fn starter_institutions() -> Vec<Institution> {
    let lines = LIST
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let read = |line: &str| {
        let mut columns = line.split('\t');
        let code = columns.next()?.parse().ok()?;
        let name_zh = columns.next()?.to_owned();
        let name_en = columns.next().unwrap_or_default().to_owned();
        let aliases = columns
            .next()
            .unwrap_or_default()
            .split(';')
            .filter(|alias| !alias.is_empty());
        Some(Institution {
            code,
            name_zh,
            name_en,
            aliases: aliases.map(str::to_owned).collect(),
        })
    };
    lines.filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_starter_list_has_the_manuals_school() {
        let schools = starter_institutions();
        let lines = LIST.lines().filter(|line| !line.starts_with('#')).count();
        assert!(schools.len() >= 150 && schools.len() == lines);
        assert!(
            schools
                .iter()
                .any(|school| school.code.to_string() == "10559" && school.name_zh == "暨南大学")
        );
    }
}
