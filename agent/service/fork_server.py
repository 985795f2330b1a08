"""Imported by the process that jobs are forked from, and by no other.

A terminal, systemd and `uv run` tell the whole group of processes to stop. Were this one to
obey, the lessons that a worker lets end would die with it; it ends when the worker has.
"""

import signal

import agent.tutor.realtime  # noqa: F401 (half a second that no student waits for)

signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGINT, signal.SIG_IGN)
