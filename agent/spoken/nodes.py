"""The tree of a spoken formula, and its LaTeX."""

import re
from dataclasses import dataclass

_ENDS_IN_COMMAND = re.compile(r"\\[A-Za-z]+$")


def glue(*parts: str) -> str:
    """LaTeX side by side, with a space where a command would swallow the next letter."""
    text = ""
    for part in parts:
        if part[:1].isalpha() and _ENDS_IN_COMMAND.search(text):
            text += " "
        text += part
    return text


def _braced(node: "Node") -> str:
    latex = node.latex()
    return latex if len(latex) == 1 else f"{{{latex}}}"


@dataclass(frozen=True, slots=True)
class Atom:
    """A number, letter or symbol."""

    text: str

    def latex(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and what stands between them."""

    operator: str
    left: "Node"
    right: "Node"

    def latex(self) -> str:
        if self.operator[:1] == "\\":
            return f"{self.left.latex()} {self.operator} {self.right.latex()}"
        return glue(self.left.latex(), self.operator, self.right.latex())


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign and its operand."""

    sign: str
    operand: "Node"

    def latex(self) -> str:
        return glue(self.sign, self.operand.latex())


@dataclass(frozen=True, slots=True)
class Product:
    """Factors said one after the other."""

    left: "Node"
    right: "Node"

    def latex(self) -> str:
        right = self.right.latex()
        if right[:1].isdigit():
            return f"{self.left.latex()} \\cdot {right}"
        return glue(self.left.latex(), right)


@dataclass(frozen=True, slots=True)
class Fraction:
    """One thing over another."""

    numerator: "Node"
    denominator: "Node"

    def latex(self) -> str:
        return f"\\frac{{{self.numerator.latex()}}}{{{self.denominator.latex()}}}"


@dataclass(frozen=True, slots=True)
class Script:
    """A base with a subscript, a superscript or both."""

    base: "Node"
    sub: "Node | None" = None
    sup: "Node | None" = None

    def latex(self) -> str:
        sub = f"_{_braced(self.sub)}" if self.sub else ""
        sup = f"^{_braced(self.sup)}" if self.sup else ""
        return self.base.latex() + sub + sup


@dataclass(frozen=True, slots=True)
class Root:
    """A root; `index` None is the square root."""

    radicand: "Node"
    index: "Node | None" = None

    def latex(self) -> str:
        index = f"[{self.index.latex()}]" if self.index else ""
        return f"\\sqrt{index}{{{self.radicand.latex()}}}"


@dataclass(frozen=True, slots=True)
class Group:
    """Something between delimiters."""

    inner: "Node"
    left: str = "("
    right: str = ")"

    def latex(self) -> str:
        inner = self.inner.latex()
        if "\\frac" in inner or "\\sum" in inner or "\\int" in inner:
            return glue(f"\\left{self.left}", inner, f"\\right{self.right}")
        return glue(self.left, inner, self.right)


@dataclass(frozen=True, slots=True)
class Applied:
    """An operator or function and what it is applied to, side by side."""

    operator: "Node"
    operand: "Node"

    def latex(self) -> str:
        return f"{self.operator.latex()} {self.operand.latex()}"


@dataclass(frozen=True, slots=True)
class Called:
    """A named function with its arguments: f(x, y)."""

    function: "Node"
    arguments: tuple["Node", ...]

    def latex(self) -> str:
        inner = ", ".join(argument.latex() for argument in self.arguments)
        tall = "\\frac" in inner
        left, right = ("\\left(", "\\right)") if tall else ("(", ")")
        return glue(self.function.latex(), left, inner, right)


@dataclass(frozen=True, slots=True)
class Command:
    """A LaTeX command with braced arguments: \\bar{x}, \\binom{n}{k}."""

    name: str
    arguments: tuple["Node", ...]

    def latex(self) -> str:
        return f"\\{self.name}" + "".join(f"{{{a.latex()}}}" for a in self.arguments)


@dataclass(frozen=True, slots=True)
class Integral:
    """An integral with its differentials, each a variable."""

    sign: "Node"
    body: "Node | None"
    variables: tuple["Node", ...]

    def latex(self) -> str:
        body = f" {self.body.latex()}" if self.body else ""
        return (
            self.sign.latex()
            + body
            + "".join(glue("\\,d", variable.latex()) for variable in self.variables)
        )


Node = (
    Atom
    | Binary
    | Signed
    | Product
    | Fraction
    | Script
    | Root
    | Group
    | Applied
    | Called
    | Command
    | Integral
)
