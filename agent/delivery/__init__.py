"""Finished transcripts: stored before anything else, then posted for as long as it takes."""

from agent.delivery.database import DATABASE_NAME, open_database
from agent.delivery.dead_letters import DeadLetter, dead_letters, n_waiting, send_again
from agent.delivery.deliverer import Deliverer, delivering
from agent.delivery.dispatches import keep_dispatch, kept_dispatch
from agent.delivery.lines import Line, lines_after, room_lines, store_received, student_lines
from agent.delivery.outbox import Outbox
from agent.delivery.posted import Posted
from agent.delivery.receiver import Receiver

__all__ = [
    "DATABASE_NAME",
    "DeadLetter",
    "Deliverer",
    "Line",
    "Outbox",
    "Posted",
    "Receiver",
    "dead_letters",
    "delivering",
    "keep_dispatch",
    "kept_dispatch",
    "lines_after",
    "n_waiting",
    "open_database",
    "room_lines",
    "send_again",
    "store_received",
    "student_lines",
]
