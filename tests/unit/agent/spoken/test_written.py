"""Formulas as cloud recognisers write them: symbols, digits, capitals, punctuation."""

import pytest

from agent.spoken import readings


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("2x + 3 = 7", "2x+3=7"),
        ("x^2 + 2x + 1", "x^2+2x+1"),
        ("(x+1)(x-2)", "(x+1)(x-2)"),
        ("sin(2x)", r"\sin (2x)"),
        ("cos²θ + sin²θ = 1", r"\cos^2 \theta+\sin^2 \theta=1"),
        ("√2", r"\sqrt{2}"),
        ("√(x+1)", r"\sqrt{x+1}"),
        ("½x²", r"\frac{1}{2}x^2"),
        ("f(x) = 3x² - 5", "f(x)=3x^2-5"),
        ("x₁ + x₂", "x_1+x_2"),
        ("∫ x² dx", r"\int x^2\,dx"),
        ("∫₀¹ x dx", r"\int_0^1 x\,dx"),
        ("3/4", r"\frac{3}{4}"),
        ("x/y", r"\frac{x}{y}"),
        ("a ≤ b", r"a \le b"),
        ("x ≠ 0", r"x \ne 0"),
        ("e^(2x)", "e^{2x}"),
        ("x^2y", "x^2y"),
        ("x³ − 8", "x^3-8"),
        ("5! = 120", "5!=120"),
        ("log₂8 = 3", r"\log_2 8=3"),
        ("A squared plus B squared equals C squared.", "A^2+B^2=C^2"),
        ("1,000 + 250", "1000+250"),
        ("f'(2) = 4", "f'(2)=4"),
        ("dy/dx = 2x", r"\frac{dy}{dx}=2x"),
        ("x² plus 3 = 7", "x^2+3=7"),
        ("π r²", r"\pi r^2"),
        ("x⁻¹", "x^{-1}"),
        ("20% of 50", r"20\% \cdot 50"),
        ("2 < x ≤ 5", r"2<x \le 5"),
        ("the n-th root of x", r"\sqrt[n]{x}"),
        ("the 4th root of x", r"\sqrt[4]{x}"),
        ("Delta x", r"\Delta x"),
        ("x-1", "x-1"),
        ("(a+b)² = a² + 2ab + b²", "(a+b)^2=a^2+2ab+b^2"),
        ("dx/dt = -kx", r"\frac{dx}{dt}=-kx"),
        ("x = (-b ± √(b²-4ac)) / 2a", r"x=\frac{-b \pm \sqrt{b^2-4ac}}{2a}"),
        ("P(A|B) = 0.5", r"P(A \mid B)=0.5"),
        ("f: R → R", r"f:R \to R"),
        ("n! / (n-k)!", r"\frac{n!}{(n-k)!}"),
        ("3.5x10^4", r"3.5 \times 10^4"),
        ("y = sin(x)", r"y=\sin (x)"),
        ("F = ma", "F=ma"),
    ],
)
def test_written_symbols_read_like_their_words(text: str, latex: str) -> None:
    """A recogniser's habits must not change the formula."""
    assert readings(text)[0].latex == latex
