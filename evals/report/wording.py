"""Scores in the words that every page, report and terminal uses."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from evals.analysis.figures import Figure, Summary, WordRates
from evals.analysis.measure import Measure
from evals.analysis.measures import WER, measure_of
from evals.analysis.statistics import Rate
from evals.runs.bill import Bill
from evals.runs.folder import RecordedTutor, RunInfo
from evals.runs.overlay import Overlay
from evals.scoring.answers import AnswerScore
from evals.scoring.normalisers import normaliser_name

if TYPE_CHECKING:
    from agent.tutor.tutor import Tutor

NO_DATA = "no data"
EMBEDDED_NOTE = "it does not follow prompts; its scores say nothing about Gemini"


def unreadable_note(n_lines: int) -> str:
    """A sentence about lines of a run that hold no attempt."""
    lines = "1 line" if n_lines == 1 else f"{n_lines} lines"
    return f"{lines} of attempts.jsonl can't be read and were left out; --resume replays them."


def dollars(cost_usd: float) -> str:
    """`$1.20`; small sums with two digits that count: `$0.0012`."""
    return f"${cost_usd:.2f}" if cost_usd >= 0.1 or not cost_usd else f"${cost_usd:.2g}"


def bill_text(bill: Bill) -> str:
    """What a run has cost, in a sentence."""
    if bill.engine == "embedded":
        return "The embedded engine costs nothing."
    if not bill.tokens.total:
        return "What it has cost is unknown: no tokens were counted."
    counted = f"{bill.tokens.total:,} tokens were counted"
    if bill.cost_usd is None:
        return f"What it has cost is unknown: {counted}, and {bill.model} has no known price."
    n_lacking = bill.n_uncounted
    attempts = "1 attempt" if n_lacking == 1 else f"{n_lacking:,} attempts"
    rest = f"; {attempts} brought no count" if n_lacking else ""
    return f"It has cost {dollars(bill.cost_usd)}: {counted}{rest}."


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


class RateRow(NamedTuple):
    """A measure as tables show it: its title, its figure, and a hint what it means."""

    title: str
    value: str
    hint: str


def figure_text(measure: Measure, figure: Figure) -> str:
    """A measure's figure with its unit."""
    if isinstance(figure, Rate):
        return {"%": percent, "s": seconds}.get(measure.unit, number)(figure)
    return NO_DATA if figure is None else f"{figure:.3g} {measure.unit}"


def rate_rows(summary: Summary, measures: Sequence[Measure]) -> list[RateRow]:
    """The headline rates of what was heard and understood."""
    return _rows(summary, (each for each in measures if each.group != "answers"))


def answer_rows(summary: Summary, measures: Sequence[Measure]) -> list[RateRow]:
    """The headline rates of what the tutor answered; empty where nobody answers."""
    return _rows(summary, (each for each in measures if each.group == "answers"))


def _rows(summary: Summary, measures: Iterable[Measure]) -> list[RateRow]:
    rows = [
        (each, RateRow(each.title, figure_text(each, summary.figure(each)), each.hint))
        for each in measures
        if each.shown != "never"
    ]
    return [row for each, row in rows if each.shown == "always" or row.value != NO_DATA]


def normaliser_rows(words: WordRates) -> list[RateRow]:
    """The word error rate under each normaliser."""
    wer = measure_of(WER)
    return [
        RateRow(f"{wer.title}, normaliser: {normaliser_name(name)}", percent(rate), wer.hint)
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
