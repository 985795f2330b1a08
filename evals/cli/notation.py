"""`python -m evals notation`."""

from pathlib import Path
from typing import Annotated

import typer

Reference = Annotated[str | None, typer.Argument(help="What was said, as LaTeX.")]
PredictionText = Annotated[str | None, typer.Argument(help="What was written, as LaTeX.")]
PairsFile = Annotated[
    Path | None,
    typer.Option(
        "--pairs",
        help='A file of JSON lines {"id", "reference", "prediction"}; "reference" is a string or '
        "a list of accepted readings.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object per line.")]


def notation(
    reference: Reference = None,
    prediction: PredictionText = None,
    pairs: PairsFile = None,
    as_json: AsJson = False,
) -> None:
    """Compare two formulas, or a file of pairs: how far the notation agrees, and why no further.

    Example: `python -m evals notation '(x+1)^2' 'x+1^2'`

    Example: `python -m evals notation --pairs pairs.jsonl --json`
    """
    from evals.cli.notation_pairs import one_pair, read_pairs, tell_verdicts  # noqa: PLC0415 (heavy)

    if pairs is not None and reference is None:
        tell_verdicts(read_pairs(pairs), as_json=as_json)
    elif reference is not None and prediction is not None and pairs is None:
        tell_verdicts([one_pair(reference, prediction)], as_json=as_json)
    else:
        raise typer.BadParameter("give a reference and a prediction, or --pairs with a file")
