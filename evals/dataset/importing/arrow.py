"""Datasets as the Hugging Face Hub stores them: Parquet, or Arrow as Speech2LaTeX has it.

Speech2LaTeX (https://huggingface.co/datasets/marsianin500/Speech2Latex) lies in folders
`s2l_equations`, `s2l_sentences_train`, `s2l_sentences_test` of `data-*.arrow` files, with the
sound inside, in the column `audio_path`; `pronunciation` are the words and `sentence` the LaTeX.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from agent.audio import MAX_FILE_BYTES
from agent.errors import DatasetError, EnvironmentNotReady
from evals.dataset.importing.columns import FILE
from evals.dataset.importing.tables import Clip

if TYPE_CHECKING:
    from pyarrow import RecordBatch

SUFFIXES = (".parquet", ".arrow")
ROWS_AT_ONCE = 16


def holds_arrow(folder: Path) -> bool:
    """Whether `folder` is of Parquet or Arrow files."""
    return next(_files(folder), None) is not None


def read_arrow_clips(folder: Path) -> Iterator[Clip]:
    """Every row of every file with the sound that is in it; a few rows at a time in memory.

    EnvironmentNotReady without pyarrow, DatasetError for a file that is broken or has no sound.
    """
    try:
        import pyarrow  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise EnvironmentNotReady(
            "Parquet and Arrow files need pyarrow: pip install 'spoken-maths-workbench[hub]'."
        ) from error
    for path in sorted(_files(folder)):
        name = path.relative_to(folder).as_posix()
        try:
            for number, row in enumerate(_rows(path), start=1):
                yield _clip(f"{name}, row {number}", row)
        except pyarrow.ArrowException as error:
            raise DatasetError(f"{name} is broken, or no such file; download it again.") from error


def _files(folder: Path) -> Iterator[Path]:
    return (
        path
        for suffix in SUFFIXES
        for path in folder.rglob(f"*{suffix}")
        if path.is_file() and not path.is_symlink()
    )


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    for batch in _batches(path):
        for begin in range(0, batch.num_rows, ROWS_AT_ONCE):
            yield from batch.slice(begin, ROWS_AT_ONCE).to_pylist()


def _batches(path: Path) -> "Iterator[RecordBatch]":
    import pyarrow  # noqa: PLC0415 (an extra)

    if path.suffix == ".parquet":
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415

        with ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=ROWS_AT_ONCE)
    else:
        with pyarrow.memory_map(str(path)) as mapped:
            yield from pyarrow.ipc.open_stream(mapped)


def _clip(where: str, row: Mapping[str, object]) -> Clip:
    for column in FILE:
        sound = row.get(column)
        if isinstance(sound, Mapping) and isinstance(sound.get("bytes"), bytes):
            content: bytes = sound["bytes"]
            if len(content) > MAX_FILE_BYTES:
                raise DatasetError(f"{where}: the recording is too large; cut it into utterances.")
            name = str(sound.get("path") or f"{where.replace('/', '-')}.wav")
            return Clip(where, name, partial(bytes, content), row)
    raise DatasetError(f"{where}: expected the sound itself in a column `audio`, got none.")
