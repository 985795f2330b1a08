"""Scores of utterances: what was heard, what was understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.spoken import annotate
from evals.notation import Katex, NotationScore, Prover, score_notation
from evals.runs.prediction import UNANSWERED, Status
from evals.scoring.answers import SOLUTION, Answer, AnswerScore, score_answer
from evals.scoring.normalisers import WordCount, counts_of_others
from evals.scoring.prose import ProseErrors, prose_errors
from evals.scoring.verdict import Verdict, verdict_of
from evals.scoring.words import WordErrors, word_errors

SCORER_VERSION = "2"


@dataclass(frozen=True, slots=True)
class Scorable:
    """One attempt beside its reference.

    `accepted` are the dataset's readings (empty: no formula was said); `formulas` the
    student's formulas from the model, in order; `tags` the dataset's columns. With
    `writes_formulas` False the model gives words alone: nothing can be understood or wrong.
    `answer` is None where there is none to check.
    """

    utterance_id: str
    phrase_id: str
    epoch: int
    status: Status
    reference: str
    accepted: tuple[str, ...]
    transcript: str
    formulas: tuple[str, ...]
    tags: Mapping[str, str]
    writes_formulas: bool = True
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class UtteranceScore:
    """What one attempt scored; words, notations and answer are None without an answer.

    `notation` is None, too, for a model that writes words alone, of which `formula_said`
    is then False.

    `words_only` scores the formulas that the spoken-maths parser finds in the predicted
    transcript, `words_only_formulas`, instead of the model's. `n_reference_words`,
    `formula_said` and `is_ambiguous` (several readings are accepted) are known of attempts
    without an answer too. `other_words` are the word errors under other normalisers, those of an
    attempt without an answer with every word lost; `prose` those around formulas, None where there is not both.
    """

    utterance_id: str
    phrase_id: str
    epoch: int
    status: Status
    words: WordErrors | None
    notation: NotationScore | None
    words_only: NotationScore | None
    words_only_formulas: tuple[str, ...]
    n_reference_words: int
    formula_said: bool
    is_ambiguous: bool
    tags: Mapping[str, str]
    other_words: Mapping[str, WordCount]
    prose: ProseErrors | None = None
    answer: AnswerScore | None = None

    @property
    def is_heard(self) -> bool:
        """Whether every word was heard and none besides."""
        return self.words is not None and self.words.n_errors == 0

    @property
    def is_understood(self) -> bool:
        """Whether the formulas are exact as spoken."""
        return self.notation is not None and self.notation.exact_spoken is True

    @property
    def verdict(self) -> Verdict:
        """How the attempt came out."""
        return verdict_of(self.status, self.notation, is_heard=self.is_heard)


def score_utterances(
    items: Sequence[Scorable], katex: Katex, prover: Prover | None = None
) -> list[UtteranceScore]:
    """Score each attempt, in order, with batched typesetting; a prover tells equal values.

    An attempt that failed or got no answer has no scores; what a cut-off one gave is scored as
    it stands, so that what it lost counts against it.
    """
    answered = [item for item in items if item.status not in UNANSWERED]
    found_in = {text: _formulas_in_words(text) for text in {item.transcript for item in answered}}
    parsed = [found_in[item.transcript] for item in answered]
    pairs = [(item.accepted, item.formulas) for item in answered]
    by_words = [(item.accepted, found) for item, found in zip(answered, parsed, strict=True)]
    notation = _score_each_once(pairs, katex, prover)
    words_only = _score_each_once(by_words, katex)
    heard = {(item.reference, item.transcript) for item in answered}
    errors_of = {pair: word_errors(*pair) for pair in heard}
    words = [errors_of[item.reference, item.transcript] for item in answered]
    scored = iter(zip(answered, words, parsed, notation, words_only, strict=True))
    return [
        _unanswered(item) if item.status in UNANSWERED else _score(*next(scored)) for item in items
    ]


def _score_each_once(
    pairs: Sequence[tuple[tuple[str, ...], tuple[str, ...]]],
    katex: Katex,
    prover: Prover | None = None,
) -> list[NotationScore]:
    """One phrase by many voices gives the same pair again and again."""
    unique = list(dict.fromkeys(pairs))
    scores = dict(zip(unique, score_notation(unique, katex, prover), strict=True))
    return [scores[pair] for pair in pairs]


def _formulas_in_words(transcript: str) -> tuple[str, ...]:
    return tuple(span.latex for span in annotate(transcript))


def _score(
    item: Scorable,
    words: WordErrors,
    parsed: tuple[str, ...],
    notation: NotationScore,
    words_only: NotationScore,
) -> UtteranceScore:
    return UtteranceScore(
        utterance_id=item.utterance_id,
        phrase_id=item.phrase_id,
        epoch=item.epoch,
        status=item.status,
        words=words,
        notation=notation if item.writes_formulas else None,
        words_only=words_only,
        words_only_formulas=parsed,
        n_reference_words=words.n_reference_words,
        formula_said=item.writes_formulas and bool(item.accepted),
        is_ambiguous=len(item.accepted) > 1,
        tags=item.tags,
        other_words=counts_of_others(item.reference, item.transcript),
        prose=prose_errors(item.reference, item.accepted, words.alignment),
        answer=_answer(item),
    )


def _answer(item: Scorable) -> AnswerScore | None:
    if item.answer is None:
        return None
    return score_answer(item.answer, item.reference, item.tags.get(SOLUTION, ""))


def _unanswered(item: Scorable) -> UtteranceScore:
    return UtteranceScore(
        utterance_id=item.utterance_id,
        phrase_id=item.phrase_id,
        epoch=item.epoch,
        status=item.status,
        words=None,
        notation=None,
        words_only=None,
        words_only_formulas=(),
        n_reference_words=word_errors(item.reference, "").n_reference_words,
        formula_said=item.writes_formulas and bool(item.accepted),
        is_ambiguous=len(item.accepted) > 1,
        tags=item.tags,
        other_words=counts_of_others(item.reference, ""),
    )
