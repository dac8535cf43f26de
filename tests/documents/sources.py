"""The crawler's modules as syntax trees: which names and texts stand in them, and where."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.project import ROOT

MODULES = sorted((ROOT / "tiktok_scraper").rglob("*.py"))


def trees() -> Iterator[ast.Module]:
    for path in MODULES:
        yield ast.parse(path.read_text())


def strings(node: ast.AST) -> set[str]:
    """Every string literal in *node*, but not those that something is only compared with."""
    compared = {id(inner) for n in ast.walk(node) if isinstance(n, ast.Compare) for inner in ast.walk(n)}
    constants = (n for n in ast.walk(node) if isinstance(n, ast.Constant) and id(n) not in compared)
    return {n.value for n in constants if isinstance(n.value, str)}


def calls(*names: str) -> Iterator[ast.Call]:
    """Every call of a function or method of one of those names in the package."""
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
                if called in names:
                    yield node


def first_returned(function: str) -> set[str]:
    """The first texts of the tuples that a function of that name returns."""
    nodes = (node for tree in trees() for node in ast.walk(tree))
    found = [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name == function]
    returns = [node.value for body in found for node in ast.walk(body) if isinstance(node, ast.Return)]
    return set().union(*(strings(value.elts[0]) for value in returns if isinstance(value, ast.Tuple)))
