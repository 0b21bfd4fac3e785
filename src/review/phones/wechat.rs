//! The mini program's platform: `getwxacodeunlimit` makes the code that WeChat scans, `code2session` says which WeChat
//! account it is, `getuserphonenumber` the number that its owner allowed. Every permit works once and for minutes.

use super::{Phones, Unknown, normal_number};
use crate::domain::SignInId;
use crate::wire::Digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::blocking::{Client, Response};
use reqwest::redirect;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use thiserror::Error;
use zeroize::Zeroizing;

const PATIENCE: Duration = Duration::from_secs(6);
const LARGEST_ANSWER_BYTES: u64 = 1024 * 1024;
/// A token is renewed so long before it ends.
const BEFORE_ITS_END: Duration = Duration::from_mins(5);

/// Why the mini program's file cannot be used.
#[derive(Debug, Error)]
pub enum BadLoginConfig {
    /// A file cannot be read.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] std::io::Error),
    /// The file is not what it should be.
    #[error("{0}: {1}")]
    Toml(PathBuf, String),
    /// No TLS on this machine.
    #[error("no connection to the platform can be made")]
    Client,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    appid: String,
    secret: PathBuf,
    page: String,
    #[serde(default = "usual_origin")]
    origin: String,
}

fn usual_origin() -> String {
    "https://api.weixin.qq.com".to_owned()
}

/// The mini program.
#[derive(Clone)]
pub struct LoginConfig {
    appid: String,
    secret: Zeroizing<String>,
    page: String,
    origin: String,
}

impl LoginConfig {
    /// Reads the file; the secret lies in one of its own, beside it.
    pub fn load(path: &Path) -> Result<Self, BadLoginConfig> {
        let read = |path: &Path| {
            fs::read_to_string(path).map_err(|error| BadLoginConfig::File(path.to_owned(), error))
        };
        let file: File = toml::from_str(&read(path)?)
            .map_err(|e| BadLoginConfig::Toml(path.to_owned(), e.message().to_owned()))?;
        let secret = read(&path.parent().unwrap_or(Path::new("")).join(&file.secret))?;
        Ok(Self {
            appid: file.appid,
            secret: Zeroizing::new(secret.trim().to_owned()),
            page: file.page,
            origin: file.origin.trim_end_matches('/').to_owned(),
        })
    }
}

/// The platform of a mini program.
pub struct WeChat {
    config: LoginConfig,
    http: Client,
    token: Mutex<Option<(String, Instant)>>,
}

impl WeChat {
    /// The platform of this mini program.
    pub fn new(config: LoginConfig) -> Result<Self, BadLoginConfig> {
        crate::review::use_ring();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(PATIENCE)
            .https_only(config.origin.starts_with("https://"))
            .build();
        Ok(Self {
            http: client.map_err(|_| BadLoginConfig::Client)?,
            config,
            token: Mutex::new(None),
        })
    }

    /// The token that most questions need; asked for once in two hours.
    fn token(&self) -> Result<String, Unknown> {
        let mut kept = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        let now = crate::clock::now();
        if let Some((token, until)) = kept.as_ref()
            && now < *until
        {
            return Ok(token.clone());
        }
        let LoginConfig { appid, secret, .. } = &self.config;
        let ask =
            json!({ "grant_type": "client_credential", "appid": appid, "secret": secret.as_str() });
        let told = value(&self.post("/cgi-bin/stable_token", &ask)?)?;
        let token = told["access_token"]
            .as_str()
            .ok_or(Unknown::Away)?
            .to_owned();
        let seconds = told["expires_in"].as_u64().unwrap_or_default();
        let until = now + Duration::from_secs(seconds).saturating_sub(BEFORE_ITS_END);
        *kept = Some((token.clone(), until));
        Ok(token)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Vec<u8>, Unknown> {
        let request = self
            .http
            .post(format!("{}{path}", self.config.origin))
            .json(body);
        // an error of reqwest names the address, and with it the token: it is dropped here
        bytes(request.send().map_err(|_| Unknown::Away)?)
    }
}

fn bytes(response: Response) -> Result<Vec<u8>, Unknown> {
    if !response.status().is_success() {
        return Err(Unknown::Away);
    }
    let mut body = Vec::new();
    let read = response.take(LARGEST_ANSWER_BYTES).read_to_end(&mut body);
    read.map_err(|_| Unknown::Away)?;
    Ok(body)
}

/// The platform answers 200 to everything; what it means is in `errcode`.
fn value(body: &[u8]) -> Result<Value, Unknown> {
    let told: Value = serde_json::from_slice(body).map_err(|_| Unknown::Away)?;
    match told["errcode"].as_i64() {
        None | Some(0) => Ok(told),
        // invalid, used, expired
        Some(40029 | 40163 | 40013 | 41008) => Err(Unknown::NotValid),
        Some(_) => Err(Unknown::Away),
    }
}

impl Phones for WeChat {
    fn code(&self, id: SignInId) -> Result<Option<Vec<u8>>, Unknown> {
        let path = format!("/wxa/getwxacodeunlimit?access_token={}", self.token()?);
        // at most 32 visible characters: 128 bits are 22 of them
        let scene = URL_SAFE_NO_PAD.encode(id.as_bytes());
        let ask =
            json!({ "scene": scene, "page": self.config.page, "width": 430, "check_path": false });
        let picture = self.post(&path, &ask)?;
        if picture.first() == Some(&b'{') {
            return value(&picture).and(Err(Unknown::Away));
        }
        Ok(Some(picture))
    }

    fn holder(&self, shown: &str) -> Result<String, Unknown> {
        let LoginConfig {
            appid,
            secret,
            origin,
            ..
        } = &self.config;
        let query = [
            ("appid", appid.as_str()),
            ("secret", secret),
            ("js_code", shown),
            ("grant_type", "authorization_code"),
        ];
        let url = reqwest::Url::parse_with_params(&format!("{origin}/sns/jscode2session"), query);
        let request = self.http.get(url.map_err(|_| Unknown::NotValid)?);
        let told = value(&bytes(request.send().map_err(|_| Unknown::Away)?)?)?;
        let account = told["openid"].as_str().ok_or(Unknown::Away)?;
        // the account is nobody's business: enough to know it again
        Ok(Digest::of(format!("gradbooth wechat 1\n{account}").as_bytes()).to_string())
    }

    fn number(&self, permit: &str) -> Result<String, Unknown> {
        let path = format!(
            "/wxa/business/getuserphonenumber?access_token={}",
            self.token()?
        );
        let told = value(&self.post(&path, &json!({ "code": permit }))?)?;
        let info = &told["phone_info"];
        let part = |name: &str| info[name].as_str().unwrap_or_default().to_owned();
        if info["watermark"]["appid"].as_str() != Some(self.config.appid.as_str()) {
            return Err(Unknown::Away);
        }
        let number = format!("+{}{}", part("countryCode"), part("purePhoneNumber"));
        normal_number(&number).ok_or(Unknown::Away)
    }
}
