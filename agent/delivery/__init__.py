"""Finished transcripts: stored before anything else, then posted for as long as it takes."""

from agent.delivery.database import DATABASE_NAME, open_database
from agent.delivery.deliverer import Deliverer, delivering
from agent.delivery.dispatches import keep_dispatch, kept_dispatch
from agent.delivery.lines import Line, lines_after, room_lines, store_received, student_lines
from agent.delivery.message import Posted
from agent.delivery.outbox import Outbox
from agent.delivery.posting import Receiver
from agent.delivery.queue import DeadLetter, dead_letters, n_waiting, send_again

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
