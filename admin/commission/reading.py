"""Reading the forms of the room: typed values, and French complaints by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.routing import BuildError

from admin.french import sentence
from admin.workplace import workplace
from catalog.errors import InvalidError
from catalog.temporal import parse_day

Value = TypeVar("Value")
LONGEST = 20_000


@dataclass
class Reading:
    """A form being read. ``errors`` holds a French sentence by field; values at fault come out as None."""

    form: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.form.get(name, "").strip()[:LONGEST]

    def needed(self, name: str, complaint: str) -> str:
        text = self.text(name)
        if not text:
            self.errors[name] = complaint
        return text

    def day(self, name: str, *, is_needed: bool = True) -> date | None:
        text = self.text(name)
        if not text:
            if is_needed:
                self.errors[name] = "Donnez la date."
            return None
        return self.read(name, parse_day)

    def read(self, name: str, parse: Callable[[str], Value]) -> Value | None:
        """The value that ``parse`` makes of a field, or None and its complaint."""
        try:
            return parse(self.text(name))
        except InvalidError as error:
            self.errors[name] = sentence(error)
            return None


def address(endpoint: str, **values: object) -> str:
    """The address of another room's page; empty where that room is not open."""
    try:
        return url_for(endpoint, **values)  # type: ignore[arg-type]
    except BuildError:
        return ""


@contextmanager
def form_session() -> Iterator[Session]:
    """For a page that shows a form and takes it: reading while it is shown, one transaction once it is sent."""
    place = workplace()
    with place.writing() if request.method == "POST" else place.reading() as session:
        yield session
