"""What one replayed utterance brings back, message by message in whatever order."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from google.genai import types

from agent.errors import LiveError
from agent.lesson.delimiters import delimited_formulas
from agent.transcript import Formula
from agent.tutor.refusals import refusal_of, refused
from agent.tutor.turn_bounds import MAX_TURN_FORMULAS, TurnBounds, ran_away
from agent.tutor.usage import Usage
from agent.tutor.write_math import formula_of_call, silent_response
from evals.replay.answer_sound import AnswerSound
from evals.runs.prediction import ENDED_EMPTY, Prediction, Status

OnNews = Callable[["ReplayedTurn"], None]
CONNECTED = "connected"  # the timing that tells that the service opened a session


@dataclass(slots=True)
class ReplayedTurn:
    """Begins when it is made; `prediction` tells what has come so far.

    With `ends_with_words` the student's final words are all that will come. `on_news` is
    called after each message.
    """

    ends_with_words: bool = False
    sound: AnswerSound = field(default_factory=AnswerSound)
    on_news: "OnNews" = lambda _: None

    began_sec: float = field(default_factory=time.perf_counter)
    transcript: str = ""
    answer: str = ""
    formulas: dict[str, Formula] = field(default_factory=dict)  # by call, in order
    timings_sec: dict[str, float] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    is_sent: bool = False
    is_complete: bool = False
    was_early: bool = False
    refusal: types.TurnCompleteReason | None = None
    bounds: TurnBounds = field(default_factory=TurnBounds)

    def note(self, what: str) -> None:
        """When `what` happened for the first time."""
        self.timings_sec.setdefault(what, round(time.perf_counter() - self.began_sec, 4))

    def sent(self) -> None:
        """The whole clip is on its way."""
        self.is_sent = True
        self.note("sent")

    def take(self, message: types.LiveServerMessage) -> list[types.FunctionResponse]:
        """Keep what a message brings; gives the answers to its tool calls.

        Raises LiveError for a turn that goes beyond its bounds.
        """
        if message.server_content is not None:
            self._take_content(message.server_content)
        if message.usage_metadata is not None:
            self.usage.add(message.usage_metadata)
        if message.tool_call_cancellation is not None:
            for call_id in message.tool_call_cancellation.ids or []:
                self.formulas.pop(call_id, None)
        calls = (message.tool_call and message.tool_call.function_calls) or []
        responses = [silent_response(call, self._write(call)) for call in calls]
        self.on_news(self)
        if self.bounds.is_cut or self.bounds.has_run_away:
            raise ran_away()
        return responses

    @property
    def has_something(self) -> bool:
        """Whether the service has answered at all."""
        return bool(self.transcript or self.formulas or self.answer)

    @property
    def is_empty(self) -> bool:
        """Whether nothing came; of a model that writes words alone, not even that it heard none."""
        has_listened = self.ends_with_words and "words" in self.timings_sec
        return not (self.has_something or has_listened or self.sound.duration_sec)

    def prediction(self) -> Prediction:
        """What is known now; cut off unless all was sent and the turn is complete."""
        if not self.is_complete or not (self.is_empty or self.refusal):
            is_whole = self.is_sent and self.is_complete and not self.was_early
            return self._prediction("ok" if is_whole else "cut_off")
        error = refused(self.refusal) if self.refusal else LiveError(ENDED_EMPTY)
        return self._prediction("no_answer").ended_by(error)

    def _prediction(self, status: Status) -> Prediction:
        return Prediction(
            status,
            self.transcript.strip(),
            (
                *self.formulas.values(),
                *delimited_formulas(self.answer, "tutor")[:MAX_TURN_FORMULAS],
            ),
            self.answer.strip(),
            round(self.sound.duration_sec, 3),
            timings_sec=self.timings_sec,
            usage=dict(self.usage),
        )

    def broken_off(self, error: LiveError) -> Prediction:
        """What is known when `error` ended the turn: `failed` where nothing has come."""
        known = self.prediction() if self.has_something else None
        return (
            known or Prediction("failed", timings_sec=self.timings_sec, usage=dict(self.usage))
        ).ended_by(error)

    def _take_content(self, content: types.LiveServerContent) -> None:
        self.bounds.take(content)
        if content.input_transcription is not None:
            self.note("words")
            self.transcript += content.input_transcription.text or ""
        if content.output_transcription is not None:
            self.answer += content.output_transcription.text or ""
        for part in (content.model_turn and content.model_turn.parts) or ():
            if part.inline_data is not None and part.inline_data.data:
                self.note("answer")
                self.sound.add(part.inline_data.data)
        # A thinking model completes several turns for one request, and says when it rests.
        is_at_work = content.interaction_status == types.InteractionStatus.IN_PROGRESS
        is_last = self.ends_with_words and content.input_transcription is not None
        if is_last or (content.turn_complete and not is_at_work):
            self.note("complete")
            self.is_complete = True
            self.was_early = not self.is_sent
            self.refusal = refusal_of(content)

    def _write(self, call: types.FunctionCall) -> dict[str, object]:
        """A call that arrives twice is one formula."""
        try:
            formula = formula_of_call(call.args)
            self.bounds.admit(call.id, formula)
        except LiveError as error:
            return {"error": str(error)}
        self.formulas[call.id or f"unnamed {len(self.formulas)}"] = formula
        self.note("formula")
        return {"written": True}
