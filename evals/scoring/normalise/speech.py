"""Saying written maths: symbols, scripts, brackets, letters run together."""

from collections.abc import Sequence

from evals.scoring.normalise.letters import split_letters
from evals.scoring.normalise.numbers import say_number, say_ordinal
from evals.scoring.normalise.quantities import (
    CLOSERS,
    TERM_BREAKERS,
    can_be_primed,
    closing_places,
    is_mathematical,
    is_operand,
    is_short,
    is_term,
)
from evals.scoring.normalise.symbols import (
    ABBREVIATIONS,
    ACCENTS,
    BIG_OPERATORS,
    COMMANDS,
    FUNCTION_LETTERS,
    FUNCTION_WORDS,
    SYMBOLS,
)
from evals.scoring.normalise.tokens import Token

_MAX_NESTING = 30
_SCRIPT_MARKS = frozenset(("^", "_", "**"))
_ROOTS = ("√", "∛")
_POWERS: dict[tuple[str, ...], list[str]] = {("two",): ["squared"], ("three",): ["cubed"]}


def say(tokens: Sequence[Token], nesting: int = 0) -> list[str]:
    """The words of these tokens; deeper than 30 brackets, brackets are only named."""
    return _Speaker(tokens, nesting).words


class _Speaker:
    """Walks the tokens once; `place` is the next token to say."""

    def __init__(self, tokens: Sequence[Token], nesting: int) -> None:
        self.tokens = tokens
        self.nesting = nesting
        self.closing_places = closing_places(tokens) if nesting < _MAX_NESTING else {}
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
        elif token.text == "(" and applied:
            self._say_argument()
        elif token.text in CLOSERS:
            self._say_bracket(token.text)
        else:
            self._say_symbol(token)
            self._applies = (applied and token.text == "'") or token.text in _ROOTS

    def _say_word(self, text: str) -> None:
        stem, _, rest = text.partition("'")
        if rest and len(stem) == len(rest) == 1 and rest not in "smtd":  # f'g
            self.words += [stem, "prime", rest]
            return
        said = ABBREVIATIONS.get(text, text).split()
        self.words += [letter for word in said for letter in split_letters(word)]
        glued = self.place < len(self.tokens) and self.tokens[self.place].glued
        of_letter = text in FUNCTION_LETTERS or (len(text) == 1 and self._brackets_one_letter())
        self._applies = self.words[-1] in FUNCTION_WORDS or (of_letter and glued)

    def _brackets_one_letter(self) -> bool:
        """`y(t)`, said "y of t", rather than a factor in brackets."""
        ahead = self.tokens[self.place : self.place + 3]
        if len(ahead) < 3 or (ahead[0].text, ahead[2].text) != ("(", ")"):
            return False
        return ahead[1].kind == "word" and is_short(ahead[1])

    def _say_command(self, text: str) -> None:
        name = text[1:]
        if text in ("\\frac", "\\dfrac", "\\tfrac"):
            above, below = self._say_group(), self._say_group()
            self.words += [*above, "over", *below]
        elif text == "\\sqrt" and self._next_text() == "[":
            self._say_indexed_root()
        elif text in ACCENTS:
            self.words += [*self._say_group(), ACCENTS[text]]
        elif text in COMMANDS:
            self.words += COMMANDS[text].split()
            if text == "\\sqrt":
                self.words += self._say_group()
        elif name in ABBREVIATIONS:
            self._say_word(name)
        elif self._next_text() == "{":
            self.words += self._say_group()  # \text{if}

    def _say_indexed_root(self) -> None:
        """`\\sqrt[3]{x}` as "cube root x"."""
        self.place += 1
        inside = self._inside_bracket()
        index = [] if inside is None else self._say_inside(inside)
        self.words += ["cube", "root"] if index == ["three"] else [*index, "root"]
        self.words += self._say_group()

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
        inside = self._inside_bracket()
        if inside is None:
            self.words.append(opening)
            return
        content = self._say_inside(inside)
        if opening == "|" and content and not TERM_BREAKERS.intersection(content[1:]):
            self.words += ["absolute", "value", "of", *content]
        else:
            self.words += [opening, *content, CLOSERS[opening]]

    def _say_argument(self) -> None:
        """`f(x)` as "f of x"; brackets stay around more than one term."""
        inside = self._inside_bracket()
        self.words.append("of")
        if inside is None or not is_term(inside):
            self._say_bracket("(")
        else:
            self.words += self._say_inside(inside)

    def _say_symbol(self, token: Token) -> None:
        before = self.tokens[self.place - 2] if self.place > 1 else None
        if token.text in "-–":
            self.words += ["minus"] if self._is_minus(token) else []
        elif token.text == "!":
            counts = token.glued and before is not None and is_operand(before)
            self.words += ["factorial"] if counts else []
        elif token.text == "'":
            primed = token.glued and before is not None and can_be_primed(before)
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
            return is_mathematical(after)
        pair = (before, after)
        if all(each.kind in ("word", "number") for each in pair):
            return not any(each.kind == "word" and not is_short(each) for each in pair)
        return is_mathematical(after)

    def _say_group(self) -> list[str]:
        """What a script, root or fraction holds: `{...}`, `(...)`, or one token and its sign.

        Brackets after `^` and `_` are what braces would be, so they are not said.
        """
        sign = self.place
        if self._next_text() in ("-", "−", "+"):
            self.place += 1
        signed = list(self.tokens[sign : self.place])
        self.place += 1
        if self._text_at(self.place - 1) in ("{", "("):
            inside = self._inside_bracket()
            return [] if inside is None else self._say_inside([*signed, *inside])
        return say([*signed, *self.tokens[self.place - 1 : self.place]], self.nesting + 1)

    def _say_inside(self, inside: Sequence[Token]) -> list[str]:
        """The words between the bracket just passed and its partner, which is passed too."""
        self.place = self.closing_places[self.place - 1] + 1
        return say(inside, self.nesting + 1)

    def _inside_bracket(self) -> Sequence[Token] | None:
        """The tokens between the bracket just passed and its partner; None without one."""
        end = self.closing_places.get(self.place - 1)
        return None if end is None else self.tokens[self.place : end]

    def _text_at(self, place: int) -> str:
        return self.tokens[place].text if place < len(self.tokens) else ""

    def _next_text(self) -> str:
        return self._text_at(self.place)
