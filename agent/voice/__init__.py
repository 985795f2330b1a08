"""A natural voice: hibari, which speaks English with its mathematics."""

from typing import TYPE_CHECKING

from agent.lazy import handed_on

if TYPE_CHECKING:
    from agent.voice.pronunciation import is_article, pronounced
    from agent.voice.synthesiser import HEART, Synthesiser

__all__ = ["HEART", "Synthesiser", "is_article", "pronounced"]

__getattr__ = handed_on(
    __name__,
    {
        "HEART": "agent.voice.synthesiser",
        "Synthesiser": "agent.voice.synthesiser",
        "is_article": "agent.voice.pronunciation",
        "pronounced": "agent.voice.pronunciation",
    },
)
