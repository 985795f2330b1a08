"""`python -m evals dataset`: make recordings, make them worse, look at them."""

from pathlib import Path
from typing import Annotated

import typer

from agent.command_line import new_commands, tell

dataset = new_commands("Make datasets of recordings, make them worse, check and count them.")
Manifest = Annotated[Path, typer.Argument(help="A tab-separated table of phrases.")]
Folder = Annotated[Path, typer.Argument(help="The dataset's folder.")]
Out = Annotated[
    Path | None, typer.Option(help="Where the recordings go; beside the manifest when left out.")
]


@dataset.command()
def synth(manifest: Manifest, out: Out = None) -> None:
    """Speak the phrases of a manifest in flite's voices. Recordings that exist are kept.

    Example: `python -m evals dataset synth datasets/spoken-math-mini/phrases.tsv --out mine`
    """
    from evals.synthesis.dataset import synthesise  # noqa: PLC0415 (heavy)

    folder = out or manifest.parent
    tell(f"{synthesise(manifest, folder)} recordings in {folder}")


@dataset.command()
def perturb(  # noqa: PLR0913, PLR0917 (each is an option of the command line)
    folder: Folder,
    out: Annotated[Path, typer.Argument(help="A new folder.")],
    noise: Annotated[str | None, typer.Option(help="white, babble, or a recording.")] = None,
    snr: Annotated[float, typer.Option(help="Signal to noise in dB.")] = 20.0,
    gain: Annotated[float | None, typer.Option(help="Louder by so many dB.")] = None,
    clip: Annotated[float | None, typer.Option(help="Cut peaks at this share of them.")] = None,
    speed: Annotated[float | None, typer.Option(help="Faster by this factor, and higher.")] = None,
    band: Annotated[str | None, typer.Option(help="Frequencies left in Hz: 300-3400.")] = None,
    codec: Annotated[str | None, typer.Option(help="mu-law, opus or mp3.")] = None,
    reverb: Annotated[float | None, typer.Option(help="Seconds a room rings.")] = None,
    pause: Annotated[float | None, typer.Option(help="Seconds of silence inside.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same noise.")] = 1,
) -> None:
    """Write a copy of a dataset with its recordings made worse; the metadata say how.

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
    """Print everything that is wrong, with file and line; exit code 1 when anything is.

    Example: `python -m evals dataset validate datasets/spoken-math-mini`
    """
    from evals.dataset.checks import find_problems  # noqa: PLC0415 (heavy)

    problems = [str(finding) for finding in find_problems(folder)]
    typer.echo("\n".join(problems) or f"{folder} is in order")
    raise typer.Exit(1 if problems else 0)


@dataset.command()
def stats(
    folder: Folder,
    picture: Annotated[Path | None, typer.Option(help="Draw the make-up into an SVG.")] = None,
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


def _band(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    low, _, high = text.partition("-")
    try:
        return float(low), float(high)
    except ValueError:
        raise typer.BadParameter("give two frequencies: --band 300-3400") from None
