"""The measures of formulas, from the model and from the words alone."""

from dataclasses import replace
from operator import attrgetter

from evals.analysis.measure import (
    Among,
    Compared,
    Count,
    Gate,
    Group,
    Mean,
    Measure,
    Ratio,
    Share,
)
from evals.analysis.taken import NotationOf, edits_part, of_formula


def _measures(group: Group, of: NotationOf) -> tuple[Measure, ...]:
    return (
        Measure(
            f"{group}.exact_spoken",
            "Formula exact as spoken",
            "The share of formulas that say exactly what the student said.",
            Share(of_formula(of, lambda notation: notation.exact_spoken)),
            better="high",
            shown="always",
            is_sliced=True,
            compared=Compared("formula exact as spoken", Among.FORMULA_SAID),
            gate=Gate("latex", "exactness as spoken"),
        ),
        Measure(
            f"{group}.exact_strict",
            "Formula exact, strict",
            "The share of formulas that are also written as an accepted reading is.",
            Share(of_formula(of, lambda notation: notation.exact_strict)),
            better="high",
            shown="always",
        ),
        Measure(
            f"{group}.valid",
            "Formula readable",
            "The share of formulas that can be typeset, right or wrong.",
            Share(of_formula(of, lambda notation: notation.valid)),
            better="high",
            shown="always",
        ),
        Measure(
            f"{group}.exact_spoken_nocase",
            "Formula exact but for capitals",
            "The share of formulas that are exact as spoken where capitals don't count.",
            Share(of_formula(of, lambda notation: notation.exact_spoken_nocase)),
            better="high",
        ),
        Measure(
            f"{group}.equivalent",
            "Formula equal in value",
            "The share of formulas with the value of an accepted reading, where that is known.",
            Share(of_formula(of, lambda notation: notation.equivalent)),
            better="high",
        ),
        Measure(
            f"{group}.similarity",
            "Formula similarity",
            "How near formulas come to the nearest accepted reading, on average.",
            Mean(of_formula(of, lambda notation: notation.similarity)),
            better="high",
        ),
        Measure(
            f"{group}.token_error_rate",
            "Formula token error rate",
            "Edits of formulas' tokens over the tokens of the nearest accepted reading.",
            Ratio(of_formula(of, lambda n: edits_part(n.edits.tokens) if n.edits else None)),
            better="low",
        ),
        Measure(
            f"{group}.character_error_rate",
            "Formula character error rate",
            "Edits of formulas' characters over the characters of the nearest accepted reading.",
            Ratio(of_formula(of, lambda n: edits_part(n.edits.characters) if n.edits else None)),
            better="low",
        ),
        Measure(
            f"{group}.unscored",
            "Formulas unscored",
            "Formulas of which no accepted reading can be read; they are in no other share.",
            Count(of_formula(of, lambda notation: notation.exact_spoken is None)),
            better="low",
            unit="utterances",
        ),
    )


def _from_words_alone(measure: Measure) -> Measure:
    """The same measure of formulas that the spoken-maths parser reads from the transcript."""
    is_headline = measure.name == "exact_spoken"
    title = "Exact" if is_headline else measure.title
    return replace(
        measure,
        title=f"{title} from the words alone",
        explanation=f"{measure.explanation} Read from the transcript by the spoken-maths parser.",
        shown="always" if is_headline else "never",
        is_sliced=False,
        compared=None,
        gate=None,
    )


FROM_MODEL = _measures("notation", attrgetter("notation"))
FROM_WORDS = tuple(
    _from_words_alone(each) for each in _measures("words_only", attrgetter("words_only"))
)
