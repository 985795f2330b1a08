"""Recordings made here: spoken from phrases or formulas, or made worse in a known way."""

from typing import TYPE_CHECKING

from agent.lazy import handed_on

if TYPE_CHECKING:
    from evals.synthesis.dataset import synthesise

__all__ = ["synthesise"]

__getattr__ = handed_on(
    __name__,
    {
        "synthesise": "evals.synthesis.dataset",
    },
)
