//! The running service: opens what it needs, listens, sweeps up after orders that nobody asks for any more.

use super::arriving::Arriving;
use super::config::Config;
use super::gateways::wechat::{BadWeChatConfig, UnusableKey, WeChatConfig};
use super::gateways::{PaymentGateway, Simulated, WeChatPay};
use super::keys::{Keys, KeysError};
use super::payment_keys::PaymentKeys;
use super::payments::Payments;
use super::phones::{self, BadLoginConfig, LoginConfig, Phones};
use super::store::{Store, StoreError, albums, catalogue, money, sign_ins};
use super::{pages, routes};
use crate::domain::Epoch;
use axum::Router;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::net::TcpListener;

const SWEEP_EVERY: Duration = Duration::from_secs(20);

/// Why the service does not run.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The data folder cannot be made.
    #[error("{0}: {1}")]
    Folder(PathBuf, #[source] io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The merchant's file.
    #[error(transparent)]
    WeChat(#[from] BadWeChatConfig),
    /// The mini program's file.
    #[error(transparent)]
    Login(#[from] BadLoginConfig),
    /// The merchant's keys.
    #[error(transparent)]
    MerchantKeys(#[from] UnusableKey),
    /// The address.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// The listener ended.
    #[error("the listener failed: {0}")]
    Ended(#[source] io::Error),
}

/// The provider at work.
#[derive(Clone)]
pub enum Gateway {
    /// Takes no money.
    Simulated(Simulated),
    /// WeChat Pay.
    WeChat(Arc<WeChatPay>),
}

impl Gateway {
    /// What every gateway can do.
    pub fn at_work(&self) -> &dyn PaymentGateway {
        match self {
            Self::Simulated(gateway) => gateway,
            Self::WeChat(gateway) => gateway.as_ref(),
        }
    }

    /// The simulated one, whose phone page has a button.
    pub const fn simulated(&self) -> Option<&Simulated> {
        match self {
            Self::Simulated(gateway) => Some(gateway),
            Self::WeChat(_) => None,
        }
    }
}

/// All that the routes and pages share.
#[derive(Clone)]
pub struct Service {
    /// What it was told.
    pub config: Arc<Config>,
    /// The database.
    pub store: Store,
    /// The secrets.
    pub keys: Arc<Keys>,
    /// Signs receipts and vouchers.
    pub payment_keys: Arc<PaymentKeys>,
    /// Knows whose phone it is.
    pub phones: Arc<dyn Phones>,
    /// The provider.
    pub gateway: Gateway,
    /// Sealed submissions that are not whole yet.
    pub(super) arriving: Arriving,
    /// This life of the database.
    pub epoch: Epoch,
}

impl Service {
    /// Opens the data folder of a configuration, making what is missing.
    pub fn open(config: Config, address: SocketAddr) -> Result<Self, ServeError> {
        Config::make_folder(&config.data)
            .map_err(|e| ServeError::Folder(config.data.clone(), e))?;
        let keys = Keys::open(&config.data)?;
        let arriving =
            Arriving::open(&config.data).map_err(|e| ServeError::Folder(config.data.clone(), e))?;
        let store = Store::open(&Config::database(&config.data))?;
        let public_url = config
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{address}"));
        let public_url = public_url.trim_end_matches('/').to_owned();
        let gateway = match &config.wechat_pay {
            None => Gateway::Simulated(Simulated::new(store.clone(), public_url.clone())),
            Some(file) => {
                let merchant = WeChatConfig::load(file)?;
                Gateway::WeChat(Arc::new(WeChatPay::new(
                    merchant,
                    &public_url,
                    &config.payee,
                )?))
            }
        };
        let phones: Arc<dyn Phones> = match &config.wechat_login {
            None => Arc::new(phones::Simulated),
            Some(file) => Arc::new(phones::WeChat::new(LoginConfig::load(file)?)?),
        };
        store.write_now(|tx| {
            // what booths without a network have to know beforehand
            let mut info = catalogue::service_info(tx)?;
            (info.public_url, info.payee) = (public_url.clone(), config.payee.clone());
            catalogue::set_service_info(tx, &info)
        })?;
        Ok(Self {
            epoch: store.epoch()?,
            payment_keys: Arc::new(PaymentKeys::open(&config.data, &store)?),
            phones,
            gateway,
            config: Arc::new(Config {
                public_url: Some(public_url),
                ..config
            }),
            store,
            arriving,
            keys: Arc::new(keys),
        })
    }

    /// How phones reach the service.
    pub fn public_url(&self) -> &str {
        self.config.public_url.as_deref().unwrap_or_default()
    }

    /// Orders, with the provider's word brought in.
    pub fn payments(&self) -> Payments<'_> {
        Payments {
            store: &self.store,
            gateway: self.gateway.at_work(),
            public_url: self.public_url(),
        }
    }

    /// Every address of the service.
    pub fn router(self) -> Router {
        routes::router().merge(pages::router()).with_state(self)
    }

    async fn sweep(self) {
        loop {
            tokio::time::sleep(SWEEP_EVERY).await;
            let service = self.clone();
            let swept = tokio::task::spawn_blocking(move || {
                service.payments().close_expired()?;
                if let Err(error) = service.arriving.sweep() {
                    tracing::error!("sweeping the folder of arriving submissions failed: {error}");
                }
                service.payments().pay_back()?;
                service.store.write_now(money::compare)?;
                service.store.write_now(albums::forget_old)?;
                service.store.write_now(sign_ins::forget_old)
            });
            if let Ok(Err(error)) = swept.await {
                tracing::error!("sweeping failed: {error}");
            }
        }
    }
}

/// Listens as configured and serves until `shutdown` is done; `ready` is told the address once requests are taken.
pub async fn serve(
    config: Config,
    ready: impl FnOnce(SocketAddr),
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let asked = config.listen;
    let listener = TcpListener::bind(asked)
        .await
        .map_err(|e| ServeError::Listen(asked, e))?;
    let address = listener
        .local_addr()
        .map_err(|e| ServeError::Listen(asked, e))?;
    let service = Service::open(config, address)?;
    ready(address);
    serve_on(listener, service, shutdown).await
}

/// Serves on a listener that is already bound.
pub async fn serve_on(
    listener: TcpListener,
    service: Service,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let sweeping = tokio::spawn(service.clone().sweep());
    let served = axum::serve(
        listener,
        service
            .router()
            .into_make_service_with_connect_info::<SocketAddr>(),
    )
    .with_graceful_shutdown(shutdown)
    .await;
    sweeping.abort();
    served.map_err(ServeError::Ended)
}
