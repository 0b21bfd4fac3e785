//! What booth and service say to each other, as values: JSON shapes, the submission's frame, signed receipts.
//! Sends nothing and stores nothing; both sides import it, so neither can speak another dialect.
//!
//! | request | body -> answer |
//! |---|---|
//! | `POST /v1/sign-ins` | [`SignInRequest`] -> [`SignInOffer`] |
//! | `GET /v1/sign-ins/{id}` | -> [`SignInState`] |
//! | `PUT /v1/orders/{id}` | [`Order`](crate::domain::Order) -> [`OrderStatus`] |
//! | `GET /v1/orders/{id}` | -> [`OrderStatus`] |
//! | `POST /v1/orders/{id}/close` | -> [`OrderStatus`] |
//! | `POST /v1/payment-reports` | [`PaymentReport`] -> [`ReportTaken`] |
//! | `PUT /v1/submissions/{id}` | a sealed submission's head, with `Content-Digest` -> [`Delivery`] |
//! | `PATCH /v1/submissions/{id}?from=N` | its chunks from number N on -> [`Delivery`] |
//! | `PUT /v1/submissions/{id}` | an older booth's [`Packet`], with `Content-Digest` -> [`Receipt`] |
//! | `GET /v1/booth/changes?after=CURSOR` | a [`feed::Question`] -> [`Changes`], signed |
//! | `POST /v1/acquisition-codes/decode` | [`DecodeRequest`] -> [`Decoded`] |
//! | `POST /v1/requests` | [`ServiceRequest`] -> [`RequestStatus`] |
//! | `GET /v1/students/{ref}` | -> [`KnownStudent`] |
//! | `GET /v1/students/{ref}/album/{collection}` | -> [`AlbumPicture`] |
//! | `POST /v1/enrolments` | an [`invitation::EnrolRequest`], with no token yet -> [`invitation::EnrolAnswer`] |
//!
//! Every request carries `Authorization: Bearer <booth token>`. Anything but 2xx answers with a [`Refusal`].
//! The service refuses unknown fields, so that a misspelt one is noticed; the booth ignores them, so that an
//! older booth understands a newer service.

pub mod album;
pub mod changes;
pub mod codes;
pub mod digest;
pub mod enrolment;
pub mod envelope;
pub mod feed;
pub mod four_words;
pub mod invitation;
pub mod offline;
pub mod orders;
pub mod packet;
pub mod paths;
pub mod payment_reports;
pub mod receipt;
pub mod refusal;
pub mod requests;
pub mod sealed_packet;
pub mod sealing;
pub mod sign_in;
pub mod students;
pub mod submission;

pub use album::AlbumPicture;
pub use changes::{Admission, Changes, Cursor, Decided, Roster, RosterMark, ServiceInfo};
pub use codes::{DecodeRequest, Decoded};
pub use digest::Digest;
pub use enrolment::BoothKey;
pub use envelope::{Envelope, Sealed, Sealer};
pub use four_words::FourWords;
pub use orders::OrderStatus;
pub use packet::Packet;
pub use payment_reports::{PaymentReport, ReportTaken};
pub use receipt::{Delivery, Receipt};
pub use refusal::{Refusal, RefusalCode};
pub use requests::{RequestKind, RequestState, RequestStatus, ServiceRequest};
pub use sealed_packet::SealedPacket;
pub use sealing::{ReviewPublicKey, ReviewSecretKey};
pub use sign_in::{PhoneRef, SignInOffer, SignInRequest, SignInState};
pub use students::{KnownStudent, KnownSubmission};
pub use submission::{Consent, Manifest, RecordedFinding, RecordedVerdict};
