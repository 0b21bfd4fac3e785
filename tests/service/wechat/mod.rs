//! Payment failure cases, each with the real gateway against a provider that speaks the real protocol.

mod cases;
mod fake;

use crate::bench::Bench;
use fake::{API_V3_KEY, APPID, Fake, MCHID, PLATFORM_KEY_ID};
use gradbooth::domain::{Order, OrderState};
use gradbooth::review::Config;
use gradbooth::review::gateways::wechat::NOTICES;
use gradbooth::wire::{OrderStatus, paths};
use std::path::Path;

/// A service that takes real money of a fake provider.
pub struct Shop {
    pub bench: Bench,
    pub provider: Fake,
    files: tempfile::TempDir,
}

fn merchant_file(folder: &Path, origin: &str) -> std::path::PathBuf {
    let file = folder.join("wechat.toml");
    std::fs::write(
        folder.join("merchant.pem"),
        include_bytes!("../../fixtures/wechat/merchant.pem"),
    )
    .unwrap();
    std::fs::write(
        folder.join("platform.pem"),
        include_bytes!("../../fixtures/wechat/platform.pub.pem"),
    )
    .unwrap();
    std::fs::write(folder.join("v3.key"), API_V3_KEY).unwrap();
    let text = format!(
        "appid = \"{APPID}\"\nmchid = \"{MCHID}\"\nmerchant_serial = \"00AA11BB22CC33DD\"\nmerchant_private_key = \"merchant.pem\"\napi_v3_key = \"v3.key\"\nplatform_key_id = \"{PLATFORM_KEY_ID}\"\nplatform_public_key = \"platform.pem\"\norigin = \"{origin}\"\n"
    );
    std::fs::write(&file, text).unwrap();
    file
}

impl Shop {
    pub fn open() -> Self {
        Self::with(|config| config)
    }

    pub fn with(change: impl FnOnce(Config) -> Config) -> Self {
        let provider = Fake::start();
        let files = tempfile::tempdir().unwrap();
        let file = merchant_file(files.path(), &provider.url);
        let bench = Bench::with(|config| {
            change(Config {
                wechat_pay: Some(file),
                ..config
            })
        });
        Self {
            bench,
            provider,
            files,
        }
    }

    /// The booth puts an order, and gets what it draws.
    pub fn offers(&self, order: &Order) -> OrderStatus {
        let response = self.bench.put_order(order);
        assert_eq!(response.status(), 200);
        response.json().unwrap()
    }

    pub fn stands(&self, order: &Order) -> OrderState {
        self.bench.get::<OrderStatus>(&paths::order(order.id)).state
    }

    pub fn closes(&self, order: &Order) -> OrderState {
        let answer = self
            .bench
            .booth("POST", &paths::close_order(order.id))
            .send()
            .unwrap();
        assert_eq!(answer.status(), 200);
        answer.json::<OrderStatus>().unwrap().state
    }

    pub fn pays(&self, order: &Order) -> bool {
        self.provider.is_paid(&order.id.to_string())
    }

    pub fn notifies(&self, order: &Order) -> Option<usize> {
        let url = format!("{}{NOTICES}", self.bench.url);
        self.provider
            .notifies(&order.id.to_string(), &self.bench.http, &url)
    }

    /// The sweep that the running service does every while.
    pub fn sweeps(&self) {
        let merchant = merchant_file(self.files.path(), &self.provider.url);
        let config = gradbooth::review::gateways::wechat::WeChatConfig::load(&merchant).unwrap();
        let gateway =
            gradbooth::review::gateways::WeChatPay::new(config, &self.bench.url, "item").unwrap();
        let store = self.bench.store();
        let payments = gradbooth::review::payments::Payments {
            store: &store,
            gateway: &gateway,
            public_url: &self.bench.url,
        };
        payments.close_expired().unwrap();
        payments.pay_back().unwrap();
    }
}
