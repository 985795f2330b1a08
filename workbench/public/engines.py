"""Which engine answers a visitor, and who pays for it."""

from dataclasses import dataclass, replace

from pydantic import SecretStr

from agent.settings import Settings
from agent.tutor.endpoint import LiveEndpoint, gemini_endpoint
from workbench.public.budget import Budget
from workbench.public.share import Share
from workbench.shared.engine import Engine
from workbench.shared.places import NoPlaceLeftError

OWN_KEY = "Gemini answers, with your own key."
OWNERS_KEY = "Gemini answers; the demo has {minutes:.0f} minutes of it left for today."
FALLBACK = "The embedded engine answers. Enter a Gemini key of your own to talk to Gemini."
USED_UP = "Today's minutes with Gemini are used up. Come back tomorrow, or enter a Gemini key of your own."


class UsedUpError(NoPlaceLeftError):
    """The owner's key has done its minutes for today, and nothing else answers."""


@dataclass(frozen=True, slots=True)
class Loan:
    """An engine for a while; `share` of the owner's minutes was reserved for it, if any."""

    endpoint: LiveEndpoint
    share: Share | None = None

    def engine_name(self, model: str) -> str:
        return "embedded engine" if self.endpoint.engine == "embedded" else model

    def settle(self) -> None:
        """The loan is over: give back the minutes that were not used."""
        if self.share is not None:
            self.share.settle()


class Engines:
    """A visitor's own key first, then the owner's within the budget, then the embedded engine."""

    def __init__(self, settings: Settings, embedded: Engine, budget: Budget) -> None:
        self._settings = settings
        self._embedded = embedded
        self._budget = budget

    def lend(self, key: SecretStr | None, sec: float) -> Loan:
        """An engine for `sec`; UsedUpError when none is left. To be settled afterwards."""
        if key is not None:
            theirs = self._settings.model_copy(update={"google_api_key": key})
            return Loan(gemini_endpoint(theirs))
        if self._uses_owners_key:
            endpoint = gemini_endpoint(self._settings)
            if reserved := self._budget.reserve(sec):
                share = Share(self._budget, reserved)
                return Loan(replace(endpoint, meter=share), share)
        if self._settings.agent_engine == "gemini":
            raise UsedUpError(USED_UP)
        return Loan(self._embedded.endpoint)

    def note(self, key: SecretStr | None, sec: float) -> str:
        """Who would answer now, in a sentence for the page."""
        if key is not None:
            return OWN_KEY
        if self._uses_owners_key and self._budget.left_sec >= sec:
            return OWNERS_KEY.format(minutes=self._budget.left_sec // 60)
        return USED_UP if self._settings.agent_engine == "gemini" else FALLBACK

    @property
    def _uses_owners_key(self) -> bool:
        settings = self._settings
        return settings.google_api_key is not None and settings.agent_engine != "embedded"
