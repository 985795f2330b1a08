"""What `--help` says of every command."""

import re
from collections.abc import Iterator

import pytest
import typer

import classroom
from agent.__main__ import commands as agent_commands
from evals.cli import commands as evals_commands

PROGRAMS = [
    ("python -m agent", agent_commands),
    ("python -m evals", evals_commands),
    ("python", classroom.commands),
]


def explained(program: str, commands: typer.Typer) -> Iterator[tuple[str, str]]:
    """Each command as it is typed, and what it says of itself."""
    for command in commands.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__.replace("_", "-")
        shown = "classroom.py" if name == "classroom" else name
        yield f"{program} {shown}", command.callback.__doc__ or ""
    for group in commands.registered_groups:
        assert group.typer_instance is not None
        inside = f"{program} {group.name}" if group.name else program
        yield from explained(inside, group.typer_instance)


COMMANDS = [each for program in PROGRAMS for each in explained(*program)]


@pytest.mark.parametrize(("typed", "told"), COMMANDS, ids=[typed for typed, _ in COMMANDS])
def test_every_command_shows_an_example_of_itself(typed: str, told: str) -> None:
    """People copy an example before they read an option."""
    assert re.search(rf"Example: `{re.escape(typed)}\b", told)
