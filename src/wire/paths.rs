//! Addresses of the service, built in one place for both sides.

use super::Digest;
use crate::domain::{CollectionId, OrderId, SignInId, StudentRef, SubmissionId};

/// `POST`: begins a sign-in.
pub const SIGN_INS: &str = "/v1/sign-ins";
/// `GET`: what is new for the booth; `?after=` names the cursor.
pub const CHANGES: &str = "/v1/booth/changes";
/// `POST`: decodes an acquisition code.
pub const DECODE: &str = "/v1/acquisition-codes/decode";
/// `POST`: a request to the school or to customer service.
pub const REQUESTS: &str = "/v1/requests";
/// `POST`: what a booth decided about money by itself.
pub const PAYMENT_REPORTS: &str = "/v1/payment-reports";
/// `POST`: a booth answers an invitation.
pub const ENROLMENTS: &str = "/v1/enrolments";
/// `GET`: the service is up and its database answers.
pub const HEALTH: &str = "/health";

/// `GET`: where a sign-in stands.
pub fn sign_in(id: SignInId) -> String {
    format!("{SIGN_INS}/{id}")
}

/// `PUT` and `GET`: an order.
pub fn order(id: OrderId) -> String {
    format!("/v1/orders/{id}")
}

/// `POST`: closes an order that nobody will pay.
pub fn close_order(id: OrderId) -> String {
    format!("/v1/orders/{id}/close")
}

/// `PUT`: a submission, or the head of a sealed one.
pub fn submission(id: SubmissionId) -> String {
    format!("/v1/submissions/{id}")
}

/// `PATCH`: the chunks of a sealed submission from a number on.
pub fn chunks(id: SubmissionId, envelope: Digest, from: u32) -> String {
    format!("/v1/submissions/{id}?envelope={envelope}&from={from}")
}

/// `GET`: what the service knows of a student.
pub fn student(student: &StudentRef) -> String {
    format!("/v1/students/{}", segment(student.as_str()))
}

/// `GET`: the picture that a student has sent from a phone.
pub fn album(of: &StudentRef, collection: &CollectionId) -> String {
    format!("{}/album/{}", student(of), segment(&collection.0))
}

/// References are hexadecimal; anything else is escaped so that it cannot become another path.
fn segment(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'_' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(escape).collect()
}

/// `GET`: changes after a cursor.
pub fn changes_after(cursor: &super::Cursor) -> String {
    format!("{CHANGES}?after={}", cursor.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strange_reference_stays_one_path_segment() {
        assert_eq!(student(&StudentRef::new("00ff")), "/v1/students/00ff");
        assert_eq!(
            student(&StudentRef::new("../a?b")),
            "/v1/students/%2E%2E%2Fa%3Fb"
        );
    }
}
