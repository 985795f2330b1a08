"""The notebooks, run as Jupyter runs them, with the embedded engine on a few clips."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.live_service import environment_without_service
from tests.paths import PROJECT

NOTEBOOKS = PROJECT / "notebooks"
NAMES = ["compare_prompts", "label_a_set", "read_a_run", "robustness"]
TIMEOUT_SEC = 300
SAMPLE = re.compile(r"^EVERY = \d+", re.MULTILINE)
FEWER = "EVERY = 40"  # a handful of recordings shows that all works


def read(name: str) -> Any:
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def test_each_is_tried_here_and_named_in_the_docs() -> None:
    """One that nobody runs rots."""
    assert sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")) == NAMES
    docs = (PROJECT / "docs" / "python.md").read_text(encoding="utf-8")
    assert not [name for name in NAMES if f"`{name}.ipynb`" not in docs]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_kept_without_outputs(name: str) -> None:
    """Outputs would be somebody's figures from some day, and change with every look."""
    cells = [cell for cell in read(name).cells if cell.cell_type == "code"]
    assert cells
    assert not [cell.source for cell in cells if cell.outputs or cell.execution_count]


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_from_top_to_bottom_and_plots(name: str, tmp_path: Path) -> None:
    """A reader's first press of Run all must work; what it writes is not left behind."""
    notebook = read(name)
    for cell in notebook.cells:
        cell.source = SAMPLE.sub(FEWER, cell.source)
    environment = environment_without_service() | {"TMPDIR": str(tmp_path)}
    where = {"metadata": {"path": str(NOTEBOOKS)}}
    client = NotebookClient(notebook, timeout=TIMEOUT_SEC, kernel_name="python3", resources=where)
    client.execute(env=environment | {"IPYTHONDIR": str(tmp_path / "ipython")})
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert not [output.text for output in outputs if output.get("name") == "stderr"]
