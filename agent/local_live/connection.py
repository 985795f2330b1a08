"""What both sides of one session share."""

import asyncio
from dataclasses import dataclass

from agent.local_live.connection_faults import ConnectionFaults
from agent.local_live.link import Link
from agent.local_live.setup import Setup


@dataclass(frozen=True, slots=True)
class Connection:
    """One client's link, what its setup asked for, and what shall go wrong with it.

    A task of `tasks` that raises Refusal ends the connection.
    """

    link: Link
    setup: Setup
    faults: ConnectionFaults
    tasks: asyncio.TaskGroup
