"""The tree of a spoken formula."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """Digits as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A variable: one Latin letter or a Greek command."""

    text: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """Anything else that stands alone, as LaTeX."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Upright words inside a formula."""

    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Items with commas between them."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sides and what relates them."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms with plus, minus or another sign of that rank between them."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Product:
    """Factors; `sign` is empty where none was said."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Signed:
    """A sign before its operand."""

    sign: str
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Fraction:
    """One thing over another; `has_bar` False for a spoken part such as three quarters."""

    numerator: "Node"
    denominator: "Node"
    has_bar: bool = True


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with a subscript, a superscript or both."""

    base: "Node"
    sub: "Node | None" = None
    sup: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Primed:
    """A base with primes."""

    base: "Node"
    n_primes: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A base with a mark after it: factorial, percent."""

    base: "Node"
    mark: str


@dataclass(frozen=True, slots=True)
class Accented:
    """A command with braced arguments: a bar, a hat, a binomial, bold."""

    command: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Root:
    """A root; `index` None is the square root."""

    radicand: "Node"
    index: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Fenced:
    """Something between delimiters."""

    inner: "Node"
    left: str = "("
    right: str = ")"


@dataclass(frozen=True, slots=True)
class Applied:
    """A function or operator beside its argument: sin x, lim, sum, d/dx."""

    operator: "Node"
    argument: "Node"


@dataclass(frozen=True, slots=True)
class Called:
    """A function with its arguments in brackets: f(x, y)."""

    function: "Node"
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Differential:
    """d x; `order` 2 is d squared x. `sign` is d or a partial."""

    sign: str
    variable: "Node | None"
    order: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Integral:
    """An integral sign with its bounds, what is integrated, and its differentials."""

    sign: "Node"
    body: "Node | None"
    differentials: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Quantified:
    """For all x, or there exists x, and what then holds; `mark` stands between."""

    sign: str
    bound: "Node"
    mark: str = ""
    body: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Cells in rows: a matrix, a determinant, cases, a system of equations."""

    environment: str
    rows: tuple[tuple["Node", ...], ...]


Node = (
    Number
    | Letter
    | Symbol
    | Words
    | Listed
    | Relation
    | Sum
    | Product
    | Signed
    | Fraction
    | Scripts
    | Primed
    | Marked
    | Accented
    | Root
    | Fenced
    | Applied
    | Called
    | Differential
    | Integral
    | Quantified
    | Rows
)
