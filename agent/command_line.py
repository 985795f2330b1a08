"""How every command of the project ends: one sentence and an exit code, never a traceback."""

import gc
import signal
import sys
from types import FrameType
from typing import NoReturn

import typer

from agent.errors import SpokenMathsError
from agent.outputs import take_over_outputs

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
    take_over_outputs()
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _unwind)
    try:
        try:
            commands(obj=context)
        finally:
            sys.stdout.flush()
    except SpokenMathsError as error:
        tell(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        tell(f"A fault of this program, {type(error).__name__}: {error}. {HOW_TO_TELL}")
        sys.exit(FAULT)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it has ended: a second one finds nothing
    sys.exit(0)


def _unwind(number: int, _: FrameType | None) -> NoReturn:
    """End as Ctrl-C does, so that whatever is half written goes."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


def counted(n: int, noun: str) -> str:
    """So many of them: "1 utterance", "2 utterances"."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def collect_seldom() -> None:
    """Have Python look for lost cycles less often than it does for programs that run for long.

    A command on a large run makes a million values that live until it ends: looking through
    them again and again took a third of its time.
    """
    gc.set_threshold(*SELDOM)


def tell(sentence: str) -> None:
    """Say something to whoever typed the command, away from its output."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201
