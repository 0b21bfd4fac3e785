//! The campus's half of the simulated code: makes and reads it with the campus key. What the bytes are is told in the
//! parent; a code is opened signature first, and refused whole at the first thing that does not fit.

use super::{
    AcquisitionCode, CodeContents, CodeError, LastFourCheck, PREFIX, long_hash, short_hash,
};
use crate::domain::student::{IdKind, Level, StudentRef, StudentStatus};
use crate::domain::{EducationCategory, InstitutionCode, LastFour, base45};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use std::fmt;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const SIGNATURE_BYTES: usize = 64;
const HEADER_BYTES: usize = 14;

/// What the issuer puts into a code.
#[derive(Debug, Clone)]
pub struct Issue<'a> {
    /// The unique number of the enrolment.
    pub unique_number: u64,
    /// `周*`.
    pub masked_name: &'a str,
    /// Kind of the ID document.
    pub id_kind: IdKind,
    /// Its last four characters.
    pub last_four: LastFour,
    /// School.
    pub institution: InstitutionCode,
    /// Category.
    pub category: EducationCategory,
    /// Level.
    pub level: Level,
    /// Student number.
    pub student_number: &'a str,
}

/// The campus's half of the simulation: decodes without a network.
#[derive(Clone)]
pub struct CampusKey {
    number: u8,
    secret: Zeroizing<[u8; 32]>,
    issuer: VerifyingKey,
}

impl fmt::Debug for CampusKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CampusKey({})", self.number)
    }
}

impl CampusKey {
    /// Key `number` with its secret and the issuer's public key.
    pub fn new(number: u8, secret: [u8; 32], issuer: VerifyingKey) -> Self {
        Self {
            number,
            secret: Zeroizing::new(secret),
            issuer,
        }
    }

    /// The opaque reference of an enrolment.
    pub fn student_ref(&self, unique_number: u64) -> StudentRef {
        let hash = short_hash(
            &self.secret,
            &[b"student-ref", &unique_number.to_be_bytes()],
        );
        StudentRef::new(
            hash.iter()
                .fold(String::new(), |text, byte| format!("{text}{byte:02x}")),
        )
    }

    /// Makes a code. Only the holder of the issuer's signing key can.
    pub fn issue(
        &self,
        issue: &Issue<'_>,
        nonce: [u8; 12],
        issuer: &SigningKey,
    ) -> AcquisitionCode {
        let mut bytes = vec![VERSION, self.number];
        bytes.extend(nonce);
        let header = bytes.clone();
        let payload = Payload {
            msg: &self.plain(issue),
            aad: &header,
        };
        // sealing fails only beyond 256 GiB
        bytes.extend(
            self.cipher()
                .encrypt(&Nonce::from(nonce), payload)
                .unwrap_or_default(),
        );
        bytes.extend(issuer.sign(&bytes).to_bytes());
        AcquisitionCode(format!("{PREFIX}{}", base45::encode(&bytes)))
    }

    /// Reads a code: signature first, then the seal, then the contents, each strictly.
    pub fn decode(&self, code: &AcquisitionCode) -> Result<CodeContents, CodeError> {
        let text = code
            .as_str()
            .strip_prefix(PREFIX)
            .ok_or(CodeError::NotGenuine)?;
        let bytes = base45::decode(text).map_err(|_| CodeError::NotGenuine)?;
        match bytes.first() {
            Some(&VERSION) => {}
            Some(&newer) if newer > VERSION => return Err(CodeError::Newer),
            _ => return Err(CodeError::NotGenuine),
        }
        if bytes.get(1) != Some(&self.number) {
            return Err(CodeError::OtherCampus);
        }
        self.open(&bytes).ok_or(CodeError::NotGenuine)
    }

    fn open(&self, bytes: &[u8]) -> Option<CodeContents> {
        let (signed, signature) =
            bytes.split_at_checked(bytes.len().checked_sub(SIGNATURE_BYTES)?)?;
        self.issuer
            .verify_strict(signed, &Signature::from_slice(signature).ok()?)
            .ok()?;
        let (header, sealed) = signed.split_at_checked(HEADER_BYTES)?;
        let nonce: [u8; 12] = header.get(2..)?.try_into().ok()?;
        let plain = self
            .cipher()
            .decrypt(
                &Nonce::from(nonce),
                Payload {
                    msg: sealed,
                    aad: header,
                },
            )
            .ok()?;
        self.contents(&plain)
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&Key::from(*self.secret))
    }

    fn last_four_key(&self, unique_number: u64) -> [u8; 32] {
        long_hash(&self.secret, &[b"last-four", &unique_number.to_be_bytes()])
    }

    fn plain(&self, issue: &Issue<'_>) -> Vec<u8> {
        let mut plain = issue.unique_number.to_be_bytes().to_vec();
        plain.extend(
            LastFourCheck::of(self.last_four_key(issue.unique_number), &issue.last_four).hash,
        );
        plain.extend(&issue.institution.number().to_be_bytes()[1..]);
        let kind = IdKind::ALL
            .iter()
            .position(|k| *k == issue.id_kind)
            .unwrap_or_default() as u8
            + 1;
        plain.extend([kind, issue.category.number(), issue.level.number()]);
        for text in [issue.masked_name, issue.student_number] {
            let bytes = &text.as_bytes()[..text.len().min(255)];
            plain.push(bytes.len() as u8);
            plain.extend(bytes);
        }
        plain
    }

    fn contents(&self, plain: &[u8]) -> Option<CodeContents> {
        let (unique, rest) = plain.split_first_chunk::<8>()?;
        let (hash, rest) = rest.split_first_chunk::<8>()?;
        let (&[a, b, c, kind, category, level], rest) = rest.split_first_chunk::<6>()?;
        let (masked_name, rest) = text(rest)?;
        let (student_number, rest) = text(rest)?;
        if !rest.is_empty() {
            return None;
        }
        let unique_number = u64::from_be_bytes(*unique);
        let status = StudentStatus {
            student: self.student_ref(unique_number),
            masked_name,
            id_kind: *IdKind::ALL.get(usize::from(kind).checked_sub(1)?)?,
            institution: InstitutionCode::from_number(u32::from_be_bytes([0, a, b, c])).ok()?,
            category: EducationCategory::from_number(category)?,
            level: Level::ALL.into_iter().find(|l| l.number() == level)?,
            student_number,
        };
        let last_four = LastFourCheck {
            key: self.last_four_key(unique_number),
            hash: *hash,
        };
        Some(CodeContents { status, last_four })
    }
}

fn text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (&length, rest) = bytes.split_first()?;
    let (text, rest) = rest.split_at_checked(usize::from(length))?;
    Some((String::from_utf8(text.to_vec()).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::super::Seen;
    use super::*;

    fn issuer() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    fn campus() -> CampusKey {
        CampusKey::new(3, [9; 32], issuer().verifying_key())
    }

    fn zhou() -> Issue<'static> {
        Issue {
            unique_number: 2026_0001,
            masked_name: "周*",
            id_kind: IdKind::ResidentId,
            last_four: LastFour::parse("175X").unwrap(),
            institution: "10559".parse().unwrap(),
            category: EducationCategory::Regular,
            level: Level::Bachelor,
            student_number: "2022050107",
        }
    }

    #[test]
    fn a_code_says_what_was_issued_and_knows_the_last_four() {
        let contents = campus()
            .decode(&campus().issue(&zhou(), [1; 12], &issuer()))
            .unwrap();
        assert_eq!(contents.status.masked_name, "周*");
        assert_eq!(contents.status.student_number, "2022050107");
        assert_eq!(contents.status.institution.to_string(), "10559");
        assert!(
            contents
                .last_four
                .matches(&LastFour::parse("175x").unwrap())
        );
        assert!(
            !contents
                .last_four
                .matches(&LastFour::parse("1750").unwrap())
        );
    }

    #[test]
    fn every_changed_character_is_noticed() {
        let code = campus().issue(&zhou(), [1; 12], &issuer());
        for place in PREFIX.len()..code.as_str().len() {
            let mut text = code.as_str().as_bytes().to_vec();
            text[place] = if text[place] == b'7' { b'8' } else { b'7' };
            let changed = AcquisitionCode::from_scan(std::str::from_utf8(&text).unwrap()).unwrap();
            assert!(campus().decode(&changed).is_err(), "place {place}");
        }
    }

    #[test]
    fn a_code_of_another_issuer_or_campus_is_refused() {
        let stranger = SigningKey::from_bytes(&[8; 32]);
        assert_eq!(
            campus().decode(&campus().issue(&zhou(), [1; 12], &stranger)),
            Err(CodeError::NotGenuine)
        );
        let other = CampusKey::new(4, [9; 32], issuer().verifying_key());
        assert_eq!(
            campus().decode(&other.issue(&zhou(), [1; 12], &issuer())),
            Err(CodeError::OtherCampus)
        );
    }

    #[test]
    fn something_else_is_named() {
        let seen = |text: &str| AcquisitionCode::from_scan(text);
        assert_eq!(
            seen("https://example.org/"),
            Err(CodeError::SomethingElse(Seen::WebLink))
        );
        assert_eq!(
            seen("wxp://f2f0abc"),
            Err(CodeError::SomethingElse(Seen::PaymentCode))
        );
        assert_eq!(
            seen("440100200001011234"),
            Err(CodeError::SomethingElse(Seen::Number))
        );
        assert_eq!(seen("你好"), Err(CodeError::SomethingElse(Seen::Other)));
        assert_eq!(
            campus().decode(&AcquisitionCode("GBA1:".into())),
            Err(CodeError::NotGenuine)
        );
    }
}
