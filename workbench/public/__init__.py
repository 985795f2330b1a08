"""The demo for visitors: who is there, what they may use, and what becomes of it."""
