"""What goes wrong with one connection, and when."""

import asyncio
from collections.abc import Iterable

from google.genai import types

from agent.local_live import faults
from agent.local_live.faults import Fault
from agent.local_live.link import MAX_MESSAGE_BYTES, Link
from agent.local_live.refusal import Dropped, Refusal

GO_AWAY_SEC = 2
FOREIGN_WORDS = "equis al cuadrado más uno"


class ConnectionFaults:
    """The faults of one connection; each of those with a moment happens once."""

    def __init__(
        self, all_faults: Iterable[Fault], connection: int, link: Link, tasks: asyncio.TaskGroup
    ) -> None:
        self._faults = [fault for fault in all_faults if fault.concerns(connection)]
        self._link = link
        self._tasks = tasks
        link.is_slow = self.has(faults.SLOW_LINK)

    def has(self, name: str) -> bool:
        return any(fault.name == name for fault in self._faults)

    @property
    def spoils_transcription(self) -> bool:
        """Whether the student's words must not go out before the turn is over."""
        spoiling = faults.TRANSCRIPTION_FAULTS | {faults.EMPTY_TURN}
        return any(fault.name in spoiling for fault in self._faults)

    @property
    def gives_no_answers(self) -> bool:
        """Whether turns end without an answer."""
        return self.has(faults.EMPTY_TURN) or self.turn_complete_reason is not None

    @property
    def turn_complete_reason(self) -> types.TurnCompleteReason | None:
        """The reason that the service gives for turns without an answer, if it gives one."""
        for fault in self._faults:
            if fault.name in faults.REFUSED_TURNS:
                return types.TurnCompleteReason(fault.name.upper())
        return None

    def transcription(self, words: str) -> str:
        """The words of a whole turn as they are sent."""
        if self.has(faults.NO_TRANSCRIPTION):
            return ""
        if self.has(faults.FOREIGN_TRANSCRIPTION):
            return FOREIGN_WORDS
        if self.has(faults.TRUNCATED_TRANSCRIPTION):
            return words[: len(words) // 2].strip()
        return words

    def refuse_setup(self) -> None:
        """Refuse key, project, quota or model, in the service's own words."""
        for fault in self._faults:
            if fault.name in faults.SETUP_REFUSALS:
                raise Refusal(*faults.SETUP_REFUSALS[fault.name])

    async def reach(self, moment: str) -> None:
        """Do what is due at this moment; raises Refusal or Dropped for an end."""
        due = [fault.name for fault in self._faults if fault.moment == moment]
        self._faults = [fault for fault in self._faults if fault.moment != moment]
        for name in due:
            await self._do(name)

    async def _do(self, name: str) -> None:
        if name in faults.ENDINGS:
            raise Refusal(*faults.ENDINGS[name])
        match name:
            case faults.DROP:
                raise Dropped
            case faults.STALL:
                self._link.stall()
            case faults.FREEZE:
                self._link.freeze()
            case faults.MALFORMED:
                await self._link.send_raw(b'{"serverContent": {"modelTurn": ')
            case faults.OVERSIZED:
                words = types.Transcription(text="x" * (MAX_MESSAGE_BYTES + 1))
                await self._link.send_content(output_transcription=words)
            case faults.GO_AWAY:
                notice = types.LiveServerGoAway(time_left=f"{GO_AWAY_SEC}s")
                await self._link.send(types.LiveServerMessage(go_away=notice))
                self._tasks.create_task(self._leave())

    async def _leave(self) -> None:
        await asyncio.sleep(GO_AWAY_SEC)
        raise Refusal(1001, "the time of this connection is over")
