//! Why the service did not answer well. Only a refusal that reads as the service's own is taken as its word.

use crate::wire::{Refusal, RefusalCode};
use reqwest::StatusCode;
use std::error::Error;
use std::io;
use std::time::Duration;

/// Why there is no answer. Never the student's fault, and never the end of trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// No network, no such host, nobody listens.
    #[error("the service cannot be reached")]
    Unreachable,
    /// Connected, and then nothing within the limit.
    #[error("the service does not answer in time")]
    Silent,
    /// The service's certificate is expired, for another host, or of an unknown authority.
    #[error("the certificate of the service is not valid")]
    Certificate,
    /// Something else answered: a captive portal, a proxy.
    #[error("something else answers in the service's place")]
    NotTheService,
    /// Too much at once, or a fault of the service: later, perhaps after the time it asked for.
    #[error("the service asks to come later")]
    Later(Option<Duration>),
    /// The booth's token is not accepted: wait for enrolment.
    #[error("the service does not know this booth")]
    Unauthorized,
    /// The service says no.
    #[error("the service refuses: {0:?}")]
    Refused(RefusalCode),
}

impl Trouble {
    /// One word, for the database, the status line and the attendant.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Silent => "silent",
            Self::Certificate => "certificate",
            Self::NotTheService => "not_the_service",
            Self::Later(_) => "busy",
            Self::Unauthorized => "unauthorized",
            Self::Refused(_) => "refused",
        }
    }

    /// The service itself has spoken.
    pub const fn is_from_the_service(self) -> bool {
        matches!(self, Self::Unauthorized | Self::Refused(_))
    }

    /// Nothing of the service has come through: the line is cut, or leads elsewhere.
    pub const fn is_of_the_line(self) -> bool {
        match self {
            Self::Unreachable | Self::Silent | Self::Certificate | Self::NotTheService => true,
            Self::Later(_) | Self::Unauthorized | Self::Refused(_) => false,
        }
    }

    pub(super) fn of(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::Silent
        } else if names_a_certificate(error) {
            Self::Certificate
        } else {
            Self::Unreachable
        }
    }
}

/// The cause lies deep: reqwest wraps hyper, hyper wraps io, io wraps rustls.
fn names_a_certificate(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return true;
        }
        let inner = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        cause = match inner {
            Some(inner) => Some(inner as &(dyn Error + 'static)),
            None => error.source(),
        };
    }
    false
}

/// What an answer that is not 2xx means. Only a [`Refusal`] is the service's own word.
pub(super) fn judge(status: StatusCode, asked: Option<Duration>, body: &[u8]) -> Trouble {
    let come_later = status.is_server_error()
        || matches!(
            status,
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
        );
    let refusal = serde_json::from_slice::<Refusal>(body).map(|refusal| refusal.error);
    match (refusal, status) {
        // 511 is how an honest portal calls itself
        (_, StatusCode::NETWORK_AUTHENTICATION_REQUIRED) => Trouble::NotTheService,
        _ if come_later => Trouble::Later(asked),
        (Ok(_), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => Trouble::Unauthorized,
        (Ok(code @ RefusalCode::NotFound), _) => Trouble::Refused(code),
        (Ok(code), _) if code.needs_a_person() => Trouble::Refused(code),
        (Ok(_), _) => Trouble::Later(asked),
        (Err(_), _) => Trouble::NotTheService,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(status: u16, body: &str) -> Trouble {
        judge(
            StatusCode::from_u16(status).unwrap(),
            Some(Duration::from_secs(7)),
            body.as_bytes(),
        )
    }

    #[test]
    fn only_the_services_own_refusal_is_a_refusal() {
        let refusal = |code: &str| format!(r#"{{"error":"{code}","message":"m"}}"#);
        assert_eq!(
            judged(409, &refusal("conflict")),
            Trouble::Refused(RefusalCode::Conflict)
        );
        assert_eq!(
            judged(422, &refusal("photo_not_standard")),
            Trouble::Refused(RefusalCode::PhotoNotStandard)
        );
        assert_eq!(judged(401, &refusal("unauthorized")), Trouble::Unauthorized);
        for (status, body) in [
            (404, "<html>"),
            (403, "<html>"),
            (302, ""),
            (511, "{}"),
            (422, "{}"),
            (413, "too large"),
        ] {
            assert_eq!(judged(status, body), Trouble::NotTheService, "{status}");
        }
        // whatever the body says, the service is not well
        for status in [408, 429, 500, 502, 503] {
            assert_eq!(
                judged(status, &refusal("conflict")),
                Trouble::Later(Some(Duration::from_secs(7)))
            );
        }
        // sent again it may go through
        assert_eq!(
            judged(400, &refusal("wrong_digest")),
            Trouble::Later(Some(Duration::from_secs(7)))
        );
        assert_eq!(
            judged(422, &refusal("from_the_future")),
            Trouble::Later(Some(Duration::from_secs(7)))
        );
    }
}
