"""Spoken changes to the formula before: change the two to a three, square the whole thing."""

import re
from collections.abc import Callable, Sequence

from agent.spoken.context import Context
from agent.spoken.latex_tokens import (
    TOKEN,
    Tokens,
    bracketed,
    each_side,
    fenced,
    is_whole,
    places_of,
    put,
    relation_at,
    without,
    written,
)
from agent.spoken.reading import DEFAULT_READINGS, Reading, readings
from agent.spoken.speech.cleaning import cleaned
from agent.spoken.vocabulary.words import MAX_CHARACTERS, split_words

_SIGNS = {"plus": "+", "minus": "-", "equals": "=", "times": "\\times", "plus sign": "+",
          "minus sign": "-", "equals sign": "=", "equal sign": "="}  # fmt: skip
_ALL = r"(?:it|that|this|everything|the whole thing|the whole|all of it|the lot|the formula)"
_BOTH = r"(?:both sides|each side)"

Change = Callable[[Tokens, Sequence[str], Context], list[Tokens]]


def edit(latex: str, command: str, context: Context | None = None) -> tuple[Reading, ...]:
    """`latex` after `command`, best first; several where it may mean several places.

    Empty when `command` is no such request, names what `latex` does not hold, or `latex` is
    longer than 4,000 characters.
    """
    if len(latex) > MAX_CHARACTERS:
        return ()
    said = " ".join(word.text for word in cleaned(split_words(command)) if word.text not in _MARKS)
    tokens = tuple(TOKEN.findall(latex))
    for pattern, change in _COMMANDS:
        match = pattern.fullmatch(said)
        if match:
            changed = change(tokens, match.groups(default=""), context or Context())
            found = list(dict.fromkeys(map(written, changed)))[:DEFAULT_READINGS]
            return tuple(Reading(text, 1 / len(found), (said,)) for text in found)
    return ()


_MARKS = frozenset((",", ".", "?", "!"))


def _replace(tokens: Tokens, said: Sequence[str], context: Context) -> list[Tokens]:
    """Change the two to a three; change the last plus to a minus; change every x to y."""
    which, old, new = said
    wanted, instead = _tokens_of(old, context), _tokens_of(new, context)
    places = places_of(tokens, wanted, which) if wanted and instead else []
    if which in ("every", "all", "all the", "each"):
        for at in reversed(places):
            tokens = put(tokens, at, len(wanted), instead)
        return [tokens] if places else []
    return [put(tokens, at, len(wanted), instead) for at in places]


def _bracket(tokens: Tokens, said: Sequence[str], context: Context) -> list[Tokens]:
    """Put brackets round x plus one."""
    return _around(tokens, said[0], context, lambda part: ("(", *part, ")"))


def _raise_part(tokens: Tokens, said: Sequence[str], context: Context) -> list[Tokens]:
    """Square the x."""
    power = _POWERS[said[0]]

    def raised(part: Tokens) -> Tokens:
        return (*part, "^", power) if len(part) == 1 else ("(", *part, ")", "^", power)

    return _around(tokens, said[1], context, raised)


def _around(
    tokens: Tokens, said: str, context: Context, change: Callable[[Tokens], Tokens]
) -> list[Tokens]:
    part = _tokens_of(said, context)
    return [put(tokens, at, len(part), change(part)) for at in places_of(tokens, part, "")]


def _remove(tokens: Tokens, said: Sequence[str], context: Context) -> list[Tokens]:
    """Remove the brackets; remove the plus one."""
    if said[0] in ("brackets", "parentheses"):
        return [tuple(token for token in tokens if token not in ("(", ")", "\\left", "\\right"))]
    part = _tokens_of(said[0], context)
    found = [without(tokens, at, len(part)) for at in places_of(tokens, part, "")]
    return [kept for kept in found if kept and is_whole(kept)]


def _raise_all(tokens: Tokens, said: Sequence[str], _context: Context) -> list[Tokens]:
    power = _POWERS[said[0]]
    return [each_side(tokens, lambda side: (*fenced(side), "^", power))]


def _root_all(tokens: Tokens, _said: Sequence[str], _context: Context) -> list[Tokens]:
    return [each_side(tokens, lambda side: ("\\sqrt", "{", *side, "}"))]


def _divide_all(tokens: Tokens, said: Sequence[str], context: Context) -> list[Tokens]:
    by = _tokens_of(said[-1], context)
    return [each_side(tokens, lambda side: ("\\frac", "{", *side, "}", "{", *by, "}"))] * bool(by)


def _multiply_all(tokens: Tokens, said: Sequence[str], context: Context) -> list[Tokens]:
    by = _tokens_of(said[-1], context)
    return [each_side(tokens, lambda side: (*by, *bracketed(side)))] * bool(by)


def _add_all(tokens: Tokens, said: Sequence[str], context: Context) -> list[Tokens]:
    """Add three to both sides; add three: to the end of it."""
    verb, what, where = said
    more = ("+" if verb == "add" else "-", *_tokens_of(what, context))
    if len(more) == 1:
        return []
    is_both = "side" in where
    return [each_side(tokens, lambda side: (*side, *more)) if is_both else (*tokens, *more)]


def _negate(tokens: Tokens, _said: Sequence[str], _context: Context) -> list[Tokens]:
    return [each_side(tokens, lambda side: ("-", *fenced(side)))]


def _swap(tokens: Tokens, _said: Sequence[str], _context: Context) -> list[Tokens]:
    at = relation_at(tokens)
    return [] if at is None else [(*tokens[at + 1 :], tokens[at], *tokens[:at])]


def _equal(tokens: Tokens, said: Sequence[str], context: Context) -> list[Tokens]:
    to = _tokens_of(said[0], context)
    return [(*tokens, "=", *to)] if to and relation_at(tokens) is None else []


def _capital(tokens: Tokens, said: Sequence[str], context: Context) -> list[Tokens]:
    """Make the a a capital."""
    letter = _tokens_of(said[0], context)
    if len(letter) != 1 or not letter[0].isalpha():
        return []
    upper = (letter[0].upper(),)
    return [tuple(upper[0] if token == letter[0].lower() else token for token in tokens)]


_POWERS = {"square": "2", "cube": "3"}
_WHICH = r"(?:(?:the )?(first|second|third|last|every|all the|all|each) |the |a |an )?"
_COMMANDS: tuple[tuple[re.Pattern[str], Change], ...] = tuple(
    (re.compile(pattern), change)
    for pattern, change in (
        (r"(?:swap|switch|exchange) (?:the )?(?:two )?sides", _swap),
        (r"(?:please )?make (?:the )?(.+?) (?:a )?(?:capital|upper case)(?: letter)?", _capital),
        (rf"(?:change|replace|turn|make) {_WHICH}(.+?) (?:to|into|with|by|for) (?:a |an )?(.+)",
         _replace),
        (rf"make {_WHICH}(.+?) (?:a|an) (.+)", _replace),
        (r"(?:put |add |write )?(?:brackets|parentheses) (?:round|around|about) (?:the )?(.+)",
         _bracket),
        (r"put (?:the )?(.+) in (?:brackets|parentheses)", _bracket),
        (rf"(square|cube) (?:{_ALL}|{_BOTH})", _raise_all),
        (rf"(?:take |put )?(?:the )?(?:square )?root of (?:{_ALL}|{_BOTH})", _root_all),
        (r"(square|cube) (?:the )?(.+)", _raise_part),
        (rf"divide (?:{_ALL}|{_BOTH}) by (.+)", _divide_all),
        (rf"(?:multiply|times) (?:{_ALL}|{_BOTH}) by (.+)", _multiply_all),
        (rf"(add|subtract) (.+?)( (?:to|from|on) (?:{_BOTH}|{_ALL}))?", _add_all),
        (rf"(?:negate|change the sign of) {_ALL}", _negate),
        (rf"(?:set|make) {_ALL} (?:equal to|equal) (.+)", _equal),
        (r"(?:remove|delete|drop|take away|take out|get rid of) (?:the )?(.+)", _remove),
    )
)  # fmt: skip


def _tokens_of(said: str, context: Context) -> Tokens:
    """The LaTeX of what was said, as tokens: a sign by its name, or a formula."""
    if said in _SIGNS:
        return (_SIGNS[said],)
    sign, _, rest = said.partition(" ")
    if sign in ("plus", "minus") and (found := _tokens_of(rest, context)):
        return (_SIGNS[sign], *found)
    best = readings(said, 1, context)
    return tuple(TOKEN.findall(best[0].latex)) if best else ()
