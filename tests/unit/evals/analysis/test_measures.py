"""The table of measures: one entry is all that a new measure needs."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest
import typer
from typer.testing import CliRunner

from evals.analysis.comparison import RunComparison, compare_runs
from evals.analysis.measure import (
    Compared,
    Count,
    Gate,
    Group,
    InformationLost,
    Measure,
    Quantile,
    Share,
)
from evals.analysis.measures import LEADING, MEASURES, WER
from evals.analysis.scored_run import ScoredRun
from evals.analysis.statistics import Rate
from evals.analysis.taken import of_words
from evals.api.results import Results
from evals.cli.gates import NO_GATES, Gates, with_gates
from evals.report.comparison_json import comparison_json
from evals.report.documents import FORMATS, dump, summary_json
from evals.report.run_views import run_overview
from tests.builders import scored_run
from workbench.runs.views import explained_rates

ADDED = Measure(
    "words.losing",
    "Utterances that lost a word",
    "The share of utterances of which a word was not heard.",
    Share(of_words(lambda words: words.deletions > 0)),
    better="low",
    shown="always",
    is_sliced=True,
    compared=Compared("utterances that lost a word"),
    gate=Gate("losing", "lost words"),
)


def with_added(outcomes: Sequence[bool]) -> ScoredRun:
    """A run that is measured by one measure more, of one voice; a wrong one loses a word."""
    scored = scored_run(outcomes)
    attempts = [
        replace(each, score=replace(each.score, tags={"voice": "v"})) for each in scored.attempts
    ]
    return replace(scored, attempts=tuple(attempts), measures=(*MEASURES, ADDED))


@pytest.fixture
def scored() -> ScoredRun:
    return with_added([True, True, False, False, False, True, True, True])


@pytest.fixture
def compared(scored: ScoredRun) -> RunComparison:
    return compare_runs(scored, with_added([True] * 8))


def test_one_entry_is_in_the_summary_and_its_slices(scored: ScoredRun) -> None:
    """`summary.json` is what other programs read."""
    rate = scored.summary.words.losing
    assert (rate.value, rate.n) == (3 / 8, 8)
    found = json.loads(dump(summary_json(scored)))
    assert found["words"]["losing"]["value"] == pytest.approx(3 / 8)
    assert found["slices"]["voice"]["v"]["losing"]["value"] == pytest.approx(3 / 8)


@pytest.mark.parametrize("ending", [".json", ".html", ".md"])
def test_one_entry_is_in_every_report(scored: ScoredRun, ending: str) -> None:
    """A measure that one report leaves out is looked for in vain."""
    text = "".join(FORMATS[ending](scored))
    said = ["losing"] if ending == ".json" else [ADDED.title, "37.5 %"]
    assert all(each in text for each in said)
    assert ending != ".html" or ADDED.hint in text


def test_one_entry_is_in_the_comparison(compared: RunComparison) -> None:
    """With its direction: fewer lost words are a gain."""
    (found,) = [each for each in compared.metrics if each.measure is ADDED]
    assert found.gain == pytest.approx(3 / 8)
    (shown,) = [
        each
        for each in json.loads(dump(comparison_json(compared)))["metrics"]
        if each["name"] == "utterances that lost a word"
    ]
    assert shown["hint"] == ADDED.hint
    assert shown["unit"] == "points"


def test_one_entry_is_in_the_frames(scored: ScoredRun) -> None:
    """Notebooks find it by its key."""
    results = Results.of_run(scored)
    assert results.rates.loc[ADDED.key, "value"] == pytest.approx(3 / 8)
    assert results.slices("voice", "losing").loc["v", "n"] == 8


def test_one_entry_is_on_the_page(scored: ScoredRun) -> None:
    """As a row with its hint, and among the measures to slice by."""
    overview = run_overview(scored)
    (row,) = [each for each in overview["rates"] if each[0] == ADDED.title]
    assert row[2] == ADDED.hint
    assert overview["sliced"]["losing"] == ADDED.title
    assert f'<span title="{ADDED.hint}">{ADDED.title}</span>' in explained_rates([row])


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("40", []),
        ("30", ["lost words is 37.5 %, expected at most 30 %"]),
    ],
)
def test_one_entry_is_an_option_of_the_command_line_and_a_gate(
    scored: ScoredRun, limit: str, told: list[str]
) -> None:
    """Where lower is better the option is a maximum."""
    failures = []

    def judge(name: str, gates: Gates = NO_GATES) -> None:
        failures.extend(gates.failures(scored.summary))

    commands = typer.Typer()
    commands.command()(with_gates(judge, scored.measures))
    done = CliRunner().invoke(commands, ["run", "--max-losing", limit])
    assert (done.exit_code, failures) == (0, told)


def test_a_limit_that_can_not_be_is_refused() -> None:
    """A share in percent ends at 100."""
    commands = typer.Typer()
    commands.command()(with_gates(lambda gates=NO_GATES: None))
    assert CliRunner().invoke(commands, ["--min-latex", "101"]).exit_code == 2
    assert CliRunner().invoke(commands, ["--max-wer", "101"]).exit_code == 0


def test_no_two_measures_share_a_name() -> None:
    """A second one would overwrite the first in silence."""
    keys = [each.key for each in MEASURES]
    gates = [each.gate.name for each in MEASURES if each.gate]
    compared = [each.compared.name for each in MEASURES if each.compared]
    assert all(len(set(names)) == len(names) for names in (keys, gates, compared))
    assert {WER, LEADING} <= set(keys)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
def test_every_measure_explains_itself_and_can_do_what_it_says(measure: Measure) -> None:
    """A sentence for people; only rates have an interval to gate, only parts can be paired."""
    assert measure.group in get_args(Group)
    assert measure.title[0].isupper()
    assert measure.explanation.endswith(".")
    if measure.compared:
        assert measure.part_of()
    if measure.gate:
        assert measure.better != "neither"
        assert not isinstance(measure.how, Quantile | Count)


@pytest.mark.parametrize("how", [InformationLost(lambda _: None), Count(lambda _: True)])
def test_a_figure_that_is_not_made_of_parts_is_not_compared(how: InformationLost | Count) -> None:
    """It says which measure, and what would do."""
    with pytest.raises(TypeError, match=r"words\.losing: expected a share, mean or ratio"):
        replace(ADDED, how=how).part_of()


def test_a_summary_names_the_rates_it_has(scored: ScoredRun) -> None:
    """A typing error must not look like a rate without data."""
    assert isinstance(scored.summary.words.wer, Rate)
    with pytest.raises(AttributeError, match=r"wer, mer.*got 'were'"):
        _ = scored.summary.words.were
