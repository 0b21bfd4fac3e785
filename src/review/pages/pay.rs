//! The phone's page of an order: what is paid, to whom, for which booth. The provider behind it is simulated and
//! the page says so.

use super::answer::{OrPage, PageError, page_of, see};
use super::words::Words;
use crate::domain::{Collection, OrderId, OrderState};
use crate::review::payments::PaymentError;
use crate::review::serve::Service;
use crate::review::store::orders::KeptOrder;
use crate::review::store::{StoreError, catalogue};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

#[derive(Template)]
#[template(path = "pay.html")]
struct Pay {
    w: Words,
    kept: KeptOrder,
    collection: Option<Collection>,
    payee: String,
}

impl Pay {
    fn is(&self, word: &str) -> bool {
        matches!(
            (self.kept.state, word),
            (OrderState::Open, "open")
                | (OrderState::Settled, "settled")
                | (OrderState::Closed, "closed")
                | (OrderState::Refunded, "refunded")
        )
    }

    fn valid_until(&self) -> String {
        super::review_view::time(self.kept.expires_at)
    }

    fn title(&self) -> &str {
        self.collection
            .as_ref()
            .map_or("", |c| self.w.of(&c.title_zh, &c.title_en))
    }
}

fn parse(w: Words, id: &str) -> Result<OrderId, PageError> {
    id.parse().map_err(|_| PageError::not_found(w))
}

/// The provider is asked on a thread that may wait.
async fn ask(
    service: &Service,
    w: Words,
    question: impl FnOnce(&Service) -> Result<KeptOrder, PaymentError> + Send + 'static,
) -> Result<KeptOrder, PageError> {
    let service = service.clone();
    let asked = tokio::task::spawn_blocking(move || question(&service)).await;
    asked
        .map_err(|_| PaymentError::Store(StoreError::CutShort))
        .and_then(|kept| kept)
        .or_page(w)
}

pub(super) async fn page(
    State(service): State<Service>,
    w: Words,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id = parse(w, &id)?;
    let kept = ask(&service, w, move |service| service.payments().refresh(id)).await?;
    let of = kept.order.collection.clone();
    let collection = service
        .store
        .read(move |tx| catalogue::find(tx, &of))
        .await
        .or_page(w)?;
    let payee = service.config.payee.clone();
    Ok(page_of(&Pay {
        w,
        kept,
        collection: collection.map(|(collection, _)| collection),
        payee,
    }))
}

pub(super) async fn pay(
    State(service): State<Service>,
    w: Words,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id = parse(w, &id)?;
    let paid = ask(&service, w, move |service| {
        // an order whose code has run out is closed before the button can pay it
        service.payments().refresh(id)?;
        service.gateway.pay(id)?;
        service.payments().refresh(id)
    });
    paid.await?;
    Ok(see(&format!("/p/{id}")))
}

pub(super) async fn cancel(
    State(service): State<Service>,
    w: Words,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id = parse(w, &id)?;
    ask(&service, w, move |service| service.payments().close(id)).await?;
    Ok(see(&format!("/p/{id}")))
}
