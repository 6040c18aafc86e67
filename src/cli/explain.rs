//! Why a sentence has its score, in words: `summary --explain`.

use crate::{
    analysis::{Grounds, Signals},
    lang::Lang,
};

/// `13.8 % = (position 4.1 + title 10.2 + graph 3.0) × 0.80 question`: what each kind of evidence
/// gives, and what changes that. The score is in per cent of the article's; what is marked down was
/// more before.
pub(super) fn grounds(grounds: &Grounds, lang: Lang) -> String {
    let parts = grounds.parts(lang);
    // Two digits of the score, and what they leave of its parts.
    let score = grounds.score() * 100.0;
    let digits = (1.0 - score.max(1e-9).log10().floor()).clamp(1.0, 9.0) as usize;
    let least = 0.5 * 0.1_f64.powf(digits as f64);
    let given = parts.iter().filter(|(_, part)| part * 100.0 >= least);
    let given: Vec<String> =
        given.map(|(name, part)| format!("{name} {:.digits$}", part * 100.0)).collect();
    let factors = grounds.quality.traits();
    let factors = factors.map(|(which, factor)| format!("{factor:.2} {}", which.name(lang)));
    let sum = format!("({})", given.join(" + "));
    let product: Vec<String> = std::iter::once(sum).chain(factors).collect();
    format!("{score:.digits$} % = {}", product.join(" × "))
}

/// The signs that were read from the article, in per cent.
pub(super) fn signals(signals: &Signals, lang: Lang) -> String {
    let percent = |value: f64| format!("{:.0} %", value * 100.0);
    let mut told = format!(
        "{} {}, {} {}",
        lang.of("口语", "speech"),
        percent(signals.speech),
        lang.of("结论在后", "conclusion at the end"),
        percent(signals.conclusion),
    );
    if let Some(lead) = signals.lead {
        let takes_up = lang.of("首句呼应标题", "first sentence takes up the title");
        told.extend([", ", takes_up, " ", &percent(lead)]);
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{Vocabulary, analyze},
        article::{SplitMode, split},
    };

    #[test]
    fn a_score_is_told_by_its_parts() {
        let text = "澄江的新桥\n\n澄江的新桥在春天修好了，两岸的人又能来往。其中一座留给行人，桥上的灯夜里也亮着。\n";
        let article = split(text.into(), SplitMode::Off).articles.remove(0);
        let analysis = analyze(&article, &Vocabulary::default());
        let told: Vec<String> =
            analysis.sentences.iter().map(|s| grounds(&s.grounds, Lang::En)).collect();
        assert!(told[0].contains("position") && told[0].contains("title"), "{told:?}");
        assert!(told[1].contains("× 0.85 leans on the one before"), "{told:?}");
        assert!(signals(&analysis.signals, Lang::Zh).contains("口语 0 %"));
    }
}
