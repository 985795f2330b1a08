"""A scored run for other tools: CSV for spreadsheets, JUnit XML for builds."""

import csv
import io
from xml.etree import ElementTree

from evals.analysis.scored_run import ScoredAttempt, ScoredRun
from evals.report.rows import Texts, row
from evals.report.wording import engine_name, verdict

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "utterance_id",
    "epoch",
    "status",
    "verdict",
    "reason",
    "word_errors",
    "reference_words",
    "said",
    "heard",
    "accepted",
    "understood",
    "similarity",
    "answer",
    "answer_words",
    "first_audio_sec",
    "answer_remarks",
    "error",
)


def report_csv(scored: ScoredRun) -> str:
    """A row an attempt; a cell that a spreadsheet would calculate begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    tags = sorted({tag for each in scored.attempts for tag in each.utterance.tags})
    writer.writerow(["engine", *COLUMNS, *tags])
    for each in scored.attempts:
        cells = [engine_name(scored.run.info), *_cells(each)]
        cells += [each.utterance.tags.get(tag, "") for tag in tags]
        writer.writerow([_inert(cell) for cell in cells])
    return text.getvalue()


def report_junit(scored: ScoredRun) -> str:
    """A test case an attempt: an error where it failed, a failure where it is not right."""
    counts, info = scored.summary.utterances, scored.run.info
    suite = ElementTree.Element(
        "testsuite",
        name=f"{info.dataset_name}, {engine_name(info)}",
        tests=str(counts.total),
        errors=str(counts.failed),
        failures=str(sum(_is_failure(each) for each in scored.attempts)),
    )
    for each in scored.attempts:
        suite.append(_case(each))
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _cells(each: ScoredAttempt) -> list[str]:
    cells = row(each.score, Texts.of_attempt(each))
    return [_cell(cells[name]) for name in COLUMNS]


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, tuple):
        return " | ".join(value)
    return "" if value is None else str(value)


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _is_failure(each: ScoredAttempt) -> bool:
    notation = each.score.notation
    if notation is None:
        return False
    return each.score.status == "cut_off" or notation.tier in ("spurious", *_WRONG)


_WRONG = ("missing", "invalid", "valid", "equivalent", "exact_spoken_nocase")


def _case(each: ScoredAttempt) -> ElementTree.Element:
    name = f"{each.utterance.id} [{each.attempt.epoch}]"
    case = ElementTree.Element("testcase", name=_printable(name), classname="utterances")
    prediction, notation = each.attempt.prediction, each.score.notation
    if prediction.status == "failed":
        ElementTree.SubElement(case, "error", message=_printable(prediction.error or "failed"))
    elif _is_failure(each) and notation is not None:
        reason = f"{verdict(each.score)}: {notation.reason}"
        ElementTree.SubElement(case, "failure", message=_printable(reason))
    return case


def _printable(text: str) -> str:
    """XML knows no control characters."""
    return "".join(character if character.isprintable() else " " for character in text)
