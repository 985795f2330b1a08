"""Which words begin an operand, stand between two, or follow one, and who reads them."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from agent.spoken.constructs import infix, postfix
from agent.spoken.constructs.applications import (
    read_call_by_name,
    read_function,
    read_inverse,
    read_raised_of,
)
from agent.spoken.constructs.big_operators import read_big_operator
from agent.spoken.constructs.calls import call, value_at
from agent.spoken.constructs.cases import CONDITIONS, read_case_list, read_cases, read_system
from agent.spoken.constructs.derivatives import read_derivative, read_leibniz
from agent.spoken.constructs.figures import read_figure, read_line, read_map, read_vector_between
from agent.spoken.constructs.fractions import fraction, wide_fraction
from agent.spoken.constructs.groups import (
    read_binomial,
    read_fraction,
    read_group,
    read_point,
    read_quantity_words,
)
from agent.spoken.constructs.integrals import read_integral
from agent.spoken.constructs.intervals import read_interval
from agent.spoken.constructs.limits import read_limit, read_sided_limit
from agent.spoken.constructs.listed_calls import read_bracketed_pair, read_listed_call
from agent.spoken.constructs.logic import (
    connected,
    quantified,
    read_conditional,
    read_negation,
    read_quantifier,
)
from agent.spoken.constructs.magnitudes import read_bars, read_magnitude
from agent.spoken.constructs.matrices import read_column, read_components, read_matrix, read_sized
from agent.spoken.constructs.operands import (
    read_accent,
    read_conjugate,
    read_font,
    read_leading_relation,
    read_placeholder,
    read_scaled,
    read_symbol,
)
from agent.spoken.constructs.pairs import read_pair
from agent.spoken.constructs.products import product
from agent.spoken.constructs.roots import read_indexed_root, read_ordinal_root, read_root
from agent.spoken.constructs.sets import read_set
from agent.spoken.constructs.sums import addition, counted_together
from agent.spoken.constructs.units import SCALES, UNITS, with_scale, with_unit
from agent.spoken.parsing.binding import Binding, Parse
from agent.spoken.parsing.table import Table
from agent.spoken.vocabulary import functions, letters, operators

if TYPE_CHECKING:
    from agent.spoken.parsing.parser import Parser


class Prefix(NamedTuple):
    """Reads the operand that its words begin; `is_doubtful` if they may be plain letters too."""

    read: Callable[["Parser", int, Any], list[Parse]]
    value: object
    is_doubtful: bool = False

    @property
    def is_factor(self) -> bool:
        """Whether it may stand right beside another operand as its factor."""
        return self.read not in (
            read_quantifier,
            read_negation,
            read_bars,
            read_system,
            read_leading_relation,
        )


class Infix(NamedTuple):
    """Reads on from an operand; `level` is how tightly it binds."""

    level: Binding
    read: Callable[["Parser", Parse, int, Any], list[Parse]]
    value: object


def _prefixes() -> Iterable[tuple[str, Prefix]]:
    readers: tuple[tuple[Table[Any], Callable[[Parser, int, Any], list[Parse]], bool], ...] = (
        (Table({"d": "d", "partial": "\\partial", "del": "\\partial"}), read_leibniz, True),
        (functions.DERIVATIVES, read_derivative, False),
        (functions.INTEGRALS, read_integral, False),
        (functions.LIMITS, read_limit, False),
        (functions.SIDED_LIMITS, read_sided_limit, False),
        (functions.SUMMATIONS, read_big_operator, False),
        (functions.PAIRS, read_pair, False),
        (Table({"inner product of": ("\\langle ", "\\rangle")}), read_bracketed_pair, False),
        (functions.LISTED_CALLS, read_listed_call, False),
        (functions.QUANTIFIERS, read_quantifier, False),
        (Table({"not": "\\neg"}), read_negation, False),
        (operators.LEADING_RELATIONS, read_leading_relation, False),
        (functions.FIGURES, read_figure, False),
        (functions.LINES, read_line, False),
        (Table({"vector from": "overrightarrow"}), read_vector_between, False),
        (functions.BARS, read_bars, False),
        (functions.ROOTS, read_root, False),
        (Table({"root index": True}), read_indexed_root, False),
        (
            Table({"binomial coefficient|start binomial|begin binomial|binomial": True}),
            read_binomial,
            False,
        ),
        (functions.ORDINAL_ROOTS, read_ordinal_root, True),
        (functions.FUNCTIONS, read_function, True),
        (Table({"inverse": True}), read_inverse, False),
        (functions.RAISED_OF, read_raised_of, False),
        (functions.SCALED, read_scaled, False),
        (Table({"if": True}), read_conditional, False),
        (functions.SETS, read_set, False),
        (functions.SIZES, read_sized, False),
        (functions.MATRICES, read_matrix, True),
        (functions.COLUMNS, read_column, False),
        (functions.COMPONENTS, read_components, True),
        (functions.CASES, read_case_list, False),
        (functions.SYSTEMS, read_system, False),
        (operators.ACCENTS, read_accent, True),
        (functions.CALLS, read_call_by_name, True),
        (functions.OPENINGS, read_group, False),
        (functions.INTERVALS, read_interval, False),
        (functions.POINTS, read_point, True),
        (functions.MAGNITUDES, read_magnitude, False),
        (functions.QUANTITIES, read_quantity_words, False),
        (functions.FRACTIONS, read_fraction, False),
        (functions.CONJUGATES, read_conjugate, False),
        (letters.FONTS, read_font, False),
        (Table({"dot": "\\cdot"}), read_placeholder, False),
        (letters.SYMBOLS, read_symbol, False),
    )
    for table, read, is_doubtful in readers:
        for phrase, value in table.rows():
            yield phrase, Prefix(read, value, is_doubtful)


def _infixes() -> Iterable[tuple[str, Infix]]:
    readers: tuple[
        tuple[Table[Any], Binding, Callable[[Parser, Parse, int, Any], list[Parse]]], ...
    ] = (
        (Table({"comma": ","}), Binding.LIST, infix.listed),
        (Table({"through|up to": True}), Binding.LIST, infix.ranging),
        (functions.QUANTIFIERS, Binding.LOGIC, quantified),
        (Table({"to": "\\to"}), Binding.LOGIC, infix.arrow),
        (Table({"vbar|given": "\\mid"}), Binding.RELATION, infix.conditioned),
        (Table({"at": True}), Binding.TIGHT, value_at),
        (Table({"colon": ":"}), Binding.RELATION, infix.relation),
        (functions.CONNECTIVES, Binding.LOGIC, connected),
        (Table({"from|maps from": "\\to", "maps": "\\mapsto"}), Binding.RELATION, read_map),
        (Table({"in brackets|in parentheses": True}), Binding.WIDE, postfix.in_brackets),
        (operators.RELATIONS, Binding.RELATION, infix.relation),
        (operators.EQUALS_WORDS, Binding.RELATION, infix.loose_equals),
        (operators.WIDE_BARS, Binding.WIDE, wide_fraction),
        (operators.WIDE_POWERS, Binding.WIDE, postfix.wide_power),
        (Table({word: word for word in CONDITIONS}), Binding.WIDE, read_cases),
        (operators.SUMS, Binding.SUM, addition),
        (Table({"and": True}), Binding.SUM, counted_together),
        (operators.PRODUCTS, Binding.PRODUCT, product),
        (operators.BARS, Binding.FRACTION, fraction),
        (Table({"square|cubic": ""}), Binding.ARGUMENT, with_unit),
        (operators.POWERS, Binding.TIGHT, postfix.power),
        (operators.TO_THE, Binding.TIGHT, postfix.to_the),
        (operators.SUBS, Binding.TIGHT, postfix.subscript),
        (operators.NAUGHT, Binding.TIGHT, postfix.naught),
        (operators.QUALIFIERS, Binding.TIGHT, postfix.qualifier),
        (operators.VERDICTS, Binding.LOGIC, postfix.verdict),
        (Table({"is between|between|lies between": "<"}), Binding.RELATION, infix.between),
        (operators.COMPARED_WITH_ZERO, Binding.RELATION, postfix.compared_with_zero),
        (Table({"baseline": True}), Binding.TIGHT, postfix.baseline),
        (operators.PRIMES, Binding.TIGHT, postfix.prime),
        (operators.ACCENTS, Binding.TIGHT, postfix.accent),
        (operators.MARKS, Binding.TIGHT, postfix.mark),
        (letters.LATE_FONTS, Binding.TIGHT, postfix.late_font),
        (operators.RAISED, Binding.TIGHT, postfix.raised),
        (UNITS, Binding.ARGUMENT, with_unit),
        (SCALES, Binding.TIGHT, with_scale),
        (Table({"choose": True}), Binding.ARGUMENT, postfix.choose),
        (Table({"of": True}), Binding.TIGHT, call),
    )
    for table, level, read in readers:
        for phrase, value in table.rows():
            yield phrase, Infix(level, read, value)


def _after_pause() -> Iterable[tuple[str, Infix]]:
    """A comma before an operator: it takes all that was said of this side."""
    readers: tuple[
        tuple[Table[Any], Binding, Callable[[Parser, Parse, int, Any], list[Parse]]], ...
    ] = (
        (operators.RELATIONS, Binding.RELATION, infix.relation),
        (operators.SUMS, Binding.WIDE, addition),
        (operators.PRODUCTS, Binding.WIDE, product),
        (operators.BARS, Binding.WIDE, wide_fraction),
        (operators.WIDE_BARS, Binding.WIDE, wide_fraction),
        (operators.POWERS, Binding.WIDE, postfix.wide_power),
        (operators.WIDE_POWERS, Binding.WIDE, postfix.wide_power),
        (operators.SUBS, Binding.TIGHT, postfix.subscript),
        (operators.TO_THE, Binding.TIGHT, postfix.to_the),
        (Table({"comma": ","}), Binding.LIST, infix.listed),
        (Table({"colon": ":"}), Binding.RELATION, infix.relation),
        (functions.OPENINGS, Binding.ARGUMENT, infix.bracket_after_pause),
        (Table({"of": True}), Binding.TIGHT, call),
        (functions.SUMMATIONS, Binding.PRODUCT, infix.factor_after_pause),
        (functions.INTEGRALS, Binding.PRODUCT, infix.factor_after_pause),
    )
    for table, level, read in readers:
        for phrase, value in table.rows():
            yield phrase, Infix(level, read, value)
            if read is infix.factor_after_pause:
                yield f"the {phrase}", Infix(level, read, value)


PREFIXES = Table(_prefixes())
INFIXES = Table(_infixes())
AFTER_PAUSE = Table(_after_pause())
