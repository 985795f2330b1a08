"""`python -m evals score`."""

from pathlib import Path
from typing import Annotated

import typer

from agent.command_line import tell
from evals.cli.gates import (
    GATE_FAILED,
    NO_GATES,
    EngineAsked,
    Gates,
    refuse_embedded,
    with_gates,
)
from evals.cli.scored import exit_code

What = Annotated[
    Path, typer.Argument(help="A run folder, or a .jsonl file with predictions of another system.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]
Equivalent = Annotated[
    bool,
    typer.Option("--equivalent", help="Also decide whether wrong formulas have the same value."),
]


@with_gates
def score(
    what: What,
    equivalent: Equivalent = False,
    as_json: AsJson = False,
    gates: Gates = NO_GATES,
    engine: EngineAsked = None,
) -> None:
    """Score a run: words heard, formulas understood. Needs no network and can be repeated.

    It also scores a JSON Lines file with predictions of another system (docs/scoring.md).

    Example: `python -m evals score workspace/runs/first`
    """
    from evals.cli.judging import judge_file, judge_run  # noqa: PLC0415 (heavy)

    if what.is_file():
        summary = judge_file(what, equivalent=equivalent, as_json=as_json)
        code, engines = int(summary.utterances.ok < summary.utterances.total), []
    else:
        scored = judge_run(what, equivalent=equivalent, as_json=as_json)
        summary, code, engines = scored.summary, exit_code(scored), [scored.run.info.engine]
    if gates.are_set:
        refuse_embedded(engines, engine)
        for failure in gates.failures(summary):
            tell(failure)
            code = GATE_FAILED
    raise typer.Exit(code)
