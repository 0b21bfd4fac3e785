use super::*;
use crate::wire::ReviewSecretKey;
use ed25519_dalek::SigningKey;

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
