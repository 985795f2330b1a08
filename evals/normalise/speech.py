"""Saying written maths: symbols, scripts, brackets, letters run together."""

from collections.abc import Sequence

from evals.normalise.letters import split_letters
from evals.normalise.numbers import CARDINALS, say_number, say_ordinal
from evals.normalise.symbols import (
    ABBREVIATIONS,
    BIG_OPERATORS,
    COMMANDS,
    FUNCTION_LETTERS,
    FUNCTION_WORDS,
    GREEK_WORDS,
    OPERATION_WORDS,
    SYMBOLS,
)
from evals.normalise.tokens import Token

_MAX_NESTING = 30
_CLOSERS = {"(": ")", "{": "}", "[": "]", "|": "|"}
_SCRIPT_MARKS = frozenset(("^", "_", "**"))
_TERM_SYMBOLS = frozenset("^_{}!'°%∞√") | {"**"}
_POWERS: dict[tuple[str, ...], list[str]] = {("two",): ["squared"], ("three",): ["cubed"]}


def say(tokens: Sequence[Token], nesting: int = 0) -> list[str]:
    """The words of these tokens; deeper than 30 brackets, brackets are only named."""
    return _Speaker(tokens, nesting).words


class _Speaker:
    """Walks the tokens once; `place` is the next token to say."""

    def __init__(self, tokens: Sequence[Token], nesting: int) -> None:
        self.tokens = tokens
        self.nesting = nesting
        self.place = 0
        self.words: list[str] = []
        self._applies = False  # whether brackets here hold an argument
        while self.place < len(tokens):
            self._say_token(tokens[self.place])

    def _say_token(self, token: Token) -> None:
        applied, self._applies = self._applies, False
        self.place += 1
        if token.kind == "number":
            self.words += say_number(token.text)
        elif token.kind == "ordinal":
            self.words += say_ordinal(token.text[:-2])
        elif token.text in BIG_OPERATORS:
            self._say_big_operator(BIG_OPERATORS[token.text])
        elif token.kind == "word":
            self._say_word(token.text)
        elif token.kind == "command":
            self._say_command(token.text)
        elif token.text in _SCRIPT_MARKS:
            self._say_script(token.text)
            self._applies = applied
        elif token.text in "([|{" and (token.text != "(" or not applied):
            self._say_bracket(token.text)
        elif token.text == "(":
            self._say_argument()
        else:
            self._say_symbol(token)
            self._applies = applied and token.text == "'"

    def _say_word(self, text: str) -> None:
        stem, _, rest = text.partition("'")
        if rest and len(stem) == len(rest) == 1 and rest not in "smtd":  # f'g
            self.words += [stem, "prime", rest]
            return
        said = ABBREVIATIONS.get(text, text).split()
        self.words += [letter for word in said for letter in split_letters(word)]
        glued = self.place < len(self.tokens) and self.tokens[self.place].glued
        last = self.words[-1]
        self._applies = last in FUNCTION_WORDS or (text in FUNCTION_LETTERS and glued)

    def _say_command(self, text: str) -> None:
        name = text[1:]
        if text in ("\\frac", "\\dfrac", "\\tfrac"):
            above, below = self._say_group(), self._say_group()
            self.words += [*above, "over", *below]
        elif text == "\\sqrt" and self._next_text() == "[":
            self.place += 1
            index = self._say_until(_CLOSERS["["])
            self.words += ["cube", "root"] if index == ["three"] else [*index, "root"]
            self.words += self._say_group()
        elif text in COMMANDS:
            self.words += COMMANDS[text].split()
            if text == "\\sqrt":
                self.words += self._say_group()
        elif name in ABBREVIATIONS:
            self._say_word(name)
        elif self._next_text() == "{":
            self.words += self._say_group()  # \text{if}

    def _say_big_operator(self, name: str) -> None:
        """`∫_0^1` as "integral from zero to one of"."""
        self.words.append(name)
        bounds = {}
        while (mark := self._next_text()) in ("_", "^") and mark not in bounds:
            self.place += 1
            bounds[mark] = self._say_group()
        leads = {"_": "as" if name == "limit" else "from", "^": "to"}
        for mark in ("_", "^"):
            self.words += [leads[mark], *bounds[mark]] if mark in bounds else []
        if name != "limit" or bounds:
            self.words += [] if self._next_text() == "of" else ["of"]
        elif self._text_at(self.place + 1) in ("→", "->", "\\to"):
            self.words.append("as")

    def _say_script(self, mark: str) -> None:
        content = self._say_group()
        if mark == "_":
            base = ["base"] if self.words[-1:] == ["log"] else ["sub"]
            self.words += base + content if content else []
        elif content and (content[0] in ("prime", "degrees") or content == ["th"]):
            self.words += content
        elif content:
            self.words += _POWERS.get(tuple(content), ["to", "the", *content])

    def _say_bracket(self, opening: str) -> None:
        closing = _CLOSERS[opening]
        end = self._matching(opening, closing)
        if end is None:
            self.words.append(opening)
            return
        is_absolute = opening == "|" and _is_term(self.tokens[self.place : end])
        content = self._say_until(closing)
        lead, trail = (["absolute", "value", "of"], []) if is_absolute else ([opening], [closing])
        self.words += [*lead, *content, *trail]

    def _say_argument(self) -> None:
        """`f(x)` as "f of x"; brackets stay around more than one term."""
        end = self._matching("(", ")")
        self.words.append("of")
        if end is None or not _is_term(self.tokens[self.place : end]):
            self._say_bracket("(")
        else:
            self.words += self._say_until(")")

    def _say_symbol(self, token: Token) -> None:
        before = self.tokens[self.place - 2] if self.place > 1 else None
        if token.text in "-–":
            self.words += ["minus"] if self._is_minus(token) else []
        elif token.text == "!":
            counts = token.glued and before is not None and _is_operand(before)
            self.words += ["factorial"] if counts else []
        elif token.text == "'":
            primed = token.glued and before is not None and _can_be_primed(before)
            self.words += ["prime"] if primed else []
        elif token.text in "}])":
            self.words.append(token.text)
        else:
            self.words += SYMBOLS.get(token.text, "").split()

    def _is_minus(self, token: Token) -> bool:
        """A sign of subtraction, rather than a hyphen or a dash."""
        if self.place >= len(self.tokens):
            return False
        before = self.tokens[self.place - 2] if self.place > 1 else None
        after = self.tokens[self.place]
        if before is None or not (token.glued and after.glued):
            return _is_mathematical(after)
        pair = (before, after)
        if all(each.kind in ("word", "number") for each in pair):
            return not any(each.kind == "word" and not _is_short(each) for each in pair)
        return _is_mathematical(after)

    def _say_group(self) -> list[str]:
        """What a script, root or fraction holds: `{...}`, `(...)`, or one token and its sign."""
        opening = self._next_text()
        if opening == "{":
            self.place += 1
            return self._say_until("}")
        start = self.place
        if opening in ("-", "−", "+"):
            self.place += 1
        if self._next_text() == "(":
            self.place += 1
            end = self._matching("(", ")")
            self.place = len(self.tokens) if end is None else end + 1
        else:
            self.place += 1
        return say(self.tokens[start : self.place], self.nesting + 1)

    def _say_until(self, closing: str) -> list[str]:
        """The words up to the bracket that closes here, which is passed."""
        opening = next(mark for mark, closer in _CLOSERS.items() if closer == closing)
        end = self._matching(opening, closing)
        end = len(self.tokens) if end is None else end
        inside = self.tokens[self.place : end]
        self.place = end + 1
        return say(inside, self.nesting + 1)

    def _matching(self, opening: str, closing: str) -> int | None:
        if self.nesting >= _MAX_NESTING:
            return None
        depth = 0
        for index in range(self.place, len(self.tokens)):
            text = self.tokens[index].text
            if text == closing and depth == 0:
                return index
            depth += (text == opening) - (text == closing)
        return None

    def _text_at(self, place: int) -> str:
        return self.tokens[place].text if place < len(self.tokens) else ""

    def _next_text(self) -> str:
        return self._text_at(self.place)


def _is_term(tokens: Sequence[Token]) -> bool:
    """Whether no operator stands between these tokens; a sign before them is none."""
    unsigned = tokens[1:] if tokens and tokens[0].text in ("-", "−") else tokens
    return bool(unsigned) and all(
        (token.kind in ("number", "word", "ordinal") and token.text not in OPERATION_WORDS)
        or token.text in _TERM_SYMBOLS
        or token.text[1:] in GREEK_WORDS
        for token in unsigned
    )


def _is_operand(token: Token) -> bool:
    return token.kind == "number" or token.text in (")", "]") or _is_short(token)


def _can_be_primed(token: Token) -> bool:
    return token.text in (")", "'", "}") or _is_short(token)


def _is_short(token: Token) -> bool:
    """A letter, a Greek letter, or letters run together: what stands for a quantity."""
    if token.kind == "number":
        return True
    return token.kind == "word" and (
        len(token.text) == 1 or token.text in GREEK_WORDS or len(split_letters(token.text)) > 1
    )


def _is_mathematical(token: Token) -> bool:
    if token.kind != "word":
        return True
    return _is_short(token) or token.text in ABBREVIATIONS or token.text in CARDINALS
