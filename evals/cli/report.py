"""`python -m evals report`."""

from pathlib import Path
from typing import Annotated

import typer

from agent.command_line import tell
from evals.cli.scored import RunFolder, exit_code, scored_run

OutputFile = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Where to write; ends in .html, .md, .json, .csv or .xml (JUnit)."
    ),
]


def report(
    folder: RunFolder,
    output: OutputFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Write a report in the format of the file's name; without a file, print Markdown.

    Example: `python -m evals report workspace/runs/first -o first.md`
    """
    from evals.report.documents import dump, report_json, report_markdown, write_report  # noqa: PLC0415

    scored = scored_run(folder)
    if output is not None:
        write_report(scored, output)
        tell(f"wrote {output}")
    if as_json:
        typer.echo(dump(report_json(scored)), nl=False)
    elif output is None:
        typer.echo(report_markdown(scored), nl=False)
    raise typer.Exit(exit_code(scored))
