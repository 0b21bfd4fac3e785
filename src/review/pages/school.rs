//! The school's page: collections, rosters by student number, requests to be added, progress.

use super::answer::{OrPage, PageError, page_of, see};
use super::form::Form;
use super::person::Person;
use super::requests::{self, RequestLine};
use super::words::Words;
use crate::domain::standing::day_in_china;
use crate::domain::{CollectionId, Institution, InstitutionCode};
use crate::review::serve::Service;
use crate::review::store::catalogue::{self, Admits};
use crate::review::store::columns::now;
use crate::review::store::rosters::{self, LONGEST_STUDENT_NUMBER};
use crate::review::store::users::Role;
use crate::review::store::{StoreError, decisions, institutions};
use crate::wire::{RequestKind, ServiceRequest};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use rusqlite::Transaction;

#[derive(Template)]
#[template(path = "schools.html")]
struct Schools {
    w: Words,
    person: Person,
    list: Vec<(InstitutionCode, String)>,
}

#[derive(Template)]
#[template(path = "school.html")]
struct School {
    w: Words,
    person: Person,
    code: InstitutionCode,
    name: String,
    collections: Vec<CollectionCard>,
    to_add: Vec<RequestLine>,
    /// Where their answers go.
    requests_at: String,
    added: Option<String>,
}

struct CollectionCard {
    id: CollectionId,
    title: String,
    category: String,
    opens: String,
    closes: String,
    is_open: bool,
    fee: String,
    roster: Option<u32>,
    under_review: u32,
    approved: u32,
    not_approved: u32,
}

pub(super) async fn choose(
    State(service): State<Service>,
    person: Person,
) -> Result<Response, PageError> {
    let w = person.words;
    match person.user.role {
        Role::School(code) => return Ok(see(&format!("/school/{code}"))),
        Role::Reviewer | Role::Finance => return Err(PageError::forbidden(w)),
        Role::Admin => {}
    }
    let read = service.store.read(move |tx| {
        let catalogue = catalogue::all(tx)?;
        let schools = institutions::all(tx)?
            .into_iter()
            .filter(|school| catalogue.serves(school.code));
        Ok(schools
            .map(|school| (school.code, name_of(w, &school)))
            .collect())
    });
    let list = read.await.or_page(w)?;
    Ok(page_of(&Schools { w, person, list }))
}

fn name_of(w: Words, school: &Institution) -> String {
    w.of(&school.name_zh, &school.name_en).to_owned()
}

fn own_code(person: &Person, code: &str) -> Result<InstitutionCode, PageError> {
    let code: InstitutionCode = code
        .parse()
        .map_err(|_| PageError::not_found(person.words))?;
    if person.user.role.keeps(code) {
        Ok(code)
    } else {
        Err(PageError::forbidden(person.words))
    }
}

pub(super) async fn page(
    State(service): State<Service>,
    person: Person,
    Path(code): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let code = own_code(&person, &code)?;
    let w = person.words;
    let added = query.and_then(|query| query.strip_prefix("added=")?.parse::<u32>().ok());
    let added = added.map(|count| w.count("roster-added", count));
    let read = service.store.read(move |tx| view(tx, person, code, added));
    Ok(page_of(&read.await.or_page(w)?))
}

fn view(
    tx: &Transaction<'_>,
    person: Person,
    code: InstitutionCode,
    added: Option<String>,
) -> Result<School, StoreError> {
    let w = person.words;
    let school = institutions::all(tx)?
        .into_iter()
        .find(|school| school.code == code);
    let collections = catalogue::of_institution(tx, code)?;
    let mut cards: Vec<CollectionCard> = collections
        .into_iter()
        .map(|collection| card(tx, w, &collection))
        .collect::<Result<_, _>>()?;
    cards.sort_by_key(|card| (!card.is_open, card.roster.is_none()));
    Ok(School {
        w,
        person,
        code,
        name: school.map_or_else(|| code.to_string(), |school| name_of(w, &school)),
        collections: cards,
        to_add: requests::lines(tx, w, RequestKind::AddToRoster, Some(code))?,
        requests_at: format!("/school/{code}/requests"),
        added,
    })
}

fn card(
    tx: &Transaction<'_>,
    w: Words,
    collection: &crate::domain::Collection,
) -> Result<CollectionCard, StoreError> {
    let [under_review, approved, not_approved] = decisions::progress(tx, &collection.id)?;
    let admits = catalogue::find(tx, &collection.id)?.map(|(_, admits)| admits);
    Ok(CollectionCard {
        title: w.of(&collection.title_zh, &collection.title_en).to_owned(),
        category: w.word("category", &collection.category),
        opens: collection.opens.to_string(),
        closes: collection.closes.to_string(),
        is_open: collection.is_open(day_in_china(now())),
        fee: if collection.fee.is_nothing() {
            w.say("school-pays")
        } else {
            collection.fee.to_string()
        },
        roster: match admits {
            Some(Admits::Listed) => Some(rosters::count(tx, &collection.id)?),
            Some(Admits::Everyone) | None => None,
        },
        id: collection.id.clone(),
        under_review,
        approved,
        not_approved,
    })
}

pub(super) async fn add(
    State(service): State<Service>,
    person: Person,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let code = own_code(&person, &code)?;
    person.check(&form)?;
    let collection = CollectionId(form.get("collection").to_owned());
    let numbers = student_numbers(form.get("numbers"));
    let actor = person.user.name.clone();
    let added = service
        .store
        .write(move |tx| match catalogue::find(tx, &collection)? {
            Some((found, _)) if found.institution == code => {
                rosters::add(tx, &collection, &numbers, &actor).map(Some)
            }
            _ => Ok(None),
        });
    let added = added
        .await
        .or_page(person.words)?
        .ok_or_else(|| PageError::not_found(person.words))?;
    Ok(see(&format!("/school/{code}?added={added}")))
}

/// Student numbers out of pasted text: anything between spaces, commas and line ends that looks like one.
fn student_numbers(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '\u{ff0c}' | '\u{ff1b}' | '、')
    });
    let looks_right = |part: &&str| {
        (1..=LONGEST_STUDENT_NUMBER).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && part.bytes().any(|b| b.is_ascii_digit())
            && !is_resident_id(part)
    };
    parts.filter(looks_right).map(str::to_owned).collect()
}

/// A resident ID number by its check digit (ISO 7064 MOD 11-2). A roster never takes one: giving ID numbers to a
/// collector is forbidden.
fn is_resident_id(text: &str) -> bool {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (Some(body), Some(last)) = (text.get(..17), text.chars().nth(17)) else {
        return false;
    };
    let digits: Option<Vec<u32>> = body.chars().map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits
        .unwrap_or_default()
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    text.len() == 18
        && sum > 0
        && "10X98765432".chars().nth(sum as usize % 11) == Some(last.to_ascii_uppercase())
}

pub(super) async fn answer(
    State(service): State<Service>,
    person: Person,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let code = own_code(&person, &code)?;
    let own = move |request: &ServiceRequest| {
        request.kind == RequestKind::AddToRoster && request.institution == Some(code)
    };
    requests::answer(&service, &person, &form, own).await?;
    Ok(see(&format!("/school/{code}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn student_numbers_are_found_in_pasted_text_and_names_are_not() {
        let numbers = student_numbers("2022050107, 2022050108;周杰\r\n学号 B-12 zhangsan\t");
        assert_eq!(numbers, ["2022050107", "2022050108", "B-12"]);
        assert!(student_numbers(&"1".repeat(40)).is_empty());
        assert!(
            student_numbers("11010519491231002X 440524188001010014").is_empty(),
            "ID numbers"
        );
        assert_eq!(
            student_numbers("440524188001010015").len(),
            1,
            "not one by its check digit"
        );
    }
}
