"""How much a model may give in one turn: one that gives far more has run away."""

import re

from google.genai import types

from agent.audio import TUTOR_RATE_HZ
from agent.errors import LiveError, Remedy
from agent.transcript import Formula

MAX_TURN_CHARS = 4_000  # of one speaker's words; five minutes of speech
MAX_TURN_FORMULAS = 100
MAX_TURN_LATEX_CHARS = 20_000  # of all of them
MAX_ANSWER_SEC = 300.0
CUT = "…"  # stands for what was left out

_RATE = re.compile(r"rate=(\d{1,9})")


class TurnBounds:
    """Counts what one turn brings. `is_cut` tells whether anything was left out of it."""

    def __init__(self) -> None:
        self.is_cut = False
        self._n_heard = self._n_said = self._n_sound_bytes = 0
        self._n_latex_chars = 0
        self._call_ids: set[str] = set()
        self._n_calls = 0

    def take(self, content: types.LiveServerContent) -> None:
        """Shorten a message's words to what the turn may still have.

        Raises LiveError for sound of another kind than ours, and when the model has run away.
        """
        self._n_heard = self._shorten(content.input_transcription, self._n_heard)
        self._n_said = self._shorten(content.output_transcription, self._n_said)
        self._shorten(content.interim_input_transcription, 0)
        for part in (content.model_turn and content.model_turn.parts) or ():
            if part.inline_data is not None:
                self._take_sound(part.inline_data)
        if self.has_run_away:
            raise ran_away()

    def admit(self, call_id: str | None, formula: Formula) -> None:
        """Count one call's formula; the same call may come twice.

        Raises LiveError, in words that the model can act on, for one too many.
        """
        self._n_calls += 1
        name = call_id or f"unnamed {self._n_calls}"
        if name in self._call_ids:
            return
        n_chars = self._n_latex_chars + len(formula.latex)
        if len(self._call_ids) >= MAX_TURN_FORMULAS or n_chars > MAX_TURN_LATEX_CHARS:
            self.is_cut = True
            raise LiveError(
                f"write_math: expected at most {MAX_TURN_FORMULAS} formulas in a turn, "
                f"{MAX_TURN_LATEX_CHARS} characters in all"
            )
        self._call_ids.add(name)
        self._n_latex_chars = n_chars

    @property
    def has_run_away(self) -> bool:
        """Whether as much again as a turn may have was left out."""
        is_long = max(self._n_heard, self._n_said) > 2 * MAX_TURN_CHARS
        is_loud = self._n_sound_bytes > 2 * TUTOR_RATE_HZ * MAX_ANSWER_SEC
        return is_long or is_loud or self._n_calls > 2 * MAX_TURN_FORMULAS

    def _shorten(self, words: types.Transcription | None, n_before: int) -> int:
        """Cut the words; gives how many characters the turn would have with all of them."""
        if words is None or not words.text:
            return n_before
        text, n_left = words.text, MAX_TURN_CHARS - n_before
        if len(text) > n_left:
            self.is_cut = True
            words.text = f"{text[:n_left]} {CUT}" if n_left > 0 else ""
        return n_before + len(text)

    def _take_sound(self, blob: types.Blob) -> None:
        """Half a sample at the end is left out."""
        rate = _RATE.search(blob.mime_type or "")
        is_ours = (blob.mime_type or "audio/pcm").startswith("audio/pcm")
        if not is_ours or (rate and int(rate[1]) != TUTOR_RATE_HZ):
            raise LiveError(
                f"The Live service sent sound of another kind than PCM at {TUTOR_RATE_HZ} Hz. "
                "Choose another model.",
                remedy=Remedy.NEVER,
            )
        data = blob.data or b""
        blob.data = data[: len(data) // 2 * 2]
        self._n_sound_bytes += len(data)


def ran_away() -> LiveError:
    """What is said of a turn that would not end."""
    return LiveError(
        f"The model ran away: expected at most {MAX_TURN_CHARS} characters, {MAX_TURN_FORMULAS} "
        f"formulas and {MAX_ANSWER_SEC / 60:.0f} minutes of sound in a turn. Start again.",
        remedy=Remedy.NEVER,
    )
