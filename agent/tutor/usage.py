"""Tokens that the service says it has counted, as it bills them."""

from collections import Counter
from collections.abc import Mapping, Sequence

from google.genai import types

MAX_TOKENS = 10**9  # of one kind in one session: more is no count


class Usage(Counter[str]):
    """The sum of all counts that one session was told of, by google-genai's names.

    Each generation is billed with all that came before it, so that the last count alone is
    several times too low (forum of Google's AI developers, thread 173248). The sound in a count
    is told apart as `prompt_audio_token_count` and `response_audio_token_count`; where the
    service doesn't, all of it is taken for sound, which costs most.
    """

    def add(self, counted: types.UsageMetadata) -> None:
        """Take one message's counts; what is no count is left out."""
        counts = counted.model_dump(exclude_none=True)
        self._sum({name: counts[name] for name in counts if name.endswith("_token_count")})
        for side, details in (
            ("prompt", counted.prompt_tokens_details),
            ("response", counted.response_tokens_details),
        ):
            total = counts.get(f"{side}_token_count")
            self._sum({f"{side}_audio_token_count": _sound(details) if details else total})

    def _sum(self, counts: Mapping[str, object]) -> None:
        for name, count in counts.items():
            if isinstance(count, int) and 0 <= count <= MAX_TOKENS:
                self[name] = min(self[name] + count, MAX_TOKENS)


def _sound(details: Sequence[types.ModalityTokenCount]) -> int:
    return sum(
        each.token_count or 0 for each in details if each.modality == types.MediaModality.AUDIO
    )
