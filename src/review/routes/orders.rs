//! Orders, the booth's side. Every answer is what the provider proves.

use super::answer::{Refused, Wire};
use super::booth::{Asking, At, Sent};
use crate::domain::{Order, OrderId};
use crate::review::payments::{PaymentError, Payments};
use crate::review::serve::Service;
use crate::review::store::StoreError;
use crate::review::store::orders::KeptOrder;
use crate::wire::{OrderStatus, RefusalCode};
use axum::extract::State;

pub(super) async fn open(
    State(service): State<Service>,
    Asking(booth): Asking,
    At(id): At<OrderId>,
    Sent(order): Sent<Order>,
) -> Result<Wire<OrderStatus>, Refused> {
    if order.id != id {
        return Err(Refused::new(
            RefusalCode::WrongId,
            "the order in the body has another id",
        ));
    }
    let validity = service.config.payment_validity;
    ask(service, move |payments| {
        payments.open(&order, booth.id, validity)
    })
    .await
}

pub(super) async fn state(
    State(service): State<Service>,
    _booth: Asking,
    At(id): At<OrderId>,
) -> Result<Wire<OrderStatus>, Refused> {
    ask(service, move |payments| payments.refresh(id)).await
}

pub(super) async fn close(
    State(service): State<Service>,
    _booth: Asking,
    At(id): At<OrderId>,
) -> Result<Wire<OrderStatus>, Refused> {
    ask(service, move |payments| payments.close(id)).await
}

/// The provider is asked on a thread that may wait.
async fn ask(
    service: Service,
    question: impl FnOnce(Payments<'_>) -> Result<KeptOrder, PaymentError> + Send + 'static,
) -> Result<Wire<OrderStatus>, Refused> {
    let payee = service.config.payee.clone();
    let asked = tokio::task::spawn_blocking(move || question(service.payments()));
    let kept = asked.await.map_err(|_| StoreError::CutShort)??;
    Ok(Wire(kept.status(&payee)))
}
