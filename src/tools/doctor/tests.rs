use super::*;
use std::fs;
use std::path::Path;

fn doctor(config: &Path, language: &str, json: bool) -> (u8, String) {
    let args = DoctorArgs {
        salvage: None,
        config: config.to_owned(),
        json,
        language: Some(language.to_owned()),
    };
    let mut out = Vec::new();
    let exit = run(&args, &mut out).unwrap();
    (exit, String::from_utf8(out).unwrap())
}

/// The demonstration's settings in a folder of their own, with no service anywhere.
fn demonstration(folder: &Path) -> std::path::PathBuf {
    let recording = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
    let text = include_str!("../../../kiosk-config/demo.toml")
        .replace("127.0.0.1:7390", "127.0.0.1:9")
        .replace("../../assets/demo", recording.to_str().unwrap());
    let path = folder.join("booth.toml");
    fs::write(&path, text).unwrap();
    path
}

fn line_of(text: &str, check: &str) -> serde_json::Value {
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines
        .into_iter()
        .find(|line| line["check"] == check)
        .unwrap_or_else(|| panic!("{check} in {text}"))
}

#[test]
fn a_booth_without_a_key_is_told_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let (exit, text) = doctor(&demonstration(folder.path()), "en", true);
    assert_eq!(exit, 2, "{text}");
    assert_eq!(line_of(&text, "key")["state"], "broken");
    assert!(
        line_of(&text, "key")["do"]
            .as_str()
            .unwrap()
            .contains("enrol-booth")
    );
    for good in ["config", "records", "models", "fonts"] {
        assert_eq!(line_of(&text, good)["state"], "good", "{text}");
    }
    assert!(
        !folder.path().join("state").exists(),
        "it looks and makes nothing"
    );
}

#[test]
fn an_unreachable_service_is_no_reason_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let signing = ed25519_dalek::SigningKey::from_bytes(&[1; 32]);
    let key = signing.verifying_key();
    let review = crate::wire::ReviewSecretKey::from_bytes(&[4; 32])
        .unwrap()
        .public();
    let booth = (crate::domain::BoothId::from_bytes([1; 16]), "一号");
    let own = ("secret-token".into(), &signing);
    let key = crate::wire::BoothKey::new(booth, own, (&key, &review), (1, &[1; 32]), &key);
    fs::create_dir(folder.path().join("service")).unwrap();
    let path = folder.path().join("service/booth.key");
    fs::write(&path, toml::to_string(&key).unwrap()).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    let place = crate::store::KeyPlace::File(folder.path().join("service/state.key"));
    let state = folder.path().join("state");
    let state_key = crate::store::StateKey::read_or_make(&place, &state).unwrap();
    drop(crate::store::Store::open(&state, &state_key).unwrap());
    let (exit, text) = doctor(&demonstration(folder.path()), "zh-CN", true);
    assert_eq!(exit, 1, "{text}");
    assert_eq!(line_of(&text, "key")["is"], "本设备是 一号");
    assert_eq!(line_of(&text, "service")["state"], "attention");
    assert_eq!(line_of(&text, "queue")["state"], "good");
    assert!(!text.contains("secret-token"));
}

#[test]
fn faults_of_the_settings_are_all_there_and_end_with_two() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("booth.toml");
    fs::write(&path, "demonstration = 5\nnonsense = 1\n").unwrap();
    let (exit, text) = doctor(&path, "en", false);
    assert_eq!(exit, 2);
    assert!(
        text.contains("demonstration has to be true or false")
            && text.contains("nonsense is not a key"),
        "{text}"
    );
    assert!(text.contains("[BROKEN] settings") && text.contains("->"));
}

#[test]
fn the_language_is_the_one_asked_for_or_the_environments() {
    let environment = |lang: &str| [String::new(), lang.to_owned()];
    assert_eq!(
        language_of(None, &environment("zh_CN.UTF-8")),
        Language::Chinese
    );
    assert_eq!(language_of(None, &environment("C")), Language::English);
    assert_eq!(
        language_of(Some("en"), &environment("zh_CN.UTF-8")),
        Language::English
    );
    assert_eq!(language_of(None, &[]), Language::English);
}
