"""Programs of this project that begin as forks of a process which has imported everything.

Each is a process of its own, with its own environment, streams, signals and exit code. Only the
seconds are saved that its imports would take.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import IO

from tests.paths import PROJECT

MAX_REQUEST_BYTES = 150_000
END_SEC = 10.0


@dataclass(frozen=True)
class Program:
    """`python WORDS` in the project's folder: `-m MODULE ...` or `FILE ...`.

    With `limit_bytes` no file that it writes may grow beyond that.
    """

    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    limit_bytes: int | None = None


class Forked:
    """A program under way; what tests use of `subprocess.Popen` with text."""

    def __init__(self, pid: int, stdout: IO[str], stderr: IO[str] | None, end: IO[str]) -> None:
        self.pid = pid
        self.stdout = stdout
        self.stderr = stderr
        self.returncode: int | None = None
        self._end = end

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        return self._until_ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, as soon as there is one."""
        code = self._until_ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return code

    def communicate(self, timeout: float) -> tuple[str, str]:
        """All that it writes until it ends; it is killed when that takes too long."""
        timer = threading.Timer(timeout, self.kill)
        timer.start()
        streams = [stream for stream in (self.stdout, self.stderr) if stream]
        with ThreadPoolExecutor(len(streams)) as readers:
            output, errors = [*readers.map(lambda stream: stream.read(), streams), ""][:2]
        timer.cancel()
        for stream in streams:
            stream.close()
        self.wait(timeout)
        return output, errors

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _until_ended(self, timeout_sec: float | None) -> int | None:
        if self.returncode is None and select.select([self._end], [], [], timeout_sec)[0]:
            self.returncode = int(self._end.readline())
            self._end.close()
        return self.returncode


class ForkServer:
    """Starts programs; see `fork_server`."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        self._lock = threading.Lock()

    def start(self, program: Program, stderr: IO[str] | None = None) -> Forked:
        """The program under way; its errors go to `stderr`, or to a stream of its own."""
        (stdout, its_stdout), (end, its_end) = os.pipe(), os.pipe()
        errors, its_errors = (None, os.dup(stderr.fileno())) if stderr else os.pipe()
        streams = (os.open(os.devnull, os.O_RDONLY), its_stdout, its_errors, its_end)
        request = json.dumps(asdict(program)).encode()
        assert len(request) < MAX_REQUEST_BYTES
        with self._lock:
            socket.send_fds(self._requests, [request], streams)
        for stream in streams:
            os.close(stream)
        told = os.fdopen(end, buffering=1)
        pid = int(told.readline())
        return Forked(pid, os.fdopen(stdout), os.fdopen(errors) if errors else None, told)


@contextmanager
def fork_server(*packages: str) -> Iterator[ForkServer]:
    """A process with all modules of `packages` imported, for as long as the block."""
    requests, its_requests = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.forking", *packages]
    with its_requests:
        process = subprocess.Popen(command, cwd=PROJECT, stdin=its_requests)
    with requests:
        yield ForkServer(requests)
    process.wait(END_SEC)
