"""The sentences that the source of the domain can say, read from its syntax: ``{}`` where a value goes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
INTERNAL = ("LookupError", "TypeError", "ValueError", "NotImplementedError", "ReferenceError", "KeyError")
UNHEARD = ("pricing", "search")
"""Folders whose refusals no page of the console shows."""


def template(node: ast.expr) -> str | None:
    """The text of a constant or an f-string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def modules(*folders: str) -> Iterator[ast.Module]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not set(path.relative_to(ROOT).parts) & set(UNHEARD):
                yield ast.parse(path.read_text(encoding="utf-8"))


def _called(node: ast.expr) -> str:
    return getattr(node, "id", getattr(node, "attr", "")) if isinstance(node, ast.Name | ast.Attribute) else ""


def _refusals(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            if _called(node.exc.func) not in INTERNAL and _called(node.exc.func).endswith("Error"):
                yield from node.exc.args
        elif isinstance(node, ast.Call) and _called(node.func) in ("__init__", "UnreadableFileError", "_ShapeError"):
            yield from node.args


def sentences(*folders: str) -> set[str]:
    """What refusals say: the arguments of what is raised, and of the errors' own constructors."""
    said = (template(node) for tree in modules(*folders) for node in _refusals(tree))
    return {text for text in said if text and " " in text.replace("{}", "").strip()}
