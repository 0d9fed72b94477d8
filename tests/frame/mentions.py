"""What the pages say that the code must keep: links, commands, addresses, make targets."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.frame.sources import name

FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^(?:```|~~~)[^\n]*\n(.*?)^(?:```|~~~)\s*$|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
SOURCE = re.compile(r"(?:src|href|srcset)=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
ROUTE = re.compile(r"/api/v1/[^\s`\"'|)>\]]+")
COMMAND = re.compile(r"(?:^|[\s;&|($])(?:\S*/)?amo-catalog\s+(.+)$")
MAKE = re.compile(r"^(?:\$ )?make\s+([a-z][a-z-]*)")
PLACEHOLDER = re.compile(r"\{[^}]*\}|<[^>]*>")


@dataclass(frozen=True)
class Mention:
    """Something a page says, and which page."""

    page: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}: {self.text}"


def links(page: Path) -> Iterator[Mention]:
    """Targets inside the project; those with a scheme are somebody else's."""
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in (*LINK.findall(prose), *SOURCE.findall(prose)):
        if not re.match(r"[a-z][a-z+.-]*:", target):
            yield Mention(name(page), target)


def anchors(page: Path) -> set[str]:
    """The fragments a page's headings answer to, spelled as hosting sites do."""
    headings = HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(page: Path) -> Iterator[Mention]:
    """What follows ``amo-catalog`` in code, up to the next command of the line."""
    for line in _code_lines(page):
        found = COMMAND.search(line)
        if found:
            yield Mention(name(page), re.split(r"\s(?:\||&&|;|>)\s|\s#\s", found[1])[0].strip())


def routes(page: Path) -> Iterator[Mention]:
    """Addresses of the API, with a sample value in place of each placeholder."""
    for found in ROUTE.findall(page.read_text(encoding="utf-8")):
        path = PLACEHOLDER.sub("1", found).split("?")[0].split("#")[0].rstrip(".,;:*…/")
        if path != "/api/v1":
            yield Mention(name(page), path)


def targets(page: Path) -> Iterator[Mention]:
    for line in _code_lines(page):
        found = MAKE.match(line)
        if found:
            yield Mention(name(page), found[1])


def words(command: str) -> list[str]:
    """The words of a command as documented: brackets of optional parts, dots and separators left out."""
    plain = re.sub(r"[\[\]…·]|\.\.\.", " ", command)
    try:
        return shlex.split(plain)
    except ValueError:
        return plain.split()


def _code_lines(page: Path) -> Iterator[str]:
    for block, span in CODE.findall(page.read_text(encoding="utf-8")):
        continued = re.sub(r"\\\n\s*", " ", block or span)
        yield from (line.strip() for line in continued.splitlines())
