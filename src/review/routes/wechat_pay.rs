//! Notices of WeChat Pay. A notice that is not taken is sent again for a day; one that is taken is never sent again, so
//! 204 is answered only after the payment is in the books.

use super::booth::body;
use crate::review::serve::{Gateway, Service};
use crate::review::store::StoreError;
use axum::extract::{Request, State};
use axum::http::StatusCode;

pub(super) use crate::review::gateways::wechat::NOTICES as PATH;

const LARGEST_NOTICE_BYTES: usize = 64 * 1024;

pub(super) async fn notice(State(service): State<Service>, request: Request) -> StatusCode {
    use crate::review::gateways::wechat::Headers;
    let Gateway::WeChat(gateway) = service.gateway.clone() else {
        return StatusCode::NOT_FOUND;
    };
    let headers = request.headers().clone();
    let Ok(body) = body(request, LARGEST_NOTICE_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    let header = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let taken = match gateway.notice(&Headers::read(header), &body) {
        Ok(Some(taken)) => taken,
        Ok(None) => return StatusCode::NO_CONTENT,
        Err(bad) => {
            tracing::warn!("{bad}");
            return StatusCode::UNAUTHORIZED;
        }
    };
    let settled =
        tokio::task::spawn_blocking(move || service.payments().noticed(taken.0, &taken.1)).await;
    match settled
        .map_err(|_| StoreError::CutShort)
        .and_then(|settled| settled)
    {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(error) => {
            tracing::error!("a notice was not kept: {error}");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
