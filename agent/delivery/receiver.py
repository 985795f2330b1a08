"""Where transcripts are posted."""

from dataclasses import dataclass, field
from typing import Self

from agent.settings import Settings


@dataclass(frozen=True, slots=True)
class Receiver:
    """An address and what posts to it are signed with; both secret, never shown."""

    url: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """The one that the settings name; None when they name none."""
        url, secret = settings.frontend_webhook_url, settings.webhook_secret
        if url is None:
            return None
        return cls(url.get_secret_value(), secret.get_secret_value() if secret else None)
