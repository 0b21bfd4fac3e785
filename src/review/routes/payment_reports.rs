//! What booths decided about money by themselves.

use super::answer::{Refused, Wire};
use super::booth::{Asking, Sent};
use crate::review::serve::Service;
use crate::review::store::StoreError;
use crate::wire::{PaymentReport, ReportTaken};
use axum::extract::State;

pub(super) async fn take(
    State(service): State<Service>,
    Asking(booth): Asking,
    Sent(report): Sent<PaymentReport>,
) -> Result<Wire<ReportTaken>, Refused> {
    let taken =
        tokio::task::spawn_blocking(move || service.payments().report(booth.id, &report)).await;
    let fits = taken.map_err(|_| StoreError::CutShort)??;
    Ok(Wire(ReportTaken { fits }))
}
