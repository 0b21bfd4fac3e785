use super::*;

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("kiosk-config")
        .join(name)
}

/// The shipped file with some lines changed.
fn changed(changes: &[(&str, &str)]) -> Result<Config, Vec<ConfigFault>> {
    let mut text = std::fs::read_to_string(shipped("booth.toml")).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("booth.toml");
    std::fs::write(&path, text).unwrap();
    Config::load(&path)
}

fn faults(changes: &[(&str, &str)]) -> Vec<(String, Wrong)> {
    changed(changes)
        .unwrap_err()
        .into_iter()
        .map(|fault| (fault.key, fault.wrong))
        .collect()
}

const OWN_PIN: (&str, &str) = (
    "pin_hash = \"\"",
    "pin_hash = \"$argon2id$v=19$m=19456,t=2,p=1$ZSaiOvF5Fl1nuQlMnRyd2w$R6CaPSM4SrsU32UeuRUrpnlmHSBtVi7yxtqosIKt0Bo\"",
);

#[test]
fn the_shipped_file_only_lacks_what_each_booth_has_of_its_own() {
    assert_eq!(
        faults(&[]),
        [("attendant.pin_hash".to_owned(), Wrong::Missing)]
    );
    let config = changed(&[OWN_PIN]).unwrap();
    assert!(!config.demonstration && config.camera.recording.is_none() && config.screen.fullscreen);
    assert_eq!(config.photo_import, PhotoImport::Attendant);
    assert_eq!(
        (config.idle, config.idle_warning),
        (Duration::from_mins(1), Duration::from_secs(30))
    );
    assert_eq!(config.retention, SignedDuration::from_hours(24));
}

#[test]
fn the_demonstration_loads_and_says_that_it_is_one() {
    let config = Config::load(&shipped("demo.toml")).unwrap();
    assert!(config.demonstration && config.camera.recording.is_some());
    assert!(config.pin.matches("246810"));
    assert!(config.session_settings("b").demo);
}

#[test]
fn every_key_of_the_shipped_file_is_commented() {
    for name in ["booth.toml", "demo.toml"] {
        let text = std::fs::read_to_string(shipped(name)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2) {
            let (above, line) = (pair[0].trim_start(), pair[1].trim_start());
            let is_key = line.contains(" = ") && !line.starts_with('#');
            assert!(
                !is_key || above.starts_with('#') || line.contains(" # "),
                "{name}: {line}"
            );
        }
    }
}

#[test]
fn all_faults_are_reported_at_once_with_their_keys() {
    let wrong = [
        OWN_PIN,
        ("seconds = 60", "seconds = 5"),
        ("decoder = \"campus\"", "decoder = \"magic\""),
        (
            "fullscreen = true",
            "fullscreen = \"yes\"\nfull_screen = true",
        ),
        (
            "url = \"https://review.example\"",
            "url = \"http://review.example\"",
        ),
        ("[state]", "[stait]\nfolder = \"x\"\n[state]"),
    ];
    let mut found = faults(&wrong);
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let keys: Vec<_> = found.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "idle.seconds",
            "screen.full_screen",
            "screen.fullscreen",
            "service.url",
            "stait.folder",
            "student.decoder"
        ]
    );
    assert_eq!(
        found[0].1,
        Wrong::Outside {
            least: 30.0,
            most: 600.0
        }
    );
    assert_eq!(found[1].1, Wrong::Unknown);
    assert_eq!(found[2].1, Wrong::NotA("true or false"));
}

#[test]
fn a_real_booth_refuses_what_only_a_demonstration_may() {
    let demo = std::fs::read_to_string(shipped("demo.toml")).unwrap();
    let hash = demo
        .lines()
        .find(|line| line.starts_with("pin_hash"))
        .unwrap();
    let found = faults(&[
        ("pin_hash = \"\"", hash),
        (
            "device = \"first\"",
            "device = \"first\"\nrecording = \"demo\"",
        ),
    ]);
    assert_eq!(
        found[0],
        ("camera.recording".to_owned(), Wrong::OnlyInDemonstration)
    );
    assert_eq!(
        found[1],
        ("attendant.pin_hash".to_owned(), Wrong::DemonstrationPin)
    );
}

#[test]
fn a_file_that_is_no_config_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("booth.toml");
    assert!(matches!(
        Config::load(&path).unwrap_err()[..],
        [ConfigFault {
            wrong: Wrong::File(_),
            ..
        }]
    ));
    std::fs::write(&path, "a = 1\nb = = 2\n").unwrap();
    let fault = &Config::load(&path).unwrap_err()[0];
    assert!(
        matches!(fault.wrong, Wrong::NotToml { line: 2, .. }),
        "{fault}"
    );
    std::fs::write(&path, [0xff, 0xfe, 0]).unwrap();
    assert!(Config::load(&path).is_err());
}

#[test]
fn paths_are_seen_from_the_file() {
    let config = Config::load(&shipped("demo.toml")).unwrap();
    assert!(
        config
            .state_folder
            .starts_with(shipped("demo.toml").parent().unwrap())
    );
}
