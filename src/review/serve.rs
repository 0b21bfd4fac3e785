//! The running service: opens what it needs, listens, sweeps up after orders that nobody asks for any more.

use super::arriving::Arriving;
use super::config::Config;
use super::gateways::Simulated;
use super::keys::{Keys, KeysError};
use super::payments::Payments;
use super::store::{Store, StoreError, sign_ins};
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
    /// The address.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// The listener ended.
    #[error("the listener failed: {0}")]
    Ended(#[source] io::Error),
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
    /// The provider. It becomes a choice when a second one ships.
    pub gateway: Simulated,
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
        Ok(Self {
            epoch: store.epoch()?,
            gateway: Simulated::new(store.clone(), public_url.clone()),
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
            gateway: &self.gateway,
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
    let served = axum::serve(listener, service.router())
        .with_graceful_shutdown(shutdown)
        .await;
    sweeping.abort();
    served.map_err(ServeError::Ended)
}
