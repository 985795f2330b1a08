"""A process that recognises speech: `python -m agent.local_live.decoder_worker LM DICT`.

It runs several decoders one after another; each stream has its own until it is closed.
"""

import json
import sys

from pocketsphinx import Decoder, get_model_path

from agent.local_live.frames import Frame, serve_frames
from agent.local_live.nbest import hear, shown

OPEN, FEED, FINISH, CLOSE = range(4)  # the kinds of requests
MAX_STREAMS = 8
# The cepstral mean after forty phrases of four flite voices each. WER on them: 7.6 % when each
# utterance starts cold, 5.4 % when each starts here, 4.4 % when it starts here and runs on.
CEPSTRAL_MEAN = "53.3,3.7,9.1,24.5,-2.6,0.5,3.9,-7.6,-2.7,-4.2,5.1,1.5,2.3"


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
            "loglevel": "FATAL",
        }
        self._idle = [Decoder(**self._options)]
        self._in_use: dict[int, Decoder] = {}
        self._speaking: set[int] = set()

    def answer(self, request: Frame) -> bytes:
        """Do what is asked. ValueError for a stream too many, or one that isn't open."""
        stream = request.stream
        if request.kind == OPEN:
            self._open(stream)
            return b""
        if stream not in self._in_use:
            raise ValueError(f"expected an open stream, got {stream}")
        if request.kind == CLOSE:
            self._close(stream)
            return b""
        decoder = self._in_use[stream]
        if request.kind == FEED:
            return self._feed(decoder, stream, request.payload)
        return self._finish(decoder, stream)

    def _open(self, stream: int) -> None:
        if len(self._in_use) >= MAX_STREAMS:
            raise ValueError(
                f"The embedded engine already listens to {MAX_STREAMS} people on this core; "
                "try again when one has left."
            )
        decoder = self._idle.pop() if self._idle else Decoder(**self._options)
        decoder.set_cmn(CEPSTRAL_MEAN)
        self._in_use[stream] = decoder

    def _close(self, stream: int) -> None:
        decoder = self._in_use.pop(stream)
        if stream in self._speaking:
            self._speaking.remove(stream)
            decoder.end_utt()
        self._idle.append(decoder)

    def _feed(self, decoder: Decoder, stream: int, pcm: bytes) -> bytes:
        if stream not in self._speaking:
            decoder.start_utt()
            self._speaking.add(stream)
        decoder.process_raw(pcm)
        hypothesis = decoder.hyp()
        return shown(hypothesis.hypstr).encode() if hypothesis else b""

    def _finish(self, decoder: Decoder, stream: int) -> bytes:
        if stream not in self._speaking:
            return json.dumps({"text": "", "words": [], "alternatives": []}).encode()
        self._speaking.remove(stream)
        decoder.end_utt()
        return json.dumps(hear(decoder)).encode()


if __name__ == "__main__":
    serve_frames(Decoders(*sys.argv[1:3]).answer)
