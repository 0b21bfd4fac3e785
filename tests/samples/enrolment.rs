//! The screen of a booth that is being enrolled, in everything that may become of it.

use gradbooth::admin::*;
use gradbooth::session::CameraView;

/// Four words as both sides show them.
pub fn words() -> [EnrolWord; 4] {
    [
        ('竭', "vunvun"),
        ('玄', "bafin"),
        ('巨', "fizar"),
        ('鳞', "goham"),
    ]
    .map(|(chinese, latin)| EnrolWord {
        chinese,
        latin: latin.into(),
    })
}

/// After these events.
pub fn after(anew: bool, events: impl IntoIterator<Item = EnrolEvent>) -> Enrolment {
    let mut enrolment = Enrolment::new(anew);
    enrolment.on(EnrolEvent::Camera(CameraView::Live));
    for event in events {
        enrolment.on(event);
    }
    enrolment
}

fn failed(fault: EnrolFault) -> Enrolment {
    after(
        false,
        [
            EnrolEvent::Invited("GBE1:".into()),
            EnrolEvent::Failed(fault),
        ],
    )
}

fn waiting(events: impl IntoIterator<Item = EnrolEvent>) -> Enrolment {
    after(
        false,
        [EnrolEvent::Invited("GBE1:".into())]
            .into_iter()
            .chain(events),
    )
}

/// Every one.
pub fn all() -> Vec<(&'static str, Enrolment)> {
    let other = EnrolFault::OtherService {
        invited: "https://photos.another-university.example.edu.cn".into(),
        configured: "https://graduation-photos.university.example.edu.cn".into(),
    };
    let file = EnrolFault::NotWritten("/var/lib/gradbooth/keys/booth.key".into());
    let trouble = |trouble| waiting([EnrolEvent::Trouble(trouble)]);
    let lost = EnrolEvent::Camera(CameraView::Lost);
    vec![
        ("enrol-looking", after(false, [])),
        ("enrol-again", after(true, [])),
        ("enrol-no-camera", after(false, [lost])),
        (
            "enrol-not-invitation",
            after(false, [EnrolEvent::OtherCode]),
        ),
        ("enrol-other-service", failed(other)),
        ("enrol-gone", failed(EnrolFault::Gone)),
        ("enrol-taken", failed(EnrolFault::Taken)),
        ("enrol-certificate", failed(EnrolFault::Certificate)),
        ("enrol-impostor", failed(EnrolFault::Impostor)),
        ("enrol-refused", failed(EnrolFault::Refused)),
        ("enrol-not-written", failed(file)),
        ("enrol-asking", waiting([])),
        ("enrol-unreachable", trouble(EnrolTrouble::Unreachable)),
        ("enrol-portal", trouble(EnrolTrouble::NotTheService)),
        ("enrol-busy", trouble(EnrolTrouble::Busy)),
        ("enrol-compare", waiting([EnrolEvent::Compare(words())])),
        (
            "enrol-compare-offline",
            waiting([
                EnrolEvent::Compare(words()),
                EnrolEvent::Trouble(EnrolTrouble::Unreachable),
            ]),
        ),
        (
            "enrol-done",
            waiting([EnrolEvent::Enrolled("图书馆一楼 1 号机".into())]),
        ),
    ]
}
