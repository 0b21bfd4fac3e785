//! What is new for a booth.

use super::answer::{Refused, Wire};
use super::booth::Asking;
use crate::review::serve::Service;
use crate::review::store::changes;
use crate::wire::{Changes, Cursor, RefusalCode};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: String,
}

pub(super) async fn after(
    State(service): State<Service>,
    Asking(booth): Asking,
    query: Result<Query<After>, QueryRejection>,
) -> Result<Wire<Changes>, Refused> {
    let Query(After { after }) =
        query.map_err(|_| Refused::new(RefusalCode::BadBody, "the query cannot be read"))?;
    let (epoch, cursor) = (service.epoch, Cursor::new(after));
    Ok(Wire(
        service
            .store
            .read(move |tx| changes::after(tx, epoch, &cursor, booth.id))
            .await?,
    ))
}
