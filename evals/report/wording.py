"""Scores in the words that every page, report and terminal uses."""

from typing import TYPE_CHECKING

from evals.analysis.figures import AnswerRates, Summary, WordRates
from evals.analysis.statistics import Rate
from evals.runs.folder import RecordedTutor, RunInfo
from evals.runs.overlay import Overlay
from evals.scoring.answers import AnswerScore
from evals.scoring.normalisers import normaliser_name

if TYPE_CHECKING:
    from agent.tutor.tutor import Tutor

NO_DATA = "no data"
EMBEDDED_NOTE = "it does not follow prompts; its scores say nothing about Gemini"


def number(rate: Rate) -> str:
    """`0.53 (0.41 to 0.66, n 48)`: a figure that is no share."""
    if rate.value is None:
        return NO_DATA
    if rate.low is None or rate.high is None:
        return f"{rate.value:.3g} (n {rate.n})"
    return f"{rate.value:.3g} ({rate.low:.3g} to {rate.high:.3g}, n {rate.n})"


def percent(rate: Rate) -> str:
    """`12.5 % (8.0 to 17.1, n 48)`; never a number without what it covers."""
    if rate.value is None:
        return NO_DATA
    if rate.low is None or rate.high is None:
        return f"{100 * rate.value:.1f} % (n {rate.n})"
    low, high = 100 * rate.low, 100 * rate.high
    return f"{100 * rate.value:.1f} % ({low:.1f} to {high:.1f}, n {rate.n})"


def is_embedded(info: RunInfo) -> bool:
    """Whether the answers came from the embedded engine."""
    return info.engine == "embedded"


def overlay_note(overlay: Overlay) -> str:
    """What a listener left beside a run: `2 references corrected, 3 utterances tagged`."""
    counts = (
        (overlay.n_corrected, "reference", "corrected beside the run"),
        (overlay.n_tagged, "utterance", "tagged"),
    )
    return ", ".join(f"{n} {what}{'s' * (n > 1)} {done}" for n, what, done in counts if n)


def tutor_name(tutor: "Tutor | RecordedTutor") -> str:
    """Prompt and model: `tutor@1, gemini-3.8-live`."""
    return f"{tutor.prompt.name}@{tutor.prompt.version}, {tutor.model}"


def engine_name(info: RunInfo) -> str:
    """What answered: the model, or the embedded engine."""
    return "embedded engine" if is_embedded(info) else info.tutor.model


def seconds(rate: Rate) -> str:
    """`0.53 s (0.41 to 0.66, n 48)`."""
    told = number(rate)
    return told if rate.value is None else told.replace(" ", " s ", 1)


def normaliser_rows(words: WordRates) -> list[list[str]]:
    """The word error rate under each normaliser."""
    return [
        [f"Word error rate, normaliser: {normaliser_name(name)}", percent(rate)]
        for name, rate in words.by_normaliser.items()
    ]


def answer_remarks(answer: AnswerScore | None) -> list[str]:
    """What is to be said of one answer besides its length."""
    if answer is None:
        return []
    remarks = [f"LaTeX read aloud: {' '.join(answer.latex_aloud)}"] if answer.latex_aloud else []
    remarks += ["gave the solution away"] if answer.gave_away else []
    remarks += ["asked what was meant"] if answer.asked_back else []
    return remarks


def answer_rows(answers: AnswerRates) -> list[list[str]]:
    """What the tutor answered; empty where nobody answers."""
    if answers.words.value is None:
        return []
    p95_sec = answers.first_audio_p95_sec
    rows = [
        ["LaTeX read aloud", percent(answers.latex_aloud)],
        ["Asked back, several readings", percent(answers.asked_back)],
        ["Asked back, one reading", percent(answers.asked_needlessly)],
        ["Gave the solution away", percent(answers.gave_away)],
        ["Formulas written per formula said", number(answers.written_per_said)],
        ["Words an answer", number(answers.words)],
        ["Length of an answer", seconds(answers.duration_sec)],
        ["Time to first audio, mean", seconds(answers.first_audio_sec)],
        [
            "Time to first audio, 95th percentile",
            NO_DATA if p95_sec is None else f"{p95_sec:.3g} s",
        ],
    ]
    return [row for row in rows if row[1] != NO_DATA]


def rate_rows(summary: Summary) -> list[list[str]]:
    """The summary's headline rates, best-known first."""
    words, notation, none = summary.words, summary.notation, summary.no_formula
    prose = (
        []
        if words.prose.value is None
        else [["Word error rate of the prose", percent(words.prose)]]
    )
    return [
        ["Word error rate", percent(words.wer)],
        *prose,
        ["Formula exact as spoken", percent(notation.exact_spoken)],
        ["Formula exact, strict", percent(notation.exact_strict)],
        ["Formula readable", percent(notation.valid)],
        ["Exact from the words alone", percent(summary.words_only.exact_spoken)],
        ["No formula said, none written", percent(none.correct)],
        ["Word error rate, failed as all wrong", percent(summary.all_counted.wer)],
        ["Formula exact, failed as all wrong", percent(summary.all_counted.exact_spoken)],
    ]
