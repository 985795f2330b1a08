"""The commands as processes, against a Local Live that hears each recording rightly."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent.audio import read_audio
from agent.local_live.canned import CannedRecogniser, SilentVoice, audio_key
from tests.live_service import (
    DATASET,
    PROJECT,
    endpoint_environment,
    environment_without_service,
    running_local_live,
)

TIMEOUT_SEC = 120


@dataclass(frozen=True)
class Commands:
    """Runs commands in an environment that names a Live service, or none."""

    environment: dict[str, str]

    def start(self, *words: str, limit_bytes: int | None = None) -> "subprocess.Popen[str]":
        """A command under way; with `limit_bytes` no file may grow beyond that."""
        command = [sys.executable, "-m", *words]
        if limit_bytes is not None:
            command = ["sh", "-c", f'ulimit -f {limit_bytes // 512}; exec "$@"', "sh", *command]
        return subprocess.Popen(
            command,
            cwd=PROJECT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(
        self, *words: str, limit_bytes: int | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """A command that has ended; no command may end in a traceback."""
        process = self.start(*words, limit_bytes=limit_bytes)
        output, errors = process.communicate(timeout=TIMEOUT_SEC)
        assert "Traceback" not in errors, errors
        assert "A fault of this program" not in errors, errors
        return subprocess.CompletedProcess(words, process.returncode, output, errors)


@pytest.fixture(scope="session")
def truths() -> dict[str, str]:
    """What is said in each recording of the shipped dataset, by its audio."""
    rows = map(json.loads, (DATASET / "metadata.jsonl").read_text().splitlines())
    return {audio_key(read_audio(DATASET / row["file_name"])): row["transcript"] for row in rows}


@pytest.fixture
def serving(
    truths: dict[str, str], tmp_path: Path
) -> Iterator[Callable[[Sequence[str]], Commands]]:
    """Commands beside a service of their own, which has the faults it is given."""
    with ExitStack() as stack:

        def serve(faults: Sequence[str] = ()) -> Commands:
            live = running_local_live(CannedRecogniser(truths), SilentVoice(), faults)
            service = endpoint_environment(stack.enter_context(live))
            home = {"WORKBENCH_HOME": str(tmp_path)}
            return Commands(environment_without_service() | home | service)

        yield serve


@pytest.fixture
def commands(serving: Callable[[], Commands]) -> Commands:
    """Commands beside a service that does all rightly."""
    return serving()


@pytest.fixture
def keyless(tmp_path: Path) -> Commands:
    """Commands with no service to talk to but the embedded engine."""
    return Commands(environment_without_service() | {"WORKBENCH_HOME": str(tmp_path)})
