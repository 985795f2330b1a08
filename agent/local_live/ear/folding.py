"""Words as the spoken-maths parser takes them: without the recogniser's case and marks."""

import re

# The model begins sentences with capitals, writes single letters as capitals, ends with a
# full stop and puts commas after any word: none of it was said, and A is not a.
_APOSTROPHES = re.compile("[\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`]")
_MARKS = re.compile(r"[^\w'\s]|_")
_LOOSE_APOSTROPHES = re.compile(r"(?<!\w)'|'(?!\w)")


def folded(text: str) -> str:
    """The words of `text` in lower case with single spaces; apostrophes stay within words."""
    words = _MARKS.sub(" ", _APOSTROPHES.sub("'", text.lower()))
    return " ".join(_LOOSE_APOSTROPHES.sub(" ", words).split())
