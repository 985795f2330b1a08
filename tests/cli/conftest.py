"""The commands as processes of their own, against a Local Live that hears each recording rightly."""

import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from agent.audio import read_audio
from agent.local_live.canned import CannedRecogniser, SilentVoice, audio_key
from tests.forked import Forked, ForkServer, Program
from tests.live_service import endpoint_environment, environment_without_service, running_local_live
from tests.paths import DATASET

TIMEOUT_SEC = 120


@dataclass(frozen=True)
class Commands:
    """Runs commands in an environment that names a Live service, or none."""

    forks: ForkServer
    environment: dict[str, str]

    def start(self, *words: str, limit_bytes: int | None = None) -> Forked:
        """A command under way; with `limit_bytes` no file may grow beyond that."""
        return self.forks.start(Program(("-m", *words), self.environment, limit_bytes))

    def run(
        self, *words: str, limit_bytes: int | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """A command that has ended; no command may end in a traceback."""
        process = self.start(*words, limit_bytes=limit_bytes)
        output, errors = process.communicate(timeout=TIMEOUT_SEC)
        assert "Traceback" not in errors, errors
        assert "A fault of this program" not in errors, errors
        return subprocess.CompletedProcess(words, process.wait(), output, errors)

    def beside(self, **environment: str) -> "Commands":
        """The same commands with these variables set too."""
        return replace(self, environment=self.environment | environment)


@pytest.fixture(scope="session")
def truths() -> dict[str, str]:
    """What is said in each recording of the shipped dataset, by its audio."""
    rows = map(json.loads, (DATASET / "metadata.jsonl").read_text().splitlines())
    return {audio_key(read_audio(DATASET / row["file_name"])): row["transcript"] for row in rows}


@pytest.fixture
def serving(
    command_forks: ForkServer, truths: dict[str, str], tmp_path: Path
) -> Iterator[Callable[[Sequence[str]], Commands]]:
    """Commands beside a service of their own, which has the faults it is given."""
    with ExitStack() as stack:

        def serve(faults: Sequence[str] = ()) -> Commands:
            live = running_local_live(CannedRecogniser(truths), SilentVoice(), faults)
            service = endpoint_environment(stack.enter_context(live))
            home = {"WORKBENCH_HOME": str(tmp_path)}
            return Commands(command_forks, environment_without_service() | home | service)

        yield serve


@pytest.fixture
def commands(serving: Callable[[], Commands]) -> Commands:
    """Commands beside a service that does all rightly."""
    return serving()


@pytest.fixture
def keyless(command_forks: ForkServer, tmp_path: Path) -> Commands:
    """Commands with no service to talk to but the embedded engine."""
    home = {"WORKBENCH_HOME": str(tmp_path)}
    return Commands(command_forks, environment_without_service() | home)
