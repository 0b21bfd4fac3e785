//! What holds for every page: who may send a form here, what a browser may load, which language is remembered.

use super::words::{COOKIE_NAME, asked};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=()",
    ),
];

pub(super) async fn guard(request: Request, next: Next) -> Response {
    if !request.method().is_safe() && !comes_from_here(request.headers()) {
        return (StatusCode::FORBIDDEN, "this form came from another site\n").into_response();
    }
    let language = asked(request.uri().query());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(language) = language {
        let cookie = format!(
            "{COOKIE_NAME}={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax",
            language.tag()
        );
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, value);
        }
    }
    response
}

/// Browsers say from where a form is sent. A request without either header comes from no browser, and then
/// holds no one else's cookies.
fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(&HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = text(&header::ORIGIN) else {
        return true;
    };
    let origin_host = origin.split_once("://").map(|(_, host)| host);
    origin_host.is_some() && origin_host == text(&header::HOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_another_site_is_not_taken() {
        let headers = |pairs: &[(&'static str, &str)]| {
            pairs
                .iter()
                .map(|(n, v)| (HeaderName::from_static(n), v.parse().unwrap()))
                .collect::<HeaderMap>()
        };
        assert!(comes_from_here(&headers(&[])));
        assert!(comes_from_here(&headers(&[(
            "sec-fetch-site",
            "same-origin"
        )])));
        assert!(comes_from_here(&headers(&[
            ("origin", "http://a:1"),
            ("host", "a:1")
        ])));
        assert!(!comes_from_here(&headers(&[
            ("origin", "http://b:1"),
            ("host", "a:1")
        ])));
        assert!(!comes_from_here(&headers(&[
            ("origin", "null"),
            ("host", "a:1")
        ])));
        assert!(!comes_from_here(&headers(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://a:1")
        ])));
    }
}
