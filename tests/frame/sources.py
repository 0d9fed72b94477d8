"""The project's own source files, as the tests of the frame read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.databases import ROOT

PRODUCT = ("catalog", "admin", "service")
EVERYTHING = (*PRODUCT, "migrations", "benchmarks", "tests")

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def holds_code(path: Path) -> bool:
    """More than a docstring, so that empty packages do not bring a median down."""
    return any(not isinstance(node, ast.Expr) for node in tree(path).body)


def functions(path: Path) -> Iterator[FunctionNode]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, FunctionNode))


def lines(function: FunctionNode) -> int:
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def texts() -> list[Path]:
    """Everything a person may read in the project: sources, pages, settings."""
    folders = (ROOT / folder for folder in (*EVERYTHING, "docs", ".ci"))
    inside = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    beside = (path for path in ROOT.iterdir() if path.is_file())
    return sorted(path for path in (*inside, *beside) if _is_text(path))


def pages() -> list[Path]:
    return [path for path in texts() if path.suffix == ".md"]


def _is_text(path: Path) -> bool:
    known = {".py", ".md", ".toml", ".mako", ".html", ".css", ".js", ".sql", ".csv", ".cfg", ".ini", ".yml"}
    return path.suffix in known or path.name in {"Makefile", "run", ".gitignore"}
