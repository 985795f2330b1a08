"""What comes from outside and is kept: text that can be read back, numbers that JSON has."""

import json
import math
import re

REPLACEMENT = "\ufffd"  # as Unicode has it for what can't be shown
MAX_NESTING = 50
MAX_VALUES = 20_000
# Halves of a character, which UTF-8 can't carry, and control characters, which end a text early
# or move a terminal's cursor. Tabs and line ends stay.
_HALF = re.compile("[\ud800-\udfff]")
_UNSTORABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def storable(text: str) -> str:
    """The text with U+FFFD for each character that no file, database or page could give back."""
    return text if text.isprintable() else _UNSTORABLE.sub(REPLACEMENT, text)


def is_unicode(value: object) -> bool:
    """Whether no text in a value of lists and dictionaries holds half of a character."""
    if isinstance(value, str):
        return _HALF.search(value) is None
    if isinstance(value, dict):
        return all(is_unicode(each) for pair in value.items() for each in pair)
    return not isinstance(value, list) or all(map(is_unicode, value))


def parse_json(text: bytes | str) -> object:
    """The value of JSON text in UTF-8, its numbers finite; ValueError for anything else."""
    decoded = text.decode() if isinstance(text, bytes) else text
    try:
        return json.loads(decoded, parse_constant=_refused, parse_float=_finite)
    except RecursionError:
        raise ValueError(f"expected at most {MAX_NESTING} levels of nesting") from None


def read_json(text: bytes | str) -> object:
    """The same with storable strings.

    Raises ValueError, too, for more than `MAX_NESTING` levels or `MAX_VALUES` values.
    """
    return _Copy().of(parse_json(text), 0)


class _Copy:
    """Copies one value, counting what is in it."""

    def __init__(self) -> None:
        self._n_values = 0

    def of(self, value: object, depth: int) -> object:
        self._n_values += 1
        if depth > MAX_NESTING or self._n_values > MAX_VALUES:
            raise ValueError(f"expected at most {MAX_NESTING} levels and {MAX_VALUES} values")
        if isinstance(value, str):
            return storable(value)
        if isinstance(value, list):
            return [self.of(each, depth + 1) for each in value]
        if isinstance(value, dict):
            return {storable(key): self.of(each, depth + 1) for key, each in value.items()}
        return value


def _refused(name: str) -> object:
    raise ValueError(f"expected a number, got {name}")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("expected a number that a computer can hold")
    return number
