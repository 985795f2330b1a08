"""What others import: promised in docs/interface.md, typed, and there."""

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.paths import PROJECT

PROMISED = {
    package: re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    for package, section in re.findall(
        r"^## ([\w.]+)$(.*?)(?=^## |\Z)",
        (PROJECT / "docs" / "interface.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
}
# Packages that were modules once, with the names that notebooks and users' programs import.
FACES = {
    "agent.tutor": "DEFAULT_VOICE TurnDetection Tutor",
    "evals.report": "report_json report_markdown summary_json write_report",
    "evals.runs": "ATTEMPTS Attempt FORMAT_VERSION LOCK RUN RecordedPrompt RecordedTutor "
    "Run RunInfo RunStatus list_runs new_run_folder replace_file",
    "evals.scoring": "SCORER_VERSION Scorable Status UtteranceScore score_utterances",
    "evals.synthesis": "synthesise",
}

# Others' libraries are left unread: that takes a minute, and says nothing about our types.
CHECKER = """
[mypy]
follow_imports = skip
[mypy-agent.*,evals.*]
follow_imports = silent
"""


@pytest.mark.parametrize("package", PROMISED)
def test_a_package_hands_on_what_the_docs_promise(package: str) -> None:
    """No more, or a later version can't change it; no less, or a promise is broken."""
    module = import_module(package)
    assert sorted(module.__all__) == sorted(PROMISED[package])
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("package", FACES)
def test_a_package_hands_on_the_names_of_the_module_whose_name_it_took(package: str) -> None:
    """`from evals.runs import Run` was written before `evals.runs` was a package."""
    module = import_module(package)
    assert set(FACES[package].split()) <= set(module.__all__)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


@pytest.mark.parametrize("package", ["agent", "evals", "workbench"])
def test_a_package_says_that_it_is_typed(package: str) -> None:
    """Without the marker a type checker takes everything from it for Any."""
    assert (PROJECT / package / "py.typed").is_file()


def test_an_unknown_name_is_an_error_that_names_it() -> None:
    """A misspelt name must not be found as late as in a call."""
    with pytest.raises(AttributeError, match="module 'evals' has no attribute 'runn'"):
        import_module("evals").runn  # noqa: B018


def test_a_type_checker_elsewhere_knows_every_promised_name(tmp_path: Path) -> None:
    """Somebody's program is checked with what is installed, not with our own settings."""
    program = tmp_path / "program.py"
    (tmp_path / "mypy.ini").write_text(CHECKER)
    names = [(package, name) for package, names in PROMISED.items() for name in names]
    program.write_text(
        "".join(f"import {package}\n" for package in PROMISED)
        + "".join(f"reveal_type({package}.{name})\n" for package, name in names)
    )
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", PROJECT / ".mypy_cache/outside", program],
        cwd=tmp_path,
        env=os.environ | {"MYPYPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
    types = re.findall(r'Revealed type is "(.*)"', checked.stdout)
    assert len(types) == len(names)
    unknown = [name for name, found in zip(names, types, strict=True) if found == "Any"]
    assert unknown == []
