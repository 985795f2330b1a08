"""One attempt as a row, under the names that frames and spreadsheets share."""

from collections.abc import Mapping
from dataclasses import dataclass

from evals.analysis.scored_run import ScoredAttempt
from evals.report.wording import answer_remarks
from evals.scoring.utterance import Scorable, UtteranceScore

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Texts:
    """What was meant and what was given, raw; `accepted` and `understood` are LaTeX."""

    said: str
    heard: str
    accepted: tuple[str, ...]
    understood: tuple[str, ...]
    answer: str = ""
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
            prediction.error or "",
        )

    @classmethod
    def of_prediction(cls, item: Scorable) -> "Texts":
        """Those of a prediction that another system made."""
        answer = item.answer.text if item.answer else ""
        return cls(item.reference, item.transcript, item.accepted, item.formulas, answer)


def row(score: UtteranceScore, texts: Texts) -> Row:
    """The columns of one attempt; None where nothing is known, times in seconds."""
    words, notation, answer = score.words, score.notation, score.answer
    return {
        "utterance_id": score.utterance_id,
        "phrase_id": score.phrase_id,
        "epoch": score.epoch,
        "status": score.status,
        "verdict": score.verdict.value,
        "is_right": score.verdict.is_right,
        "reason": notation.reason if notation else "",
        "exact_spoken": notation.exact_spoken if notation else None,
        "exact_strict": notation.exact_strict if notation else None,
        "equivalent": notation.equivalent if notation else None,
        "similarity": notation.similarity if notation else None,
        "word_errors": words.n_errors if words else None,
        "reference_words": score.n_reference_words,
        "said": texts.said,
        "heard": texts.heard,
        "accepted": texts.accepted,
        "understood": texts.understood,
        "answer": texts.answer,
        "answer_words": answer.n_words if answer else None,
        "first_audio_sec": answer.first_audio_sec if answer else None,
        "answer_remarks": tuple(answer_remarks(answer)),
        "error": texts.error,
    }
