//! The merchant's file: `gradbooth-review serve --wechat-pay FILE`. Keys are named in it by path, so that the file itself
//! may be read by those who look after the service.

use super::crypto::{Merchant, Platform, UnusableKey};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use thiserror::Error;
use zeroize::Zeroizing;

/// Why the merchant's file cannot be used.
#[derive(Debug, Error)]
pub enum BadWeChatConfig {
    /// A file cannot be read.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] std::io::Error),
    /// The file is not what it should be.
    #[error("{0}: {1}")]
    Toml(PathBuf, String),
    /// The key of the notices has another length.
    #[error("the APIv3 key has 32 characters, this one has {0}")]
    ApiKey(usize),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    appid: String,
    mchid: String,
    merchant_serial: String,
    merchant_private_key: PathBuf,
    api_v3_key: PathBuf,
    platform_key_id: String,
    platform_public_key: PathBuf,
    #[serde(default = "usual_origin")]
    origin: String,
}

fn usual_origin() -> String {
    "https://api.mch.weixin.qq.com".to_owned()
}

/// What a merchant is and has.
#[derive(Clone)]
pub struct WeChatConfig {
    /// The app that the orders belong to.
    pub appid: String,
    /// The merchant.
    pub mchid: String,
    /// Serial number of the merchant's certificate.
    pub merchant_serial: String,
    /// The merchant's private key, PEM (PKCS 8).
    pub merchant_private_key: Zeroizing<Vec<u8>>,
    /// Opens notices.
    pub api_v3_key: Zeroizing<[u8; 32]>,
    /// Name of the platform's key.
    pub platform_key_id: String,
    /// The platform's public key, PEM.
    pub platform_public_key: Vec<u8>,
    /// Where the provider is.
    pub origin: String,
}

impl std::fmt::Debug for WeChatConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WeChatConfig({}, ..)", self.mchid)
    }
}

impl WeChatConfig {
    /// Reads the merchant's file; paths in it are beside it.
    pub fn load(path: &Path) -> Result<Self, BadWeChatConfig> {
        let read =
            |path: &Path| fs::read(path).map_err(|e| BadWeChatConfig::File(path.to_owned(), e));
        let text = String::from_utf8_lossy(&read(path)?).into_owned();
        // the message names line and key, never the file's contents around it
        let file: File = toml::from_str(&text)
            .map_err(|e| BadWeChatConfig::Toml(path.to_owned(), e.message().to_owned()))?;
        let beside = |name: &Path| path.parent().unwrap_or(Path::new("")).join(name);
        let key = Zeroizing::new(read(&beside(&file.api_v3_key))?);
        let key = key.trim_ascii();
        Ok(Self {
            appid: file.appid,
            mchid: file.mchid,
            merchant_serial: file.merchant_serial,
            merchant_private_key: Zeroizing::new(read(&beside(&file.merchant_private_key))?),
            api_v3_key: Zeroizing::new(
                key.try_into()
                    .map_err(|_| BadWeChatConfig::ApiKey(key.len()))?,
            ),
            platform_key_id: file.platform_key_id,
            platform_public_key: read(&beside(&file.platform_public_key))?,
            origin: file.origin.trim_end_matches('/').to_owned(),
        })
    }

    pub(super) fn keys(&self) -> Result<(Merchant, Platform), UnusableKey> {
        Ok((
            Merchant::new(&self.merchant_private_key)?,
            Platform::new(&self.platform_key_id, &self.platform_public_key)?,
        ))
    }
}
