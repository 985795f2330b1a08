"""Questions about a formula's tree."""

from agent.spoken.parsing.nodes import Fenced, Marked, Node, Product, Signed, Sum


def last_term(node: Node) -> Node:
    """The last term of a sum; the node itself when it is none."""
    while isinstance(node, Sum):
        node = node.right
    return node


def first_factor(node: Node) -> Node:
    """What a formula begins with."""
    while isinstance(node, Sum | Product):
        node = node.left
    return first_factor(node.operand) if isinstance(node, Signed) else node


def unfenced(node: Node) -> Node:
    """What round or curly brackets hold, where something else holds it together already."""
    return node.inner if isinstance(node, Fenced) and node.left in ("(", "\\{") else node


def is_factorial(node: Node) -> bool:
    """Whether this is a factorial."""
    return isinstance(node, Marked) and node.mark == "!"
