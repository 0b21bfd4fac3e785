//! What the provider sends by itself: signed over the raw body, sealed inside. It comes late, twice or not at all; it
//! only ever hastens what a question would find out.

use super::crypto::{Platform, unseal};
use serde::Deserialize;
use thiserror::Error;

/// Where notices come in.
pub const PATH: &str = "/v1/wechat-pay/notices";

/// Why a notice is not taken.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum BadNotice {
    /// Not signed by the platform.
    #[error("the notice is not signed by the platform")]
    NotSigned,
    /// Signed, and not readable.
    #[error("the notice cannot be read")]
    Unreadable,
    /// About another merchant.
    #[error("the notice is about another merchant")]
    OfSomebodyElse,
}

/// The headers that carry a signature.
#[derive(Debug, Clone, Copy)]
pub struct Headers<'a> {
    serial: &'a str,
    timestamp: &'a str,
    nonce: &'a str,
    signature: &'a str,
}

impl<'a> Headers<'a> {
    /// Those of a message, by the name of each.
    pub fn read(header: impl Fn(&str) -> &'a str) -> Self {
        Self {
            serial: header("wechatpay-serial"),
            timestamp: header("wechatpay-timestamp"),
            nonce: header("wechatpay-nonce"),
            signature: header("wechatpay-signature"),
        }
    }

    pub(super) fn are_signed(&self, body: &[u8], platform: &Platform) -> bool {
        platform.has_signed(
            self.serial,
            [self.timestamp, self.nonce, self.signature],
            body,
        )
    }
}

#[derive(Deserialize)]
struct Notice {
    event_type: String,
    resource: Resource,
}

#[derive(Deserialize)]
struct Resource {
    algorithm: String,
    ciphertext: String,
    #[serde(default)]
    associated_data: String,
    nonce: String,
}

/// What is inside; `None` for a notice about something else than a payment.
pub(super) fn open(
    headers: &Headers<'_>,
    body: &[u8],
    platform: &Platform,
    key: &[u8; 32],
) -> Result<Option<Vec<u8>>, BadNotice> {
    if !headers.are_signed(body, platform) {
        return Err(BadNotice::NotSigned);
    }
    let notice: Notice = serde_json::from_slice(body).map_err(|_| BadNotice::Unreadable)?;
    if notice.event_type != "TRANSACTION.SUCCESS" {
        return Ok(None);
    }
    let Resource {
        algorithm,
        ciphertext,
        associated_data,
        nonce,
    } = notice.resource;
    if algorithm != "AEAD_AES_256_GCM" {
        return Err(BadNotice::Unreadable);
    }
    unseal(key, &nonce, &associated_data, &ciphertext)
        .map(Some)
        .ok_or(BadNotice::Unreadable)
}
