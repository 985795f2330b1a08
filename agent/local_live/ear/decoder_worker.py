"""A process that recognises speech: `python -m agent.local_live.ear.decoder_worker [FOLDER]`.

FOLDER has the model's files, by default the installed ones. Each stream has its utterances;
all use the one model, in turn.
"""

import json
import sys
from pathlib import Path

from agent.errors import EnvironmentNotReady
from agent.local_live.ear.beam import BeamSearch
from agent.local_live.ear.moonshine import Moonshine
from agent.local_live.ear.segment import SegmentDecoder
from agent.local_live.ear.token_model import load_boost
from agent.local_live.ear.utterance import Utterances
from agent.local_live.ear.voice_activity import VoiceActivity
from agent.local_live.frames import Frame, refuse_to_start, serve_frames

OPEN, FEED, FINISH, CLOSE = range(4)  # the kinds of requests; OPEN takes hints as a JSON list
MAX_STREAMS = 8


class Streams:
    """The people whom this process hears."""

    def __init__(self, decoder: SegmentDecoder) -> None:
        self._decoder = decoder
        self._in_use: dict[int, Utterances] = {}

    def answer(self, request: Frame) -> bytes:
        """Do what is asked. ValueError for a stream too many, or one that isn't open."""
        if request.kind == OPEN:
            self._open(request.stream, json.loads(request.payload))
            return b""
        if request.stream not in self._in_use:
            raise ValueError(f"expected an open stream, got {request.stream}")
        if request.kind == FEED:
            return self._in_use[request.stream].feed(request.payload).encode()
        if request.kind == FINISH:
            return json.dumps(self._in_use[request.stream].finish()).encode()
        del self._in_use[request.stream]
        return b""

    def _open(self, stream: int, hints: list[str]) -> None:
        if len(self._in_use) >= MAX_STREAMS:
            raise ValueError(
                f"The embedded engine already listens to {MAX_STREAMS} people on this core; "
                "try again when one has left."
            )
        self._in_use[stream] = Utterances(self._decoder, hints)


def main(folder: Path | None = None) -> None:
    """Recognise until standard input closes."""
    try:
        model = Moonshine(folder)
        search = BeamSearch(model, load_boost(model.tokenizer.texts))
        VoiceActivity()
    except EnvironmentNotReady as error:
        refuse_to_start(str(error))
        return
    serve_frames(Streams(SegmentDecoder(model, search)).answer)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
