//! The student's phone and the reviewer's browser: open a page of the service, read its form, send it.

use anyhow::{Context, Result, bail};
use reqwest::blocking::{Client, Response};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use std::collections::BTreeMap;

/// A browser as small as the tour needs: cookies, hidden fields, redirects on the same service.
pub struct Phone {
    client: Client,
    service: String,
    cookies: BTreeMap<String, String>,
}

/// A page that was opened.
pub struct Page {
    /// Its text.
    pub html: String,
    /// Where it stands now, after redirects.
    pub path: String,
}

impl Phone {
    /// A new phone that knows nothing yet.
    pub fn new(service: &str) -> Result<Self> {
        let client = Client::builder().redirect(Policy::none()).build()?;
        Ok(Self { client, service: service.trim_end_matches('/').to_owned(), cookies: BTreeMap::new() })
    }

    /// Opens a page by path or whole address.
    pub fn open(&mut self, address: &str) -> Result<Page> {
        let path = address.strip_prefix(&self.service).unwrap_or(address).to_owned();
        let response = self.client.get(format!("{}{path}", self.service)).header(COOKIE, self.cookie()).send()?;
        self.follow(response, path)
    }

    /// Sends the form of `page` that goes to `action`, with its hidden fields and these.
    pub fn send(&mut self, page: &Page, action: &str, fields: &[(&str, &str)]) -> Result<Page> {
        let mut all: Vec<(String, String)> = hidden_fields(&page.html, action)?;
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body = all.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&");
        let request = self.client.post(format!("{}{action}", self.service)).header(COOKIE, self.cookie());
        let response = request.header("content-type", "application/x-www-form-urlencoded").body(body).send()?;
        self.follow(response, action.to_owned())
    }

    fn follow(&mut self, response: Response, path: String) -> Result<Page> {
        for cookie in response.headers().get_all(SET_COOKIE) {
            if let Some((name, value)) = cookie.to_str()?.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if response.status().is_redirection() {
            let to = response.headers().get(LOCATION).context("a redirect to nowhere")?.to_str()?.to_owned();
            return self.open(&to);
        }
        if !response.status().is_success() {
            bail!("{path}: the service answered {}", response.status());
        }
        Ok(Page { html: response.text()?, path })
    }

    fn cookie(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }
}

/// The hidden inputs of the form with this action.
fn hidden_fields(html: &str, action: &str) -> Result<Vec<(String, String)>> {
    let start = html.find(&format!("action=\"{action}\"")).with_context(|| format!("the page has no form for {action}"))?;
    let form = &html[start..];
    let form = &form[..form.find("</form>").unwrap_or(form.len())];
    let inputs = form.split("<input").skip(1).filter(|input| input.contains("type=\"hidden\""));
    Ok(inputs.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?))).collect())
}

/// `name="..."` of a tag.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once(&format!("{name}=\""))?.1;
    Some(rest.split_once('"')?.0.to_owned())
}

fn escape(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forms_hidden_fields_are_those_of_its_action() {
        let html = r#"<form action="/a"><input type="hidden" name="x" value="1"></form>
            <form method="post" action="/b"><input type="hidden" name="csrf" value="k"><input name="shown"></form>"#;
        assert_eq!(hidden_fields(html, "/b").unwrap(), vec![("csrf".to_owned(), "k".to_owned())]);
        assert!(hidden_fields(html, "/c").is_err());
        assert_eq!(escape("a b&中"), "a%20b%26%E4%B8%AD");
    }
}
