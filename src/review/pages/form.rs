//! Forms and cookies, read by hand: a form may hold a name several times (the reasons), which the usual reader
//! does not give.

use super::answer::PageError;
use super::words::Words;
use crate::review::serve::Service;
use axum::extract::{FromRequest, FromRequestParts, Request};

/// Largest form: a roster of some ten thousand numbers.
const LARGEST_FORM_BYTES: usize = 256 * 1024;

/// The fields of a form, in their order.
#[derive(Debug, Default)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `application/x-www-form-urlencoded`; bytes that are no text become replacement characters.
    pub(super) fn parse(body: &[u8]) -> Self {
        let fields = body
            .split(|byte| *byte == b'&')
            .filter(|field| !field.is_empty());
        Self(
            fields
                .map(|field| {
                    let mut halves = field.splitn(2, |byte| *byte == b'=');
                    (
                        decode(halves.next().unwrap_or_default()),
                        decode(halves.next().unwrap_or_default()),
                    )
                })
                .collect(),
        )
    }

    /// The first value of a name; empty when there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Every value of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }
}

fn decode(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, tail @ ..])
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                let digit = |c: u8| char::from(c).to_digit(16).unwrap_or_default() as u8;
                bytes.push(digit(*high) * 16 + digit(*low));
                rest = tail;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A cookie of a `Cookie` header.
pub(super) fn cookie<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header
        .split(';')
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

impl FromRequest<Service> for Form {
    type Rejection = PageError;

    async fn from_request(request: Request, service: &Service) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        let Ok(words) = Words::from_request_parts(&mut parts, service).await;
        match axum::body::to_bytes(body, LARGEST_FORM_BYTES).await {
            Ok(bytes) => Ok(Self::parse(&bytes)),
            Err(_) => Err(PageError::too_large(words)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_come_several_times_and_nonsense_does_no_harm() {
        let form = Form::parse(b"reason=eyes&reason=light&note=a+b%26%E5%91%A8&=x&%zz&lone%4");
        assert_eq!(form.all("reason").collect::<Vec<_>>(), ["eyes", "light"]);
        assert_eq!(form.get("note"), "a b&周");
        assert_eq!(form.get("missing"), "");
        assert_eq!(Form::parse(b"a=%ff").get("a"), "\u{fffd}");
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        assert_eq!(cookie("xsession=1; session=2", "session"), Some("2"));
        assert_eq!(cookie("sessions=1", "session"), None);
    }
}
