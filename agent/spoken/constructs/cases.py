"""Definitions by cases, and systems of equations."""

from agent.spoken.parsing.binding import Binding, Parse, Stop
from agent.spoken.parsing.grammar import Infix, Prefix
from agent.spoken.parsing.nodes import Applied, Node, Relation, Rows, Words
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.numbers import is_number_word
from agent.spoken.vocabulary.table import Table

CASES = Table({"cases|two cases|2 cases|three cases|3 cases|case one|case 1": True})
SYSTEMS = Table({"system|system of equations|simultaneous equations|equations": True})
_BETWEEN = frozenset((",", ".", "and", "comma", "but", "or"))
_ELSE = frozenset(("otherwise", "else", "elsewhere"))
CONDITIONS = ("if", "when", "for", "where", "whenever")
_MAX_CASES = 12
_MAX_HEIGHT = 16  # of a value or a condition


def read_cases(parser: Parser, left: Parse, at: int, word: str) -> list[Parse]:
    """x if x is positive and minus x if x is negative: at least two cases."""
    return _cases(parser, left.node, at, word, left)


def read_case_list(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """Two cases, or case one, and then a value with its condition."""
    at = _past_case_label(parser, at)
    with parser.until(Stop.PAUSE):
        values = parser.parse(at, Binding.SUM)
    for value in values[:1]:
        condition_at = _past_marks(parser, value.end)
        word = parser.word(condition_at)
        if word in CONDITIONS:
            return _cases(parser, value.node, condition_at + 1, word, value)
    return []


def read_system(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """The system x plus y equals five and x minus y equals one."""
    rows: list[tuple[Node, ...]] = []
    end = at
    while len(rows) < _MAX_CASES:
        with parser.until(Stop.PAUSE):
            found = parser.parse(_past_between(parser, at), Binding.RELATION)[:1]
        if not found or not _is_condition(found[0]):
            break
        rows.append((found[0].node,))
        end = at = found[0].end
        if parser.word(at) not in _BETWEEN:
            break
    return [Parse(end, Rows("cases", tuple(rows)), height=_MAX_HEIGHT + 3)] if len(rows) > 1 else []


def _cases(parser: Parser, value: Node | None, at: int, word: str, left: Parse) -> list[Parse]:
    if left.height > _MAX_HEIGHT:
        return []
    rows: list[tuple[Node, ...]] = []
    end = at
    while value is not None and len(rows) < _MAX_CASES:
        condition = _condition(parser, at, word)
        if condition is None:
            break
        rows.append((value, condition.node))
        end = condition.end
        value, at, word = _next_value(parser, end)
    if len(rows) < 2:
        return []
    return [Parse(end, Rows("cases", tuple(rows)), left.cost, left.choices, height=_MAX_HEIGHT + 3)]


def _condition(parser: Parser, at: int, word: str) -> Parse | None:
    """What must hold: a relation, or "otherwise"."""
    if word in _ELSE:
        return Parse(at, Words("otherwise"))
    with parser.until(Stop.PAUSE):
        relations = parser.parse(at, Binding.RELATION)
    for relation in relations[:1]:
        if _is_condition(relation):
            shown = "for " if word == "for" else "if "
            return Parse(relation.end, Applied(Words(shown), relation.node))
    return None


def _is_condition(parse: Parse) -> bool:
    return isinstance(parse.node, Relation) and parse.height <= _MAX_HEIGHT


def _next_value(parser: Parser, at: int) -> tuple[Node | None, int, str]:
    """The next case's value, the index after its "if", and that word."""
    at = _past_case_label(parser, _past_between(parser, at))
    with parser.until(Stop.PAUSE):
        values = parser.parse(at, Binding.SUM)
    for value in values[:1]:
        condition_at = _past_marks(parser, value.end)
        word = parser.word(condition_at)
        if (word in CONDITIONS or word in _ELSE) and value.height <= _MAX_HEIGHT:
            return value.node, condition_at + 1, word
    return None, at, ""


def _past_case_label(parser: Parser, at: int) -> int:
    """Past "case two:"."""
    at = _past_marks(parser, at)
    if parser.word(at) == "case":
        at += 1 + is_number_word(parser.word(at + 1))
    return _past_marks(parser, at)


def _past_between(parser: Parser, at: int) -> int:
    while parser.word(at) in _BETWEEN:
        at += 1
    return at


def _past_marks(parser: Parser, at: int) -> int:
    while parser.word(at) in (",", "."):
        at += 1
    return at


RULES = (
    Prefix(CASES, read_case_list),
    Prefix(SYSTEMS, read_system, is_factor=False),
    Infix(Table({word: word for word in CONDITIONS}), Binding.WIDE, read_cases),
)
