//! The booth's side of an enrolment: it makes its keys, and believes only the service that invited it.

use super::{EnrolRequest, Grant, Invitation, InvitationError, PURPOSE};
use crate::wire::digest::{decode_hex, encode_hex};
use crate::wire::sealing::{ReviewPublicKey, ReviewSecretKey};
use crate::wire::{BoothKey, Digest, FourWords};
use ed25519_dalek::{Signer, SigningKey};

/// The booth's side: keys that never leave it but as their public halves.
pub struct Enrolling {
    invitation: Invitation,
    signing: SigningKey,
    answer: ReviewSecretKey,
    bearer: String,
}

impl Enrolling {
    /// Begins with 96 random bytes.
    pub fn new(invitation: Invitation, random: &[u8; 96]) -> Result<Self, InvitationError> {
        let (signing, rest) = random
            .split_first_chunk::<32>()
            .ok_or(InvitationError::NotProved)?;
        let (answer, bearer) = rest
            .split_first_chunk::<32>()
            .ok_or(InvitationError::NotProved)?;
        Ok(Self {
            invitation,
            signing: SigningKey::from_bytes(signing),
            answer: ReviewSecretKey::from_bytes(answer)?,
            bearer: encode_hex(bearer),
        })
    }

    /// What to send.
    pub fn request(&self) -> EnrolRequest {
        let mut request = EnrolRequest {
            token: encode_hex(&self.invitation.token),
            public_key: encode_hex(self.signing.verifying_key().as_bytes()),
            answer_key: self.answer.public().to_string(),
            bearer_sha256: Digest::of(self.bearer.as_bytes()),
            proof: String::new(),
        };
        request.proof = encode_hex(
            &self
                .signing
                .sign(request.signed_text().as_bytes())
                .to_bytes(),
        );
        request
    }

    /// What the person at the console has to see too.
    pub fn words(&self) -> FourWords {
        self.request().words(&self.invitation.service)
    }

    /// The booth's key, if the answer is that of the service that invited.
    pub fn finish(&self, sealed: &str) -> Result<BoothKey, InvitationError> {
        let other = InvitationError::AnotherService;
        let mut bytes = vec![0; sealed.len() / 2];
        decode_hex(sealed, &mut bytes).ok_or(other)?;
        let grant: Grant =
            serde_json::from_slice(&self.answer.open(PURPOSE, &bytes)?).map_err(|_| other)?;
        let key = BoothKey {
            booth: grant.booth,
            name: grant.name,
            token: self.bearer.clone(),
            booth_secret_key: encode_hex(self.signing.as_bytes()),
            service_public_key: grant.service_public_key,
            review_public_key: grant.review_public_key,
            campus_key_number: grant.campus_key_number,
            campus_key_secret: grant.campus_key_secret,
            issuer_public_key: grant.issuer_public_key,
            payment_root_public_key: grant.payment_root_public_key,
            payment_keys: grant.payment_keys,
        };
        let service = key.service_key().map_err(|_| other)?;
        let review = ReviewPublicKey::parse(&key.review_public_key)?;
        if Invitation::vouched(&service, &review) != self.invitation.service {
            return Err(other);
        }
        Ok(key)
    }
}
