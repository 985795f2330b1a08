"""Finished transcripts: stored before anything else, then posted for as long as it takes."""

from agent.delivery.database import DATABASE_NAME, open_database
from agent.delivery.dead_letters import DeadLetter, dead_letters, n_waiting, send_again
from agent.delivery.deliverer import Deliverer, delivering
from agent.delivery.outbox import Outbox
from agent.delivery.receiver import Receiver

__all__ = [
    "DATABASE_NAME",
    "DeadLetter",
    "Deliverer",
    "Outbox",
    "Receiver",
    "dead_letters",
    "delivering",
    "n_waiting",
    "open_database",
    "send_again",
]
