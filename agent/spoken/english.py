"""Which words begin an operand, stand between two, or follow one, and who reads them."""

from agent.spoken.constructs import infix, postfix
from agent.spoken.constructs.applications import (
    read_call_by_name,
    read_function,
    read_inverse,
    read_raised_of,
)
from agent.spoken.constructs.articles import past_articles
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
from agent.spoken.constructs.juxtaposition import side_by_side
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
    read_plain,
    read_scaled,
    read_signed,
    read_symbol,
)
from agent.spoken.constructs.pairs import read_pair
from agent.spoken.constructs.products import product
from agent.spoken.constructs.roots import read_indexed_root, read_ordinal_root, read_root
from agent.spoken.constructs.sets import read_set
from agent.spoken.constructs.sums import addition, counted_together
from agent.spoken.constructs.units import SCALES, UNITS, with_scale, with_unit
from agent.spoken.parsing.binding import Binding
from agent.spoken.parsing.grammar import Grammar, Infix, Prefix, Rule
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary import functions, letters, operators
from agent.spoken.vocabulary.table import Table

_RULES: tuple[Rule[Parser], ...] = (
    Prefix(
        Table({"d": "d", "partial": "\\partial", "del": "\\partial"}),
        read_leibniz,
        is_doubtful=True,
    ),
    Prefix(functions.DERIVATIVES, read_derivative),
    Prefix(functions.INTEGRALS, read_integral),
    Prefix(functions.LIMITS, read_limit),
    Prefix(functions.SIDED_LIMITS, read_sided_limit),
    Prefix(functions.SUMMATIONS, read_big_operator),
    Prefix(functions.PAIRS, read_pair),
    Prefix(Table({"inner product of": ("\\langle ", "\\rangle")}), read_bracketed_pair),
    Prefix(functions.LISTED_CALLS, read_listed_call),
    Prefix(functions.QUANTIFIERS, read_quantifier, is_factor=False),
    Prefix(Table({"not": "\\neg"}), read_negation, is_factor=False),
    Prefix(operators.LEADING_RELATIONS, read_leading_relation, is_factor=False),
    Prefix(functions.FIGURES, read_figure),
    Prefix(functions.LINES, read_line),
    Prefix(Table({"vector from": "overrightarrow"}), read_vector_between),
    Prefix(functions.BARS, read_bars, is_factor=False),
    Prefix(functions.ROOTS, read_root),
    Prefix(Table({"root index": True}), read_indexed_root),
    Prefix(
        Table({"binomial coefficient|start binomial|begin binomial|binomial": True}), read_binomial
    ),
    Prefix(functions.ORDINAL_ROOTS, read_ordinal_root, is_doubtful=True),
    Prefix(functions.FUNCTIONS, read_function, is_doubtful=True),
    Prefix(Table({"inverse": True}), read_inverse),
    Prefix(functions.RAISED_OF, read_raised_of),
    Prefix(functions.SCALED, read_scaled),
    Prefix(Table({"if": True}), read_conditional),
    Prefix(functions.SETS, read_set),
    Prefix(functions.SIZES, read_sized),
    Prefix(functions.MATRICES, read_matrix, is_doubtful=True),
    Prefix(functions.COLUMNS, read_column),
    Prefix(functions.COMPONENTS, read_components, is_doubtful=True),
    Prefix(functions.CASES, read_case_list),
    Prefix(functions.SYSTEMS, read_system, is_factor=False),
    Prefix(operators.ACCENTS, read_accent, is_doubtful=True),
    Prefix(functions.CALLS, read_call_by_name, is_doubtful=True),
    Prefix(functions.OPENINGS, read_group),
    Prefix(functions.INTERVALS, read_interval),
    Prefix(functions.POINTS, read_point, is_doubtful=True),
    Prefix(functions.MAGNITUDES, read_magnitude),
    Prefix(functions.QUANTITIES, read_quantity_words),
    Prefix(functions.FRACTIONS, read_fraction),
    Prefix(functions.CONJUGATES, read_conjugate),
    Prefix(letters.FONTS, read_font),
    Prefix(Table({"dot": "\\cdot"}), read_placeholder),
    Prefix(letters.SYMBOLS, read_symbol),
    Infix(Table({"comma": ","}), Binding.LIST, infix.listed),
    Infix(Table({"through|up to": True}), Binding.LIST, infix.ranging),
    Infix(functions.QUANTIFIERS, Binding.LOGIC, quantified),
    Infix(Table({"to": "\\to"}), Binding.LOGIC, infix.arrow),
    Infix(Table({"vbar|given": "\\mid"}), Binding.RELATION, infix.conditioned),
    Infix(Table({"at": True}), Binding.TIGHT, value_at),
    Infix(Table({"colon": ":"}), Binding.RELATION, infix.relation),
    Infix(functions.CONNECTIVES, Binding.LOGIC, connected),
    Infix(Table({"from|maps from": "\\to", "maps": "\\mapsto"}), Binding.RELATION, read_map),
    Infix(Table({"in brackets|in parentheses": True}), Binding.WIDE, postfix.in_brackets),
    Infix(operators.RELATIONS, Binding.RELATION, infix.relation),
    Infix(operators.EQUALS_WORDS, Binding.RELATION, infix.loose_equals),
    Infix(operators.WIDE_BARS, Binding.WIDE, wide_fraction),
    Infix(operators.WIDE_POWERS, Binding.WIDE, postfix.wide_power),
    Infix(Table({word: word for word in CONDITIONS}), Binding.WIDE, read_cases),
    Infix(operators.SUMS, Binding.SUM, addition),
    Infix(Table({"and": True}), Binding.SUM, counted_together),
    Infix(operators.PRODUCTS, Binding.PRODUCT, product),
    Infix(operators.BARS, Binding.FRACTION, fraction),
    Infix(Table({"square|cubic": ""}), Binding.ARGUMENT, with_unit),
    Infix(operators.POWERS, Binding.TIGHT, postfix.power),
    Infix(operators.TO_THE, Binding.TIGHT, postfix.to_the),
    Infix(operators.SUBS, Binding.TIGHT, postfix.subscript),
    Infix(operators.NAUGHT, Binding.TIGHT, postfix.naught),
    Infix(operators.QUALIFIERS, Binding.TIGHT, postfix.qualifier),
    Infix(operators.VERDICTS, Binding.LOGIC, postfix.verdict),
    Infix(Table({"is between|between|lies between": "<"}), Binding.RELATION, infix.between),
    Infix(operators.COMPARED_WITH_ZERO, Binding.RELATION, postfix.compared_with_zero),
    Infix(Table({"baseline": True}), Binding.TIGHT, postfix.baseline),
    Infix(operators.PRIMES, Binding.TIGHT, postfix.prime),
    Infix(operators.ACCENTS, Binding.TIGHT, postfix.accent),
    Infix(operators.MARKS, Binding.TIGHT, postfix.mark),
    Infix(letters.LATE_FONTS, Binding.TIGHT, postfix.late_font),
    Infix(operators.RAISED, Binding.TIGHT, postfix.raised),
    Infix(UNITS, Binding.ARGUMENT, with_unit),
    Infix(SCALES, Binding.TIGHT, with_scale),
    Infix(Table({"choose": True}), Binding.ARGUMENT, postfix.choose),
    Infix(Table({"of": True}), Binding.TIGHT, call),
    Infix(operators.RELATIONS, Binding.RELATION, infix.relation, after_pause=True),
    Infix(operators.SUMS, Binding.WIDE, addition, after_pause=True),
    Infix(operators.PRODUCTS, Binding.WIDE, product, after_pause=True),
    Infix(operators.BARS, Binding.WIDE, wide_fraction, after_pause=True),
    Infix(operators.WIDE_BARS, Binding.WIDE, wide_fraction, after_pause=True),
    Infix(operators.POWERS, Binding.WIDE, postfix.wide_power, after_pause=True),
    Infix(operators.WIDE_POWERS, Binding.WIDE, postfix.wide_power, after_pause=True),
    Infix(operators.SUBS, Binding.TIGHT, postfix.subscript, after_pause=True),
    Infix(operators.TO_THE, Binding.TIGHT, postfix.to_the, after_pause=True),
    Infix(Table({"comma": ","}), Binding.LIST, infix.listed, after_pause=True),
    Infix(Table({"colon": ":"}), Binding.RELATION, infix.relation, after_pause=True),
    Infix(functions.OPENINGS, Binding.ARGUMENT, infix.bracket_after_pause, after_pause=True),
    Infix(Table({"of": True}), Binding.TIGHT, call, after_pause=True),
    Infix(
        infix.with_article(functions.SUMMATIONS),
        Binding.PRODUCT,
        infix.factor_after_pause,
        after_pause=True,
    ),
    Infix(
        infix.with_article(functions.INTEGRALS),
        Binding.PRODUCT,
        infix.factor_after_pause,
        after_pause=True,
    ),
)
ENGLISH = Grammar(
    rules=_RULES,
    read_plain=read_plain,
    read_signed=read_signed,
    read_beside=side_by_side,
    read_item=infix.read_item,
    past_articles=past_articles,
)
