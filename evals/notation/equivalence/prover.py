"""A symbolic library at arm's length."""

import json
import os
import select
import subprocess
import sys
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from evals.notation.equivalence import worker

START_TIMEOUT_SEC = 60.0  # SymPy on a busy machine
ANSWER_TIMEOUT_SEC = worker.COMPARISON_TIMEOUT_SEC + 0.4
_VERDICTS = {b"t": True, b"f": False}


class Prover:
    """Whether two formulas have the same value, found by Math-Verify in a process of its own.

    Owned by a `with`. Calls from several threads queue; from asyncio, call it in a thread.
    The process starts at the first question. Whatever it dies of costs that one verdict.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    @property
    def process_id(self) -> int | None:
        """The process that compares; None before the first question."""
        return self._process.pid if self._process else None

    def are_equal(self, reference: str, prediction: str) -> bool | None:
        """True or False; None where that can't be said within the limits of time and memory."""
        with self._lock:
            try:
                process = self._process or self._start()
                _send(process, json.dumps([reference, prediction]))
                answer = _receive(process, ANSWER_TIMEOUT_SEC)
            except OSError:
                answer = b""
            if not answer:
                self._stop()
            return _VERDICTS.get(answer)

    def _start(self) -> subprocess.Popen[bytes]:
        # -P: the worker's own folder must not hide the standard library's modules
        command = [sys.executable, "-P", str(Path(worker.__file__))]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        if not _receive(self._process, START_TIMEOUT_SEC):
            raise ChildProcessError("the process that compares formulas did not start")
        return self._process

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        with self._process:  # closes the pipes and waits
            self._process = None


def _send(process: subprocess.Popen[bytes], line: str) -> None:
    if process.stdin:
        process.stdin.write(line.encode() + b"\n")


def _receive(process: subprocess.Popen[bytes], timeout_sec: float) -> bytes:
    """One byte; none when the process died or took too long."""
    if process.stdout is None:
        return b""
    readable, _, _ = select.select([process.stdout], [], [], timeout_sec)
    return os.read(process.stdout.fileno(), 1) if readable else b""
