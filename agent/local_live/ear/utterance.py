"""One stream's utterances: sound comes in as it is spoken, words come out."""

from collections.abc import Sequence

import numpy as np

from agent.local_live.ear.fields import HeardFields
from agent.local_live.ear.interims import FIRST_SEC, Agreement, hop_sec
from agent.local_live.ear.moonshine import Floats
from agent.local_live.ear.segment import HeardSegment, SegmentDecoder
from agent.local_live.ear.speech_spans import PAUSE_WINDOWS, SpeechSpans
from agent.local_live.ear.voice_activity import WINDOW_SAMPLES, WINDOW_SEC, VoiceActivity

FULL_SCALE = 32768
MARGIN_WINDOWS = round(0.288 / WINDOW_SEC)  # of sound around speech: its first and last sounds
LONG_PAUSE_WINDOWS = round(1.0 / WINDOW_SEC)  # parts two segments
LONG_SEC, LONGEST_SEC = 20.0, 28.0  # then any pause parts them, then the quietest moment does
QUIETEST_SEC = 8.0  # of the latest sound, in which that moment is sought
SETTLED_WINDOWS = round(0.48 / WINDOW_SEC)  # of quiet: a short turn is likely over
SHORT_SEC = 6.0
N_BEST = 10


class Utterances:
    """Hears one person, one utterance after another.

    The same sound gives the same final words however it is cut into pieces.
    """

    def __init__(self, decoder: SegmentDecoder, hints: Sequence[str] = ()) -> None:
        self._decoder = decoder
        self._hints = hints
        self._begin()

    def _begin(self) -> None:
        self._voice = VoiceActivity()
        self._rest: Floats = np.zeros(0, np.float32)
        self._windows: list[Floats] = []
        self._probabilities: list[float] = []
        self._heard: list[HeardSegment] = []
        self._begin_segment(0)

    def _begin_segment(self, first_window: int) -> None:
        self._first = first_window
        self._speech = SpeechSpans(first_window)
        for probability in self._probabilities[first_window:]:
            self._speech.add(probability)
        self._before_pauses: list[list[str]] = []
        self._agreement = Agreement()
        self._decoded_end = 0
        self._settled: HeardSegment | None = None

    def feed(self, pcm: bytes) -> str:
        """Take 16 kHz PCM; give the words of this utterance so far."""
        sound = np.concatenate([self._rest, _as_floats(pcm)])
        n_whole = len(sound) - len(sound) % WINDOW_SAMPLES
        self._rest = sound[n_whole:]
        for at in range(0, n_whole, WINDOW_SAMPLES):
            self._take(sound[at : at + WINDOW_SAMPLES])
        if self._is_due():
            self._decode_so_far()
        heard = [segment.text for segment in self._heard]
        return " ".join(filter(None, [*heard, *self._agreement.words]))

    def finish(self) -> HeardFields:
        """End the utterance and say what was heard in it."""
        if len(self._rest):
            self._take(np.pad(self._rest, (0, WINDOW_SAMPLES - len(self._rest))))
        self._end_segment()
        heard = [segment for segment in self._heard if segment.words]
        self._begin()
        return {
            "text": " ".join(segment.text for segment in heard),
            "words": [word for segment in heard for word in segment.words],
            "alternatives": _alternatives(heard),
        }

    def _take(self, window: Floats) -> None:
        probability = self._voice.probability(window)
        self._windows.append(window)
        self._probabilities.append(probability)
        self._speech.add(probability)
        if not self._speech.spans:
            return
        quiet = self._speech.quiet_windows
        if quiet == PAUSE_WINDOWS:
            self._before_pauses.append(self._decode_so_far())
        if quiet == SETTLED_WINDOWS and self._duration_sec <= SHORT_SEC:
            self._settled = self._hear_segment()
        elif quiet == 0:
            self._settled = None
        self._part(quiet)

    def _part(self, quiet: int) -> None:
        """Begin another segment after a long pause, or where this one gets too long."""
        is_long = self._duration_sec >= LONG_SEC
        if quiet >= LONG_PAUSE_WINDOWS or (is_long and quiet >= PAUSE_WINDOWS):
            self._end_segment()
        elif self._duration_sec >= LONGEST_SEC:
            n_latest = round(QUIETEST_SEC / WINDOW_SEC)
            at = len(self._windows) - n_latest
            self._end_segment(at + int(np.argmin(self._probabilities[-n_latest:])))

    @property
    def _duration_sec(self) -> float:
        spans = self._speech.spans
        return (spans[-1].end - spans[0].start) * WINDOW_SEC if spans else 0.0

    def _end_segment(self, at: int | None = None) -> None:
        """Hear the segment up to a window; the sound from there on begins another."""
        if at is not None:
            self._speech.cut(at)
            self._before_pauses = self._before_pauses[: len(self._speech.spans) - 1]
            self._settled = None
        if self._speech.spans:
            self._heard.append(self._settled or self._hear_segment())
        self._begin_segment(len(self._windows) if at is None else at)

    def _hear_segment(self) -> HeardSegment:
        spans = self._speech.spans
        stretches = [(span.start * WINDOW_SEC, span.end * WINDOW_SEC) for span in spans]
        return self._decoder.hear(self._sound(), stretches, self._before_pauses, self._hints)

    def _is_due(self) -> bool:
        """Whether so much speech is new that the segment is decoded again."""
        if not self._speech.spans or not self._speech.spans[-1].end > self._decoded_end:
            return False
        new_from = max(self._decoded_end, self._speech.spans[0].start)
        new_sec = (len(self._windows) - new_from) * WINDOW_SEC
        wait_sec = hop_sec(self._duration_sec) if self._decoded_end else FIRST_SEC
        return new_sec >= wait_sec

    def _decode_so_far(self) -> list[str]:
        words = self._decoder.quick_words(self._sound())
        self._agreement.add(words)
        self._decoded_end = len(self._windows)
        return words

    def _sound(self) -> Floats:
        """The segment's speech with what is around it."""
        spans = self._speech.spans
        start = max(self._first, spans[0].start - MARGIN_WINDOWS)
        return np.concatenate(self._windows[start : spans[-1].end + MARGIN_WINDOWS])


def _alternatives(heard: Sequence[HeardSegment]) -> list[str]:
    """The n-best texts; each differs from the first in one segment."""
    best = [segment.text for segment in heard]
    texts = [" ".join(best)] if heard else []
    for number, segment in enumerate(heard):
        for other in segment.alternatives:
            texts.append(" ".join(filter(None, [*best[:number], other, *best[number + 1 :]])))
    return list(dict.fromkeys(texts))[:N_BEST]


def _as_floats(pcm: bytes) -> Floats:
    return np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(FULL_SCALE)
