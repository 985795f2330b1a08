"""A grammar as a value: which words begin an operand or follow one, and who reads them.

Everything here is generic in the parser (`Reads`) that the readers are called with.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from agent.spoken.parsing.binding import Binding, Parse
from agent.spoken.vocabulary.table import Table

Reads = TypeVar("Reads")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Prefix(Generic[Reads, Value]):
    """Words that begin an operand.

    `read` gets the index after the words and their value. `is_doubtful`: the words may be plain
    letters too. `is_factor`: the operand may stand right beside another one as its factor.
    """

    words: Table[Value]
    read: Callable[[Reads, int, Value], list[Parse]]
    is_doubtful: bool = False
    is_factor: bool = True


@dataclass(frozen=True, slots=True)
class Infix(Generic[Reads, Value]):
    """Words that follow an operand; `level` is how tightly they bind.

    `read` gets the operand too. `after_pause`: the rule holds where a comma comes before the
    words; as a rule it takes all that was said of this side.
    """

    words: Table[Value]
    level: Binding
    read: Callable[[Reads, Parse, int, Value], list[Parse]]
    after_pause: bool = False


Rule = Prefix[Reads, Any] | Infix[Reads, Any]


def _read_nothing(*_where: object) -> list[Parse]:
    return []


def _same_place(_parser: object, at: int) -> int:
    return at


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar(Generic[Reads]):
    """All rules of a language, and who reads what no rule's words begin.

    Where two rules have the same words, the first that reads something wins.

    `read_plain`: an operand without a rule, such as a number or a letter. `read_signed`: an
    operand with a sign, at least as tight as asked. `read_beside`: what follows an operand with
    no word between. `read_item`: what follows one after a pause. `past_articles`: the index
    after the words before an operand that mean nothing.
    """

    rules: tuple[Rule[Reads], ...]
    read_plain: Callable[[Reads, int], list[Parse]]
    read_signed: Callable[[Reads, int, Binding], list[Parse]] = _read_nothing
    read_beside: Callable[[Reads, Parse, Binding], list[Parse]] = _read_nothing
    read_item: Callable[[Reads, Parse, int], list[Parse]] = _read_nothing
    past_articles: Callable[[Reads, int], int] = _same_place
    prefixes: Table[tuple[Prefix[Reads, Any], Any]] = field(init=False, repr=False)
    infixes: Table[tuple[Infix[Reads, Any], Any]] = field(init=False, repr=False)
    after_pause: Table[tuple[Infix[Reads, Any], Any]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Join the words of all rules, so that the longest phrase is found first."""
        infixes = [rule for rule in self.rules if isinstance(rule, Infix)]
        prefixes = _joined(rule for rule in self.rules if isinstance(rule, Prefix))
        object.__setattr__(self, "prefixes", prefixes)
        object.__setattr__(self, "infixes", _joined(r for r in infixes if not r.after_pause))
        object.__setattr__(self, "after_pause", _joined(r for r in infixes if r.after_pause))


AnyRule = TypeVar("AnyRule", Prefix[Any, Any], Infix[Any, Any])


def _joined(rules: Iterable[AnyRule]) -> Table[tuple[AnyRule, Any]]:
    """Every phrase with its rule and its value there."""
    return Table((phrase, (rule, value)) for rule in rules for phrase, value in rule.words.rows())
