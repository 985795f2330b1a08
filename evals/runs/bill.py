"""What a run has cost, by the tokens that the service has counted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from agent.models import MODELS
from agent.settings import Engine
from evals.runs.folder import Run
from evals.runs.tokens import NO_TOKENS, Tokens


@dataclass(frozen=True, slots=True)
class Bill:
    """The sum over all attempts, those that were tried again included.

    `cost_usd` is 0 for the embedded engine, and None where the model's price is unknown.
    `n_uncounted` attempts brought no count: they reached no service, or it told none.
    """

    model: str
    engine: Engine
    tokens: Tokens = NO_TOKENS
    n_uncounted: int = 0

    def with_attempt(self, usage: Mapping[str, int]) -> "Bill":
        """The same with one attempt more."""
        counted = Tokens.counted(usage)
        return replace(
            self,
            tokens=self.tokens + counted,
            n_uncounted=self.n_uncounted + (not counted.total),
        )

    @property
    def cost_usd(self) -> float | None:
        if self.engine == "embedded":
            return 0.0
        model = MODELS.get(self.model.removeprefix("models/"))
        return None if model is None or model.prices is None else self.tokens.cost_usd(model.prices)


def bill_of(run: Run) -> Bill:
    """The bill of what is in the run's folder."""
    bill = Bill(run.info.tutor.model, run.info.engine)
    for attempt in run.attempts():
        bill = bill.with_attempt(attempt.prediction.usage)
    return bill
