"""libav at arm's length: it decodes in a process that may open nothing and take only so much.

libav follows what files say: to other files, to the network, to an index of a billion entries.
Its process has the one recording and no way to open anything else, so much memory, and so
much time.
"""

import subprocess
import sys

from agent.audio.containers import NAMES, Container
from agent.audio.pcm import Pcm16
from agent.errors import AudioFormatError

ANSWER_SEC = 60.0  # the process's own limit is in its own time, and a machine may be busy
PROGRAM = "agent.audio.libav_process"


def decode_apart(content: bytes, container: Container, name: str, target_rate_hz: int) -> Pcm16:
    """The sound at that rate; AudioFormatError when there is none, or more than is allowed."""
    command = [sys.executable, "-m", PROGRAM, container.demuxer, str(target_rate_hz)]
    try:
        done = subprocess.run(
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=ANSWER_SEC,
            process_group=0,  # Ctrl-C is for this process: a clip that it ends is not unreadable
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _unreadable(name) from None
    kind, answer = done.stdout[:1], done.stdout[1:]
    if kind == b"-":
        raise AudioFormatError(f"{name}: {answer.decode()}")
    if kind != b"+" or done.returncode:
        raise _unreadable(name)
    return Pcm16.from_bytes(answer, target_rate_hz)


def _unreadable(name: str) -> AudioFormatError:
    return AudioFormatError(
        f"{name}: expected {NAMES}, got something no decoder reads within the bounds of time and "
        "memory; save it as WAV"
    )
