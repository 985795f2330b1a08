"""How recordings are degraded: one entry for each effect, noise and codec.

Commands, manifests, page and docs read the entries; the functions that they name are heavy
(numpy) and wait until a recording is made worse.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any

from agent.errors import DatasetError

UNITS = {"sec": "seconds", "db": "dB", "hz": "Hz"}
CLEAN = "none"
CONDITION_SNR_DB = 20.0
CODECS = {"mu-law": ("WAV", "ULAW"), "opus": ("OGG", "OPUS"), "mp3": ("MP3", "MPEG_LAYER_III")}
"""Container and subtype of each codec, as libsndfile calls them."""


@dataclass(frozen=True, slots=True)
class Noise:
    """One kind of noise; `made_by` is the function that makes it, as MODULE:NAME."""

    name: str
    words: str
    made_by: str


NOISES = {
    each.name: each
    for each in (
        Noise("white", "white noise", "evals.synthesis.noise:white_noise"),
        Noise("babble", "other voices", "evals.synthesis.noise:babble"),
    )
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that can be done to a recording, and the values that it takes.

    `done_by` is the function that does it, as MODULE:NAME; empty for a value that only shapes
    other effects. From `low` to `high`, `low` itself only where `takes_low`; of several numbers
    each, in rising order.
    """

    sentence: str
    done_by: str = ""
    low: float | None = None
    high: float | None = None
    takes_low: bool = True
    is_range: bool = False
    choices: tuple[str, ...] = ()

    @property
    def bounds(self) -> str:
        """The values it takes, in words; empty for any."""
        if self.choices:
            return f"{', '.join(self.choices[:-1])} or {self.choices[-1]}"
        low = (
            ""
            if self.low is None
            else f"{'at least' if self.takes_low else 'above'} {_plain(self.low)}"
        )
        high = "" if self.high is None else f"at most {_plain(self.high)}"
        order = "the lower first" if self.is_range else ""
        return ", ".join(filter(None, (low, high, order)))

    def takes(self, value: Any) -> bool:  # noqa: ANN401 (a number, or one of the choices)
        """Whether the value lies within the bounds."""
        if self.choices:
            return value in self.choices
        if self.is_range:
            low, high = value
            return low < high and self._lies_within(low) and self._lies_within(high)
        return not isinstance(value, int | float) or self._lies_within(value)

    def _lies_within(self, value: float) -> bool:
        """False for what is no number, which lies nowhere."""
        if self.high is not None and not value <= self.high:
            return False
        return self.low is None or value > self.low or (value == self.low and self.takes_low)


def _plain(bound: float) -> str:
    return f"{bound:.10g}"


def _effect(default: object, sentence: str, done_by: str = "", **bounds: Any) -> Any:  # noqa: ANN401
    path = f"evals.synthesis.perturb:{done_by}" if done_by else ""
    return field(default=default, metadata={"effect": Effect(sentence, path, **bounds)})


@dataclass(frozen=True, slots=True)
class Perturbation:
    """What is done to each recording, in this order; None leaves that out."""

    speed: float | None = _effect(
        None, "Speed factor; the pitch rises with it", "faster", low=0.5, high=2
    )
    pause_sec: float | None = _effect(
        None, "Silence in the quietest place of the middle", "with_pause", low=0, high=60
    )
    reverb_sec: float | None = _effect(
        None,
        "Reverberation: the time until the echo is 60 dB quieter",
        "reverberated",
        low=0,
        high=10,
    )
    noise: str | None = _effect(
        None, f"Noise behind the speech: {', '.join(NOISES)}, or a recording", "noisy"
    )
    snr_db: float = _effect(20.0, "With noise: signal-to-noise ratio", low=-60, high=100)
    gain_db: float | None = _effect(None, "Change of level", "louder", low=-60, high=60)
    clip: float | None = _effect(
        None, "Clip at this share of the peak", "clipped", low=0, high=1, takes_low=False
    )
    band_hz: tuple[float, float] | None = _effect(
        None,
        "Keep only these frequencies; a telephone has 300-3400",
        "band_limited",
        low=0,
        high=8_000,
        is_range=True,
    )
    codec: str | None = _effect(
        None,
        "Encode and decode, as a telephone or a browser does",
        "coded",
        choices=tuple(CODECS),
    )
    seed: int = _effect(1, "The same seed gives the same result", low=0, high=999_999_999)

    def __post_init__(self) -> None:
        for name, effect in EFFECTS.items():
            value = getattr(self, name)
            if value is not None and not effect.takes(value):
                expected = effect.bounds
                raise DatasetError(f"{option_name(name)}: expected {expected}, got {value!r}")

    def to_json(self) -> str:
        """What a recording's metadata say of it: one text, for tables have no nested columns."""
        return json.dumps(
            {name: value for name, value in asdict(self).items() if value is not None}
        )


EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {each.name: each.metadata["effect"] for each in fields(Perturbation)}
)


def option_name(name: str) -> str:
    """An effect's name without its unit, as one types it: `pause` of `pause_sec`."""
    stem, _, unit = name.rpartition("_")
    return stem if unit in UNITS else name


def values_of(name: str) -> str:
    """The unit and the bounds of an effect's value, in words; empty where it has neither."""
    unit = UNITS.get(name.rpartition("_")[2], "")
    return ", ".join(filter(None, (unit, EFFECTS[name].bounds)))


@dataclass(frozen=True, slots=True)
class Condition:
    """A standard way to make a recording worse; `how` is None for the clean one."""

    words: str
    how: Perturbation | None


CONDITIONS = {CLEAN: Condition("none", None)} | {
    f"{noise.name}{CONDITION_SNR_DB:g}": Condition(
        f"{noise.words}, {CONDITION_SNR_DB:g} dB",
        Perturbation(noise=noise.name, snr_db=CONDITION_SNR_DB),
    )
    for noise in NOISES.values()
}
"""By name, as a manifest's voices and the page's choices have it."""
