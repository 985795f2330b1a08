"""The options that `run` and `plan` share: what is replayed, with whom, how often."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agent.settings import EngineChoice


class EngineName(StrEnum):
    """Who answers."""

    AUTO = "auto"
    GEMINI = "gemini"
    EMBEDDED = "embedded"


PromptNames = Annotated[
    list[str] | None,
    typer.Option(
        "--prompt",
        help="A file, NAME or NAME@VERSION. Default: AGENT_PROMPT. Repeat it for a grid.",
    ),
]
ModelNames = Annotated[
    list[str] | None,
    typer.Option("--model", help="Live model. Default: AGENT_MODEL. Repeat it for a grid."),
]
Engine = Annotated[
    EngineName | None,
    typer.Option(help="auto: Gemini if there is a key, otherwise embedded. Default: AGENT_ENGINE."),
]
Concurrency = Annotated[
    int | None,
    typer.Option("--concurrency", "-c", min=1, max=64, help="Sessions at the same time."),
]
Limit = Annotated[int | None, typer.Option(min=1, help="Only the first N utterances.")]
Sample = Annotated[int | None, typer.Option(min=1, help="Only N utterances, chosen by --seed.")]
Seed = Annotated[
    int, typer.Option(help="With --sample: the same seed chooses the same utterances.")
]
WrongIn = Annotated[
    str | None,
    typer.Option(
        "--wrong-in",
        help="Only the utterances that this run got wrong: a run folder, or its name in "
        "WORKBENCH_HOME/runs.",
    ),
]
Epochs = Annotated[
    int | None, typer.Option(min=1, max=100, help="Replay each utterance so many times.")
]


def asked_engine(engine: EngineName | None) -> "EngineChoice | None":
    """The engine by the name that the settings know; None leaves it to them."""
    return engine.value if engine else None
