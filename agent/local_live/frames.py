"""Requests to a worker process and its replies, as bytes on a pipe.

A frame is a head (kind, stream number, payload length) and the payload. A worker answers
each request with one frame, in order.
"""

import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass

HEAD = struct.Struct(">BIQ")
MAX_PAYLOAD_BYTES = 32 * 2**20

READY, DONE, REFUSED = range(3)  # the kinds of replies


@dataclass(frozen=True, slots=True)
class Frame:
    """One request or reply; what `kind` and `stream` mean is the worker's."""

    kind: int
    stream: int
    payload: bytes

    def to_bytes(self) -> bytes:
        return HEAD.pack(self.kind, self.stream, len(self.payload)) + self.payload


def refuse_to_start(reason: str) -> None:
    """Say in place of READY why this worker can't work: one sentence."""
    sys.stdout.buffer.write(Frame(REFUSED, 0, reason.encode()).to_bytes())
    sys.stdout.buffer.flush()


def serve_frames(answer: Callable[[Frame], bytes]) -> None:
    """Answer the requests on standard input until it closes; a ValueError refuses one.

    Ctrl-C is left to the process that started this one: it closes the input.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe_in, pipe_out = sys.stdin.buffer, sys.stdout.buffer
    pipe_out.write(Frame(READY, 0, b"").to_bytes())
    pipe_out.flush()
    while len(head := pipe_in.read(HEAD.size)) == HEAD.size:
        kind, stream, n_bytes = HEAD.unpack(head)
        payload = pipe_in.read(n_bytes)
        try:
            reply = Frame(DONE, stream, answer(Frame(kind, stream, payload)))
        except ValueError as error:
            reply = Frame(REFUSED, stream, str(error).encode())
        try:
            pipe_out.write(reply.to_bytes())
            pipe_out.flush()
        except BrokenPipeError:
            return
