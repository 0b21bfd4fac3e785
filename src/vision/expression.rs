//! What a face shows: 52 scores of expression.
//!
//! Left and right are the person's own.

/// What the expression net scores, in its order; each 0..1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[expect(
    missing_docs,
    reason = "the names are the usual ones of the 52 blendshapes"
)]
pub enum Expression {
    Neutral,
    BrowDownLeft,
    BrowDownRight,
    BrowInnerUp,
    BrowOuterUpLeft,
    BrowOuterUpRight,
    CheekPuff,
    CheekSquintLeft,
    CheekSquintRight,
    EyeBlinkLeft,
    EyeBlinkRight,
    EyeLookDownLeft,
    EyeLookDownRight,
    EyeLookInLeft,
    EyeLookInRight,
    EyeLookOutLeft,
    EyeLookOutRight,
    EyeLookUpLeft,
    EyeLookUpRight,
    EyeSquintLeft,
    EyeSquintRight,
    EyeWideLeft,
    EyeWideRight,
    JawForward,
    JawLeft,
    JawOpen,
    JawRight,
    MouthClose,
    MouthDimpleLeft,
    MouthDimpleRight,
    MouthFrownLeft,
    MouthFrownRight,
    MouthFunnel,
    MouthLeft,
    MouthLowerDownLeft,
    MouthLowerDownRight,
    MouthPressLeft,
    MouthPressRight,
    MouthPucker,
    MouthRight,
    MouthRollLower,
    MouthRollUpper,
    MouthShrugLower,
    MouthShrugUpper,
    MouthSmileLeft,
    MouthSmileRight,
    MouthStretchLeft,
    MouthStretchRight,
    MouthUpperUpLeft,
    MouthUpperUpRight,
    NoseSneerLeft,
    NoseSneerRight,
}

impl Expression {
    /// How many there are.
    pub const COUNT: usize = 52;
}

/// The scores of one face; all 0 where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expressions([f32; Expression::COUNT]);

impl Default for Expressions {
    fn default() -> Self {
        Self([0.0; Expression::COUNT])
    }
}

impl Expressions {
    /// The net's scores, in its order.
    pub(super) fn new(scores: [f32; Expression::COUNT]) -> Self {
        Self(scores)
    }

    /// The score of one, 0..1.
    pub fn of(&self, which: Expression) -> f32 {
        self.0[which as usize]
    }

    /// How much the more closed eye is, 0..1.
    pub fn blink(&self) -> f32 {
        self.of(Expression::EyeBlinkLeft)
            .max(self.of(Expression::EyeBlinkRight))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_expression_reads_its_own_score() {
        let mut scores = [0.0; Expression::COUNT];
        scores[Expression::COUNT - 1] = 0.5;
        scores[44] = 0.25;
        scores[10] = 0.75;
        let found = Expressions::new(scores);
        let read = [Expression::NoseSneerRight, Expression::MouthSmileLeft].map(|e| found.of(e));
        assert_eq!((read, found.blink()), ([0.5, 0.25], 0.75));
    }
}
