//! The address of the service: `https`, or plain `http` where nobody is in between.

use super::reader::{Reader, Wrong};
use reqwest::Url;
use std::net::IpAddr;

const KEY: &str = "service.url";

pub(super) fn read(from: &mut Reader, demonstration: bool) -> String {
    let text = from.text(KEY, None);
    match origin(&text, demonstration) {
        Ok(origin) => origin,
        Err(why) => {
            // a missing key was reported by the reader already
            if !text.is_empty() {
                from.fault(KEY, Wrong::Address(why));
            }
            text
        }
    }
}

/// Scheme, host and port of an address that the booth may talk to.
fn origin(text: &str, demonstration: bool) -> Result<String, &'static str> {
    let url =
        Url::parse(text).map_err(|_| "has to be an address such as https://review.example")?;
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.path() != "/"
    {
        return Err("has to be an address without user, path or query");
    }
    let is_near = |address: IpAddr| address.is_loopback() || demonstration && is_private(address);
    // brackets are how an address of IPv6 is written in a host
    let address = url
        .host_str()
        .and_then(|host| host.trim_matches(['[', ']']).parse().ok());
    let near = url.host_str() == Some("localhost") || address.is_some_and(is_near);
    match url.scheme() {
        "https" => {}
        "http" if near => {}
        _ => return Err("has to begin with https:// unless the service is on this machine"),
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// A demonstration may talk to a laptop in the same room.
const fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_unique_local() || address.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_or_this_machine() {
        for good in [
            "https://review.example",
            "http://127.0.0.1:7390",
            "http://localhost:7390",
            "http://[::1]:7390",
        ] {
            assert_eq!(origin(good, false).as_deref(), Ok(good));
        }
        assert_eq!(
            origin("https://review.example/", false).as_deref(),
            Ok("https://review.example")
        );
        for bad in [
            "review.example",
            "ftp://127.0.0.1",
            "http://review.example",
            "http://192.168.1.5:7390",
            "http://127.0.0.1@review.example",
            "https://review.example/path",
            "https://review.example/?a=b",
            "",
        ] {
            assert!(origin(bad, false).is_err(), "{bad}");
        }
        assert!(origin("http://192.168.1.5:7390", true).is_ok());
        assert!(origin("http://review.example", true).is_err());
    }
}
