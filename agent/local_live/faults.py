"""The ways in which Local Live can be told to misbehave.

A fault is written `NAME`, or `NAME@MOMENT`, with `#N` behind it when only the N-th
connection shall have it: `1011@answer#1`.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from google.genai import types

from agent.errors import SettingsError
from agent.local_live.link import Link
from agent.local_live.refusal import Dropped, Refusal

MOMENTS = ("setup", "ready", "utterance", "answer")
REASONS = {
    "1007": "Request contains an invalid argument.",
    "1008": "Operation is not implemented, or supported, or enabled.",
    "1011": "Internal error encountered.",
}
DROP = "drop"
GO_AWAY = "go_away"
WRONG_KEY = "wrong_key"
LATE_TRANSCRIPTION = "late_transcription"
TOOL_CALL_TWICE = "tool_call_twice"
GO_AWAY_SEC = 2
TIMED = frozenset({*REASONS, DROP, GO_AWAY})
UNTIMED = frozenset({WRONG_KEY, LATE_TRANSCRIPTION, TOOL_CALL_TWICE})


@dataclass(frozen=True, slots=True)
class Fault:
    """One misbehaviour; `connection` counts from 1, None means each."""

    name: str
    moment: str | None
    connection: int | None


def read_fault(text: str) -> Fault:
    """The fault that `text` names; SettingsError lists those there are."""
    what, _, connection = text.partition("#")
    name, _, moment = what.partition("@")
    is_timed = name in TIMED and moment in MOMENTS and (name, moment) != (GO_AWAY, "setup")
    is_known = is_timed or (name in UNTIMED and not moment)
    if not is_known or ("#" in text and not connection.isdigit()):
        raise SettingsError(
            f"fault {text!r} is unknown; there are {', '.join(sorted(TIMED))} followed by "
            f"{', '.join('@' + m for m in MOMENTS)}, and {', '.join(sorted(UNTIMED))}; "
            "#N at the end means only the N-th connection"
        )
    return Fault(name, moment or None, int(connection) if connection else None)


class ConnectionFaults:
    """The faults of one connection; each of those with a moment happens once."""

    def __init__(
        self, faults: Iterable[Fault], connection: int, link: Link, tasks: asyncio.TaskGroup
    ) -> None:
        self._faults = [f for f in faults if f.connection in (None, connection)]
        self._link = link
        self._tasks = tasks

    def has(self, name: str) -> bool:
        return any(fault.name == name for fault in self._faults)

    async def reach(self, moment: str) -> None:
        """Do what is due at this moment: raise Refusal or Dropped, or tell it to go away."""
        due = [f for f in self._faults if f.moment == moment]
        self._faults = [f for f in self._faults if f not in due]
        for fault in due:
            if fault.name in REASONS:
                raise Refusal(int(fault.name), REASONS[fault.name])
            if fault.name == DROP:
                raise Dropped
            notice = types.LiveServerGoAway(time_left=f"{GO_AWAY_SEC}s")
            await self._link.send(types.LiveServerMessage(go_away=notice))
            self._tasks.create_task(self._leave())

    async def _leave(self) -> None:
        await asyncio.sleep(GO_AWAY_SEC)
        raise Refusal(1001, "the time of this connection is over")
