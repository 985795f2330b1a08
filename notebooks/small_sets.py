"""Small datasets made from recordings that are at hand."""

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path


def rows_of(dataset: Path) -> list[dict[str, object]]:
    """The rows of a dataset's metadata."""
    lines = (dataset / "metadata.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def write_rows(dataset: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """Write a dataset's metadata beside its recordings; gives the dataset."""
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (dataset / "metadata.jsonl").write_text("".join(lines), encoding="utf-8")
    return dataset


def take(source: Path, dataset: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """A new dataset of some of the rows of another, recordings copied."""
    chosen = list(rows)
    (dataset / "audio").mkdir(parents=True)
    for row in chosen:
        shutil.copy(source / str(row["file_name"]), dataset / "audio")
    return write_rows(dataset, chosen)
