//! A picture from the album of the student's phone (从相册选取), where the collection takes one: sent here, fetched by the
//! booth where the student stands, and checked there like any picture brought along. Says what a picture must be and
//! judges no face; keeps nothing longer than an hour.

use super::answer::{OrPage, PageError, page_of, see};
use super::status::OrderFile;
use super::upload::Upload;
use super::words::Words;
use crate::domain::Collection;
use crate::domain::standing::day_in_china;
use crate::review::photos::{self, AlbumProblem};
use crate::review::serve::Service;
use crate::review::store::columns::now;
use crate::review::store::{StoreError, albums, catalogue};
use crate::wire::album::LARGEST_ALBUM_BYTES;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

#[derive(Template)]
#[template(path = "album.html")]
struct Album {
    w: Words,
    file: OrderFile,
    /// The oldest and the latest day on which it may have been taken.
    days: [Date; 2],
    /// What was written and could not be taken, so that it is not lost.
    taken: String,
    is_waiting: bool,
    trouble: Option<&'static str>,
}

/// The order and its collection, if that student may send a picture now.
async fn open(
    service: &Service,
    w: Words,
    id: &str,
) -> Result<Option<(OrderFile, Collection)>, PageError> {
    let file = OrderFile::open(service, w, id).await?;
    let of = file.kept.order.collection.clone();
    let read = service.store.read(move |tx| catalogue::find(tx, &of)).await;
    let collection = read.or_page(w)?.map(|(collection, _)| collection);
    let is_open = file.takes_album;
    Ok(collection
        .filter(|_| is_open)
        .map(|collection| (file, collection)))
}

fn days(collection: &Collection) -> [Date; 2] {
    let today = day_in_china(now());
    let age: Span = i64::from(collection.picture_age_days).days();
    [today.saturating_sub(age), today]
}

pub(super) async fn page(
    State(service): State<Service>,
    w: Words,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let Some((file, collection)) = open(&service, w, &id).await? else {
        return Ok(see(&format!("/p/{id}")));
    };
    show(&service, w, (file, &collection), String::new(), None).await
}

async fn show(
    service: &Service,
    w: Words,
    (file, collection): (OrderFile, &Collection),
    taken: String,
    refused: Option<(StatusCode, &'static str)>,
) -> Result<Response, PageError> {
    let (student, of) = (
        file.kept.order.student.clone(),
        file.kept.order.collection.clone(),
    );
    let waiting = service
        .store
        .read(move |tx| albums::find(tx, &student, &of))
        .await
        .or_page(w)?;
    let mut response = page_of(&Album {
        w,
        file,
        days: days(collection),
        taken,
        is_waiting: waiting.is_some(),
        trouble: refused.map(|(_, word)| word),
    });
    if let Some((status, _)) = refused {
        *response.status_mut() = status;
    }
    Ok(response)
}

pub(super) async fn send(
    State(service): State<Service>,
    w: Words,
    Path(id): Path<String>,
    upload: Upload<LARGEST_ALBUM_BYTES>,
) -> Result<Response, PageError> {
    let Some((file, collection)) = open(&service, w, &id).await? else {
        return Ok(see(&format!("/p/{id}")));
    };
    let written = upload.get("taken").to_owned();
    let taken = match day(&written, &collection) {
        Ok(taken) => taken,
        Err(word) => {
            let refused = (StatusCode::UNPROCESSABLE_ENTITY, word);
            return show(&service, w, (file, &collection), written, Some(refused)).await;
        }
    };
    let (student, of) = (
        file.kept.order.student.clone(),
        file.kept.order.collection.clone(),
    );
    let taken_in = looked_at(&service, upload.file, move |tx, jpeg| {
        albums::put(tx, &student, &of, taken, jpeg)
    });
    let refused = match taken_in.await.or_page(w)? {
        Ok(true) => return Ok(see(&format!("/p/{id}/album"))),
        Ok(false) => (StatusCode::TOO_MANY_REQUESTS, "album-too-many"),
        Err(problem) => (StatusCode::UNPROCESSABLE_ENTITY, word(problem)),
    };
    show(&service, w, (file, &collection), written, Some(refused)).await
}

/// Looks at a picture on a thread that may take its time, and keeps it when it is one.
async fn looked_at(
    service: &Service,
    jpeg: Vec<u8>,
    keep: impl FnOnce(&rusqlite::Transaction<'_>, &[u8]) -> Result<bool, StoreError> + Send + 'static,
) -> Result<Result<bool, AlbumProblem>, StoreError> {
    let store = service.store.clone();
    let work = move || match photos::check_album(&jpeg) {
        Ok(()) => store.write_now(|tx| keep(tx, &jpeg)).map(Ok),
        Err(problem) => Ok(Err(problem)),
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| StoreError::CutShort)?
}

fn day(written: &str, collection: &Collection) -> Result<Date, &'static str> {
    let taken: Date = written.parse().map_err(|_| "album-no-day")?;
    let [oldest, latest] = days(collection);
    if taken < oldest {
        Err("album-too-old")
    } else if taken > latest {
        Err("album-no-day")
    } else {
        Ok(taken)
    }
}

const fn word(problem: AlbumProblem) -> &'static str {
    match problem {
        AlbumProblem::Missing => "album-missing",
        AlbumProblem::NoJpeg => "album-no-jpeg",
        AlbumProblem::Damaged => "album-damaged",
        AlbumProblem::TooSmall => "album-too-small",
        AlbumProblem::TooLarge => "album-too-large",
    }
}
