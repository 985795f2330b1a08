"""The depths of a replay: one entry each, and everybody else reads it."""

import re
from functools import partial
from typing import get_args

import pytest
from typer.testing import CliRunner

from agent.errors import RunError
from agent.settings import Settings
from evals.cli import commands
from evals.replay.depths import DEFAULT_DEPTH, DEPTHS, Depth, ReplayDepth, replay_depth
from evals.replay.ways import rooms_for
from tests.paths import PROJECT

SETTINGS = Settings(_env_file=None)  # type: ignore[call-arg]


def test_the_type_names_the_entries() -> None:
    """Python's users choose among the type's names, the shell's among the entries."""
    assert get_args(Depth) == tuple(DEPTHS)
    assert DEFAULT_DEPTH in DEPTHS


@pytest.mark.parametrize("depth", DEPTHS.values(), ids=lambda depth: depth.name)
def test_what_replays_it_is_there(depth: ReplayDepth) -> None:
    """It is looked up when the first recording is replayed: too late for a typing error."""
    assert callable(depth.way)


def test_the_docs_table_says_what_the_entries_say() -> None:
    """Row for row."""
    text = (PROJECT / "docs" / "architecture.md").read_text()
    table = re.search(r"\| depth \| path \| measures \|\n\|.*\n((?:\|.*\n)+)", text)
    assert table is not None
    assert table[1].splitlines() == [
        f"| `{each.name}` | {each.path} | {each.measures} |" for each in DEPTHS.values()
    ]


def test_the_command_explains_each() -> None:
    """In the order of the entries, and offers no other."""
    shown = CliRunner().invoke(commands, ["run", "--help"], terminal_width=300).stdout
    plain = " ".join(shown.replace("│", " ").split())
    assert " ".join(f"{each.name}: {each.path}." for each in DEPTHS.values()) in plain
    wrong = CliRunner().invoke(commands, ["run", "x", "--depth", "cellar"])
    assert wrong.exit_code == 2


def test_a_depth_of_another_version_is_told() -> None:
    """Its run can be read, and not gone on with."""
    for ask in (replay_depth, partial(rooms_for, settings=SETTINGS, by_worker=False)):
        with pytest.raises(RunError, match="'cellar' is not known here; choose one of: direct"):
            ask("cellar")  # type: ignore[operator]
