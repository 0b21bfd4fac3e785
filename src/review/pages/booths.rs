//! The console's page of booths: which there are, inviting one by a one-time code and four words, revoking one, and
//! what is decided for all of them. Administrators only; the code is shown to them alone, until a booth has answered.

use super::answer::{OrPage, PageError, page_of, see};
use super::booth_settings::SettingsForm;
use super::form::Form;
use super::person::Person;
use super::qr;
use super::review_view::time;
use super::words::Words;
use crate::domain::BoothId;
use crate::review::random;
use crate::review::serve::Service;
use crate::review::store::booths::{self, Listed};
use crate::review::store::{booth_settings, invitations};
use crate::wire::invitation::Invitation;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

/// Longest name of a booth, in characters.
const LONGEST_NAME: usize = 60;

#[derive(Template)]
#[template(path = "booths.html")]
struct Booths {
    w: Words,
    person: Person,
    list: Vec<BoothLine>,
    settings: SettingsForm,
}

struct BoothLine {
    id: BoothId,
    short: String,
    name: String,
    confirmed: String,
    heard: String,
    is_revoked: bool,
    is_forked: bool,
}

#[derive(Template)]
#[template(path = "invited.html")]
struct Invited {
    w: Words,
    person: Person,
    name: String,
    at: String,
    step: Step,
}

/// How far an invitation is.
enum Step {
    /// The code, as SVG and as text.
    Show {
        code: String,
        text: String,
    },
    /// A booth has answered.
    Compare {
        words: String,
    },
    Enrolled,
}

fn fault(words: Words, error: impl std::error::Error) -> PageError {
    PageError::fault(words, &error)
}

pub(super) async fn page(
    State(service): State<Service>,
    person: Person,
) -> Result<Response, PageError> {
    person.must_serve()?;
    let w = person.words;
    let read = service
        .store
        .read(|tx| Ok((booths::all(tx)?, booth_settings::decided(tx)?)));
    let (list, decided) = read.await.or_page(w)?;
    let line = |booth: Listed| BoothLine {
        id: booth.id,
        short: booth.id.short(),
        confirmed: w.count("booth-confirmed", booth.confirmed),
        heard: booth.heard_at.map(time).unwrap_or_default(),
        name: booth.name,
        is_revoked: booth.is_revoked,
        is_forked: booth.is_forked,
    };
    let list = list.into_iter().map(line).collect();
    let settings = SettingsForm::of(w, &decided);
    Ok(page_of(&Booths {
        w,
        person,
        list,
        settings,
    }))
}

pub(super) async fn invite(
    State(service): State<Service>,
    person: Person,
    form: Form,
) -> Result<Response, PageError> {
    person.must_serve()?;
    person.check(&form)?;
    let w = person.words;
    let name: String = form.get("name").trim().chars().take(LONGEST_NAME).collect();
    if name.is_empty() {
        return Ok(see("/booths"));
    }
    let drawn: [u8; 16] = random::bytes().map_err(|error| fault(w, error))?;
    let token = drawn
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let made = service
        .store
        .write(move |tx| invitations::make(tx, &token, &name));
    let at = made.await.or_page(w)?;
    Ok(see(&format!("/booths/invited/{at}")))
}

pub(super) async fn invited(
    State(service): State<Service>,
    person: Person,
    Path(at): Path<String>,
) -> Result<Response, PageError> {
    person.must_serve()?;
    let w = person.words;
    let asked = at.clone();
    let standing = service
        .store
        .read(move |tx| invitations::standing_at(tx, &asked));
    let standing = standing
        .await
        .or_page(w)?
        .ok_or_else(|| PageError::not_found(w))?;
    let keys = &service.keys;
    let vouched = Invitation::vouched(&keys.receipts.verifying_key(), &keys.review.public());
    let step = match (standing.booth, standing.request, standing.token) {
        (Some(_), _, _) => Step::Enrolled,
        (None, Some(request), _) => Step::Compare {
            words: request.words(&vouched).to_string(),
        },
        (None, None, Some(token)) => {
            let text = Invitation {
                url: service.public_url().to_owned(),
                token,
                service: vouched,
            }
            .to_string();
            let code = qr::svg(&text, &w.say("booth-code")).unwrap_or_default();
            Step::Show { code, text }
        }
        (None, None, None) => return Err(PageError::not_found(w)),
    };
    Ok(page_of(&Invited {
        w,
        person,
        name: standing.name,
        at,
        step,
    }))
}

pub(super) async fn compared(
    State(service): State<Service>,
    person: Person,
    Path(at): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    person.must_serve()?;
    person.check(&form)?;
    let w = person.words;
    let actor = person.user.name.clone();
    if form.get("words") == "same" {
        let id = BoothId::from_bytes(random::bytes().map_err(|error| fault(w, error))?);
        let asked = at.clone();
        let confirmed = service
            .store
            .write(move |tx| invitations::confirm_at(tx, &asked, id, &actor));
        confirmed.await.or_page(w)?;
        return Ok(see(&format!("/booths/invited/{at}")));
    }
    let refused = service
        .store
        .write(move |tx| invitations::refuse_at(tx, &at, &actor));
    refused.await.or_page(w)?;
    Ok(see("/booths"))
}

pub(super) async fn revoke(
    State(service): State<Service>,
    person: Person,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    person.must_serve()?;
    person.check(&form)?;
    let w = person.words;
    let id: BoothId = id.parse().map_err(|_| PageError::not_found(w))?;
    let actor = person.user.name.clone();
    let revoked = service
        .store
        .write(move |tx| booths::revoke(tx, id, &actor));
    revoked.await.or_page(w)?;
    Ok(see("/booths"))
}

pub(super) async fn decide(
    State(service): State<Service>,
    person: Person,
    form: Form,
) -> Result<Response, PageError> {
    person.must_serve()?;
    person.check(&form)?;
    let (decided, actor) = (SettingsForm::read(&form), person.user.name.clone());
    let kept = service
        .store
        .write(move |tx| booth_settings::decide(tx, decided, &actor));
    kept.await.or_page(person.words)?;
    Ok(see("/booths"))
}
