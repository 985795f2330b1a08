"""The table of measures: what summaries, comparisons, reports, frames, gates, command lines and
pages read.

A new measure is one entry. The order is that of every table. What reads measures takes these
where none are given; `(*MEASURES, another)` is a table with one more.
"""

from collections.abc import Sequence

from evals.analysis import taken
from evals.analysis.formula_measures import FROM_MODEL, FROM_WORDS
from evals.analysis.measure import (
    Among,
    Compared,
    Gate,
    InformationLost,
    Mean,
    Measure,
    Quantile,
    Ratio,
    Share,
)
from evals.analysis.taken import of_answer, of_words

_WORDS = (
    Measure(
        "words.wer",
        "Word error rate",
        "Word errors over the words said.",
        Ratio(of_words(lambda words: (words.n_errors, words.n_reference_words))),
        better="low",
        shown="always",
        is_sliced=True,
        compared=Compared("word error rate", Among.ALL_PAIRS, taken.every_word_lost),
        gate=Gate("wer", "word error rate"),
    ),
    Measure(
        "words.mer",
        "Match error rate",
        "Word errors over errors and words heard right.",
        Ratio(of_words(lambda words: (words.n_errors, words.hits + words.n_errors))),
        better="low",
    ),
    Measure(
        "words.cer",
        "Character error rate",
        "Character errors over the characters of the words said.",
        Ratio(of_words(lambda words: (words.n_character_errors, words.n_reference_characters))),
        better="low",
    ),
    Measure(
        "words.wil",
        "Word information lost",
        "1 less the product of the shares of words heard right in both texts.",
        InformationLost(of_words(lambda w: (w.hits, w.n_reference_words, w.n_heard_words))),
        better="low",
    ),
    Measure(
        "words.insertions",
        "Words inserted",
        "Words heard that were not said, over the words said.",
        Ratio(of_words(lambda words: (words.insertions, words.n_reference_words))),
        better="low",
    ),
    Measure(
        "words.deletions",
        "Words deleted",
        "Words said that were not heard, over the words said.",
        Ratio(of_words(lambda words: (words.deletions, words.n_reference_words))),
        better="low",
    ),
    Measure(
        "words.substitutions",
        "Words substituted",
        "Words heard as other words, over the words said.",
        Ratio(of_words(lambda words: (words.substitutions, words.n_reference_words))),
        better="low",
    ),
    Measure(
        "words.prose",
        "Word error rate of the prose",
        "Word errors around formulas over the words around them.",
        Ratio(taken.prose_part),
        better="low",
        shown="if known",
    ),
)
_NO_FORMULA = (
    Measure(
        "no_formula.correct",
        "No formula said, none written",
        "Where no formula was said, the share of utterances for which none was written.",
        Share(taken.is_left_alone),
        better="high",
        shown="always",
        compared=Compared("no formula said, none written", Among.NO_FORMULA_SAID),
    ),
    Measure(
        "no_formula.spurious",
        "No formula said, one written",
        "Where no formula was said, the share of utterances for which one was written.",
        Share(taken.is_spurious),
        better="low",
    ),
)
_ANSWERS = (
    Measure(
        "answers.latex_aloud",
        "LaTeX read aloud",
        "The share of answers in which commands, delimiters or their names were spoken.",
        Share(of_answer(lambda answer: bool(answer.latex_aloud))),
        better="low",
        shown="if known",
        compared=Compared("LaTeX read aloud"),
        gate=Gate("latex-aloud", "LaTeX read aloud"),
    ),
    Measure(
        "answers.asked_back",
        "Asked back, several readings",
        "Where several readings are accepted, the share of answers that ask which was meant.",
        Share(taken.asked_about_ambiguity),
        better="high",
        shown="if known",
        compared=Compared("asked back, several readings"),
        gate=Gate("asked-back", "ambiguity asked about"),
    ),
    Measure(
        "answers.asked_needlessly",
        "Asked back, one reading",
        "Where one reading is accepted, the share of answers that ask what was meant.",
        Share(taken.asked_needlessly),
        better="low",
        shown="if known",
        compared=Compared("asked back, one reading"),
    ),
    Measure(
        "answers.gave_away",
        "Gave the solution away",
        "Where there is a solution to give away, the share of answers that say it.",
        Share(of_answer(lambda answer: answer.gave_away)),
        better="low",
        shown="if known",
        compared=Compared("gave the solution away"),
        gate=Gate("given-away", "solutions given away"),
    ),
    Measure(
        "answers.written_per_said",
        "Formulas written per formula said",
        "The student's formulas that were written over those that were said.",
        Ratio(taken.written_per_said),
        better="neither",
        unit="formulas",
        shown="if known",
        compared=Compared("formulas written per formula said"),
    ),
    Measure(
        "answers.words",
        "Words per answer",
        "How many words an answer has, on average.",
        Mean(of_answer(lambda answer: answer.n_words)),
        better="neither",
        unit="words",
        shown="if known",
        compared=Compared("words an answer"),
    ),
    Measure(
        "answers.duration_sec",
        "Length of an answer",
        "How long an answer sounds, on average.",
        Mean(of_answer(lambda answer: answer.duration_sec)),
        better="neither",
        unit="s",
        shown="if known",
        compared=Compared("length of an answer"),
    ),
    Measure(
        "answers.first_audio_sec",
        "Time to first audio, mean",
        "From the end of the student's turn to the first sound of the answer, on average.",
        Mean(of_answer(lambda answer: answer.first_audio_sec)),
        better="low",
        unit="s",
        shown="if known",
        compared=Compared("time to first audio"),
        gate=Gate("first-audio", "first audio"),
    ),
    Measure(
        "answers.first_audio_p95_sec",
        "Time to first audio, 95th percentile",
        "19 of 20 answers begin no later than this after the end of the student's turn.",
        Quantile(of_answer(lambda answer: answer.first_audio_sec), 0.95),
        better="low",
        unit="s",
        shown="if known",
    ),
)
_ALL_COUNTED = (
    Measure(
        "all_counted.wer",
        "Word error rate, unanswered as all wrong",
        "Word errors over the words said; an attempt that failed or got no answer lost every word.",
        Ratio(taken.words_all_counted),
        better="low",
        shown="always",
    ),
    Measure(
        "all_counted.exact_spoken",
        "Formula exact, unanswered as all wrong",
        "The share of formulas exact as spoken; an attempt that failed or got no answer is wrong.",
        Share(taken.exact_all_counted),
        better="high",
        shown="always",
    ),
)
WER = "words.wer"
LEADING = "notation.exact_spoken"  # decides which of two runs is better
MEASURES = (*_WORDS, *FROM_MODEL, *FROM_WORDS, *_NO_FORMULA, *_ANSWERS, *_ALL_COUNTED)


def measure_of(key: str, measures: Sequence[Measure] = MEASURES) -> Measure:
    """The measure of that key; KeyError where there is none."""
    return {each.key: each for each in measures}[key]
