"""d x, as an integral or a derivative ends with it."""

from typing import NamedTuple

from agent.spoken.parsing.nodes import Letter
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.letters import GLUED, GREEK, LATIN


class SpokenDifferential(NamedTuple):
    """The variable after d, and the index after it."""

    variable: Letter
    end: int


def read_differential(parser: Parser, at: int) -> SpokenDifferential | None:
    """The differential at `at`: "d x", "dx", "d theta"; None when none stands there."""
    word = parser.word(at)
    if word in GLUED:
        return SpokenDifferential(Letter(parser.said[at][1:]), at + 1)
    if word != "d":
        return None
    following = parser.word(at + 1)
    if following in LATIN:
        return SpokenDifferential(Letter(parser.said[at + 1]), at + 2)
    if following in GREEK:
        return SpokenDifferential(Letter(GREEK[following]), at + 2)
    return None
