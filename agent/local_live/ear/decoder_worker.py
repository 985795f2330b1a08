"""A process that recognises speech: `python -m agent.local_live.ear.decoder_worker LM DICT`.

It runs several decoders one after another; each stream has its own until it is closed.
"""

import json
import sys

from pocketsphinx import Decoder, get_model_path

from agent.local_live.ear.stream_decoder import WARPS, StreamDecoder
from agent.local_live.frames import Frame, serve_frames

OPEN, FEED, FINISH, CLOSE = range(4)  # the kinds of requests; OPEN takes hints as a JSON list
MAX_STREAMS = 8


class Decoders:
    """The decoders of this process, by stream."""

    def __init__(self, ngrams: str, dictionary: str) -> None:
        self._options = {
            "hmm": get_model_path("en-us/en-us"),
            "lm": ngrams,
            "dict": dictionary,
            "topn": 8,
            "lw": 8.5,  # two points above the defaults: no more errors, a sixth less work
            "fwdflatlw": 10.5,
            "warp_params": WARPS[False],
            "loglevel": "FATAL",
        }
        self._idle = [Decoder(**self._options)]
        self._in_use: dict[int, StreamDecoder] = {}

    def answer(self, request: Frame) -> bytes:
        """Do what is asked. ValueError for a stream too many, or one that isn't open."""
        if request.kind == OPEN:
            self._open(request.stream, json.loads(request.payload))
            return b""
        if request.stream not in self._in_use:
            raise ValueError(f"expected an open stream, got {request.stream}")
        stream = self._in_use[request.stream]
        if request.kind == FEED:
            return stream.feed(request.payload).encode()
        if request.kind == FINISH:
            return json.dumps(stream.finish()).encode()
        self._close(request.stream)
        return b""

    def _open(self, stream: int, hints: list[str]) -> None:
        if len(self._in_use) >= MAX_STREAMS:
            raise ValueError(
                f"The embedded engine already listens to {MAX_STREAMS} people on this core; "
                "try again when one has left."
            )
        decoder = self._idle.pop() if self._idle else Decoder(**self._options)
        self._in_use[stream] = StreamDecoder(decoder, hints)

    def _close(self, stream: int) -> None:
        closed = self._in_use.pop(stream)
        closed.stop()
        self._idle.append(closed.decoder)


if __name__ == "__main__":
    serve_frames(Decoders(*sys.argv[1:3]).answer)
