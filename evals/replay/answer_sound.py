"""The sound of a tutor's answer: counted always, kept on request."""

import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path

from agent.audio import TUTOR_RATE_HZ, Pcm16, encoded
from agent.files import replace_file
from evals.runs.prediction import Prediction

FOLDER = "answers"
MAX_KEPT_SEC = 60.0  # of one answer
MAX_KEPT_BYTES = 500 * 2**20  # of one run, about 40 hours
_BYTES_PER_SEC = 2 * TUTOR_RATE_HZ


class AnswerSound:
    """What has come of one answer, 24 kHz; its first minute stays, if it is to be kept."""

    def __init__(self, *, is_kept: bool = False) -> None:
        self._is_kept = is_kept
        self._kept = bytearray()
        self._n_bytes = 0

    def add(self, pcm: bytes) -> None:
        """Take the next piece: little-endian int16, as the service sends it."""
        self._n_bytes += len(pcm)
        if self._is_kept and len(self._kept) < MAX_KEPT_SEC * _BYTES_PER_SEC:
            self._kept += pcm

    @property
    def duration_sec(self) -> float:
        """How long the answer is, kept or not."""
        return self._n_bytes / _BYTES_PER_SEC

    def pcm(self) -> Pcm16 | None:
        """What was kept; None for nothing."""
        whole = bytes(self._kept[: len(self._kept) // 2 * 2])
        return Pcm16.from_bytes(whole, TUTOR_RATE_HZ) if whole else None


Replay = Callable[[Pcm16, AnswerSound], Awaitable[Prediction]]
"""Replays one recording; the answer's sound goes into the AnswerSound."""


class KeptAnswers:
    """The folder of a run that holds answers as Opus, up to 500 MB."""

    def __init__(self, run_folder: Path) -> None:
        self._run_folder = run_folder
        files = (run_folder / FOLDER).glob("*.opus")
        self._n_bytes = sum(path.stat().st_size for path in files)

    def keep(self, pcm: Pcm16, utterance_id: str, epoch: int, attempt: int) -> str | None:
        """Write one answer; gives its path inside the run folder, None when the folder is full.

        Raises EnvironmentNotReady when it can't be written.
        """
        if self._n_bytes >= MAX_KEPT_BYTES:
            return None
        digest = hashlib.sha256(utterance_id.encode()).hexdigest()[:16]  # ids may be no file names
        name = f"{FOLDER}/{digest}-{epoch}-{attempt}.opus"
        content = encoded(pcm, "OGG", "OPUS")
        replace_file(self._run_folder / name, content, below=self._run_folder)
        self._n_bytes += len(content)
        return name
