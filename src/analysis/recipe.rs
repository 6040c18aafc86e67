//! What the ranking of sentences is made of, and how far each part is trusted at most.

/// A part of the ranking of sentences. Each can be left out, to measure what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ingredient {
    /// Evidence: the place of a sentence, the first ones best.
    Position,
    /// Evidence: what a sentence shares with the title.
    Title,
    /// Evidence: how much the other sentences support it.
    Graph,
    /// Evidence: how frequent its words are in the article.
    Frequency,
    /// Evidence: the place of a sentence in a text that comes to its point at the end.
    Conclusion,
    /// Adaptation: position and title are trusted less when the text is speech.
    Speech,
    /// Adaptation: position is trusted as far as the first sentence takes up the title.
    Lead,
    /// What cannot stand alone is marked down.
    Quality,
    /// Sentences full of spoken words are marked down.
    Talk,
    /// What repeats a better sentence is pushed back.
    Redundancy,
}

impl Ingredient {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Position,
        Self::Title,
        Self::Graph,
        Self::Frequency,
        Self::Conclusion,
        Self::Speech,
        Self::Lead,
        Self::Quality,
        Self::Talk,
        Self::Redundancy,
    ];
}

/// How sentences are ranked: with everything, or with one ingredient left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recipe {
    /// What is left out.
    pub without: Option<Ingredient>,
}

impl Recipe {
    /// Whether an ingredient is part of it.
    pub(super) fn has(self, ingredient: Ingredient) -> bool {
        self.without != Some(ingredient)
    }

    /// A trust or a factor, if the ingredient is part of the recipe; else `otherwise`.
    pub(super) fn value(self, ingredient: Ingredient, value: f64, otherwise: f64) -> f64 {
        if self.has(ingredient) { value } else { otherwise }
    }
}
