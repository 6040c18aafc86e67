//! Why a sentence has its score, in words: `summary --explain`.

use crate::{
    analysis::{Grounds, Signals, Trait},
    lang::Lang,
};

/// `13.8 % = (position 4.1 + title 10.2 + graph 3.0) × 0.80 question`: what each kind of evidence
/// gives, in per cent of the article's score, and what changes that.
pub(super) fn grounds(grounds: &Grounds, lang: Lang) -> String {
    let parts = [
        (lang.of("位置", "position"), grounds.position),
        (lang.of("标题", "title"), grounds.title),
        (lang.of("互证", "graph"), grounds.graph),
        (lang.of("词频", "frequency"), grounds.frequency),
        (lang.of("结论", "conclusion"), grounds.conclusion),
    ];
    let given = parts.iter().filter(|(_, part)| *part >= 5e-4);
    let given: Vec<String> =
        given.map(|(name, part)| format!("{name} {:.1}", part * 100.0)).collect();
    let factors = grounds.quality.traits();
    let factors = factors.map(|(which, factor)| format!("{factor:.2} {}", name(which, lang)));
    let sum = format!("({})", given.join(" + "));
    let product: Vec<String> = std::iter::once(sum).chain(factors).collect();
    format!("{:.1} % = {}", grounds.score() * 100.0, product.join(" × "))
}

/// The signs that were read from the article, in per cent.
pub(super) fn signals(signals: &Signals, lang: Lang) -> String {
    let percent = |value: f64| format!("{:.0} %", value * 100.0);
    format!(
        "{} {}, {} {}, {} {}",
        lang.of("口语", "speech"),
        percent(signals.speech),
        lang.of("结论在后", "conclusion at the end"),
        percent(signals.conclusion),
        lang.of("首句呼应标题", "first sentence takes up the title"),
        percent(signals.lead),
    )
}

fn name(which: Trait, lang: Lang) -> &'static str {
    match which {
        Trait::Leaning => lang.of("承上", "leans on the one before"),
        Trait::Question => lang.of("问句", "question"),
        Trait::Unbalanced => lang.of("标点不成对", "unbalanced marks"),
        Trait::Unfinished => lang.of("未完", "unfinished"),
        Trait::Short => lang.of("太短", "short"),
        Trait::Long => lang.of("太长", "long"),
        Trait::Talk => lang.of("口语", "talk"),
        Trait::Echo => lang.of("重复标题", "echo of the title"),
        Trait::Pulled => lang.of("被摘引", "pull quote"),
    }
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
