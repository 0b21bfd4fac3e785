//! WeChat Pay, `APIv3`: Native orders for the booth's screen, H5 orders for the phone that opened an order code, query,
//! close, refund, and the notices that come in. The merchant's keys live in this process and nowhere else.
//!
//! An answer counts only when the platform has signed it; everything else is silence. A close that fails is followed by
//! a question, because a student may have paid in between (关单接口调用失败).

mod config;
mod crypto;
mod notice;
mod speech;

pub use config::{BadWeChatConfig, WeChatConfig};
pub use crypto::{Merchant, Platform, UnusableKey};
pub use notice::{BadNotice, Headers, PATH as NOTICES};

use super::{PaymentGateway, Proof, Silent};
use crate::domain::{Fee, Order, OrderId};
use crate::review::store::refunds::{Refund, RefundState};
use crate::review::store::settlement::Evidence;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use speech::{Answer, Speech};

/// Name in payments and audit.
pub const NAME: &str = "wechat";
const CURRENCY: &str = "CNY";

/// The merchant's side of WeChat Pay.
pub struct WeChatPay {
    config: WeChatConfig,
    speech: Speech,
    /// What students read in WeChat's list of payments.
    item: String,
    notify_url: String,
}

/// A payment as the provider describes it, in answers and in notices.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Told {
    appid: String,
    mchid: String,
    out_trade_no: String,
    trade_state: String,
    #[serde(default)]
    transaction_id: String,
    #[serde(default)]
    success_time: Option<Timestamp>,
    #[serde(default)]
    amount: Option<Amount>,
}

#[derive(Debug, serde::Deserialize)]
struct Amount {
    total: u32,
    #[serde(default)]
    currency: Option<String>,
}

impl WeChatPay {
    /// The gateway of a configuration. `public_url` is where the provider's notices come in.
    pub fn new(config: WeChatConfig, public_url: &str, item: &str) -> Result<Self, UnusableKey> {
        let (merchant, platform) = config.keys()?;
        Ok(Self {
            speech: Speech::new(&config, merchant, platform)?,
            notify_url: format!("{public_url}{}", notice::PATH),
            item: item.chars().take(40).collect(),
            config,
        })
    }

    /// Reads a notice: the order and the payment, if it is the platform's and about this merchant.
    pub fn notice(
        &self,
        headers: &Headers<'_>,
        body: &[u8],
    ) -> Result<Option<(OrderId, Evidence)>, BadNotice> {
        let plain = notice::open(
            headers,
            body,
            self.speech.platform(),
            &self.config.api_v3_key,
        )?;
        let Some(plain) = plain else { return Ok(None) };
        let transaction: Told =
            serde_json::from_slice(&plain).map_err(|_| BadNotice::Unreadable)?;
        let id = transaction
            .out_trade_no
            .parse()
            .map_err(|_| BadNotice::Unreadable)?;
        match self.proof(&transaction, id) {
            Ok(Proof::Paid(evidence)) => Ok(Some((id, evidence))),
            Ok(Proof::NotPaid | Proof::Closed) => Ok(None),
            Err(_) => Err(BadNotice::OfSomebodyElse),
        }
    }

    fn order_body(&self, order: &Order) -> Value {
        json!({
            "appid": self.config.appid,
            "mchid": self.config.mchid,
            "description": self.item,
            "out_trade_no": order.id.to_string(),
            "notify_url": self.notify_url,
            "amount": { "total": order.fee.fen(), "currency": CURRENCY },
        })
    }

    fn proof(&self, told: &Told, id: OrderId) -> Result<Proof, Silent> {
        let ours = (
            self.config.appid.as_str(),
            self.config.mchid.as_str(),
            id.to_string(),
        );
        if (
            told.appid.as_str(),
            told.mchid.as_str(),
            told.out_trade_no.clone(),
        ) != ours
        {
            return Err(Silent::Provider("an answer about another order"));
        }
        match told.trade_state.as_str() {
            // money that came is money that came, also when it went back since: the books say what became of it
            "SUCCESS" | "REFUND" => paid(told).map(Proof::Paid),
            "NOTPAY" | "USERPAYING" | "PAYERROR" => Ok(Proof::NotPaid),
            "CLOSED" | "REVOKED" => Ok(Proof::Closed),
            _ => Err(Silent::Provider("an unknown state")),
        }
    }
}

fn paid(told: &Told) -> Result<Evidence, Silent> {
    let amount = told.amount.as_ref().ok_or(Silent::Provider("no amount"))?;
    if amount
        .currency
        .as_deref()
        .is_some_and(|currency| currency != CURRENCY)
    {
        return Err(Silent::Provider("another currency"));
    }
    if told.transaction_id.is_empty() {
        return Err(Silent::Provider("a payment without a number"));
    }
    Ok(Evidence {
        gateway: NAME,
        provider_number: told.transaction_id.clone(),
        amount: Fee::from_fen(amount.total),
        paid_at: told
            .success_time
            .ok_or(Silent::Provider("a payment without a time"))?,
    })
}

impl PaymentGateway for WeChatPay {
    fn name(&self) -> &'static str {
        NAME
    }

    fn open(&self, order: &Order) -> Result<String, Silent> {
        let body = self.order_body(order);
        let answer = self
            .speech
            .say(Method::POST, "/v3/pay/transactions/native", Some(&body))?;
        answer.text("code_url")
    }

    fn open_on_phone(&self, order: &Order, phone: &str) -> Result<Option<String>, Silent> {
        let mut body = self.order_body(order);
        body["scene_info"] = json!({ "payer_client_ip": phone, "h5_info": { "type": "Wap" } });
        let answer = self
            .speech
            .say(Method::POST, "/v3/pay/transactions/h5", Some(&body))?;
        answer.text("h5_url").map(Some)
    }

    fn query(&self, id: OrderId) -> Result<Proof, Silent> {
        let path = format!(
            "/v3/pay/transactions/out-trade-no/{id}?mchid={}",
            self.config.mchid
        );
        match self.speech.say(Method::GET, &path, None)? {
            Answer::Told(value) => {
                let told: Told = serde_json::from_value(value)
                    .map_err(|_| Silent::Provider("an answer that cannot be read"))?;
                self.proof(&told, id)
            }
            // an order that was never opened there cannot be paid there
            Answer::Refused(code) if code == "ORDER_NOT_EXIST" => Ok(Proof::Closed),
            Answer::Refused(_) | Answer::Nothing => Err(Silent::Provider("a refusal")),
        }
    }

    fn close(&self, id: OrderId) -> Result<Proof, Silent> {
        let path = format!("/v3/pay/transactions/out-trade-no/{id}/close");
        let body = json!({ "mchid": self.config.mchid });
        match self.speech.say(Method::POST, &path, Some(&body))? {
            // whatever it said: only what the order's own state says ends it
            Answer::Nothing | Answer::Refused(_) | Answer::Told(_) => self.query(id),
        }
    }

    fn refund(&self, refund: &Refund) -> Result<(RefundState, String), Silent> {
        let total = refund.amount.fen();
        let body = json!({
            "transaction_id": refund.provider_number,
            "out_refund_no": format!("R{}", refund.provider_number),
            "amount": { "refund": total, "total": total, "currency": CURRENCY },
        });
        match self
            .speech
            .say(Method::POST, "/v3/refund/domestic/refunds", Some(&body))?
        {
            Answer::Told(value) => match value["status"].as_str() {
                Some("SUCCESS") => Ok((RefundState::Done, String::new())),
                Some("PROCESSING") => Ok((RefundState::Asked, String::new())),
                Some(other @ ("CLOSED" | "ABNORMAL")) => {
                    Ok((RefundState::Failed, other.to_owned()))
                }
                _ => Err(Silent::Provider("an unknown state of a refund")),
            },
            Answer::Refused(code) if code == "NOT_ENOUGH" || code == "PARAM_ERROR" => {
                Ok((RefundState::Failed, code))
            }
            Answer::Refused(_) | Answer::Nothing => Err(Silent::Provider("a refusal")),
        }
    }
}
