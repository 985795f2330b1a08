"""Where a text may be cut so that each part can be spoken by itself."""

import re


def split_sentences(text: str, ends: str = ".?!") -> list[str]:
    """The parts of the text that end with one of `ends` before a space, and what is left."""
    return re.findall(rf"\S.*?(?:[{ends}](?=\s|$)|$)", text, re.DOTALL)
