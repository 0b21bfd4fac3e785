//! All rules on one picture, and the rules that need no pixel.

use super::examination::Examination;
use super::{Context, Finding, Rule, sort_by_importance};
use crate::vision::{Look, Picture};

/// A finding for every rule, worst first. `look` is what the nets saw in this very picture.
pub fn assess(picture: &Picture, look: &Look, context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Examination::of(picture, look, *context).findings(&Rule::ALL);
    sort_by_importance(&mut findings);
    findings
}

#[cfg(test)]
mod tests {
    use super::super::{Verdict, overall};
    use super::*;
    use crate::vision::{Expressions, Nets};

    /// The pictures of right and wrong that the booth shows are nobody's, and what is wrong is known.
    macro_rules! shown {
        ($name:literal) => {
            include_bytes!(concat!("../../../assets/pictures/", $name, ".jpg")).as_slice()
        };
    }

    fn findings(bytes: &[u8]) -> Vec<Finding> {
        let picture = Picture::decode(bytes).unwrap();
        let look = Nets::load().unwrap().look(&picture).unwrap();
        assess(&picture, &look, &Context::default())
    }

    #[test]
    fn the_right_picture_passes_and_every_rule_has_a_finding() {
        let findings = findings(shown!("right"));
        let mut rules: Vec<Rule> = findings.iter().map(|f| f.rule).collect();
        assert_ne!(overall(&findings), Verdict::Fail, "{findings:?}");
        rules.sort_unstable();
        assert_eq!(rules, Rule::ALL);
    }

    #[test]
    fn what_is_wrong_comes_first() {
        for (bytes, rule) in [
            (shown!("far"), Rule::Distance),
            (shown!("roll"), Rule::HeadRoll),
            (shown!("yaw"), Rule::HeadYaw),
            (shown!("sidelight"), Rule::LightEven),
            (shown!("eyesclosed"), Rule::EyesOpen),
            (shown!("hat"), Rule::Headwear),
            (shown!("mouthopen"), Rule::MouthClosed),
            (shown!("bluetop"), Rule::ClothesBlue),
        ] {
            let first = findings(bytes)[0];
            assert_eq!((first.rule, first.verdict), (rule, Verdict::Fail));
            assert!(first.score.is_some_and(|score| score >= 1.0));
        }
    }

    #[test]
    fn high_hair_asks_for_more_of_the_chest_live_and_warns_of_it_on_a_still() {
        let nets = Nets::load().unwrap();
        let whole = Picture::decode(shown!("right")).unwrap();
        let face = nets.look(&whole).unwrap().face.unwrap();
        // chest enough for an ordinary head
        let rows = (face.eye_middle()[1] + 1.25 * face.width_px()) as usize;
        let rgb = whole.rgb()[..rows * whole.width() * 3].to_vec();
        let picture = Picture::from_rgb(whole.width(), rows, rgb).unwrap();
        let mut look = nets.look(&picture).unwrap();
        // hair up to near the upper edge, over the face's own columns
        let face = look.face.clone().unwrap();
        let column = |x: f32| (x * 256.0 / picture.width() as f32) as usize;
        let (centre, half) = (face.centre()[0], face.width_px() / 2.0);
        for y in 8..128 {
            look.mask.row_mut(y)[column(centre - half)..column(centre + half)].fill(1.0);
        }
        let verdict = |live| {
            let context = Context {
                live,
                ..Context::default()
            };
            let findings = assess(&picture, &look, &context);
            findings
                .iter()
                .find(|f| f.rule == Rule::Bust)
                .unwrap()
                .verdict
        };
        assert_eq!(
            (verdict(true), verdict(false)),
            (Verdict::Fail, Verdict::Warn)
        );
    }

    #[test]
    fn an_empty_wall_is_nobody_and_nothing_more() {
        let wall = Picture::from_rgb(64, 48, vec![220; 64 * 48 * 3]).unwrap();
        let nothing = Look {
            faces: Vec::new(),
            face: None,
            expressions: Expressions::default(),
            mask: crate::vision::Plane::filled(256, 256, 0.0),
        };
        let findings = assess(&wall, &nothing, &Context::default());
        assert_eq!(
            (findings[0].rule, findings[0].verdict),
            (Rule::OneFace, Verdict::Fail)
        );
        assert!(
            findings[1..]
                .iter()
                .all(|f| matches!(f.verdict, Verdict::Unknown | Verdict::Asked))
        );
    }

    #[test]
    fn a_live_frame_is_not_asked_for_retouching() {
        let picture = Picture::decode(shown!("right")).unwrap();
        let look = Nets::load().unwrap().look(&picture).unwrap();
        let live = Context {
            live: true,
            ..Context::default()
        };
        let whole = assess(&picture, &look, &live);
        assert!(
            whole
                .iter()
                .any(|f| f.rule == Rule::Retouched && f.verdict == Verdict::Unknown)
        );
    }

    #[test]
    fn a_larger_picture_of_the_same_earns_the_same_verdicts() {
        let nets = Nets::load().unwrap();
        let large =
            Picture::decode(include_bytes!("../../../assets/demo/frames/0030.jpg")).unwrap();
        let small = large.resized_to_width(1280).unwrap();
        let of = |picture: &Picture| {
            let mut findings = assess(picture, &nets.look(picture).unwrap(), &Context::default());
            findings.sort_by_key(|f| f.rule);
            findings
        };
        for (large, small) in of(&large).iter().zip(of(&small)) {
            // pores are looked for in the picture's own pixels
            if large.rule != Rule::Retouched {
                assert_eq!(large.verdict, small.verdict, "{}", large.rule.id());
            }
        }
    }

    #[test]
    fn a_tie_between_lapels_is_no_pattern() {
        let findings = findings(include_bytes!("../../../assets/demo/frames/0030.jpg"));
        let plain = findings.iter().find(|f| f.rule == Rule::ClothesPlain);
        assert_eq!(plain.map(|f| f.verdict), Some(Verdict::Pass));
    }

    #[test]
    fn a_plate_tells_that_the_lamps_have_failed() {
        let right = Picture::decode(shown!("right")).unwrap();
        let look = Nets::load().unwrap().look(&right).unwrap();
        let with = |plate: &Picture| {
            let context = Context {
                plate: Some(plate),
                ..Context::default()
            };
            assess(&right, &look, &context)
        };
        let exposure = |findings: &[Finding]| {
            findings
                .iter()
                .find(|f| f.rule == Rule::Exposure)
                .map(|f| f.verdict)
        };
        // a plate three times as bright as the wall now: the lamps have failed
        let bright =
            Picture::from_rgb(right.width(), right.height(), vec![255; right.rgb().len()]).unwrap();
        let dark: Vec<u8> = right.rgb().iter().map(|v| v / 2).collect();
        let dark = Picture::from_rgb(right.width(), right.height(), dark).unwrap();
        let dark_look = Look { ..look.clone() };
        let context = Context {
            plate: Some(&bright),
            ..Context::default()
        };
        assert_eq!(
            exposure(&assess(&dark, &dark_look, &context)),
            Some(Verdict::Fail)
        );
        assert_ne!(exposure(&with(&right)), Some(Verdict::Fail));
    }
}
