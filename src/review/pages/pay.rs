//! The phone's page of an order: what is paid, to whom, for which booth, and the receipt that a booth believes without a
//! network. The same page shows the same receipt as often as it is opened.

use super::answer::{OrPage, PageError, page_of, see};
use super::qr;
use super::words::Words;
use crate::domain::{Collection, OrderId, OrderState};
use crate::review::payments::PaymentError;
use crate::review::receipts;
use crate::review::serve::Service;
use crate::review::store::orders::KeptOrder;
use crate::review::store::{StoreError, catalogue};
use askama::Template;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};
use std::net::SocketAddr;

#[derive(Template)]
#[template(path = "pay.html")]
struct Pay {
    w: Words,
    kept: KeptOrder,
    collection: Option<Collection>,
    payee: String,
    /// The provider only pretends.
    is_simulated: bool,
    /// The booth asked without a network: only the provider or the time ends the order.
    is_offline: bool,
    proof: Option<Proof>,
    /// There is a page that says where the photo stands.
    is_paid: bool,
}

/// What the student shows to the booth.
struct Proof {
    svg: String,
    digits: Option<String>,
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

    /// The same six characters as on the booth's screen.
    fn order_number(&self) -> String {
        self.kept.order.id.short().to_uppercase()
    }
}

fn parse(w: Words, id: &str) -> Result<OrderId, PageError> {
    id.parse().map_err(|_| PageError::not_found(w))
}

/// The provider is asked on a thread that may wait.
async fn ask<T: Send + 'static>(
    service: &Service,
    w: Words,
    question: impl FnOnce(&Service) -> Result<T, PaymentError> + Send + 'static,
) -> Result<T, PageError> {
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
    let (kept, collection, proof) = ask(&service, w, move |service| {
        let kept = service.payments().refresh(id)?;
        let (collection, proof) = look_up(service, &kept, w)?;
        Ok((kept, collection, proof))
    })
    .await?;
    Ok(page_of(&Pay {
        w,
        is_simulated: service.gateway.simulated().is_some(),
        is_offline: kept.is_long_lived(),
        is_paid: kept.receipt_number.is_some() || proof.is_some(),
        kept,
        collection,
        payee: service.config.payee.clone(),
        proof,
    }))
}

/// The collection, and the receipt if the student has the right by an order.
fn look_up(
    service: &Service,
    kept: &KeptOrder,
    w: Words,
) -> Result<(Option<Collection>, Option<Proof>), PaymentError> {
    let of = &kept.order.collection;
    let collection = service.store.read_now(|tx| catalogue::find(tx, of))?;
    let (campus, _) = service.keys.campus();
    let (store, keys) = (&service.store, &service.payment_keys);
    let shown = receipts::of(store, keys, campus, kept.order.id)?;
    let proof = shown.and_then(|shown| {
        let svg = qr::svg(&shown.receipt, &w.say("pay-proof"))?;
        Some(Proof {
            svg,
            digits: shown.digits,
        })
    });
    Ok((collection.map(|(collection, _)| collection), proof))
}

/// A phone has opened the code on the screen of a booth without a network.
pub(super) async fn order_code(
    State(service): State<Service>,
    w: Words,
    Path(code): Path<String>,
    headers: HeaderMap,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
) -> Result<Response, PageError> {
    let phone = phone_address(&headers, from);
    let opened = ask(&service, w, move |service| {
        service.payments().open_code(&code, &phone)
    });
    let (id, pays_at) = opened.await?;
    Ok(match pays_at {
        Some(url) => Redirect::to(&url).into_response(),
        None => see(&format!("/p/{id}")),
    })
}

/// Behind a proxy the phone is the first address that it names; the provider wants to know where its payer is.
fn phone_address(headers: &HeaderMap, from: SocketAddr) -> String {
    let forwarded = headers
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok());
    let first = forwarded.and_then(|list| list.split(',').next()?.trim().parse().ok());
    first.unwrap_or(from.ip()).to_string()
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
        if let Some(simulated) = service.gateway.simulated() {
            simulated.pay(id)?;
        }
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
    ask(&service, w, move |service| {
        let kept = service.payments().refresh(id)?;
        // a booth without a network would go on showing it
        if kept.is_long_lived() {
            return Ok(kept);
        }
        service.payments().close(id)
    })
    .await?;
    Ok(see(&format!("/p/{id}")))
}
