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
        crate::workers::http::use_ring();
        let client = Client::builder().redirect(Policy::none()).build()?;
        Ok(Self {
            client,
            service: service.trim_end_matches('/').to_owned(),
            cookies: BTreeMap::new(),
        })
    }

    /// Opens a page by path or whole address.
    pub fn open(&mut self, address: &str) -> Result<Page> {
        let path = address
            .strip_prefix(&self.service)
            .unwrap_or(address)
            .to_owned();
        let response = self
            .client
            .get(format!("{}{path}", self.service))
            .header(COOKIE, self.cookie())
            .send()?;
        self.follow(response, path)
    }

    /// Sends the form of `page` whose tag holds `mark` (its action or id), with its hidden fields and these.
    pub fn send(&mut self, page: &Page, mark: &str, fields: &[(&str, &str)]) -> Result<Page> {
        let form = form(&page.html, mark)?;
        let action = attribute(form, "action").context("a form that goes nowhere")?;
        let mut all = hidden_fields(form);
        all.extend(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let body = all
            .iter()
            .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
            .collect::<Vec<_>>()
            .join("&");
        let request = self
            .client
            .post(format!("{}{action}", self.service))
            .header(COOKIE, self.cookie());
        let response = request
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .send()?;
        self.follow(response, action)
    }

    /// The bytes at a path, such as a picture's.
    pub fn fetch(&mut self, path: &str) -> Result<Vec<u8>> {
        let response = self
            .client
            .get(format!("{}{path}", self.service))
            .header(COOKIE, self.cookie())
            .send()?;
        Ok(response.error_for_status()?.bytes()?.to_vec())
    }

    fn follow(&mut self, response: Response, path: String) -> Result<Page> {
        for cookie in response.headers().get_all(SET_COOKIE) {
            if let Some((name, value)) = cookie
                .to_str()?
                .split(';')
                .next()
                .and_then(|pair| pair.split_once('='))
            {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if response.status().is_redirection() {
            let to = response
                .headers()
                .get(LOCATION)
                .context("a redirect to nowhere")?
                .to_str()?
                .to_owned();
            return self.open(&to);
        }
        if !response.status().is_success() {
            bail!("{path}: the service answered {}", response.status());
        }
        Ok(Page {
            html: response.text()?,
            path,
        })
    }

    fn cookie(&self) -> String {
        self.cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// From the opening tag that holds `mark` to the end of its form.
fn form<'a>(html: &'a str, mark: &str) -> Result<&'a str> {
    let forms = html
        .split("<form")
        .skip(1)
        .map(|form| form.split("</form>").next().unwrap_or(form));
    let mut marked =
        forms.filter(|form| form.split('>').next().is_some_and(|tag| tag.contains(mark)));
    marked
        .next()
        .with_context(|| format!("the page has no form {mark}"))
}

fn hidden_fields(form: &str) -> Vec<(String, String)> {
    let inputs = form
        .split("<input")
        .skip(1)
        .filter_map(|input| input.split('>').next());
    let hidden = inputs.filter(|input| input.contains("type=\"hidden\""));
    hidden
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)))
        .collect()
}

/// `name="..."` of a tag.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once(&format!("{name}=\""))?.1;
    Some(rest.split_once('"')?.0.to_owned())
}

fn escape(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    text.bytes()
        .map(|b| {
            if plain(b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forms_hidden_fields_are_those_of_its_action() {
        let html = r#"<form action="/a" id="one"><input type="hidden" name="x" value="1"></form>
            <form method="post" action="/b"><input type="hidden" name="csrf" value="k"><input name="shown"></form>"#;
        assert_eq!(
            hidden_fields(form(html, "/b").unwrap()),
            vec![("csrf".to_owned(), "k".to_owned())]
        );
        assert_eq!(
            attribute(form(html, "id=\"one\"").unwrap(), "action").as_deref(),
            Some("/a")
        );
        assert!(form(html, "/c").is_err());
        assert_eq!(escape("a b&中"), "a%20b%26%E4%B8%AD");
    }
}
