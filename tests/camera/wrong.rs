//! What a student is told who stands right but for one thing: the breakers of the rules' bench, made of the rendered
//! student and looked at as live frames, each by a booth that has seen nobody before.

#[allow(
    dead_code,
    unused_imports,
    reason = "the bench makes good pictures with it, too"
)]
#[path = "../../benches/rules/breakers/mod.rs"]
mod breakers;
#[allow(dead_code, reason = "the bench does more with it")]
#[path = "../../benches/rules/canvas.rs"]
mod canvas;
#[allow(dead_code, reason = "the bench does more with it")]
#[path = "../../benches/rules/luck.rs"]
mod luck;
#[allow(dead_code, reason = "the bench does more with it")]
#[path = "../../benches/rules/sitter.rs"]
mod sitter;

use std::fmt::Write as _;
use std::rc::Rc;

use breakers::BREAKERS;
use gradbooth::vision::rules::{Context, Rule};
use gradbooth::vision::{Nets, Picture};
use luck::Luck;
use sitter::Sitter;

use super::sequences::{Story, pictured, student};

const CLOTHES: [Rule; 3] = [Rule::ClothesBlue, Rule::ClothesPlain, Rule::ClothesContrast];

#[test]
fn each_wrong_thing_is_said_in_its_own_words() {
    let nets = Rc::new(Nets::load().unwrap());
    let sits = |picture: &Picture| Sitter::of(&nets, picture, "", "").unwrap();
    // the one wears a suit, which cannot be painted; the other is too small to be seen sharply
    let (in_a_suit, in_a_shirt) = (
        sits(&student()),
        sits(&pictured("assets/pictures/right.jpg")),
    );
    let mut told = String::new();
    // what a live camera sees was not retouched
    for breaker in BREAKERS.iter().filter(|b| b.rule != Rule::Retouched) {
        let student = if CLOTHES.contains(&breaker.rule) {
            &in_a_shirt
        } else {
            &in_a_suit
        };
        let canvas = (breaker.make)(student, student, &mut Luck::of(breaker.name));
        let picture = canvas.through_jpeg(85).unwrap();
        let mut story = Story::by(Rc::clone(&nets));
        story.context = Context {
            output_background: breaker.output,
            ..Context::default()
        };
        story.shows(breaker.name, 2, &[&picture]);
        write!(told, "{}", story.told()).unwrap();
        assert!(!story.told().contains("may be taken"), "{}", story.told());
    }
    insta::assert_snapshot!(told);
}
