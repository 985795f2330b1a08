"""`python -m evals dataset`: make recordings, make them worse, look at them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from agent.command_line import counted, new_commands, tell
from evals.cli.effect_options import with_effects
from evals.synthesis.perturbation import Perturbation

dataset = new_commands("Make, degrade, check, count, import and export datasets of recordings.")
Manifest = Annotated[Path, typer.Argument(help="A tab-separated table of phrases.")]
Folder = Annotated[Path, typer.Argument(help="The dataset's folder.")]
Out = Annotated[
    Path | None, typer.Option(help="Folder for the recordings. Default: the manifest's folder.")
]


@dataset.command()
def synth(manifest: Manifest, out: Out = None) -> None:
    """Speak the phrases of a manifest, in the natural voice heart where it names no other.

    Existing recordings are kept. flite's voices need flite.

    Example: `python -m evals dataset synth datasets/spoken-math-mini/phrases.tsv --out mine`
    """
    from evals.synthesis.dataset import synthesise  # noqa: PLC0415 (heavy)

    folder = out or manifest.parent
    tell(f"{counted(synthesise(manifest, folder), 'recording')} in {folder}")


@dataset.command()
@with_effects
def perturb(
    folder: Folder,
    out: Annotated[Path, typer.Argument(help="Folder to create.")],
    **effects: Any,  # noqa: ANN401 (each of its option's type)
) -> None:
    """Write a copy of a dataset with degraded recordings; its metadata records how.

    Example: `python -m evals dataset perturb datasets/spoken-math-mini noisy --noise babble`
    """
    from evals.synthesis.perturb_dataset import perturb_dataset  # noqa: PLC0415 (heavy)

    how = Perturbation(**effects)
    tell(f"{counted(perturb_dataset(folder, out, how), 'recording')} in {out}")


@dataset.command()
def validate(folder: Folder) -> None:
    """Print every problem of a dataset with file and line; exit with 1 if there is any.

    Example: `python -m evals dataset validate datasets/spoken-math-mini`
    """
    from evals.dataset.checks import find_problems  # noqa: PLC0415 (heavy)

    problems = [str(finding) for finding in find_problems(folder)]
    typer.echo("\n".join(problems) or f"{folder} is in order")
    raise typer.Exit(1 if problems else 0)


@dataset.command()
def stats(
    folder: Folder,
    picture: Annotated[Path | None, typer.Option(help="SVG file to draw the counts into.")] = None,
) -> None:
    """Count utterances, phrases and seconds, by category, voice and noise.

    Example: `python -m evals dataset stats datasets/spoken-math-mini`
    """
    from rich.console import Console  # noqa: PLC0415 (heavy)

    from agent.files import replace_file  # noqa: PLC0415
    from evals.cli.tables import stats_table  # noqa: PLC0415
    from evals.dataset.picture import make_up_svg  # noqa: PLC0415
    from evals.dataset.stats import dataset_stats  # noqa: PLC0415
    from evals.dataset.utterances import load_dataset  # noqa: PLC0415

    counted = load_dataset(folder)
    Console().print(stats_table(dataset_stats(counted)))
    if picture is not None:
        replace_file(picture, make_up_svg(counted))
