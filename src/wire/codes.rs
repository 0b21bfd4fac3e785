//! The online decoder of acquisition codes, for booths without a campus key.

use super::digest::{decode_hex, encode_hex};
use crate::domain::StudentStatus;
use crate::domain::acquisition_code::{CodeContents, LastFourCheck};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Asks what a code says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecodeRequest {
    /// The scanned text.
    pub code: String,
}

impl fmt::Debug for DecodeRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DecodeRequest(..)")
    }
}

/// What a code says: as much as a booth with the campus key would read from it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoded {
    /// The enrolment, masked.
    pub status: StudentStatus,
    /// 64 hexadecimal digits.
    last_four_key: String,
    /// 16 hexadecimal digits.
    last_four_hash: String,
}

impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Decoded(..)")
    }
}

impl From<&CodeContents> for Decoded {
    fn from(contents: &CodeContents) -> Self {
        let (key, hash) = contents.last_four.parts();
        Self {
            status: contents.status.clone(),
            last_four_key: encode_hex(key),
            last_four_hash: encode_hex(hash),
        }
    }
}

impl Decoded {
    /// The contents, as the offline decoder gives them; `None` when the hexadecimal digits are damaged.
    pub fn contents(&self) -> Option<CodeContents> {
        let (mut key, mut hash) = ([0; 32], [0; 8]);
        decode_hex(&self.last_four_key, &mut key)?;
        decode_hex(&self.last_four_hash, &mut hash)?;
        Some(CodeContents {
            status: self.status.clone(),
            last_four: LastFourCheck::from_parts(key, hash),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::student::{IdKind, Level};
    use crate::domain::{EducationCategory, LastFour, StudentRef};

    #[test]
    fn what_is_decoded_online_is_what_is_decoded_offline() {
        let contents = CodeContents {
            status: StudentStatus {
                student: StudentRef::new("00ff"),
                masked_name: "周*".into(),
                id_kind: IdKind::ResidentId,
                institution: "10559".parse().unwrap(),
                category: EducationCategory::Regular,
                level: Level::Bachelor,
                student_number: "2022050107".into(),
            },
            last_four: LastFourCheck::of([5; 32], &LastFour::parse("175X").unwrap()),
        };
        let text = serde_json::to_string(&Decoded::from(&contents)).unwrap();
        assert_eq!(
            serde_json::from_str::<Decoded>(&text).unwrap().contents(),
            Some(contents)
        );
        insta::assert_snapshot!(text.split(",\"last_four_key").next().unwrap(),
            @r#"{"status":{"student":"00ff","masked_name":"周*","id_kind":"resident_id","institution":"10559","category":"regular","level":"bachelor","student_number":"2022050107"}"#);
    }
}
