//! The list of what is promised of delivering, with the test that shows it (`tests/proofs/delivery/mod.rs`), is true:
//! every test that it names is there.

use std::fs;
use std::path::{Path, PathBuf};

const LIST: &str = "tests/proofs/delivery/mod.rs";
/// Where a name of the list may begin.
const ROOTS: [&str; 3] = ["tests/proofs/delivery", "tests", "src"];

/// `(promise, what shows it)` of the rows; a name is what stands between backticks.
fn rows() -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(LIST)).unwrap();
    let row = |line: &str| {
        let cells: Vec<_> = line.strip_prefix("//! |")?.split('|').collect();
        let [promise, shown, ..] = cells.as_slice() else {
            return None;
        };
        let names: Vec<String> = shown
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| !name.starts_with("cargo "))
            .map(ToOwned::to_owned)
            .collect();
        Some((promise.trim().to_owned(), names))
    };
    let is_about = |(promise, _): &(String, Vec<String>)| {
        promise != "what is promised" && !promise.starts_with("---")
    };
    text.lines().filter_map(row).filter(is_about).collect()
}

/// The files that a path of modules may mean.
fn files(modules: &[&str]) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let under = |folder: &str| {
        let place = root.join(folder).join(modules.join("/"));
        [
            place.with_extension("rs"),
            place.join("mod.rs"),
            place.join("tests.rs"),
        ]
    };
    let candidates = ROOTS.into_iter().flat_map(under);
    candidates.filter(|path| path.is_file()).collect()
}

/// A test of this name; a name that ends in `..` is the beginning of one.
fn has_test(path: &Path, name: &str) -> bool {
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let begins = name.trim_end_matches("..");
    lines.iter().enumerate().any(|(at, line)| {
        let Some(rest) = line
            .strip_prefix("fn ")
            .and_then(|rest| rest.strip_prefix(begins))
        else {
            return false;
        };
        let is_it = name.ends_with("..") || rest.starts_with('(');
        let attributes = lines[..at]
            .iter()
            .rev()
            .take_while(|line| line.starts_with('#'));
        is_it && attributes.clone().any(|line| line.starts_with("#[test"))
    })
}

/// Gives the modules that were meant: the next name of the row may leave them out.
fn found<'a>(name: &'a str, before: &[&'a str]) -> Option<Vec<&'a str>> {
    let parts: Vec<_> = name.split("::").collect();
    if !files(&parts).is_empty() {
        return Some(parts);
    }
    let (test, modules) = parts.split_last()?;
    let modules = if modules.is_empty() { before } else { modules };
    let is_there = files(modules).iter().any(|path| has_test(path, test));
    is_there.then(|| modules.to_vec())
}

#[test]
fn every_promise_is_shown_by_tests_that_are_there() {
    let rows = rows();
    assert!(rows.len() >= 18, "{} promises were read", rows.len());
    for (promise, names) in &rows {
        assert!(!names.is_empty(), "nothing shows {promise}");
        let mut modules = Vec::new();
        for name in names {
            let meant = found(name, &modules);
            modules = meant.unwrap_or_else(|| panic!("{promise}: there is no {name}"));
        }
    }
}

#[test]
fn a_test_that_is_not_there_is_missed() {
    assert!(found("kills::killed_at_random_moments_nothing_is_lost", &[]).is_some());
    assert!(found("killed_at_random_moments_..", &["kills"]).is_some());
    assert!(found("kills::killed_at_random_moments", &[]).is_none());
    // a function that is no test
    assert!(found("kills::drawn", &[]).is_none());
    assert!(found("service::nothing", &[]).is_none());
}
