"""`python -m evals dataset import | export | push`: datasets from and for elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from agent.command_line import new_commands, tell

exchange = new_commands("Bring datasets in, and take them along.")
Dataset = Annotated[str, typer.Argument(help="A dataset's name or folder.")]


@exchange.command("import")
def import_(
    source: Annotated[
        str,
        typer.Argument(
            help="A folder, a CSV or JSONL beside its recordings, a zip or tar.gz, a folder of "
            "Parquet or Arrow files, or owner/name on the Hugging Face Hub."
        ),
    ],
    name: Annotated[str, typer.Option(help="What it is called here.")],
    part: Annotated[str, typer.Option(help="On the Hub: only this folder of it.")] = "",
    only: Annotated[
        list[str] | None, typer.Option(help="Rows with this value: language=eng. Can be repeated.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="The first so many utterances.")] = None,
) -> None:
    """Make a dataset of your own of what others recorded; all of it or nothing.

    Columns are understood by their usual names (file_name, audio; transcript, pronunciation,
    text; latex, formula, sentence), so that Speech2LaTeX comes in as it is.

    Example: `python -m evals dataset import marsianin500/Speech2Latex --part s2l_equations
    --only language=eng --limit 500 --name s2l`
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from agent.settings import read_settings  # noqa: PLC0415 (heavy)
    from evals.dataset.hub import download_dataset, is_repository  # noqa: PLC0415
    from evals.dataset.importing import import_dataset  # noqa: PLC0415
    from evals.dataset.own import check_name  # noqa: PLC0415

    settings, chosen = read_settings(), dict(_column(each) for each in only or ())
    datasets = settings.workbench_home / "datasets"
    check_name(name)
    if is_repository(source) and not Path(source).exists():
        with TemporaryDirectory() as fetched:
            download_dataset(source, part, Path(fetched), settings.hf_token)
            done = import_dataset(Path(fetched), datasets, name, only=chosen, limit=limit)
    else:
        done = import_dataset(Path(source), datasets, name, only=chosen, limit=limit)
    tell(f"{done.n_utterances} utterances in {done.folder}")


@exchange.command()
def export(
    dataset: Dataset, target: Annotated[Path, typer.Argument(help="The zip to write.")]
) -> None:
    """Write a dataset into a zip that every reader of AudioFolder takes.

    Example: `python -m evals dataset export corrections corrections.zip`
    """
    from evals.dataset.export import export_dataset  # noqa: PLC0415 (heavy)

    tell(f"{export_dataset(_folder(dataset), target)} utterances in {target}")


@exchange.command()
def push(
    dataset: Dataset,
    repository: Annotated[str, typer.Argument(help="Where to: owner/name.")],
    public: Annotated[bool, typer.Option("--public", help="Everybody may see it.")] = False,
) -> None:
    """Put a dataset on the Hugging Face Hub, with the token in HF_TOKEN; private at first.

    Example: `python -m evals dataset push corrections my-name/spoken-corrections`
    """
    from agent.settings import read_settings  # noqa: PLC0415 (heavy)
    from evals.dataset.hub import push_dataset  # noqa: PLC0415

    token = read_settings().hf_token
    tell(f"It is at {push_dataset(_folder(dataset), repository, token, public=public)}")


def _folder(dataset: str) -> Path:
    from agent.settings import read_settings  # noqa: PLC0415 (heavy)
    from evals.dataset.catalogue import dataset_folders, find_dataset  # noqa: PLC0415

    return find_dataset(dataset, dataset_folders(read_settings().workbench_home))


def _column(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise typer.BadParameter("give a column and its value: --only language=eng")
    return name, value
