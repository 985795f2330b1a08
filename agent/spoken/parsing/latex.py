"""LaTeX from the tree of a formula."""

from agent.spoken.parsing.nodes import (
    Accented,
    Applied,
    Called,
    Differential,
    Fenced,
    Fraction,
    Integral,
    Letter,
    Listed,
    Marked,
    Node,
    Number,
    Primed,
    Product,
    Quantified,
    Relation,
    Root,
    Rows,
    Scripts,
    Signed,
    Sum,
    Symbol,
    Words,
)


def to_latex(node: Node) -> str:  # noqa: PLR0911 (one line for each kind of node)
    """The formula as LaTeX, without delimiters."""
    match node:
        case Number(text) | Letter(text) | Symbol(text):
            return text
        case Words(text):
            return f"\\text{{{text}}}"
        case Listed(items):
            return ",".join(map(to_latex, items))
        case Sum(sign, left, Signed("+" | "-" | "\\pm" | "\\mp") as right):
            return _infix(sign, to_latex(left), _fenced(right, "(", ")"))
        case Relation(sign, left, right) | Sum(sign, left, right):
            return _infix(sign, to_latex(left), to_latex(right))
        case Product(sign, left, right):
            return _product(sign, left, right)
        case Signed(sign, operand):
            return glue(sign, _factor(operand))
        case _:
            return _compound(node)


def glue(*parts: str) -> str:
    """LaTeX side by side, with a space where a command would swallow the next letter."""
    text = ""
    for part in parts:
        if part[:1].isalpha() and _ends_in_command(text):
            text += " "
        text += part
    return text


def _compound(node: Node) -> str:  # noqa: PLR0911 (one line for each kind of node)
    match node:
        case Fraction(numerator, denominator):
            return f"\\frac{{{to_latex(numerator)}}}{{{to_latex(denominator)}}}"
        case Scripts(base, sub, sup):
            return _base(base) + _script("_", sub) + _script("^", sup)
        case Primed(base, n_primes):
            is_index = isinstance(base, Scripts) and base.sup is None
            return (to_latex(base) if is_index else _base(base)) + "'" * n_primes
        case Marked(Product("", Number(), Fraction()) as mixed, "\\%" as mark):
            return to_latex(mixed) + mark
        case Marked(base, mark):
            return _base(base) + mark
        case Accented(command, arguments):
            return f"\\{command}" + "".join(f"{{{to_latex(part)}}}" for part in arguments)
        case Root(radicand, index):
            shown = f"[{to_latex(index)}]" if index is not None else ""
            return f"\\sqrt{shown}{{{to_latex(radicand)}}}"
        case Fenced(inner, left, right):
            return _fenced(inner, left, right)
        case _:
            return _operation(node)


def _operation(node: Node) -> str:  # noqa: PLR0911 (one line for each kind of node)
    match node:
        case Applied(operator, argument):
            return _applied(operator, argument)
        case Called(function, arguments):
            return glue(to_latex(function), _fenced(Listed(arguments), "(", ")"))
        case Quantified(sign, bound, mark, body):
            return f"{sign} {to_latex(bound)}" + (f"{mark} {to_latex(body)}" if body else "")
        case Differential(sign, variable, order):
            return _differential(sign, variable, order)
        case Integral(sign, body, differentials):
            shown = f" {to_latex(body)}" if body is not None else ""
            return to_latex(sign) + shown + "".join(f"\\,{to_latex(d)}" for d in differentials)
        case Rows(environment, rows):
            return _rows(environment, rows)
        case _:
            return to_latex(node)


def _infix(sign: str, left: str, right: str) -> str:
    if sign.startswith("\\"):
        return f"{left} {sign} {right}".lstrip()
    return glue(left, sign, right)


def _product(sign: str, left: Node, right: Node) -> str:
    before, after = _factor(left), _factor(right)
    if not sign and after[:1].isdigit():
        sign = "\\cdot"
    return _infix(sign, before, after)


def _factor(node: Node) -> str:
    latex = to_latex(node)
    return _fenced(node, "(", ")") if isinstance(node, Sum | Relation | Listed) else latex


def _base(node: Node) -> str:
    if isinstance(node, Sum | Product | Signed | Fraction | Applied | Relation | Listed):
        return _fenced(node, "(", ")")
    if isinstance(node, Scripts):
        return f"{{{to_latex(node)}}}"
    return to_latex(node)


def _script(mark: str, node: Node | None) -> str:
    if node is None:
        return ""
    latex = to_latex(node)
    return f"{mark}{latex}" if len(latex) == 1 else f"{mark}{{{latex}}}"


def _fenced(inner: Node, left: str, right: str) -> str:
    latex = to_latex(inner)
    if "\\frac" in latex or "\\sum" in latex or "\\int" in latex:
        return glue(f"\\left{left}", latex, f"\\right{right}")
    return glue(left, latex, right)


def _applied(operator: Node, argument: Node) -> str:
    needs_brackets = isinstance(argument, Sum | Signed | Fraction)
    if isinstance(argument, Fenced | Number) or not needs_brackets:
        return f"{to_latex(operator)} {to_latex(argument)}"
    if isinstance(argument, Fraction | Signed) and not _is_named(operator):
        return f"{to_latex(operator)} {to_latex(argument)}"
    return f"{to_latex(operator)} {_fenced(argument, '(', ')')}"


def _rows(environment: str, rows: tuple[tuple[Node, ...], ...]) -> str:
    lines = " \\\\ ".join(" & ".join(map(to_latex, row)) for row in rows)
    return f"\\begin{{{environment}}}{lines}\\end{{{environment}}}"


def _is_named(operator: Node) -> bool:
    """Whether this is a function's name, such as sin, and not a sum or a limit."""
    core = operator.base if isinstance(operator, Scripts) else operator
    big = ("\\sum", "\\prod", "\\lim", "\\bigcup", "\\bigcap")
    return isinstance(core, Symbol) and core.text not in big


def _differential(sign: str, variable: Node | None, order: Node | None) -> str:
    head = sign + _script("^", order)
    return head if variable is None else glue(head, to_latex(variable))


def _ends_in_command(text: str) -> bool:
    name = len(text)
    while name and text[name - 1].isalpha() and text[name - 1].isascii():
        name -= 1
    return 0 < name < len(text) and text[name - 1] == "\\"
