"""A scored run for other tools: CSV for spreadsheets, JUnit XML for builds."""

import csv
import io
from xml.etree import ElementTree

from evals.analysis.scored_run import ScoredAttempt, ScoredRun
from evals.report.rows import COLUMNS, Row, tag_columns
from evals.report.wording import engine_name
from evals.runs.prediction import UNANSWERED
from evals.scoring.verdict import Verdict

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def report_csv(scored: ScoredRun) -> str:
    """A row an attempt; a cell that a spreadsheet would calculate begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    rows = [Row.of_attempt(each) for each in scored.attempts]
    tags = sorted(tag_columns(rows))
    writer.writerow(["engine", *COLUMNS, *tags])
    for row in rows:
        cells = [engine_name(scored.run.info), *(_cell(getattr(row, name)) for name in COLUMNS)]
        cells += [row.tags.get(tag, "") for tag in tags]
        writer.writerow([_inert(cell) for cell in cells])
    return text.getvalue()


def report_junit(scored: ScoredRun) -> str:
    """A test case an attempt: an error where no answer came, a failure where it is wrong,
    skipped where it is unscored.
    """
    info, verdicts = scored.run.info, [each.score.verdict for each in scored.attempts]
    n_errors = sum(each.score.status in UNANSWERED for each in scored.attempts)
    suite = ElementTree.Element(
        "testsuite",
        name=f"{info.dataset_name}, {engine_name(info)}",
        tests=str(len(verdicts)),
        errors=str(n_errors),
        failures=str(sum(each.is_right is False for each in verdicts) - n_errors),
        skipped=str(verdicts.count(Verdict.UNSCORED)),
    )
    for each in scored.attempts:
        suite.append(_case(each))
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, tuple):
        return " | ".join(value)
    return "" if value is None else str(value)


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _case(each: ScoredAttempt) -> ElementTree.Element:
    row = Row.of_attempt(each)
    name = f"{row.utterance_id} [{row.epoch}]"
    case = ElementTree.Element("testcase", name=_printable(name), classname="utterances")
    if row.is_right is not True:
        kind = _KINDS.get(each.score.verdict, "failure")
        ElementTree.SubElement(case, kind, message=_printable(_reason(row)))
    return case


_KINDS = {Verdict.FAILED: "error", Verdict.NO_ANSWER: "error", Verdict.UNSCORED: "skipped"}


def _reason(row: Row) -> str:
    if row.status in UNANSWERED:
        return row.error or row.verdict
    return f"{row.verdict}: {row.reason}" if row.reason else row.verdict


def _printable(text: str) -> str:
    """XML knows no control characters."""
    return "".join(character if character.isprintable() else " " for character in text)
