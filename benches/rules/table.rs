//! What was caught and what was wrongly refused, counted.

use std::collections::BTreeMap;

use gradbooth::vision::rules::{Finding, Rule};

use super::breakers::Breaker;
use super::failing;
use super::sitter::Sitter;

/// What became of one breaker.
pub struct Outcome {
    first: Option<Rule>,
    named: bool,
}

impl Outcome {
    pub fn of(findings: &[Finding], rule: Rule) -> Self {
        let failing = failing(findings);
        Self {
            first: failing.first().copied(),
            named: failing.contains(&rule),
        }
    }
}

#[derive(Default)]
struct Count {
    tried: usize,
    first: usize,
    named: usize,
}

/// Everything that is counted.
#[derive(Default)]
pub struct Table {
    by_kind: BTreeMap<(Rule, &'static str), Count>,
    by_tone: BTreeMap<String, Count>,
    good: usize,
    refused: BTreeMap<Rule, usize>,
    refused_by_tone: BTreeMap<String, Count>,
    notes: Vec<String>,
}

impl Table {
    pub fn broken(&mut self, breaker: &Breaker, sitter: &Sitter, outcome: &Outcome) {
        let right = outcome.first == Some(breaker.rule);
        let by_kind = self
            .by_kind
            .entry((breaker.rule, breaker.name))
            .or_default();
        let by_tone = self.by_tone.entry(sitter.tone.clone()).or_default();
        for count in [by_kind, by_tone] {
            count.tried += 1;
            count.first += usize::from(right);
            count.named += usize::from(outcome.named);
        }
        if !right {
            let first = outcome.first.map_or("nothing", Rule::id);
            self.notes
                .push(format!("{} {}: {first}", breaker.name, sitter.name));
        }
    }

    pub fn good(&mut self, kind: &str, sitter: &Sitter, findings: &[Finding]) {
        self.good += 1;
        let failing = failing(findings);
        let count = self.refused_by_tone.entry(sitter.tone.clone()).or_default();
        count.tried += 1;
        if let Some(first) = failing.first() {
            count.first += 1;
            self.notes
                .push(format!("good {kind} {}: {}", sitter.name, first.id()));
        }
        for rule in failing {
            *self.refused.entry(rule).or_default() += 1;
        }
    }

    pub fn print(&self) {
        println!("rule, breaker: right rule first, named at all, of tried");
        for ((rule, kind), count) in &self.by_kind {
            println!(
                "  {:<17} {kind:<15} {:>3} {:>3} {:>3}",
                rule.id(),
                count.first,
                count.named,
                count.tried
            );
        }
        println!("\nright rule first, by tone");
        for (tone, count) in &self.by_tone {
            println!("  {tone:<10} {:>4} of {}", count.first, count.tried);
        }
        println!("\ngood pictures refused, of {} tried", self.good);
        for (rule, count) in &self.refused {
            println!("  {:<17} {count}", rule.id());
        }
        for (tone, count) in &self.refused_by_tone {
            println!("  {tone:<10} {:>4} of {}", count.first, count.tried);
        }
        println!();
        for note in &self.notes {
            println!("{note}");
        }
    }
}
