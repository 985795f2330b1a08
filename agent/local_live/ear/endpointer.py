"""Where the student's turns begin and end, counted in audio time and never by the clock."""

from collections import deque
from enum import Enum

from webrtcvad import Vad

from agent.audio import STUDENT_RATE_HZ

FRAME_MS = 20
BYTES_PER_FRAME = 2 * STUDENT_RATE_HZ * FRAME_MS // 1000  # 640 bytes in 20 ms
DEFAULT_SILENCE_MS = 700
PREFIX_MS = 300  # of sound before the decision that belongs to the utterance
START_WINDOW_FRAMES = 8
START_VOICED_FRAMES = 7  # 140 ms; voice detection holds on for 6 frames after a click of one
END_VOICED_SHARE = 0.1
MAX_UTTERANCE_SEC = 180.0


class TurnEvent(Enum):
    """A decision about the audio that lies between."""

    STARTED = "started"
    ENDED = "ended"


class TurnDetector:
    """Cuts a stream of 16 kHz audio into utterances at pauses of `silence_ms`.

    The same audio gives the same utterances however it is cut into messages and however
    fast it comes. An utterance of MAX_UTTERANCE_SEC ends without a pause.
    """

    def __init__(self, silence_ms: int = DEFAULT_SILENCE_MS) -> None:
        self._vad = Vad(0)  # the mode that misses least speech
        self._rest = b""
        self._before: deque[bytes] = deque(maxlen=PREFIX_MS // FRAME_MS)
        self._start_votes: deque[bool] = deque(maxlen=START_WINDOW_FRAMES)
        self._end_votes: deque[bool] = deque(maxlen=max(1, round(silence_ms / FRAME_MS)))
        self._utterance_frames = 0
        self.in_speech = False

    def take(self, pcm: bytes) -> list[TurnEvent | bytes]:
        """The utterances' audio in `pcm`, with STARTED before and ENDED after each."""
        audio = self._rest + pcm
        n_whole = len(audio) - len(audio) % BYTES_PER_FRAME
        self._rest = audio[n_whole:]
        events: list[TurnEvent | bytes] = []
        for at in range(0, n_whole, BYTES_PER_FRAME):
            frame = audio[at : at + BYTES_PER_FRAME]
            if self.in_speech:
                self._go_on(frame, events)
            else:
                self._listen(frame, events)
        return events

    def end(self) -> list[TurnEvent | bytes]:
        """End the utterance now, as when the microphone was turned off."""
        rest, self._rest = self._rest, b""
        if not self.in_speech:
            return []
        self._reset()
        return [rest, TurnEvent.ENDED]

    def _listen(self, frame: bytes, events: list[TurnEvent | bytes]) -> None:
        self._before.append(frame)
        self._start_votes.append(self._vad.is_speech(frame, STUDENT_RATE_HZ))
        if sum(self._start_votes) >= START_VOICED_FRAMES:
            self.in_speech = True
            events += [TurnEvent.STARTED, b"".join(self._before)]

    def _go_on(self, frame: bytes, events: list[TurnEvent | bytes]) -> None:
        events.append(frame)
        self._utterance_frames += 1
        self._end_votes.append(self._vad.is_speech(frame, STUDENT_RATE_HZ))
        is_quiet = len(self._end_votes) == self._end_votes.maxlen and sum(
            self._end_votes
        ) <= END_VOICED_SHARE * len(self._end_votes)
        if is_quiet or self._utterance_frames * FRAME_MS >= MAX_UTTERANCE_SEC * 1000:
            self._reset()
            events.append(TurnEvent.ENDED)

    def _reset(self) -> None:
        self.in_speech = False
        self._utterance_frames = 0
        self._before.clear()
        self._start_votes.clear()
        self._end_votes.clear()
