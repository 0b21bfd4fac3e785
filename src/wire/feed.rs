//! The questions for changes and for one student, and the signatures of their answers.
//!
//! An answer is signed with the service's key over the question's nonce and place and over its own bytes, so that
//! neither a proxy with a certificate of its own nor a recording of an older answer can change a price, a roster or a
//! decision at a booth. The question also says how far the booth's own chain of envelopes is: a second booth with the
//! same key, or a disk that was set back, is noticed there.

use super::digest::{decode_hex, encode_hex};
use super::{Cursor, Digest, paths};
use crate::domain::{BoothId, StudentRef};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// The header with the signature: 128 hexadecimal digits.
pub const SIGNATURE_HEADER: &str = "gradbooth-signature";

/// A question whose answer counts only with the service's signature.
pub trait SignedQuestion {
    /// What is signed: the question with its nonce, and a hash of the answer.
    fn signed_text(&self, answer: &[u8]) -> String;

    /// The answer's signature.
    fn sign(&self, key: &SigningKey, answer: &[u8]) -> String {
        encode_hex(&key.sign(self.signed_text(answer).as_bytes()).to_bytes())
    }

    /// The service with this key gave this answer to this question.
    fn is_answered_by(&self, key: &VerifyingKey, answer: &[u8], signature: &str) -> bool {
        let (text, mut bytes) = (self.signed_text(answer), [0; 64]);
        decode_hex(signature, &mut bytes).is_some()
            && key
                .verify_strict(text.as_bytes(), &Signature::from_bytes(&bytes))
                .is_ok()
    }
}

/// How far a booth's own chain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of the last confirmed submission; 0 before the first.
    pub sequence: u64,
    /// Hash of its envelope; zeros where there is none.
    pub envelope: Digest,
}

/// What a booth asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Who asks.
    pub booth: BoothId,
    /// What it has already.
    pub cursor: Cursor,
    /// Drawn at random for this question: 32 hexadecimal digits.
    pub nonce: String,
    /// Where its own chain ends.
    pub head: Head,
}

impl Question {
    /// A question with a nonce of these random bytes.
    pub fn new(booth: BoothId, cursor: Cursor, nonce: [u8; 16], head: Head) -> Self {
        Self {
            booth,
            cursor,
            nonce: encode_hex(&nonce),
            head,
        }
    }

    /// Its address.
    pub fn path(&self) -> String {
        let Self {
            nonce,
            head: Head { sequence, envelope },
            ..
        } = self;
        format!(
            "{}&nonce={nonce}&sequence={sequence}&envelope={envelope}",
            paths::changes_after(&self.cursor)
        )
    }
}

impl SignedQuestion for Question {
    fn signed_text(&self, answer: &[u8]) -> String {
        let Self {
            booth,
            cursor,
            nonce,
            ..
        } = self;
        format!(
            "gradbooth changes 1\n{booth}\n{}\n{nonce}\n{}\n",
            cursor.as_str(),
            Digest::of(answer)
        )
    }
}

/// What a booth asks of one student who stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudentQuestion {
    /// Who asks.
    pub booth: BoothId,
    /// Of whom.
    pub student: StudentRef,
    /// Drawn at random for this question: 32 hexadecimal digits.
    pub nonce: String,
}

impl StudentQuestion {
    /// A question with a nonce of these random bytes.
    pub fn new(booth: BoothId, student: StudentRef, nonce: [u8; 16]) -> Self {
        Self {
            booth,
            student,
            nonce: encode_hex(&nonce),
        }
    }

    /// Its address.
    pub fn path(&self) -> String {
        format!("{}?nonce={}", paths::student(&self.student), self.nonce)
    }
}

impl SignedQuestion for StudentQuestion {
    fn signed_text(&self, answer: &[u8]) -> String {
        let Self {
            booth,
            student,
            nonce,
        } = self;
        format!(
            "gradbooth student 1\n{booth}\n{}\n{nonce}\n{}\n",
            student.as_str(),
            Digest::of(answer)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(nonce: u8) -> Question {
        let head = Head {
            sequence: 3,
            envelope: Digest::of(b"envelope"),
        };
        Question::new(
            BoothId::from_bytes([1; 16]),
            Cursor::new("7"),
            [nonce; 16],
            head,
        )
    }

    #[test]
    fn only_the_services_own_answer_to_this_very_question_counts() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let signature = question(1).sign(&key, b"{}");
        let counts = |question: &Question, answer: &[u8], key: &SigningKey| {
            question.is_answered_by(&key.verifying_key(), answer, &signature)
        };
        assert!(counts(&question(1), b"{}", &key));
        // replayed, changed, of another cursor, forged, or no signature at all
        assert!(!counts(&question(2), b"{}", &key));
        assert!(!counts(&question(1), b"{ }", &key));
        assert!(!counts(
            &Question {
                cursor: Cursor::new("8"),
                ..question(1)
            },
            b"{}",
            &key
        ));
        assert!(!counts(
            &question(1),
            b"{}",
            &SigningKey::from_bytes(&[8; 32])
        ));
        assert!(!question(1).is_answered_by(&key.verifying_key(), b"{}", ""));
    }

    #[test]
    fn an_answer_about_one_student_is_no_answer_about_another() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let asks = |student: &str, nonce| {
            StudentQuestion::new(
                BoothId::from_bytes([1; 16]),
                StudentRef::new(student),
                [nonce; 16],
            )
        };
        let signature = asks("00ff", 1).sign(&key, b"{}");
        let counts = |question: &StudentQuestion, answer: &[u8]| {
            question.is_answered_by(&key.verifying_key(), answer, &signature)
        };
        assert!(counts(&asks("00ff", 1), b"{}"));
        assert!(!counts(&asks("00fe", 1), b"{}"));
        assert!(!counts(&asks("00ff", 2), b"{}"));
        assert!(!counts(&asks("00ff", 1), b"[]"));
    }

    #[test]
    fn the_address_stays() {
        let path = question(1).path();
        assert!(
            path.starts_with("/v1/booth/changes?after=7&nonce=01010101"),
            "{path}"
        );
        assert!(path.contains("&sequence=3&envelope="), "{path}");
    }
}
