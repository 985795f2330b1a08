"""KaTeX in V8: bounds, hostile formulas, recovery, markup for pages."""

import time
from threading import Thread
from xml.etree import ElementTree

import pytest

from evals.notation import Invalid, Katex, MathML
from evals.notation.bounds import MAX_CHARACTERS, MAX_NESTING


def test_outcomes_keep_their_order_over_several_calls(katex: Katex) -> None:
    """Formulas travel 64 at a time; a shifted answer would score the wrong utterance."""
    formulas = [f"x+{n}" if n % 3 else r"\frac{" for n in range(200)]
    outcomes = katex.mathml(formulas)
    for n, outcome in enumerate(outcomes):
        if n % 3:
            assert isinstance(outcome, MathML)
            assert f"<mn>{n}</mn>" in outcome.markup
        else:
            assert isinstance(outcome, Invalid)


def test_no_formulas_give_no_outcomes(katex: Katex) -> None:
    """An empty run is not an error."""
    assert katex.mathml([]) == []


@pytest.mark.parametrize(
    ("formula", "readable"),
    [
        ("x" * MAX_CHARACTERS, True),
        ("x" * (MAX_CHARACTERS + 1), False),
        ("{" * MAX_NESTING + "x" + "}" * MAX_NESTING, True),
        ("{" * (MAX_NESTING + 1) + "x" + "}" * (MAX_NESTING + 1), False),
        ("", False),
        ("   ", False),
        ("x\ty", True),
        ("x\x07y", False),
        ("x\u202ey", False),
        ("x\ud800y", False),
    ],
    ids=[
        "longest",
        "too long",
        "deepest",
        "too deep",
        "empty",
        "blank",
        "tab",
        "bell",
        "bidi",
        "surrogate",
    ],
)
def test_bounds_come_before_any_parser(formula: str, readable: bool, katex: Katex) -> None:
    """What no one says is refused before it costs anything."""
    (outcome,) = katex.mathml([formula])
    assert isinstance(outcome, MathML) is readable


HOSTILE = {
    "self-expanding macro": r"\def\a{\a\a}\a",
    "macro bomb": r"\def\a{xxxxxxxxxx}\def\b{\a\a\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b\b\b}"
    r"\def\d{\c\c\c\c\c\c\c\c\c\c}\def\e{\d\d\d\d\d\d\d\d\d\d}\e\e\e",
    "fat macro": r"\def\a{" + "x" * 1900 + "}" + r"\a" * 900,
    "roots without braces": r"\sqrt" * 790 + "x",
    "boxes": r"\boxed{" * 199 + "x" + "}" * 199,
    "tower of powers": "x^{" * 199 + "x" + "}" * 199,
    "open brackets": r"\left(" * 600,
    "digits": "9" * 4000,
    "table": r"\begin{matrix}" + "&" * 3900 + r"\end{matrix}",
    "columns": r"\begin{array}{" + "c" * 3900 + r"}1\end{array}",
}


@pytest.mark.parametrize("formula", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_formula_ends_soon_and_harms_no_other(formula: str, katex: Katex) -> None:
    """Model output is untrusted: one formula may not stop a run or spoil its neighbours."""
    started = time.monotonic()
    before, _, after = katex.mathml(["x=1", formula, "y=2"])
    assert isinstance(before, MathML)
    assert isinstance(after, MathML)
    assert time.monotonic() - started < 20


def test_a_dead_context_is_replaced() -> None:
    """V8 does not survive running out of memory; the run does."""
    with Katex() as katex:
        katex._v8.set_hard_memory_limit(12 * 1024 * 1024)
        hungry, plain = katex.mathml([r"\def\a{" + "x^{2}" * 380 + "}" + r"\a" * 900, "x"])
        assert isinstance(plain, MathML)
        assert isinstance(hungry, Invalid)
        assert isinstance(katex.mathml(["y"])[0], MathML)


def test_definitions_do_not_leak_into_the_next_formula(katex: Katex) -> None:
    """A prediction that redefines a command must not change how a reference reads."""
    _, following = katex.mathml([r"\gdef\sin{\cos}\gdef\foo{x}\sin x", r"\foo"])
    assert isinstance(following, Invalid)
    sine = katex.mathml([r"\gdef\sin{\cos}\sin x", r"\sin x"])[1]
    assert isinstance(sine, MathML)
    assert "sin" in sine.markup.partition("<annotation")[0]


def test_threads_may_share_one_katex(katex: Katex) -> None:
    """The page renders from several requests at once."""
    found: dict[int, list[MathML | Invalid]] = {}

    def typeset(n: int) -> None:
        found[n] = katex.mathml([f"{n}{k}" for k in range(100)])

    threads = [Thread(target=typeset, args=(n,)) for n in range(1, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for n in range(1, 4):
        markup = [each.markup for each in found[n] if isinstance(each, MathML)]
        assert [f"<mn>{n}{k}</mn>" in each for k, each in enumerate(markup)] == [True] * 100


@pytest.mark.parametrize(
    "latex",
    [
        "x<y",
        r"\text{<img src=x onerror=alert(1)>}",
        r"\href{javascript:alert(1)}{x}",
        r"\htmlData{onclick=alert(1)}{x}",
        r"\includegraphics{http://example.org/x.png}",
        r"\frac{<script>alert(1)</script>",
        r"\color{red;background:url(http://example.org)}x",
        '"><script>alert(1)</script>',
        r"\rule{99999em}{99999em}",
    ],
)
def test_rendered_markup_is_safe_to_put_in_a_page(latex: str, katex: Katex) -> None:
    """No element but MathML's and ours, no address, no handler, nothing larger than the page."""
    root = ElementTree.fromstring(katex.render(latex))  # noqa: S314 (ours)
    for element in root.iter():
        name = element.tag.removeprefix("{http://www.w3.org/1998/Math/MathML}")
        assert name == "code" or name.startswith(("m", "semantics", "annotation"))
        assert not any(key.startswith("on") or key in ("href", "src") for key in element.keys())  # noqa: SIM118
        assert "99999" not in "".join(element.attrib.values())


def test_an_unreadable_formula_is_shown_as_its_source(katex: Katex) -> None:
    """The reader sees what came, and why it is no formula."""
    markup = katex.render(r"\frac{1<2")
    assert markup.startswith("<code")
    assert "1&lt;2" in markup


def test_a_formula_renders_in_line_or_displayed(katex: Katex) -> None:
    """Pages choose; the tree does not change."""
    assert 'display="block"' not in katex.render("x")
    assert 'display="block"' in katex.render("x", display=True)
