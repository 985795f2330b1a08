"""`make space`: the folder that a Hugging Face Space is made of."""

import runpy
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.paths import PROJECT

Check = Callable[[Path], list[str]]


@pytest.fixture(scope="module")
def check() -> Check:
    found: Check = runpy.run_path(str(PROJECT / "scripts" / "space.py"))["check"]
    return found


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written by the command itself."""
    folder = tmp_path_factory.mktemp("space")
    uv = subprocess.check_output(["scripts/ensure-uv"], cwd=PROJECT, text=True).strip()
    command = [str(PROJECT / ".venv" / "bin" / "python"), "scripts/space.py", uv, str(folder)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"hf upload NAME {folder}" in done.stdout
    return folder


def test_a_space_has_what_its_image_copies_and_nothing_of_ones_own(
    space: Path, check: Check
) -> None:
    """Keys, recordings and runs of one's own stay at home."""
    assert check(space) == []
    listed = subprocess.check_output(["git", "ls-files"], cwd=PROJECT, text=True).split("\n")
    made = {"README.md", "THIRD_PARTY", ".gitattributes"}
    written = {str(file.relative_to(space)) for file in space.rglob("*") if file.is_file()}
    assert written - made <= set(listed)
    assert not any(name.startswith(("tests/", ".env", "workspace/")) for name in written)


def test_each_package_of_the_image_is_listed_with_its_licence(space: Path) -> None:
    """Those who build with tools of ours (pytest, ruff) do not ship them."""
    _, _, listed = (space / "THIRD_PARTY").read_text().rpartition("\n\n")
    packages = dict(line.split(": ", 1) for line in listed.strip().splitlines())
    names = {name.split()[0].lower() for name in packages}
    assert all(packages.values())
    assert {"gradio", "fastrtc", "moonshine-voice", "hibari-tts", "mini-racer"} <= names
    assert not {"pytest", "ruff", "playwright", "mypy"} & names


@pytest.mark.parametrize(
    ("file", "change", "fault"),
    [
        ("README.md", ("sdk: docker", "sdk: gradio"), "sdk"),
        ("README.md", ("app_port: 7860", "app_port: 8000"), "another port"),
        ("README.md", ("license: apache-2.0\n", ""), "license"),
        ("Dockerfile", ("\nUSER user\n", "\n"), "user 1000"),
    ],
)
def test_a_folder_that_no_space_can_be_made_of_is_told(
    space: Path, check: Check, file: str, change: tuple[str, str], fault: str
) -> None:
    """Before it is pushed: a Space that does not build says so only in its log."""
    path = space / file
    text = path.read_text()
    assert change[0] in text
    path.write_text(text.replace(*change))
    try:
        assert [each for each in check(space) if fault in each]
    finally:
        path.write_text(text)
