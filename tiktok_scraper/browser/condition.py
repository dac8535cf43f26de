"""What a wait_until waits for, in words: selenium's conditions are functions without a name of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

LONGEST = 200


def in_words(condition: Callable[..., Any]) -> str:
    """Return a condition as it was written, as far as it tells: `presence_of_element_located(('id', 'never'))`.

    What a function was made with stands in its closure; a lambda is told by where it stands.
    """
    code = getattr(condition, "__code__", None)
    if code is None:
        return _short(_made(condition))
    made_by, _, name = condition.__qualname__.rpartition(".<locals>.")
    if name == "<lambda>" or condition.__qualname__ == "<lambda>":
        return f"the lambda of {code.co_filename}, line {code.co_firstlineno}"
    if not made_by:
        return _short(condition.__qualname__)
    held = [cell.cell_contents for cell in condition.__closure__ or () if _is_filled(cell)]
    return _short(f"{made_by.rpartition('.<locals>.')[2]}({', '.join(map(_argument, held))})")


def _made(condition: object) -> str:
    if isinstance(condition, partial):
        return f"partial of {in_words(condition.func)}"
    told = ", ".join(f"{name}={_argument(value)}" for name, value in getattr(condition, "__dict__", {}).items())
    return f"{type(condition).__qualname__}({told})"


def _argument(value: Any) -> str:
    """A condition within a condition (`any_of`) in words, too."""
    if isinstance(value, tuple) and any(map(callable, value)):
        return ", ".join(in_words(part) if callable(part) else repr(part) for part in value)
    return in_words(value) if callable(value) else repr(value)


def _is_filled(cell: Any) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
