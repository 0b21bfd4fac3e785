//! Enrolling a booth by a one-time code: what the console shows, what the booth answers, and the four words that a
//! person compares on both sides.
//!
//! The booth makes its own keys and proves that it has them; the service's half comes back sealed to a key that the
//! booth made for this one answer, so that a proxy with a certificate of its own reads nothing of it. A proxy that
//! puts its own keys in between makes the four words differ.

use super::digest::{decode_hex, encode_hex};
use super::sealing::{ReviewPublicKey, ReviewSecretKey, SealError};
use super::{BoothKey, Digest};
use crate::domain::{BoothId, base45};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;
use zeroize::Zeroizing;

const PREFIX: &str = "GBE1:";
const TOKEN_BYTES: usize = 16;
const SERVICE_BYTES: usize = 16;
/// More is no address of a service.
const LONGEST_URL_BYTES: usize = 200;
/// What the service's half is sealed for.
const PURPOSE: &str = "gradbooth enrolment 1";

/// Why an enrolment does not go on.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum InvitationError {
    /// Not the text of an invitation.
    #[error("this is no invitation")]
    NotAnInvitation,
    /// The booth did not prove that it has its key.
    #[error("the booth does not prove that it has its key")]
    NotProved,
    /// The answer is not that of the service that invited.
    #[error("somebody else answers in the service's place")]
    AnotherService,
}

impl From<SealError> for InvitationError {
    fn from(_: SealError) -> Self {
        Self::AnotherService
    }
}

/// What the console shows. Whoever has it may enrol one booth, once, within its hour.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// How the booth reaches the service.
    pub url: String,
    /// Opens the one enrolment.
    pub token: [u8; TOKEN_BYTES],
    /// The beginning of the hash of the service's public keys.
    pub service: [u8; SERVICE_BYTES],
}

impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invitation({}, ..)", self.url)
    }
}

impl fmt::Display for Invitation {
    /// In the characters that a QR code carries most of.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.token.as_slice(), &self.service, self.url.as_bytes()].concat();
        write!(f, "{PREFIX}{}", base45::encode(&bytes))
    }
}

impl Invitation {
    /// Reads what [`Invitation`] displays.
    pub fn parse(text: &str) -> Result<Self, InvitationError> {
        let bad = InvitationError::NotAnInvitation;
        let bytes =
            base45::decode(text.trim().strip_prefix(PREFIX).ok_or(bad)?).map_err(|_| bad)?;
        let (token, rest) = bytes.split_first_chunk::<TOKEN_BYTES>().ok_or(bad)?;
        let (service, url) = rest.split_first_chunk::<SERVICE_BYTES>().ok_or(bad)?;
        let url = std::str::from_utf8(url).map_err(|_| bad)?;
        if url.is_empty() || url.len() > LONGEST_URL_BYTES {
            return Err(bad);
        }
        Ok(Self {
            url: url.to_owned(),
            token: *token,
            service: *service,
        })
    }

    /// The part of the service's keys that an invitation vouches for.
    pub fn vouched(service: &VerifyingKey, review: &ReviewPublicKey) -> [u8; SERVICE_BYTES] {
        let hash = Digest::of(
            format!(
                "gradbooth service keys 1\n{}\n{review}\n",
                encode_hex(service.as_bytes())
            )
            .as_bytes(),
        );
        let mut first = [0; SERVICE_BYTES];
        first
            .iter_mut()
            .zip(hash.as_bytes())
            .for_each(|(to, from)| *to = *from);
        first
    }
}

/// What the booth answers to an invitation; the same again until it is confirmed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolRequest {
    /// Of the invitation: 32 hexadecimal digits.
    pub token: String,
    /// The booth's Ed25519 key: 64 hexadecimal digits.
    pub public_key: String,
    /// The answer is sealed to it: 64 hexadecimal digits.
    pub answer_key: String,
    /// Hash of what the booth will present as its token; the token itself is never sent before.
    pub bearer_sha256: Digest,
    /// The booth's signature over all of it.
    pub proof: String,
}

impl fmt::Debug for EnrolRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnrolRequest({}, ..)", self.public_key)
    }
}

impl EnrolRequest {
    /// The booth with this token and key has its key.
    pub fn verify(&self) -> Result<VerifyingKey, InvitationError> {
        let bad = InvitationError::NotProved;
        let (mut key, mut proof) = ([0; 32], [0; 64]);
        decode_hex(&self.public_key, &mut key).ok_or(bad)?;
        decode_hex(&self.proof, &mut proof).ok_or(bad)?;
        let key = VerifyingKey::from_bytes(&key).map_err(|_| bad)?;
        key.verify_strict(
            self.signed_text().as_bytes(),
            &Signature::from_bytes(&proof),
        )
        .map_err(|_| bad)?;
        Ok(key)
    }

    /// What people compare: both sides must have spoken of the same token and the same keys.
    pub fn words(&self, service: &[u8; SERVICE_BYTES]) -> FourWords {
        let hash =
            Digest::of(format!("{}{}\n", self.signed_text(), encode_hex(service)).as_bytes());
        let mut four = [0; 4];
        four.iter_mut()
            .zip(hash.as_bytes())
            .for_each(|(to, from)| *to = *from);
        FourWords(four)
    }

    fn signed_text(&self) -> String {
        let Self {
            token,
            public_key,
            answer_key,
            bearer_sha256,
            ..
        } = self;
        format!("gradbooth enrolment 1\n{token}\n{public_key}\n{answer_key}\n{bearer_sha256}\n")
    }
}

/// How an enrolment stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum EnrolAnswer {
    /// A person still has to compare the four words and say yes at the console.
    Compare,
    /// Confirmed: the service's half, sealed to the booth's answer key, hexadecimal.
    Confirmed {
        /// A [`Grant`], JSON.
        sealed: String,
    },
}

/// The service's half of a booth's key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The booth's id.
    pub booth: BoothId,
    /// What people call it.
    pub name: String,
    /// Verifies receipts; 64 hexadecimal digits.
    pub service_public_key: String,
    /// Submissions are sealed to it; 64 hexadecimal digits.
    pub review_public_key: String,
    /// Number of the campus key.
    pub campus_key_number: u8,
    /// Decodes acquisition codes without a network; 64 hexadecimal digits.
    pub campus_key_secret: String,
    /// Verifies acquisition codes; 64 hexadecimal digits.
    pub issuer_public_key: String,
}

impl Grant {
    /// The service's half of a key.
    pub fn of(key: &BoothKey) -> Self {
        let BoothKey {
            booth,
            name,
            service_public_key,
            review_public_key,
            campus_key_number,
            ..
        } = key.clone();
        let (campus_key_secret, issuer_public_key) =
            (key.campus_key_secret.clone(), key.issuer_public_key.clone());
        Self {
            booth,
            name,
            service_public_key,
            review_public_key,
            campus_key_number,
            campus_key_secret,
            issuer_public_key,
        }
    }

    /// Seals it for the booth that asked.
    pub fn seal(&self, request: &EnrolRequest) -> Result<EnrolAnswer, InvitationError> {
        let json =
            Zeroizing::new(serde_json::to_vec(self).map_err(|_| InvitationError::NotProved)?);
        let sealed = ReviewPublicKey::parse(&request.answer_key)?.seal(PURPOSE, &json)?;
        Ok(EnrolAnswer::Confirmed {
            sealed: encode_hex(&sealed),
        })
    }
}

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
        };
        let service = key.service_key().map_err(|_| other)?;
        let review = ReviewPublicKey::parse(&key.review_public_key)?;
        if Invitation::vouched(&service, &review) != self.invitation.service {
            return Err(other);
        }
        Ok(key)
    }
}

/// Four of 256 words: whoever wants to slip a key in between has one chance in four thousand million.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FourWords([u8; 4]);

impl fmt::Display for FourWords {
    /// In Chinese the first characters of the Thousand Character Classic, in Latin letters a made-up word each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let chinese: Vec<String> = self
            .0
            .iter()
            .filter_map(|n| CHARACTERS.chars().nth(usize::from(*n)))
            .map(String::from)
            .collect();
        let latin: Vec<String> = self
            .0
            .iter()
            .filter_map(|n| {
                Some(format!(
                    "{}{}",
                    FIRST.get(usize::from(n >> 4))?,
                    SECOND.get(usize::from(n & 15))?
                ))
            })
            .collect();
        write!(f, "{}  {}", chinese.join(" "), latin.join(" "))
    }
}

const CHARACTERS: &str = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈\
剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔龙师火帝鸟官人皇始制文字乃服衣裳推位让国有虞陶唐\
吊民伐罪周发殷汤坐朝问道垂拱平章爱育黎首臣伏戎羌遐迩一体率宾归王鸣凤在竹白驹食场化被草木赖及万方\
盖此身肤四大五常恭惟鞠养岂敢毁伤女慕贞洁男效才良知过必改得能莫忘罔谈彼短靡恃己长信使可复器欲难量\
墨悲丝染诗赞羔羊景行维贤克念作圣德建名立形端表正空谷传声虚堂习听祸因恶积福缘善庆尺璧非宝寸阴是竞\
资父事君曰严与敬孝当竭力忠则尽命";
const FIRST: [&str; 16] = [
    "ba", "de", "fi", "go", "ha", "ju", "ka", "le", "mi", "no", "pa", "re", "si", "to", "vu", "za",
];
const SECOND: [&str; 16] = [
    "ban", "del", "fin", "gor", "hap", "jus", "kam", "let", "mir", "nok", "pas", "rel", "sim",
    "tol", "vun", "zar",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn service() -> (SigningKey, ReviewPublicKey) {
        (
            SigningKey::from_bytes(&[7; 32]),
            ReviewSecretKey::from_bytes(&[6; 32]).unwrap().public(),
        )
    }

    fn invitation() -> Invitation {
        let (service, review) = service();
        let vouched = Invitation::vouched(&service.verifying_key(), &review);
        Invitation {
            url: "https://review.example".into(),
            token: [1; 16],
            service: vouched,
        }
    }

    fn grant(service: &SigningKey) -> Grant {
        let own = SigningKey::from_bytes(&[1; 32]);
        let (public, (_, review)) = (service.verifying_key(), self::service());
        let booth = (BoothId::from_bytes([9; 16]), "图书馆 1");
        Grant::of(&BoothKey::new(
            booth,
            (String::new(), &own),
            (&public, &review),
            (1, &[3; 32]),
            &public,
        ))
    }

    #[test]
    fn an_invitation_is_read_from_its_text_and_nothing_else_is() {
        let text = invitation().to_string();
        assert_eq!(Invitation::parse(&text), Ok(invitation()));
        for other in [
            "",
            "GBE1:",
            "GBA1:ABC",
            "GBE1:???",
            "https://review.example",
        ] {
            assert_eq!(
                Invitation::parse(other),
                Err(InvitationError::NotAnInvitation),
                "{other}"
            );
        }
        assert!(!format!("{:?}", invitation()).contains("01, 1"));
    }

    #[test]
    fn a_booth_proves_its_key_and_gets_the_services_half() {
        let enrolling = Enrolling::new(invitation(), &[5; 96]).unwrap();
        let request = enrolling.request();
        assert!(request.verify().is_ok());
        let EnrolAnswer::Confirmed { sealed } = grant(&service().0).seal(&request).unwrap() else {
            panic!("sealed")
        };
        let key = enrolling.finish(&sealed).unwrap();
        assert_eq!(Digest::of(key.token.as_bytes()), request.bearer_sha256);
        assert!(key.sealer().is_ok() && key.campus_key().is_ok());
        // a service that the console did not vouch for
        let other = grant(&SigningKey::from_bytes(&[8; 32]));
        let EnrolAnswer::Confirmed { sealed } = other.seal(&request).unwrap() else {
            panic!("sealed")
        };
        assert_eq!(
            enrolling.finish(&sealed),
            Err(InvitationError::AnotherService)
        );
        assert_eq!(enrolling.finish("00"), Err(InvitationError::AnotherService));
    }

    #[test]
    fn whoever_puts_a_key_of_his_own_in_between_changes_the_words() {
        let (ours, theirs) = ([5; 96], [4; 96]);
        let words = |random| Enrolling::new(invitation(), random).unwrap().words();
        assert_eq!(words(&ours), words(&ours));
        assert_ne!(words(&ours), words(&theirs));
        let mut swapped = Enrolling::new(invitation(), &ours).unwrap().request();
        swapped.answer_key = "00".repeat(32);
        assert_eq!(swapped.verify(), Err(InvitationError::NotProved));
    }

    #[test]
    fn there_are_256_words_in_each_script() {
        let all: BTreeSet<String> = (0..=255).map(|n| FourWords([n; 4]).to_string()).collect();
        assert_eq!(all.len(), 256);
        assert_eq!(CHARACTERS.chars().count(), 256);
        assert_eq!(CHARACTERS.chars().collect::<BTreeSet<_>>().len(), 256);
        assert_eq!(
            FourWords([0, 1, 16, 255]).to_string(),
            "天 地 寒 命  baban badel deban zazar"
        );
    }
}
