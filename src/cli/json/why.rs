//! Why a sentence has its score.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::rounded;
use crate::analysis::{Analysis, Quality, Signals, Trait};

/// What an article says about how far its evidence is to be trusted, each 0 to 1.
#[derive(Serialize)]
pub(in crate::cli) struct Signs {
    /// How much it is speech.
    speech: f64,
    /// How much it comes to its point at the end.
    conclusion: f64,
    /// How well its first sentence takes up the title; null when nothing does.
    lead: Option<f64>,
}

impl Signs {
    pub(in crate::cli) fn new(signals: &Signals) -> Self {
        let Signals { speech, conclusion, lead } = *signals;
        Self { speech: rounded(speech), conclusion: rounded(conclusion), lead: lead.map(rounded) }
    }
}

/// The parts of a score: their sum times all factors is the score.
#[derive(Serialize)]
pub(in crate::cli) struct Why {
    position: f64,
    title: f64,
    graph: f64,
    frequency: f64,
    conclusion: f64,
    /// Factors by what is in favour of the sentence and against it.
    factors: Factors,
}

impl Why {
    /// Why the sentence with this number has its score.
    pub(in crate::cli) fn of(analysis: &Analysis, index: usize) -> Option<Self> {
        let grounds = &analysis.sentences.get(index)?.grounds;
        Some(Self {
            position: rounded(grounds.position),
            title: rounded(grounds.title),
            graph: rounded(grounds.graph),
            frequency: rounded(grounds.frequency),
            conclusion: rounded(grounds.conclusion),
            factors: Factors(grounds.quality),
        })
    }
}

struct Factors(Quality);

impl Serialize for Factors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (which, factor) in self.0.traits() {
            map.serialize_entry(name(which), &rounded(factor))?;
        }
        map.end()
    }
}

fn name(which: Trait) -> &'static str {
    match which {
        Trait::Leaning => "leaning",
        Trait::Question => "question",
        Trait::Unbalanced => "unbalanced",
        Trait::Unfinished => "unfinished",
        Trait::Short => "short",
        Trait::Long => "long",
        Trait::Talk => "talk",
        Trait::Echo => "echo",
        Trait::Pulled => "pulled",
    }
}
