//! The online decoder of acquisition codes.

use super::answer::{Refused, Wire};
use super::booth::{Asking, Sent};
use crate::domain::AcquisitionCode;
use crate::domain::acquisition_code::CodeError;
use crate::review::serve::Service;
use crate::wire::{DecodeRequest, Decoded, RefusalCode};
use axum::extract::State;

pub(super) async fn decode(
    State(service): State<Service>,
    _booth: Asking,
    Sent(request): Sent<DecodeRequest>,
) -> Result<Wire<Decoded>, Refused> {
    let contents = AcquisitionCode::from_scan(&request.code)
        .and_then(|code| service.keys.campus_key().decode(&code));
    contents
        .map(|contents| Wire(Decoded::from(&contents)))
        .map_err(|error| {
            let code = match error {
                CodeError::OtherCampus => RefusalCode::CodeOfOtherCampus,
                CodeError::SomethingElse(_)
                | CodeError::NotGenuine
                | CodeError::Newer
                | CodeError::Unreachable => RefusalCode::CodeNotGenuine,
            };
            Refused::new(code, error.to_string())
        })
}
