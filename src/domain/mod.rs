//! The words of the field and their rules. Pure values: no file, thread, clock or network.

pub mod acquisition_code;
pub mod base45;
pub mod catalogue;
pub mod collection;
pub mod education_category;
pub mod entitlement;
pub mod fee;
pub mod id_number;
pub mod ids;
pub mod institution;
pub mod institution_search;
pub mod language;
pub mod order;
pub mod review;
mod spelling;
pub mod standing;
pub mod starter;
pub mod student;
pub mod submission;
pub mod working_days;

pub use acquisition_code::AcquisitionCode;
pub use catalogue::Catalogue;
pub use collection::{Collection, CollectionId};
pub use education_category::EducationCategory;
pub use entitlement::{Entitlement, EntitlementSource};
pub use fee::Fee;
pub use id_number::LastFour;
pub use ids::{BoothId, DecisionId, Epoch, OrderId, RequestId, SignInId, SubmissionId};
pub use institution::{Institution, InstitutionCode};
pub use institution_search::InstitutionIndex;
pub use language::Language;
pub use order::{Order, OrderState};
pub use review::{NotApprovedReason, ReviewDecision};
pub use standing::{Eligibility, FileRequest, Standing, StudentFile, SubmissionStanding};
pub use student::{StudentRef, StudentStatus};
pub use submission::SubmissionState;
