"""`python -m evals dataset`: make recordings, make them worse, look at them."""

from pathlib import Path
from typing import Annotated

import typer

from agent.command_line import new_commands, tell

dataset = new_commands("Make, degrade, check, count, import and export datasets of recordings.")
Manifest = Annotated[Path, typer.Argument(help="A tab-separated table of phrases.")]
Folder = Annotated[Path, typer.Argument(help="The dataset's folder.")]
Out = Annotated[
    Path | None, typer.Option(help="Folder for the recordings. Default: the manifest's folder.")
]


@dataset.command()
def synth(manifest: Manifest, out: Out = None) -> None:
    """Speak the phrases of a manifest with flite's voices. Existing recordings are kept.

    Example: `python -m evals dataset synth datasets/spoken-math-mini/phrases.tsv --out mine`
    """
    from evals.synthesis.dataset import synthesise  # noqa: PLC0415 (heavy)

    folder = out or manifest.parent
    tell(f"{synthesise(manifest, folder)} recordings in {folder}")


@dataset.command()
def perturb(  # noqa: PLR0913, PLR0917 (each is an option of the command line)
    folder: Folder,
    out: Annotated[Path, typer.Argument(help="Folder to create.")],
    noise: Annotated[
        str | None, typer.Option(help="white, babble, or the path of a recording of noise.")
    ] = None,
    snr: Annotated[float, typer.Option(help="With --noise: signal-to-noise ratio in dB.")] = 20.0,
    gain: Annotated[float | None, typer.Option(help="Change the level by so many dB.")] = None,
    clip: Annotated[
        float | None, typer.Option(help="Clip at this share of the peak, such as 0.3.")
    ] = None,
    speed: Annotated[
        float | None, typer.Option(help="Speed factor, such as 1.2; the pitch changes with it.")
    ] = None,
    band: Annotated[
        str | None, typer.Option(help="Keep only these frequencies in Hz, such as 300-3400.")
    ] = None,
    codec: Annotated[
        str | None, typer.Option(help="Encode and decode with mu-law, opus or mp3.")
    ] = None,
    reverb: Annotated[float | None, typer.Option(help="Reverberation time in seconds.")] = None,
    pause: Annotated[
        float | None, typer.Option(help="Insert a silence of so many seconds.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same result.")] = 1,
) -> None:
    """Write a copy of a dataset with degraded recordings; its metadata records how.

    Example: `python -m evals dataset perturb datasets/spoken-math-mini noisy --noise babble`
    """
    from evals.synthesis.perturb import Perturbation  # noqa: PLC0415
    from evals.synthesis.perturb_dataset import perturb_dataset  # noqa: PLC0415 (heavy)

    how = Perturbation(
        speed=speed,
        pause_sec=pause,
        reverb_sec=reverb,
        noise=noise,
        snr_db=snr,
        gain_db=gain,
        clip=clip,
        band_hz=_band(band),
        codec=codec,
        seed=seed,
    )
    tell(f"{perturb_dataset(folder, out, how)} recordings in {out}")


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

    from evals.cli.tables import stats_table  # noqa: PLC0415
    from evals.dataset.picture import make_up_svg  # noqa: PLC0415
    from evals.dataset.stats import dataset_stats  # noqa: PLC0415
    from evals.dataset.utterances import load_dataset  # noqa: PLC0415
    from evals.files import replace_file  # noqa: PLC0415

    counted = load_dataset(folder)
    Console().print(stats_table(dataset_stats(counted)))
    if picture is not None:
        replace_file(picture, make_up_svg(counted))


def _band(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    low, _, high = text.partition("-")
    try:
        return float(low), float(high)
    except ValueError:
        raise typer.BadParameter("give two frequencies: --band 300-3400") from None
