"""One attempt as a row, under the names that every document, page and program uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from evals.analysis.scored_run import ScoredAttempt
from evals.report.wording import answer_remarks
from evals.runs.prediction import Status
from evals.scoring.utterance import Scorable, UtteranceScore


@dataclass(frozen=True, slots=True)
class Texts:
    """What was meant and what was given, raw; `accepted` and `understood` are LaTeX."""

    said: str
    heard: str
    accepted: tuple[str, ...]
    understood: tuple[str, ...]
    answer: str = ""
    answer_file: str | None = None
    error: str = ""

    @classmethod
    def of_attempt(cls, each: ScoredAttempt) -> "Texts":
        """Those of one outcome of a run."""
        prediction = each.attempt.prediction
        return cls(
            each.utterance.transcript,
            prediction.transcript,
            each.utterance.latex,
            each.understood,
            prediction.answer,
            prediction.answer_file,
            prediction.error or "",
        )

    @classmethod
    def of_prediction(cls, item: Scorable) -> "Texts":
        """Those of a prediction that another system made."""
        answer = item.answer.text if item.answer else ""
        return cls(item.reference, item.transcript, item.accepted, item.formulas, answer)


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt; None where nothing is known, text raw, formulas as LaTeX.

    `verdict` and `reason` say in words how it came out and why it is no better; `is_right` is
    None where it is unscored. `tier`, `exact_*`, `equivalent` and `similarity` (0 to 1) are of
    the notation ladder. `is_heard`: every word was heard and none besides; `is_understood`: the
    formulas are exact as spoken. `words_only` are the formulas that the predicted transcript
    alone gives. `first_audio_sec` counts from the end of the student's turn. `tags` are the
    dataset's other columns.
    """

    utterance_id: str
    phrase_id: str
    epoch: int
    status: Status
    verdict: str
    is_right: bool | None
    reason: str
    tier: str | None
    exact_spoken: bool | None
    exact_strict: bool | None
    equivalent: bool | None
    similarity: float | None
    is_heard: bool
    is_understood: bool
    word_errors: int | None
    reference_words: int
    prose_errors: int | None
    said: str
    heard: str
    accepted: tuple[str, ...]
    understood: tuple[str, ...]
    words_only: tuple[str, ...]
    answer: str
    answer_words: int | None
    first_audio_sec: float | None
    answer_remarks: tuple[str, ...]
    answer_file: str | None
    error: str
    tags: Mapping[str, str]

    @classmethod
    def of(cls, score: UtteranceScore, texts: Texts) -> "Row":
        """The row of one attempt that was scored."""
        words, notation, prose, answer = score.words, score.notation, score.prose, score.answer
        return cls(
            utterance_id=score.utterance_id,
            phrase_id=score.phrase_id,
            epoch=score.epoch,
            status=score.status,
            verdict=score.verdict.value,
            is_right=score.verdict.is_right,
            reason=notation.reason if notation else "",
            tier=notation.tier if notation else None,
            exact_spoken=notation.exact_spoken if notation else None,
            exact_strict=notation.exact_strict if notation else None,
            equivalent=notation.equivalent if notation else None,
            similarity=notation.similarity if notation else None,
            is_heard=score.is_heard,
            is_understood=score.is_understood,
            word_errors=words.n_errors if words else None,
            reference_words=score.n_reference_words,
            prose_errors=prose.n_errors if prose else None,
            said=texts.said,
            heard=texts.heard,
            accepted=texts.accepted,
            understood=texts.understood,
            words_only=score.words_only_formulas,
            answer=texts.answer,
            answer_words=answer.n_words if answer else None,
            first_audio_sec=answer.first_audio_sec if answer else None,
            answer_remarks=tuple(answer_remarks(answer)),
            answer_file=texts.answer_file,
            error=texts.error,
            tags=dict(score.tags),
        )

    @classmethod
    def of_attempt(cls, each: ScoredAttempt) -> "Row":
        """The row of one outcome of a run."""
        return cls.of(each.score, Texts.of_attempt(each))

    def cells(self) -> dict[str, object]:
        """Its values by column, `tags` among them."""
        return {name: getattr(self, name) for name in (*COLUMNS, "tags")}


COLUMNS = tuple(field.name for field in fields(Row) if field.name != "tags")
# Long texts: a table of ten thousand rows leaves them to the view of one attempt.
DETAILS = frozenset(
    ("accepted", "understood", "words_only", "answer", "answer_remarks", "answer_file")
)


def tag_names(tags: Iterable[Mapping[str, str]]) -> list[str]:
    """The dataset's columns, in the order in which they are met."""
    return list(dict.fromkeys(name for found in tags for name in found))


def tag_columns(rows: Iterable[Row]) -> list[str]:
    """The dataset's columns that can stand beside a row's own, for they bear another name."""
    return [name for name in tag_names(row.tags for row in rows) if name not in COLUMNS]
