"""`python -m tests.forking PACKAGE ...`: the process that programs are forked from.

A request on the socket that is its standard input is JSON with four file descriptors: standard
input, output and errors, and one that is told the program's number and, in the end, its exit code.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import resource
import runpy
import select
import signal
import socket
import sys
import threading
from typing import Any, NoReturn

from tests.forked import MAX_REQUEST_BYTES


def main(packages: list[str]) -> None:
    """Serve until the socket is closed; a fork goes on as the program that was asked for."""
    for package in packages:
        _import_all(package)
    gc.freeze()  # what all forks share is never looked through
    if program := _serve(socket.socket(fileno=0)):
        _become(*program)


def _import_all(package: str) -> None:
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, f"{package}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _serve(requests: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """In a fork what it was asked for; None in the server itself, at the end."""
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    ends: dict[int, int] = {}
    while True:
        ready, _, _ = select.select([requests, woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _tell_ended(ends)
        if requests not in ready:
            continue
        request, streams, _, _ = socket.recv_fds(requests, MAX_REQUEST_BYTES, 4)
        if not request:
            return None
        if (pid := os.fork()) == 0:
            _forget(requests, woken, wake, *ends.values(), streams[3])
            return json.loads(request), streams[:3]
        os.write(streams[3], f"{pid}\n".encode())
        ends[pid] = streams[3]
        for stream in streams[:3]:
            os.close(stream)


def _tell_ended(ends: dict[int, int]) -> None:
    for pid in list(ends):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            end = ends.pop(pid)
            with contextlib.suppress(BrokenPipeError):  # nobody waits for it
                os.write(end, f"{os.waitstatus_to_exitcode(status)}\n".encode())
            os.close(end)


def _forget(requests: socket.socket, *numbers: int) -> None:
    """Leave to the server what is the server's."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    requests.detach()
    for number in numbers:
        os.close(number)


def _become(program: dict[str, Any], streams: list[int]) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(program["environment"])
    sys.path[1:1] = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    if limit := program["limit_bytes"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        _run(*program["words"])
    except SystemExit as leaving:
        _end(leaving.code)
    _end(0)


def _run(first: str, *more: str) -> None:
    if first == "-m":
        sys.argv = list(more)
        runpy.run_module(more[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = [first, *more]
        runpy.run_path(first, run_name="__main__")


def _end(code: object) -> NoReturn:
    """End as the interpreter does, but don't take its modules down: that copies all their memory.

    Another exception than SystemExit never comes here, and is the interpreter's own to tell.
    """
    if isinstance(code, str):
        sys.stderr.write(f"{code}\n")
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main(sys.argv[1:])
