"""Commands whose output is closed, full or not read: a sentence or silence, never a fault."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.live_service import environment_without_service
from tests.paths import PROJECT

FULL = "No space left on device"


@pytest.mark.parametrize(
    ("streams", "words", "code", "said"),
    [
        (">/dev/full", "evals --help", 4, FULL),
        (">/dev/full 2>/dev/full", "agent spoken x", 4, ""),
        (">/dev/full 2>/dev/full", "evals dataset --help", 4, ""),
        ("2>/dev/full", "agent spoken x", 0, ""),
        ("2>/dev/full", "agent nonsense", 2, ""),
        (">&- 2>&-", "agent spoken --json x", 0, ""),
        ("<&-", "agent spoken --json", 0, ""),
        ("| true", "evals run --help", 141, ""),
    ],
)
def test_a_command_ends_well_whatever_becomes_of_its_output(
    tmp_path: Path, streams: str, words: str, code: int, said: str
) -> None:
    """70 is a fault of this program, 120 is what Python ends with when it can't flush."""
    shell = f'"$PYTHON" -m {words} {streams}; exit "${{PIPESTATUS[0]}}"'
    environment = environment_without_service() | {"PYTHON": sys.executable}
    done = subprocess.run(
        ["bash", "-c", shell],
        env=environment | {"WORKBENCH_HOME": str(tmp_path)},
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
