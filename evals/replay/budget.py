"""What runs may cost while they are under way."""

from agent.errors import LiveError, Remedy
from evals.runs.bill import Bill
from evals.runs.prediction import Prediction


class BudgetSpentError(LiveError):
    """The attempts have cost as much as they may; what is missing can be replayed later."""

    exit_code = 3


class Budget:
    """US dollars for all sessions of a run or a grid, counted as the service tells of tokens.

    Sessions that are under way when it is spent end as they do; no other begins.
    """

    def __init__(self, max_usd: float) -> None:
        self._max_usd = max_usd
        self._spent_usd = 0.0

    def spend(self, prediction: Prediction, of: Bill) -> None:
        """Take off what one attempt has cost; `of` is an empty bill of its run."""
        self._spent_usd += of.with_attempt(prediction.usage).cost_usd or 0.0

    @property
    def is_spent(self) -> bool:
        """Whether no session more may begin; what costs nothing is never stopped."""
        return self._spent_usd >= self._max_usd and self._spent_usd > 0

    @property
    def spent_error(self) -> BudgetSpentError:
        """What ends a run that could not go on."""
        return BudgetSpentError(
            f"Stopped: ${self._spent_usd:.4g} were spent and ${self._max_usd:g} are allowed.",
            remedy=Remedy.STOP,
        )
