"""How every command of the project ends: one sentence and an exit code, never a traceback."""

import gc
import sys
from typing import NoReturn

import typer

from agent.errors import SpokenMathsError

FAULT = 70  # EX_SOFTWARE of sysexits.h
HOW_TO_TELL = "Run it again as `python -X dev -m ...` for the traceback, and report that."
SELDOM = (100_000, 50, 100)


def new_commands(description: str) -> typer.Typer:
    """An empty set of commands; `--help` explains each."""
    return typer.Typer(
        help=description,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown",
    )


def run_commands(commands: typer.Typer, context: object = None) -> NoReturn:
    """Run the one that was typed; `context` reaches it as `typer.Context.obj`."""
    try:
        commands(obj=context)
    except SpokenMathsError as error:
        tell(str(error))
        sys.exit(error.exit_code)
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        tell(f"A fault of this program, {type(error).__name__}: {error}. {HOW_TO_TELL}")
        sys.exit(FAULT)
    sys.exit(0)


def collect_seldom() -> None:
    """Have Python look for lost cycles less often than it does for programs that run for long.

    A command on a large run makes a million values that live until it ends: looking through
    them again and again took a third of its time.
    """
    gc.set_threshold(*SELDOM)


def tell(sentence: str) -> None:
    """Say something to whoever typed the command, away from its output."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201
