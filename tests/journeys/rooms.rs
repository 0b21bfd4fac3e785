//! Imports point one way. Reads every `use crate::…` and `crate::…` in `src` and names each wrong arrow.

use std::fs;
use std::path::{Path, PathBuf};

/// What a room may import, besides itself and the pure rooms before it.
const MAY_SEE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("standard", &["domain"]),
    ("vision", &["domain", "standard"]),
    ("photo", &["domain", "standard", "vision"]),
    ("session", &["domain", "standard", "vision", "photo"]),
    (
        "admin",
        &["domain", "standard", "vision", "photo", "session"],
    ),
    ("wire", &["domain"]),
    ("store", &["domain", "wire", "clock"]),
    (
        "config",
        &[
            "domain", "standard", "vision", "photo", "session", "admin", "wire",
        ],
    ),
    ("camera", &["domain", "vision", "config", "clock"]),
    (
        "workers",
        &[
            "domain", "standard", "vision", "photo", "session", "admin", "wire", "store", "camera",
            "config", "clock",
        ],
    ),
    (
        "ui",
        &["domain", "standard", "vision", "photo", "session", "admin"],
    ),
    (
        "review",
        &["domain", "standard", "vision", "photo", "wire", "clock"],
    ),
    ("clock", &[]),
];

/// Rooms in which nothing is drawn, stored, sent, run or read from outside, with what they may not name.
const PURE: &[&str] = &[
    "domain", "standard", "vision", "photo", "session", "admin", "wire",
];
const IMPURE: &[&str] = &[
    "eframe",
    "egui",
    "rusqlite",
    "reqwest",
    "axum",
    "tokio",
    "nokhwa",
    "std::thread",
    "std::fs",
    "std::net",
    "crate::clock::",
];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file without comments and without its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn is_test_file(path: &Path) -> bool {
    let name = path
        .file_stem()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    ["tests", "samples"].contains(&name) || path.iter().any(|part| part == "tests")
}

/// `(room, path, code)` of every source file that is not only a test.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let source = |path: PathBuf| {
        let inner = path.strip_prefix(&root).unwrap().to_owned();
        let first = inner.iter().next().unwrap().to_str().unwrap();
        (first.trim_end_matches(".rs").to_owned(), inner, code(&path))
    };
    files
        .into_iter()
        .filter(|path| !is_test_file(path))
        .map(source)
        .collect()
}

/// Names after `crate::`, also inside `use crate::{a, b}`.
fn rooms_named(code: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '_')
            .collect()
    };
    let mut rooms = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => rooms.push(name(after)),
            Some(list) => {
                let list = list.split("};").next().unwrap_or_default();
                let mut depth = 0;
                let mut at_name = true;
                for (i, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 0 => at_name = true,
                        c if at_name && c.is_ascii_lowercase() => {
                            rooms.push(name(&list[i..]));
                            at_name = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    rooms
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for (room, path, code) in sources() {
        let Some((_, may_see)) = MAY_SEE.iter().find(|(name, _)| *name == room) else {
            continue;
        };
        for named in rooms_named(&code) {
            let known = MAY_SEE.iter().any(|(name, _)| *name == named);
            let above = ["app", "tools"].contains(&named.as_str());
            if (known || above) && named != room && !may_see.contains(&named.as_str()) {
                wrong.push(format!("{}: {room} -> {named}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "wrong arrows:\n{}", wrong.join("\n"));
}

#[test]
fn pure_rooms_name_nothing_impure() {
    let mut wrong = Vec::new();
    for (room, path, code) in sources() {
        if PURE.contains(&room.as_str()) {
            let named = IMPURE.iter().filter(|name| {
                let name = if name.contains("::") {
                    (**name).to_owned()
                } else {
                    format!("{name}::")
                };
                code.match_indices(&name)
                    .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
            });
            wrong.extend(named.map(|name| format!("{}: {name}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "impure:\n{}", wrong.join("\n"));
}

#[test]
fn a_wrong_arrow_would_be_seen() {
    assert_eq!(rooms_named("use crate::store::Store;"), ["store"]);
    assert_eq!(
        rooms_named("use crate::{domain::{Fee, Order}, ui, wire::x};\nlet a = crate::app::b;"),
        ["domain", "ui", "wire", "app"]
    );
}
