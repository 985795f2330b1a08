"""`python -m evals dataset import | export | push`: datasets from and for elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from agent.command_line import counted, new_commands, tell

exchange = new_commands("Import, export and publish datasets.")
Dataset = Annotated[str, typer.Argument(help="Name or folder of a dataset.")]


@exchange.command("import")
def import_(
    source: Annotated[
        str,
        typer.Argument(
            help="A folder, a CSV or JSONL beside its recordings, a zip or tar.gz, a folder of "
            "Parquet or Arrow files, or owner/name on the Hugging Face Hub."
        ),
    ],
    name: Annotated[str, typer.Option(help="Name of the new dataset.")],
    part: Annotated[
        str, typer.Option(help="Hub only: import only this folder of the repository.")
    ] = "",
    only: Annotated[
        list[str] | None,
        typer.Option(help="Only rows with this value, such as language=eng. Can be repeated."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N utterances.")] = None,
) -> None:
    """Import recordings as a new dataset of your own; if one row is wrong, nothing is written.

    Columns have their usual names: file_name or audio; transcript, pronunciation or text;
    latex, formula or sentence. Speech2LaTeX needs no conversion.

    Example: `python -m evals dataset import marsianin500/Speech2Latex --part s2l_equations
    --only language=eng --limit 500 --name s2l`
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from agent.home import open_home  # noqa: PLC0415
    from agent.settings import read_settings  # noqa: PLC0415 (heavy)
    from evals.dataset.hub import download_dataset, is_repository  # noqa: PLC0415
    from evals.dataset.importing import import_dataset  # noqa: PLC0415
    from evals.dataset.own import check_name  # noqa: PLC0415

    settings, chosen = read_settings(), dict(_column(each) for each in only or ())
    datasets = settings.workbench_home / "datasets"
    check_name(name)
    open_home(settings.workbench_home)
    if is_repository(source) and not Path(source).exists():
        with TemporaryDirectory() as fetched:
            download_dataset(source, part, Path(fetched), settings.hf_token)
            done = import_dataset(Path(fetched), datasets, name, only=chosen, limit=limit)
    else:
        done = import_dataset(Path(source), datasets, name, only=chosen, limit=limit)
    tell(f"{counted(done.n_utterances, 'utterance')} in {done.folder}")


@exchange.command()
def export(
    dataset: Dataset, target: Annotated[Path, typer.Argument(help="Zip file to write.")]
) -> None:
    """Write a dataset to a zip in the AudioFolder layout.

    Example: `python -m evals dataset export corrections corrections.zip`
    """
    from evals.dataset.export import export_dataset  # noqa: PLC0415 (heavy)

    n_utterances = export_dataset(_folder(dataset), target)
    tell(f"{counted(n_utterances, 'utterance')} in {target}")


@exchange.command()
def push(
    dataset: Dataset,
    repository: Annotated[str, typer.Argument(help="Repository on the Hub: owner/name.")],
    public: Annotated[bool, typer.Option("--public", help="Make the repository public.")] = False,
) -> None:
    """Upload a dataset to the Hugging Face Hub with the token HF_TOKEN; private by default.

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
